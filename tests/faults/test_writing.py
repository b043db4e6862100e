"""Writing sources under attack: killed at every step, a full or broken disk at every step, and an
editor who saves at every step. After each, once the next command has run, either every file of the act
is what the command wrote or every file is what it was, and what the editor saved is there.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from diptych.cli import main
from diptych.disk import SourceChanged, WriteRefused, read_tree, take_back, write_sources
from diptych.model import File, Tree
from tests.conftest import Ran, blank_pdf, write_files, write_site
from tests.faults.test_publishing import FAILED, FINISHED, KILLED, at_step, in_a_child, killed

SOURCES = importlib.import_module("diptych.disk.sources")
STEPS = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.link",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.chown",
    "os.scandir",
    "shutil.rmtree",
    "ctypes.dlopen",
    "ctypes.dlsym",
    "fcntl.flock",
}
WRITES = {"os.mkdir", "os.rename", "os.link", "os.remove", "os.chmod", "os.chown"}
MOST = 300  # steps of an act, more than any has

NL, FR = "content/about/nl.md", "content/about/fr.md"
LOCK, ADDRESSES = "content/about/translations.lock", "content/addresses.lock"
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"""


def files_of(root: Path) -> dict[str, bytes]:
    """Every file below `content/`, hidden ones too."""
    found = (path for path in (root / "content").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def restored(root: Path, files: Mapping[str, bytes]) -> None:
    """Makes `content/` hold these files again, and nothing else."""
    for path in files_of(root).keys() - files.keys():
        (root / path).unlink()
    write_files(root, files)


# --- the acts: what a command writes, worked out once


@pytest.fixture(scope="module")
def acts(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[Path, dict[str, bytes | None], Tree]]:
    """For each command: a site, the files that the command writes there, and what it read."""
    made: dict[str, tuple[Path, dict[str, bytes | None], Tree]] = {}
    for name, arrange in ARRANGED.items():
        root = write_site(tmp_path_factory.mktemp(name))
        arguments = arrange(root)
        read = read_tree(root).value
        files: dict[str, bytes | None] = {}
        with pytest.MonkeyPatch.context() as patch:
            for module in ("fix", "import_", "confirm", "take_down"):
                room = importlib.import_module(f"diptych.cli.{module}")
                patch.setattr(room, "write_sources", recorder(files))
            assert main(arguments, root=root) == 0
        assert len(files) >= 2, f"{name} writes several files in one act"
        assert any(read.get(path) for path in files), f"{name} replaces one"
        made[name] = root, files, read
    return made


def recorder(files: dict[str, bytes | None]) -> Callable[..., tuple[str, ...]]:
    def record(root: Path, given: Mapping[str, str | bytes | None], read: Tree) -> tuple[str, ...]:
        files.update({p: d.encode() if isinstance(d, str) else d for p, d in given.items()})
        return tuple(given)

    return record


def fixing(root: Path) -> list[str]:
    """Two pages without a line break at their end."""
    for path in (NL, FR):
        (root / path).write_bytes((root / path).read_bytes().rstrip() + b"\r\n\r\n")
    return ["fix"]


def importing(root: Path) -> list[str]:
    """A page that French lacks, and a text that changes: a page and its lock are made."""
    (root / FR).unlink()
    with (root / "content/home/nl.md").open("a", encoding="utf-8") as home:
        home.write("\nEn dit is nieuw.\n")
    po = root / "fr.po"
    assert main(["export", "fr", "--output", str(po)], root=root) == 0
    lines = po.read_text(encoding="utf-8").split("\n")
    said = {
        "En dit is nieuw.": "Et ceci est neuf.",
        "Over ons": "Qui",
        "Tekst.": "Texte.",
        "Wie": "Qui",
        "Wij.": "Nous.",
    }
    for number, line in enumerate(lines[:-1]):
        text = line.removeprefix('msgid "').removesuffix('"')
        if line.startswith('msgid "') and text in said and lines[number + 1] == 'msgstr ""':
            lines[number + 1] = f'msgstr "{said[text]}"'
    po.write_text("\n".join(lines), encoding="utf-8")
    return ["import", str(po)]


def confirming(root: Path) -> list[str]:
    """Two files: the lock of the page, and the addresses."""
    (root / ADDRESSES).write_bytes(b"")
    assert main(["remember"], root=root) == 0
    (root / NL).write_bytes((root / NL).read_bytes().replace(b"Over ons", b"Wie wij zijn"))
    return ["confirm", "about"]


def taking_down(root: Path) -> list[str]:
    """A page with all its files goes, and others change: the menu, and the page that leads there."""
    (root / ADDRESSES).write_bytes(b"")
    assert main(["remember"], root=root) == 0
    (root / "content/about/sheet.pdf").write_bytes(blank_pdf())
    with (root / "content/home/nl.md").open("a", encoding="utf-8") as home:
        home.write("\nLees [wie wij zijn](page:about).\n")
    return ["take-down", "about"]


ARRANGED = {
    "fix": fixing,
    "import": importing,
    "confirm": confirming,
    "take-down": taking_down,
}


@pytest.fixture(params=list(ARRANGED))
def act(
    request: pytest.FixtureRequest, acts: dict[str, tuple[Path, dict[str, bytes | None], Tree]]
) -> Iterator[tuple[Path, dict[str, bytes | None], Tree]]:
    root, files, read = acts[request.param]
    before = files_of(root)
    yield root, files, read
    restored(root, before)


@pytest.fixture(params=["exchange", "two renames", "mounted"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system can swap two files, where it cannot, and where content/ is another disk."""
    if request.param == "two renames":
        monkeypatch.setattr(SOURCES, "exchange", lambda one, other: False)
    if request.param == "mounted":
        mount_content(monkeypatch)


def mount_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rename and no link between content/ and the rest, as when that folder is mounted."""
    for name in ("rename", "link"):
        monkeypatch.setattr(os, name, on_one_disk(getattr(os, name)))
    real = SOURCES.exchange
    monkeypatch.setattr(
        SOURCES, "exchange", lambda one, other: same_disk(one, other) and real(one, other)
    )


def on_one_disk(real: Callable[..., None]) -> Callable[..., None]:
    def move(one: Path, other: Path) -> None:
        if not same_disk(one, other):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(one))
        real(one, other)

    return move


def same_disk(one: Path, other: Path) -> bool:
    return ("content" in Path(one).parts) == ("content" in Path(other).parts)


def assert_nothing_left(root: Path, step: int) -> None:
    found = [path for path in root.rglob(".*") if path.name != ".cache"]
    assert found == [], f"left over from step {step}"


# --- killed


@pytest.mark.usefixtures("system")
def test_killed_at_every_call(act: tuple[Path, dict[str, bytes | None], Tree]) -> None:
    root, files, read = act
    old = files_of(root)
    new = {path: data for path, data in (old | files).items() if data is not None}
    ends = set()
    for number in range(1, MOST):

        def write_until_killed(number: int = number) -> None:
            at_step(number, killed, STEPS)
            write_sources(root, files, read)

        status = in_a_child(write_until_killed)
        take_back(root)
        found = files_of(root)
        assert found in (old, new), f"killed at step {number}"
        assert_nothing_left(root, number)
        ends.add("new" if found == new else "old")
        restored(root, old)
        if status == FINISHED:
            break
        assert status == KILLED
    assert status == FINISHED
    assert number > 20
    assert ends == {"old", "new"}


@pytest.mark.usefixtures("system")
def test_killed_while_it_takes_back(act: tuple[Path, dict[str, bytes | None], Tree]) -> None:
    """The next command is killed as well, at every call, and the one after that ends it."""
    root, files, read = act
    old = files_of(root)
    last = 1
    while at_end(root, files, read, last, old) == old:
        last += 1
    last -= 1
    for number in range(1, MOST):

        def write_until_killed() -> None:
            at_step(last, killed, STEPS)
            write_sources(root, files, read)

        def take_back_until_killed(number: int = number) -> None:
            at_step(number, killed, STEPS)
            take_back(root)

        in_a_child(write_until_killed)
        status = in_a_child(take_back_until_killed)
        take_back(root)
        assert files_of(root) == old, f"killed at step {number}"
        assert_nothing_left(root, number)
        if status == FINISHED:
            break
    assert status == FINISHED


def at_end(
    root: Path, files: dict[str, bytes | None], read: Tree, number: int, old: dict[str, bytes]
) -> dict[str, bytes]:
    """What the files are when writing was killed at a step and then taken back."""

    def write_until_killed() -> None:
        at_step(number, killed, STEPS)
        write_sources(root, files, read)

    in_a_child(write_until_killed)
    take_back(root)
    found = files_of(root)
    restored(root, old)
    return found


# --- the disk refuses


@pytest.mark.parametrize(
    ("system", "code", "lasting"),
    [
        ("exchange", errno.ENOSPC, False),
        ("exchange", errno.EIO, True),
        ("two renames", errno.EIO, False),
        ("mounted", errno.ENOSPC, True),
    ],
    indirect=["system"],
)
@pytest.mark.usefixtures("system")
def test_every_call_can_fail(
    act: tuple[Path, dict[str, bytes | None], Tree], code: int, lasting: bool
) -> None:
    root, files, read = act
    old = files_of(root)
    new = {path: data for path, data in (old | files).items() if data is not None}
    refused = 0
    for number in range(1, MOST):
        seen: list[str] = []

        def write_until_failed(number: int = number, seen: list[str] = seen) -> int:
            def fails(event: str) -> None:
                seen.append(event)
                raise OSError(code, os.strerror(code), event)

            failing_from(number, fails) if lasting else at_step(
                number, fails, WRITES | {"open for writing"}
            )
            write_sources(root, files, read)
            return FINISHED if not seen else 5

        status = in_a_child(write_until_failed)
        take_back(root)
        found = files_of(root)
        assert found == (old if status == FAILED else new), f"failed at step {number}"
        assert_nothing_left(root, number)
        restored(root, old)
        refused += status == FAILED
        if status == FINISHED:
            break
    assert status == FINISHED
    assert refused > 8


def failing_from(number: int, fails: Callable[[str], None]) -> None:
    """Every writing call from the n-th on."""
    for each in range(number, MOST):
        at_step(each, fails, WRITES | {"open for writing"})


# --- an editor saves


def saved(path: Path, text: bytes) -> None:
    """As vim and VS Code do: over the file."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)


def saved_beside(path: Path, text: bytes) -> None:
    """As others do: beside the file, then in its place."""
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name("saved~")
    beside.write_bytes(text)
    beside.replace(path)


@pytest.mark.parametrize(
    ("system", "save"),
    [
        ("exchange", saved),
        ("exchange", saved_beside),
        ("two renames", saved),
        ("mounted", saved_beside),
    ],
    indirect=["system"],
)
@pytest.mark.usefixtures("system")
def test_a_save_at_any_call_is_kept(
    act: tuple[Path, dict[str, bytes | None], Tree], save: Callable[[Path, bytes], None]
) -> None:
    """What an editor saved is there in the end; of the other files all are new or all are old."""
    root, files, read = act
    old = files_of(root)
    new = {path: data for path, data in (old | files).items() if data is not None}
    text = "één regel die iemand bewaart\n".encode()
    statuses = set()
    for path in files:
        for number in range(1, MOST):

            def write_beside_an_editor(number: int = number, path: str = path) -> int:
                done: list[bool] = []

                def saves(_: str) -> None:
                    if not done:
                        done.append(True)
                        save(root / path, text)

                at_step(number, saves, STEPS)
                try:
                    write_sources(root, files, read)
                except SourceChanged:
                    return 6
                return FINISHED if not done else 5

            status = in_a_child(write_beside_an_editor)
            statuses.add(status)
            take_back(root)
            found = files_of(root)
            if status == FINISHED:
                assert found == new
                restored(root, old)
                break
            assert found.get(path) == text, f"saved at step {number}"
            others = {name: data for name, data in found.items() if name != path}
            expected = old if status == 6 else new
            assert others == {n: d for n, d in expected.items() if n != path}, f"step {number}"
            assert_nothing_left(root, number)
            restored(root, old)
    assert statuses == {FINISHED, 5, 6}


@pytest.mark.usefixtures("system")
def test_a_save_after_a_kill_is_kept(act: tuple[Path, dict[str, bytes | None], Tree]) -> None:
    """Killed at every call, then an editor saves one of the files, then the next command comes."""
    root, files, read = act
    old = files_of(root)
    new = {path: data for path, data in (old | files).items() if data is not None}
    text = b"saved after the power came back\n"
    path = next(iter(files))
    for number in range(1, MOST):

        def write_until_killed(number: int = number) -> None:
            at_step(number, killed, STEPS)
            write_sources(root, files, read)

        status = in_a_child(write_until_killed)
        saved(root / path, text)
        take_back(root)
        found = files_of(root)
        assert found.pop(path) == text, f"killed at step {number}"
        assert found in [{n: d for n, d in each.items() if n != path} for each in (old, new)]
        assert_nothing_left(root, number)
        restored(root, old)
        if status == FINISHED:
            break
    assert status == FINISHED


# --- what stays, what is refused: three kinds of file each

THREE = (NL, LOCK, "i18n/nl/LC_MESSAGES/messages.po")


def one(root: Path, path: str, data: bytes) -> Tree:
    write_files(root, {path: data})
    return Tree((File(path, data),))


@pytest.mark.parametrize("path", THREE)
def test_line_ends_and_mark_stay(tmp_path: Path, path: str) -> None:
    read = one(tmp_path, path, b"\xef\xbb\xbfeen\r\ntwee\r\n")
    assert write_sources(tmp_path, {path: "een\ndrie\n"}, read) == (path,)
    assert (tmp_path / path).read_bytes() == b"\xef\xbb\xbfeen\r\ndrie\r\n"
    assert write_sources(tmp_path, {path: "een\ntwee\n"}, read) == ()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
@pytest.mark.parametrize("path", THREE)
def test_the_mode_stays(tmp_path: Path, path: str, mode: int) -> None:
    read = one(tmp_path, path, b"een\n")
    (tmp_path / path).chmod(mode)
    write_sources(tmp_path, {path: "twee\n"}, read)
    assert (tmp_path / path).stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("path", THREE)
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path, path: str) -> None:
    write_sources(tmp_path, {path: "een\n"}, Tree(()))
    (tmp_path / "usual").touch()
    assert (tmp_path / path).stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("path", THREE)
@pytest.mark.parametrize("what", ["file", "folder", "broken"])
def test_a_link_is_refused(tmp_path: Path, path: str, what: str) -> None:
    root, away = tmp_path / "site", tmp_path / "away"
    read = one(root, path, b"een\n")
    if what == "folder":
        (root / path).parent.rename(away)
        (root / path).parent.symlink_to(away)
    else:
        (root / path).rename(away)
        (root / path).symlink_to(away if what == "file" else tmp_path / "nowhere")
    with pytest.raises(WriteRefused, match="is a link"):
        write_sources(root, {path: "twee\n"}, read)
    found = away / Path(path).name if what == "folder" else away
    assert found.read_bytes() == b"een\n"
    assert not (root / ".diptych").exists()


@pytest.mark.parametrize("path", THREE)
def test_what_is_read_only_is_refused(tmp_path: Path, path: str) -> None:
    read = one(tmp_path, path, b"een\n")
    (tmp_path / path).chmod(0o444)
    with pytest.raises(WriteRefused, match="is read-only; nothing was written"):
        write_sources(tmp_path, {path: "twee\n", "content/other.md": "x"}, read)
    assert (tmp_path / path).read_bytes() == b"een\n"
    assert not (tmp_path / "content/other.md").exists()


@pytest.mark.parametrize("path", THREE)
@pytest.mark.parametrize("gone", ["file", "folder", "made"])
def test_a_file_that_came_or_went_meanwhile_is_refused(
    tmp_path: Path, path: str, gone: str
) -> None:
    read = one(tmp_path, path, b"een\n")
    if gone == "made":
        read = Tree(())
    else:
        (tmp_path / path).unlink()
        if gone == "folder":
            (tmp_path / path).parent.rmdir()
    there = (tmp_path / path).exists()
    with pytest.raises(SourceChanged, match="was changed meanwhile; nothing was written"):
        write_sources(tmp_path, {path: "twee\n", "schemas/new.json": "{}"}, read)
    assert (tmp_path / path).exists() == there
    assert not (tmp_path / "schemas").exists(), "a folder that was made for it is gone too"
    assert not (tmp_path / ".diptych").exists()


# --- commands, whole


def test_a_file_that_changes_while_a_command_works_ends_with_1(
    tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)
    write_files(root, {NL: "---\ntitle: Over ons\n---\n\nTekst.   \n\n\n\n"})
    module = importlib.import_module("diptych.cli.fix")
    whole = module.mend

    def slow(*arguments: object) -> object:
        mended = whole(*arguments)
        write_files(root, {NL: "iemand was sneller\n"})
        return mended

    monkeypatch.setattr(module, "mend", slow)
    result = run("fix", root=root)
    assert result.status == 1
    assert (
        result.err.splitlines()[-1] == f"{NL} was changed meanwhile; nothing was written, try again"
    )
    assert (root / NL).read_text() == "iemand was sneller\n"


@pytest.mark.parametrize("command", [("status",), ("check",), ("fix",)])
def test_the_next_command_says_that_it_took_back(
    tmp_path: Path, run: Callable[..., Ran], command: tuple[str, ...]
) -> None:
    root = write_site(tmp_path)
    read = read_tree(root).value
    old = files_of(root)

    def write_until_killed() -> None:
        real = SOURCES._put
        seen: list[object] = []

        def put(*arguments: object) -> None:
            real(*arguments)
            seen.append(arguments)
            if len(seen) == 2:
                os._exit(KILLED)

        vars(SOURCES)["_put"] = put
        write_sources(root, {NL: "x\n", FR: "y\n", "content/new/nl.md": "z\n"}, read)

    assert in_a_child(write_until_killed) == KILLED
    assert (root / NL).read_bytes() == b"x\n"
    write_files(root, {FR: old[FR] + b"\nEt plus.\n"})
    result = run(*command, root=root)
    assert result.err.splitlines()[:2] == [
        "a command was stopped while it wrote; what it had begun was taken back",
        f"{FR}: left as it is, since it was saved after that",
    ]
    assert files_of(root) == old | {FR: old[FR] + b"\nEt plus.\n"}


def test_git_finds_nothing_of_it(tmp_path: Path) -> None:
    """In a fresh repository without a .gitignore, whenever the writing was killed."""
    root = write_site(tmp_path)
    read = read_tree(root).value
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)
    for number in range(1, MOST):

        def write_until_killed(number: int = number) -> None:
            at_step(number, killed, STEPS)
            write_sources(root, {NL: "x\n", FR: "y\n"}, read)

        status = in_a_child(write_until_killed)
        listing = [*git, "ls-files", "--others", "--exclude-standard"]
        found = subprocess.run(listing, check=True, capture_output=True, text=True).stdout
        assert found == "", f"killed at step {number}"
        if status == FINISHED:
            break


@pytest.mark.parametrize(
    "path", ["../outside.md", "/outside.md", ".git/hooks/pre-commit", "a/../b"]
)
def test_a_journal_cannot_lead_outside(tmp_path: Path, path: str) -> None:
    """A folder `.diptych` may come with somebody's pull request."""
    step = {"path": path, "new": "1", "before": "2"}
    journal = json.dumps({"files": [step], "folders": []})
    files = {".diptych/0": "of a stranger", ".diptych/journal.json": journal}
    root = write_files(tmp_path / "site", files)
    take_back(root)
    assert [p.name for p in tmp_path.rglob("*")] == ["site"]


@pytest.mark.parametrize("journal", ["", "{", "[]", '{"files": [1], "folders": []}', "\x00"])
def test_a_damaged_journal_is_swept(tmp_path: Path, journal: str) -> None:
    root = write_files(tmp_path, {".diptych/journal.json": journal, ".diptych/0": "x"})
    take_back(root)
    assert not (root / ".diptych").exists()


def test_what_is_in_the_way_is_named(tmp_path: Path, run: Callable[..., Ran]) -> None:
    root = write_site(tmp_path)
    write_files(root, {".diptych": "a file", NL: "---\ntitle: Over ons\n---\n\nTekst.\n\n\n\n"})
    result = run("fix", root=root)
    assert result.status == 3
    assert result.err.splitlines()[-1] == (
        f"{root}/.diptych is in the way; look what it is, and move or delete it"
    )


NOTED = """\
# Which word stands for which.

# A second note.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

# Of the translator.
#: templates/page.html
msgid "One"
msgstr "Een"

# A note at the end.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_messages_keeps_line_ends_and_comments(
    tmp_path: Path, run: Callable[..., Ran], ends: str, mark: bytes
) -> None:
    path = "i18n/nl/LC_MESSAGES/messages.po"
    own = (
        "{% extends 'theme/page.html' %}{% block title %}{{ _('One') }}{{ _('New') }}{% endblock %}"
    )
    root = write_site(tmp_path, {path: NOTED.encode(), "templates/page.html": own})
    (root / path).write_bytes(mark + NOTED.replace("\n", ends).encode())
    for _ in range(2):
        assert run("messages", root=root).status == 0
        data = (root / path).read_bytes()
        assert data.startswith(mark)
        assert data.count(b"\r") == (data.count(b"\n") if ends == "\r\n" else 0)
        text = data.removeprefix(mark).decode().replace("\r\n", "\n")
        assert text.startswith("# Which word stands for which.\n\n# A second note.\nmsgid")
        assert 'msgid "New"' in text
        assert '# Of the translator.\n#: templates/page.html\nmsgid "One"' in text
        assert text.endswith("\n\n# A note at the end.\n")
        assert text.count("note") == 2
