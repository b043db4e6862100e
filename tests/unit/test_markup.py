"""Markdown into documents: what readers get, what is refused, where everything was written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from slugify import slugify as library_slug

from diptych.content.layouts import LAYOUTS
from diptych.content.page import DocumentRequest, parse_document, read_front_matter
from diptych.diagnostics import Source
from diptych.html import read_page
from diptych.markdown import TextRequest, blocks, convert_text, plain_text, slugify
from diptych.markdown.limits import MAX_LINE, MAX_TEXT
from diptych.model import EventDate, Link, Picture
from tests.strategies import (
    DUTCH,
    FRENCH,
    cases,
    mended,
    named,
    page,
    places,
    shown,
    typed,
    underlined,
)


@pytest.mark.parametrize("case", cases("markup", "blocks.md") + cases("markup", "inline.md"))
def test_what_is_made_of_markdown(case: dict[str, str]) -> None:
    outcome, _ = page(typed(case["in"]))
    assert shown(outcome.value.prose.html).strip() == case["out"].strip()
    assert outcome.diagnostics == ()


@pytest.mark.parametrize("case", cases("markup", "refused.md"))
def test_what_a_text_may_not_hold(case: dict[str, str]) -> None:
    outcome, source = page(case["in"])
    told = []
    for problem in outcome.diagnostics:
        line, column = source.position(problem.span.start)
        told.append(f"{line}:{column} {problem.message}")
    assert told == case["told"].splitlines()
    facts = read_page(f"<html><body>{outcome.value.prose.html}</body></html>".encode())
    assert (facts.inline, facts.links, facts.loads) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "allowed"),
    named(
        [
            ("tabs break a scheme", "[x](java\tscript:alert(1))", ()),
            ("entities hide a scheme", "[x](&#106;avascript:alert(1))", ("unsafe-html",)),
            ("entities in HTML", '<a href="java&#9;script:alert(1)">x</a>', ("unsafe-html",)),
            ("a tag that is not closed", "<img src=x onerror=alert(1)", ()),
            ("an attribute in an attribute", '<b title="<b onclick=x>">y</b>', ()),
            ("a tag inside an attribute", '<b onclick="<b>">y</b>', ("unsafe-html",)),
            ("a scheme that opens itself", "<javascript:alert(1)>", ("unsafe-html",)),
            ("a script in a table", "<table><script>x</script></table>", ("unsafe-html",)),
            ("a script in a title", '![x](a.jpg "<script>x</script>")', ()),
            (
                "a style in math",
                "<math><style><img src=x onerror=y></style></math>",
                ("unsafe-html",),
            ),
            ("a template", "<template><script>x</script></template>", ("unsafe-html",)),
            (
                "no script",
                '<noscript><p title="</noscript><img src=x onerror=y>">',
                ("unsafe-html",),
            ),
            ("a comment with a tag", "<!-- <script>x</script> -->", ()),
        ]
    ),
)
def test_no_disguise_brings_a_script_to_a_reader(text: str, allowed: tuple[str, ...]) -> None:
    outcome, _ = page(text + "\n")
    told = {problem.check for problem in outcome.diagnostics}
    facts = read_page(f"<html><body>{outcome.value.prose.html}</body></html>".encode())
    assert facts.inline == ()
    assert "<script" not in outcome.value.prose.html
    assert told == set(allowed)
    for link in outcome.value.prose.links:
        assert "javascript:" not in link.target


LONG = "word " * 20 + "\n"


@pytest.mark.parametrize(
    ("text", "told"),
    named(
        [
            ("4000 brackets", "[" * 4000, ["too-complex 4:1"]),
            ("brackets over many lines", "a\n" + "[a](b) [c](d)\n" * 100, ["too-complex 80:1"]),
            ("1000 list marks in a line", "- " * 1000 + "x", ["too-complex 4:1"]),
            ("1000 quotation marks in a line", "> " * 1000 + "x", ["too-complex 4:1"]),
            (
                "2000 nested quotations",
                "\n".join(">" * n for n in range(1, 800)),
                ["too-complex 16:1"],
            ),
            (
                "a list 300 levels deep",
                "\n".join("  " * n + "- x" for n in range(300)),
                ["too-complex 25:43"],
            ),
            (
                "a list 300 levels deep, by four",
                "\n".join("    " * n + "- x" for n in range(300)),
                ["too-complex 15:45"],
            ),
            ("5000 open declarations", "<![a" * 5000, ["too-complex 4:1"]),
            ("5000 open declarations, by line", "<![a\n" * 5000, ["too-complex 154:1"]),
            ("a declaration", "<!DOCTYPE html>", ["too-complex 4:1"]),
            ("a processing instruction", "<?php x ?>", ["too-complex 4:1"]),
            ("a declaration in small letters", "Zin.\n\n<!doctype html>", ["too-complex 6:1"]),
            ("a declaration of XML", "<!ENTITY a 'b'>", ["too-complex 4:1"]),
            ("a declaration that readers see", "Zin <!ENTITY a 'b'> zin.", []),
            (
                "1900 that never end",
                "\n".join("a <? b <!A " * 9 for _ in range(100)),
                [],
            ),
            ("a part that is no markup", "Zin.\n<![CDATA[ x ]]> na", ["too-complex 5:1"]),
            ("a declaration in a list", "- een\n- twee <?php x ?>", ["too-complex 5:1"]),
            ("a declaration in HTML", "<div>\n<?php x ?>\n</div>", ["too-complex 5:1"]),
            ("a declaration without an end", "Zin.\n\n<?php x\n\nMeer.", ["too-complex 6:1"]),
            (
                "a declaration after one in code",
                "```\n<?php x ?>\n```\n\n`<?php x ?>` en\n<?php y ?>",
                ["too-complex 9:1"],
            ),
            (
                "what looks like code, and is none",
                "`een\ntwee` <?php `drie` ?>",
                ["too-complex 5:1"],
            ),
            ("a backtick that begins no code", "\\`<?php x ?>`", ["too-complex 4:1"]),
            ("4000 backticks", "`" * 4000, ["too-complex 4:1"]),
            ("1500 pairs of backticks", "`a" * 1500, ["too-complex 4:1"]),
            (
                "backticks of every length",
                " ".join("`" * n for n in range(1, 100)),
                ["too-complex 4:1"],
            ),
            ("4000 stars", "*" * 4000, ["too-complex 4:1"]),
            ("4000 stars and words", "*a " * 2600, ["too-complex 4:1"]),
            ("2000 braces", "{" * 2000, ["too-complex 4:1"]),
            ("unclosed comments", "<!-- x\n" * 500, []),
            ("comments closed wrongly", "<!-- a -- >\n" * 500, []),
            ("open comments in an element", "<div>\n" + "<!--" * 1500, ["unclosed-html 4:1"]),
            ("a line of a million characters", "a" * 1_000_000, ["too-long 4:1"]),
            ("a line of a million spaces", " " * 1_000_000, ["too-long 4:1000001"]),
            ("a line that is a little too long", "a" * (MAX_LINE + 1), ["too-complex 4:1"]),
            (
                "a page that is a little too long",
                LONG * (MAX_TEXT // len(LONG) + 1),
                ["too-long 4:1"],
            ),
            ("many tags that are not closed", "<b>\n" * 1000, ["too-complex 4:1"]),
            ("many tags in a line", "<b>" * 1000, ["too-complex 4:1"]),
            ("too many tags", "<b>x</b>\n" * 1001, ["too-complex 1004:1"]),
            ("open tags", "<a " * 1000, []),
            ("many fences, none closed", "```a\n" * 1000, ["too-complex 204:1"]),
            ("many definitions", "a\n: b\n" * 500, ["too-complex 85:1"]),
            ("many blank lines", "\n" * 100_000, []),
            ("many ampersands", "&a" * 3900, []),
            ("many quotation marks", "\"'" * 3900, []),
            ("many headings", "# x\n" * 5000, ["too-complex 1004:1"]),
            ("many underlined headings", "x\n=\n\n" * 5000, ["too-complex 3005:1"]),
            ("many lines", "x\n\n" * 15_000, ["too-complex 20004:1"]),
            ("many footnotes", "x[^1]\n\n" * 100 + "[^1]: y[^1]\n", []),
            ("footnotes in a circle", "[^1]\n\n[^1]: a[^2]\n\n[^2]: b[^1]\n", []),
            ("many rules", "* * *\n" * 2000, ["too-complex 1004:1"]),
            ("a long table", "a|b\n-|-\n" + "c|d\n" * 1000, []),
            ("marks of the library itself", "\x02klzzwxh:0001\x03 \x02wzxhzdk:0\x03 `a`", []),
            ("control characters", "".join(map(chr, range(32))) + "\x7f\x85\u2028\ufeff\ufffe", []),
        ]
    ),
)
def test_a_hostile_page_ends_soon_and_in_words(text: str, told: list[str]) -> None:
    began = time.process_time()
    outcome, source = page(text)
    assert time.process_time() - began < 2
    assert places(outcome.diagnostics, source) == told


@pytest.mark.parametrize(
    "shown",
    [
        '<?xml version="1.0"?>',
        "<!DOCTYPE html>",
        "<!doctype x [<!ENTITY a 'b'>]>",
        "<![CDATA[ <b> ]]>",
        "<?",
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        "```xml\n{}\n```",
        "~~~\n{}\n~~~",
        "Zo:\n\n    {}",
        "Zo: `{}`.",
        "- een\n\n  ```\n  {}\n  ```",
    ],
)
def test_code_shows_declarations(frame: str, shown: str) -> None:
    outcome, _ = page(frame.format(shown))
    assert outcome.diagnostics == ()
    assert (
        f"{escape(shown)}".replace("&#39;", "'").replace("&#34;", '"') in outcome.value.prose.html
    )
    assert "<!" not in outcome.value.prose.html
    assert "<?" not in outcome.value.prose.html


def test_a_comment_hides_no_declaration() -> None:
    outcome, source = page("Zin.\n\n<!--> <?php x ?> -->\n")
    assert places(outcome.diagnostics, source) == ["too-complex 6:1"]


def test_what_is_just_below_the_limits_is_converted() -> None:
    nested = "\n".join("    " * level + "- x" for level in range(10))
    outcome, _ = page(f"{'a' * MAX_LINE}\n\n{nested}\n\n{'> ' * 12}b\n\n{'[a](b) ' * 100}\n")
    assert outcome.diagnostics == ()
    assert outcome.value.prose.html.count("<ul>") == 10
    assert len(outcome.value.prose.links) == 100


def test_after_a_hostile_page_the_next_one_is_as_ever() -> None:
    page("<div>\n[^1]: a\n\n*[B]: c\n\n[d]: e\n")
    outcome, _ = page("B [d] [^1]\n")
    assert outcome.value.prose.html == "<p>B [d] [^1]</p>"


# Places.


def test_links_and_pictures_are_placed_where_they_were_written() -> None:
    text = (
        "Niet `[x](page:faq)` maar [x](page:faq).\n\n"
        "Weer [x](page:faq), <info@a.be>, [faq](faq) en [y][r].\n\n"
        "![a](<één foto.jpg>) ![a](<b c.jpg>) <a href='z.html'>z</a>\n\n"
        "[r]: page:r\n"
    )
    outcome, source = page(text)
    prose = outcome.value.prose
    written: list[Link | Picture] = [*prose.links, *prose.pictures]
    found = [(each.target, source.position(each.span.start)) for each in written]
    assert found == [
        ("page:faq", (4, 31)),
        ("page:faq", (6, 10)),
        ("mailto:info@a.be", (6, 22)),
        ("faq", (6, 40)),
        ("page:r", (10, 6)),
        ("z.html", (8, 47)),
        ("één foto.jpg", (8, 7)),
        ("b c.jpg", (8, 28)),
    ]


def test_headings_are_placed_on_their_lines() -> None:
    text = (
        "> ## In een citaat\n\n# Eén *nadruk*\n\nTwee\n---\n\n```\n# code\n```\n\n"
        "<h2>Ruw</h2>\n\n## Zie [Brussel](page:x) `a` {#z}\n\n## C\\# &amp; co\n"
    )
    outcome, source = page(text)
    found = [
        (each.level, each.text, source.position(each.span.start)[0])
        for each in outcome.value.prose.headings
    ]
    assert found == [
        (2, "In een citaat", 4),
        (1, "Eén nadruk", 6),
        (2, "Twee", 8),
        (2, "Ruw", 15),
        (2, "Zie Brussel a", 17),
        (2, "C# & co", 19),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## Kop {#kop}\n", [("kop", True)]),
        ("## Kop {: #kop .groot }\n", [("kop", True)]),
        ("## Kop\n", [("kop", False)]),
        ("## Kop {.kop}\n", [("kop", False)]),
        ("## Kop\n\n## Kop\n", [("kop", False), ("kop_1", False)]),
        ("## Kop {#kop-2}\n\n## Kop\n", [("kop-2", True), ("kop", False)]),
        ("## 18 maart: l'État\n", [("18-maart-l-etat", False)]),
        ("## !?\n", [("page", False)]),
    ],
)
def test_headings_have_ids_and_know_whether_they_are_shared(
    text: str, headings: list[tuple[str, bool]]
) -> None:
    outcome, _ = page(text)
    assert [(each.id, each.shared) for each in outcome.value.prose.headings] == headings
    assert outcome.diagnostics == ()


def test_an_id_that_was_given_twice_is_told_once() -> None:
    outcome, source = page("## Een {#a}\n\n## Twee {#b}\n\n## Drie {#a}\n\n## Kop\n\n## Kop 2\n")
    assert places(outcome.diagnostics, source) == ["duplicate-anchor 8:1"]
    assert (
        str(outcome.diagnostics[0].message)
        == "the id `a` was already given to the heading on line 4"
    )
    assert underlined(outcome.diagnostics[0], source) == "## Drie {#a}"


def test_a_page_is_cut_at_its_headings_of_level_two() -> None:
    outcome, _ = page("Eerst.\n\n## *Een* {#one}\n\na\n\n### Binnen {#in}\n\n## Twee {#two}\n")
    prose = outcome.value.prose
    assert prose.lead == "<p>Eerst.</p>"
    assert [(each.id, each.title, each.html) for each in prose.sections] == [
        ("one", "<em>Een</em>", '<p>a</p>\n<h3 id="in">Binnen</h3>'),
        ("two", "Twee", ""),
    ]
    assert prose.anchors == ("one", "in", "two")


@pytest.mark.parametrize(
    "text",
    [
        "Eerst.\n\n## Een {#one}\n\n- a\n- b\n",
        "\nEen regel zonder einde",
        "Een noot[^1].\n\n[^1]: b\n\n\n\n",
        "> Een citaat\n> van twee regels.\n\n| a | b |\n|---|---|\n| c | d |\n",
    ],
)
def test_the_blocks_of_a_page_are_read_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The conversion, the places of headings and the checks of Markdown share one tree."""
    read: list[int] = []
    reader = blocks._Reader.read

    def counted(own: blocks._Reader, lines: list[str]) -> blocks.Node:
        read.append(len(lines))
        return reader(own, lines)

    blocks._read_blocks.cache_clear()
    monkeypatch.setattr(blocks._Reader, "read", counted)
    convert_text(TextRequest(text, "nl", (DUTCH,), inline=False))
    lines = len(text.strip("\n").split("\n"))  # of a note or a quotation there are fewer
    assert len([each for each in read if each >= lines]) == 1


