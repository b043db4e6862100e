"""Checks of all outputs together: their addresses, and whether each page is complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diptych.cache import Cache
from diptych.diagnostics import Severity, Span, say
from diptych.extend import EXTEND, Found, check
from diptych.model import Output
from diptych.site import Site


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """The finished outputs, with the site that they were made from."""

    site: Site
    outputs: tuple[Output, ...]
    cache: Cache  # for results that take long to compute


@check("same-output", Severity.ERROR, of=Published)
def same_output(published: Published) -> Iterator[Found]:
    """Two files with one address, or a file and a folder."""
    seen: dict[str, Output] = {}
    # the site's own files give way
    outputs = sorted(published.outputs, key=lambda each: each.origin == EXTEND)
    for output in outputs:
        first = seen.setdefault(output.path.lower(), output)
        if first is not output:
            message = say(
                "two files would be published as {path}: from {one} and from {other}",
                path=output.path,
                one=first.origin,
                other=output.origin,
            )
            yield Found(Span(output.origin), message)
    for output in outputs:
        parent = output.path.lower().rpartition("/")[0]
        if parent in seen:
            message = say(
                "{path} would have to be a file and a folder: from {one} and from {other}",
                path=parent,
                one=seen[parent].origin,
                other=output.origin,
            )
            yield Found(Span(output.origin), message)
