"""The command of the site: `python build.py` builds it, `python build.py --help` tells the rest."""

import sys
from pathlib import Path

from diptych.cli import main

sys.exit(main(root=Path(__file__).resolve().parent))
