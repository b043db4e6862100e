"""Reads YAML into a tree of nodes, each with its place in the file. No value is guessed.

Aliases, anchors, tags and merge keys are refused: with them a small file can grow without limit,
and no editor needs them. The nodes are made from the parser's events, so that the depth is limited
before anything recurses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from diptych.diagnostics import Diagnostic, Edit, Outcome, Source, Span, error, say, say_n
from diptych.unseen import LOST, code_and_name, unseen_in
from diptych.values import Value
from diptych.yaml.shapes import Shape, keys_of
from diptych.yaml.syntax import UNREADABLE, explain_syntax, is_odd_key, odd_spaces

LOADER = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml is ten times faster and gives the same places
PRECISE = yaml.SafeLoader  # for files with errors, since libyaml places some errors vaguely
MAX_DEPTH = 20
MAX_CHARACTERS = 1_000_000


class Scalar(Value):
    """A text, as YAML's quoting rules give it."""

    text: str
    span: Span
    style: str = ""  # "", "'", '"', "|" or ">": the way it is written


class Sequence(Value):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Mapping(Value):
    """A mapping: its keys and values in the order of the file. If a key is repeated, which is
    reported, the first value is kept.
    """

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span
    indent: int | None = 0  # characters before its keys; None between braces

    def begins_with(self, entry: str) -> tuple[Edit, ...]:
        """The edit that adds an entry before the first one."""
        start = self.span.start + (self.indent is None)
        behind = (", " if self.entries else "") if self.indent is None else "\n" + " " * self.indent
        return Span(self.span.path, start, start).becomes(entry + behind)


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    """Raised to stop reading at a construct of YAML that is not allowed."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.check)
        self.diagnostic = diagnostic


def compose(
    source: Source, start: int = 0, end: int | None = None, shape: Shape | None = None
) -> Outcome[Node | None]:
    """The one document in `source.text[start:end]` as nodes; None if it is empty or unreadable.

    With `shape`, a key that such a document may have is recognised even without its colon.

    Diagnostics: yaml-syntax (with the classic mistakes in their own words), yaml-alias, yaml-tag,
    yaml-depth, yaml-documents, duplicate-key, invisible-character.
    """
    text = source.text[start:end]
    if len(text) > MAX_CHARACTERS:
        message = say_n(
            "this file is too large ({count} character)",
            "this file is too large ({count} characters)",
            count=len(text),
        )
        return Outcome(None, (error("file-too-large", source.span(start), message),))
    # libyaml lets tabs pass where YAML has none, and does not count a byte order mark
    loader = PRECISE if "\t" in text or "\ufeff" in text else LOADER
    outcome, failed = _read(source, start, text, loader, shape)
    if failed or _is_odd(outcome.value):
        odd = tuple(odd_spaces(source, start, text))
        if odd:
            return Outcome(None, odd)
    if failed and loader is not PRECISE:
        outcome, _ = _read(source, start, text, PRECISE, shape)
    return outcome


def _is_odd(node: Node | None) -> bool:
    """Whether YAML probably read a document otherwise than its author meant it: the document is one
    text, or has a key with an odd space (`is_odd_key`).
    """
    if isinstance(node, Scalar):
        return True
    if isinstance(node, Sequence):
        return any(not isinstance(each, Scalar) and _is_odd(each) for each in node.items)
    if isinstance(node, Mapping):
        return any(
            is_odd_key(key.text) or (not isinstance(value, Scalar) and _is_odd(value))
            for key, value in node.entries
        )
    return False


def _read(
    source: Source, start: int, text: str, loader: Any, shape: Shape | None
) -> tuple[Outcome[Node | None], bool]:
    """The document as a loader reads it, and whether the loader stopped at a syntax error."""
    reader = _Reader(source, start)
    try:
        node = reader.document(iter(yaml.parse(text, Loader=loader)))
    except _Refused as refused:
        return Outcome(None, (*reader.diagnostics, refused.diagnostic)), False
    except UNREADABLE as failure:
        keys = keys_of(shape) if shape is not None else frozenset()
        problem = explain_syntax(failure, source, start, text, keys)
        return Outcome(None, (*reader.diagnostics, problem)), True
    return Outcome(node, tuple(reader.diagnostics)), False


class _Reader:
    """Turns parser events into nodes, and collects diagnostics."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        self.diagnostics: list[Diagnostic] = []

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        """The first document; a second one is refused."""
        node: Node | None = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    message = say("a second document begins here, after a line `---`")
                    raise _Refused(error("yaml-documents", self.span(event), message))
                seen = True
                first = next(events)
                node = None if self.is_empty(first) else self.node(first, events, 0)
        return node

    @staticmethod
    def is_empty(event: yaml.Event) -> bool:
        """Whether the document is empty (or holds only comments)."""
        return isinstance(event, yaml.ScalarEvent) and not event.value and event.style in (None, "")

    def span(self, event: yaml.Event) -> Span:
        assert event.start_mark is not None  # both parsers mark every event
        assert event.end_mark is not None
        first, last = event.start_mark.index, event.end_mark.index
        return self.source.span(self.start + first, self.start + max(last, first + 1))

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self.refuse_unsafe(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, events, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, events, depth)
        assert isinstance(event, yaml.ScalarEvent)
        text = self.visible(event) if event.style == '"' else event.value
        return Scalar(text, self.span(event), event.style or "")

    def visible(self, event: yaml.ScalarEvent) -> str:
        """The text of a scalar; invisible characters from escapes (`\\0`, `\\u202e`) are reported."""
        written = self.source.text[self.span(event).start : self.span(event).end]
        if "\\" not in written:
            # a character that stands there itself is reported where the file is read
            return str(event.value)
        hidden = [event.value[place] for place in unseen_in(event.value)]
        for char in dict.fromkeys(char for char in hidden if char != LOST):
            code, name = code_and_name(char)
            message = say(
                "an invisible character stands here: {code} ({name})",
                code=code,
                name=name,
            )
            self.diagnostics.append(
                error("invisible-character", self.span(event), message, say("take it out"))
            )
        return str(event.value).translate({ord(char): "\ufffd" for char in hidden})

    def refuse_unsafe(self, event: yaml.Event, depth: int) -> None:
        if getattr(event, "anchor", None):  # of an alias, the anchor that it names
            message = say("`&name` and `*name` are not used here")
            hint = say("write the value out, or put quotes around a text that begins with & or *")
            raise _Refused(error("yaml-alias", self.span(event), message, hint))
        if getattr(event, "tag", None):
            message = say("`!name` is not used here")
            hint = say("put quotes around a text that begins with an exclamation mark")
            raise _Refused(error("yaml-tag", self.span(event), message, hint))
        if depth > MAX_DEPTH:
            message = say(
                "lists and groups of keys lie more than {count} levels deep", count=MAX_DEPTH
            )
            raise _Refused(error("yaml-depth", self.span(event), message))

    def sequence(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Sequence:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return Sequence(tuple(items), self.span(start))
            items.append(self.node(event, events, depth + 1))
        raise AssertionError("the parser closes every sequence")

    def mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        again: dict[str, Diagnostic] = {}  # the report of each key that the mapping has already
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                if len(again) > 1 and next(iter(again)) == "id" and (_indent(start) or 0) > 1:
                    self.report_hyphen(again)
                return Mapping(tuple(entries.values()), self.span(start), _indent(start))
            key = self.key(self.node(event, events, depth + 1))
            value = self.node(next(events), events, depth + 1)
            if key.text in entries:
                again[key.text] = self.report_duplicate(key, entries[key.text][0])
            else:
                entries[key.text] = (key, value)
        raise AssertionError("the parser closes every mapping")

    def key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar) and node.text != "<<":
            return node
        message = say("a key must be a plain word")
        raise _Refused(error("yaml-key", node.span, message))

    def report_duplicate(self, key: Scalar, first: Scalar) -> Diagnostic:
        line, _ = self.source.position(first.span.start)
        message = say(
            "`{key}` stands here a second time; the first is on line {line}",
            key=key.text,
            line=line,
        )
        hint = say("keep one of the two")
        problem = error("duplicate-key", key.span, message, hint)
        self.diagnostics.append(problem)
        return problem

    def report_hyphen(self, again: dict[str, Diagnostic]) -> None:
        """Reports that an entry lacks its hyphen. YAML reads the keys of such an entry, from `id` on,
        as keys that the entry above has twice; their reports (`again`) are taken back.
        """
        self.diagnostics = [each for each in self.diagnostics if each not in again.values()]
        span = again["id"].span
        message = say("an entry begins with a hyphen (`- id:`), which is missing here")
        edits = self.source.span(span.start - 2, span.start).becomes("- ")
        self.diagnostics.append(error("duplicate-key", span, message, None, edits))


