"""The command `diptych` of an installed program, and `python -m diptych`; Ctrl+C ends both quietly.

Python's own handler raises KeyboardInterrupt anywhere, also during imports, which take a good part
of a short command; a half-loaded C extension may then crash. So until the command runs, and after
it, the system's handler is in place, which only ends the process.
"""

import signal
import sys
from pathlib import Path


def installed() -> int:
    """Runs the command on the site in the current folder; returns its exit status."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored, as with nohup
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from diptych.cli import main  # everything else is imported with it

    return main(root=Path.cwd())


if __name__ == "__main__":
    sys.exit(installed())
