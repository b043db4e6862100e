"""Compressed copies of the published files, for hosts that serve them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.content.hosts import host_of
from diptych.files.compress import compress, is_compressible
from diptych.model import Output
from diptych.site import Site


def compressed(made: Iterable[Output], site: Site, cache: Cache) -> Iterator[Output]:
    """A `.br` and a `.gz` copy of each text file, if the host of the settings serves such copies."""
    host = host_of(site.settings.hosting)
    if not host.compressed:
        return
    own = {host.headers, host.redirects}
    for each in made:
        if each.path in own or not is_compressible(each.path, each.body.size):
            continue
        copies = cache.gather(compress, each.path, {"file": each.body}, each.body.read)
        for ending, data in (("br", copies.br), ("gz", copies.gz)):
            if data:
                yield Output(f"{each.path}.{ending}", Body(data), each.origin)
