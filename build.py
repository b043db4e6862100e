"""The command of the site: `python build.py` builds it, `python build.py --help` tells the rest."""

import gc
import sys
from pathlib import Path

gc.disable()  # a command lives for a second and needs what it makes; the preview turns it on

try:
    from diptych.cli import leave, main
except ModuleNotFoundError as missing:
    print(
        f"{missing.name} is not installed here: run `make site` once, then .venv/bin/python build.py",
        f"{missing.name} n'est pas installé ici : `make site`, puis .venv/bin/python build.py",
        f"{missing.name} is hier niet geïnstalleerd: `make site`, daarna .venv/bin/python build.py",
        sep="\n",
        file=sys.stderr,
    )
    sys.exit(3)

leave(main(root=Path(__file__).resolve().parent))
