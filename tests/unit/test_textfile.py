"""Bytes into text: UTF-8, one kind of line end, and nothing that cannot be seen."""

from __future__ import annotations

import pytest

from diptych.diagnostics import applied
from diptych.files.mangled import mended
from diptych.files.text import decode
from diptych.i18n import TOOL_LANGUAGES, translator
from diptych.model import File
from diptych.unseen import code_and_name, is_unseen
from tests.strategies import named, places, underlined


@pytest.mark.parametrize(
    ("data", "text"),
    named(
        [
            ("UTF-8", "één 😀\n".encode(), "één 😀\n"),
            ("a byte order mark", b"\xef\xbb\xbftitle: a\n", "title: a\n"),
            ("Windows line ends", b"a\r\nb\r\n", "a\nb\n"),
            ("old Mac line ends", b"a\rb\r", "a\nb\n"),
            ("mixed line ends", b"a\r\n\rb\n", "a\n\nb\n"),
            (
                "tabs, no-break spaces and joiners",
                "a\tb\u00a0c\u202fd👩\u200d⚖\ufe0f".encode(),
                "a\tb\u00a0c\u202fd👩\u200d⚖\ufe0f",
            ),
            ("Arabic", "مرحبا".encode(), "مرحبا"),
            ("nothing", b"", ""),
        ]
    ),
)
def test_what_is_read_as_it_is(data: bytes, text: str) -> None:
    outcome = decode(File("content/x/nl.md", data))
    assert (outcome.value.text, outcome.diagnostics) == (text, ())


@pytest.mark.parametrize(
    ("data", "place", "text"),
    named(
        [
            ("Latin-1", "title: a\nnaam: één".encode("latin-1"), "2:7", "title: a\nnaam: ��n"),
            (
                "Latin-1 after Windows line ends",
                "a\r\nb\r\ncé".encode("latin-1"),
                "3:2",
                "a\nb\nc�",
            ),
            ("Latin-1 after a byte order mark", b"\xef\xbb\xbfab\xe9", "1:3", "ab�"),
            ("after letters of two bytes", "éé".encode() + b"\xff", "1:3", "éé�"),
            ("cut in the middle of a letter", "één".encode()[:-2], "1:2", "é�"),
            ("UTF-16", "a\n".encode("utf-16"), "1:1", "a\n"),
            ("UTF-16 from its first byte on", b"\xfe\xff\0a", "1:1", "a"),
            ("a document of Word", b"PK\x03\x04\x14\0", "1:1", ""),
            ("an old document of Word", b"\xd0\xcf\x11\xe0\xa1", "1:1", ""),
            ("a PDF file", b"%PDF-1.7\n%\xe2\xe3", "1:1", ""),
            ("a rich text", rb"{\rtf1\ansi Hallo}", "1:1", ""),
            ("an overlong form", b"a\xc0\x80", "1:2", None),
            ("a surrogate", b"a\xed\xa0\x80", "1:2", None),
        ]
    ),
)
def test_what_is_not_utf_8_is_told_at_its_first_byte(
    data: bytes, place: str, text: str | None
) -> None:
    outcome = decode(File("content/x/nl.md", data))
    assert places(outcome.diagnostics, outcome.value) == [f"not-utf8 {place}"]
    if text is not None:
        assert outcome.value.text == text


@pytest.mark.parametrize(
    ("char", "code"),
    [
        ("\0", "U+0000 (control character)"),
        ("\x0b", "U+000B (control character)"),
        ("\x0c", "U+000C (control character)"),
        ("\x1b", "U+001B (control character)"),
        ("\x7f", "U+007F (control character)"),
        ("\u0085", "U+0085 (control character)"),
        ("\u009f", "U+009F (control character)"),
        ("\u061c", "U+061C (formatting character)"),
        ("\u200e", "U+200E (left-to-right mark)"),
        ("\u2028", "U+2028 (line separator)"),
        ("\u202a", "U+202A (left-to-right embedding)"),
        ("\u202e", "U+202E (right-to-left override)"),
        ("\u2066", "U+2066 (left-to-right isolate)"),
        ("\u2069", "U+2069 (pop directional isolate)"),
        ("\ue000", "U+E000 (private use character)"),
        ("\U000f0000", "U+F0000 (private use character)"),
        ("\ufffc", "U+FFFC (object replacement character)"),
        ("\ufdd0", "U+FDD0 (no character)"),
        ("\uffff", "U+FFFF (no character)"),
        ("\U0001fffe", "U+1FFFE (no character)"),
        ("\ufeff", "U+FEFF (zero width no-break space)"),
        ("\u00ad", "U+00AD (soft hyphen)"),
        ("\u034f", "U+034F (combining character)"),
        ("\u115f", "U+115F (filler)"),
        ("\u180e", "U+180E (formatting character)"),
        ("\u200b", "U+200B (zero width space)"),
        ("\u200c", "U+200C (zero width non-joiner)"),
        ("\u200d", "U+200D (zero width joiner)"),
        ("\u2060", "U+2060 (word joiner)"),
        ("\u2063", "U+2063 (formatting character)"),
        ("\u2800", "U+2800 (filler)"),
        ("\u3164", "U+3164 (filler)"),
        ("\ufe0f", "U+FE0F (combining character)"),
        ("\uffa0", "U+FFA0 (filler)"),
        ("\ufff9", "U+FFF9 (formatting character)"),
        ("\ufffb", "U+FFFB (formatting character)"),
        ("\U000e0001", "U+E0001 (formatting character)"),
        ("\U000e0041", "U+E0041 (formatting character)"),
        ("\U000e007f", "U+E007F (formatting character)"),
        ("\U000e0100", "U+E0100 (combining character)"),
    ],
)
def test_what_cannot_be_seen_is_told_and_replaced(char: str, code: str) -> None:
    outcome = decode(File("content/x/nl.md", f"één\nb{char}c".encode()))
    source = outcome.value
    assert places(outcome.diagnostics, source) == ["invisible-character 2:2"]
    assert str(outcome.diagnostics[0].message) == f"an invisible character stands here: {code}"
    assert source.text == "één\nb\ufffdc"
    assert underlined(outcome.diagnostics[0], source) == "\ufffd"
    assert is_unseen(char)


