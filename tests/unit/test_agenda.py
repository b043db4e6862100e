"""The agenda: what is to come and what is past on the day of the build, its calendar, and its promises."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import pytest
from icalendar import Calendar

from diptych.cache import Cache
from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, Ran, page_of, text_of, write_site

Builds = Callable[..., Build]
AGENDA = """\
- id: open-day
  dates: [2027-03-18T20:00, 2027-03-04T20:00, 2027-04-01T20:00/2027-04-01T22:30]
  title: {nl: Open dag, fr: Portes ouvertes}
  place: {nl: Gent, fr: Gand}
  text: {nl: "Kom *kijken*.", fr: "Venez *voir*."}
  link: page:about
- id: feast
  dates: [2027-03-20]
  title: {nl: Feest, fr: Fête}
- id: march
  dates: [2027-02-01]
  title: {nl: Mars, fr: Marche}
- id: camp
  dates: [2027-03-08/2027-03-12]
  title: {nl: Kamp, fr: Camp}
  called_off: true
"""
PAGES = {
    "content/agenda/nl.md": "---\ntitle: Kalender\nlayout: agenda\n---\n\nWat komt.\n",
    "content/agenda/fr.md": "---\ntitle: Calendrier\nlayout: agenda\n---\n\nÀ venir.\n",
    "content/agenda/agenda.yaml": AGENDA,
    "content/site.yaml": SITE_YAML + "time_zone: Europe/Brussels\n",
}
NL, FR = "nl/kalender/", "fr/calendrier/"


def day(text: str | None) -> Options:
    return Options(today=datetime.date.fromisoformat(text) if text else None)


def shown(build: Build, path: str = NL) -> Mapping[str, list[str]]:
    """The ids of the events below each heading."""
    page = page_of(build, path)
    return {
        each.get("aria-labelledby"): each.xpath(".//li/@id")
        for each in page.xpath("//section[@aria-labelledby]")
    }


@pytest.mark.parametrize(
    ("today", "coming", "past"),
    [
        (None, ["march", "open-day", "camp", "feast"], None),
        ("2027-01-31", ["march", "open-day", "camp", "feast"], None),
        ("2027-02-01", ["march", "open-day", "camp", "feast"], None),
        ("2027-02-02", ["open-day", "camp", "feast"], ["march"]),
        ("2027-03-05", ["camp", "open-day", "feast"], ["march"]),
        ("2027-03-12", ["camp", "open-day", "feast"], ["march"]),
        ("2027-03-13", ["open-day", "feast"], ["camp", "march"]),
        ("2027-04-01", ["open-day"], ["feast", "camp", "march"]),
        ("2027-04-02", [], ["open-day", "feast", "camp", "march"]),
    ],
)
def test_what_is_to_come_is_the_next_first(
    today: str | None, coming: list[str], past: list[str] | None, site: Builds
) -> None:
    build = site(PAGES, options=day(today))
    assert not build.failed
    for path in (NL, FR):
        found = shown(build, path)
        assert found["coming"] == coming
        assert found.get("past") == past


def test_of_a_repeated_event_the_dates_to_come_are_shown(site: Builds) -> None:
    times = page_of(site(PAGES, options=day("2027-03-10")), NL).xpath("//li[@id='open-day']//time")
    assert [each.get("datetime") for each in times] == ["2027-03-18T20:00", "2027-04-01T20:00"]
    times = page_of(site(PAGES, options=day("2027-05-01")), NL).xpath("//li[@id='open-day']//time")
    assert len(times) == 3


def test_the_page_says_of_which_day_it_is(site: Builds) -> None:
    updated = page_of(site(PAGES, options=day("2027-03-10")), FR).xpath(
        "string(//p[contains(@class, 'updated')])"
    )
    assert " ".join(updated.split()) == "Mis à jour le 10 mars 2027"
    assert page_of(site(PAGES), FR).xpath("//p[contains(@class, 'updated')]") == []


def test_the_same_day_gives_the_same_bytes_also_out_of_the_cache(
    site: Builds, cache: Cache
) -> None:
    first, other = (site(PAGES, options=day(each)) for each in ("2027-03-10", "2027-03-11"))
    again = site(PAGES, options=day("2027-03-10"))
    assert first.outputs == again.outputs
    assert text_of(first, f"{NL}index.html") != text_of(other, f"{NL}index.html")
    assert text_of(first, "nl/over-ons/index.html") == text_of(other, "nl/over-ons/index.html")
    assert first.day == first.until == datetime.date(2027, 3, 10)


def calendar(build: Build, path: str) -> list[Mapping[str, object]]:
    data = next(each.data for each in build.outputs if each.path == f"{path}agenda.ics")
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_has_an_entry_for_each_date(site: Builds) -> None:
    entries = calendar(site(PAGES), FR)
    assert [str(each["SUMMARY"]) for each in entries] == [
        "Portes ouvertes",
        "Portes ouvertes",
        "Portes ouvertes",
        "Fête",
        "Marche",
        "Camp",
    ]
    first, _, last, feast, _, camp = entries
    # 20:00 in Brussels, in winter and in summer
    assert first.decoded("DTSTART") == datetime.datetime(2027, 3, 4, 19, tzinfo=datetime.UTC)  # type: ignore[attr-defined]
    assert last.decoded("DTSTART") == datetime.datetime(2027, 4, 1, 18, tzinfo=datetime.UTC)  # type: ignore[attr-defined]
    assert last.decoded("DTEND") == datetime.datetime(2027, 4, 1, 20, 30, tzinfo=datetime.UTC)  # type: ignore[attr-defined]
    assert feast.decoded("DTSTART") == datetime.date(2027, 3, 20)  # type: ignore[attr-defined]
    assert camp.decoded("DTEND") == datetime.date(2027, 3, 13)  # type: ignore[attr-defined]
    assert str(camp["STATUS"]) == "CANCELLED"
    assert (str(first["LOCATION"]), str(first["DESCRIPTION"])) == ("Gand", "Venez voir.")
    assert len({str(each["UID"]) for each in entries}) == len(entries)


def test_of_a_discreet_page_the_calendar_says_nothing_but_dates(site: Builds) -> None:
    files = {
        **PAGES,
        "content/agenda/nl.md": PAGES["content/agenda/nl.md"].replace(
            "layout: agenda", "layout: agenda\ndiscreet: true"
        ),
    }
    build = site(files)
    for path in (NL, FR):  # discreet in one language is discreet in all
        data = next(
            each.data for each in build.outputs if each.path == f"{path}agenda.ics"
        ).decode()
        for word in ("Open", "Portes", "Gent", "Gand", "kijken", "kalender", "calendrier", "feast"):
            assert word not in data
        assert {str(each["SUMMARY"]) for each in calendar(build, path)} == {"Voorbeeld"}
        assert "Voorbeeld" not in page_of(build, path).xpath(
            "string(//p[contains(@class, 'data')])"
        )
        assert page_of(build, path).xpath("//p[contains(@class, 'data')][contains(., 'iCalendar')]")
    warning = page_of(build, NL).xpath("string(//p[contains(., 'iCalendar')])")
    assert warning.count(".") >= 2
    assert page_of(site(PAGES), NL).xpath("string(//p[contains(., 'iCalendar')])").count(".") == 0


def test_its_texts_are_inside_the_promises(site: Builds) -> None:
    """What is missing in a language is said, its words are searched, it goes into the file to keep."""
    files = {**PAGES, "content/agenda/agenda.yaml": AGENDA.replace(", fr: Marche", "")}
    found = site(files).diagnostics
    assert [each.check for each in found if each.span.path.endswith("agenda.yaml")] == [
        "missing-translation"
    ]
    build = site(PAGES)
    assert "Open dag" in text_of(build, "nl/hele-site.htm")
    assert build.site is not None
    assert {"agenda-title", "agenda-place", "agenda-text"} <= {
        each.unit for each in build.site.texts()
    }


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ("dates: [2027-02-30]", "impossible-date"),
        ("dates: []", "unshown-text"),
        ("when: [2027-02-01]", "unknown-key"),
    ],
)
def test_mistakes_have_their_place(wrong: str, check: str, site: Builds) -> None:
    files = {**PAGES, "content/agenda/agenda.yaml": AGENDA.replace("dates: [2027-02-01]", wrong)}
    assert check in {
        each.check for each in site(files).diagnostics if each.span.path.endswith("agenda.yaml")
    }


def test_the_day_is_recorded(run: Callable[..., Ran], tmp_path: object) -> None:
    from pathlib import Path

    root = write_site(Path(str(tmp_path)) / "site", PAGES)
    assert run("build", "--today", "2027-03-10", root=root).status == 0
    assert '"day": "2027-03-10"' in (root / "public/release.json").read_text()


HOME = {
    "content/home/nl.md": "---\ntitle: Welkom\nlayout: home\n---\n\nDag.\n",
    "content/home/fr.md": "---\ntitle: Bienvenue\nlayout: home\n---\n\nBonjour.\n",
}


def next_events(build: Build, path: str = "nl/") -> list[tuple[str, str, str]]:
    """Day, title and address of what the home page says is coming up."""
    return [
        (
            each.xpath("string(time/@datetime)")[:10],
            each.xpath("string(a)"),
            each.xpath("string(a/@href)"),
        )
        for each in page_of(build, path).xpath("//section[@aria-labelledby='coming-up']//li")
    ]


@pytest.mark.parametrize(
    ("today", "titles"),
    [
        (None, ["Mars", "Open dag", "Feest"]),
        ("2027-01-31", ["Mars", "Open dag", "Feest"]),
        ("2027-02-02", ["Open dag", "Feest"]),
        ("2027-03-19", ["Feest", "Open dag"]),
        ("2028-01-01", []),
    ],
)
def test_home_says_what_comes_next(today: str | None, titles: list[str], site: Builds) -> None:
    """Without what is called off; where nothing is to come there is no heading either."""
    build = site({**PAGES, **HOME}, options=day(today))
    assert not build.failed
    found = next_events(build)
    assert [title for _, title, _ in found] == titles
    assert all(href.startswith("/nl/kalender/#") for _, _, href in found)
    heads = page_of(build, "nl/").xpath("//h2[@id='coming-up']")
    assert len(heads) == (1 if titles else 0)


def test_home_speaks_the_language_of_its_reader(site: Builds) -> None:
    build = site({**PAGES, **HOME}, options=day("2027-03-19"))
    assert next_events(build, "fr/") == [
        ("2027-03-20", "Fête", "/fr/calendrier/#feast"),
        ("2027-04-01", "Portes ouvertes", "/fr/calendrier/#open-day"),
    ]


@pytest.mark.parametrize("extra", ["discreet: true", "draft: true"])
def test_home_says_nothing_of_a_discreet_agenda_nor_of_a_draft(extra: str, site: Builds) -> None:
    pages = {
        key: text.replace("layout: agenda", f"layout: agenda\n{extra}")
        for key, text in PAGES.items()
    }
    assert next_events(site({**pages, **HOME}, options=day("2027-01-01"))) == []


def test_home_follows_a_change_of_the_agenda_and_of_the_day(site: Builds) -> None:
    """What was kept from the build before does not stay."""
    before = site({**PAGES, **HOME}, options=day("2027-03-19"))
    moved = {**PAGES, "content/agenda/agenda.yaml": AGENDA.replace("2027-03-20", "2027-05-20")}
    assert [each[1] for each in next_events(before)] == ["Feest", "Open dag"]
    after = site({**moved, **HOME}, options=day("2027-03-19"))
    assert [each[1] for each in next_events(after)] == ["Open dag", "Feest"]
    later = site({**moved, **HOME}, options=day("2027-04-02"))
    assert [each[1] for each in next_events(later)] == ["Feest"]


def test_a_day_with_an_hour_as_people_write_it_has_the_line_to_paste(site: Builds) -> None:
    written = AGENDA.replace("[2027-03-20]", "[20 maart 2027 19u30]")
    build = site({**PAGES, "content/agenda/agenda.yaml": written})
    (problem,) = (each for each in build.diagnostics if each.check == "impossible-date")
    assert [each.text for each in problem.edits] == ["2027-03-20T19:30"]
    assert "2020-06-08T19:30" in str(problem.hint)  # the hint also names the form with a time
