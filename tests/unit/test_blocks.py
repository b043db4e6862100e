"""What a template writes and Jinja shows nowhere: in a block that no template has which it extends, or
outside of its blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Severity, Source
from diptych.files.theme import theme_files
from diptych.pipeline import Options, build_site
from diptych.templating import check_blocks
from tests.conftest import LOOK, Ran, make_tree, write_site

Run = Callable[..., Ran]

BASE = "<main>{% block main %}{% block text %}{% endblock %}{% endblock %}</main>{% block footer %}{% endblock %}"
PAGE = '{% extends "base.html" %}\n'


def told(files: Mapping[str, str], theme: Mapping[str, str] | None = None) -> list[str]:
    """What is said of templates of the site, laid over those of a theme: `page.html:2:10 main?`."""
    own = {name: Source(f"templates/{name}", text) for name, text in files.items()}
    themes = {name: Source(f"theme/templates/{name}", text) for name, text in (theme or {}).items()}
    sources = {**themes, **own, **{f"theme/{name}": each for name, each in themes.items()}}
    by_path = {each.path: each for each in sources.values()}
    found = check_blocks(sources)
    assert {each.check for each in found} <= {"template-block"}
    assert {each.severity for each in found} <= {Severity.ERROR}
    return [
        "{}:{}:{} {}".format(
            each.span.path.removeprefix("templates/"),
            *by_path[each.span.path].position(each.span.start),
            each.edits[0].text if each.edits else "",
        ).strip()
        for each in found
    ]


def block(name: str, text: str = "a") -> str:
    return f"{{% block {name} %}}{text}{{% endblock %}}"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (block("mian"), ["page.html:2:10 main"]),
        (block("Main"), ["page.html:2:10 main"]),
        (block("content"), ["page.html:2:10"]),
        (block("main") + "\n" + block("foter"), ["page.html:3:10 footer"]),
        (block("content", "\n" + block("extra")), ["page.html:2:10"]),
        ("{%- block content -%}a{%- endblock content -%}", ["page.html:2:11"]),
        ("{% if view.lead %}" + block("content") + "{% endif %}", ["page.html:2:28"]),
        (block("content") + "\n" + block("head"), ["page.html:2:10", "page.html:3:10"]),
        (block("content", ""), ["page.html:2:10"]),
    ],
)
def test_what_is_shown_nowhere_is_told_at_its_line(page: str, said: list[str]) -> None:
    assert told({"base.html": BASE, "page.html": PAGE + page}) == said


@pytest.mark.parametrize(
    "page",
    [
        block("main"),
        block("text") + block("footer"),
        block("main", block("own")),
        block("main", "{{ super() }}" + block("own", block("deeper"))),
        block("title", "T") + block("main", "{{ self.title() }}"),
        "{# only the words of base.html #}",
    ],
)
def test_what_is_shown_is_passed_over(page: str) -> None:
    assert told({"base.html": BASE, "page.html": PAGE + page}) == []


def test_a_template_far_above_may_have_it() -> None:
    files = {
        "base.html": BASE,
        "middle.html": PAGE + block("text", block("column")),
        "page.html": '{% extends "middle.html" %}' + block("column") + block("footer"),
        "other.html": '{% extends "middle.html" %}' + block("colum"),
    }
    assert told(files) == ["other.html:1:37 column"]


@pytest.mark.parametrize(
    "files",
    [
        {"page.html": PAGE + block("content")},
        {"base.html": "{% block main %}", "page.html": PAGE + block("content")},
        {"base.html": '{% extends "page.html" %}', "page.html": PAGE + block("content")},
        {"base.html": BASE, "page.html": "{% extends view.layout %}" + block("content")},
        {"page.html": block("content")},
        {"page.html": ""},
    ],
)
def test_where_nobody_can_tell_nothing_is_said(files: dict[str, str]) -> None:
    assert told(files) == []


def test_what_the_theme_fills_is_told_of_the_sites_own_template() -> None:
    """Not in the theme's, which nobody of the site can change; a base may leave out what it likes, as
    long as something of each page is shown."""
    theme = {
        "base.html": BASE,
        "page.html": PAGE + block("main"),
        "list.html": PAGE + block("main"),
        "root.html": PAGE + block("main") + block("footer", ""),
    }
    assert told({}, theme) == []
    assert told({"base.html": block("content")}, theme) == ["base.html:1:1"]
    assert told({"base.html": block("main")}, theme) == []
    assert told({"base.html": block("footer")}, theme) == ["base.html:1:1"]
    own = {"base.html": block("content"), "page.html": '{% extends "theme/page.html" %}'}
    assert told(own, theme) == ["base.html:1:1"]
    own["page.html"] += block("main") + block("conten")
    assert told(own, theme) == ["page.html:1:72 content", "base.html:1:1"]


def test_the_theme_loses_none_of_its_own_blocks() -> None:
    """Which no build of a site looks for, as long as it has no template of its own."""
    files = {each.path: each for each in theme_files() if "/templates/" in each.path}
    theme = {path.partition("/templates/")[2]: each.data.decode() for path, each in files.items()}
    assert len(theme) > 20
    assert told({"own.html": '{% extends "base.html" %}'}, theme) == []
    assert told({"own.html": '{% extends "base.html" %}' + block("mian")}, theme) != []


def test_a_site_is_not_published_without_it(cache: Cache) -> None:
    page = PAGE + block("content", "<h1>{{ view.title }}</h1>")
    build = build_site(make_tree({"templates/page.html": page}), Options(), cache)
    assert build.failed
    found = [each for each in build.diagnostics if each.check == "template-block"]
    assert [each.span.path for each in found] == ["templates/page.html"]
    assert "main" in str(found[0].hint)


LOST = "this stands in none of the blocks that the template fills: it is never shown"
EARLY = "this stands before `{% extends %}`: it would come before the page itself"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>x</p>", [2]),
        ("words alone", [2]),
        ("\n\n  <p>x</p>\n", [4]),
        (block("main") + "\n\n after\n" + block("footer") + "\nagain\n", [4, 6]),
        ("{{ view.title }}", [2]),
        (
            "{% if view.lead %}\n\n a\n{% elif view.key %}\nb{% else %}\n{{ view.key }}{% endif %}",
            [4, 6, 7],
        ),
        ("{% for each in view.sections %}\n<b>x</b>\n{% endfor %}", [3]),
        ('{% include "partials/menu.html" %}', [2]),
        ("{% macro m() %}x{% endmacro %}\n{% call m() %}{% endcall %}", [3]),
        ("{% filter upper %}x{% endfilter %}", [2]),
        ("{% with a = 1 %}\nx{% endwith %}", [3]),
        ("{% trans %}x{% endtrans %}", [2]),
        ("{% autoescape false %}x{% endautoescape %}", [2]),
        ("&nbsp;", [2]),
        ("<!-- a -->\n<!-- b --> x", [3]),
    ],
)
def test_what_stands_outside_of_the_blocks_is_told_at_its_line(page: str, lines: list[int]) -> None:
    source = Source("templates/page.html", PAGE + page)
    found = check_blocks({"page.html": source})
    assert {(each.check, each.severity) for each in found} == {("template-outside", Severity.ERROR)}
    assert [source.position(each.span.start)[0] for each in found] == lines
    assert {str(each.message) for each in found} == {LOST}


@pytest.mark.parametrize(
    "text",
    [
        PAGE + block("main") + "\n\n",
        PAGE + "{# words #}\n<!-- and\n others -->\n",
        PAGE + "{% set a = 1 %}{% set b %}text{% endset %}{% macro m() %}x{% endmacro %}",
        PAGE + '{% from "partials/menu.html" import x %}{% import "partials/menu.html" as y %}',
        PAGE + "{% if view.lead %}\n" + block("main") + "\n{% endif %}",
        PAGE + "{% raw %}{% endraw %}",
        "{# theme 000000000000 #}\n\n" + PAGE + block("main"),
        "<p>a base has text</p>" + block("main"),
        "{{ view.title }}",
    ],
)
def test_what_shows_nothing_may_stand_outside(text: str) -> None:
    assert check_blocks({"page.html": Source("templates/page.html", text)}) == ()


@pytest.mark.parametrize(
    ("before", "line"),
    [("<p>x</p>", 1), ("<!doctype html>\n", 1), ("\n\n{{ view.title }}", 3), ("\ufeffx", 1)],
)
def test_what_stands_before_the_extended_template_is_told(before: str, line: int) -> None:
    source = Source("templates/page.html", before + PAGE + block("main"))
    (found,) = check_blocks({"page.html": source})
    assert (found.check, str(found.message)) == ("template-outside", EARLY)
    assert source.position(found.span.start)[0] == line


def test_no_template_of_the_theme_writes_outside_of_its_blocks() -> None:
    templates = {name: data for name, data in LOOK.items() if name.startswith("templates/")}
    assert len(templates) > 20
    for name, data in templates.items():
        assert check_blocks({name: Source(name, bytes(data).decode())}) == ()


def test_neither_check_nor_build_lets_it_through(cache: Cache, run: Run, tmp_path: Path) -> None:
    page = PAGE + "<p>Bel ons.</p>\n" + block("main", "<h1>{{ view.title }}</h1>")
    root = write_site(tmp_path, {"templates/page.html": page})
    for command in (["check"], ["build"]):
        ran = run(*command, root=root)
        assert ran.status == 1
        assert "templates/page.html:2:1" in ran.out + ran.err
    assert not (root / "public").exists()
