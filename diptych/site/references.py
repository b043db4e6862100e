"""Checks the values that name something else (`Field.refers`): a topic, a page, a layout, an event, a
picture.

Each file is read without the others, so that references can be looked up only once all are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from diptych.content.fields import FieldValue
from diptych.content.layouts import layouts_of
from diptych.content.texts import File as TextFile
from diptych.content.texts import values_of
from diptych.content.types import Types
from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Placed,
    Source,
    Span,
    error,
    listed,
    nearest,
    say,
    warning,
)
from diptych.files import DOCUMENTS, FORMATS, PICTURES
from diptych.markdown import slugify
from diptych.model import Document, Entry, File, Language, Records, Settings, ending_of
from diptych.site.files import lacks_file, own_name, without_file
from diptych.site.links import is_called, of_draft
from diptych.values import Value, field
from diptych.yaml import Field, Leaf, ListOf

Hint = Callable[[str | None, Collection[str]], Message | None]


class Named(Value):
    """The names of everything to which a field can refer."""

    types: Types
    layouts: tuple[str, ...]
    topics: tuple[str, ...]
    pages: tuple[str, ...]  # keys
    # names of topics and titles of pages, each with its key, to recognise a name meant as a key
    titles: tuple[tuple[str, str], ...]
    files: Mapping[str, Mapping[str, File]]  # page key -> name -> file
    entries: Mapping[str, Mapping[str, tuple[str, ...]]]  # content type -> page key -> ids
    # page key -> the languages in which the page has a text; "" -> all languages of the site
    languages: Mapping[str, tuple[Language, ...]]
    renamed: Mapping[str, str] = field(default_factory=dict)  # old key of a page -> present key
    drafts: frozenset[str] = frozenset()  # keys of pages that are drafts and not shown


def names_of(
    types: Types,
    settings: Settings,
    pages: Iterable[Document],
    written: Iterable[Records],
    files: Mapping[str, Mapping[str, File]],
    paths: Iterable[str],
    renamed: Mapping[str, str] = {},
    drafts: frozenset[str] = frozenset(),
) -> Named:
    """Everything that a field can refer to: pages, events, records, topics, layouts, files. `renamed`
    maps the old key of each renamed page to its key now; `drafts` are the keys of hidden drafts.
    """
    entries: dict[str, dict[str, tuple[str, ...]]] = {}
    for each in written:
        ids = tuple(entry.id for entry in each.entries if entry.id)
        entries.setdefault(each.type, {})[each.key] = ids
    topics = ((name, each.key) for each in settings.topics for name in each.names.values())
    titles = (
        (placed.value, page.key)
        for page in pages
        for placed in (page.front.title, page.front.short, page.front.slug)
        if placed is not None
    )
    versions = {(page.key, page.language) for page in pages}
    keys = tuple(dict.fromkeys(page.key for page in pages))
    spoken = {
        key: tuple(each for each in settings.languages if (key, each.key) in versions)
        for key in keys
    }
    return Named(
        types,
        layouts_of(paths),
        tuple(topic.key for topic in settings.topics),
        keys,
        (*topics, *titles),
        files,
        entries,
        {**spoken, "": settings.languages},
        renamed,
        drafts,
    )


class Kind(Value):
    """How a kind of reference is looked up, and the messages for an unknown name."""

    check: str
    message: Callable[[str, str], Message]  # for the name, and the page key of its file
    hint: Hint  # for the nearest known name, and all known names
    known: Callable[[Named, str], Collection[str]]  # the names that a file beside that page may use
    is_file: bool = False  # whether a language may have a file of its own for the name


def _near(near: str | None, _: Collection[str]) -> Message | None:
    return say("did you mean `{near}`?", near=near) if near else None


def _topics(near: str | None, known: Collection[str]) -> Message | None:
    if not known:
        return say(
            "site.yaml has no `topics` yet; each is a line there, such as "
            "`law: {{nl: Recht, fr: Droit}}`"
        )
    return _near(near, known) or say("the topics of site.yaml are: {known}", known=listed(known))


def _layouts(_: str | None, known: Collection[str]) -> Message | None:
    return say("the layouts are: {known}", known=", ".join(known))


def _pages(near: str | None, known: Collection[str]) -> Message | None:
    return _near(near, known) or say("the keys are: {known}", known=listed(known))


def _entries(near: str | None, known: Collection[str]) -> Message | None:
    if not known:
        return say("there are no entries yet")
    # without names such as `team#jan`, which begin with the page
    short = [name for name in known if "#" not in name]
    return _near(near, known) or say("the ids there are: {known}", known=listed(short or known))


def pictures_among(names: Iterable[str]) -> tuple[str, ...]:
    """The given names of files, without those of documents. A file of a kind that is not published
    stays among them, since it is reported as that.
    """
    return tuple(each for each in names if ending_of(each) not in DOCUMENTS)


def _pictures(_: str | None, known: Collection[str]) -> Message | None:
    if not known:
        return say("that folder holds no picture yet: put the file into it")
    return say("the folder has: {known}", known=listed(known))


def _folder(_: str | None, known: Collection[str]) -> Message | None:
    if not known:
        return say("that folder holds no picture or document yet: put the file into it")
    return say("the folder has: {known}", known=listed(known))


_KINDS = MappingProxyType(
    {
        "topic": Kind(
            "unknown-topic",
            lambda name, _: say("there is no topic `{name}`", name=name),
            _topics,
            lambda named, _: named.topics,
        ),
        "layout": Kind(
            "unknown-layout",
            lambda name, _: say("there is no layout `{name}`", name=name),
            _layouts,
            lambda named, _: named.layouts,
        ),
        "page": Kind(
            "unknown-page",
            lambda name, _: say("there is no page `{key}`", key=name),
            _pages,
            lambda named, _: named.pages,
        ),
        "event": Kind(
            "unknown-event",
            lambda name, _: say("there is no event `{id}`", id=name),
            _entries,
            lambda named, key: _beside(named, "timeline", key),
        ),
        "timeline": Kind(
            "unknown-event",
            lambda name, _: say("there is no event `{id}`", id=name),
            _entries,
            lambda named, key: _ids(named, "timeline", key),
        ),
        "file": Kind(
            "missing-file",
            lambda name, key: say(
                "there is no file `{name}` in content/{folder}/", name=name, folder=key
            ),
            _folder,
            lambda named, key: tuple(named.files.get(key, ())),
            is_file=True,
        ),
        "picture": Kind(
            "missing-image",
            lambda name, key: say(
                "there is no picture `{name}` in content/{key}/", name=name, key=key
            ),
            _pictures,
            lambda named, key: pictures_among(named.files.get(key, ())),
            is_file=True,
        ),
    }
)


# the checks of references that may begin with the key of a page
_NAMES_A_PAGE = ("unknown-page", "unknown-event", "unknown-record")


def _record(refers: str) -> Kind:
    """The kind of reference to an entry of one of the site's own types."""
    return Kind(
        "unknown-record",
        lambda name, _: say("no {file} has an entry `{id}`", file=f"{refers}.yaml", id=name),
        _entries,
        lambda named, key: _ids(named, refers, key),
    )


