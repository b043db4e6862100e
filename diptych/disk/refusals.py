"""Says in words why the system refused something: a full disk, no permission, a file that is gone."""

from __future__ import annotations

import errno

from diptych.diagnostics import Message, say

_REASONS = {
    errno.EACCES: say("this account has no permission"),
    errno.EADDRINUSE: say("another program uses it already"),
    errno.EBUSY: say("another program uses it already"),
    errno.EDQUOT: say("the room of this account on the disk is full"),
    errno.EEXIST: say("it is there already"),
    errno.EISDIR: say("it is a folder and not a file"),
    errno.EMFILE: say("too many files are open at once"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.ENFILE: say("too many files are open at once"),
    errno.ENOENT: say("there is no such file or folder"),
    errno.ENOSPC: say("the disk is full"),
    errno.ENOTDIR: say("it is a file and not a folder"),
    errno.EPERM: say("this account has no permission"),
    errno.EROFS: say("it can be read and not written"),
}


def reason_of(failure: OSError) -> Message | str:
    """Why the system refused something, in words; for a rare reason the words of the system."""
    return _REASONS.get(failure.errno or 0) or failure.strerror or str(failure)


def refusal(failure: OSError) -> Message:
    """The sentence that the system refused something, with the file where it is known."""
    if not failure.filename:
        return say("the system refused: {reason}", reason=reason_of(failure))
    return say(
        "the system refused: {reason} ({path})",
        reason=reason_of(failure),
        path=str(failure.filename),
    )