# Texts inside another file.


def text_of(text: str, *, inline: bool, prefix: str = "") -> str:
    outcome = convert_text(TextRequest(text, "fr", (DUTCH, FRENCH), inline, prefix))
    assert outcome.diagnostics == ()
    return shown(outcome.value.html)


def test_a_line_of_text_has_no_paragraph_around_it() -> None:
    assert text_of("Le *1er* mars !", inline=True) == "Le <em>1<sup>er</sup></em>␣mars␣!"
    assert text_of("Une phrase simple !", inline=True) == "Une phrase simple␣!"
    assert text_of("Une phrase.", inline=False) == "<p>Une phrase.</p>"


def test_code_and_words_that_nobody_translates_stay_as_they_are_typed() -> None:
    for element in ("<code>{}</code>", "<kbd>{}</kbd>", '<b translate="no">{}</b>'):
        typed = element.format("dit-on · 1er !")
        assert text_of(f"Tapez {typed} ici.", inline=True) == f"Tapez {typed} ici."


def test_footnotes_of_several_texts_keep_apart_by_a_prefix() -> None:
    made = text_of("a[^1]\n\n[^1]: b\n", inline=False, prefix="first-lockdown-")
    assert 'id="first-lockdown-fn-1"' in made
    assert 'href="#first-lockdown-fn-1"' in made
    assert 'id="first-lockdown-fnref-1"' in made


