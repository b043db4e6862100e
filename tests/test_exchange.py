"""Translators without git: what goes out, what comes back, and what is written where."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from diptych.cache import Cache
from diptych.content.page import FRONT_MATTER
from diptych.content.timeline import EVENT
from diptych.diagnostics import Edit, Source, Span, say
from diptych.disk import read_tree
from diptych.files.text import edited
from diptych.model import File, Tree
from diptych.translation.po import importing
from diptych.translation.po.readable import pieces_of, readable_text
from diptych.translation.po.wrapping import FormatStyle, style_of, width_of, wrap, written_lines
from tests.conftest import SITE_YAML, Ran, make_tree, write_files, write_site
from tests.translating import Office, entries, errors, finished, told, unfuzzy

NL, FR = "content/about/nl.md", "content/about/fr.md"
TIMELINE = "content/events/timeline.yaml"
PAGES = {
    "content/events/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/events/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
}

GERMAN = SITE_YAML.replace(
    "navigation:", "  de: {locale: de_BE, name: Deutsch, typography: german}\nnavigation:"
).replace("fr: Loi}", "fr: Loi, de: Gesetz}")

DUTCH_PAGE = """\
---
title: Over ons
description: "Wie wij zijn: een unie."  # kort
slug: over-ons
---

Eerste alinea met [een link](page:home) en meer.

## Wie {#who}

Wij zijn met vijf begonnen, in de
zomer van 2015.

- het eerste punt;
- het tweede punt
  op twee lijnen.

> Een citaat van ons.
"""

FRENCH_PAGE = """\
---
title: À propos
description: "Qui nous sommes : une union."  # court
slug: a-propos
---

Premier paragraphe avec [un lien](page:home) et plus.

## Qui {#who}

Nous étions cinq au début, pendant
l'été 2015.

*   le premier point ;
*   le deuxième point
    sur deux lignes.

> Une citation de nous.
"""

EVENTS = """\
# Wat gebeurde · Ce qui s'est passé

- id: start
  date: 2015-06
  title: {nl: Het begin, fr: Le début}
  text:
    nl: |
      Wij waren met vijf.

      - een
      - twee
    fr: |
      Nous étions cinq.

      - un
      - deux
- id: law   # de wet
  date: 2022-06-01
  title:
    nl: "De wet: een keerpunt"
    fr: "La loi : un tournant"
  text:
    nl: De wet is er.
    fr: La loi est là.
