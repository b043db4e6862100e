"""The interface of an observer of the stages, such as the one that shows their progress."""

from __future__ import annotations


class Watch:
    """An observer of the stages. The cache calls its methods; those of this base class do nothing."""

    def expected(self, stage: str, slots: int) -> None:
        """`slots` more results of a stage will be requested."""

    def asked(self, stage: str, slots: int) -> None:
        """`slots` results of a stage are requested; each is made or found."""

    def begun(self, stage: str) -> None:
        """A stage begins to make a result."""

    def ended(self, stage: str) -> None:
        """The stage has made its result."""
