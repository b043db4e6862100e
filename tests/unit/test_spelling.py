"""Words are looked up where Hunspell is installed; here a stand-in that knows a few words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.dictionaries import misspelt
from tests.conftest import Ran, write_site

KNOWN = {
    "nl_BE": "we wonen de vergadering bij welkom over ons wij spreken tekst van met werk foto's sociaal",
    "fr": "l'hôpital les travailleur bienvenue à propos nous parlons texte qui de la réunion aujourd'hui",
}
STAND_IN = f"""\
#!{sys.executable}
import sys
known = {KNOWN!r}
name = sys.argv[sys.argv.index("-d") + 1]
if name not in known:
    sys.exit("Can't open affix or dictionary files")
print("@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7)")
for line in sys.stdin.buffer.read().decode().splitlines():
    for part in line[1:].split("-"):
        if part.lower() in known[name].split():
            print("*")
        elif part == "vergaderign":
            print("& vergaderign 2 1: vergadering, vergaderingen")
        else:
            print("#", part, 1)
    print()
"""
NL, FR = "content/about/nl.md", "content/about/fr.md"


@pytest.fixture
def hunspell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "hunspell"
    program.parent.mkdir()
    program.write_text(STAND_IN, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


def page(title: str, body: str) -> str:
    return f"---\ntitle: {title}\n---\n\n{body}\n"


TOPICS = (  # names in site.yaml that the stand-in does not know
    "content/site.yaml:11:13: note: “Wet” is in no dictionary of Dutch [unknown-word]",
    "content/site.yaml:11:22: note: “Loi” is in no dictionary of French [unknown-word]",
)


@pytest.mark.usefixtures("hunspell")
def test_words_are_looked_up_in_the_dictionary_of_the_locale_or_the_language() -> None:
    assert misspelt(["We", "vergaderign", "xq", "sociaal-xq"], "nl_BE") == {
        "vergaderign": ("vergadering", "vergaderingen"),
        "xq": (),
        "sociaal-xq": (),
    }
    assert misspelt(["hôpital", "l'hôpital"], "fr_BE") == {"hôpital": ()}
    assert misspelt(["Wort"], "de_DE") is None


def test_without_hunspell_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert misspelt(["woord"], "nl_BE") is None


@pytest.mark.usefixtures("hunspell")
def test_check_spelling_names_unknown_words_at_their_place(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    body = (
        "We wonen de vergaderign bij, de vergaderign met Yumi, d'Yumi, Yumi's foto's, OCMW, 3de\n"
        "info@vzw.example www.vzw.be `cod` [Qwé]{lang=fr} van Voorbeeld vzw."
    )
    root = write_site(
        tmp_path / "site",
        {
            NL: page("Over ons", body),
            FR: page("À propos", "Les travailleur·euses de l’hôpital, aujourd'hui qu'UTSOPI."),
            "content/words.txt": "# namen\nYumi # een vereniging\n",
        },
    )
    plain = run("check", root=root)
    assert "unknown-word" not in plain.out
    result = run("check", "--spelling", root=root)
    said = [line for line in result.out.split("\n") if "[unknown-word]" in line]
    assert said == [
        f"{NL}:5:13: note: “vergaderign” is in no dictionary of Dutch [unknown-word]",
        *TOPICS,
    ]
    assert (
        "help: did you mean vergadering, vergaderingen? A name goes into content/words.txt"
        in result.out
    )
    assert result.status == plain.status


def test_a_language_without_dictionary_is_said(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    result = run("check", "--spelling", root=write_site(tmp_path))
    assert result.status == 0
    for name, locale in (("Dutch", "nl_BE"), ("French", "fr_BE")):
        assert (
            f"the spelling of {name} was not checked: Hunspell or its dictionary {locale} "
            "is not installed here\n"
        ) in result.err
