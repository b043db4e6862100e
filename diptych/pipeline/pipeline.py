"""The functions that name every stage of a build, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from diptych.cache import Cache
from diptych.checks import (
    ReadSite,
    check_outputs,
    check_site,
    check_texts,
    depends_on_day,
    last_day,
)
from diptych.content.own_types import TYPES
from diptych.content.placeholders import unwritten, unwritten_values
from diptych.content.terms.reading import terms_of
from diptych.content.terms.vocabulary import Vocabulary
from diptych.content.timeline import timeline_of
from diptych.content.types import TERMS, TIMELINE, Types
from diptych.content.workflows import spoken
from diptych.diagnostics import Diagnostic, Outcome, Severity
from diptych.extend import EXTEND
from diptych.files import MadeImage
from diptych.files.theme import overlaid, with_theme
from diptych.i18n import day_in, translator
from diptych.model import Output, Records, Settings, Tree
from diptych.pipeline import bundles, reading
from diptych.pipeline.extending import extensions, in_own_outputs, own_outputs
from diptych.pipeline.report import Report
from diptych.pipeline.suppressed import (
    beside_errors,
    beside_undeclared,
    conflicts,
    hides_pages,
    in_another_language,
    suppressed,
)
from diptych.pipeline.values import Build, Options, Reading
from diptych.site import (
    ADDRESSES,
    Site,
    assemble,
    read_addresses,
    redirects_of,
    renamed_bundles,
    unremembered,
    with_present_keys,
)
from diptych.site.records import shown_records
from diptych.site.references import names_of, repeated_names, unknown_references
from diptych.site.shared import with_known_layouts
from diptych.site.shown import hidden_pages, last_days
from diptych.values import replace

if TYPE_CHECKING:
    from diptych.search import SearchText


def read_site(
    tree: Tree, options: Options, cache: Cache, known: Iterable[Diagnostic] = ()
) -> Reading:
    """The site that the sources describe, and the translation status of its pages. One run reports
    the mistakes of all files.

    `known` holds the diagnostics of reading the tree.
    """
    report = Report(known)
    tree = with_theme(tree)
    sources = report.take(reading.texts(tree))
    merging = conflicts(report.diagnostics)
    settings = (
        None
        if reading.SETTINGS in merging
        else report.take(reading.settings(sources, options.base_url, options.hosting, cache))
    )
    own = None if EXTEND in merging else report.take(extensions(sources))
    if TYPES in merging:  # without types.yaml, the fields of all other files are unknown
        return Reading(None, {}, sources, report.diagnostics)
    if settings is None:
        report.add(reading.unsettled(sources, cache))
        return Reading(None, {}, sources, report.diagnostics)
    today = _today(options, settings)
    if settings.admin:
        # slow to import; few sites have forms for editing in the browser
        from diptych.outputs.forms.page import check_vendored

        report.add(check_vendored(tree, settings.admin["repository"].span))
    types = report.take(reading.types(sources, settings))
    reader = reading.FileReader(sources, settings, types, cache, own)
    documents = report.take(reader.documents())
    drafts = () if options.drafts else tuple(each for each in documents if each.front.draft)
    every = tuple(each for each in documents if options.drafts or not each.front.draft)
    absent = {} if options.drafts else hidden_pages(every, today)
    documents = tuple(each for each in every if each.key not in absent)
    records = report.take(reader.records())
    catalogs = report.take(reader.catalogs())
    files = report.take(bundles.bundle_files(tree, types))
    images, readable = report.take(_pictures(files, cache, options))
    files = report.take(bundles.attachments(files, cache))
    assets = report.take(bundles.assets(tree, cache))
    report.add(bundles.colours(sources, cache))
    # a file with a merge conflict has only part of the terms: each text would get wrong messages
    terms = [
        each for each in records if each.type == TERMS.name and each.source.path not in merging
    ]
    remembered, anchors = (
        report.take(read_addresses(sources[ADDRESSES])) if ADDRESSES in sources else (None, ())
    )
    hidden_drafts = frozenset(each.key for each in drafts)
    begun = hidden_drafts | {each.key for each in documents if each.front.draft}
    report.add(_unwritten((each for each in records if each.key in begun), types))
    proses = report.take(reader.proses(documents, records))
    shown = shown_records(records, settings, documents)
    named = names_of(  # a field may refer to a page that is published on a later day
        types,
        settings,
        every,
        shown_records(records, settings, every),
        files,
        sources,
        renamed_bundles(every, remembered or ()),
        hidden_drafts,
    )
    report.add(unknown_references((*documents, *shown), named))
    report.add(repeated_names((*documents, *shown), types))
    present, anchors = with_present_keys(remembered or (), anchors, named.renamed)
    hidden = suppressed(report.diagnostics)
    parts = Site(
        settings=settings,
        pages=(),
        timelines=tuple(timeline_of(each) for each in records if each.type == TIMELINE.name),
        catalogs=catalogs,
        files=files,
        vocabulary=Vocabulary(terms_of(terms[0])) if terms else Vocabulary(),
        remembered=present if remembered is not None else None,
        types=types,
        layouts=named.layouts,
        records=shown,
        proses=proses,
        extend=own.source if own is not None else None,
        hidden=absent,
        drafts=hidden_drafts,
        days=() if options.drafts else last_days(every),
        old_anchors=anchors,
        renamed=named.renamed,
    )
    known_layouts = with_known_layouts(documents, named.layouts)
    site = report.take(assemble(parts, known_layouts, drafts, hidden.fronts))
    moved = redirects_of(site)
    site = replace(site, redirects=moved.value)
    unlike = suppressed(report.diagnostics).texts  # computed again, with the errors of `assemble`
    reports = (
        {} if options.only_errors else report.take(reading.reports(site, sources, cache, unlike))
    )
    unread = hidden.anchors | beside_undeclared(sources, types)
    # a remembered page that is missing may be in a folder that was not read
    if hides_pages(report.diagnostics):
        unread |= {each.key for each in remembered or () if not site.versions(each.key)}
    read = ReadSite(site, readable, today, unread)
    report.add(check_site(read, cache))
    report.add(moved.diagnostics)
    report.add(_texts(site, cache, options))
    reported = beside_errors(report.diagnostics, reports.values(), shown)
    return Reading(site, reports, sources, reported, assets, images, unlike, today)


def _unwritten(beside_drafts: Iterable[Records], types: Types) -> Iterator[Diagnostic]:
    """unwritten (a note): what still has to be written in the records beside drafts, even if this
    build shows no drafts.
    """
    for each in beside_drafts:
        for entry in each.entries:
            for span in unwritten_values(types.by_name[each.type].record, entry.values):
                yield unwritten(span, Severity.INFO)


def _pictures(
    files: bundles.Files, cache: Cache, options: Options
) -> Outcome[tuple[Mapping[tuple[str, str], MadeImage], frozenset[tuple[str, str]]]]:
    """The pictures of all pages as they will be published, and which of them can be read."""
    if options.only_errors:
        found = bundles.readable_images(files, cache)
        return Outcome(({}, found.value), found.diagnostics)
    made = bundles.images(files, cache, options.jobs)
    return Outcome((made.value, frozenset(made.value)), made.diagnostics)


def _today(options: Options, settings: Settings) -> datetime.date | None:
    """The day of the build: the given day, or the day of the given moment in the site's time zone."""
    if options.today is not None or options.now is None:
        return options.today
    return day_in(options.now, settings.time_zone)