def test_problems_of_a_text_are_offsets_into_it() -> None:
    outcome = convert_text(TextRequest("een\n<script>x</script>", "nl", (DUTCH,), inline=False))
    (problem,) = outcome.diagnostics
    assert (problem.check, problem.span.path, problem.span.start, problem.span.end) == (
        "unsafe-html",
        "",
        4,
        11,
    )


# Front matter.

FULL = """\
---
title: "Missie: visie"
description: Eén zin.
slug: missie
layout: faq
date: 2020-06-08
draft: nee
image: foto.jpg
image_alt: Wij op straat
only: dit geldt alleen in Vlaanderen
redirect_from: [/nl/oud/, /nl/ouder/]
allow:
  vague-link: het is een sierlijn
---
Tekst
"""


def test_front_matter_is_read_whole() -> None:
    source = Source("content/x/nl.md", FULL)
    outcome, start = read_front_matter(source)
    front = outcome.value
    assert outcome.diagnostics == ()
    assert source.text[start:] == "Tekst\n"
    assert front.title.value == "Missie: visie"
    assert source.position(front.title.span.start) == (2, 8)
    assert front.layout == "faq"
    assert front.date is not None
    assert isinstance(front.date.value, EventDate)
    assert front.date.value.text == "2020-06-08"
    assert not front.draft
    assert [each.value for each in front.redirect_from] == ["/nl/oud/", "/nl/ouder/"]
    assert dict(front.allow) == {"vague-link": "het is een sierlijn"}
    for name in ("description", "slug", "image", "image_alt", "only"):
        assert getattr(front, name) is not None


