"""The drawings show what they are given: no more, no less, and always the same."""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence

import pytest
from markupsafe import Markup

from diptych.render.figures import MOST_COUNTABLE, bar, hemicycle, parcels, people
from diptych.render.overview import COLUMN, MARK, Band, Tick, overview

DAY = datetime.date


def tick(day: datetime.date, *, great: bool = False, name: str = "event") -> Tick:
    return Tick(f"/nl/tijdlijn/#{day.isoformat()}", name, day, great)


TICKS = (
    tick(DAY(2019, 5, 1)),
    tick(DAY(2020, 3, 13)),
    tick(DAY(2020, 3, 18), great=True),
    tick(DAY(2020, 6, 30)),
    tick(DAY(2020, 9, 30)),
    tick(DAY(2020, 12, 31)),
    tick(DAY(2021, 1, 1)),
    tick(DAY(2022, 3, 21), name='"<b>" & co'),
)
BANDS = (Band(DAY(2020, 3, 18), DAY(2020, 6, 8)), Band(DAY(2020, 12, 1), DAY(2021, 2, 1)))
LABELS = tuple((DAY(year, 1, 1), str(year)) for year in (2019, 2020, 2021, 2022))

DRAWINGS: list[tuple[str, Callable[[], Markup]]] = [
    ("hemicycle", lambda: hemicycle((70, 41, 4))),
    ("people", lambda: people((146, 350))),
    ("parcels", lambda: parcels((1200,))),
    ("bar", lambda: bar(10, 30)),
    ("overview", lambda: overview(TICKS, BANDS, LABELS)),
]
every_drawing = pytest.mark.parametrize(
    "draw", [draw for _, draw in DRAWINGS], ids=[name for name, _ in DRAWINGS]
)


