"""The version of this program, its commit, and the address it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import diptych
from diptych.disk import checkout_of, commit_of


def version_line() -> str:
    """The version, with the commit where it is known: what one names in a report of a fault."""
    commit = _installation().get("vcs_info", {}).get("commit_id") or commit_of(_package())
    return f"diptych {diptych.VERSION} ({commit})" if commit else f"diptych {diptych.VERSION}"


def own_address() -> str:
    """The repository with its commit, as pip reads it: of this program's installation, else of its
    checkout; "" if both are unknown.
    """
    known = _installation()
    commit = known.get("vcs_info", {}).get("commit_id")
    return f"git+{known['url']}@{commit}" if commit else checkout_of(_package()) or ""


def _installation() -> Mapping[str, Any]:
    """What pip recorded of the installation (PEP 610, `direct_url.json`); empty for a checkout, even
    if the program is installed beside it.
    """
    from importlib import metadata  # other calls need none of it, and it takes 30 ms

    try:
        found = metadata.distribution("diptych")
    except metadata.PackageNotFoundError:
        return {}
    if Path(str(found.locate_file("diptych"))).resolve() != _package():
        return {}
    recorded = found.read_text  # beside the installed program
    text = recorded("direct_url.json")
    return json.loads(text) if text else {}


def _package() -> Path:
    return Path(diptych.__file__).resolve().parent
