"""YAML: nothing is guessed, nothing dangerous is read, and the classic slips have their fix."""

from __future__ import annotations

import time

import pytest
import yaml

from diptych.content.kinds import ADDRESS, DAY, EMAIL, FLAG, KEY, TEXT, WHOLE
from diptych.content.page import read_front_matter
from diptych.diagnostics import Diagnostic, Placed, Source, Span, applied, nearest, say
from diptych.values import replace
from diptych.yaml import (
    Field,
    Leaf,
    ListOf,
    Mapping,
    PerLanguage,
    Record,
    Scalar,
    Sequence,
    Shape,
    TableOf,
    TextOrPerLanguage,
    compose,
    nodes,
    place_in_scalar,
    read_shape,
)
from tests.strategies import mended, named, places, underlined

EMOJI = "naam: 😀😀\n"  # four bytes each, one column each


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test here holds for both parsers, in the same places."""
    if request.param == "pure Python":
        monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without libyaml")


def compose_text(text: str) -> tuple[object, tuple[Diagnostic, ...], Source]:
    source = Source("content/site.yaml", text)
    outcome = compose(source)
    return plain(outcome.value), outcome.diagnostics, source


def plain(node: object) -> object:
    """A node as text, lists and dictionaries."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    return node


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "true",
        "null",
        "~",
        "12:30",
        "0700",
        "1_000",
        "0x1F",
        "1e3",
        ".inf",
        "2020-02-30",
        "2020-06-08T10:00:00+02:00",
        "=",
        "+1",
        "é",
        "50 %",
        "16",
        "1.10",
    ],
)
def test_every_value_stays_the_text_that_was_written(text: str) -> None:
    assert compose_text(f"value: {text}\n") == (
        {"value": text},
        (),
        Source("content/site.yaml", f"value: {text}\n"),
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"a \\"b\\" \\u00e9"', 'a "b" é'),
        ("'it''s'", "it's"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">\n  a\n  b\n", "a b\n"),
        ("|-\n  a: b\n", "a: b"),
        ("a\n  b", "a b"),
        ("a # remark", "a"),
        ("a#b", "a#b"),
        ("http://example.org:80/#x", "http://example.org:80/#x"),
    ],
)
def test_quoting_and_folding_are_yamls_own(written: str, read: str) -> None:
    value, problems, _ = compose_text(f"value: {written}\n")
    assert (value, problems) == ({"value": read}, ())


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n", "--- # remark\n"])
def test_an_empty_document_is_none(text: str) -> None:
    assert compose_text(text)[:2] == (None, ())


