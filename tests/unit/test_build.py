"""A whole small site: what a reader of each language finds, and what machines are told of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest

from diptych.diagnostics import Severity
from diptych.pipeline import Build, Options, beside
from tests.conftest import page_of, text_of

Builds = Callable[..., Build]

FRENCH = """\
---
title: Nouvelles
description: Ce qui se passe.
---

Il y a du nouveau. Voir [la suite](page:about).

## Une première {#first}

Texte.
"""
TIMELINE = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": (
        "- id: both\n  date: 2020-03-18\n  title: {nl: Beide, fr: Les deux}\n"
        "  text: {nl: Tekst., fr: Texte.}\n"
        "- id: dutch\n  date: 2020-04\n  title: {nl: Alleen hier}\n  text: {nl: Nog niet vertaald.}\n"
    ),
}
NESTED = {
    "content/news/nl.md": "---\ntitle: Nieuws\nlayout: list\n---\n",
    "content/news/fr.md": "---\ntitle: Actualités\nlayout: list\n---\n",
    "content/news/old/nl.md": "---\ntitle: Oud\ndate: 2020-01-05\n---\n\nTekst.\n",
    "content/news/old/fr.md": "---\ntitle: Ancien\ndate: 2020-01-05\n---\n\nTexte.\n",
    "content/news/new/nl.md": "---\ntitle: Nieuw\ndescription: Het laatste.\ndate: 2021-04-01\n---\n\nTekst.\n",
    "content/news/new/fr.md": "---\ntitle: Récent\ndescription: Le dernier.\ndate: 2021-04-01\n---\n\nTexte.\n",
    "content/news/undated/nl.md": "---\ntitle: Zonder datum\n---\n\nTekst.\n",
    "content/news/undated/fr.md": "---\ntitle: Sans date\n---\n\nTexte.\n",
}
EVERYTHING = {"content/actu/fr.md": FRENCH, **TIMELINE, **NESTED}


@pytest.fixture
def fallback(site: Builds) -> Build:
    return site({"content/actu/fr.md": FRENCH})


def pages(build: Build) -> list[str]:
    """The addresses of all pages that have a text."""
    assert build.site is not None
    return [page.path for page in build.site.pages]


def meta(build: Build, path: str) -> dict[str, list[tuple[str, str]]]:
    """What the head tells machines: canonical, alternates, robots."""
    page = page_of(build, path)
    return {
        "canonical": [("", href) for href in page.xpath("/html/head/link[@rel='canonical']/@href")],
        "alternates": [
            (link.get("hreflang"), link.get("href"))
            for link in page.xpath("/html/head/link[@rel='alternate'][@hreflang]")
        ],
        "robots": [("", each) for each in page.xpath("/html/head/meta[@name='robots']/@content")],
    }


def switcher(build: Build, path: str) -> dict[str, str]:
    """Where the switcher leads: language tag -> address."""
    return {
        a.get("hreflang"): a.get("href") for a in page_of(build, path).xpath("//a[@data-language]")
    }


# A page that lacks a language


def test_a_missing_translation_is_a_warning_with_a_place(fallback: Build) -> None:
    problems = [each for each in fallback.diagnostics if each.check == "missing-translation"]
    assert [(str(p.message), p.severity, p.span.path) for p in problems] == [
        (
            "this page has no Nederlands version; its readers see the Français text",
            Severity.WARNING,
            "content/actu/fr.md",
        )
    ]
    assert str(problems[0].hint) == "write content/actu/nl.md, or say why with `only:`"
    assert not fallback.failed


def test_a_fallback_page_says_so_in_the_readers_language(fallback: Build) -> None:
    page = page_of(fallback, "nl/nouvelles/")
    notice = page.xpath("//aside[contains(@class, 'notice')]")[0]
    assert "bestaat nog niet in het Nederlands" in notice.text_content()
    assert notice.xpath(".//a/@href") == ["/fr/nouvelles/"]
    assert notice.xpath(".//a/@lang") == ["fr-BE"]
    assert page_of(fallback, "fr/nouvelles/").xpath("//aside[contains(@class, 'notice')]") == []


def test_a_fallback_text_carries_its_true_language(fallback: Build) -> None:
    """Every word of the French text is heard with a French voice, all else with a Dutch one."""
    page = page_of(fallback, "nl/nouvelles/")
    assert page.get("lang") == "nl-BE"
    for words in ("Nouvelles", "Il y a du nouveau", "Une première", "Texte"):
        element = page.xpath(f"//main//*[contains(text(), '{words}')]")[0]
        assert element.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["fr-BE"], words
    assert page.xpath("//nav[@class='menu']/ancestor-or-self::*[@lang][1]/@lang") == ["nl-BE"]


def test_machines_are_sent_to_the_text_itself(fallback: Build) -> None:
    french = "https://example.org/fr/nouvelles/"
    assert meta(fallback, "nl/nouvelles/") == {
        "canonical": [("", french)],
        "alternates": [],
        "robots": [("", "noindex")],
    }
    assert meta(fallback, "fr/nouvelles/") == {
        "canonical": [("", french)],
        "alternates": [("fr-BE", french), ("x-default", french)],
        "robots": [],
    }
    sitemap = text_of(fallback, "sitemap.xml")
    assert sitemap.count("<loc>https://example.org/fr/nouvelles/</loc>") == 1
    assert "nl/nouvelles" not in sitemap
    assert "nouvelles" not in text_of(fallback, "nl/feed.xml")


def test_the_switcher_leads_to_a_fallback_and_back(fallback: Build) -> None:
    assert switcher(fallback, "fr/nouvelles/") == {"nl-BE": "/nl/nouvelles/"}
    assert switcher(fallback, "nl/nouvelles/") == {"fr-BE": "/fr/nouvelles/"}


def test_lists_show_a_fallback_with_its_language(site: Builds) -> None:
    build = site({**NESTED, "content/news/new/nl.md": None})
    entry = page_of(build, "nl/nieuws/").xpath("//ul[@class='entries']/li[.//a='Récent']")[0]
    assert entry.xpath(".//a/@lang") == entry.xpath(".//a/@hreflang") == ["fr-BE"]
    assert entry.xpath(".//p/@lang") == ["fr-BE"]
    assert entry.xpath(".//time/ancestor-or-self::*[@lang][1]/@lang") == ["nl-BE"]
    assert entry.xpath(".//a/@href") == ["/nl/nieuws/recent/"]


EVENT = """\
- id: vote
  date: 2022-03-18
  title: {nl: De stemming, fr: Le vote}
  text: {nl: Zo., fr: Voilà.}
