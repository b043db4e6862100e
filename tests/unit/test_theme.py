"""The theme: a site without a look of its own has the theme's, file by file."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Source
from diptych.disk import read_tree
from diptych.files.theme import (
    THEME,
    THEME_LANGUAGES,
    overlaid,
    theme_catalog,
    theme_files,
    with_theme,
)
from diptych.i18n import CatalogRequest, read_catalog, strings_of, translator
from diptych.i18n.catalogs import catalog_head
from diptych.languages import LANGUAGES
from diptych.model import Catalog, File, Tree
from diptych.pipeline import Build, Options, build_site, interface
from diptych.pipeline.interface import check_messages, interface_catalogs
from diptych.templating import theme_digest
from tests.conftest import MINIMAL, ROOT, text_of


def tree_of(files: Mapping[str, str | None]) -> Tree:
    """The minimal site with these files, without a look or words of its own but theirs."""
    merged = {**MINIMAL, **files}
    return Tree(
        tuple(
            File(path, text.encode()) for path, text in sorted(merged.items()) if text is not None
        )
    )


def bare(files: Mapping[str, str | None], cache: Cache) -> Build:
    """That site, built."""
    return build_site(tree_of(files), Options(thorough=True), cache)


def test_a_site_without_templates_and_assets_is_built(cache: Cache) -> None:
    build = bare({}, cache)
    assert not build.failed
    paths = {output.path for output in build.outputs}
    assert {"nl/index.html", "fr/404.html"} <= paths
    assert any(re.fullmatch(r"assets/icon\.\w+\.svg", path) for path in paths)


ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


def test_a_file_of_the_site_takes_the_place_of_the_theme_s(cache: Cache) -> None:
    own = {"templates/partials/menu.html": "<p>own menu</p>", "assets/icon.svg": ICON}
    build = bare(own, cache)
    assert "own menu" in text_of(build, "nl/index.html")
    assert [o.data for o in build.outputs if "/icon." in o.path] == [f"{ICON}\n".encode()]


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


ENGLISH = """\
base_url: https://example.org
languages:
  en: {locale: en_GB, name: English, typography: plain}
