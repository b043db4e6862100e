"""`python -m diptych.workplace form COMMAND`, `… proposal BEFORE OUTPUT`, `… earlier DIR` or
`… admin [DIR]`.

Each command works on the site in the current folder.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from diptych.outputs.forms.page import FOLDER
from diptych.workplace import admin, earlier, form, proposal

_ACTS: Mapping[str, Callable[[Path, list[str]], int]] = {
    "form": lambda root, words: form.submit(root, words[0]),
    "proposal": lambda root, words: proposal.write(root, Path(words[0]), Path(words[1])),
    "earlier": lambda root, words: earlier.judge(root, Path(words[0])),
    "admin": lambda _, words: admin.fetch(Path(words[0] if words else FOLDER)),
}

if __name__ == "__main__":
    sys.exit(_ACTS[sys.argv[1]](Path.cwd(), sys.argv[2:]))
