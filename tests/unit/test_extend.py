"""`extend.py` of a site: what it adds works like the program's own, and what is wrong is told there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Severity, Source
from diptych.disk import read_tree
from diptych.extend import load
from diptych.pipeline import Build, Options, build_site
from tests.conftest import ROOT, Ran, make_tree, text_of, write_files, write_site

Builds = Callable[..., Build]
Run = Callable[..., Ran]

HEAD = '''\
"""What this site adds."""
import re
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from diptych.checks.pages import HtmlPage
from diptych.content.texts import Text
from diptych.diagnostics import Span
from diptych.extend import *
from diptych.site import Site

'''
SHOUTING = '''\
@check("shouting", Severity.WARNING, of=Text)
def shouting(text, rules):
    """More than one exclamation mark is shouting.

    Write one, or none.
    """
    for match in re.finditer("!!+", text.words):
        place = match.span()
        hint, edits = say("one will do"), text.becomes(*place, "!")
        yield Found(text.place(*place), say("this shouts"), hint, edits, certain=True)
'''
LOUD = "---\ntitle: Over ons\n---\n\nTekst!! Meer.\n\n## Wie {#who}\n\nWij.\n"
KEYS = """\
@markdown_extension
class Keys(Extension):
    def extendMarkdown(self, md):
        pattern = SimpleTagInlineProcessor(r"(\\+\\+)(.+?)\\+\\+", "kbd")
        md.inlinePatterns.register(pattern, "kbd", 170)
"""


def told(build: Build, *, errors: bool = True) -> list[str]:
    """Place, check and sentence of each error (or of all that is said)."""
    lines = []
    for each in build.diagnostics:
        if each.severity is Severity.ERROR or not errors:
            source = build.sources.get(each.span.path)
            line = source.position(each.span.start)[0] if source else 0
            if each.span.path == "extend.py":
                line -= HEAD.count("\n")
            lines.append(f"{each.span.path}:{line}: {each.check}: {each.message}")
    return lines


# --- each kind works


def test_a_check_of_texts_is_told_with_its_place_hint_and_correction(site: Builds) -> None:
    build = site({"extend.py": HEAD + SHOUTING, "content/about/nl.md": LOUD})
    (found,) = [each for each in build.diagnostics if each.check == "shouting"]
    source = build.sources[found.span.path]
    assert (found.severity, source.position(found.span.start)) == (Severity.WARNING, (5, 6))
    assert (str(found.message), str(found.hint)) == ("this shouts", "one will do")
    assert [edit.text for edit in found.edits] == ["!"]
    assert not build.failed


def test_a_check_sees_texts_of_every_kind(site: Builds) -> None:
    """Also of records that no code knows, and of site.yaml."""
    types = "people:\n  id: {type: key, required: true}\n  role: {type: text, translate: true}\n"
    people = "- id: jan\n  role: {nl: Tuinman!!, fr: Jardinier}\n"
    files = {
        "extend.py": HEAD + SHOUTING,
        "content/types.yaml": types,
        "content/about/people.yaml": people,
    }
    lines = [each for each in told(site(files), errors=False) if "shouting" in each]
    assert lines == ["content/about/people.yaml:2: shouting: this shouts"]


def test_a_check_of_finished_pages(site: Builds) -> None:
    check = '''
@check("no-title", Severity.ERROR, of=HtmlPage)
def no_title(page, places):
    """A page without words."""
    if page.path == "nl/over-ons/index.html":
        yield Found(Span(page.origin), say("/{path} is said to be wrong", path=page.path))
'''
    lines = told(site({"extend.py": HEAD + check}))
    assert lines == ["content/about/nl.md:1: no-title: /nl/over-ons/index.html is said to be wrong"]


def test_a_check_of_the_site(site: Builds) -> None:
    check = '''
@check("few-pages", Severity.INFO, of=Site)
def few_pages(site):
    """Not many pages."""
    page = site.pages[0]
    yield Found(page.document.front.title.span, say("{count} pages", count=len(site.pages)))
'''
    lines = told(site({"extend.py": HEAD + check}), errors=False)
    assert "content/about/nl.md:2: few-pages: 4 pages" in lines


def test_allow_silences_it_on_a_page_and_knows_its_name(site: Builds) -> None:
    allowed = LOUD.replace("title: Over ons", 'title: Over ons\nallow: {shouting: "a name"}')
    files = {"extend.py": HEAD + SHOUTING, "content/about/nl.md": allowed}
    assert not any("shouting" in each for each in told(site(files), errors=False))
    assert told(site(files)) == []
    assert "unknown-check" in told(site({**files, "extend.py": HEAD}))[0]
    near = {**files, "content/about/nl.md": allowed.replace("{shouting", "{shoutin")}
    (problem,) = [each for each in site(near).diagnostics if each.check == "unknown-check"]
    assert str(problem.hint) == "did you mean `shouting`?"


def test_an_output_is_published(site: Builds) -> None:
    own = """
