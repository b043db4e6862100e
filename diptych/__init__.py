"""Diptych: one site, several languages, equals. See house.md in docs/ for where things live."""

VERSION = "1.0.0"  # pyproject.toml reads it here
