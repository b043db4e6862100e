"""Locales: their dates, numbers and amounts from CLDR; interface strings and messages from catalogs.

Only this package imports Babel, which holds the data of CLDR.
"""

from diptych.i18n.catalogs import FEW, CatalogRequest, Strings, read_catalog, strings_of
from diptych.i18n.entries import has_placeholders, markup_in
from diptych.i18n.formats import (
    format_amount,
    format_date,
    format_number,
    format_size,
    machine_date,
    rounded_size,
)
from diptych.i18n.locales import (
    direction_of,
    has_right_to_left,
    known_locale,
    language_code,
    own_name,
    with_directions,
)
from diptych.i18n.notations import Notation, csv_separator, notation
from diptych.i18n.plurals import plural_rule
from diptych.i18n.po import PoEntry, po_lines, read_po
from diptych.i18n.speech import (
    OF_FILE,
    TOOL_LANGUAGES,
    TOOL_LOCALES,
    WriteCommand,
    translator,
    translator_in_each,
    translator_of_file,
)
from diptych.i18n.zones import day_in, known_zone, known_zones, moment_in

__all__ = [
    "FEW",
    "OF_FILE",
    "TOOL_LANGUAGES",
    "TOOL_LOCALES",
    "CatalogRequest",
    "Notation",
    "PoEntry",
    "Strings",
    "WriteCommand",
    "csv_separator",
    "day_in",
    "direction_of",
    "format_amount",
    "format_date",
    "format_number",
    "format_size",
    "has_placeholders",
    "has_right_to_left",
    "known_locale",
    "known_zone",
    "known_zones",
    "language_code",
    "machine_date",
    "markup_in",
    "moment_in",
    "notation",
    "own_name",
    "plural_rule",
    "po_lines",
    "read_catalog",
    "read_po",
    "rounded_size",
    "strings_of",
    "translator",
    "translator_in_each",
    "translator_of_file",
    "with_directions",
]
