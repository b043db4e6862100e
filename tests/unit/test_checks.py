"""The finished site is held against its promises, whoever broke them: text, template or style sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from diptych.diagnostics import Severity, correction_of
from diptych.pipeline import Build, Options

Builds = Callable[..., Build]

LIST = {
    "content/about/nl.md": "---\ntitle: Over ons\nlayout: list\n---\n",
    "content/about/fr.md": "---\ntitle: À propos\nlayout: list\n---\n",
}


def found(build: Build) -> list[str]:
    """The errors of a build as `check: sentence`, each once."""
    errors = (each for each in build.diagnostics if each.severity is Severity.ERROR)
    return list(dict.fromkeys(f"{each.check}: {each.message}" for each in errors))


def with_template(
    site: Builds,
    body: str,
    *,
    options: Options | None = None,
    files: Mapping[str, str | bytes] | None = None,
) -> list[str]:
    """What is wrong with a site of which one page shows this."""
    text = '{% extends "base.html" %}\n{% block main %}\n' + body + "\n{% endblock %}\n"
    return found(site({**LIST, "templates/list.html": text, **(files or {})}, options=options))


def test_the_site_itself_has_nothing_wrong(site: Builds) -> None:
    assert found(site()) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            '<a href="/nl/weg/">x</a>',
            "dead-link: this template links to /nl/weg/, which is not there",
        ),
        ('<a href="weg/">x</a>', "dead-link: this template links to weg/, which is not there"),
        (
            '<a href="../../..">x</a>',
            "dead-link: this template links to ../../.., which is not there",
        ),
        (
            '<a href="https://example.org/nl/weg/">x</a>',
            "dead-link: this template links to https://example.org/nl/weg/, which is not there",
        ),
        (  # no host in brackets, since the host is in front of it
            '<a href="https://example.org//[weg">x</a>',
            "dead-link: this template links to https://example.org//[weg, which is not there",
        ),
        (
            '<a href="/nl/#weg">x</a>',
            "dead-anchor: this template links to /nl/#weg, and there is no such place there",
        ),
        (
            '<a href="#weg">x</a>',
            "dead-anchor: this template links to #weg, and there is no such place there",
        ),
        (
            '<img src="/assets/weg.png" alt="">',
            "dead-link: this template links to /assets/weg.png, which is not there",
        ),
        ('<p id="x"></p><p id="x"></p>', "repeated-id: the id `x` stands 2 times on {page}"),
        (
            '<p style="color:red">x</p>',
            "inline-code: {page} holds style (p), which browsers refuse on this site",
        ),
        (
            '<p onclick="x()">x</p>',
            "inline-code: {page} holds onclick (p), which browsers refuse on this site",
        ),
        (
            '<img src="https://tracker.example/x.gif" alt="">',
            "foreign-resource: {page} would make a browser contact https://tracker.example/x.gif",
        ),
        (
            '<img srcset="//cdn.example/a.png 2x" src="data:," alt="">',
            "foreign-resource: {page} would make a browser contact //cdn.example/a.png",
        ),
        (
            '<iframe src="https://video.example/1"></iframe>',
            "foreign-resource: {page} would make a browser contact https://video.example/1",
        ),
        (
            '<script>fetch("https://tracker.example/x")</script>',
            "foreign-resource: {page} would make a browser contact https://tracker.example/x",
        ),
        (
            "<script>localStorage.x = 1</script>",
            "storing-script: {page} could leave a trace on the reader's device: localStorage",
        ),
        (
            '<link rel="preconnect" href="https://fonts.example">',
            "foreign-resource: {page} would make a browser contact https://fonts.example",
        ),
    ],
)
def test_what_a_template_can_break(site: Builds, body: str, problem: str) -> None:
    assert problem.format(page="/fr/a-propos/index.html") in with_template(site, body)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/nl/">x</a>',
        '<a href="./">x</a>',
        '<a href="../">x</a>',
        '<a href="?q=1">x</a>',
        '<a href="#main">x</a>',
        '<a href="https://elsewhere.example/weg/">x</a>',
        '<a href="mailto:a@b.be">x</a>',
        '<a href="https://example.org/nl/">x</a>',
        '<a href="https://example.org//nl/">x</a>',
        '<a href="https://example.organic/weg/">x</a>',
        '<img src="data:image/gif;base64,R0lGOD" alt="">',
    ],
)
def test_what_a_template_may_do(site: Builds, body: str) -> None:
    assert with_template(site, body) == []


def test_below_a_path_a_link_needs_the_whole_path(site: Builds) -> None:
    """`/nl/` is another site's address when ours begins with `/unie/`."""
    options = Options(base_url="https://example.org/unie")
    assert with_template(site, '<a href="/unie/nl/">x</a>', options=options) == []
    for address in ("/nl/", "/unienl/", "/unie"):
        problems = with_template(site, f'<a href="{address}">x</a>', options=options)
        assert problems == [f"dead-link: this template links to {address}, which is not there"]


