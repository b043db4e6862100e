"""The command `remember`: records every address, so that an old one leads to the new one later."""

from __future__ import annotations

import argparse

from diptych.cli.sources import errors_of, read_with_drafts
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import say
from diptych.disk import write_sources
from diptych.site import ADDRESSES, write_addresses


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Records every address, so that it redirects when its slug changes later."""
    tree, read = read_with_drafts(options.root, terminal)
    if read is None:
        return SITE_ERRORS
    errors = errors_of(read)
    if read.site is None or errors:
        terminal.report("text", errors, read.sources)
        return SITE_ERRORS
    terminal.tell(
        say("{path}: the addresses are remembered", path=ADDRESSES)
        if write_sources(options.root, {ADDRESSES: write_addresses(read.site)}, tree)
        else say("{path}: every address is there already", path=ADDRESSES)
    )
    return DONE
