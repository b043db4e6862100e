"""A content type that no code knows is inside every promise: checked, compared, counted, translated, found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import html

from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, Ran, write_site

TYPES = """\
workshops:
  id: {type: key, required: true}
  name: {type: text, translate: true, required: true}
  about: {type: prose, translate: true, label: {nl: Uitleg, fr: Explication}}
  goals: {type: text, translate: true, many: true}
  since: {type: date}
  next: {type: reference, to: workshops}
  moments:
    type: group
    many: true
    fields:
      place: {type: text, translate: true}
      from: {type: date}
"""
WORKSHOPS = """\
- id: paint
  name: {nl: Schilderen, fr: Peindre}
  about:
    nl: |
      Wij beginnen op 8 juni 2020.

      Lees [wie we zijn](page:about).
    fr: |
      Nous commençons le 8 juin 2020.

      Lisez [qui nous sommes](page:about).
  goals:
    nl: [samen zijn, leren]
    fr: [être ensemble, apprendre]
  since: 2019
  next: sing
  moments:
    - {place: {nl: Gent, fr: Gand}, from: 2020-06-08}
    - {place: {nl: Luik, fr: Liège}}
- id: sing
  name: {nl: Zingen, fr: Chanter}
"""
TERMS = """\
- id: work
  preferred: {nl: sekswerk, fr: travail du sexe}
  avoid: {nl: [prostitutie], fr: [prostitution]}
  reason: {nl: Omdat., fr: Parce que.}
