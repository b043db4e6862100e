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
