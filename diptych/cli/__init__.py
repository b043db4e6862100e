"""The command: arguments, exit statuses, printing, the clock. Everything else lies below."""

from diptych.cli.main import installed, main

__all__ = ["installed", "main"]