def test_nodes_know_their_places_also_after_an_emoji() -> None:
    source = Source("f.yaml", "before\n" + EMOJI + "list: [één, 'twee']\n")
    node = compose(source, start=7).value
    assert isinstance(node, Mapping)
    (_, name), (key, items) = node.entries
    assert isinstance(items, Sequence)
    first, second = items.items
    spans = [name.span, key.span, first.span, second.span]
    assert [source.text[span.start : span.end] for span in spans] == [
        "😀😀",
        "list",
        "één",
        "'twee'",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    named(
        [
            ("repeated key", "a: 1\nb: 2\na: 3\n", ["duplicate-key 3:1"]),
            (
                "repeated keys, all told",
                "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n",
                ["duplicate-key 2:1", "duplicate-key 5:3"],
            ),
            ("anchor", "a: &x 1\n", ["yaml-alias 1:4"]),
            ("anchor on a list", "a: &x [1]\n", ["yaml-alias 1:4"]),
            ("alias", "a: *x\n", ["yaml-alias 1:4"]),
            ("alias as a key", "*x : 1\n", ["yaml-alias 1:1"]),
            ("tag", "a: !!python/object:os.system x\n", ["yaml-tag 1:4"]),
            ("own tag", "a: !x b\n", ["yaml-tag 1:4"]),
            ("tag on a mapping", "a: !!map {b: c}\n", ["yaml-tag 1:4"]),
            ("merge key", "a: {b: 1}\n<<: {c: 1}\n", ["yaml-key 2:1"]),
            ("list as a key", "? [a]\n: b\n", ["yaml-key 1:3"]),
            ("Jinja", "a: {{ b }}\n", ["yaml-key 1:5"]),
            ("second document", "a: 1\n---\nb: 2\n", ["yaml-documents 2:1"]),
            ("tab before a key", "a:\n\tb: 1\n", ["yaml-syntax 2:2"]),
            ("tab after a colon", "a:\tb\n", ["yaml-syntax 1:3"]),
            ("tab in a text", "a: b\tc\n", ["yaml-syntax 1:5"]),
            ("wrong indentation", "a: 1\n  b: 2\n", ["yaml-syntax 2:3"]),
            ("list and keys mixed", "- a\nb: 1\n", ["yaml-syntax 2:1"]),
            ("no character", 'a: 1\nb: "\\U00110000"\n', ["yaml-syntax 2:5"]),
            ("no character, in a list", 'a: ["\\UFFFFFFFF"]\n', ["yaml-syntax 1:6"]),
            ("no character, beside a tab", 'a: "b\tc"\nd: "\\U00110000"\n', ["yaml-syntax 2:5"]),
            (
                "no character, in a long text",
                'a: "b\n  c \\U7FFFFFFF d\n  e"\n',
                ["yaml-syntax 2:5"],
            ),
            ("NUL", "a: b\0\n", ["yaml-syntax 1:5"]),
            ("NUL after an emoji", EMOJI + "a: b\0\n", ["yaml-syntax 2:5"]),
            (
                "repeated key, then a slip",
                "a: 1\na: 2\nb: @x\n",
                ["duplicate-key 2:1", "yaml-syntax 3:1"],
            ),
            ("slip after an emoji", EMOJI + "b: @x\n", ["yaml-syntax 2:1"]),
            ("alias after an emoji", EMOJI + "b: 😀\nc: *x\n", ["yaml-alias 3:4"]),
            ("nested 25 deep", "a: " + "[" * 25 + "]" * 25 + "\n", ["yaml-depth 1:24"]),
            (
                "nested 25 deep in lines",
                "\n".join(" " * n + "a:" for n in range(25)),
                ["yaml-depth 21:21"],
            ),
            ("3000 brackets", "[" * 3000, ["yaml-depth 1:22"]),
            ("3000 braces", "{" * 3000, ["yaml-depth 1:22"]),
            ("3000 list items on a line", "- " * 3000, ["yaml-depth 1:43"]),
            ("a million characters", "a: " + "b" * 1_000_000, ["file-too-large 1:1"]),
            ("an alias bomb", "a: &a [x]\nb: &b [*a,*a]\n", ["yaml-alias 1:4"]),
        ]
    ),
)
def test_what_is_refused_and_where(text: str, told: list[str]) -> None:
    began = time.process_time()
    _, problems, source = compose_text(text)
    assert places(problems, source) == told
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("escape", "code"),
    [
        ("\\0", "U+0000 (control character)"),
        ("\\e[31m", "U+001B (control character)"),
        ("\\u202e", "U+202E (right-to-left override)"),
        ("\\u200b", "U+200B (zero width space)"),
        ("\\L", "U+2028 (line separator)"),
        ("\\uD800", "U+D800 (surrogate)"),
        ("\\U000F0000", "U+F0000 (private use character)"),
    ],
)
def test_no_escape_brings_in_what_cannot_be_seen(escape: str, code: str) -> None:
    value, problems, source = compose_text(f'a: 1\ntitle: "b{escape}c"\n')
    assert places(problems, source) == ["invisible-character 2:8"]
    assert str(problems[0].message) == f"an invisible character stands here: {code}"
    assert isinstance(value, dict)
    assert value["title"].startswith("b\ufffd")


@pytest.mark.parametrize("value", ['"b\u200bc"', "b\\c\u200b", "'b\\c\u200b'", '"b\\n\ufffd"'])
def test_what_stands_there_itself_is_told_where_the_file_is_read(value: str) -> None:
    """Only an escape in a quotation is told here."""
    assert compose_text(f"a: {value}\n")[1] == ()


def test_a_text_without_letters_is_no_empty_document() -> None:
    assert [compose_text(text)[0] for text in ('""\n', "''\n", "|\n")] == ["", "", ""]


def test_escapes_that_can_be_seen_stay() -> None:
    value, problems, _ = compose_text('a: "\\t\\n\\_\\u00e9"\n')
    assert (value, problems) == ({"a": "\t\n\u00a0é"}, ())


