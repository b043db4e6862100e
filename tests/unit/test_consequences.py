"""The cause is told, and what follows from it is not; a suggestion is near, or there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.diagnostics import Severity, nearest
from diptych.pipeline import Build, Options
from tests.conftest import MINIMAL, SITE_YAML, Ran, write_site

Builds = Callable[..., Build]

HOME = {
    "content/home/nl.md": "---\ntitle: Welkom\nlayout: home\n---\n\nLees [wie wij zijn](page:about).\n",
    "content/home/fr.md": "---\ntitle: Bienvenue\nlayout: home\n---\n\nLisez [qui nous sommes](page:about).\n",
}


def told(build: Build) -> list[str]:
    """What is said that asks somebody to do something, by check."""
    return [each.check for each in build.diagnostics if each.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("right", "wrong", "check"),
    [
        ("page:about", "page:abuot", "broken-link"),
        ("page:about", "page:about#nowhere", "broken-anchor"),
        ("page:about", "../abuot/nl.md", "broken-link"),
        ("[wie wij zijn](page:about)", "![wie wij zijn](foto.png)", "missing-image"),
        (
            "[wie wij zijn](page:about)",
            "![wie wij zijn](https://elsewhere.example/a.png)",
            "missing-image",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_one_problem(
    site: Builds, right: str, wrong: str, check: str
) -> None:
    """Not three warnings about the other language first, two of them at its correct file."""
    files = HOME | {"content/home/nl.md": HOME["content/home/nl.md"].replace(right, wrong)}
    assert told(site(files)) == [check]


@pytest.mark.parametrize(
    "path",
    [
        "content/home/nl.md",
        "content/site.yaml",
        "content/terms.yaml",
        "content/addresses.lock",
        "templates/page.html",
        "assets/own.css",
        "extend.py",
    ],
)
def test_a_file_in_utf_16_is_one_error_without_consequences(
    run: Callable[..., Ran], path: str, tmp_path: Path
) -> None:
    """Windows PowerShell writes files in UTF-16."""
    write_site(tmp_path, {path: "title: x\n".encode("utf-16")})
    problems = json.loads(run("check", "--format", "json", root=tmp_path).out)["diagnostics"]
    told = [(each["path"], each["check"]) for each in problems if each["check"] != "unconfirmed"]
    assert told == [(path, "not-utf8")]
    assert run("fix", root=tmp_path).status == 0


def test_a_wrong_byte_in_a_template_does_not_hide_the_mistake_of_another(site: Builds) -> None:
    extends = '{% extends "theme/page.html" %}\n{% block below %}'
    files = {
        "templates/page.html": f"{extends}é{{% endblock %}}\n".encode("latin-1"),
        "templates/home.html": f"{extends}{{{{ nothing }}}}{{% endblock %}}\n",
    }
    assert told(site(files)) == ["template-name", "not-utf8"]


def test_a_warning_about_a_declaration_does_not_hide_an_unknown_name(site: Builds) -> None:
    """An error would hide it, since the wrong declaration may be that of the name."""
    template = '{% extends "theme/page.html" %}\n{% block below %}{{ nothing }}{% endblock %}\n'
    types = "page:\n  place: {type: text, label: {nl: Plaats}}\n"
    files = {"content/types.yaml": types, "templates/page.html": template}
    assert told(site(files)) == ["missing-translation", "template-name"]


def test_a_text_without_front_matter_does_not_hide_a_heading_of_another_page(site: Builds) -> None:
    files = {
        "content/more/nl.md": "Tekst.\n\n## Waar\n\nHier.\n",
        "content/about/nl.md": "---\ntitle: Over ons\n---\n\nTekst.\n\n## Wie\n\nWij.\n",
    }
    found = [(each.check, each.span.path) for each in site(files).diagnostics]
    assert [path for check, path in found if check == "heading-without-id"] == [
        "content/about/nl.md"
    ]


def test_a_template_in_another_encoding_is_one_error(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    template = '{% extends "theme/page.html" %}\n{% block below %}{{ _("é") }}{% endblock %}\n'
    write_site(tmp_path, {"templates/page.html": template.encode("latin-1")})
    problems = json.loads(run("check", "--format", "json", root=tmp_path).out)["diagnostics"]
    assert [each["check"] for each in problems if each["severity"] == "error"] == ["not-utf8"]


@pytest.mark.parametrize("heading", ["Wie {#who}\n===\n", "# Wie {#who}\n"])
def test_a_heading_that_may_not_be_of_its_level_differs_from_none(
    site: Builds, heading: str
) -> None:
    files = HOME | {
        "content/about/nl.md": f"---\ntitle: Over ons\n---\n\n{heading}\nWij.\n",
        "content/about/fr.md": "---\ntitle: À propos\n---\n\n## Qui {#who}\n\nNous.\n",
    }
    assert told(site(files)) == ["heading-order"]


def test_a_link_to_a_record_follows_from_types_that_cannot_be_read(site: Builds) -> None:
    """Whether `jan` is a record depends on types.yaml, so no link to it is called broken."""
    found = site(
        HOME
        | {
            "content/types.yaml": "people: [\n",
            "content/about/people.yaml": "- id: jan\n",
            "content/home/nl.md": HOME["content/home/nl.md"].replace("about", "about#jan"),
            "content/home/fr.md": HOME["content/home/fr.md"].replace("about", "about#jan"),
        }
    )
    assert told(found) == ["yaml-syntax"]


def test_the_rest_of_the_page_is_compared_all_the_same(site: Builds) -> None:
    nl = HOME["content/home/nl.md"].replace("page:about", "page:abuot") + "\nWe zijn met 12.\n"
    fr = HOME["content/home/fr.md"] + "\nNous sommes 13.\n"
    found = told(site({"content/home/nl.md": nl, "content/home/fr.md": fr}))
    assert set(found) == {"broken-link", "facts-differ"}


def test_an_entry_lacks_no_language_whose_value_could_not_be_read(site: Builds) -> None:
    events = "- id: a\n  date: 2020\n  title: {nl: [x], fr: Un}\n  text: {nl: Een., fr: Un.}\n"
    pages = {
        "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
        "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    }
    found = told(site({**pages, "content/time/timeline.yaml": events}))
    assert "missing-translation" not in found
    assert found[0] == "wrong-type"


@pytest.mark.parametrize(
    ("title", "checks"), [("A: b", ["yaml-syntax"]), ("T", ["slug-collision", "slug-collision"])]
)
def test_an_address_that_an_error_makes_unsure_is_not_to_be_remembered(
    site: Builds, title: str, checks: list[str]
) -> None:
    files = {
        f"content/{key}/{language}.md": f"---\ntitle: {title if language == 'nl' else key}\n---\n\nTekst.\n"
        for key in ("one", "two", "three")
        for language in ("nl", "fr")
    }
    remembered = {"content/addresses.lock": "/nl/over-ons/ about\n"}
    found = site({**files, **remembered}, options=Options(thorough=True)).diagnostics
    wrong = {each.span.path for each in found if each.check in checks}
    unsure = {each.span.path for each in found if each.check == "unremembered-address"}
    assert wrong
    assert not wrong & unsure


def test_each_of_three_pages_gets_a_slug_of_its_own(site: Builds) -> None:
    files = {
        f"content/{key}/nl.md": "---\ntitle: T\n---\n\nTekst.\n" for key in ("one", "two", "three")
    }
    offered = [
        edit.text.strip()
        for each in site(files).diagnostics
        if each.check == "slug-collision"
        for edit in each.edits
    ]
    assert [text.rpartition("slug: ")[2] for text in offered] == ["t-2", "t-3"]


def test_a_home_page_that_is_a_draft_is_named(site: Builds) -> None:
    files = {path: MINIMAL[path].replace("---\n", "---\ndraft: true\n", 1) for path in HOME}
    (problem,) = [each for each in site(files).diagnostics if each.check == "missing-home"]
    assert problem.span.path in HOME
    assert "draft" in str(problem.message)


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("misson", ("mission", "faq"), "mission"),
        ("titel", ("title", "slug"), "title"),
        ("lockdwon", ("lockdown",), "lockdown"),
        ("gitlab", ("github", "netlify"), None),
        ("agenda", ("page", "home", "timeline"), None),
        ("why", ("who", "what"), None),
        ("ann", ("jan",), None),
        ("x" * 300, ("x" * 299,), None),
    ],
)
def test_a_suggestion_is_never_another_thing_of_the_same_kind(
    word: str, known: tuple[str, ...], meant: str | None
) -> None:
    assert nearest(word, known) == meant


DUTCH = """\
---
title: Over ons
description: Wij zijn met velen en wij blijven hier tot de wet ons beschermt.
---

