"""Values of this house: frozen dataclasses with slots, made in less time.

`dataclasses` writes out and compiles six methods for every class that is imported, which was a
tenth of a build from nothing. Here the making of a value is compiled once for all classes of
one shape, when the first of them is first used. The rest are closures over the names of the
fields, and the fields themselves are those of `dataclasses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """What `dataclass(frozen=True, slots=True)` gives: two are equal when their fields are."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` writes out a signature
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    own = fields(made)
    names = tuple(each.name for each in own)
    content = _content(names)

    def make(self: T, *values: Any, **named: Any) -> None:
        made.__init__ = _init(made, own)  # from the second value on
        made.__init__(self, *values, **named)

    def equal(self: T, other: object) -> bool:
        return (
            content(self) == content(other) if other.__class__ is self.__class__ else NotImplemented
        )

    def text(self: T) -> str:
        shown = (f"{name}={each!r}" for name, each in zip(names, content(self), strict=True))
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    made.__init__, made.__eq__, made.__repr__ = make, equal, text
    made.__setattr__ = made.__delattr__ = _refuse
    made.__hash__ = lambda self: hash(content(self))
    made.__reduce__ = lambda self: (self.__class__, content(self))
    return made  # type: ignore[no-any-return]


def _init(cls: type, own: tuple[Field[Any], ...]) -> FunctionType:
    """Sets every field from an argument, its default, or what its factory makes."""
    known: dict[str, Any] = {"_absent": MISSING}
    made = []
    for number, each in enumerate(own):
        known[f"_set_{number}"] = getattr(
            cls, each.name
        ).__set__  # of the slot, which refuses nobody
        if each.default_factory is not MISSING:
            known[f"_make_{number}"] = each.default_factory
            made.append(number)
    # The code of its shape, with the names of this class.
    code = _code(len(own), tuple(made)).replace(
        co_varnames=("self", *(each.name for each in own)),
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    optional = [each for each in own if (each.default, each.default_factory) != (MISSING, MISSING)]
    if optional != list(own[len(own) - len(optional) :]):
        raise TypeError(f"{cls.__qualname__}: a field without a default follows one with a default")
    return FunctionType(code, known, "__init__", tuple(each.default for each in optional))


@cache
def _code(count: int, made: tuple[int, ...]) -> CodeType:
    """What sets so many fields, those in `made` by their factories where nothing is given."""
    taken = ", ".join(f"_{number}" for number in range(count))
    lines = (
        f"_set_{number}(self, "
        + (
            f"_make_{number}() if _{number} is _absent else _{number})"
            if number in made
            else f"_{number})"
        )
        for number in range(count)
    )
    room: dict[str, Any] = {}
    exec(f"def __init__(self, {taken}):\n " + "\n ".join((*lines, "pass")), room)
    return room["__init__"].__code__  # type: ignore[no-any-return]


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r} of {self.__class__.__qualname__}")


def _content(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """Gives the values of the fields, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)
