"""The site of this repository, with its texts as they are now, in the place of the example.

What was made of the example must not be handed on, so every fixture that builds on it is one of this
folder too.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from diptych.disk import read_tree
from diptych.model import Tree
from tests.browser.conftest import served, tab, tabs, visits
from tests.conftest import ROOT, whole_build
from tests.test_whole_site import site_of

__all__ = ["served", "site_of", "tab", "tabs", "visits", "whole_build"]


@pytest.fixture(scope="session")
def whole_root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def whole_tree(whole_root: Path) -> Tree:
    """The sources of this repository's own site."""
    return read_tree(whole_root).value
