"""docs/contract.md and the program say the same: nothing is in one that the other lacks.

`python -m tests.test_documentation` writes its tables of keys anew; the rest is written by hand.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Callable, Iterator

import pytest

from diptych import glance
from diptych.cli import terminal
from diptych.cli.commandline import parser_of
from diptych.cli.sources import CACHE, SCHEMAS
from diptych.cli.terminal import Terminal
from diptych.content.own_types import FIELD_TYPES, TYPES
from diptych.content.settings import LINKS
from diptych.content.types import BUILT_IN
from diptych.diagnostics import Message
from diptych.diagnostics.report import FORMATS
from diptych.files import FORMATS as PICTURES
from diptych.i18n import OF_FILE, TOOL_LANGUAGES
from diptych.i18n.edtf import parse_date
from diptych.model import DATA_FORMS
from diptych.outputs.schemas.documents import site_schemas
from diptych.pipeline import Build
from diptych.pipeline.reading import WORDS
from diptych.site import ADDRESSES
from diptych.translation import State
from diptych.yaml import Record
from tests.conftest import ROOT
from tests.reference_tables import REFERENCES, with_references
from tests.test_documentation import CONTRACT, Table, code, fences, prose, read, tables


def table(heading: str) -> Table:
    """The table whose head begins with this word."""
    heads = re.findall(r"^\| (.+?) \|.*\n\| ---", prose(CONTRACT), re.MULTILINE)
    assert heads.count(heading) == 1, f"{heading}: {heads}"
    return tables(CONTRACT)[heads.index(heading)]


def firsts(heading: str) -> list[str]:
    """What stands in backticks in the first cell of each row."""
    named = [code(row[0]) for row in table(heading).rows]
    assert all(named)
    return named


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser_of(ROOT, Terminal(str))._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def usage(name: str, parser: argparse.ArgumentParser) -> str:
    """A command with its arguments and options, as the contract writes it."""
    words, options = [name], []
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._HelpAction):
            continue
        if action.option_strings:
            option = action.option_strings[-1]
            if action.nargs != 0:
                option += f" {action.metavar or value(action)}"
            options.append(option if action.required else f"[{option}]")
        else:
            forms = {None: "{}", "?": "[{}]", "*": "[{}…]"}
            assert action.nargs in forms
            words.append(forms[action.nargs].format(action.metavar))
    return " ".join((*words, *options))


def value(action: argparse.Action) -> str:
    if tuple(action.choices or ()) == FORMATS:
        return "FORMAT"
    return "|".join(action.choices) if action.choices else action.dest.upper()


def test_every_command_stands_with_its_arguments_and_options_in_the_order_of_the_help() -> None:
    assert firsts("Command") == [usage(name, parser) for name, parser in parsers()]


def test_what_every_command_takes() -> None:
    text = prose(CONTRACT)
    assert "`--root DIR`" in text
    assert f"`--message-language {'|'.join((*TOOL_LANGUAGES, OF_FILE))}`" in text


def test_the_name_of_the_installed_command() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert [
        name
        for name in project["scripts"]
        if f"installed (`pip install .`): `{name}`" not in read(CONTRACT)
    ] == []


def test_the_formats_of_reports() -> None:
    *rest, last = (f"`{each}`" for each in FORMATS)
    assert f"FORMAT is {', '.join(rest)} or {last}." in prose(CONTRACT)


def test_the_exit_statuses() -> None:
    statuses = (
        terminal.DONE,
        terminal.SITE_ERRORS,
        terminal.WRONG_CALL,
        terminal.ENVIRONMENT,
    )
    assert [int(row[0]) for row in table("Exit status").rows] == list(statuses)


def test_the_tables_of_keys_are_made_of_the_records() -> None:
    named = re.findall(r"<!-- reference: (.+) -->", read(CONTRACT))
    assert named == list(REFERENCES)
    assert with_references(read(CONTRACT), "en") == read(CONTRACT)


@pytest.mark.parametrize("name", REFERENCES)
def test_every_key_has_a_row(name: str) -> None:
    record: Record = REFERENCES[name]
    rows = read(CONTRACT).partition(f"<!-- reference: {name} -->\n")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", rows, re.MULTILINE) == list(record.fields)


def test_every_content_type_has_its_table_of_keys() -> None:
    records = [each.record for each in BUILT_IN.by_name.values()]
    assert [
        each for each in records if not any(each is known for known in REFERENCES.values())
    ] == []


def test_the_kinds_of_fields_of_one_s_own() -> None:
    assert [name for name in FIELD_TYPES if f"`{name}`" not in read(CONTRACT)] == []


def test_the_files_of_the_content_types_stand_in_the_layout() -> None:
    layout = fences(CONTRACT)[0].text
    paths = [re.sub(r"\{(\w+)\}", r"<\1>", each.path) for each in BUILT_IN.by_name.values()]
    paths += [TYPES, WORDS, ADDRESSES, *glance.FILES]
    assert [path for path in paths if not re.search(rf"^{path} ", layout, re.MULTILINE)] == []
    assert [ending for ending in PICTURES if ending not in layout] == []
    folders = (*glance.FOLDERS, SCHEMAS, CACHE)
    assert [name for name in folders if not re.search(rf"^{name}/", layout, re.MULTILINE)] == []


def test_every_schema_is_listed() -> None:
    made = site_schemas(BUILT_IN, ("nl", "fr"), ("page",), {"en": str})
    listed = firsts("File in `schemas/`")
    assert sorted(f"schemas/{name}" for name in listed) == sorted(made)


def test_the_states() -> None:
    assert set(firsts("State")) == {state.value for state in State}


def test_the_addresses_of_the_organisation_that_a_text_can_link_to() -> None:
    linked = re.findall(r"`site:(\w+)`", prose(CONTRACT))
    assert linked
    assert set(linked) <= set(LINKS)


def pattern(address: str) -> str:
    named = {
        "<language>": "[a-z]{2,8}(-[a-z0-9]+)*",
        "<page>": "[a-z0-9-]+(/[a-z0-9-]+)*",
        "<name>": "[^ ]+",
        "<path>": "[^ ]+",
        "<year>": "[0-9]{4}",
    }
    parts = re.split(r"(<\w+>)", address)
    return "".join(named.get(part) or re.escape(part) for part in parts)


def published() -> list[str]:
    """The addresses of the contract; the data of a timeline in each of its forms."""
    found = firsts("Published")
    data = next(each for each in found if each.endswith("timeline.json"))
    return found + [data.replace(".json", f".{form}") for form in DATA_FORMS if form != "json"]


def test_everything_that_is_published_has_its_row(whole_build: Build) -> None:
    known = re.compile("|".join(map(pattern, published())))
    paths = [output.path for output in whole_build.outputs]
    assert [path for path in paths if not known.fullmatch(path)] == []


WITH_SETTINGS = {  # what a site has only where it asks for it
    "_redirects",
    "_nginx.conf",
    ".htaccess",
    "_Caddyfile",
    "<path>.br",
    "<language>/<page>/agenda.ics",
    "<language>/feed-<year>.xml",  # with more than a hundred entries
    ".well-known/security.txt",
    "admin/<name>",
    "pagefind/<name>",
    "<language>/<page>/feed.xml",
    "<language>/<page>/<year>/index.html",  # with more than twenty pages of a list
    "release.json",  # written by `publish`, not by the build
}


def test_every_row_is_published(whole_build: Build) -> None:
    paths = [output.path for output in whole_build.outputs]
    never = [
        each for each in published() if not any(re.fullmatch(pattern(each), path) for path in paths)
    ]
    assert set(never) <= WITH_SETTINGS


def test_what_a_site_asks_for_is_published_where_the_contract_says(
    site: Callable[..., Build],
) -> None:
    settings = """\
