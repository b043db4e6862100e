"""The table of pages: which page exists in which language, in what state, at what address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from diptych.pipeline import Build, Options
from diptych.site import Site
from tests.conftest import blank_pdf

Builds = Callable[..., Build]


def front(title: str, *more: str) -> str:
    return "\n".join(["---", f"title: {title}", *more, "---", "", "Tekst.", ""])


def table(site: Site | None) -> list[tuple[str, str, str, str]]:
    """Key, language, state and address of every page."""
    assert site is not None
    return [(page.key, page.language, page.state, page.path) for page in site.pages]


def checks(build: Build) -> list[str]:
    """What was wrong, without what compares the languages' texts."""
    kinds = {
        "missing-translation",
        "missing-home",
        "layout-conflict",
        "only-conflict",
        "slug-collision",
        "reserved-slug",
        "orphan-file",
        "empty-event",
        "unknown-page",
    }
    return [each.check for each in build.diagnostics if each.check in kinds]


def test_every_language_has_every_page(site: Builds) -> None:
    assert table(site().site) == [
        ("about", "nl", "current", "nl/over-ons/"),
        ("about", "fr", "current", "fr/a-propos/"),
        ("home", "nl", "current", "nl/"),
        ("home", "fr", "current", "fr/"),
    ]


def test_a_missing_language_is_a_fallback_under_its_own_prefix(site: Builds) -> None:
    build = site({"content/news/fr.md": front("Nouvelles")})
    assert [row for row in table(build.site) if row[0] == "news"] == [
        ("news", "nl", "fallback", "nl/nouvelles/"),
        ("news", "fr", "current", "fr/nouvelles/"),
    ]
    assert checks(build) == ["missing-translation"]
    assert not build.failed


def test_no_language_comes_first(site: Builds) -> None:
    """A page that is only in the second language is as much a page as one in the first."""
    build = site({"content/one/nl.md": front("Een"), "content/two/fr.md": front("Deux")})
    rows = [row for row in table(build.site) if row[0] in ("one", "two")]
    assert rows == [
        ("one", "nl", "current", "nl/een/"),
        ("one", "fr", "fallback", "fr/een/"),
        ("two", "nl", "fallback", "nl/deux/"),
        ("two", "fr", "current", "fr/deux/"),
    ]


def test_only_on_purpose(site: Builds) -> None:
    build = site({"content/news/fr.md": front("Nouvelles", "only: Une action à Liège.")})
    assert [row for row in table(build.site) if row[0] == "news"] == [
        ("news", "fr", "current", "fr/nouvelles/")
    ]
    assert checks(build) == []


@pytest.mark.parametrize("drafts", [False, True])
def test_a_draft_is_there_when_it_is_wanted(site: Builds, drafts: bool) -> None:
    files = {
        "content/news/nl.md": front("Nieuws", "draft: true"),
        "content/news/fr.md": front("Nouvelles", "draft: true"),
    }
    build = site(files, options=Options(drafts=drafts))
    states = [row[2] for row in table(build.site) if row[0] == "news"]
    assert states == (["current", "current"] if drafts else [])


def test_a_draft_in_one_language_is_as_good_as_absent(site: Builds) -> None:
    files = {
        "content/news/nl.md": front("Nieuws", "draft: true"),
        "content/news/fr.md": front("Nouvelles"),
    }
    build = site(files)
    rows = [row[1:] for row in table(build.site) if row[0] == "news"]
    assert rows == [("nl", "fallback", "nl/nouvelles/"), ("fr", "current", "fr/nouvelles/")]
    (missing,) = [each for each in build.diagnostics if each.check == "missing-translation"]
    assert str(missing.hint).startswith("content/news/nl.md is still a draft: take out")


def test_nothing_of_a_draft_is_published(site: Builds) -> None:
    """Not its timeline on the home page, not its files."""
    events = (
        "- id: a\n  date: 2020\n  title: {nl: Geheim, fr: Secret}\n"
        "  text: {nl: Geheim., fr: Secret.}\n"
    )
    build = site(
        {
            "content/time/nl.md": front("Tijdlijn", "layout: timeline", "draft: true"),
            "content/time/fr.md": front("Chronologie", "layout: timeline", "draft: true"),
            "content/time/timeline.yaml": events,
            "content/time/plan.pdf": blank_pdf(),
        }
    )
    assert not build.failed
    leaks = [
        o.path
        for o in build.outputs
        if b"Geheim" in o.data or b"secret" in o.data.lower() or "plan" in o.path
    ]
    assert leaks == []


def test_nested_pages_lie_below_their_parent_in_each_language(site: Builds) -> None:
    build = site(
        {
            "content/about/team/nl.md": front("Ploeg"),
            "content/about/team/fr.md": front("Équipe"),
            "content/about/team/board/nl.md": front("Bestuur", "slug: raad"),
            "content/about/team/board/fr.md": front("Comité"),
        }
    )
    assert [row[3] for row in table(build.site) if row[0].startswith("about/")] == [
        "nl/over-ons/ploeg/",
        "fr/a-propos/equipe/",
        "nl/over-ons/ploeg/raad/",
        "fr/a-propos/equipe/comite/",
    ]
    assert build.site is not None
    assert [page.parent for page in build.site.pages if page.key == "about/team/board"] == [
        "about/team"
    ] * 2


