"""The manual for templates names every field of every view: made from the views themselves.

`python -m tests.unit.test_view_manual` writes the tables anew.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import diptych.views
from tests.conftest import ROOT

MANUAL = ROOT / "docs" / "extending.md"
VIEWS = Path(diptych.views.__file__).parent
ORDER = ("pages", "links", "records", "events", "takeaway")
_MARK = "<!-- views -->\n"


def classes(module: str) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Each view of a module: its name, its first sentence, and its fields (name, type, meaning)."""
    text = (VIEWS / f"{module}.py").read_text("utf-8")
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if not isinstance(node, ast.ClassDef):
            continue
        said = " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split())
        fields = []
        for each in node.body:
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                name = each.target.id.removesuffix("_")
                fields.append((name, ast.unparse(each.annotation), _comment(lines, each)))
        yield node.name, said, fields


def _comment(lines: list[str], node: ast.AnnAssign) -> str:
    """What stands behind a field, or in the lines of comment above it."""
    behind = re.search(r"\s#\s(.*)$", lines[(node.end_lineno or node.lineno) - 1])
    if behind:
        return behind[1]
    above: list[str] = []
    for line in reversed(lines[: node.lineno - 1]):
        if not line.strip().startswith("#"):
            break
        above.insert(0, line.strip().removeprefix("#").strip())
    return " ".join(above)


def tables() -> str:
    """The tables of the manual, a heading each."""
    parts = []
    for module in ORDER:
        for name, said, fields in classes(module):
            rows = [
                f"### `{name}`",
                "",
                said,
                "",
                "| Field | Type | Meaning |",
                "| --- | --- | --- |",
            ]
            for field, kind, meaning in fields:
                shown = kind.replace("|", "\\|")
                rows.append(f"| `{field}` | `{shown}` | {meaning.replace('|', chr(92) + '|')} |")
            parts.append("\n".join(rows))
    return "\n\n".join(parts)


def with_tables(text: str) -> str:
    """The manual with the tables as they should be, from its mark to its next large heading."""
    before, mark, behind = text.partition(_MARK)
    rest = behind[behind.index("\n## ") :]
    return f"{before}{mark}\n{tables()}\n{rest}"


def test_every_module_of_views_is_in_the_manual() -> None:
    assert {path.stem for path in VIEWS.glob("*.py")} == {*ORDER, "__init__"}


def test_the_manual_names_every_field_of_every_view() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    assert text == with_tables(text), "python -m tests.unit.test_view_manual"
    for module in ORDER:
        for name, said, fields in classes(module):
            assert said, name
            assert fields, name


if __name__ == "__main__":
    MANUAL.write_text(with_tables(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
