"""The parts of a text that are no words, and that a translation keeps: code, attributes, tags,
footnotes, references, links.
"""

from __future__ import annotations

import re
from collections import Counter

from diptych.facts import facts_of
from diptych.model import Language

_CODE = re.compile(r"(?<!`)`++[^`]+`++")
_BRACES = re.compile(r"\{[^{}\n]*\}|%\(\w+\)[sd]")
_TAG = re.compile(r"</?[a-zA-Z][\w-]*(?=[\s/>])[^<>]*>")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_REFERENCE = re.compile(r"(?<=\])\[[^\]^]*\]")
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\([^()]*\)[^()\s]*)*")
_LANGUAGE = re.compile(r"\{:? *lang=[\"']?([\w-]+)[\"']? *\}")


def marks_of(text: str, languages: frozenset[str]) -> Counter[str]:
    """The marks of a text that every language must have, as often as they occur.

    A span that only names one of `languages` is left out: a text in that language does not need it.
    """
    bare, codes = _CODE.subn(" ", text)
    found = Counter({"`…`": codes} if codes else {})
    for mark in _BRACES.findall(bare):
        language = _LANGUAGE.fullmatch(mark)
        if language is None or language[1] not in languages:
            found[_bare(mark).replace('"', "").replace("'", "")] += 1
    for tag in _TAG.findall(bare):
        found[re.sub(r"(?<=\w)[\s/].*>", ">", tag)] += 1
    found.update(_FOOTNOTE.findall(bare))
    found.update(_REFERENCE.findall(bare))
    return found


def _bare(mark: str) -> str:
    """`{: lang=fr }` as `{lang=fr}`; another mark as it is."""
    if not mark.startswith("{"):
        return mark
    return "{" + mark[1:-1].removeprefix(":").strip(" ") + "}"


def shown_marks(text: str) -> list[str]:
    """The marks and link targets of a text, each once, in order, to show to a translator."""
    bare = _CODE.sub(" ", text)
    patterns = (_BRACES, _TAG, _FOOTNOTE, _REFERENCE, _TARGET)
    found = [
        (match.start(), match.group() + (")" if pattern is _TARGET else ""))
        for pattern in patterns
        for match in pattern.finditer(bare)
    ]
    return list(dict.fromkeys(mark for _, mark in sorted(found)))


def links_of(text: str, language: Language, key: str) -> tuple[Counter[str], Counter[str]]:
    """Links and pictures by page or file, and addresses of other sites."""
    inner: Counter[str] = Counter()
    outer: Counter[str] = Counter()
    for fact in facts_of(text, language.locale, key):
        if fact.kind in ("link", "picture"):
            away = fact.kind == "link" and fact.value.startswith(("http:", "https:"))
            (outer if away else inner)[fact.value] += 1
    return inner, outer
