"""What was confirmed and is in no language any more: told, until somebody confirms that it went."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from tests.conftest import Ran, make_tree, write_files, write_site
from tests.translating import Office, finished


def event(number: int) -> str:
    return (
        f"- id: e{number:02}\n  date: 2021-05-{number + 1:02}\n"
        f"  title: {{nl: Titel {number}, fr: Titre {number}}}\n"
        f"  text: {{nl: Tekst {number} hier., fr: Texte {number} ici.}}\n"
    )


PAGE = "---\ntitle: {}\nlayout: timeline\n---\n\n{}\n"
TIME = {
    "content/time/nl.md": PAGE.format("Tijdlijn", "Lees."),
    "content/time/fr.md": PAGE.format("Chronologie", "Lisez."),
    "content/time/timeline.yaml": "".join(map(event, range(12))),
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nEen.\n\nTwee.\n\n## Wie {#who}\n\nWij.\n",
    "content/about/fr.md": "---\ntitle: À propos\n---\n\nUn.\n\nDeux.\n\n## Qui {#who}\n\nNous.\n",
}


@pytest.fixture
def root(run: Callable[..., Ran], tmp_path: Path) -> Path:
    """A site whose pages were all confirmed."""
    root = write_site(tmp_path, TIME)
    for key in ("time", "about"):
        assert run("confirm", key, root=root).status == 0
    return root


def gone(run: Callable[..., Ran], root: Path) -> list[str]:
    """What `check` says of it, a line each."""
    out = run("check", root=root).out
    return [line for line in out.splitlines() if "[gone-part]" in line]


def test_events_that_went_are_told_until_they_are_confirmed_to(
    run: Callable[..., Ran], root: Path
) -> None:
    assert gone(run, root) == []
    write_files(root, {"content/time/timeline.yaml": "".join(map(event, range(2)))})
    (told,) = gone(run, root)
    assert told.startswith("content/time/translations.lock:")
    assert "20 confirmed parts of `time` are in no language any more (e02, e03, " in told
    assert told.count(", …") == 0  # ten events, and ten are named
    assert run("check", "--strict", root=root).status == 1
    status = run("status", root=root)
    assert (
        "time: 20 confirmed parts are in no language any more\n    e02.event-text.1\n" in status.out
    )
    assert "20 confirmed parts are in no language any more" in status.err
    listed = json.loads(run("status", "--format", "json", root=root).out)["gone"]
    assert list(listed) == ["time"]
    assert len(listed["time"]) == 20
    assert (
        "20 parts that are in no language any more, taken out"
        in run("confirm", "time", root=root).err
    )
    assert gone(run, root) == []
    assert "e05" not in (root / "content/time/translations.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize("how", [("time", "fr"), ("time", "--block", "e01"), ("about",)])
def test_who_confirms_something_else_does_not_say_that_it_went(
    run: Callable[..., Ran], root: Path, how: tuple[str, ...]
) -> None:
    write_files(root, {"content/time/timeline.yaml": "".join(map(event, range(2)))})
    before = gone(run, root)
    assert run("confirm", *how, root=root).status == 0
    assert gone(run, root) == before != []


@pytest.mark.parametrize(
    ("nl", "fr", "count"),
    [
        ("Een.\n\n## Wie {#who}\n\nWij.\n", "Un.\n\n## Qui {#who}\n\nNous.\n", 1),
        ("Een.\n\nTwee.\n", "Un.\n\nDeux.\n", 2),
        ("", "", 4),
    ],
    ids=["a paragraph", "a section", "all of it"],
)
def test_what_went_from_a_page_in_every_language(
    run: Callable[..., Ran], root: Path, nl: str, fr: str, count: int
) -> None:
    write_files(
        root,
        {
            "content/about/nl.md": f"---\ntitle: Over ons\n---\n\n{nl}",
            "content/about/fr.md": f"---\ntitle: À propos\n---\n\n{fr}",
        },
    )
    (told,) = gone(run, root)
    assert f"{count} confirmed part" in told


@pytest.mark.parametrize(
    ("old", "new"), [("Twee.", "Nog eens twee."), ("Twee.\n\n", ""), ("Twee.", "Twee.\n\nDrie.")]
)
def test_what_one_language_still_says_did_not_go(
    run: Callable[..., Ran], root: Path, old: str, new: str
) -> None:
    text = TIME["content/about/nl.md"].replace(old, new)
    write_files(root, {"content/about/nl.md": text})
    assert gone(run, root) == []


def test_what_is_said_otherwise_in_every_language_did_not_go(
    run: Callable[..., Ran], root: Path
) -> None:
    for language, old in (("nl", "Twee."), ("fr", "Deux.")):
        path = f"content/about/{language}.md"
        write_files(root, {path: TIME[path].replace(old, f"Heel anders in {language}.")})
    assert gone(run, root) == []


def test_events_whose_file_cannot_be_read_did_not_go(run: Callable[..., Ran], root: Path) -> None:
    write_files(root, {"content/time/timeline.yaml": event(0) + "- id: [\n"})
    assert gone(run, root) == []


def test_a_draft_did_not_go(run: Callable[..., Ran], root: Path) -> None:
    for language in ("nl", "fr"):
        path = f"content/about/{language}.md"
        write_files(root, {path: TIME[path].replace("---\n", "---\ndraft: true\n", 1)})
    assert gone(run, root) == []


def test_an_import_keeps_what_the_lock_knows_of_parts_that_went(cache: Cache) -> None:
    office = Office(make_tree(TIME), cache).confirmed()
    path, lock = "content/time/timeline.yaml", "content/time/translations.lock"
    fewer = office.edited(path, event(11), "").edited(path, "Tekst 0 hier.", "Tekst nul hier.")
    po = finished(fewer.export("fr"), lambda entry: "Texte zéro ici.")
    after = fewer.imported(po)
    assert "zéro" in after.text(path)
    assert "e11.event-text" in after.text(lock)
    assert "e11" not in after.confirmed().text(lock)
