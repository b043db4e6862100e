"""security.txt and its day: a warning before, left out after, and never in the way of the site."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from diptych.checks import ReadSite
from diptych.checks.expiry import security_expiry
from diptych.diagnostics import Diagnostic, Severity
from diptych.i18n import translator
from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, Ran, write_site

DAY = datetime.date(2027, 3, 1)
FILE = ".well-known/security.txt"
SITE = {"content/site.yaml": SITE_YAML + f"security: {{expires: {DAY}}}\n"}


def built(site: Callable[..., Build], left: int) -> Build:
    """The site, so many days before its file expires."""
    return site(SITE, options=Options(today=DAY - datetime.timedelta(days=left)))


def about_expiry(build: Build) -> list[Diagnostic]:
    return [each for each in build.diagnostics if each.check == "security-expiry"]


def published(build: Build) -> Mapping[str, bytes]:
    return {output.path: output.data for output in build.outputs}


@pytest.mark.parametrize("left", [-4000, -8, -1, 0, 1, 2, 29, 30, 31, 365, 366, 4000])
def test_no_day_keeps_the_site_from_being_published(left: int, site: Callable[..., Build]) -> None:
    build = built(site, left)
    assert not build.failed
    assert "nl/index.html" in published(build)
    assert [each.severity for each in about_expiry(build)] == (
        [] if 30 <= left <= 365 else [Severity.WARNING]
    )


@pytest.mark.parametrize(("left", "there"), [(30, True), (1, True), (0, True), (-1, False)])
def test_the_file_is_left_out_once_its_day_is_over(
    left: int, there: bool, site: Callable[..., Build]
) -> None:
    assert (FILE in published(built(site, left))) == there


@pytest.mark.parametrize(
    ("left", "english", "dutch", "french"),
    [
        (29, "in 29 days", "over 29 dagen", "dans 29 jours"),
        (2, "in 2 days", "over 2 dagen", "dans 2 jours"),
        (1, "tomorrow", "morgen", "demain"),
        (0, "today", "vandaag", "aujourd’hui"),
        (-1, "expired on 2027-03-01", "vervallen op 2027-03-01", "expiré le 2027-03-01"),
        (-8, "expired on 2027-03-01", "vervallen op 2027-03-01", "expiré le 2027-03-01"),
        (366, "until 2027-03-01", "tot 2027-03-01", "jusqu’au 2027-03-01"),
    ],
)
def test_how_it_is_said(
    left: int, english: str, dutch: str, french: str, site: Callable[..., Build]
) -> None:
    (found,) = about_expiry(built(site, left))
    for language, words in (("en", english), ("nl", dutch), ("fr", french)):
        said = translator(language)(found.message)
        assert words in said
        assert "-8" not in said
        assert not any(wrong in said for wrong in (" 1 day", " 1 dag", " 1 jour", " 0 "))
    (edit,) = found.edits
    assert datetime.date.fromisoformat(edit.text) > DAY - datetime.timedelta(days=left)


def test_without_a_day_nothing_expires(site: Callable[..., Build]) -> None:
    build = site(SITE)
    assert FILE in published(build)
    assert build.site is not None
    assert list(security_expiry(ReadSite(build.site))) == []


def test_the_same_day_gives_the_same_bytes_and_a_day_changes_nothing_but_the_file(
    site: Callable[..., Build],
) -> None:
    before, last, after = (published(built(site, left)) for left in (200, 0, -1))
    assert before == last
    assert before.keys() - after.keys() == {FILE}
    assert published(built(site, -1)) == after == published(built(site, -300))
    assert {path: data for path, data in before.items() if path != FILE} == after


@pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31"])
def test_the_commands_warn_and_only_strict_fails(
    day: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(
        tmp_path / "site",
        {"content/site.yaml": SITE_YAML + f"security: {{expires: {day}}}\n"},
    )
    assert run("build", root=root).status == 0
    assert (root / "public" / FILE).is_file() == (day > "2026")
    assert run("check", root=root).status == 0
    strict = run("check", "--strict", root=root)
    assert (strict.status, "warning: security.txt" in strict.out) == (1, True)
