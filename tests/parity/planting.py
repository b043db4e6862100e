"""Plants divergences into copies of texts, and knows which lines must be named for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diptych.model import File, Tree

_FLAG = re.compile("[\ue000-\uf8ff]")  # invisible flags that mark places while texts change

Place = tuple[str, int, str]  # file, line, check


@dataclass(frozen=True)
class Planted:
    """One divergence: what becomes what in which file, and what must be said of it where.

    `«` and `»` stand around the places that must be named.
    """

    name: str
    check: str
    edits: tuple[tuple[str, str, str], ...]  # file, its text (with … for a part), what it becomes
    seen: tuple[
        tuple[str, ...], ...
    ] = ()  # file, a text of it that stays, another check if need be
    too: tuple[str, ...] = ()  # further checks that name the first place


class Garden:
    """Texts of a tree, changed by any number of divergences."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._texts: dict[str, str] = {}
        self._flags: list[tuple[str, str, tuple[str, ...]]] = []  # file, flag, checks

    def plant(self, planted: Planted) -> None:
        """Makes a divergence; what it looks for must be there exactly once."""
        too = planted.too
        for path, old, new in planted.edits:
            too = self._change(path, old, new, planted.check, *too)
        for path, text, *other in planted.seen:
            self._change(path, re.sub("[«»]", "", text), text, *(other or (planted.check,)))

    def _change(self, path: str, old: str, new: str, *checks: str) -> tuple[str, ...]:
        """One text for another; the checks that its first place did not take."""
        while "«" in new:
            flag = chr(0xE000 + len(self._flags))
            new = new.replace("«", flag, 1).replace("»", "", 1)
            self._flags.append((path, flag, checks))
            checks = checks[:1]
        self._replace(path, old, new)
        return checks[1:]

    def _replace(self, path: str, old: str, new: str) -> None:
        file = self._tree.get(path)
        assert file is not None, path
        text = self._texts.setdefault(path, file.data.decode())
        wanted = re.compile(".*?".join(re.escape(part) for part in old.split("…")), re.DOTALL)
        found = list(wanted.finditer(_FLAG.sub("", text)))
        assert len(found) == 1, f"{len(found)} × {old!r} in {path}"
        start, end = _within(text, found[0].start()), _within(text, found[0].end())
        inside = "".join(_FLAG.findall(text[start:end]))
        self._texts[path] = text[:start] + inside + new + text[end:]

    def places(self) -> set[Place]:
        """Every place that must be named."""
        return {
            (path, self._texts[path].partition(flag)[0].count("\n") + 1, check)
            for path, flag, checks in self._flags
            for check in checks
        }

    def tree(self, *, alone: bool = False, without: str = "\0") -> Tree:
        """The changed tree: all of it, or only the settings and the pages that were changed
        (`alone`); less the files whose names end in `without`.
        """
        changed = {path: _FLAG.sub("", text).encode() for path, text in self._texts.items()}
        folders = ("content/site.yaml", *(path.rpartition("/")[0] + "/" for path in changed))
        return Tree(
            tuple(
                File(file.path, changed.get(file.path, file.data))
                for file in self._tree.files
                if not file.path.endswith(without) and (not alone or file.path.startswith(folders))
            )
        )


def _within(text: str, offset: int) -> int:
    """Where the character with that number stands when the flags do not count."""
    for flag in _FLAG.finditer(text):
        if flag.start() > offset:
            break
        offset += 1
    return offset
