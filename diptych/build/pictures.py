"""The pictures of the bundles, made ready for readers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from diptych.diagnostics import Diagnostic, Outcome
from diptych.images import FORMATS, MadeImage, make_image
from diptych.memo import Memo
from diptych.model import File


def make_images(
    files: Mapping[str, Mapping[str, File]], memo: Memo, jobs: int = 1
) -> Outcome[dict[tuple[str, str], MadeImage]]:
    """Every picture of the bundles, made again without its metadata, `jobs` at a time."""
    made: dict[tuple[str, str], MadeImage] = {}
    problems: list[Diagnostic] = []
    pictures = [
        ((key, name), file) for key, names in files.items() for name, file in names.items()
        if "." + name.rpartition(".")[2].lower() in FORMATS
    ]  # fmt: skip
    if jobs > 1:
        memo.map(make_image, (file for _, file in pictures), jobs)
    for place, file in pictures:
        outcome = memo.again(("image", file.path), partial(memo.call, make_image), file)
        problems += outcome.diagnostics
        if outcome.value is not None:
            made[place] = outcome.value
    return Outcome(made, tuple(problems))
