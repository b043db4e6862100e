"""Makes the pictures of the guides and of the README, from this site.

    CHROMIUM=… .venv/bin/python tools/pictures.py [readme]      in the environment of the tests

Each language gets three in docs/pictures/, from the real preview of a copy of the site: a problem over
the last good page, the two columns, the bar. The README gets one (alone with `readme`): the timeline
on a wide screen beside a phone. They are not made again by the tests: another Chromium draws other
letters.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from shown import browser, previewed, served

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FOLDERS = ("assets", "content", "i18n", "templates")
WIDTH = 800
QUALITY = 70  # of WebP: letters stay sharp
LONGER = {
    "nl": ("in tien punten", "in tien korte punten"),
    "fr": ("en dix points", "en dix points courts"),
}
SLIP = {"nl": ("title:", "titel:"), "fr": ("title:", "titre:")}

SCREENS = (1280, 360)  # of the README: a wide screen and a phone
HEIGHT = 1000
GAP = 40
AROUND = (226, 222, 229)

Change = Callable[[str], str]


def edit(root: Path, path: str, change: Change) -> None:
    """Changes a file of the copy of the site; fails if the change leaves the text as it was."""
    file = root / path
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, path
    file.write_text(after, encoding="utf-8")


def keep(page: Page, name: str, clip: dict[str, float]) -> None:
    """A part of the window as a small picture, made of its pixels and nothing else."""
    shot = page.screenshot(clip=clip)  # type: ignore[arg-type]  # a FloatRect
    PICTURES.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(shot)) as picture:
        picture.convert("RGB").save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)


def take(page: Page, origin: str, root: Path, language: str) -> None:
    """The three pictures of a language: its reader changed the text of the other one."""
    other = "fr" if language == "nl" else "nl"
    address = {"nl": "/nl/missie/", "fr": "/fr/mission/"}[language]
    edit(root, f"content/mission/{other}.md", lambda text: text.replace(*LONGER[other]))
    page.goto(origin + address)
    page.locator("#diptych-bar .outdated").wait_for(timeout=20_000)
    keep(page, f"{language}-bar", {"x": 0, "y": 380, "width": WIDTH, "height": 120})
    page.goto(f"{origin}/__preview/side/mission")
    page.set_viewport_size({"width": WIDTH, "height": 420})
    keep(page, f"{language}-columns", {"x": 0, "y": 0, "width": WIDTH, "height": 420})
    page.goto(origin + address)
    page.set_viewport_size({"width": WIDTH, "height": 500})
    edit(root, f"content/mission/{language}.md", lambda text: text.replace(*SLIP[language], 1))
    page.locator("#diptych-problems").wait_for(timeout=20_000)
    page.wait_for_timeout(300)
    keep(page, f"{language}-problem", {"x": 0, "y": 0, "width": WIDTH, "height": 500})


@contextmanager
def published() -> Iterator[str]:
    """The address of this site, built into a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "build.py"), "build", "--output", folder]
        subprocess.run(command, check=True, capture_output=True)
        with served(folder) as origin:
            yield origin


def take_readme(chromium: Browser) -> None:
    """The timeline on a wide screen, beside a phone."""
    shots = []
    with published() as origin:
        for width in SCREENS:
            window = {"width": width, "height": HEIGHT}
            page = chromium.new_page(viewport=window, color_scheme="light")  # type: ignore[arg-type]
            page.goto(f"{origin}/fr/chronologie/")
            page.wait_for_timeout(500)
            shots.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
            page.close()
    wide = sum(shot.width for shot in shots) + GAP * (len(shots) + 1)
    picture = Image.new("RGB", (wide, HEIGHT + 2 * GAP), AROUND)
    left = GAP
    for shot in shots:
        picture.paste(shot, (left, GAP))
        left += shot.width + GAP
    picture.save(PICTURES / "timeline.webp", quality=QUALITY, method=6)


def main() -> None:
    """Makes all of them anew, or that of the README alone."""
    with browser() as chromium:
        take_readme(chromium)
        for language in () if "readme" in sys.argv[1:] else ("nl", "fr"):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                for name in FOLDERS:
                    shutil.copytree(ROOT / name, root / name)
                with previewed(root, "--message-language", language) as origin:
                    window = {"width": WIDTH, "height": 500}
                    page = chromium.new_page(viewport=window, color_scheme="light")  # type: ignore[arg-type]
                    take(page, origin, root, language)


if __name__ == "__main__":
    main()
