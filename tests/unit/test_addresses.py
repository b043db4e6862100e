"""Published addresses are remembered, and what moved leads on by itself."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.diagnostics import Severity
from diptych.pipeline import Build, Options
from diptych.site import write_addresses
from tests.conftest import ROOT, SITE_YAML, Ran, text_of, write_site

Builds = Callable[..., Build]
LOCK, NL = "content/addresses.lock", "content/about/nl.md"
HEAD = "# diptych addresses: written by `build.py remember`, one address and the key of its page a line\n"
TODAY = HEAD + "/fr/ home\n/fr/a-propos/ about\n/nl/ home\n/nl/over-ons/ about\n"


def page(*lines: str) -> str:
    return "\n".join(["---", "title: Over ons", *lines, "---", "", "Tekst.", ""])


def linking(target: str) -> str:
    return f"---\ntitle: Welkom\nlayout: home\n---\n\nLees [dit]({target}).\n"


def said(build: Build) -> list[tuple[str, str, int]]:
    """Check, file and line of what is said of addresses."""
    return [
        (each.check, each.span.path, build.sources[each.span.path].position(each.span.start)[0])
        for each in build.diagnostics
        if each.check.endswith("-address") or each.check == "lock-damaged"
    ]


def leads(build: Build) -> dict[str, str]:
    assert build.site is not None
    return {each.old: each.new for each in build.site.redirects}


def test_an_address_that_changed_leads_on(site: Builds) -> None:
    build = site({LOCK: TODAY, NL: page("slug: wie-we-zijn")})
    assert leads(build) == {"nl/over-ons": "nl/wie-we-zijn/"}
    assert 'content="0; url=/nl/wie-we-zijn/"' in text_of(build, "nl/over-ons/index.html")
    assert not build.failed
    assert said(build) == []


def test_calendars_find_the_timeline_at_its_new_address(site: Builds) -> None:
    """Where the host reads a list of redirects; a page cannot lead a calendar on."""
    events = (
        "- id: vote\n  date: 2022-03-18\n  title: {nl: Stap, fr: Pas}\n  text: {nl: A., fr: B.}\n"
    )
    build = site(
        {
            LOCK: TODAY,
            NL: page("slug: wie", "layout: timeline"),
            "content/about/fr.md": "---\ntitle: À propos\nlayout: timeline\n---\n\nTexte.\n",
            "content/about/timeline.yaml": events,
            "content/site.yaml": SITE_YAML + "hosting: netlify\n",
        }
    )
    assert text_of(build, "_redirects") == (
        "/nl/over-ons /nl/wie/ 301!\n"
        "/nl/over-ons/timeline.json /nl/wie/timeline.json 301!\n"
        "/nl/over-ons/timeline.csv /nl/wie/timeline.csv 301!\n"
        "/nl/over-ons/timeline.ics /nl/wie/timeline.ics 301!\n"
        "/nl/* /nl/404.html 404\n/fr/* /fr/404.html 404\n"
    )


def test_nothing_is_made_while_nothing_changed(site: Builds) -> None:
    assert leads(site({LOCK: TODAY})) == {}
    assert leads(site({NL: page("slug: anders")})) == {}  # nothing was remembered


def test_the_address_of_a_translation_that_came_later(site: Builds) -> None:
    """Until then the page stood in French under the Dutch word."""
    lock = TODAY.replace("/fr/a-propos/", "/fr/over-ons/")
    assert leads(site({LOCK: lock})) == {"fr/over-ons": "fr/a-propos/"}


def test_what_an_editor_wrote_counts_for_more(site: Builds) -> None:
    lock = TODAY + "/nl/wie/ about\n/nl/weg/ gone\n"
    build = site(
        {
            LOCK: lock,
            "content/home/nl.md": "---\ntitle: Welkom\nlayout: home\n"
            "redirect_from: [/nl/wie/, /nl/weg/]\n---\n\nWij.\n",
        }
    )
    assert leads(build) == {"nl/wie": "nl/", "nl/weg": "nl/"}
    assert said(build) == []


def test_an_address_that_another_page_has_now_is_that_page(site: Builds) -> None:
    lock = TODAY + "/nl/start/ home\n"
    assert leads(site({LOCK: lock, NL: page("slug: start")})) == {"nl/over-ons": "nl/start/"}


def test_an_address_whose_page_is_gone(site: Builds) -> None:
    build = site({LOCK: TODAY + "/nl/weg/ gone\n"})
    assert said(build) == [("lost-address", LOCK, 6)]
    (problem,) = (each for each in build.diagnostics if each.check == "lost-address")
    assert problem.severity is Severity.WARNING
    assert (
        str(problem.message)
        == "/nl/weg/ was an address of the page `gone`, which is gone: it leads nowhere now"
    )


@pytest.mark.parametrize(
    "line",
    [
        "/nl/weg/",
        "nl/weg/ about",
        "/../weg/ about",
        "/nl/./ about",
        "=======",  # the rest of a merge; its other lines are a merge-conflict
        "/nl/a b/ about",
        "/nl/weg/ about more",
    ],
)
def test_a_line_that_cannot_be_read_is_told(line: str, site: Builds) -> None:
    build = site({LOCK: TODAY + line + "\n"})
    assert said(build) == [("lock-damaged", LOCK, 6)]
    assert build.failed


def test_check_tells_what_is_not_remembered_yet(site: Builds) -> None:
    files = {LOCK: TODAY.replace("/nl/over-ons/ about\n", ""), NL: page("slug: over-ons")}
    assert said(site(files)) == []
    assert said(site(files, options=Options(thorough=True))) == [("unremembered-address", NL, 3)]
    draft = {**files, NL: page("draft: true")}
    assert said(site(draft, options=Options(thorough=True, drafts=True))) == []
    assert said(site({NL: page()}, options=Options(thorough=True))) == []


def test_pages_without_a_language_are_one_message_for_it(site: Builds) -> None:
    """A new language has an address for every page at once, and all for one reason."""
    files: dict[str, str | None] = {
        LOCK: TODAY,
        "content/site.yaml": SITE_YAML.replace(
            "navigation:", "  de: {locale: de_BE, name: Deutsch, typography: german}\nnavigation:"
        ),
    }
    options = Options(thorough=True)
    build = site(files, options=options)
    assert said(build) == [("unremembered-address", LOCK, 1)]
    (problem,) = (each for each in build.diagnostics if each.check == "unremembered-address")
    assert (
        str(problem.message)
        == "2 addresses are not remembered yet, so they are lost when they change; the first is /de/over-ons/"
    )
    # a page that is written in the language is named by itself
    own = {"content/about/de.md": page("slug: wir")}
    expected = [
        ("unremembered-address", LOCK, 1),
        ("unremembered-address", "content/about/de.md", 3),
    ]
    assert sorted(said(site({**files, **own}, options=options))) == sorted(expected)


@pytest.mark.parametrize(("pages", "told"), [(1, 1), (5, 5), (6, 1), (30, 1)])
def test_many_new_pages_are_one_message(pages: int, told: int, site: Builds) -> None:
    """One command remembers them all."""
    files = {f"content/new-{number:02}/nl.md": page(f"slug: n{number}") for number in range(pages)}
    build = site({LOCK: TODAY, **files, NL: page("slug: over-ons")}, options=Options(thorough=True))
    found = [each for each in build.diagnostics if each.check == "unremembered-address"]
    own = [each for each in found if each.span.path != LOCK]
    assert len(own) == told
    assert own[0].span.path == "content/new-00/nl.md"
    assert (f"{pages} addresses are not" in str(own[0].message)) is (pages > 5)


def test_lines_of_two_branches_are_kept(site: Builds, tmp_path: Path) -> None:
    assert "addresses.lock merge=union" in (ROOT / ".gitattributes").read_text()
    ours, theirs = TODAY + "/nl/wie/ about\n", TODAY + "/nl/weg/ about\n"
    for name, text in (("base", TODAY), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(text)
    merged = subprocess.run(
        ["git", "merge-file", "--union", "-p", "ours", "base", "theirs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    build = site({LOCK: merged})
    assert leads(build) == {"nl/wie": "nl/over-ons/", "nl/weg": "nl/over-ons/"}
    assert build.site is not None
    assert write_addresses(build.site).splitlines()[4:] == [
        "/nl/over-ons/ about",
        "/nl/weg/ about",
        "/nl/wie/ about",
    ]


def test_remember_writes_every_address_once(run: Callable[..., Ran], tmp_path: Path) -> None:
    root = write_site(
        tmp_path, {"content/new/nl.md": "---\ntitle: Nieuw\ndraft: true\n---\n\nTekst.\n"}
    )
    first = run("remember", root=root)
    assert (first.status, first.err) == (
        0,
        "content/addresses.lock: the addresses are remembered\n",
    )
    assert (root / LOCK).read_text() == TODAY
    again = run("remember", root=root)
    assert (again.status, again.err) == (
        0,
        "content/addresses.lock: every address is there already\n",
    )
    (root / NL).write_text(page("slug: wie"))
    run("remember", root=root)
    assert (root / LOCK).read_text() == TODAY + "/nl/wie/ about\n"


def test_remember_writes_nothing_while_there_are_errors(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(tmp_path, {LOCK: TODAY + "x\n", NL: page("slug: wie")})
    assert run("remember", root=root).status == 1
    assert (root / LOCK).read_text() == TODAY + "x\n"


def test_confirm_remembers_its_page_and_builds_change_no_source(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(tmp_path, {LOCK: HEAD})
    run("build", root=root)
    run("check", root=root)
    assert (root / LOCK).read_text() == HEAD
    run("confirm", "about", root=root)
    assert (root / LOCK).read_text() == HEAD + "/fr/a-propos/ about\n/nl/over-ons/ about\n"


def test_a_whole_site_remembers_every_address(whole_build: Build) -> None:
    assert whole_build.site is not None
    known = whole_build.sources[LOCK].text
    assert write_addresses(whole_build.site) == known


GERMAN = {
    "content/site.yaml": SITE_YAML.replace(
        "languages:\n",
        "languages:\n  de: {locale: de_BE, name: Deutsch, typography: german}\n",
    ).replace("exit: {nl:", 'exit: {de: "https://weather.example/de", nl:'),
    "content/home/de.md": "---\ntitle: Start\nlayout: home\n---\n",
    "content/books/de.md": "---\ntitle: Veröffentlichungen\n---\n",
    "content/books/first/de.md": "---\ntitle: Über Käfer\n---\n",
}


def german(build: Build) -> list[str]:
    """The addresses of the German pages about books."""
    assert build.site is not None
    return sorted(
        each.path
        for each in build.site.pages
        if each.language == "de" and each.key.startswith("books")
    )


def test_an_address_in_german_has_its_letters_spelt_out(site: Builds) -> None:
    assert german(site(GERMAN)) == [
        "de/veroeffentlichungen/",
        "de/veroeffentlichungen/ueber-kaefer/",
    ]


def test_a_german_address_that_is_remembered_stays(site: Builds) -> None:
    """It was made when letters only lost their marks; nothing moves before its title changes."""
    old = HEAD + "/de/veroffentlichungen/ books\n/de/veroffentlichungen/uber-kafer/ books/first\n"
    build = site({**GERMAN, LOCK: old})
    assert german(build) == ["de/veroffentlichungen/", "de/veroffentlichungen/uber-kafer/"]
    renamed = {"content/books/first/de.md": "---\ntitle: Über Hummeln und Käfer\n---\n"}
    assert german(site({**GERMAN, LOCK: old, **renamed})) == [
        "de/veroffentlichungen/",
        "de/veroffentlichungen/ueber-hummeln-und-kaefer/",
    ]
    both = old + "/de/veroeffentlichungen/ books\n"  # the page has moved since
    assert german(site({**GERMAN, LOCK: both}))[0] == "de/veroeffentlichungen/"
    other = HEAD + "/de/veroffentlichungen/ about\n"  # another page stood there
    assert german(site({**GERMAN, LOCK: other}))[0] == "de/veroeffentlichungen/"


OLD = HEAD + "/fr/ home\n/fr/a-propos/ association\n/nl/ home\n/nl/over-ons/ association\n"
OF_NAMES = ("broken-link", "unknown-page", "unknown-record")


def renamed(site: Builds, files: dict[str, str]) -> list[tuple[str, str | None]]:
    """The message of each link or reference that leads nowhere, and the text that `fix` writes instead.
    In the addresses.lock of the site, the page `about` has an older key.
    """
    build = site({LOCK: OLD, **files})
    told = [each for each in build.diagnostics if each.check in OF_NAMES]
    return [
        (str(each.message), each.edits[0].text if each.certain and each.edits else None)
        for each in told
    ]


NOW = "the page `association` is called `about` now"


@pytest.mark.parametrize(
    ("files", "becomes"),
    [
        ({"content/home/nl.md": linking("page:association")}, "page:about"),
        ({"content/home/nl.md": linking("page:association#who")}, "page:about#who"),
        ({"content/home/nl.md": linking("../association/nl.md#who")}, "page:about#who"),
        ({"content/site.yaml": SITE_YAML.replace("[about]", "[association]")}, "about"),
        (
            {"content/site.yaml": SITE_YAML + "redirects: {/oud.html: 'page:association'}\n"},
            "page:about",
        ),
        (
            {
                "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
                "  boss: {type: reference, to: people}\n",
                "content/about/people.yaml": "- id: ann\n- id: bea\n  boss: association#ann\n",
            },
            "about#ann",
        ),
    ],
)
def test_an_old_key_of_a_folder_that_was_renamed_is_given_the_new_one(
    files: dict[str, str], becomes: str, site: Builds
) -> None:
    assert renamed(site, files) == [(NOW, becomes)]


def test_a_topic_is_not_renamed_with_a_page_of_its_name(site: Builds) -> None:
    settings = SITE_YAML.replace("  law:", "  about:")
    page = "---\ntitle: Thuis\nlayout: home\ntopics: [association]\n---\n\nTekst.\n"
    files = {LOCK: OLD, "content/site.yaml": settings, "content/home/nl.md": page}
    (problem,) = (each for each in site(files).diagnostics if each.check == "unknown-topic")
    assert "no topic" in str(problem.message)


@pytest.mark.parametrize(
    ("lock", "said"),
    [  # addresses that no page has, and the address of a page that has a line of its own
        (
            OLD.replace("over-ons", "wie-we-zijn").replace("a-propos", "qui"),
            "the page `association` is gone",
        ),
        (TODAY + "/nl/vereniging/ association\n", "the page `association` is gone"),
        (TODAY + "/nl/groep/over-ons/ association\n", "the page `association` is gone"),
        (OLD.replace("association", "(gone)"), "there is no page with the key `association`"),
    ],
)
def test_a_key_whose_page_is_gone_has_no_new_one(lock: str, said: str, site: Builds) -> None:
    files = {LOCK: lock, "content/home/nl.md": linking("page:association")}
    assert renamed(site, files) == [(said, None)]


@pytest.mark.parametrize("key", ["(gone)", "home"])
def test_an_address_of_no_folder_or_of_one_that_is_still_there_renames_nothing(
    key: str, site: Builds
) -> None:
    build = site({LOCK: OLD.replace("association", key)})
    assert build.site is not None
    assert build.site.renamed == {}


def test_a_text_with_a_new_address_is_told_whatever_its_old_one(site: Builds) -> None:
    build = site({LOCK: TODAY.replace("over-ons", "wij")}, options=Options(thorough=True))
    assert said(build) == [("unremembered-address", NL, 2)]


def test_a_translation_that_was_taken_away_has_no_new_address(site: Builds) -> None:
    """The translation may come back, and addresses.lock has its address."""
    build = site({LOCK: TODAY, "content/about/fr.md": None}, options=Options(thorough=True))
    assert said(build) == []


@pytest.mark.parametrize(
    "files",
    [
        {"content/home/nl.md": linking("page:association#who")},
        {"content/site.yaml": SITE_YAML.replace("[about]", "[association]")},
    ],
)
def test_a_name_of_a_page_whose_folder_has_a_wrong_name_is_not_called_unknown(
    files: dict[str, str], site: Builds
) -> None:
    files |= {
        LOCK: OLD.replace("/nl/over-ons/", "/nl/ploeg/"),
        "content/De ploeg/nl.md": page(),
    }
    assert "De ploeg" in " ".join(str(each.message) for each in site(files).diagnostics)
    assert renamed(site, files) == []


def test_a_folder_with_a_wrong_name_does_not_hide_a_lost_part_of_another_page(site: Builds) -> None:
    files = {
        LOCK: TODAY,
        "content/De ploeg/nl.md": page(),
        "content/home/nl.md": linking("page:about#nowhere"),
    }
    assert "broken-anchor" in {each.check for each in site(files).diagnostics}


_EARLIER = OLD + "/nl/de-vereniging/ association\n/nl/over-ons/#oud association#who\n"
_WITH_HEADING = {NL: page().replace("Tekst.", "## Wie {#who}\n\nTekst.")}


def test_earlier_addresses_and_anchors_of_a_renamed_folder_lead_on(site: Builds) -> None:
    build = site({LOCK: _EARLIER, **_WITH_HEADING})
    assert leads(build) == {"nl/de-vereniging": "nl/over-ons/"}
    assert '<span id="oud"></span>' in text_of(build, "nl/over-ons/index.html")
    assert said(build) == []


def test_they_are_remembered_with_its_new_name(site: Builds) -> None:
    build = site({LOCK: _EARLIER, **_WITH_HEADING})
    assert build.site is not None
    written = write_addresses(build.site)
    assert "association" not in written
    assert "/nl/de-vereniging/ about\n" in written
    assert "/nl/over-ons/#oud about#who\n" in written
    again = site({LOCK: written, **_WITH_HEADING})
    assert leads(again) == {"nl/de-vereniging": "nl/over-ons/"}
    assert '<span id="oud"></span>' in text_of(again, "nl/over-ons/index.html")


def test_addresses_of_a_folder_that_moved_below_another_page_lead_on(site: Builds) -> None:
    files = {
        LOCK: TODAY + "/nl/huren/ tenancy\n/nl/je-huur/ tenancy\n/fr/louer/ tenancy\n",
        "content/about/rent/nl.md": "---\ntitle: Huren\n---\n\nTekst.\n",
        "content/about/rent/fr.md": "---\ntitle: Louer\n---\n\nTexte.\n",
    }
    assert leads(site(files)) == {
        "fr/louer": "fr/a-propos/louer/",
        "nl/huren": "nl/over-ons/huren/",
        "nl/je-huur": "nl/over-ons/huren/",
    }
