"""Turns the nodes of a YAML file into values with places, as a shape describes them, and reports
every mistake.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from diptych.diagnostics import (
    Diagnostic,
    Message,
    Placed,
    Span,
    error,
    nearest,
    say,
    say_n,
    warning,
)
from diptych.languages import key_meant
from diptych.values import replace
from diptych.yaml.nodes import Mapping, Node, Scalar, Sequence
from diptych.yaml.shapes import (
    Field,
    Leaf,
    ListOf,
    PerLanguage,
    Record,
    Shape,
    TextOrPerLanguage,
)
from diptych.yaml.syntax import quoted

_NOTHING = ("null", "~")  # YAML's words for "no value", which would be published as words
_REPORTED = 100  # the number of unknown keys of a record that are reported one by one
_CURLY = {"“”", "„”", "„“", "””", "«»", "‘’", "‚’", "‘‘", "’’"}
_MARKS = "“”„«»"

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_GLUED = re.compile(r"([a-z][\w-]*):(?!//)(\S.*)")
_LIST_HINT = say("write each item below the key, on a line of its own that begins with `- `")
_ONE_HINT = say(
    "put it between `[` and `]`, or each item on a line of its own that begins with `- `"
)
_MAPPING_HINT = say("write each entry below the key, indented, on a line of the form `key: value`")


def read_shape(
    node: Node, shape: Shape, languages: tuple[str, ...], report: list[Diagnostic]
) -> Any:
    """The value of a node that should have a shape; None if the node does not have the shape.

    A `Leaf` gives a `Placed` value; the class of every other shape describes its value. `languages`
    are the keys of the site's languages. Mistakes are appended to `report`: wrong-type, unknown-key
    (with the nearest known key), missing-key, unknown-language, yaml-syntax, curly-quotes, and the
    checks that a leaf or a field names (impossible-date, unknown-hosting).
    """
    if isinstance(shape, Leaf):
        return _leaf(node, shape, report)
    if isinstance(shape, ListOf):
        return _each(node, shape, languages, report)
    if isinstance(shape, TextOrPerLanguage) and not isinstance(node, Mapping):
        value = _leaf(node, shape.item, report)
        return None if value is None else dict.fromkeys(languages, value)
    if not isinstance(node, Mapping):
        _not_a_mapping(node, shape, languages, report)
        return None
    if isinstance(shape, Record):
        return _record(node, shape, languages, report)
    if isinstance(shape, (PerLanguage, TextOrPerLanguage)):
        node = _known_languages(node, languages, report)
    values = {
        key.text: read_shape(value, shape.item, languages, report) for key, value in node.entries
    }
    return {key: value for key, value in values.items() if value is not None}


def _leaf(node: Node, shape: Leaf, report: list[Diagnostic]) -> Placed[Any] | None:
    if not isinstance(node, Scalar):
        _wrong(node, shape.expected, shape.hint, report)
        return None
    if not node.style and node.text.lower() in _NOTHING:
        message = say("`{word}` would be published as a word", word=node.text)
        hint = say("take the line out, or write what belongs here")
        report.append(error("wrong-type", node.span, message, hint, node.span.becomes("…")))
        return None
    value = shape.understand(node.text)
    if isinstance(value, Message):
        meant = shape.mend(node.text)
        edits = node.span.becomes(meant) if meant else ()
        hint = shape.form or shape.hint
        report.append(error(shape.check, node.span, value, hint, edits))
        return None
    if value is None:
        _wrong(node, shape.expected, shape.hint, report, shape.mend(node.text))
        return None
    _curly(node, report)
    return Placed(value, node.span)


def _curly(node: Scalar, report: list[Diagnostic]) -> None:
    """curly-quotes: a value stands between quotation marks of a word processor. YAML takes them for
    letters.
    """
    text = node.text.strip()
    inner = text[1:-1].strip()
    if (
        node.style
        or len(text) < 3
        or f"{text[0]}{text[-1]}" not in _CURLY
        or set(inner) & set(_MARKS)
    ):
        return
    message = say("these quotation marks are letters to YAML, so they will stand in the text")
    hint = say("write straight ones, or put straight ones around them where they must be seen")
    edits = node.span.becomes(quoted(inner))
    report.append(warning("curly-quotes", node.span, message, hint, edits, True))


def _each(
    node: Node, shape: ListOf, languages: tuple[str, ...], report: list[Diagnostic]
) -> tuple[Any, ...] | None:
    if not isinstance(node, Sequence):
        meant = _as_list(node, shape)
        form = _form(shape) if meant and "…" in meant else None
        hint = form or (_ONE_HINT if meant else _LIST_HINT)
        _wrong(node, say("a list (lines that begin with `- `)"), hint, report, meant)
        return None
    values = (read_shape(item, shape.item, languages, report) for item in node.items)
    return tuple(value for value in values if value is not None)


def _record(
    node: Mapping, shape: Record, languages: tuple[str, ...], report: list[Diagnostic]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    unknown: list[Scalar] = []
    meant: set[str] = set()  # known keys that are present in a misspelt form
    for key, value in node.entries:
        known = shape.fields.get(key.text)
        if known is None:
            unknown.append(key)
            if len(unknown) <= _REPORTED:
                meant |= _unknown_key(key, shape, node, report)
            continue
        if isinstance(value, Scalar) and not value.text and not known.required:
            continue  # `key:` with nothing after it counts as absent
        read = read_shape(value, known.shape, languages, report)
        if known.choices:
            read = _chosen(read, key.text, known, report)
        if read is not None:
            values[key.text] = read
    if len(unknown) > _REPORTED and shape.unread is not None:
        _many_unknown(unknown, shape, report)
    present = {key.text for key, _ in node.entries} | meant
    for name, field in shape.fields.items():
        if field.required and name not in present:
            _missing_key(name, node, shape, report)
    return values


def _chosen(read: Any, name: str, key: Field, report: list[Diagnostic]) -> Any:
    """The value, or the list of values, without those that are not among the choices of its key."""
    if isinstance(read, tuple):
        return tuple(each for each in read if _chosen(each, name, key, report) is not None)
    if not isinstance(read, Placed) or read.value in key.choices:
        return read
    message = say("`{name}` is not a value of {key}", name=read.value, key=name)
    hint = say("the values are: {known}", known=", ".join(key.choices))
    near = nearest(read.value, key.choices)
    edits = read.span.becomes(near) if near else ()
    report.append(error(key.unknown, read.span, message, hint, edits))
    return None


def _known_languages(
    node: Mapping, languages: tuple[str, ...], report: list[Diagnostic]
) -> Mapping:
    kept: list[tuple[Scalar, Node]] = []
    written = {key.text for key, _ in node.entries}
    cut = False  # whether the part before belongs to a text that a comma split
    for key, value in node.entries:
        if key.text in languages:
            kept.append((key, value))
            cut = False
            continue
        before = kept[-1][1] if kept and node.indent is None else None
        if _has_no_colon(key, value) and isinstance(before, Scalar) and before.style == "":
            if not cut:
                report.append(_with_a_comma(before, node, languages))
            cut = True
            continue
        message = say("the site has no language `{key}`", key=key.text)
        hint = say("the languages of site.yaml are: {known}", known=", ".join(languages))
        near = nearest(key.text, [each for each in languages if each not in written])
        edits = key.span.becomes(near) if near else ()
        report.append(error("unknown-language", key.span, message, hint, edits))
    return Mapping(tuple(kept), node.span, node.indent)


def _has_no_colon(key: Scalar, value: Node) -> bool:
    """Whether a part of a mapping in braces is a text without a key."""
    return isinstance(value, Scalar) and not value.text and value.span.start == key.span.end


def _with_a_comma(text: Scalar, node: Mapping, languages: tuple[str, ...]) -> Diagnostic:
    """The error for a text in braces that contains a comma and has no quotes: YAML ends the text at the
    comma and reads the rest as another key.
    """
    behind = [each for each in node.entries if each[0].span.start > text.span.start]
    rest = list(
        takewhile(lambda each: each[0].text not in languages and _has_no_colon(*each), behind)
    )
    span = replace(text.span, end=rest[-1][0].span.end)
    whole = ", ".join([text.text, *(key.text for key, _ in rest)])
    message = say("this value holds a comma, so it needs quotes around it")
    return error("yaml-syntax", span, message, None, span.becomes(quoted(whole)))


def _as_list(node: Node, shape: Shape) -> str | None:
    """The list that a plain text was probably meant as: `2027-03-18` becomes `[2027-03-18]`, and
    `law, health` becomes `[law, health]`. An item that cannot be understood is replaced by its
    correction, or by `…`. None if the text has commas and an item may be any text, since the text may
    then be one item; only names, such as those of topics, are divided.
    """
    if not isinstance(node, Scalar) or not isinstance(shape, ListOf) or node.style:
        return None
    leaf = shape.item
    if not isinstance(leaf, Leaf) or not node.text.strip():
        return None
    texts = [each.strip() for each in node.text.split(",")]
    if len(texts) > 1 and leaf.takes_any_text and not all(map(_NAME.fullmatch, texts)):
        return None
    items = []
    for text in texts:
        if leaf.understands(text):
            items.append(quoted(text) if leaf.takes_any_text else text)
        else:
            items.append(leaf.mend(text) or "…")
    return f"[{', '.join(items)}]"


def _as_group(node: Node, shape: Shape) -> str | None:
    """The keys and values that a plain text was probably meant as: `https://…` becomes `{url:
    "https://…"}`.

    The text becomes the value of the first key that takes such a value; other required keys get
    `…`. None if no key takes such a value.
    """
    if not isinstance(node, Scalar) or not isinstance(shape, Record) or not node.text.strip():
        return None
    names = [name for name, key in shape.fields.items() if key.required] or list(shape.fields)[:1]
    for name, key in shape.fields.items():
        leaf, is_choice = key.shape, node.text in key.choices
        if isinstance(leaf, Leaf) and (
            is_choice or (leaf.understands(node.text) and not leaf.takes_any_text)
        ):
            values = dict.fromkeys(names, "…")
            values[name] = node.text if is_choice else quoted(node.text)
            return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"
    return None


def _in_each(shape: Shape, languages: tuple[str, ...]) -> Message | None:
    """The sentence that says how a value in each language is written; None for any other shape."""
    if not isinstance(shape, (PerLanguage, TextOrPerLanguage)):
        return None
    item = "[…]" if isinstance(shape.item, ListOf) else "…"
    form = ", ".join(f"{language}: {item}" for language in languages)
    return say("write it in each language: {form}", form=f"`{{{form}}}`")


def _not_a_mapping(
    node: Node, shape: Shape, languages: tuple[str, ...], report: list[Diagnostic]
) -> None:
    """wrong-type: a text in place of keys; yaml-syntax for `title:Missie`, which lacks a space."""
    glued = isinstance(node, Scalar) and not node.style and _GLUED.fullmatch(node.text)
    if not glued:
        expected = say("a group of keys (lines of the form `key: value`)")
        hint = _in_each(shape, languages) or _MAPPING_HINT
        _wrong(node, expected, hint, report, _as_group(node, shape))
        return
    message = say("a space is missing after the colon")
    behind = node.span.start + len(glued[1]) + 1
    edits = Span(node.span.path, behind, behind).becomes(" ")
    report.append(error("yaml-syntax", node.span, message, None, edits, True))


def _wrong(
    node: Node, expected: Message, hint: Message, report: list[Diagnostic], meant: str | None = None
) -> None:
    empty = isinstance(node, Scalar) and not node.text.strip()
    found = {Scalar: say("a text"), Sequence: say("a list"), Mapping: say("a group of keys")}[
        type(node)
    ]
    if empty:
        message = say("nothing stands here; {expected} is expected", expected=expected)
    elif isinstance(node, Scalar):
        shown = node.text if len(node.text) <= 40 else node.text[:39] + "…"
        message = say("`{text}` is not {expected}", text=shown, expected=expected)
    else:
        message = say("{found} stands here; {expected} is expected", found=found, expected=expected)
    edits = node.span.becomes(meant) if meant else ()
    report.append(error("wrong-type", node.span, message, hint, edits))


def _many_unknown(unknown: list[Scalar], shape: Record, report: list[Diagnostic]) -> None:
    """unknown-key: one message for all unknown keys after the first hundred, since a large file may
    have thousands.
    """
    message = say_n(
        "{record} has no key `{key}`; in all it has {count} key that is not known",
        "{record} has no key `{key}`; in all it has {count} keys that are not known",
        record=shape.name,
        key=unknown[_REPORTED].text,
        count=len(unknown),
    )
    report.append(error("unknown-key", unknown[_REPORTED].span, message))


def _unknown_key(
    key: Scalar, shape: Record, node: Mapping, report: list[Diagnostic]
) -> frozenset[str]:
    """Reports an unknown key, unless the shape ignores it; returns the key that was meant."""
    near = key_meant(key.text, shape.fields) or nearest(key.text, shape.fields)
    meant = frozenset((near,) if near else ())
    if shape.unread is None or key.text in shape.unread:
        return meant
    message = say("{record} has no key `{key}`", record=shape.name, key=key.text)
    known = say("the keys are: {known}", known=", ".join(shape.fields))
    if shape.others is not None:
        known = say("{keys}; {others}", keys=known, others=shape.others)
    hint = say("did you mean `{near}`?", near=near) if near else known
    edits = key.span.becomes(near) if near else ()
    value = next(value for each, value in node.entries if each is key)
    listed = _as_list(value, shape.fields[near].shape) if near else None
    if near and listed:  # else the corrected line would be wrong as well
        edits += value.span.becomes(listed)
        form = _form(shape.fields[near].shape) if "…" in listed else None
        hint = say("did you mean `{near}`? {form}", near=near, form=form) if form else hint
    certain = (
        near is not None
        and "…" not in (listed or "")
        and _is_slip(key.text, near)
        and all(each.text != near for each, _ in node.entries)
    )
    report.append(error("unknown-key", key.span, message, hint, edits, certain))
    return meant


def _form(shape: Shape) -> Message | None:
    """The sentence that says how the items of a list, or a single value, are written."""
    leaf = shape.item if isinstance(shape, ListOf) else shape
    return leaf.form if isinstance(leaf, Leaf) else None


def _is_slip(word: str, known: str) -> bool:
    """Whether two words differ by one or two letters only."""
    import difflib  # only a mistake needs it

    return len(known) > 3 and difflib.SequenceMatcher(None, word.lower(), known).ratio() >= 0.85


def _missing_key(name: str, node: Mapping, shape: Record, report: list[Diagnostic]) -> None:
    message = say("{record} needs a key `{key}`", record=shape.name, key=name)
    edits = node.begins_with(f"{name}: …")
    report.append(error("missing-key", node.span, message, None, edits))
