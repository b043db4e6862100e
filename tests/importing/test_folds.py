"""What folds on an old site folds on the new one: `<details>` of HTML, and what shortcodes, MkDocs and
containers write for it.
"""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from diptych.importing.html import markdown_of
from diptych.importing.marks import with_our_marks
from diptych.importing.tags import with_allowed_html, without_tags
from tests.importing.moving import Move, lost, new_words, old_words
from tests.importing.test_readers import HEAD, entry

FOLDED = "<details>\n<summary>Meer</summary>\n\nTekst **vet**.\n\n</details>"


def lines(text: str) -> str:
    """The text without what is only air."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("{{< details Meer >}}\nTekst **vet**.\n{{< /details >}}", FOLDED),
        ('{{% details "Meer" %}}\nTekst **vet**.\n{{% /details %}}', FOLDED),
        ('{{< details summary="Meer" >}}\nTekst **vet**.\n{{< /details >}}', FOLDED),
        ('{{< expand "Meer" "..." >}}\nTekst **vet**.\n{{< /expand >}}', FOLDED),
        (
            '{{< collapse title="Meer" open=true >}}\nTekst **vet**.\n{{< /collapse >}}',
            FOLDED.replace("<details>", "<details open>"),
        ),
        ('??? note "Meer"\n    Tekst **vet**.', FOLDED),
        ('??? "Meer"\n\n    Tekst **vet**.', FOLDED),
        ('??? tip inline end "Meer"\n    Tekst **vet**.\n\n', FOLDED),
        ("::: details Meer\nTekst **vet**.\n:::", FOLDED),
        (":::details[Meer]\nTekst **vet**.\n:::", FOLDED),
        ('{{< details "A & <b>" >}}\nx\n{{< /details >}}', "<summary>A &amp; &lt;b&gt;</summary>"),
        ('???+ note "Meer"\n    Tekst.', '!!! note "Meer"\n    Tekst.'),
        ("??? warning\n    Tekst.", "!!! warning\n    Tekst."),
        ("{{< details >}}\nTekst.\n{{< /details >}}", "!!! note\n    Tekst."),
        ('```\n??? note "Meer"\n    x\n```', '```\n??? note "Meer"\n    x\n```'),
        ('Zo:\n\n    ??? note "Meer"\n        x', 'Zo:\n\n    ??? note "Meer"\n        x'),
    ],
)
def test_a_mark_that_folds_is_a_passage_that_folds(written: str, becomes: str) -> None:
    assert becomes in lines(with_allowed_html(with_our_marks(written)).text)


def test_what_comes_after_a_passage_is_none_of_it() -> None:
    found = lines(with_our_marks('Voor.\n??? note "Meer"\n    Tekst **vet**.\nNa.\n'))
    assert found == f"Voor.\n\n{FOLDED}\n\nNa."
    found = lines(
        with_our_marks("Voor.\n{{< details Meer >}}\nTekst **vet**.\n{{< /details >}}\nNa.\n")
    )
    assert found == f"Voor.\n\n{FOLDED}\n\nNa."


@pytest.mark.parametrize(
    "written",
    [
        (
            '??? note "Buiten"\n    Voor.\n\n    ??? tip "Binnen"\n        Kern.\n\n        ```\n'
            '        ??? note "code"\n        ```\n\n    Na.\n'
        ),
        (
            "{{< details Buiten >}}\nVoor.\n{{< details Binnen >}}\nKern.\n\n```\n"
            '??? note "code"\n```\n{{< /details >}}\nNa.\n{{< /details >}}'
        ),
    ],
)
def test_a_passage_in_a_passage(written: str) -> None:
    assert lines(with_our_marks(written)) == (
        "<details>\n<summary>Buiten</summary>\n\nVoor.\n\n<details>\n<summary>Binnen</summary>\n\n"
        'Kern.\n\n```\n??? note "code"\n```\n\n</details>\n\nNa.\n\n</details>'
    )


def test_containers_in_each_other() -> None:
    written = "::: tip Let op\nJa.\n::: details Nog\nx\n:::\ny\n:::\n::: details Meer\n::: tip\nz\n:::\n:::\n"
    assert lines(with_our_marks(written)) == (
        '!!! tip "Let op"\n    Ja.\n\n    <details>\n    <summary>Nog</summary>\n\n    x\n\n    </details>\n\n'
        "    y\n\n<details>\n<summary>Meer</summary>\n\n!!! tip\n    z\n\n</details>"
    )


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        (FOLDED, FOLDED),
        (
            '<details class="x" name="q" open><summary id="meer" style="color: red">Meer</summary>\n\nTekst.\n\n</details>',
            '<details open><summary id="meer">Meer</summary>\n\nTekst.\n\n</details>',
        ),
        (
            '<details markdown="1"><summary>Meer</summary>\nTekst **vet**.\n</details>',
            "<details><summary>Meer</summary>\n\nTekst **vet**.\n\n</details>",
        ),
        (
            '<details markdown="1">\n<summary>Meer</summary>\n    <p>Ingesprongen.</p>\n</details>',
            "<details>\n<summary>Meer</summary>\n    <p>Ingesprongen.</p>\n\n</details>",
        ),
        (
            "```\n<details markdown>\n</summary>\nx\n```",
            "```\n<details markdown>\n</summary>\nx\n```",
        ),
    ],
)
def test_html_that_folds_stays(written: str, becomes: str) -> None:
    assert with_allowed_html(written).text == becomes


def test_a_passage_that_cannot_be_put_in_order_keeps_its_words_apart() -> None:
    assert without_tags("<details><summary>Meer</summary>Tekst").split() == ["Meer", "Tekst"]


@pytest.mark.parametrize(
    ("html", "becomes"),
    [
        ("<details><summary>Meer</summary><p>Tekst <b>vet</b>.</p></details>", FOLDED),
        (
            '<details open><summary>A <b>b</b> &amp; <a href="/y">y</a></summary>T</details>',
            '<details open>\n<summary>A <b>b</b> &amp; <a href="/y">y</a></summary>\n\nT\n\n</details>',
        ),
        (
            "<ul><li>een<details><summary>S</summary><p>T</p></details></li><li>b</li></ul>",
            "- een\n\n  <details>\n  <summary>S</summary>\n\n  T\n\n  </details>\n- b",
        ),
        ("<details><p>Tekst</p></details>", "Tekst"),
        ("<summary>Los</summary>", "**Los**"),
        (
            "<table><tr><th>x</th></tr><tr><td><details><summary>S</summary>T</details></td></tr></table>",
            "**S**",
        ),
    ],
)
def test_a_passage_in_html(html: str, becomes: str) -> None:
    assert becomes in lines(markdown_of(html))


def test_passages_of_every_kind_move_in_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        'Voor.\n\n??? note "Vraag een"\n    Antwoord *een*.\n\n    ## Tussen\n\n    - punt\n\nNa een.\n\n'
        "::: details Vraag twee\nAntwoord twee.\n:::\n\n- punt\n\n"
        '    ??? tip "In lijst"\n        Antwoord drie.\n\n- laatste\n\n'
        '<details markdown="1">\n<summary>Vraag vier</summary>\nAntwoord **vier**.\n</details>\n'
    )
    move = Move(
        tmp_path,
        {"faq.nl.md": f"# Vragen\n\n{text}", "faq.fr.md": f"# Questions\n\n{text}"},
        capsys,
    )
    move.run()
    pages = {each.path: each.data for each in move.build().outputs}
    for path in ("nl/vragen/index.html", "fr/questions/index.html"):
        page = lxml.html.fromstring(pages[path].decode())
        shown = [each.text_content() for each in page.iterfind(".//main//details/summary")]
        assert shown == ["Vraag een", "Vraag twee", "In lijst", "Vraag vier"]
        assert page.xpath("//main//li/details")
        assert page.xpath("//main//details[1]/h2")
        words = old_words(text.replace("::: details", ":::"))
        assert lost(words, new_words(pages[path])) == []
    before = move.files()
    move.run()
    assert move.files() == before


def test_the_block_of_wordpress_folds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    block = (
        '<!-- wp:details --><details class="wp-block-details"><summary>Meer</summary>'
        "<!-- wp:paragraph --><p>Tekst <strong>vet</strong>.</p><!-- /wp:paragraph --></details><!-- /wp:details -->"
    )
    text = HEAD + entry(1, "Welkom", "<p>Dag!</p>", "/") + entry(2, "A", block, "/a/")
    move = Move(tmp_path, {"export.xml": text + "</channel></rss>\n"}, capsys)
    move.run()
    assert FOLDED in move.text("a/nl.md")
    move.build()
