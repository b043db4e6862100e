"""What the files of a site may hold, told to others: to editors' programs, and in the manual.

Everything here is made from the records with which the files are read, so that a key stands in
one place. JSON Schema for what completes and checks as one types; tables for the guides; and the
form of the JSON report, for whoever reads that.
"""

from diptych.outputs.schemas.documents import DOCUMENTS, FOLDER, Document, site_schemas
from diptych.outputs.schemas.report import REPORT, STATUS
from diptych.outputs.schemas.tables import REFERENCES, reference_table, with_references

__all__ = [
    "DOCUMENTS",
    "FOLDER",
    "REFERENCES",
    "REPORT",
    "STATUS",
    "Document",
    "reference_table",
    "site_schemas",
    "with_references",
]
