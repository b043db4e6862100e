"""The command `new`: begins a page, with a draft in every language."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from diptych.cli.sources import SCHEMAS, SiteFiles, now, read_settings
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.content.layouts import Layout, layout_of
from diptych.content.new import drafted_from, new_bundle, required_fields
from diptych.content.page import DocumentRequest, parse_document, read_front_matter
from diptych.content.types import AGENDA, PAGE, TERMS, TIMELINE
from diptych.diagnostics import Message, Source, command, nearest, say
from diptych.disk import read_tree, write_sources
from diptych.model import RESERVED, Tree
from diptych.site import no_page


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Begins a bundle as a draft, one file per language, and says what to do next; asks no
    questions.
    """
    read = read_settings(options.root, terminal)
    if read is None:
        return SITE_ERRORS
    tree, languages = read.tree, read.languages
    parent = options.parent.strip("/").removeprefix("content/") if options.parent else ""
    key = "/".join(filter(None, (parent, options.key.strip("/").removeprefix("content/"))))
    if options.language is not None:
        return _one_language(options.language, key, read, options.root, terminal)
    refused = (
        _unknown_layout(options.layout, read.layouts)
        or _refused(key, languages, _keys(tree))
        or _second_home(options.layout, tree)
    )
    if refused is not None:
        terminal.tell(refused)
        return WRONG_CALL
    above, today = key.rpartition("/")[0], now().date().isoformat()
    files = new_bundle(
        key,
        options.layout,
        languages,
        today,
        fields=required_fields(read.types.own_part(PAGE.name).fields, today),
        dated=above in _laid_out(lambda layout: layout.lists, tree),
        schema=_has_schemas(options),
    )
    there = {path for path in files if tree.get(path)}
    write_sources(
        options.root, {path: text for path, text in files.items() if path not in there}, tree
    )
    for path in files:
        terminal.tell(
            say("{path} was there already and stays as it is", path=path)
            if path in there
            else say("{path} is ready to be filled in", path=path)
        )
    for step in _next_steps(key, _asked_by(options.layout, read)):
        terminal.tell(step)
    return DONE


def _one_language(language: str, key: str, read: SiteFiles, root: Path, terminal: Terminal) -> int:
    """Drafts the one language that a page lacks, from the first language that it has."""
    known, languages = _keys(read.tree), read.languages
    path = f"content/{key}/{language}.md"
    there = known.get(key, set()) & set(languages)
    refused: Message | None = None
    if language not in languages:
        refused = say("the site has no language `{key}`", key=language)
    elif not there:
        refused = no_page(key, known)
    elif language in there:
        refused = say("{path} was there already and stays as it is", path=path)
    if refused is not None:
        terminal.tell(refused)
        return WRONG_CALL
    first = next(each for each in languages if each in there)
    source, record = read.sources[f"content/{key}/{first}.md"], read.types.page.record
    request = DocumentRequest(source, key, first, read.settings.languages, record)
    text = drafted_from(key, parse_document(request).value, record)
    write_sources(root, {path: text}, read.tree)
    terminal.tell(say("{path} is ready to be filled in", path=path))
    steps = _next_steps(key)
    for step in steps[:1] + steps[-2:]:
        terminal.tell(step)
    return DONE


def _next_steps(key: str, asked: tuple[Message, ...] = ()) -> tuple[Message, ...]:
    """The next steps for the editor, in order; `asked` are those of the page's layout."""
    menu = say(
        "if it belongs in the menu, add `{key}` to `navigation` in content/site.yaml", key=key
    )
    return (
        say(
            "write what `…` stands for, in every language; `{command}` shows the draft "
            "meanwhile, and says what is left",
            command=command("serve"),
        ),
        *asked,
        say("other pages link to it with `page:{key}`", key=key),
        *(() if "/" in key else (menu,)),
        say("take out the line `draft: true` when the page may be published"),
        say("when the languages say the same: {command}", command=command("confirm", key)),
    )


def _asked_by(layout: str, read: SiteFiles) -> tuple[Message, ...]:
    """The steps that a page of this layout needs besides its text, such as a line in site.yaml for a
    search field.
    """
    row, each = layout_of(layout), ", ".join(f"{key}: …" for key in read.languages)
    if row.shows == TIMELINE.name:
        return (
            say(
                "copy the event in `timeline.yaml` for every other one, in the order of their dates"
            ),
        )
    if row.shows == AGENDA.name:
        return (
            say("copy the event in `agenda.yaml` for every other one, and take out what it lacks"),
        )
    if row.shows == TERMS.name and TERMS.path not in read.sources:
        term = f"- {{id: word-1, preferred: {{{each}}}, reason: {{{each}}}}}"
        return (
            say(
                "the page shows the words of {path}, which is not there yet: make that file, with "
                "this line for each word, and change `word-1` too: {line}",
                path=TERMS.path,
                line=term,
            ),
        )
    if row.contents and read.settings.search is None:
        return (
            say(
                "for a field to search in, write this line in content/site.yaml: {line}",
                line="search: true",
            ),
        )
    return ()


def _refused(key: str, languages: tuple[str, ...], known: dict[str, set[str]]) -> Message | None:
    """The reason to refuse this key, or None. A page that exists may be begun in a language that it
    lacks.
    """
    if not all(
        part and part.replace("-", "").isalnum() and part == part.lower() and part.isascii()
        for part in key.split("/")
    ):
        return say("a key holds small letters, digits and hyphens: `{key}` does not", key=key)
    taken = next((part for part in key.split("/") if part in RESERVED), None)
    if taken is not None:
        return say("a folder cannot be called `{name}` on every computer", name=taken)
    if known.get(key, set()) >= set(languages):
        return say(
            "there is a page `{key}` already, in content/{key}/; choose another key", key=key
        )
    above = key.rpartition("/")[0]
    if not above or above in known:
        return None
    if nearest(above, known):
        return no_page(above, known)
    pages = ", ".join(sorted(known))
    return say("there is no page `{key}`; the pages are: {known}", key=above, known=pages)


def _keys(tree: Tree) -> dict[str, set[str]]:
    """Key -> languages of every page that has a file, drafts too."""
    found: dict[str, set[str]] = {}
    for file in tree.under("content"):
        key, _, name = file.path.removeprefix("content/").rpartition("/")
        if key and name.endswith(".md"):
            found.setdefault(key, set()).add(name.removesuffix(".md"))
    return found


def _unknown_layout(layout: str, known: tuple[str, ...]) -> Message | None:
    if layout in known:
        return None
    return say(
        "there is no layout `{name}`; there are: {known}; templates/{name}.html would make it one",
        name=layout,
        known=", ".join(known),
    )


def _second_home(layout: str, tree: Tree) -> Message | None:
    home = (
        next(iter(_laid_out(lambda each: each.opens, tree)), None)
        if layout_of(layout).opens
        else None
    )
    return say("the site has its front page already, in content/{key}/", key=home) if home else None


def _laid_out(fits: Callable[[Layout], bool], tree: Tree) -> list[str]:
    """The keys of the pages with a matching layout."""
    found = []
    for file in tree.under("content"):
        if file.path.endswith(".md"):
            source = Source(file.path, file.data.decode("utf-8", "replace"))
            if fits(layout_of(read_front_matter(source)[0].value.layout)):
                found.append(file.path.removeprefix("content/").rpartition("/")[0])
    return found


def _has_schemas(options: argparse.Namespace) -> bool:
    return bool(read_tree(options.root, (SCHEMAS,), ()).value.files)
