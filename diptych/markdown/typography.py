"""Sets quotation marks, apostrophes, dashes and spaces as each language prints them.

Editors type plain spaces, straight quotes and straight apostrophes; readers get the marks of their
language. The files stay unchanged. The functions take plain text: the caller leaves out code,
addresses of links and attributes. Typesetting a typeset text changes nothing.

Sources: Lexique des règles typographiques (Imprimerie nationale), the interinstitutional style
guide of the EU, Taaladvies (Taalunie).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from markupsafe import Markup, escape

from diptych.languages import NBSP, THIN, TYPOGRAPHY, Typography
from diptych.values import Value

CONTEXT = 16  # the number of characters before, and after, a piece of text that a rule can see
SINGLE = ("‘", "’")
_APART = r"\s<>\"«»“”„‘’"  # characters that no address contains
_ADDRESS = re.compile(
    rf"(?:https?://|www\.)[^{_APART}]*[^{_APART}.,;:!?)']"
    r"|(?<![\w:]):[a-z0-9+-][a-z0-9_+-]*:(?![\w:])"  # the name of a sign: :gear:
    rf"|(?<![^{_APART}@'()\[\]])[^{_APART}@'()\[\]][^{_APART}@()\[\]]*@[^{_APART}@'()\[\]]+\.\w+"
)
_SPACED_QUOTE = re.compile(rf'(?<![\w"])"[ {NBSP}]+([^"\n]*[^\s"])[ {NBSP}]+"(?![\w"])')
# Words up to a closing straight quote ('couch mapping'), as a sign that a `'` opens a quotation in a
# language in which most `'` mark an elision.
_CLOSED = re.compile(r"(?:[^'\n]|(?<=\w)'(?=\w))+[^\s']'(?!\w)")
_STRAIGHT = re.compile("[\"']")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
MAX_KEPT = 20  # letters of a word that is never broken; a longer one may not fit a line
_DOTTED = r"\b\w++(?:·\w++)+"
# A line never breaks at the hyphen of these words, since one part has at most two letters: e-mail,
# ci-dessous, celle-ci.
_SHORT, _LONG = r"[^\W\d_]{1,2}", r"[^\W\d_]{3,}"
_HYPHENED = rf"(?<![\w-])(?:{_SHORT}-{_LONG}|{_LONG}-{_SHORT})(?![\w-])"
_SPACES = f"[ {NBSP}{THIN}]"
_PLAIN = f"{_SPACES}* {_SPACES}*"  # spaces, at least one of them a plain one
_YEAR = r"(?:1[89]|20)\d\d"
_DASHES = (
    ("-–", rf"(?<![\w-])({_YEAR})(?:-| [-–] )({_YEAR})(?![\w-])", r"\1–\2"),
    ("-", r"(?<=[^\s–—-]) - (?=[^\s–—-])", " – "),
    # the line must not break before the second dash of a pair; the pattern above may have made the pair
    ("-–", r"(?<= – )([^–.!?\n]*[^\s–]) (?=– )", rf"\1{NBSP}"),
)


class Replacement(Value):
    """A pattern, and the text that replaces its matches. A text with none of `signs` has no match."""

    signs: frozenset[str]
    pattern: re.Pattern[str]
    text: str


class Profile(Value):
    """A compiled profile: its table, and its replacements in the order in which they are made."""

    table: Typography
    signs: frozenset[str]  # the signs of all replacements
    replacements: tuple[Replacement, ...]
    elided: re.Pattern[str]  # the letters after an apostrophe that opens no quotation: 's avonds


@dataclass(slots=True)
class Flow:
    """The quotations that are open at the end of a piece of a paragraph, for setting the next
    piece.
    """

    open: list[tuple[str, tuple[str, str]]] = field(default_factory=list)  # as typed, as set


def typeset(
    text: str, profile: str, before: str = "", after: str = "", flow: Flow | None = None
) -> str:
    """The text with the quotation marks, apostrophes, dashes and spaces of a profile (one of
    `PROFILES`).

    For a piece of a paragraph with inline tags, `before` and `after` are the characters around the
    piece, and `flow` holds the quotations that earlier pieces opened.
    """
    if flow is None:
        return typeset_whole(text, profile, before, after)
    return _typeset(text, profile, before, after, flow)


@lru_cache(maxsize=4096, typed=True)
def typeset_whole(text: str, profile: str, before: str, after: str) -> str:
    """The text as `typeset` returns it if no quotation is open at the start of the text."""
    return _typeset(text, profile, before, after, Flow())


def _typeset(text: str, profile: str, before: str, after: str, flow: Flow) -> str:
    rules = profile_of(profile)
    if rules is None or not text:
        return text
    parts = []
    position = 0
    may_hold_address = ":" in text or "@" in text or "www." in text
    for address in _ADDRESS.finditer(text) if may_hold_address else ():
        parts.append(
            _typeset_prose(
                text[position : address.start()],
                rules,
                before + text[:position],
                text[address.start() :],
                flow,
            )
        )
        parts.append(address.group())
        position = address.end()
    parts.append(_typeset_prose(text[position:], rules, before + text[:position], after, flow))
    return "".join(parts)


def joined(first: str, second: str, profile: str) -> str:
    """`first: second`, with the space of the language before the colon. Every joined text is made
    by this function.
    """
    return typeset(f"{first}: {second}", profile)


def as_markup(text: str, profile: str) -> Markup:
    """Typeset text as HTML: escaped, with raised ordinals (`1er`) and unbreakable words."""
    found = pieces(typeset(text, profile), profile)
    if len(found) == 1 and found[0][0] == "text":  # most texts are
        return escape(found[0][1])
    return Markup("").join(
        Markup("<sup>{}</sup>").format(piece)
        if kind == "sup"
        else Markup('<span class="nowrap">{}</span>').format(piece)
        if kind == "nowrap"
        else escape(piece)
        for kind, piece in found
    )


def pieces(text: str, profile: str) -> list[tuple[str, str]]:
    """The pieces of a typeset text. Each is a pair of the name of the element that it needs and its
    text. The names are `text` (no element), `sup` (French 1er, 2e), `nowrap` (an unbreakable word).
    """
    pattern = _inline(profile, "-" in text or "·" in text)
    if pattern is None:
        return [("text", text)]
    found: list[tuple[str, str]] = []
    position = 0
    for match in pattern.finditer(text):
        kind = "nowrap" if "·" in match.group() or "-" in match.group() else "sup"
        if kind == "nowrap" and len(match.group().replace("·", "")) > MAX_KEPT:
            continue
        if match.start() > position:
            found.append(("text", text[position : match.start()]))
        found.append((kind, match.group()))
        position = match.end()
    if position < len(text) or not found:
        found.append(("text", text[position:]))
    return found


@cache
def _inline(profile: str, joined: bool) -> re.Pattern[str] | None:
    """A pattern for the pieces that need an element (`sup`, `nowrap`). It finds words with a hyphen
    or a middle dot only if `joined`. None if no piece can need an element.
    """
    table = TYPOGRAPHY.get(profile)
    words = [_DOTTED, _HYPHENED] if joined else []
    raised = [table.raised] if table and table.raised else []
    return re.compile("|".join(words + raised)) if words or raised else None


def _typeset_prose(text: str, rules: Profile, before: str, after: str, flow: Flow) -> str:
    if not text:
        return text
    text = text.replace("...", "…")
    if '"' in text:
        text = _SPACED_QUOTE.sub(r'"\1"', text)  # many authors type " mot "
    if '"' in text or "'" in text:
        text = _marks(text, rules, before, after, flow)
    before, after = before[-CONTEXT:], after[:CONTEXT]
    padded = before + text + after
    signs = set(filter(padded.__contains__, rules.signs))
    for each in rules.replacements:
        if not each.signs.isdisjoint(signs):
            padded = _replace(each.pattern, each.text, padded, len(before), len(after))
    return padded[len(before) : len(padded) - len(after)]


def _replace(pattern: re.Pattern[str], replacement: str, padded: str, lead: int, tail: int) -> str:
    """Makes one replacement in a text. `padded` is the text with `lead` characters before and
    `tail` characters after it, which the pattern sees and which stay unchanged.
    """
    last = len(padded) - tail

    def own(match: re.Match[str]) -> str:
        inside = lead <= match.start() < last and match.end() <= last
        return match.expand(replacement) if inside else match.group()

    return pattern.sub(own, padded)


def _marks(text: str, rules: Profile, before: str, after: str, flow: Flow) -> str:
    """Sets quotation marks and apostrophes, depending on the characters before and after each."""
    end, put = 0, before[-1:]  # the offset of the last mark, and its replacement

    def mark(match: re.Match[str]) -> str:
        nonlocal end, put
        index = match.start()
        left = put if index == end else text[index - 1]
        right = text[index + 1 :] + after
        if match.group() == "'" and left.isalnum() and _MAIL.match(right):
            whole = (before + text[:index])[-CONTEXT:]
            elided = rf"(?<![\w.+-])(?:{rules.table.elisions or '(?!)'})$"
            if not re.search(elided, whole, re.IGNORECASE):
                return (
                    "'"  # of o'neil@…, whose second half alone is the link; d'info@… is two words
                )
        set_mark = _quote if match.group() == '"' else _apostrophe
        replaced = set_mark(left, right, rules, flow)
        end, put = index + 1, replaced[-1]
        return replaced

    return _STRAIGHT.sub(mark, text)


def _quote(left: str, right: str, rules: Profile, flow: Flow) -> str:
    follows = right[:1].strip() != "" and right[:1] not in ".,;:!?…)]}»”"
    opens = (not left or left in " \n\t([{–—«‘“„-'" + NBSP + THIN) and follows
    opens = opens or (left == "’" and right[:1].isalnum() and not flow.open)  # l'"annuaire"
    held = sum(sign == '"' for sign, _ in flow.open)
    if opens and held < 2:
        return _opened('"', rules, flow)
    if held:
        while True:
            sign, pair = flow.open.pop()
            if sign == '"':
                return pair[1]
    return '"'


def _apostrophe(left: str, right: str, rules: Profile, flow: Flow) -> str:
    if flow.open and flow.open[-1][0] == "'" and left.strip() and not right[:1].isalnum():
        return flow.open.pop()[1][1]
    inside_word = left.isalnum() or (left and left in ".,;:!?…%)’")
    starts_word = not inside_word and (right[:1].isalnum() or (right and right[0] in '"(['))
    if not starts_word or rules.elided.match(right):
        return "’"
    if not rules.table.apostrophe_quotes and not _CLOSED.match(right):
        return "’"
    if len(flow.open) < 2 and re.search(r"[^\s']'(?!\w)", right):
        return _opened("'", rules, flow)
    return "’"


def _opened(sign: str, rules: Profile, flow: Flow) -> str:
    """Opens a quotation and returns its opening mark, which differs from the opening mark of the
    quotation around it.
    """
    quotes = rules.table.quotes
    single = SINGLE if rules.table.apostrophe_quotes else quotes.inner
    pair = quotes.outer if sign == '"' else single
    if flow.open:
        pair = quotes.outer if flow.open[-1][1] == quotes.inner else quotes.inner
    flow.open.append((sign, pair))
    return pair[0]


@cache
def profile_of(name: str) -> Profile | None:
    """A profile by its name in site.yaml; None for `plain`, which changes nothing."""
    table = TYPOGRAPHY.get(name)
    if table is None:
        return None
    replacements = tuple(
        Replacement(frozenset(signs), re.compile(pattern), text)
        for signs, pattern, text in _replacements(table)
    )
    elided = re.compile(rf"(?:{table.elided or '(?!)'})\b", re.IGNORECASE)
    signs = frozenset().union(*(each.signs for each in replacements))
    return Profile(table, signs, replacements, elided)


def _replacements(table: Typography) -> Iterator[tuple[str, str, str]]:
    """The signs, the pattern and the text of each replacement of a profile."""
    if table.group is not None:
        yield " ", r" (?<=\d.)(?=\d\d\d(?!\d))", table.group
    if table.kept:
        yield " ", _unbroken(table), NBSP
    if table.stops is not None:
        yield from _too_wide(*table.stops)
    if table.guillemets is not None:
        spaces = _PLAIN if table.guillemets else f"{_SPACES}+"
        yield "«", rf"(?<=«){spaces}", table.guillemets
        yield "»", rf"{spaces}(?=»)", table.guillemets
    if table.dashes:
        yield from _DASHES
    if table.stops is not None and any(table.stops):
        yield from _missing(*table.stops)
    if table.guillemets:
        yield "«", rf"(?<=«)(?=[^\s{NBSP}{THIN}])", table.guillemets
        yield "»", rf"(?<=[^\s{NBSP}{THIN}])(?=»)", table.guillemets


def _unbroken(table: Typography) -> str:
    """A pattern for the spaces at which a line must not break. It is one pattern, so that a text is
    searched once.

    If only one pattern may match before the space, it is tested first, since the text after the
    space has many alternatives. If several may match there, the text after the space is tested first.
    """
    either = []
    for before, after in table.kept:
        lookbehind = "|".join(f"(?<={each}.)" for each in before)  # `.` is the matched space
        ahead = f"(?={after})"
        either.append(lookbehind + ahead if len(before) == 1 else f"{ahead}(?:{lookbehind})")
    return rf" (?:{'|'.join(either)})"


def _too_wide(high: str, low: str) -> Iterator[tuple[str, str, str]]:
    """Replaces a plain space before a mark by the space of the profile. A non-breaking space was
    typed on purpose and stays, unless the profile has no space there.
    """
    for space, signs, marks in ((high, ";!?", "[;!?]"), (low, ":", r":(?:\s|$|[»”)])")):
        if space:
            yield signs, rf"(?<=[^\s(«“]){_PLAIN}(?={marks})", space
        else:
            yield signs, rf"{_SPACES}(?<=[^\s(«“].){_SPACES}*(?={marks})", space


def _missing(high: str, low: str) -> Iterator[tuple[str, str, str]]:
    """Adds the missing space before a mark that ends a word, outside of addresses."""
    before = rf"(?<=[^\s;:!?(«“{NBSP}{THIN}])"
    yield ";!?", rf"{before}(?=[;!?](?:[\s»”)!?;.,{NBSP}{THIN}]|$))", high
    yield ":", rf"{before}(?=:(?:\s|$))", low
