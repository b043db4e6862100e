"""`assets/` under fingerprinted addresses, so that a browser may keep them for ever."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterable

from diptych.diagnostics import Diagnostic, Outcome, Source, error, nearest, say
from diptych.files.theme import THEME
from diptych.model import Asset, File

_REFERENCE = re.compile(r"url\(\s*(['\"]?)(?!data:|#|https?:)([^'\")]+)\1\s*\)")


def fingerprint(files: Iterable[File]) -> Outcome[tuple[Asset, ...]]:
    """Every file below `assets/` of site or theme with the digest of its bytes in its name.

    References in style sheets follow. Diagnostics: broken-asset, for a reference to no file.
    """
    found = {each.path.removeprefix(f"{THEME}/").removeprefix("assets/"): each for each in files}
    problems: list[Diagnostic] = []
    assets: dict[str, Asset] = {}
    for name in sorted(found, key=lambda each: (each.endswith(".css"), each)):
        data = found[name].data
        if name.endswith(".css"):
            data = _rewritten(name, found[name], assets, problems)
        assets[name] = Asset(name, hashed_path(name, data), data)
    return Outcome(tuple(assets[name] for name in sorted(assets)), tuple(problems))


def hashed_path(name: str, data: bytes) -> str:
    """`site.css` -> `assets/site.<digest>.css`."""
    stem, extension = posixpath.splitext(posixpath.basename(name))
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:10]}{extension}"


def integrity(text: str) -> str:
    """`sha256-…`: how a policy, or a script element, allows exactly this text and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _rewritten(
    name: str, file: File, assets: dict[str, Asset], problems: list[Diagnostic]
) -> bytes:
    text = file.data.decode("utf-8", "replace")
    source = Source(file.path, text)

    def follow(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        if target in assets:
            return f'url("{posixpath.basename(assets[target].path)}")'
        near = nearest(target, assets)
        message = say("there is no file `assets/{name}`", name=target)
        hint = say("did you mean `{near}`?", near=near) if near else None
        span = source.span(match.start(2), match.end(2))
        problems.append(error("broken-asset", span, message, hint))
        return match.group()

    return _REFERENCE.sub(follow, text).encode()
