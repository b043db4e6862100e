"""`check --external`: asks other sites for the pages that links lead to, each at most once in a few
days.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable

from diptych.cache import Cache, digest
from diptych.checks.external import check_external, external_links
from diptych.cli.terminal import Terminal
from diptych.diagnostics import Diagnostic, say, say_n
from diptych.network import FINE, MOVED, Answer, ask
from diptych.pipeline import Build, without_allowed

KEPT_DAYS = 3  # how long a good answer is kept; others are asked again
_STORE = "external_links"


def ask_outside(
    result: Build,
    cache: Cache,
    today: datetime.date,
    terminal: Terminal,
) -> tuple[Diagnostic, ...]:
    """The diagnostics about links to other sites."""
    if result.site is None:
        return ()
    links = external_links(result.site)
    wanted = dict.fromkeys(link.address for link in links)
    kept = _KeptAnswers(cache, today)
    answers = {each: answer for each in wanted if (answer := kept.find(each)) is not None}
    new = [address for address in wanted if address not in answers]
    if new:
        terminal.tell(
            say_n(
                "{count} address of another site is asked now",
                "{count} addresses of other sites are asked now",
                count=len(new),
            )
        )
    fresh = ask(new)
    kept.add(fresh.items())
    return without_allowed(check_external(links, answers | fresh), result.site)


class _KeptAnswers:
    """The good answers of the last days, beside the cache of builds."""

    def __init__(self, cache: Cache, today: datetime.date) -> None:
        self._cache = cache
        self._today = today

    def find(self, address: str) -> Answer | None:
        """The kept answer for an address, if it is recent."""
        data = self._cache.read_bytes(_STORE, digest(address))
        if data is None:
            return None
        stored = json.loads(data)
        age = self._today - datetime.date.fromisoformat(stored["day"])
        if not datetime.timedelta(0) <= age < datetime.timedelta(days=KEPT_DAYS):
            return None
        return Answer(MOVED if stored["moved"] else FINE, say("it is there"), stored["moved"])

    def add(self, answers: Iterable[tuple[str, Answer]]) -> None:
        """Keeps the good answers."""
        for address, answer in answers:
            if answer.kind in (FINE, MOVED):
                stored = {"day": self._today.isoformat(), "moved": answer.moved}
                self._cache.write_bytes(_STORE, digest(address), json.dumps(stored).encode())
        self._cache.save()
