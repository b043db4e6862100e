"""A stand-in for the API of the git host: as much of it as the forms ask for, in memory.

It answers as GitHub documents it: REST below `/user`, `/repos`, and GraphQL for reading texts and for
commits. What it is asked beyond that is an error, and a test sees it in `unknown`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Route

API = "https://api.github.com"
_HEADERS = {"Access-Control-Allow-Origin": "*"}


@dataclass(frozen=True)
class Commit:
    """What one save wrote."""

    message: str
    head: str  # the commit that the browser had seen last
    added: tuple[str, ...]
    deleted: tuple[str, ...]


@dataclass
class GitHost:
    """One repository, with one branch."""

    repository: str
    files: dict[str, bytes]
    branch: str = "main"
    token: str = "a-token"
    commits: list[Commit] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The id of the last commit."""
        return hashlib.sha1(f"commit {len(self.commits)}".encode()).hexdigest()

    def answer(self, route: Route) -> None:
        """Answers a request of the browser."""
        request = route.request
        if request.method == "OPTIONS":
            allowed = {"Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"}
            route.fulfill(status=204, headers={**_HEADERS, **allowed})
            return
        if self.token not in request.headers.get("authorization", ""):
            route.fulfill(status=401, json={"message": "Bad credentials"}, headers=_HEADERS)
            return
        path = unquote(urlsplit(request.url).path)
        asked = request.post_data_json or {}
        found = self._graphql(asked) if path == "/graphql" else self._rest(path)
        if found is None:
            self.unknown.append(f"{request.method} {path} {request.post_data or ''}")
            route.fulfill(status=404, json={"message": "Not Found"}, headers=_HEADERS)
        elif found == {}:
            route.fulfill(status=204, headers=_HEADERS)
        else:
            route.fulfill(json=found, headers=_HEADERS)

    def _rest(self, path: str) -> dict[str, Any] | None:
        if path == "/user":
            return {"login": "anna", "name": "Anna", "id": 1, "email": "anna@example.org"}
        inside = path.removeprefix(f"/repos/{self.repository}/")
        if inside == "collaborators/anna":
            return {}
        if inside.startswith("git/trees/"):
            tree = [
                {"type": "blob", "path": name, "sha": _blob(data), "size": len(data)}
                for name, data in sorted(self.files.items())
            ]
            return {"sha": self.head, "tree": tree, "truncated": False}
        if inside.startswith("git/blobs/"):
            wanted = inside.rpartition("/")[2]
            data = next(each for each in self.files.values() if _blob(each) == wanted)
            return {"content": base64.b64encode(data).decode(), "encoding": "base64"}
        return None

    def _graphql(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        query, variables = asked["query"], asked.get("variables", {})
        if "createCommitOnBranch" in query:
            return self._commit(variables["input"])
        if "ref(" in query:
            return _data(self._history(query))
        objects = re.findall(r'(\w+): object\(oid: "(\w+)"\)', query)
        if "checkSuites" in query:  # whether a commit is published by now
            nothing: dict[str, Any] = {"nodes": []}
            status = {"status": None, "deployments": nothing, "checkSuites": nothing}
            return _data({name: status for name, _ in objects})
        if objects:
            known = {_blob(data): data for data in self.files.values()}
            return _data({name: {"text": known[oid].decode()} for name, oid in objects})
        return None

    def _history(self, query: str) -> dict[str, Any]:
        """The last commit, of the branch or of each file that is asked for by a name."""
        target = {"oid": self.head, "history": {"nodes": [self._node()]}}
        names = re.findall(r"(commit_\d+):", query) or ["ref"]
        return {name: {"target": target} for name in names}

    def _node(self) -> dict[str, Any]:
        author = {"name": "Anna", "email": "anna@example.org", "user": {"id": 1, "login": "anna"}}
        return {
            "oid": self.head,
            "message": "the last commit",
            "author": author,
            "committedDate": "2027-03-10T12:00:00Z",
        }

    def _commit(self, asked: dict[str, Any]) -> dict[str, Any]:
        changes = asked["fileChanges"]
        for each in changes.get("additions", ()):
            self.files[each["path"]] = base64.b64decode(each["contents"])
        for each in changes.get("deletions", ()):
            del self.files[each["path"]]
        self.commits.append(
            Commit(
                asked["message"]["headline"],
                asked["expectedHeadOid"],
                tuple(each["path"] for each in changes.get("additions", ())),
                tuple(each["path"] for each in changes.get("deletions", ())),
            )
        )
        return {"data": {"createCommitOnBranch": {"commit": {"oid": self.head}}}}


def _data(repository: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"repository": repository}}


def _blob(data: bytes) -> str:
    """The id that git gives a file."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
