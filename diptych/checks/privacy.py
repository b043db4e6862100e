"""Privacy as a tested property: nothing that is published can make a browser contact anyone.

Held against every output, whoever wrote it: pages, style sheets, drawings, feeds and scripts.
Scripts may neither store nor send: the words for it are enough to refuse one. The one exception is
the page for editing in the browser, where a site asks for it: whoever opens that one signs in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from diptych.cache import Cache
from diptych.diagnostics import Diagnostic, Message, Span, error, say
from diptych.html import PageFacts
from diptych.model import Output

_STYLES = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"]?)((?:https?:)?//[^'\")\s]+)")
_DRAWINGS = re.compile(
    r"<(?:image|use|script|feImage|foreignObject)\b[^>]*?(?:href|src)=['\"]((?:https?:)?//[^'\"]+)"
)
_LOADED = re.compile(
    r"<(?:img|iframe|script|source|video|audio|embed|object|link)\b[^>]*?"
    r"(?:src|srcset|data|poster|href)=['\"]((?:https?:)?//[^'\"\s]+)"
)
_STORES = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|document\.cookie|cookieStore|caches\.open|"
    r"serviceWorker|sendBeacon|navigator\.storage)\b"
)
_SENDS = re.compile(r"['\"`]((?:https?:|wss?:)?//[^'\"`\s]+)")
_STRICT = "default-src 'none'"
FORMS = "admin/"  # the one exception: the page for editing, off by default, which no reader meets


def check_privacy(
    outputs: Sequence[Output], pages: Mapping[str, PageFacts], base_url: str, cache: Cache
) -> Iterator[Diagnostic]:
    """foreign-resource, storing-script, missing-policy, by the file that each was made from."""
    for output in outputs:
        if output.path in pages:
            yield from _policy(output, pages[output.path])
            for script in pages[output.path].scripts:
                yield from _contacts(output, script, (_SENDS,), base_url)
                yield from _stores(output, script)
            continue
        if _patterns(output.path) and not output.path.startswith(FORMS):
            yield from cache.call(check_file, output.path, (output, base_url))


def check_file(given: tuple[Output, str]) -> tuple[Diagnostic, ...]:
    """What a file that is no page would load or keep: given with the address of the site."""
    return tuple(_in_file(*given))


def _in_file(output: Output, base_url: str) -> Iterator[Diagnostic]:
    text = output.data.decode("utf-8", "replace")
    if output.path.endswith(".xml"):
        text = html.unescape(text)
    yield from _contacts(output, text, _patterns(output.path), base_url)
    if output.path.endswith(".js"):
        yield from _stores(output, text)


def _patterns(path: str) -> tuple[re.Pattern[str], ...]:
    kinds = {
        ".css": (_STYLES,),
        ".svg": (_STYLES, _DRAWINGS),
        ".xml": (_LOADED,),
        ".js": (_SENDS,),
        ".mjs": (_SENDS,),
    }
    return next((found for ending, found in kinds.items() if path.endswith(ending)), ())


def _policy(output: Output, facts: PageFacts) -> Iterator[Diagnostic]:
    """Every page carries the policy itself, for hosts that send no headers."""
    if facts.refreshes or _STRICT in facts.policy:
        return
    message = say(
        "/{path} lacks the policy that forbids a browser to load anything from elsewhere",
        path=output.path,
    )
    hint = say(
        'the head needs <meta http-equiv="Content-Security-Policy" content="{policy}; …">',
        policy=_STRICT,
    )
    yield error("missing-policy", Span(output.origin), message, hint)


def _contacts(
    output: Output, text: str, patterns: Sequence[re.Pattern[str]], base_url: str
) -> Iterator[Diagnostic]:
    for pattern in patterns:
        for address in dict.fromkeys(pattern.findall(text)):
            if not address.startswith(base_url + "/"):
                yield _foreign(output, address)


def _foreign(output: Output, address: str) -> Diagnostic:
    message = say(
        "/{path} would make a browser contact {address}", path=output.path, address=address
    )
    return _problem("foreign-resource", output, message)


def _stores(output: Output, text: str) -> Iterator[Diagnostic]:
    for word in dict.fromkeys(_STORES.findall(text)):
        message = say(
            "/{path} could leave a trace on the reader's device: {word}",
            path=output.path,
            word=word,
        )
        yield _problem("storing-script", output, message)


def _problem(check: str, output: Output, message: Message) -> Diagnostic:
    return error(check, Span(output.origin), message)
