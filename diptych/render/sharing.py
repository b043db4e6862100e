"""The words on the share picture of a page, which give its message and not only its name."""

from __future__ import annotations

import re

from diptych.content.layouts import layout_of
from diptych.templating.plain import without_tags
from diptych.views import PageView

_FIRST = re.compile(r"\s*<p>(.*?)</p>", re.DOTALL)
_LONGEST = 90  # characters that can still be read on a phone


def words_to_share(view: PageView, title: str) -> str:
    """The words on the share picture of a page. For the home page, its first sentence; for a
    timeline, its last turning point with the date. For any other page, or if those words are too
    long, `title`.
    """
    layout = layout_of(view.layout)
    if layout.opens:
        found = _FIRST.match(view.lead)
        said = without_tags(found[1]) if found else ""
    elif layout.shows == "timeline" and view.timeline and view.timeline.turning_points:
        last = view.timeline.turning_points[-1]
        said = f"{without_tags(last.title)}, {without_tags(last.date)}"
    else:
        said = ""
    return said if 0 < len(said) <= _LONGEST else title
