"""The command of the site: `python build.py` builds it, `python build.py --help` tells the rest."""

import signal
import sys
from pathlib import Path

stopping = signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C while modules load: no stack
try:
    from diptych.cli import main
except ModuleNotFoundError as missing:
    print(
        f"{missing.name} is not installed here: run `make site` once, then .venv/bin/python build.py",
        f"{missing.name} n'est pas installé ici : `make site`, puis .venv/bin/python build.py",
        f"{missing.name} is hier niet geïnstalleerd: `make site`, daarna .venv/bin/python build.py",
        sep="\n",
        file=sys.stderr,
    )
    sys.exit(3)

signal.signal(signal.SIGINT, stopping)
status = main(root=Path(__file__).resolve().parent)
signal.signal(signal.SIGINT, signal.SIG_DFL)  # nor while Python ends
sys.exit(status)
