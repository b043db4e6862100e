"""Resolves links: finds the address, in the reader's language, of a page, an anchor or a setting that
an author names.

An author writes `page:faq#become-member`, `page:timeline/timeline.csv`, `site:donation_link`,
`../faq/nl.md`, `#anchor` or a web address. Links can only be resolved once the whole site is known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from diptych.content.kinds import LINK
from diptych.content.settings import LINKS
from diptych.content.texts import File as TextFile
from diptych.content.texts import values_of
from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Source,
    error,
    listed,
    nearest,
    say,
    warning,
)
from diptych.markdown import slugify
from diptych.model import DATA_FORMS, Document, Language, Link
from diptych.site.files import lacks_file, own_name
from diptych.site.records import markdown_fields
from diptych.site.values import Page, Site
from diptych.values import Value, replace
from diptych.yaml import place_in_scalar

DATA_FILES = tuple(f"timeline.{form}" for form in DATA_FORMS)


class Target(Value):
    """The target of a link."""

    href: str | None  # None: a setting without a value, or a mistake that is reported
    lang: str | None = None  # the language tag of the target, if it is not the reader's language
    external: bool = False
    file: tuple[str, str] | None = None  # (page key, name): a file of a bundle
    unset: str | None = None  # the setting that has no value


class Resolver:
    """Resolves the links of a site. The anchors of each page are gathered once."""

    def __init__(self, site: Site, unread: Collection[str] = ()) -> None:
        """`unread` holds the keys of pages that could not be read whole, so that their anchors are
        unknown, or that could not be read at all.
        """
        self._site = site
        self._unread = frozenset(unread)
        self._keys = {page.key for page in site.pages}
        self._anchors: dict[tuple[str, str], frozenset[str]] = {}

    def resolve(self, link: Link, key: str, language: str) -> tuple[Target, Diagnostic | None]:
        """The target of a link on the page `key` for a reader of `language`, and what is wrong with
        the link.

        Diagnostics: broken-link, broken-anchor, unknown-setting, and as warnings literal-address
        and unshown-link.
        """
        target = link.target
        if not target:  # link-brackets is reported where the text is read
            return Target(None), None
        if target.startswith("page:"):
            identity, _, anchor = target.removeprefix("page:").partition("#")
            return self._page(identity or key, anchor, language, link)
        if target.startswith("site:"):
            return self._setting(target.removeprefix("site:"), link)
        if target.startswith(("mailto:", "tel:")):
            return Target(target), None
        if target.startswith("#"):
            return self._page(key, target[1:], language, link)
        if target.startswith(("http:", "https:")):
            return self._external(link)
        return self._relative(link, key, language)

    def _page(
        self, key: str, anchor: str, language: str, link: Link
    ) -> tuple[Target, Diagnostic | None]:
        versions = self._site.versions(key)
        if not versions and not anchor and (data := self._data_file(key, language)):
            return data, None
        if not versions and (unshown := self._unshown(key, link)):
            return Target(None), unshown
        if not versions:
            problem = None if key in self._unread else self._unknown_page(key, anchor, link)
            return Target(None), problem
        page = next((each for each in versions if each.language == language), versions[0])
        tag = self._site.settings.language(page.text_language).tag
        lang = tag if page.text_language != language else None
        href = self._site.href(page.path) + (f"#{anchor}" if anchor else "")
        if anchor and key not in self._unread and anchor not in self.anchors(page):
            return Target(href, lang), self._unknown_anchor(page, anchor, link)
        return Target(href, lang), None

    def _unshown(self, key: str, link: Link) -> Diagnostic | None:
        """unshown-link: the page exists but is not shown on this day; readers get the words without
        a link.
        """
        hidden = self._site.hidden.get(key) or self._site.hidden.get(key.rpartition("/")[0])
        if hidden is None:
            return None
        day = hidden.day.isoformat()
        message = (
            say("`{key}` is shown from {date} on; until then this is no link", key=key, date=day)
            if hidden.early
            else say("`{key}` was shown until {date}; this is no link any more", key=key, date=day)
        )
        return warning("unshown-link", link.span, message)

    def _data_file(self, place: str, language: str) -> Target | None:
        """`timeline/timeline.csv`: a data file that the build makes from the timeline of the page."""
        key, _, name = place.rpartition("/")
        page = self._site.page(key, language)
        if page is None or self._site.timeline(key) is None or name not in DATA_FILES:
            return None
        return Target(self._site.href(page.path + name))

    def anchors(self, page: Page) -> frozenset[str]:
        """Every id on a page to which a link can lead."""
        place = (page.key, page.text_language)
        if place not in self._anchors:
            timeline = self._site.timeline(page.key)
            events = timeline.events if timeline else ()
            records = self._site.records_of(page.key)
            self._anchors[place] = frozenset(
                {
                    *page.document.prose.anchors,
                    *(event.id for event in events),
                    *(entry.id for each in records for entry in each.entries),
                    *(f"y{event.date.first.year}" for event in events),
                }
            )
        return self._anchors[place]

    def _unknown_page(self, key: str, anchor: str, link: Link) -> Diagnostic:
        if present := self._site.renamed.get(key):
            edits = _instead(link, f"page:{present}" + (f"#{anchor}" if anchor else ""))
            message = is_called(key, present)
            return error("broken-link", link.span, message, None, edits, True)
        if key in self._site.drafts:
            return error("broken-link", link.span, *of_draft(key))
        # `page:nl/team`, or `team/nl.md` beside another page
        near = next((each for each in self._keys if key.endswith(f"/{each}")), None)
        near = near or nearest(key, self._keys)
        message = say("there is no page with the key `{key}`", key=key)
        hint: Message | None = say("the keys are: {known}", known=listed(self._keys))
        if near:
            hint = say("did you mean `{near}`?", near=f"page:{near}")
        elif any(each.key == key for each in self._site.remembered or ()):
            message = say("the page `{key}` is gone", key=key)
            hint = say("bring its folder back from git's history, or take this link out")
        if not near and (near := self._key_of_title(key)):
            message = say(
                "a link names a page by its key, not by its title; the key is `{key}`", key=near
            )
            hint = None
        edits = _instead(link, f"page:{near}" + (f"#{anchor}" if anchor else "")) if near else ()
        return error("broken-link", link.span, message, hint, edits)

    def _key_of_title(self, title: str) -> str | None:
        """The key of the page that a link names by its title or its address."""
        words = unquote(title).lower().strip("/")
        for page in self._site.pages:
            path = page.path.strip("/")
            called = (page.document.front.title.value.lower(), path, path.rpartition("/")[2])
            if words in called:
                return page.key
        fronts = [(page.document.front, page.key) for page in self._site.pages]
        titles = {front.title.value.lower(): key for front, key in fronts}
        titles |= {slugify(front.title.value): key for front, key in fronts}
        near = nearest(words, titles)
        return titles[near] if near else None

    def _unknown_anchor(self, page: Page, anchor: str, link: Link) -> Diagnostic:
        known = self.anchors(page)
        near = nearest(anchor, known)
        message = say(
            "the page `{key}` has no anchor `#{anchor}` in {path}",
            key=page.key,
            anchor=anchor,
            path=page.document.source.path,
        )
        hint: Message | None = None
        others = (
            each.document.source.path
            for each in self._site.own_versions(page.key)
            if anchor in self.anchors(each)
        )
        if there := next(others, None):
            near = None
            hint = say(
                "{path} has it: give the same heading in {here} the id {braces}",
                path=there,
                here=page.document.source.path,
                braces="{#" + anchor + "}",
            )
        elif not near and known:
            hint = say("the ids there are: {known}", known=listed(known))
        elif not near:
            hint = say("give a heading there the id: ## … {braces}", braces="{#" + anchor + "}")
        edits = _instead(link, f"page:{page.key}#{near}") if near else ()
        return error("broken-anchor", link.span, message, hint, edits)

    def _setting(self, name: str, link: Link) -> tuple[Target, Diagnostic | None]:
        organisation = self._site.settings.organisation
        if name == "contact":
            address = organisation.contact
            return Target(f"mailto:{address}" if address else None), None
        if name not in LINKS:
            near = nearest(name, (*LINKS, "contact"))
            message = say("site.yaml has no link `{name}`", name=name)
            edits = _instead(link, f"site:{near}") if near else ()
            hint = say("the links are: {known}", known=", ".join((*LINKS, "contact")))
            problem = error("unknown-setting", link.span, message, hint, edits)
            return Target(None), problem
        href = organisation.links.get(name)
        return Target(href, external=True, unset=None if href else name), None

    def _external(self, link: Link) -> tuple[Target, Diagnostic | None]:
        target, base = link.target, self._site.settings.base_url
        if target == base or target.startswith(base + "/"):
            message = say("this address is one of our own pages, which can move")
            return Target(target), self._literal(target.removeprefix(base), message, link)
        return Target(target, external=True), None

    def _relative(self, link: Link, key: str, language: str) -> tuple[Target, Diagnostic | None]:
        path, _, anchor = link.target.partition("#")
        if not link.target.strip():
            message = say("this link leads nowhere: nothing stands between its round brackets")
            hint = say("write there where it leads, as in {example}", example="(page:faq)")
            return Target(None), error("broken-link", link.span, message, hint)
        if path.startswith("/"):
            message = say("this address leads to one place in one language, and that can move")
            problem = self._literal(link.target, message, link)
            return Target(self._site.href(path.lstrip("/"))), problem
        if mended := _as_address(link.target):
            message = say(
                "this address needs `{start}` before it", start=mended.removesuffix(link.target)
            )
            edits = _instead(link, mended)
            return (
                Target(mended, external=True),
                error("broken-link", link.span, message, None, edits, True),
            )
        place = posixpath.normpath(posixpath.join(key, unquote(path)))
        folder, _, name = place.rpartition("/")
        if name.removesuffix(".md") in {each.key for each in self._site.settings.languages}:
            return self._page(folder, anchor, language, link)
        files = self._site.files.get(folder, {})
        if self._site.name_in(folder, name, language) in files:
            return Target(None, file=(folder, name)), None
        if any(own_name(name, each.key) in files for each in self._site.languages_of(folder)):
            without = (self._site.settings.language(language),)
            return Target(None), error("broken-link", link.span, *lacks_file(name, folder, without))
        if unshown := self._unshown(folder, link):
            return Target(None), unshown
        message = say(
            "there is no file `{name}` in {folder}/",
            name=name,
            folder=posixpath.join("content", folder).rstrip("/"),
        )
        return Target(None), self._missing_file(name, folder, message, link)

    def _missing_file(self, name: str, folder: str, message: Message, link: Link) -> Diagnostic:
        stem, ending = posixpath.splitext(name)
        if folder in self._keys and stem in {each.key for each in self._site.settings.languages}:
            stem = folder
        meant = stem if stem in self._keys else self._key_of_title(stem)
        mended: str | None
        if meant and ending in ("", ".html"):
            mended = f"page:{meant}"
        else:
            mended = nearest(name, self._site.files.get(folder, {}))
        hint = say("a page is linked by its key, as in page:faq; a file by its name")
        edits = _instead(link, mended) if mended else ()
        return error("broken-link", link.span, message, hint, edits)

    def _literal(self, address: str, message: Message, link: Link) -> Diagnostic:
        path, _, anchor = address.partition("#")
        hint = say("link to the page by its key, as in page:faq")
        key = self._key_of_title(path)
        if key is None:
            return warning("literal-address", link.span, message, hint)
        target = f"page:{key}" + (f"#{anchor}" if anchor else "")
        if link.text != link.target:
            edits = _instead(link, target)
            return warning("literal-address", link.span, message, hint, edits)
        hint = say(  # `page:faq` without brackets is no link
            "write the words to click and the page's key in its place: {link}",
            link=f"[…]({target})",
        )
        return warning("literal-address", link.span, message, hint)


class WrittenLink(Value):
    """A link that an editor wrote, in a text or in a field."""

    link: Link  # its span is a place in the file
    source: Source
    key: str  # of the page in whose folder the file is
    languages: tuple[Language, ...]  # of the readers of the link


def links_of(site: Site, files: Collection[TextFile]) -> Iterator[WrittenLink]:
    """Every link in these files of a site: in the texts of pages, in the Markdown of YAML, and in
    fields that are links.
    """
    for document in files:
        if isinstance(document, Document):
            languages = site.languages_of(document.key, document.language)
            for link in document.prose.links:
                yield WrittenLink(link, document.source, document.key, languages)
    for field in markdown_fields(files, site.types):
        for link in site.prose(field.placed).links:
            span = place_in_scalar(field.source, field.placed.span, link.span)
            languages = site.languages_of(field.key, field.language)
            yield WrittenLink(replace(link, span=span), field.source, field.key, languages)
    for found in values_of(files, site.types, lambda _, leaf: leaf == LINK):
        placed, file = found.value.placed, found.file
        link = Link(placed.value, "", placed.span)
        languages = site.languages_of(file.key, found.value.language)
        yield WrittenLink(link, file.source, file.key, languages)


def is_called(old: str, key: str) -> Message:
    """The sentence about a name by which a page was known before its folder was renamed."""
    return say("the page `{old}` is called `{key}` now", old=old, key=key)


def of_draft(key: str) -> tuple[Message, Message]:
    """The message and the hint about a reference to a page that is a draft."""
    message = say("the page `{key}` is a draft, which readers do not see yet", key=key)
    hint = say("take the line `draft:` out of its front matter, or do not name it until then")
    return message, hint


def _as_address(target: str) -> str | None:
    """The web or e-mail address that was meant by a target without `https://` or `mailto:`."""
    if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", target):
        return f"mailto:{target}"
    if re.match(
        r"www\.[\w-]+\.|([\w-]+\.)+(be|brussels|ch|com|de|eu|fr|gov|info|io|lu|net|nl|org|uk|vlaanderen)(/|$)",
        target,
    ):
        return f"https://{target}"
    return None


def _instead(link: Link, target: str) -> tuple[Edit, ...]:
    """The edit that replaces the target of a link; the edit applies only if the file has exactly this
    target at its place.
    """
    return link.span.becomes(target, link.target)
