"""The scan of finished pages: what is not on the list is refused, once, at the template's line."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from diptych.bodies import Body
from diptych.checks.running import check_file
from diptych.diagnostics import Severity
from diptych.html import read_page
from diptych.html.balance import unbalanced
from diptych.model import Output
from diptych.pipeline import Build
from tests.conftest import LOOK

BASE = bytes(LOOK["templates/base.html"]).decode()
PAGE = bytes(LOOK["templates/page.html"]).decode()
AWAY = "https://evil.example"
ICON = "{{ asset('icon.svg') }}"

Told = list[tuple[str, str, int]]


def told(build: Build) -> Told:
    """Check, path and line of every error."""
    return [
        (each.check, each.span.path, build.sources[each.span.path].position(each.span.start)[0])
        for each in build.diagnostics
        if each.severity is Severity.ERROR
    ]


def with_markup(site: Callable[..., Build], markup: str) -> Told:
    """What is told of a page whose template holds this, on its third line."""
    own = '{% extends "base.html" %}\n{% block main %}\n' + markup + "\n<h1>{{ view.title }}</h1>\n"
    build = site({"templates/page.html": own + "{% endblock %}\n"})
    assert build.failed
    return told(build)


@pytest.mark.parametrize(
    ("markup", "checks"),
    [
        (f'<iframe src="{AWAY}"></iframe>', {"unknown-markup", "foreign-resource"}),
        ('<iframe srcdoc="<p>x</p>"></iframe>', {"unknown-markup"}),
        (f'<base href="{AWAY}/">', {"unknown-markup"}),
        ("<marquee>x</marquee>", {"unknown-markup"}),
        (f'<object data="{AWAY}/x"></object>', {"unknown-markup", "foreign-resource"}),
        (f'<portal src="{AWAY}"></portal>', {"unknown-markup"}),
        ("<x-widget></x-widget>", {"unknown-markup"}),
        ('<svg><set attributeName="href" to="javascript:1"/></svg>', {"unknown-markup"}),
        ("<svg><foreignObject><p>x</p></foreignObject></svg>", {"unknown-markup"}),
        (f'<a href="/nl/" ping="{AWAY}/">x</a>', {"unknown-markup"}),
        ('<a href="/nl/" ping="/track">x</a>', {"unknown-markup"}),
        (f'<a href="/nl/" attributionsrc="{AWAY}/">x</a>', {"unknown-markup"}),
        (f'<table background="{AWAY}/x.png"><tr><td>x</td></tr></table>', {"unknown-markup"}),
        (f'<p invented="{AWAY}/x">x</p>', {"unknown-markup"}),
        ('<p hx-get="/nl/">x</p>', {"unknown-markup"}),
        (f'<p manifest="{AWAY}">x</p>', {"unknown-markup"}),
        (f'<button formaction="{AWAY}">x</button>', {"unknown-markup"}),
        ('<link rel="monetization" href="/x">', {"unknown-markup"}),
        ('<meta http-equiv="set-cookie" content="a=b">', {"unknown-markup"}),
        (f'<form action="{AWAY}"><p>x</p></form>', {"unsafe-address"}),
        ('<form action="javascript:alert(1)"><p>x</p></form>', {"unsafe-address"}),
        ('<a href="javascript:alert(1)">x</a>', {"unsafe-address"}),
        ('<a href=" JaVaScRiPt:alert(1)">x</a>', {"unsafe-address"}),
        ('<a href="java&#9;script:alert(1)">x</a>', {"unsafe-address"}),
        ('<a href="data:text/html,x">x</a>', {"unsafe-address"}),
        ('<a href="vbscript:x">x</a>', {"unsafe-address"}),
        ('<a href="blob:x">x</a>', {"unsafe-address"}),
        ('<map name="m"><area href="javascript:1" alt="x"></map>', {"unsafe-address"}),
        (f'<svg><rect fill="url({AWAY}/x#a)"/></svg>', {"unsafe-address"}),
        (f"<svg><rect mask=\"url('{AWAY}/x#a')\"/></svg>", {"unsafe-address"}),
        (f'<svg><use href="{AWAY}/x.svg#a"/></svg>', {"unsafe-address", "foreign-resource"}),
        (f'<meta http-equiv="refresh" content="0; url={AWAY}">', {"unsafe-address"}),
        ('<meta http-equiv="Refresh" content="5;url=/nl/">', {"unsafe-address"}),
        (f'<p data-source="{AWAY}/x.js">x</p>', {"foreign-resource"}),
        ('<p data-source="//evil.example/x.js">x</p>', {"foreign-resource"}),
        (f'<img src="{AWAY}/x.png" alt="">', {"foreign-resource"}),
        ("<script>alert(1)</script>", {"blocked-code"}),
        ('<script type="module">alert(1)</script>', {"blocked-code"}),
        ("<style>p { color: red }</style>", {"blocked-code"}),
        ('<p style="color: red">x</p>', {"inline-code"}),
        ('<p onclick="x()">x</p>', {"inline-code"}),
        ('<div class="x">', {"unclosed-element"}),
        ("<p>a <span>b</p>", {"unclosed-element"}),
        ("</section>", {"unclosed-element"}),
        ("<ul><li><b>x</li></ul>", {"unclosed-element"}),
        ('<p id="x">x</p><b id="x">x</b>', {"repeated-id"}),
        ('<form action="\\\\evil.example"><p>x</p></form>', {"unsafe-address"}),
        ('<form action="/\\evil.example"><p>x</p></form>', {"unsafe-address"}),
        ('<form action="////evil.example"><p>x</p></form>', {"unsafe-address"}),
        ('<img src="/\\evil.example/x.png" alt="">', {"foreign-resource"}),
        (f'<a href="{AWAY}" referrerpolicy="unsafe-url">x</a>', {"unknown-markup"}),
        ('<a href="/nl/" referrerpolicy="origin">x</a>', {"unknown-markup"}),
        ('<meta name="referrer" content="unsafe-url">', {"unknown-markup"}),
        ('<meta name="Referrer" content="origin-when-cross-origin">', {"unknown-markup"}),
        ('<body onload="x()">', {"unclosed-element"}),
        ('<html class="x">', {"unclosed-element"}),
        # addresses that a browser fetches, wherever they stand
        (f'<link rel="preload" as="image" imagesrcset="{AWAY}/x.png 1x">', {"foreign-resource"}),
        ('<link rel="preload" imagesrcset="//evil.example/x 2x">', {"foreign-resource"}),
        (f'<img alt="" src="{ICON}" srcset="{ICON} 1x,//evil.example/x 2x">', {"foreign-resource"}),
        (f'<img alt="" src="{ICON}" srcset="{AWAY}/x, {ICON} 2x">', {"foreign-resource"}),
        ('<img src="http:evil.example/x.png" alt="">', {"foreign-resource"}),
        ('<img src="/&#9;/evil.example/x.png" alt="">', {"foreign-resource"}),
        (f'<link rel="next" href="{AWAY}/x">', {"foreign-resource"}),
        (f'<link rel="search" href="{AWAY}/x">', {"foreign-resource"}),
        (f'<p data-source="a b, {AWAY}/x 2x">x</p>', {"foreign-resource"}),
        ('<p data-source="http:evil.example/x">x</p>', {"foreign-resource"}),
        (f'<p data-source=\'{{"a": "{AWAY}/x"}}\'>x</p>', {"foreign-resource"}),
        (r'<p data-source="{a: https:\/\/evil.example\/x}">x</p>', {"foreign-resource"}),
        ('<p data-source="wss://evil.example/">x</p>', {"foreign-resource"}),
        # colours and shapes: no escape, string or other function fetches
        (rf'<svg><rect filter="u\72l({AWAY}/x)"/></svg>', {"unsafe-address"}),
        (f"<svg><rect fill=\"src('{AWAY}/x')\"/></svg>", {"unsafe-address"}),
        (f"<svg><rect mask=\"image-set('{AWAY}/x' 1x)\"/></svg>", {"unsafe-address"}),
        (f"<svg><rect clip-path=\"URL( '{AWAY}/x#a' )\"/></svg>", {"unsafe-address"}),
        # names that were invented, among families too
        (f'<p aria-zzz="{AWAY}/x">x</p>', {"unknown-markup"}),
        ('<meta name="monetization" content="$evil.example">', {"unknown-markup"}),
        ('<meta name="apple-itunes-app" content="app-id=1">', {"unknown-markup"}),
        (f'<meta name="msapplication-notification" content="u={AWAY}">', {"unknown-markup"}),
        ('<meta charset="shift_jis">', {"unknown-markup"}),
        (f'<a href="{AWAY}" rel="opener" target="_blank">x</a>', {"unknown-markup"}),
        (f'<a href="{AWAY}" target="window">x</a>', {"unknown-markup"}),
        # scripts by the many names that they have
        ('<script type="text/ecmascript">alert(1)</script>', {"unknown-markup"}),
        ('<script type="text/javascript1.5">alert(1)</script>', {"unknown-markup"}),
        ('<script type="application/x-javascript">alert(1)</script>', {"unknown-markup"}),
        ('<script type=" Text/JavaScript ">alert(1)</script>', {"blocked-code"}),
        ('<script type="speculationrules">{"prefetch": []}</script>', {"unknown-markup"}),
        # what browsers read otherwise than other programs
        (f'<svg><title><img src="{AWAY}/x.png"></title></svg>', {"unknown-markup"}),
        ("<svg><![CDATA[x>]]<!-- ]]></svg>-->", {"unclosed-element", "unknown-markup"}),
        ('<noscript><p title="</noscript><b>">x</p></noscript>', {"unknown-markup"}),
        ("<noscript><!-- </noscript><b>x</b> --></noscript>", {"unknown-markup"}),
    ],
)
def test_a_template_that_writes_it_is_told_once_at_its_line(
    site: Callable[..., Build], markup: str, checks: set[str]
) -> None:
    """Four pages are made by this template: two of the site, in two languages."""
    found = with_markup(site, markup)
    assert {(path, line) for _, path, line in found} == {("templates/page.html", 3)}, found
    assert sorted(check for check, _, _ in found) == sorted(checks), found


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="mailto:x@example.org">x</a>',
        '<a href="tel:+3225550000">x</a>',
        f'<a href="{AWAY}" rel="noreferrer">x</a>',
        '<a href="#main">x</a>',
        '<a href="?page=2">x</a>',
        '<form><label for="a">x</label><input id="a" name="q"></form>',
        "<details open><summary>x</summary><p>y</details>",
        "<ul><li>a<li>b</ul>",
        "<table><tr><td>a<td>b</table>",
        "<p>a<p>b",
        '<svg viewBox="0 0 2 2"><clipPath id="c"><rect width="1"/></clipPath></svg>',
        '<svg><g clip-path="url(#c)" fill="url(\'#c\')"><path d="M0 0"/></g></svg>',
        '<p aria-label="x" data-count="12" data-words="https is a word">x</p>',
        '<blockquote cite="https://elsewhere.example/">x</blockquote>',
        '<script type="application/json">{"a": 1}</script>',
        '<a href="/nl/" referrerpolicy="no-referrer">x</a>',
        "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>",
        '<p data-words="a / b // c, and/or: 12 // 13">x</p>',
        '<p data-label="Data: 12 mei, 09:30">x</p>',
        '<p aria-describedby="main" aria-live="polite">x</p>',
        '<meta name="google-site-verification" content="x"><meta name="twitter:card" content="x">',
        '<a href="https://elsewhere.example/" target="_blank" rel="noopener external">x</a>',
        "<svg><title>fewer than &lt;b&gt;5&lt;/b&gt;, &lt;!-- no remark --&gt;</title></svg>",
        "<noscript><p title='&lt;/noscript&gt;'>a &lt;/noscript&gt; b</p></noscript>",
        '<svg><title>a &amp; b</title><rect fill="rgb(0 0 0 / 50%)" filter="blur(2px)"/></svg>',
        "<noscript><p>x</p></noscript>",
        '<img src="{{ asset(\'icon.svg\') }}" alt="" width="2" height="2" loading="lazy">',
    ],
)
def test_what_designers_need_is_on_the_list(site: Callable[..., Build], markup: str) -> None:
    own = '{% extends "base.html" %}{% block main %}' + markup + "<h1>{{ view.title }}</h1>"
    assert told(site({"templates/page.html": own + "{% endblock %}"})) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<main id="main">', '<main id="main" style="color: red">'),
        ('<main id="main">', f'<main id="main"><img src="{AWAY}/x.png" alt="">'),
        ('<main id="main">', '<main id="main"><div class="{{ view.layout }}">'),
        ('<main id="main">', '<main id="main"><marquee>{{ view.title }}</marquee>'),
        ('<main id="main">', '<main id="main"><a href="/nl/nergens/">x</a>'),
        ('<main id="main">', '<main id="main"><script>let page = "{{ view.key }}";</script>'),
        ('<html lang="{% block lang %}{{ view.lang }}{% endblock %}">', "<html>"),
    ],
)
def test_what_the_frame_of_every_page_writes_is_told_once(
    site: Callable[..., Build], old: str, new: str
) -> None:
    assert BASE.count(old) == 1
    found = told(site({"templates/base.html": BASE.replace(old, new)}))
    line = BASE[: BASE.index(old)].count("\n") + 1
    assert [(path, number) for _, path, number in found] == [("templates/base.html", line)], found


@pytest.mark.parametrize(
    "frame",
    [
        BASE.replace('<main id="main">', '<main id="main" style="color: red">'),
        BASE.replace('<main id="main">', f'<main id="main"><img src="{AWAY}/x.png" alt="">'),
        BASE.replace(
            '<main id="main">',
            '<main id="main">{% if view.layout == "home" %}<i style="color: red">x</i>{% endif %}',
        ),
    ],
)
@pytest.mark.parametrize("more", [0, 12])
def test_a_fault_of_base_html_is_one_message_however_many_pages_there_are(
    site: Callable[..., Build], frame: str, more: int
) -> None:
    """One of all diagnostics, notes and warnings among them, and at no file of the texts."""
    pages = {
        f"content/extra-{number}/{language}.md": f"---\ntitle: Extra {number}\n---\n\nTekst.\n"
        for number in range(more)
        for language in ("nl", "fr")
    }
    before = {(each.check, each.span) for each in site(pages).diagnostics}
    build = site({**pages, "templates/base.html": frame})
    new = [each for each in build.diagnostics if (each.check, each.span) not in before]
    assert [each.span.path for each in new] == ["templates/base.html"], new
    line, _ = build.sources["templates/base.html"].position(new[0].span.start)
    assert line == BASE[: BASE.index('<main id="main">')].count("\n") + 1


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("site.name", "did you mean `view.site`?"),
        ("site.title", "did you mean `view.site`?"),
        ("view.site.title", "did you mean `view.title`?"),
        ("view.site.nmae", "did you mean `name`?"),
        ("view.site.zzzzzzzz", "its parts are: `short_name`, `name`, `home`"),
    ],
)
@pytest.mark.parametrize("place", ["templates/page.html", "templates/partials/heading.html"])
def test_a_name_of_another_program_is_led_to_ours(
    site: Callable[..., Build], written: str, hint: str, place: str
) -> None:
    """`{{ site.name }}` is that of Jekyll, Hugo and MkDocs; what is proposed exists, or is not proposed."""
    own = (
        '{% extends "base.html" %}\n{% block main %}<h1>{{ ' + written + " }}</h1>{% endblock %}\n"
    )
    text = own if "partials" not in place else "<h1>\n{{ " + written + " }}</h1>\n"
    (problem,) = (each for each in site({place: text}).diagnostics if each.check == "template-name")
    assert str(problem.hint).startswith(hint)
    assert problem.span.path == place
    meant = str(problem.hint).partition("`")[2].partition("`")[0]
    pasted = {"view.site": "view.site.name", "name": "view.site.name"}.get(meant, meant)
    if "did you mean" in hint:
        mended = site({place: text.replace("{{ " + written, "{{ " + pasted)})
        assert not [each for each in mended.diagnostics if each.check == "template-name"]


@pytest.mark.parametrize(
    ("markup", "check"),
    [
        (f'<img src="{AWAY}/x.png" alt="">', "foreign-resource"),
        (f'<p hx-get="{AWAY}/">x</p>', "unknown-markup"),
        (f'<p data-src="{AWAY}/">x</p>', "foreign-resource"),
        (f'<button formaction="{AWAY}/">x</button>', "unknown-markup"),
        (f'<svg><use xlink:href="{AWAY}/x.svg#a"/></svg>', "unsafe-address"),
        (f'<p style="background: url({AWAY}/x)">x</p>', "inline-code"),
        (f'<link rel="preload" imagesrcset="{AWAY}/x 1x">', "foreign-resource"),
    ],
)
def test_what_a_filter_of_the_site_writes_is_held_against_the_same_list(
    site: Callable[..., Build], markup: str, check: str
) -> None:
    extend = (
        "from markupsafe import Markup\n\nfrom diptych.extend import template_filter\n\n\n"
        f"@template_filter\ndef own(text):\n    return Markup({markup!r})\n"
    )
    page = '{% extends "base.html" %}{% block main %}<h1>{{ view.title }}</h1>{{ view.title|own }}'
    build = site({"extend.py": extend, "templates/page.html": page + "{% endblock %}"})
    assert build.failed
    assert check in {found for found, _, _ in told(build)}


def test_a_partial_is_named_where_it_is_the_one(site: Callable[..., Build]) -> None:
    heading = bytes(LOOK["templates/partials/heading.html"]).decode()
    found = told(site({"templates/partials/heading.html": heading + '\n<p ping="/x">x</p>\n'}))
    assert found == [("unknown-markup", "templates/partials/heading.html", heading.count("\n") + 2)]


def test_the_policy_that_goes_is_told_once(site: Callable[..., Build]) -> None:
    start = BASE.index('<meta http-equiv="Content-Security-Policy"')
    without = BASE[:start] + BASE[BASE.index("\n", start) + 1 :]
    found = told(site({"templates/base.html": without}))
    assert [(check, path) for check, path, _ in found] == [
        ("missing-policy", "templates/base.html")
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("img-src 'self'", "img-src 'self' https:", "img-src https:"),
        ("img-src 'self'", "img-src 'self' data:", None),
        ("connect-src 'self'", "connect-src *", "connect-src *"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "script-src 'unsafe-inline'"),
        ("script-src 'self'", "script-src 'self' 'unsafe-eval'", "script-src 'unsafe-eval'"),
        ("style-src 'self'", "style-src 'self' fonts.example", "style-src fonts.example"),
        ("base-uri 'none'", f"base-uri {AWAY}", f"base-uri {AWAY}"),
        ("; form-action 'none'", "", "lacks form-action"),
        ("; base-uri 'none'", "", "lacks base-uri"),
    ],
)
def test_a_policy_lets_through_what_the_site_needs(
    site: Callable[..., Build], old: str, new: str, rule: str | None
) -> None:
    assert BASE.count(old) == 1
    build = site({"templates/base.html": BASE.replace(old, new)})
    line = BASE[: BASE.index('<meta http-equiv="Content-Security-Policy"')].count("\n") + 1
    assert told(build) == [("missing-policy", "templates/base.html", line)] * (rule is not None)
    said = [str(each.message) for each in build.diagnostics if each.check == "missing-policy"]
    assert [str(rule) in each for each in said] == [True] * (rule is not None)


FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>
<content type="html">{}</content></entry></feed>"""


