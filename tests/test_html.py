"""What is published, read by strict readers: HTML, feeds, drawings, data and the style sheet.

The rules are those of the Nu checker that a site like this can break, each as an XPath of what is
wrong (or as a function where a path cannot say it).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
from icalendar import Calendar
from lxml import etree
from lxml import html as lxml_html

from diptych.pipeline import Build

Page = Any  # lxml's element: its stubs and its trees do not say the same
Rule = str | Callable[[Page], Iterator[str]]

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
OBSOLETE = (
    "align",
    "alink",
    "background",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "char",
    "clear",
    "compact",
    "frame",
    "frameborder",
    "hspace",
    "language",
    "link",
    "longdesc",
    "marginheight",
    "noshade",
    "nowrap",
    "rules",
    "scrolling",
    "summary",
    "text",
    "valign",
    "vlink",
    "vspace",
)
MOMENT = re.compile(
    r"\d{4}(-(?P<month>\d\d)(-(?P<day>\d\d)(T([01]\d|2[0-3]):[0-5]\d)?)?)?"  # 2020, 2020-03, -18, T01:35
)


def names(path: str) -> str:
    """An element that has a name: text, a label, or a picture with one."""
    return (
        f"{path}[not(normalize-space()) and not(@aria-label) and not(@aria-labelledby)"
        " and not(.//img[normalize-space(@alt)])]"
    )


def headings_in_order(page: Page) -> Iterator[str]:
    level = 0
    for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6"):
        own = int(heading.tag[1])
        if own > level + 1:
            yield f"{heading.tag} after h{level}"
        level = own


def ids_once(page: Page) -> Iterator[str]:
    yield from (name for name, count in Counter(page.xpath("//@id")).items() if count > 1)


def references(page: Page) -> Iterator[str]:
    known = set(page.xpath("//@id"))
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
        for value in page.xpath(f"//@{attribute}"):
            yield from (f"{attribute}={each}" for each in value.split() if each not in known)
    for href in page.xpath("//a/@href[starts-with(., '#')]"):
        if href[1:] not in known:
            yield href


def language_tags(page: Page) -> Iterator[str]:
    yield from (
        tag for tag in page.xpath("//@lang|//@hreflang[. != 'x-default']") if not TAG.fullmatch(tag)
    )


def moments(page: Page) -> Iterator[str]:
    for value in page.xpath("//time/@datetime"):
        match = MOMENT.fullmatch(value)
        if (
            not match
            or not 1 <= int(match["month"] or 1) <= 12
            or not 1 <= int(match["day"] or 1) <= 31
        ):
            yield value


def data_blocks(page: Page) -> Iterator[str]:
    for block in page.xpath("//script[@type = 'application/ld+json']"):
        try:
            json.loads(block.text)
        except ValueError as error:
            yield str(error)


def policy_first(page: Page) -> Iterator[str]:
    """The policy holds only what comes after it."""
    policy = page.xpath("/html/head/meta[@http-equiv = 'Content-Security-Policy']")
    if len(policy) != 1:
        yield f"{len(policy)} policies"
        return
    yield from (
        each.tag for each in policy[0].itersiblings("script", "style", "link", preceding=True)
    )


RULES: Mapping[str, Rule] = {
    # the document
    "html says its language": "/html[not(@lang)]",
    "the encoding comes first": "/html/head/*[1][not(self::meta[@charset])]",
    "one title, not empty": "/html/head[count(title[normalize-space()]) != 1]",
    "one description at most": "/html/head[count(meta[@name = 'description']) > 1]",
    "the window may be zoomed": "//meta[@name = 'viewport'][contains(@content, 'scalable') or contains(@content, 'maximum')]",
    "one policy, before what it holds": policy_first,
    "data blocks are JSON": data_blocks,
    # structure
    "one h1": "/html[count(//h1) != 1]",
    "one main": "/html[count(//main) != 1]",
    "headings go down one by one": headings_in_order,
    "no empty heading": names("//*[self::h1 or self::h2 or self::h3 or self::h4]"),
    "a heading holds words": "//*[self::h1 or self::h2 or self::h3 or self::h4]/*[self::p or self::div or self::ul]",
    "a section has a heading": "//*[self::section or self::article][not(.//h1|.//h2|.//h3|.//h4) and not(@aria-label)]",
    "a nav has a name": "//nav[not(@aria-label) and not(@aria-labelledby)]",
    "landmarks are not in text": "//main//main|//article//main|//p//nav|//footer//main|//header//main",
    "no empty paragraph": "//p[not(node())]|//li[not(node())]|//dd[not(node())]|//dt[not(node())]",
    # identities
    "ids are unique": ids_once,
    "ids have no spaces": "//@id[contains(., ' ') or . = '']",
    "what is referred to is there": references,
    # content models
    "lists hold items": "//ul/*[not(self::li)]|//ol/*[not(self::li)]|//li[not(parent::ul or parent::ol)]",
    "lists hold no bare text": "//ul/text()[normalize-space()]|//ol/text()[normalize-space()]|//dl/text()[normalize-space()]",
    "dl holds terms and descriptions": "//dl/*[not(self::dt or self::dd or self::div)]",
    "groups of dl hold both": "//dl/div[not(dt) or not(dd) or *[not(self::dt or self::dd)]]",
    "a term has a description": "//dl/dt[not(following-sibling::dd)]|//dl[not(div) and not(dt)]",
    "a term is no heading": "//dt//*[self::h1 or self::h2 or self::h3 or self::header or self::footer]",
    "terms stand in lists of them": "//*[self::dt or self::dd][not(parent::dl or parent::div/parent::dl)]",
    "figcaption is first or last": "//figcaption[preceding-sibling::* and following-sibling::*]|//figcaption[not(parent::figure)]",
    "a table has heads, with a scope": "//table[not(.//th)]|//th[not(@scope)]",
    "legend begins a fieldset": "//fieldset[not(*[1][self::legend])]|//legend[not(parent::fieldset)]",
    "nothing to press in something to press": "//a//a|//a//button|//a//input|//button//a|//label//a|//label//label",
    # names
    "a link has a target and a name": "//a[not(@href)]|"
    + names("//a[not(.//*[local-name() = 'title'])]"),
    "a control has a label": "//*[self::input or self::select or self::textarea][not(@type = 'hidden')"
    " and not(@aria-label) and not(ancestor::label) and not(@id = //label/@for)]",
    "a button has a type and a name": "//button[not(@type)]|" + names("//button"),
    "a picture has alt, width and height": "//img[not(@alt) or not(@width) or not(@height)]",
    "a drawing has a name or is hidden": "//*[local-name() = 'svg'][not(@aria-hidden = 'true')"
    " and not(@aria-label) and not(@aria-labelledby) and not(ancestor::*[@aria-hidden = 'true'])]",
    "nothing hidden can be reached": "//*[@aria-hidden = 'true']//*[self::a or self::button or self::input]",
    "roles say what the element does not": "//nav[@role = 'navigation']|//main[@role = 'main']|//ul[@role = 'list']"
    "|//a[@role = 'link']|//article[@role = 'article']|//section[@role = 'region']|//button[@role = 'button']",
    # values
    "tags of languages are tags": language_tags,
    "moments are moments": moments,
    "no old elements": "//center|//font|//big|//tt|//strike|//marquee|//acronym|//frame|//applet|//basefont|//dir",
    "no old attributes": "|".join(f"//html//@{name}" for name in OBSOLETE)
    + "|//a/@name|//img/@name",
    "no type where there is one": "//script[@type = 'text/javascript']|//style[@type]|//link[@rel = 'stylesheet'][@type]",
    # what this site forbids itself
    "no style or handler in an element": "//@style|//@*[starts-with(name(), 'on')]",
    "no new windows": "//@target",
    "no order but that of the page": "//@tabindex[. > 0]|//@accesskey|//@autofocus",
    "nothing from elsewhere": "//*[self::iframe or self::object or self::embed or self::form or self::base or self::video]",
}


@pytest.fixture(scope="session")
def pages(whole_build: Build) -> Mapping[str, Page]:
    """Every page, parsed as browsers do, but without forgiving anything."""
    builder = html5lib.getTreeBuilder("lxml")
    found = {}
    for output in whole_build.outputs:
        if output.is_page:
            parser = html5lib.HTMLParser(tree=builder, strict=True, namespaceHTMLElements=False)
            found[output.path] = parser.parse(output.data.decode()).getroot()
    return found


def broken(page: Page, rule: Rule) -> list[str]:
    """What breaks a rule, shortly."""
    found = rule(page) if callable(rule) else page.xpath(rule)
    return [
        each if isinstance(each, str) else etree.tostring(each, encoding="unicode")[:160]
        for each in found
    ]


def test_every_page_parses_without_an_error(pages: Mapping[str, Page]) -> None:
    """The fixture would have raised at the first."""
    assert len(pages) > 15


@pytest.mark.parametrize("name", RULES)
def test_every_page_keeps_the_rule(pages: Mapping[str, Page], name: str) -> None:
    found = {path: broken(page, RULES[name]) for path, page in pages.items()}
    assert {path: each for path, each in found.items() if each} == {}


SPOILT = """<!DOCTYPE html><html><head><title> </title><meta charset=utf-8><meta name=description>
<meta name=description><meta name=viewport content="user-scalable=no"><base href="/">
<script type="application/ld+json">{</script><script type="text/javascript" src=a.js></script>
<style type="text/css"></style></head><body><h3></h3><h3><p>x</p></h3><section>x</section><nav>x</nav>
<main><main></main></main><p></p><i id=a></i><i id=a></i><i id="b c"></i><a href="#gone">x</a><ul>x<p>y</p></ul>
<dl>x<p>y</p><div><dt>z</dt></div><dt><h2>x</h2></dt></dl><dd>x</dd><figure><p>a</p>
<figcaption>x</figcaption><p>b</p></figure><table><tr><td>x</td></tr></table><fieldset></fieldset><legend>x</legend>
<button><a href="#a">x</a></button><a>x</a><a href="#a"></a><input><button></button><img src=a.png>
<svg></svg><div aria-hidden=true><a href="#a">x</a></div><nav role=navigation aria-label=x>x</nav>
<b lang="nl_BE"></b><time datetime="18 maart">x</time><center align=left onclick="x()">x</center>
<a target=_blank href="#a" tabindex=3>x</a><iframe></iframe></body></html>"""


def test_every_rule_finds_its_fault() -> None:
    page = html5lib.parse(SPOILT, treebuilder="lxml", namespaceHTMLElements=False).getroot()
    assert [name for name, rule in RULES.items() if not broken(page, rule)] == []


def files(build: Build, *endings: str) -> dict[str, str]:
    return {each.path: each.data.decode() for each in build.outputs if each.path.endswith(endings)}


def test_pages_have_names_of_their_own(pages: Mapping[str, Page]) -> None:
    """In a list of results; the homes alone share their title, the organisation's short name."""
    read = {
        path: page for path, page in pages.items() if not page.xpath("//meta[@name = 'robots']")
    }
    for what in ("//title/text()", "//meta[@name = 'description']/@content"):
        counted = Counter(page.xpath(what)[0] for page in read.values())
        if what == "//title/text()":
            homes = [
                read[path].xpath(what)[0] for path in read if re.fullmatch(r"\w+/index.html", path)
            ]
            assert len(set(homes)) == 1
            counted.subtract(homes[1:])
        assert {text: count for text, count in counted.items() if count > 1} == {}


def test_feeds_are_well_formed(whole_build: Build) -> None:
    feeds = files(whole_build, "feed.xml")
    assert feeds
    for text in feeds.values():
        feed = ET.fromstring(text)
        assert feed.tag == f"{ATOM}feed"
        for name in ("id", "title", "updated"):
            assert (feed.findtext(ATOM + name) or "").strip()
        entries = feed.findall(f"{ATOM}entry")
        identities = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(identities)) == len(identities) > 0
        updates = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert updates == sorted(updates, reverse=True)
        for entry in entries:
            assert entry.findtext(f"{ATOM}title")
            (link,) = entry.findall(f"{ATOM}link")
            assert link.attrib["href"].startswith("https://")


