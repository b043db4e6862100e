"""Headings that get an id keep a place to arrive at for what they were called when published."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from diptych.cache import Cache
from diptych.fix import mend
from diptych.pipeline import Build, Options
from diptych.site import with_old_anchors, write_addresses
from tests.conftest import make_tree, text_of
from tests.unit.test_addresses import LOCK, TODAY, said

Builds = Callable[..., Build]
NL, FR = "content/about/nl.md", "content/about/fr.md"
NOTED = "/fr/a-propos/#qui-nous-sommes about#who\n/nl/over-ons/#wie-we-zijn about#who\n"


def pages(nl: str, fr: str, lock: str = TODAY) -> dict[str, str]:
    return {
        NL: f"---\ntitle: Over ons\n---\n\n{nl}\n",
        FR: f"---\ntitle: À propos\n---\n\n{fr}\n",
        LOCK: lock,
    }


def ids(build: Build, path: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', text_of(build, path))


GIVEN = pages("## Wie we zijn {#who}\n\nWij.", "## Qui nous sommes {#who}\n\nNous.", TODAY + NOTED)


def test_fix_notes_what_the_headings_were_called(cache: Cache, site: Builds) -> None:
    """Then the addresses that readers kept arrive, in each language and nowhere else."""
    files = pages("## Wie we zijn\n\nWij.", "## Qui nous sommes {#who}\n\nNous.")
    mended = mend(make_tree(files), cache)
    assert mended.files[NL].decode().count("## Wie we zijn {#who}\n") == 1
    assert mended.files[LOCK].decode() == TODAY + "/nl/over-ons/#wie-we-zijn about#who\n"
    after = files | {path: data.decode() for path, data in mended.files.items()}
    build = site(after)
    assert not build.failed
    html = text_of(build, "nl/over-ons/index.html")
    assert '<h2 id="who"><span id="wie-we-zijn"></span>Wie we zijn</h2>' in html
    assert "wie-we-zijn" not in text_of(build, "fr/a-propos/index.html")
    assert "wie-we-zijn" not in text_of(build, "nl/hele-site.htm")
    assert mend(make_tree(after), cache).files == {}


def test_a_heading_without_an_id_in_two_languages(cache: Cache) -> None:
    """The one that keeps its name needs no line; the second of the same name has a number."""
    files = pages("## Lid\n\nA.\n\n## Lid\n\nB.", "## Membre\n\nA.\n\n## Membre\n\nB.")
    mended = mend(make_tree(files), cache, {NL, FR})
    recorded = (
        "/fr/a-propos/#membre about#lid",
        "/fr/a-propos/#membre_1 about#lid-2",
        "/nl/over-ons/#lid_1 about#lid-2",
    )
    lines = mended.files[LOCK].decode().splitlines()
    assert sorted(lines[1:]) == lines[1:] == sorted([*TODAY.splitlines()[1:], *recorded])


@pytest.mark.parametrize("lock", [None, TODAY.replace("/nl/over-ons/ about\n", "")])
def test_what_was_never_published_needs_no_line(lock: str | None, cache: Cache) -> None:
    files = pages("## Wie we zijn\n\nWij.", "## Qui nous sommes {#who}\n\nNous.", lock or "")
    if lock is None:
        del files[LOCK]
    mended = mend(make_tree(files), cache)
    assert set(mended.files) == {NL}


def test_the_same_anchor_once_more_replaces_its_line(cache: Cache) -> None:
    files = GIVEN | {NL: GIVEN[NL].replace(" {#who}", ""), FR: GIVEN[FR].replace("#who", "#us")}
    mended = mend(make_tree(files), cache)
    text = mended.files[LOCK].decode()
    assert "/nl/over-ons/#wie-we-zijn about#us\n" in text
    assert text.count("#wie-we-zijn") == 1


def test_an_id_that_something_else_has_stays_there(site: Builds) -> None:
    nl = GIVEN[NL] + "\n## Vroeger {#wie-we-zijn}\n\nToen.\n"
    fr = GIVEN[FR] + "\n## Autrefois {#wie-we-zijn}\n\nAvant.\n"
    build = site(GIVEN | {NL: nl, FR: fr})
    found = ids(build, "nl/over-ons/index.html")
    assert found.count("wie-we-zijn") == 1
    assert len(found) == len(set(found))
    assert '<h2 id="wie-we-zijn">Vroeger' in text_of(build, "nl/over-ons/index.html")


def test_other_words_and_another_address_of_the_page_change_nothing(site: Builds) -> None:
    nl = GIVEN[NL].replace("Over ons\n", "Over ons\nslug: wij\n").replace("Wie we", "Wat we")
    html = text_of(site(GIVEN | {NL: nl}), "nl/wij/index.html")
    assert '<span id="wie-we-zijn"></span>Wat we zijn</h2>' in html


def test_an_id_that_changed_once_more(site: Builds) -> None:
    lock = TODAY + NOTED + "/nl/over-ons/#who about#us\n"
    files = {path: text.replace("#who", "#us") for path, text in GIVEN.items()} | {LOCK: lock}
    html = text_of(site(files), "nl/over-ons/index.html")
    assert '<h2 id="us"><span id="wie-we-zijn"></span><span id="who"></span>Wie' in html


def test_a_heading_that_is_gone_is_told(site: Builds) -> None:
    files = GIVEN | {NL: GIVEN[NL].replace("#who", "#us"), FR: GIVEN[FR].replace("#who", "#us")}
    build = site(files)
    assert said(build) == [("lost-address", LOCK, 6), ("lost-address", LOCK, 7)]
    assert [str(each.message) for each in build.diagnostics if each.check == "lost-address"][1] == (
        "/nl/over-ons/#wie-we-zijn led to the heading `who`, which is gone: it leads to the top of "
        "its page now"
    )
    assert "wie-we-zijn" not in text_of(build, "nl/over-ons/index.html")
    assert said(site(GIVEN)) == []


def test_a_page_without_a_translation_keeps_those_of_the_text_that_it_shows(site: Builds) -> None:
    files = {path: text for path, text in GIVEN.items() if path != FR}
    build = site({**files, FR: None})
    html = text_of(build, "fr/over-ons/index.html")
    assert '<span id="wie-we-zijn"></span><span id="qui-nous-sommes"></span>Wie' in html


def test_a_page_made_from_the_cache_gets_them_too(site: Builds) -> None:
    assert "wie-we-zijn" not in text_of(site(GIVEN | {LOCK: TODAY}), "nl/over-ons/index.html")
    assert 'id="wie-we-zijn"' in text_of(site(GIVEN), "nl/over-ons/index.html")


def test_the_file_keeps_its_lines(site: Builds) -> None:
    build = site(GIVEN, options=Options(thorough=True))
    assert build.site is not None
    lines = write_addresses(build.site).splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert sorted(lines) == sorted((TODAY + NOTED).splitlines())


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<h2 id="who">A</h2>', '<h2 id="who"><span id="wie"></span>A</h2>'),
        (
            '<h3 class="x" id="who"><a href="#who">A</a></h3>',
            '<h3 class="x" id="who"><a href="#who"><span id="wie"></span>A</a></h3>',
        ),
        ('<h2 id="whole">A</h2><p id="who">B</p>', '<h2 id="whole">A</h2><p id="who">B</p>'),
        ('<i id="wie"></i><h2 id="who">A</h2>', '<i id="wie"></i><h2 id="who">A</h2>'),
    ],
)
def test_where_the_place_stands(html: str, made: str) -> None:
    assert with_old_anchors(html, {"wie": "who"}) == made
