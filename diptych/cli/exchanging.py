"""`export` and `import`: a PO file with the texts that a language lacks, and its translations back."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from diptych.cache import Cache
from diptych.cli.sources import cache_of, has_conflicts
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.content.terms import term_notes
from diptych.diagnostics import Diagnostic, Severity, nearest, say, say_n, sort_by_place
from diptych.disk import earlier_texts, read_file, read_tree, write_output, write_sources
from diptych.files.text import decode, merge_conflict
from diptych.model import Tree
from diptych.pipeline import Options, Reading, read_site
from diptych.pipeline.history import OldTexts
from diptych.site import Site
from diptych.translation import Bundle, bundles_of
from diptych.translation.po import (
    FORMAT_FIELD,
    ExportEntry,
    ExportOptions,
    ImportResult,
    diff_of,
    export_entries,
    export_po,
    import_po,
    replaced_files,
    translation_of,
)


def export(options: argparse.Namespace, terminal: Terminal) -> int:
    """One PO file with what a language lacks, on standard output or in a file."""
    exchange = _Exchange(options.root)
    if has_conflicts(exchange.tree, terminal) or exchange.refused(terminal):
        return SITE_ERRORS
    site = exchange.site()
    language = next((e for e in site.settings.languages if e.key == options.language), None)
    if language is None:
        return _unknown_language(options.language, site, terminal)
    translations = [translation_of(bundle, language.key) for bundle in exchange.bundles()]
    entries = export_entries(translations, options.all)
    wanted = ExportOptions(
        language,
        options.all,
        site.settings.organisation.short_name,
        _old_texts(entries, site, options.root),
        notes=partial(term_notes, site.vocabulary, target=language.key),
        words=terminal.words,
    )
    text = export_po(entries, wanted)
    if options.output is None:
        terminal.show(text)
    else:
        write_output(options.root, options.output, text, FORMAT_FIELD)
        terminal.tell(say("{path} is written", path=str(options.output)))
    words = sum(entry.source.words for entry in entries)
    terminal.tell(
        say_n(
            "{name}: {count} text to translate or to look at again, about {words}",
            "{name}: {count} texts to translate or to look at again, about {words}",
            name=language.name,
            count=len(entries),
            words=say_n("{count} word", "{count} words", count=words),
        )
    )
    return DONE


def import_(options: argparse.Namespace, terminal: Terminal) -> int:
    """The translations of a PO file into the pages: all that are in order, or nothing at all."""
    exchange = _Exchange(options.root)
    if has_conflicts(exchange.tree, terminal) or exchange.refused(terminal):
        return SITE_ERRORS
    returned = read_file(options.file)
    decoded = merge_conflict(returned.value) or decode(returned.value)
    source, settings = decoded.value, exchange.site().settings
    problems = returned.diagnostics or decoded.diagnostics
    result = ImportResult()
    if not problems:
        outcome = import_po(source, exchange.tree, exchange.bundles(), settings)
        result, problems = outcome.value, outcome.diagnostics
    sources = {**exchange.drafts.sources, source.path: source}
    terminal.report("text", sort_by_place(problems), sources)
    if any(each.severity is Severity.ERROR for each in problems):
        terminal.tell(say("nothing was written"))
        return SITE_ERRORS
    terminal.show(diff_of(exchange.tree, result.texts))
    if not exchange.still_publishable(result, terminal):
        terminal.tell(say("nothing was written"))
        return SITE_ERRORS
    return _written(result, exchange, options, terminal)


def _written(
    result: ImportResult, exchange: _Exchange, options: argparse.Namespace, terminal: Terminal
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


class _Exchange:
    """The site as both commands read it: without drafts (`published`) and with them (`drafts`)."""

    def __init__(self, root: Path) -> None:
        self.cache: Cache = cache_of(root)
        read = read_tree(root)
        self.tree: Tree = read.value
        self.published: Reading = read_site(self.tree, Options(), self.cache, read.diagnostics)
        self.drafts: Reading = read_site(self.tree, Options(drafts=True), self.cache)
        self.cache.save()

    def site(self) -> Site:
        """The site with its drafts. Call `refused` first: with errors there may be no site."""
        assert self.drafts.site is not None
        return self.drafts.site

    def bundles(self) -> tuple[Bundle, ...]:
        """The bundles of all pages, and those of site.yaml and terms.yaml."""
        return tuple(bundles_of(self.site(), self.drafts.sources))

    def refused(self, terminal: Terminal) -> bool:
        """Reports the errors of the site. Whether there are any: then nothing is exported or
        imported.
        """
        errors = _errors(self.published)
        if errors:
            terminal.report("text", errors, self.published.sources)
            terminal.tell(say("mend these first; nothing was exported or imported"))
        return bool(errors)

    def still_publishable(self, result: ImportResult, terminal: Terminal) -> bool:
        """Whether the site has no errors after the import. Reports its errors, and new warnings in the
        changed files.

        Reads without the new locks, since confirmed texts are not compared.
        """
        after = read_site(
            replaced_files(self.tree, result.texts), Options(thorough=True), self.cache
        )
        known = {(each.check, each.span.path, each.message) for each in self.published.diagnostics}
        new = [
            each
            for each in sort_by_place(after.diagnostics)
            if each.span.path in result.texts
            and each.severity is not Severity.INFO
            and (each.check, each.span.path, each.message) not in known
        ]
        errors = _errors(after)
        terminal.report("text", sort_by_place((*errors, *new)), after.sources)
        return not errors


def _errors(read: Reading) -> tuple[Diagnostic, ...]:
    return sort_by_place(each for each in read.diagnostics if each.severity is Severity.ERROR)


def _old_texts(entries: tuple[ExportEntry, ...], site: Site, root: Path) -> dict[str, str]:
    """Earlier wordings, by digest, as far as git remembers them."""
    history = OldTexts(site.settings, site.types, partial(earlier_texts, root))
    found: dict[str, str] = {}
    for entry in entries:
        if entry.target is not None and entry.former is not None:
            key = entry.translation.bundle.key
            text = history.find(entry.source.span.path, key, entry.origin, entry.former)
            found |= {entry.former: text} if text is not None else {}
    return found


def _unknown_language(key: str, site: Site, terminal: Terminal) -> int:
    keys = [language.key for language in site.settings.languages]
    near = nearest(key, keys)
    terminal.tell(
        say("the site has no language `{key}`; did you mean `{near}`?", key=key, near=near)
        if near
        else say(
            "the site has no language `{key}`; its languages are: {known}",
            key=key,
            known=", ".join(keys),
        )
    )
    return WRONG_CALL
