"""Reads front matter of other programs (YAML, TOML or JSON) into plain values, and finds the start
of the text.

Every scalar becomes a text; the caller interprets it.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterable
from typing import Any

from diptych.diagnostics import Message, Source, say
from diptych.importing.naming import decoded
from diptych.importing.old_site import Front, Left
from diptych.model import File, Tree
from diptych.values import Value
from diptych.yaml import Mapping, Node, Scalar, compose

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"(?<=[\s:-])(?:!!?[\w/.:]*|[&*][\w-]+)(?=\s|$)", re.MULTILINE)
_ENTRY = re.compile(r"(?<![\w-])([A-Za-z][\w-]*+)\s*+:\s*(.*)")


class Parted(Value):
    """A text file of another program, split into front matter and text."""

    front: Front
    text: str  # after the front matter
    line: int = 1  # the line on which the text begins
    trouble: Message | None = None  # why the front matter could not be read whole


def part(text: str) -> Parted:
    """Front matter and text; without front matter all is text."""
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(text)
        if match is not None:
            front, trouble = read(match[1])
            return Parted(front, text[match.end() :], _line(text, match.end()), trouble)
    if text.lstrip().startswith("{\n") or text.lstrip().startswith('{"'):
        return _json(text)
    return Parted({}, text)


def page_parts(file: File, left: list[Left]) -> Parted:
    """Front matter and text of a page's file; adds to `left` what cannot be read of it."""
    parted = part(decoded(file.data))
    if parted.trouble is not None:
        left.append(Left(file.path, 1, parted.trouble))
    return parted


def settings_in(file: File) -> Front:
    """The settings of another program; empty if they cannot be read."""
    text = decoded(file.data)
    if file.path.endswith(".toml"):
        return _toml(text)[0]
    return _yaml(_TAG.sub("", text))[0]


def first_settings(tree: Tree, names: Iterable[str]) -> Front | None:
    """The settings in the first of these files that is there; None if none is."""
    file = next((each for name in names for each in [tree.get(name)] if each), None)
    return settings_in(file) if file else None


def _line(text: str, end: int) -> int:
    return text.count("\n", 0, end) + 1


def _yaml(text: str) -> tuple[dict[str, Any], Message | None]:
    outcome = compose(Source("", text.expandtabs(2)))
    if isinstance(outcome.value, Mapping):
        return _plain(outcome.value), None
    if not text.strip() or not outcome.diagnostics:
        return {}, None
    found = {match[1]: match[2].strip("'\" ") for match in _ENTRY.finditer(text) if match[2]}
    return found, outcome.diagnostics[0].message


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        empty = not node.style and node.text in ("~", "null", "Null", "NULL")
        return "" if empty else node.text.rstrip("\n")
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]


def _toml(text: str) -> tuple[dict[str, Any], Message | None]:
    try:
        return _texts(tomllib.loads(text)), None
    except tomllib.TOMLDecodeError as failure:
        return {}, say("TOML cannot be read: {reason}", reason=str(failure))


def _json(text: str) -> Parted:
    try:
        front, end = json.JSONDecoder().raw_decode(text.lstrip())
    except ValueError:
        return Parted({}, text)
    start = len(text) - len(text.lstrip()) + end
    return Parted(_texts(front), text[start:], _line(text, start))


def _texts(value: Any) -> Any:
    """The same values, each scalar as a text."""
    if isinstance(value, dict):
        return {str(key): _texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_texts(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return "" if value is None else str(value)
