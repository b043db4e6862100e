"""The files of the CMS, which the site carries; each is known by its SHA-256.

They are not part of this repository, since they are three megabytes for a page that is off. `make
admin` fetches the package named here and keeps the files with the right digests. The folder is
committed with the site, so that a build fetches nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Span, error, say
from diptych.model import Tree
from diptych.values import Value

FOLDER = "vendor/sveltia-cms"
# its licence is MIT, that of the letters OFL, that of the signs Apache 2
PACKAGE = "@sveltia/cms@0.221.1"


class Vendored(Value):
    """A file of the package that the page needs."""

    name: str  # its path below FOLDER, and below admin/ as published
    source: str  # in the package
    digest: str  # SHA-256, in hexadecimal

    @property
    def path(self) -> str:
        """Its path in the site."""
        return f"{FOLDER}/{self.name}"


SCRIPT = Vendored(
    "sveltia-cms.js",
    "dist/sveltia-cms.js",
    "2fc783907e1a4a70783f155cc28435c70b8f79792f2aab75e787984e84aa413a",
)
SIGNS = Vendored(
    "signs.woff2",
    "npm/assets/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
    "98db9feefa170bf76e9c19d19af6dd62054165efc89c4b506c361e069719e884",
)
LETTERS = Vendored(
    "letters.woff2",
    "npm/assets/source-sans-3-latin-wght-normal-BqRLTx4X.woff2",
    "7a19a7027e125257d310c6dbd78ae3a30b5ea1e3794d60b12bb28227a003bfda",
)
DUTCH = Vendored(
    "nl.json",
    "locales/nl.json",
    "f2a9edc8320a7c8cae578a9d41534fc1113dea3afec30bb048208cf4e22c12d4",
)
FRENCH = Vendored(
    "fr.json",
    "locales/fr.json",
    "fd856b79fbd238cefebb369e5efa10a67aa583a29ab036f30667146473575b17",
)
VENDORED = (SCRIPT, SIGNS, LETTERS, DUTCH, FRENCH)
WORDS = tuple(each.name.removesuffix(".json") for each in (DUTCH, FRENCH))  # besides English


def check_vendored(tree: Tree, span: Span) -> Iterator[Diagnostic]:
    """admin-script: a file that is missing or different; `span` is the place of `admin:`."""
    for each in VENDORED:
        file = tree.get(each.path)
        found = hashlib.sha256(file.data).hexdigest() if file else None
        if found == each.digest:
            continue
        message = say(
            "the forms need the file {path}, with the SHA-256 {digest}",
            path=each.path,
            digest=each.digest,
        )
        if found is not None:
            message = say(
                "{path} is not the file that is known: its SHA-256 is {found}, and should "
                "be {digest}",
                path=each.path,
                found=found,
                digest=each.digest,
            )
        hint = say("`make admin` fetches it; or take out `admin`")
        yield error("admin-script", span, message, hint)