def test_the_sitemap_is_well_formed_and_names_every_page(
    whole_build: Build, pages: Mapping[str, Page]
) -> None:
    (text,) = files(whole_build, "sitemap.xml").values()
    named = {each.text for each in ET.fromstring(text).iter(f"{SITEMAP}loc")}
    shown = {
        page.xpath("string(//link[@rel = 'canonical']/@href)")
        for page in pages.values()
        if not page.xpath("//meta[@name = 'robots']")
    }
    assert named == shown


def test_drawings_are_well_formed(whole_build: Build) -> None:
    drawings = files(whole_build, ".svg")
    assert drawings
    for text in drawings.values():
        assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    for text in files(whole_build, ".html", ".htm").values():
        for drawing in re.findall(r"<svg\b.*?</svg>", text, re.DOTALL):
            ET.fromstring(drawing)  # inline too: a reader mode may take it out


def events(build: Build) -> list[str]:
    assert build.site is not None
    return [event.id for timeline in build.site.timelines for event in timeline.events]


def test_json_says_every_event(whole_build: Build) -> None:
    found = files(whole_build, "timeline.json")
    assert found
    for text in found.values():
        assert [each["id"] for each in json.loads(text)["events"]] == events(whole_build)


def test_csv_says_every_event(whole_build: Build) -> None:
    found = files(whole_build, "timeline.csv")
    assert found
    for text in found.values():
        rows = list(
            csv.DictReader(
                io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True
            )
        )
        assert [row["id"] for row in rows] == events(whole_build)
        assert all(None not in row and None not in row.values() for row in rows)


