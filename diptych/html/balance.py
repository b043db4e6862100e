"""Finds start tags without an end tag, and end tags without a start tag, in HTML and its templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from diptych.values import Value, words

_VOID = words(  # https://html.spec.whatwg.org/#void-elements
    "area base br col embed hr img input link meta source track wbr"
)
# elements whose end tag may be left out (https://html.spec.whatwg.org/#optional-tags)
_OPTIONAL = words(
    """
    body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr
    """
)
_ENDS_PARAGRAPH = words(
    """
    address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul
    """
)
ONCE = words("body head html")

# A tag without a closing `>` matches up to the end of the text, so that the text is read once. The match
# of a script or style includes its content, in which only its own end tag is a tag.
_TAG = re.compile(
    r"""
    < (?: !-- .*? (?: --> | \Z )
        | (?: [!?] | / (?![a-z]) ) [^>]*+ (?: > | \Z )
        | (?: (?= (script|style) [\s/>] ) | )
          (/?) ([a-z][^\s/>]*+)
          ( [^>=]*+ (?: = \s*+ (?: "[^"]*+ (?: " | \Z ) | '[^']*+ (?: ' | \Z ) )?+ [^>=]*+ )*+ ) (>?)
          (?(1) [^<]*+ (?> (?: < (?! / \1 [\s/>] ) [^<]*+ )* ) ) )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.ASCII,
)

# the element of a tag, whether the tag is an end tag, and its number among the matches of `_TAG`
_Tag: TypeAlias = "tuple[str, bool, int]"


class Unbalanced(Value):
    """A tag without its counterpart."""

    element: str
    tag: str  # as written; of an end tag `</div>`
    line: int  # from 1
    column: int  # from 0


def unbalanced(text: str) -> tuple[Unbalanced, ...]:
    """Every start tag without its end, and every end tag without a start, in order.

    If an end is missing, the next end tag of that name closes the inner element, so the outermost
    one is reported.
    """
    opened: list[_Tag] = []
    alone: list[_Tag] = []
    once: set[str] = set()  # the elements of `ONCE` that were opened
    for element, ends, number in _tags(text):
        if not ends and element in once:  # its attributes would go to the first one
            alone.append((element, ends, number))
        elif not ends:
            if element in ONCE:
                once.add(element)
            if opened and opened[-1][0] == "p" and element in _ENDS_PARAGRAPH:
                opened.pop()
            opened.append((element, ends, number))
        elif opened and opened[-1][0] == element:
            opened.pop()
        else:
            inside = _closed(opened, element)
            alone += [(element, ends, number)] if inside is None else inside
    left = [*alone, *(each for each in opened if each[0] not in _OPTIONAL)]
    if not left:
        return ()
    tags = list(_TAG.finditer(text))
    left.sort(key=lambda each: each[2])
    return tuple(_placed(text, element, ends, tags[number]) for element, ends, number in left)


def tags_end(text: str) -> bool:
    """Whether each tag that begins in a piece of a page also ends in it, and the piece holds no
    comment. If it is balanced as well, it can be read without the rest of the page.
    """
    if "<!" in text:
        return False
    return all(end or not name for _, _, name, _, end in _TAG.findall(text))


def _closed(opened: list[_Tag], element: str) -> list[_Tag] | None:
    """Removes the innermost open element of that name and everything open inside it; returns the
    removed elements that needed an end tag, or None if no such element is open.
    """
    for place in range(len(opened) - 1, -1, -1):
        if opened[place][0] == element:
            inside = [each for each in opened[place + 1 :] if each[0] not in _OPTIONAL]
            del opened[place:]
            return inside
    return None


def _tags(text: str) -> Iterator[_Tag]:
    """The tags of a text in order, without void elements, and without comments, scripts and styles.

    `<path/>` in a drawing is closed; in HTML the slash has no meaning, and nobody writes one.
    """
    for number, (_, slash, name, rest, end) in enumerate(_TAG.findall(text)):
        element = name.lower()
        # a match without `>` is a comment or an incomplete tag
        if end and element not in _VOID and (slash or rest[-1:] != "/"):
            yield element, slash == "/", number


def _placed(text: str, element: str, ends: bool, found: re.Match[str]) -> Unbalanced:
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    end = found.end(5)  # the end of the tag itself, without the content of a script
    tag = f"</{element}>" if ends else text[found.start() : end]
    return Unbalanced(element, tag, line, column)
