"""The command of the site: `python build.py` builds it, `python build.py --help` lists its commands."""

import signal
import sys
from pathlib import Path

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C while modules load: no stack
try:
    from diptych.cli import main

    status = main(root=Path(__file__).resolve().parent)
# a library may also be missing later: a command imports it only when it needs it
except ModuleNotFoundError as missing:
    install, program = "make site", ".venv/bin/python build.py"
    if sys.platform == "win32":  # where there is no make
        install = "docs/nl/op-je-computer.md, docs/fr/sur-votre-ordinateur.md"
        program = r".venv\Scripts\python build.py"
    print(
        f"{missing.name} is not installed here. First, once: {install}. Then: {program}",
        f"{missing.name} n'est pas installé ici. D'abord, une fois : {install}. Ensuite : {program}",
        f"{missing.name} is hier niet geïnstalleerd. Eerst, één keer: {install}. Daarna: {program}",
        sep="\n",
        file=sys.stderr,
    )
    sys.exit(3)

sys.exit(status)
