"""`find_shared` finds the blocks of a template that show nothing of a page but `view.site`."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from jinja2 import nodes

from diptych.cache import Cache
from diptych.diagnostics import Source
from diptych.html import Sheets, links_of_part, read_light
from diptych.model import File, Tree
from diptych.pipeline import Options, build_site
from diptych.templating.shared import GIVEN, SharedBlock
from diptych.templating.templates import Templates, find_shared
from tests.conftest import LOOK

TEMPLATES = Templates({}, {}, (), str, Cache(None))
THEME = {
    path.removeprefix("templates/"): TEMPLATES.environment.parse(data.decode())
    for path, data in LOOK.items()
    if path.startswith("templates/")
}
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


def blocks_of_page(sources: Mapping[str, Source]) -> Mapping[str, SharedBlock]:
    """The shared blocks of page.html."""
    return find_shared((Templates(sources, {}, (), str, Cache(None)), "page.html")).blocks


def shared(**templates: str) -> dict[str, tuple[str, ...]]:
    """The shared blocks of page.html, which extends base.html, and the fields that each reads."""
    texts = {"base.html": BASE, "page.html": "{% extends 'base.html' %}"}
    texts |= {f"{name}.html": text for name, text in templates.items()}
    found = blocks_of_page(of_theme(texts))
    return {name: block.fields for name, block in found.items()}


def test_the_menu_is_shared() -> None:
    assert shared() == {"menu": ("navigation",)}


@pytest.mark.parametrize("own", ["base.html", "page.html", "partials/entry.html"])
def test_a_page_with_a_template_of_the_site_shares_none(own: str) -> None:
    menu = "{% block menu %}{{ view.site.name }}{% include 'partials/entry.html' %}{% endblock %}"
    texts = {"base.html": menu, "page.html": "{% extends 'base.html' %}", "partials/entry.html": ""}

    sources = of_theme(texts)
    assert list(blocks_of_page(sources)) == ["menu"]
    sources[own] = Source(f"templates/{own}", f"{texts[own]} ")
    assert blocks_of_page(sources) == {}


@pytest.mark.parametrize(
    "inside",
    [
        "{{ view.title }}",
        "{{ view.site }}",
        "{{ view['site'].name }}",
        "{% set it = view %}{{ it.title }}",
        "{{ title }}",
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


def test_no_template_of_the_theme_does_more_with_the_text_of_a_block_than_show_it() -> None:
    for name, tree in THEME.items():
        holders = tree.find_all(
            (nodes.FilterBlock, nodes.AssignBlock, nodes.CallBlock, nodes.Macro)
        )
        assert not any(each.find(nodes.Block) for each in holders), name
        words = [each.name for each in tree.find_all(nodes.Name)]
        assert "self" not in words, name
        shown = LOOK[f"templates/{name}"].count(b"\n{{ super() }}\n")
        assert words.count("super") == shown, name


def test_a_template_of_the_theme_extends_another_always_or_never() -> None:
    for name, tree in THEME.items():
        parents = list(tree.find_all(nodes.Extends))
        assert parents == [each for each in tree.body if isinstance(each, nodes.Extends)], name
        assert len(parents) <= (0 if "/" in name else 1), name


def test_no_template_of_a_page_gives_another_value_to_what_all_templates_get() -> None:
    given = GIVEN | TEMPLATES.environment.globals.keys()
    for name, tree in THEME.items():
        if (
            name == "root.html" or "/" in name
        ):  # `root.html` is no page; in an included file, the value stays there
            continue
        assigned = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
        assigned |= {each.name for each in tree.find_all(nodes.Macro)}
        assigned |= {each.target for each in tree.find_all(nodes.Import)}
        imported = (each.names for each in tree.find_all(nodes.FromImport))
        assigned |= {
            each if isinstance(each, str) else each[1] for names in imported for each in names
        }
        assert not assigned & given, name


def test_the_pages_are_as_they_are_without_shared_blocks(whole_tree: Tree) -> None:
    base = b"{# a template of the site shares no block #}" + LOOK["templates/base.html"]
    own = Tree((*whole_tree.files, File("templates/base.html", base)))
    shared, whole = (
        build_site(each, Options(index=False), Cache(None)) for each in (whole_tree, own)
    )
    assert not whole.failed
    assert shared.outputs == whole.outputs


@pytest.mark.parametrize(
    "part", ["<a id='x' href='/'>x</a>", "<p title='", "<!-- x -->", "</div>", "<style>a{}</style>"]
)
def test_a_part_with_more_than_links_is_read_with_its_page(part: str) -> None:
    page = f"<!DOCTYPE html><html lang='nl'><body><p>x</p>{part}</body></html>"
    start = page.index(part)
    assert links_of_part(part) is None
    assert read_light(Sheets().taken_out(page), ((start, start + len(part)),)) is None


def test_the_links_of_a_part_are_read_apart() -> None:
    part = "<ul><li><a href='/nl/'>x</a></li></ul>"
    page = f"<!DOCTYPE html><html lang='nl'><body><p>x</p>{part}</body></html>"
    start = page.index(part)
    facts = read_light(Sheets().taken_out(page), ((start, start + len(part)),))
    assert facts is not None
    assert (facts.links, links_of_part(part)) == ((), ("/nl/",))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<title>", "</title>"),
        ("<script>", "</script>"),
        ("<textarea>", "</textarea>"),
        ("<svg>", "</svg>"),
        ("<!-- <p>", "</p> -->"),
        ("<p title='", "'>x</p>"),
        ("<p>x", "</p>"),
        ("<p>", "</p></b>"),
        ("<p>", "</p><iframe></iframe>"),
    ],
)
def test_a_part_in_an_unusual_place_or_on_a_faulty_page_is_read_with_its_page(
    before: str, after: str
) -> None:
    part = "<ul><li><a href='/nl/'>x</a></li></ul>"
    page = f"<!DOCTYPE html><html lang='nl'><body>{before}{part}{after}</body></html>"
    start = page.index(part)
    assert read_light(Sheets().taken_out(page), ((start, start + len(part)),)) is None
