"""What machines read: Atom, sitemap, robots, headers, and the timeline as data."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import sys
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from PIL import Image

from diptych.html import with_absolute_addresses
from diptych.i18n import csv_separator
from diptych.pipeline import Build
from tests.conftest import SITE_YAML, page_of, text_of

Builds = Callable[..., Build]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

EVENTS = """\
- id: first-lockdown
  date: 2020-03-18
  topics: [law]
  title: {nl: "Alles dicht; *nu*", fr: Tout ferme}
  text:
    nl: |
      Eerste alinea, met komma's; en puntkomma's.

      Tweede alinea met [een link](page:about).
    fr: Un texte.
  figures:
    - {id: given, value: 1200, unit: EUR, label: {nl: gegeven, fr: donnés}}
  sources:
    - {url: "https://press.example/a", title: Krant, language: nl}
- id: spring
  date: 2021-21
  title: {nl: Lente, fr: Printemps}
  text: {nl: Lente., fr: Printemps.}
- id: long
  date: 2021-11-06/2021-11-07
  title: {nl: Twee dagen, fr: Deux jours}
  text: {nl: Twee., fr: Deux.}
- id: night
  date: 2022-03-18T01:35
  title: {nl: Nacht, fr: Nuit}
  text: {nl: Nacht., fr: Nuit.}
- id: dutch-only
  date: 2022-04
  title: {nl: Alleen Nederlands}
  text: {nl: Nog niet vertaald.}
"""
FILES = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": EVENTS,
    "content/news/nl.md": (
        "---\ntitle: Nieuws & meer\ndescription: Het laatste.\ndate: 2022-05-01\n---\n\nTekst.\n"
    ),
}


@pytest.fixture
def build(site: Builds) -> Build:
    made = site(FILES)
    assert not made.failed
    return made


def _photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(file, "PNG")
    return file.getvalue()


def entries(build: Build, language: str) -> list[dict[str, str]]:
    feed = ET.fromstring(text_of(build, f"{language}/feed.xml"))
    return [
        {child.tag.rpartition("}")[2]: (child.text or child.get("href") or "") for child in entry}
        for entry in feed.findall("a:entry", ATOM)
    ]


def test_a_feed_says_what_it_is(build: Build) -> None:
    feed = ET.fromstring(text_of(build, "fr/feed.xml"))
    assert feed.get(LANG) == "fr-BE"
    assert feed.findtext("a:id", "", ATOM) == "https://example.org/fr/feed.xml"
    assert feed.findtext("a:title", "", ATOM) == "Voorbeeld – Français"
    assert feed.findtext("a:updated", "", ATOM) == "2022-03-18T00:00:00Z"
    assert feed.findtext("a:author/a:name", "", ATOM) == "Exemple asbl"
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {
        "self": "https://example.org/fr/feed.xml",
        "alternate": "https://example.org/fr/",
    }


def test_a_feed_has_dated_pages_and_events_newest_first(build: Build) -> None:
    assert [(each["id"], each["updated"]) for each in entries(build, "nl")] == [
        ("https://example.org/nl/nieuws-meer/", "2022-05-01T00:00:00Z"),
        ("https://example.org/nl/tijdlijn/#dutch-only", "2022-04-01T00:00:00Z"),
        ("https://example.org/nl/tijdlijn/#night", "2022-03-18T00:00:00Z"),
        ("https://example.org/nl/tijdlijn/#long", "2021-11-06T00:00:00Z"),
        ("https://example.org/nl/tijdlijn/#spring", "2021-03-01T00:00:00Z"),
        ("https://example.org/nl/tijdlijn/#first-lockdown", "2020-03-18T00:00:00Z"),
    ]


def test_a_feed_leaves_out_what_is_not_in_its_language(build: Build) -> None:
    """Neither the page nor the event that lacks French is read to French readers as French."""
    identities = [each["id"].rpartition("/")[2] for each in entries(build, "fr")]
    assert identities == ["#night", "#long", "#spring", "#first-lockdown"]


def test_an_entry_has_its_title_link_and_text(build: Build) -> None:
    page, first = entries(build, "nl")[0], entries(build, "nl")[-1]
    assert page["title"] == "Nieuws & meer"
    assert page["summary"] == "Het laatste."
    assert page["content"] == "<p>Tekst.</p>"
    assert first["title"].replace("\N{NO-BREAK SPACE}", " ") == "18 maart 2020: Alles dicht; nu"
    assert first["link"] == "https://example.org/nl/tijdlijn/#first-lockdown"
    assert '<a href="https://example.org/nl/over-ons/">een link</a>' in first["content"]


def test_every_address_in_an_entry_is_whole(site: Builds) -> None:
    """Many readers of feeds know no base: a link would lead to the reader's own site, or home."""
    note = "Tekst[^1] met [een deel](#deel), [over ons](page:about) en ![Een foto](foto.png).\n\n"
    text = f"{note}## Deel {{#deel}}\n\nMeer.\n\n[^1]: De noot.\n"
    build = site(
        {
            "content/news/nl.md": f"---\ntitle: Nieuws\ndate: 2022-05-01\n---\n\n{text}",
            "content/news/foto.png": _photo(),
        }
    )
    content = entries(build, "nl")[0]["content"]
    found = re.findall(r'(?:href|src|srcset)="([^"]*)"', content)
    addresses = [part.split()[0] for each in found for part in each.split(", ")]
    page = "https://example.org/nl/nieuws/"
    assert len(addresses) >= 6
    assert [each for each in addresses if not each.startswith("https://example.org/")] == []
    assert {f"{page}#deel", "https://example.org/nl/over-ons/"} <= set(addresses)
    assert any(each.startswith(f"{page}#fn") for each in addresses), "a note leads to the page"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ('<a href="#a">x</a>', '<a href="https://e.org/nl/p/#a">x</a>'),
        ('<a href="../q/">x</a>', '<a href="https://e.org/nl/q/">x</a>'),
        ('<a href="mailto:a@e.org">x</a>', '<a href="mailto:a@e.org">x</a>'),
        (
            '<img srcset="/a.webp 480w, /b.webp 960w" alt="">',
            '<img srcset="https://e.org/a.webp 480w, https://e.org/b.webp 960w" alt="">',
        ),
        ("<p>Één &amp; twee</p>", "<p>Één &amp; twee</p>"),
        (
            '<blockquote cite="/c">x</blockquote>',
            '<blockquote cite="https://e.org/c">x</blockquote>',
        ),
        ("", ""),
    ],
)
def test_addresses_become_whole(written: str, whole: str) -> None:
    assert with_absolute_addresses(written, "https://e.org/nl/p/#event") == whole


