"""Drawings (SVG) of bundles: published unchanged, so that scripts and personal data are refused.

Read by the XML parser of the standard library, event by event, with the place of each; a document
type, by which entities could grow without end, ends the reading.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from xml.parsers import expat

from diptych.diagnostics import Diagnostic, Message, Outcome, Source, error, say
from diptych.files.pictures import MAX_BYTES, MadeImage, Variant, heavy
from diptych.model import File

_SVG = "http://www.w3.org/2000/svg"
_KNOWN = {_SVG, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace", ""}
_ACTS = {"script", "foreignObject", "iframe", "audio", "video", "handler", "set", "animate"}
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!#)|@import|\\", re.IGNORECASE)
_LARGEST = 100_000  # pixels: no side of a drawing is longer, and an endless one has no size
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def make_drawing(file: File) -> Outcome[MadeImage | None]:
    """The drawing as it is, under a neutral name; None when it cannot be published.

    Diagnostics: damaged-image, author-data, active-file, each at its line; heavy-image.
    """
    reader = _Reader(file)
    if reader.problems or reader.size is None:
        return Outcome(None, tuple(reader.problems))
    path = f"assets/{hashlib.sha256(file.data).hexdigest()[:16]}.svg"
    made = MadeImage((), Variant(path, file.data, "image/svg+xml", *reader.size))
    return Outcome(made, tuple(heavy(made, file.path)) if len(file.data) > MAX_BYTES else ())


class _Reader:
    """Reads a drawing, and keeps its size and its diagnostics."""

    def __init__(self, file: File) -> None:
        self.size: tuple[int, int] | None = None
        self.problems: list[Diagnostic] = []
        self._source = Source(file.path, file.data.decode("utf-8", "replace"))
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        self._style = False
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(file.data, True)
        except (expat.ExpatError, _Stop, ValueError):
            if not self.problems:
                self._damaged()
        if self.size is None and not self.problems:
            self._damaged()

    def _element(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self.size is None:
            self.size = _size(attributes) if (space, local) == (_SVG, "svg") else None
            if self.size is None:
                raise _Stop
        self._style = local == "style"
        if space not in _KNOWN or local == "metadata":
            self._trace(
                say("an editor or a person has left data in this drawing: {what}", what=local)
            )
        elif local in _ACTS:
            self._act(say("this drawing can act by itself: {what}", what=local))
        for key, value in attributes.items():
            self._attribute(*key.rpartition(" ")[::2], value)

    def _attribute(self, space: str, name: str, value: str) -> None:
        if space not in _KNOWN or name.startswith("data-"):
            self._trace(
                say("an editor or a person has left data in this drawing: {what}", what=name)
            )
        elif name.lower().startswith("on"):
            self._act(say("this drawing can act by itself: {what}", what=name))
        elif (name in ("href", "src") and not value.startswith("#")) or _ADDRESS.search(value):
            self._act(
                say("this drawing needs or leads to something outside it: {what}", what=value[:60])
            )

    def _text(self, text: str) -> None:
        if self._style and _ADDRESS.search(text):
            self._act(
                say(
                    "this drawing needs or leads to something outside it: {what}",
                    what=text.strip()[:60],
                )
            )

    def _end(self, name: str) -> None:
        self._style = False

    def _comment(self, text: str) -> None:
        self._trace(
            say(
                "an editor or a person has left data in this drawing: {what}",
                what=text.strip()[:60],
            )
        )

    def _instruction(self, target: str, data: str) -> None:
        self._act(say("this drawing needs or leads to something outside it: {what}", what=target))

    def _doctype(self, *_: object) -> None:
        self._act(
            say("this drawing needs or leads to something outside it: {what}", what="DOCTYPE")
        )
        raise _Stop

    def _damaged(self) -> None:
        message = say("this drawing cannot be read, or has no size: it needs a viewBox")
        self._report("damaged-image", message, say("save it again as SVG"))

    def _trace(self, message: Message) -> None:
        self._report(
            "author-data", message, say("save it as plain or optimised SVG, or take it out")
        )

    def _act(self, message: Message) -> None:
        self._report(
            "active-file", message, say("take it out; what the drawing needs must stand in it")
        )

    def _report(self, check: str, message: Message, hint: Message) -> None:
        last = self._source.text.count("\n") + 1
        span = self._source.line_span(min(max(1, self._parser.CurrentLineNumber), last))
        self.problems.append(error(check, span, message, hint))


class _Stop(Exception):  # no error: enough is known
    """Ends the reading."""


def _size(attributes: Mapping[str, str]) -> tuple[int, int] | None:
    """Width and height in pixels: its own, else those of its viewBox."""
    own = [_NUMBER.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    if own[0] and own[1]:
        numbers = [float(own[0][1]), float(own[1][1])]
    else:
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        numbers = [float(each) for each in box[2:]] if len(box) == 4 else []
    if len(numbers) != 2 or not all(1 <= each < _LARGEST for each in numbers):
        return None
    return round(numbers[0]), round(numbers[1])
