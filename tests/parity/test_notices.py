"""What readers are told of a translation, and what `allow` keeps from being told to editors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.pipeline import Build
from diptych.translation import confirm, write_lock
from tests.conftest import page_of

Site = Callable[..., Build]

TIMELINE = (
    "- id: start\n  date: 2020-06-08\n  title: {nl: Begin, fr: Début}\n"
    "  text: {nl: Wij begonnen toen., fr: Nous avons commencé.}\n"
    "- id: end\n  date: 2021-06-08\n  title: {nl: Einde, fr: Fin}\n  text: {nl: Klaar., fr: Fini.}\n"
)
TIME = {
    "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n\nLees.\n",
    "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n\nLisez.\n",
    "content/time/timeline.yaml": TIMELINE,
}


def confirmed(build: Build, key: str) -> dict[str, str]:
    """The lock of a page as it is in a build."""
    report = build.reports[key]
    return {f"content/{key}/translations.lock": write_lock(confirm(report.groups, report.records))}


def notice(build: Build, address: str) -> list[tuple[str, str]]:
    """The links of a page's notice: where they lead, and what they say."""
    return [
        (link.get("href"), link.text_content())
        for link in page_of(build, address).xpath("//aside[@class='notice']//a")
    ]


def test_a_page_that_nobody_confirmed_has_no_notice(site: Site) -> None:
    assert notice(site(), "nl/over-ons/") == notice(site(), "fr/a-propos/") == []


def test_the_sections_that_lag_are_named_as_they_are_called_there(site: Site) -> None:
    lock = confirmed(site(), "about")
    french = "---\ntitle: À propos\n---\n\nTexte changé.\n\n## Qui sommes-nous {#who}\n\nNous.\n"
    build = site({**lock, "content/about/fr.md": french})
    assert notice(build, "nl/over-ons/") == [
        ("/fr/a-propos/", "Français"),
        ("/fr/a-propos/", "À propos"),
        ("/fr/a-propos/#who", "Qui sommes-nous"),
    ]
    assert notice(build, "fr/a-propos/") == []


def test_a_section_without_a_shared_id_is_linked_by_the_id_it_has_there(site: Site) -> None:
    files = {
        "content/about/nl.md": "---\ntitle: Over ons\n---\n\n## Wie wij zijn\n\nWij.\n",
        "content/about/fr.md": "---\ntitle: À propos\n---\n\n## Qui nous sommes\n\nNous.\n",
    }
    files |= confirmed(site(files), "about")
    files["content/about/fr.md"] = files["content/about/fr.md"].replace("Nous.\n", "Nous toutes.\n")
    assert notice(site(files), "nl/over-ons/")[1:] == [
        ("/fr/a-propos/#qui-nous-sommes", "Qui nous sommes"),
    ]


def test_an_event_that_lags_is_named_by_its_title(site: Site) -> None:
    files = {**TIME, **confirmed(site(TIME), "time")}
    files["content/time/timeline.yaml"] = TIMELINE.replace("Klaar.", "Helemaal klaar.")
    build = site(files)
    assert notice(build, "fr/temps/") == [("/nl/tijd/", "Nederlands"), ("/nl/tijd/#end", "Einde")]
    assert notice(build, "nl/tijd/") == []


def test_a_missing_translation_falls_back_with_a_notice_in_its_true_language(site: Site) -> None:
    build = site({"content/about/fr.md": None})
    page = page_of(build, "fr/over-ons/")
    assert notice(build, "fr/over-ons/") == [("/nl/over-ons/", "Nederlands")]
    assert page.get("lang") == "fr-BE"
    assert any(
        element.get("lang") == "nl-BE" and "Wij." in element.text_content()
        for element in page.xpath("//main//*[@lang] | //main[@lang]")
    )
    assert (
        page.xpath("string(//link[@rel='canonical']/@href)") == "https://example.org/nl/over-ons/"
    )
    assert page.xpath("//link[@rel='alternate' and @hreflang]") == []
    assert not build.failed


def test_a_page_that_is_absent_on_purpose_has_no_notice_and_no_warning(site: Site) -> None:
    build = site(
        {
            "content/about/fr.md": None,
            "content/about/nl.md": "---\ntitle: Over ons\nonly: alleen hier\n---\n\nTekst.\n",
        }
    )
    assert notice(build, "nl/over-ons/") == []
    assert [each for each in build.diagnostics if each.check == "missing-translation"] == []


# allow

DIFFERENT = {
    "content/about/nl.md": "---\ntitle: Over ons\n{nl}---\n\nOp 8 juni 2020 in [x](page:home).\n",
    "content/about/fr.md": "---\ntitle: À propos\n{fr}---\n\nLe 9 juin 2020.\n",
}
ALLOW = "allow:\n  facts-differ: in Frankrijk was dat een dag later\n"


def checks(build: Build) -> set[tuple[str, str]]:
    return {
        (each.span.path.rpartition("/")[2], each.check)
        for each in build.diagnostics
        if each.check in ("facts-differ", "links-differ")
    }


@pytest.mark.parametrize(
    ("languages", "left"),
    [
        ((), {("nl.md", "facts-differ"), ("fr.md", "facts-differ")}),
        (("nl",), {("fr.md", "facts-differ")}),
        (("fr",), {("nl.md", "facts-differ")}),
        (("nl", "fr"), set()),
    ],
    ids=["none", "nl", "fr", "both"],
)
def test_a_reason_silences_one_check_on_the_page_it_stands_on(
    languages: tuple[str, ...], left: set[tuple[str, str]], site: Site
) -> None:
    fill = {key: ALLOW if key in languages else "" for key in ("nl", "fr")}
    build = site({path: text.format(**fill) for path, text in DIFFERENT.items()})
    assert checks(build) == {*left, ("nl.md", "links-differ")}


def test_the_reason_of_a_page_holds_for_its_timeline(site: Site) -> None:
    files = {
        **TIME,
        "content/time/timeline.yaml": TIMELINE.replace("Klaar.", "Klaar op 8 juni 2020."),
    }
    assert checks(site(files)) == {("timeline.yaml", "facts-differ")}
    allowed = TIME["content/time/nl.md"].replace("layout:", f"{ALLOW}layout:")
    assert checks(site({**files, "content/time/nl.md": allowed})) == set()


def test_a_reason_for_another_check_or_page_silences_nothing(site: Site) -> None:
    fill = {"nl": "allow:\n  list-differs: zo gewild\n", "fr": ""}
    files = {path: text.format(**fill) for path, text in DIFFERENT.items()}
    files["content/home/nl.md"] = f"---\ntitle: Welkom\nlayout: home\n{ALLOW}---\n\nWij spreken.\n"
    assert ("nl.md", "facts-differ") in checks(site(files))


def test_an_error_cannot_be_allowed(site: Site) -> None:
    build = site(
        {
            "content/about/nl.md": "---\ntitle: Over ons\nallow:\n  lock-damaged: mag\n---\n\nTekst.\n",
            "content/about/translations.lock": "no\n",
        }
    )
    assert build.failed
