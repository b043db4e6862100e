"""Loads a site's `extend.py` and checks what it adds against the rest of the program."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from diptych.bodies import Body
from diptych.checks.pages import XML, HtmlPage
from diptych.content.texts import Text
from diptych.diagnostics import Diagnostic, Message, Outcome, Source, Span, error, say
from diptych.extend import EXTEND, Extensions, OwnOutput, failure_in, load
from diptych.extend.loading import wrong_result
from diptych.files.assets import KINDS, admit
from diptych.html import read_xml
from diptych.model import File, Language, Output, ending_of
from diptych.site import Site
from diptych.templating import FILTERS
from diptych.values import replace

_KINDS = (Text, HtmlPage, Site)  # the types of value that a check can ask for with `of=`
# endings of files that browsers run as pages, and that no check of this program can read
_UNREAD_PAGES = (".hta", ".mht", ".mhtml", ".shtml", ".swf", ".xht", ".xhtml", ".xsl", ".xslt")


def extensions(sources: Mapping[str, Source]) -> Outcome[Extensions | None]:
    """Everything that the site's `extend.py` adds; None if there is no such file or if it has an
    error.

    Diagnostics: those of `load`; extension-mark for an addition that clashes with the program (an
    unknown type of check, a filter that Jinja has, an extension that changes Markdown blocks);
    extension-error for a Markdown extension that fails.
    """
    source = sources.get(EXTEND)
    if source is None:
        return Outcome(None)
    outcome = load(source)
    found = outcome.value
    problems = (
        *outcome.diagnostics,
        *_strange_checks(found),
        *_strange_filters(found),
        *_strange_marks(found),
    )
    return Outcome(None if problems else found, problems)


def own_marks(found: Extensions | None) -> Source | None:
    """The source of `extend.py` if it adds Markdown extensions, else None. It is an input of every
    text: texts are converted again when it changes.
    """
    return found.source if found is not None and found.markdown else None


def own_filters(extend: Source | None) -> Source | None:
    """The source of `extend.py` if it adds filters, else None. It is an input of every page: pages
    are rendered again when it changes.
    """
    return extend if extend is not None and load(extend).value.filters else None


def own_outputs(site: Site) -> Outcome[tuple[Output, ...]]:
    """The files that the site's own `@output` functions make.

    Diagnostics: extension-error if a function fails or returns the wrong type, and the diagnostics
    of the content of each file, at the function that makes it.
    """
    made: list[Output] = []
    problems: list[Diagnostic] = []
    own = load(site.extend).value if site.extend is not None else Extensions(Source(EXTEND, ""))
    for placed in own.outputs:
        for path, language in _files(placed.value, site.settings.languages):
            given = (site,) if language is None else (site, language)
            what = say("the output `{name}`", name=path)
            try:
                data = placed.value.make(*given)
            except Exception as failure:  # any mistake of its author
                problems.append(failure_in(own.source, failure, what, placed.span))
                continue
            if not isinstance(data, (str, bytes)):
                problems.append(wrong_result(placed.span, what, "str | bytes", data))
                continue
            encoded = data.encode("utf-8", "replace") if isinstance(data, str) else bytes(data)
            admitted = _admitted(path, encoded)
            made.append(Output(path, Body(admitted.value), EXTEND))
            problems += (_of(each, what, placed.span) for each in admitted.diagnostics)
    return Outcome(tuple(made), tuple(problems))


def _admitted(path: str, data: bytes) -> Outcome[bytes]:
    """The content of a generated file in the form in which it may be published. Pictures lose their
    metadata and drawings their active content, as in `assets/`. Other kinds are passed on
    unchanged.

    Diagnostics: file-type for a kind that browsers run as a page without our checks, damaged-file
    for XML that cannot be read, and those of `admit`.
    """
    extension = ending_of(path)
    if extension in _UNREAD_PAGES:
        message = say("this kind of file is not published: {name}", name=path)
        hint = say("let its name end in .html: then it is read as every page")
        return Outcome(data, (error("file-type", Span(EXTEND), message, hint),))
    if extension in XML:
        return Outcome(data, tuple(_read_as_xml(path, data)))
    if extension not in KINDS:
        return Outcome(data)
    admitted = admit(File(f"assets/own/{posixpath.basename(path)}", data))
    return Outcome(admitted.value.data, admitted.diagnostics)


def _read_as_xml(path: str, data: bytes) -> Iterator[Diagnostic]:
    """Diagnostics of an XML file: damaged-file if it cannot be read, file-type if browsers show it
    as a page or a drawing. The checks of pages and drawings choose files by their endings, so they
    would miss this file.
    """
    facts = read_xml(data)
    if facts is None:
        message = say("this file cannot be read as XML, and no program would take it")
        yield error("damaged-file", Span(EXTEND), message, say("close each element that it opens"))
    elif facts.shown_as:
        message = say("this kind of file is not published: {name}", name=path)
        hint = say("let its name end in .html: then it is read as every page")
        if facts.shown_as == "svg":
            hint = say("let its name end in .svg: then it is read as every drawing")
        yield error("file-type", Span(EXTEND), message, hint)


def _of(problem: Diagnostic, what: Message, place: Span) -> Diagnostic:
    """The diagnostic of a generated file, moved to the function that makes the file; its message
    names the file.
    """
    message = say("{name}: {sentence}", name=what, sentence=problem.message)
    return replace(problem, message=message, span=place, edits=())


def in_own_outputs(problems: tuple[Diagnostic, ...], site: Site) -> tuple[Diagnostic, ...]:
    """The same diagnostics; those about a file that `extend.py` makes are placed at the function
    that makes it.
    """
    if site.extend is None:
        return problems
    places = {
        path: placed.span
        for placed in load(site.extend).value.outputs
        for path, _ in _files(placed.value, site.settings.languages)
    }

    def place(problem: Diagnostic) -> Diagnostic:
        path = dict(problem.message.arguments).get("path")
        if problem.span != Span(EXTEND) or path not in places:
            return problem
        return problem.placed(lambda _: places[str(path)])

    return tuple(map(place, problems))


def _files(
    output: OwnOutput, languages: tuple[Language, ...]
) -> Iterator[tuple[str, Language | None]]:
    """The paths of an output, each with its language. An output that is the same in all languages
    has one path, with None for the language.
    """
    if not output.in_languages:
        yield output.path, None
        return
    for language in languages:
        yield output.path_in(language.key), language


def _strange_checks(found: Extensions) -> Iterator[Diagnostic]:
    for each in found.checks:
        if each.of not in _KINDS:
            message = say(
                "the check `{name}` is not given what a check can be given", name=each.name
            )
            hint = say("write {known}", known=" / ".join(f"of={kind.__name__}" for kind in _KINDS))
            yield error("extension-mark", each.place, message, hint)


def _strange_filters(found: Extensions) -> Iterator[Diagnostic]:
    for placed in found.filters:
        if placed.value.name in FILTERS:
            message = say("Jinja has a filter `{name}` already", name=placed.value.name)
            hint = say("give yours another name")
            yield error("extension-mark", placed.span, message, hint)


def _strange_marks(found: Extensions) -> Iterator[Diagnostic]:
    """The Markdown extensions that fail when they are loaded, or that change more than the text
    within lines.
    """
    if not found.markdown:
        return
    from diptych.markdown.library import changed_outside_lines  # slow to import

    for placed in found.markdown:
        what: Message = say("this extension of Markdown")
        try:
            changed = changed_outside_lines(placed.value.make)
        except Exception as failure:  # any mistake of its author
            yield failure_in(found.source, failure, what, placed.span)
            continue
        if changed:
            message = say(
                "an extension of Markdown may add marks inside lines, and this one changes {what}",
                what=", ".join(changed),
            )
            hint = say("blocks stay as they are: the comparing of languages reads them by itself")
            yield error("extension-mark", placed.span, message, hint)
