"""Writes an old site as files of ours: a bundle for each page, with its fields and its pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from diptych.diagnostics import Message, say, say_n
from diptych.files import FORMATS
from diptych.files.text import decode
from diptych.i18n import translator
from diptych.importing.amends import Amends
from diptych.importing.code import closed
from diptych.importing.fields import Fronted, declared, fronted, texts_in
from diptych.importing.headings import headings_in, lowered, ordered, paired
from diptych.importing.html import markdown_of
from diptych.importing.links import Relinked
from diptych.importing.marks import translated, unknown, unused_notes
from diptych.importing.old_site import Left, OldPage, OldSite
from diptych.importing.places import Led, OldPlaces, groups_of
from diptych.importing.settings import (
    in_every_language,
    site_yaml,
    with_choices,
    with_entries,
    yaml_text,
)
from diptych.importing.tags import FRAMES, Tidied, bare, tidied
from diptych.markdown import slugify
from diptych.model import RESERVED, Tree
from diptych.unseen import unseen_in
from diptych.values import Value, field, replace

HOME = "home"
SETTINGS = "content/site.yaml"
_FEW_TOPICS = 12  # by which a list still gives an overview
STEPS = ("read_old_page", "write_new_page")
_KINDS = (*FORMATS, ".svg", ".pdf")
_ADDRESS = re.compile(r"[\w~-][\w.~-]*(/[\w~-][\w.~-]*)*", re.ASCII)
_TAKEN = ("admin", "assets", "pagefind", "functions", "index.html", "404.html", "robots.txt")
LEADS = (  # keys of other programs for the picture of a page
    *("old_image", "images", "picture", "photo", "img", "featured_image", "featuredimage"),
    *(
        "feature_image",
        "featured_image_path",
        "cover",
        "cover_image",
        "cover_src",
        "thumbnail",
        "thumb",
    ),
    *("hero", "hero_image", "header_image", "header_teaser", "header_overlay_image", "banner"),
    *("og_image", "teaser", "image_path", "image_src", "image_url", "featured"),
)
_AUTHORS = ("author", "authors", "by")
_ID = re.compile(r'\bid="([^"\n]*)"')
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Plan(Value):
    """The files to write (path -> text or bytes), and the data of the report."""

    files: Mapping[str, str | bytes]
    moved: tuple[tuple[str, str], ...] = ()  # file of the old site, file of ours
    left: tuple[Left, ...] = ()
    made: tuple[str, ...] = ()  # files of ours without a source in the old site
    attached: Mapping[str, str] = field(default_factory=dict)  # picture of ours -> of the old site


class _Moved(Value):
    """A page on its way: its front matter and its text so far."""

    page: OldPage
    front: Fronted
    title: str
    text: str
    slug: str = ""


def plan(
    old: OldSite,
    tree: Tree,
    languages: Collection[str] | None = None,
    amends: Amends | None = None,
    done: Callable[[str], None] = lambda _: None,
) -> Plan:
    """The files of the new site; nothing is written here.

    `tree` is the site into which the pages come, `languages` those of its settings (None: it has
    none yet), `amends` what the errors of an earlier plan taught. `done` is called after each step
    of each page, with the step's name, one of STEPS.
    """
    return _Move(old, tree, languages, amends or Amends(), done).plan()


class _Move:
    """One move, with everything that pages need to know of each other."""

    def __init__(
        self,
        old: OldSite,
        tree: Tree,
        languages: Collection[str] | None,
        amends: Amends,
        done: Callable[[str], None],
    ) -> None:
        self._done = done
        self.old, self.tree, self.amends = old, tree, amends
        self.left: list[Left] = list(old.left)
        self.files: dict[str, str | bytes] = {}
        self.attached: dict[str, str] = {}
        self.own: dict[str, Mapping[str, Any]] = {}  # fields of the site's own, by page
        self._ids: dict[str, frozenset[str]] = {}
        self.listed: list[str] = []
        self.order = [
            each.key for each in old.languages if languages is None or each.key in languages
        ]
        self.known = languages is not None
        self.topics, self.unnamed = in_every_language(old.topics, self.order)
        pages = [page for page in old.pages if page.language in self.order]
        self.left += [
            Left(page.path, 0, say("the site has no language `{key}`", key=page.language))
            for page in old.pages
            if page.language not in self.order
        ]
        self.groups = groups_of(_parted(pages))
        self.keys = _keys(self.groups, self.order)
        self.places = OldPlaces(old)
        self.moved = {
            group: {
                page.language: self._begun(page)
                for page in sorted(members, key=lambda each: self.order.index(each.language))
            }
            for group, members in self.groups.items()
        }
        self.listing = {  # fields that hold several values on some page, and so on every one
            key
            for versions in self.moved.values()
            for each in versions.values()
            for key, value in each.front.own.items()
            if isinstance(value, list)
        }
        self.anchors: dict[str, dict[tuple[str, str], str]] = {}
        self.group_of = {key: group for group, key in self.keys.items()}
        self.above = {  # keys with pages below them
            key.rsplit("/", depth)[0]
            for key in self.group_of
            for depth in range(1, key.count("/") + 1)
        }
        self._part_addresses()

    def plan(self) -> Plan:
        self._pair_headings()
        for group, versions in self.moved.items():
            for each in versions.values():
                self.places.add((*each.front.aliases, each.page.address), group)
        taken = {  # hosts may treat small and capital letters alike
            self._path(g, lang).lower() for g, versions in self.moved.items() for lang in versions
        }
        moved: list[tuple[str, str]] = []
        own: list[Mapping[str, Any]] = []
        for group, versions in self.moved.items():
            for language, each in versions.items():
                path = f"content/{self.keys[group]}/{language}.md"
                self.files[path] = self._written(group, each, taken)
                self._done(STEPS[1])
                moved.append((each.page.path, path))
                if self.tree.get(path) is None:
                    own.append(self.own[path])
        self._tell_authors()
        self._tell_topics()
        made = [*self._home(), *self._lists(), *self._settings(own)]
        left = tuple(dict.fromkeys(self.left))
        return Plan(self.files, tuple(moved), left, tuple(made), self.attached)

    def _begun(self, page: OldPage) -> _Moved:
        """The text in our Markdown, with its title but with its old links."""
        front = fronted(page.front, page.dated)
        self.left += [Left(page.path, 1, message) for message in front.left]
        hidden = [*unseen_in(page.text)]
        if hidden:
            message = say_n(
                "{count} invisible character was taken out",
                "{count} invisible characters were taken out",
                count=len(hidden),
            )
            line = page.line + page.text.count("\n", 0, hidden[0]) if page.placed else page.line
            self.left.append(Left(page.path, line, message))
        result = _ours(page.text, page.html)
        for name in result.taken:
            message = (
                say("{name} became a link: no page shows what another site sends", name=name)
                if name.strip("<>") in FRAMES
                else say("{name} was taken out: a text cannot hold it", name=name)
            )
            self.left.append(Left(page.path, _line_of(page, name), message))
        text = result.text
        for mark in unknown(text):
            message = say("{mark} is a mark that is not known", mark=mark)
            self.left.append(Left(page.path, _line_of(page, mark), message))
        for name in unused_notes(text):
            message = say("nothing refers to the note `{name}`", name=name)
            self.left.append(Left(page.path, _line_of(page, f"[^{name}]:"), message))
            text = text.replace(f"[^{name}]:", f"\n({name})")
        if f"content/{self.keys[page.group]}/{page.language}.md" in self.amends.bare:
            text = bare(text)
        title, text = _titled(front.title, text, page)
        self._done(STEPS[0])
        return _Moved(page, front, title, text, _slug(page, front, title))

    def _pair_headings(self) -> None:
        for group, versions in self.moved.items():
            texts, self.anchors[group], whole = paired({k: v.text for k, v in versions.items()})
            self.moved[group] = {
                language: replace(each, text=texts[language]) for language, each in versions.items()
            }
            if not whole:
                first = next(iter(versions.values()))
                message = say("the headings differ between the languages: look at their ids")
                self.left.append(Left(first.page.path, 0, message))

    def _part_addresses(self) -> None:
        """Pages with equal titles in one place: the second gets the name of its file, which holds a
        day or a place.
        """
        taken: set[str] = set()
        for group in sorted(self.moved, key=lambda each: self.keys[each].count("/")):
            for language in self.order:
                # a page is also shown in languages without a translation
                owner = self._shown(group, language)
                each = self.moved[group][owner]
                wanted, number = self.keys[group].rpartition("/")[2], 2
                slug = each.slug
                while not each.page.home and self._path(group, language) in taken:
                    self.moved[group][owner] = each = replace(each, slug=wanted)
                    wanted, number = f"{wanted.removesuffix(f'-{number - 1}')}-{number}", number + 1
                if each.slug != slug:
                    message = say(
                        "another page has its title: its address is `{slug}`", slug=each.slug
                    )
                    self.left.append(Left(each.page.path, 1, message))
                taken.add(self._path(group, language))

    def ids(self, group: str) -> frozenset[str]:
        """The ids in the HTML of a page, in any language."""
        if group not in self._ids:
            texts = (each.text for each in self.moved[group].values())
            self._ids[group] = frozenset(i for text in texts for i in _ID.findall(text))
        return self._ids[group]

    def _shown(self, group: str, language: str) -> str:
        """The language in which readers of this language see a page."""
        versions = self.moved[group]
        return language if language in versions else min(versions, key=self.order.index)

    def _path(self, group: str, language: str) -> str:
        """The future address of a page, without slashes around it."""
        parts, words = self.keys[group].split("/"), [language]
        for depth in range(1, len(parts) + 1):
            above = self.group_of.get("/".join(parts[:depth]))
            if above is None:
                words.append(parts[depth - 1])
                continue
            shown = self.moved[above][self._shown(above, language)]
            if not shown.page.home:
                words.append(shown.slug or slugify(shown.title, shown.page.language))
        return "/".join(words)

    def _written(self, group: str, each: _Moved, taken: set[str]) -> str:
        bundle = _Folder(self, group, each.page)
        relinked = Relinked(each.page, self.places, bundle)
        body = self._amended(each.page, bundle, relinked.text(each.text).strip("\n"))
        lines = {"title": each.title, **each.front.lines}
        if bundle.path in self.amends.drafts and not each.page.home:
            lines["draft"] = "true"
        made = slugify(each.title, each.page.language)
        if each.slug and each.slug != made and not each.page.home:
            lines["slug"] = each.slug
        empty = not any(e.text.strip() for e in self.moved[group].values())
        if empty:
            message = say("it has no text of its own: its template made it")
            self.left.append(Left(each.page.path, 0, message))
        if each.page.home:
            lines["layout"] = "home"
            body = self._site_title(each.page.language) if empty else body
        elif empty or (each.page.lists and self.keys[group] in self.above):
            lines["layout"] = "list"
        new = self._path(group, each.page.language)
        old_ones = dict.fromkeys(
            way
            for address in (each.page.address, *each.front.aliases)
            for way in [address.partition("#")[0].strip("/")]
            if way.lower() not in taken and way != new
        )
        usable = [way for way in old_ones if _may_lead(way)]
        taken |= {way.lower() for way in usable}
        self.left += [
            Left(each.page.path, 1, say("the old address {address} cannot lead on", address=way))
            for way in old_ones
            if way and not _may_lead(way)
        ]
        if usable:
            lines["redirect_from"] = [
                f"/{way}" if "." in way.rpartition("/")[2] else f"/{way}/" for way in usable
            ]
        if each.page.topics:
            lines["topics"] = list(each.page.topics)
        if lines.get("layout") == "list" and self._by_topic(self.keys[group]):
            lines["group"] = "topic"
        own = dict(each.front.own)
        self._lead(each.page, own, lines, relinked)
        own = {k: [v] if k in self.listing and isinstance(v, str) else v for k, v in own.items()}
        self.own[bundle.path] = own
        for key, target in _pictures_in(own):
            if relinked.picture(target) is not None:
                message = say(
                    "the picture {name} of `{key}` lies beside the page, and is shown by `image`",
                    name=target,
                    key=key,
                )
                self.left.append(Left(each.page.path, 1, message))
        head = _visible(yaml_text({**lines, **own}))
        return f"---\n{head}---\n" + (f"\n{body}\n" if body.strip() else "")

    def _lead(
        self, page: OldPage, own: dict[str, Any], lines: dict[str, Any], relinked: Relinked
    ) -> None:
        """Moves the picture that front matter names for the whole page from `own` to `image`."""
        for key, target in _pictures_in(own):
            if key not in LEADS:
                continue
            name = relinked.picture(target)
            if name is None or name.endswith(".svg"):
                if re.match(r"https?://", target) and name is None:
                    why = say("the picture {address} stands on another site", address=target)
                    self.left.append(Left(page.path, 1, why))
                continue
            del own[key]
            said = next((str(own.pop(alt)) for alt in _alts(key) if own.get(alt)), "")
            if not said:
                why = say("the picture {name} lacks words for who cannot see it", name=target)
                self.left.append(Left(page.path, 1, why))
            lines |= {"image": name, "image_alt": said or lines["title"]}
            return

    def _amended(self, page: OldPage, bundle: _Folder, body: str) -> str:
        """The text of a page with its lines corrected; corrections, and reasons to wait, are
        reported.
        """
        path = bundle.path
        body, mends = self.amends.mended(path, body)
        reported = [
            (each.before.strip(), say("this was mended: {problem}", problem=each.message))
            for each in mends
        ]
        for reason in self.amends.drafts.get(path, ()):
            why = say("it comes as a draft: {problem}", problem=reason.message)
            reported.append((reason.words, reason.message if page.home else why))
        if path in self.amends.quoted:
            self.left.append(Left(page.path, 0, say("its text comes as code, as it stands")))
            fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall(r"`+", body) or [""]))
            body = f"{fence}\n{body}\n{fence}"
        self.left += [Left(page.path, _line_of(page, words), why) for words, why in reported]
        return body

    def _home(self) -> list[str]:
        """A home page with the title of the site, if the old one was only a template."""
        homes = [p for p in self.old.pages if p.home]
        there = any(
            b"layout: home" in f.data for f in self.tree.under("content") if f.path.endswith(".md")
        )
        if homes or there:
            return []
        made = []
        for language in self.order:
            title = self._site_title(language)
            path = f"content/{HOME}/{language}.md"
            self.files[path] = (
                f"---\n{yaml_text({'title': title, 'layout': 'home'})}---\n\n{title}\n"
            )
            made.append(path)
        return made

    def _site_title(self, language: str) -> str:
        titles = {each.key: each.title for each in self.old.languages}
        return titles[language] or next((t for t in titles.values() if t), self.old.kind)

    def _lists(self) -> list[str]:
        """A list above dated pages, if the old site generated it."""
        made = []
        known = set(self.keys.values())
        for group, versions in self.moved.items():
            above = self.keys[group].rpartition("/")[0]
            if (
                not above
                or above in known
                or not any("date" in e.front.lines for e in versions.values())
            ):
                continue
            known.add(above)
            for language in self.order:
                path = f"content/{above}/{language}.md"
                head = {
                    "title": translator(language)(say("News")),
                    "slug": slugify(above.rpartition("/")[2]),
                    "layout": "list",
                    **({"group": "topic"} if self._by_topic(above) else {}),
                }
                self.files[path] = f"---\n{yaml_text(head)}---\n"
                made.append(path)
                self.listed.append(above)
        return made

    def _tell_authors(self) -> None:
        """Reports names of persons, which are moved too: whoever moves a site in must know."""
        names = {
            name
            for each in self.own.values()
            for key in _AUTHORS
            for name in texts_in(each.get(key))
        }
        if names:
            message = say_n(
                "{count} name of an author stands in the pages, below `author`, and no page shows it: "
                "take it out where the person did not agree",
                "{count} names of authors stand in the pages, below `author`, and no page shows them: "
                "take them out where these persons did not agree",
                count=len(names),
            )
            self.left.append(Left("", 0, message))

    def _by_topic(self, key: str) -> bool:
        """Whether a list groups the pages below it by topic: if there are few topics."""
        return 0 < len(self.topics) <= _FEW_TOPICS and any(
            each.page.topics
            for group, versions in self.moved.items()
            if self.keys[group].rpartition("/")[0] == key
            for each in versions.values()
        )

    def _tell_topics(self) -> None:
        """Reports what became of categories and tags, and how to show them."""
        if not self.topics:
            return
        message = say_n(
            "{count} category or tag is a topic in content/site.yaml; a list groups its pages by topic "
            "with `group: topic` at its top, in every language, and else by year",
            "{count} categories and tags are topics in content/site.yaml; a list groups its pages by "
            "topic with `group: topic` at its top, in every language, and else by year",
            count=len(self.topics),
        )
        self.left.append(Left("", 0, message))
        if self.unnamed:
            message = say(
                "the export does not say what these topics are called in every language, and the name "
                "they have is written for all: {topics}",
                topics=", ".join(f"`{key}`" for key in self.unnamed),
            )
            self.left.append(Left(SETTINGS, 0, message))

    def _settings(self, own: Iterable[Mapping[str, Any]]) -> list[str]:
        made = []
        fields = declared(own)
        before = self.tree.get("content/types.yaml")
        text = decode(before).value.text if before else ""
        types = with_entries(with_choices(text, fields), "page", fields)
        if types and types != text:
            self.files["content/types.yaml"] = types
            made.append("content/types.yaml")
        if not self.known:
            top = [
                key
                for group, key in self.keys.items()
                if "/" not in key
                and key != HOME
                and not any(
                    e.front.lines.get("date")
                    or e.front.lines.get("draft")
                    or f"content/{key}/{language}.md" in self.amends.drafts
                    for language, e in self.moved[group].items()
                )
            ]
            self.files[SETTINGS] = site_yaml(
                self.old,
                self.order,
                [*dict.fromkeys(self.listed), *sorted(top)][:7],
                self.topics,
            )
            made.append(SETTINGS)
            if not self.old.base_url.startswith("http"):
                self.left.append(
                    Left(
                        SETTINGS,
                        0,
                        say("write the address of the site below `base_url`"),
                    )
                )
        else:
            made += self._added_topics()
        return made

    def _added_topics(self) -> list[str]:
        """Adds the topics of new pages to the settings that are there."""
        used = {
            topic
            for group, versions in self.moved.items()
            for language, each in versions.items()
            if self.tree.get(f"content/{self.keys[group]}/{language}.md") is None
            for topic in each.page.topics
        }
        before = self.tree.get(SETTINGS)
        new = {key: names for key, names in self.topics.items() if key in used}
        if not new or before is None:
            return []
        text = decode(before).value.text
        whole = with_entries(text, "topics", new)
        if whole is None:
            message = say(
                "add these topics, each with its name in every language: {topics}",
                topics=", ".join(f"`{key}`" for key in new),
            )
            self.left.append(Left(SETTINGS, 0, message))
            return []
        if whole == text:
            return []
        self.files[SETTINGS] = whole
        return [SETTINGS]


class _Folder:
    """The folder of one page, which collects the files of its links."""

    def __init__(self, move: _Move, group: str, page: OldPage) -> None:
        self._move, self._page = move, page
        self.key = move.keys[group]
        self.path = f"content/{self.key}/{page.language}.md"

    def refused(self, target: str) -> Message | None:
        """The reason why a link may not lead there; None if it may."""
        return self._move.amends.unlinked.get((self.path, target))

    def address(self, led: Led) -> tuple[str, bool]:
        key = self._move.keys.get(led.page)
        if key is None:
            return f"page:{self.key}", False
        own = key == self.key
        if not led.anchor:
            return f"page:{key}", True
        known = self._move.anchors.get(led.page, {})
        language = self._page.language
        anchor = next(
            (
                known[(each, led.anchor)]
                for each in (language, *self._move.order)
                if (each, led.anchor) in known
            ),
            None,
        )
        if anchor is None:
            if led.anchor in self._move.ids(led.page):
                return f"page:{key}#{led.anchor}", True
            return f"page:{key}", False
        return (f"#{anchor}" if own else f"page:{key}#{anchor}"), True

    def unusable(self, path: str) -> Message | None:
        return self._move.amends.unusable.get(path)

    def attach(self, path: str) -> str | None:
        ending = "." + path.rpartition(".")[2].lower()
        if ending not in _KINDS or path in self._move.amends.unusable:
            return None
        stem = path.rpartition("/")[2].rpartition(".")[0]
        data, wanted, number = self._move.old.files[path], slugify(stem), 2
        name = f"{wanted}{ending}"
        while self._move.files.get(f"content/{self.key}/{name}", data) != data:
            name, number = f"{wanted}-{number}{ending}", number + 1
        self._move.files[f"content/{self.key}/{name}"] = data
        self._move.attached[f"content/{self.key}/{name}"] = path
        return name

    def left(self, target: str, message: Message) -> None:
        self._move.left.append(Left(self._page.path, _line_of(self._page, target), message))


def _parted(pages: Iterable[OldPage]) -> list[OldPage]:
    """The pages, at most one per language in each group."""
    seen: set[tuple[str, str]] = set()
    made = []
    for page in pages:
        group, number = page.group, 2
        while (group, page.language) in seen:
            group, number = f"{page.group}-{number}", number + 1
        seen.add((group, page.language))
        if group != page.group:
            page = replace(page, group=group, key=group.lstrip(":"), home=False)
        made.append(page)
    return made


def _keys(groups: Mapping[str, list[OldPage]], order: list[str]) -> dict[str, str]:
    """Group -> key: small letters, digits, hyphens, each key once."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for group, members in groups.items():
        page = min(members, key=lambda each: order.index(each.language))
        parts = [slugify(part) for part in page.key.split("/") if part]
        key = (
            HOME
            if page.home or not parts
            else "/".join(f"{p}-page" if p in RESERVED else p for p in parts)
        )
        free, number = key, 2
        while free in used:
            free, number = f"{key}-{number}", number + 1
        used.add(free)
        found[group] = free
    return found