base_url: https://example.org
languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}
organisation:
  short_name: Ons
  name: {nl: Wij, fr: Nous}
  contact: info@example.org
hosting: netlify
security: {expires: 2027-01-31}
redirects: {/old.html: "page:news"}
"""
    page = "---\ntitle: {}\nlayout: list\n---\n\nTekst.\n"
    files = {
        "content/site.yaml": settings,
        "content/news/nl.md": page.format("Nieuws"),
        "content/news/fr.md": page.format("Nouvelles"),
    }
    for number in range(21):
        item = f"---\ntitle: {number} is nieuws\ndate: 2024-01-{number + 1:02}\n---\n\nTekst.\n"
        files[f"content/news/item-{number}/nl.md"] = item
    paths = {output.path for output in site(files).outputs}
    of_a_year = "<language>/<page>/<year>/index.html"
    for each in ("_redirects", ".well-known/security.txt", "<language>/<page>/feed.xml", of_a_year):
        assert any(re.fullmatch(pattern(each), path) for path in paths), (each, paths)


def test_the_dates_of_the_contract_are_dates() -> None:
    text = prose(CONTRACT).partition("A date is EDTF")[2].partition("\n\n")[0]
    dates = re.findall(r"`([^`]+)`", text)
    assert len(dates) >= 7
    assert [date for date in dates if isinstance(parse_date(date), Message)] == []
