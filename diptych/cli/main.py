"""The start of every call: repeats the last result if nothing changed, else runs the command."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from diptych.cli.call import deciding, last
from diptych.glance import Said, last_said

_DONE, _ENVIRONMENT = 0, 3  # exit statuses of the contract


def main(arguments: Sequence[str] | None = None, *, root: Path) -> int:
    """Runs a command on the site at `root` (or at `--root`); returns the exit status of the
    contract: 0 done, 1 the site has errors, 2 the call is wrong, 3 the environment failed.

    If nothing changed since the same `build` or `check`, its messages are repeated, and neither the
    command nor the libraries are imported.
    """
    try:
        return _flushed(_begun(arguments, root))
    except KeyboardInterrupt:  # if Python code calls `main`; a running command handles it
        return _flushed(_ENVIRONMENT)


def _begun(arguments: Sequence[str] | None, root: Path) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    call = deciding(given, started=arguments is None)
    site = Path(last(given, "--root") or root)
    file = site / ".cache" / ("check.json" if "check" in given else "build.json")
    said = last_said(file, site, call, _now())
    if said is not None:
        return _repeated(said)
    from diptych.cli.running import run

    return run(given, root, call, started=arguments is None)


def _now() -> int:
    """The time, in nanoseconds."""
    return time.time_ns()


def _repeated(said: Said) -> int:
    for name, text in said:
        stream = getattr(sys, name)
        if stream is not None:
            if hasattr(stream, "reconfigure"):  # an ASCII locale must not break a message
                stream.reconfigure(encoding="utf-8", errors="replace")
            try:
                stream.write(text)
            except OSError:
                return _ENVIRONMENT
    return _DONE


def _flushed(status: int) -> int:
    """Flushes the output; the status, or that of a failed environment if flushing fails."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # a full disk, or a reader who has gone
            status = status or _ENVIRONMENT
            with suppress(OSError):
                stream.close()  # else Python flushes it once more at its end
    return status
