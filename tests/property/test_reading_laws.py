"""Whatever a file holds, reading it ends in values and diagnostics with places, never in a crash."""

from __future__ import annotations

import datetime

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diptych.content.page import DocumentRequest, parse_document
from diptych.content.settings import parse_settings
from diptych.diagnostics import (
    Diagnostic,
    Message,
    Source,
    correction_of,
    render_report,
    sort_by_place,
)
from diptych.files.text import decode
from diptych.html import read_page
from diptych.i18n import CatalogRequest, format_date, machine_date, read_catalog
from diptych.i18n.edtf import parse_date, suggest_date
from diptych.markdown import TextRequest, convert_text
from diptych.model import Block, EventDate, File, Heading, Link, Picture
from diptych.translation.po.parsing import parse_po
from diptych.yaml import compose, nodes
from tests.reading import parse_timeline
from tests.strategies import DUTCH, FRENCH, PIECES, TEXTS

YAML_PIECES = st.sampled_from(
    [
        "title: A",
        "title: a : b",
        "  name: x",
        "- id: a",
        "- b",
        "\t",
        'd: "open',
        'd: "closed"',
        "e: 's avonds",
        "f: |",
        "    text",
        "g: [a, b]",
        "h: {nl: a}",
        "i: [a",
        "# c",
        "",
        "---",
        "...",
        "k: @x",
        "l:x",
        "m: 😀 y",
        "n: *a",
        "o: &a b",
        "p: !t x",
        "q: %50",
        "s: {a: b",
        "t:\tx",
        "u: x\ty",
        "? k",
        "<<: x",
        'v: "a" b',
        "w: ]",
        "x: - y",
        "12:30: x",
        'é: "\\q"',
        '"k" : v',
        "- - x",
        "-x",
        "}",
        ": x",
        "\x00",
        "x: \x07",
        "%YAML 1.1",
        "\u2028",
        "x: \u0085b",
        "\u00a0x: y",
    ]
)
YAML = st.lists(YAML_PIECES, max_size=6).map("\n".join) | TEXTS


def in_their_places(problems: tuple[Diagnostic, ...], source: Source) -> bool:
    return all(
        each.span.path == source.path
        and 0 <= each.span.start <= each.span.end <= len(source.text) + 1
        for each in problems
    )


@given(YAML)
@example("[" * 3000)
@example("a: &a [x]\nb: [*a, *a]")
def test_any_yaml_is_read_or_refused_with_a_place(text: str) -> None:
    source = Source("f.yaml", text)
    assert in_their_places(compose(source).diagnostics, source)


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML was built without libyaml")
@given(YAML)
def test_libyaml_and_the_python_parser_lead_to_the_same(text: str) -> None:
    source = Source("f.yaml", text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "LOADER", yaml.CSafeLoader)
        fast = compose(source)
        patch.setattr(nodes, "LOADER", yaml.SafeLoader)
        slow = compose(source)
    assert fast == slow


@given(YAML)
def test_a_suggested_line_can_be_read(text: str) -> None:
    source = Source("f.yaml", text)
    for problem in compose(source).diagnostics:
        correction = correction_of(problem, {source.path: source})
        if problem.check == "yaml-syntax" and correction is not None:
            line = correction.text.lstrip()
            assert compose(Source("f.yaml", line)).diagnostics == (), line


@given(TEXTS | st.lists(PIECES, max_size=300).map("".join))
def test_any_page_becomes_a_document(text: str) -> None:
    source = Source("content/x/nl.md", f"---\ntitle: A\n---\n{text}")
    outcome = parse_document(DocumentRequest(source, "x", "nl", (DUTCH, FRENCH)))
    assert in_their_places(outcome.diagnostics, source)
    assert outcome.diagnostics == sort_by_place(outcome.diagnostics)
    prose = outcome.value.prose
    written: list[Link | Picture | Heading | Block] = [
        *prose.links,
        *prose.pictures,
        *prose.headings,
    ]
    for each in [*written, *outcome.value.blocks]:
        assert 0 <= each.span.start <= each.span.end <= len(source.text) + 1
    facts = read_page(f"<html><body>{prose.html}</body></html>".encode())
    assert (facts.inline, facts.loads) == ((), ())
    assert all(each.startswith("#") for each in facts.links)  # notes; the others are numbered


