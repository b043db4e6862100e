"""PDF files beside a page: what they would tell of whoever made them, and what they could do.

A PDF is published as it is, byte for byte, so that what must not be in it is refused. The reading
is coarse on purpose (ISO 32000-2): every name in the file and in its compressed streams counts,
wherever it stands, so that nothing hides behind the structure.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Message, Span, error, say
from diptych.model import File

MOST = 32_000_000  # bytes of all streams of a file, opened: against bombs
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")  # in a name: /J#61vaScript
_INFO = re.compile(
    rb"/(Author|Creator|Manager|Company|LastModifiedBy)\s*"
    rb"(?:\(((?:\\.|[^()\\])*)\)|<(?!<)([0-9A-Fa-f\s]*)>)",
    re.DOTALL,
)
_XMP = re.compile(
    rb"<(dc:creator|pdf:Author|xmp:CreatorTool|photoshop:\w+|xmpMM:History|stRef:filePath)\b[^>]*>"
    rb"(.*?)</\1>",
    re.DOTALL,
)
_MARKS = re.compile(rb"<[^>]*>|\s")
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|Filespec|RichMedia|SubmitForm|ImportData|XFA|GoToR)\b"
)


def check_pdf(file: File) -> tuple[Diagnostic, ...]:
    """author-data and active-file, each once a file, with the names that were found in it."""
    if re.search(rb"/Encrypt\b", file.data):
        message = say("this PDF is locked, so that nobody can see what it tells of its maker")
        return (_problem("author-data", file, message, say("save it without a password")),)
    whole = b"\n".join(_ESCAPE.sub(_unescaped, part) for part in _parts(file.data))
    traces = [m[1] for m in _INFO.finditer(whole) if (m[2] or m[3] or b"").strip()]
    traces += [m[1] for m in _XMP.finditer(whole) if _MARKS.sub(b"", m[2])]
    problems = []
    if traces:
        message = say("this PDF tells who made it, or with what: {names}", names=_listed(traces))
        hint = say(
            "empty the properties of the document and export it anew: as it is, it goes online "
            "with them"
        )
        problems.append(_problem("author-data", file, message, hint))
    if active := [m[1] for m in _ACTIVE.finditer(whole)]:
        message = say(
            "this PDF can act by itself, or holds other files: {names}", names=_listed(active)
        )
        hint = say("print it to a new PDF: only what can be read stays")
        problems.append(_problem("active-file", file, message, hint))
    return tuple(problems)


def _parts(data: bytes) -> Iterator[bytes]:
    """What stands between the streams, and each compressed stream that can be opened."""
    yield _STREAM.sub(b"", data)
    left = MOST
    for stream in _STREAM.finditer(data):
        opener = zlib.decompressobj()
        try:
            text = opener.decompress(stream[1], left)
        except zlib.error:
            text = stream[1] if b"<?xpacket" in stream[1] else b""  # a photo, a font, XMP as it is
        left = max(1, left - len(text))
        yield text


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _listed(names: list[bytes]) -> str:
    return ", ".join(dict.fromkeys(name.decode("ascii") for name in names))


def _problem(check: str, file: File, message: Message, hint: Message) -> Diagnostic:
    return error(check, Span(file.path), message, hint)