def _titled(title: str, text: str, page: OldPage) -> tuple[str, str]:
    """The title of a page, and its text without it: from the front matter, the first heading, or
    the name of the file. Headings are below the title, so none has the first level.
    """
    headings = headings_in(text)
    first = headings[0] if headings else None
    lines = text.split("\n")
    if (
        first
        and first.level == 1
        and not "".join(lines[: first.first]).strip()
        and (not title or _same(title, first.words))
    ):
        title = title or _plain_words(first.words)
        text = "\n".join(lines[first.end :])
    if any(each.level == 1 for each in headings_in(text)):
        text = lowered(text)
    text = closed(ordered(text))
    named = page.key.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    return title or named.capitalize() or HOME.capitalize(), text


def _same(one: str, other: str) -> bool:
    return slugify(one) == slugify(_plain_words(other))


def _plain_words(words: str) -> str:
    """The words of a heading without marks."""
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", words)
    return re.sub(r"<[^>]+>|[*`]+|(?<!\w)_+|_+(?!\w)", "", plain).strip()


def _slug(page: OldPage, front: Fronted, title: str) -> str:
    """The last word of the old address, if our addresses can have it."""
    last = front.slug or page.address.rstrip("/").rpartition("/")[2]
    last = re.sub(r"\.html?$", "", last).strip("/")
    wanted = last if _KEY.fullmatch(last) and len(last) <= 80 and last not in RESERVED else ""
    return wanted or (slugify(last) if last and slugify(title) == "page" else "")


