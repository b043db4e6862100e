"""The view of all texts side by side leads to the form that confirms a part, and says what to type there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from diptych.workplace import form
from tests.conftest import SITE_YAML, Ran, write_site

FORM = "https://github.com/o/n/actions/workflows/confirm.yml"


def view(run: Callable[..., Ran], folder: Path, repository: str) -> html.HtmlElement:
    settings = SITE_YAML + (f"repository: {repository}\n" if repository else "")
    root = write_site(folder, {"content/site.yaml": settings})
    for key in ("home", "site.yaml"):
        assert run("confirm", key, root=root).status == 0
    assert run("status", "--html", folder / "view.html", root=root).status == 0
    return html.document_fromstring((folder / "view.html").read_text(encoding="utf-8"))


def test_each_open_part_leads_to_the_form(run: Callable[..., Ran], tmp_path: Path) -> None:
    page = view(run, tmp_path, "https://github.com/o/n")
    rows = page.xpath('//tr[@class="form"]')
    assert len(rows) == 4  # the parts of `about`, which nobody confirmed
    for row in rows:
        assert row.xpath(".//a/@href") == [FORM]
        typed = dict(each.split(": ", 1) for each in row.xpath("string(.//code)").split(" · "))
        words = form.words_of("confirm", typed)
        assert run(*words, root=tmp_path).status == 0  # what it says can be typed
    assert page.xpath("//section[@id='home']//tr[@class='form']") == []
    place = page.xpath("//section[@id='about']//span[@class='place']/a/@href")[0]
    assert place.startswith("https://github.com/o/n/edit/main/content/about/")
    assert "#L" in place


@pytest.mark.parametrize("repository", ["", "https://gitlab.com/o/n"])
def test_where_there_are_no_forms_none_is_named(
    run: Callable[..., Ran], tmp_path: Path, repository: str
) -> None:
    assert view(run, tmp_path, repository).xpath('//tr[@class="form"]') == []
