"""How `make test` runs: which tests one process keeps together, and in which browser."""

from __future__ import annotations

import os
from pathlib import Path

import chromium
import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all")
def test_the_tests_of_a_file_go_to_one_process(request: pytest.FixtureRequest) -> None:
    """Else pytest has changed how a group is told, and every process makes the same things again."""
    assert request.node.nodeid.endswith("@tests/test_workers.py")


def test_a_browser_without_windows_is_taken_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    downloads = tmp_path / ".cache/ms-playwright"
    found = (
        tmp_path / "chromium-headless-shell",
        tmp_path / "chromium",
        downloads
        / "chromium_headless_shell-1200/chrome-headless-shell-linux64/chrome-headless-shell",
        downloads / "chromium_headless_shell-1100/chrome-linux/headless_shell",
        downloads / "chromium-1200/chrome-linux64/chrome",
    )
    for path in found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\nexit 0\n")
        path.chmod(0o755)
    here = [
        path for path in chromium.candidates() if path.is_relative_to(tmp_path) and path.exists()
    ]
    assert here == list(found)
    found[0].write_text("#!/bin/sh\nexit 1\n")  # a stub that only tells where to find the real one
    assert chromium.find() == found[1]
