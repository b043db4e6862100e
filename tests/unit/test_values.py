"""Values: frozen, compared by class and fields, hashable where their fields are."""

from __future__ import annotations

import pytest

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
