"""The page of the forms, as outputs: its HTML, its configuration, and the files of the CMS."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from markupsafe import escape

from diptych.diagnostics import Message, say
from diptych.diagnostics.report import Translate
from diptych.model import Output, Tree
from diptych.outputs.forms.config import configuration
from diptych.outputs.forms.vendored import LETTERS, SCRIPT, SIGNS, VENDORED, WORDS
from diptych.site import Site

GIT_HOST = "https://api.github.com"
# whoever opens this page speaks with the git host, and with nobody else; the CMS sets its own styles
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data: https://avatars.githubusercontent.com; font-src 'self'; "
    "media-src 'self' blob:; worker-src 'self' blob:; "
    f"connect-src 'self' blob: data: {GIT_HOST}; base-uri 'none'; form-action 'self'"
)
_STYLE = f"""\
@font-face {{
  font-family: "Material Symbols Outlined";
  src: url("{SIGNS.name}") format("woff2");
  font-weight: 100 700;
  font-display: block;
}}
@font-face {{
  font-family: "Source Sans 3";
  src: url("{LETTERS.name}") format("woff2");
  font-weight: 200 900;
  font-display: swap;
}}
"""
# The CMS asks a public server for its words in a language, and whether it is the newest. Here it is
# given the words that lie beside it, and an empty answer to all but the git host.
_SCRIPT = """\
const own = window.fetch;
const json = { headers: { "Content-Type": "application/json" } };
const empty = () => Promise.resolve(new Response("{}", json));
const words = [%s];
window.fetch = (input, options) => {
  const address = new URL(input instanceof Request ? input.url : input, location.href);
  const asked = /\\/locales\\/(\\w+)(?:-\\w+)?\\.json$/.exec(address.pathname);
  if (["blob:", "data:"].includes(address.protocol)) return own(input, options);
  if (address.origin === location.origin || address.origin === "%s") return own(input, options);
  return asked && words.includes(asked[1]) ? own(asked[1] + ".json") : empty();
};
"""


def admin_files(site: Site, tree: Tree, speech: Mapping[str, Translate]) -> tuple[Output, ...]:
    """Everything below `admin/`; nothing when the site does not ask for it.

    `speech` are the languages in which the forms explain themselves: all of them, side by side.
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
        "admin.css": _STYLE,
        "admin.js": _SCRIPT % (", ".join(f'"{key}"' for key in WORDS), GIT_HOST),
    }
    copied = (file for each in VENDORED for file in [tree.get(each.path)] if file)
    return (
        *(
            Output(f"admin/{name}", text.encode(), "content/site.yaml")
            for name, text in made.items()
        ),
        *(Output(f"admin/{file.path.rpartition('/')[2]}", file.data, file.path) for file in copied),
    )


def _keys(site: Site, tree: Tree) -> list[str]:
    """The keys of all pages that have a file in some language."""
    names = {f"{language.key}.md" for language in site.settings.languages}
    paths = (file.path.removeprefix("content/").rpartition("/") for file in tree.under("content"))
    return sorted({key for key, _, name in paths if name in names})


def _html(site: Site, speech: Mapping[str, Translate]) -> str:
    """A page without a word for readers: the CMS draws itself, and says so where it cannot."""
    needed = say("These forms need JavaScript.")
    told = "".join(f'<p lang="{key}">{escape(words(needed))}</p>' for key, words in speech.items())
    digest = base64.b64encode(bytes.fromhex(SCRIPT.digest)).decode()
    return (
        f'<!DOCTYPE html>\n<html lang="{site.settings.languages[0].tag}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(site.settings.organisation.short_name)}</title>\n"
        '<link rel="cms-config-url" type="application/json" href="config.json">\n'
        '<link rel="stylesheet" href="admin.css">\n'
        '<script src="admin.js"></script>\n'
        f'<script src="{SCRIPT.name}" integrity="sha256-{digest}" defer></script>\n'
        f"</head>\n<body>\n<noscript>{told}</noscript>\n</body>\n</html>\n"
    )
