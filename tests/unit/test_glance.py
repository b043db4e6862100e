"""The first glance: when nothing changed nothing is imported, and whatever changed is seen."""

from __future__ import annotations

import datetime
import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from diptych import glance
from diptych.bodies import BodyLost
from diptych.cli import again, main
from diptych.diagnostics import say
from diptych.disk import OutputRefused, Publication, publish, verify
from diptych.pipeline import Build, build_site
from tests.conftest import ROOT, SITE_YAML, files_read, write_site

LIBRARIES = {
    "PIL",
    "babel",
    "icalendar",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "slugify",
    "sqlite3",
    "yaml",
}
OLD = 1_600_000_000  # seconds: long before any record
Look = Callable[..., bool]


def age(root: Path) -> None:
    """All files are from long ago, so that none is looked into for being young."""
    for path in root.rglob("*"):
        if path.is_file() and ".cache" not in path.parts:
            os.utime(path, (OLD, OLD))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that was built once, whose files are old."""
    root = write_site(tmp_path / "site")
    age(root)
    assert main(["build"], root=root) == 0
    age(root)
    assert main(["build"], root=root) == 0
    return root


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch, root: Path) -> Look:
    """Whether a call is answered at a glance, without a build and without publishing."""
    module = sys.modules["diptych.cli.main"]
    whole = {name: getattr(module, name) for name in ("_run", "_published_again")}

    def answered(*call: str, at: Path = root) -> bool:
        ran: list[str] = []

        def noted(name: str, *given: object) -> object:
            ran.append(name)
            return whole[name](*given)

        for name in whole:
            monkeypatch.setattr(module, name, partial(noted, name))
        assert main([*(call or ("build",))], root=at) in (0, 1)
        return not ran

    return answered


def build_in_a_process(root: Path) -> tuple[set[str], set[str], str]:
    """Of a build in a new process: the packages and modules that it imported, the modules of the
    program among them, and what it said.
    """
    code = (
        "import sys; from pathlib import Path; from diptych.cli import main\n"
        "status = main(root=Path(sys.argv.pop(1)))\n"
        "print(*sorted(sys.modules)); sys.exit(status)"
    )
    call = [sys.executable, "-c", code, str(root), "build"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    imported = {each.partition(".")[0] for each in modules} | {*modules}
    own = {each for each in modules if each.partition(".")[0] == "diptych"}
    return imported, own, done.stderr


def test_when_nothing_changed_nothing_is_imported(root: Path) -> None:
    for _ in range(2):
        imported, own, said = build_in_a_process(root)
    assert not imported & LIBRARIES
    assert own == {
        "diptych",
        "diptych.cli",
        "diptych.cli.main",
        "diptych.glance",
    }
    assert "is already up to date" in said


FOR_A_FEW = {  # what an edit of a text needs nothing of
    "PIL",
    "babel.messages",
    "brotli",
    "bs4",
    "http.client",
    "icalendar",
    "livereload",
    "markdownify",
    "pagefind_bin",
    "pikepdf",
    "pillow_heif",
    "pymdownx",  # only texts with addresses need it
    "ssl",
    "subprocess",
    "tinycss2",
    "tornado",
    "watchfiles",
}
FOR_MARKDOWN = {"markdown"}


def test_after_an_edit_only_what_the_edit_needs_is_imported(root: Path) -> None:
    build_in_a_process(root)
    text = root / "content/about/nl.md"
    text.write_text(text.read_text() + "\nNog een zin.\n")
    imported, own, said = build_in_a_process(root)
    assert "published" in said
    assert not imported & FOR_A_FEW
    assert imported >= FOR_MARKDOWN
    assert not {each for each in own if each.startswith(("diptych.preview", "diptych.importing"))}


def test_markdown_is_imported_only_to_convert_a_text(root: Path) -> None:
    build_in_a_process(root)
    write_site(root, {"templates/partials/own.html": "<p>x</p>"})
    (root / "public/robots.txt").unlink()
    imported, _, said = build_in_a_process(root)
    assert "published" in said
    assert not imported & FOR_MARKDOWN


def outputs_gone(root: Path) -> None:
    shutil.rmtree(root / "public")


def one_output_gone(root: Path) -> None:
    (root / "public/robots.txt").unlink()


def one_output_altered(root: Path) -> None:
    (root / "public/nl/index.html").write_text("x")


LOSSES = [outputs_gone, one_output_gone, one_output_altered]


def tree_of(root: Path) -> dict[str, bytes]:
    files = (path for path in (root / "public").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("loss", LOSSES)
def test_lost_outputs_are_published_again_without_a_build(
    loss: Callable[[Path], None], root: Path
) -> None:
    build_in_a_process(root)
    before = tree_of(root)
    loss(root)
    imported, _, said = build_in_a_process(root)
    assert tree_of(root) == before
    assert imported & LIBRARIES == {"msgspec", "sqlite3"}
    assert f"{len(before) - 1} files published" in said
    _, own, said = build_in_a_process(root)
    assert "diptych.cli.again" not in own
    assert "up to date" in said


def test_the_manifest_is_published_again_with_its_day(root: Path) -> None:
    agenda = '- id: walk\n  title: {nl: Wandeling, fr: Balade}\n  dates: ["2099-01-01"]\n'
    write_site(root, {"content/about/agenda.yaml": agenda})
    build_in_a_process(root)
    before = tree_of(root)
    assert "day" in json.loads(before["public/release.json"])
    outputs_gone(root)
    imported, _, _ = build_in_a_process(root)
    assert "jinja2" not in imported
    assert tree_of(root) == before


def of_another_machine(root: Path, tmp_path: Path) -> None:
    """All files get other times and inodes."""
    moved = tmp_path / "old"
    root.rename(moved)
    shutil.copytree(moved, root, copy_function=shutil.copy)


def test_a_restored_cache_publishes_without_a_build(root: Path, tmp_path: Path) -> None:
    build_in_a_process(root)
    before = tree_of(root)
    of_another_machine(root, tmp_path)
    outputs_gone(root)
    imported, _, _ = build_in_a_process(root)
    assert tree_of(root) == before
    assert not imported & {"jinja2", "yaml", "babel"}


def no_store(root: Path) -> None:
    (root / ".cache/results.sqlite").unlink()


def damaged_store(root: Path) -> None:
    path = root / ".cache/results.sqlite"
    data = bytearray(path.read_bytes())
    for place in range(5000, len(data), 400):
        data[place] ^= 0x15
    path.write_bytes(data)


def a_body_is_missing(root: Path) -> None:
    connection = sqlite3.connect(root / ".cache/results.sqlite")
    connection.execute("DELETE FROM bodies WHERE stage = 'published'")
    connection.commit()
    connection.close()


def other_bodies(root: Path) -> None:
    connection = sqlite3.connect(root / ".cache/results.sqlite")
    connection.execute("UPDATE bodies SET value = x'91c400'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [no_store, damaged_store, a_body_is_missing, other_bodies])
@pytest.mark.parametrize("loss", LOSSES)
def test_what_the_cache_lacks_is_built(
    loss: Callable[[Path], None], damage: Callable[[Path], None], root: Path
) -> None:
    before = tree_of(root)
    loss(root)
    damage(root)
    assert main(["build"], root=root) == 0
    assert tree_of(root) == before


@pytest.mark.parametrize(
    "failure", [OSError(errno.ENOSPC, "full"), BodyLost("page"), OutputRefused(say("refused"))]
)
def test_a_build_publishes_where_publishing_from_the_cache_fails(
    failure: Exception, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def failing(*_: object, **__: object) -> None:
        tried.append(failure)
        raise failure

    before = tree_of(root)
    outputs_gone(root)
    monkeypatch.setattr(again, "publish", failing)
    assert main(["build"], root=root) == 0
    assert tried == [failure]
    assert tree_of(root) == before


def drawing_on_a_page(root: Path) -> Path:
    """Puts a drawing on a page. Its source is published unchanged."""
    drawing = root / "content/about/map.svg"
    shape = '<path d="M0 0h9"/>' * 50
    drawing.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">{shape}</svg>\n'
    )
    text = root / "content/about/nl.md"
    text.write_text(text.read_text() + "\n![Een kaart van de stad](map.svg)\n")
    return drawing


def test_a_drawing_is_published_again_from_its_source(root: Path) -> None:
    """The store does not hold the bytes of the drawing, since the source has them."""
    drawing = drawing_on_a_page(root)
    assert main(["build"], root=root) == 0
    before = tree_of(root)
    assert drawing.read_bytes() in before.values()
    for _, data in stored_bodies(root):
        assert drawing.read_bytes() not in data
    outputs_gone(root)
    build_in_a_process(root)
    assert tree_of(root) == before
    drawing.write_text(drawing.read_text().replace("M0", "M1"))
    outputs_gone(root)
    assert main(["build"], root=root) == 0
    assert drawing.read_bytes() in tree_of(root).values()


def test_a_source_that_changes_while_it_is_published_is_built_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = drawing_on_a_page(root)
    assert main(["build"], root=root) == 0
    outputs_gone(root)
    shutil.rmtree(root / ".cache/standby")  # which holds the drawing too

    def changing(*given: Any, **named: Any) -> Publication:
        drawing.write_text(drawing.read_text().replace("M0", "M1"))
        return publish(*given, **named)

    monkeypatch.setattr(again, "publish", changing)
    assert main(["build"], root=root) == 0
    assert b"M1" in drawing.read_bytes()
    assert drawing.read_bytes() in tree_of(root).values()
    assert verify(root / "public") == ()


def test_a_source_that_changes_during_the_first_build_is_built_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The states of the sources are listed before the files are read. A file that replaces another may
    keep an old time of its own (`cp -p`), so its time alone shows no change.
    """
    (root / ".cache/build.json").unlink()
    text = root / "content/about/nl.md"

    def changing(*given: Any, **named: Any) -> Build:
        build = build_site(*given, **named)
        text.write_text(text.read_text() + "\nNog een zin.\n")
        os.utime(text, ns=(10**18, 10**18))
        return build

    with monkeypatch.context() as during:
        during.setattr("diptych.cli.build.build_site", changing)
        assert main(["build"], root=root) == 0
    assert main(["build"], root=root) == 0
    assert any(b"Nog een zin." in data for data in tree_of(root).values())