@pytest.mark.parametrize("flag", ["true", "ja", "oui", "yes"])
def test_a_draft_in_any_language(flag: str) -> None:
    outcome, _ = read_front_matter(Source("x", f"---\ntitle: A\ndraft: {flag}\n---\n"))
    assert outcome.value.draft


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_known(layout: str) -> None:
    outcome, _ = read_front_matter(Source("x", f"---\ntitle: A\nlayout: {layout}\n---\n"))
    assert (outcome.value.layout, outcome.diagnostics) == (layout, ())


@pytest.mark.parametrize(
    ("text", "told", "fix"),
    named(
        [
            ("none", "Tekst\n", ["front-matter-missing 1:1"], "---\ntitle: …\n---\n\nTekst"),
            ("an empty file", "", ["front-matter-missing 1:1"], "---\ntitle: …\n---\n\n"),
            (
                "after a blank line",
                "\n---\ntitle: A\n---\n",
                ["front-matter-missing 1:1"],
                "---",
            ),
            (
                "not closed",
                "---\ntitle: A\nslug: b\n\nTekst: zo.\n",
                ["front-matter-unclosed 3:1"],
                "slug: b\n---",
            ),
            (
                "closed by too many dashes",
                "---\ntitle: A\n----\nTekst\n",
                ["front-matter-unclosed 2:1"],
                "title: A\n---",
            ),
            ("nothing in it", "---\n---\nTekst\n", ["missing-key 1:1"], "---\ntitle: …"),
            ("only a remark", "---\n# later\n---\nTekst\n", ["missing-key 1:1"], "---\ntitle: …"),
            ("a list", "---\n- title: A\n---\n", ["wrong-type 2:1"], None),
            ("no title", "---\nslug: a\n---\n", ["missing-key 2:1"], "title: …\nslug: a"),
            ("an empty title", "---\ntitle:\n---\n", ["wrong-type 2:7"], None),
            ("a title that is a list", "---\ntitle: [a]\n---\n", ["wrong-type 2:8"], None),
            (
                "an unknown key",
                "---\ntitle: A\nlayuot: faq\n---\n",
                ["unknown-key 3:1"],
                "layout: faq",
            ),
            (
                "a slug out of the site",
                "---\ntitle: A\nslug: ../../evil\n---\n",
                ["wrong-type 3:7"],
                "slug: evil",
            ),
            (
                "a slug with a capital",
                "---\ntitle: A\nslug: Missie\n---\n",
                ["wrong-type 3:7"],
                "slug: missie",
            ),
            (
                "a date that does not exist",
                "---\ntitle: A\ndate: 2021-02-30\n---\n",
                ["impossible-date 3:7"],
                None,
            ),
            (
                "a date in words",
                "---\ntitle: A\ndate: 8 juni 2020\n---\n",
                ["impossible-date 3:7"],
                "date: 2020-06-08",
            ),
            (
                "draft that is no flag",
                "---\ntitle: A\ndraft: misschien\n---\n",
                ["wrong-type 3:8"],
                None,
            ),
            ("a key twice", "---\ntitle: A\ntitle: B\n---\n", ["duplicate-key 3:1"], None),
        ]
    ),
)
def test_front_matter_that_is_wrong(text: str, told: list[str], fix: str | None) -> None:
    source = Source("content/x/nl.md", text)
    outcome, _ = read_front_matter(source)
    assert places(outcome.diagnostics, source) == told
    assert mended(outcome.diagnostics[0], source) == fix


