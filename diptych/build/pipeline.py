"""THE function that names every stage, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from diptych.assets import fingerprint
from diptych.build import reading, writing
from diptych.checks import check_outputs, check_sources
from diptych.diagnostics import Diagnostic, Outcome, Severity, Source, sort_by_place
from diptych.memo import Memo
from diptych.model import Output, Tree
from diptych.site import Parts, Site, assemble

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may change about a build."""

    base_url: str | None = None  # instead of the one in site.yaml
    drafts: bool = False  # whether drafts are shown
    thorough: bool = False  # whether templates are judged too that no page used


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: publishable when nothing in it is an error."""

    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]  # every text that was read, to show lines of it
    site: Site | None

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing may be published."""
        return any(each.severity is Severity.ERROR for each in self.diagnostics)


def build_site(
    tree: Tree, options: Options, memo: Memo, known: Iterable[Diagnostic] = ()
) -> Build:
    """Every stage; pure but for the memo. All mistakes of all files come in one run.

    `known` is what reading the tree already found.
    """
    report = _Report()
    report.add(known)
    sources = report.take(reading.texts(tree))
    settings = report.take(reading.settings(sources, options.base_url))
    if settings is None:
        return Build((), report.sorted(None), sources, None)
    documents = report.take(reading.documents(sources, settings, options.drafts, memo))
    timelines = report.take(reading.timelines(sources, settings))
    event_texts = report.take(reading.event_texts(timelines, settings, memo))
    catalogs = report.take(reading.catalogs(sources, settings))
    files = report.take(reading.bundle_files(tree, settings))
    images = report.take(reading.images(files, memo))
    assets = report.take(fingerprint(tree.under("assets")))
    parts = Parts(settings, documents, timelines, event_texts, catalogs, files)
    site = report.take(assemble(parts))
    report.add(check_sources(site, images))
    work = writing.Work(site, sources, images, assets, memo)
    if report.failed or options.thorough:
        report.add(writing.check_templates(work))
    if report.failed:
        return Build((), report.sorted(site), sources, site)
    outputs = report.take(writing.outputs(work))
    report.add(check_outputs(site, outputs, memo))
    return Build(outputs, report.sorted(site), sources, site)


class _Report:
    """Collects the diagnostics of the stages while their values go on."""

    def __init__(self) -> None:
        self._diagnostics: list[Diagnostic] = []

    def take(self, outcome: Outcome[T]) -> T:
        self.add(outcome.diagnostics)
        return outcome.value

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._diagnostics += diagnostics

    @property
    def failed(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self._diagnostics)

    def sorted(self, site: Site | None) -> tuple[Diagnostic, ...]:
        """By place, each once, without the warnings that a page allows with a reason."""
        allowed = {
            (page.document.source.path, check)
            for page in (site.pages if site else ())
            for check in page.document.front.allow
        }
        return tuple(
            each
            for each in sort_by_place(self._diagnostics)
            if each.severity is Severity.ERROR or (each.span.path, each.check) not in allowed
        )
