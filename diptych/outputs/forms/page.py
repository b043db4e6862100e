"""The page of the forms as outputs: its HTML, its configuration, and the files of the CMS."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from diptych.bodies import Body
from diptych.diagnostics import Message, say
from diptych.diagnostics.report import Translate
from diptych.model import Output, Tree
from diptych.outputs.forms.config import configuration
from diptych.outputs.forms.vendored import LETTERS, SCRIPT, SIGNS, VENDORED, WORDS
from diptych.site import Site
from diptych.templating import render_own

_ROOM = "diptych.outputs.forms"
GIT_HOST = "https://api.github.com"
# this page connects only to the git host; the CMS sets its own styles
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data: https://avatars.githubusercontent.com; font-src 'self'; "
    "media-src 'self' blob:; worker-src 'self' blob:; "
    f"connect-src 'self' blob: data: {GIT_HOST}; base-uri 'none'; form-action 'self'"
)


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
        *(
            Output(f"admin/{name}", Body(text.encode()), "content/site.yaml")
            for name, text in made.items()
        ),
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
    """A page without words for readers: the CMS draws itself, and reports if it cannot."""
    needed = say("These forms need JavaScript.")
    digest = base64.b64encode(bytes.fromhex(SCRIPT.digest)).decode()
    return render_own(
        _ROOM,
        "index.html",
        language=site.settings.languages[0].tag,
        policy=POLICY,
        title=site.settings.organisation.short_name,
        script=SCRIPT.name,
        integrity=f"sha256-{digest}",
        needed={key: words(needed) for key, words in speech.items()},
    )
