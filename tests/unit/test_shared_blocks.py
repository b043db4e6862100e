"""`find_shared` finds the blocks of a template that show nothing of a page but `view.site`."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from diptych.diagnostics import Source
from diptych.html import links_of_part, read_apart
from diptych.templating.templates import find_shared

BASE = (
    "<nav>{% block menu %}{% for each in view.site.navigation %}{{ each.title }}{% endfor %}"
    "{% endblock %}</nav>{% block main %}{{ view.title }}{% endblock %}"
)


def of_theme(texts: Mapping[str, str]) -> dict[str, Source]:
    """Templates of the theme, each under its own name and under `theme/`."""
    sources = {
        name: Source(f"diptych/theme/templates/{name}", text) for name, text in texts.items()
    }
    return sources | {f"theme/{name}": source for name, source in sources.items()}


def shared(**templates: str) -> dict[str, tuple[str, ...]]:
    """The shared blocks of page.html, which extends base.html, and the fields that each reads."""
    texts = {"base.html": BASE, "page.html": "{% extends 'base.html' %}"}
    texts |= {f"{name}.html": text for name, text in templates.items()}
    found = find_shared(of_theme(texts))["page.html"].blocks
    return {name: block.fields for name, block in found.items()}


def test_the_menu_is_shared() -> None:
    assert shared() == {"menu": ("navigation",)}


@pytest.mark.parametrize("own", ["base.html", "page.html", "partials/entry.html"])
def test_a_page_with_a_template_of_the_site_shares_none(own: str) -> None:
    menu = "{% block menu %}{{ view.site.name }}{% include 'partials/entry.html' %}{% endblock %}"
    texts = {"base.html": menu, "page.html": "{% extends 'base.html' %}", "partials/entry.html": ""}

    sources = of_theme(texts)
    assert list(find_shared(sources)["page.html"].blocks) == ["menu"]
    sources[own] = Source(f"templates/{own}", f"{texts[own]} ")
    assert find_shared(sources)["page.html"].blocks == {}


@pytest.mark.parametrize(
    "inside",
    [
        "{{ view.title }}",
        "{{ view.site }}",
        "{{ view['site'].name }}",
        "{% set it = view %}{{ it.title }}",
        "{{ title }}",
        "{{ view.site.name|of_the_site }}",
        "{{ self.main() }}",
        "{% include view.layout %}",
        "{% include 'part.html' %}",
        "{% include 'around.html' %}",
        "{% block inner %}{% endblock %}",
    ],
)
def test_a_block_that_shows_more_is_not(inside: str) -> None:
    page = f"{{% extends 'base.html' %}}{{% block menu %}}{{{{ view.site.name }}}}{inside}{{% endblock %}}"
    around = "{% include 'outside.html' %}"
    assert shared(page=page, part="{{ view.title }}", around=around, outside="{{ title }}") == {}


MENU = "{% block menu %}{{ view.site.name }}{% endblock %}"
PAGE = "{% extends 'base.html' %}{% block main %}…{% endblock %}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("base", f"{{% filter upper %}}{MENU}{{% endfilter %}}"),
        ("base", f"{{% set menu %}}{MENU}{{% endset %}}{{{{ menu|length }}}}"),
        ("base", "{% block menu %}{{ view.site.name }}{% endblock %}{{ self.menu()|length }}"),
        ("base", "{% block menu %}{{ view.site.name }}{% endblock %}{% set it = self %}"),
        ("base", f"{{% set asset = view.title %}}{MENU}"),
        ("base", f"{{% for inline in view.children %}}{MENU}{{% endfor %}}"),
        ("base", f"{{% import 'part.html' as asset %}}{MENU}"),
        ("base", f"{{% from 'part.html' import it as asset %}}{MENU}"),
        ("base", f"{{% macro asset() %}}{{% endmacro %}}{MENU}"),
        ("page", PAGE.replace("…", "{{ super()|upper }}")),
        ("page", PAGE.replace("…", "{% filter upper %}{{ self.menu() }}{% endfilter %}")),
        ("page", "{% if view.title %}{% extends 'base.html' %}{% endif %}"),
        ("page", "{% extends 'base.html' %}{% extends 'other.html' %}"),
    ],
)
def test_a_template_that_takes_the_text_of_a_block_or_depends_on_the_page_shares_none(
    name: str, text: str
) -> None:
    assert shared(**{name: text}, other=MENU, part="") == {}


def test_a_block_that_another_shows_by_self_or_super_is_shared() -> None:
    shown = "{{ self.menu() }}{{ super() }}"
    assert shared(page=PAGE.replace("…", shown)) == {"menu": ("navigation",)}


def test_a_field_that_an_included_template_reads_by_its_parent_is_read_elsewhere() -> None:
    texts = {
        "page.html": f"{BASE}{{% include 'part.html' %}}",
        "part.html": "{% extends 'around.html' %}",
        "around.html": "{{ view.site.navigation }}",
    }
    assert find_shared(of_theme(texts))["page.html"].alone == frozenset()


@pytest.mark.parametrize(
    "part", ["<a id='x' href='/'>x</a>", "<p title='", "<!-- x -->", "</div>", "<style>a{}</style>"]
)
def test_a_part_with_more_than_links_is_read_with_its_page(part: str) -> None:
    page = f"<!DOCTYPE html><html lang='nl'><body><p>x</p>{part}</body></html>"
    start = page.index(part)
    assert links_of_part(part) is None
    assert read_apart(page, ((start, start + len(part)),)) is None


def test_the_links_of_a_part_are_read_apart() -> None:
    part = "<ul><li><a href='/nl/'>x</a></li></ul>"
    page = f"<!DOCTYPE html><html lang='nl'><body><p>x</p>{part}</body></html>"
    start = page.index(part)
    facts = read_apart(page, ((start, start + len(part)),))
    assert facts is not None
    assert (facts.links, links_of_part(part)) == ((), ("/nl/",))
