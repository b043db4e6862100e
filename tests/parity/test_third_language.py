"""German, Belgium's third language: by settings and files alone it stands in the same relation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from diptych.pipeline import Build
from tests.conftest import SITE_YAML, Ran, page_of, write_files, write_site

THREE = (
    SITE_YAML.replace(
        "navigation:", "  de: {locale: de_BE, name: Deutsch, typography: german}\nnavigation:"
    )
    .replace("fr: Exemple asbl", "fr: Exemple asbl, de: Beispiel VoG")
    .replace("fr: Loi", "fr: Loi, de: Recht")
)

FILES = {
    "content/site.yaml": THREE,
    "content/home/de.md": "---\ntitle: Willkommen\nlayout: home\n---\n\nWir sprechen.\n",
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nOp 8 juni 2020.\n\n## Wie {#who}\n\nWij.\n",
    "content/about/fr.md": "---\ntitle: À propos\n---\n\nLe 8 juin 2020.\n\n## Qui {#who}\n\nNous.\n",
    "content/about/de.md": "---\ntitle: Über uns\n---\n\nAm 8. Juni 2020.\n\n## Wer {#who}\n\nWir.\n",
}


class Site:
    """A small site in three languages on disk."""

    def __init__(self, root: Path, run: Callable[..., Ran]) -> None:
        self.root = write_site(root, FILES)
        self._run = run
        for key in ("home", "about"):
            self.run("confirm", key)

    def run(self, *arguments: str) -> Ran:
        return self._run(*arguments, root=self.root)

    def write(self, language: str, old: str, new: str) -> None:
        path = self.root / f"content/about/{language}.md"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def report(self) -> Any:
        return json.loads(self.run("status", "--format", "json").out)

    def states(self) -> str:
        """The states of the page, as (Dutch, French, German)."""
        return " ".join(cell["state"] for cell in self.report()["pages"]["about"].values())


@pytest.fixture
def three(tmp_path: Path, run: Callable[..., Ran]) -> Site:
    return Site(tmp_path, run)


def test_all_three_are_current_once_confirmed(three: Site) -> None:
    assert three.states() == "current current current"


def test_whichever_changed_makes_the_others_outdated(three: Site) -> None:
    three.write("de", "Wir.", "Wir alle.")
    assert three.states() == "outdated outdated current"
    assert {(each["language"], each["ahead"]) for each in three.report()["changes"]} == {
        ("nl", "de"),
        ("fr", "de"),
    }


def test_two_are_confirmed_and_one_is_behind(three: Site) -> None:
    three.write("nl", "Wij.", "Wij allemaal.")
    three.write("fr", "Nous.", "Nous tous et toutes.")
    assert three.states() == "unconfirmed unconfirmed outdated"
    assert three.run("confirm", "about", "fr").status == 0
    assert three.states() == "current current outdated"
    lock = (three.root / "content/about/translations.lock").read_text(encoding="utf-8")
    assert lock.count("~") == 1

    three.write("de", "Wir.", "Wir alle.")
    assert three.states() == "current current unconfirmed"
    assert three.run("confirm", "about", "de").status == 0
    assert three.states() == "current current current"
    lock = (three.root / "content/about/translations.lock").read_text(encoding="utf-8")
    assert "~" not in lock


def test_who_is_behind_stays_so_when_the_others_go_on(three: Site) -> None:
    three.write("nl", "Wij.", "Wij allemaal.")
    three.run("confirm", "about", "fr")
    assert three.states() == "current current outdated"
    three.write("nl", "Wij allemaal.", "Wij allemaal samen.")
    assert three.states() == "current outdated outdated"
    assert {each["ahead"] for each in three.report()["changes"]} == {"nl"}
    three.run("confirm", "about", "fr", "--block", "who")
    assert three.states() == "current current outdated"


def test_a_look_at_one_language_says_nothing_of_another_that_was_behind_and_edited(
    three: Site,
) -> None:
    three.write("nl", "Wij.", "Wij allemaal.")
    three.run("confirm", "about", "fr")
    three.write("de", "Wir.", "Wir alle.")
    three.run("confirm", "about", "nl")
    assert three.states() == "current current unconfirmed"


def test_a_translation_that_is_added_later_is_unconfirmed_and_makes_no_other_outdated(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path, {**FILES, "content/about/de.md": None})
    site = Site.__new__(Site)
    site.root, site._run = root, run
    site.run("confirm", "about")
    assert site.states() == "current current fallback"
    write_files(root, {"content/about/de.md": FILES["content/about/de.md"]})
    assert site.states() == "current current unconfirmed"
    site.run("confirm", "about", "de")
    assert site.states() == "current current current"


def test_a_page_in_german_only_is_a_fallback_for_the_others(three: Site) -> None:
    write_files(three.root, {"content/news/de.md": "---\ntitle: Neues\n---\n\nEs gibt Neues.\n"})
    assert [cell["state"] for cell in three.report()["pages"]["news"].values()] == [
        "fallback",
        "fallback",
        "current",
    ]
    assert three.run("build").status == 0
    assert three.run("check", "--strict").status == 1


def test_a_language_that_differs_from_the_others_is_told_so_once(three: Site) -> None:
    three.write("de", "8. Juni", "9. Juni")
    (told,) = (line for line in three.run("build").out.split("\n") if "[facts-differ]" in line)
    assert told.startswith("content/about/de.md:")
    assert "content/about/nl.md:" in told
    assert "content/about/fr.md:" in told


def test_the_reader_of_each_language_is_sent_to_the_one_that_is_ahead(
    site: Callable[..., Build],
) -> None:
    lock = "# diptych translations 1: written by `build.py confirm`, one unit a line\n"
    first = site({**FILES, "content/about/translations.lock": lock})
    records = []
    for group in first.reports["about"].groups:
        digests = {key: unit.digest for key, unit in group.units.items()}
        if group.kind == "paragraph" and group.section == "who":
            digests["de"] = "0" * 12
        pairs = " ".join(f"{key}:{digests[key]}" for key in sorted(digests))
        records.append(f"{group.place}.1 {pairs}")
    build = site({**FILES, "content/about/translations.lock": "\n\n".join([lock, *records]) + "\n"})
    for address in ("nl/over-ons/", "fr/a-propos/"):
        links = page_of(build, address).xpath("//aside[@class='notice']//a")
        assert [link.get("href") for link in links] == ["/de/ueber-uns/", "/de/ueber-uns/#who"]
        assert {link.get("lang") for link in links} == {"de-BE"}
    assert page_of(build, "de/ueber-uns/").xpath("//aside[@class='notice']") == []


def test_a_section_is_named_in_the_language_in_which_it_changed(three: Site) -> None:
    three.write("de", "Wir.", "Wir alle.")
    three.write("nl", "Op 8 juni 2020.", "Het was op 8 juni 2020.")
    assert three.run("build").status == 0
    page = html.parse(three.root / "public/fr/a-propos/index.html")
    links = page.xpath("//aside[@class='notice']//li/a")
    assert [(link.get("href"), link.get("lang"), link.get("hreflang")) for link in links] == [
        ("/nl/over-ons/", "nl-BE", "nl-BE"),
        ("/de/ueber-uns/#who", "de-BE", "de-BE"),
    ]


def test_a_place_is_named_once_where_two_languages_stand_in_one_line(three: Site) -> None:
    """As in a record whose texts of all languages are in one line."""
    role = "{nl: Sinds 12 juni 2021, fr: Depuis le 12 juin 2022, de: Seit 12. Juni 2022}"
    types = "people:\n  id: {type: key, required: true}\n  role: {type: text, translate: true}\n"
    write_files(
        three.root,
        {
            "content/types.yaml": types,
            "content/about/people.yaml": f"- id: jan\n  role: {role}\n",
        },
    )
    told = three.run("check").out
    assert "[facts-differ]" in told
    assert "people.yaml:2, content/about/people.yaml:2" not in told


_LONG = "Op die dag kwamen wij met velen samen op het plein van de stad."
_SHORT_LIST, _LIST = "- a\n- b\n", "- a\n- b\n- c\n"
_ONE_PARAGRAPH, _TWO_PARAGRAPHS = "## Q {#q}\n\nX.\n", "## Q {#q}\n\nX.\n\nY.\n"
_A, _B, _C = (f"## {each} {{#{each.lower()}}}\n\nTekst {each}.\n\n" for each in "ABC")


@pytest.mark.parametrize(
    ("check", "odd", "others", "layout"),
    [
        ("list-differs", _LIST, _SHORT_LIST, ""),
        ("paragraphs-differ", _TWO_PARAGRAPHS, _ONE_PARAGRAPH, "layout: faq\n"),
        ("heading-level-differs", "### A {#a}\n\nX.\n", "## A {#a}\n\nX.\n", ""),
        ("headings-swapped", _C + _A + _B, _A + _B + _C, ""),
    ],
)
def test_the_one_language_of_three_that_differs_is_told_once(
    tmp_path: Path,
    run: Callable[..., Ran],
    check: str,
    odd: str,
    others: str,
    layout: str,
) -> None:
    for language in ("nl", "fr", "de"):
        texts = {each: odd if each == language else others for each in ("nl", "fr", "de")}
        pages = {
            f"content/about/{each}.md": f"---\ntitle: {each}\n{layout}---\n\n{text}"
            for each, text in texts.items()
        }
        root = write_site(tmp_path / language, {**FILES, **pages})
        found = json.loads(run("check", "--format", "json", root=root).out)["diagnostics"]
        told = [each for each in found if each["check"] == check]
        assert [each["path"] for each in told] == [f"content/about/{language}.md"]
        for each in told:
            assert all(f"{other}.md" in each["message"] for other in texts if other != language)


def test_a_text_that_two_languages_have_from_a_third_is_told_once_in_each(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    pages = {
        f"content/about/{each}.md": f"---\ntitle: {each}\n---\n\n{_LONG}\n"
        for each in ("nl", "fr", "de")
    }
    root = write_site(tmp_path, {**FILES, **pages})
    found = json.loads(run("check", "--format", "json", root=root).out)["diagnostics"]
    told = [each["path"] for each in found if each["check"] == "untranslated"]
    assert sorted(told) == ["content/about/de.md", "content/about/fr.md"]


def test_values_of_settings_are_to_be_translated_into_a_language_that_is_added_later(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    """They were confirmed before the site had that language."""
    root = write_site(tmp_path, {**FILES, "content/site.yaml": SITE_YAML})
    assert run("confirm", "site.yaml", root=root).status == 0
    write_files(root, {"content/site.yaml": THREE.replace(", de: Beispiel VoG", "")})
    report = json.loads(run("status", "--format", "json", root=root).out)
    states = {language: each["state"] for language, each in report["pages"]["site.yaml"].items()}
    assert states == {"nl": "current", "fr": "current", "de": "outdated"}
    (missing,) = (each for each in report["changes"] if each["page"] == "site.yaml")
    assert (missing["language"], missing["ahead"]) == ("de", "nl")
    assert run("confirm", "site.yaml", root=root).status == 0
    report = json.loads(run("status", "--format", "json", root=root).out)
    assert report["pages"]["site.yaml"]["de"]["state"] == "outdated"  # a name cannot be left out
