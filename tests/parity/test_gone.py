"""What was confirmed and is in no language any more: told, until somebody confirms that it went."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from tests.conftest import Ran, make_tree, write_files, write_site
from tests.translating import Office, finished

RENAMED = "renamed-entry"


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


def gone(run: Callable[..., Ran], root: Path, check: str = "gone-part") -> list[str]:
    """The lines that the command `check` prints about one check."""
    out = run("check", root=root).out
    return [line for line in out.splitlines() if f"[{check}]" in line]


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


# Records of one's own whose fields are the same in every language: no text stands for them.
PEOPLE = {
    "content/types.yaml": (
        "people:\n  id: {type: key, required: true}\n  name: {type: text, required: true}\n"
        "  mail: {type: link}\n  posts:\n    type: group\n    many: true\n    fields:\n"
        "      id: {type: key, required: true}\n      from: {type: date}\n"
    ),
    "content/team/nl.md": "---\ntitle: De ploeg\n---\n\nWij.\n",
    "content/team/fr.md": "---\ntitle: L’équipe\n---\n\nNous.\n",
    "content/team/people.yaml": (
        "- id: ann\n  name: Ann\n- id: bea\n  name: Bea\n  posts:\n"
        "    - id: chair\n      from: 2020\n    - id: scribe\n      from: 2021\n"
    ),
}
ANN, BEA = "- id: ann\n  name: Ann\n", "- id: bea\n  name: Bea\n"
CHAIR = "  posts:\n    - id: chair\n      from: 2020\n"


@pytest.fixture
def team(run: Callable[..., Ran], tmp_path: Path) -> Path:
    """A site whose page with records of its own was confirmed."""
    root = write_site(tmp_path, PEOPLE)
    assert run("confirm", "team", root=root).status == 0
    return root


@pytest.mark.parametrize(
    ("records", "names"),
    [
        (None, "ann, bea, bea/chair, bea/scribe"),
        (BEA + CHAIR, "ann, bea/scribe"),
        (ANN + BEA, "bea/chair, bea/scribe"),
        (ANN.replace("ann", "anna") + PEOPLE["content/team/people.yaml"][len(ANN) :], "ann"),
    ],
    ids=["the file", "an entry", "items of a group", "an id"],
)
def test_records_without_a_text_that_went_are_told(
    run: Callable[..., Ran], team: Path, records: str | None, names: str
) -> None:
    assert gone(run, team) == []
    if records is None:
        (team / "content/team/people.yaml").unlink()
    else:
        write_files(team, {"content/team/people.yaml": records})
    (told,) = gone(run, team)
    assert f"no language any more ({names})" in told
    assert run("check", "--strict", root=team).status == 1
    assert run("confirm", "team", "fr", root=team).status == 0
    assert run("confirm", "team", "--block", "title", root=team).status != 0
    assert gone(run, team) == [told]
    assert run("confirm", "team", root=team).status == 0
    assert gone(run, team) == []


@pytest.mark.parametrize("records", ["[]\n", "", "\n"])
def test_an_emptied_file_of_records_is_told_alone_and_cannot_be_confirmed(
    run: Callable[..., Ran], team: Path, records: str
) -> None:
    """Its parts, and links to its entries, miss only as long as it is empty."""
    link = "---\ntitle: {}\n---\n\n[Ann](page:team#ann)\n"
    write_files(
        team,
        {
            "content/team/people.yaml": records,
            "content/about/nl.md": link.format("Over ons"),
            "content/about/fr.md": link.format("À propos"),
        },
    )
    (told,) = gone(run, team, "nothing-to-show")
    assert told.startswith("content/team/people.yaml:1:1: error: ")
    assert gone(run, team) == gone(run, team, "broken-anchor") == []
    assert run("confirm", "team", root=team).status == 1
    assert gone(run, team, "nothing-to-show") == [told]


def test_a_link_to_what_is_gone_says_so(run: Callable[..., Ran], root: Path) -> None:
    """No other event is proposed in its place, since that is another event."""
    link = "---\ntitle: {}\n---\n\n[Ze](page:time#e11)\n"
    write_files(
        root,
        {
            "content/time/timeline.yaml": "".join(map(event, range(11))),
            "content/about/nl.md": link.format("Over ons"),
            "content/about/fr.md": link.format("À propos"),
        },
    )
    out = run("check", root=root).out
    assert len(gone(run, root, "broken-anchor")) == 2
    assert out.count("help: it is gone: bring it back from git's history") == 2
    assert "page:time#e10" not in out


def test_records_with_a_text_in_one_of_their_fields_have_no_line_of_their_own(
    run: Callable[..., Ran], team: Path
) -> None:
    lock = team / "content/team/translations.lock"
    assert "\nann.people id:" in lock.read_text(encoding="utf-8")
    types = PEOPLE["content/types.yaml"].replace(
        "  mail:", "  role: {type: text, translate: true}\n  mail:"
    )
    role = "  role: {nl: Kassier, fr: Trésorière}\n"
    write_files(
        team, {"content/types.yaml": types, "content/team/people.yaml": ANN + role + BEA + CHAIR}
    )
    (told,) = gone(run, team)
    assert "any more (bea/scribe)" in told
    assert run("confirm", "team", root=team).status == 0
    text = lock.read_text(encoding="utf-8")
    assert "ann.people id:" not in text
    assert "ann.people-role.1 fr:" in text
    write_files(team, {"content/team/people.yaml": BEA + CHAIR})
    assert "any more (ann)" in gone(run, team)[0]


def test_a_lock_without_such_records_holds_and_begins_to_know_them_at_the_next_confirmation(
    run: Callable[..., Ran], team: Path
) -> None:
    lock = team / "content/team/translations.lock"
    older = [line for line in lock.read_text(encoding="utf-8").split("\n") if " id:" not in line]
    write_files(team, {"content/team/translations.lock": "\n".join(older)})
    assert run("confirm", "home", root=team).status == 0
    assert run("check", "--strict", root=team).status == 0
    write_files(team, {"content/team/people.yaml": BEA + CHAIR})
    assert gone(run, team) == []
    shown = run("confirm", "--all", root=team).out
    assert "team: 2 entries without a text per language" in shown
    assert "  bea/chair.people\n" in shown
    assert run("confirm", "--all", "--yes", root=team).status == 0
    assert run("confirm", "--all", root=team).out == ""
    (team / "content/team/people.yaml").unlink()
    assert "any more (bea, bea/chair)" in gone(run, team)[0]


def test_records_that_cannot_be_read_did_not_go(run: Callable[..., Ran], team: Path) -> None:
    for broken in ("- id: [\n", ANN + "- id: bea\n", "ann: [\n"):
        write_files(team, {"content/team/people.yaml": broken})
        assert gone(run, team) == []


def test_a_confirmed_part_does_not_hold_what_it_does_not_name(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(tmp_path, PEOPLE)
    assert run("confirm", "team", "--block=-.paragraph", root=root).status == 0
    lock = (root / "content/team/translations.lock").read_text(encoding="utf-8")
    assert "people" not in lock


def test_an_import_keeps_what_the_lock_knows_of_records_without_a_text(cache: Cache) -> None:
    office = Office(make_tree(PEOPLE), cache).confirmed()
    path, lock = "content/team/nl.md", "content/team/translations.lock"
    changed = office.edited(path, "Wij.", "Wij allemaal.")
    after = changed.imported(finished(changed.export("fr"), lambda entry: "Nous toutes."))
    assert "ann.people id:" in after.text(lock)
    fewer = changed.edited("content/team/people.yaml", ANN, "")
    after = fewer.imported(finished(fewer.export("fr"), lambda entry: "Nous toutes."))
    assert "ann.people id:" in after.text(lock)


TERM = "- id: {0}\n  preferred: {{nl: woord {0}, fr: mot {0}}}\n  reason: {{nl: Uitleg {0}., fr: Explication {0}.}}\n"


@pytest.mark.parametrize("left", [None, "", "[]\n", TERM.format("a")])
def test_terms_that_went_are_told_on_a_site_that_shows_them_on_no_page(
    run: Callable[..., Ran], tmp_path: Path, left: str | None
) -> None:
    root = write_site(tmp_path, {"content/terms.yaml": TERM.format("a") + TERM.format("b")})
    assert run("confirm", "terms.yaml", root=root).status == 0
    assert gone(run, root) == []
    if left is None:
        (root / "content/terms.yaml").unlink()
    else:
        write_files(root, {"content/terms.yaml": left})
    (told,) = gone(run, root)
    assert told.startswith("content/terms.lock:")
    assert "(b)" in told if left and TERM[:6] in left else "(a, b)" in told
    assert run("confirm", "terms.yaml", root=root).status == 0
    assert run("check", "--strict", root=root).status == 0


@pytest.mark.parametrize(
    ("path", "text", "how"),
    [
        ("content/time/timeline.yaml", "- id: [\n", ("time",)),
        ("content/time/timeline.yaml", event(0) + "- id: e01\n  date: never\n", ("time",)),
        ("content/time/timeline.yaml", "- id: [\n", ("time", "fr")),
        ("content/time/nl.md", "---\ntitle: Tijdlijn\nlayout: timeline\n\nLees.\n", ("time",)),
        ("content/about/nl.md", "---\ntitle: Over ons\n---\n\n```\nEen.\n", ("about",)),
    ],
)
def test_nobody_confirms_that_went_what_an_error_hides(
    run: Callable[..., Ran], root: Path, path: str, text: str, how: tuple[str, ...]
) -> None:
    lock = root / "content" / how[0] / "translations.lock"
    before = lock.read_bytes()
    write_files(root, {path: text})
    ran = run("confirm", *how, root=root)
    assert ran.status == 1
    assert f"{path}:" in ran.out + ran.err
    assert f"{how[0]}: mend these first; nothing is confirmed" in ran.err
    assert lock.read_bytes() == before


@pytest.mark.parametrize("types", ["people: [\n", "people:\n  id: {type: ke}\n", "people: x\n"])
def test_records_whose_declaration_cannot_be_read_did_not_go(
    run: Callable[..., Ran], team: Path, types: str
) -> None:
    lock = team / "content/team/translations.lock"
    before = lock.read_bytes()
    write_files(team, {"content/types.yaml": types})
    assert gone(run, team) == []
    ran = run("confirm", "team", root=team)
    assert ran.status == 1
    assert "team: mend these first; nothing is confirmed" in ran.err
    assert lock.read_bytes() == before


def test_an_entry_with_another_id_is_told_once_with_the_line_to_paste(
    run: Callable[..., Ran], root: Path
) -> None:
    events = "".join(map(event, range(12)))
    write_files(root, {"content/time/timeline.yaml": events.replace("id: e03", "id: e3")})
    (told,) = gone(run, root, RENAMED)
    assert told.startswith("content/time/timeline.yaml:13:7: warning: this was called `e03` ")
    assert "    - id: e03\n" in run("check", root=root).out
    assert gone(run, root) == []


@pytest.mark.parametrize(
    "events",
    [
        # in another order
        [event(1), event(0), *map(event, range(2, 12))],
        # the ids of two events are exchanged: both still lead to an event
        [
            event(0).replace("e00", "e01"),
            event(1).replace("e01", "e00"),
            *map(event, range(2, 12)),
        ],
        # a new event that takes the title of one that is gone, and no other text
        [
            *map(event, range(11)),
            event(11).replace("e11", "e12").replace("Tekst 11", "A").replace("Texte 11", "B"),
        ],
        # a new event beside the others
        [*map(event, range(12)), event(11).replace("e11", "e12").replace("11", "12")],
        # one is gone
        [*map(event, range(11))],
    ],
)
def test_an_entry_that_has_its_id_or_other_texts_was_not_renamed(
    run: Callable[..., Ran], root: Path, events: list[str]
) -> None:
    write_files(root, {"content/time/timeline.yaml": "".join(events)})
    assert gone(run, root, RENAMED) == []


def test_the_lock_has_the_new_id_once_it_was_confirmed(run: Callable[..., Ran], root: Path) -> None:
    lock = root / "content/time/translations.lock"
    before = lock.read_text("utf-8")
    events = "".join(map(event, range(12)))
    write_files(root, {"content/time/timeline.yaml": events.replace("id: e03", "id: e3")})
    assert run("confirm", "time", root=root).status == 0
    assert gone(run, root, RENAMED) == []
    parted = (each.partition(" ") for each in before.replace("e03.", "e3.").splitlines())
    assert sorted(lock.read_text("utf-8").splitlines()) == sorted("".join(each) for each in parted)


def test_confirm_all_names_what_was_renamed(run: Callable[..., Ran], root: Path) -> None:
    events = "".join(map(event, range(12)))
    write_files(root, {"content/time/timeline.yaml": events.replace("id: e03", "id: e3")})
    shown = run("confirm", "--all", root=root)
    assert "time: `e3` was called `e03`\n" in shown.out
    assert run("confirm", "--all", "--yes", root=root).status == 0
    assert "was called" not in run("confirm", "--all", root=root).out


NEW_ID = {
    "content/about/nl.md": TIME["content/about/nl.md"].replace("{#who}", "{#people}"),
    "content/about/fr.md": TIME["content/about/fr.md"].replace("{#who}", "{#people}"),
}


def test_a_heading_with_another_id_in_every_language_is_told_once(
    run: Callable[..., Ran], root: Path
) -> None:
    write_files(root, NEW_ID)
    (told,) = gone(run, root, RENAMED)
    assert told.startswith("content/about/nl.md:9:1: warning: this was called `who` ")
    out = run("check", root=root).out
    assert "    ## Wie {#who}\nhelp: and in content/about/fr.md:9, in the same go:\n" in out
    assert "    ## Qui {#who}\n" in out
    assert run("confirm", "about", root=root).status == 0
    assert gone(run, root, RENAMED) == gone(run, root) == []
    lock = (root / "content/about/translations.lock").read_text("utf-8")
    assert "people.heading.1 " in lock
    assert "people.paragraph.1 " in lock
    assert "who." not in lock


def test_a_link_to_a_heading_that_was_renamed_gets_its_new_id(
    run: Callable[..., Ran], root: Path
) -> None:
    """An id that only looks like it leads elsewhere."""
    link = "\n## {} {{#wha}}\n\n[{}](#who)\n"
    write_files(
        root,
        {
            "content/about/nl.md": NEW_ID["content/about/nl.md"] + link.format("Wat", "Wij"),
            "content/about/fr.md": NEW_ID["content/about/fr.md"] + link.format("Quoi", "Nous"),
        },
    )
    out = run("check", root=root).out
    assert out.count("help: it is called `people` now: ") == 2
    assert "#wha)" not in out


def test_the_id_that_words_gave_a_heading_may_change_with_a_written_one(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """The id made of the words is no id of the author: `fix` writes one, and old links still work."""
    files = {name: text.replace(" {#who}", "") for name, text in TIME.items()}
    root = write_site(tmp_path, files)
    assert run("confirm", "about", root=root).status == 0
    write_files(root, NEW_ID)
    assert gone(run, root, RENAMED) == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_heading_with_another_id_in_one_language_is_told_as_that(
    run: Callable[..., Ran], root: Path, language: str
) -> None:
    """Its words do not show it, but the lock knows that both headings say the same."""
    path = f"content/about/{language}.md"
    write_files(root, {path: NEW_ID[path]})
    (told,) = gone(run, root, "heading-ids-differ")
    assert told.startswith(f"{path}:9:1: warning: this heading is called `people` here, and `who` ")
    assert gone(run, root, "missing-unit") == gone(run, root, RENAMED) == []
    assert (
        f"    ## {'Wie' if language == 'nl' else 'Qui'} {{#who}}\n" in run("check", root=root).out
    )


def test_a_section_that_replaces_another_has_its_own_id(
    run: Callable[..., Ran], root: Path
) -> None:
    """In one language there is another section now: nothing says that both are one."""
    text = TIME["content/about/fr.md"].replace("## Qui {#who}\n\nNous.", "## Prix {#price}\n\n5 €.")
    write_files(root, {"content/about/fr.md": text})
    assert gone(run, root, "heading-ids-differ") == gone(run, root, RENAMED) == []
    assert gone(run, root, "missing-unit") != []


@pytest.mark.parametrize("written", ["- date: 2021-05-04\n", "- id: Grote Opening!\n"])
def test_an_entry_without_a_right_id_is_told_as_that(
    run: Callable[..., Ran], root: Path, written: str
) -> None:
    """Its texts are known, and it has no id that could be compared with that of the lock."""
    events = "".join(map(event, range(12))).replace("- id: e03\n", written)
    write_files(root, {"content/time/timeline.yaml": events})
    assert gone(run, root, RENAMED) == []
    assert run("check", root=root).status == 1
