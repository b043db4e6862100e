"""Translates a page of the old site: its front matter into the keys of this program, and its title
and text into this program's Markdown. Links keep their old targets.
"""

from __future__ import annotations

import re
from functools import lru_cache

from diptych.content.kinds import KEY
from diptych.diagnostics import say, say_n
from diptych.importing.code import with_closed_code
from diptych.importing.fields import NewFront, our_front_matter
from diptych.importing.headings import (
    headings_in,
    one_level_lower,
    without_level_gaps,
    without_marks,
)
from diptych.importing.html import markdown_of
from diptych.importing.marks import unknown_marks, unused_notes, with_our_marks
from diptych.importing.old_site import Left, OldPage
from diptych.importing.tags import FRAMES, AllowedHtml, with_allowed_html, without_tags
from diptych.markdown import slugify
from diptych.model import RESERVED
from diptych.unseen import unseen_in, without_unseen
from diptych.values import Value


class MovedPage(Value):
    """A page of the old site with its front matter, title and text translated."""

    page: OldPage
    front: NewFront
    title: str
    text: str
    slug: str  # the last part of the address of the page; "" if that part is made from the title
    left: tuple[Left, ...]


def read_old_page(page: OldPage, *, without_html: bool) -> MovedPage:
    """The page with its front matter and text translated. `without_html` removes every HTML tag
    from the text.
    """
    front = our_front_matter(page.front, page.dated)
    left = [Left(page.path, 1, message) for message in front.left]
    hidden = [*unseen_in(page.text)]
    if hidden:
        message = say_n(
            "{count} invisible character was taken out",
            "{count} invisible characters were taken out",
            count=len(hidden),
        )
        line = page.line + page.text.count("\n", 0, hidden[0]) if page.placed else page.line
        left.append(Left(page.path, line, message))
    result = _in_our_markdown(page.text, page.html)
    for name in result.taken:
        message = (
            say("{name} became a link: no page shows what another site sends", name=name)
            if name.strip("<>") in FRAMES
            else say("{name} was taken out: a text cannot hold it", name=name)
        )
        left.append(page.left(name, message))
    text = result.text
    left += (
        page.left(mark, say("{mark} is a mark that is not known", mark=mark))
        for mark in unknown_marks(text)
    )
    for name in unused_notes(text):
        message = say("nothing refers to the note `{name}`", name=name)
        left.append(page.left(f"[^{name}]:", message))
        text = text.replace(f"[^{name}]:", f"\n({name})")
    title, text = _titled(front.title, without_tags(text) if without_html else text, page)
    return MovedPage(page, front, title, text, _slug(page, front, title), tuple(left))


@lru_cache(maxsize=4096)  # every plan of a move asks for the same texts
def _in_our_markdown(text: str, html: bool) -> AllowedHtml:
    """A text of the old site in our Markdown, with its old links."""
    return with_allowed_html(with_our_marks(without_unseen(markdown_of(text) if html else text)))


def _titled(title: str, text: str, page: OldPage) -> tuple[str, str]:
    """The title of a page, and its text without it: from the front matter, the first heading, or
    the name of the file. Headings are below the title, so none has the first level.
    """
    headings = headings_in(text)
    first = headings[0] if headings else None
    lines = text.split("\n")
    if (
        first
        and first.level == 1
        and not "".join(lines[: first.first]).strip()
        and (not title or slugify(title) == slugify(without_marks(first.words)))
    ):
        title = title or without_marks(first.words)
        text = "\n".join(lines[first.end :])
    if any(each.level == 1 for each in headings_in(text)):
        text = one_level_lower(text)
    text = with_closed_code(without_level_gaps(text))
    named = page.key.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    return title or named.capitalize() or "Home", text


def _slug(page: OldPage, front: NewFront, title: str) -> str:
    """The last word of the old address, if our addresses can have it."""
    last = front.slug or page.address.rstrip("/").rpartition("/")[2]
    last = re.sub(r"\.html?$", "", last).strip("/")
    wanted = last if KEY.understands(last) and last not in RESERVED else ""
    return wanted or (slugify(last) if last and slugify(title) == "page" else "")
