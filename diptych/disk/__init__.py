"""The only package that touches the site's disk: reads a source tree, publishes an output tree,
writes sources.

A published tree is complete or absent: it is written elsewhere and then exchanged in one step.
Files that this program did not make are neither overwritten nor deleted. Sources are written all or
none, and never over a newer save.
"""

from diptych.disk.git import earlier_texts, newest_commit
from diptych.disk.manifest import MANIFEST, listed, verify
from diptych.disk.output import write_output
from diptych.disk.publish import Publication, publish
from diptych.disk.read import TreeReader, bytes_of, read_file, read_tree
from diptych.disk.refusals import reason_of, refusal
from diptych.disk.sources import is_free, take_back, write_site, write_sources
from diptych.disk.versions import for_pip, made_by, own_address, version, version_line
from diptych.disk.writing import OutputRefused, SourceChanged, WriteRefused

__all__ = [
    "MANIFEST",
    "OutputRefused",
    "Publication",
    "SourceChanged",
    "TreeReader",
    "WriteRefused",
    "bytes_of",
    "earlier_texts",
    "for_pip",
    "is_free",
    "listed",
    "made_by",
    "newest_commit",
    "own_address",
    "publish",
    "read_file",
    "read_tree",
    "reason_of",
    "refusal",
    "take_back",
    "verify",
    "version",
    "version_line",
    "write_output",
    "write_site",
    "write_sources",
]
