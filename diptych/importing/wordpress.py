"""Makes the pages of an old site from an export of WordPress (WXR).

The language of a page is the one that the plugin Polylang or WPML names, or else the language in
its address. Categories and tags become topics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from diptych.diagnostics import say, say_n
from diptych.importing.html import markdown_of
from diptych.importing.old_file import is_language, is_picture, language_key
from diptych.importing.old_site import (
    Left,
    OldLanguage,
    OldPage,
    OldSite,
    Topics,
    languages_used,
)
from diptych.importing.wxr import OldTerm, WxrHead, WxrItem, exports_in, read_exports
from diptych.markdown import slugify
from diptych.model import Tree
from diptych.values import words

NEWS = "news"
TAXONOMIES = ("category", "post_tag")  # the taxonomies whose terms become topics
_UNSORTED = {"uncategorized", "geen-categorie", "ongecategoriseerd", "non-classe", "allgemein"}
_KINDS = (
    words(  # types of posts that are not imported: parts of the old site's design and technology
        """
    attachment custom_css customize_changeset nav_menu_item oembed_cache revision wp_block
    wp_font_face wp_font_family wp_global_styles wp_navigation wp_template wp_template_part
    """
    )
)
_OVER = {"trash", "auto-draft", "inherit"}
_TECHNICAL = {  # taxonomies that say nothing to readers, or have a place of their own here
    *TAXONOMIES,
    *words("language nav_menu post_format post_translations translation_priority"),
    *words("wp_template_part_area wp_theme"),
}
_HIDDEN = {"draft", "pending", "private", "future"}
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)|-scaled(?=\.\w+$)")
_CODE = re.compile(r"(<pre\b(?:(?!<pre\b).)*?</pre>)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|div|dl|dt|dd|figure|figcaption|footer|form|h[1-6]|header|hr"
    r"|iframe|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\[caption([^\]]*)\](.*?)\[/caption\]", re.DOTALL)
_CAPTIONED = re.compile(r"((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", re.DOTALL)
_GALLERY = re.compile(r"\[gallery\b([^\[\]]*)\]")
_LISTED = re.compile(r"\b(?:ids|include)=[\"']?([\d, ]+)")
_EMBED = re.compile(
    r"\[(?:embed|video|audio|youtube)\b[^\]]*\](.*?)\[/(?:embed|video|audio|youtube)\]", re.DOTALL
)
_SOURCED = re.compile(
    r"\[(?:video|audio|youtube|embed)\b[^\]]*?(?:src|url|mp4|mp3)?=?\"?(https?://[^\s\"\]]+)\"?[^\]]*\]"
)
_SHORTCODE = re.compile(
    r"\[/?([a-z][\w-]*)(?:\s+[\w-]+=(?:\"[^\"\]]*\"|'[^'\]]*'|[^\s\]]+))*\s*/?\](?!\()"
)


def read(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages and posts of every export at the root; `asked` are languages that nothing names."""
    left: list[Left] = []
    exports = exports_in(tree)
    head, items = read_exports(exports, left)
    files = {file.path: file.data for file in tree.files if file not in exports}
    return _Reading(head, items, files, asked, left).old_site()