def test_the_first_of_two_equal_keys_stays() -> None:
    value, (problem,), source = compose_text("title: A\nslug: b\ntitle: C\n")
    assert value == {"title": "A", "slug": "b"}
    assert str(problem.message) == "`title` stands here a second time; the first is on line 1"
    assert underlined(problem, source) == "title"


ENTRY = "- id: a\n  b: 1\n  id: c\n  b: 2\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ENTRY, ["duplicate-key 3:3"]),
        ("- x: 1\n  x: 2\n" + ENTRY, ["duplicate-key 2:3", "duplicate-key 5:3"]),
    ],
)
def test_an_entry_without_its_hyphen_is_told_once(text: str, told: list[str]) -> None:
    _, problems, source = compose_text(text)
    assert places(problems, source) == told
    assert applied(problems[-1].edits, source) == text.replace("  id: c", "- id: c")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- id: a\n  id: c\n", ["duplicate-key 2:3"]),
        ("- b: 1\n  id: a\n  b: 2\n  id: c\n", ["duplicate-key 3:3", "duplicate-key 4:3"]),
        ("id: a\nb: 1\nid: c\nb: 2\n", ["duplicate-key 3:1", "duplicate-key 4:1"]),
        ("- {id: a, b: 1, id: c, b: 2}\n", ["duplicate-key 1:17", "duplicate-key 1:24"]),
    ],
)
def test_keys_that_only_stand_twice_ask_for_no_hyphen(text: str, told: list[str]) -> None:
    """One key alone, keys in another order, in no list, or between braces."""
    _, problems, source = compose_text(text)
    assert places(problems, source) == told
    assert [each.edits for each in problems] == [()] * len(told)


SLIPS = [
    ("colon in French", "title: Mission : notre histoire", 'title: "Mission : notre histoire"'),
    ("colon in Dutch", "title: Missie: visie", 'title: "Missie: visie"'),
    ("colon at the end", "title: Waarom:", 'title: "Waarom:"'),
    ("colon and elision", "title: L'union : nous", 'title: "L\'union : nous"'),
    ("colon and quotation", 'title: Het "woord": ja', "title: 'Het \"woord\": ja'"),
    ("colon and both", 'title: L\'"union" : nous', 'title: "L\'\\"union\\" : nous"'),
    ("colon in an entry", "  name: Union : belge", '  name: "Union : belge"'),
    ("colon in an item", "- title: Union : belge", '- title: "Union : belge"'),
    ("guillemets", "title: « Union : belge »", 'title: "Union : belge"'),
    ("at sign", "title: @utsopi", 'title: "@utsopi"'),
    ("backtick", "title: `code`", 'title: "`code`"'),
    ("percent sign", "title: %50", 'title: "%50"'),
    ("bracket", "title: [UTSOPI](page:home)", 'title: "[UTSOPI](page:home)"'),
    ("brace", "title: {x", 'title: "{x"'),
    ("question mark", "title: ? of niet", 'title: "? of niet"'),
    ("dash", "title: - x", 'title: "- x"'),
    ("bar", "title: | x", 'title: "| x"'),
    ("comma", "title: , x", 'title: ", x"'),
    ("missing space", "title:Missie", "title: Missie"),
    ("list not closed", "topics: [law, street", "topics: [law, street]"),
    ("a link and no list", "title: [Lees verder", 'title: "[Lees verder"'),
    ("pairs not closed", "title: {nl: Wet, fr: Loi", "title: {nl: Wet, fr: Loi}"),
    ("pairs without a comma", "title: {nl: Wet fr: Loi}", "title: {nl: Wet, fr: Loi}"),
    ("a colon in a pair", "title: {nl: Wet om: 9 uur}", 'title: {nl: "Wet om: 9 uur"}'),
    ("missing space, indented", "  name:Unie", "  name: Unie"),
    ("double quote not closed", 'title: "Missie', 'title: "Missie"'),
    ("single quote not closed", "title: 'Missie", "title: 'Missie'"),
    ("elision at the beginning", "title: 's avonds", 'title: "\'s avonds"'),
    ("elisions", "title: 's avonds en 's ochtends", "title: \"'s avonds en 's ochtends\""),
    ("year at the beginning", "title: '68 was een jaar", 'title: "\'68 was een jaar"'),
    ("text after a quotation", 'title: "Missie" en visie', "title: '\"Missie\" en visie'"),
    ("text after single quotes", "title: 'Missie' en visie", "title: \"'Missie' en visie\""),
    ("apostrophe in single quotes", "title: 'L'union'", 'title: "L\'union"'),
    ("apostrophes in single quotes", "title: 'Ce qu'on n'a pas'", "title: \"Ce qu'on n'a pas\""),
    ("quotation in double quotes", 'title: "Wij zeggen "ja" nu"', "title: 'Wij zeggen \"ja\" nu'"),
    ("two quotations", 'title: "Huis" en "tuin"', 'title: \'"Huis" en "tuin"\''),
    ("two in single quotes", "title: 'Huis' en 'tuin'", "title: \"'Huis' en 'tuin'\""),
    ("backslash", 'title: "C:\\docs"', 'title: "C:\\\\docs"'),
    ("tab", "\tname: Unie", "  name: Unie"),
    ("tab after the colon", "title:\tMissie", "title: Missie"),
]


