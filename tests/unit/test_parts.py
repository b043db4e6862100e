"""A long line that many files share is stored once, for as long as one of them has it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.bodies import Body
from diptych.cache import Cache, SlotRequest
from diptych.cache.store import divided, joined

STYLE, OTHER = (f"<style>{name}{{}}</style>" * 2000 for name in ("maria", "anna"))
LONG = len(STYLE)


class Pages:
    """A stage whose result is a page with a style; counts how often it works."""

    __name__ = "pages"

    def __init__(self) -> None:
        self.worked = 0

    def __call__(self, given: tuple[str, str]) -> Body:
        self.worked += 1
        return Body(page(*given))


def page(slot: str, style: str) -> bytes:
    return f"<head>\n{style}\n</head>\n{slot} ".encode() + slot.encode() * 100


def built(folder: Path, styles: Mapping[str, str], stage: Pages) -> tuple[Cache, list[Body]]:
    """A run that asks for a page of each slot, with its style."""
    cache = Cache(folder)
    requests = [SlotRequest(slot, {"style": each}, (slot, each)) for slot, each in styles.items()]
    return cache, cache.call_each(stage, requests, {})


def of_slots(number: int, style: str = STYLE) -> dict[str, str]:
    return {f"page {each}": style for each in range(number)}


def file_of(folder: Path) -> Path:
    return folder / "results.sqlite"


@given(st.lists(st.sampled_from([b"", b"short", b"x" * 4095, b"y" * 4096, b"\r", b"z" * 9000])))
def test_a_division_is_joined_to_the_same_bytes(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    own, parts = divided(data)
    assert joined(own, parts) == data
    assert parts == [each for each in lines if len(each) >= 4096]
    assert len(own) == len(parts) + 1


def test_the_store_grows_by_the_texts_and_not_by_the_style(tmp_path: Path) -> None:
    cache, _ = built(tmp_path, of_slots(200), Pages())
    cache.save()
    own = sum(len(page(slot, "")) for slot in of_slots(200))
    size = file_of(tmp_path).stat().st_size
    assert file_of(tmp_path).read_bytes().count(b"maria{}</style>") < 2 * 2000
    assert size < 2 * own + 2 * LONG + 10 * 32_768  # the records of 64 groups too


def test_a_shared_part_is_read_once(tmp_path: Path, queries: list[str]) -> None:
    stage = Pages()
    built(tmp_path, of_slots(50), stage)[0].save()
    _, found = built(tmp_path, of_slots(50), stage)
    queries.clear()
    assert [each.read() for each in found] == [page(*each) for each in of_slots(50).items()]
    assert sum("FROM parts" in each for each in queries) == 1
    assert sum(each.startswith("SELECT") for each in queries) == 51
    assert stage.worked == 50


def test_another_text_writes_the_style_once_more_at_most(
    tmp_path: Path, queries: list[str]
) -> None:
    built(tmp_path, of_slots(50), Pages())[0].save()
    cache = Cache(tmp_path)
    requests = [SlotRequest(slot, {"menu": 2}, (slot, STYLE)) for slot in of_slots(50)]
    cache.call_each(Pages(), requests, {})
    queries.clear()
    cache.save()
    assert sum("INTO bodies" in each for each in queries) == 50
    assert sum("INTO parts" in each for each in queries) == 1


@pytest.mark.parametrize("left", ["every page has another style", "one page is left", "no page"])
def test_a_part_stays_in_the_file_as_long_as_a_page_has_it(left: str, tmp_path: Path) -> None:
    stage = Pages()
    built(tmp_path, of_slots(30), stage)[0].save()
    assert STYLE.encode()[:3000] in file_of(tmp_path).read_bytes()
    styles = {
        "every page has another style": of_slots(30, OTHER),
        "one page is left": of_slots(30, OTHER) | of_slots(1),
        "no page": {"page": "short"},
    }[left]
    cache, _ = built(tmp_path, styles, stage)
    cache.save()
    assert (b"maria" in file_of(tmp_path).read_bytes()) == (left == "one page is left")
    _, again = built(tmp_path, styles, stage)
    worked = stage.worked
    assert [each.read() for each in again] == [page(*each) for each in styles.items()]
    assert stage.worked == worked


def lost(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM parts")


def altered(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE parts SET value = x'00'")


def no_bytes(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE parts SET value = 'text, and not bytes'")


def another_place(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE bodies SET parts = 'a b c d'")


def no_names(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE bodies SET parts = NULL")


@pytest.mark.parametrize("damage", [lost, altered, no_bytes, another_place, no_names])
def test_a_page_with_a_damaged_part_is_made_again(
    damage: Callable[[sqlite3.Connection], None], tmp_path: Path
) -> None:
    stage = Pages()
    built(tmp_path, of_slots(3), stage)[0].save()
    connection = sqlite3.connect(file_of(tmp_path))
    damage(connection)
    connection.commit()
    connection.close()
    _, found = built(tmp_path, of_slots(3), stage)
    assert [each.read() for each in found] == [page(*each) for each in of_slots(3).items()]
    assert stage.worked == 6
    built(tmp_path, of_slots(4), stage)[0].save()


def test_the_next_page_that_is_written_mends_a_damaged_part(tmp_path: Path) -> None:
    stage = Pages()
    built(tmp_path, of_slots(3), stage)[0].save()
    connection = sqlite3.connect(file_of(tmp_path))
    altered(connection)
    connection.commit()
    connection.close()
    built(tmp_path, of_slots(4), stage)[0].save()
    stage.worked = 0
    _, found = built(tmp_path, of_slots(4), stage)
    assert [each.read() for each in found] == [page(*each) for each in of_slots(4).items()]
    assert stage.worked == 0


def test_two_builds_share_a_part_that_one_of_them_stops_using(tmp_path: Path) -> None:
    """The first build replaces its pages after the second has stored a page with the same style."""
    one, _ = built(tmp_path, of_slots(3), Pages())
    one.save()
    other = Cache(tmp_path)
    made = other.call(Pages(), "alone", ("alone", STYLE))
    other._write()
    built(tmp_path, of_slots(3, OTHER), Pages())[0]._write()
    assert made.read() == page("alone", STYLE)
    stage = Pages()
    assert Cache(tmp_path).call(stage, "alone", ("alone", STYLE)).read() == page("alone", STYLE)
    assert stage.worked == 0
