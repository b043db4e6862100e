"""Old addresses, as editors write them: what is wrong with one, and the path that it names.

The same path has several spellings (RFC 3986): `/fr/récit/` and `/fr/r%c3%a9cit`. All become one text,
which has the letters themselves (in Unicode's form NFC) and no slash around it: `fr/récit`.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from diptych.diagnostics import Message, say
from diptych.model import RESERVED

_MAX_PATH = 800  # bytes
_MAX_SEGMENT = 200  # bytes of one part; file systems allow 255, compressed copies have longer names
_PLAIN = "/!$&'()*+,;=:@"  # signs that stand for themselves in the path of a URL, beside -._~
_WRONG = (  # patterns of an address as it was written, and the reason why it cannot lead on
    (r"[A-Za-z][A-Za-z0-9+.-]*://", say("only the path counts, behind the site's name")),
    (r"\?", say("hosts compare paths alone, without the `?` and all behind it")),
    ("#", say("browsers keep the `#` and all behind it to themselves")),
    ("%(?![0-9A-Fa-f]{2})", say("`%` begins a code as in %C3; the sign itself is %25")),
    ("%2[Ff]", say("hosts make a slash of `%2F`")),
)
_PART = r"(^|/)(\.{0,2})(/|$)"  # a part of a path that browsers and hosts take out


def path_of(address: str) -> str:
    """The path that an old address names, decoded, without slashes around it."""
    return unicodedata.normalize("NFC", unquote(address)).strip("/")


def in_url(path: str) -> str:
    """A decoded path as it stands in a URL: `fr/récit` is `fr/r%C3%A9cit`."""
    return quote(path, safe=_PLAIN)


def for_editors(path: str) -> str:
    """A decoded path as editors read it. Only signs that no URL can have, and those that nobody can
    see, are percent-encoded.
    """
    return "".join(
        each if ord(each) > 127 and each.isprintable() else in_url(each) for each in path
    )


def wrong_with(address: str) -> Message | None:
    """The reason why an old address cannot lead on at any host; None if it can."""
    for pattern, reason in _WRONG:
        if re.search(pattern, address):
            return reason
    try:
        unquote(address, errors="strict")
    except UnicodeDecodeError:
        return say("its codes with `%` are no text in UTF-8")
    path = path_of(address)
    if "\\" in path:
        return say("browsers make a slash of a backslash")
    if any(unicodedata.category(each) in ("Cc", "Cs") for each in path):
        return say("it has a control character")
    if re.search(_PART, path):
        return say("browsers and hosts take `.`, `..` and empty parts out of a path")
    parts = path.split("/")
    if any(len(part.encode()) > _MAX_SEGMENT for part in parts) or len(path.encode()) > _MAX_PATH:
        return say("it is too long for the name of a file")
    if any(part.partition(".")[0].lower() in RESERVED for part in parts):
        return say("no file can have this name on Windows")
    return None
