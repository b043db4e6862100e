"""Draws the schemes in the guides for editors who work in the browser: `python tools/schemes.py`.

A scheme shows where on a page of GitHub one clicks: the page's own words, and numbers in the order of
the clicks. GitHub speaks English alone, so that both guides show the same; a text of the site is a grey
bar. The forms are drawn from the workflows: a test fails if a drawing is older than its workflow.
"""

from __future__ import annotations

import sys
import textwrap
from html import escape
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WORKFLOWS = ROOT / ".github" / "workflows"
WIDTH = 720
LINE = 24
# an own ground below, so that it can be read on any page; dark where the reader's screen is
_STYLE = """
text{font:14px -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif;fill:#1f2328}
.code{font-family:ui-monospace,Menlo,Consolas,monospace}.quiet{fill:#59636e}.bold{font-weight:600}
.ground{fill:#fff;stroke:#8c959f}.panel{fill:#f6f8fa;stroke:#8c959f}.line{stroke:#8c959f}.bar{fill:#8c959f}
.go{fill:#1a7f37}.on{fill:#fff}.step{fill:#0550ae}.note{fill:#fff8c5;stroke:#7d4e00}
.mark{fill:none;stroke:#1f2328;stroke-width:1.5}
@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.quiet{fill:#9198a1}
.ground{fill:#0d1117;stroke:#6e7681}
.panel{fill:#151b23;stroke:#6e7681}.line{stroke:#6e7681}.bar{fill:#6e7681}.step{fill:#1f6feb}
.note{fill:#2e2a1f;stroke:#d29922}.mark{stroke:#f0f6fc}}
"""


class Scheme:
    """A page of GitHub, drawn part by part."""

    def __init__(self, title: str, height: int) -> None:
        self._title, self._height = title, height
        self._parts: list[str] = []

    def svg(self) -> str:
        """The whole drawing."""
        high = self._height
        frame = f'width="{WIDTH}" height="{high}" viewBox="0 0 {WIDTH} {high}"'
        ground = (
            f'<rect class="ground" x=".5" y=".5" rx="6" width="{WIDTH - 1}" height="{high - 1}"/>'
        )
        parts = "\n".join([ground, *self._parts])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {frame}>\n'
            f"<title>{escape(self._title)}</title>\n<style>{_STYLE}</style>\n{parts}\n</svg>\n"
        )

    def text(self, x: int, y: int, text: str, kind: str = "") -> None:
        shape = f' class="{kind}"' if kind else ""
        self._parts.append(f'<text x="{x}" y="{y}"{shape}>{escape(text)}</text>')

    def box(self, x: int, y: int, width: int, height: int, kind: str = "panel") -> None:
        self._parts.append(
            f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"/>'
        )

    def bars(self, x: int, y: int, *widths: int) -> None:
        """Lines of text, as grey bars of these widths."""
        for number, width in enumerate(widths):
            self._parts.append(
                f'<rect class="bar" x="{x}" y="{y + LINE * number}" width="{width}" height="8" rx="4"/>'
            )

    def rule(self, y: int, x: int = 0) -> None:
        """A line across the page, or across the part of it that begins at `x`."""
        end = WIDTH - 20 if x else WIDTH
        self._parts.append(f'<path class="line" d="M{x} {y}H{end}"/>')

    def button(self, x: int, y: int, label: str, *, green: bool = False) -> int:
        """A button; how wide it is."""
        width = 24 + round(7.4 * len(label))
        self.box(x, y, width, 30, "go" if green else "panel")
        self.text(x + 12, y + 20, label, "on bold" if green else "bold")
        return width

    def step(self, x: int, y: int, number: int) -> None:
        """The number of a step, beside the place to click."""
        self._parts.append(f'<circle class="step" cx="{x}" cy="{y}" r="11"/>')
        self._parts.append(
            f'<text class="on bold" x="{x}" y="{y + 5}" text-anchor="middle">{number}</text>'
        )

    def choice(
        self, x: int, y: int, label: str, *, box: bool = False, chosen: bool = False
    ) -> None:
        """Draws a radio button, or, with `box`, a check box."""
        if box:
            self._parts.append(
                f'<rect class="mark" x="{x}" y="{y - 12}" width="14" height="14" rx="3"/>'
            )
        else:
            self._parts.append(f'<circle class="mark" cx="{x + 7}" cy="{y - 5}" r="7"/>')
        if chosen:
            self._parts.append(f'<circle class="step" cx="{x + 7}" cy="{y - 5}" r="4"/>')
        self.text(x + 24, y, label)

    def pencil(self, x: int, y: int) -> None:
        self._parts.append(
            f'<path class="mark" d="M{x} {y + 14}l1-5 9-9 4 4-9 9zM{x + 8} {y + 2}l4 4"/>'
        )

    def tabs(self, chosen: str) -> None:
        """The tabs at the top of every page of a repository."""
        x = 20
        for name in ("Code", "Issues", "Pull requests", "Actions", "Settings"):
            self.text(x, 28, name, "bold" if name == chosen else "")
            if name == chosen:
                self.box(x, 38, 8 * len(name), 3, "step")
            x += 34 + 8 * len(name)
        self.rule(42)


