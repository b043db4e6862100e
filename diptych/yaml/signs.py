"""Quotation marks in YAML, and the spaces that it takes for letters."""

from __future__ import annotations

import re

import yaml

# what PyYAML raises for a text that it cannot read; the last two for the number of a character that
# does not exist
UNREADABLE = (yaml.YAMLError, ValueError, OverflowError)
ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # spaces that YAML takes for letters
ODD_SPACE = re.compile(f"[{ODD}]")
_ODD_VALUE = re.compile(f":[{ODD}]")
_SMART = "“”«»‘’„"


def is_odd_key(text: str) -> bool:
    """Whether a key has an odd space (a space that YAML takes for a letter) at its beginning, after
    a hyphen at its beginning, or after a colon. Nobody writes such a key on purpose.
    """
    return bool(ODD_SPACE.match(text.lstrip("-")) or _ODD_VALUE.search(text))


def quoted(value: str) -> str:
    """The value in quotes for YAML; quotes inside it are kept."""
    bare = value.strip(_SMART).strip() if value[:1] in _SMART and value[-1:] in _SMART else value
    if '"' in bare and "'" not in bare:
        return f"'{bare}'"
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'
