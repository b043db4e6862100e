"""Laws of the exchange with translators: nothing is lost, nothing else is touched, nothing crashes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.markdown import TextRequest, convert_text, scan_blocks
from diptych.translation.po.readable import (
    pieces_of,
    readable,
    readable_text,
    readable_unit,
    shape_of,
)
from diptych.translation.po.wrapping import FormatStyle, style_of, written_lines
from diptych.values import replace
from tests.conftest import make_tree
from tests.strategies import DUTCH
from tests.translating import Office, entries, errors, finished, told, unfuzzy

MEMO = Cache(None)
TEXT_NL, TEXT_FR = "content/text/nl.md", "content/text/fr.md"
TIMELINE = "content/time/timeline.yaml"
PLAINLY = replace(DUTCH, typography="plain")
FRENCH = {
    "sekswerk": "travail",
    "wet": "loi",
    "de": "la",
    "unie": "union",
    "vragen": "questions",
    "nadruk": "accent",
    "vet": "gras",
    "foto": "photo",
    "lange": "longue",
    "tekst": "phrase",
}
PLAIN = [
    "sekswerk",
    "wet",
    "de",
    "unie",
    "nu",
    "Brussel",
    "l'État",
    "«",
    "»",
    ";",
    ":",
    "!",
    "?",
    "€",
    "%",
    "-",
    "+",
    "1.",
    "12",
    "3.",
    "#",
    ">",
    "|",
    "=",
    "---",
    "x_y",
    "h",
    "35",
    "…",
    "5\u00a0%",
]
MARKED = [
    "*nadruk*",
    "**vet**",
    "[de vragen](page:faq#x)",
    "[Le Soir]{lang=fr}",
    "`a  b`",
    "[^1]",
    "<https://example.org/a>",
    '![foto](a.jpg "sekswerk nu"){.optional}',
    "<sup>de</sup>",
    "[lange tekst over sekswerk](../faq/nl.md)",
    "[ref][r]",
    "&amp;",
]

words = st.sampled_from(PLAIN + MARKED)
safe_words = st.sampled_from([w for w in PLAIN if w[0].isalpha()] + MARKED[:6])


@st.composite
def sentences(draw: Callable, first: st.SearchStrategy[str] = safe_words) -> str:
    """Words in lines, as an editor could have wrapped them."""
    found = [draw(first), *draw(st.lists(words, max_size=25))]
    text = found[0]
    for before, word in pairwise(found):
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
    inner = "\n\n".join(
        draw(st.lists(st.one_of(sentences(), lists(depth=1)), min_size=1, max_size=3))
    )
    return "\n".join(
        ("> " + line).rstrip(" ") if not line.endswith("  ") else "> " + line
        for line in inner.split("\n")
    )


@st.composite
def tables(draw: Callable) -> str:
    row = st.lists(st.sampled_from(["a", "sekswerk *nu*", "1 234", ""]), min_size=2, max_size=2)
    rows = [draw(row), ["---", ":-:"], *draw(st.lists(row, max_size=3))]
    return "\n".join("| " + " | ".join(each) + " |" for each in rows)


@st.composite
def others(draw: Callable) -> str:
    text = draw(sentences()).replace("  \n", "\n")
    return draw(
        st.sampled_from(
            [
                f"[^1]: {text}",
                '!!! note "Let op"\n    ' + text.replace("\n", "\n    "),
                f"Woord\n:   {text.split(chr(10))[0]}",
                "<div>\n" + text.split("\n")[0] + "\n</div>",
                "    code\n      meer code",
            ]
        )
    )


blocks = st.one_of(sentences(), lists(), quotes(), tables(), fences(), others())
texts = st.lists(blocks, min_size=1, max_size=4).map("\n\n".join)


def html(text: str) -> str:
    """What readers get, without the spaces that a browser does not show."""
    made = convert_text(TextRequest(text, "nl", (PLAINLY,), inline=False))
    assert made.value.html or made.diagnostics
    kept = re.split(r"(<pre.*?</pre>)", made.value.html, flags=re.DOTALL)
    return "".join(part if part.startswith("<pre") else re.sub(r"\s+", " ", part) for part in kept)


@settings(max_examples=150)
@given(texts)
def test_a_readable_text_says_the_same(text: str) -> None:
    readable = readable_text(pieces_of(text))
    assert html(readable) == html(text)
    assert readable_text(pieces_of(readable)) == readable
    assert shape_of(pieces_of(readable)) == shape_of(pieces_of(text))


@settings(max_examples=150)
@given(texts, st.integers(30, 120))
@example("- de wet\n\n       unie", 50)  # code in an item
@example("  100) \n  12345. sekswerk", 30)  # an empty item before one with a wide mark
@example("- de wet\n{.x}\nvoor leden", 30)  # a class below an item, and text after it
@example("1000. de wet\n\n      unie", 30)
def test_wrapping_says_the_same(text: str, width: int) -> None:
    readable = readable_text(pieces_of(text))
    written = "\n".join(written_lines(pieces_of(readable), FormatStyle(width)))
    assert readable_text(pieces_of(written)) == readable
    assert html(written) == html(text)
    in_its_manner = "\n".join(written_lines(pieces_of(readable), style_of([text])))
    assert readable_text(pieces_of(in_its_manner)) == readable


@settings(max_examples=100)
@given(lists(), st.integers(30, 120), st.integers(5, 6))
@example("- de wet\n\n    unie\n\n    > 1.   nu\n    >\n    > h", 50, 5)
def test_a_list_above_code_says_the_same(text: str, width: int, least: int) -> None:
    assume([block.kind for block in scan_blocks(text, "")] == ["list"])
    readable = readable_text(pieces_of(text))
    written = "\n".join(written_lines(pieces_of(readable), FormatStyle(width, least=least)))
    assert readable_text(pieces_of(written)) == readable
    assert html(written) == html(text)


# --- whole sites


def french(text: str) -> str:
    """A translation that keeps every mark."""
    known = "|".join(FRENCH)
    return re.sub(rf"\b({known})\b(?![^\[\](]*\))", lambda match: FRENCH[match[1]], text)


@dataclass(frozen=True)
class Pages:
    """A page and a timeline in two languages, and how the Dutch is after somebody worked on it."""

    before: dict[str, str | bytes | None]
    after: dict[str, str | bytes | None]


@st.composite
def pages(draw: Callable) -> Pages:
    """The French is a translation of what was; of the Dutch some blocks are new or changed."""
    layout = draw(st.sampled_from(["page", "faq"]))
    then: list[str] = []
    now: list[str] = []
    for number in range(draw(st.integers(1, 5))):
        block = draw(st.one_of(blocks, st.just(f"## de wet {number} {{#id-{number}}}")))
        fate = draw(st.sampled_from(["kept", "kept", "changed", "new"]))
        then += [block] if fate != "new" else []
        now.append(block.replace("sekswerk", "sekswerk unie", 1) if fate == "changed" else block)
    if layout == "faq":  # which is nothing without a question
        then, now = ([*each, "## de wet {#id}"] for each in (then, now))
    windows = draw(st.booleans())
    quoted = draw(st.sampled_from(["Over {}", "'Over: {}'", '"Over {}"']))
    styles = st.sampled_from(["|", "|2", ">-", '"'])
    events = draw(st.lists(st.tuples(texts, texts, styles), max_size=2))
    events = events or [("sekswerk", "sekswerk", "|")]  # a timeline is nothing without an event

    def page(parts: list[str], title: str) -> str | bytes:
        head = f"---\ntitle: {quoted.format(title)}\nlayout: {layout}\n---"
        text = "\n\n".join([head, *parts]) + "\n"
        return text.replace("\n", "\r\n").encode() if windows else text

    def timeline(version: int) -> str | bytes:
        return "".join(
            event(number, each[version], french(each[0]), each[2])
            for number, each in enumerate(events)
        )

    shared: dict[str, str | bytes | None] = {
        TEXT_FR: page([french(each) for each in then], "la loi")
    }
    for key in ("nl", "fr"):
        shared[f"content/time/{key}.md"] = f"---\ntitle: T {key}\nlayout: timeline\n---\n"
    return Pages(
        {**shared, TEXT_NL: page(then, "de wet"), TIMELINE: timeline(0)},
        {**shared, TEXT_NL: page(now, "de unie"), TIMELINE: timeline(1)},
    )


def event(number: int, dutch: str, translated: str, style: str) -> str:
    title = f"  title: {{nl: de wet {number}, fr: la loi {number}}}"
    lines = [f"- id: e-{number}", "  date: 2020", title, "  text:"]
    for key, text in (("nl", dutch.strip() or "x"), ("fr", translated.strip() or "x")):
        if style == '"':
            escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            lines.append(f'    {key}: "{escaped}"')
            continue
        sign = style if key == "fr" and "\n" not in text else "|"
        lines.append(f"    {key}: {sign}")
        lines += ["      " + line if line else "" for line in text.split("\n")]
    return "\n".join(lines) + "\n"


def office(given_pages: Pages) -> Office:
    """The site as it is now, with what was confirmed before."""
    then = Office(make_tree(given_pages.before), MEMO)
    now = Office(make_tree(given_pages.after), MEMO)
    for site in (then, now):
        serious = [
            d
            for d in site.read.diagnostics
            if d.severity is Severity.ERROR
            and d.check not in ("broken-link", "broken-anchor", "missing-picture")
        ]
        assume(not serious)
    locks = {f.path: f.data for f in then.confirmed().tree.files if f.path.endswith(".lock")}
    return Office(make_tree({**given_pages.after, **locks}), MEMO)


def in_both(then: str, now: str) -> Pages:
    """A page that was translated as it was `then`, and how its Dutch is now."""

    def page(text: str, title: str) -> str:
        return f"---\ntitle: {title}\nlayout: page\n---\n\n{text}\n"

    events = event(0, "sekswerk", "travail", "|")
    shared: dict[str, str | bytes | None] = {
        f"content/time/{key}.md": f"---\ntitle: T {key}\nlayout: timeline\n---\n"
        for key in ("nl", "fr")
    }
    shared |= {TEXT_FR: page(french(then), "La loi"), TIMELINE: events}
    return Pages(
        {**shared, TEXT_NL: page(then, "De wet")}, {**shared, TEXT_NL: page(now, "De wet")}
    )


@settings(max_examples=20)
@given(pages(), st.booleans(), st.booleans())
def test_what_went_out_comes_back_without_a_change(
    given_pages: Pages, everything: bool, looked: bool
) -> None:
    site = office(given_pages)
    po = site.export("fr", everything=everything)
    outcome = site.take(unfuzzy(po) if looked else po)
    assert outcome.value.texts == {}
    if not looked:
        assert outcome.value.files == {}


# indented code that is none of a list's: the text of the items begins further to the right
NUMBERED, BULLETS = "1.   {}\n\n    sekswerk", "-    {}\n-    nu\n\n    code"
NESTED = "1.   {}\n\n     nog\n\n     * a\n       b\n\n         > de wet\n\n    code"
QUOTED = "> 1.   {}\n>\n>     code"
FAR = "100)   {}\n\n      code"


@settings(max_examples=40)
@given(pages())
@example(in_both(NUMBERED.format("sekswerk"), NUMBERED.format("sekswerk unie")))
@example(in_both(BULLETS.format("sekswerk"), BULLETS.format("sekswerk unie")))
@example(in_both(NESTED.format("sekswerk"), NESTED.format("sekswerk unie")))
@example(in_both(QUOTED.format("sekswerk"), QUOTED.format("sekswerk unie")))
@example(in_both(FAR.format("sekswerk"), FAR.format("sekswerk unie")))
@example(in_both("    sekswerk", NUMBERED.format("de wet")))  # the list is new, at the top
@example(in_both("de unie\n\n    sekswerk", f"de unie\n\n{NUMBERED.format('de wet')}"))
@example(in_both("de unie", f"de unie\n\n{NUMBERED.format('de wet')}"))  # the code too
def test_translations_land_exactly_where_they_belong(given_pages: Pages) -> None:
    site = office(given_pages)
    po = finished(site.export("fr"), lambda entry: french(entry.msgid))
    outcome = site.take(po)
    assert errors(outcome.diagnostics) == []
    after = Office(site.tree.with_files(outcome.value.files), MEMO)
    wanted = {name: entry.msgstr for name, entry in entries(po).items()}
    translations = {translation.bundle.key: translation for translation in after.translations("fr")}
    for name, text in wanted.items():
        translation = translations[name.partition("#")[0]]
        assert text in [readable_unit(unit) for unit in translation.units["fr"]]
    for translation in site.translations("fr"):
        now = translations[translation.bundle.key]
        assert [u.digest for u in now.units["nl"]] == [u.digest for u in translation.units["nl"]]
        kept = [
            u.text
            for part in translation.parts
            for k, u in part.group.units.items()
            if k == "fr" and f"{translation.bundle.key}#{part.label}" not in wanted
        ]
        texts_now = [u.text for u in now.units["fr"]]
        assert [text for text in kept if text not in texts_now] == []
    assert set(after.changed(site)) <= {TEXT_FR, TIMELINE}
    unpaired = [each for each in outcome.diagnostics if each.check == "translation-unpaired"]
    assert unpaired or not set(entries(after.export("fr"))) & set(wanted)


TYPED = ['"', "\\", "\n", "msgid", "#~ ", "#, fuzzy\n", "\0"]


@st.composite
def damaged(draw: Callable, po: str) -> str:
    """The file after an accident: cut off, a piece lost, doubled, or something typed into it."""
    text = po
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        text = draw(
            st.sampled_from(
                [
                    text[:start],
                    text[:start] + text[end:],
                    text[:end] + text[start:],
                    text[:start] + draw(st.text(max_size=8)) + text[end:],
                    text[:start] + draw(st.sampled_from(TYPED)) + text[start:],
                ]
            )
        )
    return text


SITE = Office(
    make_tree(
        {
            "content/about/nl.md": "---\ntitle: Over\n---\n\nWij [zijn](page:home) *unie*.\n\n"
            "- een\n- twee\n\nSlot.\n",
            "content/about/fr.md": "---\ntitle: De nous\n---\n\nNous [sommes](page:home) *union*.\n\n"
            "- un\n- deux\n",
        }
    ),
    MEMO,
)
EXPORTED = finished(
    SITE.export("fr", everything=True),
    lambda entry: (entry.msgstr or entry.msgid) + (" oui" if "-" in entry.msgid else ""),
)


@settings(max_examples=150)
@given(damaged(EXPORTED))
def test_a_damaged_file_never_does_harm(po: str) -> None:
    outcome = SITE.take(po)
    for diagnostic in outcome.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(po) + 1
        assert str(diagnostic.message)
    if errors(outcome.diagnostics):
        assert outcome.value.files == {}
        return
    translations = {
        readable(entry.msgstr, line=line)
        for entry in entries(po).values()
        for line in (True, False)
    }
    after = Office(SITE.tree.with_files(outcome.value.files), MEMO)
    assert set(after.changed(SITE)) <= {path for path in after.content() if path.endswith("fr.md")}
    before = {
        unit.text
        for translation in SITE.translations("fr")
        for unit in translation.units.get("fr", ())
    }
    for translation in after.translations("fr"):
        for unit in translation.units.get("fr", ()):
            assert unit.text in before or readable_unit(unit) in translations
    assert told(outcome, po) is not None
