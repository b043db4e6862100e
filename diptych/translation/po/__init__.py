"""One PO file for translators without git: exports what a language lacks, and imports it checked.

Markdown and YAML remain the source; the PO file is a view of them. The export joins the lines of
each text. The import wraps each text as its file does, and changes nothing else in that file.
"""

from diptych.translation.po.delivery import Delivery, diff_of, import_po, replaced_files
from diptych.translation.po.ledger import Ledger, ledger_of
from diptych.translation.po.outgoing import FORMAT_FIELD, Offer, Order, export_po, offers_of

__all__ = [
    "FORMAT_FIELD",
    "Delivery",
    "Ledger",
    "Offer",
    "Order",
    "diff_of",
    "export_po",
    "import_po",
    "ledger_of",
    "offers_of",
    "replaced_files",
]
