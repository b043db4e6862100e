"""This project's own site: whole, in both languages, without an error or a warning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.build import Build
from diptych.diagnostics import Severity
from diptych.model import Tree
from tests.conftest import ROOT, Ran, page_of, text_of

PAGES = {"home", "mission", "history", "faq", "timeline", "safety", "privacy"}  # and perhaps more
LANGUAGES = ("nl", "fr")

EVENTS = (  # the permalinks, which never change, and the dates, as the facts have them
    ("press-conference-demands", "2019-05"),
    ("windows-closed", "2020-03-13"),
    ("first-lockdown", "2020-03-18"),
    ("support-project", "2020-04-01"),
    ("media-turn", "2020-21"),
    ("jambon-statement", "2020-05-13"),
    ("gees-meeting", "2020-06-03"),
    ("first-reopening", "2020-06-08"),
    ("corona-tv-ends", "2020-06"),
    ("liberal-headquarters", "2020-06-24"),
    ("political-note", "2020-07-02"),
    ("coalition-agreement", "2020-09-30"),
    ("brussels-windows-closed", "2020-10-08"),
    ("national-closure", "2020-10-19"),
    ("second-lockdown", "2020-11-02"),
    ("party-chair-cabinet", "2020-11-17"),
    ("asylum-cabinet", "2020-11-24"),
    ("emergency-funds", "2020-11-27"),
    ("common-position", "2020-12-01"),
    ("note-to-all-parties", "2020-12"),
    ("vooruit-meeting", "2021-01-22"),
    ("schlitz-cabinet", "2021-02-10"),
    ("hairdressers-reopen", "2021-02-13"),
    ("justice-refusal", "2021-03-04"),
    ("north-station-demonstration", "2021-03-07"),
    ("press-and-clarinval", "2021-03-08"),
    ("health-cabinet", "2021-03-24"),
    ("decriminalisation-announced", "2021-04-01"),
    ("protocol-ready", "2021-05-20"),
    ("protocol-approved", "2021-06-02"),
    ("second-reopening", "2021-06-09"),
    ("opinion-le-soir", "2021-06-22"),
    ("opinion-la-libre", "2021-06-23"),
    ("opinion-faces", "2021-06-24"),
    ("opinion-le-vif", "2021-06-27"),
    ("faces-demonstration", "2021-07-07"),
    ("ecolo-remark", "2021-07-08"),
    ("ministers-compromise", "2021-07-16"),
    ("bill-to-committee", "2021-07-19"),
    ("member-think-groups", "2021-09"),
    ("hearing-invitation", "2021-10-18"),
    ("utsopi-hearing", "2021-10-26"),
    ("prosecutors-general", "2021-10-27"),
    ("amendments-with-centres", "2021-11-03"),
    ("coalition-grows", "2021-11-04"),
    ("bilingual-text", "2021-11-06/2021-11-07"),
    ("letter-to-college", "2021-11-08"),
    ("proposals-to-members", "2021-11-09"),
    ("committee-resumes", "2021-11-16"),
    ("kern-agenda", "2021-12-06"),
    ("majority-agreement", "2021-12-13"),
    ("amendments-sent", "2021-12-14"),
    ("amendments-adopted", "2021-12-15"),
    ("last-committee-debate", "2022-02-22"),
    ("at-the-gates-of-parliament", "2022-03-17"),
    ("parliament-vote", "2022-03-18T01:35"),
    ("labour-framework", "2022-03-21"),
)


def test_it_has_no_error_and_no_warning(real_build: Build) -> None:
    wrong = [
        f"{each.span.path}: {each.message} [{each.check}]"
        for each in real_build.diagnostics
        if each.severity is not Severity.INFO
    ]
    assert wrong == []


def test_check_strict_ends_with_0(run: Callable[..., Ran]) -> None:
    """What `make check` and CI run; also interface strings are all translated and all used."""
    result = run("check", "--strict", "--format", "json", root=ROOT)
    problems = [
        f"{each['path']}:{each['line']}: {each['message']} [{each['check']}]"
        for each in json.loads(result.out)["diagnostics"]
        if each["severity"] != "info"
    ]
    assert problems == []
    assert result.status == 0


@pytest.mark.parametrize("language", ["en", "nl", "fr", "file"])
def test_check_says_nothing(language: str, run: Callable[..., Ran]) -> None:
    arguments = ("--message-language", language, "check")
    assert run(*arguments, root=ROOT) == run(*arguments, "--strict", root=ROOT) == Ran(0, "", "")


def test_every_page_is_written_in_both_languages(real_build: Build) -> None:
    assert real_build.site is not None
    states = {(page.key, page.language): page.state for page in real_build.site.pages}
    keys = {key for key, _ in states}
    assert keys >= PAGES
    assert states == {(key, language): "current" for key in keys for language in LANGUAGES}


def test_the_menu_leads_to_every_page(real_build: Build) -> None:
    assert real_build.site is not None
    for language in LANGUAGES:
        home = page_of(real_build, f"{language}/")
        reached = set(home.xpath("//nav//a/@href | //footer//a/@href | //header//a/@href"))
        paths = {f"/{p.path}" for p in real_build.site.pages if p.language == language}
        assert paths - reached == set()


def test_headings_share_their_ids_and_their_order(real_build: Build) -> None:
    assert real_build.site is not None
    for key in {page.key for page in real_build.site.pages}:
        ids = {
            page.language: [(h.level, h.id) for h in page.document.prose.headings]
            for page in real_build.site.own_versions(key)
        }
        assert ids["nl"] == ids["fr"], key
        for page in real_build.site.own_versions(key):
            assert [h.text for h in page.document.prose.headings if not h.shared] == []


def test_the_mission_has_ten_sections(real_build: Build) -> None:
    assert real_build.site is not None
    for language in LANGUAGES:
        page = real_build.site.page("mission", language)
        assert page is not None
        assert len([h for h in page.document.prose.headings if h.level == 2]) == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_is_on_the_page_and_in_the_data_in_order(
    real_build: Build, language: str
) -> None:
    assert real_build.site is not None
    page = real_build.site.page("timeline", language)
    assert page is not None
    ids = [identity for identity, _ in EVENTS]
    assert page_of(real_build, page.path).xpath("//article[@id]/@id") == ids
    events = json.loads(text_of(real_build, f"{page.path}timeline.json"))["events"]
    assert [(e["id"], e["date"] + (f"/{e['end']}" if e["end"] else "")) for e in events] == list(
        EVENTS
    )


def test_every_event_is_told_in_both_languages(real_build: Build) -> None:
    assert real_build.site is not None
    (timeline,) = real_build.site.timelines
    for event in timeline.events:
        assert set(event.titles) == set(event.texts) == set(LANGUAGES), event.id


def test_nothing_stays_for_later(real_build: Build) -> None:
    """No placeholder, no English sentence of the interface, no mark of a template is published."""
    for output in real_build.outputs:
        if output.is_page:
            text = page_of(real_build, output.path).xpath("string(//body)")
            for word in ("TODO", "FIXME", "Lorem ipsum", "{{", "{%", "Skip to the text", "None"):
                assert word not in text, f"{output.path}: {word}"


def test_every_address_is_quiet_and_short(real_build: Build) -> None:
    assert real_build.site is not None
    for page in real_build.site.pages:
        assert page.path == page.path.lower()
        assert page.path.count("/") <= 3


def test_what_is_published_stays_small(real_build: Build) -> None:
    """Read on a phone with little data: a page with what it loads stays far below a megabyte."""
    sizes = {output.path: len(output.data) for output in real_build.outputs}
    loaded = sum(size for path, size in sizes.items() if path.endswith((".css", ".js")))
    pages = {path: size for path, size in sizes.items() if path.endswith("index.html")}
    assert {path: size for path, size in pages.items() if size + loaded > 500_000} == {}


def test_the_sources_hold_nothing_compiled_or_left_over(real_tree: Tree) -> None:
    paths = [file.path for file in real_tree.files]
    assert [path for path in paths if path.endswith((".mo", ".pyc", ".orig", "~"))] == []
    assert list((ROOT / "i18n").rglob("*.mo")) == []


def test_it_is_published_whole(real_build: Build, tmp_path: Path) -> None:
    from diptych.disk import publish, verify

    publish(real_build.outputs, tmp_path / "public", tmp_path)
    assert verify(tmp_path / "public") == ()
    assert (tmp_path / "public" / "nl" / "index.html").is_file()
    assert (tmp_path / "public" / "fr" / "index.html").is_file()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_event_leads_to_the_ones_before_and_after(real_build: Build, language: str) -> None:
    """With what came of a great step, where the sources say so."""
    assert real_build.site is not None
    (timeline,) = real_build.site.timelines
    page = real_build.site.page(timeline.key, language)
    assert page is not None
    articles = page_of(real_build, page.output).xpath("//li[contains(@class, 'event')]/article")
    known = [event.id for event in timeline.events]
    around = [[None, *known][i : i + 3] for i in range(len(known))]
    for article, near, event in zip(articles, around, timeline.events, strict=True):
        links = article.xpath("p[contains(@class, 'along')]/a/@href")
        assert links == [f"#{each}" for each in (near[0], *near[2:]) if each]
        led = article.xpath("p[@class='led']/a/@href")
        assert led == ([f"#{event.leads_to.value}"] if event.leads_to else [])
    assert sum(event.leads_to is not None for event in timeline.events) == 3
