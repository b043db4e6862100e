"""Bytes into text: UTF-8, one kind of line end, and nothing that cannot be seen."""

from __future__ import annotations

import pytest

from diptych.files.text import decode, is_invisible
from diptych.model import File
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
            ("UTF-16", "a\n".encode("utf-16"), "1:1", None),
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
        ("\u009f", "U+009F (control character)"),
        ("\u061c", "U+061C (arabic letter mark)"),
        ("\u200e", "U+200E (left-to-right mark)"),
        ("\u2028", "U+2028 (line separator)"),
        ("\u202a", "U+202A (left-to-right embedding)"),
        ("\u202e", "U+202E (right-to-left override)"),
        ("\u2066", "U+2066 (left-to-right isolate)"),
        ("\u2069", "U+2069 (pop directional isolate)"),
        ("\ue000", "U+E000 (control character)"),
        ("\U000f0000", "U+F0000 (control character)"),
        ("\ufeff", "U+FEFF (zero width no-break space)"),
    ],
)
def test_what_cannot_be_seen_is_told_and_replaced(char: str, code: str) -> None:
    outcome = decode(File("content/x/nl.md", f"één\nb{char}c".encode()))
    source = outcome.value
    assert places(outcome.diagnostics, source) == ["invisible-character 2:2"]
    assert str(outcome.diagnostics[0].message) == f"an invisible character stands here: {code}"
    assert source.text == "één\nb\ufffdc"
    assert underlined(outcome.diagnostics[0], source) == "\ufffd"
    assert is_invisible(char)


def test_a_second_byte_order_mark_is_one_too_many() -> None:
    outcome = decode(File("x", b"\xef\xbb\xbf\xef\xbb\xbfa"))
    assert places(outcome.diagnostics, outcome.value) == ["invisible-character 1:1"]


def test_of_many_invisible_characters_the_first_twenty_are_told() -> None:
    outcome = decode(File("x", b"\0" * 100))
    assert len(outcome.diagnostics) == 20
    assert outcome.value.text == "\ufffd" * 100
