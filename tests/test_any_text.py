"""Texts that stand in no Markdown are inside every promise too: lists and groups of front matter, the
settings, the terms, the actors and figures of events.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import html

from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, Ran, write_site

Run = Callable[..., Ran]

TYPES = """\
page:
  goals: {type: text, translate: true, many: true, label: {nl: Doelen, fr: Buts}}
  host:
    type: group
    label: {nl: Gastvrouw, fr: Hôtesse}
    fields:
      name: {type: text}
      role: {type: text, translate: true, label: {nl: Rol, fr: Rôle}}
  stops:
    type: group
    many: true
    fields:
      place: {type: text, translate: true}
      from: {type: date, translate: false}
  pair:
    type: group
    fields:
      numbers: {type: number, many: true, translate: false}
"""
NL = """\
---
title: Over ons
goals: [samen zijn, leren]
host: {name: Ana, role: gastvrouw}
stops:
  - place: Gent
    from: 2020-06-08
  - place: Luik
    from: 2021
pair: {numbers: [1, 2]}
---

Dag.
"""
FR = """\
---
title: À propos
goals:
  - être ensemble
  - apprendre
host: {name: Ana, role: hôtesse}
stops:
  - place: Gand
    from: 2020-06-08
  - place: Liège
    from: 2021
pair: {numbers: [1, 2]}
---

Bonjour.
"""
TERMS = """\
- id: work
  preferred: {nl: sekswerk, fr: travail du sexe}
  avoid: {nl: [prostitutie], fr: [prostitution]}
  reason:
    nl: Dat zeggen wij sinds 8 juni 2020 samen.
    fr: Nous le disons ensemble depuis le 8 juin 2020.
"""
EVENTS = """\
- id: start
  date: 2020
  title: {nl: Begin, fr: Début}
  text: {nl: Begonnen., fr: Commencé.}
  actors: [Violett, {nl: Gent, fr: Gand}]
  figures:
    - {id: names, value: 24, unit: people, label: {nl: namen, fr: noms}}