@pytest.mark.parametrize(
    ("markup", "check"),
    [
        ("<script>x()</script>", "unknown-markup"),
        ("<style>p {}</style>", "unknown-markup"),
        ("<p onclick='x()'>x</p>", "unknown-markup"),
        ("<p style='color: red'>x</p>", "unknown-markup"),
        ("<iframe></iframe>", "unknown-markup"),
        ("<a href='/nl/' ping='/x'>x</a>", "unknown-markup"),
        ("<div>x", "unknown-markup"),
        ("<a href='javascript:x()'>x</a>", "unsafe-address"),
        ("<a href='data:text/html,x'>x</a>", "unsafe-address"),
        (f"<form action='{AWAY}'>x</form>", "unsafe-address"),
        (f"<meta http-equiv=refresh content='0;url={AWAY}'>", "unsafe-address"),
        ("<p>x <a href='https://elsewhere.example/'>y</a></p>", ""),
    ],
)
def test_the_html_of_a_feed_is_held_against_the_same_list(markup: str, check: str) -> None:
    output = Output("nl/feed.xml", Body(FEED.format(escape(markup)).encode()), "content/site.yaml")
    found = check_file((output, "https://example.org", None))
    assert {each.check for each in found} == ({check} if check else set())
    assert {each.span.path for each in found} <= {"content/site.yaml"}


