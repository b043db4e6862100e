"""Removes the tags of HTML and keeps its non-breaking spaces: the filter `striptags` of templates."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_SPACES = re.compile(r"[ \t\n\r\f]+")  # browsers show them as one space


def without_tags(value: object) -> str:
    """The text of a piece of HTML. Jinja's own filter replaces non-breaking spaces by plain ones,
    and then a line could end before the question mark of a title or between a number and its unit.
    """
    marked = str(value.__html__()) if hasattr(value, "__html__") else str(value)
    return html.unescape(_SPACES.sub(" ", _TAG.sub("", marked)).strip(" "))
