"""A passage that folds: closed at first, open where a link leads into it, and whole on paper. No script."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from diptych.pipeline import Build
from tests.browser.host import serving

pytestmark = pytest.mark.browser

TEXT = """\
---
title: {title}
---

{word} before it.

<details>
<summary>{word} folds</summary>

{word} hidden **at first**.

### {word} heading {{#inside}}

- {word} item

</details>

## {word} after {{#who}}

{word} below.
"""


@pytest.fixture(scope="module")
def folded(cache: object) -> Build:
    from diptych.pipeline import Options, build_site
    from tests.conftest import make_tree

    files = {
        "content/about/nl.md": TEXT.format(title="Over ons", word="Nederlands"),
        "content/about/fr.md": TEXT.format(title="À propos", word="Français"),
    }
    build = build_site(make_tree(files), Options(), cache)  # type: ignore[arg-type]
    assert not build.failed, build.diagnostics
    return build


@pytest.mark.parametrize("script", [True, False])
def test_it_folds_and_opens_and_prints(folded: Build, chromium: Browser, script: bool) -> None:
    files = {output.path: output.data for output in folded.outputs}
    with serving(files) as origin:
        context = chromium.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{origin}/nl/over-ons/")
        hidden = page.get_by_text("Nederlands item")
        assert not hidden.is_visible()
        text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(page.pdf())).pages)
        assert "Nederlands item" in " ".join(text.split())
        page.goto("about:blank")
        page.goto(f"{origin}/nl/over-ons/#inside")
        assert hidden.is_visible()
        page.goto("about:blank")
        page.goto(f"{origin}/nl/over-ons/")
        page.get_by_text("Nederlands folds").click()
        assert hidden.is_visible()
        context.close()
