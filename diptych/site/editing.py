"""The addresses at which a file is edited in the browser, per git host."""

from __future__ import annotations

from urllib.parse import quote

_FORGEJO = ("codeberg.org",)


def edit_address(repository: str, path: str) -> str:
    """The address at which a file on the branch `main` is edited: at GitHub, GitLab or Codeberg."""
    host = repository.partition("://")[2].partition("/")[0]
    way = "-/edit" if "gitlab" in host else "_edit" if host in _FORGEJO else "edit"
    return f"{repository}/{way}/main/{quote(path)}"
