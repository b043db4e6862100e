"""Rewrites drawings (SVG): comments and personal data are removed, active content is refused.

lxml reads a drawing as browsers do, with character references and CDATA sections, and styles are
parsed as CSS. The parser loads no file and no document type.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from diptych.diagnostics import Diagnostic, Message, Outcome, Source, error, say
from diptych.files.pictures import MadeImage, Variant, heavy
from diptych.files.text import about_invisible, pointer
from diptych.html.styles import leads_elsewhere, style_addresses, without_comments
from diptych.model import File
from diptych.unseen import unseen_in
from diptych.values import words

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_XHTML = "http://www.w3.org/1999/xhtml"
_SHAPES = words(  # the SVG elements that draw, name or describe, and load nothing
    """
    a circle clipPath cursor defs desc ellipse filter flowPara flowRegion flowRoot font
    font-face font-face-name g glyph hatch hatchpath hkern image line linearGradient marker mask
    mesh meshgradient meshpatch meshrow metadata missing-glyph path pattern polygon polyline
    radialGradient rect solidcolor stop style svg switch symbol text textPath title tref tspan
    use view vkern
    """
)
# elements of filters; feImage is refused, since its href names a picture
_EFFECT = re.compile(r"fe[A-Z]\w+")
_LARGEST = 100_000  # pixels: the longest side of a drawing
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_NAMES = (  # attributes whose address is a name that no program requests
    "requiredExtensions",
    "requiredFeatures",
    "role",
    "arcrole",
)
_INSIDE = "#"  # the start of an address inside the same drawing


def make_drawing(file: File) -> Outcome[MadeImage | None]:
    """The drawing, rewritten, under a neutral name; None if it cannot be published.

    Diagnostics: damaged-image, active-file, invisible-character, each at its line; heavy-image.
    """
    reader = _Reader(file)
    if reader.problems or reader.size is None:
        return Outcome(None, tuple(reader.problems))
    path = f"assets/{hashlib.sha256(reader.data).hexdigest()[:16]}.svg"
    made = MadeImage((), Variant(path, reader.data, "image/svg+xml", *reader.size))
    return Outcome(made, tuple(heavy(made, file.path)))


def clean_drawing(file: File) -> Outcome[File | None]:
    """A drawing of `assets/`, rewritten; None if it cannot be published.

    Diagnostics: damaged-image, active-file, invisible-character, each at its line.
    """
    reader = _Reader(file)
    if reader.problems:
        return Outcome(None, tuple(reader.problems))
    return Outcome(File(file.path, reader.data))


class _Reader:
    """Reads a drawing, removes personal data, and collects its size and diagnostics."""

    def __init__(self, file: File) -> None:
        self.size: tuple[int, int] | None = None
        self.data = b""
        self.problems: list[Diagnostic] = []
        self._source = Source(file.path, file.data.decode("utf-8", "replace"))
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
        unread = pointer(file)
        if unread:
            self._report("damaged-image", 1, *unread)
            return
        try:
            root = etree.fromstring(file.data, parser)
        except (etree.XMLSyntaxError, ValueError) as failure:
            self._report_damaged(getattr(failure, "lineno", 1))
            return
        self.size = _size(root.attrib) if root.tag == f"{{{_SVG}}}svg" else None
        if self.size is None:
            self._report_damaged(root.sourceline)
            return
        self._check_prolog(root)
        for node in list(root.iter()):
            self._clean_node(node)
        etree.cleanup_namespaces(root)
        self.data = etree.tostring(root, encoding="utf-8", with_tail=False) + b"\n"

    def _check_prolog(self, root: etree._Element) -> None:
        """Reports a document type with entities, or a reference to a style sheet in another file."""
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and next(dtd.iterentities(), None) is not None:
            self._report_outside(1, "DOCTYPE")
        node = root.getprevious()
        while node is not None:
            if node.tag is etree.PI and node.target == "xml-stylesheet":
                self._report_outside(node.sourceline, node.target)
            node = node.getprevious()

    def _clean_node(self, node: etree._Element) -> None:
        if not isinstance(node.tag, str):  # a comment, a processing instruction, an entity
            if node.tag is etree.PI and node.target == "xml-stylesheet":
                self._report_outside(node.sourceline, node.target)
            _remove(node)
            return
        name = etree.QName(node)
        if name.namespace == _XHTML:
            self._report_active(node.sourceline, name.localname)
        elif name.namespace != _SVG or name.localname == "metadata":
            _remove(node)
        elif name.localname not in _SHAPES and not _EFFECT.fullmatch(name.localname):
            self._report_active(node.sourceline, name.localname)
        else:
            for key in list(node.attrib):
                self._clean_attribute(node, key)
            for text in (node.text, node.tail, *node.attrib.values()):
                self._check_characters(node.sourceline, text or "")
            if name.localname == "style":
                self._check_style(node.sourceline, "".join(node.itertext()))
                if len(node) == 0:
                    node.text = without_comments(node.text or "")

    def _check_characters(self, line: int, text: str) -> None:
        for place in unseen_in(text):
            self._report("invisible-character", line, *about_invisible(text[place]))

    def _clean_attribute(self, node: etree._Element, key: str) -> None:
        space, name = etree.QName(key).namespace, etree.QName(key).localname
        value = node.get(key)
        kept = space in (None, _XLINK) or (space == _XML and name != "base")
        if not kept or name.lower().startswith("data-"):
            del node.attrib[key]
        elif name.lower().startswith("on"):
            self._report_active(node.sourceline, name)
        elif name in ("href", "src") and not value.strip().startswith(_INSIDE):
            self._report_outside(node.sourceline, value)
        elif name == "ping" or (leads_elsewhere(value) and not _is_name(name)):
            self._report_outside(node.sourceline, f"{name}={value}")
        elif name not in ("d", "points"):  # these two hold many numbers
            self._check_style(node.sourceline, value)
            if name == "style":
                node.set(key, without_comments(value))

    def _check_style(self, line: int, text: str) -> None:
        if "(" in text or '"' in text or "'" in text or "@" in text:
            for each in style_addresses(text):
                if not each.address.startswith(_INSIDE):
                    self._report_outside(line, each.address)

    def _report_damaged(self, line: int) -> None:
        message = say("this drawing cannot be read, or has no size: it needs a viewBox")
        self._report("damaged-image", line, message, say("save it again as SVG"))

    def _report_active(self, line: int, what: str) -> None:
        message = say("this drawing can act by itself: {what}", what=what)
        self._report("active-file", line, message, _hint())

    def _report_outside(self, line: int, what: str) -> None:
        message = say(
            "this drawing needs or leads to something outside it: {what}", what=what.strip()[:60]
        )
        self._report("active-file", line, message, _hint())

    def _report(self, check: str, line: int, message: Message, hint: Message) -> None:
        last = self._source.text.count("\n") + 1
        span = self._source.line_span(min(max(1, line or 1), last))
        self.problems.append(error(check, span, message, hint))


def _is_name(attribute: str) -> bool:
    return attribute in _NAMES or attribute.startswith("aria-")


def _hint() -> Message:
    return say("take it out; what the drawing needs must stand in it")


def _remove(node: etree._Element) -> None:
    """Removes a node, and keeps the text after it."""
    parent, tail = node.getparent(), node.tail
    if parent is None:
        return
    before = node.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def _size(attributes: Mapping[str, str]) -> tuple[int, int] | None:
    """Width and height in pixels: its own, else those of its viewBox."""
    own = [_NUMBER.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    if own[0] and own[1]:
        numbers = [float(own[0][1]), float(own[1][1])]
    else:
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        numbers = list(_numbers(box[2:])) if len(box) == 4 else []
    if len(numbers) != 2 or not all(1 <= each < _LARGEST for each in numbers):
        return None
    return round(numbers[0]), round(numbers[1])


def _numbers(texts: list[str]) -> Iterator[float]:
    for text in texts:
        try:
            yield float(text)
        except ValueError:
            return
