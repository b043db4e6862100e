"""The command `review`: compares the site with an earlier state, for whoever approves a change."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from diptych.cache import Cache
from diptych.cli.sources import cache_of, now
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.diagnostics import say
from diptych.disk import read_tree
from diptych.pipeline import Options, build_site
from diptych.review import BuiltSite, as_markdown, is_code, review_of


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Prints a report in Markdown: what a change does, and who must look at what."""
    if not (options.against / "content").is_dir():
        terminal.tell(
            say(
                "{folder} holds no site: there is no folder content in it",
                folder=str(options.against),
            )
        )
        return WRONG_CALL
    cache = cache_of(options.root)
    after, before = built(options.root, cache), built(options.against, cache.beside())
    found = review_of(before, after)
    cache.save()
    site = after.build.site or before.build.site
    languages = site.settings.languages if site else ()
    terminal.show(
        as_markdown(found, languages, after.build.sources, terminal.words, options.edit_at)
    )
    return SITE_ERRORS if found.failed else DONE


def built(root: Path, cache: Cache, day: datetime.date | None = None) -> BuiltSite:
    """The site as it would be published (on that day; by default today), without the search index,
    which the report does not need.
    """
    read = read_tree(root)
    options = Options(today=day, now=now(), thorough=True, index=False)
    build = build_site(read.value, options, cache, read.diagnostics)
    outputs = {} if build.failed else {output.path: output.body for output in build.outputs}
    code = {file.path: file.data for file in read.value.files if is_code(file.path)}
    return BuiltSite(build, outputs, code)
