"""The state of the preview, as a pure value: the outputs of the last build without errors, and the
problems of the newest build.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from diptych.bodies import Body, BodyLost
from diptych.diagnostics import Diagnostic, Source, has_errors, say
from diptych.diagnostics.report import Translate
from diptych.model import Tree
from diptych.pipeline import Build
from diptych.preview.bar import Languages, languages_of
from diptych.preview.overlay import EditorLink, overlay
from diptych.search import FOLDER, SearchFailed, SearchText, make_index
from diptych.templating import render_own
from diptych.values import Value, field, replace

_HEAD = re.compile(r"<head\b[^>]*>")


class Shown(Value):
    """One state of the preview."""

    epoch: int = 0  # grows with every change that a browser would see
    outputs: Mapping[str, Body] = field(default_factory=dict)  # of the last build without errors
    diagnostics: tuple[Diagnostic, ...] = ()  # of the newest build
    sources: Mapping[str, Source] = field(default_factory=dict)
    tree: Tree = field(default_factory=lambda: Tree(()))  # the sources of the newest build
    languages: Languages | None = None  # the site of the newest build, for the two columns
    of_outputs: Languages | None = None  # the site that made the outputs, for the bar of a page
    texts: tuple[SearchText, ...] = ()  # the searchable texts of the outputs
    later: tuple[str, ...] = ()  # the paths of files that are made when a browser asks for them

    @property
    def failed(self) -> bool:
        """Whether the outputs are older than the sources."""
        return has_errors(self.diagnostics)


def advance(shown: Shown, build: Build) -> Shown:
    """The state after a build; the epoch stays if nobody would see a difference."""
    languages = languages_of(build, shown.languages)
    new = replace(shown, diagnostics=build.diagnostics, sources=build.sources, languages=languages)
    if not build.failed:
        outputs = {output.path: output.body for output in build.outputs}
        new = replace(
            new, outputs=outputs, of_outputs=languages, texts=build.texts, later=build.later
        )
    same = (
        new.outputs == shown.outputs
        and build.diagnostics == shown.diagnostics
        and _written(languages) == _written(shown.languages)
    )
    return new if same and shown.epoch else replace(new, epoch=shown.epoch + 1)


def _written(languages: Languages | None) -> object:
    """The translation states of every page, by key. A change in them makes a new epoch."""
    reports = languages.reports if languages else {}
    return {key: (report.statuses, report.later_states) for key, report in reports.items()}


@cache
def own_file(name: str) -> bytes:
    """The preview's own script or style."""
    return (resources.files("diptych.preview") / name).read_bytes()


@cache
def own_address(name: str) -> str:
    """Its address, which changes with its content, so that browsers may cache it."""
    return f"/__preview/{name}?{hashlib.sha256(own_file(name)).hexdigest()[:12]}"


@lru_cache(maxsize=1)
def searched(texts: tuple[SearchText, ...]) -> Mapping[str, bytes]:
    """The files of the search index, by path. They are made when a browser first asks for one of
    them. The result is empty if Pagefind fails.
    """
    try:
        return {file.path: file.data for file in make_index(texts)}
    except SearchFailed:
        return {}


def find(shown: Shown, path: str) -> tuple[str, bytes] | None:
    """The output at an address: its path and bytes; None if there is none, or if its bytes are
    lost.
    """
    name = path.lstrip("/")
    for candidate in (name, name.rstrip("/") + "/index.html" if name else "index.html"):
        if candidate in shown.outputs:
            data = _bytes_of(shown.outputs[candidate])
            return (candidate, data) if data is not None else None
    index = searched(shown.texts) if shown.texts and name.startswith(FOLDER) else {}
    return (name, index[name]) if name in index else None


def not_found(shown: Shown, path: str) -> bytes:
    """The not-found page of the address's language, else the one of no language."""
    language = path.strip("/").partition("/")[0]
    for name in (f"{language}/404.html", "404.html"):
        data = _bytes_of(shown.outputs[name]) if name in shown.outputs else None
        if data is not None:
            return data
    return _part("nothing.html").encode("utf-8")


def _bytes_of(body: Body) -> bytes | None:
    """The bytes of an output; None if they are lost: the site has mistakes, and another build has
    replaced those of the last good one in the store.
    """
    try:
        return body.read()
    except BodyLost:
        return None


def preview_page(
    page: bytes, shown: Shown, words: Translate, link: EditorLink, bar: str = ""
) -> bytes:
    """A page with the preview's script, and with the problems over it if there are errors.

    `bar` is at the bottom of the window, outside of the page's own layout.
    """
    built = bool(shown.outputs)
    problems = overlay(shown.diagnostics, shown.sources, words, link, built=built)
    script = _part("script.html", address=own_address("preview.js"), epoch=shown.epoch)
    style = frame = ""
    if problems or bar:
        style = _part("style.html", address=own_address("preview.css"))
        frame = _part("frame.html", language=words(say("en")), problems=problems, bar=bar)
    text = page.decode("utf-8")
    # before every other script, so that it sees the page as it came
    text = _HEAD.sub(lambda begin: f"{begin[0]}{script}", text, count=1)
    text = text.replace("</head>", f"{style}</head>", 1)
    before, end, after = text.rpartition("</body>")
    return (before + frame + end + after).encode("utf-8")


def _part(name: str, **values: object) -> str:
    return render_own("diptych.preview", name, **values).rstrip("\n")
