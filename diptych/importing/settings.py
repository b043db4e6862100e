"""`site.yaml` and `types.yaml` of a site that moves in; also YAML for front matter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from diptych.diagnostics import Edit, Source, Span, applied
from diptych.i18n import known_locale, own_name
from diptych.importing.old_site import OldLanguage, OldSite, Topics
from diptych.languages import rules_of
from diptych.unseen import without_unseen
from diptych.yaml import Mapping as MappingNode
from diptych.yaml import Node, Scalar, compose, end_of, value_of
from diptych.yaml import Sequence as ListNode

_PLAIN = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n|ja|nee|oui|non)$)[A-Za-z][\w/-]*(?: [\w/-]+)*",
    re.IGNORECASE | re.ASCII,
)
_BARE = re.compile(r"true|false|\d{4}-\d{2}-\d{2}")
_UNKNOWN = "https://www.example.org"


def quoted(text: str) -> str:
    """A text as a value for YAML: without invisible characters, and in quotes if the text needs
    them.
    """
    text = without_unseen(text)
    if _PLAIN.fullmatch(text) or _BARE.fullmatch(text):
        return text
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def yaml_text(values: Mapping[str, Any]) -> str:
    """Keys with texts, lists of texts or mappings, one per line."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in values.items())


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(quoted(each) for each in value) + "]"
    return quoted(value)


def site_yaml(
    old: OldSite, languages: Sequence[str], navigation: Iterable[str], topics: Topics
) -> str:
    """The text of site.yaml for a site that has none, made from the settings of the old site."""
    known = {each.key: each for each in old.languages}
    titles = {key: known[key].title for key in languages}
    first = next((title for title in titles.values() if title), "") or "Site"
    base = old.base_url.rstrip("/") if re.match(r"https?://[^\s/]+", old.base_url) else _UNKNOWN
    lines = [f"base_url: {base}", "", "languages:"]
    lines += [f"  {key}: {_flow(_language(known[key]))}" for key in languages]
    if menu := list(navigation):
        lines += ["", f"navigation: {_flow(menu)}"]
    lines += ["", "organisation:", f"  short_name: {quoted(first)}", "  name:"]
    lines += [f"    {key}: {quoted(titles[key] or first)}" for key in languages]
    if topics:
        lines += ["", "topics:", *_lines(topics)]
    return "\n".join(lines) + "\n"


def in_every_language(topics: Topics, languages: Collection[str]) -> tuple[Topics, list[str]]:
    """The topics with a name in each language, and the keys of topics for which the name of another
    language is used.
    """
    whole = {
        key: {each: names.get(each) or next(iter(names.values())) for each in languages}
        for key, names in topics.items()
    }
    return whole, [key for key, names in topics.items() if not {*languages} <= names.keys()]


def with_entries(text: str, key: str, entries: Mapping[str, Any]) -> str | None:
    """The text of a YAML file with these entries added at the end of the mapping below `key`. An
    entry that exists already stays as it is.

    None if a person must add the entries, since YAML cannot read the file, or a comment or another
    kind of value takes the place of the mapping.
    """
    source = Source("", text)
    root = compose(source).value
    top = {name.text: (name, value) for name, value in _entries(root)}
    name, node = top.get(key, (None, None))
    known = {each.text for each, _ in _entries(node)}
    new = {each: value for each, value in entries.items() if each not in known}
    if not new:
        return text
    if name is None:
        start = f"{text.rstrip()}\n\n" if text.strip() else ""
        made = start + "\n".join([f"{key}:", *_lines(new)]) + "\n"
    elif isinstance(node, MappingNode):
        lines = [f"{each}: {_flow(value)}" for each, value in new.items()]
        made = applied(_ending_with(source, node, lines, " " * (node.indent or 0)), source)
    else:  # the key has no value yet
        line, _ = source.position(name.span.start)
        made = applied(source.line_followed_by(line, "\n".join(_lines(new))), source)
    return made if _has_entries(made, key, {*known, *new}) else None


def with_choices(text: str, fields: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of types.yaml with further choices for the fields of pages. `fields` gives the
    declaration of each field by its name.
    """
    source = Source("", text)
    edits: list[Edit] = []
    for name, field in _entries(value_of(compose(source).value, "page")):
        listed = value_of(field, "choices")
        if isinstance(listed, ListNode):
            known = {each.text for each in listed.items if isinstance(each, Scalar)}
            wanted = fields.get(name.text, {}).get("choices", ())
            new = [quoted(each) for each in wanted if each not in known]
            if new and text[listed.span.start] == "[":
                edits += _ending_with(source, listed, new)
    return applied(edits, source)


def _entries(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    """The entries of a mapping; no entries for any other kind of node."""
    return node.entries if isinstance(node, MappingNode) else ()


def _ending_with(
    source: Source, node: MappingNode | ListNode, entries: Iterable[str], indent: str = ""
) -> tuple[Edit, ...]:
    """The edit that adds entries at the end of a list or a mapping. `indent` is the indentation of
    entries that each have a line of their own.
    """
    text, end = source.text, end_of(source, node)
    if text[node.span.start] in "[{":
        place = len(text[: end - 1].rstrip())
        gap = "" if text[place - 1] in "[{" else " " if text[place - 1] == "," else ", "
        return Span(source.path, place, place).becomes(gap + ", ".join(entries))
    line, _ = source.position(len(text[:end].rstrip()) - 1)
    return source.line_followed_by(line, "\n".join(indent + each for each in entries))


def _has_entries(text: str, key: str, names: set[str]) -> bool:
    """Whether YAML can read a text, and the mapping below a key has exactly the entries of these
    names.
    """
    outcome = compose(Source("", text))
    found = _entries(value_of(outcome.value, key))
    return not outcome.diagnostics and {name.text for name, _ in found} == names


def _lines(entries: Mapping[str, Any]) -> list[str]:
    return [f"  {key}: {_flow(value)}" for key, value in entries.items()]


def _language(language: OldLanguage) -> dict[str, str]:
    rules = rules_of(language.key)
    code, _, country = language.locale.replace("-", "_").partition("_")
    locale = "_".join(filter(None, (code.lower(), country.upper())))
    if not locale or not known_locale(locale):
        locale = language.key.partition("-")[0]
    return {
        "locale": locale,
        "name": language.name or rules.name or own_name(locale) or language.key,
        "typography": rules.default_typography(locale),
    }
