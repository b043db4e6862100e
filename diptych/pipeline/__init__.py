"""The stages of a build: a tree of source files becomes the published files and the diagnostics."""

from diptych.pipeline.pipeline import (
    Build,
    Options,
    Reading,
    build_site,
    read_site,
    takeaway_files,
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
    "takeaway_files",
    "without_allowed",
]
