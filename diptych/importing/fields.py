"""Translates front matter of other programs into ours; a key that we do not have becomes a field of
types.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from diptych.content.own_types import NAME
from diptych.content.page import FRONT_MATTER
from diptych.diagnostics import Message, say
from diptych.i18n.edtf import parse_date
from diptych.importing.old_file import text_in
from diptych.importing.old_site import Front
from diptych.markdown import free_name
from diptych.model import EventDate
from diptych.unseen import without_unseen
from diptych.values import Value

_TITLE = ("title", "pagetitle")
_SHORT = ("short", "linktitle", "menu_title", "nav_title", "short_title", "shorttitle")
_DESCRIPTION = ("description", "summary", "excerpt", "subtitle")
_DATE = ("date", "publishdate", "pubdate", "created")
_ALIASES = ("aliases", "redirect_from", "alias", "redirects")
_DONE = frozenset(  # keys whose meaning is now in the place, the address or the text of a file
    {"translationkey", "lang", "language", "ref", "url", "permalink", "slug", "draft", "published"}
)
_EMPTY: tuple[object, ...] = ("", [], {}, None)


class NewFront(Value):
    """The front matter of a moved page: values under the keys of this program, and all other values
    as fields of the site's own.
    """

    title: str
    lines: Mapping[str, Any]  # values under the keys of this program, except the title
    own: Mapping[str, Any]  # fields of the site's own: a text, or a list of texts
    aliases: tuple[str, ...]  # further old addresses of the page
    slug: str  # the last part of the old address, if the front matter has it
    left: tuple[Message, ...]


def our_front_matter(front: Front, dated: str = "") -> NewFront:
    """The front matter in our keys; `dated` is a date that the name of the file holds."""
    flat = dict(_flat(front))
    small = {key.lower(): key for key in flat}
    used: set[str] = set()
    left: list[Message] = []

    def take(names: Iterable[str]) -> str:
        key = next((small[each] for each in names if text_in(flat, each)), None)
        used.update({key} if key else ())
        return " ".join(flat[key].split()) if key else ""

    title = take(_TITLE)
    lines: dict[str, Any] = {}
    for ours, names in (("short", _SHORT), ("description", _DESCRIPTION)):
        if found := take(names):
            lines[ours] = found
    written = take(_DATE)
    day = _day(written) or dated
    if written and not _day(written):
        left.append(say("the date “{date}” cannot be read", date=written))
    if day:
        lines["date"] = day
    state = text_in(flat, "draft").lower(), text_in(flat, "published").lower()
    if state[0] == "true" or state[1] == "false":
        lines["draft"] = "true"
    aliases = [text for each in _ALIASES if each in small for text in texts_in(flat[small[each]])]
    gone = used | {small[name] for name in (*_DONE, *_ALIASES) if name in small}
    own: dict[str, Any] = {}
    for key, value in flat.items():
        if key in gone or value in _EMPTY:
            continue
        name = _named(key)
        # a key in another script has no Latin letter: two such keys become `key` and `key_2`
        own[free_name(f"old_{name}" if name in FRONT_MATTER.fields else name, own, "_")] = value
    return NewFront(title, lines, own, tuple(aliases), text_in(flat, "slug"), tuple(left))


def _flat(front: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    """The entries of front matter, with nested keys joined: `cover: {caption: …}` gives the key
    `cover_caption`. Every value is a text or a list of texts, without invisible characters.
    """
    for key, value in front.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}_")
        elif isinstance(value, list):
            yield f"{before}{key}", [text for item in value for text in _item_texts(item)]
        else:
            yield f"{before}{key}", without_unseen(str(value)).strip()


def _item_texts(item: Any) -> Iterable[str]:
    """The texts in an item of a list, of any shape."""
    if isinstance(item, dict):
        yield ", ".join(f"{key}: {' '.join(_item_texts(value))}" for key, value in item.items())
    elif isinstance(item, list):
        for each in item:
            yield from _item_texts(each)
    elif text := without_unseen(str(item)).strip():
        yield text


def texts_in(value: Any) -> list[str]:
    """The texts of a field: the text itself, or the texts of a list; none for a field without a
    value.
    """
    return [value] if isinstance(value, str) and value else list(value or [])


def _day(text: str) -> str:
    """The day of a date of any length: `2024-06-08T10:00:00+02:00`, `2024/06/08 10:00`."""
    match = re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text)
    if match is None:
        return ""
    day = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return day if isinstance(parse_date(day), EventDate) else ""


def _named(key: str) -> str:
    """A key in the form that types.yaml asks for: `showToc` becomes `show_toc`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key)
    name = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    return name if NAME.fullmatch(name) else f"key_{name}".strip("_")


def field_declarations(pages: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """A declaration for each field of the pages.

    A value that was a setting of the old theme is no text for readers. It becomes a `choice`
    without `words`, which no page shows. A longer text becomes Markdown (`prose`).
    """
    values: dict[str, list[str]] = {}
    many: set[str] = set()
    for own in pages:
        for key, value in own.items():
            values.setdefault(key, []).extend(texts_in(value))
            many |= {key} if isinstance(value, list) else set()
    found: dict[str, dict[str, Any]] = {}
    for key in sorted(values):
        kinds = set(values[key])
        if kinds <= {"true", "false"} and key not in many:
            found[key] = {"type": "choice", "choices": ["true", "false"]}
        elif any(len(each) > 80 or "\n" in each for each in kinds) or len(kinds) > 300:
            found[key] = {"type": "text"}
        else:
            found[key] = {"type": "choice", "choices": sorted(kinds)}
        if key in many:
            found[key]["many"] = "true"
    return found