"""
PAGES = ("nl/over-ons/", "fr/a-propos/")
YAML = "content/about/workshops.yaml"
SITE: Mapping[str, str] = {
    "content/types.yaml": TYPES,
    YAML: WORKSHOPS,
    "content/terms.yaml": TERMS,
    "content/site.yaml": SITE_YAML + "foreign: {en: [Sex Workers United]}\n",
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nDag.\n",
    "content/about/fr.md": "---\ntitle: À propos\n---\n\nBonjour.\n",
}


def changed(old: str, new: str) -> dict[str, str]:
    assert old in WORKSHOPS
    return {**SITE, YAML: WORKSHOPS.replace(old, new, 1)}


def told(build: Build) -> set[str]:
    """`facts-differ 5:23`: what is said of the file, with line and column."""
    return {
        f"{each.check} {line}:{column}"
        for each in build.diagnostics
        if each.span.path == YAML
        for line, column in [build.sources[YAML].position(each.span.start)]
    }


def test_without_a_mistake_nothing_is_said(site: Callable[..., Build]) -> None:
    build = site(SITE)
    assert told(build) <= {"unconfirmed 2:14"}
    assert not build.failed


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("8 juin 2020", "9 juin 2020", {"facts-differ 5:23", "facts-differ 9:26"}),
        ("Luik", "Luik 12", {"facts-differ 19:25"}),
        ("samen zijn", "prostitutie", {"avoided-term 13:10"}),
        ("Lisez", "La prostitution :", {"avoided-term 11:10"}),
        ("Peindre", "prostitution", {"avoided-term 2:30"}),
        (", fr: Peindre", "", {"missing-translation 2:14"}),
        ("fr: Gand", "fr: Gand, de: Gent", {"unknown-language 18:36"}),
        (", apprendre", "", {"missing-unit 13:22"}),
        (", fr: Liège", "", {"missing-translation 19:20"}),
        ("page:about", "page:abuot", {"broken-link 7:26"}),
        ("wie we zijn", "hier", {"vague-link 7:13"}),
        ("Wij beginnen", "Sex Workers United begint", {"unmarked-language 5:7"}),
        ("op 8 juni", "op dinsdag 8 juni", {"wrong-weekday 5:23"}),
        ("next: sing", "next: sung", {"unknown-record 16:9"}),
        ("leren", "…", {"unwritten 13:22"}),
    ],
)
def test_each_mistake_is_reported_in_its_place(
    site: Callable[..., Build], old: str, new: str, expected: set[str]
) -> None:
    assert expected <= told(site(changed(old, new)))


def confirmed(run: Callable[..., Ran], root: Path) -> Path:
    write_site(root, SITE)
    assert run("confirm", "about", root=root).status == 0
    return root


def edit(root: Path, old: str, new: str) -> None:
    path = root / YAML
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


LOCKED = {
    "paint.workshops-name.1",
    "paint.workshops-about.1",
    "paint/1.workshops-goals.1",
    "paint/2.workshops-goals.1",
    "paint/1.workshops-moments-place.1",
    "paint/2.workshops-moments-place.1",
    "sing.workshops-name.1",
}


def test_the_lock_of_the_page_holds_its_units(run: Callable[..., Ran], tmp_path: Path) -> None:
    root = confirmed(run, tmp_path)
    lock = (root / "content/about/translations.lock").read_text("utf-8")
    assert {line.split(" ")[0] for line in lock.split("\n") if "workshops" in line} == LOCKED


def test_what_changed_in_one_language_is_outdated_in_the_other(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = confirmed(run, tmp_path)
    edit(root, "Luik", "Luik-stad")
    assert f"{YAML}:19:35: warning: the Dutch text changed since" in run("check", root=root).out
    status = json.loads(run("status", "--format", "json", root=root).out)
    assert status["pages"]["about"]["fr"] == {"state": "outdated", "parts": 1, "words": 1}
    (change,) = status["changes"]
    assert (change["label"], change["place"]) == (
        "paint/2.workshops-moments-place.1",
        f"{YAML}:19",
    )
    assert run("build", root=root).status == 0
    page = html.fromstring((root / "public/fr/a-propos/index.html").read_text("utf-8"))
    (link,) = page.xpath("//a[@href='/nl/over-ons/#paint']")
    assert link.text_content() == "Schilderen"
    assert run("confirm", "about", "fr", "--block", "paint", root=root).status == 0
    assert json.loads(run("status", "--format", "json", root=root).out)["changes"] == []


@pytest.mark.parametrize(
    ("old", "new", "translations", "written"),
    [
        ("Luik", "Luik-stad", {"Luik-stad": "Liège-ville"}, {"fr: Liège": "fr: Liège-ville"}),
        ("op 8 juni", "pas op 8 juni", {"Wij": "Nous commençons seulement le 8 juin 2020."}, {}),
        (
            ", leren]",
            ", leren, lachen]",
            {"lachen": "rire"},
            {"[être ensemble, apprendre]": "[être ensemble, apprendre, rire]"},
        ),
        (
            "    fr: [être ensemble, apprendre]\n",
            "",
            {"samen zijn": "être ensemble", "leren": "apprendre"},
            {},
        ),
        ("{nl: Zingen, fr: Chanter}", "{nl: Zingen}", {"Zingen": "Chanter"}, {}),
        ("{place: {nl: Luik, fr: Liège}}", "{place: {nl: Luik}}", {"Luik": "Liège"}, {}),
    ],
)
def test_what_is_missing_or_outdated_goes_out_and_comes_back(
    run: Callable[..., Ran],
    tmp_path: Path,
    old: str,
    new: str,
    translations: dict[str, str],
    written: dict[str, str],
) -> None:
    root = confirmed(run, tmp_path / "site")
    edit(root, old, new)
    edited = (root / YAML).read_text("utf-8")
    po = run("export", "fr", root=root).out
    assert po.count("msgctxt") == len(translations), po
    entries = [answered(each, translations) for each in po.split("\n\n")]
    back = tmp_path / "fr.po"
    back.write_text("\n\n".join(entries), "utf-8")
    result = run("import", back, root=root)
    assert result.status == 0, result.out + result.err
    found = (root / YAML).read_text("utf-8")
    if written:
        for before, after in written.items():
            edited = edited.replace(before, after, 1)
        assert found == edited
    for text in translations.values():
        assert " ".join(text.split()) in " ".join(found.split())
    assert json.loads(run("status", "--format", "json", root=root).out)["changes"] == []


def test_a_translator_reads_what_each_text_is(run: Callable[..., Ran], tmp_path: Path) -> None:
    root = confirmed(run, tmp_path)
    edit(root, "op 8 juni", "pas op 8 juni")
    edit(root, "Luik", "Luik-stad")
    po = run("--message-language", "nl", "export", "fr", root=root).out
    comments = {line for line in po.split("\n") if line.startswith("#. ")}
    assert "#. Uitleg, onder ‘Schilderen’ (paint)" in comments, comments
    assert "#. place, onder ‘Schilderen’ (paint/2)" in comments


def answered(entry: str, translations: Mapping[str, str]) -> str:
    """An entry of the PO file with its translation, when there is one."""
    if "msgctxt" not in entry:
        return entry
    head, _, _ = entry.partition("msgstr")
    source = head.partition("msgid")[2]
    text = next(text for words, text in translations.items() if words in source)
    if text.startswith("Nous"):
        text += "\\n\\nLisez [qui nous sommes](page:about)."
    return head.replace("#, fuzzy\n", "") + f'msgstr "{text}"\n'


def test_search_and_the_file_to_take_along_have_its_texts(site: Callable[..., Build]) -> None:
    pages = {
        f"content/search/{language}.md": f"---\ntitle: {title}\nlayout: search\n---\n"
        for language, title in (("nl", "Zoeken"), ("fr", "Rechercher"))
    }
    settings = SITE["content/site.yaml"] + "search: true\n"
    build = site({**SITE, **pages, "content/site.yaml": settings}, options=Options(index=False))
    found = {each.path: each.html for each in build.texts}
    takeaway = {
        each.path: each.data.decode() for each in build.outputs if each.path.endswith(".htm")
    }
    for language, words in (
        ("nl", ("Schilderen", "Wij beginnen", "samen zijn", "Luik", "Zingen")),
        ("fr", ("Peindre", "Nous commençons", "être ensemble", "Liège", "Chanter")),
    ):
        (page,) = (
            text
            for path, text in found.items()
            if path in PAGES and path.startswith(f"{language}/")
        )
        (file,) = (text for path, text in takeaway.items() if path.startswith(f"{language}/"))
        for each in words:
            assert each in page.replace("\u00a0", " "), (language, each)
            assert each in file.replace("\u00a0", " "), (language, each)


def test_a_text_that_its_page_does_not_show_is_a_warning(site: Callable[..., Build]) -> None:
    files = {**SITE}
    for language, title in (("nl", "Over ons"), ("fr", "À propos")):
        files[f"content/about/{language}.md"] = f"---\ntitle: {title}\nlayout: list\n---\n"
    found = told(site(files))
    assert "unshown-text 2:14" in found
    assert "unshown-text 2:30" not in found  # the French text of the same field, told with it
