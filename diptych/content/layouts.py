"""The layouts of pages: each is a template of the same name, `templates/<layout>.html`.

A site adds a layout by adding a template. The table says what the generator does for a layout besides
filling its template.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from diptych.values import Value


class Layout(Value):
    """What the generator does for a layout, besides showing the page's own text."""

    opens: bool = False  # the front page: its address is that of its language, and there is one
    answers: bool = False  # its headings are questions; each answer is one unit of translation
    strict: bool = False  # its headings must be in the same order in all languages
    lists: bool = False  # shows the pages below it, newest first, and has a feed
    shows: str = ""  # the content type of built-in records that it shows
    text: bool = False  # its pages must have a text of their own
    contents: bool = False  # lists all pages and events of its language, with the search field
    begins: str = ""  # the first heading id in a page that `new` makes begins with this word


LAYOUTS = MappingProxyType(
    {
        "page": Layout(text=True, begins="part"),
        "home": Layout(opens=True, text=True, begins="way"),
        "faq": Layout(answers=True, strict=True, text=True, begins="question"),
        "timeline": Layout(shows="timeline", strict=True),
        "list": Layout(lists=True),
        "agenda": Layout(shows="agenda"),
        "glossary": Layout(shows="terms"),
        "search": Layout(contents=True),
    }
)
_OTHER_TEMPLATES = ("base", "article", "root", "takeaway", "404", "gone")  # which are no layouts
_PLAIN = Layout()


def layout_of(name: str) -> Layout:
    """The row of a layout; an empty row for a template that is not in the table."""
    return LAYOUTS.get(name, _PLAIN)


def layouts_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The layouts of a site with these template files: those of the table, then the site's own,
    sorted.
    """
    templates = {
        path.removeprefix("templates/").removesuffix(".html")
        for path in paths
        if path.startswith("templates/") and path.endswith(".html") and path.count("/") == 1
    }
    return (*LAYOUTS, *sorted(templates - {*LAYOUTS, *_OTHER_TEMPLATES}))
