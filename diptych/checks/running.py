"""The table of checks, and the functions that run them: on texts, on the site, on finished outputs.

The type of a check's input decides when the check runs and how its result is cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Protocol

from diptych.cache import (
    Cache,
    SlotGroup,
    SlotRequest,
    digest,
    digest_of_texts,
    group_of,
)
from diptych.checks import (
    expiry,
    headings,
    hosting,
    links,
    pages,
    pictures,
    privacy,
    records,
    timelines,
    unfinished,
    weekdays,
    wording,
)
from diptych.checks.headings import Headings, headings_of
from diptych.checks.inputs import BundleFiles, ReadSite, Rules, groups_of_bundles, groups_of_files
from diptych.checks.links import broken_links
from diptych.checks.pages import HtmlPage, Places, Published
from diptych.checks.pictures import missing_pictures
from diptych.checks.placing import in_templates
from diptych.checks.privacy import is_read
from diptych.checks.wording import Interface
from diptych.content.texts import File, Text, texts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Source
from diptych.extend import Check, load
from diptych.html import PageFacts, read_page
from diptych.model import Asset, Output
from diptych.search import FOLDER, SCRIPT
from diptych.site import Site, lost_anchors
from diptych.values import Value


def checks_in(*modules: ModuleType) -> tuple[Check, ...]:
    """The functions of these modules that are marked as checks."""
    return tuple(
        each for module in modules for each in vars(module).values() if isinstance(each, Check)
    )


CHECKS = checks_in(
    weekdays,
    wording,
    headings,
    links,
    unfinished,
    pictures,
    timelines,
    expiry,
    hosting,
    pages,
    privacy,
    records,
)


def own_checks(kind: type, extend: Source | None) -> Source | None:
    """The site's extend.py if it has checks of a kind, else None: their findings depend on it."""
    own = load(extend).value.checks if extend is not None else ()
    return extend if any(each.of is kind for each in own) else None


def checks_of(kind: type, extend: Source | None) -> tuple[Check, ...]:
    """The program's checks of a kind, then the site's own."""
    own = load(extend).value.checks if extend is not None else ()
    return tuple(each for each in (*CHECKS, *own) if each.of is kind)


def run_checks(kind: type, extend: Source | None, *given: object) -> Iterator[Diagnostic]:
    """The findings of every check of a kind, the site's own included.

    extension-error for one of the site's own that fails.
    """
    for each in checks_of(kind, extend):
        yield from each(*given)


def check_site(read: ReadSite, cache: Cache) -> Iterator[Diagnostic]:
    """The findings in each bundle, those about earlier ids of headings, and the findings of the checks
    of `Headings`, `ReadSite` and `Site`, which look at all bundles together.
    """
    groups = groups_of_bundles(read)
    for found in cache.call_groups(check_bundle, groups, {"other pages": read.beside}):
        yield from found
    yield from lost_anchors(read.site, read.resolver, read.unread)
    yield from run_checks(Headings, None, headings_of(read.site))
    yield from run_checks(ReadSite, None, read)
    yield from run_checks(Site, read.site.extend, read.site)


def check_bundle(given: tuple[BundleFiles, ReadSite]) -> tuple[Diagnostic, ...]:
    """The findings about broken links and missing pictures of a bundle, and those of the checks of
    `BundleFiles`.
    """
    found = run_checks(BundleFiles, None, *given)
    return (*broken_links(*given), *missing_pictures(*given), *found)


class TextsRequest(Value):
    """The texts of one file, with everything that the findings depend on."""

    file: File
    types: Types
    rules: Rules
    extend: Source | None = None  # the site's extend.py, if it has checks of texts