"""


@pytest.mark.parametrize("layout", ["page", "home", "faq", "timeline", "list"])
def test_no_words_of_the_frame_are_in_the_language_of_the_text(site: Builds, layout: str) -> None:
    """The notice, dates and labels of a fallback page are in the reader's language, and say so."""
    files = {"content/actu/fr.md": FRENCH.replace("title:", f"layout: {layout}\ntitle:")}
    home = {"content/home/nl.md": None, "content/home/fr.md": None} if layout == "home" else {}
    events = {"content/actu/timeline.yaml": EVENT} if layout == "timeline" else {}
    build = site({**files, **home, **events})
    page = page_of(build, "nl/" if layout == "home" else "nl/nouvelles/")
    voice = "ancestor-or-self::*[@lang][1]/@lang"
    assert page.xpath(f"//aside[contains(@class, 'notice')]/{voice}") == ["nl-BE"]
    for words in ("Nouvelles", "Il y a du nouveau", "Une première"):
        assert page.xpath(f"//main//*[contains(text(), '{words}')]/{voice}") == ["fr-BE"], words
    for label in page.xpath("//main//p[contains(@class, 'permalink')]"):
        assert label.xpath(voice) == ["nl-BE"]


def test_the_choice_at_the_root_shows_a_fallback_in_its_language(site: Builds) -> None:
    page = page_of(site({"content/home/nl.md": None}), "index.html")
    lead = page.xpath("//section[@lang='nl-BE']//p[contains(text(), 'Nous parlons')]")[0]
    assert lead.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["fr-BE"]


# A page that is in one language on purpose


def test_a_page_for_one_language_on_purpose(site: Builds) -> None:
    build = site(
        {"content/actu/fr.md": FRENCH.replace("---\n\nIl", "only: Une action à Liège.\n---\n\nIl")}
    )
    assert [each.check for each in build.diagnostics if each.check == "missing-translation"] == []
    assert "nl/nouvelles/index.html" not in {output.path for output in build.outputs}
    assert switcher(build, "fr/nouvelles/") == {"nl-BE": "/nl/"}
    assert meta(build, "fr/nouvelles/")["alternates"] == [
        ("fr-BE", "https://example.org/fr/nouvelles/"),
        ("x-default", "https://example.org/fr/nouvelles/"),
    ]


# An event that lacks a language


