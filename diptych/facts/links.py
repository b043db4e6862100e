"""The targets of links: one form for all ways to write a target, and whether two targets lead to the
same page, each in the language of its text.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import cache

from diptych.languages import rules_of
from diptych.languages.hosts import SAME_HOSTS, plain_host
from diptych.values import Value

_CODE_IN_QUERY = r"(?<=[?&])(?:lang(?:ue|uage)?|la?|taal|locale)={0}(?=&|$|#)"
_SCHEME = re.compile(r"^(?:https?:)?//|^(?=www\.)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"#:~:.*$|(?<=[?&])utm_\w+=[^&#]*&?"
)  # fragments of text, and parameters that count visitors


class _Opened(Value):
    """A web address without the part that names its language (`fr.…`, `…/nl/…`, `?lang=nl`)."""

    host: str
    rest: str  # path, query and anchor
    marked: bool  # whether a part of it names its language


def identity_of(target: str, key: str) -> str:
    """The target of a link on the page `key` in one form: `page:faq#x` for `../faq/nl.md#x`, and
    for `#x` on the page `faq`.
    """
    path, hash_, anchor = target.partition("#")
    if not path and key:
        return f"page:{key}{hash_}{anchor}"
    if path.endswith(".md") and ":" not in path:
        folder = posixpath.dirname(posixpath.normpath(posixpath.join(key, path)))
        return f"page:{folder}{hash_}{anchor}"
    return target


def same_place(mine: str, theirs: str, language: str, other: str) -> bool:
    """Whether two addresses belong to one page in two languages.

    They do if only the mark of the language differs (`…/nl/…`, `fr.…`, `?lang=nl`). They also do if
    one of them has such a mark and both have the same host, or if each has the host of its language
    (`languages/hosts`), since the name of a page can be translated. Other figures mean another
    page.
    """
    left, right = _opened(mine, language), _opened(theirs, other)
    if left.host != right.host:
        related = left.marked and right.marked and _domain(left.host) == _domain(right.host)
        sisters = related or _are_sisters(left.host, right.host, language, other)
        return sisters and _figures_agree(left, right)
    if left.rest == right.rest:
        return True
    return (left.marked or right.marked) and bool(left.host) and _figures_agree(left, right)


def _opened(address: str, language: str) -> _Opened:
    bare = _UNSEEN.sub("", _SCHEME.sub("//", address)).rstrip("?&")
    host, rest = "", bare
    if bare.startswith("//"):
        host, slash, path = bare[2:].partition("/")
        host, rest = plain_host(host), slash + path
    elif bare.startswith("/"):
        host = "/"  # a path on this site
    open_host = _pattern(language, "host").sub("", host)
    open_rest = _pattern(language, "rest").sub("*", rest)
    marked = open_host != host or open_rest != rest
    return _Opened(open_host, open_rest.rstrip("/"), marked)


def one_names(label: str, other_label: str, address: str, other: str) -> bool:
    """Whether both labels have a word that only the first of the two addresses has in its path.

    Then the links lead to different pages. `taxicheques` and `chèques-taxis` share `cheques`, and
    an address such as /fr/logement/primes lacks it.
    """
    words, there = _folded(label), _folded(_path(other))
    shared = {word for word in re.findall(r"[a-z]{5,}", _folded(other_label)) if word in words}
    return any(word in _folded(_path(address)) and word not in there for word in shared)


def _path(address: str) -> str:
    return _SCHEME.sub("", address).partition("/")[2]


def _folded(text: str) -> str:
    """The text in small letters without accents."""
    parted = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


@cache
def _pattern(language: str, part: str) -> re.Pattern[str]:
    code = language.partition("-")[0].lower()
    names = "|".join([code, *map(re.escape, rules_of(code).in_addresses)])
    if part == "host":
        return re.compile(rf"^(?:{names})\.|(?<=[.-])(?:{names})(?=\.)")
    word = rf"(?<![a-z0-9])(?:be[-_]?)?(?:{names})(?:[-_]?be)?(?![a-z0-9])"
    glued = rf"(?-i:(?<=[a-z0-9]){code.upper()}(?![a-zA-Z]))"
    letter = _CODE_IN_QUERY.format(code[0])
    return re.compile(rf"{letter}|{word}|{glued}", re.IGNORECASE)


def _are_sisters(mine: str, theirs: str, language: str, other: str) -> bool:
    return any(
        _ends(mine, row.get(language)) and _ends(theirs, row.get(other)) for row in SAME_HOSTS
    )


def _ends(host: str, name: str | None) -> bool:
    return name is not None and (host == name or host.endswith("." + name))


def _domain(host: str) -> str:
    """`belgium.be` of `justitie.belgium.be`: ministries have a subdomain in each language."""
    return ".".join(host.split(".")[-2:])


def _figures_agree(left: _Opened, right: _Opened) -> bool:
    """False if the addresses differ in their figures alone: article/380 is not article/381."""
    mine, theirs = re.sub(r"\d+", "0", left.rest), re.sub(r"\d+", "0", right.rest)
    return mine != theirs or left.rest == right.rest
