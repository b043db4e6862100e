"""PO files for translators without git: exports the texts that a language lacks, and imports their
translations.

Markdown and YAML remain the sources. `pages` knows the texts of a page and their translations. The
export (`exporting`) writes each text as one line (`readable`) of a file (`parsing` knows its form).
The import (`importing`) reads the file (`parsing`), finds the unit of each entry (`matches`), checks
the translations (`validation`, `marks`), writes them into the site's files in the style of each file
(`patching`, `yaml_fields`, `yaml_texts`, `wrapping`), and reads the result back (`verifying`).
"""

from diptych.translation.po.exporting import (
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
from diptych.translation.po.parsing import FORMAT_FIELD

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
