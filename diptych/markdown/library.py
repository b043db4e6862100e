"""Sets up Python-Markdown with its extensions.

This module is imported only for a text that was not converted before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import cast
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension, get_attrs_and_remainder
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor

from diptych.diagnostics import Source
from diptych.extend import load
from diptych.markdown.extension import GitHubBlocks, OneLine
from diptych.markdown.inline import PLAIN_TEXTS, GitHubInline
from diptych.markdown.slugs import slugify

_MAY_HOLD_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


class _SpanProcessor(InlineProcessor):
    """`[Le Soir]{lang=fr}` -> `<span lang="fr">`: the bracketed spans of Pandoc."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("span")
        element.text = match[1]
        attributes, _ = get_attrs_and_remainder(match[2])
        for key, value in attributes:
            element.set("class" if key == "." else key, value)
        return element, match.start(0), match.end(0)


class _SpanExtension(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the library's name
        processor = _SpanProcessor(r"\[([^\[\]\n]+(?:\n[^\[\]\n]+)?)\]\{:?\s*([^}\n]+?)\s*\}", md)
        md.inlinePatterns.register(processor, "bracketed_span", 165)


@cache
def _library(extend: Source | None, inline: bool, addresses: bool) -> markdown.Markdown:
    """One configured instance per process, since setting one up takes longer than converting a
    paragraph.
    """
    library = _of_the_program(inline=inline, addresses=addresses)
    added = load(extend).value.markdown if extend is not None else ()
    if added:  # any sign may begin their marks
        library.treeprocessors.deregister(PLAIN_TEXTS)
    for each in added:
        library.registerExtensions([each.value.make()], {})
    return library


def _of_the_program(*, inline: bool = False, addresses: bool = False) -> markdown.Markdown:
    """Python-Markdown with the extensions of this program; `inline` reads a text as one line of
    words, `addresses` makes links of addresses without marks.
    """
    footnotes = FootnoteExtension(BACKLINK_TITLE="")
    extensions = [  # as classes: names would be searched for in every installed package
        AttrListExtension(),
        _SpanExtension(),
        *([_bare_addresses()] if addresses else []),
        GitHubInline(),
    ]
    if inline:
        extensions.append(OneLine())
    else:
        contents = TocExtension(slugify=lambda text, _separator: slugify(text))
        extensions += [AbbrExtension(), contents, footnotes, GitHubBlocks(footnotes)]
    return markdown.Markdown(output_format="html", tab_length=4, extensions=extensions)


def _bare_addresses() -> Extension:
    """Makes links of addresses as they stand. Its module imports the network modules of Python, a
    twentieth of a build after an edit, so it is imported for texts that may hold an address.
    """
    from pymdownx.magiclink import MagiclinkExtension

    return cast(Extension, MagiclinkExtension())


def changed_outside_lines(make: Callable[[], object]) -> tuple[str, ...]:
    """The parts that an extension changes besides inline marks, by the names of Python-Markdown.

    Raises any exception of the extension, and TypeError if it is no extension.
    """
    library = _of_the_program()
    before = {name: list(each) for name, each in _outside_lines(library).items()}
    extension = make()
    if not isinstance(extension, Extension):
        raise TypeError(f"{type(extension).__name__} is no markdown.extensions.Extension")
    library.registerExtensions([extension], {})
    return tuple(
        name for name, each in _outside_lines(library).items() if list(each) != before[name]
    )


def _outside_lines(library: markdown.Markdown) -> dict[str, Iterable[object]]:
    return {
        "preprocessors": library.preprocessors,
        "blockprocessors": library.parser.blockprocessors,
        "treeprocessors": library.treeprocessors,
        "postprocessors": library.postprocessors,
    }


def to_html(text: str, extend: Source | None = None, *, inline: bool = False) -> str:
    """The HTML of a Markdown text that `refuse` has accepted.

    With `inline` it is one paragraph, however it begins: `#MeToo`, `1. Mei`, `> 100`, `---`.
    `extend` is the site's `extend.py` if it adds marks. Raises any exception of these marks.
    """
    addresses = extend is not None or _MAY_HOLD_ADDRESS.search(text) is not None
    library = _library(extend, inline, addresses)
    library.reset()
    return str(library.convert(text))
