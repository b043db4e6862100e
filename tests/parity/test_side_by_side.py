"""The two-column view: one self-contained file that needs no script, marks in words and prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from lxml import html

from diptych.diagnostics import say
from diptych.i18n import TOOL_LANGUAGES, translator
from diptych.pipeline import Build
from diptych.translation.side_by_side import side_by_side
from tests.conftest import MINIMAL, Ran, write_site

ABOUT = {
    "content/about/nl.md": (
        "---\ntitle: Over ons\n---\n\nWij zijn met velen & blijven <em>hier</em>.\n\nEn jij ook.\n\n"
        "Zij ook wel.\n\n## Wie {#who}\n\nWij.\n\n## Pers {#press}\n\nBel.\n"
    ),
    "content/about/fr.md": (
        "---\ntitle: À propos\n---\n\nNous sommes beaucoup.\n\nEt vous aussi.\n\n"
        "## Qui {#who}\n\nNous.\n"
    ),
}


FETCHING = {"script", "link", "img", "iframe", "object", "embed", "form", "base"}


def view(build: Build, language: str = "en", **settings: object) -> str:
    assert build.site is not None
    return side_by_side(build.site, build.reports, build.sources, translator(language), **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def text(cache: object) -> str:
    from diptych.pipeline import Options, build_site
    from tests.conftest import make_tree

    return view(build_site(make_tree(ABOUT), Options(), cache))  # type: ignore[arg-type]


def rows(text: str) -> list[list[html.HtmlElement]]:
    page = html.document_fromstring(text)
    return [row.xpath("./td") for row in page.xpath("//section[@id='about']//tbody/tr")]


def marks_of(cell: html.HtmlElement) -> list[str]:
    """What a cell is marked with, in words."""
    return [str(mark.text) for mark in cell.xpath(".//*[@class='state']")]


def test_it_is_valid_html(text: str) -> None:
    html5lib.HTMLParser(strict=True).parse(text)
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", TOOL_LANGUAGES)
def test_it_says_in_which_language_it_speaks(language: str, site: Callable[..., Build]) -> None:
    page = html.document_fromstring(view(site(), language))
    assert page.get("lang") == language
    assert page.findtext(".//title") == page.findtext(".//h1")
    assert page.findtext(".//h1") == translator(language)(say("The languages side by side"))


def test_it_fetches_nothing_and_runs_nothing(text: str, whole_build: Build) -> None:
    for shown in (text, view(whole_build)):
        page = html.document_fromstring(shown)
        assert [each.tag for each in page.iter() if each.tag in FETCHING] == []
        assert [name for each in page.iter() for name in each.attrib if name.startswith("on")] == []
        assert page.xpath("//*[@src or @srcset or @data or @style]") == []
        targets = page.xpath("//@href")
        assert [target for target in targets if not target.startswith("#")] == []
        assert "url(" not in shown.partition("</style>")[0]
        assert "@import" not in shown


def test_every_unit_stands_beside_its_sister(whole_build: Build) -> None:
    page = html.document_fromstring(view(whole_build))
    assert page.xpath("//section/@id") == list(whole_build.reports)
    for key, report in whole_build.reports.items():
        found = page.get_element_by_id(key).xpath(".//tbody/tr")
        assert len(found) == len(report.groups)
        for row, group in zip(found, report.groups, strict=True):
            shown = {
                cell.get("lang"): cell.find("pre").text_content() for cell in row.xpath("./td[pre]")
            }
            assert shown == {f"{language}-BE": unit.text for language, unit in group.units.items()}
    jumps = page.xpath("//nav//a/@href")
    assert jumps == [f"#{key}" for key in whole_build.reports]


def test_texts_are_shown_as_they_are_written(text: str) -> None:
    assert "velen &amp; blijven &lt;em&gt;hier&lt;/em&gt;" in text


def test_the_lines_of_a_paragraph_run_on(site: Callable[..., Build]) -> None:
    """Nothing is added or lost; only what the source wraps is shown as a space."""
    body = "Een zin\ndie verder\ngaat.\n\nEn:\n\n- een punt\n  dat doorgaat\n- 2 punten\n\n| a |\n| - |\n| b |\n"
    build = site({"content/about/nl.md": f"---\ntitle: Over\n---\n\n{body}"})
    page = html.document_fromstring(view(build, only="about"))
    shown = page.xpath("//td[@lang='nl-BE']/pre")
    wrapped = [[each.text for each in pre.xpath("./span[@class='wrapped']")] for pre in shown]
    assert [each for each in wrapped if each] == [["\n", "\n"], ["\n  "]]
    assert "\n\n".join(pre.text_content() for pre in shown[-4:]).strip() == body.strip()


def test_what_waits_or_is_uncertain_is_marked_in_words(text: str) -> None:
    marks = [marks_of(cell) for row in rows(text) for cell in row]
    assert ["unconfirmed"] in marks
    assert ["unconfirmed", "uncertain"] in marks
    assert ["outdated"] in marks
    lacking = [
        cell.text_content() for row in rows(text) for cell in row if cell.find("pre") is None
    ]
    assert len(lacking) == 3
    assert all("outdated" in each and "nothing here yet" in each for each in lacking)


def test_what_is_current_bears_no_mark(tmp_path: Path, run: Callable[..., Ran]) -> None:
    root = write_site(tmp_path, ABOUT)
    assert run("confirm", "about", root=root).status == 0
    shown = tmp_path / "view.html"
    assert run("status", "--html", shown, root=root).status == 0
    written = shown.read_text(encoding="utf-8")
    marks = {mark for row in rows(written) for cell in row for mark in marks_of(cell)}
    assert marks <= {"uncertain"}


def test_every_text_has_its_place(text: str) -> None:
    places = [cell.findtext(".//span[@class='place']") for row in rows(text) for cell in row]
    assert "content/about/nl.md:5" in places
    assert "content/about/fr.md:5" in places


def test_places_can_be_links_and_one_page_can_stand_alone(site: Callable[..., Build]) -> None:
    shown = view(site(), link=lambda place: f"vscode://file/{place}", only="about")
    page = html.document_fromstring(shown)
    assert page.xpath("//section/@id") == ["about"]
    assert page.xpath("//*[@class='place']/a/@href")[0] == "vscode://file/content/about/nl.md:2"


def test_it_prints(text: str) -> None:
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert "@media print" in style
    paper = style.partition("@media print")[2]
    assert "break-inside: avoid" in paper


def test_a_page_in_one_language_has_one_column(site: Callable[..., Build]) -> None:
    build = site({"content/news/nl.md": "---\ntitle: Nieuws\n---\n\nTekst.\n"})
    page = html.document_fromstring(view(build, only="news"))
    assert page.xpath("//th/text()") == ["Nederlands"]
    assert marks_of(page) == []


def test_a_folder_that_is_not_there_is_told_without_a_traceback(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path / "site", MINIMAL)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    told = run("status", "--html", tmp_path / "file" / "view.html", root=root)
    assert told.status == 3
    assert "Traceback" not in told.err
