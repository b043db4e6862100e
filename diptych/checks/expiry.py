"""The check of `security: expires`. No other check of a build depends on the day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from diptych.checks.rules import ReadSite
from diptych.diagnostics import Message, Severity, say, say_n
from diptych.extend import Found, check
from diptych.site import Site

WARN_BELOW, MOST = 30, 365  # days
_RENEWED = 330  # days ahead of the date that is proposed


@check("security-expiry", Severity.WARNING, of=ReadSite)
def security_expiry(read: ReadSite) -> Iterator[Found]:
    """security.txt has expired, expires within a month, or holds for more than the year that RFC 9116
    (2.5.5) recommends. A warning: no day may keep a site from being published.
    """
    expires, today = read.site.settings.expires, read.today
    if expires is None or today is None:
        return
    message = _message(expires.value, (expires.value - today).days)
    if message is None:
        return
    renewed = today + datetime.timedelta(days=_RENEWED)
    yield Found(
        expires.span,
        message,
        say("look whether somebody still reads its address, and write a date in less than a year"),
        expires.span.becomes(renewed.isoformat()),
    )


def depends_on_day(site: Site) -> bool:
    """Whether anything that is published depends on the day of the build."""
    return site.settings.expires is not None


def last_day(site: Site, today: datetime.date | None) -> datetime.date | None:
    """The last day on which a build of the same files gives what it gives today; None: on any day."""
    expires = site.settings.expires
    if expires is None or today is None:
        return None
    if _message(expires.value, (expires.value - today).days) is not None:
        return today  # tomorrow the message counts one day less, or proposes another date
    return expires.value - datetime.timedelta(days=WARN_BELOW)


def _message(expires: datetime.date, days: int) -> Message | None:
    if days < 0:
        return say("security.txt expired on {date} and is left out", date=expires.isoformat())
    if days == 0:
        return say("security.txt expires today; from tomorrow on it is left out")
    if days == 1:
        return say("security.txt expires tomorrow; then it is left out")
    if days < WARN_BELOW:
        return say_n(
            "security.txt expires in {count} day; then it is left out",
            "security.txt expires in {count} days; then it is left out",
            count=days,
        )
    if days > MOST:
        return say(
            "security.txt holds for more than a year, until {date}", date=expires.isoformat()
        )
    return None