class _Reading:
    """The entries of all exports, and their relations."""

    def __init__(
        self,
        head: WxrHead,
        items: list[WxrItem],
        files: Mapping[str, bytes],
        asked: tuple[str, ...],
        left: list[Left],
    ) -> None:
        self.head, self.items, self.files, self.left = head, items, files, left
        self.by_id = {each.identity: each for each in items}
        self.sent: dict[str, list[WxrItem]] = {}
        for each in items:
            if is_picture(each.attached):
                self.sent.setdefault(each.parent, []).append(each)
        self.pages = [e for e in items if e.kind not in _KINDS and e.status not in _OVER]
        self.pages = [each for each in self.pages if each.content.strip() or each.title.strip()]
        self.first = asked[0] if asked else head.language
        written = {self._language_of(each) for each in self.pages} - {""}
        self.languages = tuple(
            dict.fromkeys(filter(None, (*asked, self.first, *head.languages, *sorted(written))))
        )
        self.sorting = TopicFinder(head.terms, self.languages)

    def old_site(self) -> OldSite:
        """The old site with all its pages. Comments, menus, and pages without a known translation
        are reported.
        """
        pages = [self._page(each) for each in self.pages]
        comments = sum(each.comments for each in self.pages)
        if comments:
            message = say_n(
                "{count} comment is not moved in",
                "{count} comments are not moved in",
                count=comments,
            )
            self.left.append(Left("", 0, message))
        menus = sum(each.kind == "nav_menu_item" for each in self.items)
        if menus:
            message = say_n(
                "{count} entry of a menu is not moved in: write the menu as `navigation` in "
                "content/site.yaml",
                "{count} entries of menus are not moved in: write the menu as `navigation` in "
                "content/site.yaml",
                count=menus,
            )
            self.left.append(Left("", 0, message))
        self._tell_unpaired(pages)
        return OldSite(
            "WordPress",
            tuple(self._language(key) for key in languages_used(self.languages, pages)),
            tuple(pages),
            self.files,
            dict(self._public()),
            self.head.url,
            tuple(self.left),
            self.sorting.all(),
        )

    def _tell_unpaired(self, pages: list[OldPage]) -> None:
        """Reports pages without counterpart: WPML exports which pages belong together only with a
        plugin of its own.
        """
        languages = {page.language for page in pages}
        copied = {f":{each.copy_of}" for each in self.pages if each.copy_of}
        groups = [page.group for page in pages if not page.home and page.group not in copied]
        if len(languages) > 1 and len(set(groups)) == len(groups):
            message = say(
                "the export does not say which pages are the same in two languages: move the file of a "
                "page, such as `fr.md`, into the folder of the same page in the other language; or "
                "export again with the plugin WPML Export and Import switched on"
            )
            self.left.append(Left("", 0, message))

    def _language(self, key: str) -> OldLanguage:
        name, locale = self.head.languages.get(key, ("", ""))
        return OldLanguage(key, name, locale, self.head.title)

    def _language_of(self, item: WxrItem) -> str:
        """The language that the export names for an entry, or else the language in its address; ""
        if neither is known.
        """
        parts = urlsplit(item.link)
        asked = parse_qs(parts.query).get("lang", [""])[0]
        base = urlsplit(self.head.url).path.strip("/")
        way = parts.path.strip("/").removeprefix(base).strip("/").partition("/")[0]
        shown = (language_key(each) for each in (asked, way) if len(each) in (2, 5))
        return item.language or next((each for each in shown if is_language(each)), "")

    def _group(self, item: WxrItem) -> str:
        """The name of the group that a page and its translations form. A page without translations
        has its own id as group.
        """
        group = item.group or self.head.groups.get(item.identity) or item.copy_of
        return f":{group or item.identity}"

    def _page(self, item: WxrItem) -> OldPage:
        """The page of the old site that an entry of the export describes."""
        language = self._language_of(item) or self.first
        address = self._address(item)
        home = address.strip("/") in ("", language) and item.kind == "page" and bool(item.link)
        key = "" if home else self._key(item)
        front: dict[str, Any] = {"title": item.title}
        if item.kind != "page":
            front["date"] = item.date
        if item.excerpt.strip():
            front["description"] = " ".join(
                re.sub(r"<[^<>]+>", " ", unescape(item.excerpt)).split()
            )
        if item.status in _HIDDEN or item.locked:
            front["draft"] = "true"
            self._tell_hidden(item)
        if item.author and item.kind != "page":
            front["author"] = item.author
        for taxonomy, _, name in item.terms:
            if taxonomy not in _TECHNICAL:  # one that the old site made itself
                front.setdefault(taxonomy, []).append(name)
        thumbnail = self.by_id.get(item.fields.get("_thumbnail_id", ""))
        if thumbnail is not None:
            front["picture"] = thumbnail.attached
            front["picture_alt"] = thumbnail.alt
        if item.name and not home:
            front["slug"] = item.name
        text = markdown_of(self._html(item))
        return OldPage(
            item.where,
            language,
            key,
            ":home" if home else self._group(item),
            front,
            text,
            item.line,
            "" if item.status in _HIDDEN else address,
            (address.strip("/"),),
            home=home,
            placed=False,
            topics=self.sorting.topics(item.terms, language),
        )

    def _tell_hidden(self, item: WxrItem) -> None:
        """Reports a page that not everyone could read: its text is now in the files."""
        if item.locked:
            message = say(
                "a password protected it: it comes as a draft, and whoever sees these files can read it"
            )
        elif item.status == "private":
            message = say(
                "it was private: it comes as a draft, and whoever sees these files can read it"
            )
        elif item.status == "future":
            message = say(
                "it waited for {date}: it comes as a draft, and `publish` can hold that day",
                date=item.date[:10],
            )
        else:
            message = say("it was no more than a draft: it comes as a draft")
        self.left.append(Left(item.where, item.line, message))

    def _address(self, item: WxrItem) -> str:
        """The path of the old address of an entry; "" if the address has a query, which then tells
        the pages apart.
        """
        parts = urlsplit(item.link)
        base = urlsplit(self.head.url).path.rstrip("/")
        return parts.path.removeprefix(base) or "/" if not parts.query else ""

    def _key(self, item: WxrItem) -> str:
        """The key of a page, from the pages above it; a post is below the news."""
        name = item.name or item.title or item.identity
        if item.kind != "page":
            return f"{NEWS if item.kind == 'post' else item.kind}/{name}"
        words, above, seen = [name], self.by_id.get(item.parent), {item.identity}
        while above is not None and above.identity not in seen and above.kind == "page":
            seen.add(above.identity)
            words.insert(0, above.name or above.title)
            above = self.by_id.get(above.parent)
        return "/".join(words)

    def _html(self, item: WxrItem) -> str:
        """The content of an entry as HTML, with its captions, galleries and embeds."""
        text = re.sub(r"<!--\s*more.*?-->|<!--\s*/?wp:.*?-->", "", item.content, flags=re.DOTALL)
        text = _CAPTION.sub(_figure, text)
        text = _GALLERY.sub(lambda match: self._gallery(item, match), text)
        text = _EMBED.sub(
            lambda match: f'\n\n<a href="{match[1].strip()}">{match[1].strip()}</a>\n\n', text
        )
        text = _SOURCED.sub(lambda match: f'\n\n<a href="{match[1]}">{match[1]}</a>\n\n', text)
        for match in _SHORTCODE.finditer(text):
            if "=" in match.group() or f"[/{match[1]}]" in text:
                message = say("{mark} is a mark that is not known", mark=match.group())
                self.left.append(Left(item.where, item.line, message))
        return _paragraphs(text)

    def _gallery(self, item: WxrItem, gallery: re.Match[str]) -> str:
        """The HTML of the pictures that a gallery names, or else of the pictures that are attached
        to the page.
        """
        listed = _LISTED.search(gallery[1])
        found = (
            [self.by_id.get(each.strip()) for each in listed[1].split(",")]
            if listed
            else self.sent.get(item.identity, [])
        )
        shown = [each for each in found if each is not None and each.attached]
        if not shown:
            message = say("{mark} is a mark that is not known", mark=gallery[0])
            self.left.append(Left(item.where, item.line, message))
            return gallery[0]
        return "\n\n".join(
            f'<figure><img src="{each.attached}" alt="{escape(each.alt)}">'
            f"<figcaption>{each.excerpt}</figcaption></figure>"
            for each in shown
        )

    def _public(self) -> Iterator[tuple[str, str]]:
        """The old address of each picture, with the path of the file beside the export. The address
        of a smaller size of a picture leads to the file of the original.
        """
        known: dict[str, str] = {}
        for path in self.files:
            place = path.partition("uploads/")[2]
            if place:
                known.setdefault(f"wp-content/uploads/{place}", path)
        yield from known.items()
        for item in self.items:
            for address in re.findall(
                r"wp-content/uploads/[^\s\"'<>)?#]+", item.content + " " + item.attached
            ):
                whole = _SIZE.sub("", unquote(address))
                if address not in known and whole in known:
                    yield address, known[whole]


