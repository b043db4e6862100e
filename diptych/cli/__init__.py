"""The command line: arguments, exit statuses, printing, the clock."""

from diptych.cli.main import main

__all__ = ["main"]