def entry_named(
    records: Iterable[Records], refers: str, name: str, key: str
) -> tuple[Records, Entry] | None:
    """The entry that a name (`jan`, `team#jan`) refers to in a file beside the page `key`, with the
    entry's file.
    """
    page, _, identity = name.rpartition("#")
    files = [each for each in records if each.type == refers and page in ("", each.key)]
    own = [each for each in files if each.key == key]
    for each in own if own and not page else files:
        for entry in each.entries:
            if entry.id == identity:
                return each, entry
    return None


def _beside(named: Named, kind: str, key: str) -> Collection[str]:
    return named.entries.get(kind, {}).get(key, ())


def _ids(named: Named, kind: str, key: str) -> Collection[str]:
    """The names by which a file beside the page `key` can refer to the entries of a type. `id` names
    an entry beside that page, or any entry if that page has none; `page#id` names any entry.
    """
    by_key = named.entries.get(kind, {})
    short = by_key[key] if key in by_key else tuple(chain.from_iterable(by_key.values()))
    return (*short, *(f"{page}#{each}" for page, ids in by_key.items() for each in ids))


def unknown_references(files: Iterable[TextFile], named: Named) -> Iterator[Diagnostic]:
    """Every reference to something that does not exist.

    Diagnostics: unknown-topic, unknown-layout, unknown-page, unknown-event, unknown-record,
    missing-image, missing-file.
    """
    for found in values_of(files, named.types, lambda field, _: bool(field.refers)):
        single = found.value
        problem = _unknown(single, found.file.key, named)
        if problem is not None:
            yield problem


def repeated_names(files: Iterable[TextFile], types: Types) -> Iterator[Diagnostic]:
    """repeated-name (a warning): a page, a topic, an entry or a choice that a list names again."""
    seen = set()
    for found in values_of(files, types, _lists_names):
        source, single = found.file.source, found.value
        name = single.placed
        entry = found.entry.span if found.entry else None
        item = (
            source.path,
            entry,
            single.names,
            single.items[:-1],
            single.language,
            name.value,
        )
        if item in seen:
            message = say("`{name}` stands in this list already", name=name.value)
            edits = _without(name.span, source)
            yield warning("repeated-name", name.span, message, say("take it out here"), edits)
        seen.add(item)


def _lists_names(field: Field, _: Leaf) -> bool:
    return isinstance(field.shape, ListOf) and bool(field.refers or field.choices)


