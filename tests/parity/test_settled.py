"""What somebody confirmed as it is, is told no more until one of its sides changes: every finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.disk import read_tree
from diptych.explained import themes
from diptych.pipeline import Options, read_site
from tests.conftest import Ran, write_site

NL, FR, EVENTS = "content/about/nl.md", "content/about/fr.md", "content/about/timeline.yaml"
HEAD_NL, HEAD_FR = "---\ntitle: Over ons\n---\n\n", "---\ntitle: À propos\n---\n\n"
FAQ_NL, FAQ_FR = (
    head.replace("\n---\n\n", "\nlayout: faq\n---\n\n") for head in (HEAD_NL, HEAD_FR)
)
ONE = "De vereniging helpt al twintig jaar mensen die werk zoeken in de haven van de stad."
UN = "L'association aide depuis vingt ans les personnes qui cherchent du travail dans le port."
TWO = "Elke week komen vrijwilligers langs om samen brieven te schrijven en te lezen."
DEUX = "Chaque semaine, des bénévoles passent pour écrire et lire des lettres ensemble."
TIMELINE_NL, TIMELINE_FR = (
    head.replace("\n---\n\n", "\nlayout: timeline\n---\n\n") for head in (HEAD_NL, HEAD_FR)
)
TIMELINE = f"""\
- id: start
  date: 2015-06-02
  title: {{nl: Het begin, fr: Le début}}
  text:
    nl: |
      {ONE}

      {TWO}
    fr: |
      {UN}
