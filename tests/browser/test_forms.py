"""The forms at `/admin/`, used as an editor uses them: signed in, opened, changed, saved.

The CMS is the real one (`make admin` fetches it); the git host is a stand-in for its API, and the
browser reaches nobody else. What a save writes must be what `check` accepts.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.outputs.forms.page import FOLDER, VENDORED
from diptych.pipeline import Build, Options, build_site
from tests.browser.git_host import API, GitHost
from tests.browser.host import serving
from tests.conftest import ROOT, files_of, make_tree

pytestmark = pytest.mark.browser

REPOSITORY = "owner/archive"
SITE = ROOT / "tests/sites/own-types"
TALL = {"width": 1280, "height": 7000}  # the CMS draws a field once it is in sight


def _the_cms() -> dict[str, bytes]:
    """Its files, from where `make admin` keeps them or from the folder that FORMS names."""
    folder = Path(os.environ.get("FORMS") or ROOT / FOLDER)
    found = {
        each.path: (folder / each.name).read_bytes()
        for each in VENDORED
        if (folder / each.name).is_file()
    }
    if [each for each in VENDORED if _digest(found.get(each.path, b"")) != each.digest]:
        assert not os.environ.get("REQUIRE_FORMS"), "the CMS is not there"
        pytest.skip("the CMS is not there: make admin")
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Desk:
    """An editor's browser, with the forms open and signed in."""

    page: Page
    host: GitHost
    cms: dict[str, bytes]
    cache: Cache

    def open(self, label: str) -> None:
        """The form of a file, by its name in the lists."""
        self.page.get_by_text(label, exact=True).first.click()
        expect(self.page.get_by_role("button", name="Save", exact=True)).to_be_visible()

    def pane(self, language: str) -> Locator:
        """The half of the form that holds one language of a page."""
        return self.page.get_by_role("group", name=re.compile(f"Edit .{language}. Content"))

    def field(self, within: Locator, name: str) -> Locator:
        return within.get_by_role("group", name=re.compile(f"^“.{re.escape(name)}.” Field$"))

    def save(self) -> None:
        """Presses the button, and waits for the commit."""
        before = len(self.host.commits)
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.get_by_text("Entry saved.").first).to_be_visible()
        assert len(self.host.commits) == before + 1

    def built(self) -> Build:
        """The site of what the repository holds now."""
        return _built({**self.host.files, **self.cms}, self.cache)


def _built(files: dict[str, bytes], cache: Cache) -> Build:
    return build_site(make_tree(files, minimal=False), Options(), cache)


def _problems(build: Build) -> list[str]:
    return [
        f"{each.span.path}: {each.check}: {each.message}"
        for each in build.diagnostics
        if each.severity is not Severity.INFO
    ]


@pytest.fixture
def desk(chromium: Browser, cache: Cache) -> Iterator[Desk]:
    cms = _the_cms()
    files: dict[str, bytes] = {**files_of(SITE, "content", "templates")}
    files["content/site.yaml"] += f"admin: {{repository: {REPOSITORY}}}\n".encode()
    host = GitHost(REPOSITORY, files)
    before = _built({**files, **cms}, cache)
    assert _problems(before) == []
    with serving({each.path: each.data for each in before.outputs}) as origin:
        context = chromium.new_context(viewport=TALL, locale="en")  # type: ignore[arg-type]
        page = context.new_page()
        beyond: list[str] = []
        page.route(re.compile("^https?://(?!127)"), lambda route: route.abort())
        page.route(f"{API}/**", host.answer)
        page.on("requestfailed", lambda each: beyond.append(each.url))
        page.goto(f"{origin}/admin/")
        page.get_by_role("button", name="Sign In Using Access Token").click()
        page.get_by_role("textbox", name="Personal Access Token").fill(host.token)
        page.get_by_role("button", name="Sign In", exact=True).click()
        expect(page.get_by_text("people: team")).to_be_visible()
        yield Desk(page, host, cms, cache)
        context.close()
    assert host.unknown == []
    # letters that its style names, which the policy of the page refuses, and nothing else; what it asks
    # the host may be cut off when the page is left
    assert [
        each for each in beyond if not each.endswith(".woff2") and not each.startswith(f"{API}/")
    ] == []


def test_a_page_in_both_languages_is_one_commit_that_check_accepts(desk: Desk) -> None:
    head = desk.host.head
    untouched = {
        path: data
        for path, data in desk.host.files.items()
        if not path.startswith("content/team/") or path.endswith(".yaml")
    }
    desk.open("team")
    words = {"nl": ("Dutch", "Wie hier werkt"), "fr": ("French", "Qui travaille ici")}
    for name, title in words.values():
        pane = desk.pane(name)
        desk.field(pane, "title").get_by_role("textbox").fill(title)
        desk.field(pane, "place").get_by_role("textbox").fill(f"Luik, {title}")
    desk.save()
    (commit,) = desk.host.commits
    assert set(commit.added) == {"content/team/nl.md", "content/team/fr.md"}
    assert (commit.deleted, commit.head) == ((), head)
    assert {path: desk.host.files[path] for path in untouched} == untouched
    build = desk.built()
    assert _problems(build) == []
    assert build.site is not None
    for language, (_, title) in words.items():
        page = build.site.page("team", language)
        assert page is not None
        assert page.document.front.title.value == title
        text = SITE.joinpath(f"content/team/{language}.md").read_text().partition("\n---\n")[2]
        assert desk.host.files[f"content/team/{language}.md"].decode().endswith(text.strip() + "\n")


def test_a_record_of_a_type_of_ones_own_has_its_form(desk: Desk) -> None:
    desk.open("people: team")
    expand = desk.page.get_by_role("button", name="Expand All")
    expand.click()
    roles = desk.field(desk.page.locator("body"), "role")
    expect(roles).to_have_count(2)
    for name, role in (("Nederlands", "drukker"), ("Français", "imprimeuse")):
        box = desk.field(roles.nth(1), name).get_by_role("textbox")
        assert box.input_value() in ("fotograaf", "photographe")
        box.fill(role)
    desk.save()
    (commit,) = desk.host.commits
    assert commit.added == ("content/team/people.yaml",)
    build = desk.built()
    assert _problems(build) == []
    pages = {each.path: each.data.decode() for each in build.outputs if each.path.endswith(".html")}
    for role in ("drukker", "imprimeuse"):
        assert any(role in page for page in pages.values())
    for name in ("Ann Peeters", "école à Liège", "musée à Gand"):  # and all else is still there
        assert name in desk.host.files["content/team/people.yaml"].decode()


def test_a_wrong_token_is_refused(desk: Desk) -> None:
    """The stand-in asks for it as the host does, so that signing in is really tried."""
    desk.host.token = "another"
    desk.page.reload()
    expect(desk.page.get_by_role("button", name="Sign In Using Access Token")).to_be_visible()
