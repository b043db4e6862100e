"""What this site holds: its pages, its events with their dates, its words."""

from __future__ import annotations

import json
import re

from diptych.pipeline import Build
from diptych.site import Site
from tests.conftest import ROOT, text_of
from tests.unit.test_share import shared

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


def test_every_page_is_written_in_both_languages(site_of: Site) -> None:
    states = {(page.key, page.language): page.state for page in site_of.pages}
    keys = {key for key, _ in states}
    assert keys >= PAGES
    assert states == {(key, language): "current" for key in keys for language in LANGUAGES}


def test_the_mission_has_ten_sections(site_of: Site) -> None:
    for language in LANGUAGES:
        page = site_of.page("mission", language)
        assert page is not None
        assert len([h for h in page.document.prose.headings if h.level == 2]) == 10


def test_the_events_are_those_of_the_facts(whole_build: Build, site_of: Site) -> None:
    for language in LANGUAGES:
        page = site_of.page("timeline", language)
        assert page is not None
        events = json.loads(text_of(whole_build, f"{page.path}timeline.json"))["events"]
        dates = [each["date"] + (f"/{each['end']}" if each["end"] else "") for each in events]
        assert [(each["id"], date) for each, date in zip(events, dates, strict=True)] == list(
            EVENTS
        )


def test_three_events_say_what_came_of_them(site_of: Site) -> None:
    (timeline,) = site_of.timelines
    assert sum(event.leads_to is not None for event in timeline.events) == 3


def test_the_list_of_words_stays_short(site_of: Site) -> None:
    assert 5 <= len(site_of.vocabulary.terms) <= 8


def test_the_page_about_safety_is_discreet(whole_build: Build, site_of: Site) -> None:
    for page in site_of.versions("safety"):
        assert shared(whole_build, page.output)["title"] == "UTSOPI"


def test_no_word_of_the_site_s_own_lets_a_french_mark_begin_a_line() -> None:
    text = (ROOT / "i18n/fr/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    said = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', text, re.MULTILINE)
    assert [each for each in said if re.search(r" [:;!?»]|« ", each)] == []
