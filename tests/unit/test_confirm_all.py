"""`confirm --all`: first it shows what nobody has confirmed, then, asked again, it confirms that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, write_site

Runs = Callable[..., Ran]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def locks(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*.lock"))


def test_it_shows_each_part_in_every_language_and_writes_nothing(root: Path, run: Runs) -> None:
    shown = run("confirm", "--all", root=root)
    assert shown.status == 0
    assert "home\n  nl  Welkom\n  fr  Bienvenue\n" in shown.out
    assert "confirm --all --yes" in shown.err
    assert locks(root) == []


def test_with_yes_it_confirms_what_it_shows(root: Path, run: Runs) -> None:
    done = run("confirm", "--all", "--yes", root=root)
    assert done.status == 0
    assert "  nl  Welkom\n" in done.out
    assert "content/home/translations.lock" in locks(root)
    again = run("confirm", "--all", root=root)
    assert (again.status, again.out) == (0, "")


def test_only_what_changed_is_shown_again(root: Path, run: Runs) -> None:
    run("confirm", "--all", "--yes", root=root)
    page = root / "content" / "home" / "nl.md"
    page.write_text(page.read_text("utf-8").replace("Wij spreken.", "Wij spreken zelf."), "utf-8")
    assert (
        run("confirm", "--all", root=root).out
        == "home\n  nl  Wij spreken zelf.\n  fr  Nous parlons.\n"
    )


def test_what_is_gone_from_every_language_is_confirmed_too(root: Path, run: Runs) -> None:
    pages = [root / "content" / "home" / f"{language}.md" for language in ("nl", "fr")]
    before = [page.read_text("utf-8") for page in pages]
    for page, text, words in zip(pages, before, ("Kom binnen.", "Entrez."), strict=True):
        page.write_text(f"{text.rstrip()}\n\n{words}\n", "utf-8")
    run("confirm", "--all", "--yes", root=root)
    for page, text in zip(pages, before, strict=True):
        page.write_text(text, "utf-8")
    assert "gone-part" in run("check", root=root).out
    shown = run("confirm", "--all", root=root)
    assert "1 confirmed part is in no language any more\n  " in shown.out
    assert "gone-part" in run("check", root=root).out
    run("confirm", "--all", "--yes", root=root)
    assert "gone-part" not in run("check", root=root).out
    assert run("confirm", "--all", root=root).out == ""


@pytest.mark.parametrize("words", [(), ("home", "--all"), ("home", "--yes"), ("--yes",)])
def test_a_call_that_could_mean_two_things_is_refused(
    root: Path, run: Runs, words: tuple[str, ...]
) -> None:
    refused = run("confirm", *words, root=root)
    assert refused.status == 2
    assert locks(root) == []


def test_nothing_is_confirmed_while_a_page_cannot_be_compared(root: Path, run: Runs) -> None:
    (root / "content" / "home" / "nl.md").write_text("---\ntitle: A: b\n---\n", "utf-8")
    refused = run("confirm", "--all", "--yes", root=root)
    assert refused.status == 1
    assert locks(root) == []


PLACES = [  # what a file holds instead of a text, and the line that is named
    ("---\ntitle: … over\n---\n\nTekst.\n", 2),
    ("---\ntitle: Over\n---\n\n…\n", 5),
    ("---\ntitle: Over\n---\n\nTekst.\n\n## … {#more}\n\nMeer.\n", 7),
    ("---\ntitle: Over\n---\n\nTekst.\n\n- Een\n- …\n", 8),
    ("---\ntitle: Over\n---\n\nTekst.\n\n1. …\n", 7),
    ("---\ntitle: Over\n---\n\nTekst.\n\n> …\n", 7),
    ("---\ntitle: Over\ndescription: …\n---\n\nTekst.\n", 3),
    ("---\ntitle: Over\n---\n\n<details>\n<summary>…</summary>\n\nMeer.\n\n</details>\n", 6),
    ("---\ntitle: Over\n---\n\nTekst.\n\n![…](a.png){.optional}\n", 7),
]


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize(("text", "line"), PLACES)
def test_what_still_has_to_be_written_is_left_out(
    text: str, line: int, draft: bool, root: Path, run: Runs
) -> None:
    path = root / "content" / "about" / "nl.md"
    path.write_text(
        text.replace("\n---\n", "\n---\n".replace("---", "draft: true\n---"), 1) if draft else text
    )
    line += draft and line > 3
    done = run("confirm", "--all", "--yes", root=root)
    assert done.status == 0
    assert "not confirmed until these are written: about" in done.err
    assert f"content/about/nl.md:{line}:" in done.out
    assert "content/home/translations.lock" in locks(root)
    assert "content/about/translations.lock" not in locks(root)
    alone = run("confirm", "about", root=root)
    assert alone.status == 1
    assert f"content/about/nl.md:{line}:" in alone.out
    assert "nothing is confirmed" in alone.err
    assert "content/about/translations.lock" not in locks(root)


@pytest.mark.parametrize(
    "text", ["Wij … en zij.", "Eerst dit,\n… en dan dat.", "`…`", "```text\n…\n```"]
)
def test_an_ellipsis_in_a_text_keeps_no_place(text: str, root: Path, run: Runs) -> None:
    path = root / "content" / "about" / "nl.md"
    path.write_text(f"---\ntitle: Over\n---\n\n{text}\n")
    assert run("confirm", "about", root=root).status == 0
    assert "unwritten" not in run("check", root=root).out


def test_only_what_is_confirmed_has_to_be_written(root: Path, run: Runs) -> None:
    for language, title in (("nl", "Over"), ("fr", "À propos")):
        path = root / "content" / "about" / f"{language}.md"
        path.write_text(f"---\ntitle: {title}\n---\n\n## A {{#a}}\n\nA.\n\n## … {{#b}}\n\nB.\n")
    assert run("confirm", "about", "--block", "a", root=root).status == 0
    assert run("confirm", "about", "--block", "b", root=root).status == 1


def test_nothing_is_left_to_confirm_but_what_waits(root: Path, run: Runs) -> None:
    assert run("confirm", "--all", "--yes", root=root).status == 0
    assert run("new", "march", root=root).status == 0
    assert run("confirm", "--all", "--yes", root=root).status == 1
    assert not [each for each in locks(root) if "march" in each]
