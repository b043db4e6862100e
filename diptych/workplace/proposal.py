"""A built site that opens by double click, and beside it the site it would replace.

Addresses that begin at the root of the site become relative, and a folder becomes its index.html; what a
browser refuses from a file (policies and digests that speak of an origin) is taken out. The page to open
first shows every page that changed, before and after, in every language, as wide as a phone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from diptych.content.workflows import Words, spoken, start_of, together, words_by_language, words_of
from diptych.templating import render_own
from diptych.workplace.site import called, languages_of

_ATTRIBUTE = re.compile(r'(\s(?:href|src|poster)=")(/[^"/][^"]*|/)"')
_SOURCES = re.compile(r'(\ssrcset=")([^"]*)"')
_ORIGIN = re.compile(
    r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?'
    r'|\s(?:integrity|crossorigin)(?:="[^"]*")?(?=[\s>])'
)
_REFRESH = re.compile(r'(content="0; url=)(/[^"]*)"')
_MOST = 40  # pages shown beside each other; more are only named
_LINK = re.compile(r"\{(\w+)\|([^{}|]*)\}")  # {site|the whole site}


def from_file(page: str, path: str, prefix: str = "") -> str:
    """A page at `path` of the site, with addresses that work from a file.

    `prefix` is the path under which the site is published, where it is not the root of its host.
    """
    up = "../" * path.count("/")

    def relative(address: str) -> str:
        place, mark, rest = _split(address)
        place = place.removeprefix(prefix) if prefix else place
        whole = place.lstrip("/")
        if not whole or whole.endswith("/"):
            whole += "index.html"
        return f"{up}{whole}{mark}{rest}"

    def sources(match: re.Match[str]) -> str:
        found = (each.strip().split(" ") for each in match[2].split(","))
        each = (" ".join([relative(a) if a.startswith("/") else a, *rest]) for a, *rest in found)
        return f'{match[1]}{", ".join(each)}"'

    page = _ORIGIN.sub("", page)
    page = _ATTRIBUTE.sub(lambda match: f'{match[1]}{relative(match[2])}"', page)
    page = _REFRESH.sub(lambda match: f'{match[1]}{relative(match[2])}"', page)
    return _SOURCES.sub(sources, page)


def _split(address: str) -> tuple[str, str, str]:
    found = re.search("[?#]", address)
    return (
        (address[: found.start()], address[found.start()], address[found.end() :])
        if found
        else (address, "", "")
    )


def copied(public: Path, target: Path) -> dict[str, bytes]:
    """Copies a build so that it opens from a file; every page of it, by path, as it was built."""
    pages = {}
    for path in sorted(public.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(public).as_posix()
        data = path.read_bytes()
        if name.endswith(".html"):
            pages[name] = data
            data = from_file(data.decode("utf-8"), name).encode("utf-8")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return pages


def words(page: bytes) -> str:
    """What of a page its readers meet: not the names of assets, which change with every style."""
    body = re.search(rb"<main.*?</main>", page, re.DOTALL)
    return re.sub(r"\.[0-9a-f]{8,}\.", ".", (body[0] if body else page).decode("utf-8"))


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """The pages that are new, gone, or say something else, by path."""
    return sorted(
        path
        for path in before.keys() | after.keys()
        if path not in before or path not in after or words(before[path]) != words(after[path])
    )


def start(
    before: Mapping[str, bytes], after: Mapping[str, bytes], said: Sequence[tuple[str, Words]]
) -> str:
    """The page to open first; `said` is what it says in each language."""
    found = changed(before, after)
    return render_own(
        "diptych.workplace",
        "proposal.html",
        title=together([words for _, words in said], "proposal"),
        said=said,
        introductions=[(language, _introduction(words)) for language, words in said],
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


def bundle(after: Path, before: Path, target: Path, languages: Sequence[str]) -> None:
    """Two builds -> a folder in which both open by double click, and the page to open first. A build
    that is not there (the site before could not be built) has no pages.
    """
    target.mkdir(parents=True)
    new = copied(after, target / "after")
    old = copied(before, target / "before") if before.is_dir() else {}
    said = [*words_by_language(languages).items()]
    page = start(old, new, said)
    (target / start_of([words for _, words in said])).write_text(page, encoding="utf-8")


def write(root: Path, before: Path, target: Path) -> int:
    """The proposal of the site at `root`, which is built, beside the site in the folder `before`, which
    is built here as far as it can be: the proposal may mend it. Then the languages side by side.
    """
    called(before.resolve(), ("build", "--drafts"))
    languages = languages_of(root)
    bundle(root / "public", before / "public", target, languages)
    for language in spoken(languages):
        file = target / words_of([language])[0]["beside"]
        done = called(root, ("--message-language", language, "status", "--html", str(file)))
        if done.returncode:
            sys.stderr.write(done.stderr)
            return done.returncode
    return 0
