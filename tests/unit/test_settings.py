"""site.yaml: the languages and the organisation of a site, with every mistake in its place."""

from __future__ import annotations

import datetime

import pytest

from diptych.content.hosts import HOSTS
from diptych.content.settings import parse_settings
from diptych.diagnostics import Diagnostic, Source
from diptych.languages import PROFILES
from diptych.model import Settings
from tests.strategies import mended, named, places, underlined

LANGUAGES = """\
base_url: https://example.org/
languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}
"""  # lines 1 to 4
ORGANISATION = """\
organisation:
  short_name: Voorbeeld
  name: {nl: Voorbeeld vzw, fr: Exemple asbl}
"""  # lines 5 to 7


def parse(text: str) -> tuple[Settings | None, tuple[Diagnostic, ...], Source]:
    source = Source("content/site.yaml", text)
    outcome = parse_settings(source)
    return outcome.value, outcome.diagnostics, source


def settings(more: str = "") -> Settings:
    value, problems, _ = parse(LANGUAGES + ORGANISATION + more)
    assert value is not None
    assert problems == ()
    return value


def test_the_least_that_a_site_needs() -> None:
    site = settings()
    assert site.base_url == "https://example.org"
    assert [
        (each.key, each.locale, each.tag, each.name, each.typography) for each in site.languages
    ] == [
        ("nl", "nl_BE", "nl-BE", "Nederlands", "dutch"),
        ("fr", "fr_BE", "fr-BE", "Français", "french"),
    ]
    assert site.language("fr").name == "Français"
    assert dict(site.organisation.names) == {"nl": "Voorbeeld vzw", "fr": "Exemple asbl"}
    assert (site.navigation, site.topics, site.hosting, site.redirects, site.expires) == (
        (),
        (),
        None,
        (),
        None,
    )
    assert (site.organisation.contact, dict(site.organisation.links), dict(site.exit)) == (
        None,
        {},
        {},
    )


def test_everything_that_a_site_can_have() -> None:
    site = settings(
        "  contact: info@example.org\n  donation_link: https://example.org/geven\n"
        "  social: {Mastodon: https://example.org/@x}\n"
        "navigation: [mission, faq]\ntopics:\n  law: {nl: Wet, fr: Loi}\n  aid: {nl: Hulp, fr: Aide}\n"
        "hosting: netlify\nexit: {nl: https://weather.example/nl, fr: https://weather.example/fr}\n"
        "security: {expires: 2027-03-01}\nsearch: true\nredirects: {/oud: 'page:faq'}\n"
    )
    assert site.organisation.contact == "info@example.org"
    assert dict(site.organisation.links) == {"donation_link": "https://example.org/geven"}
    assert dict(site.organisation.social) == {"Mastodon": "https://example.org/@x"}
    assert [each.value for each in site.navigation] == ["mission", "faq"]
    assert [(each.key, dict(each.names)) for each in site.topics] == [
        ("law", {"nl": "Wet", "fr": "Loi"}),
        ("aid", {"nl": "Hulp", "fr": "Aide"}),
    ]
    assert site.hosting == "netlify"
    assert dict(site.exit) == {
        "nl": "https://weather.example/nl",
        "fr": "https://weather.example/fr",
    }
    assert site.expires is not None
    assert site.expires.value == datetime.date(2027, 3, 1)
    assert [(old.value, new.value) for old, new in site.redirects] == [("/oud", "page:faq")]


def test_the_order_of_languages_is_that_of_the_file() -> None:
    reversed_lines = "".join(reversed(LANGUAGES.splitlines(keepends=True)[2:]))
    value, _, _ = parse(
        "base_url: https://example.org\nlanguages:\n" + reversed_lines + ORGANISATION
    )
    assert value is not None
    assert [each.key for each in value.languages] == ["fr", "nl"]


def test_a_third_language_is_one_more_entry() -> None:
    german = "  de: {locale: de_BE, name: Deutsch, typography: german}\n"
    value, problems, _ = parse(LANGUAGES + german + ORGANISATION)
    assert value is not None
    assert problems == ()
    assert [each.key for each in value.languages] == ["nl", "fr", "de"]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_of_typography_can_be_chosen(profile: str) -> None:
    value, problems, _ = parse(LANGUAGES.replace("french", profile) + ORGANISATION)
    assert value is not None
    assert (value.languages[1].typography, problems) == (profile, ())


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_can_be_chosen(host: str) -> None:
    assert settings(f"hosting: {host}\n").hosting == host


def test_links_without_an_address_are_known_with_their_place() -> None:
    value, _, source = parse(LANGUAGES + ORGANISATION + "  membership_form:   # later\n")
    assert value is not None
    found = [(each.value, source.position(each.span.start)) for each in value.unset]
    assert found == [("membership_form", (8, 3)), ("donation_link", (5, 1))]


