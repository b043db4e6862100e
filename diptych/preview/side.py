"""The two-column view in the preview: the page one is looking at, its languages side by side."""

from __future__ import annotations

from diptych.diagnostics.report import Translate
from diptych.preview.bar import Languages
from diptych.preview.overlay import EditorLink
from diptych.translation.side_by_side import side_by_side


def side_page(
    languages: Languages | None, key: str, words: Translate, link: EditorLink
) -> bytes | None:
    """The two columns of one page, each text with a link that opens it; None for no such page."""
    if languages is None or key not in languages.reports:
        return None

    def opened(place: str) -> str:
        path, _, line = place.rpartition(":")
        return link(path, int(line), 1)

    site, reports, sources = languages.site, languages.reports, languages.sources
    return side_by_side(site, reports, sources, words, link=opened, only=key).encode("utf-8")
