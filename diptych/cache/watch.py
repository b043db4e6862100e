"""Whoever is notified of the progress of stages."""

from __future__ import annotations


class Watch:
    """Is notified of the progress of stages. This base class ignores all calls."""

    def expected(self, stage: str, slots: int) -> None:
        """`slots` more results of a stage will be requested."""

    def asked(self, stage: str, slots: int) -> None:
        """`slots` results of a stage are requested; each is made or found."""

    def begun(self, stage: str) -> None:
        """A stage begins to make a result."""

    def ended(self, stage: str) -> None:
        """The stage has made its result."""
