"""Checks of words and signs in texts: avoided words, unmarked phrases of another language, stray
marks and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from diptych.checks.inputs import Rules
from diptych.content.terms.surface import catalog_words
from diptych.content.terms.vocabulary import Use, Vocabulary
from diptych.content.texts import Text
from diptych.diagnostics import Message, Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.languages import rules_of
from diptych.values import Value

_PAIRS = {"«": "»", "“": "”", "„": "”“"}
_SPACES = " \u00a0"
# kind of stray mark -> the pattern behind the mark, the correction ({} is the mark), and whether the
# correction is certain. A pattern looks back at what stands before the mark: the search for the mark
# itself (`_stray_in`) is fast if nothing precedes it in the expression.
_STRAY = {
    "spaced": (rf"(?<=[{_SPACES}][,.])(?=\s|$)", "{}", True),
    "between": (rf"(?<=[{_SPACES}],)(?=[^\W\d])", ", ", True),
    "opening": (rf"(?<=\()[{_SPACES}]++(?=\w)", "", True),
    "closing": (rf"(?<=[{_SPACES}]\))", "", True),
    "joined": (r"(?<=[^\W\d_]{2},)(?=[^\W\d_]{2})", ", ", True),
    "run_on": (r"(?<=[a-zà-ÿ]{2}[.!?])(?=[A-ZÀ-Ý][a-zà-ÿ]+[\s,])", "{} ", False),
    "hyphens": (r"(?<=-)-(?<=\w --)(?= \w)", "–", False),  # not in commands: git checkout -- text
    # not certain: `..` can be an omission, `,,` a low quotation mark, `::` a name in a program
    "twice": (
        r"(?:(?<=,),|(?<=;);|(?<=:):|(?<=\.)\.)(?<![,.;:!?]..)(?![,.;:!?/])",
        "{}",
        False,
    ),
    "stop": (rf"(?<=[{_SPACES}][;:!?])(?=\s|$)", "{}", True),
}
# kind with spaces before its mark -> the pattern of the character before the spaces
_BEFORE_SPACES = {
    name: re.compile(r"[\w)\x00]" if name == "spaced" else r"\w")
    for name in ("spaced", "between", "closing", "stop")
}
_BESIDE_FIGURES = re.compile(r"\d\W{0,3}$")  # a score, a coordinate, a version: 5 : 3, 4 , 5
SHORT = 3  # the most letters after the dot in a name such as Maps.Me
_HALVED = re.compile(r"(?<![\w.+-])[\w.+-]++'$")  # directly before an address
_STRAIGHT = re.compile(r'(?<!\\)"')
_MARKS = re.compile("[«»“”„]")
_QUOTE = re.compile('["«»“”„]')
_PARAGRAPH = re.compile(r"\n(?=[ \t>]*(?:\n|[-*+] |\d+\. ))")
_NEAR = 60  # letters before a mark in which its word may be
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")
_NO_PROSE = ("table", "reference")  # kinds of blocks in which marks have another meaning


class Interface(Value):
    """A catalog: the words of the site's own templates in one language."""

    source: Source
    language: str  # its key
    vocabulary: Vocabulary


@check("avoided-term", Severity.WARNING, of=Text, html=True)
def avoided_term(text: Text, rules: Rules) -> Iterator[Found]:
    """An avoided word in any text for readers."""
    finder = rules.vocabulary.in_language(text.language)
    if finder.may_avoid(text.written):
        for use in finder.avoided_in(text.words):
            place = text.place(use.start, use.end)
            yield _avoided(use, text.written[use.start : use.end], place, text.language)


@check("avoided-term", Severity.WARNING, of=Interface)
def avoided_term_in_interface(interface: Interface) -> Iterator[Found]:
    """An avoided word in a string of the templates."""
    source, language = interface.source, interface.language
    for use in interface.vocabulary.in_language(language).avoided_in(catalog_words(source.text)):
        word, span = source.text[use.start : use.end], source.span(use.start, use.end)
        yield _avoided(use, word, span, language)


def _avoided(use: Use, word: str, span: Span, language: str) -> Found:
    message = say("we avoid the word “{word}”", word=" ".join(word.split()))
    preferred, reason = use.term.preferred.get(language), use.term.reasons.get(language)
    if preferred is None:
        return Found(span, message)
    hint = say(
        "write “{preferred}”. {reason}",
        preferred=preferred.value,
        reason=" ".join(reason.value.split()) if reason else "",
    )
    return Found(span, message, hint)


@check("unmarked-language", Severity.WARNING, of=Text)
def unmarked_language(text: Text, rules: Rules) -> Iterator[Found]:
    """A phrase of another language without its `lang`.

    Texts without Markdown (a page's title and description) are left out: nothing can be marked in
    them.
    """
    if not text.markdown:
        return
    for tag, phrases in rules.foreign.items():
        if tag.partition("-")[0] == text.language.partition("-")[0] or not phrases:
            continue
        for match in expression_of(phrases).finditer(text.words):
            said = " ".join(text.written[match.start() : match.end()].split())
            marked = f"[{said}]{{lang={tag}}}"
            message = say("“{phrase}” is in another language, and nothing says so", phrase=said)
            hint = say("write {marked}: then it is read aloud in its own language", marked=marked)
            span = text.place(match.start(), match.end())
            edits = text.becomes(match.start(), match.end(), marked)
            yield Found(span, message, hint, edits, True)