def test_every_character_that_cannot_be_seen_has_a_name_in_each_language() -> None:
    """Unicode's own names are English, so none of them reaches an author."""
    for code in (*range(0x30000), *range(0xE0000, 0xE0200), 0xF0000, 0x10FFFF):
        char = chr(code)
        if is_unseen(char):
            name = code_and_name(char)[1]
            spoken = {translator(language)(name) for language in TOOL_LANGUAGES}
            assert len(spoken) == len(TOOL_LANGUAGES), (hex(code), spoken)


@pytest.mark.parametrize("region", ["x", "gbeng1", "leaked", "gbsct" * 20])
def test_tags_behind_a_flag_are_those_of_a_region(region: str) -> None:
    """Of three: what else may stand there can mark a copy."""
    tags = "".join(chr(0xE0000 + ord(each)) for each in region)
    outcome = decode(File("x", f"a \U0001f3f4{tags}\U000e007f b\n".encode()))
    assert {each.check for each in outcome.diagnostics} == {"invisible-character"}


def test_a_character_that_was_lost_is_told_and_nothing_is_proposed() -> None:
    outcome = decode(File("x", "caf\ufffd\n".encode()))
    assert [str(each.message) for each in outcome.diagnostics] == [
        "a character was lost here: U+FFFD (replacement character)"
    ]
    assert outcome.diagnostics[0].edits == ()
    assert not outcome.diagnostics[0].certain


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d⚖\ufe0f 👩🏽\u200d🤝\u200d👩🏿 ❤\ufe0f 1\ufe0f\u20e3 ☂\ufe0e",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "क्\u200dष क्\u200cष",
        "ភាសា\u200bខ្មែរ",
        "葛\U000e0100城",
        "⠁\u2800⠃",
        "één\u00a0% «\u202fja\u202f»",
    ],
    ids=["emoji", "a flag", "Persian", "Hindi", "Khmer", "an ideograph", "Braille", "spaces"],
)
def test_what_a_script_needs_stays(text: str) -> None:
    outcome = decode(File("x", text.encode()))
    assert (outcome.value.text, outcome.diagnostics) == (text, ())


@pytest.mark.parametrize(
    "text",
    ["se\u200cx", "a\u200d👩", "👩\u200db", "a\ufe0f", "🏴\U000e0067", "\U000e0067\U000e007f"],
)
def test_what_a_script_needs_is_told_elsewhere(text: str) -> None:
    assert decode(File("x", text.encode())).diagnostics


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("LibertÃ© et sÃ©curitÃ©", "Liberté et sécurité"),
        ("câ€™est Ã\u00a0 nous", "c’est à nous"),
        ("â€œWij zijn er â€“ altijdâ€¦â€\x9d", "“Wij zijn er – altijd…”"),
        ("cÅ“ur, Â«\u00a0oui\u00a0Â»", "cœur, «\u00a0oui\u00a0»"),
        ("100 â‚¬, ReÃ«le", "100 €, Reële"),
        ("ðŸ’œ", "💜"),
        ("cafÃƒÂ©", "café"),
    ],
)
def test_a_text_that_was_saved_twice_in_a_wrong_encoding_is_mended(
    written: str, meant: str
) -> None:
    if "\x9d" in written:  # which is a control character, and told as that
        assert mended(written) == meant
        return
    outcome = decode(File("x", f"a\n{written}\n".encode()))
    (problem,) = outcome.diagnostics
    assert places((problem,), outcome.value)[0].startswith("mangled-text 2:")
    assert applied(problem.edits, outcome.value) == f"a\n{meant}\n"
    assert problem.certain


@pytest.mark.parametrize(
    "text",
    [
        "À l’Âge d’or, «\u00a0Ô\u00a0», ça, œuvre, Ærø, ångström, naïef, coöperatie",
        "de „FPÖ“, le « LÀ », ‘één’ – “liberté”… 5 € – 20 °C, §\u00a03",
        "São Paulo, não, mãe, Ângela, ESPAÑA, ILHÃO",
        "ß„a“, Ä“, é”…",
        "√2, √π, √µ, ≈ 3, ¬A, de ‚Äußerung‘, ‚Öl‘, ‚Ça va‘",
    ],
)
def test_a_text_with_accents_is_not_mangled(text: str) -> None:
    assert decode(File("x", text.encode())).diagnostics == ()


def test_a_second_byte_order_mark_is_one_too_many() -> None:
    outcome = decode(File("x", b"\xef\xbb\xbf\xef\xbb\xbfa"))
    assert places(outcome.diagnostics, outcome.value) == ["invisible-character 1:1"]


def test_of_many_invisible_characters_the_first_twenty_are_told() -> None:
    outcome = decode(File("x", b"\0" * 100))
    assert len(outcome.diagnostics) == 20
    assert outcome.value.text == "\ufffd" * 100


@pytest.mark.parametrize(
    "text", ["À l’été, ça brûle", "één café – 5 €", "« ça ? »", "naïve, größer, ÉTÉ", "cœur …"]
)
def test_a_text_of_an_old_mac_is_mended_too(text: str) -> None:
    written = text.encode().decode("mac_roman")
    assert mended(written) == text
    outcome = decode(File("x", f"a\n{written}\n".encode()))
    assert {each.check for each in outcome.diagnostics} == {"mangled-text"}
