"""The one function that names every stage of a build, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

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
from diptych.diagnostics import Diagnostic, Outcome, Severity, Source, sort_by_place
from diptych.extend import EXTEND, once_per_place
from diptych.files import MadeImage
from diptych.files.assets import fingerprint
from diptych.files.theme import overlaid, with_theme
from diptych.i18n import day_in
from diptych.model import Asset, Output, Settings, Tree
from diptych.pipeline import bundles, reading
from diptych.pipeline.compressing import compressed
from diptych.pipeline.extending import extensions, in_own_outputs
from diptych.pipeline.forms import check_forms, form_files
from diptych.pipeline.styles import colours, kept_styles
from diptych.pipeline.suppressed import (
    beside_conflicts,
    beside_errors,
    beside_undeclared,
    conflicts,
    suppressed,
)
from diptych.site import Site, assemble, redirects_of, unremembered
from diptych.site.records import shown_records
from diptych.site.references import repeated_names, unknown_references
from diptych.site.shared import with_known_layouts
from diptych.site.shown import hidden_pages, last_days
from diptych.translation import LanguageReport
from diptych.values import Value, field, replace

if TYPE_CHECKING:
    from diptych.pipeline.writing import WritingInput
    from diptych.search import SearchText

T = TypeVar("T")


class Options(Value):
    """The options of a build."""

    base_url: str | None = None  # instead of the one in site.yaml
    drafts: bool = False  # whether drafts are shown
    # the day of the build; None for a build in which nothing expires or is due
    today: datetime.date | None = None
    thorough: bool = False  # whether files that no page uses are checked too
    advice: bool = False  # whether notes suggest plainer wording
    jobs: int = 1  # how many pictures are made at a time
    only_errors: bool = False  # whether no picture is made and no languages are compared
    index: bool = True  # whether the search index is made; the preview makes it at the first search
    takeaway: bool = True  # whether the take-away files are made; the preview makes them on request
    hosting: str | None = None  # instead of the one in site.yaml
    # the moment of the build; it gives the day, in the site's time zone, if `today` is None
    now: datetime.datetime | None = None


class Build(Value):
    """A finished build. It may be published if none of its diagnostics is an error."""

    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]  # every text that was read, to show lines of it
    site: Site | None
    reports: Mapping[str, LanguageReport] = field(default_factory=dict)  # by page key
    texts: tuple[SearchText, ...] = ()  # the input of the search index
    later: tuple[str, ...] = ()  # the paths of take-away files that were not made
    # the last day on which this build is valid; None if it stays valid
    until: datetime.date | None = None
    day: datetime.date | None = (
        None  # the day for which it was made; None: nothing in it depends on the day
    )

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing may be published."""
        return any(each.severity is Severity.ERROR for each in self.diagnostics)


class Reading(Value):
    """The result of the first half of a build: the sources as one site, before any page is made."""

    site: Site | None  # None if the settings cannot be read
    reports: Mapping[str, LanguageReport]
    sources: Mapping[str, Source]
    diagnostics: tuple[Diagnostic, ...]
    assets: tuple[Asset, ...] = ()
    images: Mapping[tuple[str, str], MadeImage] = field(default_factory=dict)
    suppressed: frozenset[str] = (
        frozenset()
    )  # keys of pages whose languages are not compared because of an error
    today: datetime.date | None = None  # the day of the build; None: nothing depends on it


