"""What people type on this site, and what they must find first: `search.yaml`, which says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.browser.conftest import Served
from tests.browser.test_search import Searched, pytestmark, search

TABLE: dict[str, list[dict[str, object]]] = yaml.safe_load(
    (Path(__file__).parent / "search.yaml").read_text(encoding="utf-8")
)
QUERIES = 90  # a language


def _fits(found: str, wanted: str) -> bool:
    return found == wanted or ("#" not in wanted and found.partition("#")[0] == wanted)


@pytest.mark.parametrize("language", TABLE)
def test_what_people_type_finds_first_what_they_want(
    search: Callable[..., Searched], served: Served, language: str
) -> None:
    assert len(TABLE[language]) == QUERIES
    searched = search(language)
    missed = []
    for row in TABLE[language]:
        assert isinstance(row["first"], list)
        wanted = [
            served.path(key, language) + mark + place
            for key, mark, place in (each.partition("#") for each in row["first"])
        ]
        found = [each.removeprefix(served.origin) for each in searched.find(str(row["typed"]))]
        first = any(_fits(found[0], each) for each in wanted) if found else not wanted
        if not first:
            missed.append(f"{row['typed']}: {', '.join(found[:3]) or 'nothing'}")
    assert missed == []