@output("data/pages.json")
def pages(site):
    return '["%s"]' % site.pages[0].key

@output("data/mark.bin")
def mark(site):
    return b"\\x00"

@output("{language}/name.txt")
def name(site, language):
    return language.name
"""
    build = site({"extend.py": HEAD + own})
    data = {output.path: output.data for output in build.outputs}
    assert data["data/pages.json"] == b'["about"]'
    assert data["data/mark.bin"] == b"\x00"
    assert (data["nl/name.txt"], data["fr/name.txt"]) == (b"Nederlands", "Français".encode())


def test_pages_may_link_to_an_output(site: Builds) -> None:
    own = '@output("data/pages.json")\ndef pages(site):\n    return "[]"\n'
    page = '{% extends "theme/page.html" %}{% block main %}<a href="/data/pages.json">x</a>{% endblock %}'
    files = {"templates/page.html": page}
    assert told(site({**files, "extend.py": HEAD + own})) == []
    assert "dead-link" in told(site(files))[0]


def test_a_filter_of_templates(site: Builds) -> None:
    own = "@template_filter\ndef shout(text):\n    return text.upper() + '<'\n"
    page = (
        '{% extends "theme/page.html" %}{% block main %}<p>{{ view.title|shout }}</p>{% endblock %}'
    )
    build = site({"extend.py": HEAD + own, "templates/page.html": page})
    assert "<p>OVER ONS&lt;</p>" in text_of(build, "nl/over-ons/index.html")


def test_a_mark_of_markdown_counts_in_pages_events_and_own_fields(site: Builds) -> None:
    timeline = (
        "- id: a\n  date: 2020\n  title: {nl: Toets, fr: Touche}\n"
        "  text: {nl: Druk ++A++., fr: Tapez ++A++.}\n"
    )
    page = "---\ntitle: {}\nlayout: timeline\nintro: Hier ++B++.\n---\n\nTekst ++C++.\n"
    files = {
        "extend.py": HEAD + KEYS,
        "content/types.yaml": "page:\n  intro: {type: prose, translate: true}\n",
        "content/about/nl.md": page.format("Over ons"),
        "content/about/fr.md": page.format("À propos"),
        "content/about/timeline.yaml": timeline,
    }
    build = site(files)
    assert told(build) == []
    html = text_of(build, "nl/over-ons/index.html")
    assert "<kbd>A</kbd>" in html
    assert "<kbd>C</kbd>" in html
    assert build.site is not None
    assert any("<kbd>B</kbd>" in each.html for each in build.site.proses.values())


def test_an_address_that_a_mark_makes_is_a_link_on_a_page_without_another(site: Builds) -> None:
    own = """\
class Ticket(InlineProcessor):
    def handleMatch(self, match, data):
        made = Element("span")
        made.text = "https://x.example/" + match[1]
        return made, match.start(0), match.end(0)

