"""Status, confirm, check and build on copies of a whole site: what editors see of a change."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diptych.model import Tree
from tests.conftest import Ran, write_files

Run = Callable[..., Ran]

HISTORY_NL, HISTORY_FR = "content/history/nl.md", "content/history/fr.md"
LOCK = "content/history/translations.lock"
OLD = "In 2017 werd UTROPI geregistreerd als vereniging"
NEW = "In 2017 werd UTROPI ingeschreven als vereniging"


class Desk:
    """A whole site on somebody's computer."""

    def __init__(self, root: Path, run: Run) -> None:
        self.root = root
        self._run = run

    def run(self, *arguments: str | Path) -> Ran:
        return self._run(*arguments, root=self.root)

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, f"{text.count(old)} × {old!r}"
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def line(self, path: str, text: str) -> str:
        """`content/history/nl.md:46`: where a text stands."""
        return f"{path}:{self.read(path).partition(text)[0].count(chr(10)) + 1}"

    def report(self) -> dict[str, Any]:
        found = json.loads(self.run("status", "--format", "json").out)
        assert isinstance(found, dict)
        return found

    def states(self, page: str = "history") -> dict[str, str]:
        return {key: cell["state"] for key, cell in self.report()["pages"][page].items()}

    def git(self, *words: str) -> None:
        subprocess.run(
            ["git", "-C", self.root, "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
            check=True,
            capture_output=True,
        )

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")


@pytest.fixture
def desk(tmp_path: Path, whole_tree: Tree, run: Run) -> Desk:
    write_files(tmp_path, {file.path: file.data for file in whole_tree.files})
    return Desk(tmp_path, run)


@pytest.fixture
def versioned(desk: Desk) -> Desk:
    """The same under git, with one commit."""
    desk.git("init", "-q", "-b", "main")
    desk.commit()
    return desk


def test_nothing_changed_then_all_is_current(desk: Desk) -> None:
    report = desk.report()
    assert report["version"] == 1
    assert report["languages"] == ["nl", "fr"]
    assert report["changes"] == []
    assert report["pages"]["history"] == {
        key: {"state": "current", "parts": 0, "words": 0} for key in ("nl", "fr")
    }


def test_one_paragraph_changed_is_named_exactly_with_its_old_and_new_wording(
    versioned: Desk,
) -> None:
    versioned.change(HISTORY_NL, OLD, NEW)
    (change,) = versioned.report()["changes"]
    assert "werd UTROPI geregistreerd als" in change.pop("old")
    assert "werd UTROPI ingeschreven als" in change.pop("new")
    assert change == {
        "page": "history",
        "language": "fr",
        "label": "non-profit.paragraph.1",
        "state": "outdated",
        "place": versioned.line(HISTORY_FR, "En 2017, UTROPI"),
        "ahead": "nl",
        "ahead_place": versioned.line(HISTORY_NL, NEW),
        "lacking": [],
    }
    assert versioned.states() == {"nl": "current", "fr": "outdated"}
    text = versioned.run("status").out
    assert "In 2017 werd UTROPI [-geregistreerd-] {+ingeschreven+} als vereniging" in text
    assert text.count("[-") == 1


def test_the_old_wording_is_found_in_an_older_commit(versioned: Desk) -> None:
    for word in ("ingeschreven", "erkend"):
        text = versioned.read(HISTORY_NL)
        versioned.change(HISTORY_NL, re.search(r"werd UTROPI \w+", text)[0], f"werd UTROPI {word}")  # type: ignore[index]
        versioned.commit()
    assert "[-geregistreerd-] {+erkend+}" in versioned.run("status").out


def test_a_part_that_a_language_does_not_have_is_said_to_be_missing_there(versioned: Desk) -> None:
    text = "Een alinea die er nog niet stond."
    versioned.change(HISTORY_NL, OLD, f"{text}\n\n{OLD}")
    place = versioned.line(HISTORY_NL, text)
    (change,) = versioned.report()["changes"]
    assert (change["language"], change["place"], change["lacking"]) == ("fr", place, ["fr"])
    shown = versioned.run("status").out
    assert (
        f"{place}: Français: non-profit.paragraph is still to be translated\n    {text}\n" in shown
    )
    assert f"{place}: Nederlands: non-profit.paragraph has no counterpart in French\n" in shown
    assert "lags behind" not in shown
    told = [line for line in versioned.run("check").out.split("\n") if line.startswith(place)]
    assert [line.rpartition(" ")[2] for line in told] == ["[missing-unit]"]  # once, and alone


def test_a_part_that_was_taken_out_of_a_language_is_no_text_to_compare(versioned: Desk) -> None:
    paragraph = next(
        each for each in versioned.read(HISTORY_FR).split("\n\n") if "En 2017, UTROPI" in each
    )
    versioned.change(HISTORY_FR, f"{paragraph}\n\n", "")
    place = versioned.line(HISTORY_NL, OLD)
    (waiting,) = versioned.report()["unconfirmed"]
    assert (waiting["language"], waiting["place"], waiting["lacking"]) == ("nl", place, ["fr"])
    shown = versioned.run("status").out
    head = f"{place}: Nederlands: non-profit.paragraph.1 has no counterpart in French\n"
    assert head in f"{shown}\n"
    assert "does it say the same" not in shown


def test_a_part_that_was_confirmed_in_one_language_is_shown_whole_once_it_changes(
    versioned: Desk,
) -> None:
    """The translators have no text yet in which they could look for the change."""
    versioned.change(HISTORY_NL, OLD, f"Een alinea die er niet stond.\n\n{OLD}")
    assert versioned.run("confirm", "history").status == 0
    versioned.commit()
    versioned.change(HISTORY_NL, "die er niet stond", "die er nooit stond")
    shown = versioned.run("status").out
    assert "is still to be translated\n    Een alinea die er nooit stond.\n" in shown


def test_a_slip_that_unmakes_a_link_does_not_make_the_other_language_outdated(desk: Desk) -> None:
    desk.change(HISTORY_NL, "](page:timeline)", "] (page:timeline)")
    told = desk.run("check", "--strict").out
    assert re.findall(r"warning: .+ \[(.+)\]", told) == ["link-brackets"]


def test_two_languages_in_one_line_are_told_apart_by_their_names(desk: Desk) -> None:
    path = "content/timeline/timeline.yaml"
    title = re.search(r"  title:\n    nl: (.+)\n    fr: (.+)\n", desk.read(path))
    assert title is not None
    line = f"  title: {{nl: '{title[1]}', fr: '{title[2]}'}}\n"
    desk.change(path, title[0], line)
    desk.change(path, line, line.replace("nl: '", "nl: 'Ooit: "))
    (change,) = desk.report()["changes"]
    assert (
        change["place"]
        == change["ahead_place"]
        == desk.line(path, line.replace("nl: '", "nl: 'Ooit: "))
    )
    head = f"{change['place']}: Français: {change['label']} lags behind the Dutch text\n"
    assert head in desk.run("status").out


def test_without_git_the_new_wording_stands_alone(desk: Desk) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    (change,) = desk.report()["changes"]
    assert change["old"] is None
    out = desk.run("status").out
    assert "    In 2017 werd UTROPI ingeschreven" in out
    assert "[-" not in out


def test_the_old_wording_of_an_event_is_found_too(versioned: Desk) -> None:
    path = "content/timeline/timeline.yaml"
    versioned.change(
        path, "Notre note politique est prête.", "Notre note politique est enfin prête."
    )
    (change,) = versioned.report()["changes"]
    assert (change["language"], change["ahead"]) == ("nl", "fr")
    assert change["label"] == "political-note.event-text.1"
    assert change["old"].startswith("Notre note politique est prête.")
    assert change["place"] == versioned.line(path, "nl: |\n      Onze politieke nota is af")


def test_the_page_tells_its_reader_which_section_lags(desk: Desk) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    assert desk.run("build").status == 0
    french = desk.read("public/fr/histoire/index.html")
    dutch = desk.read("public/nl/geschiedenis/index.html")
    notice = re.search(r'<aside class="notice".*?</aside>', french, re.DOTALL)
    assert notice is not None
    assert re.findall(r'href="([^"]+)"', notice[0]) == [
        "/nl/geschiedenis/",
        "/nl/geschiedenis/#non-profit",
    ]
    assert 'lang="nl-BE"' in notice[0]
    assert "we worden een vzw" in notice[0]
    assert 'class="notice"' not in dutch


def rewrapped(text: str) -> str:
    head, _, body = text.partition("\n---\n\n")
    blocks = [
        block if block.startswith(("#", "!", "-")) else textwrap.fill(" ".join(block.split()), 60)
        for block in body.split("\n\n")
    ]
    return f"{head}\n---\n\n" + "\n\n\n".join(blocks) + "\n"


REFORMATTED = (
    ("wrapping", HISTORY_NL, rewrapped),
    ("windows", HISTORY_NL, lambda text: text.replace("\n", "\r\n")),
    ("quotation marks", "content/safety/nl.md", lambda text: re.sub(r'"([^"]+)"', r"“\1”", text)),
    (
        "French quotation marks",
        "content/safety/fr.md",
        lambda text: re.sub(r'"([^"\n]+)"', "«\u00a0\\1\u00a0»", text),
    ),
    ("apostrophes", HISTORY_FR, lambda text: text.replace("'", "’")),
    ("spaces", HISTORY_FR, lambda text: re.sub(r" (?=[:;?!])", "\u202f", text)),
    ("the mark of a list", "content/privacy/nl.md", lambda text: text.replace("\n- ", "\n* ")),
    ("numbers of a list", "content/safety/fr.md", lambda text: re.sub(r"\n[23]\. ", "\n1. ", text)),
    (
        "a link by the file",
        HISTORY_NL,
        lambda text: text.replace("(page:timeline)", "(../timeline/nl.md)"),
    ),
    ("a link within the page", "content/faq/nl.md", lambda text: text.replace("(page:faq#", "(#")),
    (
        "comments and order in the head",
        HISTORY_NL,
        lambda text: text.replace("layout: page\n", "").replace(
            "slug:", "# bewaar dit adres\nlayout: page\nslug:"
        ),
    ),
    (
        "quotes in the head",
        HISTORY_NL,
        lambda text: text.replace("title: Geschiedenis", 'title: "Geschiedenis"'),
    ),
    (
        "wrapping of an event",
        "content/timeline/timeline.yaml",
        lambda text: text.replace("politieke nota is af. Ze", "politieke nota\n      is af. Ze"),
    ),
)


@pytest.mark.parametrize(
    ("name", "path", "write"), REFORMATTED, ids=[each[0] for each in REFORMATTED]
)
def test_reformatting_raises_nothing(
    name: str, path: str, write: Callable[[str], str], desk: Desk
) -> None:
    before = desk.read(path)
    text = write(before)
    assert text != before
    (desk.root / path).write_bytes(text.encode())
    assert desk.report()["changes"] == []
    assert set(desk.states(path.split("/")[1]).values()) == {"current"}


def test_confirm_makes_it_current_and_touches_one_line(desk: Desk) -> None:
    before = desk.read(LOCK)
    desk.change(HISTORY_NL, OLD, NEW)
    assert desk.run("confirm", "history").status == 0
    assert desk.states() == {"nl": "current", "fr": "current"}
    after = desk.read(LOCK)
    changed = set(after.split("\n")) - set(before.split("\n"))
    assert [line.split(" ")[0] for line in changed] == ["non-profit.paragraph.1"]


def test_both_changed_is_unconfirmed(desk: Desk) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    desk.change(HISTORY_FR, "UTROPI a été enregistrée", "UTROPI a été inscrite")
    assert desk.states() == {"nl": "unconfirmed", "fr": "unconfirmed"}
    report = desk.report()
    assert report["changes"] == []
    assert [(each["language"], each["label"]) for each in report["unconfirmed"]] == [
        ("nl", "non-profit.paragraph.1"),
        ("fr", "non-profit.paragraph.1"),
    ]
    shown = desk.run("status")
    assert "unconfirmed (1)" in shown.out
    for path, text in ((HISTORY_NL, NEW), (HISTORY_FR, "UTROPI a été inscrite")):
        assert desk.line(path, text) in shown.out
    (line,) = (each for each in shown.out.split("\n") if "non-profit.paragraph.1" in each)
    assert "Nederlands, Français: " in line  # both in one line, since it is one thing to do
    assert "0 parts lag behind, 2 parts wait for a look" in shown.err
    told = [line for line in desk.run("check").out.split("\n") if "[unconfirmed]" in line]
    assert [line for line in told if line.startswith(desk.line(HISTORY_NL, NEW))] != []


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_what_a_page_allows_is_in_no_report_of_status(desk: Desk, form: str) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    assert "outdated-translation" in desk.run("status", "--format", form).out
    desk.change(
        HISTORY_FR,
        "layout: page\n",
        "layout: page\nallow: {outdated-translation: on relit lundi}\n",
    )
    assert "outdated-translation" not in desk.run("status", "--format", form).out


def test_what_waits_for_a_look_shows_what_changed_on_each_side(versioned: Desk) -> None:
    versioned.change(HISTORY_NL, OLD, NEW)
    versioned.change(HISTORY_FR, "UTROPI a été enregistrée", "UTROPI a été inscrite")
    shown = versioned.run("status").out
    assert "[-geregistreerd-] {+ingeschreven+}" in shown
    assert "[-enregistrée-] {+inscrite+}" in shown


def test_a_strict_check_fails_on_what_lags_and_a_build_never_does(desk: Desk) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    strict = desk.run("check", "--strict")
    assert strict.status == 1
    place = desk.line(HISTORY_FR, "En 2017, UTROPI")
    assert f"{place}:1: warning: " in strict.out
    assert "[outdated-translation]" in strict.out
    assert "confirm history fr --block non-profit.paragraph.1" in strict.out
    assert desk.run("check").status == 0
    assert desk.run("build").status == 0


def test_a_strict_check_passes_on_the_confirmed_site(desk: Desk) -> None:
    assert desk.run("check", "--strict").status == 0


def test_a_strict_check_fails_when_a_language_is_missing(desk: Desk) -> None:
    (desk.root / HISTORY_FR).unlink()
    assert desk.run("check", "--strict").status == 1
    assert desk.run("build").status == 0
    assert desk.states() == {"nl": "current", "fr": "fallback"}


@pytest.mark.parametrize("block", ["non-profit", "non-profit.paragraph.1", "non-profit.paragraph"])
@pytest.mark.parametrize("language", [(), ("fr",)])
def test_a_part_is_confirmed_by_its_heading_or_its_label(
    block: str, language: tuple[str, ...], desk: Desk
) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    desk.change(HISTORY_NL, "Ons ledental en", "Het ledental en")
    assert desk.run("confirm", "history", *language, "--block", block).status == 0
    assert [each["label"] for each in desk.report()["changes"]] == ["first-funding.paragraph.1"]


def test_an_event_is_confirmed_by_its_id(desk: Desk) -> None:
    path = "content/timeline/timeline.yaml"
    desk.change(path, "Onze politieke nota is af.", "Onze politieke nota is klaar.")
    desk.change(path, "'s Avonds bereiken de", "In de avond bereiken de")
    assert desk.run("confirm", "timeline", "--block", "political-note").status == 0
    assert [each["label"] for each in desk.report()["changes"]] == [
        "majority-agreement.event-text.1"
    ]


WRONG = (
    (("confirm", "histroy"), "history"),
    (("confirm", "history", "--block", "non-proft"), "non-profit"),
    (("confirm", "history", "--block", "zzzzzzzz"), "zzzzzzzz"),
    (("confirm", "timeline", "--block", "first-lockdwn"), "first-lockdown"),
    (("confirm", "history", "en"), "en"),
    (("confirm", "nothing-like-any"), "nothing-like-any"),
)


@pytest.mark.parametrize(("arguments", "named"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_not_there_is_a_wrong_call_that_names_the_nearest(
    arguments: tuple[str, ...], named: str, desk: Desk
) -> None:
    before = desk.read(LOCK)
    told = desk.run(*arguments)
    assert told.status == 2
    assert f"`{named}`" in told.err
    assert desk.read(LOCK) == before


# The report.


def test_the_table_shows_pages_languages_and_states(desk: Desk) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    (desk.root / "content/safety/fr.md").unlink()
    out = desk.run("status").out
    table = [re.split(r"  +", line) for line in out.split("\n")]
    assert ["page", "Nederlands", "Français"] in table
    assert ["history", "current", "outdated (1)"] in table
    assert ["mission", "current", "current"] in table
    assert any(row[0] == "safety" and row[2].startswith("fallback (") for row in table)
    columns = {line.index("current") for line in out.split("\n") if re.match(r"\S+ +current", line)}
    assert len(columns) == 1


def test_the_work_is_estimated_in_words_and_minutes(desk: Desk) -> None:
    assert "minutes" not in desk.run("status").out
    desk.change(HISTORY_NL, OLD, NEW)
    passage = re.search(r"In 2017 werd.*?overheid\.", desk.read(HISTORY_NL), re.DOTALL)
    assert passage is not None
    words = len(passage[0].split())
    assert desk.report()["pages"]["history"]["fr"] == {
        "state": "outdated",
        "parts": 1,
        "words": words,
    }
    assert re.search(rf"Français: about {words} words, 5 minutes", desk.run("status").out)


def test_status_for_an_editor_and_for_ci_names_the_lines(desk: Desk) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    path, _, line = desk.line(HISTORY_FR, "En 2017, UTROPI").partition(":")
    github = desk.run("status", "--format", "github").out
    assert f"::warning file={path},line={line}," in github
    sarif = json.loads(desk.run("status", "--format", "sarif").out)
    (result,) = [
        each for each in sarif["runs"][0]["results"] if each["ruleId"] == "outdated-translation"
    ]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == path
    assert place["region"]["startLine"] == int(line)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_status_speaks_the_language_that_is_asked_for(language: str, desk: Desk) -> None:
    out = desk.run("--message-language", language, "status").out
    assert {"nl": "pagina", "fr": "page", "en": "page"}[language] == out.split()[0]


def test_status_ends_well_whatever_it_finds(desk: Desk) -> None:
    desk.change(HISTORY_NL, OLD, NEW)
    assert desk.run("status").status == 0
    (desk.root / "content/site.yaml").write_text("languages: [", encoding="utf-8")
    broken = desk.run("status")
    assert broken.status == 1
    assert "content/site.yaml:1:" in broken.out
    assert desk.run("confirm", "history").status == 1


def test_what_somebody_confirmed_is_settled_until_it_changes(desk: Desk) -> None:
    desk.change(HISTORY_NL, "In 2017 werd", "In 2018 werd")
    assert "[facts-differ]" in desk.run("build").out
    desk.run("confirm", "history")
    for command in (["build"], ["check"], ["check", "--strict"]):
        ran = desk.run(*command)
        assert (ran.status, "[facts-differ]" in ran.out) == (0, False)
    desk.change(HISTORY_NL, "In 2018 werd", "In 2019 werd")
    assert "“2019” stands here" in desk.run("check").out
    desk.change(HISTORY_FR, "En 2017,", "En 2016,")  # what changed since is
    assert "“2016” stands here, “2019”" in desk.run("build").out


def test_a_page_that_nobody_compared_yet_is_one_line_of_status(desk: Desk) -> None:
    """Three lines for each of its parts buried what changed elsewhere."""
    (desk.root / LOCK).unlink()
    shown = desk.run("status").out
    (line,) = (each for each in shown.split("\n") if "nobody has compared" in each)
    assert line.startswith("history: nobody has compared its ")
    assert line.endswith(" confirm history")
    assert "waits for a look" not in shown
    assert len(desk.report()["unconfirmed"]) > 2  # the JSON for programs has all of them
