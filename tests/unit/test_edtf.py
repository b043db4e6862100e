"""Dates as history knows them: what is read, what is refused, what is suggested instead."""

from __future__ import annotations

from datetime import date, time

import pytest

from diptych.diagnostics import Message
from diptych.i18n.edtf import parse_date, suggest_date
from diptych.model import EventDate, Precision


def parsed(text: str) -> EventDate:
    found = parse_date(text)
    assert isinstance(found, EventDate), found
    return found


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2020", Precision.YEAR, date(2020, 1, 1), date(2020, 12, 31)),
        ("0001", Precision.YEAR, date(1, 1, 1), date(1, 12, 31)),
        ("9999", Precision.YEAR, date(9999, 1, 1), date(9999, 12, 31)),
        ("2020-02", Precision.MONTH, date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", Precision.MONTH, date(2021, 2, 1), date(2021, 2, 28)),
        ("2020-12", Precision.MONTH, date(2020, 12, 1), date(2020, 12, 31)),
        ("2020-06-08", Precision.DAY, date(2020, 6, 8), date(2020, 6, 8)),
        ("2020-02-29", Precision.DAY, date(2020, 2, 29), date(2020, 2, 29)),
        ("2020-21", Precision.SEASON, date(2020, 3, 1), date(2020, 5, 31)),
        ("2020-22", Precision.SEASON, date(2020, 6, 1), date(2020, 8, 31)),
        ("2020-23", Precision.SEASON, date(2020, 9, 1), date(2020, 11, 30)),
        ("2020-24", Precision.SEASON, date(2020, 12, 1), date(2021, 2, 28)),
        ("2023-24", Precision.SEASON, date(2023, 12, 1), date(2024, 2, 29)),
        ("9999-24", Precision.SEASON, date(9999, 12, 1), date(9999, 12, 31)),
        ("2022-03-18T01:35", Precision.MINUTE, date(2022, 3, 18), date(2022, 3, 18)),
        ("2021-11-06/2021-11-07", Precision.DAY, date(2021, 11, 6), date(2021, 11, 7)),
        ("2020-03/2020-06", Precision.MONTH, date(2020, 3, 1), date(2020, 6, 30)),
        ("2019/2022", Precision.YEAR, date(2019, 1, 1), date(2022, 12, 31)),
        ("2020-21/2021-22", Precision.SEASON, date(2020, 3, 1), date(2021, 8, 31)),
        ("2020-03-18/2020-06", Precision.DAY, date(2020, 3, 18), date(2020, 6, 30)),
        ("2021-12-31/2022-01-01", Precision.DAY, date(2021, 12, 31), date(2022, 1, 1)),
        ("197X", Precision.DECADE, date(1970, 1, 1), date(1979, 12, 31)),
        ("999X", Precision.DECADE, date(9990, 1, 1), date(9999, 12, 31)),
        ("001X", Precision.DECADE, date(10, 1, 1), date(19, 12, 31)),
        ("19XX", Precision.CENTURY, date(1900, 1, 1), date(1999, 12, 31)),
        ("2004-XX", Precision.YEAR, date(2004, 1, 1), date(2004, 12, 31)),
        ("2004-XX-XX", Precision.YEAR, date(2004, 1, 1), date(2004, 12, 31)),
        ("2004-02-XX", Precision.MONTH, date(2004, 2, 1), date(2004, 2, 29)),
        ("1970/..", Precision.YEAR, date(1970, 1, 1), date(1970, 12, 31)),
        ("../1970-06", Precision.MONTH, date(1970, 6, 1), date(1970, 6, 30)),
        ("197X/198X", Precision.DECADE, date(1970, 1, 1), date(1989, 12, 31)),
        ("2020-06-08T12:30/2020-06-09", Precision.MINUTE, date(2020, 6, 8), date(2020, 6, 9)),
        ("2020-06-08T12:30/2020-06-08T14:00", Precision.MINUTE, date(2020, 6, 8), date(2020, 6, 8)),
        ("2020-06-08/2020-06-09T02:00", Precision.DAY, date(2020, 6, 8), date(2020, 6, 9)),
    ],
)
def test_what_a_date_can_mean(text: str, precision: Precision, first: date, last: date) -> None:
    found = parsed(text)
    assert (found.text, found.precision, found.first, found.last) == (text, precision, first, last)


def test_a_time_is_local_and_to_the_minute() -> None:
    assert parsed("2022-03-18T01:35").time == time(1, 35)
    assert parsed("2022-03-18T00:00").time == time(0, 0)
    assert parsed("2022-03-18").time is None