@cache
def expression_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One regular expression for all phrases; the longest first."""
    ordered: Iterable[str] = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    spread = (r"[\s>\x01]+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)
    pattern = "|".join(re.sub("['’]", "['’]", each) for each in spread)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


@check("stray-mark", Severity.WARNING, of=Text)
def stray_mark(text: Text, _: Rules) -> Iterator[Found]:
    """A space or punctuation mark too many or too few."""
    if text.unit in _NO_PROSE:
        return
    words = text.words
    for match in _stray_in(spaced_stops=rules_of(text.language).spaced_stops).finditer(words):
        kind, mark = str(match.lastgroup), match.group()[0]
        if kind == "run_on" and mark == "." and _is_name(match):
            continue
        start, end = match.span()
        if kind == "opening":
            start += 1
        elif kind in _BEFORE_SPACES:
            end -= kind == "closing"
            while start and words[start - 1] in _SPACES:
                start -= 1
            if not (start and _BEFORE_SPACES[kind].match(words, start - 1)):
                continue
        right, certain = _STRAY[kind][1:]
        figures = _BESIDE_FIGURES.search(words, max(0, start - _NEAR), start)
        yield _stray(text, start, end, right.format(mark), certain and not figures)


@cache
def _stray_in(*, spaced_stops: bool) -> re.Pattern[str]:
    """The expression for all kinds of `_STRAY`; without the kind `stop` for a language that writes a
    space before `;`, `:`, `!` and `?` (`spaced_stops`).
    """
    kinds = (name for name in _STRAY if not (spaced_stops and name == "stop"))
    either = "|".join(f"(?P<{name}>{_STRAY[name][0]})" for name in kinds)
    return re.compile(rf"[,.;:!?()-](?:{either})")


@check("stray-mark", Severity.WARNING, of=Text)
def halved_address(text: Text, _: Rules) -> Iterator[Found]:
    """An e-mail address with an apostrophe: only the part after it would become the link."""
    if "@" not in text.written:
        return
    elision = re.compile(rules_of(text.language).elision or "(?!)", re.IGNORECASE)
    for link in text.links():
        if not link.target.startswith("mailto:") or link.target != f"mailto:{link.text}":
            continue
        begin = text.source.text.rfind("\n", 0, link.span.start) + 1
        line = text.source.text[begin : link.span.start]
        halved = _HALVED.search(line)
        if halved is None or elision.match(line + link.text, len(line) - 1):
            continue
        whole = halved.group() + link.text
        message = say("only {address} becomes a link here", address=link.text)
        hint = say("put `< >` around the whole address: {address}", address=f"<{whole}>")
        span = text.source.span(link.span.start - len(halved.group()), link.span.end)
        edits = (
            span.becomes(f"<{whole}>") if text.source.text[span.start : span.end] == whole else ()
        )
        yield Found(span, message, hint, edits)


def _is_name(dot: re.Match[str]) -> bool:
    """Whether a dot is part of a name, as in Maps.Me: a capitalised word before it, a few letters
    after it.
    """
    before = _WORD_BEFORE.search(dot.string, max(0, dot.start() - _NEAR), dot.start())
    behind = _WORD.match(dot.string, dot.end())
    return bool(before and behind and before[0][0].isupper() and len(behind[0]) <= SHORT)


def _stray(text: Text, start: int, end: int, right: str, certain: bool) -> Found:
    """The finding for a stray mark, with the edit that replaces the text from `start` to `end` by
    `right`. If `certain`, `fix` makes the edit without asking.
    """
    message: Message
    if right == "–":
        message = say("two hyphens stand here for a dash")
    elif text.words[start].isspace():
        message = say("a space too many stands here")
    elif right.endswith(" "):
        message = say("a space is missing behind “{mark}”", mark=right.strip())
    else:
        message = say("“{mark}” stands here twice", mark=right)
    edits = text.becomes(start, end, right)
    return Found(text.place(start, end), message, None, edits, certain)


@check("unbalanced-quotes", Severity.WARNING, of=Text)
def unbalanced_quotes(text: Text, _: Rules) -> Iterator[Found]:
    """A quotation mark without its counterpart in the same paragraph."""
    words = text.words
    if text.unit in _NO_PROSE or not _QUOTE.search(words):
        return
    for start, paragraph in _paragraphs(words):
        straight = [match.start() for match in _STRAIGHT.finditer(paragraph)]
        lone = straight[-1] if len(straight) % 2 else _lone(paragraph)
        if lone is not None:
            message = say(
                "the quotation mark {mark} has no other half in this paragraph",
                mark=paragraph[lone],
            )
            hint = say('type " at both ends; the site makes the marks of the language of it')
            span = text.place(start + lone, start + lone + 1)
            yield Found(span, message, hint)


def _paragraphs(words: str) -> Iterator[tuple[int, str]]:
    """Every paragraph with its offset; each item of a list is a paragraph too."""
    start = 0
    for match in _PARAGRAPH.finditer(words):
        yield start, words[start : match.start()]
        start = match.end()
    yield start, words[start:]


def _lone(text: str) -> int | None:
    """The offset of the first quotation mark of the language without its counterpart; None if there
    is none.
    """
    opened: list[int] = []
    for match in _MARKS.finditer(text):
        mark = match.group()
        closes = opened and mark in _PAIRS[text[opened[-1]]]
        if closes:
            opened.pop()
        elif mark in _PAIRS:
            opened.append(match.start())
        else:
            return match.start()
    return opened[0] if opened else None
