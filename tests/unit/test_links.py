"""Links by identity: where they lead a reader of each language, and how they are marked."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from diptych.pipeline import Build, Options
from tests.conftest import MINIMAL, SITE_YAML, blank_pdf, page_of

Builds = Callable[..., Build]

FRENCH_ONLY = {"content/news/fr.md": "---\ntitle: Nouvelles\n---\n\n## Une {#one}\n"}
EVENTS = (
    "- id: first-lockdown\n  date: 2020-03-18\n  title: {nl: A, fr: B}\n  text: {nl: A., fr: B.}\n"
)
TIMELINE = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": EVENTS,
}


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- secret --></svg>'


def picture(kind: str) -> bytes:
    """A picture whose maker says something."""
    exif, data = Image.Exif(), io.BytesIO()
    exif[0x010F] = "secret camera"
    Image.new("RGB", (8, 8), "teal").save(data, kind, exif=exif)
    return data.getvalue()


def links(build: Build, path: str) -> list[dict[str, str]]:
    """The links in the text of a page: attributes, with the words under ``."""
    found = page_of(build, path).xpath("//main//div[contains(@class, 'prose')]//a")
    return [{"": link.text_content(), **link.attrib} for link in found]


def link(site: Builds, target: str, **files: str) -> dict[str, str]:
    """The one link of the Dutch page `about` to a target."""
    text = f"---\ntitle: Over ons\n---\n\nLees [dit]({target}).\n\n## Wie {{#who}}\n"
    build = site({**FRENCH_ONLY, **TIMELINE, "content/about/nl.md": text})
    errors = [each for each in build.diagnostics if each.severity.value == "error"]
    assert errors == []
    return links(build, "nl/over-ons/")[0]


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("page:home", "/nl/"),
        ("page:about", "/nl/over-ons/"),
        ("page:about#who", "/nl/over-ons/#who"),
        ("#who", "/nl/over-ons/#who"),
        ("page:#who", "/nl/over-ons/#who"),
        ("page:time#first-lockdown", "/nl/tijdlijn/#first-lockdown"),
        ("page:time#y2020", "/nl/tijdlijn/#y2020"),
        ("page:time/timeline.csv", "/nl/tijdlijn/timeline.csv"),
        ("page:time/timeline.json", "/nl/tijdlijn/timeline.json"),
        ("page:time/timeline.ics", "/nl/tijdlijn/timeline.ics"),
        ("../home/nl.md", "/nl/"),
        ("../home/fr.md", "/nl/"),
        ("../about/nl.md#who", "/nl/over-ons/#who"),
        ("nl.md#who", "/nl/over-ons/#who"),
    ],
)
def test_a_link_leads_to_the_page_in_the_readers_language(
    site: Builds, target: str, href: str
) -> None:
    assert link(site, target) == {"": "dit", "href": href}


@pytest.mark.parametrize(
    "target", ["page:time/timeline.pdf", "page:about/timeline.csv", "page:time/timeline.csv#who"]
)
def test_a_timeline_has_its_own_files_and_no_others(site: Builds, target: str) -> None:
    text = f"---\ntitle: Over ons\n---\n\nLees [dit]({target}).\n\n## Wie {{#who}}\n"
    build = site({**TIMELINE, "content/about/nl.md": text})
    broken = [each.check for each in build.diagnostics if each.severity.value == "error"]
    assert broken == ["broken-link"]


def test_a_link_to_a_page_that_lacks_the_language_is_marked(site: Builds) -> None:
    assert link(site, "page:news#one") == {
        "": "dit",
        "href": "/nl/nouvelles/#one",
        "hreflang": "fr-BE",
        "class": "other-language",
    }


def test_a_relative_link_to_a_page_that_lacks_the_language_is_marked_too(site: Builds) -> None:
    assert link(site, "../news/fr.md")["hreflang"] == "fr-BE"


def test_a_link_to_a_page_that_is_absent_on_purpose_leads_to_where_it_is(site: Builds) -> None:
    build = site(
        {
            "content/news/fr.md": "---\ntitle: Nouvelles\nonly: Une action à Liège.\n---\n\nTexte.\n",
            "content/about/nl.md": "---\ntitle: Over ons\n---\n\nLees [dit](page:news).\n",
        }
    )
    assert not build.failed
    assert links(build, "nl/over-ons/") == [
        {"": "dit", "href": "/fr/nouvelles/", "hreflang": "fr-BE", "class": "other-language"}
    ]


def test_a_link_to_another_site_says_so_and_tells_it_nothing(site: Builds) -> None:
    assert link(site, "https://www.meteo.be/nl") == {
        "": "dit",
        "href": "https://www.meteo.be/nl",
        "rel": "external noreferrer",
    }


def test_mail_and_telephone(site: Builds) -> None:
    assert link(site, "mailto:info@example.org")["href"] == "mailto:info@example.org"
    assert link(site, "tel:+3220000000")["href"] == "tel:+3220000000"
    assert link(site, "site:contact")["href"] == "mailto:info@example.org"


def test_a_setting_without_a_value_says_where_to_write(site: Builds) -> None:
    text = "---\ntitle: Over ons\n---\n\n[Word lid](site:membership_form).\n"
    build = site({"content/about/nl.md": text})
    assert not build.failed
    assert links(build, "nl/over-ons/") == [
        {"": "info@example.org", "href": "mailto:info@example.org"}
    ]
    paragraph = page_of(build, "nl/over-ons/").xpath("//main//div[contains(@class, 'lead')]/p")[0]
    assert paragraph.text_content().startswith("Word lid (")


def test_a_setting_with_a_value(site: Builds) -> None:
    from tests.conftest import SITE_YAML

    yaml = SITE_YAML.replace(
        "  contact:", "  membership_form: https://forms.example/lid\n  contact:"
    )
    text = "---\ntitle: Over ons\n---\n\n[Word lid](site:membership_form).\n"
    build = site({"content/about/nl.md": text, "content/site.yaml": yaml})
    assert links(build, "nl/over-ons/")[0]["href"] == "https://forms.example/lid"


@pytest.mark.parametrize("written", ["Règle 2024.pdf", "R%C3%A8gle%202024.pdf"])
def test_a_file_of_the_bundle_whatever_its_name(site: Builds, written: str) -> None:
    text = f"---\ntitle: Over ons\n---\n\n[Reglement](<{written}>).\n"
    build = site({"content/about/nl.md": text, "content/about/Règle 2024.pdf": blank_pdf()})
    assert not build.failed
    href = links(build, "nl/over-ons/")[0]["href"]
    assert href.startswith("/assets/R%C3%A8gle%202024.")
    assert href.endswith(".pdf")
    (data,) = [output.data for output in build.outputs if output.path.endswith(".pdf")]
    assert data.startswith(b"%PDF-")


def test_a_fallback_page_links_within_the_readers_language(site: Builds) -> None:
    """A French text shown to Dutch readers: its links lead to Dutch pages where there are any."""
    text = "---\ntitle: Nouvelles\n---\n\nVoir [ceci](page:about#who).\n"
    build = site({"content/news/fr.md": text})
    assert links(build, "nl/nouvelles/")[0]["href"] == "/nl/over-ons/#who"


def test_links_in_events_are_resolved_for_each_language(site: Builds) -> None:
    events = EVENTS.replace(
        "{nl: A., fr: B.}", "{nl: '[zie](page:about)', fr: '[voir](page:about)'}"
    )
    build = site({**TIMELINE, "content/time/timeline.yaml": events})
    for path, href in (("nl/tijdlijn/", "/nl/over-ons/"), ("fr/chronologie/", "/fr/a-propos/")):
        event = page_of(build, path).get_element_by_id("first-lockdown")
        assert href in event.xpath(".//a/@href")


def test_every_link_carries_the_prefix_of_the_base_url(site: Builds) -> None:
    build = site({**FRENCH_ONLY, **TIMELINE}, options=Options(base_url="https://example.org/a/b/"))
    assert not build.failed
    for output in build.outputs:
        if output.is_page:
            page = page_of(build, output.path)
            inside = [a for a in page.xpath("//@href | //@src") if a.startswith("/")]
            assert [a for a in inside if not a.startswith("/a/b/")] == [], output.path


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("d.svg", DRAWING, "svg"),
        ("d.png", picture("PNG"), "png"),
        ("D.JPG", picture("JPEG"), "jpg"),
    ],
)
@pytest.mark.parametrize("page", ["about", "home"])
def test_a_link_to_a_picture_leads_to_it_as_it_is_published(
    site: Builds, name: str, data: bytes, kind: str, page: str
) -> None:
    """It was a traceback: only other files had an address."""
    target = name if page == "about" else f"../about/{name}"
    path = f"content/{page}/nl.md"
    text = MINIMAL[path] + f"\n[Een tekening]({target})\n"
    build = site({path: text, f"content/about/{name}": data})
    assert not build.failed
    place = "nl/over-ons/" if page == "about" else "nl/"
    (href,) = page_of(build, place).xpath("//a[. = 'Een tekening']/@href")
    assert href.startswith("/assets/")
    assert href.endswith(f".{kind}")
    (file,) = [each for each in build.outputs if f"/{each.path}" == href]
    assert b"secret" not in file.data


def test_a_link_to_a_picture_that_cannot_be_read(site: Builds) -> None:
    text = MINIMAL["content/about/nl.md"] + "\n[Een foto](d.png)\n"
    build = site({"content/about/nl.md": text, "content/about/d.png": b"x"})
    errors = [each.check for each in build.diagnostics if each.severity.value == "error"]
    assert errors == ["damaged-image"]


@pytest.mark.parametrize("address", ["https://[x", "http://[::1", "https://a]b", "https://"])
def test_an_address_that_no_browser_can_read(site: Builds, address: str) -> None:
    """In a text, in the settings and in a field of the site's own; it was a traceback."""
    contact = "  contact: info@example.org\n"
    settings = SITE_YAML.replace(contact, contact + f'  donation_link: "{address}"\n')
    base = SITE_YAML.replace("https://example.org", address)
    types = "people:\n  name: {type: text}\n  site: {type: link}\n"
    people = f'- id: a\n  name: A\n  site: "{address}"\n'
    text = MINIMAL["content/about/nl.md"] + f"\n[Wij]({address}) en <{address}>\n"
    for files in ({"content/site.yaml": settings}, {"content/site.yaml": base}):
        assert "wrong-type" in {each.check for each in site(files).diagnostics}
    assert site({"content/about/nl.md": text}).failed or address == "https://"
    site({"content/types.yaml": types, "content/about/people.yaml": people})


