"""Attributes that other programs write and that do nothing here: told as warnings, and mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.fix import mend
from diptych.pipeline import Build
from tests.conftest import make_tree

AWAY = "https://elsewhere.example/"
PAGE = "content/about/nl.md"


def _page(text: str) -> dict[str, str]:
    return {PAGE: f"---\ntitle: Over ons\n---\n\n{text}\n"}


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (
            f'Een <a href="{AWAY}" target="_blank" rel="noopener">link</a>.',
            f'Een <a href="{AWAY}">link</a>.',
        ),
        (f"Een <a target='_blank' href='{AWAY}'>link</a>.", f"Een <a href='{AWAY}'>link</a>."),
        (
            f'Een <a\n  target="_blank"\n  href="{AWAY}">link</a>.',
            f'Een <a\n  href="{AWAY}">link</a>.',
        ),
        (f"Een [link]({AWAY}){{target=_blank}}.", f"Een [link]({AWAY})."),
        (f'Een [link]({AWAY}){{:target="_blank" rel=noopener}}.', f"Een [link]({AWAY})."),
        (f"Een [link]({AWAY}){{target=_blank lang=fr}}.", f"Een [link]({AWAY}){{lang=fr}}."),
        (f"Een [link]({AWAY}){{lang=fr rel=noopener}}.", f"Een [link]({AWAY}){{lang=fr}}."),
        ('<div align="center">Midden</div>', "<div>Midden</div>"),
        (
            '<table border="1"><tr><td width=3 align="left">x</td></tr></table>',
            '<table><tr><td align="left">x</td></tr></table>',
        ),
    ],
)
def test_what_does_nothing_is_a_warning_that_fix_takes_out(
    site: Callable[..., Build], cache: Cache, written: str, mended: str
) -> None:
    build = site(_page(written))
    told = [each for each in build.diagnostics if each.check == "unsafe-html"]
    assert told
    assert {each.severity for each in told} == {Severity.WARNING}
    assert not build.failed
    assert mend(make_tree(_page(written)), cache).files[PAGE].decode() == _page(mended)[PAGE]
    after = site(_page(mended))
    assert not [each for each in after.diagnostics if each.check == "unsafe-html"]


@pytest.mark.parametrize(
    "written",
    [
        'Een <b onclick="x()">woord</b>.',
        'Een <p style="color: red">woord</p>.',
        '<ol type="a"><li>x</li></ol>',  # its letters would be lost
        '<span title="x" data-target="a">x</span>',
    ],
)
def test_what_says_or_does_something_stays_an_error(
    site: Callable[..., Build], cache: Cache, written: str
) -> None:
    told = [each for each in site(_page(written)).diagnostics if each.check == "unsafe-html"]
    assert [(each.severity, each.edits) for each in told] == [(Severity.ERROR, ())]
    assert PAGE not in mend(make_tree(_page(written)), cache).files


@pytest.mark.parametrize(
    "written",
    [
        'Stel target = 5 in.\n\n<a href="/x/" target="_blank">x</a>',
        '<table><tr><td align="left">x</td></tr></table>\n\n<p align="left">x</p>',
        'In code: `<a target="_blank">`.',
    ],
)
def test_what_resembles_it_stays(cache: Cache, written: str) -> None:
    """Words, code and the attributes that a text may have."""
    files = mend(make_tree(_page(written)), cache).files
    after = files[PAGE].decode() if PAGE in files else _page(written)[PAGE]
    for kept in ("target = 5", '<td align="left">', '`<a target="_blank">`'):
        assert (kept in written) == (kept in after)
