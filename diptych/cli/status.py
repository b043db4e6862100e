"""The command `status`: shows the translation status."""

from __future__ import annotations

import argparse
from functools import partial

from diptych.cli.sources import read_with_drafts
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.content.hosts import edit_address
from diptych.diagnostics import Diagnostic, say
from diptych.disk import earlier_texts, write_output
from diptych.pipeline import Reading, without_allowed
from diptych.pipeline.history import OldTexts
from diptych.site import Site
from diptych.translation import Unit
from diptych.translation.status import Status, as_json, as_text, status_of, summary


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Prints the table of pages and languages, and the outdated parts; with `--html` the texts side
    by side.
    """
    _, read = read_with_drafts(options.root, terminal)
    if read is None:
        return SITE_ERRORS
    if read.site is None:
        terminal.report("text", read.diagnostics, read.sources)
        return SITE_ERRORS
    found = _status(read.site, read, options)
    if options.html is not None:
        from diptych.translation.side_by_side import MADE_BY, side_by_side

        repository = read.site.settings.repository
        text = side_by_side(
            read.site,
            read.reports,
            read.sources,
            terminal.words,
            link=partial(_file_address, repository) if repository else None,
            form=f"{repository}/actions/workflows/confirm.yml" if _has_forms(repository) else None,
        )
        write_output(options.root, options.html, text, MADE_BY)
        terminal.tell(say("{path} is written", path=str(options.html)))
    if options.format == "json":
        terminal.show(as_json(found))
    elif options.format == "text":
        terminal.show(as_text(found, read.site.settings.languages, terminal.words))
    else:
        terminal.report(options.format, _about_translations(read), read.sources)
    terminal.tell(summary(found))
    return DONE


def _has_forms(repository: str | None) -> bool:
    """Whether the git host has the forms of `.github/workflows`."""
    return repository is not None and repository.startswith("https://github.com/")


def _file_address(repository: str, place: str) -> str:
    """The address at the git host where a place (`path:line`) is edited."""
    path, _, line = place.rpartition(":")
    return f"{edit_address(repository, path)}#L{line}"


def _status(site: Site, read: Reading, options: argparse.Namespace) -> Status:
    texts = OldTexts(site.settings, site.types, partial(earlier_texts, options.root))

    def old(unit: Unit, key: str, language: str, digest: str) -> str | None:
        return texts.find(unit.span.path, key, language, digest)

    return status_of(site, read.reports, read.sources, old)


def _about_translations(read: Reading) -> tuple[Diagnostic, ...]:
    """The diagnostics about missing, outdated and unconfirmed translations."""
    names = {
        "missing-translation",
        "outdated-translation",
        "missing-unit",
        "gone-part",
        "unconfirmed",
    }
    return without_allowed((each for each in read.diagnostics if each.check in names), read.site)
