"""Interface strings out of templates and code, and into catalogs; with Babel's own machinery.

No date and no tool version is written, so that the same input gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from diptych.i18n.catalogs import head_of
from diptych.model import File


def extract_messages(
    files: Iterable[tuple[File, str]], keywords: Mapping[str, Any]
) -> BabelCatalog:
    """A template catalog of every string in files, each given with its extraction method.

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


def update_catalog(existing: str | None, template: BabelCatalog, locale: str) -> str:
    """The text of a catalog after an update: new strings added, lost ones kept as obsolete.

    Comments above the head stay: there a translator notes which word stands for which.
    """
    if existing is None:
        catalog = BabelCatalog(locale=locale, fuzzy=False, charset="utf-8")
    else:
        catalog = read_po(io.StringIO(existing), locale=locale)
    catalog.update(template, no_fuzzy_matching=False, update_creation_date=False)
    return _notes(existing or "") + head_of(locale) + _body(catalog)


def _notes(text: str) -> str:
    """The comment lines with which a catalog begins."""
    lines = takewhile(lambda line: line.startswith("#"), text.splitlines(keepends=True))
    return "".join(lines)


def message_template(template: BabelCatalog) -> str:
    """The text of `messages.pot`."""
    lines = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return lines + _body(template)


def _body(catalog: BabelCatalog) -> str:
    body = io.BytesIO()
    write_po(body, catalog, omit_header=True, sort_by_file=True, include_lineno=False, width=100)
    return body.getvalue().decode("utf-8")
