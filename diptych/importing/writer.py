"""Makes the files of the new site from an old site: a bundle for each page, with its fields and
pictures; the settings; and the home page and the lists that a template of the old site made without
a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from diptych.content.own_types import TYPES
from diptych.content.types import SITE
from diptych.diagnostics import Message, say, say_n
from diptych.files.text import decode
from diptych.i18n import translator
from diptych.importing.amends import Amends
from diptych.importing.fields import field_declarations, texts_in
from diptych.importing.links import LinkRewriter
from diptych.importing.move import HOME, READ_STEP, Move
from diptych.importing.old_file import is_picture
from diptych.importing.old_site import Left, OldPage, OldSite
from diptych.importing.pages import MovedPage
from diptych.importing.settings import (
    in_every_language,
    site_yaml,
    with_choices,
    with_entries,
    yaml_text,
)
from diptych.markdown import slugify
from diptych.model import Tree
from diptych.site import for_editors, path_of, wrong_with
from diptych.unseen import without_unseen
from diptych.values import Value, field

SETTINGS = SITE.path
WRITE_STEP = "write_new_page"
STEPS = (READ_STEP, WRITE_STEP)
_FEW_TOPICS = 12  # more topics than this give no overview of a list
_MENU_LENGTH = 7  # pages in the menu at most
_TAKEN = ("admin", "assets", "pagefind", "functions", "index.html", "404.html", "robots.txt")
_LEADS = {  # keys of other programs for the picture of a page
    *("old_image", "images", "picture", "photo", "img", "featured_image", "featuredimage"),
    *("feature_image", "featured_image_path", "cover", "cover_image", "cover_src", "thumbnail"),
    *("thumb", "hero", "hero_image", "header_image", "header_teaser", "header_overlay_image"),
    *("banner", "og_image", "teaser", "image_path", "image_src", "image_url", "featured"),
}
_AUTHORS = ("author", "authors", "by")


class Plan(Value):
    """The files to write, as texts or bytes by path, and the data of the report."""

    files: Mapping[str, str | bytes]
    moved: tuple[tuple[str, str], ...] = ()  # file of the old site, file of ours
    left: tuple[Left, ...] = ()
    made: tuple[str, ...] = ()  # files of ours without a source in the old site
    attached: Mapping[str, str] = field(default_factory=dict)  # picture of ours -> of the old site


def plan(
    old: OldSite,
    tree: Tree,
    languages: Collection[str] | None = None,
    amends: Amends | None = None,
    done: Callable[[str], None] = lambda _: None,
) -> Plan:
    """The files of the new site. Nothing is written to the disk.

    `tree` is the site that receives the pages. `languages` are the languages in its settings, or
    None if it has no settings yet. `amends` holds the changes that the errors of an earlier plan
    require. After each step of a page, `done` is called with the name of the step, one of STEPS.
    """
    move = Move(old, languages, amends or Amends(), done)
    writer = _Writer(move, tree)
    moved = []
    for each in move.pages():
        path = move.path(each.page)
        move.files[path] = writer.page(each)
        moved.append((each.page.path, path))
        done(WRITE_STEP)
    writer.tell_authors()
    writer.tell_topics()
    made = [*writer.home(), *writer.lists(), *writer.types()]
    made += writer.settings() if languages is None else writer.added_topics()
    left = tuple(dict.fromkeys(move.left))
    return Plan(move.files, tuple(moved), left, tuple(made), move.attached)


class _Writer:
    """Makes the file of each moved page, and then the files that belong to all pages."""

    def __init__(self, move: Move, tree: Tree) -> None:
        self._move, self._tree = move, tree
        self._fields: dict[str, Mapping[str, Any]] = {}  # own fields of each page, by its path
        self._listed: list[str] = []  # the keys of the list pages that were made
        self._topics, self._unnamed = in_every_language(move.old.topics, move.order)
        # hosts may treat small and capital letters alike
        pages = [each.page for each in move.pages()]
        self._taken = {move.address(page.group, page.language).lower() for page in pages}
        keys = {move.key(page) for page in pages}
        self._above = {  # keys with pages below them
            key.rsplit("/", depth)[0] for key in keys for depth in range(1, key.count("/") + 1)
        }
        self._many = {  # fields that hold several values on some page, and so on every one
            key
            for each in move.pages()
            for key, value in each.front.own.items()
            if isinstance(value, list)
        }

    def page(self, each: MovedPage) -> str:
        """The text of a page's file: front matter and Markdown."""
        page, path = each.page, self._move.path(each.page)
        links = LinkRewriter(page, self._move)
        body = self._amended(page, links.text(each.text).strip("\n"))
        if not self._has_text(page):
            self._tell(page, say("it has no text of its own: its template made it"), line=0)
            body = self._site_title(page.language) if page.home else body
        lines, own = {"title": each.title, **each.front.lines}, dict(each.front.own)
        if path in self._move.amends.drafts and not page.home:
            lines["draft"] = "true"
        if each.slug != slugify(each.title, page.language) and each.slug and not page.home:
            lines["slug"] = each.slug
        layout = self._layout(page)
        lines |= {"layout": layout} if layout else {}
        redirects = self._redirects(each)
        lines |= {"redirect_from": redirects} if redirects else {}
        lines |= {"topics": list(page.topics)} if page.topics else {}
        if layout == "list" and self._is_by_topic(self._move.key(page)):
            lines["group"] = "topic"
        self._lead(page, own, lines, links)
        for key, value in own.items():
            own[key] = [value] if key in self._many and isinstance(value, str) else value
        self._fields[path] = own
        self._attach_pictures(page, own, links)
        return f"---\n{yaml_text({**lines, **own})}---\n" + (f"\n{body}\n" if body.strip() else "")

    def _has_text(self, page: OldPage) -> bool:
        return any(each.text.strip() for each in self._move.versions(page).values())

    def _layout(self, page: OldPage) -> str:
        key = self._move.key(page)
        if page.home:
            return "home"
        if not self._has_text(page) or (page.lists and key in self._above):
            return "list"
        return ""

    def _redirects(self, each: MovedPage) -> list[str]:
        """The old addresses that redirect to a page, without addresses that a page has now. An
        address that cannot redirect is reported.
        """
        page = each.page
        new = self._move.address(page.group, page.language)
        addresses = (page.address, *each.front.aliases)
        found = []
        for address in dict.fromkeys(old.partition("#")[0].strip("/") for old in addresses):
            way = path_of(address)
            if not way or way == new or way.lower() in self._taken:
                continue
            reason = _hindrance(address)
            if reason is None:
                self._taken.add(way.lower())
                shown = for_editors(way)
                found.append(f"/{shown}" if "." in way.rpartition("/")[2] else f"/{shown}/")
            else:
                message = say(
                    "the old address {address} cannot lead on: {reason}",
                    address=address,
                    reason=reason,
                )
                self._tell(page, message)
        return found

    def _lead(
        self, page: OldPage, own: dict[str, Any], lines: dict[str, Any], links: LinkRewriter
    ) -> None:
        """Moves the picture that front matter names for the whole page from `own` to `image`."""
        for key, target in _pictures_in(own):
            if key not in _LEADS:
                continue
            name = links.picture(target)
            if name is None and re.match(r"https?://", target):
                self._tell(
                    page, say("the picture {address} stands on another site", address=target)
                )
            if name is None or name.endswith(".svg"):
                continue
            del own[key]
            words = next((str(own.pop(alt)) for alt in _alts(key) if own.get(alt)), "")
            if not words:
                self._tell(
                    page, say("the picture {name} lacks words for who cannot see it", name=target)
                )
            lines |= {"image": name, "image_alt": words or lines["title"]}
            return

    def _attach_pictures(self, page: OldPage, own: Mapping[str, Any], links: LinkRewriter) -> None:
        for key, target in _pictures_in(own):
            if links.picture(target) is not None:
                message = say(
                    "the picture {name} of `{key}` lies beside the page, and is shown by `image`",
                    name=target,
                    key=key,
                )
                self._tell(page, message)

    def _amended(self, page: OldPage, body: str) -> str:
        """The text of a page with its lines corrected. Each correction is reported, and so is each
        reason why the page is a draft.
        """
        amends, path = self._move.amends, self._move.path(page)
        body, mends = amends.mended(path, body)
        for mend in mends:
            message = say("this was mended: {problem}", problem=mend.message)
            self._move.left.append(page.left(mend.before.strip(), message))
        for reason in amends.drafts.get(path, ()):
            why = say("it comes as a draft: {problem}", problem=reason.message)
            self._move.left.append(page.left(reason.words, reason.message if page.home else why))
        if path in amends.quoted:
            self._tell(page, say("its text comes as code, as it stands"), line=0)
            fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall(r"`+", body) or [""]))
            body = f"{fence}\n{body}\n{fence}"
        return body

    def _tell(self, page: OldPage, message: Message, line: int = 1) -> None:
        self._move.left.append(Left(page.path, line, message))

    def home(self) -> Iterator[str]:
        """Makes a home page with the title of the site, if a template of the old site made the home
        page.
        """
        pages = [each for each in self._tree.under("content") if each.path.endswith(".md")]
        there = any(b"layout: home" in each.data for each in pages)
        if there or any(page.home for page in self._move.old.pages):
            return
        for language in self._move.order:
            title = self._site_title(language)
            head = yaml_text({"title": title, "layout": "home"})
            yield self._made(HOME, language, f"---\n{head}---\n\n{title}\n")

    def lists(self) -> Iterator[str]:
        """Makes a list page above dated pages, if a template of the old site made the list."""
        known = set(self._move.keys.values())
        dated = (each for each in self._move.pages() if "date" in each.front.lines)
        above = (self._move.key(each.page).rpartition("/")[0] for each in dated)
        for key in dict.fromkeys(each for each in above if each and each not in known):
            self._listed.append(key)
            for language in self._move.order:
                head = {
                    "title": translator(language)(say("News")),
                    "slug": slugify(key.rpartition("/")[2]),
                    "layout": "list",
                    **({"group": "topic"} if self._is_by_topic(key) else {}),
                }
                yield self._made(key, language, f"---\n{yaml_text(head)}---\n")

    def _made(self, key: str, language: str, text: str) -> str:
        path = f"content/{key}/{language}.md"
        self._move.files[path] = text
        return path

    def _site_title(self, language: str) -> str:
        titles = {each.key: each.title for each in self._move.old.languages}
        title = titles[language] or next(filter(None, titles.values()), self._move.old.kind)
        return without_unseen(title)

    def _is_by_topic(self, key: str) -> bool:
        """Whether a list groups the pages below it by topic: if there are few topics."""
        few = 0 < len(self._topics) <= _FEW_TOPICS
        return few and any(each.page.topics for each in self._move.below(key))

    def types(self) -> Iterator[str]:
        """Adds the fields of new pages to types.yaml."""
        new = (own for path, own in self._fields.items() if not self._tree.get(path))
        fields = field_declarations(new)
        before = self._tree.get(TYPES)
        text = decode(before).value.text if before else ""
        whole = with_entries(with_choices(text, fields), "page", fields)
        if whole and whole != text:
            self._move.files[TYPES] = whole
            yield TYPES

    def settings(self) -> Iterator[str]:
        """Makes site.yaml for a site without settings, with a menu of the uppermost pages."""
        move = self._move
        hidden = {
            move.key(each.page)
            for each in move.pages()
            if {"date", "draft"} & each.front.lines.keys()
            or move.path(each.page) in move.amends.drafts
        }
        top = sorted(
            key for key in {*move.keys.values()} - hidden if "/" not in key and key != HOME
        )
        menu = [*self._listed, *top][:_MENU_LENGTH]
        move.files[SETTINGS] = site_yaml(move.old, move.order, menu, self._topics)
        if not move.old.base_url.startswith("http"):
            message = say("write the address of the site below `base_url`")
            move.left.append(Left(SETTINGS, 0, message))
        yield SETTINGS

    def added_topics(self) -> Iterator[str]:
        """Adds the topics of new pages to the settings that are there."""
        move, before = self._move, self._tree.get(SETTINGS)
        used = {
            topic
            for each in move.pages()
            if self._tree.get(move.path(each.page)) is None
            for topic in each.page.topics
        }
        new = {key: names for key, names in self._topics.items() if key in used}
        if not new or before is None:
            return
        text = decode(before).value.text
        whole = with_entries(text, "topics", new)
        if whole is None:
            message = say(
                "add these topics, each with its name in every language: {topics}",
                topics=", ".join(f"`{key}`" for key in new),
            )
            move.left.append(Left(SETTINGS, 0, message))
        elif whole != text:
            move.files[SETTINGS] = whole
            yield SETTINGS

    def tell_authors(self) -> None:
        """Reports how many names of authors the pages hold, since each of these persons must agree
        to be named.
        """
        names = {
            name
            for own in self._fields.values()
            for key in _AUTHORS
            for name in texts_in(own.get(key))
        }
        if names:
            message = say_n(
                "{count} name of an author stands in the pages, below `author`, and no page shows it: "
                "take it out where the person did not agree",
                "{count} names of authors stand in the pages, below `author`, and no page shows them: "
                "take them out where these persons did not agree",
                count=len(names),
            )
            self._move.left.append(Left("", 0, message))

    def tell_topics(self) -> None:
        """Reports how many topics were made from categories and tags, and how to show topics."""
        if not self._topics:
            return
        message = say_n(
            "{count} category or tag is a topic in content/site.yaml; a list groups its pages by topic "
            "with `group: topic` at its top, in every language, and else by year",
            "{count} categories and tags are topics in content/site.yaml; a list groups its pages by "
            "topic with `group: topic` at its top, in every language, and else by year",
            count=len(self._topics),
        )
        self._move.left.append(Left("", 0, message))
        if self._unnamed:
            message = say(
                "the export does not say what these topics are called in every language, and the name "
                "they have is written for all: {topics}",
                topics=", ".join(f"`{key}`" for key in self._unnamed),
            )
            self._move.left.append(Left(SETTINGS, 0, message))


def _hindrance(address: str) -> Message | None:
    """The reason why an old address cannot redirect to a page; None if it can."""
    parts = path_of(address).lower().split("/")
    if parts[0] in _TAKEN or parts[0].startswith("_") or any(e.startswith(".") for e in parts):
        return say("the build or the host puts a file of its own there")
    return wrong_with(address)


def _alts(key: str) -> Iterator[str]:
    """The keys that may hold words for the picture of a key."""
    stem = key.removeprefix("old_").removesuffix("_src").removesuffix("_path").removesuffix("_url")
    yield from (f"{stem}_alt", f"{key}_alt", f"{stem.removesuffix('_image')}_alt", "alt")
    yield from (f"old_{stem}_alt", f"{stem}_caption", f"{stem.removesuffix('_image')}_caption")


def _pictures_in(own: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of a field's key and the name of a picture in that field. Fields with a single value
    come before fields with a list.
    """
    texts = [(key, value) for key, value in own.items() if isinstance(value, str)]
    texts += [
        (key, each) for key, value in own.items() if isinstance(value, list) for each in value
    ]
    return [(key, text) for key, text in texts if is_picture(text)]
