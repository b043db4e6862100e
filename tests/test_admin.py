"""The forms in the browser: off by default, apart from readers' pages, and asking what the build reads."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from diptych.bodies import Body
from diptych.checks.privacy import is_read
from diptych.checks.running import check_file
from diptych.cli.terminal import Terminal
from diptych.content.layouts import LAYOUTS
from diptych.content.page import FRONT_MATTER, read_front_matter
from diptych.content.settings import SETTINGS, parse_settings
from diptych.content.terms.reading import TERM
from diptych.content.timeline import EVENT
from diptych.diagnostics import Severity, Source
from diptych.model import Output
from diptych.outputs.forms import page
from diptych.outputs.forms.page import PACKAGE, POLICY, VENDORED
from diptych.pipeline import Build
from diptych.values import replace
from diptych.workplace import admin
from diptych.yaml import Field, ListOf, Record
from tests.conftest import ROOT, SITE_YAML, text_of
from tests.reading import parse_terms, parse_timeline

Site = Callable[..., Build]

ADMIN = SITE_YAML + "admin: {repository: utsopi/site}\n"
FAKE = b"/* stands for the CMS: localStorage.setItem('x', fetch('https://elsewhere.example')) */\n"
WRITTEN = ROOT / "tests/cases/forms"  # by the CMS itself, in a browser, from this configuration
EVENTS = "- id: vote\n  date: 2020\n  title: {nl: Stem, fr: Vote}\n  text: {nl: Ja., fr: Oui.}\n"
TERMS = "- id: work\n  preferred: {nl: werk, fr: travail}\n  reason: {nl: Zo., fr: Ainsi.}\n"
FULL = {
    "content/site.yaml": ADMIN + "hosting: netlify\n",
    "content/terms.yaml": TERMS,
    "content/story/nl.md": "---\ntitle: Verhaal\nlayout: timeline\n---\n",
    "content/story/fr.md": "---\ntitle: Histoire\nlayout: timeline\n---\n",
    "content/story/timeline.yaml": EVENTS,
    "content/story/later/nl.md": "---\ntitle: Later\ndraft: true\n---\n",
}


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files of the CMS as if `make admin` had fetched them: small ones, with their digests."""
    known = tuple(replace(each, digest=hashlib.sha256(FAKE).hexdigest()) for each in VENDORED)
    monkeypatch.setattr(page, "VENDORED", known)
    return {each.path: FAKE for each in known}


def config(build: Build) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(build, "admin/config.json"))
    return found


def problems(build: Build) -> list[str]:
    return [
        f"{each.span.path}: {each.check}"
        for each in build.diagnostics
        if each.severity is not Severity.INFO
    ]


def test_there_are_no_forms_by_default(whole_build: Build, site: Site) -> None:
    for build in (whole_build, site()):
        assert [each.path for each in build.outputs if each.path.startswith("admin")] == []
        for each in build.outputs:
            if each.path in ("_headers", "sitemap.xml", "nl/index.html"):
                assert b"admin" not in each.data


def test_without_its_files_it_says_which_and_where(site: Site) -> None:
    build = site({"content/site.yaml": ADMIN})
    told = [str(each.message) for each in build.diagnostics if each.check == "admin-script"]
    assert sorted(told) == sorted(
        f"the forms need the file {each.path}, with the SHA-256 {each.digest}" for each in VENDORED
    )
    assert build.failed
    place = next(each.span for each in build.diagnostics if each.check == "admin-script")
    assert ADMIN[place.start : place.end] == "utsopi/site"


def test_a_file_that_is_another_is_refused(site: Site, fetched: Mapping[str, bytes]) -> None:
    files = {**fetched, "vendor/sveltia-cms/sveltia-cms.js": FAKE + b"evil()"}
    build = site({"content/site.yaml": ADMIN, **files})
    assert problems(build) == ["content/site.yaml: admin-script"]
    told = next(str(each.message) for each in build.diagnostics if each.check == "admin-script")
    assert told.startswith("vendor/sveltia-cms/sveltia-cms.js is not the file that is known")


