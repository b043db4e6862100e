"""The files of `assets/`. Each is read by the reader of its kind and published under an address
with its digest, so that browsers may keep it forever.
"""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from diptych.diagnostics import Diagnostic, Outcome, Source, Span, error, nearest, say
from diptych.files.drawings import clean_drawing
from diptych.files.fonts import ENDINGS, check_font
from diptych.files.pdf import clean_pdf
from diptych.files.pictures import remake_picture
from diptych.files.text import decode, merge_conflict, pointer
from diptych.files.theme import THEME
from diptych.html.styles import StyleSheet, leads_elsewhere, read_style, with_plain_lines
from diptych.model import Asset, File, ending_of

Styles = Callable[[str], StyleSheet]
MATERIAL = "share/"  # share pictures are drawn with these files; they are not published
_NO_FILE = re.compile(
    r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE
)  # the start of an address that is no file


def admit(file: File) -> Outcome[File]:
    """A file of `assets/` in the form in which it may be published; if it may not, the file itself
    with an error.

    Diagnostics: file-type for a kind without a reader; damaged-file, and those of texts, pictures,
    drawings and PDF files.
    """
    name = _name(file)
    material, read = name.startswith(MATERIAL), _READERS.get(ending_of(name))
    # a reader reports a pointer of Git LFS itself
    unread = pointer(file) if material or read is None else None
    if unread:
        return Outcome(file, (error("damaged-file", Span(file.path), *unread),))
    if material:
        return Outcome(file)
    if read is None:
        return Outcome(file, (_unknown(file, name),))
    outcome = read(file)
    return Outcome(outcome.value or file, outcome.diagnostics)


def _name(file: File) -> str:
    """The name below `assets/` of the site or the theme: `site.css`."""
    return file.path.removeprefix(f"{THEME}/").removeprefix("assets/")


def _unknown(file: File, name: str) -> Diagnostic:
    message = say("this kind of file is not published: {name}", name=name)
    hint = say(
        "assets/ holds {kinds}; move what is for yourselves to another folder",
        kinds=", ".join(sorted(_READERS)),
    )
    return error("file-type", Span(file.path), message, hint)


def _text(file: File) -> Outcome[File | None]:
    """The text with plain line ends, so that every checkout publishes the same bytes, and without
    invisible characters, so that a script is what its reader sees.
    """
    read = decode(file)
    return Outcome(File(file.path, read.value.text.encode()), read.diagnostics)


def _data(file: File) -> Outcome[File | None]:
    """JSON that every program can read, else damaged-file."""
    outcome = _text(file)
    text = outcome.value.data.decode() if outcome.value else ""
    if outcome.diagnostics or merge_conflict(file) is not None:  # which is reported by itself
        return outcome
    try:
        json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError) as failure:
        place = failure.pos if isinstance(failure, json.JSONDecodeError) else 0
        message = say("this file cannot be read as JSON, and no program would take it")
        hint = say("look for a comma or quotation mark too many or too few, here or just before")
        span = Source(file.path, text).span(place, min(place + 1, len(text)))
        return Outcome(None, (error("damaged-file", span, message, hint),))
    return outcome


def _no_json(word: str) -> object:
    """Refuses NaN and Infinity, which Python reads and JSON does not allow (RFC 8259)."""
    raise ValueError(word)


_READERS: dict[str, Callable[[File], Outcome[File | None]]] = {  # by the ending of a file's name
    **dict.fromkeys((".jpeg", ".jpg", ".png", ".webp"), remake_picture),
    **dict.fromkeys((".css", ".js", ".mjs", ".txt"), _text),
    **dict.fromkeys((".json", ".webmanifest"), _data),
    **dict.fromkeys(ENDINGS, check_font),
    ".pdf": clean_pdf,
    ".svg": clean_drawing,
}
KINDS = frozenset(_READERS)  # the endings of files that have a reader


def fingerprint(files: Iterable[File], styles: Styles = read_style) -> Outcome[tuple[Asset, ...]]:
    """Every file below `assets/` of the site or the theme, with its digest in its name.

    Style sheets, which `styles` reads, get the new names of the files to which they refer, and lose
    their comments. Diagnostics: broken-asset for a reference to a file that does not exist.
    """
    found = {_name(each): each for each in files}
    problems: list[Diagnostic] = []
    assets: dict[str, Asset] = {}
    for name in sorted(found, key=lambda each: (each.lower().endswith(".css"), each)):
        data, addresses = found[name].data, None
        if name.lower().endswith(".css"):
            data, addresses = _rewritten(name, found[name], styles, assets, problems)
        assets[name] = Asset(name, hashed_path(name, data), data, addresses)
    return Outcome(tuple(assets[name] for name in sorted(assets)), tuple(problems))


def hashed_path(name: str, data: bytes) -> str:
    """`site.css` -> `assets/site.<digest>.css`, with the ending in small letters: checks and hosts
    go by it.
    """
    stem, extension = posixpath.splitext(posixpath.basename(name))
    extension = extension.lower()
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:10]}{extension}"


def integrity(text: str) -> str:
    """`sha256-…`: the form in which a policy or a script element allows exactly this text. Templates
    get this function, and not the cached one, which they could empty.
    """
    return _integrity(text)


@lru_cache(maxsize=8)  # every page holds the same style
def _integrity(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _rewritten(
    name: str,
    file: File,
    styles: Styles,
    assets: dict[str, Asset],
    problems: list[Diagnostic],
) -> tuple[bytes, tuple[str, ...]]:
    """The style sheet with published names in place of file names, without its comments; and the
    addresses of other sites in it, each once.
    """
    text = with_plain_lines(file.data.decode("utf-8", "replace"))
    source = Source(file.path, text)
    style = styles(text)
    edits = [_without_comment(text, start, end) for start, end in style.comments]
    for each in style.addresses:
        if leads_elsewhere(each.address) or _NO_FILE.match(each.address.strip()):
            continue
        path, mark, fragment = each.address.strip().partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        if target in assets:
            published = posixpath.basename(assets[target].path)
            edits.append((each.start, each.end, f'url("{published}{mark}{fragment}")'))
            continue
        near = nearest(target, assets)
        message = say("there is no file `assets/{name}`", name=target)
        hint = say("did you mean `{near}`?", near=near) if near else None
        start = text.find(each.address, each.start, each.end)
        exact = source.span(start, start + len(each.address))
        span = exact if start >= 0 else source.span(each.start, each.end)
        problems.append(error("broken-asset", span, message, hint))
    parts: list[str] = []
    place = 0
    for start, end, new in sorted(edits):
        if start >= place:  # a comment within an address went with it
            parts += (text[place:start], new)
            place = end
    addresses = dict.fromkeys(each.address.strip() for each in style.addresses)
    return "".join((*parts, text[place:])).encode(), tuple(filter(leads_elsewhere, addresses))


def _without_comment(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The edit that removes a comment. At the end of a line, the edit also removes the spaces before the
    comment, and the whole line if it holds nothing else. Between two words an empty comment stays, to
    keep the words apart.
    """
    before, behind = text[:start].rstrip(" \t"), text[end : end + 1]
    if behind not in ("", "\n"):
        parts_words = not (text[start - 1 : start] + " ").isspace() and not behind.isspace()
        return start, end, "/**/" if parts_words else ""
    alone = not before or before.endswith("\n")
    return len(before), end + len(behind) if alone else end, ""
