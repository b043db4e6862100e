"""Schemas for editors' programs: they say of a file what its reader says.

A schema sees values as YAML 1.2 takes them; the reader sees texts. What a schema cannot know (whether
a day exists, a topic, an event) is the reader's alone, and named here.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from diptych.content.kinds import DATE
from diptych.content.layouts import LAYOUTS
from diptych.content.page import FRONT_MATTER, read_front_matter
from diptych.content.settings import (
    SETTINGS,
    parse_settings,
)
from diptych.content.terms.reading import TERM
from diptych.content.timeline import EVENT
from diptych.content.types import BUILT_IN
from diptych.diagnostics import Outcome, Severity, Source
from diptych.i18n import translator
from diptych.i18n.edtf import parse_date
from diptych.outputs.schemas.documents import documents_of, example_value, site_schemas
from diptych.pipeline import Build
from diptych.yaml import ListOf, Mapping, Node, Record, Scalar, compose
from tests.conftest import Ran, write_site
from tests.reading import parse_terms, parse_timeline

LANGUAGES = ("nl", "fr")


def reached(shape: Any) -> Iterator[Record]:
    """A shape, if it is a record, and every record inside it."""
    if isinstance(shape, Record):
        yield shape
        for field in shape.fields.values():
            yield from reached(field.shape)
    elif hasattr(shape, "item"):
        yield from reached(shape.item)


DOCUMENTS = documents_of(BUILT_IN)
RECORDS = tuple({id(r): r for each in DOCUMENTS for r in reached(each.shape)}.values())

# whole and good, with every key once
SITE = {
    "base_url": "https://www.example.org",
    "languages": "{nl: {locale: nl_BE, name: Nederlands, typography: dutch}, "
    "fr: {locale: fr_BE, name: Français, typography: french}}",
    "navigation": "[mission]",
    "organisation": "{short_name: Us, name: {nl: Wij, fr: Nous}, contact: info@example.org, "
    "membership_form: 'https://example.org/f', donation_link: 'https://example.org/g', "
    "social: {Net: 'https://social.example'}}",
    "topics": "{law: {nl: Wet, fr: Loi}}",
    "hosting": "netlify",
    "exit": "{nl: 'https://weather.example'}",
    "security": "{expires: 2027-06-30}",
    "search": "true",
    "admin": "{repository: owner/name, branch: main, sign_in: 'https://in.example.org'}",
    "redirects": "{/old/: 'page:mission'}",
}
LISTED = {
    "timeline": {
        "id": "first",
        "date": "2020-06",
        "title": "{nl: T, fr: T}",
        "text": "{nl: T, fr: T}",
        "topics": "[law]",
        "actors": "[A, {nl: Gent, fr: Gand}]",
        "figures": "[{id: votes, value: 12, unit: votes, label: {nl: L, fr: L}}]",
        "sources": "[{url: 'https://example.org', title: T, language: fr}]",
        "image": "a.jpg",
        "image_alt": "{nl: A, fr: A}",
        "until": "first",
    },
    "terms": {
        "id": "work",
        "preferred": "{nl: werk, fr: travail}",
        "avoid": "{nl: [job]}",
        "reason": "{nl: R, fr: R}",
        "note": "{nl: N}",
        "forms": "{fr: {travail: [travaux]}}",
        "except": "{nl: [job centre]}",
    },
}
FRONT = {
    "title": "T",
    "description": "D",
    "slug": "s",
    "layout": "faq",
    "date": "2020-06-08",
    "draft": "false",
    "image": "a.jpg",
    "image_alt": "A",
    "only": "O",
    "redirect_from": "[/old/]",
    "allow": "{literal-address: why}",
}
WHOLE = {"site": SITE, **LISTED, "front-matter": FRONT}

VALUES = (
    "",
    '""',
    '" "',
    "text",
    "two words",
    "Big",
    "a-key",
    "12",
    '"12"',
    "-3",
    "1.5",
    "ja",
    "true",
    "[]",
    "[a]",
    "[a, ' ']",
    "[[a]]",
    "{}",
    "{a: b}",
    "{nl: a}",
    "{nl: a, en: b}",
    "{nl: [a]}",
    "{nl: {a: [b]}}",
    "{nl: {a: b}}",
    "[{nl: a}]",
    "{nl: ''}",
    "https://example.org/x",
    "{x: 'https://example.org'}",
    "info@example.org",
    "2020-06-08",
    "2020",
    "2020-06~",
    "2021-11-06/2021-11-07",
    "2020-6-8",
    "netlify",
    "faq",
    "[{id: a}]",
    "{locale: nl_BE}",
)

# the same file read by two: what only the reader can know
BEYOND = {
    "unknown-topic",
    "unknown-event",
    "unknown-locale",
    "unknown-check",
    "term-conflict",
    "term-without-effect",
    "language-tag",
}


@cache
def made() -> dict[str, str]:
    """Path -> text of every schema of a site in Dutch and French without types of its own."""
    speech = {key: translator(key) for key in LANGUAGES}
    return site_schemas(BUILT_IN, LANGUAGES, tuple(LAYOUTS), speech)


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads(made()[f"schemas/{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def instance(node: Node | None) -> Any:
    """What YAML 1.2 makes of a text (its core schema), which is what an editor's program judges."""
    if node is None:
        return None
    if isinstance(node, Mapping):
        return {key.text: instance(value) for key, value in node.entries}
    if not isinstance(node, Scalar):
        return [instance(item) for item in node.items]
    text = node.text
    if node.style:
        return text
    if re.fullmatch("|~|null|Null|NULL", text):
        return None
    if re.fullmatch("true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    return float(text) if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)", text) else text


