"""The kinds of single values: how a text becomes a value of each kind, and how a JSON schema
describes the kind.

The patterns use only the syntax that Python's `re` and ECMA-262 share, so that this program and an
editor with the schema accept the same values.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from diptych.diagnostics import Message, say
from diptych.i18n.edtf import parse_date, suggest_date
from diptych.model import EventDate, Precision
from diptych.values import replace
from diptych.yaml import Leaf

_FLAGS = {
    "true": True,
    "yes": True,
    "ja": True,
    "oui": True,
    "false": False,
    "no": False,
    "nee": False,
    "non": False,
}
_ADDRESS = r"^https?://[^\s<>\"]+$"
_BASE = r"^https?://[^\s<>\"?#]+$"
_EMAIL = r"^[^@\s<>\":]+@[^@\s<>\":]+\.[a-zA-Z]{2,}$"
_WHOLE = r"^-?[0-9]{1,15}$"
_KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_REPOSITORY = r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$"
_MAX_KEY = 80  # characters of a key
_LARGEST = 10**15 - 1  # fifteen digits
_MOMENT = (
    r"([0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2})?)?)?"
    r"|[0-9]{2}XX|[0-9]{3}X|[0-9]{4}-XX(-XX)?|[0-9]{4}-[0-9]{2}-XX)[~?%]?"
)
_DATE = rf"^\s*({_MOMENT}(/({_MOMENT}|\.\.))?|\.\./{_MOMENT})\s*$"
_DAY = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ANY_CASE = "|".join("".join(f"[{c}{c.upper()}]" for c in word) for word in _FLAGS)


def _address(text: str) -> str | None:
    try:
        host = urlsplit(text).hostname
    except ValueError:  # half an address of numbers, as in https://[1
        return None
    return text if host and re.fullmatch(_ADDRESS, text) else None


def _base(text: str) -> str | None:
    """An address to which paths can be added: without a query, an anchor or a way upwards."""
    if _address(text) is None or re.search("[?#]", text):
        return None
    upwards = {".", ".."} & set(unquote(urlsplit(text).path).split("/"))
    return None if upwards else text


def _matching(pattern: str) -> Callable[[str], str | None]:
    """A function that returns a text unchanged if the pattern matches the whole text, or else None."""
    expression = re.compile(pattern)
    return lambda text: text if expression.fullmatch(text) else None


def _key(text: str) -> str | None:
    return text if re.fullmatch(_KEY, text) and len(text) <= _MAX_KEY else None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(_WHOLE, text) else None


def _text(text: str) -> str | None:
    return text.strip() or None


def _date(text: str) -> EventDate | Message | None:
    return parse_date(text) if text.strip() else None


def _day(text: str) -> datetime.date | Message | None:
    date = _date(text)
    if isinstance(date, EventDate):
        whole = date.precision is Precision.DAY
        return date.first if whole else say("a whole date is needed here")
    return date


def _as_day(text: str) -> str | None:
    """The whole date that was probably meant; None for a month or a year, which hold no day."""
    meant = suggest_date(text)
    return meant if meant and isinstance(_day(meant), datetime.date) else None


def _as_key(text: str) -> str | None:
    """The words in small letters, digits and hyphens: `Wie wij zijn!` becomes `wie-wij-zijn`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("·", "").replace("œ", "oe"))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _key(re.sub(r"[^a-z0-9]+", "-", bare).strip("-"))


def _as_whole(text: str) -> str | None:
    """The number without digit grouping and unit: both `1.200` and `1 200 euro` become `1200`."""
    grouped = re.fullmatch(
        r"(?:€ ?)?(?:[0-9]{1,3}(?:[.\s'’\u00a0\u202f][0-9]{3})+|[0-9]+)(?: ?(?:€|[^\W\d_]+))?", text
    )
    return re.sub(r"\D", "", text) if grouped else None


def _as_address(text: str) -> str | None:
    return _address(f"https://{text}") if re.match(r"(www\.)?[\w-]+\.[\w.-]+(/|$)", text) else None


def _as_base(text: str) -> str | None:
    """The address up to its query or anchor, with its scheme."""
    short = re.split("[?#]", text)[0]
    return _base(short if "://" in short else f"https://{short}") if "." in short else None


def _as_email(text: str) -> str | None:
    return _matching(_EMAIL)(text.removeprefix("mailto:").strip("<> "))


def _reason(text: str) -> str | None:
    return None if text.strip().lower() in _FLAGS else text.strip() or None


_TEXT_HINT = say(
    "write one text after the colon; put quotes around it when it begins with a bracket"
)

TEXT = Leaf(
    "text",
    say("a text"),
    _TEXT_HINT,
    _text,
    r"\S",
    ("string", "number"),
    ("boolean",),
    form=say("write something here, or take the line out"),
)
LINK = replace(TEXT, name="link")  # as in a text: `page:faq`, `site:contact`, a web address
INLINE = replace(TEXT, name="inline")  # a text of one line, with Markdown
PROSE = replace(TEXT, name="prose")  # a text of more than a line, with Markdown
DATE = Leaf(  # an EventDate
    "date",
    say("a text"),
    _TEXT_HINT,
    _date,
    _DATE,
    ("string", "integer"),
    between=(1000, 9999),
    form=say("a day is written 2020-06-08, a month 2020-06"),
    mend=suggest_date,
    check="impossible-date",
)
DAY = replace(
    DATE,
    name="day",
    understand=_day,
    pattern=_DAY,
    types=("string",),
    between=None,  # a date
    form=say("a day is written 2020-06-08"),
    mend=_as_day,
)
FLAG = Leaf(
    "flag",
    say("`true` or `false`"),
    say("write `true`, or take the line out"),
    lambda text: _FLAGS.get(text.lower()),
    f"^({_ANY_CASE})$",
    ("boolean", "string"),
)
WHOLE = Leaf(
    "whole",
    say("a whole number, such as 12"),
    say("write only the digits, without dots, spaces or a unit: 1200"),
    _number,
    _WHOLE,
    ("integer", "string"),
    between=(-_LARGEST, _LARGEST),
    mend=_as_whole,
)
ADDRESS = Leaf(
    "address",
    say("a web address that begins with https://"),
    say("copy the whole address out of the browser's address bar"),
    _address,
    _ADDRESS,
    mend=_as_address,
)
BASE = replace(
    ADDRESS,
    hint=say("write the address of the home page alone, as in https://www.example.org"),
    understand=_base,
    pattern=_BASE,
    mend=_as_base,
)
EMAIL = Leaf(
    "email",
    say("an e-mail address"),
    say("write the address alone, as in info@example.org"),
    _matching(_EMAIL),
    _EMAIL,
    mend=_as_email,
)
REPOSITORY = Leaf(
    "repository",
    say("the name of a repository, such as `owner/name`"),
    say("copy it from the end of the repository's address"),
    _matching(_REPOSITORY),
    _REPOSITORY,
)
KEY = Leaf(
    "key",
    say("a name in small letters, digits and hyphens, such as `first-lockdown`"),
    say("take out capitals, accents and other marks, and put hyphens for spaces"),
    _key,
    _KEY,
    ("string", "integer"),
    longest=_MAX_KEY,
    between=(0, _LARGEST),
    mend=_as_key,
)
REASON = Leaf(
    "reason",
    say("a reason in words"),
    say("write in a sentence why, for whoever reads this later"),
    _reason,
    rf"^(?!\s*({_ANY_CASE})\s*$)[\s\S]*\S",
    ("string", "number"),
)
