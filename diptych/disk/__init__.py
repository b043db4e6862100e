"""The one room that touches the site's disk: reads a source tree, publishes an output tree.

A published tree is complete, or it is not there: written beside the old one, then switched in
one step. What this tool did not make is neither overwritten nor deleted.
"""

from diptych.disk.history import earlier_texts
from diptych.disk.publish import MANIFEST, OutputRefused, publish, verify
from diptych.disk.read import FOLDERS, read_tree, signature, write_new, write_text

__all__ = [
    "FOLDERS",
    "MANIFEST",
    "OutputRefused",
    "earlier_texts",
    "publish",
    "read_tree",
    "signature",
    "verify",
    "write_new",
    "write_text",
]
