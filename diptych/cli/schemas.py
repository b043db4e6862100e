"""The command `schemas`: writes JSON schemas of the YAML files and front matter, for editors."""

from __future__ import annotations

import argparse

from diptych.cli.sources import SCHEMAS, read_settings, tell_updated
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.content.workflows import spoken
from diptych.disk import read_tree, write_sources
from diptych.i18n import translator
from diptych.outputs.schemas.documents import site_schemas


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Writes schemas/*.schema.json anew, with descriptions in the languages of the site."""
    read = read_settings(options.root, terminal)
    if read is None:
        return SITE_ERRORS
    speech = {key: translator(key) for key in spoken(read.languages)}
    texts = site_schemas(read.types, read.languages, read.layouts, speech)
    changed = write_sources(options.root, texts, read_tree(options.root, (SCHEMAS,)).value)
    tell_updated(texts, changed, terminal)
    return DONE
