"""Collects the pages of an old site with the keys, addresses and headings that they get on the new
site, because the links between pages need these. Also collects the new files and the messages for
the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from diptych.diagnostics import say
from diptych.importing.amends import Amends
from diptych.importing.headings import with_shared_ids
from diptych.importing.old_site import Left, OldPage, OldSite
from diptych.importing.pages import MovedPage, read_old_page
from diptych.importing.places import LinkTarget, OldPlaces
from diptych.markdown import free_name, slugify
from diptych.model import RESERVED
from diptych.values import replace

HOME = "home"
READ_STEP = "read_old_page"
_ID = re.compile(r'\bid="([^"\n]*)"')


class Move:
    """The pages of an old site while they are moved, by group and language. A group holds the
    versions of one page in several languages.
    """

    def __init__(
        self,
        old: OldSite,
        languages: Collection[str] | None,
        amends: Amends,
        done: Callable[[str], None],
    ) -> None:
        """`languages` are the languages of the site that receives the pages, or None if that site
        has no settings yet. `done` is called with READ_STEP after each page that was read.
        """
        self.old, self.amends = old, amends
        self.left: list[Left] = list(old.left)
        self.files: dict[str, str | bytes] = {}
        self.attached: dict[str, str] = {}  # the old path of each attached file, by its new path
        keys = [each.key for each in old.languages]
        self.order = [key for key in keys if languages is None or key in languages]
        groups = _grouped(page for page in old.pages if page.language in self.order)
        self.left += [
            Left(page.path, 0, say("the site has no language `{key}`", key=page.language))
            for page in old.pages
            if page.language not in self.order
        ]
        self.places = OldPlaces(old)
        self.keys = _keys(groups, self.order)  # the key of each group
        self._group_of = {key: group for group, key in self.keys.items()}
        self._versions: dict[str, dict[str, MovedPage]] = {group: {} for group in groups}
        # for each group the new id of a heading, by its language and old id
        self._anchors: dict[str, Mapping[tuple[str, str], str]] = {}
        self._ids: dict[str, frozenset[str]] = {}
        for group, members in groups.items():
            for page in sorted(members, key=lambda each: self.order.index(each.language)):
                without_html = self.path(page) in amends.bare
                moved = read_old_page(page, without_html=without_html)
                self._versions[group][page.language] = moved
                self.left += moved.left
                done(READ_STEP)
        self._part_addresses()
        for group in groups:
            self._pair_headings(group)
        for each in self.pages():
            self.places.add((*each.front.aliases, each.page.address), each.page.group)

    def pages(self) -> Iterator[MovedPage]:
        """Every page, group by group, in the order of the languages."""
        for versions in self._versions.values():
            yield from versions.values()

    def versions(self, page: OldPage) -> Mapping[str, MovedPage]:
        """The versions of a page, by language."""
        return self._versions[page.group]

    def key(self, page: OldPage) -> str:
        """The key of a page on the new site."""
        return self.keys[page.group]

    def path(self, page: OldPage) -> str:
        """The path of a page's file on the new site."""
        return f"content/{self.key(page)}/{page.language}.md"

    def below(self, key: str) -> Iterator[MovedPage]:
        """The pages directly below the page with this key."""
        return (each for each in self.pages() if self.key(each.page).rpartition("/")[0] == key)

    def address(self, group: str, language: str) -> str:
        """The address of a page on the new site, without a slash at its beginning or end."""
        parts, words = self.keys[group].split("/"), [language]
        for depth in range(1, len(parts) + 1):
            above = self._group_of.get("/".join(parts[:depth]))
            if above is None:
                words.append(parts[depth - 1])
                continue
            shown = self._versions[above][self._shown(above, language)]
            if not shown.page.home:
                words.append(shown.slug or slugify(shown.title, shown.page.language))
        return "/".join(words)

    def target(self, to: LinkTarget, page: OldPage) -> tuple[str, bool]:
        """The new target of a link on `page` that leads to a moved page, and whether both the page
        and the heading in the link are known.
        """
        key = self.keys.get(to.page)
        if key is None:
            return f"page:{self.key(page)}", False
        if not to.anchor:
            return f"page:{key}", True
        known = self._anchors[to.page]
        anchors = (known.get((each, to.anchor)) for each in (page.language, *self.order))
        anchor = next(filter(None, anchors), None)
        if anchor is not None:
            return (f"#{anchor}" if key == self.key(page) else f"page:{key}#{anchor}"), True
        if to.anchor in self._ids[to.page]:
            return f"page:{key}#{to.anchor}", True
        return f"page:{key}", False

    def _shown(self, group: str, language: str) -> str:
        """The language in which readers of this language see a page."""
        versions = self._versions[group]
        return language if language in versions else min(versions, key=self.order.index)

    def _part_addresses(self) -> None:
        """Gives every page an address of its own. If an earlier page has the address of a page, the
        last part of the page's key becomes its slug.
        """
        taken: set[str] = set()
        for group in sorted(self._versions, key=lambda each: self.keys[each].count("/")):
            for language in self.order:
                # a page is also shown in languages without a translation
                owner = self._shown(group, language)
                before = each = self._versions[group][owner]
                wanted, number = self.keys[group].rpartition("/")[2], 2
                while not each.page.home and self.address(group, language) in taken:
                    self._versions[group][owner] = each = replace(each, slug=wanted)
                    wanted, number = f"{wanted.removesuffix(f'-{number - 1}')}-{number}", number + 1
                if each.slug != before.slug:
                    message = say(
                        "another page has its title: its address is `{slug}`", slug=each.slug
                    )
                    self.left.append(Left(each.page.path, 1, message))
                taken.add(self.address(group, language))

    def _pair_headings(self, group: str) -> None:
        """Gives each heading of a page the same id in all languages of the page."""
        versions = self._versions[group]
        texts, self._anchors[group], whole = with_shared_ids(
            {k: v.text for k, v in versions.items()}
        )
        for language, each in versions.items():
            versions[language] = replace(each, text=texts[language])
        self._ids[group] = frozenset(_ID.findall("\n".join(texts.values())))
        if not whole:
            message = say("the headings differ between the languages: look at their ids")
            self.left.append(Left(next(iter(versions.values())).page.path, 0, message))


def _grouped(pages: Iterable[OldPage]) -> dict[str, list[OldPage]]:
    """The pages by group, with at most one page per language in a group. A second page in the same
    language becomes a group of its own.
    """
    groups: dict[str, list[OldPage]] = {}
    seen: dict[str, set[str]] = {}  # the groups that have a page in each language
    for page in pages:
        group = free_name(page.group, seen.setdefault(page.language, set()))
        seen[page.language].add(group)
        if group != page.group:
            page = replace(page, group=group, key=group.lstrip(":"), home=False)
        groups.setdefault(group, []).append(page)
    return groups


def _keys(groups: Mapping[str, list[OldPage]], order: list[str]) -> dict[str, str]:
    """The key of each group. A key has small letters, digits and hyphens, and no other group has
    it.
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    for group, members in groups.items():
        page = min(members, key=lambda each: order.index(each.language))
        parts = [slugify(part) for part in page.key.split("/") if part]
        words = [f"{part}-page" if part in RESERVED else part for part in parts]
        key = HOME if page.home or not parts else "/".join(words)
        found[group] = free_name(key, used)
        used.add(found[group])
    return found
