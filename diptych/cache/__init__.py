"""The cache of a build: the result of a step is used again while the inputs of the step are the
same.

A result is valid while the digests of its inputs and of the program are the same; the times of
files do not matter. The results are stored in one SQLite file as MessagePack. Each is decoded as
the return type of its step, so the content of the file can become a value and is never run as code.
A damaged, missing or locked file counts as empty and causes no error; `.cache/` may be deleted at
any time.

The bytes of a finished file (`Body`) are stored apart from the result that refers to them. They are
written during the build to free memory, and are read again only on request.
"""

from diptych.cache.cache import Cache
from diptych.cache.digests import Digest, digest
from diptych.cache.encoding import decoded, encoded, result_type
from diptych.cache.groups import (
    GroupRequest,
    SlotGroup,
    SlotRequest,
    digest_of_texts,
    group_of,
    slot_group,
)
from diptych.cache.watch import Watch
from diptych.glance import program_digest

__all__ = [
    "Cache",
    "Digest",
    "GroupRequest",
    "SlotGroup",
    "SlotRequest",
    "Watch",
    "decoded",
    "digest",
    "digest_of_texts",
    "encoded",
    "group_of",
    "program_digest",
    "result_type",
    "slot_group",
]
