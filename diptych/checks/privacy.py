"""Checks of privacy: no published file may make a browser contact another site.

Every output is checked: pages, style sheets, drawings, feeds and scripts. Scripts may neither store
nor send data: a script is refused if it names a part of the browser that stores or sends data.
The one exception is the page for editing in the browser, where editors sign in.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from diptych.checks.pages import FORMS, XML, HtmlPage, Places
from diptych.diagnostics import Severity, Span, say
from diptych.extend import Found, check
from diptych.html.styles import addresses_of_style, leads_elsewhere
from diptych.model import Output, ending_of

# an address that the styles of a drawing load
_STYLES = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"]?)((?:https?:)?//[^'\")\s]+)")
# the start tag of an element of a drawing that can load something
_DRAWN = re.compile(r"<(?:image|use|script|feImage|foreignObject)\b[^>]*")
# the start tag of an element of HTML, in a feed, that can load something
_PLACED = re.compile(
    r"<(?:[\w.-]+:)?(?:img|iframe|script|source|video|audio|embed|object|link)\b[^>]*"
)
# an address of another site in an attribute of such a start tag
_LOADED = re.compile(r"(?:src|srcset|data|poster|href)=['\"]((?:https?:)?//[^'\"\s]+)")
# the name of a part of the browser by which a script stores or sends data
_STORES = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|document\.cookie|cookieStore|caches\.open|"
    r"serviceWorker|sendBeacon|navigator\.storage)\b"
)
# an address of another site in a script
_SENDS = re.compile(r"['\"`]((?:https?:|wss?:)?//[^'\"`\s]+)")
STRICT = "default-src 'none'"
_APART = ("base-uri", "form-action")  # directives that `default-src` does not cover
_POLICY_HINT = say("write the policy as base.html of the theme has it")
# a source that the policy of a page may name
_ENOUGH = re.compile(r"'(?:none|self|script|wasm-unsafe-eval|sha(?:256|384|512)-[\w+/=-]+)'")


def is_read(path: str) -> bool:
    """Whether a file is of a kind that can load or store something."""
    return ending_of(path) in _LOADED_BY and not path.startswith(FORMS)


@check("foreign-resource", Severity.ERROR, of=Output)
def foreign_resource_of_file(
    output: Output, base_url: str, known: tuple[str, ...] | None
) -> Iterator[Found]:
    """An address of another site that a style sheet, drawing, feed or script would load; no other
    file is checked (`is_read`). `known` holds the addresses in a style sheet that was read before.
    It is None for any other file, which is then searched.
    """
    found = _LOADED_BY[ending_of(output.path)](_text(output)) if known is None else known
    yield from _contacts(output.path, output.origin, found, base_url)


@check("storing-script", Severity.ERROR, of=Output)
def storing_file(output: Output, *_: object) -> Iterator[Found]:
    """A script that stores or sends data."""
    if ending_of(output.path) in (".js", ".mjs"):
        yield from _stores(output.path, output.origin, _text(output))


@check("foreign-resource", Severity.ERROR, of=HtmlPage)
def foreign_resource_of_script(page: HtmlPage, places: Places) -> Iterator[Found]:
    """An address of another site in a script on a page."""
    for script in page.facts.scripts:
        yield from _contacts(page.path, page.origin, _SENDS.findall(script), places.base_url)


@check("foreign-resource", Severity.ERROR, of=HtmlPage)
def foreign_resource_of_style(page: HtmlPage, places: Places) -> Iterator[Found]:
    """An address of another site in a style sheet on a page, however it is written."""
    for addresses in page.facts.styles:
        yield from _contacts(page.path, page.origin, addresses, places.base_url)


@check("storing-script", Severity.ERROR, of=HtmlPage)
def storing_script(page: HtmlPage, _: Places) -> Iterator[Found]:
    """A script on a page that stores or sends data."""
    for script in page.facts.scripts:
        yield from _stores(page.path, page.origin, script)


@check("missing-policy", Severity.ERROR, of=HtmlPage)
def missing_policy(page: HtmlPage, _: Places) -> Iterator[Found]:
    """A page without the policy, which hosts without headers need."""
    if page.facts.refresh is not None or STRICT in page.facts.policy:
        return
    message = say(
        "/{path} lacks the policy that forbids a browser to load anything from elsewhere",
        path=page.path,
    )
    hint = say(
        'the head needs <meta http-equiv="Content-Security-Policy" content="{policy}; …">',
        policy=STRICT,
    )
    yield Found(Span(page.origin), message, hint)


@check("missing-policy", Severity.ERROR, of=HtmlPage)
def loose_policy(page: HtmlPage, _: Places) -> Iterator[Found]:
    """A policy that lets a browser load from elsewhere, or run code that it does not name."""
    if page.path.startswith(FORMS):
        return
    for name in _APART if STRICT in page.facts.policy else ():
        if name not in page.facts.policy:
            message = say(
                "the policy of /{path} lacks {rule}", path=page.path, rule=f"{name} 'none'"
            )
            yield Found(Span(page.origin), message, _POLICY_HINT)
    for rule in page.facts.policy.split(";"):
        name, *sources = rule.split() or [""]
        for source in sources:
            if _ENOUGH.fullmatch(source) or (name, source) == ("img-src", "data:"):
                continue
            message = say(
                "/{path} has a policy that lets through more than a site like this needs: {rule}",
                path=page.path,
                rule=f"{name} {source}",
            )
            yield Found(Span(page.origin), message, _POLICY_HINT)


def _text(output: Output) -> str:
    return output.data.decode("utf-8", "replace")


def _strings_in(text: str) -> list[str]:
    """Every text in a JSON file; a file that is not JSON was reported when it was read."""
    found: list[str] = []
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return found
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list | dict):
            waiting += value.values() if isinstance(value, dict) else value
    return sorted(found)


def _of_elements(tags: Iterable[str]) -> list[str]:
    """The addresses of other sites in the attributes of start tags."""
    return [address for each in tags for address in _LOADED.findall(each)]


def _of_drawing(text: str) -> list[str]:
    return [*_STYLES.findall(text), *_of_elements(_DRAWN.findall(text))]


def _of_feed(text: str) -> list[str]:
    return _of_elements(_PLACED.findall(html.unescape(text)))


_LOADED_BY: Mapping[str, Callable[[str], Iterable[str]]] = {  # ending -> the addresses in the text
    ".css": addresses_of_style,
    ".js": _SENDS.findall,
    ".mjs": _SENDS.findall,
    ".svg": _of_drawing,
    ".webmanifest": _strings_in,
    **dict.fromkeys(XML, _of_feed),
}


def _contacts(path: str, origin: str, addresses: Iterable[str], base_url: str) -> Iterator[Found]:
    """The addresses that lead to another site, each once."""
    for address in dict.fromkeys(addresses):
        if leads_elsewhere(address) and not address.startswith(base_url + "/"):
            message = say(
                "/{path} would make a browser contact {address}", path=path, address=address
            )
            yield Found(Span(origin), message)


def _stores(path: str, origin: str, text: str) -> Iterator[Found]:
    """The parts of the browser that a script names and that store or send data, each once."""
    for word in dict.fromkeys(_STORES.findall(text)):
        message = say(
            "/{path} could leave a trace on the reader's device: {word}", path=path, word=word
        )
        yield Found(Span(origin), message)
