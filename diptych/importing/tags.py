"""Turns HTML inside Markdown into HTML that our texts may hold: words stay, active elements are
removed.

It works tag by tag, so that the text around keeps its Markdown. Removed elements are reported with
their line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from diptych.html.allowed import ELEMENTS
from diptych.importing.code import fence_after, replaced, without_code
from diptych.importing.films import watched_at
from diptych.markdown.links import attributes
from diptych.markdown.safety import ATTRIBUTES, TAGS
from diptych.values import Value, words

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:\s+[^\s\"'<>=/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*)\s*(?P<empty>/?)>"
)
_WHOLE = re.compile(r"<(script|style|noscript)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_DECLARED = re.compile(r"<!(?!--)[^>\n]*>|<\?[^>\n]*>")
_BECOMES = {"article": "div", "main": "div", "aside": "div", "tt": "code"}
_BECOMES |= {"strike": "s", "big": "strong", "center": "div", "header": "div", "footer": "div"}
FRAMES = ("iframe", "embed", "video", "audio", "source", "object")
_DROPPED = {"class", "cite", "hreflang"}  # attributes without a meaning on the new site
_SILENT = words("font picture nav button label address colgroup col wbr")
_LIKE = re.compile(r"(?<!\]\()(?<!\]: )</?([A-Za-z][^\s<>/]*)")
_AUTOMATIC = re.compile(r"[A-Za-z][\w+.-]*:|[^\s@]+@")  # an address between `<` and `>` is a link
_MARKED_DOWN = re.compile(r"<details\b[^<>]*\smarkdown\b[^<>]*>", re.IGNORECASE)
_SUMMED = re.compile(r"(</summary>)[ \t]*\n(?= {0,3}\S)", re.IGNORECASE)
_LAST_LINE = re.compile(r"(?<=\S)\n([ \t]*</details>)", re.IGNORECASE)
_BOX = re.compile(r"[ \t]*<div\b[^<>]*>[ \t]*")
_OTHERS = words(  # elements of HTML that our texts do not hold
    """
    applet audio base basefont big canvas center dir embed fieldset font frame frameset iframe
    marquee nobr noembed noframes object param portal strike track tt video
    """
)
_ACTS = re.compile(r"^\s*(?:javascript|data|vbscript)\s*:", re.IGNORECASE)


class AllowedHtml(Value):
    """A text with allowed HTML only, and the names of the active elements that were taken out."""

    text: str
    taken: tuple[str, ...]


def with_allowed_html(text: str) -> AllowedHtml:
    """The text with allowed HTML only."""
    text = _aired(_parted(text))
    hidden = without_code(text)
    made: list[str] = []
    taken: list[str] = []
    last = 0
    for start, end, new, name in sorted(_changes(text, hidden)):
        if start < last:
            continue  # this change is inside an element that was replaced as a whole
        made += [text[last:start], new]
        last = end
        if name:
            taken.append(name)
    return AllowedHtml(_unwrapped("".join([*made, text[last:]])), tuple(taken))


def _parted(text: str) -> str:
    """The text with an empty line between a box and code, which Markdown needs to see the code.
    Lines are read one by one, since unseen code hides where the next code begins.
    """
    made: list[str] = []
    fence = ""
    for line in text.split("\n"):
        before, fence = fence, fence_after(line, fence)
        if fence and not before and made and _BOX.fullmatch(made[-1]):
            made.append("")
        made.append(line)
    return "\n".join(made)


def _aired(text: str) -> str:
    """The text with empty lines around the content of each `<details markdown="1">`. MkDocs and
    Jekyll read Markdown there even without empty lines.
    """
    if _MARKED_DOWN.search(text) is None:
        return text
    text = replaced(_SUMMED, lambda match: f"{match[1]}\n\n", text)
    return replaced(_LAST_LINE, lambda match: f"\n\n{match[1]}", text)


def _unwrapped(text: str) -> str:
    """The text without boxes around code: directly after their tag, Markdown would not see the
    code.
    """
    if "<div>" not in text:
        return text
    lines, opened = text.split("\n"), list[int]()
    wrapping: set[int] = set()
    for number, line in enumerate(without_code(text).split("\n")):
        tag = line.strip()
        if tag == "<div>" and fence_after("".join(lines[number + 2 : number + 3]), ""):
            wrapping.add(number)
        if tag.startswith("<div"):
            opened.append(number)
        if tag.endswith("</div>") and opened:
            begun = opened.pop()
            if begun in wrapping and tag == "</div>":
                lines[begun] = lines[number] = ""
    return "\n".join(lines)


def _changes(text: str, hidden: str) -> Iterator[tuple[int, int, str, str]]:
    """Every change to the HTML of a text, as the start, the end, the replacement, and the name of
    the element for the report. The name is "" for a change that nobody needs to know.
    """
    for match in _WHOLE.finditer(hidden):
        yield match.start(), match.end(), "", f"<{match[1].lower()}>"
    for match in _DECLARED.finditer(hidden):
        yield match.start(), match.end(), "", ""
    for match in _LIKE.finditer(hidden):
        if _AUTOMATIC.match(match[1]):
            continue
        if not _TAG.match(hidden, match.start()) or not _is_html(match[1]):
            yield match.start(), match.start() + 1, "&lt;", ""
    for match in _TAG.finditer(hidden):
        if not _is_html(match["name"]):
            continue
        new, name = _tag(text[match.start() : match.end()])
        if new != match.group() or name:
            yield match.start(), match.end(), new, name


def _is_html(name: str) -> bool:
    """Whether a word between `<` and `>` is an element; any other is a placeholder."""
    return name.lower() in ELEMENTS or name.lower() in _OTHERS


def _tag(whole: str) -> tuple[str, str]:
    """The replacement for an HTML tag ("" if no tag may stay), and the name of the element if the
    report must name it, else "".
    """
    match = _TAG.match(whole)
    if match is None:
        return whole, ""
    name, ends = match["name"].lower(), bool(match["end"])
    given = attributes(match["rest"])
    if name in FRAMES:
        address = given.get("src") or given.get("data") or ""
        if ends or not address:
            return "", ""
        label = given.get("title") or watched_at(address)
        target = watched_at(f"https:{address}" if address.startswith("//") else address)
        return f'<a href="{escape(target)}">{escape(label)}</a>', f"<{name}>"
    name = _BECOMES.get(name, name)
    if name == "h1":
        name = "h2"  # the title of the page is the only one above
    if name not in TAGS:
        return "", "" if name in _SILENT or ends else f"<{name}>"
    if ends:
        return f"</{name}>", ""
    allowed = (ATTRIBUTES["*"] | ATTRIBUTES.get(name, set())) - _DROPPED
    kept = {
        key: value
        for key, value in given.items()
        if key in allowed and not (key in ("href", "src") and _ACTS.match(value))
    }
    if name == "a" and "name" in given and "id" not in kept:
        kept["id"] = given["name"]
    flags = {key for key, value in kept.items() if key == "open"}
    written = "".join(
        f" {key}" if key in flags else f' {key}="{escape(value)}"' for key, value in kept.items()
    )
    return f"<{name}{written}>", ""


def without_tags(text: str) -> str:
    """The text without any tag, for HTML that cannot be put in order."""
    hidden = without_code(text)
    made, last = [], 0
    for match in _TAG.finditer(hidden):
        name = match["name"].lower()
        gap = (
            "\n\n" if name in ("p", "div", "tr", "li", "table", "br", "details", "summary") else ""
        )
        given = attributes(text[match.start("rest") : match.end("rest")])
        shown = given.get("href", "") if name == "a" else given.get("alt", "")
        made += [text[last : match.start()], f" {shown} " if shown else gap]
        last = match.end()
    return "".join([*made, text[last:]])
