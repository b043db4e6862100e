"""JSON Schemas of the files of a site and of the JSON reports, and the tables of keys in the
guides.

Schemas of files and tables are made from the records that read the files, so that a key is declared
once. The schemas of the reports are files of this package.
"""

from diptych.outputs.schemas.documents import DOCUMENTS, FOLDER, FileKind, site_schemas
from diptych.outputs.schemas.tables import REFERENCES, reference_table, with_references

__all__ = [
    "DOCUMENTS",
    "FOLDER",
    "REFERENCES",
    "FileKind",
    "reference_table",
    "site_schemas",
    "with_references",
]