@pytest.mark.parametrize(
    "text", ["2020~", "2020-06~", "2020-06-08~", "2020-22~", "2020-06~/2020-09", "2020-06/2020-09~"]
)
def test_a_tilde_means_about(text: str) -> None:
    assert parsed(text).approximate


@pytest.mark.parametrize(
    "text", ["2020", "2020-06", "2020-06-08", "2020-22", "197X", "19XX", "2004-06-XX"]
)
def test_the_sign_behind_a_date_says_how_sure_it_is(text: str) -> None:
    signs = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}
    for sign, (approximate, uncertain) in signs.items():
        found = parsed(text + sign)
        assert (found.approximate, found.uncertain) == (approximate, uncertain)
        assert (found.text, found.first) == (text + sign, parsed(text).first)


def test_an_open_end_is_open_and_the_other_is_what_is_known() -> None:
    assert [parsed(text).open for text in ("1970/..", "../1970", "1970", "1970/1971")] == [
        "end",
        "start",
        "",
        "",
    ]
    assert parsed("../1970~").approximate
    assert parsed("1970-06-08?/..").uncertain


@pytest.mark.parametrize("year", [1, 9, 10, 99, 100, 999, 1000, 1582, 9999])
def test_every_year_of_four_digits_is_read(year: int) -> None:
    for text in (
        f"{year:04d}",
        f"{year:04d}-12",
        f"{year:04d}-12-31",
        f"{year:04d}-24",
        f"{year:04d}~",
    ):
        assert parsed(text).first.year == year


def test_an_interval_holds_its_end() -> None:
    found = parsed("2021-11-06/2021-11")
    assert found.end == parsed("2021-11")
    assert not found.approximate


def test_spaces_around_a_date_are_no_part_of_it() -> None:
    assert parsed(" 2020-06/2020-09\n") == parsed("2020-06/2020-09")


def test_events_are_sorted_by_day_and_time() -> None:
    texts = [
        "2022-03-18T01:35",
        "2022-03-18",
        "2022-03",
        "2022",
        "2021-24",
        "2022-03-17/2022-03-18",
    ]
    ordered = sorted(texts, key=lambda text: parsed(text).order)
    assert ordered == [
        "2021-24",
        "2022",
        "2022-03",
        "2022-03-17/2022-03-18",
        "2022-03-18",
        "2022-03-18T01:35",
    ]