@given(TEXTS)
def test_any_file_becomes_a_document(text: str) -> None:
    source = Source("content/x/fr.md", text)
    outcome = parse_document(DocumentRequest(source, "x", "fr", (DUTCH, FRENCH)))
    assert in_their_places(outcome.diagnostics, source)


@given(TEXTS, st.booleans())
def test_any_text_inside_a_file_becomes_prose(text: str, inline: bool) -> None:
    outcome = convert_text(TextRequest(text, "fr", (DUTCH, FRENCH), inline, "e-"))
    assert in_their_places(outcome.diagnostics, Source("", text))


@given(YAML)
def test_any_settings_and_any_timeline_are_read_or_refused(text: str) -> None:
    source = Source("content/site.yaml", text)
    assert in_their_places(parse_settings(source).diagnostics, source)
    assert in_their_places(parse_timeline(source, "timeline", ("nl", "fr")).diagnostics, source)


PO = st.lists(
    st.sampled_from(
        [
            'msgid "a"',
            'msgstr "b"',
            'msgid ""',
            'msgstr ""',
            '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"',
            '"Plural-Forms: nplurals=x\\n"',
            '"Content-Type: text/plain; charset=x\\n"',
            'msgid_plural "c"',
            'msgstr[0] "d"',
            'msgstr[1] "e"',
            'msgstr[9] "e"',
            "msgstr[x]",
            'msgctxt "f"',
            "#, fuzzy",
            '#~ msgid "g"',
            "# rest",
            "#: a.py:x",
            'msgid "open',
            '"%(a)s {b}"',
            "rubbish",
            "",
            '"\\q"',
            'msgid "%(a)s"',
            '"Language: xx\\n"',
            '"PO-Revision-Date: x\\n"',
            '"\\n"',
        ]
    ),
    max_size=12,
).map("\n".join)


@given(PO | TEXTS)
def test_any_catalog_is_read_or_refused(text: str) -> None:
    source = Source("messages.po", text)
    outcome = read_catalog(CatalogRequest(source, "fr", "fr_BE"))
    assert in_their_places(outcome.diagnostics, source)


# --- fuzz: whole files of which any piece is wrong, a fixed number of them, the same every time

WHOLE_YAML = """\
name: {nl: Voorbeeld, fr: Exemple}
address: "Straat 1, 1000 Brussel"  # waar
languages:
  nl: &first {locale: nl_BE, name: Nederlands}
  fr: {<<: *first, name: 'L''Étoile'}
navigation:
- page:home
- - [a, "b\\n"]
text: |2-
    een

    twee 😀
folded: >
  een
  twee
? key
: ~
"""
WHOLE_PO = """\
# comment
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"X-Diptych-Language: fr\\n"
"X-Diptych-Format: 1\\n"

#: a.py:1
#, python-format
msgid "%(num)s day, {name}"
msgid_plural "%(num)s days, {name}"
msgstr[0] "%(num)s jour, {name}"
msgstr[1] ""
"%(num)s "
"jours, {name}"

#| msgid "old"
#, fuzzy
msgctxt "about#-.title.1"
msgid "Over \\"ons\\""
msgstr "À propos"

#~ msgid "gone"
#~ msgstr "parti"
"""
PUT_IN = [
    *"\"'\\\n\t\r\0\x85\u2028\ufeff:-[]{}#&*!|>%@`?~,=<😀\u00a0",
    *("- ", ": ", "\n  ", "\n---\n", "\n...\n", "<<: *first", "!!binary x", "&first", "*none"),
    *("%(", "%(num)", "%", "{", '"\n"', "msgid ", "msgstr[99999999999] ", "#, fuzzy\n", "#~ "),
    *('"\\U00110000"', "\\UFFFFFFFF", "\\uD800", "\\x1b", '"\\u"', "\\N", "\\_"),  # escapes of YAML
    *("nplurals=999999999;", "plural=(((((n", "plural=n/0;", "charset=utf-7", "0x", "1e999"),
]


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """A file of which up to twelve pieces are taken out, moved, doubled or replaced."""
    for _ in range(draw(st.integers(1, 12))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        piece = draw(st.sampled_from([*PUT_IN, "", text[start:end] * 2]))
        text = text[:start] + piece + text[end:]
    return text


@settings(max_examples=300, derandomize=True, deadline=None)
@given(spoilt(WHOLE_YAML))
def test_yaml_with_any_piece_wrong_is_read_or_refused_with_a_place(text: str) -> None:
    source = Source("content/site.yaml", text)
    read = compose(source)
    assert in_their_places(read.diagnostics, source)
    assert read.value is not None or read.diagnostics or not text.strip(" \n#")
    assert in_their_places(parse_settings(source).diagnostics, source)
    assert in_their_places(parse_timeline(source, "timeline", ("nl", "fr")).diagnostics, source)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(spoilt(WHOLE_PO))
def test_po_with_any_piece_wrong_is_read_or_refused_with_a_place(text: str) -> None:
    """By both readers: that of the interface's words, and that of what translators send back."""
    source = Source("messages.po", text)
    assert in_their_places(read_catalog(CatalogRequest(source, "fr", "fr_BE")).diagnostics, source)
    assert in_their_places(parse_po(source, (DUTCH, FRENCH)).diagnostics, source)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([WHOLE_YAML, WHOLE_PO]), st.integers(0, 600))
