"""Cleans the streams of a PDF file: page contents, pictures, fonts, character maps, colour profiles.

Every page looks as it did before, to the pixel. Like `pdf_objects`, this module is imported only when
a PDF file must be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pikepdf
from pikepdf import Object, Pdf

from diptych.files.pdf_formats import (
    bare_font,
    bare_jpeg,
    bare_jpeg_2000,
    bare_profile,
    without_comments,
)
from diptych.files.pdf_keys import TELLING

_INSIDE = re.compile(rb"/(?:Author|Company|Creat|LastMod|Manager|ModDate|Producer)")
_PICTURE_BETWEEN = re.compile(rb"/DCT\b|/DCTDecode\b")  # a JPEG inside a content stream
# the functions that clean a picture, by the last filter of its stream
_PICTURES = {"/DCTDecode": bare_jpeg, "/JPXDecode": bare_jpeg_2000}
_HEX_JPEG = ("/ASCIIHexDecode", "/DCTDecode")
# keys that say how the data of an inline picture is encoded
_OF_DATA = ("/F", "/Filter", "/DP", "/DecodeParms", "/L", "/Length")


def clean_contents(pdf: Pdf, page: pikepdf.Page) -> None:
    """Cleans the contents of a page; several streams become one if there is anything to remove."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    if any(_needs_cleaning(each) for each in streams):
        page.contents_coalesce()
        _clean_drawing(pdf, page.obj["/Contents"])


def clean_stream(pdf: Pdf, stream: pikepdf.Stream) -> None:
    """Cleans a form, a pattern, a function, a character map or a picture."""
    drawn = str(stream.get("/Subtype", "")) == "/Form" or "/PatternType" in stream
    if (drawn or "/BBox" in stream) and _needs_cleaning(stream):
        _clean_drawing(pdf, stream)
    if str(stream.get("/FunctionType", "")) == "4" or "/CMapName" in stream:
        _rewrite(stream, without_comments)
    filters, settings = _filters(stream), _settings(stream)
    bare_picture = _PICTURES.get(filters[-1]) if filters else None
    if bare_picture is None:
        return
    raw = stream.read_raw_bytes()
    bare = bare_picture(_picture(pdf, raw, filters, settings))
    if bare != raw:
        stream.write(bare, filter=pikepdf.Name(filters[-1]), decode_parms=settings[-1])


def clean_font(pdf: Pdf, font: Object) -> None:
    """Removes the comments in a font: in its glyphs (Type 3), its character maps and its program."""
    letters = font.get("/CharProcs")
    if isinstance(letters, pikepdf.Dictionary):
        for letter in letters.values():
            if _needs_cleaning(letter):
                _clean_drawing(pdf, letter)
    for key in ("/Encoding", "/ToUnicode", "/UseCMap"):
        _rewrite(font.get(key), without_comments)
    program = font.get("/FontFile")
    if isinstance(program, pikepdf.Stream) and "/Length1" in program:
        data = bytes(program.get_stream_buffer())
        bare, clear = bare_font(data, int(program["/Length1"]))
        if bare != data:
            program.write(bare)
            program["/Length1"] = clear


def clean_profile(stream: Object | None) -> None:
    """Removes the names and the day of measurement from a colour profile."""
    _rewrite(stream, bare_profile)


def _rewrite(stream: Object | None, bare: Callable[[bytes], bytes]) -> None:
    """Replaces the data of a stream by the data that `bare` makes of it, if the two differ."""
    if isinstance(stream, pikepdf.Stream):
        data = bytes(stream.get_stream_buffer())
        if (new := bare(data)) != data:
            stream.write(new)


def _needs_cleaning(stream: Object | None) -> bool:
    """Whether a content stream has comments, a JPEG, or marks with the name of a person or program."""
    if not isinstance(stream, pikepdf.Stream):
        return False
    data = bytes(stream.get_stream_buffer())
    found = _INSIDE.search(data) or _PICTURE_BETWEEN.search(data)
    return bool(found) or without_comments(data) != data


def _clean_drawing(pdf: Pdf, stream: Object) -> None:
    """Rewrites a content stream without comments, and without the keys of `TELLING` in its marks."""
    found: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    parts: list[bytes] = []
    for drawn in pikepdf.parse_content_stream(stream):
        marked = str(drawn.operator) in ("BDC", "DP")
        for each in list(drawn.operands) if marked else ():
            if isinstance(each, pikepdf.Dictionary):
                _remove(each, TELLING)
        if isinstance(drawn, pikepdf.ContentStreamInlineImage) and _is_jpeg(drawn.iimage):
            parts += (pikepdf.unparse_content_stream(found), _bare(pdf, drawn.iimage))
            found = []
        else:
            found.append(drawn)
    stream.write(b"\n".join((*parts, pikepdf.unparse_content_stream(found))))


def _is_jpeg(picture: pikepdf.PdfInlineImage) -> bool:
    return _filters(picture.obj)[-1:] == ["/DCTDecode"]


def _bare(pdf: Pdf, picture: pikepdf.PdfInlineImage) -> bytes:
    """The operators that draw an inline JPEG, without metadata. The JPEG is written in hexadecimal
    digits, which cannot contain the operator that ends the picture (EI).
    """
    described = picture.obj
    filters, settings = _filters(described), _settings(described)
    inner = _picture(pdf, picture.read_raw_bytes(), filters, settings)
    _remove(described, _OF_DATA)
    described["/Filter"] = pikepdf.Array([pikepdf.Name(each) for each in _HEX_JPEG])
    if settings[-1] is not None:
        described["/DecodeParms"] = pikepdf.Array([None, settings[-1]])
    inside = described.unparse().removeprefix(b"<<").removesuffix(b">>")
    return b"BI" + inside + b"ID " + bare_jpeg(inner).hex().encode() + b">\nEI"


def _picture(
    pdf: Pdf, data: bytes, filters: Sequence[str], settings: Sequence[Object | None]
) -> bytes:
    """The bytes of a picture: the data of its stream, decoded by all its filters but the last, which is
    the format of the picture.
    """
    if len(filters) == 1:
        return data
    packed = pikepdf.Stream(pdf, data)
    packed["/Filter"] = pikepdf.Array([pikepdf.Name(each) for each in filters[:-1]])
    packed["/DecodeParms"] = pikepdf.Array(settings[:-1])
    return bytes(packed.get_stream_buffer())


def _filters(described: Object) -> list[str]:
    """The filters of a stream, the outermost first."""
    filters = described.get("/Filter")
    if isinstance(filters, pikepdf.Name):
        return [str(filters)]
    return [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else []


def _settings(described: Object) -> list[pikepdf.Dictionary | None]:
    """The parameters of each filter of a stream; None for a filter without parameters."""
    count = len(_filters(described))
    settings = described.get("/DecodeParms")
    if isinstance(settings, pikepdf.Array):
        given = [each if isinstance(each, pikepdf.Dictionary) else None for each in settings]
    else:
        given = [settings if isinstance(settings, pikepdf.Dictionary) else None]
    return (given + [None] * count)[:count]


def _remove(holder: Object, keys: Sequence[str] | set[str]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]
