"""The page of the forms as outputs: its HTML, its configuration, and the files of the CMS.

The files of the CMS are not part of this repository, since they are three megabytes for a page that
is off. `make admin` fetches the package named here and keeps the files with the right SHA-256. They
are committed with the site, so that a build fetches nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping

from diptych.bodies import Body
from diptych.content.types import SITE
from diptych.diagnostics import Diagnostic, Message, Span, error, say
from diptych.diagnostics.report import Translate
from diptych.model import Output, Tree
from diptych.outputs.forms.config import configuration
from diptych.site import Site
from diptych.templating import render_own
from diptych.values import Value

_ROOM = "diptych.outputs.forms"
FOLDER = "vendor/sveltia-cms"
# the licence of the CMS is MIT, that of its font OFL, that of its icons Apache 2.0
PACKAGE = "@sveltia/cms@0.221.1"
GIT_HOST = "https://api.github.com"
# this page connects only to the git host; the CMS sets its own styles
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data: https://avatars.githubusercontent.com; font-src 'self'; "
    "media-src 'self' blob:; worker-src 'self' blob:; "
    f"connect-src 'self' blob: data: {GIT_HOST}; base-uri 'none'; form-action 'self'"
)


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


def admin_files(site: Site, tree: Tree, speech: Mapping[str, Translate]) -> tuple[Output, ...]:
    """Everything below `admin/`; nothing if the site has no forms.

    `speech` are the languages of the explanations, which stand side by side.
    """
    if not site.settings.admin:
        return ()

    def describe(message: Message) -> str:
        return " · ".join(dict.fromkeys(words(message) for words in speech.values()))

    settings = configuration(site, _keys(site, tree), describe)
    config = json.dumps(settings, ensure_ascii=False, indent=2) + "\n"
    made = {
        "index.html": _html(site, speech),
        "config.json": config,
        "admin.css": render_own(_ROOM, "admin.css", signs=SIGNS.name, letters=LETTERS.name),
        "admin.js": render_own(_ROOM, "admin.js", words=list(WORDS), git_host=GIT_HOST),
    }
    copied = (file for each in VENDORED for file in [tree.get(each.path)] if file)
    return (
        *(Output(f"admin/{name}", Body(text.encode()), SITE.path) for name, text in made.items()),
        *(
            Output(f"admin/{file.path.rpartition('/')[2]}", Body(file.data), file.path)
            for file in copied
        ),
    )


def _keys(site: Site, tree: Tree) -> list[str]:
    """The keys of all pages with a file in any language."""
    names = {f"{language.key}.md" for language in site.settings.languages}
    paths = (file.path.removeprefix("content/").rpartition("/") for file in tree.under("content"))
    return sorted({key for key, _, name in paths if name in names})


def _html(site: Site, speech: Mapping[str, Translate]) -> str:
    """The HTML of the page: the CMS draws its own interface, so that the page has only the sentence for
    a browser without JavaScript.
    """
    needed = say("These forms need JavaScript.")
    digest = base64.b64encode(bytes.fromhex(SCRIPT.digest)).decode()
    return render_own(
        _ROOM,
        "index.html",
        language=site.settings.languages[0].tag,
        policy=POLICY,
        title=site.settings.organisation.short_name(),
        script=SCRIPT.name,
        integrity=f"sha256-{digest}",
        needed={key: words(needed) for key, words in speech.items()},
    )


def check_vendored(tree: Tree, span: Span) -> Iterator[Diagnostic]:
    """admin-script: a file of the CMS that is missing, or that has another digest. `span` is the place
    of `admin:` in the settings.
    """
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