def form_of(name: str) -> list[dict[str, Any]]:
    """The fields of a form, in the order of the workflow."""
    read = yaml.load((WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    asked: dict[str, dict[str, Any]] = read["on"]["workflow_dispatch"]["inputs"]
    return list(asked.values())


def edit() -> Scheme:
    scheme = Scheme("content/faq/nl.md on GitHub: the pencil, Edit this file", 210)
    scheme.tabs("Code")
    scheme.text(20, 72, "content / faq / nl.md", "bold")
    scheme.box(20, 90, 680, 104)
    for place, label in ((36, "Preview"), (112, "Code"), (168, "Blame")):
        scheme.text(place, 116, label, "bold" if label == "Code" else "")
    scheme.text(548, 116, "Raw")
    scheme.box(620, 97, 32, 30, "ground")
    scheme.pencil(629, 104)
    scheme.step(676, 112, 2)
    scheme.step(200, 67, 1)
    scheme.rule(132, 20)
    scheme.bars(60, 148, 320, 540)
    for number in (1, 2):
        scheme.text(34, 132 + LINE * number, str(number), "quiet")
    return scheme


def propose() -> Scheme:
    scheme = Scheme("GitHub: Commit changes, then Create a new branch, then Propose changes", 260)
    scheme.text(20, 32, "Commit changes", "bold")
    scheme.rule(46)
    scheme.text(20, 72, "Commit message", "bold")
    scheme.box(20, 82, 680, 30)
    scheme.text(32, 102, "Update nl.md", "quiet")
    scheme.choice(20, 142, "Commit directly to the main branch")
    scheme.choice(
        20, 172, "Create a new branch for this commit and start a pull request", chosen=True
    )
    scheme.step(456, 167, 1)
    scheme.rule(196)
    wide = scheme.button(460, 212, "Propose changes", green=True)
    scheme.step(460 + wide + 20, 227, 2)
    scheme.button(380, 212, "Cancel")
    return scheme


def lines_of(field: dict[str, Any]) -> list[str]:
    """The lines of the label of a field: one line, or, if that is too wide, separate lines for each
    language.
    """
    label = field["description"] + (" *" if field.get("required") == "true" else "")
    most = 68 if field.get("type") == "boolean" else 60  # bold letters are wider
    if len(label) <= most:
        return [label]
    parts = label.replace(" · ", " ·\n").split("\n")
    return [line for part in parts for line in textwrap.wrap(part, most, break_on_hyphens=False)]


def form(name: str) -> Scheme:
    fields = form_of(name)
    height = 208 + sum(
        (34 if each.get("type") == "boolean" else 64) + LINE * (len(lines_of(each)) - 1)
        for each in fields
    )
    scheme = Scheme(f"GitHub: Actions, {name}, Run workflow, and what the form asks for", height)
    scheme.tabs("Actions")
    scheme.step(380, 23, 1)
    scheme.text(20, 76, "All workflows")
    scheme.text(20, 104, name, "bold")
    scheme.step(30 + 9 * len(name), 99, 2)
    for number, other in enumerate(("site", "weekly")):
        scheme.text(20, 132 + 28 * number, other, "quiet")
    scheme.button(560, 56, "Run workflow \u25be")
    scheme.step(546, 71, 3)
    scheme.box(160, 98, 540, height - 114)
    scheme.text(176, 124, "Use workflow from", "bold")
    scheme.button(310, 104, "Branch: main \u25be")
    scheme.step(462, 119, 4)
    y = 164
    for number, each in enumerate(fields):
        first, *others = lines_of(each)
        if each.get("type") == "boolean":
            scheme.choice(176, y, first, box=True)
            for other in others:
                y += LINE
                scheme.text(200, y, other)
            y += 34
        else:
            scheme.text(176, y, first, "bold")
            for other in others:
                y += LINE
                scheme.text(176, y, other, "bold")
            scheme.box(176, y + 8, 480, 28, "ground")
            if not number:
                scheme.step(674, y + 22, 5)
            y += 64
    wide = scheme.button(176, y - 10, "Run workflow", green=True)
    scheme.step(176 + wide + 20, y + 5, 6)
    return scheme


def artifact() -> Scheme:
    scheme = Scheme("GitHub: Summary of a run, and the file site below Artifacts, at its foot", 250)
    scheme.tabs("Actions")
    scheme.text(20, 76, "Summary", "bold")
    scheme.step(98, 71, 1)
    for number, job in enumerate(("build", "check", "review", "preview")):
        scheme.text(20, 108 + 28 * number, job, "quiet")
    scheme.box(160, 58, 540, 84)
    scheme.text(176, 84, "review summary", "bold")
    scheme.bars(176, 100, 440, 300)
    scheme.box(160, 156, 540, 80)
    scheme.text(176, 180, "Artifacts", "bold")
    scheme.text(250, 180, "Produced during runtime", "quiet")
    scheme.rule(192, 160)
    scheme.text(176, 220, "site", "bold")
    scheme.step(224, 215, 2)
    scheme.text(470, 220, "Size", "quiet")
    scheme.text(640, 220, "\u2913", "bold")
    return scheme


def annotation() -> Scheme:
    scheme = Scheme(
        "GitHub: Files changed, a message below its line, and Edit file in the menu", 250
    )
    for place, label in ((20, "Conversation"), (142, "Commits"), (230, "Checks")):
        scheme.text(place, 28, label)
    scheme.text(306, 28, "Files changed", "bold")
    scheme.step(420, 23, 1)
    scheme.rule(42)
    scheme.text(20, 72, "content/faq/fr.md", "bold")
    scheme.text(600, 72, "\u22ef", "bold")
    scheme.step(636, 67, 2)
    scheme.box(560, 82, 140, 34)
    scheme.text(576, 104, "Edit file")
    scheme.text(34, 132, "5", "quiet")
    scheme.bars(60, 124, 440)
    scheme.box(60, 146, 640, 88, "note")
    scheme.text(76, 172, "Check warning on line 5 in content/faq/fr.md", "bold")
    scheme.text(76, 196, "outdated-translation", "code")
    scheme.bars(76, 212, 520)
    return scheme


SCHEMES = {
    "edit": edit,
    "propose": propose,
    "new": lambda: form("new"),
    "take-down": lambda: form("take-down"),
    "artifact": artifact,
    "annotation": annotation,
}


def drawn() -> dict[str, str]:
    """The SVG of each drawing, by the name of its file."""
    return {f"github-{name}.svg": make().svg() for name, make in SCHEMES.items()}


def main() -> int:
    for name, text in drawn().items():
        (PICTURES / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