def test_any_bytes_in_a_file_of_yaml_or_po_are_no_traceback(
    data: bytes, whole: str, place: int
) -> None:
    file = whole.encode()
    source = decode(File("x.po", file[:place] + data + file[place:])).value
    for problems in (
        compose(source).diagnostics,
        read_catalog(CatalogRequest(source, "fr", "fr_BE")).diagnostics,
        parse_po(source, (DUTCH, FRENCH)).diagnostics,
    ):
        assert in_their_places(problems, source)


DATES = st.from_regex(
    r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?~?(/\d{4}(-\d{2}(-\d{2})?)?~?)?", fullmatch=True
)


@given(DATES | st.text(max_size=20))
@example("9999-24")
@example("0000")
def test_any_text_is_a_date_or_a_reason_why_not(text: str) -> None:
    date = parse_date(text)
    if isinstance(date, Message):
        assert str(date)
        return
    assert datetime.date.min <= date.first <= date.last <= datetime.date.max
    assert machine_date(date)
    for locale in ("nl_BE", "fr_BE", "de_BE"):
        assert str(date.first.year) in format_date(date, locale, str)


@given(
    st.text(max_size=20)
    | st.builds(
        "{} {} {}".format,
        st.integers(0, 40),
        st.sampled_from(["mei", "mai", "er"]),
        st.integers(0, 10_000),
    )
    | st.builds("{}/{}/{}".format, st.integers(0, 40), st.integers(0, 40), st.integers(0, 10_000))
)
def test_what_is_suggested_is_a_date(text: str) -> None:
    suggested = suggest_date(text)
    assert suggested is None or isinstance(parse_date(suggested), EventDate)


@given(st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xff\xfea\x00")
@example("é\r\nà".encode("latin-1"))
def test_any_bytes_become_a_text_without_what_cannot_be_seen(data: bytes) -> None:
    outcome = decode(File("content/x/nl.md", data))
    source = outcome.value
    assert in_their_places(outcome.diagnostics, source)
    assert "\r" not in source.text
    assert decode(File("x", source.text.encode())).value.text == source.text or outcome.diagnostics


@given(
    TEXTS,
    PIECES,
    st.integers(0, 500),
    st.integers(0, 60),
    st.sampled_from(["text", "json", "github", "sarif"]),
)
def test_any_problem_can_be_reported(
    text: str, said: str, start: int, length: int, form: str
) -> None:
    from diptych.diagnostics import Severity, Span, say

    source = Source("content/x/nl.md", text)
    span = Span(source.path, min(start, len(text)), min(start + length, len(text)))
    problem = Diagnostic(
        "check", Severity.ERROR, span, say("{said}", said=said), say("h"), span.becomes(said)
    )
    report = render_report(form, [problem], {source.path: source})
    assert report.endswith("\n")
    if form == "github":
        assert report.count("\n") == 1