"""

Edit = tuple[str, str, str]  # file, what stands there, what it becomes


@dataclass(frozen=True)
class Row:
    """A page of which a check tells something, and edits after each of which it is told again."""

    dutch: str
    french: str
    again: tuple[Edit, ...]
    first: tuple[Edit, ...] = ()  # made once the page was confirmed: what is told of a change
    events: str | None = None


def page(dutch: str, french: str, *again: Edit, first: tuple[Edit, ...] = ()) -> Row:
    return Row(f"{HEAD_NL}{dutch}\n", f"{HEAD_FR}{french}\n", again, first)


ROWS = {
    "facts-differ": (
        page(f"{ONE} In 2017.", f"{UN} En 2018.", (NL, "2017", "2016"), (FR, "2018", "2019")),
        page(f"{ONE} € 5.", f"{UN} 6 €.", (NL, "€ 5", "€ 4"), (FR, "6 €", "7 €")),
    ),
    "links-differ": (
        page(
            f"{ONE} [x](page:home)",
            f"{UN} [x](page:about)",
            (NL, "page:home", "https://example.net/"),
            (FR, "[x](page:about)", "x"),
        ),
    ),
    "pictures-differ": (
        page(
            f"{ONE} ![zo](a.png){{.optional}} en voort",
            f"{UN} et ainsi de suite",
            (NL, "a.png", "b.png"),
            (FR, "et ainsi", "et ![a](c.png){.optional} ainsi"),
        ),
    ),
    "footnotes-differ": (
        page(
            f"{ONE}[^a]\n\n[^a]: Zie daar.",
            f"{UN}\n\n[^a]: Voir là.",
            (NL, "stad.[^a]", "stad.[^a] Meer."),
            (FR, "dans le port.", "au port."),
        ),
    ),
    "list-differs": (
        page(
            "- een\n- twee\n- drie",
            "- un\n- deux",
            (NL, "- drie", "- drie\n- vier"),
            (FR, "- un\n", ""),
        ),
    ),
    "paragraphs-differ": (
        Row(
            f"{FAQ_NL}## Wie? {{#who}}\n\n{ONE}\n\n{TWO}\n",
            f"{FAQ_FR}## Qui ? {{#who}}\n\n{UN}\n",
            (
                (NL, TWO, f"{TWO}\n\nEn meer."),
                (NL, "langs om samen", "langs. \n\nOm samen"),
                (FR, "ans les", "ans\n\nles\n\nautres"),
            ),
        ),
        Row(
            TIMELINE_NL,
            TIMELINE_FR,
            (
                (EVENTS, "elke week", "\n\n      Elke week"),
                (EVENTS, "les personnes", "\n\n      les\n\n      personnes"),
            ),
            events=TIMELINE.replace("Elke week", "elke week"),
        ),
        page(
            f"{ONE}\n\n{TWO}",
            f"{UN} {DEUX}",
            (NL, "twintig jaar", "twintig jaar lang"),
            (FR, "du travail", "un travail"),
        ),
    ),
    "heading-level-differs": (
        page(
            f"## Wie {{#who}}\n\n{ONE}",
            f"### Qui {{#who}}\n\n{UN}",
            (NL, "## Wie", "#### Wie"),
            (FR, "### Qui", "#### Qui"),
        ),
        page(
            f"{ONE}\n\n**Waarom?**\n\n{TWO}",
            f"{UN}\n\n## Pourquoi ?\n\n{DEUX}",
            (NL, "**Waarom?**", "**Waarom toch?**"),
            (FR, "## Pourquoi ?", "### Pourquoi ?"),
        ),
    ),
    "headings-swapped": (
        page(
            f"## Wie {{#who}}\n\n{ONE}\n\n## Wat {{#what}}\n\n{TWO}\n\n## Waar {{#where}}\n\nHier.",
            f"## Quoi {{#what}}\n\n{DEUX}\n\n## Qui {{#who}}\n\n{UN}\n\n## Où {{#where}}\n\nIci.",
            (FR, "## Où {#where}\n\nIci.", ""),
            (NL, "\n\n## Waar {#where}\n\nHier.", ""),
        ),
    ),
    "untranslated": (page(ONE, ONE, (NL, "haven", "Haven"), (FR, "haven", "Haven")),),
    "wrong-language": (
        page(
            ONE,
            "We are here and we will be here for as long as it takes to have the law.",
            (FR, "the law", "the laws"),
        ),
    ),
    "missing-unit": (
        page(
            f"{ONE}\n\n{TWO}\n\nNog iets dat alleen hier staat, voor wie hier woont.",
            f"{UN}\n\n{DEUX}",
            (NL, "alleen hier", "enkel hier"),
        ),
        page(
            f"{ONE}\n\n{TWO}",
            f"{UN}\n\n{DEUX}",
            (NL, TWO, f"{TWO}\n\nNog iets nieuws voor wie hier woont."),
            first=((FR, f"\n\n{DEUX}", ""),),
        ),
    ),
    "outdated-translation": (
        page(ONE, UN, (NL, "honderd", "tien"), first=((NL, "twintig jaar", "honderd jaar"),)),
    ),
    "unconfirmed": (
        Row(
            TIMELINE_NL,
            TIMELINE_FR,
            ((EVENTS, "Het begin, fr: Le début", "De eerste dag, fr: Le premier jour"),),
            events=TIMELINE,
        ),
    ),
    "gone-part": (
        page(
            f"## Wie {{#who}}\n\n{ONE}\n\n{TWO}",
            f"## Qui {{#who}}\n\n{UN}\n\n{DEUX}",
            first=((NL, f"\n\n{TWO}", ""), (FR, f"\n\n{DEUX}", "")),
        ),
    ),
    "renamed-entry": (
        Row(
            TIMELINE_NL,
            TIMELINE_FR,
            ((EVENTS, "id: begin", "id: opening"),),
            first=((EVENTS, "id: start", "id: begin"),),
            events=TIMELINE,
        ),
    ),
    "uncertain-alignment": (
        page(
            "In 2015 waren wij hier.\n\nIn 2016 was jij hier.\n\nIn 2017 waren zij hier.",
            "En 1999, vous étiez là.\n\nEn 1998, elles étaient là.",
        ),
    ),
}
ABOUT_THE_LOCK = {"lock-damaged", "lock-version"}  # a file of the tool's, which nobody confirms
PARITY = next(theme for theme in themes() if theme.name == "parity")
CASES = [(check, row) for check, rows in ROWS.items() for row in rows]


def test_every_finding_about_two_languages_has_a_row() -> None:
    assert {each.check for each in PARITY.explanations} - ABOUT_THE_LOCK == set(ROWS)


@pytest.mark.parametrize(("check", "row"), CASES, ids=[check for check, _ in CASES])
def test_what_was_confirmed_is_settled_until_it_changes(
    check: str, row: Row, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path, {NL: row.dutch, FR: row.french, EVENTS: row.events})
    if row.first:
        _confirm(root, run)
        for edit in row.first:
            _make(root, edit)
    assert check in _told(root)
    _confirm(root, run)
    assert _told(root) & set(ROWS) == set()
    assert run("confirm", "--all", root=root).err.count("confirmed already") == 1
    for path, old, new in row.again:
        before = _make(root, (path, old, new))
        assert check in _told(root), (path, old, new)
        (root / path).write_text(before, "utf-8")
        assert _told(root) & set(ROWS) == set()


def _confirm(root: Path, run: Callable[..., Ran]) -> None:
    assert run("confirm", "--all", "--yes", root=root).status == 0


def _make(root: Path, edit: Edit) -> str:
    """Makes an edit; the text before it."""
    path, old, new = edit
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1, edit
    (root / path).write_text(text.replace(old, new), "utf-8")
    return text


def _told(root: Path) -> set[str]:
    """The checks that tell something about the page, as a note, a warning or an error."""
    read = read_site(read_tree(root).value, Options(), Cache(None))
    return {each.check for each in read.diagnostics if each.span.path.startswith("content/about/")}
