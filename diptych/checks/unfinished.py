"""Checks of what is still to be written: empty pages, placeholders, settings without a value."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.checks.inputs import BundleFiles, ReadSite
from diptych.content.layouts import Layout, layout_of
from diptych.content.placeholders import UNWRITTEN, unwritten_values
from diptych.content.types import TERMS, TIMELINE
from diptych.diagnostics import Severity, Span, say
from diptych.extend import Found, check

_FILE = "terms.yaml"  # the key of the file's texts in the lock
# the sentence about an empty file and what to do, by the type of its records
_EMPTIED = {
    TIMELINE.name: (
        say("there is no event in this file"),
        say("bring its events back, or take the page away"),
    ),
    TERMS.name: (
        say("there is no term in this file"),
        say("bring its terms back, or take the page away"),
    ),
}
_EMPTY = (
    say("there is no entry in this file"),
    say("bring its entries back, or take the file away"),
)
_NO_TEXT = say("this page has no text, in no language")
_NO_TEXT_HINT = say("write its text below the ---, bring it back, or take the page away")
_NO_EVENTS = say("this page shows a timeline, and there is no event")
_NO_TERMS = say("this page shows the terms, and there is no term")
_NO_QUESTIONS = say("this page shows questions, and its text has none")
_NO_QUESTIONS_HINT = say("a question is a heading: write ## and the question above its answer")
DECLARED = ("awaited-image", "unset-setting")  # about things that an author marked as still to come


@check("nothing-to-show", Severity.ERROR, of=BundleFiles)
def nothing_to_show(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """A page without the content of its layout, reported once for all its languages.

    Lists are left out, since a list of news begins empty, and so are layouts of the site's own,
    whose templates may show content that is in no file.
    """
    if not bundle.is_draft:
        yield from _empty(bundle, read)


@check("nothing-to-show", Severity.INFO, of=BundleFiles)
def empty_draft(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """The same for a draft, which is not published yet."""
    if bundle.is_draft:
        yield from _empty(bundle, read)


def _empty(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """The findings about a page without content; none if the page could not be read whole."""
    if read.site.types.whole and bundle.pages and bundle.key not in read.unread:
        layout = layout_of(bundle.pages[0].document.front.layout)
        yield from _empty_records(bundle, read, layout)
        yield from _empty_texts(bundle, layout)


def _empty_records(bundle: BundleFiles, read: ReadSite, layout: Layout) -> Iterator[Found]:
    """A timeline without events, a glossary without terms, a file of records without an entry."""
    site, first = read.site, bundle.pages[0]
    for file in filter(read.is_emptied, bundle.records):
        yield Found(Span(file.source.path), *_EMPTIED.get(file.type, _EMPTY))
    if layout.shows == TIMELINE.name and site.timeline(bundle.key) is None:
        hint = say(
            "bring back or write {path}, or take the page away", path=TIMELINE.place(bundle.key)
        )
        yield Found(first.document.front.title.span, _NO_EVENTS, hint)
    elif layout.shows == TERMS.name and _FILE not in read.unread and not site.vocabulary.terms:
        for file in site.records_of(""):
            if file.type == TERMS.name:
                yield Found(Span(file.source.path), *_EMPTIED[TERMS.name])
                return
        hint = say("bring back or write {path}, or take the page away", path=TERMS.path)
        yield Found(first.document.front.title.span, _NO_TERMS, hint)


def _empty_texts(bundle: BundleFiles, layout: Layout) -> Iterator[Found]:
    """A page without a text in any language, or with a language without a question."""
    if not layout.text:
        return
    records = any(each.entries for each in bundle.records)
    if not records and all(each.document.prose.is_empty for each in bundle.pages):
        span = bundle.pages[0].document.front.title.span
        yield Found(span, _NO_TEXT, _NO_TEXT_HINT)
        return
    for each in bundle.pages if layout.answers else ():
        if not any(heading.level == 2 for heading in each.document.prose.headings):
            span = each.document.front.title.span
            yield Found(span, _NO_QUESTIONS, _NO_QUESTIONS_HINT)


@check("unwritten", Severity.WARNING, of=BundleFiles)
def unwritten(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """A text of a record that still has to be written; those of a page, and of records beside a draft,
    are reported where they are read.
    """
    for records in bundle.records if not bundle.is_draft else ():
        record = read.site.types.by_name[records.type].record
        for entry in records.entries:
            for span in unwritten_values(record, entry.values):
                yield Found(span, UNWRITTEN)


@check("unset-setting", Severity.INFO, of=ReadSite)
def unset_setting(read: ReadSite) -> Iterator[Found]:
    """A setting without a value that a page links to."""
    site = read.site
    if not site.settings.unset:
        return
    used = {
        link.target.removeprefix("site:")
        for page in site.pages
        for link in page.document.prose.links
        if link.target.startswith("site:")
    }
    for setting in site.settings.unset:
        if setting.value in used:
            message = say(
                "`{name}` has no address yet; the pages give {contact} instead",
                name=setting.value,
                contact=site.settings.organisation.contact or "-",
            )
            yield Found(
                setting.span, message, say("write the address after the colon when there is one")
            )