def test_readers_pages_stay_as_they_are(site: Site, fetched: Mapping[str, bytes]) -> None:
    """Byte for byte, with the sitemap, the feeds and the search; a rule for the host comes to it."""
    without = {
        each.path: each.data
        for each in site({**FULL, "content/site.yaml": SITE_YAML + "hosting: netlify\n"}).outputs
    }
    build = site({**FULL, **fetched})
    assert problems(build) == []
    files = {each.path: each.data for each in build.outputs}
    apart = {path for path in files if path.startswith("admin/")}
    assert apart == {
        "admin/index.html",
        "admin/config.json",
        "admin/admin.css",
        "admin/admin.js",
    } | {f"admin/{each.name}" for each in VENDORED}
    assert {path: data for path, data in files.items() if path not in apart | {"_headers"}} == {
        path: data for path, data in without.items() if path != "_headers"
    }
    headers = files["_headers"].decode()
    assert headers.startswith(without["_headers"].decode())
    rule = headers.removeprefix(without["_headers"].decode())
    assert rule.startswith(f"\n/admin/*\n  Content-Security-Policy: {POLICY}\n")
    assert "X-Robots-Tag: noindex" in rule


def test_the_page_loads_only_what_lies_beside_it(site: Site, fetched: Mapping[str, bytes]) -> None:
    build = site({**FULL, **fetched})
    tree = html.document_fromstring(text_of(build, "admin/index.html"))
    paths = {each.path for each in build.outputs}
    loaded = [*tree.xpath("//script/@src"), *tree.xpath("//link/@href")]
    assert {f"admin/{each}" for each in loaded} <= paths
    assert tree.xpath("//script[not(@src)]") == tree.xpath("//style") == tree.xpath("//a") == []
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
    assert [each.get("lang") for each in tree.xpath("//noscript//p")] == ["nl", "fr"]
    integrity = tree.xpath("//script[@integrity]/@integrity")
    assert [each.startswith("sha256-") for each in integrity] == [True]
    style = text_of(build, "admin/admin.css")
    assert {f"admin/{each}" for each in re.findall(r'url\("([^"]+)"\)', style)} <= paths
    hosts = set(re.findall(r"https?://[^\s;'\"]+", POLICY + text_of(build, "admin/admin.js")))
    assert hosts == {"https://api.github.com", "https://avatars.githubusercontent.com"}


def test_the_exception_to_privacy_is_that_folder_and_no_other() -> None:
    inside = Output("admin/sveltia-cms.js", Body(FAKE), "vendor/x.js")
    outside = Output("assets/admin.js", Body(FAKE), "assets/admin.js")
    assert not is_read(inside.path)
    assert is_read(outside.path)
    found = {each.check for each in check_file((outside, "https://example.org", None))}
    assert found == {"foreign-resource", "storing-script"}


# --- the forms ask for what the build reads


def forms(settings: Mapping[str, Any]) -> Iterator[tuple[Record, list[dict[str, Any]]]]:
    """Every form, with the record of its file."""
    for each in settings["collections"][0]["files"]:
        yield FRONT_MATTER, [field for field in each["fields"] if field["name"] != "body"]
    for each in settings["singletons"]:
        if each["file"].endswith("timeline.yaml"):
            yield EVENT, each["fields"][0]["fields"]
        elif each["file"].endswith("terms.yaml"):
            yield TERM, each["fields"][0]["fields"]
        else:
            yield SETTINGS, each["fields"]


def inner(field: Field) -> Record | None:
    shape = field.shape.item if isinstance(field.shape, ListOf) else field.shape
    return shape if isinstance(shape, Record) else None


def agree(record: Record, fields: list[dict[str, Any]]) -> None:
    assert [each["name"] for each in fields] == list(record.fields)
    for form in fields:
        field = record.fields[form["name"]]
        if form["widget"] == "hidden":
            continue
        assert form["required"] == field.required, form["name"]
        choices = tuple(LAYOUTS) if field.refers == "layout" else field.choices
        assert tuple(form.get("options", ())) == choices
        assert form["hint"].count(" · ") == 1  # in both languages
        within = inner(field)
        if within is not None:
            agree(within, form["fields"])


