"""Reads an export of WordPress (WXR), with languages by Polylang or WPML.

The format is that of `wp-admin/includes/export.php` of WordPress. Polylang writes a language and a
group of translations as terms of each post, WPML (with its Export and Import) as fields. If both
are silent, the address gives the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree

from diptych.diagnostics import say, say_n
from diptych.importing.html import markdown_of
from diptych.importing.naming import is_language, tag
from diptych.importing.old_site import Left, OldLanguage, OldPage, OldSite, languages_used
from diptych.importing.topics import TAXONOMIES, Sorting
from diptych.importing.wxr import (
    WPML_GROUP,
    WPML_LANGUAGE,
    OldTerm,
    children,
    groups_of,
    meta,
    slug_of,
    terms_of,
)
from diptych.importing.wxr import text as text_of
from diptych.model import File, Tree
from diptych.values import Value, field

NEWS = "news"
_COPY_OF = "_icl_lang_duplicate_of"  # by WPML: the id of the page of which it is a copy
_SIGN = b"wordpress.org/export/"
_KINDS = {  # no pages: parts of the old site's design and technology
    "attachment",
    "custom_css",
    "customize_changeset",
    "nav_menu_item",
    "oembed_cache",
    "revision",
    "wp_block",
    "wp_font_face",
    "wp_font_family",
    "wp_global_styles",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
}
_OVER = {"trash", "auto-draft", "inherit"}
_TECHNICAL = {  # taxonomies that say nothing to readers, or have a place of their own here
    *TAXONOMIES,
    "language",
    "nav_menu",
    "post_format",
    "post_translations",
    "translation_priority",
    "wp_template_part_area",
    "wp_theme",
}
_HIDDEN = {"draft", "pending", "private", "future"}
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)|-scaled(?=\.\w+$)")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)
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


def is_export(tree: Tree) -> bool:
    """Whether an export of WordPress is at the root of these files."""
    return any(True for _ in _exports(tree))


def read(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages and posts of every export at the root; `asked` are languages that nothing names."""
    left: list[Left] = []
    items: list[_Item] = []
    site = _Site()
    for file in _exports(tree):
        try:
            root = _parsed(file.data)
        except (etree.XMLSyntaxError, ValueError) as failure:
            left.append(
                Left(file.path, 0, say("XML cannot be read: {reason}", reason=str(failure)))
            )
            continue
        site = _site(root, site)
        items += (_item(each, file.path) for each in root.iter("item"))
    names = {file.path for file in _exports(tree)}
    files = {file.path: file.data for file in tree.files if file.path not in names}
    return _Reading(site, items, files, asked, left).old_site()


class _Site(Value):
    """The head of an export."""

    title: str = ""
    url: str = ""
    language: str = ""
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # key -> name, locale
    terms: tuple[OldTerm, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)  # id of a post -> its translations


class _Item(Value):
    """An entry of an export: a page, a post, a picture."""

    path: str
    line: int
    identity: str
    parent: str
    kind: str
    status: str
    name: str
    title: str
    link: str
    date: str
    author: str
    excerpt: str
    content: str
    locked: bool
    attached: str  # the address of a picture
    terms: tuple[tuple[str, str, str], ...]  # taxonomy, key, name
    fields: Mapping[str, str]
    comments: int

    @property
    def alt(self) -> str:
        """The description of a picture."""
        return self.fields.get("_wp_attachment_image_alt", "")

    @property
    def where(self) -> str:
        """Its name in the report."""
        return f"{self.path}#{self.identity}"


def _exports(tree: Tree) -> Iterator[File]:
    for file in tree.files:
        if "/" not in file.path and file.path.endswith(".xml") and _SIGN in file.data[:20_000]:
            yield file


