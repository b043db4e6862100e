"""Extracts interface strings from templates and code, and updates catalogs, with Babel.

No date and no program version is written, so that the same input gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from typing import Any

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from diptych.i18n.catalogs import catalog_head
from diptych.model import File


def extract_messages(
    files: Iterable[tuple[File, str]], keywords: Mapping[str, Any]
) -> BabelCatalog:
    """A template catalog (.pot) with every string of the files; each file comes with its extraction
    method.

    Methods are Babel's: `python`, or `jinja2` through the entry point that Jinja registers.
    """
    catalog = BabelCatalog(fuzzy=False, charset="utf-8")
    for file, method in files:
        options = {"trimmed": "true"} if method == "jinja2" else {}
        found = extract(method, io.BytesIO(file.data), keywords, ("Translators:",), options)
        for line, msgid, comments, context in found:
            place = [(file.path, line)]
            catalog.add(msgid, None, place, auto_comments=comments, context=context)
    return catalog


def without(template: BabelCatalog, other: BabelCatalog) -> BabelCatalog:
    """The strings of a template catalog that another one lacks."""
    return _picked(template, lambda msgid: msgid not in other)


def update_catalog(
    existing: str | None, template: BabelCatalog, locale: str, theme: BabelCatalog | None = None
) -> str:
    """The text of a catalog after an update: new strings are added, unused ones become obsolete.

    Comments above the head stay, since translators note their choice of words there. The strings of
    the theme that the catalog already has stay as well, since the site words them differently.
    """
    if existing is None:
        catalog = BabelCatalog(locale=locale, fuzzy=False, charset="utf-8")
    else:
        catalog = read_po(io.StringIO(existing), locale=locale)
    if theme is not None:
        template = _picked(theme, catalog.__contains__, template)
    catalog.update(template, no_fuzzy_matching=False, update_creation_date=False)
    body = _body(catalog)
    last = _last_notes(existing or "")
    if last and not body.endswith("\n\n"):
        body += "\n"
    return _notes(existing or "") + catalog_head(locale) + body + last


def _picked(
    catalog: BabelCatalog, wanted: Callable[[Any], bool], into: BabelCatalog | None = None
) -> BabelCatalog:
    """A new template catalog with all strings of `into`, and after them the strings of `catalog`
    whose msgid is wanted.
    """
    picked = BabelCatalog(fuzzy=False, charset="utf-8")
    for each in (*(into or ()), *(one for one in catalog if one.id and wanted(one.id))):
        if each.id:
            picked.add(
                each.id,
                None,
                each.locations,
                auto_comments=each.auto_comments,
                context=each.context,
            )
    return picked


def _notes(text: str) -> str:
    """The comments and empty lines above the header of a catalog."""
    lines = takewhile(_is_note, text.splitlines(keepends=True))
    return "".join(lines)


def _last_notes(text: str) -> str:
    """The comments after the last entry of a catalog."""
    lines = list(takewhile(_is_note, reversed(text.splitlines(keepends=True))))
    return "".join(reversed(lines)).strip("\n") + "\n" if any(map(str.strip, lines)) else ""


def _is_note(line: str) -> bool:
    """Whether a line is empty or a comment; `#~`, an obsolete entry, is none."""
    return not line.strip() or (line.startswith("#") and not line.startswith("#~"))


def message_template(template: BabelCatalog) -> str:
    """The text of `messages.pot`."""
    lines = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return lines + _body(template)


def _body(catalog: BabelCatalog) -> str:
    body = io.BytesIO()
    write_po(body, catalog, omit_header=True, sort_by_file=True, include_lineno=False, width=100)
    return body.getvalue().decode("utf-8")
