"""Reads everything that a finished page refers to back from its HTML."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin

from lxml import etree

from diptych.html.balance import Unbalanced, tags_end, unbalanced
from diptych.html.judge import Strange, strange_in_whole
from diptych.html.sheets import Addresses, LightPage
from diptych.html.styles import each_once, style_addresses
from diptych.html.tags import facts_of_tag
from diptych.values import Value, replace, words

_CONTENT = "{http://www.w3.org/2005/Atom}content"
_DRAWING = {"http://www.w3.org/1999/xhtml": "html", "http://www.w3.org/2000/svg": "svg"}
_IS_DRAWN = " or ".join(f"namespace-uri()='{each}'" for each in _DRAWING)
_TOP_DRAWN = etree.XPath(f"//*[{_IS_DRAWN}][not(ancestor::*[{_IS_DRAWN}])]")

_BLOCKS = words(  # elements that begin a new line
    """
    address article aside blockquote br caption dd details div dl dt figcaption figure footer h1
    h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul
    """
)
_UNREAD = {"head", "script", "style", "svg", "template"}

_ADDRESSES = {"href", "src", "poster", "cite"}  # attributes with one address

_PARSER = etree.HTMLParser(encoding="utf-8")
_PARSER_OF_TEXT = etree.HTMLParser()
_SCRIPTS = etree.XPath(
    "//script[not(@type) or not(contains(@type, 'json'))]/text()", smart_strings=False
)
_STYLES = etree.XPath("//style/text()", smart_strings=False)


class PageFacts(Value):
    """The addresses, ids and code of one HTML page."""

    language: str  # of the html element
    ids: tuple[str, ...]  # in order, repeated ones too
    links: tuple[str, ...]  # targets of links
    loads: tuple[str, ...]  # addresses that a browser fetches by itself
    inline: tuple[str, ...]  # event handlers and style attributes, which the policy forbids
    policy: str = ""  # the Content-Security-Policy of a meta element
    refresh: str | None = None  # the address that it leads on to by itself (a moved page)
    scripts: tuple[str, ...] = ()  # the scripts inside the page
    styles: tuple[tuple[str, ...], ...] = ()  # the addresses in each style sheet inside the page
    forms: tuple[str, ...] = ()  # the targets of its forms
    named: tuple[str, ...] = ()  # absolute addresses in `data-…`, which only scripts read
    strange: tuple[Strange, ...] = ()  # markup that is not on the list, or leads where it may not
    unbalanced: tuple[Unbalanced, ...] = ()  # tags without their counterpart
    ends: bool = False  # whether its end is there


_NO_FACTS = PageFacts("", (), (), (), ())
_OF_PIECES = ("ids", "links", "loads", "inline", "forms", "named")  # what a piece may hold
_BLANKS = " \t\n\r\v\f"
_BETWEEN = re.compile(  # any tag but those of elements whose content browsers do not read as HTML
    r"<(?!(?:script|style|title|textarea|noscript|template|svg)\b)/?[a-z][^<>]*>\s*",
    re.IGNORECASE,
)


def read_page(data: bytes, addresses: Addresses = style_addresses) -> PageFacts:
    """The facts of a page as published; empty facts for an empty page. `addresses` finds the
    addresses in a style sheet.
    """
    root = etree.HTML(data, _PARSER)
    if root is None:
        return _NO_FACTS
    styles = tuple(each_once(addresses(style)) for style in _STYLES(root))
    return _facts(root, data.decode("utf-8", "replace"), styles, {})


def read_light(
    page: LightPage,
    parts: Sequence[tuple[int, int]] = (),
    addresses: Addresses = style_addresses,
) -> PageFacts | None:
    """The facts of a page without `parts` (the start and end of each in its text), which hold only
    text and links. The facts of its style sheets are taken from `page.sheets`.

    None if the page must be read whole: if it cannot be read without the parts, or a part without
    the page; if browsers do not read a style sheet as one; or if the page has strange markup or an
    unbalanced tag, which are reported with their places in the whole page.
    """
    if any(links_of_part(page.text[start:end]) is None for start, end in parts):
        return None
    return read_without(page, parts, addresses)


def joined_facts(frame: PageFacts, pieces: Iterable[PageFacts]) -> PageFacts:
    """The facts of a page with pieces that were read apart: the facts of the rest of the page, then
    those of the pieces.
    """
    every = (frame, *pieces)
    joined = {
        name: tuple(found for each in every for found in getattr(each, name)) for name in _OF_PIECES
    }
    return replace(frame, **joined)


def ends_with_tag(text: str, end: int | None = None) -> bool:
    """Whether a text, up to `end`, ends with a tag after which browsers read HTML, so that the next
    piece can be parsed by itself. Inside `<script>` or `<textarea>`, for example, they read none.
    """
    end = len(text) if end is None else end
    return _BETWEEN.fullmatch(text, max(text.rfind("<", 0, end), 0), end) is not None


def read_without(
    page: LightPage, parts: Sequence[tuple[int, int]], addresses: Addresses = style_addresses
) -> PageFacts | None:
    """The facts of a page without `parts` (the start and end of each in its text), read apart.
    None if the page must be read whole, as in `read_light`.
    """
    pieces, place = [], 0
    for start, end in parts:
        if not ends_with_tag(page.text, start):
            return None
        pieces.append(page.text[place:start])
        place = end
    text = "".join((*pieces, page.text[place:]))
    root = etree.HTML(text.encode(), _PARSER)
    if root is None or "<!--" in text:
        return None
    found = _STYLES(root)
    if [each for each in found if each in page.sheets] != list(page.sheets):
        return None
    styles = tuple(
        page.sheets[each].addresses if each in page.sheets else each_once(addresses(each))
        for each in found
    )
    hashes = {name: sheet.hash for name, sheet in page.sheets.items()}
    facts = _facts(root, text, styles, hashes)
    return None if facts.strange or facts.unbalanced else facts


def _facts(
    root: etree._Element,
    text: str,
    styles: tuple[tuple[str, ...], ...],
    hashes: Mapping[str, str],
) -> PageFacts:
    """The facts of a page. `text` is the page as it is written; `styles` are the addresses in each of
    its style sheets; `hashes` are the hashes of the style sheets whose text a name replaces, by name.
    """
    found = (facts_of_tag(each.tag, tuple(each.items())) for each in root.iter(etree.Element))
    tags = [each for each in found if each is not None]
    loads = [address for each in tags for address in each.loads]
    loads += (each for style in styles for each in style)
    metas = {
        meta.get("http-equiv", "").lower(): meta.get("content", "") for meta in root.iter("meta")
    }
    strange = [problem for each in tags for problem in each.strange]
    strange += strange_in_whole(root, text, hashes)
    return PageFacts(
        root.get("lang", ""),
        tuple(identity for each in tags for identity in each.ids),
        tuple(link for each in tags for link in each.links),
        tuple(loads),
        tuple(code for each in tags for code in each.inline),
        metas.get("content-security-policy", ""),
        _led_to(metas["refresh"]) if "refresh" in metas else None,
        tuple(_SCRIPTS(root)),
        styles,
        tuple(target for each in tags for target in each.forms),
        tuple(address for each in tags for address in each.named),
        tuple(dict.fromkeys(strange)),
        unbalanced(text),
        text.rstrip(_BLANKS).endswith("</html>"),
    )


def read_piece(text: str) -> PageFacts | None:
    """The facts of a piece of a page, all of kinds in `_OF_PIECES`. None if the piece cannot be read
    without the rest of the page, or has facts of other kinds.
    """
    if not tags_end(text):
        return None
    facts = read_page(text.encode())  # also finds unbalanced tags
    if facts is _NO_FACTS:  # the parser finds no element or text, as in `</div>`
        return None if "<" in text else facts
    held = {name: getattr(facts, name) for name in _OF_PIECES}
    return facts if facts == replace(_NO_FACTS, **held) else None


@functools.lru_cache(maxsize=256)  # many pages have a part in common
def links_of_part(text: str) -> tuple[str, ...] | None:
    """The links in a part of a page. None if the part cannot be read without the rest of the page, or
    holds more than text and links.
    """
    facts = read_piece(text)
    if facts is None or facts != replace(_NO_FACTS, links=facts.links):
        return None
    return facts.links


class XmlFacts(Value):
    """What a browser that opens an XML file, such as a feed, shows, loads and runs."""

    shown_as: str  # `html` or `svg` if the root makes the file a page or a drawing; else ""
    active: str  # `<?xml-stylesheet` or `<!DOCTYPE`, which can make the browser load more; else ""
    contents: tuple[PageFacts, ...]  # the facts of each piece of HTML or SVG in the file


def read_xml(data: bytes) -> XmlFacts | None:
    """The facts of an XML file; None if it is not well-formed.

    Browsers draw elements of XHTML and SVG, and run their scripts, in XML of any kind
    (https://html.spec.whatwg.org/#the-xhtml-syntax).
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    before = root.itersiblings(etree.ProcessingInstruction, preceding=True)
    active = [f"<?{each.target}" for each in before if each.target == "xml-stylesheet"]
    if root.getroottree().docinfo.doctype:
        active.append("<!DOCTYPE")
    contents = [read_page((each.text or "").encode()) for each in root.iter(_CONTENT)]
    drawn = [_as_html(each) for each in _TOP_DRAWN(root)]
    # a sitemap has thousands of links, so all links are read as one page
    links = [each for each in drawn if each.startswith(b"<link ")]
    others = [each for each in drawn if not each.startswith(b"<link ")]
    contents += map(read_page, [b"".join(links), *others] if links else others)
    shown_as = _DRAWING.get(etree.QName(root).namespace, "")
    return XmlFacts(shown_as, next(iter(active), ""), tuple(contents))


def _as_html(element: etree._Element) -> bytes:
    """The HTML of an element of XHTML or SVG."""
    drawn = copy.deepcopy(element)
    for each in drawn.iter(etree.Element):
        each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(drawn)
    return bytes(etree.tostring(drawn, encoding="utf-8", method="html", with_tail=False))


def _led_to(content: str) -> str:
    """The address in `0; url=/nl/` (https://html.spec.whatwg.org/#shared-declarative-refresh-steps)."""
    _, _, rest = content.partition(";")
    found = re.match(r"\s*(?:url\s*=)?\s*['\"]?([^'\"]*)", rest or content, re.IGNORECASE)
    return found[1].strip() if found else ""


def with_absolute_addresses(html: str, base: str) -> str:
    """A piece of HTML whose links and pictures have absolute addresses, `#note` included (RFC
    3986).

    For feed readers, many of which know no base address.
    """
    root = etree.HTML(f"<div>{html}</div>", _PARSER_OF_TEXT)
    whole = root.find("body/div")
    for element in whole.iter(etree.Element):
        for name in _ADDRESSES & set(element.attrib):
            element.set(name, urljoin(base, element.get(name)))
        if "srcset" in element.attrib:
            parts = [part.split(None, 1) for part in element.get("srcset").split(",")]
            sources = [" ".join([urljoin(base, part[0]), *part[1:]]) for part in parts if part]
            element.set("srcset", ", ".join(sources))
    text: str = etree.tostring(whole, encoding="unicode", method="html", with_tail=False)
    return text.removeprefix("<div>").removesuffix("</div>")


def reading_lines(text: str) -> tuple[str, ...]:
    """The visible text of a page, one line per paragraph, heading or list item; only of its main
    part if it has one.
    """
    root = etree.HTML(text)
    if root is None:
        return ()
    main = next(root.iter("main"), root)
    lines = [""]
    _read(main, lines)
    return tuple(line for each in lines if (line := " ".join(each.split())))


def _read(element: etree._Element, lines: list[str]) -> None:
    """Adds the text of an element to the last line; a block begins and ends a line of its own."""
    block = element.tag in _BLOCKS
    if block:
        lines.append("")
    if isinstance(element.tag, str) and element.tag not in _UNREAD:
        lines[-1] += element.text or ""
        for child in element:
            _read(child, lines)
            lines[-1] += child.tail or ""
    if block:
        lines.append("")
