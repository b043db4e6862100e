"""Writes the workflows of this repository that every site has: `python tools/workflows.py`.

They come from the templates that `diptych init` fills for another organisation's site. A test fails
if a workflow differs from its template. `tests.yml` and `weekly.yml` belong to this repository alone;
`.gitlab-ci.yml` is for copies of it at GitLab.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from diptych.content.workflows import workflows  # noqa: E402

LANGUAGES = ("nl", "fr")
VALUES = {
    "FIRST": "nl",
    "OTHER": "fr",
    "ANY": "faq",
    "PART": "become-member",
    "NEW": "contact",
    "EVENT": "first-march",
    "LOCKS": "requirements/*.txt",
}


def written() -> dict[str, str]:
    """The text of each workflow, by its path."""
    files = {
        **dict(workflows(LANGUAGES, "github", VALUES)),
        **dict(workflows(LANGUAGES, "gitlab", VALUES)),
    }
    return {
        path: text
        for path, text in files.items()
        if path.startswith(".github/workflows/") or path == ".gitlab-ci.yml"
    }


def main() -> int:
    for path, text in written().items():
        (ROOT / path).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
