"""The command `serve`: shows the site on this computer, and rebuilds it after every save."""

from __future__ import annotations

import argparse

from diptych.cli.sources import cache_of
from diptych.cli.terminal import DONE, ENVIRONMENT, WRONG_CALL, Terminal
from diptych.diagnostics import say
from diptych.preview import Preview, serve


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Shows the site until it is interrupted."""
    if not 0 <= options.port <= 65535:
        terminal.tell(say("there is no port {port}; ports go up to 65535", port=options.port))
        return WRONG_CALL
    preview = Preview(options.root, cache_of(options.root), terminal.words, terminal.tell)
    return DONE if serve(preview, options.port, options.allow_host) else ENVIRONMENT
