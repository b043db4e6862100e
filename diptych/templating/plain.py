"""The filter `striptags` as typography needs it: a text without its tags, and with its spaces."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_SPACES = re.compile(r"[ \t\n\r\f]+")  # what a browser draws as one space


def without_tags(value: object) -> str:
    """The words of a piece of HTML. Jinja's own filter makes an ordinary space of every no-break one,
    so that a line could end before the question mark of a title or between a number and its unit.
    """
    marked = str(value.__html__()) if hasattr(value, "__html__") else str(value)
    return html.unescape(_SPACES.sub(" ", _TAG.sub("", marked)).strip(" "))