Wij zijn met velen in het hele land en wij blijven hier tot de wet ons beschermt.

## Wat wij doen {#work}

Wij helpen elkaar met raad en met geld, en wij praten met de mensen van het parlement.
"""
FRENCH = """\
---
title: À propos
description: Nous sommes nombreuses et nous restons ici jusqu'à ce que la loi nous protège.
---

Nous sommes nombreuses dans tout le pays : nous restons ici jusqu'à ce que la loi nous protège !

## Ce que nous faisons {#work}

Nous nous aidons avec des conseils et de l'argent, et nous parlons avec les gens du parlement.
"""


def in_places(dutch: str, french: str) -> dict[str, str]:
    return {"content/about/nl.md": dutch, "content/about/fr.md": french}


def test_two_pages_that_changed_places_are_one_problem(site: Builds) -> None:
    """Not a message about each paragraph, each French colon and each address."""
    addresses = {"content/addresses.lock": "# diptych addresses: x\n/nl/over-ons/ about\n"}
    build = site({**in_places(FRENCH, DUTCH), **addresses})
    (problem,) = (each for each in build.diagnostics if each.span.path.startswith("content/about/"))
    assert problem.check == "wrong-language"
    assert str(problem.hint) == (
        "it has changed places with content/about/fr.md: "
        "git mv content/about/nl.md content/about/nl.md.tmp && "
        "git mv content/about/fr.md content/about/nl.md && "
        "git mv content/about/nl.md.tmp content/about/fr.md"
    )


def test_a_page_that_was_copied_for_another_language_is_one_problem(site: Builds) -> None:
    build = site(in_places(DUTCH, DUTCH))
    assert told(build) == ["wrong-language"]
    (problem,) = (each for each in build.diagnostics if each.check == "wrong-language")
    assert (problem.span.path, str(problem.hint)) == (
        "content/about/fr.md",
        "write the text in Français here",
    )


@pytest.mark.parametrize(
    "french",
    [
        # one passage of the page is in the other language
        FRENCH.replace(
            "Nous nous aidons", "Wij helpen elkaar met raad, met geld en met de wet. Nous"
        ),
        # the texts that can be recognised are too few
        "---\ntitle: À propos\n---\n\nWij zijn met velen en wij blijven hier tot de wet ons beschermt.\n",
    ],
)
def test_a_page_that_is_only_partly_in_another_language_is_compared(
    site: Builds, french: str
) -> None:
    build = site(in_places(DUTCH, french))
    assert not [e for e in build.diagnostics if e.check == "wrong-language" and e.hint]


def test_a_page_of_the_right_language_is_no_problem(site: Builds) -> None:
    assert "wrong-language" not in told(site(in_places(DUTCH, FRENCH)))


@pytest.mark.parametrize("name", ["content/about", "content/about/fr.md"])
def test_what_is_a_link_is_told_without_consequences(
    run: Callable[..., Ran], tmp_path: Path, name: str
) -> None:
    """A program for shared files has moved the folder, and left a link in its place."""
    root = write_site(tmp_path / "site", HOME | {"content/addresses.lock": "/nl/over-ons/ about\n"})
    moved = tmp_path / "elsewhere"
    (root / name).rename(moved)
    (root / name).symlink_to(moved)
    problems = json.loads(run("check", "--format", "json", root=root).out)["diagnostics"]
    found = [(each["path"], each["check"]) for each in problems if each["severity"] == "error"]
    assert found == [(name, "outside-file")]
    assert "lost-address" not in {each["check"] for each in problems}
    assert "missing-translation" not in {each["check"] for each in problems}


TEAM = {
    "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
    "rooms:\n  id: {type: key, required: true}\n  keeper: {type: reference, to: people}\n",
    "content/about/people.yaml": "- id: ann\n",
    "content/home/rooms.yaml": "- id: hall\n  keeper: about#ann\n",
}


@pytest.mark.parametrize(
    ("people", "check"),
    [
        ("- id: ann: x\n", "yaml-syntax"),
        ("- id: *ann\n", "yaml-alias"),
        ("\t- id: ann\n", "yaml-syntax"),
        ("", "nothing-to-show"),
    ],
)
def test_an_entry_of_a_file_that_cannot_be_read_is_not_unknown(
    site: Builds, people: str, check: str
) -> None:
    """Also where the file lies beside another page."""
    assert told(site(TEAM)) == []
    assert told(site({**TEAM, "content/about/people.yaml": people})) == [check]


def test_an_unknown_entry_is_told_beside_a_file_of_another_type(site: Builds) -> None:
    wrong = {"content/home/rooms.yaml": TEAM["content/home/rooms.yaml"].replace("ann", "bob")}
    broken = {"content/terms.yaml": "- id: *x\n"}
    assert sorted(told(site({**TEAM, **wrong, **broken}))) == ["unknown-record", "yaml-alias"]


def test_what_still_has_to_be_written_beside_a_draft_is_told_once(site: Builds) -> None:
    """In its YAML as in its text, and whether drafts are shown or not."""
    files = {
        "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\ndraft: true\n---\n\n…\n",
        "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\ndraft: true\n---\n\nTexte.\n",
        "content/time/timeline.yaml": "- id: one\n  date: 2024\n  title: {nl: …, fr: Un}\n"
        "  text: {nl: Een., fr: …}\n",
    }
    for options in (Options(), Options(drafts=True)):
        found = [e for e in site(files, options=options).diagnostics if e.check == "unwritten"]
        assert [each.span.path for each in found] == [
            "content/time/nl.md",
            "content/time/timeline.yaml",
            "content/time/timeline.yaml",
        ]
        assert {each.severity for each in found} == {Severity.INFO}


@pytest.mark.parametrize(
    ("written", "check"),
    [("description: Nr. #1", "lost-comment"), ("description: “Wij”", "curly-quotes")],
)
def test_a_value_that_is_cut_or_quoted_wrongly_makes_no_translation_old(
    run: Callable[..., Ran], tmp_path: Path, written: str, check: str
) -> None:
    files = {
        "content/about/nl.md": "---\ntitle: Over ons\ndescription: Wij\n---\n\nTekst.\n",
        "content/about/fr.md": "---\ntitle: À propos\ndescription: Nous\n---\n\nTexte.\n",
    }
    root = write_site(tmp_path, files)
    assert run("confirm", "about", root=root).status == 0
    path = root / "content/about/nl.md"
    path.write_text(files["content/about/nl.md"].replace("description: Wij", written), "utf-8")
    problems = json.loads(run("check", "--format", "json", root=root).out)["diagnostics"]
    assert [each["check"] for each in problems if each["severity"] == "warning"] == [check]


def test_a_misspelt_language_is_told_alone_with_the_one_that_was_meant(site: Builds) -> None:
    files = {
        "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
        "  role: {type: text, translate: true}\n",
        "content/about/people.yaml": "- id: ann\n  role: {nl: Rol, fra: Rôle}\n",
    }
    (problem,) = (each for each in site(files).diagnostics if each.severity is Severity.ERROR)
    assert problem.check == "unknown-language"
    assert [each.text for each in problem.edits] == ["fr"]
    assert "missing-translation" not in told(site(files))


def test_front_matter_in_a_block_of_code_has_its_lines_to_paste(site: Builds) -> None:
    """As a chatbot gives a page; a page without a title may begin with code."""
    wrapped = "```yaml\ntitle: Over ons\n```\n\nTekst.\n"
    build = site({"content/about/nl.md": wrapped})
    (problem,) = (each for each in build.diagnostics if each.check == "front-matter-missing")
    assert [each.text for each in problem.edits] == ["---", "---"]
    build = site({"content/about/nl.md": "```\nmake\n```\n\nTekst.\n"})
    (problem,) = (each for each in build.diagnostics if each.check == "front-matter-missing")
    assert [each.text for each in problem.edits] == ["---\ntitle: …\n---\n\n"]


def test_what_names_a_draft_says_that_it_is_one(site: Builds) -> None:
    """It is not gone: a link, a record and the menu named a folder of git's history, and the address
    of the page was said to be lost.
    """
    files = {
        **TEAM,
        **HOME,
        "content/addresses.lock": "# diptych addresses: x\n/nl/over-ons/ about\n/nl/ home\n/fr/ home\n",
        "content/about/nl.md": "---\ntitle: Over ons\ndraft: true\n---\n\nTekst.\n",
        "content/about/fr.md": "---\ntitle: À propos\ndraft: true\n---\n\nTexte.\n",
    }
    found = [e for e in site(files).diagnostics if e.severity is not Severity.INFO]
    assert sorted({each.check for each in found}) == [
        "broken-link",
        "unknown-page",
        "unknown-record",
    ]
    said = {str(each.message) for each in found}
    assert said == {"the page `about` is a draft, which readers do not see yet"}
    assert told(site(files, options=Options(drafts=True))) == []
    one = {
        **files,
        "content/about/nl.md": files["content/about/nl.md"].replace("draft: true\n", ""),
    }
    assert "is a draft" not in str([str(each.message) for each in site(one).diagnostics])


@pytest.mark.parametrize("written", ["fr-be", "fr_be", "FR_BE"])
def test_a_locale_in_other_signs_is_told_alone(site: Builds, written: str) -> None:
    """No file of that language brings a message of its own."""
    build = site({"content/site.yaml": SITE_YAML.replace("locale: fr_BE", f"locale: {written}")})
    (problem,) = (each for each in build.diagnostics if each.severity is Severity.ERROR)
    assert problem.check == "unknown-locale"
    assert [each.text for each in problem.edits] == ["fr_BE"]


def test_the_files_of_a_language_that_the_site_lacks_are_told_together(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """A language was taken out of site.yaml, and its files are still there."""
    pages = {
        f"content/p{number}/{language}.md": f"---\ntitle: {language}{number}\n---\n\nTekst.\n"
        for number in range(8)
        for language in ("nl", "fr", "de")
    }
    out = run("check", root=write_site(tmp_path, pages)).out
    (line,) = (each for each in out.split("\n") if "[unknown-language]" in each)
    assert line.startswith("content/p0/de.md:1:1: error: `de` is not a language of this site")
    assert "the same in 7 more places: content/p1/de.md:1:1, " in out


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("about/nl.md", "page:about"),  # a path from the folder above, without `../`
        ("page:nl/about", "page:about"),
        ("../about/nl.html", "page:about"),
    ],
)
def test_a_link_that_is_nearly_right_leads_to_the_page_that_was_meant(
    site: Builds, target: str, mended: str
) -> None:
    home = HOME["content/home/nl.md"].replace("page:about", target)
    (problem,) = (e for e in site({**HOME, "content/home/nl.md": home}).diagnostics if e.edits)
    assert [each.text for each in problem.edits] == [mended]


@pytest.mark.parametrize("target", ["file:///C:/a/nota.pdf", "C:\\a\\nota.pdf", "c:/a/nota.pdf"])
def test_a_link_to_a_file_of_ones_own_computer_is_told_as_that(site: Builds, target: str) -> None:
    home = HOME["content/home/nl.md"].replace("page:about", target)
    found = site({**HOME, "content/home/nl.md": home}).diagnostics
    (problem,) = (each for each in found if each.check == "unsafe-html")
    assert str(problem.message) == "this is a file on one computer, which no reader can open"


@pytest.mark.parametrize("name", ["../about/house.jpg", "/content/about/house.jpg"])
def test_a_picture_of_another_folder_is_told_as_that(site: Builds, name: str) -> None:
    home = HOME["content/home/nl.md"] + f"\n![Een huis]({name})\n"
    (problem,) = (
        each
        for each in site({**HOME, "content/home/nl.md": home}).diagnostics
        if each.check == "missing-image"
    )
    assert str(problem.message) == "a page shows the pictures of its own folder"
    assert [each.text for each in problem.edits] == ["house.jpg"]


@pytest.mark.parametrize("signs", ["###", "####"])
def test_a_first_heading_of_a_deeper_level_is_told(site: Builds, signs: str) -> None:
    """It has the title of the page above it; without a message it kept neither level nor id."""
    page = "---\ntitle: {}\n---\n\n{} {}\n\nTekst.\n"
    files = in_places(page.format("Over ons", signs, "Wij"), page.format("À propos", signs, "Nous"))
    found = [each for each in site(files).diagnostics if each.check == "heading-order"]
    assert [each.span.path for each in found] == ["content/about/fr.md", "content/about/nl.md"]
    assert "## " in found[0].edits[0].text
