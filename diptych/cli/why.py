"""The command `why`: the inputs of an output, and which of them caused its last build."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping
from pathlib import Path

from diptych.cli.sources import cache_of
from diptych.cli.terminal import DONE, WRONG_CALL, Terminal
from diptych.diagnostics import Message, nearest, say
from diptych.disk import MANIFEST, listed

_NAMES: Mapping[str, Message] = {  # of inputs that are no files
    "archives": say("the years of feeds that are archives"),
    "assets": say("assets, by their addresses"),
    "background and letters": say("the background and the letters of shared pictures"),
    "chapters": say("the chapters of all pages"),
    "contents": say("the list of all there is"),
    "day": say("today's date"),
    "files": say("the list of files to take along"),
    "given": say("what the file holds"),
    "old anchors": say("what headings of the page were called before"),
    "other pages": say("what pages show of each other: titles, addresses, headings, settings"),
    "pictures": say("the pictures of the page"),
    "places in the file": say("the places in the file with the whole site"),
    "program": say("this program and its libraries"),
    "search": say("the search"),
    "strings": say("the strings of the catalogs"),
    "style": say("the style of the file with the whole site"),
    "templates": say("the templates"),
    "translation": say("whether the page lags behind another language"),
    "words": say("the words of the picture"),
}
# the stages that make outputs; the cache knows the inputs of each result. The slot of a result is the
# path of its output. For `timeline_data` it is the path of the page beside the files
_STAGES = ("make_page", "timeline_data", "draw_share")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Prints the inputs of an output as the last build kept them, and which of them had changed."""
    folder: Path = options.root / "public"
    path = _path(str(options.path), str(folder))
    cache = cache_of(options.root)
    page = path.rpartition("/")[0] + "/index.html"
    slots = [path, *([page] if "/timeline." in path else [])]
    found = next(
        (kept for slot in slots for stage in _STAGES if (kept := cache.made_of(stage, slot))), None
    )
    if found is None:
        return _not_kept(path, (*(listed(folder) or ()), MANIFEST), terminal)
    inputs, before = found
    words = terminal.words
    lines = [words(say("{path} was made from:", path=path))]
    lines += (f"  {_name(each, terminal)}" for each in inputs)
    if before:
        lines.append(words(say("it was made again since these had changed:")))
        lines += (f"  {_name(each, terminal)}" for each in before)
    terminal.show("\n".join(lines) + "\n")
    return DONE


def _path(written: str, folder: str) -> str:
    """The path of the output that the user names: by its address, by its path below `public/`, or by
    its path on the disk.
    """
    path = written.removeprefix(folder).removeprefix("public").lstrip("/")
    return (
        f"{path.rstrip('/')}/index.html".lstrip("/") if "." not in path.rpartition("/")[2] else path
    )


def _name(given: str, terminal: Terminal) -> str:
    """The name of a file, or words for an input that is no file. The page that lets readers choose a
    language has the inputs of all home pages, each behind the path of its page: `nl/: …`.
    """
    before, colon, name = given.rpartition(": ")
    return before + colon + (terminal.words(_NAMES[name]) if name in _NAMES else name)


def _not_kept(path: str, known: Collection[str], terminal: Terminal) -> int:
    """Prints that an output is made in every build. For a path that is not among the published
    files (`known`), prints instead the nearest path among them.
    """
    if path in known:
        terminal.tell(
            say("{path} is made in every build, of what the pages and settings hold", path=path)
        )
        return DONE
    near = nearest(path, known)
    terminal.tell(
        say("the last build published no {path}; did you mean `{near}`?", path=path, near=near)
        if near
        else say("the last build published no {path}", path=path)
    )
    return WRONG_CALL
