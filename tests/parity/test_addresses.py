"""Links that lead to one page in each language's own version, and links that do not."""

from __future__ import annotations

import pytest

from diptych.facts.links import same_place
from diptych.languages import LANGUAGES
from diptych.languages.hosts import SAME_HOSTS
from tests.parity.pairs import told

SAME = (
    ("https://example.be/nl/gezondheid", "https://example.be/fr/sante"),
    ("https://example.be/nl/gezondheid/", "http://www.example.be/fr/sante"),
    ("https://werk.belgie.be", "https://emploi.belgique.be"),
    ("https://werk.belgie.be/nl/themas/welzijn", "https://emploi.belgique.be/fr/themes/bien-etre"),
    ("https://www.justitie.belgium.be/nl/a", "https://justice.belgium.be/fr/b"),
    ("https://nl.wikipedia.org/wiki/Sekswerk", "https://fr.wikipedia.org/wiki/Travail_du_sexe"),
    ("https://nl.m.wikipedia.org/wiki/A", "https://fr.wikipedia.org/wiki/A"),
    ("https://www.rva.be/documentatie/t33", "https://www.onem.be/documentation/t33"),
    ("https://www.dekamer.be/wetten", "https://www.lachambre.be/lois"),
    ("https://example.org/about", "https://example.org/fr/a-propos"),
    ("https://example.org/over-ons", "https://fr.example.org/a-propos"),
    ("https://example.org/folder_nl.pdf", "https://example.org/brochure_fr.pdf"),
    ("https://example.org/FolderNL.pdf", "https://example.org/FolderFR.pdf"),
    ("https://example.org/x?lang=nl", "https://example.org/x?lang=fr"),
    ("https://example.org/x.pl?language=nl&la=N", "https://example.org/x.pl?language=fr&la=F"),
    ("https://example.org/nl-be/x", "https://example.org/fr_BE/y"),
    ("https://example.org/be-nl/x", "https://example.org/be-fr/y"),
    ("/nl/gezondheid", "/fr/sante"),
    ("https://example.org/nederlands/x.html", "https://example.org/francais/y.html"),
    ("https://example.org/a", "https://example.org/a/#:~:text=Oui"),
    ("https://example.org/a?utm_source=x", "https://example.org/a"),
    ("https://youtu.be/AbC", "https://www.youtu.be/AbC"),
    ("mailto:info.nl@example.org", "mailto:info.fr@example.org"),
)
OTHER = (
    ("https://example.org/a", "https://example.org/b"),
    ("https://example.org/nl/node/12", "https://example.org/fr/node/13"),
    ("https://example.org/nl/a", "https://example.net/fr/a"),
    ("https://werk.belgie.be", "https://emploi.example"),
    ("https://werk.belgie.be/2020", "https://emploi.belgique.be/2021"),
    ("https://www.rva.be", "https://www.onss.be"),
    ("page:faq", "page:mission"),
    ("page:faq#a", "page:faq#b"),
    ("mailto:a@example.org", "mailto:b@example.org"),
    ("https://youtu.be/AbC", "https://youtu.be/abc"),
    ("https://example.org/nlx/a", "https://example.org/frx/b"),
    ("https://example.org/a#x", "https://example.org/a#y"),
)


@pytest.mark.parametrize(("dutch", "french"), SAME)
def test_the_same_page_in_two_languages(dutch: str, french: str) -> None:
    assert same_place(dutch, french, "nl", "fr")
    assert same_place(french, dutch, "fr", "nl")
    assert told({"nl": f"[x]({dutch})", "fr": f"[y]({french})"}) == []


@pytest.mark.parametrize(("dutch", "french"), OTHER)
def test_another_page(dutch: str, french: str) -> None:
    assert not same_place(dutch, french, "nl", "fr")
    found = told({"nl": f"[x]({dutch})", "fr": f"[y]({french})"})
    assert {check for _, check, _ in found} == {"links-differ"}


def test_a_link_to_the_other_language_s_page_is_a_difference() -> None:
    assert told({"nl": "[x](https://example.be/fr/a)", "fr": "[y](https://example.be/nl/b)"}) != []


def test_german_and_english_have_their_own_pages_too() -> None:
    assert same_place("https://example.be/de/a", "https://example.be/en/b", "de", "en")
    assert same_place("https://example.be/deutsch/a", "https://example.be/english/b", "de", "en")


def test_a_row_of_hosts_names_known_languages_and_each_host_once() -> None:
    hosts = [host for row in SAME_HOSTS for host in row.values()]
    assert len(set(hosts)) == len(hosts)
    assert {key for row in SAME_HOSTS for key in row} <= LANGUAGES.keys()
    assert all(len(row) > 1 for row in SAME_HOSTS)


def test_a_link_that_stands_there_twice_may_stand_once_in_the_other_language() -> None:
    assert told({"nl": "[x](page:faq) [y](page:faq)", "fr": "[z](page:faq)"}) == []
    assert told({"nl": "[x](page:faq) [y](page:home)", "fr": "[z](page:faq)"}) != []


def test_what_is_printed_of_a_link_is_where_it_leads() -> None:
    from tests.parity.pairs import differences

    texts = {"nl": "[Lees](page:faq)", "fr": '[Lisez](page:mission "La mission")'}
    assert [str(each.message) for each in differences(texts)] == [
        "“page:faq” stands here, “page:mission” in fr.md:1",
        "“page:mission” stands here, “page:faq” in nl.md:1",
    ]
