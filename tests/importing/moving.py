"""What the tests of moving in share: an old site on the disk, the move, the words of both sites."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from PIL import Image

from diptych.cache import Cache
from diptych.cli import main
from diptych.disk import read_tree
from diptych.pipeline import Build, Options, build_site

_MARKS = re.compile(  # what no reader sees of an old text
    r"\]\((?:\{\{[^}]*\}\}|\{%[^}]*%\})|\{\{[<%]\s*(?:notice|alert|callout)\s+\w+|\b(?:alt|caption|title|type)=(?=\")"
    r"|\{\{[<%]\s*/?\s*[\w/.-]+|[/]?\s*[>%]\}\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|</?[a-zA-Z][^>]*>|\]\([^)\s]*|\{:?\s*(?:[#.]|target=)[^}]*\}"
    r"|^ *(?:!!!|\?\?\?\+?) *[\w-]+|^\s*```.*$|^\[[^\]]+\]:.*$|(?<=\])\[[^\]\n]*\]",
    re.MULTILINE | re.DOTALL,
)


def picture(colour: str = "teal") -> bytes:
    """A small picture; another colour is another file."""
    data = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "PNG")
    return data.getvalue()


def laid(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files below a folder, which it gives."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


class Move:
    """An old site that moves into an empty folder, by the command."""

    def __init__(
        self, folder: Path, files: Mapping[str, str | bytes], capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.old = laid(folder / "old", files)
        self.new = folder / "new"
        self.new.mkdir()
        self._capsys = capsys

    def run(self, *options: str, source: Path | None = None) -> str:
        """The report of one run of the command, which must go well."""
        self._capsys.readouterr()
        call = ["import-site", str(source or self.old), "--message-language", "en", *options]
        assert main(call, root=self.new) == 0, self._capsys.readouterr()
        return self._capsys.readouterr().out

    def text(self, path: str) -> str:
        return (self.new / "content" / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the new site."""
        return {file.path: file.data for file in read_tree(self.new).value.files}

    def build(self) -> Build:
        """The new site, built; it must have no error."""
        build = build_site(read_tree(self.new).value, Options(drafts=True), Cache(None))
        assert not build.failed, [
            (e.check, e.span, str(e.message))
            for e in build.diagnostics
            if e.severity.value == "error"
        ]
        return build


def old_words(text: str) -> list[str]:
    """The words that readers of an old text read, in order; arguments of marks among them."""
    text = re.sub(r"\A(---|\+\+\+)\n.*?\n\1\n", "", text, flags=re.DOTALL)
    text = re.sub(r'\b(?:src|href|id|link|class|style|target|rel|width|height)="[^"]*"', " ", text)
    text = re.sub(r"^[\s>]*\d+[.)] |\[\^[^\]]*\]", " ", text, flags=re.MULTILINE)
    return _words(unescape(_MARKS.sub(" ", text)))


def new_words(html: bytes) -> list[str]:
    """The words of the main part of a built page, with those of pictures and where links lead."""
    main_part = lxml.html.fromstring(html.decode()).find(".//main")
    assert main_part is not None
    parts: list[str] = []
    for event, element in lxml.etree.iterwalk(main_part, ("start", "end", "comment")):
        apart = "" if element.tag == "sup" else " "  # `1er`, of which the letters are raised
        if event == "start":
            said = (element.get("alt"), element.get("href"))
            parts += [apart, *(f" {each} " for each in said if each), element.text or ""]
        else:
            parts += [" ", element.tail or ""]
    return _words("".join(parts))


def lost(old: list[str], new: list[str]) -> list[str]:
    """The words of an old text that a new page lacks, each as often as it lacks it."""
    left = list(new)
    missing = []
    for word in old:
        if word in left:
            left.remove(word)
        else:
            missing.append(word)
    return missing


def _words(text: str) -> list[str]:
    plain = text.casefold().replace("\u00ad", "").replace("œ", "oe").replace("æ", "ae")
    return re.findall(r"[^\W_]+", plain)
