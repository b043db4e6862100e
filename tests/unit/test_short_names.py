"""The short name of the organisation, if it differs between the languages of a site."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from lxml import html

from diptych.model import Organisation
from diptych.pipeline import Build
from tests.conftest import SITE_YAML

Builder = Callable[..., Build]

NAMES = "{nl: Leeszaal, fr: Salle de lecture}"
DISCREET = "---\ntitle: {}\nlayout: agenda\ndiscreet: true\n---\n\n{}.\n"


def settings(short_name: str) -> str:
    assert SITE_YAML.count("short_name: Voorbeeld") == 1
    return SITE_YAML.replace("short_name: Voorbeeld", f"short_name: {short_name}")


def text(build: Build, path: str) -> str:
    (found,) = (each for each in build.outputs if each.path == path)
    return found.body.read().decode()


def built(site: Builder, short_name: str, **files: str) -> Build:
    build = site({"content/site.yaml": settings(short_name), **files})
    assert [each.check for each in build.diagnostics if each.check != "unconfirmed"] == []
    return build


def test_each_language_has_its_own(site: Builder) -> None:
    build = built(site, NAMES)
    for language, name, other in (
        ("nl", "Leeszaal", "Salle de lecture"),
        ("fr", "Salle de lecture", "Leeszaal"),
    ):
        for path in (f"{language}/index.html", f"{language}/404.html"):
            page = html.fromstring(text(build, path))
            assert page.xpath("string(//title)").endswith(name)
            assert page.xpath("string(//a[contains(@class, 'sign')])") == name
            assert other not in text(build, path)
        assert other not in text(build, f"{language}/feed.xml")
        assert f"<title>{name} – " in text(build, f"{language}/feed.xml")


def test_where_no_language_comes_first_all_of_them_stand(site: Builder) -> None:
    build = built(site, NAMES)
    for path in ("index.html", "404.html"):
        page = html.fromstring(text(build, path))
        assert page.xpath("string(//title)").startswith("Leeszaal · Salle de lecture")
        names = page.xpath("//h1/span")
        assert [each.get("lang") for each in names] == ["nl-BE", "fr-BE"]
        assert page.xpath("normalize-space(//h1)") == "Leeszaal\u00a0· Salle de lecture"
        assert page.xpath("string(//p[@class='sign'])").strip() == ""


def test_a_name_for_all_languages_stands_once(site: Builder) -> None:
    build = built(site, "{nl: Leeszaal, fr: Leeszaal}")
    plain = built(site, "Leeszaal")
    page = html.fromstring(text(build, "index.html"))
    assert page.xpath("string(//h1)") == page.xpath("string(//p[@class='sign'])") == "Leeszaal"
    assert page.xpath("//h1/*") == []
    for path in ("index.html", "404.html", "nl/index.html", "fr/index.html", "fr/feed.xml"):
        assert text(build, path) == text(plain, path)


def test_a_calendar_of_a_discreet_page_says_that_of_its_language_alone(site: Builder) -> None:
    files = {
        "content/days/nl.md": DISCREET.format("Dagen", "Kom"),
        "content/days/fr.md": DISCREET.format("Jours", "Venez"),
        "content/days/agenda.yaml": "- id: evening\n  dates: [2031-03-04]\n"
        "  title: {nl: Avond, fr: Soirée}\n",
    }
    build = built(site, NAMES, **files)
    assert "SUMMARY;LANGUAGE=nl-BE:Leeszaal\r\n" in text(build, "nl/dagen/agenda.ics")
    assert "SUMMARY;LANGUAGE=fr-BE:Salle de lecture\r\n" in text(build, "fr/jours/agenda.ics")


def test_a_language_without_one_is_told_and_has_that_of_the_others(site: Builder) -> None:
    build = site({"content/site.yaml": settings("{nl: Leeszaal}")})
    (problem,) = (each for each in build.diagnostics if each.check == "missing-translation")
    assert problem.span.path == "content/site.yaml"
    page = html.fromstring(text(build, "fr/index.html"))
    assert page.xpath("string(//a[contains(@class, 'sign')])") == "Leeszaal"


@pytest.mark.parametrize(
    ("key", "name"), [("nl", "A"), ("fr", "B"), ("de", "A · B"), ("", "A · B")]
)
def test_the_name_in_a_language(key: str, name: str) -> None:
    found = Organisation({"nl": "A", "fr": "B"}, {"nl": "Full"}, None, {}, {})
    assert found.short_name(key) == name
    assert found.name(key) == ("Full" if key == "nl" else name)


def test_other_names_are_confirmed_and_one_name_is_not(site: Builder) -> None:
    """A name per language is a text that is confirmed like others; one name for all languages is
    not.
    """

    def waiting(short_name: str) -> int:
        build = site({"content/site.yaml": settings(short_name)})
        (problem,) = (
            each
            for each in build.diagnostics
            if each.check == "unconfirmed" and each.span.path == "content/site.yaml"
        )
        return json.loads(str(dict(problem.message.arguments)["count"]))

    assert waiting(NAMES) == waiting("Leeszaal") + 1