def test_only_old_addresses_lead_on_by_themselves(site: Callable[..., Build]) -> None:
    about = "---\ntitle: Over ons\nredirect_from: [/oud/]\n---\n\nTekst.\n\n## Wie {#who}\n\nWij.\n"
    build = site({"content/about/nl.md": about})
    assert told(build) == []
    moved = next(each.data for each in build.outputs if each.path == "oud/index.html")
    assert read_page(moved).refresh == "/nl/over-ons/"


@pytest.mark.parametrize(
    ("content", "address"),
    [
        ("0; url=/nl/", "/nl/"),
        ("0;URL='https://a.example/x'", "https://a.example/x"),
        ("3", "3"),
        ('0;url="/a b/"', "/a b/"),
        ("0; /nl/", "/nl/"),
    ],
)
def test_where_a_page_leads_on_to(content: str, address: str) -> None:
    page = f'<html lang=nl><head><meta http-equiv=refresh content="{content}"></head></html>'
    page = page.replace('""', "&quot;") if '"/a' not in content else page
    if '"/a' in content:
        page = f"<html lang=nl><head><meta http-equiv=refresh content='{content}'></head></html>"
    assert read_page(page.encode()).refresh == address


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        ("<div><p>a</div>", []),
        ("<div>", ["<div>"]),
        ("<div a=1><div b=2></div>", ["<div a=1>"]),
        ("<main><div></main>", ["<div>"]),
        ("<p>a<div>b</div></p>", ["</p>"]),
        ("<b><i>x</b></i>", ["<i>", "</i>"]),
        ("<h2>a</h3>", ["<h2>", "</h3>"]),
        ("<script>if (a < b) { '<div>' }</script>", []),
        ("<style>a > b {}</style><!-- <div> -->", []),
        ("<svg><path d='M0'/><g></g></svg>", []),
        ("<br><img alt='>'></br>", []),
        ('<DIV title="<p> > it\'s"></dIv >', []),
        ("<p title=it's><i a = '>'>x</i></p><b", []),
        ("<!-- <div> --><!-- <div>", []),
        ("<style>a</styles></style><i>", ["<i>"]),
        ("</ div></><?p <b?></p>", ["</p>"]),
        ("<body><body a>", ["<body a>"]),
        ("", []),
    ],
)
def test_tags_without_their_other_half(html: str, tags: list[str]) -> None:
    assert [each.tag for each in unbalanced(html)] == tags
