"""Checks headings: their levels, and the id that all languages of a page share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from diptych.checks.inputs import BundleFiles, ReadSite
from diptych.content.layouts import layout_of
from diptych.content.page import right_level
from diptych.diagnostics import Edit, Message, Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.facts import identity_of
from diptych.markdown import free_name, slugify
from diptych.model import Heading
from diptych.site import Page, Site, anchor_recorded, links_of
from diptych.translation.align import is_bold_line
from diptych.translation.headings import (
    Row,
    are_settled,
    called_otherwise,
    heading_rows,
    with_id,
)
from diptych.values import Value, replace

# an id in brackets other than `{#…}`, at the end of a heading
_MISTYPED_ID = re.compile(r"(?:\(#[\w-]+\)|\[#[\w-]+\]|\{(?:# +)?[\w-]+\})$")


class _Named(Value):
    """A heading in all its languages, with the id that it should have in each."""

    pages: Mapping[str, Page]  # by language
    headings: Mapping[str, tuple[Heading, ...]]  # all headings of these pages, by language
    row: Row
    name: str

    def heading(self, language: str) -> Heading:
        return self.headings[language][self.row[language]]

    @property
    def written(self) -> tuple[str, ...]:
        """The languages in which an author gave it an id."""
        return tuple(each for each in self.row if self.heading(each).shared)

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The languages in which it has none."""
        return tuple(each for each in self.row if not self.heading(each).shared)


class Headings(Value):
    """The headings of a site, found once for all checks of headings."""

    site: Site
    named: tuple[_Named, ...]


def headings_of(site: Site) -> Headings:
    """The input of the checks of headings."""
    return Headings(site, tuple(_named_headings(site)))


def _named_headings(site: Site) -> Iterator[_Named]:
    """The headings of each page that is not settled (`are_settled`): no check of headings has anything
    to report about a settled page. The name of a heading is its id, else its id in another language,
    else an id made from its words in the first language.
    """
    for key in site.keys:
        versions = site.own_versions(key)
        if are_settled(page.document.settled for page in versions):
            continue
        pages = {page.language: page for page in versions}
        headings = {language: page.document.prose.headings for language, page in pages.items()}
        ids = [each.id for each in chain(*headings.values()) if each.shared]
        taken = set(ids)
        for row in heading_rows(headings):
            own = [headings[language][number] for language, number in row.items()]
            shared = [each.id for each in own if each.shared]
            plain = (each for each in shared if each == slugify(each))  # no accent, no capital
            name = next(plain, shared[0] if shared else None)
            if name is None:
                name = free_name(slugify(own[0].text), taken)
                taken.add(name)
            yield _Named(pages, headings, row, name)


@check("heading-order", Severity.ERROR, of=Headings)
def second_title(found: Headings) -> Iterator[Found]:
    """A heading of level 1: only the page's title has that level."""
    message = say("the page's title is its only heading of level 1")
    for each in found.named:
        for language in each.row:
            if each.heading(language).level == 1:
                if not each.heading(language).shared and _repeats_title(each, language):
                    yield _title_again(each, language)
                else:
                    yield _other_level(each, language, 2, message)


def _repeats_title(named: _Named, language: str) -> bool:
    title = named.pages[language].document.front.title.value
    return slugify(title) == slugify(named.heading(language).text)


def _title_again(named: _Named, language: str) -> Found:
    """A heading that repeats the title."""
    heading = named.heading(language)
    message = say("the title of the page stands in its front matter, and is shown from there")
    return Found(heading.span, message, say("take this line out of the text"))


@check("heading-order", Severity.WARNING, of=Headings)
def skipped_level(found: Headings) -> Iterator[Found]:
    """Levels go down one at a time, from 2."""
    for each in found.named:
        for language, number in each.row.items():
            headings = each.headings[language]
            heading, level = headings[number], right_level(headings, number)
            if level < heading.level:
                message = say(
                    "this heading is of level {level}, below one of level {previous}",
                    level=heading.level,
                    previous=level - 1,
                )
                yield _other_level(each, language, level, message)


@check("heading-without-id", Severity.WARNING, of=Headings)
def heading_without_id(found: Headings) -> Iterator[Found]:
    """A heading without the id that all languages share. It is reported once for all its languages.
    One correction gives it the id in all of them, changes the links to its former anchor, and keeps
    a published anchor working.
    """
    links: _Links | None = None
    for each in found.named:
        if not each.unnamed or any(_has_wrong_level(each, language) for language in each.row):
            continue
        links = links or _Links(found.site)
        first = each.unnamed[0]
        if each.written:
            message = say(
                "this heading has no id; in {path} the same one is called `{id}`",
                path=each.pages[each.written[0]].document.source.path,
                id=each.name,
            )
            hint = None
        else:
            message = say(
                "this heading has no id of its own, so a link to it breaks when its words change"
            )
            hint = say("give it the same id in every language")
        edits = [edit for language in each.unnamed for edit in _id_edits(each, language)]
        for language in each.unnamed:
            was = each.pages[language], each.heading(language).id, each.name
            edits += (*links.renamed(*was), *anchor_recorded(found.site, *was))
        whole = len(each.row) == len(each.pages) > 1
        yield Found(
            each.heading(first).span,
            message,
            hint,
            tuple(edits),
            bool(edits) and whole,
        )