def stored_bodies(root: Path) -> list[tuple[str, bytes]]:
    connection = sqlite3.connect(root / ".cache/results.sqlite")
    found = connection.execute("SELECT stage, value FROM bodies WHERE stage = 'published'")
    rows = found.fetchall()
    connection.close()
    return rows


def test_what_is_stored_for_publishing_again_is_not_written_twice(
    root: Path, queries: list[str]
) -> None:
    before = stored_bodies(root)
    assert before
    text = root / "content/about/nl.md"
    text.write_text(text.read_text() + "\nNog een zin.\n")
    queries.clear()
    assert main(["build"], root=root) == 0
    written = [each for each in queries if each.startswith("INSERT")]
    assert any("make_page" in each for each in written)
    assert not any("'published'" in each for each in written)
    assert stored_bodies(root) == before


def test_the_same_is_said_as_by_a_run(
    root: Path, looks: Look, capsys: pytest.CaptureFixture[str]
) -> None:
    """Warnings too, on the same streams."""
    (root / "content/about/fr.md").unlink()
    said = []
    for glanced in (False, True, True):
        assert looks() is glanced
        said.append(capsys.readouterr())
    assert said[1] == said[2]
    assert said[0].out == said[1].out != ""
    assert "up to date" in said[1].err


def test_in_one_file_the_same_is_said_in_the_same_order(root: Path) -> None:
    """Both streams in one file, as in the log of a build server: the counts stand below the problems."""
    (root / "content/about/fr.md").unlink()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-m", "diptych", "--root", str(root), "check"]
    logs = []
    for log in (root.parent / "first.log", root.parent / "second.log"):
        with log.open("w") as file:
            subprocess.run(call, env=environment, stdout=file, stderr=file, check=True)
        logs.append(log.read_text())
    assert logs[0] == logs[1]
    assert logs[0].index("missing-translation") < logs[0].index("0 errors")


