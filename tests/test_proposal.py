"""A built site that opens by double click, and what publishes an earlier one again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.workplace import earlier, proposal
from tests.conftest import SITE_YAML, Ran, write_site

START = "OPEN-MIJ-OUVREZ-MOI.html"
FILES: dict[str, str | bytes | None] = {
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nTekst. Zie [begin](page:home).\n\n## Wie {#who}\n\nWij.\n",
}


def built(run: Callable[..., Ran], folder: Path, text: str, address: str = "") -> Path:
    home = f"---\ntitle: Welkom\nlayout: home\n---\n\n{text}\n"
    settings = SITE_YAML.replace("https://example.org", address or "https://example.org", 1)
    root = write_site(folder, {**FILES, "content/home/nl.md": home, "content/site.yaml": settings})
    assert run("build", root=root).status == 0
    return root


@pytest.fixture(params=["https://example.org", "https://example.org/site"])
def made(request: pytest.FixtureRequest, run: Callable[..., Ran], tmp_path: Path) -> Path:
    """A proposal that changes one sentence of the Dutch front page, for a site at the root of its
    host and for a site in a folder.
    """
    before = built(run, tmp_path / "a", "Wij spreken.", request.param)
    after = built(run, tmp_path / "b", "Wij zingen.", request.param)
    proposal.bundle(after, before, tmp_path / "out")
    return tmp_path / "out"


def test_every_address_in_it_leads_to_a_file_in_it(made: Path) -> None:
    pages = sorted((made / "after").rglob("*.html"))
    assert len(pages) > 6
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "Content-Security-Policy" not in text
        for address in re.findall(r'\s(?:href|src)="([^"]+)"', text):
            if address.startswith(("http", "mailto:", "#", "data:")):
                continue
            assert not address.startswith("/"), (page, address)
            target = (page.parent / re.split("[?#]", address)[0]).resolve()
            assert target.is_file(), (page, address)
            assert target.is_relative_to(made)


def test_the_page_to_open_first_shows_what_changed_before_and_after(made: Path) -> None:
    text = (made / START).read_text(encoding="utf-8")
    shown = re.findall(r'src="((?:before|after)/[^"]+)"', text)
    assert "before/nl/index.html" in shown
    assert "after/nl/index.html" in shown
    assert not [each for each in shown if "over-ons" in each or "/fr/" in each]
    assert all((made / each).is_file() for each in shown)
    assert "360px" in text
    assert '<h2><a href="after/nl/index.html">nl/</a></h2>' in text


@pytest.mark.parametrize(
    ("page", "path", "prefix", "expected"),
    [
        ('<a href="/">', "nl/x/index.html", "", '<a href="../../index.html">'),
        ('<a href="/nl/#a">', "index.html", "", '<a href="nl/index.html#a">'),
        ('<a href="/site/nl/">', "fr/index.html", "/site", '<a href="../nl/index.html">'),
        (
            '<img srcset="/a.webp 1x, /b.webp 2x">',
            "nl/index.html",
            "",
            '<img srcset="../a.webp 1x, ../b.webp 2x">',
        ),
        ('<a href="//evil.example/">', "nl/index.html", "", '<a href="//evil.example/">'),
        (
            '<script src="/a.js" integrity="sha256-x" crossorigin>',
            "a.html",
            "",
            '<script src="a.js">',
        ),
    ],
)
def test_addresses_work_from_a_file(page: str, path: str, prefix: str, expected: str) -> None:
    assert proposal.from_file(page, path, prefix) == expected


def test_an_earlier_release_does_not_bring_back_what_was_taken_down(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = built(run, tmp_path / "site", "Wij spreken.")
    public = root / "public"
    kept = tmp_path / "kept"
    public.rename(kept)
    assert run("remember", root=root).status == 0
    assert run("take-down", "about", root=root).status == 0
    assert run("build", root=root).status == 0
    lock = (root / "content" / "addresses.lock").read_text()
    assert earlier.still_shown(kept, lock) == ["/fr/a-propos/", "/nl/over-ons/"]
    assert earlier.still_shown(public, lock) == []
    assert run("verify", kept, root=root).status == 0
    (kept / "nl" / "index.html").write_text("x")
    assert run("verify", kept, root=root).status == 1