"""


@pytest.fixture
def office(cache: Cache) -> Callable[..., Office]:
    """A small site, confirmed, with other files laid over it."""

    def make(files: dict[str, str | bytes | None] | None = None) -> Office:
        given = {NL: DUTCH_PAGE, FR: FRENCH_PAGE, TIMELINE: EVENTS, **PAGES, **(files or {})}
        return Office(make_tree(given), cache).confirmed()

    return make


@pytest.fixture
def whole(whole_tree: Tree, cache: Cache) -> Office:
    """A whole site, confirmed as it is."""
    return Office(whole_tree, cache).confirmed()


# --- what goes out


def test_nothing_goes_out_when_all_is_current(office: Callable[..., Office]) -> None:
    assert entries(office().export("fr")) == {}


def test_an_outdated_paragraph_goes_out_alone(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    po = site.export("fr")
    assert list(entries(po)) == ["about#who.paragraph.1"]
    entry = entries(po)["about#who.paragraph.1"]
    assert entry.msgid == "Wij zijn met zes begonnen, in de zomer van 2015."
    assert entry.msgstr == "Nous étions cinq au début, pendant l'été 2015."
    assert entry.fuzzy
    assert f"#: {FR}:11 {NL}:11\n" in po
    assert "#. paragraph, below “Wie” (who)\n" in po


def test_the_earlier_wording_goes_along(office: Callable[..., Office]) -> None:
    before = office()
    site = before.edited(NL, "met vijf begonnen", "met zes begonnen")
    translation = next(each for each in before.translations("fr") if each.bundle.key == "about")
    old = {unit.digest: unit.text for unit in translation.units["nl"]}
    po = site.export("fr", old=old)
    assert '#| msgid "Wij zijn met vijf begonnen, in de zomer van 2015."\n' in po


def test_what_is_missing_goes_out_empty(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "> Een citaat van ons.", "> Een citaat van ons.\n\nEen slot.")
    entry = entries(site.export("fr"))["about#who.paragraph.2"]
    assert (entry.msgid, entry.msgstr, entry.fuzzy) == ("Een slot.", "", False)


@pytest.mark.parametrize("draft", ["draft: true\n", ""])
def test_what_still_has_to_be_written_goes_out_empty(
    office: Callable[..., Office], draft: str
) -> None:
    """A language that `new` began: each `…` is a text to translate, and the translation takes its place."""
    dutch = "---\ntitle: Pers\ndescription: Voor wie schrijft.\n---\n\nBel.\n\n## Wie {#part-1}\n\nWij.\n"
    begun = f"---\ntitle: … press\ndescription: …\n{draft}---\n\n…\n\n## … {{#part-1}}\n\n…\n"
    site = office({"content/press/nl.md": dutch, "content/press/fr.md": begun})
    po = site.export("fr")
    found = entries(po)
    assert [entry.msgid for entry in found.values()] == [
        *("Pers", "Voor wie schrijft.", "Bel.", "## Wie", "Wij.")
    ]
    assert not any(entry.msgstr or entry.fuzzy for entry in found.values())
    assert entries(site.export("nl")) == {}  # nothing to translate from
    french = ("Presse", "Pour écrire.", "Appelez.", "## Qui", "Nous.")
    french_of = dict(zip(found, french, strict=True))
    text = site.imported(finished(po, french_of)).text("content/press/fr.md")
    assert "…" not in text
    assert "## Qui {#part-1}\n\nNous.\n" in text


def test_texts_go_out_without_wrapping(office: Callable[..., Office]) -> None:
    found = entries(office().export("fr", everything=True))
    texts = {name: entry.msgid for name, entry in found.items()}
    assert texts["about#-.description.1"] == "Wie wij zijn: een unie."
    assert texts["about#who.heading.1"] == "## Wie"
    assert texts["about#who.list.1"] == "- het eerste punt;\n- het tweede punt op twee lijnen."
    assert texts["about#who.quote.1"] == "> Een citaat van ons."
    assert texts["events#start.event-title.1"] == "Het begin"
    assert texts["events#start.event-text.1"] == "Wij waren met vijf.\n\n- een\n- twee"
    french = "- le premier point ;\n- le deuxième point sur deux lignes."
    assert found["about#who.list.1"].msgstr == french
    assert not any(entry.fuzzy for entry in found.values())


def test_what_nobody_confirmed_goes_out_fuzzy_with_all(cache: Cache) -> None:
    site = Office(make_tree({NL: DUTCH_PAGE, FR: FRENCH_PAGE}), cache)
    assert entries(site.export("fr")) == {}
    found = entries(site.export("fr", everything=True))
    assert found
    assert all(entry.fuzzy for entry in found.values())


def test_marks_and_terms_are_told(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "en meer", "en meer {lang=en} nu")
    po = site.export("fr", notes=lambda text, _: [say("We write so.")] if "link" in text else [])
    assert "#. These stay as they are: (page:home)  {lang=en}\n" in po
    assert "#. We write so.\n" in po


def test_the_head_has_no_date_and_says_what_it_is(office: Callable[..., Office]) -> None:
    po = office().export("fr")
    assert "Date" not in po
    for line in ("Language: fr_BE", "X-Diptych-Language: fr", "X-Diptych-Entries: 0"):
        assert f'"{line}\\n"' in po


def test_a_page_that_is_missing_goes_out_whole(office: Callable[..., Office]) -> None:
    told = EVENTS.replace("    fr: |\n      Nous étions cinq.\n\n      - un\n      - deux\n", "")
    site = office({FR: None, "content/events/fr.md": None, TIMELINE: told})
    found = entries(site.export("fr"))
    assert "about#-.title.1" in found
    assert "events#-.title.1" in found
    assert "about#who.list.1" in found
    assert "events#start.event-text.1" in found
    assert "events#law.event-text.1" not in found, "the timeline has that one already"


def test_a_page_of_one_language_on_purpose_stays_at_home(office: Callable[..., Office]) -> None:
    only = DUTCH_PAGE.replace("slug: over-ons", "only: Alleen in het Nederlands")
    assert entries(office({NL: only, FR: None}).export("fr")) == {}


def test_a_draft_is_not_translated_from(office: Callable[..., Office]) -> None:
    draft = DUTCH_PAGE.replace("slug: over-ons", "draft: true")
    found = entries(office({NL: draft, FR: None}).export("fr"))
    assert not any(name.startswith("about") for name in found)


def test_an_answer_is_one_entry(office: Callable[..., Office]) -> None:
    question = "---\ntitle: Vragen\nlayout: faq\n---\n\n## Wie? {#who}\n\nWij.\n\n- een\n- twee\n"
    site = office({"content/faq/nl.md": question})
    assert entries(site.export("fr"))["faq#who.answer.1"].msgid == "Wij.\n\n- een\n- twee"


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_msgfmt_accepts_the_file(
    office: Callable[..., Office], whole: Office, tmp_path: Path
) -> None:
    site = office().edited(NL, "met vijf begonnen", 'met "100% d\\e" begonnen')
    for number, (each, old) in enumerate(((site, {}), (whole, {}), (site, _old(site)))):
        file = tmp_path / f"{number}.po"
        file.write_text(each.export("fr", everything=True, old=old), encoding="utf-8")
        done = subprocess.run(
            ["msgfmt", "-c", "-o", "/dev/null", str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        told = [line for line in done.stderr.splitlines() if "PO-Revision-Date" not in line]
        assert (done.returncode, told) == (0, []), "a date would be another one every time"


def _old(site: Office) -> dict[str, str]:
    """Earlier wordings, all of them long, with quotes and paragraphs."""
    text = 'Een "oude" tekst ' * 20 + "\n\nen nog een \\ alinea."
    translations = site.translations("fr")
    records = (part.record for each in translations for part in each.parts)
    return {digest: text for each in records if each for digest in each.digests.values()}


# --- what comes back


def test_what_went_out_comes_back_without_a_change(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    for everything in (False, True):
        po = site.export("fr", everything=everything)
        assert site.imported(po).tree == site.tree
        after = site.imported(unfuzzy(po))
        assert after.content() == site.content()
        assert entries(after.export("fr")) == {}, "somebody looked: it is current"


def test_a_paragraph_lands_in_its_place_and_nowhere_else(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    text = (
        "Nous étions six au début, pendant l'été 2015, et nous sommes bien plus nombreux "
        "aujourd'hui que cela."
    )
    after = site.imported(finished(site.export("fr"), {"about#who.paragraph.1": text}))
    expected = site.text(FR).replace(
        "Nous étions cinq au début, pendant\nl'été 2015.",
        text.replace("que cela", "que\ncela"),
    )
    assert after.text(FR) == expected
    assert after.changed(site) == [FR]
    assert entries(after.export("fr")) == {}
    assert entries(after.export("nl")) == {}


def test_a_list_keeps_the_marks_of_its_file(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "het eerste punt", "het allereerste punt")
    text = "- le tout premier point ;\n- le deuxième point " + "sur plusieurs lignes " * 5 + "ici."
    after = site.imported(finished(site.export("fr"), {"about#who.list.1": text}))
    assert after.text(FR) == site.text(FR).replace(
        "*   le premier point ;\n*   le deuxième point\n    sur deux lignes.",
        "*   le tout premier point ;\n*   le deuxième point sur plusieurs lignes sur plusieurs lignes "
        "sur plusieurs lignes sur plusieurs\n    lignes sur plusieurs lignes ici.",
    )


def test_a_heading_keeps_its_id(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "## Wie {#who}", "## Wie zijn wij {#who}")
    after = site.imported(
        finished(site.export("fr"), {"about#who.heading.1": "## Qui sommes-nous"})
    )
    assert "\n## Qui sommes-nous {#who}\n" in after.text(FR)


def test_an_underlined_heading_stays_underlined(office: Callable[..., Office]) -> None:
    french = FRENCH_PAGE.replace("## Qui {#who}", "Qui {#who}\n----------")
    site = office({FR: french}).edited(NL, "## Wie {#who}", "## Wie zijn wij {#who}")
    po = site.export("fr")
    assert entries(po)["about#who.heading.1"].msgstr == "## Qui"
    after = site.imported(finished(po, {"about#who.heading.1": "## Qui sommes-nous"}))
    assert "\nQui sommes-nous {#who}\n----------------------\n" in after.text(FR)


def test_what_is_missing_comes_after_what_precedes_it(office: Callable[..., Office]) -> None:
    added = "## Nieuw {#new}\n\nEen alinea.\n\nNog een.\n\n> Een citaat van ons.\n"
    site = office().edited(NL, "> Een citaat van ons.\n", added)
    answers = {
        "about#new.heading.1": "## Nouveau",
        "about#new.paragraph.1": "Un paragraphe.",
        "about#new.paragraph.2": "Encore un.",
    }
    site = Office(site.tree, site.cache)
    po = site.export("fr")
    assert set(answers) <= set(entries(po))
    after = site.imported(finished(po, answers))
    added = "\n\n## Nouveau {#new}\n\nUn paragraphe.\n\nEncore un.\n\n> Une citation"
    assert f"\n    sur deux lignes.{added}" in after.text(FR)


def test_the_very_first_block_can_be_missing(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "Eerste alinea", "Wij beginnen hier: 1234.\n\nEerste alinea")
    po = site.export("fr")
    name = next(name for name, entry in entries(po).items() if "1234" in entry.msgid)
    after = site.imported(finished(po, {name: "Nous commençons ici : 1234."}))
    assert after.text(FR) == site.text(FR).replace(
        "Premier paragraphe", "Nous commençons ici : 1234.\n\nPremier paragraphe"
    )


def test_front_matter_is_quoted_only_where_yaml_needs_it(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "title: Over ons", "title: Over onze unie")
    for text, written in (
        ("Notre union", "Notre union"),
        ("Nous : l'union", '"Nous : l\'union"'),
        ("« Nous »", "« Nous »"),
        ('"Nous" # 1', '"\\"Nous\\" # 1"'),
    ):
        after = site.imported(finished(site.export("fr"), {"about#-.title.1": text}))
        assert after.text(FR) == site.text(FR).replace("title: À propos", f"title: {written}")


def test_a_quoted_value_keeps_its_quotes_and_its_comment(office: Callable[..., Office]) -> None:
    site = office().edited(NL, '"Wie wij zijn: een unie."', '"Wie wij zijn: een vakbond."')
    after = site.imported(finished(site.export("fr"), {"about#-.description.1": 'Un "syndicat".'}))
    assert 'description: "Un \\"syndicat\\"."  # court\nslug' in after.text(FR)


def test_an_empty_field_is_filled_in(office: Callable[..., Office]) -> None:
    french = FRENCH_PAGE.replace('"Qui nous sommes : une union."  # court', "")
    dutch = DUTCH_PAGE.replace('description: "Wie wij zijn: een unie."  # kort\n', "")
    site = office({NL: dutch, FR: french}).with_file(NL, DUTCH_PAGE.encode())
    after = site.imported(
        finished(site.export("fr"), {"about#-.description.1": "Nous : une union."})
    )
    assert '\ndescription: "Nous : une union." \nslug' in after.text(FR)


def test_a_missing_field_comes_after_its_sisters(office: Callable[..., Office]) -> None:
    french = FRENCH_PAGE.replace('description: "Qui nous sommes : une union."  # court\n', "")
    dutch = DUTCH_PAGE.replace('description: "Wie wij zijn: een unie."  # kort\n', "")
    site = office({NL: dutch, FR: french}).with_file(NL, DUTCH_PAGE.encode())
    after = site.imported(finished(site.export("fr"), {"about#-.description.1": "Notre union."}))
    assert "\ntitle: À propos\ndescription: Notre union.\nslug" in after.text(FR)


def test_event_texts_keep_the_style_of_their_file(office: Callable[..., Office]) -> None:
    site = office().edited(TIMELINE, "Wij waren met vijf.", "Wij waren met zes.")
    site = site.edited(TIMELINE, "nl: Het begin", "nl: Het prille begin")
    site = site.edited(TIMELINE, "nl: De wet is er.", "nl: De wet is er nu.")
    site = site.edited(TIMELINE, '"De wet: een keerpunt"', '"De wet: het keerpunt"')
    after = site.imported(
        finished(
            site.export("fr"),
            {
                "events#start.event-text.1": "Nous étions six.\n\n- un\n- deux",
                "events#start.event-title.1": "Le tout début, enfin",
                "events#law.event-text.1": "La loi est là : enfin.",
                "events#law.event-title.1": "La loi : le tournant",
            },
        )
    )
    assert after.text(TIMELINE) == (
        site.text(TIMELINE)
        .replace("Nous étions cinq.", "Nous étions six.")
        .replace("fr: Le début}", 'fr: "Le tout début, enfin"}')
        .replace("fr: La loi est là.", 'fr: "La loi est là : enfin."')
        .replace('"La loi : un tournant"', '"La loi : le tournant"')
    )


@pytest.mark.parametrize(
    "written",
    [
        "|\n      Nous étions\n      cinq.\n",
        "|2-   # note\n      Nous étions cinq.\n",
        ">\n      Nous étions\n      cinq.\n",
        ">-\n      Nous étions cinq.\n\n\n",
        "Nous étions cinq.\n",
        "Nous étions\n      cinq.\n",
        "'Nous étions cinq.'\n",
        '"Nous étions\n      cinq."\n',
        "Nous étions cinq. # note\n",
    ],
)
def test_every_style_of_yaml_is_kept(office: Callable[..., Office], written: str) -> None:
    text = (
        "- id: start\n  date: 2015\n  title: {nl: A, fr: B}\n  text:\n    nl: Wij waren vijf.\n"
        f"    fr: {written}  # einde\n"
    )
    site = office({TIMELINE: text})
    assert site.read.diagnostics is not None
    edited_site = site.edited(TIMELINE, "Wij waren vijf.", "Wij waren zes.")
    for new in ("Nous étions six : oui.", "Nous étions six.\n\nEt puis :\n\n- un\n- deux"):
        dutch = new.replace("Nous étions six", "Wij waren zes").replace("\n", "\n      ")
        source = edited_site.edited(TIMELINE, "nl: Wij waren zes.", f"nl: |\n      {dutch}")
        po = finished(source.export("fr"), {"events#start.event-text.1": new})
        after = source.imported(po)
        read = after.read
        assert read.site is not None
        assert read.site.timelines[0].events[0].texts["fr"].value == new.strip()
        assert after.text(TIMELINE).endswith("  # einde\n")
        assert ("# note" in after.text(TIMELINE)) == ("# note" in written)


def test_a_missing_language_of_an_event_comes_after_its_sister(
    office: Callable[..., Office],
) -> None:
    text = (
        EVENTS.replace("    fr: |\n      Nous étions cinq.\n\n      - un\n      - deux\n", "")
        .replace(", fr: Le début}", "}")
        .replace("    fr: La loi est là.\n", "")
        .replace('    fr: "La loi : un tournant"\n', "")
    )
    site = office({TIMELINE: text})
    after = site.imported(
        finished(
            site.export("fr"),
            {
                "events#start.event-text.1": "Nous étions cinq.\n\n- un\n- deux",
                "events#start.event-title.1": "Le début",
                "events#law.event-text.1": "La loi est là.",
                "events#law.event-title.1": "La loi : un tournant",
            },
        )
    )
    assert after.text(TIMELINE) == EVENTS


def test_a_missing_page_is_begun(office: Callable[..., Office]) -> None:
    dutch = DUTCH_PAGE.replace("slug: over-ons", "slug: over-ons\nlayout: list\ndate: 2020-06-08")
    dutch += "\n---\n\nZie [hier][r].\n\n[r]: https://example.org/\n"
    site = office({NL: dutch, FR: None})
    french = {
        "about#-.title.1": "À propos : nous",
        "about#-.description.1": "Une union.",
        "about#-.paragraph.1": "Premier paragraphe avec [un lien](page:home) et plus.",
        "about#who.heading.1": "## Qui",
        "about#who.paragraph.1": "Nous étions cinq au début, pendant l'été 2015.",
        "about#who.list.1": "- le premier point ;\n- le deuxième point.",
        "about#who.quote.1": "> Une citation.",
        "about#who.paragraph.2": "Voyez [ici][r].",
    }
    after = site.imported(finished(site.export("fr"), french))
    assert (
        after.text(FR)
        == """\
