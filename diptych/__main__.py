"""The command `diptych` as a module: `python -m diptych`."""

import sys

from diptych.start import installed

if __name__ == "__main__":
    sys.exit(installed())
