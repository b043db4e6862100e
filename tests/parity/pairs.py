"""Two texts that are said to be the same, as one group of units, without a site around them."""

from __future__ import annotations

from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Source, Span
from diptych.model import Language
from diptych.translation import UnitGroup
from diptych.translation.compare import compare
from diptych.translation.outline import outline_differences
from diptych.translation.passages import Side
from diptych.translation.splits import all_splits
from diptych.translation.units import Unit, digest_of

LANGUAGES = {
    "nl": Language("nl", "nl_BE", "Nederlands", "dutch"),
    "fr": Language("fr", "fr_BE", "Français", "french"),
    "de": Language("de", "de_BE", "Deutsch", "german"),
}
KNOWN = {**LANGUAGES, "en": Language("en", "en_GB", "English", "english")}


def differences(
    texts: dict[str, str], *, kind: str = "paragraph", layout: str = "page"
) -> list[Diagnostic]:
    """What is said of texts in several languages; each is a file of its own."""
    sources = {f"{key}.md": Source(f"{key}.md", text) for key, text in texts.items()}
    units = {
        key: Unit(
            kind,
            "",
            text,
            digest_of(kind, text),
            Span(f"{key}.md", 0, len(text)),
            line=kind in ("title", "heading"),
        )
        for key, text in texts.items()
    }
    sides = {key: Side(KNOWN[key], sources, "about") for key in texts}
    groups, strict = [UnitGroup(units)], layout_of(layout).strict
    splits, outline = all_splits(groups, sides), [*outline_differences(groups, strict=strict)]
    return list(compare(groups, sides, frozenset(), splits, outline, strict=strict))


def told(texts: dict[str, str], **settings: str) -> list[tuple[str, str, str]]:
    """The same as (file, check, the text of the place)."""
    return [
        (
            each.span.path,
            each.check,
            texts[each.span.path.removesuffix(".md")][each.span.start : each.span.end],
        )
        for each in differences(texts, **settings)
    ]