def _indent(start: yaml.Event) -> int | None:
    assert isinstance(start, yaml.MappingStartEvent)
    assert start.start_mark is not None
    return None if start.flow_style else int(start.start_mark.column)


def children_of(node: Node | None) -> tuple[Node, ...]:
    """The items of a list, or the values of a mapping; none for a single value and for no node."""
    if isinstance(node, Mapping):
        return tuple(value for _, value in node.entries)
    return node.items if isinstance(node, Sequence) else ()


def value_of(node: Node | None, key: str) -> Node | None:
    """The value of a key of a mapping; None if there is no mapping, or no such key in it."""
    entries = node.entries if isinstance(node, Mapping) else ()
    return next((value for name, value in entries if name.text == key), None)


def end_of(source: Source, node: Node) -> int:
    """The offset at which a node ends, with its bracket; the span of a list or mapping is its start."""
    if isinstance(node, Scalar):
        return node.span.end
    last = max((end_of(source, each) for each in children_of(node)), default=node.span.start + 1)
    bracket = {"[": "]", "{": "}"}.get(source.text[node.span.start : node.span.start + 1])
    return source.text.index(bracket, last) + 1 if bracket else last


def place_in_scalar(source: Source, scalar: Span, inner: Span) -> Span:
    """The place in the file of `inner`, given as offsets into the text of a scalar.

    Exact for block scalars (`|`) and for texts on one line; otherwise the whole scalar.
    """
    text = source.text
    if text[scalar.start : scalar.start + 1] == "|":
        return _in_block(source, scalar, inner)
    quote = 1 if text[scalar.start : scalar.start + 1] in "\"'" else 0
    if "\n" in text[scalar.start : scalar.end]:
        return scalar
    start = scalar.start + quote + inner.start
    return Span(source.path, start, min(scalar.end, start + max(1, inner.end - inner.start)))


def _in_block(source: Source, scalar: Span, inner: Span) -> Span:
    body = source.text.find("\n", scalar.start) + 1
    lines = source.text[body:].split("\n")
    first = next((line for line in lines if line.strip()), "")
    indent = len(first) - len(first.lstrip())
    offset, passed = body, 0
    for line in lines:
        content = line[indent:]
        if passed + len(content) >= inner.start:
            start = offset + min(indent, len(line)) + inner.start - passed
            end = min(start + max(1, inner.end - inner.start), offset + len(line))
            return Span(source.path, start, max(start + 1, end))
        passed += len(content) + 1
        offset += len(line) + 1
    return scalar
