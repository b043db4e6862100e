"""Rewrites the safe HTML of a text: typography, ids of headings, figures, frames of tables. Each
link and picture becomes a numbered marker, which each page replaces by the link or picture with its
address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, count

from lxml import etree
from markupsafe import escape
from slugify import slugify as to_slug

from diptych.languages import rules_of
from diptych.markdown.safety import parse
from diptych.markdown.typography import CONTEXT, Flow, pieces, typeset
from diptych.model import Section
from diptych.values import Value, words

_NEIGHBOURS = 8  # the number of pieces before, and after, a piece of text that typography can see
MAX_SLUG = 80  # characters
_OPAQUE = {"code", "pre", "kbd"}  # elements whose text gets no typography
_BLOCK = words("p li dt dd td th h1 h2 h3 h4 h5 h6 blockquote figcaption caption div section")

_WORDS = etree.XPath("string()", smart_strings=False)
_IDS = etree.XPath(".//@id", smart_strings=False)
_LANGUAGES = etree.XPath(".//@lang", smart_strings=False)
_WITH_ATTRIBUTES = etree.XPath(".//*[@*]")
_HEADS = etree.XPath(".//thead//th[not(@scope)]")


class FoundHeading(Value):
    """A heading in the HTML."""

    level: int
    id: str
    text: str
    asked: str  # the id before `-2` was added because an earlier heading has the id


@dataclass(slots=True)
class Collected:
    """The rewritten HTML of a text, and its links, pictures, headings, anchors and languages in the
    order of the text.
    """

    links: list[tuple[str, str]] = field(default_factory=list)  # target, text
    pictures: list[tuple[str, str, bool]] = field(default_factory=list)  # target, alt, optional
    headings: list[FoundHeading] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)  # the value of each `lang` attribute
    html: str = ""
    lead: str = ""
    sections: list[Section] = field(default_factory=list)


def walk(text: str, language: str, profiles: Mapping[str, str], prefix: str) -> Collected:
    """The rewritten HTML of a safe text, with the links, pictures, headings and anchors found in
    it.

    `language` is the key of the text's language. `profiles` maps the key of each language to its
    typography; passages in other languages stay unchanged. `prefix` is put before the ids of
    footnotes, so that several texts can share a page.
    """
    found = Collected()
    root = parse(text)
    _shape(root, prefix)
    _headings(root, found)
    _pictures(root, found)
    _typeset_block(root, language, profiles)
    _links(root, found)
    found.anchors = [str(each) for each in _IDS(root) if each]
    found.languages = [str(each) for each in _LANGUAGES(root)]
    _serialise(root, found)
    return found


def _shape(root: etree._Element, prefix: str) -> None:
    """Puts each table into a frame that scrolls, and gives the cells of its head a `scope`. For the
    changes of single elements, see `_shape_element`.
    """
    for element in _WITH_ATTRIBUTES(root):
        _shape_element(element, prefix)
    tables = list(root.iter("table"))
    for head in _HEADS(root) if tables else ():
        head.set("scope", "col")
    for table in tables:
        frame = etree.Element("div", {"class": "table"})
        table.addprevious(frame)
        frame.tail, table.tail = table.tail, None
        frame.append(table)


def _shape_element(element: etree._Element, prefix: str) -> None:
    """Changes one element by its attributes: `align` becomes a class, ids of footnotes get the prefix,
    and screen readers get labels for the links of footnotes and for the signs of tasks. The title of
    an admonition that is only its kind (`note`) becomes a string of the interface.
    """
    tag, kind = element.tag, element.get("class", "")
    identity, target = element.get("id", ""), element.get("href", "")
    if "align" in element.attrib:
        element.set("class", f"align-{element.attrib.pop('align')}")
    if identity.startswith("fn"):
        element.set("id", prefix + identity.replace(":", "-"))
    if tag == "a" and target.startswith("#fn"):
        element.set("href", "#" + prefix + target[1:].replace(":", "-"))
        element.set("data-label", "back-to-text" if "footnote-backref" in kind else "footnote")
        element.attrib.pop("title", None)
    elif tag == "span" and kind in ("task done", "task open"):
        # screen readers then read a label instead of the sign
        element.set("role", "img")
        element.set("data-label", f"task-{kind.split()[1]}")
    elif tag == "p" and kind == "admonition-title":
        around = element.getparent().get("class", "").replace("admonition", "").strip()
        if element.text and element.text.strip().lower() == around:
            element.set("data-string", around)


def _headings(root: etree._Element, found: Collected) -> None:
    """Gives each heading an id that no heading before it has, and notes the heading."""
    used: set[str] = set()
    for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        text = " ".join(_WORDS(element).split())
        asked = identity = element.get("id") or slugify(text)
        while identity in used:
            identity += "-2"
        used.add(identity)
        element.set("id", identity)
        found.headings.append(FoundHeading(int(element.tag[1]), identity, text, asked))


def _pictures(root: etree._Element, found: Collected) -> None:
    """Notes each picture, and leaves its number in its place. A picture alone in its paragraph becomes
    a figure, with its title as the caption.
    """
    for image in list(root.iter("img")):
        classes = image.get("class", "").split()
        optional = "optional" in classes
        number = len(found.pictures)
        found.pictures.append((image.get("src", ""), image.get("alt", ""), optional))
        caption = image.get("title")
        image.attrib.clear()
        image.set("data-picture", str(number))
        parent = image.getparent()
        alone = parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip()
        if alone and not (image.tail or "").strip():
            parent.tag = "figure"
            parent.set("data-figure", str(number))
            parent.text = image.tail = None
            if caption:
                etree.SubElement(parent, "figcaption").text = caption


def _typeset_block(block: etree._Element, language: str, profiles: Mapping[str, str]) -> None:
    """Sets the typography of a block, across its inline tags, and of each block inside it.
    `language` is the language of the elements around it; "" means no typography.
    """
    language = _language_of(block, language)
    inner: list[tuple[etree._Element, str]] = []
    runs = [run for run in _runs(block, language, inner) if run[2]]
    texts = [text for _, _, text, _ in runs]
    if any(map(str.strip, texts)):  # a list has no text but the spaces between its items
        flow = Flow()
        for index, (element, place, text, own) in enumerate(runs):
            if own == "":
                continue
            profile = profiles.get(own.partition("-")[0], "plain")
            before = "".join(texts[max(0, index - _NEIGHBOURS) : index])[-CONTEXT:]
            after = "".join(texts[index + 1 : index + 1 + _NEIGHBOURS])
            parts = pieces(typeset(text, profile, before, after, flow), profile)
            if parts != [("text", text)]:
                _replace(element, place, parts)
    for child, around in inner:
        _typeset_block(child, around, profiles)


def _runs(
    element: etree._Element, language: str, inner: list[tuple[etree._Element, str]]
) -> Iterator[tuple[etree._Element, str, str, str]]:
    """The text runs of a block, each as: its element, `text` or `tail`, the text, its language (""
    for no typography).

    The blocks inside it are added to `inner`, each with the language around it.
    """
    yield element, "text", element.text or "", language
    for child in element:
        if child.tag in _BLOCK:
            inner.append((child, language))
        elif child.tag == "br":
            yield child, "text", "\n", ""
        elif isinstance(child.tag, str):
            yield from _runs(child, _language_of(child, language), inner)
        yield child, "tail", child.tail or "", language


def _language_of(element: etree._Element, around: str) -> str:
    """The language of an element: its own, or that of the elements around it; "" if it gets no
    typography.
    """
    if element.tag in _OPAQUE or element.get("translate") == "no":
        return ""
    return str(element.get("lang") or around)


def _replace(element: etree._Element, place: str, parts: Sequence[tuple[str, str]]) -> None:
    """Puts typeset text back, with elements for raised ordinals and unbreakable words."""
    if len(parts) == 1 and parts[0][0] == "text":
        setattr(element, place, parts[0][1])
        return
    parent = element if place == "text" else element.getparent()
    position = 0 if place == "text" else parent.index(element) + 1
    setattr(element, place, None)
    previous: etree._Element | None = None if place == "text" else element
    for kind, text in parts:
        if kind == "text":
            if previous is None:
                parent.text = (parent.text or "") + text
            else:
                previous.tail = (previous.tail or "") + text
            continue
        piece = (
            etree.Element("sup") if kind == "sup" else etree.Element("span", {"class": "nowrap"})
        )
        piece.text = text
        parent.insert(position, piece)
        position += 1
        previous = piece


def _links(root: etree._Element, found: Collected) -> None:
    """Notes each link, and replaces its address by its number. The links of footnotes stay."""
    for element in root.iter("a"):
        target = element.get("href")
        if target is None or element.get("data-label"):
            continue
        number = len(found.links)
        found.links.append((target, " ".join(_WORDS(element).split())))
        del element.attrib["href"]
        element.attrib.pop("hreflang", None)
        attributes = dict(element.attrib)
        element.attrib.clear()
        element.set("data-link", str(number))
        for name, value in attributes.items():
            element.set(name, value)


def _inner(element: etree._Element) -> str:
    """The HTML inside an element."""
    return str(escape(element.text or "")) + "".join(map(_html_of, element))


def _html_of(element: etree._Element) -> str:
    """The HTML of an element and of the text after it."""
    return str(etree.tostring(element, encoding="unicode", method="html"))


def _serialise(root: etree._Element, found: Collected) -> None:
    """Stores in `found` the HTML of the text, of the part before the first `h2`, and of each section."""
    whole = [str(escape(root.text or ""))]
    # the id and title of each section, and the index in `whole` at which its text begins
    parts: list[tuple[str, str, int]] = []
    for child in root:
        whole.append(_html_of(child))
        if child.tag == "h2":
            parts.append((child.get("id"), _inner(child), len(whole)))
    ends = [at - 1 for _, _, at in parts] + [len(whole)]
    found.html = "".join(whole)
    found.lead = "".join(whole[: ends[0]]).strip()
    found.sections = [
        Section(identity, title, "".join(whole[at:end]).strip())
        for (identity, title, at), end in zip(parts, ends[1:], strict=True)
    ]


@lru_cache(maxsize=4096)  # in a preview, nearly all titles stay the same
def plain_text(text: str) -> str:
    """The words of an HTML fragment, for descriptions and feeds."""
    return re.sub(r"\s+", " ", _WORDS(parse(text))).strip()


@lru_cache(maxsize=65_536)  # a large site needs the slug of each title more than once
def slugify(text: str, language: str = "") -> str:
    """The slug of a title: `Lire en sécurité` -> `lire-en-securite`; `page` if nothing is left.
    With a language, letters are spelled as its readers expect: `Über uns` -> `ueber-uns` in German.
    """
    letters = rules_of(language).letters
    if letters:
        text = "".join(letters.get(each, each) for each in unicodedata.normalize("NFC", text))
    words = text.replace("·", "").replace("'", " ").replace("’", " ")
    return to_slug(words, max_length=MAX_SLUG, word_boundary=True) or "page"


def free_name(wanted: str, taken: Container[str], joint: str = "-") -> str:
    """The wanted slug, id or other name if it is not taken, or else the first of `name-2`, `name-3` and
    so on that is not taken.
    """
    names = chain([wanted], (f"{wanted}{joint}{number}" for number in count(2)))
    return next(name for name in names if name not in taken)