def _figure(match: re.Match[str]) -> str:
    """The HTML figure for a picture with a caption of WordPress (`[caption]`)."""
    inner = _CAPTIONED.search(match[2])
    given = re.search(r"caption=\"([^\"]*)\"", match[1])
    if inner is None:
        return match[2]
    caption = inner[2].strip() or (given[1] if given else "")
    return f"\n\n<figure>{inner[1]}<figcaption>{caption}</figcaption></figure>\n\n"


def _paragraphs(text: str) -> str:
    """Splits a text without blocks as WordPress does: blank lines separate paragraphs, and line
    ends are kept; so are the lines of code.
    """
    made: list[str] = []
    for number, part in enumerate(_CODE.split(text.replace("\r\n", "\n").strip())):
        made += [part] if number % 2 else _parted(part)
    return "\n\n".join(made)


def _parted(text: str) -> Iterator[str]:
    for piece in re.split(r"\n\s*\n", text):
        if not piece.strip():
            continue
        if _BLOCK.search(piece):
            yield piece
        else:
            yield "<p>" + piece.strip().replace("\n", "<br>\n") + "</p>"


class TopicFinder:
    """Finds the topics of posts, and collects the names that the topics have."""

    def __init__(self, terms: Iterable[OldTerm], languages: Iterable[str]) -> None:
        self._known = {(each.taxonomy, each.slug): each for each in terms}
        self._order = {key: number for number, key in enumerate(languages)}
        self._names: dict[str, dict[str, str]] = {}
        self._keys: dict[str, str] = {}  # of each group of terms
        self._groups = _grouped(self._known.values())
        for group, members in self._groups.items():
            first = min(members, key=lambda e: self._order.get(e.language, len(self._order)))
            self._keys[group] = _key(first)

    def topics(self, terms: Iterable[tuple[str, str, str]], language: str) -> tuple[str, ...]:
        """The topics of a post in a language, of its terms (taxonomy, slug, name)."""
        found: dict[str, None] = {}
        for taxonomy, slug, name in terms:
            if taxonomy not in TAXONOMIES or slug in _UNSORTED:
                continue
            term = self._known.get((taxonomy, slug)) or OldTerm(taxonomy, slug, name, "", language)
            key = self._keys.get(term.group) or _key(term)
            names = self._names.setdefault(key, {})
            names.setdefault(term.language or language, term.name or name)
            for each in self._groups.get(term.group, ()):
                if each.language:
                    names.setdefault(each.language, each.name)
            found[key] = None
        return tuple(found)

    def all(self) -> Topics:
        """The names of every topic that a post has, as far as they are known."""
        return self._names


def _grouped(terms: Iterable[OldTerm]) -> dict[str, list[OldTerm]]:
    groups: dict[str, list[OldTerm]] = {}
    for each in terms:
        groups.setdefault(each.group, []).append(each)
    return groups


def _key(term: OldTerm) -> str:
    return slugify(term.slug or term.name)
