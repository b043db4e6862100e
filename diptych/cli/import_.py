"""The command `import`: writes the translations of a PO file into the pages."""

from __future__ import annotations

import argparse

from diptych.cli.export import Exchange
from diptych.cli.sources import errors_of
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.diagnostics import Severity, has_errors, say, say_n, sort_by_place
from diptych.disk import read_file, write_sources
from diptych.files.text import decode, merge_conflict
from diptych.pipeline import Options, read_site
from diptych.translation.po import ImportResult, diff_of, import_po


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Imports the translations of a PO file: all of them, or none if one has an error."""
    exchange = Exchange(options.root)
    if exchange.refused(terminal):
        return SITE_ERRORS
    if not options.file.is_file():
        terminal.tell(say("there is no file {name}", name=options.file.as_posix()))
        return WRONG_CALL
    returned = read_file(options.file)
    decoded = merge_conflict(returned.value) or decode(returned.value)
    source, settings = decoded.value, exchange.site().settings
    problems = returned.diagnostics or decoded.diagnostics
    result = ImportResult()
    if not problems:
        outcome = import_po(
            source, exchange.tree, exchange.bundles(), settings, fuzzy=options.fuzzy
        )
        result, problems = outcome.value, outcome.diagnostics
    sources = {**exchange.drafts.sources, source.path: source}
    terminal.report("text", sort_by_place(problems), sources)
    if has_errors(problems):
        terminal.tell(say("nothing was written"))
        return SITE_ERRORS
    terminal.show(diff_of(exchange.tree, result.texts))
    if not _still_publishable(exchange, result, terminal):
        terminal.tell(say("nothing was written"))
        return SITE_ERRORS
    return _written(result, exchange, options, terminal)


def _still_publishable(exchange: Exchange, result: ImportResult, terminal: Terminal) -> bool:
    """Whether the site has no errors after the import. Reports its errors, and new warnings in the
    changed files. The site is read without the new locks, so that confirmed texts are compared too.
    """
    tree = exchange.tree.with_files(result.texts)
    after = read_site(tree, Options(), exchange.cache)
    known = {each.identity for each in exchange.published.diagnostics}
    new = [
        each
        for each in after.diagnostics
        if each.span.path in result.texts
        and each.severity is not Severity.INFO
        and each.identity not in known
    ]
    errors = errors_of(after)
    terminal.report("text", sort_by_place((*errors, *new)), after.sources)
    return not errors


def _written(
    result: ImportResult, exchange: Exchange, options: argparse.Namespace, terminal: Terminal
) -> int:
    files = say_n("{count} file", "{count} files", count=len(result.texts))
    confirmed = say_n("{count} text confirmed", "{count} texts confirmed", count=result.confirmed)
    if options.dry_run:
        terminal.tell(
            say_n(
                "{count} text would change in {files}; {confirmed}; nothing was written",
                "{count} texts would change in {files}; {confirmed}; nothing was written",
                count=result.changed,
                files=files,
                confirmed=confirmed,
            )
        )
        return DONE
    write_sources(options.root, result.files, exchange.tree)
    terminal.tell(
        say_n(
            "{count} text changed in {files}; {confirmed}",
            "{count} texts changed in {files}; {confirmed}",
            count=result.changed,
            files=files,
            confirmed=confirmed,
        )
    )
    return DONE
