"""Checks that depend on the day of a build: security.txt, pages with a first or last day, due
reviews.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

from diptych.checks.inputs import BundleFiles, ReadSite
from diptych.content.layouts import layout_of
from diptych.content.types import AGENDA, TIMELINE
from diptych.diagnostics import Message, Placed, Severity, say, say_n
from diptych.extend import Found, check
from diptych.site import Site
from diptych.site.values import FALLBACK
from diptych.values import Value

# security.txt is reported if it expires in fewer than WARN_BELOW or in more than MOST days
WARN_BELOW, MOST = 30, 365
_RENEWED = 330  # days from today to the new date that the hint proposes


@check("security-expiry", Severity.WARNING, of=ReadSite)
def security_expiry(read: ReadSite) -> Iterator[Found]:
    """security.txt has expired, expires within a month, or is valid for more than the year that RFC
    9116 (2.5.5) recommends. A warning, since no day may stop a site from being published.
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


@check("review-due", Severity.WARNING, of=ReadSite)
def review_due(read: ReadSite) -> Iterator[Found]:
    """A page, a question or an event whose review is due."""
    if read.today is None:
        return
    for each in _reviews(read.site):
        if each.due <= read.today:
            yield Found(
                each.reviewed.span,
                say(
                    "this was last read over on {date}, and is to be read over every {months} months",
                    date=each.reviewed.value.isoformat(),
                    months=each.months,
                ),
                say("look whether all of it is still true, and write the day of today here"),
            )


@check("page-dates", Severity.WARNING, of=BundleFiles)
def page_dates(bundle: BundleFiles, _: ReadSite) -> Iterator[Found]:
    """A home page with `publish` or `expires`: it is always shown."""
    for page in bundle.pages:
        front = page.document.front
        dates = [each for each in (front.publish, front.expires) if each is not None]
        if dates and layout_of(front.layout).opens:
            yield Found(dates[0].span, say("the front page is always shown: take this line out"))


class _Review(Value):
    """The last review of a page, a question or an event, and the months until the next."""

    reviewed: Placed[datetime.date]
    months: int

    @property
    def due(self) -> datetime.date:
        """The day of the next review: the same day of a later month, or the last day of that month if
        the month is shorter.
        """
        day = self.reviewed.value
        year, month = divmod(day.year * 12 + day.month - 1 + max(1, self.months), 12)
        if year > datetime.date.max.year:
            return datetime.date.max
        last = calendar.monthrange(year, month + 1)[1]
        return datetime.date(year, month + 1, min(day.day, last))


def _reviews(site: Site) -> Iterator[_Review]:
    """The reviews of pages, with their questions, and of events. A page has one per language, since
    each language is reviewed separately.
    """
    for page in site.pages:
        front = page.document.front
        if page.state == FALLBACK or front.review_every is None:
            continue
        parts = front.values.get("reviewed_parts", {})
        for reviewed in (front.reviewed, *parts.values()):
            if reviewed is not None:
                yield _Review(reviewed, front.review_every.value)
    for records in site.records:
        for entry in records.entries if records.type == TIMELINE.name else ():
            reviewed, every = entry.values.get("reviewed"), entry.values.get("review_every")
            if reviewed is not None and every is not None:
                yield _Review(reviewed, every.value)


def depends_on_day(site: Site) -> bool:
    """Whether any published file depends on the day of the build."""
    return site.settings.expires is not None or bool(site.days) or _has_agenda(site)


def last_day(site: Site, today: datetime.date | None) -> datetime.date | None:
    """The last day on which a build of the same files gives the same result; None: every day does."""
    if today is None:
        return None
    if _has_agenda(site):
        return today  # an agenda shows the day of the build
    one = datetime.timedelta(days=1)
    # on the day on which a review is due, the check begins to report it
    due = [each.due - one for each in _reviews(site) if each.due > today]
    pages = [day for day in site.days if day >= today]
    security = _last_of_security(site, today)
    return min([*due, *pages, *([security] if security else [])], default=None)


def _has_agenda(site: Site) -> bool:
    return any(each.type == AGENDA.name for each in site.records)


def _last_of_security(site: Site, today: datetime.date) -> datetime.date | None:
    """The last day on which security.txt and the message about security.txt are the same as today;
    None if site.yaml gives no last day for security.txt.
    """
    expires = site.settings.expires
    if expires is None:
        return None
    if _message(expires.value, (expires.value - today).days) is not None:
        return today  # tomorrow the message counts one day less, or proposes another date
    return expires.value - datetime.timedelta(days=WARN_BELOW)


def _message(expires: datetime.date, days: int) -> Message | None:
    """The message about security.txt, which expires in `days` days; None if no message is needed."""
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
