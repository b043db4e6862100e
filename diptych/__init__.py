"""Diptych: one site, several languages, equals. See house.md in docs/ for where things live."""