def dots(drawing: Markup, step: int) -> list[int]:
    """How many dots each amount has, from the lengths of its rows."""
    paths = re.findall(r' d="([^"]+)"', drawing)
    return [
        sum(int(float(h)) // step + 1 for h in re.findall(r"h([\d.]+)", path)) for path in paths
    ]


@every_drawing
def test_a_drawing_is_well_formed(draw: Callable[[], Markup]) -> None:
    ET.fromstring(draw())


@every_drawing
def test_a_drawing_is_the_same_every_time(draw: Callable[[], Markup]) -> None:
    assert draw() == draw()


@every_drawing
def test_a_drawing_brings_no_style_no_id_and_no_long_number(draw: Callable[[], Markup]) -> None:
    drawing = draw()
    assert not re.search(r"\s(style|id)=", drawing)
    assert not re.search(r"\.\d{3}", drawing)


@every_drawing
def test_only_the_overview_speaks(draw: Callable[[], Markup]) -> None:
    root = ET.fromstring(draw())
    assert (root.get("aria-hidden") == "true") == (root.tag == "svg")


@pytest.mark.parametrize("counts", [(70, 41, 4), (1,), (0, 3), (75, 75), (5, 4, 3, 2, 1)])
def test_a_vote_has_a_seat_for_every_voice(counts: Sequence[int]) -> None:
    drawing = hemicycle(counts)
    for number, count in enumerate(counts, 1):
        assert drawing.count(f'class="seat seat-{number}"') == count


def test_groups_of_a_vote_differ_in_shape() -> None:
    seats = re.findall(r"<(circle|path) class=\"seat seat-(\d)\"([^>]*)", hemicycle((1, 1, 1, 1)))
    shapes = {re.sub(r'(c[xy]|d)="[^"]*"', "", tag + rest) for tag, _, rest in seats}
    assert len(shapes) == 4


def test_seats_do_not_touch() -> None:
    at = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', hemicycle((115,)))
    seats = [(float(x), float(y)) for x, y in at]
    gaps = [
        (x - u) ** 2 + (y - v) ** 2 for i, (x, y) in enumerate(seats) for u, v in seats[i + 1 :]
    ]
    assert min(gaps) > 8**2


@pytest.mark.parametrize("counts", [(146, 350, 1200), (1,), (10,), (100,), (MOST_COUNTABLE,)])
def test_amounts_can_be_counted(counts: Sequence[int]) -> None:
    assert dots(people(counts), 8) == list(counts)
    assert dots(parcels(counts), 6) == list(counts)


def test_people_stand_in_rows_of_twenty_at_one_scale() -> None:
    """146 beside 350: a dot is as large in both, and a row as long."""
    few, many = (ET.fromstring(people((count,))) for count in (146, 350))
    assert (few.get("viewBox") or "").split()[2] == (many.get("viewBox") or "").split()[2]
    rows = set(re.findall(r"M[\d.]+ ([\d.]+)h", people((146,))))
    assert len(rows) == 8


def test_an_amount_that_nobody_would_count_is_not_drawn() -> None:
    assert people((MOST_COUNTABLE + 1,)) == parcels((MOST_COUNTABLE + 1,)) == ""


def test_bars_are_as_long_as_their_values() -> None:
    lengths = [float(re.findall(r"h([\d.]+)", bar(each, 30))[0]) for each in (10, 30)]
    assert lengths[1] == 3 * lengths[0]
    assert bar(3, 0) == bar(-1, 3) == bar(0, 3) == ""


@pytest.mark.parametrize("draw", [hemicycle, people, parcels])
@pytest.mark.parametrize("counts", [(), (0,), (3, -1)])
def test_nothing_to_draw_gives_nothing(
    draw: Callable[[Sequence[int]], Markup], counts: Sequence[int]
) -> None:
    assert draw(counts) == ""
    assert isinstance(draw(counts), Markup)


def test_every_event_of_the_overview_is_a_named_link() -> None:
    links = list(ET.fromstring(overview(TICKS, BANDS, LABELS)).iter("a"))
    assert [link.get("href") for link in links] == [tick.href for tick in TICKS]
    assert [link.get("aria-label") for link in links] == [tick.name for tick in TICKS]
    assert [link.get("class") for link in links].count("tick great") == 1


def test_the_number_that_a_mark_shows_is_in_its_name() -> None:
    """Who speaks to a computer says what can be seen (WCAG 2.2, 2.5.3)."""
    numbered = Tick("/nl/tijdlijn/#vote", "18 maart: de stemming", DAY(2022, 3, 18), True, 3)
    (link,) = ET.fromstring(overview([numbered], [], LABELS[:1])).iter("a")
    assert link.get("aria-label") == "3. 18 maart: de stemming"
    assert "".join(link.itertext()) == "3"


def test_a_mark_is_wide_and_tall_enough_for_a_finger() -> None:
    assert min(COLUMN, MARK) >= 24
    for width, height in re.findall(
        r'class="hit" d="M\d+ \d+h(\d+)v(\d+)', overview(TICKS, (), ())
    ):
        assert int(width) >= 24
        assert int(height) >= 24


def test_events_of_a_month_are_stacked() -> None:
    hits = re.findall(r'class="hit" d="M(\d+) (\d+)h', overview(TICKS[1:3], (), ()))
    assert [x for x, _ in hits] == ["0", "0"]
    assert int(hits[0][1]) > int(hits[1][1])


def test_a_year_is_one_drawing_and_a_gap_is_told() -> None:
    years = list(ET.fromstring(overview(TICKS, BANDS, LABELS)))
    assert [year.get("aria-label") for year in years] == ["2019", "2020", "2021", "2022"]
    gaps = [len(year.findall("path[@class='overview-gap']")) for year in years]
    assert gaps == [1, 0, 1, 0]


def test_a_band_goes_on_in_the_next_year_at_the_same_height() -> None:
    years = list(ET.fromstring(overview(TICKS, BANDS, LABELS)))
    bands = [year.findall("rect[@class='overview-band']") for year in years]
    assert [len(found) for found in bands] == [0, 2, 1, 0]
    assert len({band.get("height") for found in bands for band in found}) == 1


@pytest.mark.parametrize(
    ("end", "again"),
    [
        (DAY(2020, 12, 31), []),  # one year
        (DAY(2021, 6, 9), [" again"]),
        (DAY(2021, 1, 9), []),  # too little of the next year for words
        (DAY(2022, 6, 1), [" again", " again"]),
    ],
)
def test_the_words_of_a_band_stand_in_each_of_its_years(
    end: datetime.date, again: list[str]
) -> None:
    """Those of a later year have a class, by which the style shows them on narrow screens alone."""
    band = Band(DAY(2020, 10, 19), end, "verboden")
    ticks = [tick(DAY(year, month, 1)) for year in (2020, 2021, 2022) for month in (2, 5, 8, 11)]
    texts = ET.fromstring(overview(ticks, (band,), LABELS)).iter("text")
    found = [each.get("class", "") for each in texts if each.text == "verboden"]
    assert found == ["overview-label", *(f"overview-label{each}" for each in again)]


def test_a_band_that_ends_with_the_year_does_not_reach_the_next() -> None:
    years = ET.fromstring(overview(TICKS, (Band(DAY(2020, 12, 1), DAY(2021, 1, 1)),), LABELS))
    assert [len(year.findall("rect")) for year in years] == [0, 1, 0, 0]


def test_no_events_no_overview() -> None:
    assert overview((), BANDS, LABELS) == ""


SHORT = (
    Tick("#a", "a", DAY(2021, 3, 7), True, 1, "Op straat"),
    Tick("#b", "b", DAY(2021, 4, 1), True, 2, "De aankondiging"),
    Tick("#c", "c", DAY(2022, 3, 18), True, 3, "De stemming"),
)


def words(drawing: Markup) -> list[tuple[str, float, float, str]]:
    """What stands above the turning points: text, x in its year, y, and which end is at x."""
    found = ET.fromstring(drawing).iterfind(".//g[@class='overview-words']/text")
    return [
        (e.text or "", float(e.get("x", "")), float(e.get("y", "")), e.get("text-anchor", ""))
        for e in found
    ]


def test_words_above_turning_points_do_not_cover_each_other() -> None:
    """The first two are a month apart: one of them stands a row higher."""
    first, second, last = words(overview(SHORT, (), LABELS))
    assert [first[0], second[0], last[0]] == ["Op straat", "De aankondiging", "De stemming"]
    assert first[2] != second[2]
    assert last[3] == "end"  # it would leave the drawing else


def test_the_overview_says_how_many_rows_of_words_it_has() -> None:
    assert 'class="overview labelled-2"' in overview(SHORT[:2], (), LABELS)
    assert 'class="overview"' in overview(TICKS, (), LABELS)


def test_turning_points_are_numbered_as_in_the_list() -> None:
    numbers = ET.fromstring(overview(SHORT, (), LABELS)).iterfind(
        ".//text[@class='overview-number']"
    )
    assert [each.text for each in numbers] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("short", "seen"), [("dicht", 1), ("", 0), ("veel te lang voor de tint", 0)]
)
def test_a_period_says_what_it_was_where_there_is_room(short: str, seen: int) -> None:
    band = Band(DAY(2020, 3, 18), DAY(2020, 6, 8), short)
    texts = [each.text for each in ET.fromstring(overview(TICKS, (band,), LABELS)).iter("text")]
    assert texts.count(short) == seen if short else texts == ["2019", "2020", "2021", "2022"]
