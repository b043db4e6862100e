"""Finds the pages that are hidden on a day: before `publish` and after `expires`, in every language.

The pages below a hidden page are hidden as well, since their addresses begin with its address. The home
page is always shown, since a site needs one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from diptych.content.layouts import layout_of
from diptych.model import Document
from diptych.site.values import Hidden


def hidden_pages(
    documents: Iterable[Document], today: datetime.date | None
) -> Mapping[str, Hidden]:
    """The pages that are not shown on this day, by key; empty if no day is given."""
    every = tuple(documents)
    if today is None:
        return {}
    own: dict[str, Hidden] = {}
    for document in every:
        found = _hidden(document, today)
        if found is not None:
            own.setdefault(document.key, found)
    hidden = {}
    for key in {document.key for document in every}:
        parts = key.split("/")
        above = ("/".join(parts[: number + 1]) for number in range(len(parts)))
        found = next((own[each] for each in above if each in own), None)
        if found is not None:
            hidden[key] = found
    return hidden


def _hidden(document: Document, today: datetime.date) -> Hidden | None:
    front = document.front
    if layout_of(front.layout).opens:
        return None
    if front.publish is not None and today < front.publish.value:
        return Hidden(front.publish.value, early=True)
    if front.expires is not None and today > front.expires.value:
        return Hidden(front.expires.value, early=False)
    return None


def last_days(documents: Iterable[Document]) -> tuple[datetime.date, ...]:
    """The days after which the set of shown pages changes, sorted."""
    days = set()
    for document in documents:
        front = document.front
        if front.publish is not None and front.publish.value > datetime.date.min:
            days.add(front.publish.value - datetime.timedelta(days=1))
        if front.expires is not None:
            days.add(front.expires.value)
    return tuple(sorted(days))