---
title: "À propos : nous"
description: "Une union."
layout: list
date: 2020-06-08
---

Premier paragraphe avec [un lien](page:home) et plus.

## Qui {#who}

Nous étions cinq au début, pendant l'été 2015.

- le premier point ;
- le deuxième point.

> Une citation.

---

Voyez [ici][r].

[r]: https://example.org/
"""
    )
    assert entries(after.export("fr")) == {}


TYPES = """\
page:
  venue: {type: text, translate: false}
  audience: {type: choice, choices: [press, members], many: true, translate: false}
  secret: {type: text}
timeline:
  venue: {type: text, translate: true}
"""
OWN_FIELDS = "slug: over-ons\nvenue: 'De Markten'\naudience:\n  - press\n  - members\nsecret: x"


def test_a_page_is_begun_with_a_list_above_indented_code(office: Callable[..., Office]) -> None:
    """The code stays none of the list's, since the items begin as far to the right as there."""
    text = "1.   Een\n2.   Twee\n\n    code\n\n- Drie\n\nSlot.\n"
    site = office({NL: f"---\ntitle: Over\n---\n\n{text}", FR: None})
    after = site.imported(finished(site.export("fr"), lambda entry: entry.msgid))
    assert after.text(FR) == f"---\ntitle: Over\n---\n\n{text}"


def test_a_page_is_begun_with_what_its_languages_share(office: Callable[..., Office]) -> None:
    dutch = DUTCH_PAGE.replace("slug: over-ons", OWN_FIELDS)
    site = office({NL: dutch, FR: None, "content/types.yaml": TYPES})
    po = finished(site.export("fr"), {"about#-.title.1": "À propos"})
    head = site.imported(po).text(FR).split("---\n")[1]
    assert "venue: 'De Markten'\n" in head
    assert "audience: [press, members]\n" in head
    assert "secret" not in head


def test_fields_of_a_sites_own_stay_when_a_translation_comes_in(
    office: Callable[..., Office],
) -> None:
    """The new text is read by the site's own types, so that nothing in it is unknown."""
    own = OWN_FIELDS.replace("slug: over-ons", "slug: a-propos")
    french = FRENCH_PAGE.replace("slug: a-propos", own)
    assert french != FRENCH_PAGE
    events = EVENTS.replace("  title:", "  venue: {nl: Gent, fr: Gand}\n  title:", 1)
    dutch = DUTCH_PAGE.replace("slug: over-ons", OWN_FIELDS)
    types = {"content/types.yaml": TYPES, TIMELINE: events}
    site = office({NL: dutch, FR: french, **types})
    edited = site.edited(NL, "Eerste alinea", "De eerste alinea")
    new = "Le premier paragraphe avec [un lien](page:home) et plus."
    after = edited.imported(finished(edited.export("fr"), {"about#-.paragraph.1": new}))
    assert new in after.text(FR)
    assert own in after.text(FR)


