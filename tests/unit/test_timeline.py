"""timeline.yaml: one record an event; what cannot be read is left out, told, and hides nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import html

from diptych.content.own_types import read_types
from diptych.content.types import RecordsRequest, read_records
from diptych.diagnostics import Diagnostic, Severity, Source
from diptych.model import Precision, Timeline
from diptych.pipeline import Build
from tests.reading import parse_timeline
from tests.strategies import mended, named, places, underlined


def event(identity: str = "a", date: str = "2020-06-08", more: str = "") -> str:
    """Four lines."""
    head = f"- id: {identity}\n  date: {date}\n"
    return head + "  title: {nl: T, fr: T}\n  text: {nl: t, fr: t}\n" + more


def parse(text: str) -> tuple[Timeline, tuple[Diagnostic, ...], Source]:
    source = Source("content/timeline/timeline.yaml", text)
    outcome = parse_timeline(source, "timeline", ("nl", "fr"))
    return outcome.value, outcome.diagnostics, source


def test_an_event_is_read_whole() -> None:
    timeline, problems, source = parse(
        "- id: first-lockdown\n  date: 2020-03-18\n  until: reopening\n"
        "  title:\n    nl: De *eerste* lockdown\n    fr: 'Le confinement : le premier'\n"
        "  text:\n    nl: |\n      Een.\n\n      Twee.\n    fr: Un.\n"
        "  topics: [law, aid]\n  actors: [UTSOPI]\n"
        "  figures:\n    - {id: votes, value: 71, unit: votes, label: {nl: voor, fr: pour}}\n"
        "  sources:\n    - {url: https://example.org/x, title: Le Soir, language: fr}\n"
        "  image: foto.jpg\n\n" + event("reopening")
    )
    assert problems == ()
    assert timeline.key == "timeline"
    first, second = timeline.events
    assert (first.id, first.date.text, first.date.precision) == (
        "first-lockdown",
        "2020-03-18",
        Precision.DAY,
    )
    assert source.position(first.span.start) == (1, 7)
    assert {key: title.value for key, title in first.titles.items()} == {
        "nl": "De *eerste* lockdown",
        "fr": "Le confinement : le premier",
    }
    assert first.texts["nl"].value == "Een.\n\nTwee."
    assert source.position(first.texts["nl"].span.start) == (8, 9)
    assert [each.value for each in first.topics] == ["law", "aid"]
    assert [(each.id, each.value, each.unit, dict(each.labels)) for each in first.figures] == [
        ("votes", 71, "votes", {"nl": "voor", "fr": "pour"})
    ]
    assert [(each.url, each.title, each.language) for each in first.sources] == [
        ("https://example.org/x", "Le Soir", "fr")
    ]
    assert first.image is not None
    assert first.image.value == "foto.jpg"
    assert first.until is not None
    assert first.until.value == second.id


@pytest.mark.parametrize(
    "date", ["2020", "2020-06", "2020-21", "2020-06~", "2021-11-06/2021-11-07", "2022-03-18T01:35"]
)
def test_dates_of_every_precision_need_no_quotes(date: str) -> None:
    timeline, problems, _ = parse(event(date=date))
    assert problems == ()
    assert timeline.events[0].date.text == date


@pytest.mark.parametrize(
    ("text", "told"),
    named(
        [
            ("nothing", "", []),
            ("remarks only", "# later\n", []),
            ("a mapping", "id: a\n", ["wrong-type 1:1"]),
            ("a text", "later\n", ["wrong-type 1:1"]),
            ("no id", "- date: 2020\n  title: {nl: T}\n  text: {nl: t}\n", ["missing-key 1:3"]),
            ("no text", "- id: a\n  date: 2020\n  title: {nl: T}\n", ["missing-key 1:3"]),
            ("an id with capitals", event("First-Lockdown"), ["wrong-type 1:7"]),
            ("an id that is an address", event("../x"), ["wrong-type 1:7"]),
            ("a day that does not exist", event(date="2021-02-30"), ["impossible-date 2:9"]),
            ("a thirteenth month", event(date="2021-13-05"), ["impossible-date 2:9"]),
            ("a date in words", event(date="8 juni 2020"), ["impossible-date 2:9"]),
            ("an interval backwards", event(date="2020-06-09/2020-06-08"), ["impossible-date 2:9"]),
            ("an unknown key", event(more="  topic: [law]\n"), ["unknown-key 5:3"]),
            ("an unknown language", event().replace("{nl: T", "{en: T"), ["unknown-language 3:11"]),
            ("an id twice", event() + event(date="2021"), ["duplicate-event 5:7"]),
            (
                "what came of it came before",
                event("a", "2020") + event("b", "2021", "  leads_to: a\n"),
                ["unknown-event 9:13"],
            ),
            (
                "a figure that is no number",
                event(more="  figures: [{id: x, value: 1.200, unit: EUR, label: {nl: a}}]\n"),
                ["wrong-type 5:28"],
            ),
            (
                "a source without an address",
                event(more="  sources: [{url: lesoir.be, title: T, language: fr}]\n"),
                ["wrong-type 5:19"],
            ),
            ("events out of order", event("a", "2021") + event("b", "2020"), ["event-order 5:7"]),
            (
                "unreadable YAML",
                event() + "- id: b\n  date: 2021\n  title: {nl: T}\n  text: a: b\n",
                ["yaml-syntax 8:3"],
            ),
            (
                "everything at once",
                event("a", "2021-13")
                + event("B")
                + event("c", more="  topics: [x]\n")
                + event("c"),
                [
                    "impossible-date 2:9",
                    "wrong-type 5:7",
                    "duplicate-event 14:7",
                ],
            ),
        ]
    ),
)
def test_what_is_wrong_and_where(text: str, told: list[str]) -> None:
    _, problems, source = parse(text)
    assert places(problems, source) == told


def test_what_can_be_read_is_read_beside_what_cannot() -> None:
    timeline, problems, _ = parse(
        event("a", "2021-13") + event("b") + event("c", "gisteren") + event("d")
    )
    assert [each.id for each in timeline.events] == ["b", "d"]
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("figures: [{id: a, value: 1, label: {nl: A, fr: A}}]", ["missing-key"]),
        ("quote: {text: {nl: Ja, fr: Oui}}", ["missing-key"]),
        ("quote: {who: {nl: An, fr: An}}", ["missing-key"]),
        ("sources: [{url: https://example.org/}]", ["missing-key"]),
        ("sources: [{}]", []),
        ("quote:", []),
    ],
)
def test_a_part_of_an_event_without_what_it_needs_is_left_out(more: str, told: list[str]) -> None:
    timeline, problems, _ = parse(event(more=f"  {more}\n"))
    (found,) = timeline.events
    assert [each.check for each in problems] == told
    assert (found.figures, found.quote, found.sources) == ((), None, ())


@pytest.mark.parametrize("name", ["outlet: Le Soir", "title: Ontslag"])
def test_a_source_needs_one_name(name: str) -> None:
    timeline, problems, _ = parse(event(more=f"  sources: [{{{name}}}]\n"))
    assert (problems, len(timeline.events[0].sources)) == ((), 1)


@pytest.mark.parametrize(
    ("more", "after"), [("", None), (", after: 2", 2)], ids=["behind the text", "within it"]
)
def test_where_a_quotation_stands(more: str, after: int | None) -> None:
    quote = f"  quote: {{text: {{nl: Ja, fr: Oui}}, who: {{nl: An, fr: An}}{more}}}\n"
    timeline, problems, _ = parse(event(more=quote))
    assert problems == ()
    assert timeline.events[0].quote is not None
    assert timeline.events[0].quote.after == after


@pytest.mark.parametrize(
    ("field", "read"),
    [
        (f"short: {{nl: {22 * 'a'}, fr: '  B  '}}", {"nl": 22 * "a", "fr": "B"}),
        (f"short: {{nl: {23 * 'a'}, fr: B}}", {"fr": "B"}),
        ("lasted: {nl: '{days} dagen', fr: 'B'}", {"nl": "{days} dagen"}),
        ("lasted: {nl: '{days} van {days}', fr: '{days} {jours}'}", {}),
    ],
)
def test_a_few_words_have_their_form(field: str, read: dict[str, str]) -> None:
    timeline, problems, _ = parse(event(more=f"  {field}\n"))
    (found,) = timeline.events
    assert (found.shorts or found.lasted) == read
    assert {each.check for each in problems} == ({"wrong-type"} if len(read) < 2 else set())


def test_of_two_events_with_one_id_the_first_stays() -> None:
    timeline, (problem,), source = parse(event(date="2020") + event(date="2021"))
    assert [each.date.text for each in timeline.events] == ["2020"]
    assert str(problem.message) == "the event on line 1 already has the id `a`"
    assert underlined(problem, source) == "a"


@pytest.mark.parametrize(
    ("dates", "out"),
    [
        (("2020-06", "2020-06-08", "2020-06"), []),
        (("2020-03-01/2020-06-30", "2020-05"), []),
        (("2020", "2020-03", "2021"), []),
        (("2020-06-08", "2020-06-08T10:00"), []),
        (("2020-06-08", "2020-05", "2020-06-09"), ["b"]),
        (("2021", "2020-12-31"), ["b"]),
        (("2022", "2020", "2021"), ["a"]),  # this event is the one out of place
        (("2020", "2023", "2021", "2022", "2024"), ["b"]),
    ],
)
def test_order_is_judged_by_what_dates_can_mean(dates: tuple[str, ...], out: list[str]) -> None:
    text = "".join(event(identity, date) for identity, date in zip("abcde", dates, strict=False))
    _, problems, source = parse(text)
    assert [underlined(each, source) for each in problems] == out


@pytest.mark.parametrize(
    ("date", "fix"),
    [("8 juni 2020", "  date: 2020-06-08"), ("8/6/2020", "  date: 2020-06-08"), ("ooit", None)],
)
def test_a_date_as_people_write_it_has_its_line_suggested(date: str, fix: str | None) -> None:
    _, (problem,), source = parse(event(date=date))
    assert mended(problem, source) == fix
    assert underlined(problem, source) == date
    assert "spring 2020-21" in str(problem.hint)


def dated(*dates: str) -> str:
    return "".join(
        f"- id: e{n}\n  date: {date}\n  title: {{nl: N{n}, fr: F{n}}}\n  text: {{nl: N., fr: F.}}\n"
        for n, date in enumerate(dates)
    )


@pytest.mark.parametrize(
    ("dates", "order", "late"),
    [
        (("2020-01-01", "2020-02", "2021"), "012", ""),
        (("2021-05-01", "2020-03-01", "2021-06-01"), "102", "1"),  # a year that would come twice
        (("2020-06-01", "2021-06-01", "2020-07-01"), "021", "2"),
        (("2020-06-10", "2020-06", "2020-06-12"), "012", ""),  # nobody knows on which day
        (("2021", "2020/2021", "2021-02"), "102", "1"),  # what began in 2020 stands there
        (("2022", "2021", "2020"), "210", "12"),
    ],
)
def test_an_event_out_of_order_is_told_at_its_line_and_shown_in_its_place(
    site: Callable[..., Build], dates: tuple[str, ...], order: str, late: str
) -> None:
    build = site(
        {
            "content/time/timeline.yaml": dated(*dates),
            "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n",
            "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n",
        }
    )
    told = [each for each in build.diagnostics if each.severity is not Severity.INFO]
    assert [each.check for each in told] == ["event-order"] * len(late)
    source = build.sources["content/time/timeline.yaml"]
    lines = [source.position(each.span.start)[0] for each in told]
    assert lines == [int(each) * 4 + 1 for each in late]
    page = html.fromstring(
        next(each.data for each in build.outputs if each.path == "nl/tijd/index.html").decode()
    )
    shown = [each.get("id") for each in page.xpath("//*[@id]")]
    assert "".join(each[1:] for each in shown if re.fullmatch(r"e\d", each)) == order


def test_a_relation_may_name_what_stands_above_and_comes_later() -> None:
    text = dated("2021", "2020").replace("  date: 2020\n", "  date: 2020\n  leads_to: e0\n")
    outcome = parse_timeline(Source("t", text), "time", ("nl", "fr"))
    assert [each.check for each in outcome.diagnostics] == ["event-order"]
    assert [each.id for each in outcome.value.events] == ["e1", "e0"]


def test_each_type_of_records_says_what_takes_more_than_one_entry() -> None:
    """Doubles are found by the row of the type: whoever reads the file need not know its name."""
    languages = ("nl", "fr")
    types = read_types(
        Source(
            "content/types.yaml",
            "people:\n  id: {type: key, required: true}\n  since: {type: date}\n",
        ),
        languages,
    ).value
    word = "  preferred: {nl: x, fr: y}\n  reason: {nl: X., fr: Y.}\n"
    doubles = {
        "timeline": (dated("2020") + dated("2020"), "duplicate-event"),
        "chapters": (
            "- id: a\n  from: x\n  title: {nl: A, fr: B}\n" * 2,
            "duplicate-entry",
        ),
        "agenda": (
            "- id: a\n  dates: [2020-01-01]\n  title: {nl: A, fr: B}\n" * 2,
            "duplicate-entry",
        ),
        "terms": (f"- id: a\n{word}- id: a\n{word}", "duplicate-term"),
        "people": ("- id: a\n  since: 2020\n- id: a\n  since: 2021\n", "duplicate-entry"),
    }
    assert {name for name, each in types.by_name.items() if each.many} - {"page"} == set(doubles)
    for name, (text, check) in doubles.items():
        request = RecordsRequest(Source("t", text), types.by_name[name], "", languages)
        found = read_records(request).diagnostics
        assert [each.check for each in found] == [check], name