def written(name: str, fields: dict[str, str]) -> str:
    lines = [f"{key}: {value}".rstrip() for key, value in fields.items()]
    if name == "front-matter":
        return "---\n" + "\n".join(lines) + "\n---\n"
    if name in LISTED:
        return "- " + "\n  ".join(lines) + "\n"
    return "\n".join(lines) + "\n"


def reader_says(name: str, text: str) -> set[str]:
    """The checks that stop a file, of those that look at what stands in it."""
    source = Source("file", text)
    outcome: Outcome[Any]
    if name == "site":
        outcome = parse_settings(source)
    elif name == "timeline":
        outcome = parse_timeline(source, "timeline", LANGUAGES)
    elif name == "terms":
        outcome = parse_terms(source, LANGUAGES)
    else:
        outcome, _ = read_front_matter(source)
        if outcome.value.layout not in LAYOUTS:
            return {"unknown-layout"}  # as a whole site says
    return {each.check for each in outcome.diagnostics if each.severity is Severity.ERROR} - BEYOND


def schema_says(name: str, text: str) -> list[str]:
    inner = text.removeprefix("---\n").removesuffix("---\n") if name == "front-matter" else text
    value = instance(compose(Source("file", inner)).value)
    return [error.message for error in validator(name).iter_errors(value)]


def variants(name: str) -> Iterator[dict[str, str]]:
    """A whole file; without each of its keys; with an unknown one; with every value in every place."""
    whole = WHOLE[name]
    yield whole
    yield {**whole, "titel": "x"}
    for key in whole:
        if key != "image_alt":  # what is needed beside another key: a test of its own
            yield {other: value for other, value in whole.items() if other != key}
        yield from ({**whole, key: value} for value in VALUES)


# a text may look like a flag: a schema that let that pass would also offer it; and an empty text in
# quotes is as good as nothing to the reader, also where a list or a choice stands
TEXTS = {
    "contact",
    "donation_link",
    "membership_form",
    "description",
    "image",
    "only",
    "slug",
    "date",
    "draft",
    "search",
    "until",
}
NEEDED = {key for record in RECORDS for key, field in record.fields.items() if field.required}
SCHEMA_IS_STRICTER = {("slug", "true"), ("id", "true"), ("until", "true")} | {
    (key, '""')
    for record in RECORDS
    for key in record.fields
    if key not in NEEDED and key not in TEXTS
}
# a schema looks at one key at a time: it does not know that a site has a language, nor that a word
# is preferred in some language
READER_IS_STRICTER = {("languages", "{}"), ("preferred", "{}")}


@pytest.mark.parametrize("name", WHOLE)
def test_schema_and_reader_say_the_same(name: str) -> None:
    whole = WHOLE[name]
    for fields in variants(name):
        text = written(name, fields)
        changed = next((item for item in fields.items() if whole.get(item[0]) != item[1]), None)
        reader, schema = reader_says(name, text), schema_says(name, text)
        if changed in SCHEMA_IS_STRICTER and not (
            name == "front-matter" and changed[0] == "image_alt"
        ):
            assert (bool(reader), bool(schema)) == (False, True), text
        elif changed in READER_IS_STRICTER:
            assert (bool(reader), bool(schema)) == (True, False), text
        else:
            assert bool(reader) == bool(schema), (text, reader, schema)


