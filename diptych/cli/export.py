"""The command `export`: a PO file with the texts that a language lacks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from diptych.cache import Cache
from diptych.cli.sources import cache_of, errors_of, has_conflicts
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.content.terms.vocabulary import term_notes
from diptych.diagnostics import nearest, say, say_n
from diptych.disk import earlier_texts, read_file, read_tree, write_output
from diptych.files.text import decode
from diptych.model import Tree
from diptych.pipeline import Options, Reading, read_site
from diptych.pipeline.history import OldTexts
from diptych.site import Site
from diptych.translation import Bundle, bundles_of
from diptych.translation.po import (
    FORMAT_FIELD,
    ExportEntry,
    ExportOptions,
    PageTranslation,
    export_entries,
    export_po,
    translation_of,
    unreturned,
)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Writes one PO file with the texts that a language lacks, to standard output or into a file."""
    exchange = Exchange(options.root)
    if exchange.refused(terminal):
        return SITE_ERRORS
    site = exchange.site()
    language = next((e for e in site.settings.languages if e.key == options.language), None)
    if language is None:
        return _unknown_language(options.language, site, terminal)
    translations = [translation_of(bundle, language.key) for bundle in exchange.bundles()]
    entries = export_entries(translations, options.all)
    wanted = ExportOptions(
        language,
        site.settings.organisation.short_name(language.key),
        _old_texts(entries, site, options.root),
        notes=partial(term_notes, site.vocabulary, target=language.key),
        words=terminal.words,
    )
    text = export_po(entries, wanted)
    if options.output is None:
        terminal.show(text)
    elif _holds_work(options.output, translations, site):
        message = say(
            "{path} holds translations that stand nowhere in the site: import it first, or name "
            "another file",
            path=str(options.output),
        )
        terminal.tell(message)
        return SITE_ERRORS
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


def _holds_work(path: Path, translations: Sequence[PageTranslation], site: Site) -> bool:
    """Whether the file that the export would replace holds translations that were not imported."""
    read = read_file(path) if path.is_file() else None
    if read is None or FORMAT_FIELD.encode() not in read.value.data:
        return False  # `write_output` reports other contents
    source = decode(read.value).value
    return unreturned(source, translations, site.settings.languages)


def _old_texts(entries: tuple[ExportEntry, ...], site: Site, root: Path) -> dict[str, str]:
    """Earlier wordings by digest, as far as git has them."""
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


class Exchange:
    """The site in both forms: without drafts (`published`) and with drafts (`drafts`)."""

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
        """Whether the site has merge conflicts or errors, which are reported. Then nothing is
        exported or imported.
        """
        if has_conflicts(self.tree, terminal):
            return True
        errors = errors_of(self.published)
        if errors:
            terminal.report("text", errors, self.published.sources)
            terminal.tell(say("mend these first; nothing was exported or imported"))
        return bool(errors)