def test_a_feed_without_entries_has_a_fixed_date(site: Builds) -> None:
    feed = ET.fromstring(text_of(site(), "nl/feed.xml"))
    assert feed.findtext("a:updated", "", ATOM) == "1970-01-01T00:00:00Z"
    assert feed.findall("a:entry", ATOM) == []


def test_the_sitemap_has_every_page_with_the_alternates_of_its_head(build: Build) -> None:
    root = ET.fromstring(text_of(build, "sitemap.xml"))
    listed = {
        (url.findtext("s:loc", "", MAP) or ""): [
            (link.get("hreflang"), link.get("href")) for link in url.findall("x:link", MAP)
        ]
        for url in root.findall("s:url", MAP)
    }
    assert list(listed) == [
        "https://example.org/",
        "https://example.org/fr/",
        "https://example.org/fr/a-propos/",
        "https://example.org/fr/chronologie/",
        "https://example.org/nl/",
        "https://example.org/nl/nieuws-meer/",
        "https://example.org/nl/over-ons/",
        "https://example.org/nl/tijdlijn/",
    ]
    for address, alternates in listed.items():
        head = page_of(build, address.removeprefix("https://example.org/") or "index.html")
        links = head.xpath("/html/head/link[@rel='alternate'][@hreflang]")
        assert [(link.get("hreflang"), link.get("href")) for link in links] == alternates


def test_robots(build: Build) -> None:
    assert text_of(build, "robots.txt") == (
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"
    )


@pytest.mark.parametrize(
    ("hosting", "files"),
    [
        (None, []),
        ("github", []),
        ("netlify", ["_headers", "_redirects"]),
        ("cloudflare", ["_headers"]),
    ],
)
def test_each_host_gets_the_files_that_it_reads(
    site: Builds, hosting: str | None, files: list[str]
) -> None:
    yaml = SITE_YAML + (f"hosting: {hosting}\n" if hosting else "")
    build = site({"content/site.yaml": yaml})
    assert [o.path for o in build.outputs if o.path.startswith("_")] == files