def _texts(site: Site, cache: Cache, options: Options) -> Iterator[Diagnostic]:
    """The diagnostics of the checks of texts and, if asked for, notes on plain wording."""
    yield from check_texts(site, cache)
    if options.advice:
        from diptych.checks.advice import check_advice

        yield from check_advice(site, cache)


def build_site(
    tree: Tree, options: Options, cache: Cache, known: Iterable[Diagnostic] = ()
) -> Build:
    """The finished build of a site. All stages are run: read, assemble, compare languages, render,
    check. Nothing is written except the cache.

    If the sources have an error, no page is published; the pages are then rendered only to find the
    mistakes of templates.
    """
    # slow to import; only a build renders pages
    from diptych.outputs.forms.page import admin_files
    from diptych.pipeline.beside import compressed, files_beside
    from diptych.pipeline.finished import finished_pages, try_templates
    from diptych.pipeline.pages import Pages
    from diptych.pipeline.templates import check_syntax, templates_of

    read = read_site(tree, options, cache, known)
    report, site = Report(read.diagnostics), read.site
    if site is None:
        report.add(check_syntax(read.sources, cache))
        return Build((), report.sorted(None), read.sources, None)
    templates = templates_of(site, read, cache)
    report.add(templates.copied())
    report.add(templates.lost())
    if options.thorough:
        # no address can be recorded before the merge conflicts are resolved
        if not conflicts(report.diagnostics):
            report.add(unremembered(site, _unsure(site, report.diagnostics)))
        report.add(templates.check())
    if report.failed:
        if not any(path.startswith(("templates/", "assets/", EXTEND)) for path in report.unsure):
            report.add(try_templates(read, site, templates, cache))
        return _built(read, site, report)
    pages = Pages(read, site, templates, cache)
    finished = report.take(finished_pages(pages, index=options.index, takeaway=options.takeaway))
    files = [*(each.output for each in finished.every), *finished.index, *files_beside(finished)]
    words = (each.share for each in finished.every if each.share)
    files += report.take(pages.sharing.draw(words, cache))
    files += report.take(own_outputs(site))
    made = _unique(files)
    if not report.failed:
        languages = spoken([each.key for each in site.settings.languages])
        speech = {key: translator(key) for key in languages}
        made = (*made, *admin_files(site, tree, speech))
        texts = [each for _, each in sorted(overlaid(read.sources, "templates").items())]
        found = check_outputs(
            site, made, finished.by_path, cache, texts, finished.later, read.assets
        )
        report.add(in_own_outputs(found, site))
    made = (*made, *compressed(made, site, cache))
    return _built(read, site, report, made, finished.texts, finished.later)