def test_all_mistakes_of_a_page_are_told_in_one_run_in_order() -> None:
    source = Source(
        "content/x/nl.md",
        "---\ntitle: A\ndraft: x\nzzz: 1\n---\n\n<script>x</script>\n\n## A {#a}\n\n## B {#a}\n",
    )
    outcome = parse_document(DocumentRequest(source, "x", "nl", (DUTCH, FRENCH)))
    told = ["wrong-type 3:8", "unknown-key 4:1", "unsafe-html 7:1", "duplicate-anchor 11:1"]
    assert places(outcome.diagnostics, source) == told
    assert outcome.value.front.title.value == "A"
    assert len(outcome.value.blocks) == 3


# Small things.


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Lire en sécurité", "lire-en-securite"),
        ("L'union", "l-union"),
        ("Travailleur·euse·s", "travailleureuses"),
        ("Œuvre & cœur", "oeuvre-coeur"),
        ("../../evil", "evil"),
        ("?!", "page"),
        ("", "page"),
        ("a" * 100, "a" * 80),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(
    st.text(st.sampled_from("abcXYZ 019éèêëàâäçïîôöùûüÿÉÅñǔ\u0301œæß-"), min_size=1, max_size=40)
)
def test_slugs_are_those_of_the_library_also_where_it_is_not_asked(title: str) -> None:
    assert slugify(title) == (library_slug(title, max_length=80, word_boundary=True) or "page")


