"""The files beside a page that a language has for itself: `march.fr.jpg` for `march.jpg`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from diptych.diagnostics import Message, say
from diptych.model import Language, named


def own_name(name: str, language: str) -> str:
    """The name that a file has if it is for one language alone: `march.fr.jpg` for `march.jpg`."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{language}{dot}{ending}"


def without_file(
    name: str, names: Collection[str], languages: Iterable[Language]
) -> tuple[Language, ...]:
    """The languages whose readers get no file for the name `name` in a text, where `names` are the
    files beside the page.
    """
    if name in names:
        return ()
    return tuple(each for each in languages if own_name(name, each.key) not in names)


def lacks_file(name: str, key: str, without: Iterable[Language]) -> tuple[Message, Message]:
    """The message and the hint where readers of the languages `without` get no file for the name
    `name` beside the page `key`, and readers of another language do.
    """
    return (
        say(
            "content/{key}/ has no `{name}` for readers of {languages}; other languages have one",
            key=key,
            name=name,
            languages=named(*without),
        ),
        say(
            "put {files} there, or {name} for every language without a file of its own",
            files=", ".join(own_name(name, each.key) for each in without),
            name=name,
        ),
    )
