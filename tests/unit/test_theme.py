"""The theme: a site without a look of its own has the theme's, file by file."""

from __future__ import annotations

import re

from diptych.cache import Cache
from diptych.files.theme import THEME, overlaid, theme_files, with_theme
from diptych.model import File, Tree
from diptych.pipeline import Build, Options, build_site
from tests.conftest import LOOK, MINIMAL, text_of


def bare(files: dict[str, str], cache: Cache) -> Build:
    """A site of these files alone, without the folders `templates` and `assets`."""
    catalogs = {path: data.decode() for path, data in LOOK.items() if path.startswith("i18n/")}
    merged = {**MINIMAL, **catalogs, **files}
    tree = Tree(tuple(File(path, text.encode()) for path, text in sorted(merged.items())))
    return build_site(tree, Options(thorough=True), cache)


def test_a_site_without_templates_and_assets_is_built(cache: Cache) -> None:
    build = bare({}, cache)
    assert not build.failed
    paths = {output.path for output in build.outputs}
    assert {"nl/index.html", "fr/404.html"} <= paths
    assert any(re.fullmatch(r"assets/icon\.\w+\.svg", path) for path in paths)


def test_a_file_of_the_site_takes_the_place_of_the_theme_s(cache: Cache) -> None:
    own = {"templates/partials/menu.html": "<p>own menu</p>", "assets/icon.svg": "<svg/>"}
    build = bare(own, cache)
    assert "own menu" in text_of(build, "nl/index.html")
    assert [o.data for o in build.outputs if "/icon." in o.path] == [b"<svg/>"]


def test_a_template_extends_the_theme_s_of_the_same_name(cache: Cache) -> None:
    text = (
        '{% extends "theme/base.html" %}{% block menu %}<p>own menu</p>{{ super() }}{% endblock %}'
    )
    page = text_of(bare({"templates/base.html": text}, cache), "nl/index.html")
    assert "own menu" in page
    assert '<nav class="menu"' in page


def test_a_mistake_in_a_template_of_the_site_is_reported_there(cache: Cache) -> None:
    text = '{% extends "theme/base.html" %}\n{% block menu %}{{ view.titel }}{% endblock %}'
    problems = bare({"templates/base.html": text}, cache).diagnostics
    assert {each.span.path for each in problems if each.check == "template-name"} == {
        "templates/base.html"
    }


def test_a_theme_s_template_that_does_not_exist_is_named(cache: Cache) -> None:
    text = '{% extends "theme/bse.html" %}'
    problems = bare({"templates/base.html": text}, cache).diagnostics
    assert {each.span.path for each in problems if each.check == "template-missing"} == {
        "templates/base.html"
    }


def test_the_theme_stands_in_a_tree_once_below_its_own_folder() -> None:
    tree = with_theme(Tree(()))
    assert tree.files == theme_files() == with_theme(tree).files
    assert all(file.path.startswith(f"{THEME}/") for file in tree.files)


def test_files_are_overlaid_by_name() -> None:
    files = {"templates/a": 1, f"{THEME}/templates/a": 2, f"{THEME}/templates/b": 3, "assets/c": 4}
    assert overlaid(files, "templates") == {"a": 1, "b": 3}