def test_an_event_without_a_translation_is_shown_in_the_other_language(site: Builds) -> None:
    build = site(TIMELINE)
    assert not build.failed
    problem = next(each for each in build.diagnostics if each.check == "missing-translation")
    assert (problem.severity, problem.span.path) == (Severity.WARNING, "content/time/timeline.yaml")
    assert str(problem.message) == "“dutch” has no title + text in Français"
    assert build.sources[problem.span.path].position(problem.span.start) == (7, 15)
    event = page_of(build, "fr/chronologie/").get_element_by_id("dutch")
    for words in ("Alleen hier", "Nog niet vertaald."):
        voice = event.xpath(
            f".//*[contains(text(), '{words}')]/ancestor-or-self::*[@lang][1]/@lang"
        )
        assert voice == ["nl-BE"], words
    assert "avril 2020" in event.xpath(".//time")[0].text_content()


def test_the_date_of_a_fallback_event_is_not_in_its_language(site: Builds) -> None:
    """`avril 2020` is French, also above a Dutch title."""
    event = page_of(site(TIMELINE), "fr/chronologie/").get_element_by_id("dutch")
    assert event.xpath(".//time/ancestor-or-self::*[@lang][1]/@lang") == ["fr-BE"]


# Relations between languages, over every page of a site that has everything


def test_the_switcher_is_an_involution(site: Builds) -> None:
    build = site(EVERYTHING)
    for path in pages(build):
        for address in switcher(build, path).values():
            back = switcher(build, address.removeprefix("/"))
            assert f"/{path}" in back.values(), path


def test_the_switcher_offers_every_other_language(site: Builds) -> None:
    build = site(EVERYTHING)
    for path in pages(build):
        other = {"nl": ["fr-BE"], "fr": ["nl-BE"]}[path[:2]]
        assert list(switcher(build, path)) == other


def test_hreflang_is_reciprocal_and_complete(site: Builds) -> None:
    build = site(EVERYTHING)
    assert build.site is not None
    for page in build.site.pages:
        alternates = meta(build, page.path)["alternates"]
        versions = {version.language for version in build.site.own_versions(page.key)}
        if page.state == "fallback":
            assert alternates == []
            continue
        named = {tag for tag, _ in alternates} - {"x-default"}
        assert named == {f"{language}-BE" for language in versions}
        assert (f"{page.language}-BE", f"https://example.org/{page.path}") in alternates
        for _, href in alternates:
            path = href.removeprefix("https://example.org/")
            assert path == "" or meta(build, path)["alternates"] == alternates


def test_x_default_of_the_home_page_is_the_choice(site: Builds) -> None:
    build = site()
    expected = [
        ("nl-BE", "https://example.org/nl/"),
        ("fr-BE", "https://example.org/fr/"),
        ("x-default", "https://example.org/"),
    ]
    assert meta(build, "nl/")["alternates"] == expected
    assert meta(build, "index.html")["alternates"] == expected
    assert meta(build, "index.html")["canonical"] == [("", "https://example.org/")]


def test_the_root_belongs_to_no_language(site: Builds) -> None:
    page = page_of(site(), "index.html")
    choices = page.xpath("//main//section[@lang]")
    assert [choice.get("lang") for choice in choices] == ["nl-BE", "fr-BE"]
    assert [choice.xpath(".//h2/a/@href") for choice in choices] == [["/nl/"], ["/fr/"]]
    assert [choice.xpath("string(.//h2)") for choice in choices] == ["Nederlands", "Français"]
    assert page.xpath("//meta[@http-equiv='refresh']") == []


def test_not_found_pages_of_each_language_and_of_none(site: Builds) -> None:
    build = site()
    assert page_of(build, "nl/404.html").xpath("string(//h1)") == "Deze pagina bestaat niet"
    assert page_of(build, "fr/404.html").xpath("string(//h1)") == "Cette page n’existe pas"
    both = page_of(build, "404.html").xpath("//main//section/@lang")
    assert both == ["nl-BE", "fr-BE"]
    assert switcher(build, "nl/404.html") == {"fr-BE": "/fr/404.html"}
    for path in ("404.html", "nl/404.html", "fr/404.html"):
        assert meta(build, path) == {
            "canonical": [],
            "alternates": [],
            "robots": [("", "noindex")],
        } or (path == "404.html" and meta(build, path)["robots"] == [("", "noindex")])


# Nested pages


def test_breadcrumbs_name_the_pages_above(site: Builds) -> None:
    build = site(NESTED)
    crumbs = page_of(build, "fr/actualites/recent/").xpath("//nav[@class='breadcrumb']//a")
    assert [(a.text, a.get("href")) for a in crumbs] == [("Actualités", "/fr/actualites/")]
    assert page_of(build, "fr/actualites/").xpath("//nav[@class='breadcrumb']") == []


