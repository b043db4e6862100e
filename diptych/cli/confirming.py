"""The commands about translations: how they stand, and that a person has looked."""

from __future__ import annotations

import argparse
import textwrap
from functools import partial

from diptych.cli.sources import cache_of, has_conflicts
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.diagnostics import Diagnostic, Severity, command, nearest, say, say_n
from diptych.disk import earlier_texts, read_tree, write_output, write_sources
from diptych.model import Tree
from diptych.pipeline import Options, Reading, read_site, without_allowed
from diptych.pipeline.history import OldTexts
from diptych.site import ADDRESSES, Site, write_addresses
from diptych.site.editing import edit_address
from diptych.translation import LanguageReport, State, Unit, UnitGroup, lock_path, write_lock
from diptych.translation import confirm as confirm_groups
from diptych.translation.outline import unsettled
from diptych.translation.status import Status, as_json, as_text, gone_parts, status_of, summary


def status(options: argparse.Namespace, terminal: Terminal) -> int:
    """The table of pages and languages, and what lags; in `--html` the texts side by side."""
    _, read = _read(options, terminal)
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
        names = {language.key: language.name for language in read.site.settings.languages}
        terminal.show(as_text(found, names, terminal.words))
    else:
        terminal.report(options.format, _about_translations(read), read.sources)
    terminal.tell(summary(found))
    return DONE


def _has_forms(repository: str | None) -> bool:
    """Whether the git host has the forms of `.github/workflows`."""
    return repository is not None and repository.startswith("https://github.com/")


def _file_address(repository: str, place: str) -> str:
    """Where a place (`path:line`) is changed at the git host."""
    path, _, line = place.rpartition(":")
    return f"{edit_address(repository, path)}#L{line}"


def confirm(options: argparse.Namespace, terminal: Terminal) -> int:
    """A person has looked: the languages of a page, or of a part of it, say the same now."""
    if (options.key is None) != options.all or (options.yes and not options.all):
        every = command("confirm", "--all")
        terminal.tell(say("name one page; or every page: {command}", command=every))
        return WRONG_CALL
    tree, read = _read(options, terminal)
    if read is None:
        return SITE_ERRORS
    if options.all:
        return _confirm_all(options, tree, read, terminal)
    report = read.reports.get(options.key)
    if read.site is None or report is None:
        return _unknown(options.key, read, terminal)
    keys = [language.key for language in read.site.settings.languages]
    if options.language is not None and options.language not in keys:
        terminal.tell(say("the site has no language `{key}`", key=options.language))
        return WRONG_CALL
    if report.lock is None:
        damaged = [each for each in read.diagnostics if each.check.startswith("lock-")]
        terminal.report("text", damaged, read.sources)
        return SITE_ERRORS
    chosen = _chosen(report, options.block)
    if options.block is not None and not chosen:
        return _unknown_block(options.block, report, terminal)
    lock = confirm_groups(
        report.groups,
        report.records,
        options.language,
        chosen or None,
        report.gone,
        report.lock.outlines,
        strict=report.strict,
    )
    path = lock_path(options.key)
    texts = {path: write_lock(lock)}
    if read.site.remembered is not None:
        texts[ADDRESSES] = write_addresses(read.site, [options.key])
    changed = write_sources(options.root, texts, tree)
    count = len(chosen) if chosen else len(report.groups)
    terminal.tell(
        say_n(
            "{path}: {count} part confirmed",
            "{path}: {count} parts confirmed",
            path=path,
            count=count,
        )
        if path in changed
        else say("{path}: everything was confirmed already", path=path)
    )
    if report.gone and options.language is None and not chosen:
        terminal.tell(
            say_n(
                "{count} part that is in no language any more, taken out",
                "{count} parts that are in no language any more, taken out",
                count=len(report.gone),
            )
        )
    if ADDRESSES in changed:
        terminal.tell(say("{path}: the addresses are remembered", path=ADDRESSES))
    return DONE