def check_texts(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """The findings of the checks of a Text in every text of the site, and of the checks of an
    Interface in its catalogs.
    """
    settings = site.settings
    extend = own_checks(Text, site.extend)
    locales = {language.key: language.locale for language in settings.languages}
    rules = Rules(locales, settings.foreign, site.vocabulary)
    known: dict[str, object] = {"rules": digest(rules), "extend": digest(extend)}

    groups = groups_of_files(site, lambda file: TextsRequest(file, site.types, rules, extend))
    for found in cache.call_groups(diagnose_texts, groups, {"types": site.types.written, **known}):
        yield from found
    for key, catalog in site.catalogs.items():
        if catalog.source is not None:
            interface = Interface(catalog.source, key, site.vocabulary)
            inputs = {"text": catalog.source, "language": key, **known}
            yield from cache.call(diagnose_interface, catalog.source.path, interface, inputs)


def diagnose_texts(request: TextsRequest) -> tuple[Diagnostic, ...]:
    """The findings in the texts of one file."""
    checks = checks_of(Text, request.extend)
    of_html = tuple(each for each in checks if each.html)
    return tuple(
        problem
        for text in texts_of(request.file, request.types)
        if text.language in request.rules.locales
        for each in (of_html if text.is_html else checks)
        if each.name not in text.exempt
        for problem in each(text, request.rules)
    )


def diagnose_interface(interface: Interface) -> tuple[Diagnostic, ...]:
    """The findings in the words of one catalog."""
    return tuple(run_checks(Interface, None, interface))


class PageReading(Protocol):
    """A finished page, with its ids and its facts."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all elements of the page."""

    @property
    def facts(self) -> PageFacts:
        """All facts of the page; an implementation may collect them at the first access."""


class _ReadNow(Value):
    """A page whose facts were just read from its HTML."""

    facts: PageFacts

    @property
    def ids(self) -> tuple[str, ...]:
        return self.facts.ids


def check_outputs(
    site: Site,
    outputs: Sequence[Output],
    read: Mapping[str, PageReading],
    cache: Cache,
    templates: Sequence[Source] = (),
    later: Iterable[str] = (),
    assets: Iterable[Asset] = (),
) -> tuple[Diagnostic, ...]:
    """The findings in the finished outputs. `read` holds the pages whose facts are known already, by
    path. `templates` are searched for the line that causes a problem. `later` are the paths of
    files that the preview makes only when a browser requests them. The style sheets among `assets`
    are not read again: their addresses are known.

    Diagnostics: the findings of the checks of Published, HtmlPage and Output.
    """
    pages = {
        output.path: read.get(output.path) or _ReadNow(read_page(output.data))
        for output in outputs
        if output.is_page
    }
    paths = {output.path for output in outputs if _can_be_linked(output.path)}
    places = Places(
        site.settings.base_url,
        frozenset((*paths, *later)),
        {path: page.ids for path, page in pages.items()},
        frozenset(each.output for each in site.redirects),
    )
    files = [output for output in outputs if output.path not in pages and is_read(output.path)]
    styles = {each.path: each.addresses for each in assets}
    private = tuple(
        found
        for output in files
        for found in cache.call(
            check_file, output.path, (output, places.base_url, styles.get(output.path))
        )
    )
    reported = {_address(each) for each in private}  # at a style sheet that is also in the pages
    problems = (
        *run_checks(Published, None, Published(site, tuple(outputs), cache)),
        *_check_pages(outputs, pages, places, site.extend, cache),
    )
    found = (each for each in problems if _address(each) not in reported)
    return tuple(in_templates((*found, *private), templates))


def _check_pages(
    outputs: Iterable[Output],
    pages: Mapping[str, PageReading],
    places: Places,
    extend: Source | None,
    cache: Cache,
) -> Iterator[Diagnostic]:
    """The findings in each finished page. `pages` holds the pages among the outputs, by path."""
    extend = own_checks(HtmlPage, extend)
    paths, moved = tuple(sorted(places.paths)), tuple(sorted(places.moved))
    known = digest((places.base_url, paths, places.ids, moved))
    by_group: dict[str, list[Output]] = {}
    for output in outputs:
        if output.path in pages:
            by_group.setdefault(group_of(output.path), []).append(output)

    def requests(some: Iterable[Output]) -> list[SlotRequest[PageRequest]]:
        given = [HtmlPage(each.path, each.origin, pages[each.path].facts) for each in some]
        return [SlotRequest(page.path, {"page": page}, (page, places, extend)) for page in given]

    groups = []
    for name, some in by_group.items():
        parts = (part for each in some for part in (each.path, each.origin, each.body.digest))
        groups.append(SlotGroup(name, len(some), digest_of_texts(parts), partial(requests, some)))
    for found in cache.call_groups(check_page, groups, {"places": known, "extend": digest(extend)}):
        yield from found


def _can_be_linked(path: str) -> bool:
    """False for the parts of the search index, which only the search script requests: their names
    change with every word of the site.
    """
    return path == SCRIPT or not path.startswith(FOLDER)


PageRequest = tuple[HtmlPage, Places, Source | None]


def check_page(given: PageRequest) -> tuple[Diagnostic, ...]:
    """The findings of all checks of a finished page, the site's own included."""
    page, places, extend = given
    return tuple(run_checks(HtmlPage, extend, page, places))


def check_file(given: tuple[Output, str, tuple[str, ...] | None]) -> tuple[Diagnostic, ...]:
    """The findings about an output that is no page. `given` is the output, the address of the site,
    and the addresses of other sites in the output if they are known.
    """
    return tuple(run_checks(Output, None, *given))


def _address(problem: Diagnostic) -> object:
    """The address that a foreign-resource names; for any other problem the problem itself."""
    if problem.check != "foreign-resource":
        return problem
    return dict(problem.message.arguments).get("address", problem)
