"""What one begins with: a new page, and the schemas that help to write it."""

from __future__ import annotations

import argparse

from diptych.build import Options, build_site, reading
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import say
from diptych.disk import read_tree, write_new, write_text
from diptych.i18n import TOOL_LOCALES, translator
from diptych.memo import Memo
from diptych.schemas import site_schemas

WRONG_CALL = 2


def schemas(options: argparse.Namespace, terminal: Terminal) -> int:
    """Writes schemas/*.schema.json anew, for the languages of the site."""
    sources = reading.texts(read_tree(options.root).value, Memo(None))
    settings = reading.settings(sources.value, None)
    if settings.value is None:
        terminal.report("text", settings.diagnostics, sources.value)
        return SITE_ERRORS
    languages = tuple(language.key for language in settings.value.languages)
    speech = {language: translator(language) for language in TOOL_LOCALES}
    for path, text in site_schemas(languages, speech).items():
        changed = write_text(options.root, path, text)
        terminal.tell(say("{path}: updated", path=path) if changed
                      else say("{path}: nothing new", path=path))  # fmt: skip
    return DONE


def new(options: argparse.Namespace, terminal: Terminal) -> int:
    """Begins a bundle: a file per language, as a draft."""
    tree = read_tree(options.root).value
    result = build_site(tree, Options(), Memo(None))
    if result.site is None:
        terminal.report("text", result.diagnostics, result.sources)
        return SITE_ERRORS
    key = options.key.strip("/").removeprefix("content/")
    if not all(part and part.replace("-", "").isalnum() and part == part.lower() and part.isascii()
               for part in key.split("/")):  # fmt: skip
        terminal.tell(say("a key holds small letters, digits and hyphens: `{key}` does not", key=key))
        return WRONG_CALL
    title = key.rpartition("/")[2].replace("-", " ").capitalize()
    for language in result.site.settings.languages:
        path = f"content/{key}/{language.key}.md"
        text = f"---\ntitle: {title}\ndescription:\nlayout: page\ndraft: true\n---\n\n"
        if write_new(options.root, path, text):
            terminal.tell(say("{path} is ready to be filled in", path=path))
        else:
            terminal.tell(say("{path} was there already and stays as it is", path=path))
    terminal.tell(say("take out the line `draft: true` when the page may be published"))
    return DONE
