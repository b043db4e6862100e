"""What a Markdown text says to GitHub's own parser, and to this program, as structures to compare.

A structure is the tree of elements with their words: no ids, no classes, no difference between two
spaces and one, between `<s>` and `<del>`, between a character and its entity.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options
from lxml import html as lxml_html

from diptych.diagnostics import Source
from diptych.markdown import MarkdownText
from diptych.markdown.convert import convert_body
from diptych.markdown.library import to_html
from diptych.markdown.safety import clean
from tests.strategies import DUTCH

_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_ATTRIBUTES = ("href", "src", "alt", "title", "start", "align", "colspan", "rowspan")
_BLOCKS = {
    *("blockquote", "div", "dl", "dt", "dd", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("li", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul", "br"),
}
_BOX = re.compile(r'<input type="checkbox"( checked="")? disabled="" ?/?> *')


def theirs(text: str) -> str:
    """The structure that GitHub's parser sees in a text."""
    made = cmarkgfm.github_flavored_markdown_to_html(text, options=_OPTIONS)
    made = _BOX.sub(lambda box: "☑ " if box[1] else "☐ ", made)
    return _structure(clean(made)[0])


def ours(text: str) -> str:
    """The structure that this program sees in a text."""
    return _structure(clean(to_html(text))[0])


def told(text: str) -> list[str]:
    """The checks that speak up about a text, by name."""
    outcome = convert_body(MarkdownText(Source("page.md", text)), "nl", (DUTCH,), "")
    return [each.check for each in outcome.diagnostics]


def _structure(html: str) -> str:
    root = lxml_html.fragment_fromstring(html or "<br>", create_parent="div")
    _alike(root)
    lines: list[str] = []
    _write(root, 0, lines)
    return "\n".join(lines)


def _alike(root: lxml_html.HtmlElement) -> None:
    """One spelling for what a reader sees as the same: bold in bold, the order of bold and italic."""
    for element in root.xpath(".//span[contains(concat(@class, ' '), 'task ')]"):
        element.drop_tag()
    for notes in root.xpath("./div[@class='footnote']"):
        notes.tag = "section"
        notes.remove(notes[0])  # the line above the notes
    for link in root.xpath(".//a[starts-with(@href, '#fn')]"):
        link.set("href", link.get("href").replace(":", "-"))
    for element in root.iter("b", "i", "s"):
        element.tag = {"s": "del", "b": "strong", "i": "em"}[element.tag]
    for element in root.xpath(".//strong[ancestor::strong]"):
        element.drop_tag()
    for element in root.xpath(".//strong[count(*) = 1 and em and not(text())]"):
        if not element[0].tail:
            element.tag, element[0].tag = "em", "strong"


def _write(element: lxml_html.HtmlElement, depth: int, lines: list[str]) -> None:
    name = element.tag
    attributes = "".join(
        f" {key}={_address(element.get(key))}" for key in _ATTRIBUTES if element.get(key)
    )
    lines.append("  " * depth + f"<{name}{attributes}>")
    if element.tag == "pre":
        lines.append("  " * depth + repr(element.text_content().rstrip()))
        return
    words = _Words(lines, depth + 1)
    words.add(element.text)
    for child in element:
        if isinstance(child.tag, str):
            words.end(block=child.tag in _BLOCKS)
            _write(child, depth + 1, lines)
            words.begin(block=child.tag in _BLOCKS)
        words.add(child.tail)
    words.end(block=name in _BLOCKS)


class _Words:
    """Runs of words; white space beside a block is none."""

    def __init__(self, lines: list[str], depth: int) -> None:
        self.lines, self.depth, self.text, self.at_block = lines, depth, "", True

    def add(self, text: str | None) -> None:
        self.text += text or ""

    def end(self, *, block: bool) -> None:
        text = re.sub(r"\s+", " ", self.text)
        if self.at_block:
            text = text.lstrip()
        if block:
            text = text.rstrip()
        if text:
            self.lines.append("  " * self.depth + repr(text))
        self.text = ""

    def begin(self, *, block: bool) -> None:
        self.at_block = block


def _address(value: str) -> str:
    return repr(" ".join(unquote(value).split()))
