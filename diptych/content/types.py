"""The table of content types: the files that editors write, each with the record that describes its
values.

Reading, texts, references, schemas, forms, the tables of the guides and `new` follow from the
table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from diptych.content import timeline
from diptych.content.agenda import AGENDA_EVENT
from diptych.content.doubles import verify
from diptych.content.page import FRONT_MATTER
from diptych.content.settings import SETTINGS
from diptych.content.terms import reading
from diptych.content.terms.reading import TERM
from diptych.content.timeline import CHAPTER, EVENT
from diptych.diagnostics import Diagnostic, Message, Outcome, Placed, Source, error, say
from diptych.model import Entry, Fields, Records
from diptych.values import Value
from diptych.yaml import (
    Node,
    Record,
    Sequence,
    compose,
    read_shape,
)

_KEY = r"(?P<key>[^/]+(?:/[^/]+)*)"
_LANGUAGE = r"(?P<language>[^/]+)"

Verify = Callable[[Records], Iterable[Diagnostic]]


def _nothing(_: Records) -> Iterable[Diagnostic]:
    return ()


class Type(Value):
    """A content type: its file, and the record of the file or of each of its entries."""

    name: str  # as in types.yaml and in schemas/<name>.schema.json
    title: Message  # the content of the file in words: "the events of a timeline"
    path: str  # `content/{key}/timeline.yaml`: {key} is a page key, {language} one of the site's
    unit: str  # how the kinds of its units begin in locks and PO files; "" for pages
    record: Record
    # the message about a file of entries that is no list; None for a file that is one record
    listed: Message | None = None
    shown: bool = False  # whether pages show its records with all their fields
    verify: Verify = _nothing  # reports mistakes across entries: order, doubles, conflicts

    @property
    def many(self) -> bool:
        """Whether the file is a list of entries."""
        return self.listed is not None

    def place(self, key: str) -> str:
        """The path of the file that belongs to a page, by the page's key."""
        return self.path.replace("{key}", key)


class Place(Value):
    """The content type of a file, and the page key and the language in the path of the file."""

    type: Type
    key: str | None  # the page key of its bundle; None for a file of the whole site
    language: str | None  # None for a file that holds every language


class Types(Value):
    """The content types of a site, by name: the built-in ones first."""

    by_name: Mapping[str, Type]
    written: str = ""  # the text of types.yaml, on which the reading of every file depends
    whole: bool = True  # whether every type in types.yaml could be read; if not, there may be more

    @property
    def own(self) -> tuple[Type, ...]:
        """The types whose records pages show with all their fields: the site's own and the agenda."""
        return tuple(each for each in self.by_name.values() if each.shown)

    @property
    def page(self) -> Type:
        """The type of pages, with the fields of this site."""
        return self.by_name[PAGE.name]

    def own_part(self, name: str) -> Record:
        """The fields that only this site has in a type; all fields of a type of its own."""
        own = self.by_name[name]
        built_in = {} if own.shown else BUILT_IN.by_name[name].record.fields
        fields = {key: each for key, each in own.record.fields.items() if key not in built_in}
        return Record(own.record.name, fields)

    def beside(self) -> tuple[str, ...]:
        """The names of the record files that may lie beside a page: `timeline.yaml`."""
        return tuple(
            each.path.rpartition("/")[2]
            for each in self.by_name.values()
            if each.many and "{key}" in each.path
        )

    def of(self, path: str) -> Place | None:
        """The type of the file at `path`; None if no type has such a file."""
        for each in self.by_name.values():
            found = re.fullmatch(_pattern(each.path), path)
            if found is not None:
                names = found.groupdict()
                return Place(each, names.get("key"), names.get("language"))
        return None


def _pattern(path: str) -> str:
    """`content/{key}/timeline.yaml` as a regular expression."""
    pattern = re.escape(path)
    return pattern.replace(r"\{key\}", _KEY).replace(r"\{language\}", _LANGUAGE)


PAGE = Type(
    "page",
    say("what stands between the `---` lines of a page"),
    "content/{key}/{language}.md",
    "",
    FRONT_MATTER,
)
TIMELINE = Type(
    "timeline",
    say("the events of a timeline"),
    "content/{key}/timeline.yaml",
    "event",
    EVENT,
    listed=say("a timeline is a list of events (lines that begin with `- id:`)"),
    verify=timeline.verify,
)
CHAPTERS = Type(
    "chapters",
    say("the chapters of a timeline"),
    "content/{key}/chapters.yaml",
    "chapter",
    CHAPTER,
    listed=say("chapters are a list (lines that begin with `- id:`)"),
    verify=verify,
)
TERMS = Type(
    "terms",
    say("the words that we choose and avoid"),
    "content/terms.yaml",
    "term",
    TERM,
    listed=say("terms.yaml is a list of terms (lines that begin with `- id:`)"),
    verify=reading.verify,
)
SITE = Type("site", say("the settings of the site"), "content/site.yaml", "site", SETTINGS)

AGENDA = Type(
    "agenda",
    say("the events of an agenda"),
    "content/{key}/agenda.yaml",
    "agenda",
    AGENDA_EVENT,
    shown=True,
    listed=say("an agenda is a list of events, each of which begins with `- id:`"),
    verify=verify,
)

BUILT_IN = Types({each.name: each for each in (PAGE, TIMELINE, CHAPTERS, AGENDA, TERMS, SITE)})


class RecordsRequest(Value):
    """A file of records to read, with everything that the result depends on."""

    source: Source
    type: Type
    key: str  # the page key of its bundle; "" for a file of the whole site
    languages: tuple[str, ...]


def read_records(request: RecordsRequest) -> Outcome[Records]:
    """The entries of a file of records, in the order of the file. A file that is one record has one
    entry.

    Diagnostics: those of `compose`, `read_shape` and the type's `verify`; wrong-type for a file
    that should be a list.
    """
    kind = request.type
    composed = compose(request.source, shape=kind.record)
    report = list(composed.diagnostics)
    entries = []
    for node in _entries(composed.value, kind.listed, report):
        values = read_shape(node, kind.record, request.languages, report)
        if values:
            identity: Placed[str] | None = values.get("id")
            name, span = (identity.value, identity.span) if identity else ("", node.span)
            entries.append(Entry(name, Fields(values), span))
    records = Records(kind.name, request.key, tuple(entries), request.source)
    return Outcome(records, (*report, *kind.verify(records)))


def _entries(root: Node | None, listed: Message | None, report: list[Diagnostic]) -> Iterable[Node]:
    """The nodes of a file that are entries; `listed` is the message for a file that is no list."""
    if root is None:
        return ()
    if listed is None:
        return (root,)
    if isinstance(root, Sequence):
        return root.items
    report.append(error("wrong-type", root.span, listed))
    return ()
