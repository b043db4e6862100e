"""What a field names elsewhere: looked up once, in a whole site; what is not there is told in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from diptych.content.layouts import LAYOUTS, Layout, layout_of, layouts_of
from diptych.diagnostics import Diagnostic
from diptych.pipeline import Build, Options
from tests.conftest import LOOK, MINIMAL, SITE_YAML
from tests.strategies import mended, named, places

NAMES = {
    "unknown-topic",
    "unknown-layout",
    "unknown-page",
    "unknown-event",
    "missing-image",
    "missing-home",
}
TIMELINE = "content/time/timeline.yaml"
PAGE = "---\ntitle: T\nlayout: timeline\n---\n"


def event(identity: str = "a", more: str = "") -> str:
    head = f"- id: {identity}\n  date: 2020-06-08\n  title: {{nl: T, fr: T}}\n"
    return head + "  text: {nl: t, fr: t}\n" + more


def timeline(text: str) -> dict[str, str]:
    return {TIMELINE: text, "content/time/nl.md": PAGE, "content/time/fr.md": PAGE}


def about(line: str) -> dict[str, str]:
    return {"content/about/nl.md": f"---\ntitle: Over ons\n{line}\n---\n\nTekst.\n"}


def menu(keys: str) -> dict[str, str]:
    return {"content/site.yaml": SITE_YAML.replace("[about]", keys)}


@pytest.fixture
def told(site: Callable[..., Build]) -> Callable[..., tuple[Diagnostic, ...]]:
    def of(files: Mapping[str, str], **options: bool) -> tuple[Diagnostic, ...]:
        build = site(files, options=Options(**options))  # type: ignore[arg-type]
        return tuple(each for each in build.diagnostics if each.check in NAMES)

    return of


@pytest.mark.parametrize(
    ("files", "expected"),
    named(
        [
            ("nothing wrong", timeline(event(more="  topics: [law]\n")), []),
            ("topic", timeline(event(more="  topics: [law, lwa]\n")), ["unknown-topic 5:17"]),
            ("end", timeline(event(more="  until: b\n")), ["unknown-event 5:10"]),
            ("consequence", timeline(event(more="  leads_to: b\n")), ["unknown-event 5:13"]),
            (
                "picture of an event",
                timeline(event(more="  image: a.jpg\n")),
                ["missing-image 5:10"],
            ),
            (
                "an end that could not be read",
                timeline(event(more="  until: b\n") + "- id: b\n  date: nooit\n"),
                [],
            ),
            (
                "all of an event that has no id",
                timeline("- date: 2020\n  topics: [x]\n  until: y\n"),
                ["unknown-topic 2:12", "unknown-event 3:10"],
            ),
            ("layout", about("layout: fag"), ["unknown-layout 3:9"]),
            ("a template of no page", about("layout: base"), ["unknown-layout 3:9"]),
            ("picture of a page", about("image: a.jpg"), ["missing-image 3:8"]),
            ("menu", menu("[about, faq]"), ["unknown-page 5:21"]),
            ("a draft in the menu", about("draft: true") | menu("[about]"), []),
        ]
    ),
)
def test_a_name_of_nothing_is_told_in_its_place(
    told: Callable[..., tuple[Diagnostic, ...]],
    site: Callable[..., Build],
    files: Mapping[str, str],
    expected: list[str],
) -> None:
    problems = told(files)
    sources = site(files).sources
    assert [
        place for each in problems for place in places((each,), sources[each.span.path])
    ] == expected


@pytest.mark.parametrize(
    ("files", "fix", "hint"),
    [
        (timeline(event(more="  topics: [laws]\n")), "  topics: [law]", "did you mean `law`?"),
        (timeline(event(more="  topics: [zzz]\n")), None, "the topics of site.yaml are: law"),
        (
            timeline(event(more="  until: first-lokdown\n") + event("first-lockdown")),
            "  until: first-lockdown",
            "did you mean `first-lockdown`?",
        ),
        (about("layout: timelin"), "layout: timeline", f"the layouts are: {', '.join(LAYOUTS)}"),
        (menu("[abuot]"), "navigation: [about]", "did you mean `about`?"),
    ],
)
def test_near_names_are_suggested(
    told: Callable[..., tuple[Diagnostic, ...]],
    site: Callable[..., Build],
    files: Mapping[str, str],
    fix: str | None,
    hint: str,
) -> None:
    (problem,) = told(files)
    assert str(problem.hint) == hint
    assert mended(problem, site(files).sources[problem.span.path]) == fix


def test_an_unknown_name_hides_nothing_of_its_file(site: Callable[..., Build]) -> None:
    """In one run: a topic that is not there, and a link to an event that is not there."""
    files = timeline(event(more="  topics: [zzz]\n")) | {
        "content/about/nl.md": "---\ntitle: Over ons\n---\n\nZie [dit](page:time#b).\n"
    }
    checks = {each.check for each in site(files).diagnostics}
    assert {"unknown-topic", "broken-anchor"} <= checks


def test_a_template_of_ones_own_is_a_layout(site: Callable[..., Build]) -> None:
    template = LOOK["templates/page.html"].replace(b"{% block", b"<!-- own -->{% block", 1)
    lines = "---\ntitle: {}\nlayout: poster\n---\n\nTekst.\n"
    build = site(
        {
            "templates/poster.html": template,
            "content/about/nl.md": lines.format("Over"),
            "content/about/fr.md": lines.format("À propos"),
        }
    )
    assert not build.failed
    (page,) = (each for each in build.outputs if each.path == "nl/over/index.html")
    assert b'class="poster"' in page.data
    assert build.site is not None
    assert build.site.layouts == (*LAYOUTS, "poster")
    assert layout_of("poster") == Layout()


def test_layouts_are_the_templates_of_pages() -> None:
    paths = ["templates/poster.html", "templates/base.html", "templates/partials/x.html", "a.html"]
    assert layouts_of(paths) == (*LAYOUTS, "poster")
    assert layouts_of(LOOK) == tuple(LAYOUTS)
    assert layouts_of(MINIMAL) == tuple(LAYOUTS)


@pytest.mark.parametrize(
    ("name", "there", "meant"),
    [
        ("IMG_1.jpg", ["IMG_1.HEIC"], "IMG_1.HEIC"),
        ("img_1.JPG", ["IMG_1.heic", "IMG_2.heic"], "IMG_1.heic"),
        ("zzz.jpg", ["IMG_1.HEIC"], None),
        ("house.jpg", ["house.pdf"], None),  # a page cannot show it
        ("house.jpg", ["house.pdf", "house.svg"], "house.svg"),
    ],
)
def test_a_picture_with_another_ending_is_proposed(
    site: Callable[..., Build], name: str, there: list[str], meant: str | None
) -> None:
    files = dict.fromkeys((f"content/about/{each}" for each in there), b"x")
    build = site({**about(f"image: {name}\nimage_alt: Een huis"), **files})
    (problem,) = (each for each in build.diagnostics if each.check == "missing-image")
    assert [each.text for each in problem.edits] == ([meant] if meant else [])


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("in_text", [True, False])
def test_a_document_is_no_picture(site: Callable[..., Build], there: bool, in_text: bool) -> None:
    """The page would show nothing in its place."""
    pdf = Path("tests/samples/qpdf-packed.pdf").read_bytes() if there else None
    files = about("image: house.pdf\nimage_alt: Een huis")
    if in_text:
        files = about("")
        files["content/about/nl.md"] += "\n![Een huis](house.pdf)\n"
    build = site({**files, "content/about/house.pdf": pdf})
    (problem,) = (each for each in build.diagnostics if each.check == "missing-image")
    assert str(problem.message).startswith("`house.pdf` is no picture: ")
    assert str(problem.hint) == "words lead to a document: […](house.pdf)"
    assert problem.edits == ()
