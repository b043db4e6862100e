"""Units without a file, for what is true of any page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diptych.diagnostics import Span
from diptych.translation import Unit, UnitGroup
from diptych.translation.units import digest_of


def unit(text: str, *, kind: str = "paragraph", section: str = "", fixed: str = "") -> Unit:
    """A unit of a text."""
    return Unit(kind, section, text, digest_of(kind, text), Span("nl.md"), fixed)


def page(*texts: str) -> list[Unit]:
    """Units of texts: `## a {#a}` is a heading with its id, `## a` one without, `- a` a list, the
    rest paragraphs.
    """
    units, section = [], ""
    for text in texts:
        if text.startswith("## "):
            title, _, identity = text.partition(" {#")
            section = identity.rstrip("}") or re.sub(r"\W+", "-", title.removeprefix("## ").lower())
            fixed = f"heading {section}" if identity else ""
            units.append(unit(title, kind="heading", section=section, fixed=fixed))
        else:
            kind = "list" if text.startswith("- ") else "paragraph"
            units.append(unit(text, kind=kind, section=section))
    return units


def pairs(groups: Iterable[UnitGroup]) -> list[tuple[str | None, ...]]:
    """What stands together, as (Dutch, French), or in more languages."""
    groups = list(groups)
    languages = sorted(
        {key for group in groups for key in group.units}, key=["nl", "fr", "de"].index
    )
    return [
        tuple(group.units[key].text if key in group.units else None for key in languages)
        for group in groups
    ]
