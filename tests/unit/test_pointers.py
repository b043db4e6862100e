"""What Git LFS leaves in the place of a file is told as that, in whatever file it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.diagnostics import Severity
from diptych.pipeline import Build

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12345\n"
SAID = "this is not the file itself, but what Git LFS keeps in its place"


@pytest.mark.parametrize(
    "path",
    [
        "content/about/nl.md",
        "content/site.yaml",
        "content/terms.yaml",
        "content/words.txt",
        "content/about/translations.lock",
        "content/addresses.lock",
        "types.yaml",
        "extend.py",
        "templates/base.html",
        "templates/page.html",
        "templates/partials/heading.html",
        "i18n/nl/LC_MESSAGES/messages.po",
        "assets/site.css",
        "assets/site.js",
        "assets/icon.svg",
        "assets/font.woff2",
        "content/about/sheet.pdf",
        "content/about/photo.jpg",
        "content/about/drawing.svg",
    ],
)
@pytest.mark.parametrize(
    "data",
    [POINTER, POINTER.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + POINTER, POINTER.rstrip()],
    ids=["plain", "crlf", "mark", "cut"],
)
def test_it_is_the_one_message_of_its_file(
    site: Callable[..., Build], path: str, data: bytes
) -> None:
    build = site({path: data})
    assert build.failed
    errors = [each for each in build.diagnostics if each.severity is Severity.ERROR]
    assert [(each.span.path, str(each.message)) for each in errors] == [(path, SAID)]
    assert "git lfs pull" in str(errors[0].hint)


def test_a_text_about_pointers_is_a_text(site: Callable[..., Build]) -> None:
    page = f"---\ntitle: Over ons\n---\n\n    {POINTER.decode()}\n\n## Wie {{#who}}\n\nWij.\n"
    assert not [
        each
        for each in site({"content/about/nl.md": page}).diagnostics
        if each.check == "damaged-file"
    ]
