"""`fix`: what is mended unasked, how it is written, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.diagnostics import applied, corrections_of
from diptych.fix import laid_out, mend
from diptych.model import File
from diptych.pipeline import Options, read_site
from tests.conftest import MINIMAL, SITE_YAML, Ran, make_tree, write_site

ABOUT = "content/about/nl.md"
Run = Callable[..., Ran]


def page(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Tekst.", ""])


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (page("title: Over: ons"), page('title: "Over: ons"')),
        (
            page("title: Over: ons", "description: @ons: hier"),
            page('title: "Over: ons"', 'description: "@ons: hier"'),
        ),
        (
            page("title: Een", "allow:", "\theading-order: zo is het"),
            page("title: Een", "allow:", "  heading-order: zo is het"),
        ),
        (page("title: Een", "descripton: Twee"), page("title: Een", "description: Twee")),
        (page("titel: Een"), page("titel: Een")),  # near, and not certain
        (page("title: Een", "description: A", "descripton: B"), None),  # which of the two is meant?
        (page("title: “Een”"), page('title: "Een"')),
        (page("title: Actie #wij"), page('title: "Actie #wij"')),
        (page("title: Actie # later meer"), None),  # a comment that was meant as one
        (page("title: Een") + "Dit:\n- a\n- b\n", None),  # a list, as GitHub reads it
        (
            page("title: Een") + "Zie [ons] (page:home), en zij , u\u202ed.\n",
            page("title: Een") + "Zie [ons](page:home), en zij, ud.\n",
        ),
        (page("title: Een").rstrip("\n"), page("title: Een")),
        (page("title: Cafe\u0301"), page("title: Caf\u00e9")),
        (page("title: Een") + "Lees [dit](page:hoem).\n", None),  # a person must look
        ("\ufeff" + page("title: Een"), page("title: Een")),
        (
            page("title: Een: twee").replace("\n", "\r\n"),
            page('title: "Een: twee"').replace("\n", "\r\n"),
        ),
        ("---\r\ntitle: Een\n---\r\n\r\nTekst.\r\n", page("title: Een")),
    ],
)
def test_what_is_mended(text: str, mended: str | None, cache: Cache) -> None:
    result = mend(make_tree({ABOUT: text}), cache, {ABOUT})
    written = result.files.get(ABOUT, text.encode()).decode()
    assert written == (text if mended is None else mended)
    again = mend(make_tree({ABOUT: written}), cache, {ABOUT})
    assert again.files == {}


@pytest.mark.parametrize(
    "line", ["Zie [ons] (page:home), en zij , ud.", "Wij , zij , en [wij] (page:home) ."]
)
def test_several_mistakes_in_one_line_undo_each_other_in_no_way(line: str, cache: Cache) -> None:
    """The command, the line that is shown with any of them, and the edits that programs make."""
    tree = make_tree({ABOUT: page("title: Een") + line + "\n"})
    read = read_site(tree, Options(), cache)
    problems = [each for each in read.diagnostics if each.certain and each.span.path == ABOUT]
    assert len(problems) > 1
    mended = mend(tree, cache, {ABOUT}).files[ABOUT].decode()
    source = read.sources[ABOUT]
    for correction in corrections_of(problems, read.sources).values():
        assert correction.text == mended.split("\n")[-2]
    edits = [edit for each in problems for edit in each.edits]
    assert applied(dict.fromkeys(edits), source) == mended


def test_a_file_that_is_no_utf8_waits_for_a_person() -> None:
    assert laid_out(File(ABOUT, b"caf\xe9")) is None


@pytest.mark.parametrize("text", [page("title: Een").rstrip("\n"), "\ufeff" + page("title: Een")])
def test_an_end_of_a_file_is_no_correction(tmp_path: Path, run: Run, text: str) -> None:
    root = write_site(tmp_path, {ABOUT: text})
    assert run("fix", root=root).err.splitlines()[-1] == "1 file changed"


def test_the_command_shows_writes_and_says_what_it_did(tmp_path: Path, run: Run) -> None:
    text = page("title: Over: ons")
    root = write_site(tmp_path, {ABOUT: text})
    assert run("fix", "--check", root=root).status == 1
    assert (root / ABOUT).read_text(encoding="utf-8") == text
    result = run("fix", root=root)
    assert result.status == 0
    assert '-title: Over: ons\n+title: "Over: ons"\n' in result.out
    assert result.err == "1 file changed, 1 correction\n"
    assert (root / ABOUT).read_text(encoding="utf-8") == page('title: "Over: ons"')
    again = run("fix", "--check", root=root)
    assert (again.status, again.out) == (0, "")
    assert again.err == "nothing is left that can be mended without you\n"


def test_only_the_files_that_are_named(tmp_path: Path, run: Run) -> None:
    other = "content/about/fr.md"
    wrong = page("title: Over: ons")
    root = write_site(tmp_path, {ABOUT: wrong, other: wrong})
    assert run("fix", other, root=root).status == 0
    assert (root / ABOUT).read_text(encoding="utf-8") == wrong
    assert (root / other).read_text(encoding="utf-8") != wrong
    assert run("fix", str(root / ABOUT), root=root).status == 0
    assert (root / ABOUT).read_text(encoding="utf-8") != wrong
    missing = run("fix", "content/abuot/nl.md", root=root)
    assert missing.status == 2
    assert "did you mean `content/about/nl.md`?" in missing.err


def test_a_text_that_was_confirmed_is_named_when_it_reads_differently(
    tmp_path: Path, run: Run
) -> None:
    root = write_site(
        tmp_path,
        {
            ABOUT: "---\ntitle: “Een”\n---\n\nTekst.\n",
            "content/about/fr.md": "---\ntitle: Un\n---\n\nTexte.\n",
        },
    )
    run("confirm", "about", root=root)
    assert "python build.py confirm about" in run("fix", root=root).err


def test_what_only_a_machine_sees_is_told_in_words(tmp_path: Path, run: Run) -> None:
    root = write_site(tmp_path, {ABOUT: "\ufeff" + page("title: Een")})
    result = run("fix", root=root)
    assert result.out == ""
    assert f"{ABOUT}: only line ends or a byte order mark" in result.err
    assert (root / ABOUT).read_bytes().startswith(b"---")


@pytest.mark.parametrize(
    ("path", "wrong", "right"),
    [
        ("content/about/nl.md", "title:\u00a0Over ons", "title: Over ons"),
        ("content/site.yaml", "  short_name:\u00a0Voorbeeld", "  short_name: Voorbeeld"),
        ("content/site.yaml", "\u00a0\u00a0short_name: Voorbeeld", "  short_name: Voorbeeld"),
        ("content/about/fr.md", "title: Ã€ propos", "title: À propos"),
        ("content/about/nl.md", "EÃ©n cafÃ©.", "Eén café."),
    ],
)
def test_fix_mends_spaces_of_yaml_and_mangled_letters_as_a_command(
    tmp_path: Path, run: Callable[..., Ran], path: str, wrong: str, right: str
) -> None:
    root = write_site(tmp_path)
    file = root / path
    whole = file.read_text(encoding="utf-8") + ("" if right in MINIMAL[path] else f"\n{right}\n")
    file.write_text(whole.replace(right, wrong, 1), encoding="utf-8")
    assert run("fix", root=root).status == 0
    assert file.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_language_without_a_catalogue_stops_both(
    tmp_path: Path, run: Callable[..., Ran], command: str
) -> None:
    """Polish, which the theme does not speak: its readers would get English words."""
    line = "  pl: {locale: pl_PL, name: Polski, typography: plain}\nnavigation:"
    yaml = SITE_YAML.replace("navigation:", line)
    files = {
        "content/site.yaml": yaml,
        "content/home/pl.md": "---\ntitle: Witamy\nlayout: home\n---\n\nTekst.\n",
    }
    result = run(command, root=write_site(tmp_path, files))
    assert result.status == 1
    assert "[missing-catalog]" in result.out
    (said,) = [each for each in result.out.splitlines() if "[missing-catalog]" in each]
    assert ": error: " in said
