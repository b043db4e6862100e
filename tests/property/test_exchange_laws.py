"""Laws of the exchange with translators: nothing is lost, nothing else is touched, nothing crashes."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.exchange.pieces import pieces_of, readable_text, shape_of
from diptych.exchange.wrapping import Manner, atoms, manner_of, width_of, wrap, written_lines
from diptych.markup import TextRequest, convert_text
from diptych.model import Language

NL = Language("nl", "nl_BE", "Nederlands", "plain")
PLAIN = ["sekswerk", "wet", "de", "unie", "in", "Brussel", "l'État", "«", "»", ";", ":", "!", "?", "€", "%",
         "-", "+", "1.", "12", "3.", "#", ">", "|", "=", "---", "x_y", "h", "35", "5\u00a0%", "…"]
MARKED = ["*nadruk*", "**vet**", "[de vragen](page:faq#x)", "[Le Soir]{lang=fr}", "`a  b`", "[^1]",
          "<https://example.org/a>", "![foto van ons](a.jpg \"Wij samen\"){.optional}", "<sup>de</sup>",
          "[een lange tekst die ergens heen leidt](../faq/nl.md)", "[ref][r]", "&amp;"]

words = st.sampled_from(PLAIN + MARKED)
safe_words = st.sampled_from([w for w in PLAIN if w[0].isalpha()] + MARKED[:6])


@st.composite
def sentences(draw: Callable, first: st.SearchStrategy[str] = safe_words) -> str:
    """Words in lines, as an editor could have wrapped them."""
    found = [draw(first), *draw(st.lists(words, max_size=25))]
    text = found[0]
    for before, word in zip(found, found[1:], strict=False):
        ends = ["\n", "  \n"] if word[0].isalpha() and before[0].isalpha() else []
        text += draw(st.sampled_from([" ", " ", " ", "  ", *ends])) + word
    return text + draw(st.sampled_from(["", "", "\n{.x}"])) if "{" not in text else text


@st.composite
def lists(draw: Callable, depth: int = 0) -> str:
    numbered = draw(st.booleans())
    mark = draw(st.sampled_from(["-", "*", "+"]))
    gap = draw(st.sampled_from(["", "\n"]))
    items = []
    for number in range(draw(st.integers(1, 3))):
        lead = f"{number + 1}." if numbered else mark
        text = draw(sentences()).replace("\n", "\n" + draw(st.sampled_from(["", "  ", "    "])))
        if draw(st.booleans()) and depth < 2:
            inner = draw(st.one_of(lists(depth=depth + 1), sentences(), fences()))
            between = "\n\n" if not re.match(r"[-*+\d]", inner) or draw(st.booleans()) else "\n"
            text += between + "\n".join("    " + line if line else "" for line in inner.split("\n"))
        items.append(f"{lead}{draw(st.sampled_from([' ', '   ']))}{text}")
    return ("\n" + ("\n" if any("\n\n" in item for item in items) else gap)).join(items)


@st.composite
def fences(draw: Callable) -> str:
    return "```\n" + draw(sentences()) + "\n\n  x = 1\n```"


@st.composite
def quotes(draw: Callable) -> str:
    inner = "\n\n".join(draw(st.lists(st.one_of(sentences(), lists(depth=1)), min_size=1, max_size=3)))
    return "\n".join(("> " + line).rstrip(" ") if not line.endswith("  ") else "> " + line
                     for line in inner.split("\n"))  # fmt: skip


@st.composite
def tables(draw: Callable) -> str:
    row = st.lists(st.sampled_from(["a", "sekswerk *nu*", "1 234", ""]), min_size=2, max_size=2)
    rows = [draw(row), ["---", ":-:"], *draw(st.lists(row, max_size=3))]
    return "\n".join("| " + " | ".join(each) + " |" for each in rows)


@st.composite
def others(draw: Callable) -> str:
    text = draw(sentences()).replace("  \n", "\n")
    return draw(st.sampled_from([
        f"[^1]: {text}", '!!! note "Let op"\n    ' + text.replace("\n", "\n    "),
        f"Woord\n:   {text.split(chr(10))[0]}", "<div>\n" + text.split("\n")[0] + "\n</div>",
        "    code\n      meer code",
    ]))  # fmt: skip


blocks = st.one_of(sentences(), lists(), quotes(), tables(), fences(), others())
texts = st.lists(blocks, min_size=1, max_size=4).map("\n\n".join)


def html(text: str) -> str:
    """What readers get, without the spaces that a browser does not show."""
    made = convert_text(TextRequest(text, "nl", (NL,), inline=False))
    assert made.value.html or made.diagnostics
    kept = re.split(r"(<pre.*?</pre>)", made.value.html, flags=re.DOTALL)
    return "".join(part if part.startswith("<pre") else re.sub(r"\s+", " ", part) for part in kept)


@settings(deadline=None)
@given(texts)
def test_a_readable_text_says_the_same(text: str) -> None:
    readable = readable_text(pieces_of(text))
    assert html(readable) == html(text)
    assert readable_text(pieces_of(readable)) == readable
    assert shape_of(pieces_of(readable)) == shape_of(pieces_of(text))


@settings(deadline=None)
@given(texts, st.integers(30, 120))
def test_wrapping_says_the_same(text: str, width: int) -> None:
    readable = readable_text(pieces_of(text))
    written = "\n".join(written_lines(pieces_of(readable), Manner(width)))
    assert readable_text(pieces_of(written)) == readable
    assert html(written) == html(text)
    in_its_manner = "\n".join(written_lines(pieces_of(readable), manner_of([text])))
    assert readable_text(pieces_of(in_its_manner)) == readable