navigation: [about]
organisation: {short_name: Example, name: {en: Example}}
"""  # the one language of the theme that needs no catalog
NEW = "{{ _('Quite new') }}"


def checked(files: dict[str, str | None], cache: Cache) -> list[tuple[str, str]]:
    """What `check` reports of the words of a site, and where."""
    build = bare(files, cache)
    assert build.site is not None
    tree = tree_of(files)
    found = (*build.diagnostics, *check_messages(tree, build.site, cache))
    return [
        (each.check, each.span.path)
        for each in found
        if each.check.endswith(("-message", "-catalog"))
    ]


def po(locale: str, *entries: str) -> str:
    return catalog_head(locale) + "\n\n".join(entries) + "\n"


FRENCH = "i18n/fr/LC_MESSAGES/messages.po"
MENU = "templates/partials/menu.html"
SEVERAL = "".join(f"{{{{ _('Quite new {number}') }}}}" for number in range(6))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, []),
        ({MENU: NEW}, [("missing-message", MENU)] * 2),
        ({FRENCH: po("fr_BE", 'msgid "Main menu"\nmsgstr "Menu"')}, []),
        ({FRENCH: po("fr_BE", 'msgid "Other"\nmsgstr "Autre"')}, [("unused-message", FRENCH)]),
        (
            {MENU: NEW, FRENCH: po("fr_BE", 'msgid "Quite new"\nmsgstr "Neuf"')},
            [("missing-message", MENU)],
        ),
        (
            {MENU: SEVERAL, FRENCH: po("fr_BE", 'msgid "Main menu"\nmsgstr "Menu"')},
            [*[("missing-message", MENU)] * 6, ("missing-message", FRENCH)],  # Dutch has no catalog
        ),
        ({MENU: "{{ _('Main menu') }}"}, []),
    ],
)
def test_words_are_looked_for_in_the_site_and_in_the_theme(
    files: dict[str, str | None], expected: list[tuple[str, str]], cache: Cache
) -> None:
    assert checked(files, cache) == expected


def test_a_word_without_a_catalog_is_told_with_its_language(cache: Cache) -> None:
    build = bare({MENU: NEW}, cache)
    assert build.site is not None
    told = check_messages(tree_of({MENU: NEW}), build.site, cache)
    for language, words in (
        ("en", "no catalog has a {} text for “Quite new”"),
        ("nl", "geen vertaalbestand heeft een tekst in het {} voor ‘Quite new’"),
        ("fr", "aucun fichier de traduction n’a de texte en {} pour «\u00a0Quite new\u00a0»"),
    ):
        names = {
            "en": ("Dutch", "French"),
            "nl": ("Nederlands", "Frans"),
            "fr": ("néerlandais", "français"),
        }[language]
        said = [translator(language)(each.message) for each in told]
        assert said == [words.format(name) for name in names]


def test_a_text_that_nothing_uses_is_found_at_its_line_whatever_signs_it_has(cache: Cache) -> None:
    text = po("fr_BE", 'msgid ""\n"Say "\n"\\"no\\""\nmsgstr "Dites « non »"')
    build = bare({FRENCH: text}, cache)
    assert build.site is not None
    (found,) = check_messages(tree_of({FRENCH: text}), build.site, cache)
    line, _ = build.sources[FRENCH].position(found.span.start)
    assert (found.check, text.split("\n")[line - 1 : line + 1]) == (
        "unused-message",
        ['msgid ""', '"Say "'],
    )
    assert line > 1


def test_a_word_of_the_site_takes_the_place_of_the_theme_s(cache: Cache) -> None:
    build = bare({FRENCH: po("fr_BE", 'msgid "Main menu"\nmsgstr "Le menu"')}, cache)
    assert 'aria-label="Le menu"' in text_of(build, "fr/index.html")
    assert 'aria-label="Hoofdmenu"' in text_of(build, "nl/index.html")


def test_a_site_in_english_needs_no_catalog(cache: Cache) -> None:
    files = {
        "content/site.yaml": ENGLISH,
        "content/home/en.md": "---\ntitle: Welcome\nlayout: home\n---\n\nWe speak.\n",
        "content/about/en.md": "---\ntitle: About us\n---\n\nText.\n",
        **dict.fromkeys((path for path in MINIMAL if re.search(r"(nl|fr)\.md$", path)), None),
        MENU: NEW,
    }
    assert checked(files, cache) == []
    assert "Quite new" in text_of(bare(files, cache), "en/index.html")


def test_the_plural_rule_is_the_one_of_the_catalog_that_has_the_words() -> None:
    theme = Catalog("fr", {"one": ("un", "des"), "two": ("deux", "d’eux")}, None)
    own = Catalog("en", {"one": ("single", "several")}, None, theme)
    ngettext = strings_of(own, "en_GB").ngettext
    assert [ngettext("one", "many", count) for count in (0, 1)] == ["several", "single"]
    assert [ngettext("two", "twos", count) for count in (0, 1)] == ["deux", "deux"]


def test_every_language_that_the_code_knows_has_the_words_of_the_theme() -> None:
    """English has them in the templates. So a new language is its file, its name, and its catalog."""
    catalogs = {file.path for file in theme_files() if file.path.endswith(".po")}
    assert catalogs == {theme_catalog(each) for each in LANGUAGES if each != "en"}
    assert {theme_catalog(each) for each in THEME_LANGUAGES} == catalogs


@pytest.mark.parametrize("language", THEME_LANGUAGES)
def test_the_theme_s_catalogs_are_whole(language: str) -> None:
    text = next(f.data for f in theme_files() if f.path == theme_catalog(language)).decode()
    outcome = read_catalog(CatalogRequest(Source("messages.po", text), language, language))
    assert outcome.diagnostics == ()
    used = {
        msgid
        for file, how in interface._theme_sources()
        for msgid, _ in interface.used_strings((file, how))
    }
    assert set(outcome.value.messages) == used


def test_no_line_of_a_french_page_begins_with_a_mark() -> None:
    """A string of a catalogue goes into pages as it is: its spaces before marks hold on to them."""
    text = next(f.data for f in theme_files() if f.path == theme_catalog("fr")).decode()
    messages = read_catalog(CatalogRequest(Source("messages.po", text), "fr", "fr")).value.messages
    said = [form for forms in messages.values() for form in forms]
    assert [each for each in said if re.search(r" [:;!?»]|« ", each)] == []


def test_messages_adds_the_site_s_own_words_alone_and_keeps_its_words_for_the_theme_s(
    cache: Cache,
) -> None:
    files = {MENU: NEW, FRENCH: po("fr_BE", 'msgid "Main menu"\nmsgstr "Le menu"')}
    build = bare(files, cache)
    assert build.site is not None
    texts = interface_catalogs(tree_of(files), build.site)
    assert texts[FRENCH].count("msgid") == 3  # its head, and these two
    assert 'msgid "Main menu"\nmsgstr "Le menu"' in texts[FRENCH]
    assert 'msgid "Quite new"\nmsgstr ""' in texts["i18n/nl/LC_MESSAGES/messages.po"]
    assert "Main menu" not in texts["i18n/messages.pot"]


def test_messages_writes_nothing_for_a_site_without_words_of_its_own(cache: Cache) -> None:
    build = bare({}, cache)
    assert build.site is not None
    assert interface_catalogs(tree_of({}), build.site) == {}


def test_the_installed_command_works_on_the_folder_where_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    module, _, name = project["project"]["scripts"]["diptych"].partition(":")
    for file in tree_of({}).files:
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["diptych", "build"])
    assert getattr(importlib.import_module(module), name)() == 0
    assert (tmp_path / "public" / "nl" / "index.html").is_file()


def test_the_program_names_no_organisation_and_none_of_its_signs() -> None:
    named = re.compile(r"utsopi|umbrella|paraplu|great step", re.IGNORECASE)
    files = [path for path in (ROOT / "diptych").rglob("*.*") if path.suffix != ".pyc"]
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in files if path.is_file()}
    assert [str(path) for path, text in texts.items() if named.search(text)] == []


def test_the_marks_of_the_overview_are_the_site_s_where_it_has_its_own(cache: Cache) -> None:
    timeline = {
        "content/time/timeline.yaml": "- id: a\n  date: 2020-01-02\n  title: {nl: A, fr: A}\n"
        "  text: {nl: A., fr: A.}\n",
        "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
        "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    }
    page = text_of(bare(timeline, cache), "nl/tijdlijn/index.html")
    assert '<circle id="mark-event"' in page
    assert '<use href="#mark-event"' in page
    own = {"templates/partials/marks.html": '<svg><path id="mark-event" d="M0 0"/></svg>'}
    page = text_of(bare({**timeline, **own}, cache), "nl/tijdlijn/index.html")
    assert '<path id="mark-event" d="M0 0"/>' in page
    assert "<circle" not in page


def test_colours_are_the_site_s_where_it_has_its_own_in_pages_and_in_the_take_away(
    cache: Cache,
) -> None:
    build = bare({"assets/tokens.css": ":root { --paper: #123456; }\n"}, cache)
    for path in ("nl/index.html", "nl/hele-site.htm"):
        assert text_of(build, path).count("#123456") == 1
        assert "--mark: #2f5d8a" not in text_of(build, path)


SITES = ROOT / "tests" / "sites"


@pytest.mark.parametrize(
    ("name", "languages"), [("example", "nl fr"), ("three-languages", "nl fr de")]
)
def test_a_site_of_content_alone_has_every_page_and_word(
    name: str, languages: str, cache: Cache
) -> None:
    tree = read_tree(SITES / name).value
    assert {file.path.partition("/")[0] for file in tree.files} == {"content"}
    build = build_site(tree, Options(thorough=True), cache)
    assert build.site is not None
    assert not build.failed
    found = (*build.diagnostics, *check_messages(tree, build.site, cache))
    assert [each for each in found if not each.span.path.startswith("content/")] == []
    assert {f"{key}/404.html" for key in languages.split()} <= {o.path for o in build.outputs}


@pytest.mark.parametrize(
    ("comment", "warned"),
    [
        ("{# theme 000000000000: our own menu #}", True),
        ("{#- theme 000000000000 #}", True),
        ("{# our own menu #}", False),
        ("{# our own menu #}{# theme 000000000000 #}", False),
        ("{# theme TODAY: our own menu #}", False),
    ],
)
def test_a_copy_of_a_template_that_the_theme_changed_since_is_warned_of(
    comment: str, warned: bool, cache: Cache
) -> None:
    today = next(f.data for f in theme_files() if f.path == f"{THEME}/{MENU}").decode()
    text = comment.replace("TODAY", theme_digest(today)) + "<p>menu</p>"
    problems = [
        each for each in bare({MENU: text}, cache).diagnostics if each.check == "theme-changed"
    ]
    assert [each.span.path for each in problems] == [MENU] * warned
    assert all(theme_digest(today) in str(each.hint) for each in problems)


def test_the_current_word_of_the_menu_is_no_wider_than_on_other_pages() -> None:
    """Letters of another weight are: where the menu just fits, it took two lines on some pages only."""
    style = (ROOT / "diptych/theme/assets/site.css").read_text("utf-8")
    rules = re.findall(r"^\.menu \[aria-current\] \{([^}]*)\}", style, re.MULTILINE)
    assert len(rules) == 1
    assert not re.search(r"font|letter-spacing|padding", rules[0])
