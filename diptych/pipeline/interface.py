"""Interface strings: what templates and the generator use, against what the catalogs say.

And the tool's own sentences: what it `say`s, into its own catalogs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from diptych.cache import Cache
from diptych.diagnostics import (
    Diagnostic,
    Source,
    Span,
    command,
    error,
    nearest,
    note,
    say,
    warning,
)
from diptych.files.theme import overlaid, with_theme
from diptych.i18n import TOOL_LOCALES, markup_in
from diptych.i18n.extraction import extract_messages, message_template, update_catalog
from diptych.model import File, Tree
from diptych.site import Site

_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "interface": None}
_SAY = {"say": None}
_MESSAGES = "diptych/messages"
_GENERATOR = (
    "i18n/formats.py",
    "render/prose.py",
    "render/composer.py",
    "render/takeaway.py",
    "render/records.py",
)


def interface_catalogs(tree: Tree, site: Site) -> dict[str, str]:
    """Path -> text of `messages.pot` and of every language's catalog, updated."""
    template = extract_messages(_sources(tree), _KEYWORDS)
    files = {"i18n/messages.pot": message_template(template)}
    for language in site.settings.languages:
        path = f"i18n/{language.key}/LC_MESSAGES/messages.po"
        existing = tree.get(path)
        text = existing.data.decode("utf-8") if existing else None
        files[path] = update_catalog(text, template, language.locale)
    return files


def tool_catalogs(package: Tree) -> dict[str, str]:
    """Path -> text of the tool's own `messages.pot` and catalogs, updated.

    `package` holds the folder `diptych` of a site that comes with the generator; nothing is
    updated when there is none.
    """
    code = [(file, "python") for file in package.under("diptych") if file.path.endswith(".py")]
    if not code:
        return {}
    template = extract_messages(code, _SAY)
    files = {f"{_MESSAGES}/messages.pot": message_template(template)}
    for language, locale in TOOL_LOCALES.items():
        path = f"{_MESSAGES}/{language}.po"
        existing = package.get(path)
        text = existing.data.decode("utf-8") if existing else None
        files[path] = update_catalog(text, template, locale)
    return files


def check_messages(tree: Tree, site: Site, cache: Cache) -> tuple[Diagnostic, ...]:
    """The strings that templates and generator use, against the catalogs.

    Diagnostics: missing-message for strings that a catalog lacks, unused-message for those nobody
    uses, markup-in-message for those of a template that hold markup.
    """
    found = [(file, cache.call(used_strings, (file, how))) for file, how in _sources(tree)]
    used = {msgid for _, strings in found for msgid, _ in strings}
    marked = (each for file, strings in found for each in _marked(file, strings))
    return (*marked, *_differences(used, site))


def used_strings(source: tuple[File, str]) -> tuple[tuple[str, int], ...]:
    """The msgids in a file, given with its extraction method, each with its first line."""
    found = (message for message in extract_messages([source], _KEYWORDS) if message.id)
    return tuple(
        (each.id if isinstance(each.id, str) else each.id[0], each.locations[0][1])
        for each in found
    )


def _marked(file: File, strings: Iterable[tuple[str, int]]) -> Iterator[Diagnostic]:
    """markup-in-message: strings are text, so that readers would see the tags."""
    for msgid, line in strings:
        piece = markup_in(msgid)
        if piece is not None:
            source = Source(file.path, file.data.decode("utf-8"))
            message = say("a text of the interface holds no HTML: {piece}", piece=piece)
            hint = say(
                "put the element around the text, or fill it in through a placeholder such as "
                "%(link)s"
            )
            span = source.line_span(line)
            yield error("markup-in-message", span, message, hint)


def _differences(used: Set[str], site: Site) -> Iterator[Diagnostic]:
    for language in site.settings.languages:
        catalog = site.catalogs[language.key]
        if catalog.source is None:
            continue
        known = {msgid for _, msgid in catalog.messages}
        lines = catalog.source.text
        for msgid in sorted(used - known):
            if f'msgid "{msgid}"' in lines and f'#~ msgid "{msgid}"' not in lines:
                continue  # empty or fuzzy there: told where it stands
            message = say("the catalog has no text for “{msgid}”", msgid=msgid)
            near = nearest(msgid, known)
            hint = (
                say(
                    "`{command}` adds it; the nearest is “{near}”",
                    command=command("messages"),
                    near=near,
                )
                if near
                else say("`{command}` adds it", command=command("messages"))
            )
            span = catalog.source.line_span(1)
            yield warning("missing-message", span, message, hint)
        for msgid in sorted(known - used):
            message = say("nothing uses the text “{msgid}” any more", msgid=msgid)
            yield note("unused-message", _place(catalog.source, msgid), message)


def _place(source: Source, msgid: str) -> Span:
    start = source.text.find(f'msgid "{msgid}"')
    return source.span(max(start, 0), max(start, 0) + 5)


def _sources(tree: Tree) -> Iterator[tuple[File, str]]:
    """Templates, and the rooms of the generator that have strings for the reader."""
    files = {each.path: each for each in with_theme(tree).files}
    for _, file in sorted(overlaid(files, "templates").items()):
        if file.path.endswith(".html"):
            yield file, "jinja2"
    from importlib import resources  # only `check` and `messages` look at them

    package = resources.files("diptych")
    for name in _GENERATOR:
        yield File(f"diptych/{name}", (package / name).read_bytes()), "python"
