"""Time zones, by their names in the IANA database (https://www.iana.org/time-zones)."""

from __future__ import annotations

import datetime
import zoneinfo


def known_zone(name: str) -> bool:
    """Whether there is data for a time zone such as `Europe/Brussels`."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # a folder of names, a path
        return False
    return True


def known_zones() -> tuple[str, ...]:
    """The names of all time zones, in order."""
    return tuple(sorted(zoneinfo.available_timezones()))


def day_in(moment: datetime.datetime, zone: str) -> datetime.date:
    """The date of a moment in a time zone."""
    return moment.astimezone(zoneinfo.ZoneInfo(zone)).date()


def moment_in(day: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    """The moment (in UTC) of a local day and time in a time zone; on the first and last day of the
    calendar the local time itself, if UTC has no such day.
    """
    local = datetime.datetime.combine(day, time, zoneinfo.ZoneInfo(zone))
    try:
        return local.astimezone(datetime.UTC)
    except OverflowError:
        return local.replace(tzinfo=datetime.UTC)