def _may_lead(way: str) -> bool:
    first = way.partition("/")[0].lower()
    return (
        bool(_ADDRESS.fullmatch(way)) and first not in _TAKEN and not first.startswith(("_", "."))
    )


@lru_cache(maxsize=4096)  # every plan of a move asks for the same texts
def _ours(text: str, html: bool) -> Tidied:
    """A text of the old site in our Markdown, with its old links."""
    return tidied(translated(_visible(markdown_of(text) if html else text)))


def _visible(text: str) -> str:
    """The text without invisible characters."""
    hidden = set(unseen_in(text))
    return (
        "".join(char for place, char in enumerate(text) if place not in hidden) if hidden else text
    )


def _line_of(page: OldPage, words: str) -> int:
    """The first line of the old file with these words; else the line of the text."""
    if not page.placed:
        return page.line
    place = page.text.find(words)
    if place < 0 and "&" in words:
        written = (words.replace("&", each) for each in ("&amp;", "\\&"))
        place = max(page.text.find(each) for each in written)
    if place < 0 and words.startswith("<"):
        place = page.text.lower().find(words.rstrip(">").lower())
    return page.line + page.text.count("\n", 0, max(0, place))


def _alts(key: str) -> Iterator[str]:
    """The keys that may hold words for the picture of a key."""
    stem = key.removeprefix("old_").removesuffix("_src").removesuffix("_path").removesuffix("_url")
    yield from (f"{stem}_alt", f"{key}_alt", f"{stem.removesuffix('_image')}_alt", "alt")
    yield from (f"old_{stem}_alt", f"{stem}_caption", f"{stem.removesuffix('_image')}_caption")


def _pictures_in(own: Mapping[str, Any]) -> list[tuple[str, str]]:
    texts = [(key, value) for key, value in own.items() if isinstance(value, str)]
    texts += [
        (key, each) for key, value in own.items() if isinstance(value, list) for each in value
    ]
    return [
        (key, text)
        for key, text in texts
        if "." + text.rpartition(".")[2].lower() in (*FORMATS, ".svg")
    ]