def test_a_list_shows_its_pages_newest_first(site: Builds) -> None:
    entries = page_of(site(NESTED), "nl/nieuws/").xpath("//ul[@class='entries']/li")
    told = [
        (
            e.xpath("string(.//a)"),
            e.xpath("string(.//a/@href)"),
            e.xpath("string(.//time)").replace("\N{NO-BREAK SPACE}", " "),
            e.xpath("string(.//time/@datetime)"),
            e.xpath("string(.//p)"),
        )
        for e in entries
    ]
    assert told == [
        ("Nieuw", "/nl/nieuws/nieuw/", "1 april 2021", "2021-04-01", "Het laatste."),
        ("Oud", "/nl/nieuws/oud/", "5 januari 2020", "2020-01-05", ""),
        ("Zonder datum", "/nl/nieuws/zonder-datum/", "", "", ""),
    ]


def test_a_list_is_told_year_by_year_and_can_be_followed(site: Builds) -> None:
    build = site(NESTED)
    page = page_of(build, "nl/nieuws/")
    assert page.xpath("//article//h2/text()") == ["2021", "2020"]
    years = page.xpath("//section[@class='part']")
    assert [len(year.xpath(".//li")) for year in years] == [1, 1, 1]
    (feed,) = page.xpath("//main//a[@type='application/atom+xml']/@href")
    assert feed == "/nl/nieuws/feed.xml"
    assert feed in page.xpath("//head/link[@rel='alternate']/@href")
    assert "nl/nieuws/feed.xml" in {output.path for output in build.outputs}


def test_an_item_of_a_list_leads_to_the_next_and_the_previous(site: Builds) -> None:
    build = site(NESTED)

    def neighbours(path: str) -> list[tuple[str, str]]:
        items = page_of(build, path).xpath("//nav[contains(@class, 'neighbours')]//li")
        return [(item.xpath("string(span)"), item.xpath("string(a/@href)")) for item in items]

    assert neighbours("nl/nieuws/nieuw/") == [("Ouder", "/nl/nieuws/oud/")]
    assert neighbours("nl/nieuws/oud/") == [("Nieuwer", "/nl/nieuws/nieuw/")]
    assert neighbours("nl/nieuws/zonder-datum/") == []
    assert neighbours("nl/nieuws/") == []


def test_the_current_page_is_marked(site: Builds) -> None:
    build = site()
    marked = page_of(build, "nl/over-ons/").xpath(
        "//nav[@class='menu']//a[@aria-current='page']/@href"
    )
    assert marked == ["/nl/over-ons/"]
    assert page_of(build, "nl/").xpath("//nav[@class='menu']//a[@aria-current]") == []


# Addresses


def test_no_two_outputs_share_a_path(site: Builds) -> None:
    paths = [output.path.lower() for output in site(EVERYTHING).outputs]
    assert sorted(paths) == sorted(set(paths))


def test_redirects_lead_on(site: Builds) -> None:
    from tests.conftest import SITE_YAML

    yaml = SITE_YAML + (
        "redirects:\n  /wie.html: page:about#who\n  /fr/qui/: page:about\n  /weg: /nl/over-ons/\n"
    )
    front = "---\ntitle: Over ons\nredirect_from: [/nl/oud/, nl/ouder]\n---\n\n## Wie {#who}\n"
    build = site({"content/site.yaml": yaml, "content/about/nl.md": front})
    served = site({"content/site.yaml": yaml + "hosting: netlify\n", "content/about/nl.md": front})
    assert not build.failed
    stubs = {
        path: page_of(build, path).xpath("string(//meta[@http-equiv='refresh']/@content)")
        for path in ("nl/oud/", "nl/ouder/", "fr/qui/", "wie.html", "weg/")
    }
    assert stubs == {
        "nl/oud/": "0; url=/nl/over-ons/",
        "nl/ouder/": "0; url=/nl/over-ons/",
        "fr/qui/": "0; url=/fr/a-propos/",
        "wie.html": "0; url=/nl/over-ons/#who",
        "weg/": "0; url=/nl/over-ons/",
    }
    assert text_of(served, "_redirects") == (
        "/fr/qui /fr/a-propos/ 301!\n/nl/oud /nl/over-ons/ 301!\n/nl/ouder /nl/over-ons/ 301!\n"
        "/weg /nl/over-ons/ 301!\n/wie.html /nl/over-ons/#who 301!\n"
        "/nl/* /nl/404.html 404\n/fr/* /fr/404.html 404\n"
    )
    assert not any(output.path in ("wie.html", "nl/oud/index.html") for output in served.outputs)
    assert page_of(build, "nl/oud/").xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/nl/over-ons/"
    ]
    assert "oud/" not in text_of(build, "sitemap.xml")


