"""Runs the checks of the finished site: every address in it leads somewhere, and none is fetched
from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from diptych.cache import Cache, digest
from diptych.checks.pages import HtmlPage, Places
from diptych.checks.placing import in_templates
from diptych.checks.privacy import is_read
from diptych.checks.published import Published
from diptych.checks.table import own_checks, run_checks
from diptych.diagnostics import Diagnostic, Source
from diptych.html import PageFacts, read_page
from diptych.model import Output
from diptych.search import FOLDER, SCRIPT
from diptych.site import Site, redirects_of
from diptych.values import Value


def check_outputs(
    site: Site,
    outputs: Sequence[Output],
    read: Mapping[str, PageFacts],
    cache: Cache,
    templates: Sequence[Source] = (),
    later: Iterable[str] = (),
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the finished outputs. `read` holds the pages that were read
    back already, by path; `templates` are searched for the origin of a fault; `later` are the paths
    of files that are made when somebody asks for them.

    Diagnostics: those of the checks of what is Published, of an HtmlPage, and of an Output.
    """
    pages = {
        output.path: read.get(output.path) or read_page(output.data)
        for output in outputs
        if output.is_page
    }
    problems = list(run_checks(Published, None, Published(site, tuple(outputs), cache)))
    ids = {path: facts.ids for path, facts in pages.items()}
    paths = frozenset(output.path for output in outputs if _can_be_linked(output.path))
    paths |= frozenset(later)
    moved = frozenset(each.output for each in redirects_of(site).value)
    places = Places(site.settings.base_url, paths, ids, moved)
    known = digest(_Known(places.base_url, tuple(sorted(paths)), ids, tuple(sorted(moved))))
    extend = own_checks(HtmlPage, site.extend)
    shared = {"places": known, "extend": digest(extend)}
    origins = {output.path: output.origin for output in outputs}
    cache.expect(check_page, len(pages))
    for path, facts in pages.items():
        page = HtmlPage(path, origins[path], facts)
        inputs = {"page": page, **shared}
        problems += cache.call(check_page, path, (page, places, extend), inputs)
    base_url = site.settings.base_url
    files = [output for output in outputs if output.path not in pages and is_read(output.path)]
    private = tuple(
        found
        for output in files
        for found in cache.call(check_file, output.path, (output, base_url))
    )
    reported = {_address(each) for each in private}  # at a style sheet that is also in the pages
    found = (each for each in problems if _address(each) not in reported)
    return tuple(in_templates((*found, *private), templates))


class _Known(Value):
    """The addresses of the site, in an order of their own."""

    base_url: str
    paths: tuple[str, ...]
    ids: Mapping[str, tuple[str, ...]]
    moved: tuple[str, ...]


def _can_be_linked(path: str) -> bool:
    """False for the parts of the search index, which only the search script requests: their names
    change with every word of the site.
    """
    return path == SCRIPT or not path.startswith(FOLDER)


def check_page(given: tuple[HtmlPage, Places, Source | None]) -> tuple[Diagnostic, ...]:
    """The findings of all checks of a finished page, the site's own included."""
    page, places, extend = given
    return tuple(run_checks(HtmlPage, extend, page, places))


def check_file(given: tuple[Output, str]) -> tuple[Diagnostic, ...]:
    """What a file that is no page would load or store; the input holds the address of the site."""
    return tuple(run_checks(Output, None, *given))


def _address(problem: Diagnostic) -> object:
    """The address that a foreign-resource names; for any other problem the problem itself."""
    if problem.check != "foreign-resource":
        return problem
    return dict(problem.message.arguments).get("address", problem)