INSIDE = (
    ("site", "organisation", "{short_name: Us}"),
    ("site", "organisation", "{short_name: Us, name: {nl: Wij}, contact: nobody}"),
    ("site", "organisation", "{short_name: Us, name: {nl: Wij}, social: {Net: here}}"),
    ("site", "languages", "{nl: {locale: nl_BE, name: Nederlands, typography: dutsch}}"),
    ("site", "languages", "{nl: {locale: nl_BE, name: Nederlands}}"),
    ("site", "security", "{expires: 2027}"),
    ("site", "security", "{}"),
    ("site", "admin", "{branch: main}"),
    ("site", "admin", "{repository: 'https://example.org/owner/name'}"),
    ("timeline", "figures", "[{id: votes, value: 1.200, unit: votes, label: {nl: L}}]"),
    ("timeline", "figures", "[{id: votes, value: 12, label: {nl: L}}]"),
    ("timeline", "figures", "[{id: a b, value: 12, unit: votes, label: {nl: L}}]"),
    ("timeline", "sources", "[{url: example.org, title: T, language: fr}]"),
    ("timeline", "sources", "[{url: 'https://example.org', title: T, language: fr, by: me}]"),
    ("timeline", "actors", "[{en: Ghent}]"),
    ("terms", "forms", "{fr: {travail: travaux}}"),
)


@pytest.mark.parametrize(("name", "key", "value"), INSIDE)
def test_both_refuse_what_is_wrong_inside_a_group(name: str, key: str, value: str) -> None:
    text = written(name, {**WHOLE[name], key: value})
    assert reader_says(name, text)
    assert schema_says(name, text)


@pytest.mark.parametrize(
    ("name", "key", "value", "check"),
    [
        ("timeline", "date", "2020-13-05", "impossible-date"),
        ("front-matter", "date", "2021-02-30", "impossible-date"),
    ],
)
def test_what_only_the_reader_knows(name: str, key: str, value: str, check: str) -> None:
    text = written(name, {**WHOLE[name], key: value})
    assert schema_says(name, text) == []
    outcome = (
        parse_timeline(Source("f", text), "t", LANGUAGES)
        if name == "timeline"
        else read_front_matter(Source("f", text))[0]
    )
    assert check in {each.check for each in outcome.diagnostics}


def test_a_picture_needs_its_text_for_both(site: Callable[..., Build]) -> None:
    text = "---\ntitle: T\nimage: a.jpg\nonly: one\n---\n"
    build = site({"content/x/nl.md": text})
    assert "missing-alt" in {each.check for each in build.diagnostics}
    assert schema_says("front-matter", text) == ["'image_alt' is a dependency of 'image'"]


def test_every_date_that_is_read_passes_its_pattern() -> None:
    """The other way round only the reader knows; `2020-13` has the form of a date."""
    texts = (
        "2020",
        "2020-06",
        "2020-06-08",
        "2020-21",
        "2020~",
        "2020-06~",
        "2022-03-18T01:35",
        "2021-11-06/2021-11-07",
        "2020-06/2020-09~",
    )
    for text in texts:
        assert not hasattr(parse_date(text), "msgid")
        assert re.search(DATE.pattern, text)
    for text in ("8 juni 2020", "2020-6-8", "08/06/2020", "june"):
        assert hasattr(parse_date(text), "msgid")
        assert not re.search(DATE.pattern, text)


def test_examples_are_what_reader_and_schema_take() -> None:
    name_of = {
        id(SETTINGS): "site",
        id(EVENT): "timeline",
        id(TERM): "terms",
        id(FRONT_MATTER): "front-matter",
    }
    examples = 0
    for record in RECORDS:
        for key, field in record.fields.items():
            if not field.example:
                continue
            examples += 1
            assert example_value(field) is not None
            if id(record) in name_of:
                name = name_of[id(record)]
                beside = {
                    other: str(each.example)
                    for other, each in record.fields.items()
                    if each.required_with == key and each.example
                }
                text = written(name, {**WHOLE[name], **beside, key: str(field.example)})
                assert (reader_says(name, text), schema_says(name, text)) == (set(), [])
    assert examples >= 20


def test_everything_has_a_meaning_in_both_languages() -> None:
    """Every key of every schema says in Dutch and in French what one writes there."""

    def described(schema: Any) -> Iterator[str]:
        for key, value in (schema.get("properties") or {}).items():
            if "description" in value:
                yield value["description"]
            else:
                assert key in LANGUAGES, key
            yield from described(value)
        for part in ("items", "additionalProperties"):
            if isinstance(schema.get(part), dict):
                yield from described(schema[part])

    for name in ("site", "timeline", "terms", "front-matter"):
        schema = json.loads(made()[f"schemas/{name}.schema.json"])
        texts = list(described(schema))
        assert texts
        for text in texts:
            nl, fr = text.split("\n")
            assert nl.startswith("nl: ")
            assert fr.startswith("fr: ")
            assert nl[4:] != fr[4:]


