"""Reads the XML of an export of WordPress (WXR) into values.

WordPress writes the format in `wp-admin/includes/export.php`. The plugin Polylang stores the
language and the translation group of a post as terms of the post. The description of a term
`post_translations` in the head is a serialized array of PHP, from languages to the ids of posts;
the description of a term `term_translations` is such an array for categories and tags. The plugin
WPML, with its plugin Export and Import, stores language and group in the `postmeta` of each post
and the `termmeta` of each term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from lxml import etree

from diptych.diagnostics import say
from diptych.importing.old_file import language_key
from diptych.importing.old_site import Left
from diptych.model import File, Tree
from diptych.values import Value, field

_SIGN = b"wordpress.org/export/"
_WPML_LANGUAGE, _WPML_GROUP = "_wpml_import_language_code", "_wpml_import_translation_group"
_COPY_OF = "_icl_lang_duplicate_of"  # by WPML: the id of the page of which it is a copy
_TERMS = {  # element of the head -> taxonomy, its element for the slug, for the name
    "category": ("category", "category_nicename", "cat_name"),
    "tag": ("post_tag", "tag_slug", "tag_name"),
}
_MEMBER = re.compile(r's:\d+:"([\w-]+)";(?:i:(\d+)|s:\d+:"(\d+)");')
_LOCALE = re.compile(r's:6:"locale";s:\d+:"([\w-]+)"')


class OldTerm(Value):
    """A category or a tag in one language."""

    taxonomy: str
    slug: str
    name: str
    group: str  # terms of one group are the same in different languages
    language: str = ""  # "" if the export does not name it


class WxrHead(Value):
    """The heads of all exports in a folder, in one. Title, address and language come from the last
    export.
    """

    title: str = ""
    url: str = ""
    language: str = ""
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # key -> name, locale
    terms: tuple[OldTerm, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)  # id of a post -> its translations


class WxrItem(Value):
    """An entry of an export: a page, a post, a picture."""

    path: str  # the path of the export
    line: int  # the line of the export on which the entry begins
    identity: str
    parent: str
    kind: str  # the type of the entry: `page`, `post`, `attachment` or another
    status: str
    name: str
    title: str
    link: str
    date: str
    author: str
    excerpt: str
    content: str
    locked: bool  # whether a password protects the entry
    attached: str  # the address of a picture
    terms: tuple[tuple[str, str, str], ...]  # for each term its taxonomy, slug and name
    fields: Mapping[str, str]  # the values of `postmeta`, by key
    comments: int

    @property
    def alt(self) -> str:
        """The description of a picture."""
        return self.fields.get("_wp_attachment_image_alt", "")

    @property
    def where(self) -> str:
        """The name of the entry in the report."""
        return f"{self.path}#{self.identity}"

    @property
    def copy_of(self) -> str:
        """The id of the page that WPML copied to make this page; "" if this page is no copy."""
        return self.fields.get(_COPY_OF, "")

    @property
    def language(self) -> str:
        """The language that Polylang or WPML gives an entry; "" if neither gives one."""
        named = next((slug for taxonomy, slug, _ in self.terms if taxonomy == "language"), "")
        fields = self.fields
        return language_key(
            named or fields.get(_WPML_LANGUAGE) or fields.get("wpml_language") or ""
        )

    @property
    def group(self) -> str:
        """The translation group that Polylang or WPML gives an entry; "" if neither gives one."""
        for taxonomy, slug, _ in self.terms:
            if taxonomy == "post_translations":
                return slug
        named = self.fields.get(_WPML_GROUP)
        return f"wpml-{named}" if named else ""


def exports_in(tree: Tree) -> tuple[File, ...]:
    """The files in the uppermost folder that are exports of WordPress."""
    return tuple(
        file
        for file in tree.files
        if "/" not in file.path and file.path.endswith(".xml") and _SIGN in file.data[:20_000]
    )


def read_exports(files: Iterable[File], left: list[Left]) -> tuple[WxrHead, list[WxrItem]]:
    """The head and the entries of all exports. An export that is no XML is reported in `left`."""
    head, items = WxrHead(), list[WxrItem]()
    for file in files:
        try:
            root = _parsed(file.data)
        except (etree.XMLSyntaxError, ValueError) as failure:
            message = say("XML cannot be read: {reason}", reason=str(failure))
            left.append(Left(file.path, 0, message))
            continue
        channel = root.find("channel")
        head = head if channel is None else _head(channel, head)
        items += (_item(each, file.path) for each in root.iter("item"))
    return head, items


def _parsed(data: bytes) -> etree._Element:
    """The elements of an export, without entities and without anything outside of it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("<!DOCTYPE>")
    return root


