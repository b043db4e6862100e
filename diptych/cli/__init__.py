"""The command: arguments, exit statuses, printing, the clock. Everything else lies below."""

from diptych.cli.main import leave, main

__all__ = ["leave", "main"]