LISTS = "  id: {type: key, required: true}\n  tasks: {type: text, many: true, translate: true}\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{nl: [bellen, wassen]}", "{nl: [bellen, wassen], fr: [BELLEN, WASSEN]}"),
        ("{nl: [bellen, wassen], fr: []}", "{nl: [bellen, wassen], fr: [BELLEN, WASSEN]}"),
        ("{nl: [bellen, wassen], fr: [un]}", "{nl: [bellen, wassen], fr: [un, WASSEN]}"),
        (
            "\n    nl: [bellen,\n      wassen]",
            "\n    nl: [bellen,\n      wassen]\n    fr: [BELLEN, WASSEN]",
        ),
        (
            "\n    nl:\n      - bellen\n      - 'a, b'\n    fr:\n      - un",
            "\n    nl:\n      - bellen\n      - 'a, b'\n    fr:\n      - un\n      - A, B",
        ),
    ],
)
def test_the_items_of_a_list_come_beside_their_sisters(
    office: Callable[..., Office], written: str, expected: str
) -> None:
    people = "content/about/people.yaml"
    site = office(
        {people: f"- id: jan\n  tasks: {written}\n", "content/types.yaml": f"people:\n{LISTS}"}
    )
    wanted = {
        name: entry.msgid.upper()
        for name, entry in entries(site.export("fr")).items()
        if "people" in name
    }
    after = site.imported(finished(site.export("fr"), wanted))
    assert after.text(people) == f"- id: jan\n  tasks: {expected}\n"


def test_items_come_into_an_empty_list_of_front_matter(office: Callable[..., Office]) -> None:
    types = "page:\n  rooms: {type: text, many: true, translate: true}\n"
    dutch = DUTCH_PAGE.replace("slug: over-ons", "slug: over-ons\nrooms: []")
    french = FRENCH_PAGE.replace("slug: a-propos", "slug: a-propos\nrooms: []")
    site = office({NL: dutch, FR: french, "content/types.yaml": types})
    site = site.edited(NL, "rooms: []", "rooms: [kamer, zolder]")
    wanted = {
        name: entry.msgid.upper()
        for name, entry in entries(site.export("fr")).items()
        if "rooms" in name
    }
    assert "rooms: [KAMER, ZOLDER]\n" in site.imported(finished(site.export("fr"), wanted)).text(FR)


def test_a_page_is_not_begun_without_its_title(office: Callable[..., Office]) -> None:
    site = office({FR: None})
    po = finished(site.export("fr"), {"about#who.heading.1": "## Qui"})
    outcome = site.take(po)
    assert outcome.value.files == {}
    assert [check for check, _, text in told(outcome, po) if "no title" in text] == [
        "translation-stale"
    ]


def test_line_ends_and_byte_order_mark_stay(office: Callable[..., Office]) -> None:
    windows = b"\xef\xbb\xbf" + FRENCH_PAGE.replace("\n", "\r\n").encode()
    events = EVENTS.replace("\n", "\r\n").encode()
    site = office({FR: windows, TIMELINE: events})
    site = site.edited(NL, "het eerste punt", "het allereerste punt")
    site = site.edited(TIMELINE, "Wij waren met vijf.", "Wij waren met zes.")
    after = site.imported(
        finished(
            site.export("fr"),
            {
                "about#who.list.1": "- le tout premier point ;\n- le deuxième point\nsur deux lignes.",
                "events#start.event-text.1": "Nous étions six.\n\n- un\n- deux",
            },
        )
    )
    assert after.data(FR) == site.data(FR).replace(
        "le premier point ;\r\n*   le deuxième point\r\n    sur deux lignes.".encode(),
        "le tout premier point ;\r\n*   le deuxième point sur deux lignes.".encode(),
    )
    assert after.text(TIMELINE) == site.text(TIMELINE).replace("étions cinq", "étions six")


# --- what is wrong with a file