@pytest.mark.parametrize(("line", "fix"), named(SLIPS))
def test_a_classic_slip_has_its_corrected_line_which_can_be_read(line: str, fix: str) -> None:
    indented = line.startswith((" ", "\t"))
    item = line.startswith("- ")
    head = "organisation:\n  id: ding\n" if indented else "- id: ding\n" if item else "id: ding\n"
    tail = "" if indented or item else "slug: pad\n"
    _, problems, source = compose_text(head + line + "\n" + tail)
    number = head.count("\n") + 1
    column = len(line) - len(line.lstrip()) + 1
    column = line.index("\t") + 1 if "\t" in line and not line.startswith("\t") else column
    assert places(problems, source) == [f"yaml-syntax {number}:{column}"]
    assert mended(problems[0], source) == fix
    read_again, left, _ = compose_text(head + fix + "\n" + tail)
    assert left == ()
    assert set(words(line)) == set(words(str(read_again))) - set(words(head + tail))


COLONLESS = Record(say("x"), {key: Field(TEXT, say("a text")) for key in ("id", "title", "slug")})


@pytest.mark.parametrize(
    ("text", "number", "fix"),
    [
        ("title Onze missie\nslug: pad\n", 1, "title: Onze missie"),
        ("id: ding\ntitle Onze missie\nslug: pad\n", 2, "title: Onze missie"),
        ("id: ding\ntitle @union\nslug: pad\n", 2, 'title: "@union"'),
        ("id: ding\ntitle Onze missie\n", 2, "title: Onze missie"),
        ("- id: ding\n  title Onze missie\n  slug: pad\n", 2, "  title: Onze missie"),
        ("- title: x\n  id: x\n- title Missie\n  id: y\n", 3, "- title: Missie"),
        ("id: x\ngroup\n  title: x\n", 2, "group:"),  # a key of the file is indented below it
        ("group\n  title: x\nid: x\n", 1, "group:"),
        ("a:\n  nl: x\n  fr: y\nb:\n  nl x\n  fr: y\n", 5, "  nl: x"),  # another line has the key
    ],
)
def test_a_key_without_its_colon_is_told_at_its_own_line(text: str, number: int, fix: str) -> None:
    source = Source("content/x.yaml", text)
    (problem,) = compose(source, shape=ListOf(COLONLESS)).diagnostics
    assert places([problem], source) == [f"yaml-syntax {number}:{len(fix) - len(fix.lstrip()) + 1}"]
    assert mended(problem, source) == fix
    assert not problem.certain
    lines = text.splitlines()
    lines[number - 1] = fix
    assert compose(Source("content/x.yaml", "\n".join(lines))).diagnostics == ()


@pytest.mark.parametrize(
    "text",
    [
        "title: Wat er\nin een contract\nslug: pad\n",
        "title: Wat er\nIn een contract\nslug: pad\n",
        "title: Wat er\nslug\nid: pad\n",
        "since {title: x, slug: y}\nid: x\n",
    ],
)
def test_the_rest_of_a_text_is_not_taken_for_a_key_without_its_colon(text: str) -> None:
    (problem,) = compose(Source("content/x.yaml", text), shape=COLONLESS).diagnostics
    assert problem.message == say("YAML cannot read this line")


