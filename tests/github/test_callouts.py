"""Callouts (`> [!NOTE]`), by a table: GitHub draws them outside its parser, so no library says what is one.

Source: GitHub's documentation, "Basic writing and formatting syntax", section "Alerts".
"""

from __future__ import annotations

import pytest

from tests.github.structure import ours
from tests.strategies import named

NOTE = "<div>\n  <div>\n    <p>\n      'Note'\n    <p>\n      'Let op'"


@pytest.mark.parametrize(
    ("text", "made"),
    named(
        [
            ("a note", "> [!NOTE]\n> Let op\n", NOTE),
            ("in small letters", "> [!note]\n> Let op\n", NOTE),
            ("with a blank line", "> [!NOTE]\n>\n> Let op\n", NOTE),
            ("with spaces behind", "> [!NOTE]  \n> Let op\n", NOTE),
            ("without a space", ">[!NOTE]\n>Let op\n", NOTE),
            ("a tip", "> [!TIP]\n> Let op\n", NOTE.replace("Note", "Tip")),
            ("what matters", "> [!IMPORTANT]\n> Let op\n", NOTE.replace("Note", "Important")),
            ("a warning", "> [!WARNING]\n> Let op\n", NOTE.replace("Note", "Warning")),
            ("a caution", "> [!CAUTION]\n> Let op\n", NOTE.replace("Note", "Caution")),
            (
                "a list in it",
                "> [!NOTE]\n> - a\n> - b\n",
                "<div>\n  <div>\n    <p>\n      'Note'\n    <ul>\n      <li>\n        'a'\n      <li>\n        'b'",
            ),
            (
                "right below a line",
                "Zin\n> [!NOTE]\n> Let op\n",
                NOTE.replace("<div>\n", "<div>\n  <p>\n    'Zin'\n", 1),
            ),
            (
                "two of them",
                "> [!NOTE]\n> Let op\n\n> [!NOTE]\n> Let op\n",
                NOTE + NOTE.removeprefix("<div>"),
            ),
            ("nothing in it", "> [!NOTE]\n", "<div>\n  <blockquote>\n    <p>\n      '[!NOTE]'"),
            (
                "a word that is none",
                "> [!TIPP]\n> Let op\n",
                "<div>\n  <blockquote>\n    <p>\n      '[!TIPP] Let op'",
            ),
            (
                "words behind it",
                "> [!NOTE] Let op\n",
                "<div>\n  <blockquote>\n    <p>\n      '[!NOTE] Let op'",
            ),
            (
                "in a list",
                "- a\n\n  > [!NOTE]\n  > Let op\n",
                "<div>\n  <ul>\n    <li>\n      <p>\n        'a'\n      <blockquote>\n        <p>\n          '[!NOTE] Let op'",
            ),
            ("no quotation", "[!NOTE]\nLet op\n", "<div>\n  <p>\n    '[!NOTE] Let op'"),
        ]
    ),
)
def test_what_is_a_callout(text: str, made: str) -> None:
    assert ours(text) == made