def test_a_half_finished_file_is_told_at_its_lines(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    site = site.edited(NL, "> Een citaat van ons.", "> Een citaat van ons.\n\nEen slot.")
    po = site.export("fr")
    lines = [po.split("\n").index(f'msgctxt "{name}"') for name in entries(po)]
    outcome = site.take(po)
    found = told(outcome, po)
    assert [check for check, _, _ in found] == ["translation-unfinished"] * 2
    assert all(start < line < start + 10 for start, (_, line, _) in zip(lines, found, strict=True))
    assert outcome.value.files == {}


WRONG = {
    "a lost link": ("-.paragraph", "Premier paragraphe avec un lien et plus.", "translation-marks"),
    "another link": (
        "-.paragraph",
        "Premier avec [un lien](page:faq) et plus.",
        "translation-marks",
    ),
    "a link too many": ("who.quote", "> Une [citation](page:home).", "translation-marks"),
    "another site": ("who.quote", "> Une [citation](https://example.org).", "translation-marks"),
    "a span": ("who.quote", "> Une [citation]{lang=en}.", "translation-marks"),
    "an id": ("who.heading", "## Qui {#nous}", "translation-marks"),
    "a tag": ("who.quote", "> Une<br>citation.", "translation-marks"),
    "a note": ("who.quote", "> Une citation[^1].", "translation-marks"),
    "a placeholder": ("who.quote", "> Une citation de {name}.", "translation-marks"),
    "a point too few": ("who.list", "- le premier point.", "translation-structure"),
    "a list for a paragraph": ("who.paragraph", "- Nous étions cinq.", "translation-structure"),
    "a paragraph for a quote": ("who.quote", "Une citation.", "translation-structure"),
    "two paragraphs": ("who.paragraph", "Nous.\n\nÉtions cinq.", "translation-structure"),
    "another level": ("who.heading", "### Qui", "translation-structure"),
    "no heading": ("who.heading", "Qui", "translation-structure"),
    "two lines": ("-.title", "À\npropos de nous", "translation-structure"),
    "a tab": ("who.paragraph", "Nous\tétions cinq.", "translation-structure"),
    "a hidden character": ("who.paragraph", "Nous\u202eétions cinq.", "invisible-character"),
    "the wrong language": (
        "who.paragraph",
        "Wij zijn met vijf begonnen, en dat was in de zomer.",
        "translation-language",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_and_nothing_is_written(
    office: Callable[..., Office], name: str
) -> None:
    unit, text, check = WRONG[name]
    site = office()
    good = {"events#start.event-title.1": "Le tout début"}
    po = finished(site.export("fr", everything=True), {f"about#{unit}.1": text, **good})
    outcome = site.take(po)
    assert outcome.value.files == {}
    found = [(check, line) for check, line, _ in told(outcome, po)]
    assert [each for each, _ in found] == [check]
    assert po.split("\n")[found[0][1] - 1].startswith("msgstr")


def test_all_problems_come_in_one_run(office: Callable[..., Office]) -> None:
    site = office()
    po = finished(
        site.export("fr", everything=True),
        {f"about#{unit}.1": text for unit, text, _ in WRONG.values()},
    )
    assert len(told(site.take(po), po)) == len({unit for unit, _, _ in WRONG.values()})


def test_another_address_elsewhere_is_a_warning(office: Callable[..., Office]) -> None:
    dutch = DUTCH_PAGE.replace("(page:home)", "(https://example.org/nl)")
    french = FRENCH_PAGE.replace("(page:home)", "(https://example.org/fr)")
    site = office({NL: dutch, FR: french}).edited(NL, "en meer", "en nog meer")
    text = "Premier paragraphe avec [un lien](https://example.org/fr) et encore plus."
    po = finished(site.export("fr"), {"about#-.paragraph.1": text})
    outcome = site.take(po)
    assert [check for check, _, _ in told(outcome, po)] == ["translation-marks"]
    assert errors(outcome.diagnostics) == []
    assert text in site.imported(po).text(FR)


def test_a_span_in_either_language_may_come_and_go(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "Een citaat van ons.", "In [Le Soir]{lang=fr} staat dit.")
    text = "> Voilà ce que dit Le Soir, et non [De Morgen]{lang=nl}."
    assert text in site.imported(finished(site.export("fr"), {"about#who.quote.1": text})).text(FR)


def test_a_text_that_changed_meanwhile_is_left_out(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    po = finished(site.export("fr"), {"about#who.paragraph.1": "Nous étions six."})
    for later in (
        site.edited(NL, "met zes begonnen", "met zeven begonnen"),
        site.edited(FR, "Nous étions cinq", "Nous n'étions que cinq"),
    ):
        outcome = later.take(po)
        assert [check for check, _, _ in told(outcome, po)] == ["translation-stale"]
        assert errors(outcome.diagnostics) == []
        assert outcome.value.files == {}


def test_a_text_that_moved_is_found(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    po = finished(site.export("fr"), {"about#who.paragraph.1": "Nous étions six."})
    later = site.edited(NL, "Wij zijn met zes", "Iets nieuws.\n\nWij zijn met zes")
    later = later.edited(FR, "Nous étions cinq", "Du nouveau.\n\nNous étions cinq")
    after = later.imported(po)
    assert "Du nouveau.\n\nNous étions six.\n\n*   le" in after.text(FR)


def test_a_second_import_changes_nothing(office: Callable[..., Office]) -> None:
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    po = finished(site.export("fr"), {"about#who.paragraph.1": "Nous étions six."})
    after = site.imported(po)
    assert after.take(po).value.files == {}


DAMAGE = {
    "a quote is missing": ('msgid "Over ons"', 'msgid "Over ons'),
    "a stray line": ('msgid "Over ons"', 'hello\nmsgid "Over ons"'),
    "a conflict of git": ('msgid "Over ons"', '<<<<<<< HEAD\nmsgid "Over ons"'),
    "no msgstr": ('msgstr "À propos"\n', ""),
    "two msgids": ('msgid "Over ons"', 'msgid "Over ons"\nmsgid "Over ons"'),
    "an unknown escape": ('msgid "Over ons"', 'msgid "Over \\q ons"'),
    "a plural": ('msgid "Over ons"', 'msgid "Over ons"\nmsgid_plural "Over ons"'),
    "text before all": ("msgid", '"x"\nmsgid'),
    "twice the same": (
        'msgid "Over ons"',
        'msgid "Over ons"\nmsgstr "A"\nmsgctxt "about#-.title.1"\nmsgid "Over ons"',
    ),
    "another program's": ('"X-Diptych-Language: fr\\n"\n', ""),
    "another version's": ("X-Diptych-Format: 1", "X-Diptych-Format: 2"),
    "an unknown language": ("X-Diptych-Language: fr", "X-Diptych-Language: fx"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_told_at_its_line(office: Callable[..., Office], name: str) -> None:
    site = office()
    old, new = DAMAGE[name]
    po = site.export("fr", everything=True)
    assert old in po
    damaged = po.replace(old, new, 1)
    outcome = site.take(damaged)
    found = told(outcome, damaged)
    assert {check for check, _, _ in found} == {"translation-file"}
    place = damaged[: damaged.index(new) if new else po.index(old)].count("\n") + 1
    assert all(abs(line - place) < 6 or line < 20 for _, line, _ in found)
    assert outcome.value.files == {}


LASTED = 'id: start\n  until: law\n  lasted: {nl: "{days} dagen dicht", fr: "fermé {days} jours"}'
BRACES = {
    "another name": "fermé {dagen} jours",
    "a name with a letter missing": "fermé {day} jours",
    "a letter in capitals": "fermé {Days} jours",
    "none at all": "fermé des jours",
    "twice the same": "fermé {days} et {days} jours",
    "one that is not known": "fermé {days} jours par {name}",
    "a brace too few": "fermé {days jours",
    "the other brace too few": "fermé days} jours",
    "a brace too many": "fermé {days}} jours",
    "braces in braces": "fermé {{days}} jours",
    "another kind": "fermé %(days)s jours",
    "without its name": "fermé {} jours",
}


@pytest.mark.parametrize("name", BRACES)
def test_a_damaged_placeholder_is_told_at_its_line(
    office: Callable[..., Office], name: str
) -> None:
    site = office({TIMELINE: EVENTS.replace("id: start", LASTED)})
    unit = "events#start.event-lasted.1"
    po = finished(site.export("fr", everything=True), {unit: BRACES[name]})
    outcome = site.take(po)
    found = told(outcome, po)
    assert found
    for _, line, _ in found:
        assert po.split("\n")[line - 1] == f'msgstr "{BRACES[name]}"'
    assert errors(outcome.diagnostics)
    assert outcome.value.files == {}


@pytest.mark.parametrize("text", ["fermé {days} jours, 5 %", "{days} jours", "à 100 % {days}"])
def test_a_percent_sign_in_a_text_is_a_percent_sign(
    office: Callable[..., Office], text: str
) -> None:
    site = office({TIMELINE: EVENTS.replace("id: start", LASTED)})
    po = finished(site.export("fr", everything=True), {"events#start.event-lasted.1": text})
    assert text in site.imported(po).text(TIMELINE)


PLURALS = {
    "a second form": ('msgstr "À propos"', 'msgstr[0] "À propos"\nmsgstr[1] "À propos"'),
    "one form with a number": ('msgstr "À propos"', 'msgstr[0] "À propos"'),
    "a form without a number": ('msgstr "À propos"', 'msgstr[] "À propos"'),
    "a form of a letter": ('msgstr "À propos"', 'msgstr[n] "À propos"'),
    "a form of a huge number": ('msgstr "À propos"', 'msgstr[99999999999999] "À propos"'),
    "a plural of the msgid": ('msgid "Over ons"', 'msgid "Over ons"\nmsgid_plural "Over %(n)s"'),
}


@pytest.mark.parametrize("name", PLURALS)
def test_a_plural_form_is_told_at_its_line(office: Callable[..., Office], name: str) -> None:
    """Texts of pages have none; a translator's program may make some."""
    site = office()
    old, new = PLURALS[name]
    po = site.export("fr", everything=True)
    assert old in po
    damaged = po.replace(old, new, 1)
    outcome = site.take(damaged)
    first = damaged[: damaged.index(new)].count("\n") + 1
    found = told(outcome, damaged)
    assert {check for check, _, _ in found} == {"translation-file"}
    assert any(first - 1 <= line <= first + new.count("\n") for _, line, _ in found)
    assert outcome.value.files == {}


@pytest.mark.parametrize(
    ("slip", "line"),
    [
        ('msgstr À propos"', 'msgstr "À propos"'),
        ('msgstr "À propos', 'msgstr "À propos"'),
        ("msgstr “À propos”", 'msgstr "À propos"'),
        ("msgstr « À propos »", 'msgstr "À propos"'),
        ('msgstr "À "propos""', 'msgstr "À \\"propos\\""'),
        ('msgstr "À \\propos"', 'msgstr "À \\\\propos"'),
        ('msgsrt "À propos"', 'msgstr "À propos"'),
        ('msgstr ""\n"À propos', '"À propos"'),
        ('msgstr ""\nÀ propos', None),  # the line may be a comment of the translator
        ('À propos: "oui"', None),
    ],
)
def test_a_slip_in_a_line_has_its_line_to_paste(
    office: Callable[..., Office], slip: str, line: str | None
) -> None:
    site = office()
    po = site.export("fr", everything=True).replace('msgstr "À propos"', slip)
    problems = [each for each in site.take(po).diagnostics if each.edits]
    assert [edit.text for each in problems for edit in each.edits] == ([line] if line else [])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('<?xml version="1.0"?>\n<xliff version="1.2"/>', "pomerge -t EXPORTED.po"),
        ("location;source;target\n1;a;b\n", "import the file that was made by: "),
        ("", "import the file that was made by: "),
    ],
)
def test_another_kind_of_file_is_told_once(
    office: Callable[..., Office], text: str, hint: str
) -> None:
    (problem,) = office().take(text).diagnostics
    assert str(problem.message) == "this is no PO file"
    assert hint in str(problem.hint)


def test_two_entries_about_one_text_are_told(office: Callable[..., Office]) -> None:
    site = office()
    po = site.export("fr", everything=True)
    again = '\nmsgctxt "about#-.title.9"\nmsgid "Over ons"\nmsgstr "Nous"\n'
    outcome = site.take(po.replace('msgstr "À propos"', 'msgstr "De nous"') + again)
    assert [each.check for each in outcome.diagnostics] == ["translation-file"]


def test_editors_of_po_files_may_write_it_anew(
    office: Callable[..., Office], tmp_path: Path
) -> None:
    if shutil.which("msgcat") is None:
        pytest.skip("gettext is not installed")
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    text = "Nous étions six au début, pendant l'été 2015."
    file = tmp_path / "fr.po"
    file.write_text(
        finished(site.export("fr", everything=True), {"about#who.paragraph.1": text}),
        encoding="utf-8",
    )
    for option in ("--no-wrap", "--width=40", "--sort-output", "--indent"):
        done = subprocess.run(["msgcat", option, str(file)], capture_output=True, check=True)
        after = site.imported(done.stdout.decode().replace("\n", "\r\n").replace("\r\n", "\n"))
        assert after.changed(site) == [FR]
        assert text in after.text(FR).replace("\n", " ")


# --- a third language


def test_between_any_two_languages(office: Callable[..., Office]) -> None:
    german = "---\ntitle: Rechte\n---\n\nWir haben Rechte.\n\n## Was {#what}\n\nSchutz.\n"
    site = office(
        {
            "content/site.yaml": GERMAN,
            "content/rights/de.md": german,
            "content/about/de.md": DUTCH_PAGE.replace("slug: over-ons\n", ""),
        }
    )
    po = site.export("nl")
    assert {name for name in entries(po) if name.startswith("rights")} == {
        "rights#-.title.1",
        "rights#-.paragraph.1",
        "rights#what.heading.1",
        "rights#what.paragraph.1",
    }
    answers = {
        "rights#-.title.1": "Rechten",
        "rights#-.paragraph.1": "Wij hebben rechten.",
        "rights#what.heading.1": "## Wat",
        "rights#what.paragraph.1": "Bescherming.",
    }
    dutch = site.imported(finished(po, answers))
    assert dutch.text("content/rights/nl.md") == (
        "---\ntitle: Rechten\n---\n\nWij hebben rechten.\n\n## Wat {#what}\n\nBescherming.\n"
    )
    assert not any(name.startswith("rights") for name in entries(dutch.export("de")))
    later = dutch.edited("content/rights/nl.md", "Wij hebben rechten.", "Wij hebben nu rechten.")
    found = {name: each for name, each in entries(later.export("de")).items() if "rights" in name}
    assert list(found) == ["rights#-.paragraph.1"]
    assert found["rights#-.paragraph.1"].msgid == "Wij hebben nu rechten."
    third = finished(later.export("fr"), lambda entry: entry.msgid.replace("Wij", "Nous"))
    assert entries(third)["rights#-.paragraph.1"].msgstr == "Nous hebben nu rechten.", (
        "the one ahead"
    )


def test_a_language_that_nobody_compared_is_not_confirmed(cache: Cache) -> None:
    site = Office(
        make_tree(
            {
                "content/site.yaml": GERMAN,
                "content/rights/nl.md": "---\ntitle: Rechten\n---\n\nWij hebben rechten.\n",
                "content/rights/de.md": "---\ntitle: Rechte\n---\n\nWir haben Rechte.\n",
            }
        ),
        cache,
    )
    po = finished(
        site.export("fr"),
        {"rights#-.title.1": "Droits", "rights#-.paragraph.1": "Nous avons des droits."},
    )
    after = site.imported(po)
    parts = after.read.reports["rights"].parts
    assert [{key: each.state.value for key, each in part.states.items()} for part in parts] == [
        {"nl": "current", "fr": "current", "de": "unconfirmed"}
    ] * 2


# --- a whole site


def test_one_changed_paragraph_of_a_whole_site_is_one_entry(whole: Office) -> None:
    path = "content/history/nl.md"
    old = "Daar werd de groep officieel een activistisch collectief."
    site = whole.edited(path, old, old[:-1] + " van zes mensen.")
    found = entries(site.export("fr"))
    assert list(found) == ["history#press-conference.paragraph.1"]
    text = next(iter(found.values())).msgstr.replace("activiste", "activiste de six personnes")
    after = site.imported(finished(site.export("fr"), dict.fromkeys(found, text)))
    assert after.changed(site) == ["content/history/fr.md"]
    before, now = (each.text("content/history/fr.md") for each in (site, after))
    assert now.split() == before.replace("f activiste.", "f activiste de six personnes.").split()
    assert [line for line in before.split("\n") if line not in now] == [
        line for line in before.split("\n") if line.endswith("f activiste.")
    ]


def test_babel_reads_the_same_entries(whole: Office) -> None:
    po = whole.export("fr", everything=True)
    catalog = read_po(StringIO(po), locale="fr_BE", abort_invalid=True)
    theirs = {(each.context, each.id, each.string) for each in catalog if each.id}
    assert theirs == {(each.context, each.msgid, each.msgstr) for each in entries(po).values()}


def test_a_whole_site_comes_back_without_a_change(whole: Office) -> None:
    for language in ("nl", "fr"):
        po = whole.export(language, everything=True)
        outcome = whole.take(unfuzzy(po))
        assert outcome.diagnostics == ()
        assert outcome.value.files == {}


def test_every_text_of_a_whole_site_lands_where_it_belongs(whole: Office) -> None:
    """Each French text gets a word more, all at once; nothing but these words differs."""
    po = whole.export("fr", everything=True)
    changed = finished(
        po,
        lambda entry: entry.msgstr.replace(" ", " bis ", 1) if entry.msgstr[:1].isalpha() else None,
    )
    after = whole.imported(changed)
    assert all(path.endswith(("fr.md", ".yaml")) for path in after.changed(whole))
    for path in after.changed(whole):
        words = after.text(path).split()
        for word in whole.text(path).split():
            if words[0] == "bis" != word:
                del words[0]
            assert words.pop(0).strip('"') == word.strip('"')


@pytest.mark.parametrize(
    ("mark", "written", "found"),
    [
        ("[^size]", "[^size]", []),
        ("[^size]", "[^other]", ["translation-marks"]),
        ("[^size]", "", ["translation-marks"]),
        ("[la loi][law]", "[une loi][law]", []),
        ("[la loi][law]", "[la loi][laws]", ["translation-marks"]),
    ],
)
def test_a_text_comes_back_without_the_notes_and_addresses_below_it(
    office: Callable[..., Office], mark: str, written: str, found: list[str]
) -> None:
    """A footnote and the address of a link are other parts of the page, so other entries of the file."""
    text = "---\ntitle: {}\n---\n\n{}\n\n[^size]: {}.\n\n[law]: https://law.example/\n"
    files = {
        "content/size/nl.md": text.format(
            "Zo veel", "Wij zijn 12.[^size] Zie [de wet][law].", "Een noot"
        ),
        "content/size/fr.md": text.format(
            "Tant", "Nous sommes 12.[^size] Voir [la loi][law].", "Une note"
        ),
    }
    small = office(files)
    changed = finished(
        small.export("fr", everything=True),
        lambda entry: (
            entry.msgstr.replace("Nous", "Ici, nous").replace(mark, written)
            if "sommes 12" in entry.msgstr
            else None
        ),
    )
    assert [each.partition(":")[0] for each in errors(small.take(changed).diagnostics)] == found
    if not found:
        assert "Ici, nous sommes 12.[^size]" in small.imported(changed).text("content/size/fr.md")


def test_the_content_is_wrapped_as_it_was(whole: Office) -> None:
    """Written anew, nearly every text stands as its author wrapped it."""
    same = total = 0
    for translation in whole.translations("fr"):
        units = [unit for each in translation.units.values() for unit in each]
        texts = [unit.text for unit in units if unit.kind == "event-text"]
        total += len(texts)
        same += sum(
            "\n".join(written_lines(pieces_of(text), FormatStyle(94))) == text for text in texts
        )
    assert same > 0.95 * total > 100


# --- the commands


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {NL: DUTCH_PAGE, FR: FRENCH_PAGE, TIMELINE: EVENTS, **PAGES}
    site = Office(make_tree(files), Cache(None)).confirmed()
    return write_site(tmp_path, {file.path: file.data for file in site.tree.files})


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b.c", *words],
        check=True,
        capture_output=True,
    )


def test_commands_from_export_to_import(folder: Path, run: Callable[..., Ran]) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")
    (folder / NL).write_text(DUTCH_PAGE.replace("met vijf begonnen", "met zes begonnen"))
    assert run("export", "fr", "--output", folder / "fr.po", root=folder).status == 0
    po = (folder / "fr.po").read_text(encoding="utf-8")
    assert '#| msgid "Wij zijn met vijf begonnen, in de zomer van 2015."' in po
    assert run("export", "fr", root=folder).out == po
    (folder / "fr.po").write_text(finished(po, {"about#who.paragraph.1": "Nous étions six."}))
    dry = run("import", folder / "fr.po", "--dry-run", root=folder)
    assert (dry.status, (folder / FR).read_text(encoding="utf-8")) == (0, FRENCH_PAGE)
    assert f"--- a/{FR}\n+++ b/{FR}\n" in dry.out
    assert "-Nous étions cinq au début, pendant\n-l'été 2015.\n+Nous étions six.\n" in dry.out
    done = run("import", folder / "fr.po", root=folder)
    assert done.status == 0
    assert dry.out in done.out
    assert "1 text changed in 1 file; 1 text confirmed" in done.err
    assert "\nNous étions six.\n" in (folder / FR).read_text(encoding="utf-8")
    assert entries(run("export", "fr", root=folder).out) == {}


def test_a_fact_that_changes_is_told_before_it_is_written(
    folder: Path, run: Callable[..., Ran]
) -> None:
    po = run("export", "fr", "--all", root=folder).out
    (folder / "fr.po").write_text(
        finished(po, {"about#who.paragraph.1": "Nous étions cinq en 2016."})
    )
    result = run("import", folder / "fr.po", root=folder)
    assert result.status == 0
    assert f"{FR}:11" in result.out
    assert "“2016” stands here, “2015” in content/about/nl.md:12 [facts-differ]" in result.out


def test_a_wrong_file_leaves_the_site_alone(folder: Path, run: Callable[..., Ran]) -> None:
    before = read_tree(folder).value
    (folder / "x.po").write_bytes(b'msgid ""\nmsgstr ""\n\nhello \xff\n')
    for data in (b'msgid ""\nmsgstr ""\n\nhello \xff\n', b"", b"\x00\x01", b"hello\n"):
        (folder / "x.po").write_bytes(data)
        result = run("import", folder / "x.po", root=folder)
        assert result.status == 1
        assert "x.po:" in result.out
        assert read_tree(folder).value == before
    assert run("import", folder / "none.po", root=folder).status == 2
    assert run("export", "fx", root=folder).status == 2


def test_a_site_with_errors_exports_nothing(folder: Path, run: Callable[..., Ran]) -> None:
    (folder / NL).write_text("---\ntitle: [x\n---\n")
    result = run("export", "fr", root=folder)
    assert (result.status, "msgid" in result.out) == (1, False)
    assert f"{NL}:2" in result.out


CATALOG = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
DAMAGED_STRINGS = {  # a msgid, its translation, and where the error stands in the catalogue of the site
    "another name": ("around %(date)s", '"vers %(dat)s"', "6:14"),
    "another kind": ("around %(date)s", '"vers %(date)d"', "6:14"),
    "a letter too few": ("around %(date)s", '"vers %(date)"', "6:14"),
    "not closed": ("around %(date)s", '"vers %(date"', "6:14"),
    "no name": ("around %(date)s", '"vers %s"', "6:14"),
    "an empty name": ("around %(date)s", '"vers %()s"', "6:14"),
    "left out": ("around %(date)s", '"vers"', "6:1"),
    "one too many": ("Main menu", '"Menu %(name)s"', "6:14"),
    "in braces": ("Main menu", '"Menu {name}"', "6:14"),
    "a lone percent sign": ("around %(date)s", '"vers %(date)s, 5 %"', "6:26"),
}


@pytest.mark.parametrize("name", DAMAGED_STRINGS)
@pytest.mark.parametrize("command", ["export", "import"])
def test_a_damaged_string_of_the_site_is_told_before_texts_come_in(
    folder: Path, run: Callable[..., Ran], command: str, name: str
) -> None:
    msgid, msgstr, place = DAMAGED_STRINGS[name]
    po = run("export", "fr", "--all", root=folder).out
    (folder / "fr.po").write_text(finished(po, {"about#who.paragraph.1": "Nous étions six."}))
    path = "i18n/fr/LC_MESSAGES/messages.po"
    write_files(folder, {path: f'{CATALOG}msgid "{msgid}"\nmsgstr {msgstr}\n'})
    before = read_tree(folder).value
    result = run(command, "fr" if command == "export" else folder / "fr.po", root=folder)
    told = [line for line in result.out.splitlines() if ": error: " in line]
    assert result.status == 1, result.out
    assert [line.partition(": error: ")[0] for line in told] == [f"{path}:{place}"]
    assert told[0].endswith("[placeholder]")
    assert "Traceback" not in result.out + result.err
    assert read_tree(folder).value == before


@pytest.mark.parametrize(
    ("one", "several", "places"),
    [
        ("%(num)s pages", "%(nom)s pages", ["8:12"]),
        ("%(nom)s page", "%(num)s pages", ["7:12"]),
        ("une page", "des pages", ["7:1", "8:1"]),
        ("%(num)s page", "%(num) pages", ["8:12"]),
        ("%(num)s page, 5 %", "%(num)d pages", ["7:28", "8:12"]),
    ],
)
def test_a_damaged_plural_form_of_the_site_is_told_before_texts_come_in(
    folder: Path, run: Callable[..., Ran], one: str, several: str, places: list[str]
) -> None:
    po = run("export", "fr", "--all", root=folder).out
    (folder / "fr.po").write_text(po)
    path = "i18n/fr/LC_MESSAGES/messages.po"
    entry = f'msgid "%(num)s page"\nmsgid_plural "%(num)s pages"\nmsgstr[0] "{one}"\nmsgstr[1] "{several}"\n'
    write_files(folder, {path: CATALOG + entry})
    result = run("import", folder / "fr.po", root=folder)
    told = [line for line in result.out.splitlines() if "[placeholder]" in line]
    assert result.status == 1, result.out
    assert [line.partition(": error: ")[0] for line in told] == [
        f"{path}:{each}" for each in places
    ]


def test_an_import_never_breaks_the_site(folder: Path, run: Callable[..., Ran]) -> None:
    """A title that would give two pages one address."""
    write_files(
        folder,
        {
            "content/other/nl.md": "---\ntitle: Ander\n---\n\nA.\n",
            "content/third/fr.md": "---\ntitle: Autre\n---\n\nB.\n",
        },
    )
    po = run("export", "fr", root=folder).out
    (folder / "fr.po").write_text(finished(po, {"other#-.title.1": "Autre"}))
    result = run("import", folder / "fr.po", root=folder)
    assert result.status == 1
    assert "slug-collision" in result.out
    assert not (folder / "content/other/fr.md").exists()


# --- what an import must not touch

FRONT = {  # key -> a line of the French page, and what a fault would make of it
    "slug": ("slug: a-propos", "slug: autre"),
    "layout": ("layout: page", "layout: list"),
    "date": ("date: 2024-06-08", "date: 2024-06-09"),
    "draft": ("draft: false", "draft: true"),
    "image": ("image: vlag.png", "image: foto.png"),
    "discreet": ("discreet: false", "discreet: true"),
    "only": ("slug: a-propos", "slug: a-propos\nonly: Parce que."),  # nobody translates such a page
    "redirect_from": ("redirect_from: [/fr/vieux/]", "redirect_from: [/fr/vieux/, /fr/encore/]"),
    "topics": ("topics: [law]", "topics: []"),
    "order": ("order: newest", "order: title"),
    "group": ("group: year", "group: topic"),
    "allow": ("allow: {vague-link: Parce que.}", "allow: {vague-link: Sans raison.}"),
    "publish": ("publish: 2024-06-08", "publish: 2024-06-09"),
    "expires": ("expires: 2034-06-08", "expires: 2034-06-09"),
    "reviewed": ("reviewed: 2024-06-08", "reviewed: 2024-06-09"),
    "review_every": (
        "reviewed: 2024-06-08\nreview_every: 12",
        "reviewed: 2024-06-08\nreview_every: 24",
    ),
    "reviewed_parts": ("reviewed_parts: {who: 2024-06-08}", "reviewed_parts: {who: 2024-06-09}"),
}
EVENT_KEYS = {  # the same for the event that was edited
    "id": ("start", "begin"),
    "date": ("2015-06", "2015-07"),
    "topics": ("[law]", "[]"),
    "actors": ("[UTSOPI]", "[Autre]"),
    "figures": (
        "[{id: names, value: 24, unit: people, label: {nl: namen, fr: noms}}]",
        "[{id: names, value: 25, unit: people, label: {nl: namen, fr: noms}}]",
    ),
    "sources": (
        "[{url: 'https://example.org/a', title: A, language: fr}]",
        "[{url: 'https://example.org/b', title: A, language: fr}]",
    ),
    "image": ("vlag.png", "foto.png"),
    "image_alt": ("{nl: Een vlag, fr: Un drapeau}", "{nl: Een vlag, fr: Une photo}"),
    "until": ("law", "later"),
    "leads_to": ("law", "later"),
    "quote": (
        "{who: {nl: Ann, fr: Ann}, text: {nl: Wij., fr: Nous.}, translated: [fr]}",
        "{who: {nl: Ann, fr: Ann}, text: {nl: Wij., fr: Nous.}, translated: [nl]}",
    ),
    "reviewed": ("2024-06-08", "2024-06-09"),
    "review_every": ("12\n  reviewed: 2024-06-08", "24\n  reviewed: 2024-06-08"),
}


def test_every_key_is_held_against_faults_of_an_import() -> None:
    assert FRONT.keys() == {
        name for name, field in FRONT_MATTER.fields.items() if field.role is None
    }
    assert EVENT_KEYS.keys() == EVENT.fields.keys() - {"title", "short", "text", "lasted"}


@pytest.mark.parametrize("key", FRONT)
def test_an_import_that_would_change_front_matter_writes_nothing(
    key: str, office: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (f"\n{lines}\n" for lines in FRONT[key])
    french = (
        FRENCH_PAGE if before in FRENCH_PAGE else FRENCH_PAGE.replace("\n---\n", f"{before}---\n")
    )
    site = office({FR: french}).edited(NL, "Eerste alinea", "Nieuwe alinea")
    _nothing_written(
        site, "Nouveau paragraphe avec [un lien](page:home).", before, after, monkeypatch
    )


@pytest.mark.parametrize("key", EVENT_KEYS)
def test_an_import_that_would_change_an_event_writes_nothing(
    key: str, office: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = "- id: start\n  date: 2015-06\n"
    before, after = (f"{key}: {value}\n" for value in EVENT_KEYS[key])
    written = start if before in start else f"{start}  {before}"
    later = "- id: later\n  date: 2023\n  title: {nl: Later, fr: Après}\n  text: {nl: En toen., fr: Et puis.}\n"
    site = office({TIMELINE: EVENTS.replace(start, written) + later})
    site = site.edited(TIMELINE, "nl: Het begin", "nl: Het prille begin")
    _nothing_written(site, "Les tout débuts", before, after, monkeypatch)


def _nothing_written(
    site: Office, text: str, before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One text comes in; it is written, but not where writing it would change something else too."""
    po = finished(site.export("fr"), lambda _: text)
    assert site.imported(po).changed(site) != []

    def faulty(file: File, edits: Iterable[Edit]) -> bytes:
        data = edited(file, edits)
        assert data.count(before.encode()) == 1
        return data.replace(before.encode(), after.encode())

    monkeypatch.setattr(importing, "edited", faulty)
    outcome = site.take(po)
    assert [each.check for each in outcome.diagnostics] == ["translation-unproven"]
    assert outcome.value.files == {}


# --- the parts


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("Een\n zin.", "Een zin."),
        ("Een  \nregel.", "Een  \nregel."),
        ("Titel\n=====", "# Titel"),
        ("### Titel ###", "### Titel"),
        ("* a\n  b\n* c", "- a b\n- c"),
        ("1. a\n   b\n2. c", "1. a b\n2. c"),
        ("- a\n\n    b\n    c\n\n- d", "- a\n\n    b c\n\n- d"),
        ("- a\n    * b\n      c", "- a\n    - b c"),
        ("> a\n> b\n>\n> - c\n> d", "> a b\n>\n> - c d"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
        ("```\nx\n  y\n```", "```\nx\n  y\n```"),
        ("[^1]: a\n    b\n\n    c", "[^1]: a b\n\n    c"),
        ("<div>\na\n</div>", "<div>\na\n</div>"),
        ("a\n> b", "a\n> b"),
        ("a\n{.x}", "a\n{.x}"),
        ("a `b  c`  d", "a `b  c` d"),
        ("12\u00a0% ja\nnee", "12\u00a0% ja nee"),
    ],
)
def test_readable_texts(text: str, readable: str) -> None:
    assert readable_text(pieces_of(text)) == readable


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aa bb cc", ["aa bb", "cc"]),
        ("aa bb - cc", ["aa", "bb - cc"]),
        ("aaaa 1. cc", ["aaaa 1.", "cc"]),
        ("aaaa : cc", ["aaaa :", "cc"]),
        ("aaa « bb »", ["aaa", "« bb »"]),
        ("aaa 1 234 €", ["aaa", "1 234 €"]),
        ("aa [b c](d e)", ["aa", "[b c](d e)"]),
        ("aaa # b c", ["aaa #", "b c"]),
        ("à 1 h 35 oui", ["à", "1 h 35", "oui"]),
    ],
)
def test_wrapped_texts(text: str, lines: list[str]) -> None:
    assert wrap(text, "", "", 6) == lines


def test_the_width_of_a_file_is_the_one_that_explains_it() -> None:
    words = "woord en nog wat langere woorden in een zin die maar doorgaat " * 6
    for width in (72, 80, 100, 118):
        assert abs(width_of(["\n".join(wrap(words, "", "", width))]) - width) <= 8
    assert width_of(["kort"]) == 100
    assert width_of([words]) > 1000
    assert style_of(["*  a\n   b"]).marks == {("", False): ("*  ", 3)}


def test_an_edit_keeps_mixed_line_ends() -> None:
    file = File("a", b"\xef\xbb\xbfa\r\nb\nc\r\nd\r\n")
    assert edited(file, [Edit(Span("a", 4, 5), "x\ny")]) == b"\xef\xbb\xbfa\r\nb\nx\r\ny\r\nd\r\n"
    assert edited(file, []) == file.data
    assert Source("a", "a\nb\nc\nd\n").text[4:5] == "c"


@pytest.mark.parametrize("kept", ["…", " … ", "… over ons", "Een zin.\n\n…"])
def test_a_translation_that_only_keeps_its_place_is_none(
    office: Callable[..., Office], kept: str
) -> None:
    """As `confirm` says: nobody can have looked whether it says the same."""
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    po = finished(site.export("fr"), lambda entry: kept)
    outcome = site.take(po)
    assert {check for check, _, _ in told(outcome, po)} == {"translation-unfinished"}
    assert outcome.value.files == {}