def test_another_calendar_reads_ours(whole_build: Build) -> None:
    found = files(whole_build, "timeline.ics")
    assert found
    for text in found.values():
        calendar = Calendar.from_ical(text)
        assert calendar.errors == []
        entries = calendar.walk("VEVENT")
        assert [each.errors for each in entries if each.errors] == []
        ids = [str(each["UID"]).rpartition("#")[2] for each in entries]
        assert ids == [each for each in events(whole_build) if each in ids] != []
        assert all(each["SUMMARY"] and each.decoded("DTSTART") for each in entries)
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


# The palette, measured: 7 to 1 for text, 3 to 1 for the edges of what one can press and for drawings.
PAIRS = [
    *((ink, paper, 7.0) for ink in ("ink", "soft", "accent") for paper in ("paper", "tint")),
    ("ink", "pick", 7.0),
    ("paper", "ink", 7.0),
    ("edge", "paper", 3.0),
    ("mark", "paper", 3.0),
    ("mark", "tint", 3.0),
]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_told_apart(
    whole_build: Build, front: str, back: str, least: float, dark: bool
) -> None:
    (sheet,) = (text for path, text in files(whole_build, ".css").items() if "/tokens." in path)
    blocks = re.findall(r":root\s*\{([^}]*)\}", sheet)
    palette = dict(
        re.findall(r"--([a-z]+):\s*(#[0-9a-f]{6})", blocks[0] + (blocks[1] if dark else ""))
    )
    light, shade = sorted((luminance(palette[front]), luminance(palette[back])), reverse=True)
    assert (light + 0.05) / (shade + 0.05) >= least


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_whatever_is_joined_in_french_has_its_space_before_the_colon(whole_build: Build) -> None:
    """Titles of feeds, labels of drawings, titles of tabs: no colon stands against a French word."""
    against = re.compile(r"\w:(?=\s)")
    seen = 0
    for output in whole_build.outputs:
        if output.path == "fr/feed.xml":
            titles = re.findall(r"<title>([^<]*)</title>", output.data.decode())
        elif output.path.startswith("fr/") and output.path.endswith(".html"):
            page = lxml_html.document_fromstring(output.data)
            titles = [
                *page.xpath("//title/text()"),
                *page.xpath("//link[@type='application/atom+xml']/@title"),
                *page.xpath("//meta[@property='og:image:alt']/@content"),
                *page.xpath("//svg//title/text()"),
                *page.xpath("//a/@aria-label"),
            ]
        else:
            continue
        seen += len(titles)
        assert [title for title in titles if against.search(title)] == [], output.path
    assert seen > 10