@markdown_extension
class Tickets(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.register(Ticket(r"[+]([0-9]+)", md), "ticket", 170)
"""
    about = "---\ntitle: Over ons\n---\n\nZie +12.\n"
    head = HEAD + "from xml.etree.ElementTree import Element\n"
    build = site({"extend.py": head + own, "content/about/nl.md": about})
    assert 'href="https://x.example/12"' in text_of(build, "nl/over-ons/index.html")


def test_what_a_mark_makes_goes_through_the_same_door_as_html(site: Builds) -> None:
    video = KEYS.replace('"kbd")', '"video")')
    page = "---\ntitle: Over ons\n---\n\nTekst ++C++.\n"
    lines = told(site({"extend.py": HEAD + video, "content/about/nl.md": page}))
    assert len(lines) == 1
    assert "unsafe-html: <video> is not allowed in a text" in lines[0]


def test_what_it_only_imports_is_not_its_own(site: Builds) -> None:
    own = "from diptych.checks.links import vague_link\nfrom diptych.checks.wording import stray_mark\n"
    assert told(site({"extend.py": HEAD + own})) == []


def test_classes_with_types_can_be_declared_in_it(site: Builds) -> None:
    """dataclasses looks modules up by their names."""
    own = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass Person:\n    name: str\n    parts: list[str]\n"
        "from diptych.extend import output\n"
        '@output("x.txt")\ndef x(site):\n    return Person("Jan", []).name\n'
    )
    assert text_of(site({"extend.py": own}), "x.txt") == "Jan"


# --- a mistake is a diagnostic at its line

CHECK = '@check("mine", Severity.WARNING, of=Text)\ndef mine(text, rules):\n    """Mine."""\n'
OUTPUT = '@output("x.txt")\ndef x(site):\n'


def told_of_output(site: Builds, path: str, text: str) -> list[str]:
    """The errors of a site whose extend.py publishes this text at this path."""
    own = OUTPUT.replace("x.txt", path) + f"    return {text!r}\n"
    return told(site({"extend.py": HEAD + own}))


MISTAKES = [
    # Python cannot read it
    ("def f(:\n    pass\n", "1: extension-error: Python cannot read this line: invalid syntax"),
    ("x = 1\n  y = 2\n", "2: extension-error: Python cannot read this line: unexpected indent"),
    ("x = '\n", "1: extension-error: Python cannot read this line: unterminated string literal"),
    # it fails while it is imported
    ("x = 1\ny = x / 0\n", "2: extension-error: this file fails: ZeroDivisionError"),
    ("import nothing_of_the_name\n", "1: extension-error: this file fails: ModuleNotFoundError"),
    ("import sys\nsys.exit(3)\n", "2: extension-error: this file fails: SystemExit: 3"),
    ("def f():\n    raise KeyError('a')\nf()\n", "2: extension-error: this file fails: KeyError"),
    ("@check('mine')\ndef mine(text): ...\n", "1: extension-error: this file fails: TypeError"),
    # a check fails
    (
        CHECK + "    raise ValueError('no')\n",
        "4: extension-error: the check `mine` fails: ValueError: no",
    ),
    (CHECK + "    yield text.nothing\n", "4: extension-error: the check `mine` fails: Attribute"),
    (
        CHECK.replace("text, rules", "text") + "    yield from ()\n",
        "1: extension-error: the check `mine` fails: TypeError",
    ),
    # a check gives something else
    (CHECK + "    return None\n", "1: extension-error: the check `mine` fails: TypeError"),
    (
        CHECK + "    yield 'x'\n",
        "1: extension-error: the check `mine` must give Found(Span, say(…), …), and gave str",
    ),
    (
        CHECK + "    yield Found(text.span, 'x')\n",
        "1: extension-error: the check `mine` must give Found(Span, say(…), …), and gave Found",
    ),
    (
        CHECK + "    yield Found(None, say('x'))\n",
        "1: extension-error: the check `mine` must give Found(Span, say(…), …), and gave Found",
    ),
    (
        CHECK + "    yield Found(text.span, say('{x}', x=1.5))\n",
        "1: extension-error: the check `mine` must give Found(Span, say(…), …), and gave Found",
    ),
    (
        CHECK + "    yield Found(text.span, say('x'), None, ['y'])\n",
        "1: extension-error: the check `mine` must give Found(Span, say(…), …), and gave Found",
    ),
    (
        CHECK + "    yield Found(text.span, say('{x}'))\n",
        "1: extension-error: the check `mine` fails: KeyError: 'x'",
    ),
    # a check is marked wrongly
    (
        CHECK.replace("Severity.WARNING", "'warning'"),
        "1: extension-mark: `warning` is no severity",
    ),
    (CHECK.replace("Severity.WARNING", "2"), "1: extension-mark: `2` is no severity"),
    (CHECK.replace("Severity.WARNING", "Severity"), "1: extension-mark: `<enum 'Severity'>` is no"),
    (
        CHECK.replace("mine", "dead-link", 1),
        "1: extension-mark: there is a check `dead-link` already",
    ),
    (
        CHECK.replace("mine", "extension-mark", 1),
        "1: extension-mark: there is a check `extension-mark` already",
    ),
    (CHECK.replace("mine", "Mine!", 1), "1: extension-mark: `Mine!` cannot be the name of a check"),
    (CHECK.replace("mine", "", 1), "1: extension-mark: `` cannot be the name of a check"),
    (CHECK.replace("of=Text", "of=str"), "1: extension-mark: the check `mine` is not given what"),
    (CHECK.replace("of=Text", "of=None"), "1: extension-mark: the check `mine` is not given what"),
    (
        CHECK.replace('    """Mine."""', "    yield"),
        "1: extension-mark: the check `mine` has no doc",
    ),
    # two of one name
    (
        CHECK + "\n" + CHECK.replace("def mine", "def other"),
        "5: extension-mark: `mine` stands on line 11 already",
    ),
    (CHECK + "\n" + CHECK.replace('"mine"', '"other"'), "5: extension-mark: `other` stands on"),
    (
        OUTPUT + "    return ''\n\n" + OUTPUT.replace("def x", "def y") + "    return ''\n",
        "5: extension-mark: `x.txt` stands on line 11 already",
    ),
    # an output fails, or gives something else
    (OUTPUT + "    return site.nothing\n", "3: extension-error: the output `x.txt` fails: Attr"),
    (
        OUTPUT + "    return 3\n",
        "1: extension-error: the output `x.txt` must give str | bytes, and gave int",
    ),
    (
        OUTPUT + "    pass\n",
        "1: extension-error: the output `x.txt` must give str | bytes, and gave NoneType",
    ),
    (
        OUTPUT.replace("site", "") + "    return ''\n",
        "1: extension-error: the output `x.txt` fails: TypeError",
    ),
    # a path leaves the tree
    *(
        (
            OUTPUT.replace("x.txt", path) + "    return ''\n",
            f"1: extension-mark: nothing can be published as `{path}`",
        )
        for path in (
            "../x.txt",
            "/etc/x.txt",
            "a/../../x.txt",
            "a//b.txt",
            ".git/hooks",
            "a/",
            "",
            "release.json",
            "a b.txt",
            "{page}/x.txt",
            "c:x.txt",
        )
    ),
    # a filter
    (
        "@template_filter\ndef upper(t):\n    return t\n",
        "1: extension-mark: Jinja has a filter `upper`",
    ),
    ("@template_filter\ndef e(t):\n    return t\n", "1: extension-mark: Jinja has a filter `e`"),
    # an extension of Markdown
    (
        "@markdown_extension\ndef keys():\n    return 1\n",
        "1: extension-error: this extension of Markdown fails: TypeError: int is no markdown",
    ),
    (
        "@markdown_extension\ndef keys():\n    return 1 / 0\n",
        "3: extension-error: this extension of Markdown fails: ZeroDivisionError",
    ),
    *(
        (
            KEYS.replace("md.inlinePatterns.register(pattern, 'kbd', 170)", "")
            + f"        md.{registry}.register(pattern, 'kbd', 170)\n",
            (
                "1: extension-mark: an extension of Markdown may add marks inside lines, and this one "
                f"changes {registry.rpartition('.')[2]}"
            ),
        )
        for registry in (
            "parser.blockprocessors",
            "preprocessors",
            "treeprocessors",
            "postprocessors",
        )
    ),
    (
        KEYS + "        md.preprocessors.deregister('normalize_whitespace')\n",
        "1: extension-mark: an extension of Markdown may add marks inside lines, and this one",
    ),
]


@pytest.mark.parametrize(("own", "problem"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_told_at_its_line_and_nothing_beside_it(
    site: Builds, own: str, problem: str
) -> None:
    lines = told(site({"extend.py": HEAD + own}))
    assert [line[: len(problem) + 10] for line in lines] == [f"extend.py:{problem}"]


def test_the_same_name_for_two_outputs_of_the_site_is_a_collision(site: Builds) -> None:
    """At the mark, with the file that has the address already."""
    for path, other in (
        ("index.html", "templates/root.html"),
        ("nl/over-ons/index.html", "content/about/nl.md"),
        ("nl/feed.xml", "content/site.yaml"),
        ("NL/index.html", "content/home/nl.md"),
    ):
        own = OUTPUT.replace("x.txt", path) + "    return '<html lang=\"nl\"></html>'\n"
        lines = [each for each in told(site({"extend.py": HEAD + own})) if "same-output" in each]
        assert len(lines) == 1
        assert lines[0].startswith(
            f"extend.py:1: same-output: two files would be published as {path}"
        )
        assert other in lines[0] or path == "nl/feed.xml"


def test_a_file_where_a_folder_is(site: Builds) -> None:
    own = OUTPUT.replace("x.txt", "robots.txt/x.txt") + "    return ''\n"
    (line,) = told(site({"extend.py": HEAD + own}))
    assert "same-output: robots.txt would have to be a file and a folder" in line


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("x.html", "<!doctype html><html lang=nl></html>", "missing-policy: /x.html lacks"),
        ("x.js", "localStorage.x = 1", "storing-script: /x.js could leave a trace"),
        ("x.js", "fetch('https://elsewhere.example/')", "foreign-resource: /x.js would make a"),
        ("x.css", "a { background: url(//a.example/b) }", "foreign-resource: /x.css would make a"),
        ("x.html", "<p>", "unfinished-page: /x.html breaks off before its end"),
    ],
)
def test_an_output_goes_through_the_checks_of_what_is_published(
    site: Builds, path: str, text: str, problem: str
) -> None:
    lines = told_of_output(site, path, text)
    assert any(line.startswith(f"extend.py:1: {problem}") for line in lines)


FEED = "<feed xmlns='http://www.w3.org/2005/Atom'><content type='{}'>{}</content></feed>"
INSIDE = "<div xmlns='http://www.w3.org/1999/xhtml'>{}</div>"


@pytest.mark.parametrize(
    ("path", "text", "check"),
    [
        ("x.HTML", "<!doctype html><html lang=nl></html>", "missing-policy"),
        ("x.Htm", "<!doctype html><html lang=nl></html>", "missing-policy"),
        ("x.JS", "localStorage.x = 1", "storing-script"),
        ("x.Mjs", "fetch('https://elsewhere.example/')", "foreign-resource"),
        ("x.CSS", "a { background: url(//a.example/b) }", "foreign-resource"),
        ("x.WebManifest", '{"icon": "https://elsewhere.example/"}', "foreign-resource"),
        (
            "x.Svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='a()'/>",
            "active-file",
        ),
        ("x.PDF", "Marijke", "damaged-file"),
        ("x.PNG", "Marijke", "damaged-image"),
        ("x.Json", "{Marijke", "damaged-file"),
        ("x.TXT", "Mar\u202eijke", "invisible-character"),
        ("x.Woff2", "Marijke", "damaged-file"),
        ("x.XHTML", "<p>Marijke</p>", "file-type"),
        ("x.Xml", FEED.format("html", "&lt;img onerror='a()'>"), "unknown-markup"),
    ],
)
def test_the_ending_of_an_output_counts_in_any_letters(
    site: Builds, path: str, text: str, check: str
) -> None:
    assert f"extend.py:1: {check}: " in "".join(told_of_output(site, path, text))


@pytest.mark.parametrize("path", ["news.xml", "news.ATOM", "data/news.rss"])
@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("<html xmlns='http://www.w3.org/1999/xhtml'><script>a()</script></html>", "file-type"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><script>a()</script></svg>", "file-type"),
        ("<?xml-stylesheet type='text/xsl' href='x.png'?><a/>", "unknown-markup"),
        ("<!DOCTYPE a [<!ENTITY b '<c/>'>]><a>&b;</a>", "unknown-markup"),
        ("<a><b xmlns='http://www.w3.org/1999/xhtml'/>", "damaged-file"),
        (FEED.format("html", "&lt;script>a()&lt;/script>"), "unknown-markup"),
        (FEED.format("xhtml", INSIDE.format("<script>a()</script>")), "unknown-markup"),
        (FEED.format("xhtml", INSIDE.format("<b onclick='a()'>b</b>")), "unknown-markup"),
        (FEED.format("xhtml", INSIDE.format("<a href='javascript:a()'>b</a>")), "unsafe-address"),
        (FEED.format("xhtml", INSIDE.format("<img src='//a.example/b'/>")), "foreign-resource"),
        (
            "<a xmlns:h='http://www.w3.org/1999/xhtml'><h:img src='https://a.example/b'/></a>",
            "foreign-resource",
        ),
        ("<a><script xmlns='http://www.w3.org/2000/svg'>a()</script></a>", "unknown-markup"),
    ],
)
def test_xml_is_judged_as_a_browser_opens_it(
    site: Builds, path: str, text: str, check: str
) -> None:
    assert f"extend.py:1: {check}: " in "".join(told_of_output(site, path, text))


@pytest.mark.parametrize(
    "text",
    [
        "<a>b</a>",
        FEED.format("xhtml", INSIDE.format("<p>Zie <a href='https://a.example/'>hier</a>.</p>")),
        (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
            "xmlns:h='http://www.w3.org/1999/xhtml'><url><loc>https://example.org/</loc>"
            "<h:link rel='alternate' hreflang='fr' href='https://example.org/fr/'/></url></urlset>"
        ),
    ],
)
def test_xml_that_only_says_something_is_published(site: Builds, text: str) -> None:
    assert told_of_output(site, "news.xml", text) == []


def test_a_failing_filter_is_told_once_at_its_line(site: Builds) -> None:
    own = "@template_filter\ndef shout(text):\n    return text.nothing\n"
    page = '{% extends "theme/page.html" %}{% block main %}{{ view.title|shout }}{% endblock %}'
    lines = told(site({"extend.py": HEAD + own, "templates/page.html": page}))
    assert lines == [
        (
            "extend.py:3: extension-error: a filter that templates/page.html uses fails: "
            "AttributeError: 'str' object has no attribute 'nothing'"
        )
    ]


def test_a_filter_around_a_text_that_all_pages_share(site: Builds) -> None:
    own = "@template_filter\ndef shout(text):\n    return text.upper()\n"
    page = (
        '{% extends "theme/page.html" %}{% block menu %}{{ view.site.name|FILTER }}{% endblock %}'
    )
    files = {"extend.py": HEAD + own, "templates/page.html": page.replace("FILTER", "shout")}
    build = site(files)
    assert told(build) == []
    pages = {output.path: output.data for output in build.outputs}
    assert b"VOORBEELD VZW" in pages["nl/over-ons/index.html"]
    (line,) = told(site({**files, "templates/page.html": page.replace("FILTER", "shuot")}))
    assert line.startswith("templates/page.html:1: template-syntax")


def test_a_preview_names_a_filter_that_went_as_a_build_does() -> None:
    own = "@template_filter\ndef shout(text):\n    return text.upper()\n"
    page = '{% extends "theme/page.html" %}{% block main %}{{ view.title|shout }}{% endblock %}'
    living = Cache(None)
    build_site(make_tree({"extend.py": HEAD + own, "templates/page.html": page}), Options(), living)
    gone = make_tree({"templates/page.html": page})
    lines = [told(build_site(gone, Options(), cache)) for cache in (living, Cache(None))]
    assert lines[0] == lines[1] != []


def test_a_name_that_a_template_misspells_is_the_templates_mistake(site: Builds) -> None:
    own = "@template_filter\ndef shout(text):\n    return text.upper()\n"
    page = '{% extends "theme/page.html" %}{% block main %}{{ view.titel|shout }}{% endblock %}'
    (line,) = told(site({"extend.py": HEAD + own, "templates/page.html": page}))
    assert line.startswith("templates/page.html:1: template-name: nothing is called `titel` here")


def test_a_failing_mark_is_told_once_and_the_texts_are_read_without_it(site: Builds) -> None:
    own = """\
class Broken(InlineProcessor):
    def handleMatch(self, match, data):
        raise ValueError("no")

@markdown_extension
class Keys(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.register(Broken(r"Tekst|Texte", md), "broken", 170)
"""
    about = (
        "---\ntitle: Over ons\n---\n\nTekst, en [wie](page:about#who).\n\n## Wie {#who}\n\nTekst.\n"
    )
    files = {"extend.py": HEAD + own, "content/about/nl.md": about}
    timeline = "- id: a\n  date: 2020\n  title: {nl: Tekst, fr: T}\n  text: {nl: Tekst., fr: T.}\n"
    files["content/about/timeline.yaml"] = timeline
    assert [each for each in told(site(files)) if "unshown" not in each] == [
        "extend.py:3: extension-error: an extension of Markdown fails: ValueError: no"
    ]


def test_a_mistake_hides_what_follows_from_it(site: Builds) -> None:
    """Names of checks and filters are not known as long as the file cannot be read."""
    page = '{% extends "theme/page.html" %}{% block main %}{{ view.title|shout }}{% endblock %}'
    files = {
        "extend.py": HEAD + "x = (\n",
        "templates/page.html": page,
        "content/about/nl.md": LOUD.replace("title: Over ons", "title: Over ons\nallow: {loud: x}"),
    }
    lines = told(site(files))
    assert len(lines) == 1
    assert lines[0].startswith("extend.py:1: extension-error: Python cannot read this line")


@pytest.mark.parametrize(
    ("data", "check"),
    [
        (b"x = '\xff'\n", "not-utf8"),
        (b"<<<<<<< ours\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n", "merge-conflict"),
        ("x = '\u202e'\n".encode(), "invisible-character"),
    ],
)
def test_a_file_that_is_no_text(site: Builds, data: bytes, check: str) -> None:
    found = {each.check for each in site({"extend.py": data}).diagnostics}
    assert check in found
    assert "extension-error" not in found


def test_a_failing_check_is_told_once_however_many_texts_there_are(site: Builds) -> None:
    own = CHECK + "    raise KeyError(text.written)\n"
    assert len(told(site({"extend.py": HEAD + own}))) == 1


# --- remembered by its text


def _built(root: Path) -> Build:
    cache = Cache(root / ".cache")
    build = build_site(read_tree(root).value, Options(), cache)
    cache.save()
    return build


def test_a_change_makes_what_depends_on_it_anew(tmp_path: Path) -> None:
    page = (
        '{% extends "theme/page.html" %}{% block main %}{{ view.title|shout }} ++x++{% endblock %}'
    )
    own = SHOUTING + "\n@template_filter\ndef shout(text):\n    return text.upper()\n\n" + KEYS
    about = LOUD.replace("Tekst!!", "Tekst!! ++K++")
    files = {"extend.py": HEAD + own, "templates/page.html": page, "content/about/nl.md": about}
    root = write_site(tmp_path, files)
    first = _built(root)
    assert [each.check for each in first.diagnostics if each.check == "shouting"] == ["shouting"]
    assert "OVER ONS" in text_of(first, "nl/over-ons/index.html")
    assert _built(root).outputs == first.outputs
    changed = own.replace("upper()", "lower()").replace('"kbd"', '"mark"').replace("!!+", "!!!+")
    write_files(root, {"extend.py": HEAD + changed})
    second = _built(root)
    assert [each for each in second.diagnostics if each.check == "shouting"] == []
    assert "over ons" in text_of(second, "nl/over-ons/index.html")
    assert "<mark>K</mark>" in text_of(second, "nl/hele-site.htm")
    write_files(root, {"extend.py": None, "templates/page.html": None})
    assert "++K++" in text_of(_built(root), "nl/over-ons/index.html")


def test_it_is_run_once_however_often_it_is_asked(tmp_path: Path, site: Builds) -> None:
    count = tmp_path / "count"
    own = f"with open({str(count)!r}, 'a') as file:\n    file.write('x')\n" + SHOUTING
    for _ in range(3):
        site({"extend.py": HEAD + own, "content/about/nl.md": LOUD})
    assert count.read_text() == "x"


def test_a_check_alone_makes_no_page_anew(tmp_path: Path) -> None:
    """Pages depend on filters and marks; only texts are looked at again for a check."""
    root = write_site(tmp_path, {"extend.py": HEAD + SHOUTING})
    cache = Cache(None)
    build_site(read_tree(root).value, Options(), cache)
    kept = {place: each for place, each in cache._held.items() if place[0] == "make_page"}
    assert kept
    write_files(root, {"extend.py": HEAD + SHOUTING + "# a remark\n"})
    build_site(read_tree(root).value, Options(), cache)
    assert all(cache._held[place] is each for place, each in kept.items())


# --- the commands


def test_reports_for_programs_name_it(tmp_path: Path, run: Run) -> None:
    root = write_site(tmp_path, {"extend.py": HEAD + SHOUTING, "content/about/nl.md": LOUD})
    found = json.loads(run("check", "--format", "json", root=root).out)["diagnostics"]
    assert [each["check"] for each in found if each["check"] == "shouting"] == ["shouting"]
    (sarif,) = json.loads(run("check", "--format", "sarif", root=root).out)["runs"]
    assert "shouting" in {each["ruleId"] for each in sarif["results"]}
    assert run("check", "--strict", root=root).status == 1


def test_fix_makes_its_certain_corrections(tmp_path: Path, run: Run) -> None:
    root = write_site(tmp_path, {"extend.py": HEAD + SHOUTING, "content/about/nl.md": LOUD})
    assert run("fix", root=root).status == 0
    assert "Tekst! Meer." in (root / "content/about/nl.md").read_text("utf-8")


def test_explain_prints_its_docstring(tmp_path: Path, run: Run) -> None:
    root = write_site(tmp_path, {"extend.py": HEAD + SHOUTING})
    assert run("explain", "shouting", root=root).out == (
        "shouting · warning\n\nMore than one exclamation mark is shouting.\n\nWrite one, or none.\n\n"
        "Where it must stay, say why in the front matter of the page:\n\n    allow:\n      shouting: …\n"
    )
    assert "\nOf this site, in extend.py\n  shouting" in run("explain", root=root).out
    missed = run("explain", "shoutin", root=root)
    assert (missed.status, missed.err) == (
        2,
        "there is no check `shoutin`; did you mean `shouting`?\n",
    )


def test_the_file_is_part_of_what_is_read(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"extend.py": HEAD})
    assert read_tree(root).value.get("extend.py") is not None
    (root / "extend.py").rename(root / "elsewhere.py")
    (root / "extend.py").symlink_to(root / "elsewhere.py")
    outcome = read_tree(root)
    assert outcome.value.get("extend.py") is None
    assert [(each.check, each.span.path) for each in outcome.diagnostics] == [
        ("outside-file", "extend.py")
    ]


def test_a_site_without_one_has_nothing_of_it() -> None:
    build = build_site(make_tree({}), Options(), Cache(None))
    assert build.site is not None
    assert build.site.extend is None


# --- docs/extending.md


def manual() -> str:
    """The code of the manual's examples, as one file."""
    text = (ROOT / "docs/extending.md").read_text("utf-8")
    return "\n".join(re.findall(r"(?ms)^```python\n(.*?)^```$", text))


def test_the_examples_of_the_manual_do_what_it_says(site: Builds) -> None:
    page = (
        '{% extends "theme/page.html" %}{% block main %}<i>{{ view.title|initials }}</i>'
        "{{ view.lead or '' }}"
        '{% for n in range(201) %}<a href="/nl/?{{ n }}">{{ n }}</a>{% endfor %}{% endblock %}'
    )
    files = {
        "extend.py": manual(),
        "templates/page.html": page,
        "content/about/nl.md": LOUD.replace("Meer.", "Druk ++Esc++."),
    }
    build = site(files)
    assert told(build) == []
    own = {each.check for each in build.diagnostics} & {"shouting", "many-links", "no-news"}
    assert own == {"shouting", "many-links", "no-news"}
    html = text_of(build, "nl/over-ons/index.html")
    assert "<i>Oo</i>" in html
    assert json.loads(text_of(build, "fr/pages.json")) == ["fr/a-propos/", "fr/"]
    assert "<kbd>Esc</kbd>" in html


def test_the_manual_has_an_example_of_each_kind() -> None:
    own = load(Source("extend.py", manual()))
    assert own.diagnostics == ()
    found = own.value
    assert {each.of.__name__ for each in found.checks} == {"Text", "HtmlPage", "Site"}
    assert all((found.outputs, found.filters, found.markdown))


def _photo(maker: str) -> str:
    return (
        "    import io\n    from PIL import Image\n    body, exif = io.BytesIO(), Image.Exif()\n"
        f"    exif[0x013B] = {maker!r}\n"
        "    Image.new('RGB', (8, 8)).save(body, 'JPEG', exif=exif)\n    return body.getvalue()\n"
    )


SVG = "    return \"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>\"\n"


@pytest.mark.parametrize(
    ("path", "body", "check"),
    [
        ("x.svg", SVG.format("<script>Marijke()</script>"), "active-file"),
        ("x.svg", SVG.format("<g onclick='Marijke()'/>"), "active-file"),
        ("x.pdf", "    return b'%PDF-1.4 Marijke'\n", "damaged-file"),
        ("x.png", "    return b'\\x89PNG Marijke'\n", "damaged-image"),
        ("x.json", "    return '{Marijke'\n", "damaged-file"),
        ("x.txt", "    return 'Mar\\u202eijke'\n", "invisible-character"),
        ("x.woff2", "    return b'Marijke'\n", "damaged-file"),
        ("x.xhtml", "    return '<script>Marijke()</script>'\n", "file-type"),
        ("data/x.SWF", "    return b'FWS'\n", "file-type"),
    ],
)
def test_what_an_output_may_not_hold_is_told_where_it_is_made(
    site: Builds, path: str, body: str, check: str
) -> None:
    own = f"from diptych.extend import output\n\n@output({path!r})\ndef x(site):\n{body}"
    build = site({"extend.py": own})
    errors = [each for each in build.diagnostics if each.severity is Severity.ERROR]
    assert {(each.check, each.span.path) for each in errors} == {(check, "extend.py")}
    assert all(each.message.english.startswith("{name}: ") for each in errors)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("x.jpg", _photo("Marijke")),
        ("data/x.JPEG", _photo("Marijke")),
        ("x.svg", SVG.format("<!-- Marijke --><rect width='9' height='9'/>")),
    ],
)
def test_an_output_is_published_without_what_tells_of_its_maker(
    site: Builds, path: str, body: str
) -> None:
    own = f"from diptych.extend import output\n\n@output({path!r})\ndef x(site):\n{body}"
    (made,) = (each.data for each in site({"extend.py": own}).outputs if each.path == path)
    assert b"Marijke" not in made
    assert made
