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
    Delivery,
    Offer,
    Order,
    diff_of,
    export_po,
    import_po,
    ledger_of,
    offers_of,
    replaced_files,
)


def export(options: argparse.Namespace, terminal: Terminal) -> int:
    """One PO file with what a language lacks, on standard output or in a file."""
    desk = _Desk(options.root)
    if has_conflicts(desk.tree, terminal) or desk.refused(terminal):
        return SITE_ERRORS
    site = desk.site()
    language = next((e for e in site.settings.languages if e.key == options.language), None)
    if language is None:
        return _unknown_language(options.language, site, terminal)
    ledgers = [ledger_of(bundle, language.key) for bundle in desk.bundles()]
    offers = offers_of(ledgers, options.all)
    order = Order(
        language,
        options.all,
        site.settings.organisation.short_name,
        _old_texts(offers, site, options.root),
        notes=partial(term_notes, site.vocabulary, target=language.key),
        words=terminal.words,
    )
    text = export_po(offers, order)
    if options.output is None:
        terminal.show(text)
    else:
        write_output(options.root, options.output, text, FORMAT_FIELD)
        terminal.tell(say("{path} is written", path=str(options.output)))
    words = sum(offer.source.words for offer in offers)
    terminal.tell(
        say_n(
            "{name}: {count} text to translate or to look at again, about {words}",
            "{name}: {count} texts to translate or to look at again, about {words}",
            name=language.name,
            count=len(offers),
            words=say_n("{count} word", "{count} words", count=words),
        )
    )
    return DONE


def import_(options: argparse.Namespace, terminal: Terminal) -> int:
    """The translations of a PO file into the pages: all that is in order, or nothing at all."""
    desk = _Desk(options.root)
    if has_conflicts(desk.tree, terminal) or desk.refused(terminal):
        return SITE_ERRORS
    returned = read_file(options.file)
    decoded = merge_conflict(returned.value) or decode(returned.value)
    source, settings = decoded.value, desk.site().settings
    problems = returned.diagnostics or decoded.diagnostics
    delivery = Delivery()
    if not problems:
        outcome = import_po(source, desk.tree, desk.bundles(), settings)
        delivery, problems = outcome.value, outcome.diagnostics
    sources = {**desk.drafts.sources, source.path: source}
    terminal.report("text", sort_by_place(problems), sources)
    if any(each.severity is Severity.ERROR for each in problems):
        terminal.tell(say("nothing was written"))
        return SITE_ERRORS
    terminal.show(diff_of(desk.tree, delivery.texts))
    if not desk.still_publishable(delivery, terminal):
        terminal.tell(say("nothing was written"))
        return SITE_ERRORS
    return _written(delivery, desk, options, terminal)


def _written(
    delivery: Delivery, desk: _Desk, options: argparse.Namespace, terminal: Terminal
) -> int:
    files = say_n("{count} file", "{count} files", count=len(delivery.texts))
    confirmed = say_n("{count} text confirmed", "{count} texts confirmed", count=delivery.confirmed)
    if options.dry_run:
        terminal.tell(
            say_n(
                "{count} text would change in {files}; {confirmed}; nothing was written",
                "{count} texts would change in {files}; {confirmed}; nothing was written",
                count=delivery.changed,
                files=files,
                confirmed=confirmed,
            )
        )
        return DONE
    write_sources(options.root, delivery.files, desk.tree)
    terminal.tell(
        say_n(
            "{count} text changed in {files}; {confirmed}",
            "{count} texts changed in {files}; {confirmed}",
            count=delivery.changed,
            files=files,
            confirmed=confirmed,
        )
    )
    return DONE


class _Desk:
    """The site as both commands read it: once without drafts (`published`), once with (`drafts`)."""

    def __init__(self, root: Path) -> None:
        self.cache: Cache = cache_of(root)
        read = read_tree(root)
        self.tree: Tree = read.value
        self.published: Reading = read_site(self.tree, Options(), self.cache, read.diagnostics)
        self.drafts: Reading = read_site(self.tree, Options(drafts=True), self.cache)
        self.cache.save()

    def site(self) -> Site:
        """The site with its drafts. Ask `refused` first: a site with errors may not be there."""
        assert self.drafts.site is not None
        return self.drafts.site

    def bundles(self) -> tuple[Bundle, ...]:
        """Every page with what lies beside it, and the files of the whole site."""
        return tuple(bundles_of(self.site(), self.drafts.sources))

    def refused(self, terminal: Terminal) -> bool:
        """Whether the site has errors, which it reports: a text that cannot be read is not exported."""
        errors = _errors(self.published)
        if errors:
            terminal.report("text", errors, self.published.sources)
            terminal.tell(say("mend these first; nothing was exported or imported"))
        return bool(errors)

    def still_publishable(self, delivery: Delivery, terminal: Terminal) -> bool:
        """Whether the site would have no errors with the translations in it. Reports these, and new
        warnings in the changed files.

        The new locks are left out: texts that they confirm would not be compared.
        """
        after = read_site(
            replaced_files(self.tree, delivery.texts), Options(thorough=True), self.cache
        )
        known = {(each.check, each.span.path, each.message) for each in self.published.diagnostics}
        new = [
            each
            for each in sort_by_place(after.diagnostics)
            if each.span.path in delivery.texts
            and each.severity is not Severity.INFO
            and (each.check, each.span.path, each.message) not in known
        ]
        errors = _errors(after)
        terminal.report("text", sort_by_place((*errors, *new)), after.sources)
        return not errors


def _errors(read: Reading) -> tuple[Diagnostic, ...]:
    return sort_by_place(each for each in read.diagnostics if each.severity is Severity.ERROR)


def _old_texts(offers: tuple[Offer, ...], site: Site, root: Path) -> dict[str, str]:
    """Earlier wordings, by digest, as far as git remembers them."""
    history = OldTexts(site.settings, site.types, partial(earlier_texts, root))
    found: dict[str, str] = {}
    for offer in offers:
        if offer.target is not None and offer.former is not None:
            key = offer.ledger.bundle.key
            text = history.find(offer.source.span.path, key, offer.origin, offer.former)
            found |= {offer.former: text} if text is not None else {}
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