def words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def test_a_mapping_in_one_line_is_not_turned_into_a_text() -> None:
    _, problems, source = compose_text("name: {nl: Wet: nu, fr: Loi}\n")
    assert places(problems, source) == ["yaml-syntax 1:1"]
    (edit,) = problems[0].edits
    assert edit.text == 'name: {nl: "Wet: nu", fr: Loi}'  # only the value that asks for quotes


@pytest.mark.parametrize(
    "line",
    ['title: "Missie"', "title: 'Missie' # zo", "topics: [law]", "text: |", "a: {b: c}", "x: -1"],
)
def test_a_good_line_above_a_slip_is_not_blamed(line: str) -> None:
    _, problems, source = compose_text(f"{line}\n   odd: x\nnext: y\n")
    assert [place for place in places(problems, source) if place.endswith(" 1:1")] == []


@pytest.mark.parametrize(
    "text", ["title:Missie", "title: Missie\norganisation:\n  name:Unie\n"], ids=["alone", "nested"]
)
def test_a_missing_space_is_told_also_where_yaml_sees_a_text(text: str) -> None:
    shape = Record(say("x"), {"title": Field(TEXT, DOC), "organisation": Field(TableOf(TEXT), DOC)})
    _, report, source = read(text, shape)
    assert [(each.check, mended(each, source)) for each in report] == [
        ("yaml-syntax", "title: Missie" if "\n" not in text else "  name: Unie")
    ]


def test_front_matter_is_read_at_its_own_lines() -> None:
    source = Source("content/faq/fr.md", "---\n# 😀\ntitle: Mission : notre histoire\n---\nTexte\n")
    outcome, start = read_front_matter(source)
    assert places(outcome.diagnostics, source) == ["yaml-syntax 3:1"]
    assert source.text[start:] == "Texte\n"


# Shapes: what a file may hold.

DOC = say("what one writes here")

SHAPE = Record(
    say("a thing"),
    {
        "title": Field(TEXT, DOC, required=True),
        "description": Field(TEXT, DOC),
        "flag": Field(FLAG, DOC),
        "count": Field(WHOLE, DOC),
        "site": Field(ADDRESS, DOC),
        "mail": Field(EMAIL, DOC),
        "id": Field(KEY, DOC),
        "list": Field(ListOf(TEXT), DOC),
        "table": Field(TableOf(WHOLE), DOC),
        "name": Field(PerLanguage(TEXT), DOC),
    },
)


def read(text: str, shape: Shape = SHAPE) -> tuple[object, list[Diagnostic], Source]:
    source = Source("f.yaml", text)
    node = compose(source).value
    assert node is not None
    report: list[Diagnostic] = []
    return values(read_shape(node, shape, ("nl", "fr"), report)), report, source


def values(value: object) -> object:
    if isinstance(value, Placed):
        return value.value
    if isinstance(value, tuple):
        return [values(each) for each in value]
    if isinstance(value, dict):
        return {key: values(each) for key, each in value.items()}
    return value


def test_a_shape_gives_values_of_its_own_types() -> None:
    text = (
        "title: A\nflag: ja\ncount: -12\nid: a-b1\nlist: [no, 012]\ntable: {x: 3}\n"
        "name: {fr: Nom, nl: Naam}\n"
    )
    value, report, _ = read(text)
    assert report == []
    assert value == {
        "title": "A",
        "flag": True,
        "count": -12,
        "id": "a-b1",
        "list": ["no", "012"],
        "table": {"x": 3},
        "name": {"fr": "Nom", "nl": "Naam"},
    }