def test_a_check_is_answered_too(
    root: Path, looks: Look, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [looks("check", "--strict") for _ in range(2)] == [False, True]
    assert looks("check") is False
    assert looks("build")  # each has its own record


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": lambda root: (root / "content/about/nl.md").write_text("---\ntitle: Wij\n---\n"),
    "a new page": lambda root: write_site(root, {"content/new/nl.md": "---\ntitle: Nieuw\n---\n"}),
    "a page that is gone": lambda root: (root / "content/about/fr.md").unlink(),
    "a page that has moved": lambda root: (root / "content/about").rename(root / "content/us"),
    "a template": lambda root: write_site(root, {"templates/root.html": "<html></html>"}),
    "the settings": lambda root: (root / "content/site.yaml").write_text(
        SITE_YAML + "search: true\n"
    ),
    "a file for extend": lambda root: (root / "extend.py").write_text("\n"),
    "an output that is gone": lambda root: (root / "public/nl/index.html").unlink(),
    "an output that is another": lambda root: (root / "public/robots.txt").write_text("x"),
    "an output of the same size": lambda root: (root / "public/robots.txt").write_bytes(
        (root / "public/robots.txt").read_bytes().swapcase()
    ),
    "a record that is none": lambda root: (root / ".cache/build.json").write_text("[1"),
    "a record of another kind": lambda root: (root / ".cache/build.json").write_text("[1]"),
    "no record": lambda root: (root / ".cache/build.json").unlink(),
}


