"""A file or folder that a command writes where its caller says: never a source."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.disk import OutputRefused, write_output
from diptych.disk.output import is_source
from tests.conftest import Ran, write_files, write_site

MARK = "made by this command"
SOURCES = (
    "content/home/nl.md",
    "content/new.html",
    "content",
    "Content/home/nl.md",
    "templates/page.html",
    "assets/own.css",
    "i18n/x.po",
    "schemas/x.json",
    "docs/x.html",
    ".git/config",
    ".cache/results.sqlite",
    "./public/../content/x",
    "extend.py",
    "Extend.py",
)


@pytest.mark.parametrize("path", SOURCES)
def test_a_source_is_one_however_it_is_written(tmp_path: Path, path: str) -> None:
    root = write_files(tmp_path / "site", {"content/home/nl.md": "x", "public/x": "x"})
    assert is_source(root / path, root)
    (tmp_path / "link").symlink_to(root)
    assert is_source(tmp_path / "link" / path, root)
    assert is_source(root / path, tmp_path / "link")


@pytest.mark.parametrize("path", ["x.po", "public", "out/content/x", "../content/x", "contents/x"])
def test_other_places_are_none(tmp_path: Path, path: str) -> None:
    root = write_files(tmp_path / "site", {"content/home/nl.md": "x"})
    assert not is_source(root / path, root)


def test_a_link_that_leads_to_a_source_is_one(tmp_path: Path) -> None:
    root = write_files(tmp_path / "site", {"content/home/nl.md": "x"})
    (root / "out").symlink_to(root / "content")
    (root / "page.po").symlink_to(root / "content/home/nl.md")
    assert is_source(root / "out/new.po", root)
    assert is_source(root / "page.po", root)


def test_a_disk_that_knows_no_capitals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There `TEXTS` and `texts` are one folder, and only the system can tell."""
    root = write_files(tmp_path / "site", {"content/home/nl.md": "x"})
    monkeypatch.setattr(Path, "samefile", lambda one, two: str(one).lower() == str(two).lower())
    write_files(tmp_path, {"SITE/Content/x": "x"})
    assert is_source(tmp_path / "SITE/Content/home/nl.md", root)


def test_only_what_the_command_made_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out" / "x.html"
    write_output(tmp_path, target, f"{MARK}\n1\n", MARK)
    write_output(tmp_path, target, f"{MARK}\n2\n", MARK)
    assert target.read_text() == f"{MARK}\n2\n"
    assert [path.name for path in target.parent.iterdir()] == ["x.html"]
    target.write_text("a thesis")
    with pytest.raises(OutputRefused, match="was not made by this command"):
        write_output(tmp_path, target, MARK, MARK)
    assert target.read_text() == "a thesis"


@pytest.mark.parametrize("what", ["link", "broken link", "folder", "device"])
def test_what_is_no_file_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "precious").write_text(f"{MARK} precious")
    target = tmp_path / "x.html"
    if what == "folder":
        target.mkdir()
    elif what == "device":
        target = Path("/dev/null")
    else:
        target.symlink_to(tmp_path / ("precious" if what == "link" else "nowhere"))
    with pytest.raises(OutputRefused, match="is a link, a folder or a device"):
        write_output(tmp_path, target, MARK, MARK)
    assert (tmp_path / "precious").read_text() == f"{MARK} precious"


CALLS = (
    ("export", "fr", "--output"),
    ("status", "--html"),
)


@pytest.mark.parametrize("arguments", CALLS)
@pytest.mark.parametrize("path", ["content/about/nl.md", "content/new.txt", "templates/page.html"])
def test_commands_write_no_output_among_the_sources(
    tmp_path: Path, run: Callable[..., Ran], arguments: tuple[str, ...], path: str
) -> None:
    root = write_site(tmp_path)
    before = (root / path).read_bytes() if (root / path).exists() else None
    result = run(*arguments, root / path, root=root)
    assert result.status == 3
    assert result.err.splitlines()[-1] == (
        f"{root / path} lies among the sources; name a file elsewhere"
    )
    assert ((root / path).read_bytes() if (root / path).exists() else None) == before


@pytest.mark.parametrize("arguments", CALLS)
def test_commands_replace_what_they_wrote(
    tmp_path: Path, run: Callable[..., Ran], arguments: tuple[str, ...]
) -> None:
    root = write_site(tmp_path)
    for _ in range(2):
        assert run(*arguments, root / "out", root=root).status == 0
    (root / "out").write_text("of somebody")
    assert run(*arguments, root / "out", root=root).status == 3
    assert (root / "out").read_text() == "of somebody"


@pytest.mark.parametrize("folder", ["docs", "content/new", "schemas", "Assets", ".git/x", "."])
def test_a_site_is_not_published_among_the_sources(
    tmp_path: Path, run: Callable[..., Ran], folder: str
) -> None:
    root = write_site(tmp_path)
    result = run("build", "--output", root / folder, root=root)
    assert result.status == 3
    assert "holds the sources; the site is written elsewhere" in result.err


@pytest.mark.parametrize("name", [".public.staging", ".public.previous"])
def test_what_is_in_the_way_of_publishing_is_named(
    tmp_path: Path, run: Callable[..., Ran], name: str
) -> None:
    root = write_site(tmp_path)
    (root / name).write_text("a stray file")
    result = run("build", root=root)
    assert result.status == 3
    assert result.err.splitlines()[-1] == (
        f"{root / name} is in the way; look what it is, and move or delete it"
    )


PO_TEXT = 'msgid "Wij."\nmsgstr ""\n'


@pytest.mark.parametrize("fuzzy", [False, True])
def test_an_export_does_not_replace_the_work_of_a_translator(
    tmp_path: Path, run: Callable[..., Ran], fuzzy: bool
) -> None:
    """Once it is imported, the same file may be written again."""
    root = write_site(tmp_path / "site", {})
    with (root / "content/about/nl.md").open("a", encoding="utf-8") as page:
        page.write("\nNieuw.\n")
    po = tmp_path / "fr.po"
    assert run("export", "fr", "--output", po, root=root).status == 0
    assert run("export", "fr", "--output", po, root=root).status == 0, "nobody worked on it"
    text = po.read_text("utf-8")
    assert PO_TEXT in text
    done = PO_TEXT.replace('msgstr ""', 'msgstr "Nous aussi."')
    filled = text.replace(PO_TEXT, done)
    if fuzzy:
        filled = re.sub(r"(?m)^(?=msgctxt .*\n" + re.escape(done) + ")", "#, fuzzy\n", filled)
    po.write_text(filled, "utf-8")
    ran = run("export", "fr", "--output", po, root=root)
    assert (ran.status, "import it first" in ran.err) == (1, True)
    assert po.read_text("utf-8") == filled
    po.write_text(filled + '\nmsgid "cut', "utf-8")
    assert run("export", "fr", "--output", po, root=root).status == 1, "nobody can read it"
    po.write_text(text.replace(PO_TEXT, done), "utf-8")
    assert run("import", po, root=root).status == 0
    assert "Nous aussi." in (root / "content/about/fr.md").read_text("utf-8")
    assert run("export", "fr", "--output", po, root=root).status == 0