HEADERS = {  # what goes with every file, but for its policy
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
        "geolocation=(), gyroscope=(), interest-cohort=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), usb=()"
    ),
    "Cache-Control": "max-age=0, must-revalidate",
}
POLICY = {  # what a page may load and do; hashes beside it are those of its own style and script
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "upgrade-insecure-requests": "",
}


@pytest.mark.parametrize("hosting", ["netlify", "cloudflare"])
def test_headers_forbid_what_the_site_does_not_need(site: Builds, hosting: str) -> None:
    text = text_of(site({"content/site.yaml": SITE_YAML + f"hosting: {hosting}\n"}), "_headers")
    everywhere, _, assets = text.partition("/assets/*\n")
    assert everywhere.startswith("/*\n")
    lines = [line.strip().split(": ", 1) for line in everywhere.splitlines()[1:] if line]
    headers = dict(lines)
    assert len(lines) == len(headers)
    directives = [
        each.partition(" ") for each in headers.pop("Content-Security-Policy").split("; ")
    ]
    assert headers == HEADERS
    allowed = {
        name: " ".join(each for each in values.split() if not each.startswith("'sha256-"))
        for name, _, values in directives
    }
    assert allowed == POLICY
    assert "Cache-Control: public, max-age=31536000, immutable" in assets
    assert ("! Cache-Control" in assets) == (hosting == "cloudflare")


@pytest.mark.parametrize("hosting", ["netlify", "cloudflare"])
def test_the_headers_let_the_file_to_take_along_work(site: Builds, hosting: str) -> None:
    """Its style and its script by their hashes, here too: of two policies browsers hold both."""
    build = site({"content/site.yaml": SITE_YAML + f"hosting: {hosting}\n"})
    everywhere, *rules = text_of(build, "_headers").split("\n\n")
    (own,) = page_of(build, "nl/hele-site.htm").xpath("//meta[@http-equiv]/@content")
    directives = dict(each.split(" ", 1) for each in own.split("; "))
    for name in ("style-src", "script-src"):
        assert directives[name].startswith("'sha256-")
        (line,) = re.findall(f"{name} [^;]*", everywhere)
        assert directives[name] in line
    assert "/nl/hele-site.htm\n  X-Robots-Tag: noindex" in rules
    assert "'self'" not in own


def data(build: Build, form: str, language: str = "nl") -> Any:
    path = {"nl": "nl/tijdlijn/", "fr": "fr/chronologie/"}[language]
    return text_of(build, f"{path}timeline.{form}")


def test_the_timeline_as_json(build: Build) -> None:
    document = json.loads(data(build, "json"))
    assert document["language"] == "nl-BE"
    assert document["url"] == "https://example.org/nl/tijdlijn/"
    first, spring, long, night, _ = document["events"]
    text = first["text"].split("\n\n")
    assert [len(text), text[1]] == [2, "Tweede alinea met een link."]
    assert (first["date"], first["end"], first["topics"]) == ("2020-03-18", None, ["law"])
    assert first["figures"] == [
        {"id": "given", "value": 1200, "unit": "EUR", "label": "gegeven", "more_than": False}
    ]
    (source,) = first["sources"]
    assert source == {
        "outlet": None,
        "date": None,
        "title": "Krant",
        "url": "https://press.example/a",
        "language": "nl",
    }
    assert first["quote"] is None
    assert first["url"] == "https://example.org/nl/tijdlijn/#first-lockdown"
    assert spring["date"] == "2021-21"
    assert (long["date"], long["end"]) == ("2021-11-06", "2021-11-07")
    assert night["date"] == "2022-03-18T01:35"


def test_data_says_in_which_language_an_event_really_is(build: Build) -> None:
    events = json.loads(data(build, "json", "fr"))["events"]
    assert [(each["id"], each["language"]) for each in events] == [
        ("first-lockdown", "fr-BE"),
        ("spring", "fr-BE"),
        ("long", "fr-BE"),
        ("night", "fr-BE"),
        ("dutch-only", "nl-BE"),
    ]
    calendar = icalendar.Calendar.from_ical(data(build, "ics", "fr"))
    voices = [event["SUMMARY"].params["LANGUAGE"] for event in calendar.walk("VEVENT")]
    assert voices == ["fr-BE"] * 3  # those with a day