@pytest.mark.parametrize(
    "base", ["https://example.org", "https://example.org/unie", "http://localhost:8000/a/b"]
)
def test_every_link_leads_somewhere_also_below_a_path(site: Builds, base: str) -> None:
    """Followed as a browser would, from the address at which each page is published."""
    build = site(EVERYTHING, options=Options(base_url=base + "/"))
    assert not build.failed
    published = {f"{base}/{output.path}": output.path for output in build.outputs}
    ids = {o.path: set(page_of(build, o.path).xpath("//@id")) for o in build.outputs if o.is_page}
    host = urlsplit(base).netloc
    for output in build.outputs:
        if not output.is_page:
            continue
        here = f"{base}/{output.path}".removesuffix("index.html")
        for address in page_of(build, output.path).xpath("//@href | //@src"):
            whole = urljoin(here, address)
            if urlsplit(whole).netloc != host:
                continue
            target, _, anchor = whole.partition("#")
            target += "index.html" if target.endswith("/") else ""
            assert target in published, f"{output.path} -> {address}"
            assert not anchor or anchor in ids[published[target]], f"{output.path} -> {address}"


def test_the_address_of_the_caller_replaces_that_of_the_settings(site: Builds) -> None:
    build = site(options=Options(base_url="https://preview.example/x"))
    together = b"".join(output.data for output in build.outputs)
    assert b"example.org/" not in together.replace(b"info@example.org", b"")
    assert b"https://preview.example/x/nl/" in together


def test_root_files_are_there(site: Builds) -> None:
    paths = {output.path for output in site().outputs}
    assert {
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "nl/index.html",
        "nl/404.html",
        "nl/feed.xml",
        "fr/index.html",
        "fr/404.html",
        "fr/feed.xml",
    } <= paths


def test_assets_carry_their_digest(site: Builds) -> None:
    import hashlib
    import re

    for output in site().outputs:
        match = re.fullmatch(r"assets/([\w-]+)\.([0-9a-f]{10})\.\w+", output.path)
        if output.path.startswith("assets/"):
            assert match
            if match[1] != "share":  # named by the digest of what is drawn: see test_share.py
                assert hashlib.sha256(output.data).hexdigest().startswith(match[2])


def test_warnings_can_be_allowed_with_a_reason(site: Builds) -> None:
    text = "---\ntitle: Over ons\nallow:\n  heading-without-id: Tijdelijk.\n---\n\n## Wie\n"
    build = site({"content/about/nl.md": text})
    assert "heading-without-id" not in {each.check for each in build.diagnostics}


def test_errors_cannot_be_allowed(site: Builds) -> None:
    text = "---\ntitle: Over ons\nallow:\n  broken-link: Later.\n---\n\n[weg](page:weg)\n"
    assert site({"content/about/nl.md": text}).failed


def test_all_mistakes_come_sorted_and_once(site: Builds) -> None:
    text = "---\ntitle: Over ons\n---\n\n[b](page:b) [a](page:a)\n\n[b](page:b)\n"
    build = site({"content/about/nl.md": text, "content/about/fr.md": "---\ntitel: x\n---\n"})
    errors = [each for each in build.diagnostics if each.severity is Severity.ERROR]
    places = [(e.span.path, *build.sources[e.span.path].position(e.span.start)) for e in errors]
    assert places == [
        ("content/about/fr.md", 2, 1),
        ("content/about/nl.md", 5, 5),
        ("content/about/nl.md", 5, 17),
        ("content/about/nl.md", 7, 5),
    ]


def test_a_failed_build_has_nothing_to_publish(site: Builds) -> None:
    build = site({"content/about/nl.md": "---\ntitle: Over ons\n---\n\n[b](page:b)\n"})
    assert build.failed
    assert build.outputs == ()


def test_every_output_beside_the_pages_is_a_row_of_the_table() -> None:
    """A new one is a function, and its row: nothing else names it."""
    rows = [
        each
        for name, each in vars(beside).items()
        if inspect.isfunction(each)
        and each.__module__ == beside.__name__
        and list(inspect.signature(each).parameters) == ["finished"]
        and each is not beside.files_beside
    ]
    assert {each for each in beside.OUTPUTS if each.__name__ != "<lambda>"} == set(rows)
