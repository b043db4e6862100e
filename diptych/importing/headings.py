"""Gives the headings of a page that belong together in all its languages one id.

Ids that an author wrote are kept. If the levels of headings differ between two languages, only the
parts that agree are paired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from diptych.importing.code import replaced
from diptych.markdown import free_name, read_blocks, slugify
from diptych.values import Value

_BRACES = re.compile(r"(?:(?<!\s)\s++)?\{:?\s*+([^{}]*)\}\s*$")
_ID = re.compile(r"#([\w.:-]+)")
_TAGGED = re.compile(r"<h([1-6])([^<>]*)>(.*?)</h\1>", re.DOTALL)
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]+>|[*`]+|~~|(?<!\w)_+|_+(?!\w)")


class OldHeading(Value):
    """A heading in a text, with the lines that it spans."""

    first: int  # line, from 0
    end: int  # the line after it
    level: int
    words: str  # without braces
    given: str = ""  # the id of its author


@lru_cache(maxsize=8)  # several steps ask for the same text
def headings_in(text: str) -> tuple[OldHeading, ...]:
    """The headings of a text, without those in quotations and lists."""
    found = []
    for node in read_blocks(text).children:
        if node.kind != "heading":
            continue
        words = " ".join(node.lines[0].split()) if node.lines else ""
        braces = _BRACES.search(words)
        given = _ID.search(braces[1]) if braces else None
        if braces:
            words = words[: braces.start()]
        found.append(
            OldHeading(
                node.first, node.end, len(node.mark), words.strip(), given[1] if given else ""
            )
        )
    return tuple(found)


def anchor_of(words: str) -> str:
    """The id that GitHub and Hugo make for a heading."""
    return re.sub(r"[^\w\- ]", "", without_marks(words).lower()).replace(" ", "-")


def without_marks(words: str) -> str:
    """The words of a heading, without Markdown marks and HTML tags."""
    return _MARKS.sub(lambda match: match[1] or "", words).strip()


def one_level_lower(text: str) -> str:
    """The text with every heading one level lower, down to the sixth."""
    return _with_levels(text, [min(6, each.level + 1) for each in headings_in(text)])


def without_level_gaps(text: str) -> str:
    """The text without gaps between the levels of its headings; the first below the title has level
    2.
    """
    levels, last = list[int](), 1
    for each in headings_in(text):
        last = min(each.level, last + 1)
        levels.append(last)
    return _with_levels(text, levels)


def _with_levels(text: str, levels: Sequence[int]) -> str:
    """The text with a level for each of its headings."""
    lines = text.split("\n")
    for each, level in reversed([*zip(headings_in(text), levels, strict=True)]):
        if level != each.level:
            braces = f" {{#{each.given}}}" if each.given else ""
            lines[each.first : each.end] = [f"{'#' * level} {each.words}{braces}"]
    return "\n".join(lines)


def with_ids(text: str) -> str:
    """The text with an id at each HTML heading whose own id would be taken."""
    used = {each.given for each in headings_in(text)}

    def give(match: re.Match[str]) -> str | None:
        wanted = slugify(without_marks(match[3]))
        if " id=" in match[2] or wanted not in used:
            used.add(wanted)
            return None
        identity = free_name(wanted, used)
        used.add(identity)
        return f'<h{match[1]}{match[2]} id="{identity}">{match[3]}</h{match[1]}>'

    return replaced(_TAGGED, give, text)


def with_shared_ids(
    texts: Mapping[str, str],
) -> tuple[dict[str, str], dict[tuple[str, str], str], bool]:
    """The texts by language, with an id at each heading; the new id of each heading by language and
    old id; and whether the headings of all languages belong together.
    """
    found = {language: headings_in(text) for language, text in texts.items()}
    ids = _ids(found)
    whole = len({tuple(each.level for each in headings) for headings in found.values()}) == 1
    made: dict[str, str] = {}
    anchors: dict[tuple[str, str], str] = {}
    for language, text in texts.items():
        lines = text.split("\n")
        seen: dict[str, int] = {}
        for each, identity in zip(found[language], ids[language], strict=True):
            old = each.given or anchor_of(each.words)
            number = seen.get(old, 0)
            seen[old] = number + 1
            anchors.setdefault((language, f"{old}-{number}" if number else old), identity)
            anchors.setdefault((language, slugify(each.words)), identity)
        for each, identity in reversed([*zip(found[language], ids[language], strict=True)]):
            lines[each.first : each.end] = [f"{'#' * each.level} {each.words} {{#{identity}}}"]
        made[language] = with_ids("\n".join(lines))
    return made, anchors, whole


def _ids(found: Mapping[str, Sequence[OldHeading]]) -> dict[str, list[str]]:
    """An id for each heading of each language. The language with most headings decides, and the
    other languages follow.
    """
    if not found:
        return {}
    leading = max(found, key=lambda language: len(found[language]))
    groups: list[dict[str, int]] = [{leading: number} for number in range(len(found[leading]))]
    for language, headings in found.items():
        if language == leading:
            continue
        matcher = SequenceMatcher(
            None, [_sign(e) for e in found[leading]], [_sign(e) for e in headings], autojunk=False
        )
        if [e.level for e in found[leading]] == [e.level for e in headings]:
            pairs = [(n, n) for n in range(len(headings))]
        else:
            pairs = [
                (m.a + n, m.b + n) for m in matcher.get_matching_blocks() for n in range(m.size)
            ]
        for one, other in pairs:
            groups[one][language] = other
        lonely = set(range(len(headings))) - {other for _, other in pairs}
        groups += [{language: number} for number in sorted(lonely)]
    ids = {language: [""] * len(headings) for language, headings in found.items()}
    used: set[str] = set()
    for group in groups:
        members = [found[language][number] for language, number in group.items()]
        identity = free_name(_wanted(members), used)
        used.add(identity)
        for language, number in group.items():
            ids[language][number] = identity
    return ids


def _sign(heading: OldHeading) -> tuple[int, str]:
    """The key by which headings of two languages are paired: level, and figures."""
    return heading.level, "".join(re.findall(r"\d+", heading.words))


def _wanted(members: Iterable[OldHeading]) -> str:
    given = [each.given for each in members if each.given]
    return slugify(given[0] if given else next(iter(members)).words)
