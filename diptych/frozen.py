"""Values of this house: frozen dataclasses with slots, made in less time.

`dataclasses` writes out and compiles six methods for every class that is imported, which was a
tenth of a build from nothing. Only the making of a value differs from class to class in more than
names: that is compiled, once a class is first used. The rest are closures over the names of the
fields, and the fields themselves are those of `dataclasses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
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
        return content(self) == content(other) if other.__class__ is self.__class__ else NotImplemented

    def text(self: T) -> str:
        shown = (f"{name}={each!r}" for name, each in zip(names, content(self), strict=True))
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    made.__init__, made.__eq__, made.__repr__ = make, equal, text
    made.__setattr__ = made.__delattr__ = _refuse
    made.__hash__ = lambda self: hash(content(self))
    made.__reduce__ = lambda self: (self.__class__, content(self))
    return made  # type: ignore[no-any-return]


def _init(cls: type, own: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Sets every field from an argument, its default, or what its factory makes."""
    known: dict[str, Any] = {"_absent": MISSING}
    taken, lines = ["self"], ["pass"]
    for each in own:
        name = value = each.name
        known[f"_set_{name}"] = getattr(cls, name).__set__  # of the slot, which refuses nobody
        if each.default is not MISSING:
            known[f"_default_{name}"] = each.default
            taken.append(f"{name}=_default_{name}")
        elif each.default_factory is not MISSING:
            known[f"_default_{name}"] = each.default_factory
            taken.append(f"{name}=_absent")
            value = f"_default_{name}() if {name} is _absent else {name}"
        else:
            taken.append(name)
        lines.append(f"_set_{name}(self, {value})")
    exec(f"def __init__({', '.join(taken)}):\n " + "\n ".join(lines), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"  # for who forgets an argument
    return made


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r} of {self.__class__.__qualname__}")


def _content(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """Gives the values of the fields, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)
