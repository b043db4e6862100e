"""The only package that touches the site's disk: reads a source tree, publishes an output tree,
writes sources.

A published tree is complete or absent: it is written elsewhere and then exchanged in one step.
Files that this program did not make are neither overwritten nor deleted. Sources are written all or
none, and never over a newer save.
"""

from diptych.disk.beginning import checkout_of, commit_of, is_free, write_site
from diptych.disk.history import earlier_texts
from diptych.disk.manifest import MANIFEST, digests_of, published, verify
from diptych.disk.output import write_output
from diptych.disk.publish import publish
from diptych.disk.read import bytes_of, read_file, read_tree, signature
from diptych.disk.refused import OutputRefused, SourceChanged, WriteRefused
from diptych.disk.sources import TakenBack, take_back, write_sources
from diptych.disk.versions import for_pip, made_by, newest_commit, version

__all__ = [
    "MANIFEST",
    "OutputRefused",
    "SourceChanged",
    "TakenBack",
    "WriteRefused",
    "bytes_of",
    "checkout_of",
    "commit_of",
    "digests_of",
    "earlier_texts",
    "for_pip",
    "is_free",
    "made_by",
    "newest_commit",
    "publish",
    "published",
    "read_file",
    "read_tree",
    "signature",
    "take_back",
    "verify",
    "version",
    "write_output",
    "write_site",
    "write_sources",
]
