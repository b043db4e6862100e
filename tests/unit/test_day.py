"""The day of a build: given, or that of the moment in the time zone of the site; and its record."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.i18n import day_in, known_zone, known_zones, moment_in
from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, Ran, write_site

EVENING = datetime.datetime(2027, 6, 30, 22, 30, tzinfo=datetime.UTC)
EXPIRING = SITE_YAML + "security: {expires: 2027-06-30}\n"
FILE = "public/.well-known/security.txt"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("UTC", 30), ("Europe/Brussels", 1), ("America/Toronto", 30), ("Pacific/Kiritimati", 1)],
)
def test_a_day_begins_when_it_begins_for_the_readers(zone: str, day: int) -> None:
    assert day_in(EVENING, zone).day == day
    begin = moment_in(day_in(EVENING, zone), datetime.time(), zone)
    assert day_in(begin, zone) == day_in(EVENING, zone)


@pytest.mark.parametrize(
    ("day", "zone"),
    [
        (datetime.date.min, "Europe/Brussels"),
        (datetime.date.max, "America/Toronto"),
        (datetime.date.min, "UTC"),
    ],
)
def test_the_ends_of_the_calendar_have_moments_too(day: datetime.date, zone: str) -> None:
    time = datetime.time(23, 59) if day == datetime.date.max else datetime.time()
    assert moment_in(day, time, zone) == datetime.datetime.combine(day, time, datetime.UTC)


def test_time_zones_are_those_of_the_database() -> None:
    assert {"UTC", "Europe/Brussels", "America/Toronto"} <= set(known_zones())
    for name in ("Brussels", "", "Europe", "../UTC", "/etc/localtime", "Europe/Brussels\n"):
        assert not known_zone(name)
    assert known_zone("Europe/Zurich")


@pytest.mark.parametrize(("zone", "day"), [("", 30), ("time_zone: Europe/Brussels\n", 1)])
def test_the_time_zone_of_the_site_says_which_day_it_is(
    zone: str, day: int, site: Callable[..., Build]
) -> None:
    build = site({"content/site.yaml": EXPIRING + zone}, options=Options(now=EVENING))
    assert build.day is not None
    assert build.day.day == day
    there = any(each.path == FILE.removeprefix("public/") for each in build.outputs)
    assert there is (day == 30)


def test_a_day_that_is_given_wins(site: Callable[..., Build]) -> None:
    day = datetime.date(2026, 1, 2)
    files = {"content/site.yaml": EXPIRING}
    assert site(files, options=Options(today=day, now=EVENING)).day == day


def test_nothing_is_recorded_where_nothing_depends_on_the_day(
    site: Callable[..., Build], run: Callable[..., Ran], tmp_path: Path
) -> None:
    assert site({}, options=Options(now=EVENING)).day is None
    root = write_site(tmp_path / "site", {})
    assert run("build", "--today", "2027-06-30", root=root).status == 0
    assert "day" not in json.loads((root / "public/release.json").read_bytes())


def test_the_release_says_of_which_day_it_is_and_that_day_gives_its_bytes(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Also years later, from the same sources."""
    root = write_site(tmp_path / "site", {"content/site.yaml": EXPIRING})
    manifests = []
    for day in ("2027-06-30", "2027-07-01", "2027-06-30"):
        assert run("build", "--clean", "--today", day, root=root).status == 0
        manifests.append((root / "public/release.json").read_bytes())
        assert json.loads(manifests[-1])["day"] == day
        assert (root / FILE).is_file() is (day == "2027-06-30")
        assert run("verify", root=root).status == 0
    assert manifests[0] == manifests[2] != manifests[1]


def test_a_result_for_a_day_that_is_given_holds_for_ever(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path / "site", {"content/site.yaml": EXPIRING})
    call = ("build", "--today", "2027-06-29")
    first = run(*call, root=root, own_cache=True)
    later = int(datetime.datetime(2090, 1, 1, tzinfo=datetime.UTC).timestamp() * 1e9)
    monkeypatch.setattr(sys.modules["diptych.cli.main"], "_now", lambda: later)
    monkeypatch.setattr("diptych.cli.build.build_site", None)
    again = run(*call, root=root, own_cache=True)
    assert (first.status, again.status) == (0, 0)
    assert "up to date" in again.err


def test_what_is_no_day_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    for wrong in ("tomorrow", "2027-02-30", "30/06/2027"):
        ran = run("build", "--today", wrong, root=tmp_path)
        assert (ran.status, wrong in ran.err) == (2, True)