def linked_content(root: Path) -> None:
    (root / "content").rename(root / "moved")
    (root / "content").symlink_to("moved")


REPORTED: dict[str, Callable[[Path], object]] = {
    "a link to a folder": lambda root: (root / "content/linked").symlink_to(root / "i18n"),
    "a link with a number as its name": lambda root: (root / "content/12").symlink_to("site.yaml"),
    "a link in place of a folder of the site": linked_content,
    "a file in place of a folder of the site": lambda root: (root / "vendor").write_text(""),
    "a file for a host": lambda root: (root / "content/.htaccess").write_text("Deny from all\n"),
    "a folder that is too deep": lambda root: (
        (root / "content").joinpath(*"d" * 21).mkdir(parents=True)
    ),
}


@pytest.mark.parametrize("change", REPORTED.values(), ids=REPORTED)
def test_what_no_site_may_hold_is_seen(
    change: Callable[[Path], object], root: Path, looks: Look
) -> None:
    """After such a change a build fails, as it does without a record."""
    assert looks()
    change(root)
    assert main(["build"], root=root) == 1


RESTORED = [
    change for name, change in CHANGES.items() if name.startswith(("an output", "a record"))
]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_is_seen(change: Callable[[Path], object], root: Path, looks: Look) -> None:
    before = {path: path.read_bytes() for path in (root / "public").rglob("*") if path.is_file()}
    assert looks()
    change(root)
    assert not looks()
    after = {path: path.read_bytes() for path in (root / "public").rglob("*") if path.is_file()}
    if change in RESTORED:
        assert after == before


