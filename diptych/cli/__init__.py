"""The command: arguments, exit statuses, printing, the clock. Everything else lies below."""

from diptych.cli.main import main

__all__ = ["main"]
