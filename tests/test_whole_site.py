"""A whole site: what holds of it in every language, whatever its texts say.

Here it is the example. The same tests run on this repository's own site in `tests/site/test_laws.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.diagnostics import Severity
from diptych.disk import publish, verify
from diptych.model import Timeline, Tree
from diptych.pipeline import Build
from diptych.site import Page, Site
from tests.conftest import Ran, page_of, text_of


@pytest.fixture(scope="session")
def site_of(whole_build: Build) -> Site:
    """The site that was built."""
    assert whole_build.site is not None
    return whole_build.site


def shown(site: Site) -> list[tuple[Timeline, Page]]:
    """Each timeline with its page in each language."""
    pages = [
        (timeline, site.page(timeline.key, language.key))
        for timeline in site.timelines
        for language in site.settings.languages
    ]
    return [(timeline, page) for timeline, page in pages if page is not None]


def test_it_has_no_error_and_no_warning(whole_build: Build) -> None:
    wrong = [
        f"{each.span.path}: {each.message} [{each.check}]"
        for each in whole_build.diagnostics
        if each.severity is not Severity.INFO
    ]
    assert wrong == []


def test_check_strict_ends_with_0(run: Callable[..., Ran], whole_root: Path) -> None:
    """What `make check` and CI run; also interface strings are all translated and all used."""
    result = run("check", "--strict", "--format", "json", root=whole_root)
    problems = [
        f"{each['path']}:{each['line']}: {each['message']} [{each['check']}]"
        for each in json.loads(result.out)["diagnostics"]
        if each["severity"] != "info"
    ]
    assert problems == []
    assert result.status == 0


@pytest.mark.parametrize("language", ["en", "nl", "fr", "file"])
def test_check_says_nothing(language: str, run: Callable[..., Ran], whole_root: Path) -> None:
    arguments = ("--message-language", language, "check")
    assert run(*arguments, root=whole_root) == Ran(0, "", "")
    assert run(*arguments, "--strict", root=whole_root) == Ran(0, "", "")


def test_every_page_is_reached_from_the_home_page(whole_build: Build, site_of: Site) -> None:
    """By links of its own language, one after the other."""
    base = site_of.href("")
    for language in (each.key for each in site_of.settings.languages):
        paths = {f"{base}{page.path}" for page in site_of.pages if page.language == language}
        reached: set[str] = set()
        ahead = {f"{base}{language}/"}
        while ahead:
            page = ahead.pop()
            reached.add(page)
            links = page_of(whole_build, page.removeprefix(base)).xpath("//a/@href")
            ahead |= {link.partition("#")[0] for link in links} & paths - reached
        assert paths - reached == set()


def test_headings_share_their_ids_and_their_order(site_of: Site) -> None:
    for key in {page.key for page in site_of.pages}:
        versions = site_of.own_versions(key)
        ids = [[(h.level, h.id) for h in page.document.prose.headings] for page in versions]
        assert all(each == ids[0] for each in ids), key
        for page in versions:
            assert [h.text for h in page.document.prose.headings if not h.shared] == []


def test_every_event_is_on_the_page_and_in_the_data_in_order(
    whole_build: Build, site_of: Site
) -> None:
    for timeline, page in shown(site_of):
        ids = [event.id for event in timeline.events]
        assert page_of(whole_build, page.path).xpath("//article[@id]/@id") == ids
        data = json.loads(text_of(whole_build, f"{page.path}timeline.json"))["events"]
        assert [each["id"] for each in data] == ids


def test_every_event_is_written_in_every_language(site_of: Site) -> None:
    languages = {language.key for language in site_of.settings.languages}
    for timeline in site_of.timelines:
        for event in timeline.events:
            assert set(event.titles) == set(event.texts) == languages, event.id


def test_nothing_stays_for_later(whole_build: Build) -> None:
    """No placeholder, no English sentence of the interface, no mark of a template is published."""
    for output in whole_build.outputs:
        if output.is_page:
            text = page_of(whole_build, output.path).xpath("string(//body)")
            for word in ("TODO", "FIXME", "Lorem ipsum", "{{", "{%", "Skip to the text", "None"):
                assert word not in text, f"{output.path}: {word}"


def test_every_address_is_quiet_and_short(site_of: Site) -> None:
    for page in site_of.pages:
        assert page.path == page.path.lower()
        assert page.path.count("/") <= 3


def test_what_is_published_stays_small(whole_build: Build) -> None:
    """Read on a phone with little data: a page with what it loads stays far below a megabyte."""
    sizes = {output.path: len(output.data) for output in whole_build.outputs}
    loaded = sum(size for path, size in sizes.items() if path.endswith((".css", ".js")))
    pages = {path: size for path, size in sizes.items() if path.endswith("index.html")}
    assert {path: size for path, size in pages.items() if size + loaded > 500_000} == {}


def test_the_sources_hold_nothing_compiled_or_left_over(whole_tree: Tree) -> None:
    paths = [file.path for file in whole_tree.files]
    assert [path for path in paths if path.endswith((".mo", ".pyc", ".orig", "~"))] == []


def test_it_is_published_whole(whole_build: Build, site_of: Site, tmp_path: Path) -> None:
    publish(whole_build.outputs, tmp_path / "public", tmp_path)
    assert verify(tmp_path / "public") == ()
    for language in site_of.settings.languages:
        assert (tmp_path / "public" / language.key / "index.html").is_file()


def test_an_event_leads_to_what_came_of_it(whole_build: Build, site_of: Site) -> None:
    for timeline, page in shown(site_of):
        articles = page_of(whole_build, page.output).xpath(
            "//li[contains(@class, 'event')]/article"
        )
        for article, event in zip(articles, timeline.events, strict=True):
            led = article.xpath("p[@class='led']/a/@href")
            assert led == ([f"#{event.leads_to.value}"] if event.leads_to else [])