def test_the_forms_have_the_keys_of_the_reader(site: Site, fetched: Mapping[str, bytes]) -> None:
    settings = config(site({**FULL, **fetched}))
    found = list(forms(settings))
    assert [record for record, _ in found[-3:]] == [EVENT, TERM, SETTINGS]
    for record, fields in found:
        agree(record, fields)
    hidden = {each["name"] for _, fields in found for each in fields if each["widget"] == "hidden"}
    assert hidden == {
        "actors",
        "foreign",
        "forms",
        "reviewed_parts",
    }  # which no form can show; the CMS leaves them as they stand


def test_every_file_has_a_form(site: Site, fetched: Mapping[str, bytes]) -> None:
    settings = config(site({**FULL, **fetched}))
    pages = [each["file"] for each in settings["collections"][0]["files"]]
    assert pages == [
        f"content/{key}/{{{{locale}}}}.md" for key in ("about", "home", "story", "story/later")
    ]  # drafts too
    assert [each["file"] for each in settings["singletons"]] == [
        "content/story/timeline.yaml",
        "content/terms.yaml",
        "content/site.yaml",
    ]
    assert settings["i18n"]["locales"] == ["nl", "fr"]
    assert settings["backend"] == {
        "name": "github",
        "repo": "utsopi/site",
        "branch": "main",
        "auth_methods": ["token"],
    }
    own = ADMIN.replace("utsopi/site", 'utsopi/site, branch: next, sign_in: "https://in.example/"')
    assert config(site({**fetched, "content/site.yaml": own}))["backend"] == {
        "name": "github",
        "repo": "utsopi/site",
        "branch": "next",
        "base_url": "https://in.example",
    }


TRIES = (
    "texte",
    "2020-06-08",
    "https://example.org/x",
    "info@example.org",
    "owner/name",
    "{days} jours",
)


def filled(form: dict[str, Any], record: Record | None) -> list[Any]:
    """What the CMS can write for a field: each option, else one value that its form lets pass."""
    widget = form["widget"]
    if widget == "select":
        return list(form["options"])
    if widget == "boolean":
        return [True, False]
    if widget == "number":
        return [12, -1]
    if widget == "object":
        within = {each["name"]: each for each in form["fields"]}
        return [{name: filled(each, None)[0] for name, each in within.items()}]
    if widget == "list":
        items = form["fields"] if "fields" in form else [form["field"]]
        values = [filled(each, None)[0] for each in items]
        return [
            [dict(zip((each["name"] for each in items), values, strict=True))]
            if "fields" in form
            else values
        ]
    if widget == "keyvalue":
        return [{"x": "https://example.org"}]
    pattern = form.get("pattern", [""])[0]
    return [next(each for each in TRIES if re.search(pattern, each))]


def read(record: Record, values: dict[str, Any]) -> list[str]:
    """What the reader finds wrong in a file that holds these values (JSON is YAML)."""
    text = json.dumps(values, ensure_ascii=False)
    beyond = {
        "unknown-topic",
        "unknown-event",
        "term-without-effect",
        "unknown-locale",
        "unknown-check",
    }
    languages = ("nl", "fr")
    if record is FRONT_MATTER:
        found = read_front_matter(Source("f", f"---\n{text}\n---\n"))[0].diagnostics
    elif record is EVENT:
        found = parse_timeline(Source("f", f"- {text}"), "t", languages).diagnostics
    elif record is TERM:
        found = parse_terms(Source("f", f"- {text}"), languages).diagnostics
    else:
        found = parse_settings(Source("f", text)).diagnostics
    return [str(each.message) for each in found if each.check not in beyond]


def test_what_the_forms_let_pass_is_read_without_a_word(
    site: Site, fetched: Mapping[str, bytes]
) -> None:
    for record, fields in forms(config(site({**FULL, **fetched}))):
        shown = [form for form in fields if form["widget"] != "hidden"]
        whole = {form["name"]: filled(form, record)[0] for form in shown}
        if record is TERM:
            whole["preferred"], whole["avoid"] = {"nl": "werk"}, {"nl": ["job"]}
        assert read(record, whole) == []
        for form in shown:
            for value in filled(form, record):
                if (record, form["name"]) != (TERM, "preferred"):
                    assert read(record, {**whole, form["name"]: value}) == [], form["name"]
            if not form["required"]:  # the CMS leaves out what is empty
                assert read(record, {k: v for k, v in whole.items() if k != form["name"]}) == []