@pytest.mark.parametrize(
    "code", ["    [x](page:abuot)", "- een\n\n      [x](page:abuot)", "`[x](page:abuot)`"]
)
def test_a_target_that_is_shown_as_code_is_not_taken_for_the_link(site: Builds, code: str) -> None:
    text = f"---\ntitle: Over ons\n---\n\n{code}\n\nLees [dit](page:abuot).\n"
    build = site({"content/about/nl.md": text})
    (found,) = [each for each in build.diagnostics if each.check == "broken-link"]
    source = build.sources["content/about/nl.md"]
    assert source.line(source.position(found.span.start)[0]) == "Lees [dit](page:abuot)."


@pytest.mark.parametrize(
    ("written", "edits", "hint"),
    [
        ("[over](https://example.org/nl/over-ons/)", ["page:about"], "by its key"),
        ("[over](https://example.org/nl/over-ons/#who)", ["page:about#who"], "by its key"),
        # without brackets, the key of a page is no link
        ("https://example.org/nl/over-ons/", [], "in its place: […](page:about)"),
        ("<https://example.org/nl/over-ons/>", [], "in its place: […](page:about)"),
        ("https://example.org/nl/over-ons/#who", [], "in its place: […](page:about#who)"),
        ("https://example.org/nl/elders/", [], "by its key"),
    ],
)
def test_the_line_to_paste_for_the_address_of_an_own_page_is_a_link(
    site: Builds, written: str, edits: list[str], hint: str
) -> None:
    home = f"---\ntitle: Welkom\nlayout: home\n---\n\nZie {written} voor meer.\n"
    build = site({"content/home/nl.md": home})
    (told,) = (each for each in build.diagnostics if each.check == "literal-address")
    assert [each.text for each in told.edits] == edits
    assert hint in str(told.hint)