@pytest.mark.parametrize(
    ("leaf", "good", "bad"),
    [
        (TEXT, {"a": "a", "' a '": "a", "no": "no"}, ["''", '" "']),
        (
            FLAG,
            {
                "true": True,
                "Yes": True,
                "oui": True,
                "ja": True,
                "FALSE": False,
                "non": False,
                "nee": False,
            },
            ["1", "on", "maybe", "''"],
        ),
        (WHOLE, {"12": 12, "-3": -3, "0700": 700}, ["1_000", "1.5", "12 km", "१२", "1" * 16, "''"]),
        (
            ADDRESS,
            {"https://a.be/b?c=d": "https://a.be/b?c=d"},
            ["a.be", "ftp://a.be", "javascript:x", "'https://a b'"],
        ),
        (EMAIL, {"a@b.be": "a@b.be"}, ["a@b", "a b@c.be", "'a@b.be <x>'", "mailto:a"]),
        (
            KEY,
            {"a-b": "a-b", "2020": "2020"},
            ["A", "a_b", "-a", "a-", "../x", "é", "a" * 81, "'a b'"],
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Leaf) else "-",
)
def test_leaves(leaf: Leaf, good: dict[str, object], bad: list[str]) -> None:
    for written, value in good.items():
        assert read(f"x: {written}\n", TableOf(leaf))[:2] == ({"x": value}, [])
    for written in bad:
        value, report, source = read(f"x: {written}\n", TableOf(leaf))
        assert (value, places(report, source)) == ({}, ["wrong-type 1:4"]), written


@pytest.mark.parametrize(
    ("text", "told"),
    named(
        [
            ("unknown key", "title: A\ndescripton: B\n", ["unknown-key 2:1"]),
            ("missing key", "flag: ja\n", ["missing-key 1:1"]),
            ("a list for a text", "title: [a]\n", ["wrong-type 1:8"]),
            ("a mapping for a text", "title: {a: b}\n", ["wrong-type 1:8"]),
            ("nothing for a text that must be there", "title:\nflag: ja\n", ["wrong-type 1:7"]),
            ("a text for a list", "title: A\nlist: a\n", ["wrong-type 2:7"]),
            ("a text for a mapping", "title: A\ntable: a\n", ["wrong-type 2:8"]),
            (
                "an item that is none",
                "title: A\nlist: [a, [b], '']\n",
                ["wrong-type 2:11", "wrong-type 2:16"],
            ),
            ("an unknown language", "title: A\nname: {nl: a, de: b}\n", ["unknown-language 2:15"]),
            (
                "all of them",
                "titel: A\ncount: x\nname: {de: b}\n",
                ["unknown-key 1:1", "wrong-type 2:8", "unknown-language 3:8"],
            ),
        ]
    ),
)
def test_what_a_shape_refuses_and_where(text: str, told: list[str]) -> None:
    _, report, source = read(text)
    assert places(report, source) == told


LINKED = Record(
    say("a source"),
    {
        "outlet": Field(TEXT, DOC, required=True),
        "kind": Field(TEXT, DOC, choices=("press", "court")),
        "url": Field(ADDRESS, DOC),
    },
)
FORMS = Record(
    say("a thing"),
    {
        "days": Field(ListOf(DAY), DOC),
        "names": Field(ListOf(TEXT), DOC),
        "kinds": Field(ListOf(TEXT), DOC, choices=("press", "court")),
        "kind": Field(TEXT, DOC, choices=("press", "court")),
        "source": Field(LINKED, DOC),
        "any": Field(Record(say("x"), {"a": Field(TEXT, DOC), "b": Field(TEXT, DOC)}), DOC),
        "spoken": Field(TextOrPerLanguage(TEXT), DOC),
        "lists": Field(PerLanguage(ListOf(TEXT)), DOC),
    },
)


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("days: 2027-03-18", "days: [2027-03-18]"),
        ("days: 2027-03-18, 2027-03-25", "days: [2027-03-18, 2027-03-25]"),
        ("days: 2027-03-18, ooit", "days: [2027-03-18, …]"),
        ("names: law", 'names: ["law"]'),
        ("names: law, health", 'names: ["law", "health"]'),
        ("names: 'law, health'", None),  # the quotes make it one text
        ("names: Wet, recht en zorg", None),  # the comma may be part of one name
        ("names: {a: b}", None),
        ("kind: pres", "kind: press"),
        ("kinds: [pres, court]", "kinds: [press, court]"),
        ("kind: zzz", None),
        ("source: https://example.org/", 'source: {outlet: …, url: "https://example.org/"}'),
        ("source: court", "source: {outlet: …, kind: court}"),
        ("source: Le Soir", None),  # it is unknown which key was meant
        ("source: [a]", None),
        ("any: a", None),
        ("lists: a", None),
    ],
)
def test_the_line_that_a_value_was_meant_as(line: str, becomes: str | None) -> None:
    _, report, source = read(f"{line}\n", FORMS)
    assert report
    assert [mended(each, source) for each in report if each.edits] == ([becomes] if becomes else [])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("kinds: [press, zzz, court]", {"kinds": ["press", "court"]}),
        ("kinds: press", {}),
        ("kind: zzz", {}),
        ("spoken: Gent", {"spoken": {"nl": "Gent", "fr": "Gent"}}),
        ("spoken: {fr: Gand}", {"spoken": {"fr": "Gand"}}),
        ("spoken: [a]", {}),
        ("names: [a, ~, '~', null]", {"names": ["a", "~"]}),
        ("lists: {nl: [a]}", {"lists": {"nl": ["a"]}}),
    ],
)
def test_what_is_left_of_a_value(line: str, value: object) -> None:
    assert read(f"{line}\n", FORMS)[0] == value


