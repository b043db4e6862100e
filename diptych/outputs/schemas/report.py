"""The forms of what `--format json` prints, for programs that read it.

Stable: within a `version`, keys and their meaning stay, and keys may be added. Whoever reads it
passes over keys that they do not know.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any


def _number(what: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "description": what}


_TEXT_OR_NOTHING = ("string", "null")

_REGION = {
    "line": _number("The line, from 1."),
    "column": _number("The column, from 1, in code points."),
    "end_line": _number("The line in which the place ends."),
    "end_column": _number("The column after the last character of the place."),
}
_EDIT = {
    "type": "object",
    "description": "A piece of a correction: what comes in a place. `…` is for the author to fill in.",
    "required": [*_REGION, "text"],
    "properties": {**_REGION, "text": {"type": "string"}},
}
_PROBLEM = {
    "type": "object",
    "description": "One problem.",
    "required": ["check", "severity", "path", *_REGION, "message", "hint", "fix", "edits"],
    "properties": {
        "check": {
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "The check's name; `explain` tells what it means.",
        },
        "severity": {
            "enum": ["error", "warning", "info"],
            "description": "error: nothing is published; warning: --strict fails; "
            "info: good to know.",
        },
        "path": {
            "type": "string",
            "minLength": 1,
            "description": "The file, from the root of the site, with `/`.",
        },
        **_REGION,
        "message": {
            "type": "string",
            "minLength": 1,
            "description": "What is wrong, in the language of --message-language.",
        },
        "hint": {"type": list(_TEXT_OR_NOTHING), "description": "What to do, as a sentence."},
        "fix": {
            "type": list(_TEXT_OR_NOTHING),
            "description": "The corrected line or lines, whole and ready to paste, with all "
            "mended that is certain in them.",
        },
        "edits": {
            "type": "array",
            "items": _EDIT,
            "description": "What mends this problem alone, for programs: in the file as it was "
            "read. Those of one line can be made together.",
        },
    },
}

REPORT = MappingProxyType(
    {
        "title": "The report of `build.py build --format json` and of `check`",
        "description": "Stable within a version: keys may be added, none goes and none changes.",
        "type": "object",
        "required": ["version", "diagnostics"],
        "properties": {
            "version": {"const": 1, "description": "Of this form; another number breaks readers."},
            "diagnostics": {
                "type": "array",
                "items": _PROBLEM,
                "description": "All problems, sorted by file and place.",
            },
        },
    }
)

_STATE = {"enum": ["current", "unconfirmed", "outdated", "fallback", "absent"]}
_CELL = {
    "type": "object",
    "description": "How a page stands in a language.",
    "required": ["state", "parts", "words"],
    "properties": {
        "state": _STATE,
        "parts": {"type": "integer", "minimum": 0, "description": "How many parts lag behind."},
        "words": {"type": "integer", "minimum": 0, "description": "How many words that is, about."},
    },
}
_CHANGE = {
    "type": "object",
    "description": "A part that is not current in a language.",
    "required": [
        "page",
        "language",
        "label",
        "state",
        "place",
        "ahead",
        "ahead_place",
        "old",
        "new",
    ],
    "properties": {
        "page": {"type": "string", "description": "The page's key."},
        "language": {"type": "string", "description": "The language that lags behind."},
        "label": {"type": "string", "description": "What `confirm --block` calls the part."},
        "state": _STATE,
        "place": {"type": "string", "description": "Path and line, in the language that lags."},
        "ahead": {"type": list(_TEXT_OR_NOTHING), "description": "The language that changed."},
        "ahead_place": {"type": list(_TEXT_OR_NOTHING), "description": "Path and line, there."},
        "old": {"type": list(_TEXT_OR_NOTHING), "description": "What it said, where git knows."},
        "new": {"type": list(_TEXT_OR_NOTHING), "description": "What it says now."},
    },
}

STATUS = MappingProxyType(
    {
        "title": "The report of `build.py status --format json`",
        "description": "Stable within a version: keys may be added, none goes and none changes.",
        "type": "object",
        "required": ["version", "languages", "pages", "changes", "unconfirmed"],
        "properties": {
            "version": {"const": 1, "description": "Of this form; another number breaks readers."},
            "languages": {"type": "array", "items": {"type": "string"}},
            "pages": {
                "type": "object",
                "description": "By page key, then by language.",
                "additionalProperties": {"type": "object", "additionalProperties": _CELL},
            },
            "changes": {"type": "array", "items": _CHANGE, "description": "What lags behind."},
            "unconfirmed": {
                "type": "array",
                "items": _CHANGE,
                "description": "What waits for a look: an entry in each language.",
            },
        },
    }
)
