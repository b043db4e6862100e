"""A PO file for translators without git: exports the texts that a language lacks, and imports them
after checks.

Markdown and YAML remain the source; the PO file is a view of them. The export joins the lines of
each text. The import wraps each text as its file does, and changes nothing else in that file.
"""

from diptych.translation.po.exporting import (
    FORMAT_FIELD,
    ExportEntry,
    ExportOptions,
    export_entries,
    export_po,
)
from diptych.translation.po.importing import (
    ImportResult,
    diff_of,
    import_po,
    unreturned,
)
from diptych.translation.po.pages import PageTranslation, translation_of

__all__ = [
    "FORMAT_FIELD",
    "ExportEntry",
    "ExportOptions",
    "ImportResult",
    "PageTranslation",
    "diff_of",
    "export_entries",
    "export_po",
    "import_po",
    "translation_of",
    "unreturned",
]