def test_plain_text() -> None:
    text = "<p>Een\n <em>twee</em>&nbsp;&amp; drie</p>\n<p>vier<sup>e</sup></p>"
    assert plain_text(text) == "Een twee & drie viere"


def test_facts_of_a_page() -> None:
    facts = read_page(
        b'<html lang="nl-BE"><head><link rel="stylesheet" href="a.css"><link rel="canonical" href="b">'
        b"</head>"
        b'<body><p id="x" style="a" onclick="b"><a href="c">d</a>'
        b'<img src="e.jpg" srcset="f.jpg 1x, g.jpg 2x">'
        b'<p id="x"><style>p{background:url(h.png)}</style></body></html>'
    )
    assert facts.language == "nl-BE"
    assert facts.ids == ("x", "x")
    assert facts.links == ("c",)
    assert facts.loads == ("a.css", "e.jpg", "f.jpg", "g.jpg", "h.png")
    assert facts.inline == ("style (p)", "onclick (p)")


@pytest.mark.parametrize(
    "title",
    [
        "#MeToo",
        "# Titel",
        "## Titel {#x",
        "1. Mei",
        "2) twee",
        "- streep",
        "> 100 leden",
        "---",
        "***",
        "===",
        "[a]: http://b.be",
        "*[UE]: Union",
        "[^1]: noot",
        "| a | b |",
        "```",
        "!!! note",
        ": uitleg",
        "[TOC]",
        "    ingesprongen",
        "+ plus",
        "- [ ] taak",
    ],
)
def test_a_title_is_words_whatever_it_begins_with(title: str) -> None:
    outcome = convert_text(TextRequest(title, "nl", (DUTCH, FRENCH), inline=True))
    assert outcome.value.html == str(escape(title.strip())).replace(
        "http://b.be", '<a data-link="0">http://b.be</a>'
    )
    assert outcome.diagnostics == ()


def test_a_text_that_begins_with_a_hashtag_is_no_heading() -> None:
    assert (
        text_of("#MeToo, dit-on.", inline=False)
        == '<p>#MeToo, <span class="nowrap">dit-on</span>.</p>'
    )