def _built(
    read: Reading,
    site: Site,
    report: Report,
    outputs: tuple[Output, ...] = (),
    texts: tuple[SearchText, ...] = (),
    later: tuple[str, ...] = (),
) -> Build:
    """The build of a site whose settings can be read."""
    until = last_day(site, read.today)
    day = read.today if depends_on_day(site) else None
    shown = report.sorted(site)
    return Build(outputs, shown, read.sources, site, read.reports, texts, later, until, day)


def takeaway_files(tree: Tree, options: Options, cache: Cache) -> Outcome[tuple[Output, ...]]:
    """Only the take-away files of a site, for a caller that built the site without them; none if
    the site has errors.
    """
    from diptych.pipeline.finished import finished_pages
    from diptych.pipeline.pages import Pages
    from diptych.pipeline.templates import templates_of

    read = read_site(tree, options, cache)
    report, site = Report(read.diagnostics), read.site
    if site is None or report.failed:
        return Outcome((), report.sorted(site))
    pages = Pages(read, site, templates_of(site, read, cache), cache)
    finished = report.take(finished_pages(pages, index=False, takeaway=True))
    files = () if report.failed else tuple(each.output for each in finished.whole)
    return Outcome(files, report.sorted(site))


def _unsure(site: Site, problems: Iterable[Diagnostic]) -> frozenset[str]:
    """The paths of files with an error in the front matter, or in the language of another file, so that
    the address of their page is unknown.
    """
    elsewhere = in_another_language(problems)
    misplaced = {page.document.source.path for page in site.pages if page.key in elsewhere}
    hidden = suppressed(problems).fronts
    taken = {
        each.span.path for each in problems if each.check in ("slug-collision", "reserved-slug")
    }
    return hidden | taken | misplaced


def _unique(files: Iterable[Output]) -> tuple[Output, ...]:
    """The files sorted by path. Equal files with the same path (two copies of a picture) become
    one.
    """
    return tuple(sorted({(o.path, o.body): o for o in files}.values(), key=lambda o: o.path))