FORM = "`{}` is not a date in the form 2020-06-08, 2020-06 or 2020"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", FORM.format("")),
        ("juni 2020", FORM.format("juni 2020")),
        ("2020-6-8", FORM.format("2020-6-8")),
        ("20200608", FORM.format("20200608")),
        ("08-06-2020", FORM.format("08-06-2020")),
        ("2020-06-08 10:00", FORM.format("2020-06-08 10:00")),
        ("2020-06-08T10", FORM.format("2020-06-08T10")),
        ("2020-06-08T10:00:00", FORM.format("2020-06-08T10:00:00")),
        ("2020-06-08T10:00+02:00", FORM.format("2020-06-08T10:00+02:00")),
        ("2020??", FORM.format("2020??")),
        ("2020~?", FORM.format("2020~?")),
        ("20X0", FORM.format("20X0")),
        ("2XXX", FORM.format("2XXX")),
        ("XXXX", FORM.format("XXXX")),
        ("197X-06", FORM.format("197X-06")),
        ("1985-XX-04", FORM.format("1985-XX-04")),
        ("000X", "there is no year 0000"),
        ("1985-13-XX", "`1985-13-XX` names month 13; a year has 12"),
        ("Y12020", FORM.format("Y12020")),
        ("~2020", FORM.format("~2020")),
        ("-2020", FORM.format("-2020")),
        ("12020", FORM.format("12020")),
        ("२०२०", FORM.format("२०२०")),
        ("2020-06/", FORM.format("")),
        ("/2020-06", FORM.format("")),
        ("../..", FORM.format("..")),
        ("2020-06/..?", FORM.format("..?")),
        ("..", FORM.format("..")),
        ("../2020-13", "`2020-13` names month 13; a year has 12"),
        ("2020/2021/2022", FORM.format("2021/2022")),
        ("0000", "there is no year 0000"),
        ("0000-01-01", "there is no year 0000"),
        ("2021-13", "`2021-13` names month 13; a year has 12"),
        ("2021-13-05", "`2021-13-05` names month 13; a year has 12"),
        ("2021-00", "`2021-00` names month 0; a year has 12"),
        ("2021-25", "`2021-25` names month 25; a year has 12"),
        ("2021-21-05", "`2021-21-05` names month 21; a year has 12"),
        ("2021-02-29", "`2021-02-29` does not exist: that month has 28 days"),
        ("1900-02-29", "`1900-02-29` does not exist: that month has 28 days"),
        ("2020-06-31", "`2020-06-31` does not exist: that month has 30 days"),
        ("2020-06-00", "`2020-06-00` does not exist: that month has 30 days"),
        ("2020-06-08T24:00", "`2020-06-08T24:00` names a time that does not exist"),
        ("2020-06-08T10:60", "`2020-06-08T10:60` names a time that does not exist"),
        (
            "2020-06-09/2020-06-08",
            "the interval `2020-06-09/2020-06-08` does not end after it begins",
        ),
        (
            "2020-06-08/2020-06-08",
            "the interval `2020-06-08/2020-06-08` does not end after it begins",
        ),
        ("2021/2020", "the interval `2021/2020` does not end after it begins"),
        (
            "2020-06-08T10:00/2020-06-08T10:00",
            "the interval `2020-06-08T10:00/2020-06-08T10:00` does not end after it begins",
        ),
        (
            "2020-06-08T10:00/2020-06-08",
            "the interval `2020-06-08T10:00/2020-06-08` does not end after it begins",
        ),
        ("2020/2021-02-30", "`2021-02-30` does not exist: that month has 28 days"),
        ("2020-13/2021", "`2020-13` names month 13; a year has 12"),
    ],
)
def test_what_is_no_date_and_why(text: str, sentence: str) -> None:
    found = parse_date(text)
    assert isinstance(found, Message)
    assert str(found) == sentence


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("8 juni 2020", "2020-06-08"),
        ("8 juin 2020", "2020-06-08"),
        ("8 june 2020", "2020-06-08"),
        ("8. Juni 2020", "2020-06-08"),
        ("1er mars 2020", "2020-03-01"),
        ("1e maart 2020", "2020-03-01"),
        ("18 MAART 2022", "2022-03-18"),
        ("1 août 2020", "2020-08-01"),
        ("1 décembre 2020", "2020-12-01"),
        ("1 März 2020", "2020-03-01"),
        ("juni 2020", "2020-06"),
        ("février 2021", "2021-02"),
        ("8/6/2020", "2020-06-08"),
        ("08-06-2020", "2020-06-08"),
        ("8.6.2020", "2020-06-08"),
        ("2020-6-8", "2020-06-08"),
        ("2020/06/08", "2020-06-08"),
        ("2020-6", "2020-06"),
        (" 8 juni 2020 ", "2020-06-08"),
        ("12-14 maart 2027", "2027-03-12/2027-03-14"),
        ("12 au 14 mars 2027", "2027-03-12/2027-03-14"),
        ("12.–14. März 2027", "2027-03-12/2027-03-14"),
        ("14-12 maart 2027", None),
        ("31-32 maart 2027", None),
        ("03.2012", "2012-03"),
        ("3/2012", "2012-03"),
        ("13/2012", None),
        ("30 februari 2020", None),
        ("32/1/2020", None),
        ("8/13/2020", None),
        ("2020-13-05", "2020-05-13"),
        ("2020-13-13", None),
        ("2022-03-18 01:35", "2022-03-18T01:35"),
        ("2022-03-18 om 1u35", "2022-03-18T01:35"),
        ("2022-03-18 25:00", None),
        ("2022-03-18T19h30", "2022-03-18T19:30"),
        ("15 december 2026 19u30", "2026-12-15T19:30"),
        ("15 december 2026 om 19.30 uur", "2026-12-15T19:30"),
        ("15 décembre 2026, 19h", "2026-12-15T19:00"),
        ("15.12.2026 um 19:30 Uhr", "2026-12-15T19:30"),
        ("15/12/2026 19:30", "2026-12-15T19:30"),
        ("31 februari 2026 19u30", None),
        ("december 2026 19:30", None),
        ("2026 19:30", None),
        ("8 thermidor 2020", None),
        ("gisteren", None),
        ("", None),
        ("juni", None),
        ("0 juni 0000", None),
    ],
)
def test_a_date_as_people_write_it_has_its_form_suggested(text: str, date: str | None) -> None:
    assert suggest_date(text) == date
