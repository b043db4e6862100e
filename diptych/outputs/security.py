"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness in the site."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.model import Output
from diptych.site import Site


def security_txt(site: Site) -> Iterator[Output]:
    """The file, when the settings say until when it holds and whom to write to."""
    settings = site.settings
    if settings.expires is None or settings.organisation.contact is None:
        return
    languages = ", ".join(language.key for language in settings.languages)
    text = (
        f"Contact: mailto:{settings.organisation.contact}\n"
        f"Expires: {settings.expires.value.isoformat()}T23:59:59Z\n"
        f"Preferred-Languages: {languages}\n"
        f"Canonical: {site.url('.well-known/security.txt')}\n"
    )
    yield Output(".well-known/security.txt", text.encode(), "content/site.yaml")
