"""Rewrites PDF files: the names of authors, programs and places are removed, and so is active
content.

Everything that a reader needs stays: pages, title, language, tags and the mark of accessibility,
outlines, links, and forms with their values, since these are visible on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Outcome, Span, error, note, say, say_n
from diptych.files.text import pointer
from diptych.model import File

if TYPE_CHECKING:
    from diptych.files.pdf_objects import Walk


def clean_pdf(file: File) -> Outcome[File | None]:
    """The file without data about its makers and without active content; None if it cannot be
    cleaned.

    Files with equal contents give equal bytes. Diagnostics: author-data for a file that is locked
    or signed, damaged-file, active-file for a form that only one program shows; as notes, taken-out
    (active content or enclosed files were removed) and hidden-in-pdf (remarks, hidden layers).
    """
    from diptych.files.pdf_objects import Refused, cleaned  # with pikepdf, which takes long

    try:
        data, walk = cleaned(file.path, file.data)
    except Refused as reason:
        return Outcome(None, reason.args)
    except Exception:  # any error of pikepdf about a damaged file
        return Outcome(None, (_damaged(file),))
    return Outcome(File(file.path, data), tuple(_notes(file, walk)))


def _damaged(file: File) -> Diagnostic:
    unread = pointer(file)
    if unread:
        message, hint = unread
    elif not file.data.startswith(b"%PDF-"):
        message = say("this file is no PDF, though its name ends in .pdf")
        hint = say("export the document as PDF, and put that file here")
    else:
        message = say("this PDF is damaged: it cannot be read to its end")
        hint = say("put the original here once more, or open it and print it to a new PDF")
    return error("damaged-file", Span(file.path), message, hint)


def _notes(file: File, walk: Walk) -> Iterator[Diagnostic]:
    if walk.acting:
        message = say(
            "this PDF is published without what acts in it or is enclosed: {names}",
            names=", ".join(sorted(walk.acting)),
        )
        yield note("taken-out", Span(file.path), message)
    if walk.remarks:
        message = say_n(
            "this PDF is published with {count} remark that somebody wrote on it",
            "this PDF is published with {count} remarks that somebody wrote on it",
            count=walk.remarks,
        )
        hint = say("read them; to publish it without, print it to a new PDF without comments")
        yield note("hidden-in-pdf", Span(file.path), message, hint)
    if walk.hidden:
        message = say_n(
            "this PDF holds {count} layer that does not show when it is opened",
            "this PDF holds {count} layers that do not show when it is opened",
            count=walk.hidden,
        )
        hint = say("any reader can show it; to publish it without, print it to a new PDF")
        yield note("hidden-in-pdf", Span(file.path), message, hint)