@pytest.mark.parametrize(
    ("text", "mended_"),
    [
        ("names: [“a”]", 'names: ["a"]'),
        ("names: ['“a”']", None),  # readers see the marks inside the quotes
        ("names: [“]", None),
        ("names: [“”]", None),
        ("names: [“a” en „b”]", None),
    ],
)
def test_quotation_marks_of_a_word_processor(text: str, mended_: str | None) -> None:
    _, report, source = read(f"{text}\n", FORMS)
    assert [(each.check, mended(each, source)) for each in report] == (
        [("curly-quotes", mended_)] if mended_ else []
    )


def test_of_many_unknown_keys_the_rest_is_told_together() -> None:
    text = "".join(f"zz{number:03}: a\n" for number in range(150))
    _, report, _ = read(text, FORMS)
    assert [each.check for each in report] == 101 * ["unknown-key"]
    assert "150 keys that are not known" in str(report[-1].message)
    assert read(text, replace(FORMS, unread=None))[1] == []


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("days: 2027-03-18", "put it between `[` and `]`, or each item on a line of its own"),
        ("days: ooit", "a day is written 2020-06-08"),
        (
            "names: {a: b}",
            "write each item below the key, on a line of its own that begins with `- `",
        ),
        ("lists: a", "write it in each language: `{nl: […], fr: […]}`"),
        ("source: Le Soir", "write each entry below the key, indented"),
    ],
)
def test_how_a_value_of_another_shape_is_written(line: str, hint: str) -> None:
    _, report, _ = read(f"{line}\n", FORMS)
    assert str(report[-1].hint).startswith(hint)


@pytest.mark.parametrize(
    ("written", "check", "becomes"),
    [
        ("2027-02-30", "impossible-date", None),
        ("18/3/2027", "impossible-date", "days: [2027-03-18]"),
        ("2027-03", "impossible-date", None),
        ("''", "wrong-type", None),
    ],
)
def test_a_day_that_is_none(written: str, check: str, becomes: str | None) -> None:
    _, (problem,), source = read(f"days: [{written}]\n", FORMS)
    assert (problem.check, mended(problem, source)) == (check, becomes)
    assert str(problem.hint) == "a day is written 2020-06-08" or check == "wrong-type"


def test_a_key_with_nothing_after_it_is_as_good_as_absent() -> None:
    assert read("title: A\ndescription:\nlist:\n")[:2] == ({"title": "A"}, [])


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("descripton", ("title", "description"), "description"),
        ("auteur", ("title", "description"), None),
        ("Title", ("title", "slug"), "title"),
        ("", ("title",), None),
        ("tijdlijn", (), None),
    ],
)
def test_nearest(word: str, known: tuple[str, ...], near: str | None) -> None:
    assert nearest(word, known) == near


def test_an_unknown_key_names_the_nearest_and_the_line_to_write() -> None:
    _, (problem,), source = read("title: A\ndescripton: B\n")
    assert str(problem.message) == "a thing has no key `descripton`"
    assert str(problem.hint) == "did you mean `description`?"
    assert mended(problem, source) == "description: B"
    assert underlined(problem, source) == "descripton"


def test_an_unknown_key_that_is_near_to_none_lists_all() -> None:
    _, (problem,), _ = read("title: A\nzzz: B\n")
    assert str(problem.hint).startswith("the keys are: title, description, flag")
    assert problem.edits == ()


