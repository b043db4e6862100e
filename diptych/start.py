"""The command `diptych` of an installed program; Ctrl+C ends it without a stack from the first moment.

Python's own handler raises KeyboardInterrupt wherever the program is, also among the imports, which
take a good part of a quick command, and where an extension in C that is half loaded may crash. Until
the command runs, and after it, the system's handler stands in its place, which only ends the process.
"""

import signal
from pathlib import Path


def installed() -> int:
    """Runs the command on the site in the folder where it is called; its exit status."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored, as with nohup
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from diptych.cli import main  # everything else is imported with it

    return main(root=Path.cwd())
