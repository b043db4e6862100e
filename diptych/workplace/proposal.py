"""Writes a built site so that it opens by double click, beside the site that it would replace.

Addresses that begin at the root of the site become relative, and the address of a folder becomes
the address of its index.html. Content security policies and integrity digests are removed, since a
browser refuses them in a file. The page to open first shows every changed page before and after the
change, in every language, as wide as a phone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from diptych.content.workflows import Words, spoken, start_of, together, words_by_language, words_of
from diptych.templating import render_own
from diptych.workplace.site import languages_of, path_of, run_command

_ATTRIBUTE = re.compile(r'(\s(?:href|src|poster)=")(/[^"/][^"]*|/)"')
_SOURCES = re.compile(r'(\ssrcset=")([^"]*)"')
_ORIGIN = re.compile(
    r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?'
    r'|\s(?:integrity|crossorigin)(?:="[^"]*")?(?=[\s>])'
)
_REFRESH = re.compile(r'(content="0; url=)(/[^"]*)"')
_MOST = 40  # pages shown beside each other; more are only named
_LINK = re.compile(r"\{(\w+)\|([^{}|]*)\}")  # {site|the whole site}


def from_file(page: str, path: str, prefix: str) -> str:
    """The HTML of the page at `path`, with addresses that work when the page is opened from a file.

    `prefix` is the path below which the site is published; "" at the root of its host.
    """
    up = "../" * path.count("/")

    def relative(address: str) -> str:
        place = re.split("[?#]", address, maxsplit=1)[0]
        file = place.removeprefix(prefix).lstrip("/")
        if not file or file.endswith("/"):
            file += "index.html"
        return up + file + address[len(place) :]

    def sources(match: re.Match[str]) -> str:
        found = (each.strip().split(" ") for each in match[2].split(","))
        each = (" ".join([relative(a) if a.startswith("/") else a, *rest]) for a, *rest in found)
        return f'{match[1]}{", ".join(each)}"'

    page = _ORIGIN.sub("", page)
    page = _ATTRIBUTE.sub(lambda match: f'{match[1]}{relative(match[2])}"', page)
    page = _REFRESH.sub(lambda match: f'{match[1]}{relative(match[2])}"', page)
    return _SOURCES.sub(sources, page)


def copied(public: Path, target: Path, prefix: str) -> dict[str, bytes]:
    """Copies a built site so that its pages open from files. Returns the unchanged HTML of the
    pages, by path.
    """
    pages = {}
    for path in sorted(public.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(public).as_posix()
        data = path.read_bytes()
        if name.endswith(".html"):
            pages[name] = data
            data = from_file(data.decode("utf-8"), name, prefix).encode("utf-8")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return pages


def main_content(page: bytes) -> str:
    """The part of a page that is compared between two builds: its main content, without the digests in
    the names of assets, since a digest changes with each change of its asset.
    """
    body = re.search(rb"<main.*?</main>", page, re.DOTALL)
    return re.sub(r"\.[0-9a-f]{8,}\.", ".", (body[0] if body else page).decode("utf-8"))


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """The pages that are new, gone, or say something else, by path."""
    return sorted(
        path
        for path in before.keys() | after.keys()
        if path not in before
        or path not in after
        or main_content(before[path]) != main_content(after[path])
    )


def start(
    before: Mapping[str, bytes], after: Mapping[str, bytes], sentences: Sequence[tuple[str, Words]]
) -> str:
    """The HTML of the page to open first. `sentences` are those of this page in each language."""
    found = changed(before, after)
    return render_own(
        "diptych.workplace",
        "proposal.html",
        title=together([words for _, words in sentences], "proposal"),
        sentences=sentences,
        introductions=[(language, _introduction(words)) for language, words in sentences],
        before=before,
        after=after,
        compared=found[:_MOST],
        named=found[_MOST:],
    )


def _introduction(words: Words) -> Markup:
    targets = {"site": "after/index.html", "beside": words["beside"]}
    return Markup(  # noqa: S704  # of this program
        _LINK.sub(
            lambda found: f'<a href="{targets[found[1]]}">{found[2]}</a>', words["as-proposed"]
        )
    )


def bundle(root: Path, before: Path, target: Path) -> None:
    """Writes a folder with two built sites that open by double click, and the page to open first. A
    site that could not be built has no pages in the folder.
    """
    target.mkdir(parents=True)
    new, old = (
        copied(site / "public", target / name, path_of(site)) if (site / "public").is_dir() else {}
        for site, name in ((root, "after"), (before, "before"))
    )
    sentences = [*words_by_language(languages_of(root)).items()]
    page = start(old, new, sentences)
    (target / start_of([words for _, words in sentences])).write_text(page, encoding="utf-8")


def write(root: Path, before: Path, target: Path) -> int:
    """Writes the proposal: the built site at `root`, beside the site in the folder `before`, and
    its languages side by side. Returns the exit status.

    The site in `before` is built here. A failure of this build is ignored, since the proposal may
    correct its reason.
    """
    run_command(before.resolve(), ("build", "--drafts"))
    bundle(root, before, target)
    for language in spoken(languages_of(root)):
        file = target / words_of([language])[0]["beside"]
        done = run_command(root, ("--message-language", language, "status", "--html", str(file)))
        if done.returncode:
            sys.stderr.write(done.stderr)
            return done.returncode
    return 0
