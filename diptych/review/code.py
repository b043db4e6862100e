"""Changes to everything that runs or frames every page: templates, strings, styles, scripts, code."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from diptych.model import Catalog
from diptych.review.values import CHANGED, GONE, NEW, BuiltSite, ChangedString, CodeChange, Weight

CODE = ("templates/", "i18n/", "assets/", "extend.py")  # the first part of their paths


def is_code(path: str) -> bool:
    """Whether a file of a site runs or frames its pages."""
    return path.startswith(CODE)


def wordings(before: BuiltSite, after: BuiltSite) -> Iterator[ChangedString]:
    """Every interface string that readers see in other words, by language and msgid."""
    if before.site is None or after.site is None:
        return
    for language in dict.fromkeys([*before.site.catalogs, *after.site.catalogs]):
        old = _messages(before.site.catalogs.get(language))
        new = _messages(after.site.catalogs.get(language))
        for msgid in sorted({*old, *new}):
            if old.get(msgid, "") != new.get(msgid, ""):
                yield ChangedString(language, msgid, old.get(msgid, ""), new.get(msgid, ""))


def _messages(catalog: Catalog | None) -> dict[str, str]:
    """The words that readers see for each msgid: the site's own, or else the theme's."""
    if catalog is None:
        return {}
    whole: Mapping[str, tuple[str, ...]] = catalog.messages
    own = {key: "\n".join(forms) for key, forms in whole.items() if any(forms)}
    return {**_messages(catalog.theme), **own}


def code_changes(before: BuiltSite, after: BuiltSite) -> Iterator[CodeChange]:
    """Every such file that was added, removed or changed, by path."""
    for path in sorted({*before.code, *after.code}):
        old, new = before.code.get(path), after.code.get(path)
        if old == new:
            continue
        kind = NEW if old is None else GONE if new is None else CHANGED
        weight = Weight(len(old or b""), len(new or b""))
        yield CodeChange(kind, path, tuple(_difference(old or b"", new or b"")), weight)


def _difference(old: bytes, new: bytes) -> Iterator[str]:
    """The lines that differ, with their context; none if a file is no text."""
    try:
        before, after = old.decode("utf-8").splitlines(), new.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return
    found = difflib.unified_diff(before, after, lineterm="", n=1)
    yield from list(found)[2:]  # without the two lines with file names