"""
PAGE_NL, PAGE_FR = "content/about/nl.md", "content/about/fr.md"
SETTINGS, WORDS, TIMELINE = "content/site.yaml", "content/terms.yaml", "content/time/timeline.yaml"
SITE: Mapping[str, str] = {
    "content/types.yaml": TYPES,
    PAGE_NL: NL,
    PAGE_FR: FR,
    SETTINGS: SITE_YAML,
    WORDS: TERMS,
    TIMELINE: EVENTS,
    "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n",
}
KEYS = ("about", "home", "time", "site.yaml", "terms.yaml")


def changed(path: str, old: str, new: str) -> dict[str, str]:
    assert SITE[path].count(old) == 1, old
    return {**SITE, path: SITE[path].replace(old, new)}


def told(build: Build, *paths: str) -> set[str]:
    """`facts-differ 5:23`: what is said of the files, with line and column."""
    return {
        f"{each.check} {line}:{column}"
        for each in build.diagnostics
        if each.span.path in paths and each.check != "unconfirmed"
        for line, column in [build.sources[each.span.path].position(each.span.start)]
    }


def test_without_a_mistake_nothing_is_said(site: Callable[..., Build]) -> None:
    build = site(SITE)
    assert not build.failed
    assert told(build, *SITE) == set()


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (PAGE_NL, "leren", "leren tot 2030", "facts-differ 3:31"),
        (PAGE_NL, "samen zijn", "samen in de prostitutie", "avoided-term 3:21"),
        (PAGE_NL, ", leren]", "]", "missing-unit 5:5"),
        (PAGE_NL, "gastvrouw", "gastvrouw in 12 huizen", "facts-differ 4:38"),
        (PAGE_NL, ", role: gastvrouw", "", "missing-unit 6:25"),
        (PAGE_NL, "  - place: Luik\n    from: 2021\n", "", "missing-unit 10:12"),
        (PAGE_NL, "place: Luik", "place: Luik 4", "facts-differ 8:17"),
        (PAGE_NL, "from: 2021", "from: 2022", "field-differs 11:11"),
        (PAGE_NL, "\n    from: 2021", "", "field-differs 11:11"),
        (PAGE_FR, "\n    from: 2021", "", "field-differs 2:8"),
        (PAGE_NL, "[1, 2]", "[1, 3]", "field-differs 12:18"),
        (PAGE_NL, "pair: {numbers: [1, 2]}\n", "", "field-differs 12:18"),
        (SETTINGS, "fr: Exemple asbl", "fr: Exemple asbl 2030", "facts-differ 8:46"),
        (SETTINGS, ", fr: Exemple asbl", "", "missing-translation 8:14"),
        (SETTINGS, ", fr: Loi", "", "missing-translation 11:13"),
        (SETTINGS, "nl: Wet", "nl: prostitutie", "avoided-term 11:13"),
        (WORDS, "le 8 juin", "le 9 juin", "facts-differ 6:43"),
        (WORDS, ", fr: travail du sexe", "", "missing-translation 2:19"),
        (TIMELINE, "fr: Gand", "fr: Gand 9", "facts-differ 5:41"),
        (TIMELINE, "nl: Gent, fr: Gand", "nl: Gent", "missing-translation 5:26"),
        (TIMELINE, ", fr: noms", "", "missing-translation 7:56"),
    ],
)
def test_each_mistake_is_reported_in_its_place(
    site: Callable[..., Build], path: str, old: str, new: str, expected: str
) -> None:
    paths = (PAGE_NL, PAGE_FR) if path in (PAGE_NL, PAGE_FR) else (path,)
    assert expected in told(site(changed(path, old, new)), *paths)


@pytest.mark.parametrize(
    ("path", "old"),
    [(SETTINGS, ", fr: Loi"), (TIMELINE, ", fr: Début"), (WORDS, ", fr: travail du sexe")],
)
def test_what_a_language_lacks_is_told_once(
    site: Callable[..., Build], path: str, old: str
) -> None:
    assert len(told(site(changed(path, old, "")), path)) == 1


OWN_TYPES = (
    TYPES
    + """\
timeline:
  room: {type: text, translate: true, label: {nl: Zaal, fr: Salle}}
terms:
  example: {type: prose, translate: true}
