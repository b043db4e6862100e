"""Values: frozen, compared by class and fields, hashable where their fields are."""

from __future__ import annotations

import msgspec
import pytest

from diptych import values
from diptych.bodies import Body, Later
from diptych.cache import decoded, digest, encoded
from diptych.model import Output, ending_of
from diptych.values import Value, field, fields_of, replace


class Pair(Value):
    first: int
    second: tuple[str, ...] = ()
    third: dict[str, int] = field(default_factory=dict)


class One(Value):
    only: int


class Nothing(Value):
    pass


class Same(Value):
    first: int
    second: tuple[str, ...] = ()
    third: dict[str, int] = field(default_factory=dict)


def test_equal_when_the_fields_are_and_the_class_is() -> None:
    assert Pair(1, ("a",)) == Pair(1, ("a",)) != Pair(1, ("b",))
    assert One(1) == One(1) != One(2)
    assert Nothing() == Nothing()
    other: object = Same(1, ("a",))
    assert Pair(1, ("a",)) != other


def test_equal_values_have_equal_hashes() -> None:
    assert len({One(1), One(1), One(2), Nothing(), Nothing()}) == 3
    with pytest.raises(TypeError, match="unhashable"):
        hash(Pair(1))  # which holds a dictionary


@pytest.mark.parametrize("value", [Pair(1, ("a",), {"b": 2}), One(1), Nothing()])
def test_nothing_changes_a_value(value: Value) -> None:
    for name in fields_of(type(value)):
        with pytest.raises(AttributeError):
            setattr(value, name, 3)
        with pytest.raises(AttributeError):
            delattr(value, name)
    assert not hasattr(value, "__dict__")


def test_replace_gives_another_value_and_defaults_are_fresh() -> None:
    assert fields_of(Pair) == ("first", "second", "third")
    assert replace(Pair(1), first=2) == Pair(2)
    assert Pair(1).third is not Pair(1).third


class Several(Later[tuple[One, ...]]):
    kind = tuple[One, ...]


class Others(Later[tuple[Pair, ...]]):
    kind = tuple[Pair, ...]


class Whole(Value):
    name: str
    later: Several


def test_a_part_stays_encoded_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    decoders: list[object] = []
    plain = values._decoder

    def noted(kind: object) -> object:
        decoders.append(kind)
        return plain(kind)

    monkeypatch.setattr(values, "_decoder", noted)
    apart: dict[str, bytes] = {}
    made = Whole("a", Several((One(1), One(2))))
    data = encoded(made, lambda body: apart.update({body.digest: body.read()}))
    back = decoded(data, Whole, lambda body: body.leave_memory(apart.__getitem__))
    assert back.name == "a"
    assert encoded(back) == encoded(made)
    assert (back, decoders) == (made, [])
    assert back.later.get() == (One(1), One(2))
    assert back.later.get() is back.later.get()
    assert len(decoders) == 1


def test_parts_are_equal_when_their_values_are() -> None:
    made = Whole("a", Several((One(1),)))
    back = decoded(encoded(made), Whole)
    assert back == made == decoded(encoded(made), Whole)
    assert digest(back) == digest(made) != digest(Whole("a", Several((One(2),))))
    assert made != Whole("a", Several((One(2),)))
    other: object = Others(())
    assert Several(()) != other


def test_a_part_that_is_no_text_of_bytes_is_no_value() -> None:
    data = msgspec.msgpack.encode({"name": "a", "later": 3})
    with pytest.raises((TypeError, ValueError)):
        decoded(data, Whole)


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("x.html", ".html"),
        ("x.HTML", ".html"),
        ("nl/over-ons/Photo.Jpg", ".jpg"),
        ("x.tar.GZ", ".gz"),
        ("nl.old/x", ""),
        ("x.", "."),
        (".htaccess", ""),
        ("", ""),
    ],
)
def test_the_ending_of_a_path(path: str, ending: str) -> None:
    assert ending_of(path) == ending


@pytest.mark.parametrize(
    ("path", "page"), [("x.html", True), ("X.HTM", True), ("x.html.txt", False), ("html", False)]
)
def test_a_page_is_one_by_the_ending_of_its_path(path: str, page: bool) -> None:
    assert Output(path, Body(b""), "").is_page is page
