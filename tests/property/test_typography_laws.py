"""Typography changes marks and spaces, once, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import html

from diptych.languages import PROFILES
from diptych.markdown import TextRequest, convert_text, plain_text, scan_blocks
from diptych.markdown.tree import walk
from diptych.markdown.typography import pieces, typeset
from diptych.unseen import is_unseen
from tests.strategies import DUTCH, FRENCH, SOUP

WORDS = st.sampled_from(
    [
        "oui",
        "l'",
        "'s ",
        "'",
        '"',
        '" ',
        ' "',
        " ",
        "\u00a0",
        "\u202f",
        "« ",
        " »",
        "“",
        "”",
        "...",
        "…",
        " - ",
        " – ",
        "-",
        " ; ",
        " ?",
        "!",
        " :",
        ": ",
        "10",
        " %",
        "€ ",
        " mars",
        " maart",
        "1er",
        "XXIe siècle",
        "art. ",
        "n° ",
        "M. ",
        "Dupont",
        "2020",
        "-2022",
        "travailleur·euse",
        "(",
        ")",
        ".",
        ",",
        "\n",
        "info@example.org",
        "https://example.org/a?b=c",
        " h ",
        "30",
        "‘",
        "’",
        "„",
    ]
)
PROSE = st.lists(WORDS | st.text(max_size=5), max_size=25).map("".join)
PROFILE = st.sampled_from(PROFILES)


@given(PROSE, PROFILE)
def test_a_second_time_changes_nothing(text: str, profile: str) -> None:
    once = typeset(text, profile)
    assert typeset(once, profile) == once


@given(PROSE, PROFILE)
def test_no_letter_and_no_digit_is_lost_or_moved(text: str, profile: str) -> None:
    def said(text: str) -> str:
        return re.sub(r"[\s\"'.…«»“”„‘’‚–-]", "", text)

    assert said(typeset(text, profile)) == said(text)


@given(PROSE, PROSE, PROSE, PROFILE)
def test_neighbours_are_never_touched(before: str, text: str, after: str, profile: str) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    assert letters(typeset(text, profile, before, after)) == letters(text)


@given(
    PROSE,
    st.sampled_from(["https://example.org/a'b?c=d;e:f", "o.neil+x@example.org"]),
    PROSE,
    PROFILE,
)
def test_addresses_stay_as_they_are(before: str, address: str, after: str, profile: str) -> None:
    assert address in typeset(f"{before} {address} {after}", profile)


@given(PROSE, PROFILE)
def test_pieces_put_together_are_the_text(text: str, profile: str) -> None:
    assert "".join(piece for _, piece in pieces(text, profile)) == text


@given(st.text("aé 1;:!?\"'«».-€%", max_size=30), st.sampled_from(["code", "pre", "kbd"]))
def test_code_stays_as_it_is(code: str, element: str) -> None:
    escaped = code.replace("&", "&amp;").replace("<", "&lt;")
    found = walk(f"<p>a <{element}>{escaped}</{element}> !</p>", "fr", {"fr": "french"}, "")
    assert f"<{element}>{escaped}</{element}>" in found.html


@given(st.text("aé 1;:!?\"'«».-€%", max_size=30))
def test_attributes_stay_as_they_are(title: str) -> None:
    written = title.replace('"', "&quot;")
    found = walk(f'<p><abbr title="{written}">UE</abbr> !</p>', "fr", {"fr": "french"}, "")
    assert html.fragment_fromstring(found.html)[0].get("title") == title


@pytest.mark.parametrize("language", [DUTCH, FRENCH], ids=["nl", "fr"])
@given(text=PROSE | SOUP)
def test_a_line_says_the_same_as_a_paragraph_of_it(language, text) -> None:
    """Where it is a paragraph: of what begins as a list, a heading or a definition, a line is words."""
    line = " ".join("".join(char for char in text if not is_unseen(char)).split())
    assume([block.kind for block in scan_blocks(line, "")] == ["paragraph"])
    short = convert_text(TextRequest(line, language.key, (DUTCH, FRENCH), inline=True)).value
    long = convert_text(TextRequest(line, language.key, (DUTCH, FRENCH), inline=False)).value
    assert plain_text(short.html) == plain_text(long.html)