def test_what_the_cms_wrote_builds_without_a_word(site: Site, fetched: Mapping[str, bytes]) -> None:
    """Written by the CMS in a browser, out of this site's own files: quotes, order and lists are its
    own, what no form shows is still there.
    """
    files: dict[str, Any] = {
        path.relative_to(WRITTEN).as_posix(): path.read_bytes()
        for path in WRITTEN.rglob("*")
        if path.is_file()
    }
    for key, layout in (("mission", "page"), ("history", "page"), ("timeline", "timeline")):
        for language in ("nl", "fr"):
            head = f"---\ntitle: {key} {language}\nlayout: {layout}\n---\n\nTekst {language}.\n"
            files[f"content/{key}/{language}.md"] = head
    build = site({**fetched, **files})
    assert problems(build) == []
    assert build.site is not None
    events = build.site.timelines[0].events
    assert events[1].actors == (
        {"nl": "Schaarbeek", "fr": "Schaerbeek"},
        {"nl": "Gent", "fr": "Gand"},
    )
    assert "travaux" in str(build.site.vocabulary.terms[0].forms["fr"])


# --- fetching


def packed(tmp_path: Path, damage: str = "") -> Path:
    """A package with small files in the places of the real ones."""
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name in [*(each.source for each in VENDORED), "LICENSE.txt"]:
            data = FAKE + (b"!" if name == damage else b"")
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


@pytest.mark.parametrize("damage", ["", VENDORED[0].source])
def test_only_known_files_are_kept(
    tmp_path: Path, fetched: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(admin, "VENDORED", page.VENDORED)
    terminal = Terminal(str)
    status = admin.keep(packed(tmp_path, damage), tmp_path / "vendor", terminal)
    names = {each.name for each in (tmp_path / "vendor").glob("*")}
    assert status == (3 if damage else 0)
    assert names == (
        set()
        if damage
        else {each.name for each in VENDORED}
        | {"LICENSE.txt", "source-sans-3.LICENSE.txt", "material-symbols-outlined.LICENSE.txt"}
    )


@pytest.mark.parametrize(("package", "status"), [("missing", 3), ("none", 3), ("whole", 0)])
def test_a_new_site_fetches_them_with_make_admin(
    tmp_path: Path,
    fetched: Mapping[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    package: str,
    status: int,
) -> None:
    """`init` writes the target, and it needs no more than the installed program and npm."""
    monkeypatch.setattr(admin, "VENDORED", page.VENDORED)
    monkeypatch.setenv("LC_ALL", "en")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    if package != "missing":
        (tmp_path / "bin").mkdir()
        npm = tmp_path / "bin" / "npm"
        kept = packed(tmp_path) if package == "whole" else tmp_path / "nothing"
        npm.write_text(f"#!/bin/sh\n/bin/cp {kept} package.tgz\n")
        npm.chmod(0o755)
    assert admin.fetch(tmp_path / "vendor") == status
    assert (tmp_path / "vendor").is_dir() == (status == 0)
    said = capsys.readouterr()
    if package == "missing":
        assert said.err.startswith(
            "npm is missing: install it, or put these files of @sveltia/cms@"
        )
        assert len(said.out.splitlines()) == len(VENDORED)
    elif package == "none":
        assert said.err == f"npm could not fetch {PACKAGE}\n"


def test_the_makefile_of_a_new_site_and_ours_call_the_same() -> None:
    ours = (ROOT / "Makefile").read_text(encoding="utf-8")
    new = (ROOT / "diptych/skeleton/site/Makefile").read_text(encoding="utf-8")
    for text in (ours, new):
        _, _, below = text.partition("\nadmin:")
        assert below.split("\n")[1].endswith(" -m diptych.workplace admin")


def test_the_package_is_pinned() -> None:
    assert re.fullmatch(r"@sveltia/cms@\d+\.\d+\.\d+", PACKAGE)
    assert all(re.fullmatch(r"[0-9a-f]{64}", each.digest) for each in VENDORED)
    assert len({each.name for each in VENDORED}) == len(VENDORED)
