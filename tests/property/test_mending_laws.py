"""`fix` on correct texts of four languages: it changes nothing, however they are put together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.cache import Cache
from diptych.fix import mend
from diptych.pipeline import Options, read_site
from tests.conftest import SITE_YAML, make_tree

SITE = SITE_YAML.replace(
    "navigation:",
    "  de: {locale: de_BE, name: Deutsch, typography: german}\n"
    "  en: {locale: en_GB, name: English, typography: english}\nnavigation:",
)
ANYWHERE = (  # names, figures and marks that are right in every language
    "Maps.Me",
    "Node.Js",
    "Booking.Com",
    "Web.De",
    "Yahoo!",
    "U.S.A.",
    "e.g.",
    "www.example.org",
    "info@example.org",
    "`a ,b`",
    "`x..y`",
    "5 : 3",
    "4 , 5",
    "1.234,50",
    "1,234.50",
    "10..20",
    "2.5.1",
    "v2.0",
    "50,8503 , 4,3517",
    "A.S.B.L.",
    "C++",
    "std::vector",
    "3:0",
    "24/7",
    "§ 2",
    "n° 5",
    "#MeToo",
    "@utsopi",
    ":gear:",
    "C:/map",
    "AT&T",
    "Jan,-",
    "€ 5,-",
    "…",
    "«\u00a0oui\u00a0»",
    "“yes”",
    "‘ja’",
    "„ja“",
    "12 °C",
    "1 000 000",
    "0470 12 34 56",
    "BE47 6511 2233 4480",
    "H₂O",
    "½",
    "naïef",
    "Œuvre",
    "ß",
    "ĳ",
)
DUTCH = (
    "de licentie, .. zowat alles",
    "zo.. en toen..",
    "'s avonds in 's-Hertogenbosch",
    "A.U.B. bellen",
    "d.w.z. morgen, enz., e.d.",
    "git checkout -- bestand",
    "een ,,aanhaling'' van vroeger",
    "foto's en video's",
    "Wie (en waarom)?",
    "Ja! Nee? Misschien; wie weet: morgen.",
    "om 18.30 uur of 18u30",
    "op 8/6 en 9-6-2020",
    "drs. P. zei: 'Nee.'",
    "minstens 7:1",
    "nr. 12, blz. 3",
    "het o.m. aan ir. J.Peeters",
    "(zie p. 12)",
    'Hij zei: "Kom (nu) binnen."',
    "zij.Zij staat in een zin zonder spatie",
)
FRENCH = (
    "Quoi ? Non ! Si ; peut-être : oui.",
    "« Oui », dit-elle.",
    "M. Dupont, p. ex., etc.",
    'l\'"annuaire"',
    "C'est-à-dire .. enfin.",
    "employé·e·s (et ami·e·s)",
    "à 18 h 30",
    "1er juin, XXe siècle",
    "n° 5 , non",
    "Qu'est-ce que c'est ?!",
    "le 08/06/2020",
    "J.-P. et L.-F.",
    "1 000 $ et 8 Go",
    "aujourd'hui",
)
GERMAN = (
    "z. B. am 8. Juni",
    "d.h. um 18.30 Uhr",
    "„Ja“, sagte sie.",
    "Mitarbeiter:innen",
    "usw., u.a.",
    "1.000 €",
    "Was? Ja! Nun; also: gut.",
    "Dr. Müller (geb. 1960)",
    "E-Mail",
    "Nr. 5",
    "z.B. .. und so",
)
ENGLISH = (
    "It's 6:30 p.m., isn't it?",
    "e.g. this, i.e. that",
    "the '60s -- and the 1970s",
    "Mr. Smith's (new) dog",
    "“Yes,” she said; ‘no’.",
    "5 p.m.–7 p.m.",
    "rock 'n' roll",
    "U.K.-based",
    "a.m. or p.m.",
    "wait.. what",
)
LINES = (
    "{}",
    "- {}",
    "1. {}",
    "> {}",
    "## {} {{#x}}",
    "*{}*",
    "**{}**",
    "[{}](page:home)",
    "{} en {}",
    "| {} | {} |",
)
CORPUS = {
    "nl": (*ANYWHERE, *DUTCH),
    "fr": (*ANYWHERE, *FRENCH),
    "de": (*ANYWHERE, *GERMAN),
    "en": (*ANYWHERE, *ENGLISH),
}


def changed(texts: dict[str, str]) -> dict[str, bytes]:
    """What `fix` would write of these pages."""
    files: dict[str, str | bytes | None] = {"content/site.yaml": SITE}
    for key, text in texts.items():
        files[f"content/about/{key}.md"] = f"---\ntitle: X\n---\n\n{text}\n"
    tree = make_tree(files)
    assert read_site(tree, Options(), Cache(None)).sources
    return {path: data for path, data in mend(tree, Cache(None)).files.items() if "about" in path}


def test_the_corpus_is_varied() -> None:
    assert all(len(texts) >= 55 for texts in CORPUS.values())


@pytest.mark.parametrize("key", CORPUS)
def test_no_text_of_the_corpus_is_changed(key: str) -> None:
    """Each alone in a paragraph, and all in one."""
    alone = "\n\n".join(f"Zo {text} en." for text in CORPUS[key])
    assert changed({key: alone}) == {}
    assert changed({key: "\n\n".join(CORPUS[key])}) == {}


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(CORPUS)).flatmap(
        lambda key: st.tuples(
            st.just(key),
            st.lists(
                st.tuples(
                    st.sampled_from(LINES),
                    st.sampled_from(CORPUS[key]),
                    st.sampled_from(CORPUS[key]),
                ),
                min_size=5,
                max_size=25,
            ),
        )
    )
)
def test_however_they_are_put_together(drawn: tuple[str, list[tuple[str, str, str]]]) -> None:
    key, parts = drawn
    lines = [
        line.format(one, other) if line.count("{}") > 1 else line.format(one)
        for line, one, other in parts
    ]
    assert changed({key: "\n\n".join(lines)}) == {}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Wij , en zij.", "Wij, en zij."),
        ("Wij zijn er ( en zij ook ).", "Wij zijn er (en zij ook)."),
        ("Het\x92s waar: \x93ja\x94.", "Het’s waar: “ja”."),
        ("Vanaf \x80 5 \x96 of meer\x85", None),
        ("caf\x82 \x8a\x9c\x9f", "caf‚ ŠœŸ"),
        ("ni\x81ets", "niets"),  # a code that Windows-1252 has not
    ],
)
def test_what_is_certain_is_still_mended(wrong: str, right: str | None) -> None:
    """Also leftovers of Windows-1252: each becomes what it was."""
    data = changed({"nl": wrong})["content/about/nl.md"].decode()
    assert right is None or right in data
    assert not any("\x80" <= sign <= "\x84" or "\x86" <= sign <= "\x9f" for sign in data)


@pytest.mark.parametrize(
    "text",
    ["Wij zijn er.Zij ook.", "Wij zijn er..", "Wij,, en zij.", "Wij -- en zij.", "5 , 6 en 7"],
)
def test_what_may_be_meant_is_told_and_left(text: str) -> None:
    files: dict[str, str | bytes | None] = {
        "content/about/nl.md": f"---\ntitle: X\n---\n\n{text}\n"
    }
    read = read_site(make_tree(files), Options(), Cache(None))
    assert [each.certain for each in read.diagnostics if each.check == "stray-mark"] == [False]
    assert changed({"nl": text}) == {}
