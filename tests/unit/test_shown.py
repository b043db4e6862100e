"""Pages that come and go on a day, and what is read over again: the same on every day but those named."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, Ran, text_of, write_site

DAY = datetime.date


def files(dates: str) -> dict[str, str | bytes | None]:
    """A page with these dates, one below it, and what names it: the menu, a text, a record, an old address."""
    both = {
        f"content/{key}/{language}.md": f"---\ntitle: {title} {language}\n{front}---\n\n{text}\n"
        for key, title, front, text in (
            ("march", "Mars", dates, "Kom mee."),
            ("march/route", "Route", "", "Van hier tot daar."),
            ("about", "Ons", "", "Lees [de oproep](page:march#x), [de weg](page:march/route)."),
        )
        for language in ("nl", "fr")
    }
    return {
        **both,
        "content/site.yaml": SITE_YAML.replace("[about]", "[about, march]")
        + "redirects: {/oud/: page:march}\n",
        "content/addresses.lock": "# diptych addresses: written by `build.py remember`, one address "
        "and the key of its page a line\n/fr/mars-fr/ march\n/nl/mars-nl/ march\n",
        "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
        "  at: {type: reference, to: page, label: {nl: Bij, fr: À}}\n",
        "content/about/people.yaml": "- {id: bo, at: march}\n",
    }


def built(site: Callable[..., Build], dates: str, day: DAY) -> Build:
    result = site(files(dates), options=Options(today=day))
    wrong = [each for each in result.diagnostics if each.severity.value == "error"]
    return result if not wrong else pytest.fail(str(wrong))


@pytest.mark.parametrize(
    ("dates", "day", "there"),
    [
        ("", DAY(2026, 1, 1), True),
        ("publish: 2026-05-01\n", DAY(2026, 4, 30), False),
        ("publish: 2026-05-01\n", DAY(2026, 5, 1), True),
        ("expires: 2026-05-01\n", DAY(2026, 5, 1), True),
        ("expires: 2026-05-01\n", DAY(2026, 5, 2), False),
        ("publish: 2026-04-01\nexpires: 2026-05-01\n", DAY(2026, 4, 15), True),
        ("publish: 2026-04-01\nexpires: 2026-05-01\n", DAY(2026, 3, 31), False),
    ],
)
def test_a_page_is_there_on_its_days_in_every_language(
    site: Callable[..., Build], dates: str, day: DAY, there: bool
) -> None:
    text = files(dates)
    text["content/march/nl.md"] = str(text["content/march/nl.md"]) + "\n## X {#x}\n"
    text["content/march/fr.md"] = str(text["content/march/fr.md"]) + "\n## X {#x}\n"
    result = site(text, options=Options(today=day))
    assert [each for each in result.diagnostics if each.severity.value == "error"] == []
    paths = {output.path for output in result.outputs}
    for path in ("nl/mars-nl/index.html", "fr/mars-fr/route-fr/index.html"):
        assert (path in paths) is there
    about = text_of(result, "nl/ons-nl/index.html")
    assert ("Mars nl</a>" in about) is there
    assert ('href="/nl/mars-nl/#x">de oproep</a>' in about) is there
    assert "de oproep" in about
    told = sum(each.check == "unshown-link" for each in result.diagnostics)
    assert (told > 0) is not there
    assert ("mars-nl" in text_of(result, "sitemap.xml")) is there
    assert ("oud/index.html" in paths) is there
    assert not [each for each in result.diagnostics if each.check == "lost-address"]


def test_drafts_and_other_commands_show_every_page(site: Callable[..., Build]) -> None:
    text = files("expires: 2020-01-01\n")
    result = site(text, options=Options(today=DAY(2026, 1, 1), drafts=True))
    assert not [each for each in result.diagnostics if each.check == "unshown-link"]


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (DAY(2026, 1, 1), DAY(2026, 3, 31)),  # on April 1 it is published
        (DAY(2026, 4, 1), DAY(2026, 5, 1)),  # after May 1 it is over
        (DAY(2026, 5, 2), None),
    ],
)
def test_a_build_holds_until_the_day_before_something_changes(
    site: Callable[..., Build], day: DAY, until: DAY | None
) -> None:
    text = files("publish: 2026-04-01\nexpires: 2026-05-01\n")
    text["content/march/nl.md"] = str(text["content/march/nl.md"]) + "\n## X {#x}\n"
    text["content/march/fr.md"] = str(text["content/march/fr.md"]) + "\n## X {#x}\n"
    result = site(text, options=Options(today=day))
    assert result.until == until
    assert result.day == day


EVENT = """\
- id: vote
  date: 2022-03-18
  title: {nl: Stemming, fr: Vote}
  text: {nl: Ja., fr: Oui.}
  reviewed: 2024-01-31
  review_every: 1
"""


def test_what_must_be_read_over_is_told_once_from_its_day_on(site: Callable[..., Build]) -> None:
    front = (
        "---\ntitle: {}\nlayout: timeline\nreviewed: 2024-06-15\nreview_every: 12\n"
        "reviewed_parts: {{who: 2023-12-31}}\n---\n\n## X {{#who}}\n"
    )
    text = {
        "content/time/nl.md": front.format("Tijd"),
        "content/time/fr.md": front.format("Temps"),
        "content/time/timeline.yaml": EVENT,
    }

    def due(day: DAY) -> list[str]:
        result = site(text, options=Options(today=day))
        return [
            f"{each.span.path}:{dict(each.message.arguments)['date']}"
            for each in result.diagnostics
            if each.check == "review-due"
        ]

    event = "content/time/timeline.yaml:2024-01-31"
    files = ("content/time/fr.md", "content/time/nl.md")
    assert due(DAY(2024, 2, 28)) == []
    assert due(DAY(2024, 2, 29)) == [event]  # a month after January 31
    parts = [f"{path}:2023-12-31" for path in files]
    assert sorted(due(DAY(2024, 12, 31))) == sorted([*parts, event])
    pages = [f"{path}:2024-06-15" for path in files]
    assert sorted(due(DAY(2025, 6, 15))) == sorted([*parts, *pages, event])


def test_an_error_that_waits_for_a_day_is_told_before_it(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Nothing stops the site on a date that nobody was told of: neither on the page nor in a link to it."""
    page = "---\ntitle: {}\npublish: 2026-05-01\nexpires: 2026-06-01\n---\n\n[Weg](page:nowhere).\n"
    files: dict[str, str | bytes | None] = {
        **{f"content/march/{each}.md": page.format(each) for each in ("nl", "fr")},
        "content/about/nl.md": "---\ntitle: Ons\n---\n\nLees [de oproep](page:march#nope).\n",
        "content/about/fr.md": "---\ntitle: Nous\n---\n\nLisez.\n",
    }
    root = write_site(tmp_path, files)
    early = run("check", "--today", "2026-04-01", root=root)
    assert early.status == 0
    told = "warning: from 2026-05-01 on this keeps the site from being published: "
    assert early.out.count(told) == 3
    assert (
        f"content/march/nl.md:7:7: {told}there is no page with the key `nowhere` [broken-link]"
        in early.out
    )
    assert "[broken-anchor]" in early.out
    assert run("check", "--today", "2026-05-01", root=root).status == 1
    assert told not in run("check", "--today", "2026-06-02", root=root).out
    assert told not in run("build", "--today", "2026-04-01", root=root).out
