"""Takes a page or an entry down: finds the files to delete, and the changes to other files after which
no link leads to the page or entry and the site can still be published.

A page is deleted with its whole folder. An entry of a file of records (an event, a record of a site's
own type) is deleted with the pictures that nothing else shows; the only entry of a file is deleted
with the file. To find the links, the site is read without the page or entry, and each new error has a
place. If it is certain what must be removed at this place (a key in the menu, a relation, the link
around words), it is removed. Then the site is read again, since each removal may cause new errors.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from diptych.cache import Cache
from diptych.checks.inputs import MAY_BE_EMPTY
from diptych.content.fields import field_values
from diptych.content.layouts import layout_of
from diptych.content.removal import chapter_begins_later, taken_out_of_yaml, unlinked, without_item
from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Severity,
    Source,
    applied,
    command,
    nearest,
    say,
)
from diptych.model import Entry, Records, Tree
from diptych.pipeline import Options, Reading, read_site
from diptych.site import (
    ADDRESSES,
    GONE,
    Site,
    addresses_text,
    for_editors,
    no_page,
    page_meant,
)
from diptych.site.files import own_name
from diptych.site.records import markdown_fields
from diptych.translation import LanguageReport, Lock, is_open, key_of, lock_path, write_lock
from diptych.translation import confirm as confirm_groups
from diptych.values import Value, replace

ROUNDS = 30


class Wanted(Value):
    """The page or entry that is to be taken down."""

    key: str  # of a page, or its address
    entry: str = ""  # the id of an entry on the page; "" for the whole page
    below: bool = False  # whether the pages below it go too
    forget: bool = False  # whether its addresses go too, as if they had never existed


class Touched(Value):
    """A line of another file that led to the removed page or entry, or still names it."""

    path: str
    line: int  # its number in the file when it was found, from 1; 0 for the whole file
    text: str  # the line before its change


class TakenDown(Value):
    """The changes that take a page or an entry down, and the places that a person must check."""

    files: Mapping[str, str | bytes | None]  # path -> new text; None: the file is deleted
    entry: Touched | None  # the first line of the entry; None for a page, or if the whole file goes
    addresses: tuple[str, ...]  # absolute addresses in every language that showed it
    changes: tuple[Touched, ...]  # lines that led to the page or entry, and were changed
    mentions: tuple[Touched, ...]  # lines that still contain its title, and copies of its files
    # errors that only a person can mend; with any of them nothing is written
    hindrances: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    languages: tuple[str, ...]  # keys of the languages of the site


def take_down(tree: Tree, wanted: Wanted, cache: Cache) -> TakenDown | Message:
    """The changes that take a page or an entry down; a message if there is no such page or entry, or if
    it must stay.
    """
    before = read_site(tree, Options(drafts=True), cache)
    site = before.site
    if site is None:
        return say("the settings cannot be read; `check` says why")
    wanted = replace(wanted, key=page_meant(site, wanted.key))
    removed: Touched | None = None
    refused = _refused(wanted, site)
    if refused is not None:
        return refused
    if wanted.entry:
        found = _entry(site, wanted)
        if found is None:
            return _no_entry(site, wanted)
        records, entry = found
        keys, gone = frozenset[str](), _files_of_entry(site, records, entry)
        titles = [*_titles_of_entry(site, records, entry)]
        text: str | None = None
        if len(records.entries) > 1 or records.type in MAY_BE_EMPTY:
            text = applied(without_item(records.source, entry.span), records.source)
            line, _ = records.source.position(entry.span.start)
            removed = Touched(records.source.path, line, wanted.entry)
        else:  # a file of records without a record is an error
            gone.add(records.source.path)
        now = tree.with_files({**dict.fromkeys(gone), records.source.path: text})
    else:
        keys = _keys(site, wanted.key)
        gone = {file.path for file in tree.under(f"content/{wanted.key}")}
        titles = [page.document.front.title.value for page in site.pages if page.key in keys]
        now = tree.with_files(dict.fromkeys(gone))
    known = {each.identity for each in before.diagnostics}
    now, after, changes, hindrances = _mended(now, site, wanted.entry, known, cache)
    files: dict[str, str | bytes | None] = dict.fromkeys(sorted(gone))
    old = {file.path: file.data for file in tree.files}
    # as text, so that line ends and byte order mark stay
    files |= {file.path: file.data.decode() for file in now.files if file.data != old[file.path]}
    files |= _locks(before, after, files)
    files |= _addresses(site, after.site, keys, wanted)
    paths = [page.path for page in site.pages if page.key in (keys or {wanted.key})]
    anchor = f"#{wanted.entry}" if wanted.entry else ""
    return TakenDown(
        files,
        removed,
        tuple(site.url(path) + anchor for path in paths),
        changes,
        tuple(_mentions(titles, after, tree, gone)),
        hindrances,
        after.sources,
        tuple(language.key for language in site.settings.languages),
    )


def _refused(wanted: Wanted, site: Site) -> Message | None:
    """The reason why it cannot be taken down, or None."""
    known = {page.key for page in site.pages}
    if wanted.key not in known:
        return no_page(wanted.key, known)
    if wanted.entry:
        return None
    front = site.versions(wanted.key)[0].document.front
    if layout_of(front.layout).opens:
        return say("`{key}` is the front page, without which there is no site", key=wanted.key)
    below = sorted(_keys(site, wanted.key) - {wanted.key})
    if below and not wanted.below:
        return say(
            "below `{key}` there are other pages: {known}; to take them down too: {command}",
            key=wanted.key,
            known=", ".join(below),
            command=command("take-down", wanted.key, "--below"),
        )
    return None


def _keys(site: Site, key: str) -> frozenset[str]:
    """The key of a page, and the keys of the pages below it."""
    return frozenset(
        page.key for page in site.pages if page.key == key or page.key.startswith(f"{key}/")
    )


def _entry(site: Site, wanted: Wanted) -> tuple[Records, Entry] | None:
    """The entry that is to be taken down, and the records that contain it; None if the page has no such
    entry.
    """
    for records in site.records_of(wanted.key):
        for entry in records.entries:
            if entry.id == wanted.entry and site.types.by_name[records.type].many:
                return records, entry
    return None


def _no_entry(site: Site, wanted: Wanted) -> Message:
    """The message that a page has no such entry. It names the entry of the page with the most similar
    id.
    """
    known = [
        entry.id for records in site.records_of(wanted.key) for entry in records.entries if entry.id
    ]
    near = nearest(wanted.entry, known)
    if near:
        return say(
            "the page has no entry `{id}`; did you mean `{near}`?", id=wanted.entry, near=near
        )
    return say(
        "the page has no entry `{id}`; a part of a text is taken out in the text itself, in every "
        "language",
        id=wanted.entry,
    )


def _files_of_entry(site: Site, records: Records, entry: Entry) -> set[str]:
    """The pictures and files that only this entry names, also the files of single languages
    (`march.fr.jpg`).
    """
    own = _names(site, records, entry)
    files = site.files.get(records.key, {})
    others: set[str] = set()
    for each in site.records_of(records.key):
        for other in each.entries:
            if other is not entry:
                others |= _names(site, each, other)
    for page in site.versions(records.key):
        front, prose = page.document.front, page.document.prose
        others |= {picture.target for picture in prose.pictures}
        others |= {link.target for link in prose.links}
        others |= {front.image.value} if front.image else set()
    texts = [page.document.source.text for page in site.pages if page.key != records.key]

    def used(name: str) -> bool:
        return name in others or any(f"/{name}" in text for text in texts)

    languages = [each.key for each in site.settings.languages]
    return {
        f"content/{records.key}/{version}"
        for name in own
        if not used(name)
        for version in (name, *(own_name(name, each) for each in languages))
        if version in files and not used(version)
    }


def _names(site: Site, records: Records, entry: Entry) -> set[str]:
    """The files that an entry names, in a field or in its texts."""
    record = site.types.by_name[records.type].record
    found: set[str] = set()
    for value in field_values(record, entry.values):
        if value.field.refers in ("picture", "file"):
            found.add(value.placed.value)
    for each in markdown_fields((records,), site.types):
        if each.entry == entry.id:
            prose = site.prose(each.placed)
            found |= {picture.target for picture in prose.pictures}
            found |= {link.target for link in prose.links}
    return found


def _mended(
    tree: Tree, site: Site, entry: str, known: Collection[object], cache: Cache
) -> tuple[Tree, Reading, tuple[Touched, ...], tuple[Diagnostic, ...]]:
    """The tree in which nothing leads to the removed content any more, with the lines changed for
    that, and the errors that are left. `site` is the site before; `known` are the identities of its
    diagnostics.
    """
    changes: list[Touched] = []
    for _ in range(ROUNDS):
        read = read_site(tree, Options(drafts=True), cache)
        new = [
            each
            for each in read.diagnostics
            if each.severity is Severity.ERROR and each.identity not in known
        ]
        edits: dict[str, Sequence[Edit]] = {}
        for problem in new:
            source = read.sources.get(problem.span.path)
            # one place in each file per round, since an edit moves the places below it
            if source is None or source.path in edits:
                continue
            found = _mend(problem, source, site, entry)
            if found:
                edits[source.path] = found
                line, _ = source.position(problem.span.start)
                changes.append(Touched(source.path, line, source.line(line)))
        if not edits:
            break
        tree = tree.with_files(
            {path: applied(each, read.sources[path]) for path, each in edits.items()}
        )
    return tree, read, tuple(changes), tuple(new)


def _mend(problem: Diagnostic, source: Source, site: Site, entry: str) -> Sequence[Edit]:
    """The edits that remove a reference to the removed content; none if only a person can."""
    found = unlinked(source, problem.span)
    if not found and source.path.endswith("/chapters.yaml"):
        timeline = site.timeline(key_of(source.path))
        found = chapter_begins_later(source, problem.span, entry, timeline)
    return found or taken_out_of_yaml(source, problem.span)


def _locks(before: Reading, after: Reading, files: Collection[str]) -> dict[str, str]:
    """The text of the lock of each page whose files changed, by path: confirmed texts stay
    confirmed, and records of removed texts are gone.
    """
    found = {}
    for key in sorted({key_of(path) for path in files} & after.reports.keys()):
        old, report, path = before.reports.get(key), after.reports[key], lock_path(key)
        if old is None or report.lock is None or path not in before.sources:
            continue
        went = [each for each in report.gone if each not in old.gone]
        rest = Lock(
            tuple(each for each in report.lock.records if each not in went),
            report.lock.outlines,
            tuple(each for each in report.lock.entries if each not in went),
        )
        lock = confirm_groups(report.groups, report.records, None, _kept(old, report), rest)
        found[path] = write_lock(replace(lock, outlines=rest.outlines))
    return found


def _kept(old: LanguageReport, new: LanguageReport) -> list[int]:
    """The numbers of the groups that were confirmed, and that a mended link changed."""
    confirmed = {
        part.label
        for part in old.parts
        if part.record is not None and not is_open(part.states.values())
    }
    return [
        number
        for number, part in enumerate(new.parts)
        if part.record is not None and part.label in confirmed and is_open(part.states.values())
    ]


def _addresses(
    site: Site, after: Site | None, keys: frozenset[str], wanted: Wanted
) -> dict[str, str]:
    """`addresses.lock`, in which every address of a removed page is marked as gone."""
    if not keys and site.remembered is None:
        return {}
    paths = {page.path for page in site.pages if page.key in keys}
    led = {
        for_editors(each.old) + ("" if each.old.endswith(".html") else "/")
        for each in site.redirects
        if each.new.partition("#")[0] in paths
        and (not wanted.entry or each.new.endswith(f"#{wanted.entry}"))
    }
    known = {each.path: each.key for each in site.remembered or ()}
    gone = {path for path, key in known.items() if key in keys} | led
    gone |= {page.path for page in site.pages if page.key in keys and not page.document.front.draft}
    if not gone:
        return {}
    for path in gone:
        known.pop(path, None)
    if not wanted.forget:
        known |= dict.fromkeys(gone, GONE)
    if site.remembered is None and after is not None:
        known |= {page.path: page.key for page in after.pages if not page.document.front.draft}
    anchors = [each for each in site.old_anchors if each.key not in keys]  # words of the page
    return {ADDRESSES: addresses_text(known, anchors)}


def _mentions(
    titles: Collection[str], after: Reading, tree: Tree, gone: Collection[str]
) -> Iterator[Touched]:
    """The lines that still contain one of the titles, and the files with the same bytes as a removed
    file.
    """
    long = sorted({title for title in titles if len(title) > 3})
    said = re.compile("|".join(rf"\b{re.escape(title)}\b" for title in long) or r"(?!)")
    for path, source in sorted(after.sources.items()):
        if not path.startswith(("content/", "i18n/", "templates/")) or path.endswith(".lock"):
            continue
        for number, line in enumerate(source.text.split("\n"), start=1):
            if said.search(line):
                yield Touched(path, number, line)
    lost = {file.data for file in tree.files if file.path in gone and len(file.data) > 100}
    for file in tree.files:
        if file.path not in gone and file.data in lost:
            yield Touched(file.path, 0, "")


def _titles_of_entry(site: Site, records: Records, entry: Entry) -> Iterator[str]:
    """The title of an entry, in each of its languages."""
    record = site.types.by_name[records.type].record
    for each in field_values(record, entry.values):
        if each.names == (record.heading,):
            yield str(each.placed.value)
