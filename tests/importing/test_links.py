"""Links and pictures of a text that moves in, as they stand in each other, and how far an import is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from diptych.cli.stopwatch import Stopwatch
from diptych.cli.terminal import Terminal
from diptych.i18n import translator
from diptych.importing import STEPS, plan, reader_of
from diptych.markdown.links import inlines
from diptych.model import File, Tree
from tests.importing.moving import Move, picture

FOLDER: dict[str, str | bytes] = {
    "index.nl.md": "# Huis\n\nDag.\n",
    "map/over.nl.md": "# Over\n\nTekst.\n",
    "img/huis.png": picture(),
}


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("[![Een huis](../img/huis.png)](over.md)", "[![Een huis](huis.png)](page:map/over)"),
        (
            '<a href="over.md"><img src="../img/huis.png" alt="Een huis"></a>',
            '<a href="page:map/over"><img src="huis.png" alt="Een huis"></a>',
        ),
        (
            '[<img src="../img/huis.png" alt="Een huis">](over.md)',
            '[<img src="huis.png" alt="Een huis">](page:map/over)',
        ),
        ("[a [b](over.md) c](over.md)", "[a [b](page:map/over) c](over.md)"),
        (r"\[a\](over.md) [b](over.md)", r"\[a\](over.md) [b](page:map/over)"),
        ("[a\n\nb](over.md) [c](over.md)", "[a\n\nb](over.md) [c](page:map/over)"),
        ('[a](over.md "Bij\nons")', '[a](page:map/over "Bij\nons")'),
        ("[a](over.md (Bij ons))", '[a](page:map/over "Bij ons")'),
        ('[a][b]\n\n[b]: over.md "Bij ons"', '[a][b]\n\n[b]: page:map/over "Bij ons"'),
        (
            "[![Ver](https://x.example/a.png)](over.md)",
            "[Ver](page:map/over)",
        ),
        (r"[a](https://x.example/?b\&c)", "[a](https://x.example/?b&c)"),
        ("`[a](over.md)` [b](over.md)", "`[a](over.md)` [b](page:map/over)"),
        ("[ ] [x](over.md) [y", "[ ] [x](page:map/over) [y"),
        ("![a]() en [b]()", "a en b"),
    ],
)
def test_links_and_pictures_in_each_other(
    written: str, becomes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, {**FOLDER, "map/deel.nl.md": f"# Deel\n\n{written}\n"}, capsys)
    report = move.run()
    assert becomes in move.text("map/deel/nl.md")
    assert "is not there" not in report


def test_an_anchor_keeps_the_underscores_inside_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """GitHub and Hugo keep such underscores in anchors. Underscores around a word only emphasise
    it.
    """
    text = "# Deel\n\n[naar](#het-veld-max_aantal)\n\n## Het _veld_ max_aantal\n\nTekst.\n"
    move = Move(tmp_path, {**FOLDER, "map/deel.nl.md": text}, capsys)
    report = move.run()
    assert "[naar](#het-veld-max-aantal)" in move.text("map/deel/nl.md")
    assert "no heading is known" not in report


def test_what_holds_what() -> None:
    (link,) = inlines("a [![b](c.png) d](e) f")
    assert (link.target, link.picture, link.words) == ("e", False, "![b](c.png) d")
    (held,) = link.within
    assert (held.target, held.picture, held.words) == ("c.png", True, "b")
    assert [each.target for each in inlines("[a](b) <a href='c'>[d](e)</a> ![f](<g h>)")] == [
        "b",
        "c",
        "g h",
    ]


def test_each_page_is_counted_once_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = Tree(tuple(File(path, bytes(str(text), "utf-8")) for path, text in FOLDER.items()))
    old = reader_of(tree).read(tree, ())
    steps: list[str] = []
    plan(old, Tree(()), done=steps.append)
    assert {step: steps.count(step) for step in STEPS} == dict.fromkeys(STEPS, len(old.pages))


def test_a_long_import_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    now = [0.0]
    watch = Stopwatch(Terminal(translator("en")), lambda: now[0])
    watch.expected(STEPS[0], 40)
    for _ in range(3):
        watch.asked(STEPS[0], 1)
        watch.begun(STEPS[0])
        now[0] += 0.8
        watch.ended(STEPS[0])
    watch.finish()
    said = capsys.readouterr().err
    assert "pages of the old site read: 3 of 40" in said
    assert said.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("front", "becomes"),
    [
        ("image: huis.png", "image_alt: Titel"),
        ("featured_image: /img/huis.png\nfeatured_image_alt: Een huis", "image_alt: Een huis"),
        ("cover:\n  image: huis.png\n  alt: Een huis", "image_alt: Een huis"),
        ("thumbnail: huis.png\nalt: Een huis", "image_alt: Een huis"),
        ("images: [huis.png, tuin.png]", "image_alt: Titel"),
        ("header:\n  teaser: huis.png", "image_alt: Titel"),
    ],
)
def test_a_picture_of_the_whole_page_is_its_image(
    front: str, becomes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'defaultContentLanguage = "nl"\n',
        "content/_index.md": "---\ntitle: Huis\n---\nDag.\n",
        "content/deel/index.md": f"---\ntitle: Titel\n{front}\n---\nTekst.\n",
        "content/deel/huis.png": picture(),
        "static/img/huis.png": picture(),
    }
    move = Move(tmp_path, files, capsys)
    report = move.run()
    head = move.text("deel/nl.md")
    assert 'image: "huis.png"\n' in head
    assert f"{becomes}\n" in head
    assert ("lacks words for who cannot see it" in report) == (becomes == "image_alt: Titel")
    move.build()


@pytest.mark.parametrize(
    ("written", "picture_of", "becomes"),
    [
        ("{{< youtube abc_123-x >}}", "content/deel/abc_123-x.jpg", True),
        ("{{< youtube abc_123-x >}}", "static/films/abc_123-x.jpg", True),
        ("{{< youtube abc_123-x >}}", "content/deel/beeld.jpg", True),
        ("{{< youtube abc_123-x >}}", "static/films/beeld.jpg", False),
        (
            '{{< youtube id="abc_123-x" poster="/films/beeld.jpg" >}}',
            "static/films/beeld.jpg",
            True,
        ),
        ("[Film](https://youtu.be/abc_123-x)", "content/deel/abc_123-x.jpg", True),
        ("Zie [de film](https://youtu.be/abc_123-x).", "content/deel/abc_123-x.jpg", False),
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/abc_123-x" title="Film"></iframe>',
            "static/abc_123-x.jpg",
            False,
        ),
    ],
)
def test_a_film_becomes_a_link_with_its_picture(
    written: str,
    picture_of: str,
    becomes: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of the same name, or the only one in the folder of the page; within a sentence, words."""
    files: dict[str, str | bytes] = {
        "hugo.toml": 'defaultContentLanguage = "nl"\n',
        "content/_index.md": "---\ntitle: Huis\n---\nDag.\n",
        "content/deel/index.md": f"---\ntitle: Titel\n---\nTekst.\n\n{written}\n",
        picture_of: picture(),
    }
    move = Move(tmp_path, files, capsys)
    move.run()
    text = move.text("deel/nl.md")
    assert ("[![" in text) == becomes
    assert "/embed/" not in text
    assert "abc_123-x" in text
    move.build()


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("::: tip\nDoe dit.\n:::", "!!! tip\n    Doe dit."),
        (
            '::: details Hoe "lang"?\nEen uur.\n:::',
            '<details>\n<summary>Hoe "lang"?</summary>\n\nEen uur.\n\n</details>',
        ),
        ("::: details\nEen uur.\n:::", "!!! note\n    Een uur."),
        (":::warning[Let op]\n\nPas op.\n\n:::", '!!! warning "Let op"\n\n    Pas op.'),
        (
            ":::: info\nBuiten.\n::: danger Heet\nBinnen.\n:::\n::::",
            '!!! note\n    Buiten.\n\n    !!! danger "Heet"\n        Binnen.',
        ),
        ("::: grid\nA.\n:::", "::: grid\nA.\n:::"),
        ("::: tip\nZonder einde.", "::: tip\nZonder einde."),
        ("```\n::: tip\n:::\n```", "```\n::: tip\n:::\n```"),
    ],
)
def test_containers_of_vitepress_and_docusaurus(
    written: str, becomes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, {**FOLDER, "map/deel.nl.md": f"# Deel\n\nZin.\n\n{written}\n"}, capsys)
    report = move.run()
    text = move.text("map/deel/nl.md")
    assert becomes in text
    assert ("is a mark that is not known" in report) == (":::" in text and "```" not in text)
    move.build()


def test_what_many_files_have_in_common_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With each of its places; what stands on several lines of one file once, with the lines."""
    files: dict[str, str | bytes] = {**FOLDER}
    for number in range(12):
        files[f"blad-{number}.nl.md"] = f"# Blad {number}\n\n{{{{< kaart >}}}} [a](/weg/)\n"
    files["dubbel.nl.md"] = "# Dubbel\n\n{{< een >}}\n\n[x](/kwijt/)\n\n[y](/kwijt/)\n"
    move = Move(tmp_path, files, capsys)
    report = move.run()
    assert report.count("{{< kaart >}} is a mark that is not known") == 1
    assert "- 12 files: {{< kaart >}} is a mark that is not known\n  - blad-0.nl.md:3, " in report
    assert all(f"blad-{number}.nl.md:3" in report for number in range(12))
    assert "  - line 3: {{< een >}} is a mark that is not known\n" in report