def test_a_site_has_a_schema_for_each_of_its_kinds_of_files_and_two_for_reports() -> None:
    assert set(made()) == {f"schemas/{each.name}.schema.json" for each in DOCUMENTS} | {
        "schemas/report.schema.json",
        "schemas/status.schema.json",
    }


def test_content_names_its_schema_and_satisfies_it(
    whole_root: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """The comment that VS Code reads leads to the schema, from where the file lies."""
    content = tmp_path / "content"
    shutil.copytree(whole_root / "content", content)
    assert run("schemas", root=tmp_path).status == 0
    files = sorted(content.rglob("*.yaml"))
    assert {"site.yaml", "terms.yaml", "timeline.yaml"} <= {file.name for file in files}
    for file in files:
        text = file.read_text("utf-8")
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert named, file
        led = (file.parent / named[1]).resolve()
        assert led == tmp_path.resolve() / "schemas" / f"{file.stem}.schema.json"
        schema = Draft202012Validator(json.loads(led.read_text("utf-8")))
        found = schema.iter_errors(instance(compose(Source(file.name, text)).value))
        assert [error.message for error in found] == []


def test_the_command_writes_the_languages_of_the_site(
    run: Callable[..., Ran], tmp_path: Any
) -> None:
    text = written(
        "site", {**SITE, "languages": "{de: {locale: de_BE, name: Deutsch, typography: german}}"}
    )
    text = re.sub(r"(?m)^(topics|exit|organisation): .*", "", text)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(
        text + "organisation: {short_name: U, name: {de: W}}\n"
    )
    assert run("schemas", root=tmp_path).status == 0
    schema = json.loads((tmp_path / "schemas/timeline.schema.json").read_text("utf-8"))
    assert list(schema["items"]["properties"]["title"]["properties"]) == ["de"]
    assert "nothing new" in run("schemas", root=tmp_path).err
    (tmp_path / "content/site.yaml").write_text("languages: [\n")
    assert run("schemas", root=tmp_path).status == 1


BAD = {
    "content/about/nl.md": "---\ntitel: Over\ndate: 8 juni 2020\n---\n\n[weg](page:nergens) ![](x.jpg)\n",
    "content/about/fr.md": "---\ntitle: a: b\n---\n",
    "content/stray.txt": "x",
}


@pytest.mark.parametrize(
    ("schema", "files", "status", "call"),
    [
        ("report", {}, 0, ("check", "--strict")),
        ("report", BAD, 1, ("build",)),
        ("status", {}, 0, ("status",)),
        ("status", {"content/about/fr.md": None}, 0, ("status",)),
    ],
)
def test_real_reports_are_as_the_schemas_say(
    schema: str,
    files: dict[str, str],
    status: int,
    call: tuple[str, ...],
    run: Callable[..., Ran],
    tmp_path: Any,
) -> None:
    form = json.loads(made()[f"schemas/{schema}.schema.json"])
    ran = run(
        "--message-language", "fr", *call, "--format", "json", root=write_site(tmp_path, files)
    )
    report = json.loads(ran.out)
    assert [error.message for error in Draft202012Validator(form).iter_errors(report)] == []
    assert ran.status == status
    assert set(report) == set(form["properties"])
    if schema == "report":
        keys = form["properties"]["diagnostics"]["items"]["properties"]
        assert all(set(problem) == set(keys) for problem in report["diagnostics"])
        assert not files or len(report["diagnostics"]) >= 4
    else:
        change = form["properties"]["changes"]["items"]["properties"]
        listed = [*report["changes"], *report["unconfirmed"]]
        assert listed
        assert all(set(each) == set(change) for each in listed)


@pytest.mark.parametrize(
    "damage",
    [
        {"version": 2},
        {"diagnostics": {}},
        {"diagnostics": [{"check": "x"}]},
    ],
)
def test_the_schema_of_the_report_refuses_other_forms(damage: dict[str, Any]) -> None:
    report = {"version": 1, "diagnostics": [], **damage}
    assert not validator("report").is_valid(report)


def test_every_content_type_has_a_document() -> None:
    known = {id(record) for record in RECORDS}
    assert [each.name for each in BUILT_IN.by_name.values() if id(each.record) not in known] == []
    timeline = next(each for each in DOCUMENTS if each.name == "timeline")
    assert isinstance(timeline.shape, ListOf)
