"""The files of a new page bundle, with a placeholder `…` for each text that the author will write.

The build reports each placeholder that is left (unwritten).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from diptych.content.layouts import layout_of
from diptych.content.placeholders import PLACEHOLDER
from diptych.model import Block, Document
from diptych.yaml import Field, Leaf, ListOf, Record

EMPTY: Mapping[str, str] = MappingProxyType({})
# layout -> the fields of the first event in its file: the line with the date, then the keys of the texts
_EVENTS = {
    "timeline": ("date: {day}", "title", "text"),
    "agenda": ("dates: [{day}]", "title", "place", "text"),
}


def new_bundle(
    key: str,
    layout: str,
    languages: Sequence[str],
    day: str,
    *,
    fields: Mapping[str, str] = EMPTY,
    dated: bool = False,
    schema: bool = False,
) -> dict[str, str]:
    """The text of each file of a new bundle, by path: a draft in every language, and for a timeline
    or an agenda its events.

    `fields` are the site's required fields of front matter (name -> value). `day` (as 2020-06-08)
    is the date of a news item if `dated`, and of the first event. With `schema`, the events name
    the JSON schema of the site.
    """
    text = _page(key, layout, {**({"date": day} if dated else {}), **fields})
    files = {f"content/{key}/{language}.md": text for language in languages}
    shown = layout_of(layout).shows
    if shown in _EVENTS:
        files[f"content/{key}/{shown}.yaml"] = _event(shown, key, languages, day, schema=schema)
    return files


def drafted_from(key: str, document: Document, record: Record) -> str:
    """A draft of page `key` for a language that the page lacks: the blocks of `document`, with `…`
    in place of every text. The title names the page, so that two drafts have two addresses.

    Values that all languages share, ids of headings, pictures and code are copied. The slug and the
    old addresses are not copied, since they belong to the language of `document`.
    """
    head = []
    for name, field in record.fields.items():
        if name not in document.front.values or name in _NOT_TAKEN:
            continue
        begun = _title(key) if name == "title" else f"{name}: {PLACEHOLDER}"
        head.append(begun if field.translate else _as_written(document, name))
    body = [_begun(block) for block in document.blocks]
    return "\n".join(["---", *head, "draft: true", "---", "", "\n\n".join(body), ""])


_NOT_TAKEN = ("slug", "draft", "redirect_from", "only", "allow", "reviewed", "reviewed_parts")


def _as_written(document: Document, name: str) -> str:
    """A key of the front matter with its value, as it is written in the other language."""
    lines = document.source.text.split("\n")
    first = next(n for n, line in enumerate(lines) if re.match(rf"{re.escape(name)}\s*:", line))
    last = first + 1
    while last < len(lines) and re.match(r"[ \t]+\S|- ", lines[last]):
        last += 1
    return "\n".join(lines[first:last])


def _begun(block: Block) -> str:
    """A block of the other language with its words replaced by `…`."""
    if block.kind in ("code", "html", "rule"):
        return re.sub(
            r"(<summary>)[^<>]*(</summary>)", rf"\g<1>{PLACEHOLDER}\g<2>", block.text
        )  # in a block of HTML, only the summary is replaced
    if block.kind == "heading":
        marks = re.match(r"#+", block.text)
        identity = re.search(r"\{#[^{}]*\}", block.text)
        return " ".join(
            filter(None, (marks[0] if marks else "##", PLACEHOLDER, identity and identity[0]))
        )
    if block.kind == "list":
        items = re.findall(r"^(?:[-*+]|\d+[.)]) ", block.text, re.MULTILINE)
        return "\n".join(f"{mark}{PLACEHOLDER}" for mark in items) or PLACEHOLDER
    if block.kind == "quote":
        return f"> {PLACEHOLDER}"
    pictures = re.findall(r"!\[[^][]*\](\([^)]*\)(?:\{[^}]*\})?)", block.text)
    return "\n".join(f"![{PLACEHOLDER}]{each}" for each in pictures) or PLACEHOLDER


def required_fields(fields: Mapping[str, Field], day: str) -> dict[str, str]:
    """A placeholder value for each required field of a page: name -> value."""
    return {name: _beginning(field, day) for name, field in fields.items() if field.required}


def _beginning(field: Field, day: str) -> str:
    item = field.shape.item if isinstance(field.shape, ListOf) else field.shape
    beginnings = {"date": day, "flag": "true", "whole": "1", "key": "key"}
    name = item.name if isinstance(item, Leaf) else ""
    value = field.choices[0] if field.choices else beginnings.get(name, PLACEHOLDER)
    return f"[{value}]" if isinstance(field.shape, ListOf) else value


def _title(key: str) -> str:
    return f"title: {PLACEHOLDER} {key.rpartition('/')[2].replace('-', ' ')}"


def _page(key: str, layout: str, fields: Mapping[str, str]) -> str:
    head = [_title(key), f"description: {PLACEHOLDER}", f"layout: {layout}"]
    head += [f"{name}: {value}" for name, value in fields.items()]
    body = f"\n{PLACEHOLDER}\n"
    begins = layout_of(layout).begins
    if begins:
        body += f"\n## {PLACEHOLDER} {{#{begins}-1}}\n\n{PLACEHOLDER}\n"
    return "\n".join(["---", *head, "draft: true", "---", body])


def _event(shown: str, key: str, languages: Sequence[str], day: str, *, schema: bool) -> str:
    """The text of `timeline.yaml` or `agenda.yaml`, with a first event to fill in."""
    up = "../" * (key.count("/") + 2)
    lines = [f"# yaml-language-server: $schema={up}schemas/{shown}.schema.json"] if schema else []
    on, *texts = _EVENTS[shown]
    lines += ["- id: first-event", f"  {on.format(day=day)}"]
    for name in texts:
        lines.append(f"  {name}:")
        written = f"|\n      {PLACEHOLDER}" if name == "text" else PLACEHOLDER
        lines += [f"    {language}: {written}" for language in languages]
    return "\n".join([*lines, ""])
