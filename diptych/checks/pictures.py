"""Finds descriptions of pictures that were copied from another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diptych.diagnostics import Severity, Span, say
from diptych.extend import Found, check
from diptych.model import named
from diptych.site import Site

_FEW = 3  # words: a name may be equal in every language


@check("borrowed-alt", Severity.WARNING, of=Site)
def borrowed_alt(site: Site) -> Iterator[Found]:
    """A picture whose description is in the words of another language."""
    for key in dict.fromkeys(page.key for page in site.pages):
        described: dict[str, dict[str, tuple[str, Span]]] = {}
        for page in site.own_versions(key):
            for picture in page.document.prose.pictures:
                described.setdefault(picture.target, {})[page.language] = picture.alt, picture.span
            image, alt = page.document.front.image, page.document.front.image_alt
            if image is not None and alt is not None:
                described.setdefault(f"{image.value} ", {})[page.language] = alt.value, alt.span
        for versions in described.values():
            yield from _borrowed(site, versions)
    for timeline in site.timelines:
        for event in timeline.events:
            yield from _borrowed(
                site,
                {
                    language: (alt, event.image.span if event.image else event.span)
                    for language, alt in event.image_alts.items()
                },
            )


def _borrowed(site: Site, versions: Mapping[str, tuple[str, Span]]) -> Iterator[Found]:
    """The second of two equal descriptions of a picture; a description of names alone may be equal."""
    first: dict[str, str] = {}
    for language, (alt, span) in versions.items():
        words = re.findall(r"[^\W\d_]+", alt)
        if len(words) < _FEW or all(word[0].isupper() for word in words):
            continue
        other = first.setdefault(" ".join(alt.casefold().split()), language)
        if other != language:
            message = say(
                "this picture has the same description as in {name}",
                name=named(site.settings.language(other)),
            )
            hint = say("describe it in {name}", name=named(site.settings.language(language)))
            yield Found(span, message, hint)
