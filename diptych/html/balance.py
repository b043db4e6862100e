"""Elements that are opened and not closed, or closed and not open, in HTML or in a template of it."""

from __future__ import annotations

from html.parser import HTMLParser

from diptych.html.allowed import words
from diptych.values import Value

_VOID = words(  # https://html.spec.whatwg.org/#void-elements
    "area base br col embed hr img input link meta source track wbr"
)
_OPTIONAL = words(  # whose end may be left out (https://html.spec.whatwg.org/#optional-tags)
    """
    body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr
    """
)
_ENDS_PARAGRAPH = words(
    """
    address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul
    """
)


ONCE = words("body head html")


class Unbalanced(Value):
    """A tag without its other half."""

    element: str
    tag: str  # as it is written; of an end tag `</div>`
    line: int  # from 1
    column: int  # from 0


def unbalanced(text: str) -> tuple[Unbalanced, ...]:
    """Every start tag whose end is missing, and every end tag without a start, in their order.

    Where an end is missing, the next end tag of the same name closes the inner element, so that the
    outermost one is left open; what stands between an opened and a closed element is left open too.
    """
    parser = _Balance()
    parser.feed(text)
    parser.close()
    left = [each for each in parser.open if each.element not in _OPTIONAL]
    return tuple(sorted([*parser.found, *left], key=lambda each: (each.line, each.column)))


class _Balance(HTMLParser):
    """Keeps the elements that are open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Unbalanced] = []
        self.found: list[Unbalanced] = []
        self.once: set[str] = set()  # elements that were opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        if tag in ONCE and tag in self.once:  # its attributes would go to the first one
            self.found.append(self._here(tag, self.get_starttag_text() or f"<{tag}>"))
            return
        self.once.add(tag)
        if tag in _ENDS_PARAGRAPH and self.open and self.open[-1].element == "p":
            self.open.pop()
        self.open.append(self._here(tag, self.get_starttag_text() or f"<{tag}>"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<path/>` of a drawing is closed; of HTML the slash says nothing, and nobody writes one."""

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        places = [number for number, each in enumerate(self.open) if each.element == tag]
        if not places:
            self.found.append(self._here(tag, f"</{tag}>"))
            return
        inside = self.open[places[-1] + 1 :]
        self.found += (each for each in inside if each.element not in _OPTIONAL)
        del self.open[places[-1] :]

    def _here(self, element: str, tag: str) -> Unbalanced:
        line, column = self.getpos()
        return Unbalanced(element, tag, line, column)
