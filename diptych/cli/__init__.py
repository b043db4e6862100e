"""The command line: arguments, exit statuses, printing, the clock."""

from diptych.cli.main import leave, main

__all__ = ["leave", "main"]