def _head(channel: etree._Element, before: WxrHead) -> WxrHead:
    """The head of an export, to which the languages, terms and groups of the earlier exports
    (`before`) are added.
    """
    languages = dict(before.languages)
    for term in _children(channel, "term"):
        if _text(term, "term_taxonomy") == "language":
            locale = _LOCALE.search(_text(term, "term_description"))
            key = language_key(_text(term, "term_slug"))
            languages[key] = (_text(term, "term_name"), locale[1] if locale else "")
    groups = {
        post: group
        for group, members in _groups(channel, "post_translations").items()
        for post in members.values()
    }
    return WxrHead(
        _text(channel, "title"),
        _text(channel, "base_blog_url") or _text(channel, "link"),
        language_key(_text(channel, "language")).partition("-")[0],
        languages,
        (*before.terms, *_terms(channel)),
        {**before.groups, **groups},
    )


def _terms(channel: etree._Element) -> Iterator[OldTerm]:
    """The categories and tags in the head of an export."""
    groups = {
        identity: (group, language)
        for group, members in _groups(channel, "term_translations").items()
        for language, identity in members.items()
    }
    for element, (taxonomy, slug, name) in _TERMS.items():
        for each in _children(channel, element):
            fields = _meta(each, "termmeta")
            own = unquote(_text(each, slug))
            group, language = groups.get(_text(each, "term_id"), ("", ""))
            if fields.get(_WPML_GROUP):
                group = f"wpml-{fields[_WPML_GROUP]}"
                language = language_key(fields.get(_WPML_LANGUAGE, ""))
            title = unescape(_text(each, name))
            yield OldTerm(taxonomy, own, title, group or f"{taxonomy}/{own}", language)


def _groups(channel: etree._Element, taxonomy: str) -> dict[str, dict[str, str]]:
    """Polylang's groups: the slug of each, with the ids of its members by language."""
    return {
        _text(each, "term_slug"): {
            language_key(language): number or string
            for language, number, string in _MEMBER.findall(_text(each, "term_description"))
        }
        for each in _children(channel, "term")
        if _text(each, "term_taxonomy") == taxonomy
    }


def _item(item: etree._Element, path: str) -> WxrItem:
    """The entry of an export that an XML element holds."""
    encoded = {
        etree.QName(each).namespace or "": each.text or "" for each in _children(item, "encoded")
    }
    return WxrItem(
        path,
        int(item.sourceline or 1),
        _text(item, "post_id"),
        _text(item, "post_parent"),
        _text(item, "post_type"),
        _text(item, "status"),
        unquote(_text(item, "post_name")),
        unescape(_text(item, "title")),
        _text(item, "link"),
        _text(item, "post_date"),
        _text(item, "creator"),
        next((text for space, text in encoded.items() if "excerpt" in space), ""),
        next((text for space, text in encoded.items() if "content" in space), ""),
        bool(_text(item, "post_password")),
        _text(item, "attachment_url"),
        tuple(
            (
                str(each.get("domain") or ""),
                unquote(str(each.get("nicename") or "").strip()),
                unescape(each.text or ""),
            )
            for each in _children(item, "category")
        ),
        _meta(item, "postmeta"),
        sum(1 for _ in _children(item, "comment")),
    )


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children with a local name, in any version of the namespace."""
    for each in element:
        if isinstance(each.tag, str) and etree.QName(each).localname == name:
            yield each


def _text(element: etree._Element, name: str) -> str:
    """The text of the first child with a local name; "" without one."""
    return next(((each.text or "").strip() for each in _children(element, name)), "")


def _meta(element: etree._Element, name: str) -> Mapping[str, str]:
    """The fields of a post (`postmeta`) or of a term (`termmeta`)."""
    return {_text(e, "meta_key"): _text(e, "meta_value") for e in _children(element, name)}
