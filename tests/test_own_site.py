"""The guide for a site of one's own: every command is tried, on a site with every file that it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ran

GUIDES = {
    "en": ROOT / "docs/en/own-site.md",
    "nl": ROOT / "docs/nl/eigen-site.md",
    "fr": ROOT / "docs/fr/votre-site.md",
}
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DRAFTS = ("concerts", "news/opening")  # that the guide begins
ELSEWHERE = ("serve", "upgrade")  # which go on, or ask a repository: tried in tests of their own
Run = Callable[..., Ran]


def fences(path: Path) -> list[tuple[str, str, str]]:
    return FENCE.findall(path.read_text(encoding="utf-8"))


def test_the_guides_show_the_same() -> None:
    english, *others = map(fences, GUIDES.values())
    assert all(each == english for each in others)


@pytest.fixture
def tried(run: Run, tmp_path: Path) -> tuple[Path, list[str]]:
    """The site after all that the guide says, and the commands that were run."""
    root, said = tmp_path / "centre", []
    for kind, name, text in fences(GUIDES["en"]):
        if name:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            before = (root / name[:-1]).read_text() if name.endswith("+") else ""
            (root / name.removesuffix("+")).write_text(f"{before}\n{text}" if before else text)
            continue
        for line in text.splitlines() if kind == "sh" else ():
            words = shlex.split(line)
            if words[0] != "diptych" or words[1] in ELSEWHERE:
                continue
            here = tmp_path if words[1] == "init" else root
            if words[1:3] == [
                "confirm",
                "--all",
            ]:  # drafts that nobody has written are not confirmed
                for draft in DRAFTS:
                    shutil.rmtree(root / "content" / draft)
            program = (
                ["--program", "git+https://example.org/x@1a2b3c4"] if words[1] == "init" else []
            )
            given = [
                str((here / each).resolve()) if each.startswith("../") or each == "centre" else each
                for each in words[1:]
            ]
            ran = run(*given, *program, root=here)
            assert ran.status == 0, (line, ran)
            said.append(line)
    return root, said


def test_every_command_works_and_the_site_is_whole(tried: tuple[Path, list[str]], run: Run) -> None:
    root, said = tried
    assert len(said) >= 9
    for path in (root / "content/about").glob("*.md"):
        path.write_text(path.read_text().replace("\n---", "\nlayout: team\n---", 1))
    assert run("confirm", "--all", "--yes", root=root).status == 0
    strict = run("check", "--strict", "--today", "2027-03-10", root=root)
    assert (strict.status, strict.out) == (0, "")
    assert run("build", "--today", "2027-03-10", root=root).status == 0
    about = (root / "public/de/wer-wir-sind/index.html").read_text()
    for word in ("Anna Peeters", "Vorsitzende", "Lieder", "2021"):
        assert word in about
    agenda = (root / "public/fr/rendez-vous/index.html").read_text()
    assert agenda.count("<time") >= 3
    assert (root.parent / "for-nginx/_nginx.conf").is_file()


def test_what_the_guides_name_exists() -> None:
    for path in GUIDES.values():
        text = path.read_text(encoding="utf-8")
        for name in (
            "assets/mark.svg",
            "icon.svg",
            "share/background.png",
            "tokens.css",
            "own.css",
        ):
            assert name in text
            assert list((ROOT / "diptych/theme").rglob(name.rpartition("/")[2]))
