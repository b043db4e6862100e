"""Checks of what holds only until a day: the one place where today matters, given as a value."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Severity, say
from diptych.site import Site

MIN_DAYS, MAX_DAYS = 30, 365


def check_expiry(site: Site, today: datetime.date | None) -> Iterator[Diagnostic]:
    """security-expiry: fewer than thirty days left, or more than RFC 9116's year."""
    expires = site.settings.expires
    if expires is None or today is None:
        return
    days = (expires.value - today).days
    if MIN_DAYS <= days <= MAX_DAYS:
        return
    message = say(
        "security.txt holds for {days} more days; it must be between {least} and {most}",
        days=days,
        least=MIN_DAYS,
        most=MAX_DAYS,
    )
    fresh = today + datetime.timedelta(days=330)
    yield Diagnostic(
        "security-expiry",
        Severity.ERROR,
        expires.span,
        message,
        None,
        expires.span.becomes(fresh.isoformat()),
    )