def _without(span: Span, source: Source) -> tuple[Edit, ...]:
    """The edit that takes an item out of a list between brackets; none in a list of lines."""
    before = source.text[: span.start].rstrip()
    if not before.endswith(","):
        return ()
    return Span(span.path, len(before) - 1, span.end).becomes("")


def _unknown(single: FieldValue, key: str, named: Named) -> Diagnostic | None:
    """The diagnostic of one unknown name; `key` is the page key of the file."""
    refers, name = single.field.refers, single.placed
    kind = _KINDS.get(refers) or _record(refers)
    known = kind.known(named, key)
    if name.value in known:
        return None
    if kind.is_file:
        spoken = named.languages.get(key) or named.languages[""]
        read_in = [each for each in spoken if single.language in ("", each.key)]
        without = without_file(name.value, known, read_in)
        return _missing_file(kind, name, key, known, without, spoken) if without else None
    page, mark, identity = name.value.partition("#")
    present = f"{named.renamed.get(page, '')}{mark}{identity}"
    if present in known and kind.check in _NAMES_A_PAGE:
        message = is_called(page, named.renamed[page])
        edits = name.span.becomes(present, name.value)
        return error(kind.check, name.span, message, None, edits, True)
    if page in named.drafts and kind.check in _NAMES_A_PAGE:
        return error(kind.check, name.span, *of_draft(page))
    meant = _keys_by_slug(named.titles).get(slugify(name.value))
    return _report(kind, name, key, known, meant if meant in known else None)


@lru_cache(maxsize=1)
def _keys_by_slug(titles: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Slug of a title -> key. Made when a first name is unknown."""
    return {slugify(title): key for title, key in titles}


def missing_picture(
    name: Placed[str],
    key: str,
    known: Collection[str],
    without: Iterable[Language],
    spoken: Iterable[Language],
) -> Diagnostic:
    """The diagnostic of a picture in Markdown that is not among the files (`known`) beside its
    page, for the readers of the languages `without`; the page has a text in the languages `spoken`.
    """
    return _missing_file(_KINDS["picture"], name, key, known, without, spoken)


def _missing_file(
    kind: Kind,
    name: Placed[str],
    key: str,
    known: Collection[str],
    without: Iterable[Language],
    spoken: Iterable[Language],
) -> Diagnostic:
    """The diagnostic of a name for which readers of the languages `without` get no file; it says so
    if readers of another language of the page (`spoken`) get one.
    """
    if any(own_name(name.value, each.key) in known for each in spoken):
        return error(kind.check, name.span, *lacks_file(name.value, key, without))
    return _report(kind, name, key, known)


def _of_other_ending(name: str, known: Collection[str]) -> str | None:
    """The one picture that differs from the named picture only in the ending: a phone writes IMG_1.HEIC,
    and a program makes IMG_1.jpg of it.
    """
    if ending_of(name) not in FORMATS:
        return None
    stem = name[: -len(ending_of(name))].casefold()
    same = [
        each for each in pictures_among(known) if each[: -len(ending_of(each))].casefold() == stem
    ]
    return same[0] if len(same) == 1 else None


def _report(
    kind: Kind, name: Placed[str], key: str, known: Collection[str], meant: str | None = None
) -> Diagnostic:
    if kind.check == "missing-image" and (problem := _no_picture(name, key)):
        return problem
    near = meant or (kind.is_file and _of_other_ending(name.value, known)) or None
    near = near or nearest(name.value, known)
    edits = name.span.becomes(near, name.value) if near else ()
    hint = kind.hint(near, known)
    message = kind.message(name.value, key)
    return error(kind.check, name.span, message, hint, edits, meant is not None)


def _no_picture(name: Placed[str], key: str) -> Diagnostic | None:
    """missing-image: a name that no picture beside a page can have."""
    if name.value.startswith(("http:", "https:", "//")):
        message = say("a picture of another site is not shown: that site would see who reads")
        hint = say(
            "put the file into content/{key}/ and write its name; or make it a link", key=key
        )
        return error("missing-image", name.span, message, hint)
    if ending_of(name.value) in PICTURES and "/" in name.value.removeprefix("./"):
        message = say("a page shows the pictures of its own folder")
        file = name.value.rpartition("/")[2]
        hint = say(
            "put {name} into content/{key}/ too, and write only its name", name=file, key=key
        )
        return error("missing-image", name.span, message, hint, name.span.becomes(file, name.value))
    if ending_of(name.value) in PICTURES:
        return None
    message = say(
        "`{name}` is no picture: the name of a picture ends in {kinds}",
        name=name.value,
        kinds=", ".join(sorted(PICTURES)),
    )
    hint = say("words lead to a document: {link}", link=f"[…]({name.value})")
    return error("missing-image", name.span, message, hint)
