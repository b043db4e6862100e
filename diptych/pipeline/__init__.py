"""The stages of a build: a tree of source files becomes the published files and the diagnostics."""

from diptych.pipeline.pipeline import build_site, read_site, takeaway_files
from diptych.pipeline.reading import SETTINGS
from diptych.pipeline.report import without_allowed
from diptych.pipeline.values import Build, Options, Reading

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