def test_the_timeline_as_csv(build: Build) -> None:
    text = data(build, "csv")
    assert text.startswith("\ufeff"), "without it a spreadsheet takes é for two other letters"
    rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert [row["id"] for row in rows] == [
        "first-lockdown",
        "spring",
        "long",
        "night",
        "dutch-only",
    ]
    assert rows[0]["topics"] == "law"
    assert rows[2]["end"] == "2021-11-07"
    assert text.count("\r\n") >= 6


def test_the_table_has_the_separator_of_the_languages_spreadsheets(site: Builds) -> None:
    head = data(site(FILES), "csv").splitlines()[0]
    assert head == "\ufeffid;date;end;title;text;topics;actors;url;quote;sources"
    assert [csv_separator(each) for each in ("nl_BE", "fr_BE", "de_DE", "en_GB", "en_US")] == list(
        ";;;,,"
    )


@pytest.mark.parametrize("sign", ["=1+1", "+32", "-5", "@SUM(A1)", "\uff1d1+1", "\uff20SUM(A1)"])
def test_no_cell_is_run_by_a_spreadsheet(site: Builds, sign: str) -> None:
    events = EVENTS.replace("nl: Nacht, fr: Nuit", f'nl: "{sign}", fr: Nuit', 1)
    rows = csv.DictReader(
        io.StringIO(data(site({**FILES, "content/time/timeline.yaml": events}), "csv")[1:]),
        delimiter=";",
    )
    assert [row["title"] for row in rows][3] == f"'{sign}"


