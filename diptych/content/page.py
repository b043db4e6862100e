"""One Markdown file of a bundle -> `Document`: front matter, prose and blocks."""

from __future__ import annotations

from diptych.content.fields import Record
from diptych.content.front import FRONT_MATTER, read_front_matter
from diptych.content.waiting import still_waiting
from diptych.diagnostics import Outcome, Source, sort_by_place
from diptych.markdown import scan_blocks
from diptych.markdown.convert import convert_body
from diptych.model import Document, Language
from diptych.values import Value


class DocumentRequest(Value):
    """A Markdown file to parse: everything its result depends on."""

    source: Source
    key: str  # the page key
    language: str
    languages: tuple[Language, ...]
    record: Record = FRONT_MATTER  # of the front matter, with the fields of this site
    extend: Source | None = None  # the site's extend.py, where it adds marks to Markdown
    checks: tuple[str, ...] = ()  # the names of the site's own checks


def parse_document(request: DocumentRequest) -> Outcome[Document]:
    """The document of a file; always usable, also when something was wrong with it.

    Diagnostics: those of the front matter, of `refuse`, unsafe-html, duplicate-anchor,
    extension-error, unwritten.
    """
    source = request.source
    outcome, start = read_front_matter(source, request.record, request.checks)
    prose = convert_body(source, start, request.language, request.languages, "", request.extend)
    blocks = scan_blocks(source.text[start:], source.path, start)
    document = Document(request.key, request.language, outcome.value, prose.value, blocks, source)
    waiting = still_waiting(outcome.value, blocks)
    return Outcome(document, sort_by_place((*outcome.diagnostics, *prose.diagnostics, *waiting)))
