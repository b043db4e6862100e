"""A build compiles only the templates of what its pages show, each once."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest

from diptych.cache import Cache
from diptych.pipeline import Options, build_site
from tests.conftest import make_tree


def compiled(tree_files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that a first build compiles, in order."""
    names: list[str] = []
    compile_template = jinja2.Environment.compile

    def counting(self: jinja2.Environment, source: Any, name: Any = None, *more: Any) -> Any:
        names.append(name)
        return compile_template(self, source, name, *more)

    monkeypatch.setattr(jinja2.Environment, "compile", counting)
    assert not build_site(make_tree(tree_files), Options(index=False), Cache(None)).failed
    return names


def parsed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the templates that a first build of the smallest site parses."""
    names: set[str] = set()
    parse = jinja2.Environment.parse

    def counting(self: jinja2.Environment, source: str, name: Any = None, *more: Any) -> Any:
        names.add(name)
        return parse(self, source, name, *more)

    monkeypatch.setattr(jinja2.Environment, "parse", counting)
    assert not build_site(make_tree({}), Options(index=False), Cache(None)).failed
    return names


def test_no_template_is_compiled_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    names = compiled({}, monkeypatch)
    assert sorted(set(names)) == sorted(names)


def test_what_no_page_shows_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    names = compiled({}, monkeypatch)
    assert "page.html" in names
    assert "partials/chapter.html" in names
    seldom = (
        "chapter_events",
        "chapter_terms",
        "fields",
        "neighbours",
        "notice",
        "picture",
        "records",
        "sources",
    )
    assert not {f"partials/{each}.html" for each in seldom} & set(names)


def test_a_layout_that_no_page_has_is_not_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = parsed(monkeypatch)
    assert {"base.html", "home.html", "404.html"} <= names
    assert not {"timeline.html", "glossary.html", "agenda.html"} & names
