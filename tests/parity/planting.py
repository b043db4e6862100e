"""Plants changes into copies of texts, and keeps the places that must be named afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diptych.model import File, Tree

MARK = "«"  # in what is planted: the line that it stands on must be named; its end is «…»
_MARKS = {"«": "\ue000", "»": "\ue001"}  # French has the same characters in its texts


@dataclass(frozen=True)
class Planted:
    """One divergence: what becomes what in which file, and what must be said of it where."""

    name: str
    check: str
    edits: tuple[tuple[str, str, str], ...]  # file, its text, what it becomes: with «the place»
    seen: tuple[tuple[str, str], ...] = ()  # file, a text of it that stays, with «the place»
    too: tuple[str, ...] = ()  # further checks that name the first place as well

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


Place = tuple[str, int, str]  # file, line, check


class Garden:
    """Texts of a tree, changed by any number of divergences."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._texts: dict[str, str] = {}
        self._checks: list[tuple[str, int, tuple[str, ...]]] = []  # file, number of its mark, checks
        self._count = 0

    def plant(self, planted: Planted) -> None:
        """Makes a divergence; each text that it looks for must be there exactly once."""
        first = True
        for path, old, new in (*planted.edits, *((path, _bare(new), new) for path, new in planted.seen)):
            text = self._text(path)
            plain = _plain(text)
            assert plain.count(old) == 1, f"{planted.name}: {plain.count(old)} × {old!r} in {path}"
            start = _at(text, plain.index(old))
            end = _at(text, plain.index(old) + len(old))
            for piece in new.split(MARK)[1:]:
                checks = (planted.check, *(planted.too if first else ()))
                new = new.replace(MARK + piece, f"\ue000{self._count}\ue001" + piece.replace("»", ""), 1)
                self._checks.append((path, self._count, checks))
                self._count += 1
                first = False
            self._texts[path] = text[:start] + new + text[end:]

    def places(self) -> set[Place]:
        """Every place that must be named."""
        return {
            (path, self._texts[path].split(f"\ue000{number}\ue001")[0].count("\n") + 1, check)
            for path, number, checks in self._checks for check in checks
        }

    def tree(self, *, without: str = "\0") -> Tree:
        """The changed tree, without the files whose names end in `without`."""
        changed = {path: _plain(text).encode() for path, text in self._texts.items()}
        return Tree(tuple(
            File(file.path, changed.get(file.path, file.data))
            for file in self._tree.files if not file.path.endswith(without)
        ))  # fmt: skip

    def _text(self, path: str) -> str:
        if path not in self._texts:
            file = self._tree.get(path)
            assert file is not None, path
            self._texts[path] = file.data.decode()
        return self._texts[path]
