"""The elements of an export of WordPress (WXR), and the groups that its terms and posts form.

A term (a category, a tag) has an id and a name in one language. Polylang exports a term of its own for
each group of translations: the description of a `term_translations` term is a serialized array of PHP,
from languages to the ids of terms, and that of a `post_translations` term the same for posts. WPML, with
its plugin Export and Import, writes language and group into the `termmeta` of each term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from lxml import etree

from diptych.importing.naming import tag
from diptych.values import Value

WPML_LANGUAGE, WPML_GROUP = "_wpml_import_language_code", "_wpml_import_translation_group"
_ELEMENTS = {  # element of the head -> taxonomy, its element for the slug, for the name
    "category": ("category", "category_nicename", "cat_name"),
    "tag": ("post_tag", "tag_slug", "tag_name"),
}
_MEMBER = re.compile(r's:\d+:"([\w-]+)";(?:i:(\d+)|s:\d+:"(\d+)");')


class OldTerm(Value):
    """A category or a tag in one language."""

    taxonomy: str
    slug: str
    name: str
    group: str  # terms of one group are the same in different languages
    language: str = ""  # "" if the export does not name it


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children with a local name, in any version of the namespace."""
    for each in element:
        if isinstance(each.tag, str) and etree.QName(each).localname == name:
            yield each


def text(element: etree._Element, name: str) -> str:
    """The text of the first child with a local name; "" without one."""
    return next(((each.text or "").strip() for each in children(element, name)), "")


def meta(element: etree._Element, name: str) -> Mapping[str, str]:
    """The fields of a post (`postmeta`) or of a term (`termmeta`)."""
    return {text(e, "meta_key"): text(e, "meta_value") for e in children(element, name)}


def slug_of(written: str) -> str:
    """The slug of a term or post, with its letters; WordPress writes other letters than Latin ones as
    `%d8%a3`.
    """
    return unquote(written.strip())


def terms_of(channel: etree._Element) -> Iterator[OldTerm]:
    """The categories and tags in the head of an export."""
    groups = {
        identity: (group, language)
        for group, members in groups_of(channel, "term_translations").items()
        for language, identity in members.items()
    }
    for element, (taxonomy, slug, name) in _ELEMENTS.items():
        for each in children(channel, element):
            fields = meta(each, "termmeta")
            own = slug_of(text(each, slug))
            group, language = groups.get(text(each, "term_id"), ("", ""))
            if fields.get(WPML_GROUP):
                group, language = f"wpml-{fields[WPML_GROUP]}", tag(fields.get(WPML_LANGUAGE, ""))
            yield OldTerm(
                taxonomy, own, unescape(text(each, name)), group or f"{taxonomy}/{own}", language
            )


def groups_of(channel: etree._Element, taxonomy: str) -> dict[str, dict[str, str]]:
    """Polylang's groups: the slug of each, with the ids of its members by language."""
    return {
        text(each, "term_slug"): {
            tag(language): number or string
            for language, number, string in _MEMBER.findall(text(each, "term_description"))
        }
        for each in children(channel, "term")
        if text(each, "term_taxonomy") == taxonomy
    }
