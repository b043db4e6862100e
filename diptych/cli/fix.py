"""The command `fix`: shows the certain corrections, and writes them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from diptych.cli.sources import cache_of, has_conflicts
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.diagnostics import command, nearest, say, say_n
from diptych.disk import read_tree, write_sources
from diptych.fix import Mended, mend
from diptych.model import Tree
from diptych.translation.po import diff_of


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Shows the changes and writes them; with `--check` it writes nothing and ends with 1."""
    tree = read_tree(options.root).value
    if has_conflicts(tree, terminal):
        return SITE_ERRORS
    wanted = _wanted(options.files, options.root, tree, terminal)
    if wanted is None:
        return WRONG_CALL
    cache = cache_of(options.root)
    mended = mend(tree, cache, wanted or None)
    cache.save()
    if not mended.files:
        terminal.tell(say("nothing is left that can be mended without you"))
        return DONE
    _show(mended, tree, terminal)
    if options.check:
        terminal.tell(
            say_n(
                "{count} file would change; nothing was written",
                "{count} files would change; nothing was written",
                count=len(mended.files),
            )
        )
        return SITE_ERRORS
    write_sources(options.root, mended.files, tree)
    changed = say_n("{count} file changed", "{count} files changed", count=len(mended.files))
    corrected = say(
        "{changed}, {corrections}",
        changed=changed,
        corrections=say_n("{count} correction", "{count} corrections", count=mended.count),
    )
    # a new line end does not count as a correction
    terminal.tell(corrected if mended.count else changed)
    for key in mended.to_confirm:
        terminal.tell(
            say(
                "{key}: a text that was confirmed reads differently now; look at it, then: "
                "{command}",
                key=key,
                command=command("confirm", key),
            )
        )
    return DONE


def _show(mended: Mended, tree: Tree, terminal: Terminal) -> None:
    """Prints the difference as `git diff` does; a change of line ends or byte order mark in words."""
    terminal.show(diff_of(tree, mended.files))
    for path, data in sorted(mended.files.items()):
        if not diff_of(tree, {path: data}):
            terminal.tell(
                say("{path}: only line ends or a byte order mark, which nobody sees", path=path)
            )


def _wanted(files: list[Path], root: Path, tree: Tree, terminal: Terminal) -> frozenset[str] | None:
    """The requested paths, as the tree names them; None if a file does not exist."""
    known = {file.path for file in tree.files}
    found = set()
    for file in files:
        inside = Path(os.path.relpath(file.absolute(), root.absolute())).as_posix()
        path = next((each for each in (inside, file.as_posix()) if each in known), None)
        if path is None:
            terminal.tell(say("there is no file `{name}` in this site", name=file.as_posix()))
            if near := nearest(file.as_posix(), known):
                terminal.tell(say("did you mean `{near}`?", near=near))
            return None
        found.add(path)
    return frozenset(found)