def test_a_nested_page_whose_parent_lacks_the_language(site: Builds) -> None:
    build = site(
        {
            "content/news/nl.md": front("Nieuws"),
            "content/news/first/nl.md": front("Eerste"),
            "content/news/first/fr.md": front("Premier"),
        }
    )
    assert [row[2:] for row in table(build.site) if row[0].startswith("news")] == [
        ("current", "nl/nieuws/"),
        ("fallback", "fr/nieuws/"),
        ("current", "nl/nieuws/eerste/"),
        ("current", "fr/nieuws/premier/"),
    ]


def test_a_folder_without_a_page_gives_its_name_to_the_address(site: Builds) -> None:
    build = site(
        {
            "content/news/first/nl.md": front("Eerste"),
            "content/news/first/fr.md": front("Premier"),
        }
    )
    assert [row[3] for row in table(build.site) if row[0] == "news/first"] == [
        "nl/news/eerste/",
        "fr/news/premier/",
    ]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Lire en sécurité", "lire-en-securite"),
        ("Travailleur·euses", "travailleureuses"),
        ("L'été d'après", "l-ete-d-apres"),
        ("100 % à nous !", "100-a-nous"),
        ("Œuvre", "oeuvre"),
        ("a" * 200, "a" * 80),
    ],
)
def test_the_slug_comes_from_the_title(site: Builds, title: str, slug: str) -> None:
    build = site({"content/about/nl.md": front(f'"{title}"')})
    assert table(build.site)[0][3] == f"nl/{slug}/"


def test_there_is_one_home_page(site: Builds) -> None:
    none = site({"content/home/nl.md": front("Welkom"), "content/home/fr.md": front("Bienvenue")})
    assert checks(none) == ["missing-home"]
    two = site(
        {
            "content/about/nl.md": front("Over", "layout: home"),
            "content/about/fr.md": front("À propos", "layout: home"),
        }
    )
    assert checks(two) == ["missing-home"]


def test_a_home_page_in_one_language_still_gives_each_language_a_front_page(site: Builds) -> None:
    build = site({"content/home/fr.md": None})
    assert not build.failed
    assert [row[2:] for row in table(build.site) if row[0] == "home"] == [
        ("current", "nl/"),
        ("fallback", "fr/"),
    ]


def test_languages_of_one_page_share_its_layout(site: Builds) -> None:
    assert "layout-conflict" in checks(
        site({"content/about/nl.md": front("Over ons", "layout: list")})
    )


def test_two_pages_cannot_share_an_address(site: Builds) -> None:
    files = {"content/other/nl.md": front("Over Ons"), "content/other/fr.md": front("Autre")}
    assert checks(site(files)) == ["slug-collision"]


def test_a_fallback_collides_too(site: Builds) -> None:
    """The Dutch page would be shown to French readers at an address that a French page has."""
    build = site({"content/other/nl.md": front("À propos")})
    assert sorted(checks(build)) == ["missing-translation", "slug-collision"]


def test_an_event_needs_one_language_whole(site: Builds) -> None:
    time = {
        "content/time/nl.md": front("Tijd", "layout: timeline"),
        "content/time/fr.md": front("Temps", "layout: timeline"),
    }
    half = "- id: a\n  date: 2020\n  title: {nl: Een}\n  text: {nl: Een.}\n"
    build = site({**time, "content/time/timeline.yaml": half})
    assert checks(build) == ["missing-translation"]
    assert not build.failed
    none = "- id: a\n  date: 2020\n  title: {nl: Een}\n  text: {fr: Un.}\n"
    assert checks(site({**time, "content/time/timeline.yaml": none})) == ["empty-event"]


def test_the_same_tree_gives_the_same_site(site: Builds) -> None:
    assert site().site == site().site


@pytest.mark.parametrize(
    ("count", "listed", "shown"), [(29, True, 30), (40, True, 1), (40, False, 40)]
)
def test_the_foot_does_not_grow_with_the_site(
    count: int, listed: bool, shown: int, site: Callable[..., Build]
) -> None:
    """Of many pages it names the one that lists them all; without such a page, all of them."""
    files = {
        f"content/p{number}/nl.md": f"---\ntitle: P{number}\n---\n\nX.\n" for number in range(count)
    }
    if listed:
        files["content/all/nl.md"] = "---\ntitle: Alles\nlayout: search\n---\n\nX.\n"
    built = site(files)
    page = next(each.data.decode() for each in built.outputs if each.path == "nl/p1/index.html")
    foot = page[page.index("<footer") :]
    assert len(set(re.findall(r'href="(/nl/(?:p\d+|alles)/)"', foot))) == shown
