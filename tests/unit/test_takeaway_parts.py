"""The take-away file of a large site: a list of files, one for each section."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache, Watch
from diptych.pipeline import Build, Options, build_site
from tests.conftest import SITE_YAML, make_tree, page_of, text_of

Builds = Callable[..., Build]
LIST = {"nl": "nl/hele-site.htm", "fr": "fr/site-entier.htm"}


def files(items: int = 3) -> dict[str, str]:
    """A site with news below a page, and pages that are alone at the top."""
    found = {
        "content/site.yaml": SITE_YAML.replace("navigation: [about]", "navigation: [about, news]")
    }
    for language, news, item, else_, zin in (
        ("nl", "Nieuws", "Bericht", "Ergens", "Een lange zin."),
        ("fr", "Actualités", "Nouvelle", "Ailleurs", "Un long texte."),
    ):
        found[f"content/news/{language}.md"] = (
            f"---\ntitle: {news}\nlayout: list\n---\n\n[A](page:elsewhere#part), "
            "[B](page:news/item-0).\n"
        )
        found[f"content/elsewhere/{language}.md"] = (
            f"---\ntitle: {else_}\n---\n\n[C](page:news/item-1).\n\n## {else_} {{#part}}\n\nX.\n"
        )
        found[f"content/find/{language}.md"] = f"---\ntitle: S {else_}\nlayout: search\n---\n\nX.\n"
        for number in range(items):
            found[f"content/news/item-{number}/{language}.md"] = (
                f"---\ntitle: {item} {number}\ndate: 2024-03-0{number + 1}\n---\n\n"
                f"{(zin + ' ') * 30}\n"
            )
    return found


SECTION = max(  # the news is one file, and the whole site is more
    sum(len(text) for path, text in files().items() if "/news/" in path and path.endswith(each))
    for each in ("nl.md", "fr.md")
)


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    module = sys.modules["diptych.render.parts"]
    return lambda value: monkeypatch.setattr(module, "LIMIT", value)


def wholes(build: Build, language: str = "nl") -> dict[str, list[str]]:
    """The titles of the chapters of each take-away file of a language."""
    paths = [each.path for each in build.outputs if each.path.endswith(".htm")]
    return {
        path: [str(each) for each in page_of(build, path).xpath("//article/h2/text()")]
        for path in paths
        if path.startswith(language)
    }


def test_a_site_below_the_limit_has_one_file(site: Builds) -> None:
    build = site(files())
    assert wholes(build) == {
        LIST["nl"]: [
            "Welkom", "Over ons", "Nieuws", "Bericht 0", "Bericht 1", "Bericht 2", "Ergens"
        ]
    }  # fmt: skip
    assert page_of(build, "nl/nieuws/").xpath("//footer//a[@download]/@href") == [
        "/nl/hele-site.htm"
    ]


def test_a_site_above_the_limit_has_a_file_for_each_section(
    site: Builds, limit: Callable[[int], None]
) -> None:
    limit(SECTION)
    build = site(files())
    assert not [each for each in build.diagnostics if each.check != "unconfirmed"]
    assert wholes(build) == {
        LIST["nl"]: [],
        "nl/hele-site-nieuws.htm": ["Nieuws", "Bericht 0", "Bericht 1", "Bericht 2"],
        "nl/hele-site-andere-pagina-s.htm": ["Welkom", "Over ons", "Ergens"],
    }
    assert set(wholes(build, "fr")) == {
        LIST["fr"],
        "fr/site-entier-actualites.htm",
        "fr/site-entier-autres-pages.htm",
    }


@pytest.mark.parametrize(
    ("language", "foot"),
    [
        ("nl", "De hele site in bestanden om mee te nemen"),
        ("fr", "Tout le site, en fichiers à emporter"),
    ],
)
def test_every_page_leads_to_the_list_and_the_list_to_every_file(
    language: str, foot: str, site: Builds, limit: Callable[[int], None]
) -> None:
    limit(SECTION)
    build = site(files())
    pages = [
        each.path
        for each in build.outputs
        if each.path.startswith(f"{language}/") and each.path.endswith(".html")
    ]
    assert len(pages) > 7
    for path in pages:
        links = page_of(build, path).xpath("//footer//a")
        assert [each.text for each in links if each.get("href") == f"/{LIST[language]}"] == [
            foot
        ], path
        (link,) = [each for each in links if each.text == foot]
        assert link.get("href") == f"/{LIST[language]}"
        assert link.get("download") is None
    listed = page_of(build, LIST[language]).xpath("//nav//a[@download]/@href")
    files_of = set(wholes(build, language)) - {LIST[language]}
    assert {f"{language}/{each}" for each in listed} == files_of
    assert page_of(build, LIST[language]).xpath("//article") == []


def test_links_stay_in_a_file_and_lead_to_the_site_for_what_is_in_another(
    site: Builds, limit: Callable[[int], None]
) -> None:
    limit(SECTION)
    build = site(files())
    news = page_of(build, "nl/hele-site-nieuws.htm")
    assert news.xpath("//article//p/a/@href") == [
        "https://example.org/nl/ergens/#part",
        "#news-item-0",
    ]
    others = page_of(build, "nl/hele-site-andere-pagina-s.htm")
    assert others.xpath("//article//p/a/@href")[-1] == "https://example.org/nl/nieuws/bericht-1/"


def test_a_section_above_the_limit_is_divided_again(
    site: Builds, limit: Callable[[int], None]
) -> None:
    limit(1300)
    build = site(files(5))
    assert [path for path in wholes(build) if "nieuws" in path] == [
        "nl/hele-site-nieuws-2.htm",
        "nl/hele-site-nieuws-3.htm",
        "nl/hele-site-nieuws.htm",
    ]
    chapters = [title for titles in wholes(build).values() for title in titles]
    assert sorted(chapters) == sorted(wholes_of_one(site))
    assert "<title>Voorbeeld – Nieuws (2/3)</title>" in text_of(build, "nl/hele-site-nieuws-2.htm")
    names = page_of(build, LIST["nl"]).xpath("//nav//a/text()")
    assert names == ["Nieuws (1/3)", "Nieuws (2/3)", "Nieuws (3/3)", "Andere pagina’s"]


def wholes_of_one(site: Builds) -> list[str]:
    """The chapters of the same site in one file."""
    sys.modules["diptych.render.parts"].__dict__["LIMIT"] = 2_000_000
    (titles,) = wholes(site(files(5))).values()
    return titles


def test_only_the_chapters_of_a_file_that_changes_are_looked_up(
    limit: Callable[[int], None], tmp_path: Path
) -> None:
    class Chapters(Watch):
        def asked(self, stage: str, count: int) -> None:
            if stage == "make_chapter":
                looked_up.append(count)

        def begun(self, stage: str) -> None:
            if stage == "make_chapter":
                drawn.append(stage)

    limit(SECTION + 20)
    for path, slots in (("news/item-1", 4), ("elsewhere", 3), ("news/item-2", 4)):
        for text in ("", f"{path}."):
            cache = Cache(tmp_path)
            looked_up, drawn = list[int](), list[str]()
            cache.watch = Chapters()
            changed = files()
            changed[f"content/{path}/nl.md"] += text
            build = build_site(make_tree(changed), Options(index=False), cache)
            cache.save()
        assert (sum(looked_up), len(drawn)) == (slots, 1)
        assert (
            build.outputs
            == build_site(make_tree(changed), Options(index=False), Cache(None)).outputs
        )


def test_sections_of_one_name_have_files_of_their_own(
    site: Builds, limit: Callable[[int], None]
) -> None:
    """Of a title that cannot be in an address nothing is left, and two sections may have one name."""
    limit(100)
    sources = files(2)
    for language in ("nl", "fr"):
        sources[f"content/more/{language}.md"] = (
            "---\ntitle: Meer\nshort: Andere pagina’s\n---\n\nTekst.\n"
        )
        sources[f"content/more/one/{language}.md"] = "---\ntitle: Eén\n---\n\nTekst.\n"
    build = site(sources)
    assert not [each for each in build.diagnostics if each.severity.value == "error"]
    chapters = [title for titles in wholes(build).values() for title in titles]
    assert len(chapters) == len(set(chapters)) == 8


def test_the_policy_of_each_file_allows_what_it_holds(
    site: Builds, limit: Callable[[int], None]
) -> None:
    limit(SECTION)
    sources = files()
    sources["content/site.yaml"] += "hosting: netlify\n"
    build = site(sources)
    rules = text_of(build, "_headers")
    for path in wholes(build):
        assert f"/{path}\n  X-Robots-Tag: noindex" in rules
        assert page_of(build, path).xpath("//a[@data-exit]")


def test_the_limit_counts_pictures(site: Builds, limit: Callable[[int], None]) -> None:
    import io

    from PIL import Image

    data = io.BytesIO()
    Image.effect_noise((400, 300), 90).save(data, "PNG")
    limit(20_000)
    sources = files()
    assert set(wholes(site(sources))) == {LIST["nl"]}
    for language in ("nl", "fr"):
        sources[f"content/elsewhere/{language}.md"] += "\n![Een beeld](noise.png)\n"
    picture = {"content/elsewhere/noise.png": data.getvalue()}
    assert len(wholes(site({**sources, **picture}))) > 2


def test_a_change_that_passes_the_limit_changes_every_foot(
    site: Builds, limit: Callable[[int], None]
) -> None:
    """Also out of the cache."""
    limit(sum(len(text) for path, text in files().items() if path.endswith("fr.md")) + 400)
    sources = files()
    before = site(sources)
    assert "download" in text_of(before, "nl/over-ons/index.html")
    sources["content/elsewhere/nl.md"] += "Een zin. " * 100
    after = site(sources)
    assert "download" not in text_of(after, "nl/over-ons/index.html")
    assert "download" in text_of(after, "fr/a-propos/index.html")