@check("heading-ids-differ", Severity.WARNING, of=Headings)
def heading_ids_differ(found: Headings) -> Iterator[Found]:
    """A heading with different ids in two languages: nothing connects them."""
    links: _Links | None = None
    for each in found.named:
        called = {language: each.heading(language) for language in each.written}
        for language, heading in called.items():
            if heading.id == each.name:
                continue
            links = links or _Links(found.site)
            page = each.pages[language]
            first = next(key for key, other in called.items() if other.id == each.name)
            source, line = each.pages[first].document.source, each.heading(first).span.start
            place = f"{source.path}:{source.position(line)[0]}"
            message, hint = called_otherwise(heading.id, each.name, place)
            edits = with_id(page.document.source, heading.span, heading.id, each.name)
            edits += links.renamed(page, heading.id, each.name) if edits else ()
            yield Found(heading.span, message, hint, edits)


@check("bold-question", Severity.WARNING, of=BundleFiles)
def bold_question(bundle: BundleFiles, _: ReadSite) -> Iterator[Found]:
    """A question in bold on a page of questions, where each question must be a heading."""
    for page in bundle.pages:
        if not layout_of(page.document.front.layout).answers:
            continue
        for block in page.document.blocks:
            words = block.text.strip().strip("*_").strip()
            if block.kind == "paragraph" and is_bold_line(block.text) and words.endswith("?"):
                message = say("a question is a heading on this page, and this is a bold line")
                hint = say("who listens to the page, or jumps through it, finds only headings")
                written = f"## {words} {{#…}}"
                yield Found(block.span, message, hint, block.span.becomes(written))


def _has_wrong_level(named: _Named, language: str) -> bool:
    level = right_level(named.headings[language], named.row[language])
    return named.heading(language).level != level


def _other_level(named: _Named, language: str, level: int, message: Message) -> Found:
    """Reports a heading with a wrong level. Its corrected line also gets an id if it had none."""
    heading, source = named.heading(language), named.pages[language].document.source
    underlined = "\n" in source.text[heading.span.start : heading.span.end]
    edits = _with_level(source, heading, level)
    if not heading.shared:
        edits = _together(edits, _id_edits(named, language))
    hint = say("the line of signs below it goes") if underlined else None
    return Found(heading.span, message, hint, edits)


def _together(level: tuple[Edit, ...], name: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Edits of level and id as one correction: the id comes after the words, in place of an
    underline.
    """
    if len(level) < 2 or not name:
        return ()
    return (level[0], replace(level[1], text=name[0].text))


def _with_level(source: Source, heading: Heading, level: int) -> tuple[Edit, ...]:
    """The heading with another number of `#`; an underlined heading loses its underline."""
    marks, text, _ = _parts_of_heading(source, heading)
    if marks is None:
        return ()
    return (Edit(marks, "#" * level + " "), Edit(text, ""))


def _parts_of_heading(source: Source, heading: Heading) -> tuple[Span | None, Span, Span]:
    """The places of the `#` of a heading (None: it is raw HTML), of its underline (empty: it has none),
    and of the end of its words.
    """
    lines = source.text[heading.span.start : heading.span.end].split("\n")
    start, end = heading.span.start, heading.span.start + len(lines[0].rstrip())
    nothing, words = Span(source.path, end, end), Span(source.path, end, end)
    if lines[0].lstrip(" ").startswith("#"):
        signs = len(lines[0]) - len(lines[0].lstrip(" ").lstrip("#").lstrip())
        return Span(source.path, start, start + signs), nothing, words
    if len(lines) == 2 and not lines[1].strip("=- "):
        line_end = start + len(lines[0])
        underline = Span(source.path, line_end, line_end + 1 + len(lines[1]))
        return Span(source.path, start, start), underline, words
    return None, nothing, words


def _id_edits(named: _Named, language: str) -> tuple[Edit, ...]:
    """The edit that writes the name of a heading as its id in one language; no edit if the heading is
    raw HTML.
    """
    source = named.pages[language].document.source
    marks, _, end = _parts_of_heading(source, named.heading(language))
    if marks is None:
        return ()
    text = source.text[marks.start : end.start].rstrip()
    mistyped = _MISTYPED_ID.search(text)
    if mistyped is not None:
        title = text[: mistyped.start()].rstrip()
        end = Span(source.path, marks.start + len(title), end.end)
    return end.becomes(f" {{#{named.name}}}")


class _Links:
    """The links of a site, by the heading that they lead to."""

    def __init__(self, site: Site) -> None:
        self._edits: dict[tuple[str, str, str], list[tuple[Span, str]]] = {}
        for each in links_of(site, tuple(site.text_files())):
            span, target = each.link.span, each.link.target
            if each.source.text[span.start : span.end] != target or "#" not in target:
                continue  # defined elsewhere, as `[name]: target`
            identity, _, anchor = identity_of(target, each.key).partition("#")
            for language in each.languages if anchor else ():
                page = site.page(identity.removeprefix("page:"), language.key)
                if page is not None:
                    place = page.key, page.text_language, anchor
                    self._edits.setdefault(place, []).append((span, target))

    def renamed(self, page: Page, old: str, new: str) -> tuple[Edit, ...]:
        """The edits that change every link to a heading so that it leads to another id."""
        found = self._edits.get((page.key, page.text_language, old), ()) if old != new else ()
        return tuple(
            Edit(span, target.partition("#")[0] + f"#{new}", target) for span, target in found
        )