def _parsed(data: bytes) -> etree._Element:
    """The elements of an export, without entities and without anything outside of it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("<!DOCTYPE>")
    return root


def _site(root: etree._Element, before: _Site) -> _Site:
    channel = root.find("channel")
    if channel is None:
        return before
    languages = dict(before.languages)
    for term in children(channel, "term"):
        if text_of(term, "term_taxonomy") == "language":
            locale = re.search(r's:6:"locale";s:\d+:"([\w-]+)"', text_of(term, "term_description"))
            key = tag(text_of(term, "term_slug"))
            languages[key] = (text_of(term, "term_name"), locale[1] if locale else "")
    groups = {
        post: group
        for group, members in groups_of(channel, "post_translations").items()
        for post in members.values()
    }
    return _Site(
        text_of(channel, "title"),
        text_of(channel, "base_blog_url") or text_of(channel, "link"),
        tag(text_of(channel, "language")).partition("-")[0],
        languages,
        (*before.terms, *terms_of(channel)),
        {**before.groups, **groups},
    )


def _item(item: etree._Element, path: str) -> _Item:
    terms = tuple(
        (
            str(each.get("domain") or ""),
            slug_of(str(each.get("nicename") or "")),
            unescape(each.text or ""),
        )
        for each in children(item, "category")
    )
    encoded = list(children(item, "encoded"))
    by_space = {etree.QName(each).namespace or "": each.text or "" for each in encoded}
    excerpt = next((text for space, text in by_space.items() if "excerpt" in space), "")
    content = next((text for space, text in by_space.items() if "content" in space), "")
    return _Item(
        path,
        int(item.sourceline or 1),
        text_of(item, "post_id"),
        text_of(item, "post_parent"),
        text_of(item, "post_type"),
        text_of(item, "status"),
        unquote(text_of(item, "post_name")),
        unescape(text_of(item, "title")),
        text_of(item, "link"),
        text_of(item, "post_date"),
        text_of(item, "creator"),
        excerpt,
        content,
        bool(text_of(item, "post_password")),
        text_of(item, "attachment_url"),
        terms,
        meta(item, "postmeta"),
        sum(1 for _ in children(item, "comment")),
    )


class _Reading:
    """The entries of all exports, and their relations."""

    def __init__(
        self,
        site: _Site,
        items: list[_Item],
        files: Mapping[str, bytes],
        asked: tuple[str, ...],
        left: list[Left],
    ) -> None:
        self.site, self.items, self.files, self.left = site, items, files, left
        self.by_id = {each.identity: each for each in items}
        self.sent: dict[str, list[_Item]] = {}
        for each in items:
            if each.attached and _PICTURE.search(each.attached):
                self.sent.setdefault(each.parent, []).append(each)
        self.pages = [e for e in items if e.kind not in _KINDS and e.status not in _OVER]
        self.pages = [each for each in self.pages if each.content.strip() or each.title.strip()]
        self.first = asked[0] if asked else site.language
        written = {self._own_language(each) for each in self.pages} - {""}
        self.languages = tuple(
            dict.fromkeys(filter(None, (*asked, self.first, *site.languages, *sorted(written))))
        )

        self.sorting = Sorting(site.terms, self.languages)

    def old_site(self) -> OldSite:
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
            self.site.url,
            tuple(self.left),
            self.sorting.all(),
        )

    def _tell_unpaired(self, pages: list[OldPage]) -> None:
        """Reports pages without counterpart: WPML exports which pages belong together only with a
        plugin of its own.
        """
        languages = {page.language for page in pages}
        copied = {f":{each.fields[_COPY_OF]}" for each in self.pages if each.fields.get(_COPY_OF)}
        groups = [page.group for page in pages if not page.home and page.group not in copied]
        if len(languages) > 1 and len(set(groups)) == len(groups):
            message = say(
                "the export does not say which pages are the same in two languages: move the file of a "
                "page, such as `fr.md`, into the folder of the same page in the other language; or "
                "export again with the plugin WPML Export and Import switched on"
            )
            self.left.append(Left("", 0, message))

    def _language(self, key: str) -> OldLanguage:
        name, locale = self.site.languages.get(key, ("", ""))
        return OldLanguage(key, name, locale, self.site.title)

    def _own_language(self, item: _Item) -> str:
        """The language that an entry names, or that of its address."""
        for taxonomy, key, _ in item.terms:
            if taxonomy == "language":
                return tag(key)
        named = item.fields.get(WPML_LANGUAGE) or item.fields.get("wpml_language")
        if named:
            return tag(named)
        parts = urlsplit(item.link)
        asked = parse_qs(parts.query).get("lang", [""])[0]
        base = urlsplit(self.site.url).path.strip("/")
        way = parts.path.strip("/").removeprefix(base).strip("/").partition("/")[0]
        return next(
            (tag(each) for each in (asked, way) if len(each) in (2, 5) and is_language(tag(each))),
            "",
        )

    def _group(self, item: _Item, key: str, language: str) -> str:
        for taxonomy, group, _ in item.terms:
            if taxonomy == "post_translations":
                return f":{group}"
        named = item.fields.get(WPML_GROUP)
        source = item.fields.get(_COPY_OF)
        if named:
            return f":wpml-{named}"
        if item.identity in self.site.groups:
            return f":{self.site.groups[item.identity]}"
        return f":{source}" if source else f":{item.identity}" if key else f":{language}-home"

    def _page(self, item: _Item) -> OldPage:
        language = self._own_language(item) or self.first
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
            ":home" if home else self._group(item, key, language),
            front,
            text,
            item.line,
            "" if item.status in _HIDDEN else address,
            (address.strip("/"),),
            home=home,
            placed=False,
            topics=self.sorting.topics(item.terms, language),
        )

    def _tell_hidden(self, item: _Item) -> None:
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

    def _address(self, item: _Item) -> str:
        parts = urlsplit(item.link)
        base = urlsplit(self.site.url).path.rstrip("/")
        return parts.path.removeprefix(base) or "/" if not parts.query else ""

    def _key(self, item: _Item) -> str:
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

    def _html(self, item: _Item) -> str:
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

    def _gallery(self, item: _Item, gallery: re.Match[str]) -> str:
        """The pictures that a gallery names, else those attached to the page."""
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
        """Pictures beside the export, by address; the original stands for all its sizes."""
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
    inner = _CAPTIONED.search(match[2])
    said = re.search(r"caption=\"([^\"]*)\"", match[1])
    if inner is None:
        return match[2]
    words = inner[2].strip() or (said[1] if said else "")
    return f"\n\n<figure>{inner[1]}<figcaption>{words}</figcaption></figure>\n\n"


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