@pytest.mark.parametrize(
    "style",
    [
        "body { background: url(https://cdn.example/x.png) }",
        '@import "//cdn.example/x.css";',
        "@font-face { src: url('https://fonts.example/f.woff2') }",
    ],
)
def test_a_style_sheet_cannot_contact_anyone(site: Builds, style: str) -> None:
    problems = found(site({"assets/site.css": style}))
    assert [each.partition(":")[0] for each in problems] == ["foreign-resource"]


def test_a_style_sheet_that_needs_a_file_that_is_not_there(site: Builds) -> None:
    build = site({"assets/site.css": "a {}\nb { background: url(icon.sgv) }\n"})
    (problem,) = [each for each in build.diagnostics if each.severity is Severity.ERROR]
    assert (problem.check, str(problem.message)) == (
        "broken-asset",
        "there is no file `assets/icon.sgv`",
    )
    assert problem.span.path == "assets/site.css"
    assert build.sources["assets/site.css"].position(problem.span.start) == (2, 21)


def test_a_page_without_a_language(site: Builds) -> None:
    build = site({**LIST, "templates/list.html": "<!DOCTYPE html><title>x</title><p>x</p>"})
    assert (
        "missing-language: /fr/a-propos/index.html does not say in which language it is"
        in found(build)
    )


def test_two_sources_cannot_make_one_output(site: Builds) -> None:
    """A page that another one redirects to its own address, or a stub where a file must be."""
    for old, expected in (
        ("/nl/feed.xml", "redirect-taken"),
        ("/robots.txt", "redirect-taken"),
        ("/nl/404.html", "redirect-taken"),
        ("/NL/", "redirect-taken"),
        ("/_headers", "redirect-taken"),
        ("/.git/config", "redirect-taken"),
        ("/admin/", "redirect-taken"),
        ("/CNAME", "redirect-taken"),
        ("/web.config", "redirect-taken"),
        ("/vercel.json", "redirect-taken"),
        ("/StaticWebApp.config.json/x", "redirect-taken"),
        ("/release.json/x", "redirect-taken"),
        (f"/{'a' * 201}/", "redirect-address"),
        (f"/oud/{'a' * 300}.html", "redirect-address"),
        ("/a" * 500, "redirect-address"),
        ("/con/", "redirect-address"),
        ("/oud/Aux.html", "redirect-address"),
        ("/lpt9/x/", "redirect-address"),
    ):
        text = f"---\ntitle: Over ons\nredirect_from: [{old}]\n---\n"
        problems = found(site({"content/about/nl.md": text}))
        assert expected in {each.partition(":")[0] for each in problems}, old


def test_a_picture_without_words_is_an_error(site: Builds) -> None:
    import io

    from PIL import Image

    body = io.BytesIO()
    Image.new("RGB", (4, 4)).save(body, "PNG")
    files = {
        "content/about/foto.png": body.getvalue(),
        "content/about/nl.md": "---\ntitle: Over ons\n---\n\n![](foto.png)\n",
    }
    assert found(site(files)) == [
        "missing-alt: this picture has no text for those who cannot see it"
    ]


def test_a_damaged_picture_is_an_error(site: Builds) -> None:
    files = {
        "content/about/foto.png": b"not a picture",
        "content/about/nl.md": "---\ntitle: Over ons\n---\n\n![Wij](foto.png)\n",
    }
    assert [each.partition(":")[0] for each in found(site(files))] == ["damaged-image"]


def test_a_picture_that_is_awaited_is_no_error(site: Builds) -> None:
    text = "---\ntitle: Over ons\n---\n\n![Wij](foto.jpg){.optional}\n"
    build = site({"content/about/nl.md": text})
    assert found(build) == []
    assert "awaited-image" in {each.check for each in build.diagnostics}
    page = next(o.data for o in build.outputs if o.path == "nl/over-ons/index.html")
    assert b"<figure" not in page


def test_a_heading_of_level_1_is_an_error(site: Builds) -> None:
    build = site({"content/about/nl.md": "---\ntitle: Over ons\n---\n\n# Over ons {#us}\n"})
    (problem,) = [each for each in build.diagnostics if each.severity is Severity.ERROR]
    assert problem.check == "heading-order"
    correction = correction_of(problem, build.sources)
    assert correction is not None
    assert correction.text == "## Over ons {#us}"