@pytest.mark.parametrize(
    ("text", "inner", "piece"),
    named(
        [
            ("plain", "text: een [x](y) twee\n", "y", "y"),
            ("in quotes", "text: 'een [x](y) twee'\n", "(y)", "(y)"),
            ("block", "text: |\n  een\n  [x](y) twee\n", "y", "y"),
            ("block, indented more", "text: |\n    een\n\n    [x](y)\nnext: z\n", "[x]", "[x]"),
            ("block after an emoji", "t: 😀\ntext: |\n  één [x](y)\n", "y", "y"),
            ("folded: the whole text", "text: >\n  een\n  [x](y)\n", "y", ">\n  een\n  [x](y)\n"),
        ]
    ),
)
def test_a_place_inside_a_text_is_found_in_the_file(text: str, inner: str, piece: str) -> None:
    source = Source("f.yaml", text)
    node = compose(source).value
    assert isinstance(node, Mapping)
    scalar = next(value for key, value in node.entries if key.text == "text")
    assert isinstance(scalar, Scalar)
    begin = scalar.text.index(inner)
    span = place_in_scalar(source, scalar.span, Span("", begin, begin + len(inner)))
    assert source.text[span.start : span.end] == piece


@pytest.mark.parametrize(
    ("text", "place", "mended"),
    [
        ("a: 1\n\u00a0b: 2\n", "2:1", "a: 1\n b: 2\n"),
        ("- id: a\n \u00a0date: b\n", "2:2", "- id: a\n  date: b\n"),
        ("-\u00a0id: a\n  date: b\n", "1:2", "- id: a\n  date: b\n"),
        ("title:\u00a0Over ons\n", "1:7", "title: Over ons\n"),
        ("a: 1\ntitle:\u202fOver ons\nb: 2\n", "2:7", "a: 1\ntitle: Over ons\nb: 2\n"),
        ("title: {nl:\u00a0Een, fr: Un}\n", "1:12", "title: {nl: Een, fr: Un}\n"),
        ("a: 1\n\u3000\u2003b: 2\n", "2:1", "a: 1\n  b: 2\n"),
        ("a: 1\nb:\n-\u2009x\n-\u00a0y: z\n", "3:2", "a: 1\nb:\n- x\n- y: z\n"),
    ],
)
def test_a_space_that_is_none_to_yaml_is_named_and_mended(
    text: str, place: str, mended: str
) -> None:
    _, problems, source = compose_text(text)
    assert places(problems, source)[0] == f"yaml-syntax {place}"
    assert "stands here; YAML takes only plain spaces" in str(problems[0].message)
    assert "(U+" in str(problems[0].message)
    assert all(each.certain for each in problems)
    assert applied([edit for each in problems for edit in each.edits], source) == mended


def test_spaces_of_a_text_are_its_own() -> None:
    text = "a: |\n  \u00a0Let op:\u00a0zo.\n  -\u00a0x\nb: x\u00a0y:z\nc: '\u00a0z'\n"
    value, problems, _ = compose_text(text)
    assert problems == ()
    assert value == {"a": "\u00a0Let op:\u00a0zo.\n-\u00a0x\n", "b": "x\u00a0y:z", "c": "\u00a0z"}


@pytest.mark.parametrize(
    ("written", "told", "fix"),
    [
        (
            "{nl: Huis, tuin, fr: Maison}",
            "yaml-syntax 1:12",
            'name: {nl: "Huis, tuin", fr: Maison}',
        ),
        ("{nl: a, b, c, fr: d}", "yaml-syntax 1:12", 'name: {nl: "a, b, c", fr: d}'),
        (
            "{nl: Huis, fr: Maison, jardin}",
            "yaml-syntax 1:22",
            'name: {nl: Huis, fr: "Maison, jardin"}',
        ),
        (
            "{nl: Huis, de: , fr: Maison}",
            "unknown-language 1:18",
            None,
        ),  # `de` has its colon, so it is a key
        (
            "{nl: 'Huis', tuin, fr: Maison}",
            "unknown-language 1:20",
            None,
        ),  # the quotes end the text before the comma
        ("{tuin, nl: Huis, fr: Maison}", "unknown-language 1:8", None),
    ],
)
def test_a_comma_in_a_text_between_braces_asks_for_quotes(
    written: str, told: str, fix: str | None
) -> None:
    shape = Record(say("x"), {"name": Field(PerLanguage(TEXT), say("a text"))})
    _, report, source = read(f"name: {written}\n", shape)
    assert places(report, source)[:1] == [told]
    if fix is not None:
        (problem,) = report
        assert mended(problem, source) == fix
        assert not problem.certain
        assert not read(f"{fix}\n", shape)[1]
