"""The layouts of pages: every template of a page is one, and a few do more than show the page.

A layout is called as its template, `templates/<layout>.html`. A site adds one by adding a template;
what the generator does beside rendering it stands in the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from diptych.values import Value


class Layout(Value):
    """What a layout does beside showing the page's own text."""

    opens: bool = False  # the front page: its address is that of its language, and there is one
    answers: bool = False  # its headings are questions: all below one of them is one unit
    strict: bool = False  # the headings of all languages stand in the same order
    lists: bool = False  # shows the pages below it, newest first, and has a feed
    shows: str = ""  # the content type of built-in records that it shows
    text: bool = False  # its pages are nothing without a text of their own
    contents: bool = False  # shows all there is in its language, and can be searched
    begins: str = ""  # how the id of its first heading begins, when `new` makes such a page


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
_OTHER_TEMPLATES = ("base", "root", "takeaway", "404", "gone")  # of no page that an editor writes
_PLAIN = Layout()


def layout_of(name: str) -> Layout:
    """What a layout does; a template without a row only shows its page."""
    return LAYOUTS.get(name, _PLAIN)


def layouts_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The layouts of a site with these files: those of the table first, then its own by name."""
    templates = {
        path.removeprefix("templates/").removesuffix(".html")
        for path in paths
        if path.startswith("templates/") and path.endswith(".html") and path.count("/") == 1
    }
    return (*LAYOUTS, *sorted(templates - {*LAYOUTS, *_OTHER_TEMPLATES}))
