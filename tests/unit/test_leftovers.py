"""Marks that readers would see: each kind is told in several spellings, and what is meant is not."""

from __future__ import annotations

import pytest

from tests.strategies import page

TOLD = {
    "foreign-mark": (
        '{{< figure src="a.png" >}}',
        "{{% notice %}}",
        "{% include kop.html %}",
        "Beste {{ naam }},",
        "Wij heten {{ site.name }}.",
        "Wij heten {{site.name}.",
        "Wij heten {site.name}}.",
        "Wij heten { site.name }.",
        "Wij heten ${naam}.",
        "Wij heten %(naam)s.",
        "Wij heten {# noot #}.",
        '??? tip "Titel"\n    Tekst',
        "???+ note\n    Tekst",
        '=== "Tabblad"\n\n    Tekst',
        "::: warning\nTekst\n:::",
        "Klaar :tada:",
        "Klaar :white_check_mark: ja",
        "Dit is ==nieuw==.",
        "• Brood\n• Melk",
        "Inleiding:\n•\tBrood\n•\tMelk",
        "  ▪ Brood\n  ▪ Melk",
        "• Brood",
        "•Brood\n•Melk",
        "● Brood  \n● Melk",  # lines that stay lines are no list either
        "· Brood\n· Melk",
        "–\tBrood\n–\tMelk",
        "— Brood\ndat vers is\n— Melk",
        "[vc_row]",
        '[vc_row][vc_column width="1/2"][vc_column_text]',
        "[note]Tekst[/note]",
        "[/note]",
        "[gallery ids='1,2']",
        "[su_button url=x]Klik[/su_button]",
        "Zo is het【4†source】.",
        "Zo is het :contentReference[oaicite:0]{index=0}.",
        "Zo is het :contentReference[oaicite:12].",
    ),
    "open-emphasis": (
        "**Let op",
        "Zin met **vet.",
        "Dit is **A* hier.",
        "Dit is *A** hier.",
        "**Wanneer?**Om acht uur.",
        "Dit is ** vet ** hier.",
        "__Let op",
        "Dit is ~~weg.",
        "- **punt",
        "> **citaat",
    ),
    "braces-apart": (
        "[De Standaard] {lang=nl}",
        "*woord* {.klein}",
        "## {#x}",
        "Zin {#kenmerk} hier.",
        "[x](page:about) {.knop}",
    ),
    "headless-table": (
        "| a | b |\n| c | d |",
        "| a | b |",
        "a | b\nc | d",
        "| a | b |\n|---|\n| c | d |",
        "- | a | b |\n  | c | d |",
        "a\tb\nc\td",
        "a\tb\tc\nd\t",
    ),
    "lost-cell": ("| a | b |\n|---|---|\n| c | d | e |", "a | b\n-|-\nc | d | e"),
    "callout-mark": (
        "> [!TIPP]\n> x",
        "> [!INFO]\n> x",
        "> [!NOTE] x",
        "> [!NOTE] x \n> y",  # a space at the end of the line
        "> [!note]t\n> y",  # all letters of the title are also letters of the mark
        "> [!NOTE]",
        "- > [!NOTE]\n  > x",
    ),
    "glued-heading": ("##Kop", "###Kop", "Zin.\n##Kop"),
    "unknown-lang": (
        "[a]{lang=engels}",
        "[a]{lang=anglais}",
        "[a]{lang=fr_BE}",
        "[a]{lang=}",
        '<span lang="nederlands">a</span>',
    ),
    "link-brackets": (
        "[x]()",
        "[x]( )",
        "![x]()",
        "[a](http://e.org is)",
        "[a](een foto.jpg)",
        "![a](een foto.jpg)",
        "[a] (page:about)",
    ),
    "unknown-footnote": ("a[^1]\n\n[^1] tekst", "a[^langer naam]\n\n[^langer naam]: b", "a[^x]"),
    "swallowed-list": ("Zin:\n2. a\n3. b", "Zin\n7) a\n8) b"),
}
MEANT = (
    "Om 10:30:45 en 12:00, ratio 3:2:1.",
    "`{{ naam }}` en `**` en `:tada:`",
    "```\n{{ x }}\n**x\n| a | b |\n```",
    "- punt\n\n  ```\n  {{ x }} **x\n  ```",
    "\\*\\*geen vet",
    "étudiant*e*s en 5 * 3 = 15 en 2**3",
    "Prijs* is voorlopig.\n\n*zonder btw",
    "Naam: ______ Datum: ____",
    "a == b en a === b",
    "Links | rechts",
    "Naam:\tJan",
    "a)\tBrood\nb)\tMelk",
    "Naam:\tJan\nwoont in Gent",
    "\\{.x\\} en {een} en { twee }",
    "*woord*{lang=fr} en [x]{.klein lang=fr-BE}",
    "## Kop {#x}",
    "#MeToo en #BalanceTonPorc",
    "> [een citaat]\n> x",
    "> [!NOTE]\n> x",
    "| a | b |\n|---|---|\n| c |",
    "| a | b |\n|---|---|\n| c | d ||",
    "Wij [wij](en zij)",
    "Het was in\n2015. Toen ging het.",
    "Van ~5 tot ~10 km.",
    "Een verzameling {1, 2} en {x}.",
    "Sluit {dagen} in, of 50% (minder).",
    "`{{ site.name }}` in een sjabloon.",
    "C++ en <https://a.be/x__y__z>",
    "Brood • melk • kaas",
    "– Kom je?\n\n– Ja.",
    "– Kom je?  \n– Ja.",
    "– Kom je?\\\n– Ja.",
    "– Kom je?\nVroeg ze.",
    "· Brood\n– Melk",
    "–15 graden\n–20 graden",
    "- • Brood",
    "```\n• Brood\n• Melk\n```",
    "Hij zei [sic] niets, en [x] ook.",
    "[gallery]",
    "[mijn_pagina](page:about)",
    "[foto_1]\n\n[foto_1]: page:about",
    "[de pagina][foto_1]\n\n[foto_1]: page:about",
    "`[vc_row]` en \\[vc_row]",
)