@pytest.mark.parametrize(
    ("text", "told"),
    named(
        [
            ("nothing", "", ["wrong-type 1:1"]),
            ("a list", "- a\n", ["wrong-type 1:1"]),
            (
                "no languages",
                "base_url: https://a.be\norganisation: {short_name: A, name: {}}\n",
                ["missing-key 1:1"],
            ),
            (
                "languages as a list",
                "base_url: https://a.be\nlanguages: [nl, fr]\n"
                + ORGANISATION.replace(
                    "  name: {nl: Voorbeeld vzw, fr: Exemple asbl}\n", "  name: {}\n"
                ),
                ["wrong-type 2:12"],
            ),
            (
                "no language at all",
                "base_url: https://a.be\nlanguages: {}\norganisation: {short_name: A, name: {}}\n",
                ["missing-key 2:12"],
            ),
            (
                "no base_url",
                LANGUAGES.replace("base_url: https://example.org/\n", "") + ORGANISATION,
                ["missing-key 1:1"],
            ),
            (
                "a base_url without https",
                LANGUAGES.replace("https://", "") + ORGANISATION,
                ["wrong-type 1:11"],
            ),
            ("no organisation", LANGUAGES, ["missing-key 1:1"]),
            *(
                (
                    f"a base_url to which no path can be added: {address}",
                    LANGUAGES.replace("https://example.org/", address) + ORGANISATION,
                    ["wrong-type 1:11"],
                )
                for address in (
                    "https://example.org/?x=1",
                    "https://example.org/#top",
                    "https://example.org/a/..",
                    "https://example.org/a/%2e%2E/b",
                    "https://example.org/.",
                )
            ),
            (
                "an unknown locale",
                LANGUAGES.replace("fr_BE", "xx_BE")
                + ORGANISATION.replace(", fr: Exemple asbl", ""),
                ["unknown-locale 4:16"],
            ),
            (
                "a locale with a hyphen",
                LANGUAGES.replace("fr_BE", "fr-BE") + ORGANISATION,
                ["unknown-locale 4:16"],
            ),
            (
                "a locale with more behind it",
                LANGUAGES.replace("fr_BE", "fr_BE x") + ORGANISATION,
                ["unknown-locale 4:16"],
            ),
            (
                "an unknown profile",
                LANGUAGES.replace("typography: french", "typography: fench") + ORGANISATION,
                ["unknown-typography 4:51"],
            ),
            (
                "a tag that is no folder",
                LANGUAGES.replace("  fr:", "  ../fr:") + ORGANISATION.replace("fr:", "../fr:"),
                ["language-tag 4:3"],
            ),
            ("an unknown key", LANGUAGES + ORGANISATION + "navigatoin: [a]\n", ["unknown-key 8:1"]),
            (
                "an unknown key of a language",
                LANGUAGES.replace("name: Fr", "nme: Fr") + ORGANISATION,
                ["unknown-key 4:23"],
            ),
            (
                "an unknown host",
                LANGUAGES + ORGANISATION + "hosting: netlfy\n",
                ["unknown-hosting 8:10"],
            ),
            (
                "a name in an unknown language",
                LANGUAGES + ORGANISATION.replace("fr:", "en:"),
                ["unknown-language 7:29"],
            ),
            (
                "a contact that is no address",
                LANGUAGES + ORGANISATION + "  contact: info\n",
                ["wrong-type 8:12"],
            ),
            (
                "a link that is no address",
                LANGUAGES + ORGANISATION + "  donation_link: geven.be\n",
                ["wrong-type 8:18"],
            ),
            (
                "a day that does not exist",
                LANGUAGES + ORGANISATION + "security: {expires: 2027-02-30}\n",
                ["impossible-date 8:21"],
            ),
            (
                "a month for a day",
                LANGUAGES + ORGANISATION + "security: {expires: 2027-02}\n",
                ["impossible-date 8:21"],
            ),
            ("unreadable YAML", LANGUAGES + ORGANISATION + "topics: a: b\n", ["yaml-syntax 8:1"]),
        ]
    ),
)
def test_what_is_wrong_and_where(text: str, told: list[str]) -> None:
    _, problems, source = parse(text)
    assert places(problems, source) == told


def test_without_a_language_or_an_address_there_are_no_settings() -> None:
    assert parse("base_url: https://a.be\n" + ORGANISATION)[0] is None
    assert (
        parse(LANGUAGES.replace("base_url: https://example.org/\n", "") + ORGANISATION)[0] is None
    )


def test_one_wrong_language_leaves_the_others() -> None:
    value, _, _ = parse(LANGUAGES.replace("fr_BE", "xx_BE") + ORGANISATION)
    assert value is not None
    assert [each.key for each in value.languages] == ["nl"]


def test_a_wrong_choice_names_the_nearest() -> None:
    _, (problem,), source = parse(LANGUAGES + ORGANISATION + "hosting: netlfy\n")
    assert str(problem.message) == "`netlfy` is not a value of hosting"
    assert (
        str(problem.hint)
        == "the values are: github, gitlab, netlify, cloudflare, nginx, apache, caddy"
    )
    assert mended(problem, source) == "hosting: netlify"
    assert underlined(problem, source) == "netlfy"