def read_site(
    tree: Tree, options: Options, cache: Cache, known: Iterable[Diagnostic] = ()
) -> Reading:
    """The site that the sources describe, and the translation status of its pages. One run reports
    the mistakes of all files.

    `known` holds the diagnostics of reading the tree.
    """
    report = _Report()
    report.add(known)
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
    report.add(check_forms(settings, tree))
    types = report.take(reading.types(sources, settings))
    documents = report.take(reading.documents(sources, types, settings, cache, own))
    drafts = () if options.drafts else tuple(each for each in documents if each.front.draft)
    every = tuple(each for each in documents if options.drafts or not each.front.draft)
    absent = {} if options.drafts else hidden_pages(every, today)
    documents = tuple(each for each in every if each.key not in absent)
    records = report.take(reading.records(sources, types, settings, cache))
    timelines = reading.timelines(records)
    catalogs = report.take(reading.catalogs(sources, settings, cache))
    files = report.take(bundles.bundle_files(tree, types))
    images, readable = report.take(_pictures(files, cache, options))
    files = report.take(bundles.attachments(files, cache))
    assets = report.take(
        fingerprint(
            report.take(
                bundles.assets(
                    overlaid({each.path: each for each in tree.files}, "assets").values(), cache
                )
            ),
            kept_styles(cache),
        )
    )
    report.add(colours(sources, cache))
    # a file with a merge conflict has only part of the terms: each text would get wrong messages
    vocabulary = reading.vocabulary(each for each in records if each.source.path not in merging)
    remembered, anchors = report.take(reading.addresses(sources))
    proses = report.take(reading.proses(documents, records, types, settings, cache, own))
    shown = shown_records(records, settings, documents)
    named = reading.names(  # a field may refer to a page that is published on a later day
        types, settings, every, shown_records(records, settings, every), files, sources
    )
    report.add(unknown_references((*documents, *shown), named))
    report.add(repeated_names((*documents, *shown), types))
    hidden = suppressed(report.diagnostics)
    parts = Site(
        settings,
        (),
        timelines,
        catalogs,
        files,
        vocabulary,
        remembered,
        types,
        named.layouts,
        shown,
        proses,
        own.source if own is not None else None,
        absent,
        () if options.drafts else last_days(every),
        anchors,
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
    read = ReadSite(site, readable, today, unread)
    report.add(check_site(read))
    report.add(moved.diagnostics)
    report.add(_texts(site, cache, options))
    reported = beside_errors(report.diagnostics, reports.values(), shown)
    return Reading(site, reports, sources, reported, assets, images, unlike, today)


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

    If the sources have an error, no page is rendered, since nothing will be published.
    """
    from diptych.pipeline import writing  # slow to import; only a build renders pages

    read = read_site(tree, options, cache, known)
    report = _Report()
    report.add(read.diagnostics)
    site = read.site
    if site is None:
        report.add(writing.check_syntax(read.sources, cache))
        return Build((), report.sorted(None), read.sources, None)
    work = _writing_input(read, site, options, cache)
    templates = writing.templates_of(work)
    report.add(templates.copied())
    report.add(templates.lost())
    if options.thorough:
        # no address can be recorded before the merge conflicts are resolved
        if not conflicts(report.diagnostics):
            report.add(unremembered(site, _unsure(report.diagnostics)))
        report.add(templates.check())
    if report.failed and not any(
        path.startswith(("templates/", "assets/", EXTEND)) for path in report.unsure
    ):
        report.add(writing.try_templates(work, templates))
    written = writing.Written() if report.failed else report.take(writing.outputs(work, templates))
    made = written.outputs if report.failed else (*written.outputs, *form_files(site, tree))
    if not report.failed:
        texts = [each for _, each in sorted(overlaid(read.sources, "templates").items())]
        found = check_outputs(site, made, written.pages, cache, texts, written.later)
        report.add(in_own_outputs(found, site))
    made = (*made, *compressed(made, site, cache))
    reported, until = report.sorted(site), last_day(site, read.today)
    day = read.today if depends_on_day(site) else None
    return Build(
        made, reported, read.sources, site, read.reports, written.texts, written.later, until, day
    )


def takeaway_files(tree: Tree, options: Options, cache: Cache) -> Outcome[tuple[Output, ...]]:
    """Only the take-away files of a site, for a caller that built the site without them; none if
    the site has errors.
    """
    from diptych.pipeline import writing

    read = read_site(tree, options, cache)
    report = _Report()
    report.add(read.diagnostics)
    files: tuple[Output, ...] = ()
    if read.site is not None and not report.failed:
        work = _writing_input(read, read.site, options, cache)
        files = report.take(writing.takeaway_files(work))
    return Outcome(() if report.failed else files, report.sorted(read.site))


def _writing_input(read: Reading, site: Site, options: Options, cache: Cache) -> WritingInput:
    from diptych.pipeline import writing

    return writing.WritingInput(
        site,
        read.reports,
        read.sources,
        read.images,
        read.assets,
        cache,
        options.index,
        read.today,
        options.takeaway,
    )


def _unsure(problems: Iterable[Diagnostic]) -> frozenset[str]:
    """The paths of files with an error in the front matter, so that the address of their page is
    unknown.
    """
    hidden = suppressed(problems).fronts
    taken = {
        each.span.path for each in problems if each.check in ("slug-collision", "reserved-slug")
    }
    return hidden | taken


class _Report:
    """Collects the diagnostics of the stages and passes on their values."""

    def __init__(self) -> None:
        self._diagnostics: list[Diagnostic] = []

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return beside_conflicts(self._diagnostics)

    def take(self, outcome: Outcome[T]) -> T:
        self.add(outcome.diagnostics)
        return outcome.value

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._diagnostics += diagnostics

    @property
    def failed(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self._diagnostics)

    @property
    def unsure(self) -> frozenset[str]:
        """The paths of files that could not be understood: with a merge conflict, or an `extend.py`
        that fails.
        """
        broken = {each.span.path for each in self._diagnostics if each.span.path == EXTEND}
        return conflicts(self._diagnostics) | broken

    def sorted(self, site: Site | None) -> tuple[Diagnostic, ...]:
        """The diagnostics sorted by place, each once, without the warnings that a page allows with
        a reason.
        """
        return without_allowed(self.diagnostics, site)


def without_allowed(diagnostics: Iterable[Diagnostic], site: Site | None) -> tuple[Diagnostic, ...]:
    """The diagnostics sorted by place, each once, without the warnings and notes that a page allows
    with a reason.
    """
    allowed = (
        {
            (f"content/{page.key}/{name}", check)
            for page in site.pages
            for check in page.document.front.allow
            for name in (f"{page.text_language}.md", *site.types.beside())
        }
        if site
        else set()
    )
    return tuple(
        each
        for each in once_per_place(sort_by_place(diagnostics))
        if each.severity is Severity.ERROR or (each.span.path, each.check) not in allowed
    )
