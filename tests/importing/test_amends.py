"""What would be an error on a moved page is mended, becomes words, or waits as a draft: the rest is online."""

from __future__ import annotations

from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.disk import read_tree
from diptych.pipeline import Build, Options, build_site
from tests.importing.moving import Move, lost, new_words, old_words

CONFIG = """\
baseURL = "https://old.example.org/"
title = "House"
defaultContentLanguage = "nl"
[permalinks.page]
nieuws = "/:year/:month/:day/:slug"
[languages.nl]
weight = 1
[languages.fr]
weight = 2
"""
SLIPS = f"""\
Dit[^1] is on\u200bzichtbaar, en &#8203;dat ook.

[^1] De voetnoot.

- diep
{" " * 60}te diep ingesprongen

Zie [https://ander.example](https://elders.example/x), [gewoon](https:%20//%20elders.example%20/)
en [www.elders.example](http://www.elders.example is) een plaats.
"""
WRONG = "Zie [https://ander.example][plaats] en meer.\n\n[plaats]: https://elders.example/x\n"
BROKEN = "Zie [dit][plaats], `code` en meer.\n\n[plaats]: https:%20//%20elders.example\n"
FILES: dict[str, str | bytes] = {
    "hugo.toml": CONFIG,
    "content/_index.nl.md": "---\ntitle: Welkom\n---\nDag! Zie [fout](fout/) en [slips](slips/).\n",
    "content/_index.fr.md": "---\ntitle: Bienvenue\n---\nBonjour !\n",
    "content/slips.nl.md": f"---\ntitle: Slips\n---\n{SLIPS}",
    "content/slips.fr.md": "---\ntitle: Fautes\n---\nTexte.\n",
    "content/fout.nl.md": f"---\ntitle: Fout\n---\n{WRONG}",
    "content/stuk.nl.md": f"---\ntitle: Stuk\n---\n{BROKEN}",
    "content/stuk.fr.md": "---\ntitle: Cassé\n---\nTexte.\n",
    "content/nieuws/2024-05-01-vergadering.nl.md": "---\ntitle: Vergadering\n---\nEen.\n",
    "content/nieuws/2024-06-01-vergadering.nl.md": "---\ntitle: Vergadering\n---\nTwee.\n",
}


@pytest.fixture
def move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Move:
    return Move(tmp_path, FILES, capsys)


def published(move: Move) -> Build:
    """The new site as it goes online, without its drafts; it must have no error."""
    build = build_site(read_tree(move.new).value, Options(), Cache(None))
    errors = [each for each in build.diagnostics if each.severity.value == "error"]
    assert not build.failed, [(each.check, each.span, str(each.message)) for each in errors]
    return build


def test_what_is_certain_is_mended_and_told(move: Move) -> None:
    report = move.run()
    text = move.text("slips/nl.md")
    assert "draft" not in text
    assert "\u200b" not in text
    assert "&#8203;" not in text
    assert "[^1]: De voetnoot." in text
    assert "\nte diep ingesprongen" in text
    assert "1 invisible character was taken out" in report
    assert "this was mended: &#8203; stands for an invisible character" in report
    assert "this was mended: the text of a footnote needs a colon behind its mark" in report
    assert "this was mended: this line is indented by more than 40 spaces" in report


def test_a_link_that_may_not_be_one_keeps_its_words_and_its_address(move: Move) -> None:
    report = move.run()
    text = move.text("slips/nl.md")
    assert "https://ander.example (https://elders.example/x)" in text
    assert "www.elders.example (http://www.elders.example is) een plaats" in text
    assert "the link https://elders.example/x became words: the text of this link shows" in report


def test_a_page_with_another_error_is_a_draft_and_the_rest_is_online(move: Move) -> None:
    report = move.run()
    assert "draft: true" in move.text("fout/nl.md")
    assert "it comes as a draft: the text of this link shows" in report
    assert "Zie fout (" in move.text("home/nl.md")  # a link to a draft leads nowhere yet
    assert "draft: true" in move.text("stuk/nl.md")
    assert move.text("stuk/nl.md").endswith(f"``\n{BROKEN.rstrip()}\n```\n")
    assert "its text comes as code, as it stands" in report
    assert "draft" not in move.text("stuk/fr.md")
    paths = {each.path for each in published(move).outputs}
    assert {"nl/index.html", "fr/index.html", "nl/slips/index.html"} <= paths
    assert "nl/fout/index.html" not in paths


def test_pages_with_one_title_have_addresses_of_their_own(move: Move) -> None:
    report = move.run()
    paths = {each.path for each in published(move).outputs}
    assert "nl/nieuws/vergadering/index.html" in paths
    assert "nl/nieuws/2024-06-01-vergadering/index.html" in paths
    assert {
        "fr/nieuws/vergadering/index.html",
        "fr/nieuws/2024-06-01-vergadering/index.html",
    } <= paths
    assert "another page has its title: its address is `2024-06-01-vergadering`" in report


def test_no_word_is_lost_and_a_second_run_changes_nothing_and_tells_the_same(move: Move) -> None:
    first = move.run()
    before = move.files()
    outputs = {each.path: each.data for each in published(move).outputs}
    words = old_words(SLIPS.replace("\u200b", "").replace("&#8203;", "").replace("[^1]", ""))
    assert lost(words, new_words(outputs["nl/slips/index.html"])) == []
    second = move.run()
    assert move.files() == before
    assert second.count("\n") >= first.count("it comes as a draft")
    assert second.count("it comes as a draft") == first.count("it comes as a draft") > 0


def test_a_box_around_code_goes_and_what_it_names_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        'Dag.\n\n<div style="zoom: 1.5">\n```mermaid\nA(<b><div>) --> <div> `x`\n```\n</div>\n\n'
        'Na.\n\n<div style="zoom: 2">\n``` mermaid\ngraph\n\n  B(C)\n```\n</div>\n_Bijschrift._\n\n'
        "<div>\n<p>Een vak.</p>\n</div>\n"
    )
    files: dict[str, str | bytes] = {"index.nl.md": f"---\ntitle: A\n---\n{text}"}
    move = Move(tmp_path, files, capsys)
    move.run()
    written = move.text("home/nl.md")
    assert "\n\n```mermaid\nA(<b><div>) --> <div> `x`\n```\n\n" in written
    assert "\n\n``` mermaid\ngraph\n\n  B(C)\n```\n\n_Bijschrift._" in written
    assert "<div>\n<p>Een vak.</p>\n</div>" in written
    html = {each.path: each.data for each in published(move).outputs}["nl/index.html"]
    assert b"```" not in html


def test_words_that_typography_changes_are_not_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Raised letters, ligatures, figures before small words, names of references, marks as targets."""
    text = (
        "Le 1er mai 1944 de nouveau, un noeud au coeur, 3/4 de siècle, le 2e jour.\n\n"
        "Voir [la suite][2] et [la fin]({% link fr/fin.md %}) : \u201coeuvre\u201d.\n\n"
        "[2]: https://example.org/\n"
    )
    files: dict[str, str | bytes] = {
        "_config.yml": "lang: fr\nlanguages: [fr]\n",
        "fr/index.md": f"---\ntitle: Accueil\n---\n{text}",
        "fr/fin.md": "---\ntitle: Fin\n---\nFini.\n",
    }
    move = Move(tmp_path, files, capsys)
    move.run()
    html = {each.path: each.data for each in published(move).outputs}["fr/index.html"]
    assert lost(old_words(text), new_words(html)) == []
    assert lost([*old_words(text), "perdu"], new_words(html)) == ["perdu"]
