"""Renders templates, which are given as texts and not read from the disk, with the strings of a
language. A mistake in a template is a diagnostic at its line. Only this package imports Jinja.
"""

from __future__ import annotations

from diptych.templating.templates import (
    FILTERS,
    Rendered,
    RenderedPart,
    Templates,
    check_blocks,
    check_template,
    find_shared,
    render_own,
    theme_digest,
    without_spare_spaces,
)

__all__ = [
    "FILTERS",
    "Rendered",
    "RenderedPart",
    "Templates",
    "check_blocks",
    "check_template",
    "find_shared",
    "render_own",
    "theme_digest",
    "without_spare_spaces",
]
