"""`upgrade`: both versions build the site, and what differs is shown before anything is written."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.disk import versions
from tests.conftest import ROOT, Ran, write_site

OLD, NEW = "1a2b3c4d5e6f", "9f8e7d6c5b4a"
ADDRESS = "https://example.org/owner/diptych"
Run = Callable[..., Ran]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_site(tmp_path / "site", {})
    (root / "requirements.txt").write_text(f"# the program\ndiptych @ git+{ADDRESS}@{OLD}\n")
    return root


def other(tmp_path: Path, change: str = "") -> Path:
    """The command of a version that is this one, but for a change of its code."""
    command = tmp_path / "diptych"
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\nfrom diptych.cli import main\n"
        f"{change}\nsys.exit(main(root=Path.cwd()))\n"
    )
    (tmp_path / "other.py").write_text(code)
    command.write_text(f'#!/bin/sh\nexec {sys.executable} {tmp_path / "other.py"} "$@"\n')
    command.chmod(0o755)
    return command


CHANGE = """
import shutil
import diptych.pipeline.making as making
shutil.rmtree('.cache', ignore_errors=True)  # of a program that is another
making.with_directions = lambda html: html.replace('Wij spreken.', 'Wij zingen.')
"""


def test_the_same_program_changes_nothing(run: Run, root: Path, tmp_path: Path) -> None:
    ran = run("upgrade", "--to", NEW, "--command", other(tmp_path), root=root)
    assert ran.status == 0
    assert "robots.txt" not in ran.out
    assert f"diptych @ git+{ADDRESS}@{NEW}" in ran.err
    assert OLD in (root / "requirements.txt").read_text()
    assert not (root / "public").exists()


def test_yes_writes_the_newer_version_and_nothing_else(
    run: Run, root: Path, tmp_path: Path
) -> None:
    assert run("upgrade", "--to", NEW, "--yes", "--command", other(tmp_path), root=root).status == 0
    assert (root / "requirements.txt").read_text() == (
        f"# the program\ndiptych @ git+{ADDRESS}@{NEW}\n"
    )


def test_what_another_program_makes_is_shown(run: Run, root: Path, tmp_path: Path) -> None:
    change = CHANGE.replace("'.cache'", repr(str(root / ".cache")))
    ran = run("upgrade", "--to", NEW, "--command", other(tmp_path, change), root=root)
    assert ran.status == 0
    assert "~~spreken" in ran.out
    assert "zingen" in ran.out
    assert "**Welkom** (Nederlands), changed" in ran.out


def test_its_messages_name_commands_as_they_are_called_here(
    run: Run, root: Path, tmp_path: Path
) -> None:
    """The newer version stands in a folder that is gone when somebody reads what it said."""
    newer = tmp_path / "diptych"
    said = f"print('then: {newer} --root {root.resolve()} confirm about')"
    ran = run("upgrade", "--to", NEW, "--command", other(tmp_path, said), root=root)
    (line,) = (each for each in ran.out.splitlines() if each.startswith("then: "))
    assert line.endswith(" confirm about")
    assert str(newer) not in line
    again = run("explain", "nothing", root=root).err
    assert line.removeprefix("then: ").removesuffix(" confirm about") in again


def test_a_version_that_builds_nothing_is_not_taken(run: Run, root: Path, tmp_path: Path) -> None:
    broken = other(tmp_path, "print('broken'); sys.exit(1)")
    ran = run("upgrade", "--to", NEW, "--yes", "--command", broken, root=root)
    assert (ran.status, "broken" in ran.out) == (1, True)
    assert OLD in (root / "requirements.txt").read_text()


def test_the_newest_one_is_asked_of_the_repository(run: Run, root: Path, tmp_path: Path) -> None:
    """A repository on this computer: no network."""
    repository = tmp_path / "repository"
    for words in (
        ["init", "-q", str(repository)],
        [
            "-C",
            str(repository),
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            "x",
        ],
    ):
        subprocess.run(["git", *words], check=True)
    head = subprocess.run(
        ["git", "-C", str(repository), "rev-parse", "HEAD"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    line = f"diptych @ git+file://{repository}@{head}\n"
    (root / "requirements.txt").write_text(line)
    ran = run("upgrade", root=root)
    assert (ran.status, head in ran.err) == (0, True)
    (root / "requirements.txt").write_text(line.replace(head, OLD))
    ran = run("upgrade", "--command", other(tmp_path), root=root)
    assert (
        f"diptych @ git+file://localhost{repository}@{head}" in ran.err
    )  # as old pips read it too


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("git+file:///srv/diptych.git@1a2b3c4", "git+file://localhost/srv/diptych.git@1a2b3c4"),
        ("git+file://localhost/srv/diptych", "git+file://localhost/srv/diptych"),
        ("git+file:///C:/diptych", "git+file:///C:/diptych"),
        ("git+https://example.org/x@1a2b3c4", "git+https://example.org/x@1a2b3c4"),
        ("git+ssh://git@example.org/x", "git+ssh://git@example.org/x"),
    ],
)
def test_an_address_that_every_pip_reads(address: str, wanted: str) -> None:
    assert versions.for_pip(address) == wanted


@pytest.mark.parametrize(
    "program", ["git+file:///srv/x@1a2b3c4", "git+https://h.example/x@1a2b3c4"]
)
def test_a_new_site_names_the_program_as_every_pip_reads_it(
    run: Run, tmp_path: Path, program: str
) -> None:
    wishes = [
        "--languages",
        "en",
        "--name",
        "A",
        "--address",
        "https://a.example",
        "--host",
        "nginx",
    ]
    call = ("init", tmp_path / "new", *wishes, "--program", program)
    assert run(*call, root=tmp_path).status == 0
    line = (tmp_path / "new/requirements.txt").read_text()
    assert line == f"diptych @ {versions.for_pip(program)}\n"


def test_the_other_version_is_installed_without_running_code_of_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pip gets `--only-binary :all:`; it still builds what is named by the address of a repository."""
    calls: list[list[str]] = []

    def noted(words: list[str], *, check: bool) -> subprocess.CompletedProcess[bytes]:
        calls.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(subprocess, "run", noted)
    wanted = f"diptych @ git+{ADDRESS}@{NEW}"
    with versions.version(wanted) as command:
        assert command is not None
    (install,) = (words for words in calls if "install" in words)
    assert install[install.index("--only-binary") + 1] == ":all:"
    assert install[-1] == wanted
    assert "--no-binary" not in install


@pytest.mark.parametrize(
    ("windows", "python", "command"),
    [
        (False, "bin/python", "bin/diptych"),
        (True, "Scripts/python.exe", "Scripts/diptych.exe"),
    ],
)
def test_the_programs_of_an_environment_are_where_its_system_puts_them(
    windows: bool, python: str, command: str
) -> None:
    found = versions.programs(Path("beside"), windows=windows)
    assert found == (Path("beside") / python, Path("beside") / command)


def test_every_line_that_installs_the_program_asks_for_built_libraries() -> None:
    """Those of the guides, and those that `init` writes."""
    files = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "diptych/skeleton").rglob("*")]
    lines = [
        line
        for path in files
        if path.is_file()
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"pip install .*(?:diptych@|-r |--requirement )", line)
    ]
    assert len(lines) >= 6
    assert [line for line in lines if "--only-binary :all:" not in line] == []


def test_a_site_that_names_no_version_is_told(run: Run, root: Path) -> None:
    (root / "requirements.txt").unlink()
    ran = run("upgrade", root=root)
    assert (ran.status, "requirements.txt" in ran.err) == (2, True)
