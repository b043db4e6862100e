"""Reads `content/types.yaml` into `Types`: the built-in content types with the site's own fields,
and the site's own types.

A site can declare more fields for pages, events and terms. It can also declare types of records:
the records of a type `people` are read from `people.yaml` beside a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Named
from types import MappingProxyType
from typing import Any

from diptych.content import doubles
from diptych.content.fields import add_languages, is_set, with_languages
from diptych.content.kinds import DATE, FLAG, KEY, LINK, PROSE, TEXT, WHOLE
from diptych.content.types import BUILT_IN, PAGE, SITE, TIMELINE, Type, Types
from diptych.diagnostics import (
    Diagnostic,
    Edit,
    LanguageNames,
    Message,
    Outcome,
    Placed,
    Source,
    Span,
    error,
    say,
    warning,
)
from diptych.markdown import slugify
from diptych.values import Value, replace
from diptych.yaml import (
    Field,
    Leaf,
    ListOf,
    Mapping,
    Node,
    PerLanguage,
    Record,
    Role,
    Scalar,
    Shape,
    TableOf,
    TextOrPerLanguage,
    compose,
    read_shape,
    value_of,
)

TYPES = "content/types.yaml"
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")  # of a type or a field
_RESERVED = (SITE.name, "types")

Declarations = list[tuple[Scalar, Node]]  # the name of each field, and its declaration


class FieldType(Value):
    """What a value of `type:` in the declaration of a field means for the values of that field."""

    leaf: Leaf
    role: Role | None = None  # the role of its text, if each language has its own
    refers: str = ""


FIELD_TYPES = MappingProxyType(
    {
        "text": FieldType(TEXT, Role.LABEL),
        "prose": FieldType(PROSE, Role.PROSE),
        "key": FieldType(KEY),
        "date": FieldType(DATE),
        "number": FieldType(WHOLE),
        "flag": FieldType(FLAG),
        "choice": FieldType(TEXT),
        "link": FieldType(LINK),
        "picture": FieldType(TEXT, refers="picture"),
        "file": FieldType(TEXT, refers="file"),
        "reference": FieldType(TEXT),
    }
)
GROUP = "group"

_WRITTEN = say(
    "what one writes: `prose` is Markdown, `reference` names a page, an event or a record; or one of "
    "the others"
)
_COMMON = {
    "label": Field(
        TextOrPerLanguage(TEXT),
        say(
            "what the field is called, for readers and in forms; without `label` readers see "
            "its value alone"
        ),
        example="{nl: Plaats, fr: Lieu}",
    ),
    "required": Field(FLAG, say("`true` if nothing can do without it")),
    "many": Field(FLAG, say("`true` if it is a list")),
    "translate": Field(
        FLAG,
        say(
            "`true`: each language has its own text; `false`: all languages of a page must say "
            "the same"
        ),
    ),
    "choices": Field(
        ListOf(TEXT), say("the only values, for `type: choice`"), example="[press, members]"
    ),
    "words": Field(
        TableOf(TextOrPerLanguage(TEXT)),
        say("what readers read for each of the `choices`; without `words` they see no choice"),
        example="{press: {nl: Pers, fr: Presse}, members: {nl: Leden, fr: Membres}}",
    ),
    "to": Field(
        TEXT,
        say("what a `reference` names: `page`, `event`, or a type of records"),
        example="people",
    ),
}
INNER_FIELD = Record(
    say("a field of a group"),
    {
        "type": Field(TEXT, _WRITTEN, True, choices=tuple(FIELD_TYPES), example="text"),
        **_COMMON,
    },
)
OWN_FIELD = Record(
    say("a field"),
    {
        "type": Field(TEXT, _WRITTEN, True, choices=(*FIELD_TYPES, GROUP), example="text"),
        **_COMMON,
        "fields": Field(
            TableOf(INNER_FIELD), say("the fields of a `group`, each declared in the same way")
        ),
    },
)
DECLARATIONS = TableOf(TableOf(OWN_FIELD))  # type -> field -> its declaration


def read_types(source: Source, languages: tuple[str, ...]) -> Outcome[Types]:
    """The content types of a site. A field with a mistake in its declaration is left out.

    Diagnostics: those of YAML and shapes, type-declaration, missing-translation (a warning).
    """
    composed = compose(source, shape=OWN_FIELD)
    report = list(composed.diagnostics)
    if composed.value is None and report:
        return Outcome(_unread(source), tuple(report))
    named = [
        (name, fields)
        for name, fields in _entries(composed.value, report)
        if _named(name, report) and _takes_fields(name, report)
    ]
    whole = not report  # whether every type in types.yaml could be read
    written = [
        (name, list(_entries(fields, report)), isinstance(fields, Mapping))
        for name, fields in named
    ]
    declared = {name.text for name, _, _ in written}
    targets = {"page", "event", *BUILT_IN.by_name, *declared} - {*_RESERVED}
    types = dict(BUILT_IN.by_name)
    for name, fields, is_table in written:
        bundle = name.text == PAGE.name
        reading = _Fields(source, languages, bundle=bundle, targets=targets, report=report)
        types[name.text] = _declared(name, fields, reading, is_table=is_table)
    return Outcome(Types(types, source.text, whole=whole), tuple(report))


def _takes_fields(name: Scalar, report: list[Diagnostic]) -> bool:
    """Whether a site can declare fields for the type with this name. Reports the name if it cannot."""
    if name.text not in _RESERVED:
        return True
    message = say("{file} takes no fields of one's own", file=f"{name.text}.yaml")
    report.append(_wrong(name.span, message))
    return False


def _declared(name: Scalar, fields: Declarations, reading: _Fields, *, is_table: bool) -> Type:
    """A type of the site's own, or a built-in type with the fields that the site adds to it.

    `is_table`: whether the fields are declared in a table, as they should be. If not, or if the name
    of a field cannot be used, the records of the type may have any key, since the author may have
    declared it.
    """
    built_in = BUILT_IN.by_name.get(name.text)
    base = built_in or _new_type(name.text)
    read = dict(reading.read(fields))
    own = _with_alts(
        {key: each for key, each in read.items() if _free(key, base, fields, reading.report)}
    )
    keys = tuple(key.text for key, _ in fields)
    if built_in is None and "id" not in own:
        own = {"id": Field(KEY, _label("id", {}), True), **own}
        if is_table and "id" not in keys:
            reading.report.append(_without_id(name.span, fields))
    record = base.record.with_fields(own)
    known = is_table and all(map(NAME.fullmatch, keys))
    unread = tuple(key for key in keys if key not in record.fields) if known else None
    return replace(base, record=replace(record, unread=unread))


def _unread(source: Source) -> Types:
    """The built-in types for a site whose types.yaml cannot be read. These types ignore unknown
    keys, since types.yaml may declare them.
    """
    types = {
        name: replace(each, record=replace(each.record, unread=None))
        for name, each in BUILT_IN.by_name.items()
    }
    return Types(types, source.text, whole=False)


def _with_alts(fields: dict[str, Field]) -> dict[str, Field]:
    """The fields, with `photo_alt` marked as the text that describes the picture `photo`."""
    return {
        name: replace(field, role=Role.ALT)
        if field.role is Role.LABEL and _is_picture(fields.get(name.removesuffix("_alt")))
        else field
        for name, field in fields.items()
    }


def _is_picture(field: Field | None) -> bool:
    return field is not None and field.refers == "picture"


def _new_type(name: str) -> Type:
    file = f"{name}.yaml"
    listed = say("{file} is a list of entries (lines that begin with `- id:`)", file=file)
    others = say("a key of your own is declared in content/types.yaml, below `{name}`", name=name)
    record = Record(say("an entry of {file}", file=file), {}, others)
    title = say("the entries of {file}", file=file)
    path = f"content/{{key}}/{file}"
    return Type(name, title, path, name, record, listed, shown=True, verify=doubles.verify)


def _entries(node: Node | None, report: list[Diagnostic]) -> Iterator[tuple[Scalar, Node]]:
    """The keys and values of a mapping; any other node is reported."""
    if isinstance(node, Mapping):
        yield from node.entries
    elif node is not None:
        read_shape(node, TableOf(TEXT), (), report)


def _named(name: Scalar, report: list[Diagnostic]) -> bool:
    """Whether the name can be a variable in a template. Reports the name if it cannot."""
    if NAME.fullmatch(name.text):
        return True
    message = say("`{name}` cannot be a name here", name=name.text)
    hint = say("a name is small letters, digits and underscores, such as `press_contact`")
    near = slugify(name.text).replace("-", "_")
    edits = name.span.becomes(near) if NAME.fullmatch(near) else ()
    report.append(_wrong(name.span, message, hint, edits))
    return False


def _free(key: str, base: Type, fields: Declarations, report: list[Diagnostic]) -> bool:
    """Whether the name is still free among the fields of the type; if not, it is reported."""
    if key not in base.record.fields:
        return True
    span = next(name.span for name, _ in fields if name.text == key)
    message = say("`{name}` is a key that {record} has already", name=key, record=base.record.name)
    report.append(_wrong(span, message, say("choose another name")))
    return False


def _without_id(span: Span, fields: Declarations) -> Diagnostic:
    """The error for a type that declares no `id`, with an edit that adds the declaration."""
    message = say("every entry needs an `id`, by which links and translations know it")
    edits: tuple[Edit, ...] = ()
    if fields:
        first = fields[0][0].span
        place = Span(first.path, first.start, first.start)
        indent = " " * 2
        edits = place.becomes(f"id: {{type: key, required: true}}\n{indent}")
    return _wrong(span, message, None, edits)


class _Fields:
    """Reads the fields of one type, and reports their mistakes."""

    def __init__(
        self,
        source: Source,
        languages: tuple[str, ...],
        *,
        bundle: bool,
        targets: set[str],
        report: list[Diagnostic],
    ) -> None:
        self.source = source
        self.languages = languages
        self.bundle = bundle  # whether there is a file per language
        self.targets = targets
        self.report = report
        self.flawed = False  # whether the declaration that is read now has a mistake in its form

    def read(self, fields: Declarations) -> Iterator[tuple[str, Field]]:
        for name, node in fields:
            if not _named(name, self.report):
                continue
            found = len(self.report)
            values = read_shape(node, OWN_FIELD, self.languages, self.report)
            self.flawed = len(self.report) > found
            field = self.field(name, values, node) if values else None
            if field is not None:
                yield name.text, field

    def field(self, name: Scalar, values: Named[str, Any], node: Node) -> Field | None:
        kind = values.get("type")
        if kind is None:
            return None
        self.report += self.untranslated(name, values)
        if kind.value == GROUP:
            return self.group(name, values, node)
        problem = self.problem(name, values)
        if problem is not None:
            self.report.append(problem)
            return None
        known = FIELD_TYPES[kind.value]
        translate = values["translate"].value if "translate" in values else None
        shape: Shape = ListOf(known.leaf) if is_set(values, "many") else known.leaf
        if translate and not self.bundle:
            shape = PerLanguage(shape)
        role = Role.TITLE if known.role is Role.LABEL and name.text == "title" else known.role
        refers = known.refers
        if "to" in values:
            refers = TIMELINE.name if values["to"].value == "event" else values["to"].value
        return Field(
            shape,
            _label(name.text, values),
            is_set(values, "required"),
            choices=tuple(each.value for each in values.get("choices", ())),
            words={key: _spoken(key, named) for key, named in values.get("words", {}).items()},
            translate=translate,
            role=role if translate else None,
            refers=refers,
        )

    def group(self, name: Scalar, values: Named[str, Any], node: Node) -> Field | None:
        inner = dict(_entries(value_of(node, "fields"), []))
        fields = {}
        for key, declared in inner.items():
            if _named(key, self.report) and key.text in values.get("fields", {}):
                field = self.field(key, values["fields"][key.text], declared)
                if field is not None:
                    fields[key.text] = field
        if not fields:
            if not self.flawed:
                message = say("a group needs its fields, below `fields`")
                self.report.append(_wrong(values["type"].span, message))
            return None
        label = _label(name.text, values)
        record = Record(say("`{name}`", name=name.text), _with_alts(fields))
        shape: Shape = ListOf(record) if is_set(values, "many") else record
        return Field(shape, label, is_set(values, "required"))

    def untranslated(self, name: Scalar, values: Named[str, Any]) -> Iterator[Diagnostic]:
        """missing-translation: a label or the words of a choice are given in one language and not in
        another.
        """
        written = {"label": values.get("label", {}), **values.get("words", {})}
        for part, texts in written.items():
            lacking = [each for each in self.languages if texts and each not in texts]
            if lacking:
                message = say(
                    "“{id}” has no {parts} in {name}",
                    id=name.text,
                    parts=part,
                    name=LanguageNames(tuple((each, each) for each in lacking)),
                )
                span = list(texts.values())[-1].span
                edits = with_languages(span, lacking, self.source)
                hint = add_languages(lacking, part)
                yield warning("missing-translation", span, message, hint, edits)

    def problem(self, name: Scalar, values: Named[str, Any]) -> Diagnostic | None:
        """The error about a contradiction in the declaration of one field; None if there is none."""
        kind = values["type"]
        if kind.value == "choice" and not values.get("choices"):
            return _wrong(
                kind.span, say("a choice needs its `choices`, such as `choices: [press]`")
            )
        if values.get("words"):
            choices = [each.value for each in values.get("choices", ())]
            lacking = [each for each in choices if each not in values["words"]]
            others = [each for each in values["words"] if each not in choices]
            if lacking or others:
                named = ", ".join(f"`{each}`" for each in lacking or others)
                message = (
                    say("`words` says nothing of {choices}", choices=named)
                    if lacking
                    else say("`words` names what is none of the `choices`: {names}", names=named)
                )
                return _wrong(kind.span, message, say("each choice has its words, and no other"))
        if kind.value == "reference" and "to" not in values:
            message = say("a reference needs `to`: `page`, `event`, or a type of records")
            return _wrong(kind.span, message)
        if "to" in values and values["to"].value not in self.targets:
            message = say("there is no type `{name}`", name=values["to"].value)
            known = ", ".join(sorted(self.targets - {"timeline"}))
            return _wrong(values["to"].span, message, say("the types are: {known}", known=known))
        if kind.value == "prose" and not self.bundle and not is_set(values, "translate"):
            message = say("a prose is written in a language, so it needs `translate: true`")
            return _wrong(kind.span, message)
        if name.text == "id" and (kind.value != "key" or not is_set(values, "required")):
            message = say("an `id` is `{form}`", form="{type: key, required: true}")
            return _wrong(kind.span, message)
        return None


def _label(name: str, values: Named[str, Any]) -> Message:
    """The label of a field in the languages of the site, or the name of the field if it has no
    label.
    """
    return _spoken(name, values.get("label", {}))


def _spoken(name: str, words: Named[str, Placed[str]]) -> Message:
    """A message made of the words that types.yaml has for each language, or of the name alone if it has
    none.
    """
    spoken = tuple((language, each.value) for language, each in words.items())
    return Message(name, (), spoken or (("", name),))


def _wrong(
    span: Span, message: Message, hint: Message | None = None, edits: tuple[Edit, ...] = ()
) -> Diagnostic:
    return error("type-declaration", span, message, hint, edits)
