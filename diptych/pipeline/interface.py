"""Compares the strings that templates and program use with those in the catalogs.

It also updates the catalogs of the program's own messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

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
    say_n,
    warning,
)
from diptych.files.theme import (
    THEME,
    THEME_LANGUAGES,
    has_theme_words,
    is_english,
    named,
    theme_catalog,
    theme_files,
)
from diptych.i18n import FEW, TOOL_LOCALES, markup_in, read_po
from diptych.i18n.extraction import extract_messages, message_template, update_catalog, without
from diptych.model import Catalog, File, Language, Tree
from diptych.model import named as names_of
from diptych.site import Site

_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "interface": None}
_SAY = {"say": None, "say_n": (1, 2)}
_MESSAGES = "diptych/messages"
_POT = "i18n/messages.pot"
_GENERATOR = (
    "i18n/formats.py",
    "render/prose.py",
    "render/figures.py",
    "render/quotes.py",
    "render/composer.py",
    "render/lists.py",
    "render/parts.py",
    "render/takeaway.py",
    "render/records.py",
)


def interface_catalogs(tree: Tree, site: Site) -> dict[str, str]:
    """The updated text of `messages.pot` and of every language's catalog, by path.

    A site's catalog holds the strings of its own templates and those theme strings that the site
    words differently. In a language for which the theme has no catalog it holds all strings of the
    theme.
    """
    theme = extract_messages(_theme_sources(), _KEYWORDS)
    own = without(extract_messages(_own_sources(tree), _KEYWORDS), theme)
    whole = extract_messages((*_own_sources(tree), *_theme_sources()), _KEYWORDS)
    files: dict[str, str] = {}
    for language in site.settings.languages:
        path = f"i18n/{language.key}/LC_MESSAGES/messages.po"
        existing = tree.get(path)
        text = _text(existing) if existing else None
        if has_theme_words(language.locale):
            if text is not None or (len(own) and not is_english(language.locale)):
                files[path] = update_catalog(text, own, language.locale, theme)
        else:
            files[path] = update_catalog(text, whole, language.locale)
    if files or tree.get(_POT):
        files[_POT] = message_template(own)
    return dict(sorted(files.items()))


def _text(file: File) -> str:
    """The text of a catalog, with LF as its line ends. The code that writes the file restores the
    file's own line ends.
    """
    return file.data.decode("utf-8-sig").replace("\r\n", "\n")


def tool_catalogs(package: Tree) -> dict[str, str]:
    """The updated text of every `messages.pot` and catalog of the program and of its theme, by
    path.

    `package` holds the folder `diptych` of a site that comes with the generator. Without it, the
    result is empty.
    """
    code = [(file, "python") for file in package.under("diptych") if file.path.endswith(".py")]
    if not code:
        return {}
    said = extract_messages(code, _SAY)
    shown = extract_messages(_theme_sources(package.under("diptych")), _KEYWORDS)
    files = {
        f"{_MESSAGES}/messages.pot": message_template(said),
        f"{THEME}/i18n/messages.pot": message_template(shown),
    }
    catalogs = [
        *((f"{_MESSAGES}/{key}.po", said, locale) for key, locale in TOOL_LOCALES.items()),
        *((theme_catalog(locale), shown, locale) for locale in THEME_LANGUAGES),
    ]
    for path, template, locale in catalogs:
        existing = package.get(path)
        text = _text(existing) if existing else None
        files[path] = update_catalog(text, template, locale)
    return files


def check_messages(tree: Tree, site: Site, cache: Cache) -> tuple[Diagnostic, ...]:
    """Diagnostics of interface strings.

    missing-message: a string of the site's own templates that is translated neither in the site's
    catalog nor in the theme's. For a language without a theme catalog, also a string of the theme's
    templates. unused-message: a string of the catalog that nothing uses. markup-in-message: a
    string of a template that contains HTML tags.
    """
    found = [
        (file, cache.call(used_strings, file.path, (file, how))) for file, how in _own_sources(tree)
    ]
    below = [
        (file, cache.call(used_strings, file.path, (file, how))) for file, how in _theme_sources()
    ]
    own = {
        msgid: Source(file.path, file.data.decode("utf-8")).line_span(line)
        for file, strings in reversed(found)
        for msgid, line in reversed(strings)
    }
    theme = {msgid for _, strings in below for msgid, _ in strings}
    marked = (each for file, strings in found for each in _marked(file, strings))
    return (*marked, *_differences(own, theme, site))


def used_strings(source: tuple[File, str]) -> tuple[tuple[str, int], ...]:
    """The msgids in a file, each with the first line on which it is used (from 1). `source` is the
    file and the method of extraction for its format (`jinja2`, `python`).
    """
    found = (message for message in extract_messages([source], _KEYWORDS) if message.id)
    return tuple(
        (each.id if isinstance(each.id, str) else each.id[0], each.locations[0][1])
        for each in found
    )


def _marked(file: File, strings: Iterable[tuple[str, int]]) -> Iterator[Diagnostic]:
    """markup-in-message: a string with HTML tags. Templates escape strings, so readers would see
    the tags as text.
    """
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


def _differences(own: Mapping[str, Span], theme: Set[str], site: Site) -> Iterator[Diagnostic]:
    """The diagnostics of missing and unused strings, for the catalog of each language. `own` maps
    each string of the site's templates to the place where it is used; `theme` holds the strings of
    the theme.
    """
    for language in site.settings.languages:
        catalog = site.catalogs[language.key]
        below = catalog.theme.messages if catalog.theme else {}
        known = {*catalog.messages}
        wanted = {*own, *(() if has_theme_words(language.locale) else theme)}
        missing = wanted - known - {*below}
        if is_english(language.locale) or (catalog.source is None and not below):
            missing = set()  # the msgids are English; a missing catalog is reported by itself
        lines = _lines(catalog)
        # an empty or fuzzy entry is reported elsewhere, at its own line of the catalog
        yield from _missing(missing - lines.keys(), own, catalog, known, language)
        for msgid in sorted(known - {*own, *theme}):
            message = say("nothing uses the text “{msgid}” any more", msgid=msgid)
            yield note("unused-message", lines[msgid], message)


def _lines(catalog: Catalog) -> dict[str, Span]:
    """The line of each string in the file of a catalog."""
    if catalog.source is None:
        return {}
    entries = (each for each in read_po(catalog.source).entries if not each.context)
    return {each.msgid: catalog.source.line_span(each.texts["msgid"].line) for each in entries}


def _missing(
    missing: Set[str],
    own: Mapping[str, Span],
    catalog: Catalog,
    known: Set[str],
    language: Language,
) -> Iterator[Diagnostic]:
    """missing-message: each missing string, at the first line of the catalog. A message without a
    catalog names the language, and its place is the template. If more than `FEW` strings are
    missing, the catalog was not updated, and one message reports all of them.
    """
    absent = sorted(missing)
    if catalog.source and len(absent) > FEW:
        message = say_n(
            "the catalog lacks {count} text: “{msgid}”",
            "the catalog lacks {count} texts; the first is “{msgid}”",
            count=len(absent),
            msgid=absent[0],
        )
        hint = say("`{command}` adds them", command=command("messages"))
        yield warning("missing-message", catalog.source.line_span(1), message, hint)
        return
    for msgid in absent:
        message = (
            say("the catalog has no text for “{msgid}”", msgid=msgid)
            if catalog.source
            else say(
                "no catalog has a {language} text for “{msgid}”",
                language=names_of(language),
                msgid=msgid,
            )
        )
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
        span = catalog.source.line_span(1) if catalog.source else own[msgid]
        yield warning("missing-message", span, message, hint)


def _own_sources(tree: Tree) -> Iterator[tuple[File, str]]:
    """The site's own templates, each with the extraction method of its format."""
    return ((f, "jinja2") for f in tree.under("templates") if f.path.endswith(".html"))


def _theme_sources(files: Iterable[File] = ()) -> Iterator[tuple[File, str]]:
    """The theme's templates and the packages of the program that hold strings for readers, from
    these files or from the installed program.
    """
    found = {each.path: each for each in (*theme_files(), *files)}
    templates = named(found, f"{THEME}/templates")
    yield from ((file, "jinja2") for _, file in sorted(templates.items()))
    from importlib import resources  # slow to import; only `check` and `messages` need it

    package = resources.files("diptych")
    for name in _GENERATOR:
        path = f"diptych/{name}"
        yield found.get(path) or File(path, (package / name).read_bytes()), "python"