@pytest.mark.parametrize("sign", ["=1+1", "@SUM(A1)", "-5", "+32"])
def test_no_cell_of_any_column_is_run(site: Builds, sign: str) -> None:
    event = (
        f'- id: a\n  date: 2020-05-04\n  title: {{nl: "{sign}", fr: "{sign}"}}\n'
        f'  text: {{nl: "{sign}", fr: "{sign}"}}\n'
        f'  sources: [{{url: "https://a.example/", title: "{sign}", language: nl}}]\n'
    )
    build = site({**FILES, "content/time/timeline.yaml": event})
    (row,) = csv.DictReader(io.StringIO(data(build, "csv")[1:]), delimiter=";")
    assert [name for name, cell in row.items() if cell.startswith(f"'{sign}")] == [
        "title",
        "text",
        "sources",
    ]
    assert [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


@pytest.mark.parametrize(
    ("date", "stands"),
    [
        ("2020-06-08", True),
        ("2020-06-08~", True),
        ("2020-06-08T12:30/2020-06-09", True),
        ("2020-06-08/2020-06-10", True),
        ("2020-06", False),
        ("2020", False),
        ("2020-21", False),
        ("197X", False),
        ("19XX", False),
        ("2020-06-XX", False),
        ("2020-06-08/..", False),
        ("../2020-06-08", False),
        ("2020-06-08/2020-07", False),
        ("2020/2021", False),
    ],
)
def test_what_has_no_day_is_not_in_a_calendar(date: str, stands: bool, site: Builds) -> None:
    event = f"- id: a\n  date: {date}\n  title: {{nl: A, fr: B}}\n  text: {{nl: C., fr: D.}}\n"
    build = site({**FILES, "content/time/timeline.yaml": event})
    assert not build.failed
    calendar = icalendar.Calendar.from_ical(data(build, "ics"))
    assert bool(calendar.walk("VEVENT")) is stands
    assert f'"date": "{date.partition("/")[0]}"' in data(build, "json")


def test_the_timeline_as_calendar(build: Build) -> None:
    text = data(build, "ics")
    calendar = icalendar.Calendar.from_ical(text)
    events = {str(event["UID"]).rpartition("#")[2]: event for event in calendar.walk("VEVENT")}
    spans = {
        name: (event.decoded("DTSTART"), event.decoded("DTEND")) for name, event in events.items()
    }
    day = datetime.date
    assert spans == {  # what is known to the month or the season has no day of its own
        "first-lockdown": (day(2020, 3, 18), day(2020, 3, 19)),
        "long": (day(2021, 11, 6), day(2021, 11, 8)),
        "night": (day(2022, 3, 18), day(2022, 3, 19)),
    }
    first = events["first-lockdown"]
    assert "met komma’s; en puntkomma’s.\n\nTweede" in str(first["DESCRIPTION"])
    assert first["UID"] == first["URL"] == "https://example.org/nl/tijdlijn/#first-lockdown"
    assert first.decoded("DTSTAMP").isoformat() == "2020-03-18T00:00:00+00:00"  # in every build
    assert {str(event["TRANSP"]) for event in events.values()} == {"TRANSPARENT"}
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")


def test_data_and_page_tell_the_same_events_in_every_language(build: Build) -> None:
    for language, path in (("nl", "nl/tijdlijn/"), ("fr", "fr/chronologie/")):
        told = [each["id"] for each in json.loads(data(build, "json", language))["events"]]
        shown = page_of(build, path).xpath("//article[@id]/@id")
        assert told == shown


def _news(count: int) -> dict[str, str]:
    """Dated pages, two for each month from January 2020 on."""
    files = {"content/news/nl.md": "---\ntitle: Nieuws\nlayout: list\n---\n"}
    for number in range(count):
        year, month = divmod(number // 2, 12)
        day = f"{2020 + year}-{month + 1:02}-{number % 2 + 1:02}"
        head = f"---\ntitle: Bericht {number}\ndescription: Kort.\ndate: {day}\n---\n\n"
        files[f"content/news/n{number}/nl.md"] = f"{head}Tekst.\n"
    return files


@pytest.mark.parametrize("feed", ["nl/feed", "nl/nieuws/feed"])
def test_a_feed_has_a_length_and_archives_hold_the_rest(
    site: Builds, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RFC 5005, section 4: from the feed every entry is reached, and an archive says that it is one."""
    # the package has a function of the module's name
    monkeypatch.setattr(sys.modules["diptych.outputs.atom"], "LATEST", 20)
    made = site(_news(50))
    assert not made.failed
    history = "{http://purl.org/syndication/history/1.0}archive"
    path: str | None = f"{feed}.xml"
    seen: list[str] = []
    met: list[tuple[str, int, bool]] = []
    while path:
        document = ET.fromstring(text_of(made, path))
        links = {each.get("rel"): each.get("href") for each in document.findall("a:link", ATOM)}
        assert links["self"] == f"https://example.org/{path}"
        assert document.findtext("a:id", "", ATOM) == f"https://example.org/{feed}.xml"
        entries = [each.findtext("a:title", "", ATOM) for each in document.findall("a:entry", ATOM)]
        archive = document.find(history) is not None
        if archive:
            assert links["current"] == f"https://example.org/{feed}.xml"
        if len(met) > 1:
            assert links["next-archive"] == f"https://example.org/{met[-1][0]}"
        met.append((path, len(entries), archive))
        seen += entries
        path = (links.get("prev-archive") or "").removeprefix("https://example.org/") or None
    # 50 pages: 24 of 2020, 24 of 2021, 2 of 2022
    assert met == [
        (f"{feed}.xml", 20, False),
        (f"{feed}-2021.xml", 24, True),
        (f"{feed}-2020.xml", 24, True),
    ]
    assert set(seen) == {f"Bericht {number}" for number in range(50)}


def test_the_page_that_lists_all_there_is_names_the_archives(
    site: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For programs that follow no chain, and for whoever asks which files a page leads to."""
    monkeypatch.setattr(sys.modules["diptych.outputs.atom"], "LATEST", 20)
    lists = {
        f"content/all/{language}.md": f"---\ntitle: Alles {language}\nlayout: search\n---\n"
        for language in ("nl", "fr")
    }
    made = site(_news(50) | lists)
    archives = {each.path for each in made.outputs if "/feed-" in each.path}
    found = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="([^"]*)" href="/([^"]*-\d+.xml)"',
        text_of(made, "nl/alles-nl/index.html"),
    )
    assert {path for _, path in found} == {each for each in archives if each.startswith("nl/")}
    assert [title.partition(": ")[2] for title, _ in found] == [
        "2021",
        "2020",
        "Nieuws, 2021",
        "Nieuws, 2020",
    ]
    assert "feed-" not in text_of(made, "nl/nieuws/index.html")


def test_a_feed_that_is_not_full_has_no_archive(site: Builds) -> None:
    made = site(_news(100))
    assert [each.path for each in made.outputs if "feed-" in each.path] == []
    assert "archive" not in text_of(made, "nl/feed.xml")


def test_no_old_address_takes_the_place_of_an_archive(site: Builds) -> None:
    about = "---\ntitle: Over\nredirect_from: [/nl/feed-2020.xml]\n---\n\nTekst.\n"
    made = site({"content/about/nl.md": about})
    assert [each.check for each in made.diagnostics if each.span.path == "content/about/nl.md"]