def test_a_change_within_the_tick_of_a_clock_is_seen(
    root: Path, looks: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same size, inode and time, as on a disk whose clock is coarse: the file is young, and so
    it is looked into.
    """
    path = root / "content/about/nl.md"
    path.write_bytes(path.read_bytes().replace(b"Wij", b"Jij"))
    status = path.stat()
    # the build begins within that tick, on a busy machine too
    monkeypatch.setattr(sys.modules["diptych.cli.main"], "_now", lambda: status.st_mtime_ns + 1)
    assert not looks()
    path.write_bytes(path.read_bytes().replace(b"Jij", b"Hij"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not looks()
    assert "Hij" in (root / "public/nl/over-ons/index.html").read_text()


def test_the_sources_are_listed_once_for_a_run_that_builds(
    root: Path, looks: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[Path] = []
    whole = glance.sources

    def noted(root: Path) -> dict[str, glance.State]:
        listed.append(root)
        return whole(root)

    monkeypatch.setattr(glance, "sources", noted)
    for command in ("build", "check"):
        (root / "content/about/nl.md").write_text(f"---\ntitle: Over\n---\n\n{command}.\n")
        assert not looks(command)
        assert listed == [root]
        assert looks(command)
        listed.clear()


def test_a_young_file_is_looked_into_once(
    root: Path, looks: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 60_000_000_000
    os.utime(root / "content/about/nl.md")
    assert looks()
    monkeypatch.setattr(time, "time_ns", lambda: later)
    os.utime(root / "content/about/fr.md")
    assert looks()
    read: list[Path] = []
    whole = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    assert looks()
    assert [each.name for each in read] == ["build.json"]


SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("time_of_change", "before", "young"),
    [
        (1_600_000_000 * SECOND + 4_000_000, 100_000_000, False),
        (1_600_000_000 * SECOND + 4_000_000, 20_000_000, True),
        (1_600_000_000 * SECOND + 4_000_000, 0, True),
        (1_600_000_000 * SECOND, 1_900_000_000, True),  # a disk that counts whole seconds
        (1_600_000_000 * SECOND, 2_100_000_000, False),
    ],
)
def test_a_file_is_young_within_a_tick_of_its_clock(
    time_of_change: int, before: int, young: bool
) -> None:
    assert glance.is_young(time_of_change, time_of_change + before) is young


def read_by(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that a build reads."""
    read = files_read(monkeypatch)
    assert main(["build"], root=root) == 0
    monkeypatch.undo()
    return read


def test_outputs_that_were_just_written_are_not_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All outputs are younger than the moment at which the build began."""
    text = root / "content/about/nl.md"
    text.write_text(text.read_text() + "\nNog een zin.\n")
    os.utime(text, (OLD, OLD))
    write: Callable[..., None] = glance.keep

    def later(file: Path, call: list[str], run: glance.Run, until: int | None) -> None:
        outputs = run.outputs._replace(moment=run.outputs.moment + 100_000_000)  # more than a tick
        write(file, call, run._replace(outputs=outputs), until)

    monkeypatch.setattr(glance, "keep", later)
    assert main(["build"], root=root) == 0
    monkeypatch.undo()
    assert read_by(root, monkeypatch) == ["build.json"]


def test_an_output_that_is_altered_while_it_is_published_is_put_back(
    root: Path, monkeypatch: pytest.MonkeyPatch, looks: Look
) -> None:
    """The record holds the states of the outputs when they were written, not those after publishing."""
    module = sys.modules["diptych.disk.publish"]
    switch = module._switch
    page = root / "public/nl/over-ons/index.html"

    def altered(*given: Any) -> None:
        switch(*given)
        page.write_bytes(page.read_bytes().replace(b"Nog", b"Een"))

    text = root / "content/about/nl.md"
    text.write_text(text.read_text() + "\nNog een zin.\n")
    monkeypatch.setattr(module, "_switch", altered)
    assert main(["build"], root=root) == 0
    monkeypatch.undo()
    assert b"Een een zin" in page.read_bytes()
    assert not looks()
    assert b"Nog een zin" in page.read_bytes()


def test_a_glance_at_lost_outputs_does_not_change_their_moment(root: Path) -> None:
    """The states of the outputs were not compared at this glance."""
    record = root / ".cache/build.json"
    before = json.loads(record.read_bytes())
    outputs_gone(root)
    os.utime(root / "content/about/nl.md")
    found = glance.last_run(record, glance.SourceStates(root, time.time_ns()), before["call"])
    assert found is not None
    assert found[1] is False
    after = json.loads(record.read_bytes())
    (_, read_before), (_, read_after) = (each["run"]["sources"] for each in (before, after))
    assert after["run"]["outputs"] == before["run"]["outputs"]
    assert read_after > read_before


def test_new_times_cost_a_look_and_nothing_else(root: Path, looks: Look, tmp_path: Path) -> None:
    """As after a fresh clone, with the store and the tree restored: other times, other inodes."""
    before = (root / "public/nl/index.html").read_bytes()
    moved = tmp_path / "old"
    root.rename(moved)
    shutil.copytree(moved, root, copy_function=shutil.copy)
    assert looks()
    age(root)
    assert looks()
    assert (root / "public/nl/index.html").read_bytes() == before


@pytest.mark.parametrize(
    "call",
    [("build", "--drafts"), ("build", "--format", "json"), ("--message-language", "nl", "build")],
)
def test_another_call_is_another_run(call: tuple[str, ...], looks: Look) -> None:
    assert looks()
    assert not looks(*call)
    assert looks(*call)
    assert not looks()


def test_all_is_done_anew_on_request(looks: Look) -> None:
    assert [looks("build", "--clean") for _ in range(2)] == [False, False]


def test_another_folder_to_write_to(looks: Look, tmp_path: Path) -> None:
    call = ("build", "--output", str(tmp_path / "out"))
    assert [looks(*call) for _ in range(2)] == [False, True]
    shutil.rmtree(tmp_path / "out")
    assert not looks(*call)
    assert (tmp_path / "out/nl/index.html").is_file()


def test_what_went_wrong_is_never_recorded(root: Path, looks: Look) -> None:
    (root / "content/about/nl.md").write_text("---\ntitle: [\n---\n")
    assert [looks() for _ in range(2)] == [False, False]


@pytest.mark.parametrize("what", ["contents", "version"])
def test_another_program_is_another_run(
    what: str, looks: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looks()
    if what == "version":
        monkeypatch.setattr(sys, "version", "4")
        monkeypatch.setattr(glance, "program_digest", glance.program_digest.__wrapped__)
    else:
        monkeypatch.setattr(glance, "_package", lambda: iter([("a.py", (1, 2, 3))]))
        monkeypatch.setattr(glance, "program_digest", lambda: "another program")
    assert not looks()


def test_the_same_program_on_another_machine_is_read_once(
    looks: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files have other times and inodes there."""
    assert looks()
    monkeypatch.setattr(glance, "_package", lambda: iter([("a.py", (1, 2, 3))]))
    assert looks()
    monkeypatch.setattr(glance, "program_digest", lambda: "is not asked for")
    assert looks()


def expiring(days: int) -> str:
    day = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=days)
    return f"{SITE_YAML}security: {{expires: {day}}}\n"


@pytest.mark.parametrize(
    ("expires", "later", "same"),
    [(None, 4000, True), (200, 170, True), (200, 171, False), (10, 1, False)],
)
def test_a_result_holds_until_its_day(
    expires: int | None,
    later: int,
    same: bool,
    root: Path,
    looks: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of security.txt: it is warned of a month ahead, and the days are counted."""
    if expires is not None:
        (root / "content/site.yaml").write_text(expiring(expires))
        assert not looks()
    assert looks()
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=later)
    monkeypatch.setattr(
        sys.modules["diptych.cli.main"], "_now", lambda: int(moment.timestamp() * 1e9)
    )
    assert looks() is same


def test_no_time_reaches_an_output(root: Path) -> None:
    """The record names times, and lies in the store alone."""
    record = json.loads((root / ".cache/build.json").read_bytes())
    seen = (record["run"][name][0] for name in ("sources", "outputs"))
    times = {str(time) for files in seen for time, *_ in files.values()}
    files = [path for path in (root / "public").rglob("*") if path.is_file()]
    assert times
    assert not any(each.encode() in path.read_bytes() for path in files for each in times)
