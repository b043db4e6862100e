"""`/.well-known/security.txt` (RFC 9116): the contact for weaknesses of the site."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from diptych.bodies import Body
from diptych.model import Output
from diptych.site import Site


def security_txt(site: Site, today: datetime.date | None) -> Iterator[Output]:
    """The file, if the settings have its last day and a contact. After that day there is none,
    since an expired file must not be relied on (RFC 9116, 2.5.5). If the build has no day, it does
    not expire.
    """
    settings = site.settings
    if settings.expires is None or settings.organisation.contact is None:
        return
    if today is not None and today > settings.expires.value:
        return
    languages = ", ".join(language.key for language in settings.languages)
    text = (
        f"Contact: mailto:{settings.organisation.contact}\n"
        f"Expires: {settings.expires.value.isoformat()}T23:59:59Z\n"
        f"Preferred-Languages: {languages}\n"
        f"Canonical: {site.url('.well-known/security.txt')}\n"
    )
    yield Output(".well-known/security.txt", Body(text.encode()), "content/site.yaml")
