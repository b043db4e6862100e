"""Templates from memory, with the strings of each language and errors at their line. Only this
package imports Jinja.
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
]
