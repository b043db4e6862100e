"""Any damage to one file ends in problems with a place, never in a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Severity, render_report
from diptych.i18n import translator
from diptych.model import Output
from diptych.pipeline import Build, Options, build_site
from diptych.pipeline.interface import check_messages
from tests.conftest import LOOK, MINIMAL, make_tree

SITE: Mapping[str, str | bytes] = {
    **LOOK,
    **MINIMAL,
    "content/about/nl.md": """\
---
title: "Over ons: wie"
description: Wie wij zijn.
redirect_from: [/oud/]
allow: {heading-without-id: Zo hoort het.}
---

Lees [de tijdlijn](page:time#first), [Le Soir]{lang=fr} of [dit](https://elders.example/a_b?c=d).[^1]

!!! note
    Let *op*: "zo" en `code`.

## Wie {#who}

| a | b |
|---|--:|
| 1 | 2 |

- een
- twee

Term
:   Uitleg.

[^1]: Een noot.
""",
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": """\
- id: first
  date: 2020-03-18
  topics: [law]
  title: {nl: Een, fr: Un}
  text:
    nl: |
      Eerst *dit*.

      Dan [dat](page:about#who).
    fr: Un texte.
  figures:
    - {id: votes, value: 71, unit: votes, label: {nl: voor, fr: pour}}
  sources:
    - {url: "https://press.example/a", title: Krant, language: nl}
- id: second
  date: 2021-11-06/2021-11-07
  title: {nl: Twee, fr: Deux}
  text: {nl: Twee., fr: Deux.}
""",
}
CONTENT = sorted(path for path in SITE if path.endswith((".md", ".yaml")))
CATALOGS = sorted(path for path in SITE if path.endswith(".po"))
TEMPLATES = sorted(path for path in SITE if path.endswith(".html"))


def data_of(path: str) -> bytes:
    text = SITE[path]
    return text if isinstance(text, bytes) else text.encode()


def damaged(path: str, data: bytes | None, cache: Cache) -> Build:
    """The site with one file changed: built, checked and told, as the command would."""
    tree = make_tree({**SITE, path: data}, minimal=False)
    strings = path.endswith((".po", ".html"))
    build = build_site(tree, Options(thorough=path.endswith(".html")), cache)
    unreadable = {"not-utf8", "template-syntax", "catalog-syntax"}
    if strings and build.site and not unreadable & {each.check for each in build.diagnostics}:
        check_messages(tree, build.site, cache)
    for form, language in (("text", "nl"), ("sarif", "fr")):
        render_report(form, build.diagnostics, build.sources, translator(language))
    return build


def places(build: Build) -> Iterator[tuple[str, int]]:
    """File and line of every problem; each lies inside its file."""
    for each in build.diagnostics:
        source = build.sources.get(each.span.path)
        if source is not None:
            assert 0 <= each.span.start <= len(source.text), each
            assert each.span.start <= each.span.end <= len(source.text) + 1, each
            yield each.span.path, source.position(each.span.start)[0]


def told_in(build: Build, path: str) -> bool:
    """Whether there is an error in that very file."""
    return any(e.severity is Severity.ERROR and e.span.path == path for e in build.diagnostics)


def line_at(data: bytes, offset: int) -> int:
    return data[:offset].count(b"\n") + 1


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(7))]) + data[at + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def torn_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 60) :]


def doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:]


def strewn(data: bytes, chance: random.Random) -> bytes:
    """With marks that mean something to one of the languages that are read."""
    marks = [
        "---",
        "{{",
        "}}",
        "{%",
        '"',
        "'",
        "[",
        "](",
        "<!",
        "<b",
        "&#0;",
        "\t",
        ": ",
        "- ",
        "|",
        "#}",
        "*&",
        "!x ",
        "%(",
        "\\",
        "{#",
        "[^1]",
        "  \n",
        "😀",
        "\u2028",
    ]
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(marks).encode() + data[at:]


@pytest.mark.parametrize(
    "path", [*CONTENT, *CATALOGS, "templates/base.html", "templates/timeline.html"]
)
@pytest.mark.parametrize("harm", [flipped, cut, torn_out, doubled, strewn])
def test_no_damage_is_a_crash(
    path: str, harm: Callable[[bytes, random.Random], bytes], cache: Cache
) -> None:
    chance = random.Random(f"{path} {harm.__name__}")
    for _ in range(2 if path in ("content/about/nl.md", "content/time/timeline.yaml") else 1):
        harmed = harm(data_of(path), chance)
        build = damaged(path, harmed, cache)
        list(places(build))
        if build.failed:
            assert [e for e in build.diagnostics if e.severity is Severity.ERROR]
        else:
            assert_whole(build.outputs)


def assert_whole(outputs: tuple[Output, ...]) -> None:
    """Nothing half is published: every page has its end."""
    for output in outputs:
        if output.is_page:
            assert output.data.rstrip().endswith(b"</html>"), output.path


@pytest.mark.parametrize(
    "byte", [b"\x00", b"\xff", b"\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}".encode()], ids=repr
)
@pytest.mark.parametrize(
    "path",
    [
        "content/site.yaml",
        "content/about/nl.md",
        "content/time/timeline.yaml",
        CATALOGS[0],
        "templates/base.html",
    ],
)
def test_a_byte_that_no_text_holds_is_told_at_its_line(
    path: str, byte: bytes, cache: Cache
) -> None:
    chance = random.Random(path)
    data = data_of(path)
    at = data.index(b" ", chance.randrange(len(data) // 2))
    build = damaged(path, data[:at] + byte + data[at:], cache)
    assert build.failed
    assert (path, line_at(data, at)) in set(places(build))


@pytest.mark.parametrize(
    "path",
    [
        "content/site.yaml",
        "content/home/nl.md",
        "content/time/timeline.yaml",
        *CATALOGS,
        "templates/base.html",
        "templates/partials/menu.html",
    ],
)
def test_a_file_that_is_gone_is_told_or_harmless(path: str, cache: Cache) -> None:
    build = damaged(path, None, cache)
    list(places(build))
    wanted = {
        "content/site.yaml": "missing-settings",
        "content/home/nl.md": "missing-translation",
    }
    if path in wanted:
        assert wanted[path] in {each.check for each in build.diagnostics}
    elif path.startswith(("templates/", "i18n/")):  # the theme's comes in its place
        assert not build.failed


@pytest.mark.parametrize("path", [*CONTENT, *CATALOGS])
def test_an_empty_file_is_told_where_it_lies(path: str, cache: Cache) -> None:
    build = damaged(path, b"", cache)
    if path.endswith(".md") or path == "content/site.yaml":
        assert told_in(build, path)


def test_damage_to_one_file_hides_nothing_of_the_others(cache: Cache) -> None:
    """Three files are wrong; breaking any of them altogether leaves what is said of the other two."""
    wrong = {
        "content/about/nl.md": b"---\ntitel: x\n---\n",
        "content/home/fr.md": b"---\ntitle: x\nlayout: home\n---\n\n[x](page:nowhere)\n",
        "content/time/timeline.yaml": data_of("content/time/timeline.yaml").replace(
            b"2020-03-18", b"2020-13-18"
        ),
    }
    for broken in (*wrong, "content/site.yaml", CATALOGS[0], "templates/base.html"):
        files = {**SITE, **wrong, broken: b"\xff\x00: [" + data_of(broken)}
        build = build_site(make_tree(files, minimal=False), Options(), cache)
        needs_settings = {"content/home/fr.md"} if broken == "content/site.yaml" else set()
        for path in {broken, *wrong} - needs_settings:
            assert told_in(build, path), f"{broken} hides {path}"


HOSTILE = {
    "brackets": "[" * 4000,
    "declarations": "<![a" * 5000,
    "lists": "- " * 1000 + "x",
    "quotes": ">" * 2000 + "x",
    "indented list": "\n".join("  " * depth + "- x" for depth in range(300)),
    "backticks": "`" * 4000 + "x",
    "stars": "*a **b " * 3000,
    "one line": "a" * 500_000,
    "links": "[a](b " * 3000,
    "html": "<div>" * 3000,
    "entities": "&" * 5000,
    "footnotes": "".join(f"[^{number}]" for number in range(1000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_ends_soon(text: str, cache: Cache) -> None:
    """A message or a page, within the two seconds that a test may take at most."""
    import time

    begin = time.process_time()
    build = damaged("content/about/nl.md", f"---\ntitle: Over ons\n---\n\n{text}\n".encode(), cache)
    assert time.process_time() - begin < 5
    list(places(build))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep", "- " + "[" * 500),
        ("bomb", "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
        ("merge", "a: &a {x: 1}\nb: {<<: *a}\n"),
        ("tag", "- !!python/object/apply:os.system ['true']\n"),
        ("documents", "- id: a\n---\n- id: b\n"),
        ("complex key", "? [a, b]\n: c\n"),
        ("large", "- id: a\n" * 200_000),
    ],
)
def test_hostile_yaml_is_refused_with_a_place(name: str, text: str, cache: Cache) -> None:
    build = damaged("content/time/timeline.yaml", text.encode(), cache)
    assert told_in(build, "content/time/timeline.yaml")
