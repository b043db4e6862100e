"""Places faults of finished pages at the template that writes them: once, not on every page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from diptych.checks.privacy import STRICT
from diptych.diagnostics import Diagnostic, Source, Span, say
from diptych.html import WantedMarkup, written_in
from diptych.values import replace

_NAMED = re.compile(r"(\S+) \((\S+)\)")  # how inline-code names its finding: `style (p)`


def in_templates(
    problems: Iterable[Diagnostic], templates: Sequence[Source]
) -> Iterator[Diagnostic]:
    """The diagnostics; a fault that a template writes is reported once, at the template's line."""
    seen: set[object] = set()
    for problem in problems:
        wanted = _wanted(problem)
        if not wanted:
            yield problem
            continue
        own = [each for each in templates if each.path.endswith("/" + problem.span.path)]
        places = (_place(each, [*own, *templates]) for each in wanted)
        span = next((each for each in places if each is not None), None)
        known = (problem.check, span or wanted)
        if known not in seen:
            seen.add(known)
            yield problem if span is None else replace(_said(problem), span=span)


def _wanted(problem: Diagnostic) -> tuple[WantedMarkup, ...]:
    """The texts to search for in templates, the surest first; none if no template can explain the
    problem.
    """
    said = {name: str(value) for name, value in problem.message.arguments}
    element, attribute, address = (
        said.get(name, "") for name in ("element", "attribute", "address")
    )
    if problem.check in ("unknown-markup", "unsafe-address") and "what" in said:
        return ()  # the problem is in a feed, which is not made with a template
    if problem.check == "inline-code":
        named = _NAMED.fullmatch(said["what"])
        return (WantedMarkup(named[2], named[1]),) if named else ()
    if problem.check == "unknown-markup" and "markup" in said:
        return (WantedMarkup(text=said["markup"]),)
    if problem.check == "missing-policy" and "rule" in said:
        return (WantedMarkup("meta", "http-equiv", "Content-Security-Policy"),)
    if problem.check == "unsafe-address" and not attribute:
        refresh = WantedMarkup("meta", "http-equiv", "refresh")
        return (WantedMarkup("form", "action", address) if address else refresh,)
    table = {
        "dead-link": (WantedMarkup(value=address),),
        "dead-anchor": (WantedMarkup(value=address),),
        "foreign-resource": (WantedMarkup(value=address), WantedMarkup(text=address)),
        "repeated-id": (WantedMarkup("", "id", said.get("id", "")),),
        "missing-language": (WantedMarkup("html", lacks="lang="),),
        "missing-policy": (WantedMarkup("head", lacks=STRICT),),
        "unknown-markup": (
            WantedMarkup(element, attribute, said.get("value", "")),
            WantedMarkup(element, attribute),
        ),
        "unsafe-address": (WantedMarkup(element, attribute, said.get("value", "")),),
        "blocked-code": (WantedMarkup(element, words=said.get("words", "")),),
        "unclosed-element": (WantedMarkup(_element(said.get("tag", "")), tag=said.get("tag", "")),),
    }
    return table.get(problem.check, ())


def _element(tag: str) -> str:
    """`</div>` and `<div class="…">` -> `div`."""
    found = re.match(r"</?([\w-]+)", tag)
    return found[1].lower() if found else ""


def _place(wanted: WantedMarkup, templates: Sequence[Source]) -> Span | None:
    for source in templates:
        found = written_in(source.text, wanted)
        if found is not None:
            start, end = found
            return source.span(start, min(end, source.line_span(source.position(start)[0]).end))
    return None


def _said(problem: Diagnostic) -> Diagnostic:
    """A dead link, worded for the template."""
    address = str(dict(problem.message.arguments).get("address"))
    if problem.check == "dead-link":
        message = say("this template links to {address}, which is not there", address=address)
        return replace(problem, message=message)
    if problem.check == "dead-anchor":
        message = say(
            "this template links to {address}, and there is no such place there", address=address
        )
        return replace(problem, message=message)
    return problem
