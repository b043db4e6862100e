"""A cached page is made again after a change of a file in another folder that the page shows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from diptych.cache import Cache
from diptych.pipeline import Build, Options, build_site
from tests.conftest import make_tree
from tests.unit import test_agenda, test_build, test_old_anchors
from tests.unit.test_addresses import LOCK

TERMS, TIMELINE = "content/terms.yaml", "content/time/timeline.yaml"
AGENDA = "content/agenda/agenda.yaml"
DAY, LATER = datetime.date(2027, 1, 31), datetime.date(2027, 3, 1)
# without fields of its own: with them, each page depends on all records
FILES: Mapping[str, str] = {
    **test_agenda.PAGES,
    **test_build.TIMELINE,
    TIMELINE: "- id: both\n  date: 2020-03-18\n  topics: [turning-point]\n"
    "  title: {nl: Beide, fr: Les deux}\n  text: {nl: Tekst., fr: Texte.}\n",
    "content/words/nl.md": "---\ntitle: Woorden\nlayout: glossary\n---\n",
    "content/words/fr.md": "---\ntitle: Mots\nlayout: glossary\n---\n",
    TERMS: "- id: work\n  preferred: {nl: werk, fr: travail}\n  reason: {nl: Zo heet het., fr: Oui.}\n",
    **test_old_anchors.GIVEN,
    "content/site.yaml": test_agenda.PAGES["content/site.yaml"].replace(
        "topics:\n", "topics:\n  turning-point: {nl: Keerpunten, fr: Tournants}\n"
    ),
}


def built(files: Mapping[str, str], day: datetime.date, cache: Cache) -> Build:
    build = build_site(make_tree(files), Options(today=day), cache)
    assert not build.failed
    return build


@pytest.mark.parametrize(
    ("path", "old", "new", "day", "changed"),
    [
        (TERMS, "Zo heet het.", "Het heet zo.", DAY, "nl/woorden/index.html"),
        (TIMELINE, "turning-point", "law", DAY, "nl/index.html"),
        (AGENDA, "Mars", "Betoging", DAY, "nl/index.html"),
        (AGENDA, "", "", LATER, "nl/index.html"),
        (LOCK, test_old_anchors.NOTED, "", DAY, "nl/over-ons/index.html"),
    ],
    ids=["a term", "an event of the timeline", "an event of the agenda", "a day", "an old id"],
)
def test_a_page_is_made_again_after_a_change_in_another_folder(
    path: str, old: str, new: str, day: datetime.date, changed: str
) -> None:
    cache = Cache(None)
    before = built(FILES, DAY, cache)
    after = {**FILES, path: FILES[path].replace(old, new)}
    outputs = [
        {each.path: each.data for each in build.outputs}
        for build in (before, built(after, day, cache), built(after, day, Cache(None)))
    ]
    assert outputs[1] == outputs[2]
    assert outputs[0][changed] != outputs[1][changed]