@pytest.mark.parametrize(
    ("check", "text"), [(check, text) for check in TOLD for text in TOLD[check]]
)
def test_a_mark_that_stays_is_told(check: str, text: str) -> None:
    outcome, _ = page(f"{text}\n")
    assert check in [each.check for each in outcome.diagnostics]


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_is_not_told(text: str) -> None:
    outcome, _ = page(f"{text}\n")
    assert [str(each.message) for each in outcome.diagnostics] == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("**Let op", "**Let op**"),
        ("Dit is **A* hier.", "Dit is **A** hier."),
        ("*A** hier.", "**A** hier."),
        ("**Wanneer?**Om acht uur.", "**Wanneer?** Om acht uur."),
        ("Dit is ** vet ** hier.", "Dit is **vet** hier."),
        ("[x] {lang=nl} y", "[x]{lang=nl} y"),
        ("| a | b |\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
        ("a\tb|c\nd\t", "| a | b\\|c |\n|---|---|\n| d |  |"),
        ("> [!NOTE] x", "> [!NOTE]\n> x"),
        ("##Kop", "## Kop"),
        ("[a]{lang=engels}", "[a]{lang=en}"),
        ("[a]{lang=fr_BE}", "[a]{lang=fr-BE}"),
        ("Klaar :tada:", "Klaar 🎉"),
        ("[a](een foto.jpg)", "[a](<een foto.jpg>)"),
        ("a[^1]\n\n[^1] b", "a[^1]\n\n[^1]: b"),
        ("• Brood\n•\tMelk\nen kaas", "- Brood\n- Melk\nen kaas"),
        ("Inleiding:\n• Brood\n• Melk", "Inleiding:\n- Brood\n- Melk"),
        ("– Brood\n– Melk", "- Brood\n- Melk"),
        ('[embed width="1"]Een film[/embed]', "Een film"),
        ("Zo is het【4†source】.", "Zo is het."),
        ("Zo is het:contentReference[oaicite:0]{index=0}.", "Zo is het."),
        ("[vc_row][vc_column_text]Hier.[/vc_column_text][/vc_row]", "Hier."),
    ],
)
def test_the_line_to_paste_mends_it(text: str, right: str) -> None:
    outcome, source = page(f"{text}\n")
    (problem,) = outcome.diagnostics
    made = source.text
    for edit in sorted(problem.edits, key=lambda each: each.span.start, reverse=True):
        made = made[: edit.span.start] + edit.text + made[edit.span.end :]
    assert made == f"---\ntitle: Titel\n---\n{right}\n"
    again, _ = page(f"{right}\n")
    assert again.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "certain"), [("• Brood\n• Melk", True), ("• Brood", False), ("– Ja\n– Nee", False)]
)
def test_only_several_bullets_become_a_list_unasked(text: str, certain: bool) -> None:
    outcome, _ = page(f"{text}\n")
    assert [each.certain for each in outcome.diagnostics] == [certain]


