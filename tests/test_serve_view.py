"""The two columns of a page in the preview: the link to them, and the links into the editor."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import quote

import pytest
from lxml import html
from tornado.httpclient import HTTPResponse
from tornado.testing import AsyncHTTPTestCase
from tornado.web import Application

from diptych.build import Options, build_site
from diptych.diagnostics import Message
from diptych.memo import Memo
from diptych.serve import Preview
from diptych.serve.server import application
from diptych.serve.shown import Shown, advance
from tests.conftest import MINIMAL, make_tree, write_files, write_site

PAGE = "/nl/over-ons/"
SIDE = "/__preview/side/about"


@pytest.fixture(scope="class")
def held(request: pytest.FixtureRequest, memo: Memo, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The session's memo and a folder for each site, for a class in the style of unittest."""
    request.cls.memo = memo
    request.cls.folders = tmp_path_factory


@pytest.mark.usefixtures("held")
class TestTheTwoColumns(AsyncHTTPTestCase):
    memo: ClassVar[Memo]
    folders: ClassVar[pytest.TempPathFactory]

    def get_app(self) -> Application:
        self.root = write_site(self.folders.mktemp("site"), MINIMAL)
        self.said: list[Message] = []
        self.preview = Preview(self.root, self.memo, str, self.said.append)
        self.preview.rebuild(self.get_http_port())
        return application(self.preview)

    def page(self, path: str) -> html.HtmlElement:
        response = self.get(path)
        assert response.code == 200, response.body
        return html.document_fromstring(response.body.decode())

    def columns(self, path: str) -> list[str]:
        """The keys of the pages that are shown in two columns."""
        return [section.get("id") for section in self.page(path).xpath("//section[table]")]

    def get(self, path: str, **headers: str) -> HTTPResponse:
        return self.fetch(path, headers=headers, follow_redirects=False)

    def change(self, path: str, text: str) -> None:
        write_files(self.root, {path: text})
        self.preview.rebuild(self.get_http_port())

    def test_a_page_of_the_preview_leads_to_its_two_columns(self) -> None:
        (link,) = self.page(PAGE).get_element_by_id("diptych-side").iter("a")
        assert (link.get("href"), link.text) == (SIDE, "languages side by side")
        assert link.get("tabindex") is None  # a plain link: every keyboard reaches it

    def test_the_link_stands_last_and_outside_of_the_layout(self) -> None:
        root = self.page(PAGE)
        assert root.find("body")[-1].get("id") == "diptych-side"
        style = self.get("/__preview/preview.css").body.decode()
        rule = re.search(r"#diptych-side \{([^}]*)\}", style)
        assert rule
        assert "position: fixed" in rule[1]
        assert "@media print { #diptych-side { display: none; } }" in style
        assert "/__preview/preview.css" in root.xpath("//link[@rel='stylesheet']/@href")

    def test_the_two_columns_hold_this_page_alone_in_both_languages(self) -> None:
        root = self.page(SIDE)
        assert self.columns(SIDE) == ["about"]
        assert [cell.get("lang") for cell in root.iter("th")] == ["nl-BE", "fr-BE"]
        assert {"Tekst.", "Texte."} <= {pre.text for pre in root.iter("pre")}

    def test_each_text_opens_in_the_editor_at_its_line(self) -> None:
        links = {a.text: a.get("href") for a in self.page(SIDE).xpath("//td//a")}
        path = quote(str(self.root.resolve() / "content/about/fr.md"))
        assert links["content/about/fr.md:5"] == f"vscode://file{path}:5:1"
        assert len(links) == 8  # title, text, heading and text below it, in two languages

    def test_the_two_columns_lead_back_to_the_page_in_each_language(self) -> None:
        links = self.page(SIDE).get_element_by_id("diptych-side").iter("a")
        assert [(a.get("href"), a.get("lang"), a.text) for a in links] == [
            (PAGE, "nl-BE", "Nederlands"), ("/fr/a-propos/", "fr-BE", "Français"),
        ]  # fmt: skip

    def test_the_two_columns_are_those_of_the_last_build(self) -> None:
        self.change("content/about/nl.md", "---\ntitle: Over ons\n---\n\nNieuw.\n")
        assert "Nieuw." in {pre.text for pre in self.page(SIDE).iter("pre")}

    def test_they_are_there_also_while_there_is_a_problem(self) -> None:
        self.change("content/about/nl.md", "---\ntitle: Over ons\n---\n\n[Fout](page:nergens).\n")
        root = self.page(SIDE)
        assert "[Fout](page:nergens)." in {pre.text for pre in root.iter("pre")}
        assert root.get_element_by_id("diptych-problems").get("role") == "alert"

    def test_they_stay_when_the_settings_cannot_be_read(self) -> None:
        self.change("content/site.yaml", "base_url: [\n")
        assert self.columns(SIDE) == ["about"]
        assert self.page(PAGE).get_element_by_id("diptych-side") is not None

    def test_a_nested_page_has_its_two_columns_too(self) -> None:
        self.change("content/about/team/nl.md", "---\ntitle: Ploeg\n---\n\nWij.\n")
        (link,) = self.page("/nl/over-ons/ploeg/").get_element_by_id("diptych-side").iter("a")
        assert self.columns(link.get("href")) == ["about/team"]

    def test_what_is_no_page_has_no_link_and_no_columns(self) -> None:
        for path in ("/", "/nl/404.html", "/nl/nergens/"):
            assert b"diptych-side" not in self.get(path).body
        for key in ("nergens", "about/", "..%2fsite.yaml", "%3Cscript%3E"):
            response = self.get(f"/__preview/side/{key}")
            assert response.code == 404
            assert b"<script>" not in response.body

    def test_another_site_cannot_look(self) -> None:
        assert self.get(SIDE, Host="elsewhere.example").code == 403

    def test_a_browser_shows_the_newest_columns(self) -> None:
        epoch = self.preview.shown.epoch
        self.change("content/about/fr.md", "---\ntitle: À propos\n---\n\nNeuf.\n")
        (script,) = self.page(SIDE).xpath("//script[@src='/__preview/preview.js']")
        assert int(script.get("data-epoch")) > epoch


def test_the_published_site_has_no_such_link(memo: Memo) -> None:
    build = build_site(make_tree({}), Options(), memo)
    assert [output.path for output in build.outputs if b"__preview" in output.data] == []


def test_a_preview_that_has_not_built_has_no_columns(memo: Memo) -> None:
    broken = build_site(make_tree({"content/site.yaml": "languages: 3\n"}), Options(), memo)
    assert advance(Shown(), broken).languages is None
