"""A tree of sources -> everything that is published, and everything that is wrong."""

from diptych.pipeline.pipeline import (
    Build,
    Options,
    Reading,
    build_site,
    read_site,
    without_allowed,
)
from diptych.pipeline.reading import SETTINGS

__all__ = [
    "SETTINGS",
    "Build",
    "Options",
    "Reading",
    "build_site",
    "read_site",
    "without_allowed",
]
