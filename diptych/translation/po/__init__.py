"""Translators without git: what a language lacks goes out as one PO file, and comes back checked.

Markdown and YAML stay the truth; the PO file is a view of them. Going out, each text is freed of
its wrapping; coming back, it is written as its file is written, and nothing else is touched.
"""

from diptych.translation.po.delivery import Delivery, diff_of, import_po, replaced_files
from diptych.translation.po.ledger import Ledger, bundles_of, ledger_of
from diptych.translation.po.outgoing import Offer, Order, export_po, offers_of

__all__ = [
    "Delivery",
    "Ledger",
    "Offer",
    "Order",
    "bundles_of",
    "diff_of",
    "export_po",
    "import_po",
    "ledger_of",
    "offers_of",
    "replaced_files",
]
