"""Values: what `dataclass(frozen=True, slots=True)` promises, held by the values of this house."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from diptych.frozen import frozen


@frozen
class Pair:
    first: int
    second: tuple[str, ...] = ()
    third: dict[str, int] = field(default_factory=dict)


@frozen
class One:
    only: int


@frozen
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class Plain:
    first: int
    second: tuple[str, ...] = ()


def test_equal_when_the_fields_are_and_the_class_is() -> None:
    assert Pair(1, ("a",)) == Pair(1, ("a",)) != Pair(1, ("b",))
    assert One(1) == One(1) != One(2)
    assert Nothing() == Nothing()
    other: object = Plain(1, ("a",))
    assert Pair(1, ("a",)) != other


def test_equal_values_have_equal_hashes() -> None:
    assert len({One(1), One(1), One(2), Nothing(), Nothing()}) == 3
    with pytest.raises(TypeError, match="unhashable"):
        hash(Pair(1))  # which holds a dictionary


def test_it_reads_as_a_dataclass_does() -> None:
    assert repr(Pair(1, ("a",))) == "Pair(first=1, second=('a',), third={})"
    assert repr(One(1)) == "One(only=1)"
    assert repr(Nothing()) == "Nothing()"


@pytest.mark.parametrize("value", [Pair(1, ("a",), {"b": 2}), One(1), Nothing()])
def test_nothing_changes_it_and_it_comes_back_from_the_store(value: object) -> None:
    for each in fields(value):  # type: ignore[arg-type]  # all of them are
        with pytest.raises(FrozenInstanceError):
            setattr(value, each.name, 3)
        with pytest.raises(FrozenInstanceError):
            delattr(value, each.name)
    assert not hasattr(value, "__dict__")
    assert pickle.loads(pickle.dumps(value)) == value


@frozen
class Tricky:
    """Fields that are called as what sets them might be."""

    x: int
    set_x: int = 2
    missing: int = 3
    default_x: list[int] = field(default_factory=list)


def test_no_name_of_a_field_stands_in_the_way() -> None:
    assert repr(Tricky(1)) == "Tricky(x=1, set_x=2, missing=3, default_x=[])"
    assert Tricky(1, 5, 6, [7]) == Tricky(x=1, set_x=5, missing=6, default_x=[7])
    with pytest.raises(TypeError, match=r"Tricky.__init__\(\) missing 1 required"):
        Tricky()  # type: ignore[call-arg]  # on purpose


def test_classes_of_one_shape_keep_their_own_names_and_defaults() -> None:
    @frozen
    class Other:
        first: int
        last: tuple[str, ...] = ("x",)
        fresh: dict[str, int] = field(default_factory=lambda: {"y": 1})

    assert repr(Other(1)).endswith("Other(first=1, last=('x',), fresh={'y': 1})")
    assert repr(Pair(1)) == "Pair(first=1, second=(), third={})"
    assert Other(last=(), first=2, fresh={}) != Other(2)


def test_a_field_that_must_be_given_stands_before_those_that_need_not() -> None:
    @frozen
    class Wrong:
        first: int = 1
        second: int  # type: ignore[misc]  # on purpose

    with pytest.raises(TypeError, match="without a default follows"):
        Wrong(1, 2)


def test_it_is_a_dataclass() -> None:
    assert [each.name for each in fields(Pair)] == ["first", "second", "third"]
    assert replace(Pair(1), first=2) == Pair(2)
    assert Pair(1).third is not Pair(1).third