def _confirm_all(options: argparse.Namespace, tree: Tree, read: Reading, terminal: Terminal) -> int:
    """Shows each part that nobody has confirmed as it stands, or that is gone; `--yes` confirms them."""
    errors = [each for each in read.diagnostics if each.severity is Severity.ERROR]
    if (
        read.site is None or errors
    ):  # a page that could not be compared would be missing in the list
        terminal.report("text", errors, read.sources)
        return SITE_ERRORS
    open_parts = {key: _not_confirmed(report) for key, report in sorted(read.reports.items())}
    open_parts = {k: groups for k, groups in open_parts.items() if groups or read.reports[k].gone}
    for key, groups in open_parts.items():
        if groups:
            terminal.show(f"{key}\n" + "".join(f"{_lines(group)}\n" for group in groups))
        gone = read.reports[key].gone
        if gone:
            labels = "".join(f"  {each.label}\n" for each in gone)
            terminal.show(f"{terminal.words(gone_parts(key, len(gone)))}\n{labels}")
    if not open_parts:
        terminal.tell(say("everything was confirmed already"))
        return DONE
    if not options.yes:
        yes = command("confirm", "--all", "--yes")
        terminal.tell(say("nothing is written yet; when they say the same: {command}", command=yes))
        return DONE
    texts = {}
    for key in open_parts:
        report = read.reports[key]
        lock = confirm_groups(report.groups, report.records, strict=report.strict)
        texts[lock_path(key)] = write_lock(lock)
    if read.site.remembered is not None:
        texts[ADDRESSES] = write_addresses(read.site, list(open_parts))
    for path in sorted(write_sources(options.root, texts, tree)):
        terminal.tell(say("{path} is written", path=path))
    return DONE


def _not_confirmed(report: LanguageReport) -> list[UnitGroup]:
    confirmed = report.lock.outlines if report.lock else ()
    outline = unsettled(report.groups, confirmed, strict=report.strict)
    headings = {number for each in outline for number in each.numbers}
    return [
        group
        for number, (group, states) in enumerate(zip(report.groups, report.states, strict=True))
        if number in headings
        or any(each.state in (State.UNCONFIRMED, State.OUTDATED) for each in states.values())
    ]


def _lines(group: UnitGroup) -> str:
    """A part as it stands in each language, a line each, for whoever compares them."""
    texts = {language: " ".join(unit.text.split()) for language, unit in group.units.items()}
    return "\n".join(
        f"  {language}  {textwrap.shorten(text, 90, placeholder=' …')}"
        for language, text in texts.items()
    )


def remember(options: argparse.Namespace, terminal: Terminal) -> int:
    """Writes down every address, so that a later change of a slug leads on by itself."""
    tree, read = _read(options, terminal)
    if read is None:
        return SITE_ERRORS
    errors = [each for each in read.diagnostics if each.severity is Severity.ERROR]
    if read.site is None or errors:
        terminal.report("text", errors, read.sources)
        return SITE_ERRORS
    terminal.tell(
        say("{path}: the addresses are remembered", path=ADDRESSES)
        if write_sources(options.root, {ADDRESSES: write_addresses(read.site)}, tree)
        else say("{path}: every address is there already", path=ADDRESSES)
    )
    return DONE


def _read(options: argparse.Namespace, terminal: Terminal) -> tuple[Tree, Reading | None]:
    """The files, and the site with its drafts; no site, and they are reported, when there are merge
    conflicts.
    """
    cache = cache_of(options.root)
    tree = read_tree(options.root)
    if has_conflicts(tree.value, terminal):
        return tree.value, None
    read = read_site(tree.value, Options(drafts=True), cache, tree.diagnostics)
    cache.save()
    return tree.value, read


def _status(site: Site, read: Reading, options: argparse.Namespace) -> Status:
    texts = OldTexts(site.settings, site.types, partial(earlier_texts, options.root))

    def old(unit: Unit, key: str, language: str, digest: str) -> str | None:
        return texts.find(unit.span.path, key, language, digest)

    return status_of(site, read.reports, read.sources, old)


def _about_translations(read: Reading) -> tuple[Diagnostic, ...]:
    names = {
        "missing-translation",
        "outdated-translation",
        "missing-unit",
        "gone-part",
        "unconfirmed",
    }
    return without_allowed((each for each in read.diagnostics if each.check in names), read.site)


def _chosen(report: LanguageReport, block: str | None) -> list[int]:
    """The groups that a name means: a label of the lock, or all below a heading or event."""
    if block is None:
        return []
    return [
        number
        for number, (group, record) in enumerate(zip(report.groups, report.records, strict=True))
        if block in (group.entry, group.section, group.place, record.label if record else "")
    ]


def _unknown(key: str, read: Reading, terminal: Terminal) -> int:
    if read.site is None:
        terminal.report(
            "text", [e for e in read.diagnostics if e.severity is Severity.ERROR], read.sources
        )
        return SITE_ERRORS
    near = nearest(key, read.reports)
    terminal.tell(
        say("there is no page `{key}`; did you mean `{near}`?", key=key, near=near)
        if near
        else say("there is no page `{key}`", key=key)
    )
    return WRONG_CALL


def _unknown_block(block: str, report: LanguageReport, terminal: Terminal) -> int:
    known = {group.entry for group in report.groups if group.entry}
    near = nearest(block, known)
    terminal.tell(
        say("the page has no part `{block}`; did you mean `{near}`?", block=block, near=near)
        if near
        else say("the page has no part `{block}`", block=block)
    )
    return WRONG_CALL