"""
)
OWN: Mapping[str, str] = {
    **SITE,
    "content/types.yaml": OWN_TYPES,
    TIMELINE: EVENTS + "  room: {nl: zolder, fr: grenier}\n",
    WORDS: TERMS + "  example: {nl: Zoals *hier*., fr: Comme *ici*.}\n",
    "content/words/nl.md": "---\ntitle: Woorden\nlayout: glossary\n---\n",
    "content/words/fr.md": "---\ntitle: Mots\nlayout: glossary\n---\n",
}
SHOWN = {
    "nl/over-ons/": ("samen zijn", "leren", "gastvrouw", "Gent", "Luik"),
    "fr/a-propos/": ("être ensemble", "apprendre", "hôtesse", "Gand", "Liège"),
    "nl/tijd/": ("zolder", "Gent", "namen"),
    "fr/temps/": ("grenier", "Gand", "noms"),
    "nl/woorden/": ("sekswerk", "Zoals hier."),
    "fr/mots/": ("travail du sexe", "Comme ici."),
}


def test_pages_search_and_the_file_to_take_along_have_the_texts(
    site: Callable[..., Build],
) -> None:
    build = site(
        {
            **OWN,
            SETTINGS: SITE_YAML + "search: true\n",
            "content/search/nl.md": "---\ntitle: Zoeken\nlayout: search\n---\n",
            "content/search/fr.md": "---\ntitle: Chercher\nlayout: search\n---\n",
        },
        options=Options(index=False),
    )
    assert not {each.check for each in build.diagnostics} & {"unshown-text"}
    outputs = {each.path: each.data.decode() for each in build.outputs if each.is_page}
    searched = {each.path: each.html for each in build.texts}
    for path, words in SHOWN.items():
        (takeaway,) = (
            text
            for name, text in outputs.items()
            if name.endswith(".htm") and name.startswith(path[:3])
        )
        for text in (outputs[f"{path}index.html"], searched[path], takeaway):
            seen = " ".join(html.fromstring(text).text_content().split())
            for each in words:
                assert each in seen, (path, each)


def test_a_text_of_ones_own_that_its_page_does_not_show_is_a_warning(
    site: Callable[..., Build],
) -> None:
    blank = b"{% extends 'theme/base.html' %}{% block main %}<main>{{ view.title }}</main>{% endblock %}"
    files = {
        **OWN,
        **{f"templates/{name}.html": blank for name in ("page", "timeline", "glossary")},
    }
    told = {
        (each.span.path, str(each.message).partition("`")[2].rstrip("`")): str(each.message)
        for each in site(files).diagnostics
        if each.check == "unshown-text"
    }
    fields = {"goals", "role", "place"}
    assert told.keys() == {
        *((PAGE_NL, field) for field in fields),
        (TIMELINE, "room"),
        (WORDS, "example"),
    }
    # one template hides it in both languages: told once, at the first, with the pages of both
    for message in told.values():
        assert re.search(r"readers of /nl/\S*, /fr/\S* do not see", message)


def confirmed(run: Run, root: Path) -> Path:
    write_site(root, SITE)
    for key in KEYS:
        assert run("confirm", key, root=root).status == 0
    assert run("check", "--strict", root=root) == Ran(0, "", "")
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1, old
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_the_files_of_the_whole_site_have_locks_of_their_own(run: Run, tmp_path: Path) -> None:
    root = confirmed(run, tmp_path)

    def labels(path: str) -> list[str]:
        lines = (root / path).read_text("utf-8").split("\n")
        return [line.split(" ")[0] for line in lines[1:] if line]

    assert labels("content/site.lock") == ["-.site-organisation-name.1", "law.site-topics.1"]
    assert labels("content/terms.lock") == ["work.term-preferred.1", "work.term-reason.1"]
    assert set(labels("content/about/translations.lock")) >= {
        "-.host-role.1",
        "-/1.goals.1",
        "-/2.goals.1",
        "-/1.stops-place.1",
        "-/2.stops-place.1",
    }
    assert set(labels("content/time/translations.lock")) >= {
        "start/2.event-actors.1",
        "start/names.event-figures-label.1",
    }


CHANGES = [
    (PAGE_NL, "leren]", "bijleren]", "about", "-/2.goals.1", f"{PAGE_FR}:5"),
    (PAGE_NL, "gastvrouw", "onthaal", "about", "-.host-role.1", f"{PAGE_FR}:6"),
    (PAGE_NL, "place: Luik", "place: Luik-stad", "about", "-/2.stops-place.1", f"{PAGE_FR}:10"),
    (SETTINGS, "nl: Wet", "nl: Wetten", "site.yaml", "law.site-topics.1", f"{SETTINGS}:11"),
    (WORDS, "samen", "met ons allen", "terms.yaml", "work.term-reason.1", f"{WORDS}:6"),
    (TIMELINE, "nl: Gent", "nl: Gent-stad", "time", "start/2.event-actors.1", f"{TIMELINE}:5"),
    (TIMELINE, "namen", "vrouwen", "time", "start/names.event-figures-label.1", f"{TIMELINE}:7"),
]


@pytest.mark.parametrize(("path", "old", "new", "key", "label", "place"), CHANGES)
def test_what_changed_in_one_language_is_outdated_in_the_other(
    run: Run, tmp_path: Path, path: str, old: str, new: str, key: str, label: str, place: str
) -> None:
    root = confirmed(run, tmp_path)
    edit(root, path, old, new)
    checked = run("check", root=root).out
    assert f"{place}:" in checked
    assert f"confirm {key} fr --block {label}" in checked
    status = json.loads(run("status", "--format", "json", root=root).out)
    assert status["pages"][key]["fr"]["state"] == "outdated"
    assert status["pages"][key]["nl"]["state"] == "current"
    (change,) = status["changes"]
    assert (change["page"], change["label"], change["place"]) == (key, label, place)
    assert run("confirm", key, "fr", "--block", label, root=root).status == 0
    assert run("check", "--strict", root=root) == Ran(0, "", "")


def answer(po: str, translations: Mapping[str, str]) -> str:
    """The PO file with a translation for each entry whose text is there."""
    entries = []
    for entry in po.split("\n\n"):
        head, mark, _ = entry.partition("msgstr")
        text = next((new for old, new in translations.items() if f'msgid "{old}"' in entry), None)
        if "msgctxt" not in entry or text is None:
            entries.append(entry)
        else:
            entries.append(head.replace("#, fuzzy\n", "") + f'{mark} "{text}"\n')
    return "\n\n".join(entries)


def returned(run: Run, root: Path, translations: Mapping[str, str]) -> Ran:
    """What `import` says of the file that `export` wrote, with translations."""
    back = root.parent / "fr.po"
    back.write_text(answer(run("export", "fr", root=root).out, translations), "utf-8")
    return run("import", back, root=root)


@pytest.mark.parametrize(
    ("path", "old", "new", "translations", "there", "before", "after"),
    [
        (
            PAGE_NL,
            "leren]",
            "bijleren]",
            {"bijleren": "se former"},
            PAGE_FR,
            "- apprendre",
            "- se former",
        ),
        (
            PAGE_NL,
            ", leren]",
            ", leren, lachen]",
            {"lachen": "rire"},
            PAGE_FR,
            "  - apprendre\n",
            "  - apprendre\n  - rire\n",
        ),
        (
            PAGE_NL,
            "gastvrouw",
            "onthaal",
            {"onthaal": "accueil"},
            PAGE_FR,
            "role: hôtesse",
            "role: accueil",
        ),
        (
            PAGE_NL,
            "Luik",
            "Luik-stad",
            {"Luik-stad": "Liège-ville"},
            PAGE_FR,
            "Liège",
            "Liège-ville",
        ),
        (
            PAGE_NL,
            "    from: 2021\n",
            "    from: 2021\n  - {place: Bergen, from: 2022}\n",
            {"Bergen": "Mons"},
            PAGE_FR,
            "    from: 2021\n",
            "    from: 2021\n  - place: Mons\n    from: 2022\n",
        ),
        (
            SETTINGS,
            "nl: Wet",
            "nl: Wetten",
            {"Wetten": "Les lois"},
            SETTINGS,
            "fr: Loi",
            "fr: Les lois",
        ),
        (
            SETTINGS,
            "law: {nl: Wet, fr: Loi}",
            "law: {nl: Wet, fr: Loi}\n  aid: {nl: Hulp}",
            {"Hulp": "Aide"},
            SETTINGS,
            "{nl: Hulp}",
            "{nl: Hulp, fr: Aide}",
        ),
        (
            WORDS,
            "samen",
            "met ons",
            {
                "Dat zeggen wij sinds 8 juni 2020 met ons.": "Nous le disons entre nous depuis le 8 juin 2020."
            },
            WORDS,
            "Nous le disons ensemble",
            "Nous le disons entre nous",
        ),
        (
            TIMELINE,
            "nl: Gent",
            "nl: Gent-stad",
            {"Gent-stad": "Gand-ville"},
            TIMELINE,
            "fr: Gand",
            "fr: Gand-ville",
        ),
        (TIMELINE, "namen", "vrouwen", {"vrouwen": "femmes"}, TIMELINE, "fr: noms", "fr: femmes"),
    ],
)
def test_what_is_missing_or_outdated_goes_out_and_comes_back(
    run: Run,
    tmp_path: Path,
    path: str,
    old: str,
    new: str,
    translations: dict[str, str],
    there: str,
    before: str,
    after: str,
) -> None:
    root = confirmed(run, tmp_path / "site")
    edit(root, path, old, new)
    text = (root / there).read_text("utf-8")
    result = returned(run, root, translations)
    assert result.status == 0, result.out + result.err
    assert (root / there).read_text("utf-8") == text.replace(before, after)
    assert run("check", "--strict", root=root) == Ran(0, "", "")


def test_a_list_and_groups_that_a_page_lacks_are_written_as_in_the_other_language(
    run: Run, tmp_path: Path
) -> None:
    bare = "---\ntitle: Over ons\npair: {numbers: [1, 2]}\n---\n\nDag.\n"
    other = bare.replace("Over ons", "À propos").replace("Dag", "Bonjour")
    root = write_site(tmp_path / "site", {**SITE, PAGE_NL: bare, PAGE_FR: other})
    for key in KEYS:
        assert run("confirm", key, root=root).status == 0
    (root / PAGE_NL).write_text(NL, "utf-8")
    translations = {
        "samen zijn": "être ensemble",
        "leren": "apprendre",
        "gastvrouw": "hôtesse",
        "Gent": "Gand",
        "Luik": "Liège",
    }
    result = returned(run, root, translations)
    assert result.status == 0, result.out + result.err
    assert (root / PAGE_FR).read_text("utf-8") == FR.replace(
        "goals:\n  - être ensemble\n  - apprendre\nhost: {name: Ana, role: hôtesse}\n",
        "goals: [être ensemble, apprendre]\nhost:\n  name: Ana\n  role: hôtesse\n",
    )
    assert run("check", "--strict", root=root) == Ran(0, "", "")


def test_a_page_that_a_language_lacks_brings_its_lists_and_groups(run: Run, tmp_path: Path) -> None:
    root = confirmed(run, tmp_path / "site")
    (root / PAGE_FR).unlink()
    translations = {
        "Over ons": "À propos",
        "samen zijn": "être ensemble",
        "gastvrouw": "hôtesse",
        "Luik": "Liège",
        "Dag.": "Bonjour.",
    }
    result = returned(run, root, translations)
    assert result.status == 0, result.out + result.err
    assert "the item before this one in its list is not translated yet" in result.out
    assert (root / PAGE_FR).read_text("utf-8") == (
        "---\ntitle: À propos\ngoals: [être ensemble]\nhost:\n  name: Ana\n  role: hôtesse\n"
        "stops:\n  - from: 2020-06-08\n  - from: 2021\npair:\n  numbers: [1, 2]\n---\n\nBonjour.\n"
    )


def test_an_item_does_not_come_before_its_turn(run: Run, tmp_path: Path) -> None:
    root = confirmed(run, tmp_path / "site")
    edit(root, PAGE_NL, ", leren]", ", leren, lachen, zingen]")
    result = returned(run, root, {"zingen": "chanter"})
    assert result.status == 0, result.out + result.err
    assert "the item before this one in its list is not translated yet" in result.out
    assert (root / PAGE_FR).read_text("utf-8") == FR


@pytest.mark.parametrize(
    ("field", "old", "new", "sent", "said"),
    [
        (
            "short: {nl: Kort, fr: Court}",
            "Kort",
            "Heel kort",
            "long " * 30,
            "is not a text of at most",
        ),
        (
            'lasted: {nl: "na {days}", fr: "après {days}"}',
            "na {days}",
            "pas na {days}",
            "jamais",
            "is not a text with `{days}` in it once",
        ),
    ],
)
def test_what_a_field_does_not_take_is_told_at_its_translation(
    run: Run, tmp_path: Path, field: str, old: str, new: str, sent: str, said: str
) -> None:
    root = write_site(tmp_path / "site", {**SITE, TIMELINE: f"{EVENTS}  {field}\n"})
    assert run("confirm", "time", root=root).status == 0
    edit(root, TIMELINE, old, new)
    result = returned(run, root, {new: sent.strip()})
    assert result.status == 1
    assert said in result.out
    assert "translation-unproven" not in result.out
