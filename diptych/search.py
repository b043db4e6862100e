"""Makes the files of a search index, which a browser reads without help of the server.

Only this module runs Pagefind, by the command of its package. Pagefind indexes each language on its
own, with that language's stems. It gets the texts of the pages without menu and footer, so that a
new menu does not change the index. The search pages that Pagefind makes are left out, since the
site has its own. Beside the index is a list of the words of each language, with which the site's
script finds a word inside a compound, or one with a mistyped letter.
"""

from __future__ import annotations

import html
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

from diptych.bodies import Body
from diptych.languages import DOT, LanguageRules, rules_of
from diptych.model import File
from diptych.values import Value

FOLDER = "pagefind/"  # in the output; Pagefind's script finds its files beside itself
SCRIPT = FOLDER + "pagefind.js"
MOST_OF_WORDS = 20_000  # bytes of one list of words

_PACKAGE = "pagefind_bin"
_ENTRY = "pagefind-entry.json"  # names the index of each language
_OURS = re.compile(r"pagefind\.js|pagefind\.[^/]+\.pf_meta|(?:fragment|index)/[^/]+")
_SECONDS = 120
# Pagefind's script names this host only to highlight words on other pages, which the site does not
# use. It is replaced, since no published file may name a host other than the site's.
_FOREIGN = (b"`https://example.com$", b"`${location.origin}$")
_TAG = re.compile("<[^>]*>")
# words, but for short ones, which look like too many others
_LETTERS = re.compile(rf"(?<![\w{DOT}])[^\W\d_]{{4,}}(?!\w)")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


class SearchFailed(Exception):
    """Pagefind could not be run, or failed; the text gives the reason."""


class SearchText(Value):
    """The searchable text of one page."""

    path: str  # of the page, `nl/vragen/`
    lang: str  # its language tag; a search in that language finds it
    body: Body  # its text as HTML; a heading with an id is a result of its own

    @property
    def html(self) -> str:
        """Its text, read now from where it is."""
        return self.body.read().decode()


def can_index() -> bool:
    """Whether Pagefind is installed."""
    return find_spec(_PACKAGE) is not None


def make_index(texts: tuple[SearchText, ...]) -> tuple[File, ...]:
    """The files of the index, in order of their paths in the output. Equal texts give equal bytes.

    Raises SearchFailed if Pagefind is missing or fails.
    """
    import subprocess  # here, as below, since few builds make an index
    from tempfile import TemporaryDirectory

    try:
        with TemporaryDirectory(prefix="diptych-") as name:
            folder = Path(name)
            for text in texts:
                _write(folder / "site" / text.path / "index.html", _document(text))
            _run(folder)
            files = [*_read(folder / "index"), *_words(texts)]
            return tuple(File(FOLDER + path, data) for path, data in sorted(files))
    except (ImportError, OSError, ValueError, subprocess.SubprocessError) as error:
        raise SearchFailed(str(error)) from error


def fold(word: str) -> str:
    """A word in small letters, without accents, ligatures and raised figures: `Œuvre` is `oeuvre`."""
    parts = unicodedata.normalize("NFKD", word.lower().translate(_LIGATURES))
    return "".join(each for each in parts if not unicodedata.combining(each))


def _words(texts: Iterable[SearchText]) -> list[tuple[str, bytes]]:
    """For each language a file with its words: path and bytes."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        plain = html.unescape(_TAG.sub(" ", text.html)).lower()
        counts.setdefault(text.lang, Counter()).update(_LETTERS.findall(plain))
    return [
        (f"words.{lang.lower()}.txt", _packed(found, rules_of(lang)))
        for lang, found in counts.items()
    ]


def _packed(counts: Counter[str], rules: LanguageRules) -> bytes:
    """The words in alphabetical order. Each begins with a digit: the number of letters that it
    shares with the word before it; then its other letters follow. A `+` before them says that the
    language forms compounds, a `-` that it does not. A line after them holds the words of
    questions, which say nothing about the topic; another holds the prefix of participles, a comma,
    and the endings of verbs, the longest first, each with a slash and the letters that take its
    place, if there are any. The rarest words are dropped if there is no room.
    """
    asking = " ".join(sorted({fold(each) for each in rules.stop_words | rules.asking}))
    endings = " ".join(
        sorted(rules.verb_endings, key=lambda each: (-len(each.partition("/")[0]), each))
    )
    behind = f"\n{asking}\n{rules.participle},{endings}".encode()
    room = MOST_OF_WORDS - len(behind)
    words = [word for word, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
    while len(packed := _joined(sorted(words), rules.compounds)) > room:
        del words[-max(1, len(words) // 20) :]
    return packed + behind


def _joined(words: list[str], compounds: bool) -> bytes:
    """The list of words as `_packed` writes it, without the line of the words of questions and the
    line of verbs.
    """
    parts, before = ["+" if compounds else "-"], ""
    for word in words:
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False))
        shared = min(9, sum(1 for _ in alike))
        parts += (str(shared), word[shared:])
        before = word
    return "".join(parts).encode()


def _document(text: SearchText) -> str:
    """The HTML that Pagefind reads in place of the finished page."""
    return f'<!DOCTYPE html><html lang="{text.lang}"><body>{text.html}</body></html>'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _run(folder: Path) -> None:
    """Runs Pagefind in `folder`, without the settings of other folders or of the environment."""
    import subprocess

    from pagefind_bin import get_executable

    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    command = [get_executable(), "--site", "site", "--output-path", "index", "--silent"]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise SearchFailed(said.rpartition("\n")[2] or f"pagefind: {done.returncode}")


def _read(folder: Path) -> list[tuple[str, bytes]]:
    """The files of the index that the site publishes: path and bytes, sorted by path."""
    entry = json.loads((folder / _ENTRY).read_bytes())
    engines = {f"wasm.{each['wasm']}.pagefind" for each in entry["languages"].values()}
    found = {_ENTRY: json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()}
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and (path in engines or _OURS.fullmatch(path)):
            found[path] = file.read_bytes()
    found["pagefind.js"] = found["pagefind.js"].replace(*_FOREIGN)
    return sorted(found.items())
