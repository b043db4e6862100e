"""Measures how the time of each check grows with its input: for `benchmarks/growth` and for tests.

A form makes the files of a site of any size: of many pages, parts, links, events and so on. Such a site
is built, and the time of each function marked `@check` is added up.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from unittest.mock import patch

from diptych.cache import Cache
from diptych.diagnostics import Diagnostic
from diptych.extend import Check
from diptych.pipeline import Options, build_site
from tests.conftest import SITE_YAML, make_tree

Files = Mapping[str, str | bytes | None]
LANGUAGES = {"nl": "Bladzijde", "fr": "Page"}


def _page(key: str, language: str, text: str, front: str = "") -> tuple[str, str]:
    title = f"{LANGUAGES[language]} {key}"
    description = f"description: {title}, een zin.\n" if language == "nl" else ""
    return (
        f"content/{key}/{language}.md",
        f"---\ntitle: {title}\n{description}{front}---\n\n{text}\n",
    )


def _both(key: str, text: str, front: str = "") -> Files:
    return dict(_page(key, language, text, front) for language in LANGUAGES)


def pages(count: int) -> Files:
    """Pages that link to each other, and one that lists them, so that the foot of a page does not."""
    found: dict[str, str | bytes | None] = {}
    for number in range(count):
        text = f"Tekst {number}, [de volgende](page:page{(number + 1) % count}).\n\n## Kop {{#k}}"
        found |= _both(f"page{number}", f"{text}\n\nZin.")
    return {**found, **_both("search", "", "layout: search\n")}


def parts(count: int) -> Files:
    """Headings and paragraphs of one page."""
    each = (
        f"## Kop {number} {{#k{number}}}\n\nMaandag 3 mei 2022 om 9u: {number} euro."
        for number in range(count)
    )
    return _both("long", "\n\n".join(each))


def links(count: int) -> Files:
    """A site with one page of `count` headings, each with links to a heading, to another site, and
    with vague words.
    """
    lines = (
        f"## Kop {number} {{#k{number}}}\n\n[klik hier](page:home), [terug](#k{number}), "
        f"[site {number}](https://a{number}.example/x), mail@a{number}.example"
        for number in range(count)
    )
    return _both("long", "\n\n".join(lines))


def slips(count: int) -> Files:
    """Slips in every line of one page."""
    line = 'Op vrijdag 3 mei 2022  schreef men ,,zo" en (zie hier), *los , het straat werk en {}.'
    lines = (line.format(number) for number in range(count))
    return _both("long", "\n\n".join(lines))


def questions(count: int) -> Files:
    """Questions and answers."""
    each = (f"## Vraag {number}? {{#q{number}}}\n\nAntwoord {number}." for number in range(count))
    return _both("faq", "\n\n".join(each), "layout: faq\n")


def events(count: int) -> Files:
    """Events of one timeline."""
    entries = (
        f"- id: e{number}\n  date: {1000 + number // 300:04d}-{number // 25 % 12 + 1:02d}-"
        f"{number % 25 + 1:02d}\n  topics: [law]\n  title: {{nl: Titel {number}, fr: Titre {number}}}\n"
        f"  text: {{nl: Tekst {number}., fr: Texte {number}.}}\n"
        f"  sources: [{{url: 'https://a{number}.example/', title: Bron, language: nl}}]\n"
        for number in range(count)
    )
    return {
        **_both("time", "", "layout: timeline\n"),
        "content/time/timeline.yaml": "".join(entries),
    }


def records(count: int) -> Files:
    """Entries of a type of the site's own."""
    types = (
        "people:\n  id: {type: key, required: true}\n  name: {type: text, required: true, "
        "label: {nl: Naam, fr: Nom}}\n  site: {type: link}\n  friend: {type: reference, to: people}\n"
    )
    entries = (
        f"- id: p{number}\n  name: Naam {number}\n  site: https://a{number}.example/\n"
        f"  friend: p{(number + 1) % count}\n"
        for number in range(count)
    )
    return {
        **_both("who", "Wij."),
        "content/types.yaml": types,
        "content/who/people.yaml": "".join(entries),
    }


def terms(count: int) -> Files:
    """Terms, and a page in which each stands; as in a language, few words begin alike."""
    words = [
        "".join("bcdfghklmn"[int(each)] + "a" for each in f"{n:05d}"[::-1]) for n in range(count)
    ]
    entries = (
        f"- id: {word}\n  preferred: {{nl: {word}rit, fr: {word}rond}}\n"
        f"  avoid: {{nl: [{word}zak], fr: [{word}vert]}}\n"
        f"  reason: {{nl: Reden {word}., fr: Raison {word}.}}\n"
        for word in words
    )
    said = "\n\n".join(f"Hier staat {word}rit, en {word}zak." for word in words)
    return {**_both("long", said), "content/terms.yaml": "".join(entries)}


def addresses(count: int) -> Files:
    """Old addresses that lead on."""
    old = "".join(f"  - /oud/{number}/\n" for number in range(count))
    return dict(
        [_page("long", "nl", "Tekst.", f"redirect_from:\n{old}"), _page("long", "fr", "Texte.")]
    )


def pictures(count: int) -> Files:
    """Drawings of one page."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 {} h9"/></svg>'
    files = {f"content/long/d{number}.svg": drawing.format(number) for number in range(count)}
    shown = "\n\n".join(f"![Tekening {number}](d{number}.svg)" for number in range(count))
    return {**_both("long", shown), **files}


# the function that makes the files, and the size of the shorter site
FORMS: dict[str, tuple[Callable[[int], Files], int]] = {
    "pages": (pages, 40),
    "parts": (parts, 100),
    "links": (links, 100),
    "slips": (slips, 150),
    "questions": (questions, 100),
    "events": (events, 60),
    "records": (records, 80),
    "terms": (terms, 80),
    "old addresses": (addresses, 100),
    "pictures": (pictures, 60),
}


def seconds_of_checks(form: str, count: int) -> dict[str, float]:
    """The processor time of each check on a site of a form, by its module and function."""
    spent: dict[str, float] = defaultdict(float)

    def timed(each: Check, *given: object) -> Iterator[Diagnostic]:
        name = f"{each.find.__module__.rpartition('.')[2]}.{each.find.__name__}"
        begin = time.process_time()
        found = list(each.find(*given))
        spent[name] += time.process_time() - begin
        yield from map(each.reported, found)

    make, _ = FORMS[form]
    tree = make_tree({"content/site.yaml": SITE_YAML, **make(count)})
    with patch.object(Check, "__call__", timed):
        build_site(tree, Options(thorough=True, advice=True, index=False), Cache(None))
    return dict(spent)


SHORTEST = 0.01  # seconds: a shorter time counts as this one, since the clock is no finer


def growth_of_checks(form: str, times: int = 10) -> dict[str, tuple[float, float, float]]:
    """For each check the seconds on a site of a form, those on one `times` as large, and their ratio."""
    _, count = FORMS[form]
    seconds_of_checks(form, 2)  # imports all modules before the first measured run
    short, long = seconds_of_checks(form, count), seconds_of_checks(form, count * times)
    return {
        name: (short.get(name, 0.0), took, took / max(short.get(name, 0.0), SHORTEST))
        for name, took in long.items()
    }