@pytest.mark.parametrize("mark", ["{{ site.name }}", "${naam}", "%(naam)s", "{{ naam }"])
def test_what_is_filled_in_nowhere_leaves_its_place_to_the_author(mark: str) -> None:
    outcome, source = page(f"Wij heten {mark}.\n")
    (problem,) = outcome.diagnostics
    assert source.text[problem.span.start : problem.span.end] == mark
    assert str(problem.hint) == "nothing is filled in here: write the words that readers should see"
    assert [each.text for each in problem.edits] == ["…"]


def test_shortcodes_side_by_side_are_no_link() -> None:
    outcome, _ = page('[vc_row][vc_column width="1/2"]\n\nTekst.\n\n[/vc_column][/vc_row]\n')
    assert [each.check for each in outcome.diagnostics] == ["foreign-mark", "foreign-mark"]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (
            '<table style="x"><tr><th>Dag</th></tr>\n<tr><td><p>ma<br>di</p></td><td><b>9</b> of <a href="page:about">later</a></td></tr></table>',
            "| Dag |  |\n|---|---|\n| ma di | **9** of [later](page:about) |",
        ),
        (
            '<table class="x"><col style="y"><tr><td>a|b</td></tr><tr><td>c</td><td>d</td></tr></table>',
            "| a\\|b |  |\n|---|---|\n| c | d |",
        ),
        ('<table style="x"><tr><td colspan="2">a</td></tr></table>', None),
        ('<table style="x"><tr><td><ul><li>a</li></ul></td></tr></table>', None),
    ],
)
def test_a_pasted_table_is_told_once_with_the_table_to_paste(table: str, lines: str | None) -> None:
    outcome, source = page(f"Ervoor.\n\n{table}\n\nErna.\n")
    (problem,) = outcome.diagnostics
    assert problem.check == "unsafe-html"
    assert source.text[problem.span.start : problem.span.end] == table
    assert [each.text for each in problem.edits] == ([lines] if lines else [])


def test_what_stands_beside_a_pasted_table_is_told_too() -> None:
    table = '<table style="x"><tr><td>a</td></tr></table>'
    outcome, _ = page(f'<p style="y">Ervoor.</p>\n\n{table}\n')
    assert [str(each.message)[:10] for each in outcome.diagnostics] == ["style (p) ", "this table"]


@pytest.mark.parametrize("length", [30, 30_000])
@pytest.mark.parametrize("form", ["![Foto]({})", "![Foto][1]\n\n[1]: <{}>"])
def test_a_picture_that_was_pasted_into_the_text_is_told_as_that(length: int, form: str) -> None:
    """As documents of Google hold it; its thousands of letters do not stand in the message."""
    outcome, _ = page(form.format(f"data:image/png;base64,{'A' * length}") + "\n")
    (problem,) = outcome.diagnostics
    assert str(problem.message) == "a picture stands in the text itself here, and not in a file"
    assert str(problem.hint).endswith("write ![…](picture.jpg)")


@pytest.mark.parametrize("element", ["iframe", "video", "embed"])
def test_a_film_of_another_site_has_its_way_to_be_shown(element: str) -> None:
    outcome, _ = page(f'<{element} src="https://example.org/x"></{element}>\n')
    problem = outcome.diagnostics[0]
    assert problem.check == "unsafe-html"
    assert str(problem.hint).endswith("[![…](map.png)](https://…)")
