"""The site as `export` and `import` read it; whether it can be published after an import."""

from __future__ import annotations

from pathlib import Path

from diptych.cache import Cache
from diptych.cli.sources import cache_of
from diptych.cli.terminal import Terminal
from diptych.diagnostics import Diagnostic, Severity, say, sort_by_place
from diptych.disk import read_tree
from diptych.model import Tree
from diptych.pipeline import Options, Reading, read_site
from diptych.site import Site
from diptych.translation import Bundle, bundles_of
from diptych.translation.po import ImportResult, replaced_files


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
        """Reports the errors of the site; True if there are any. Then nothing is exported or
        imported.
        """
        errors = _errors(self.published)
        if errors:
            terminal.report("text", errors, self.published.sources)
            terminal.tell(say("mend these first; nothing was exported or imported"))
        return bool(errors)

    def still_publishable(self, result: ImportResult, terminal: Terminal) -> bool:
        """Whether the site has no errors after the import. Reports its errors, and new warnings in
        the changed files.

        Reads without the new locks, since confirmed texts are not compared.
        """
        after = read_site(
            replaced_files(self.tree, result.texts), Options(thorough=True), self.cache
        )
        known = {each.identity for each in self.published.diagnostics}
        new = [
            each
            for each in sort_by_place(after.diagnostics)
            if each.span.path in result.texts
            and each.severity is not Severity.INFO
            and each.identity not in known
        ]
        errors = _errors(after)
        terminal.report("text", sort_by_place((*errors, *new)), after.sources)
        return not errors


def _errors(read: Reading) -> tuple[Diagnostic, ...]:
    return sort_by_place(each for each in read.diagnostics if each.severity is Severity.ERROR)
