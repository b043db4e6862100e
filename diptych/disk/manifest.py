"""`release.json`, the manifest of a published tree: the list of its files with their digests."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from diptych.diagnostics import Message, say
from diptych.disk.trees import scan

MANIFEST = "release.json"


def digest(data: bytes) -> str:
    """The digest of a published file, in the form of manifests."""
    return hashlib.sha256(data).hexdigest()


def manifest(digests: Mapping[str, str], day: datetime.date | None) -> bytes:
    """The manifest of files with these digests; with the `day` if something in them depends on it."""
    files = {path: digests[path] for path in sorted(digests)}
    made = {"made-by": "diptych", **({"day": day.isoformat()} if day else {}), "files": files}
    return (json.dumps(made, indent=1) + "\n").encode()


def listed(target: Path) -> dict[str, str] | None:
    """The digests in the manifest of a tree, by path below the tree; None if the tree has no
    manifest that this program wrote.
    """
    try:
        content = json.loads((target / MANIFEST).read_bytes())
        if content["made-by"] != "diptych":
            return None
        return {str(path): str(value) for path, value in content["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def published(target: Path) -> dict[str, bytes]:
    """The bytes of the manifest, and of every file in the manifest that exists, by path below the
    tree.
    """
    names = (*(listed(target) or {}), MANIFEST)
    return {name: (target / name).read_bytes() for name in names if (target / name).is_file()}


def verify(target: Path) -> tuple[Message, ...]:
    """The differences between a published tree and its own manifest; empty if there are none."""
    files = listed(target)
    if files is None:
        message = say(
            "{folder} has no {name}, the list of what was published",
            folder=str(target),
            name=MANIFEST,
        )
        return (message,)
    problems = []
    for path, expected in sorted(files.items()):
        file = target / path
        if not file.is_file():
            problems.append(say("{path} is missing", path=path))
        elif digest(file.read_bytes()) != expected:
            problems.append(say("{path} was changed", path=path))
    known = {*files, MANIFEST}
    strangers = [name for name in sorted(scan(str(target)).files) if name not in known]
    problems += [
        say("{path} is not on the list of what was published", path=name) for name in strangers
    ]
    return tuple(problems)
