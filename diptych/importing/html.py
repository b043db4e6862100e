"""Turns HTML of other programs into Markdown. Only this module imports markdownify, and Beautiful
Soup for it.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from markdownify import ATX, BACKSLASH, MarkdownConverter

from diptych.importing.films import watched_at
from diptych.importing.old_file import is_picture

_GONE = ("script", "style", "noscript", "template", "head")
_LINES = re.compile(r"\n{3,}")
_TITLES = re.compile(r"^(#{1,6} .*?)[ \t]+$", re.MULTILINE)


class _Converter(MarkdownConverter):
    """The converter of the library, with our rules."""

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A picture with its caption, on a line of its own; any other figure becomes its content."""
        pictures, caption = el.find_all("img"), el.find("figcaption")
        if len(pictures) != 1 or el.find("table") or el.find("figure"):
            return f"\n\n{text.strip()}\n\n"
        words = " ".join(caption.get_text(" ", strip=True).split()) if caption else ""
        picture, link = pictures[0], pictures[0].find_parent("a")
        alt = _one_line(str(picture.get("alt") or ""))
        target = str(picture.get("src") or "")
        linked = str(link.get("href") or "") if link else ""
        own = is_picture(linked)
        shown = words.replace('"', "”")
        title = f' "{shown}"' if words and (not linked or own) else ""
        made = f"![{alt}]({target}{title})"
        if linked and not own:
            below = re.sub(r"([*_])", r"\\\1", words)
            made = f"[{made}]({linked})" + (f"\n\n{below}" if words else "")
        return f"\n\n{made}\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A line end; in code it is nothing more."""
        if parent_tags & {"pre", "code"}:
            return "\n"
        return " " if "_inline" in parent_tags else "\\\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A picture, also where the library would keep only its words."""
        return f"![{_one_line(str(el.get('alt') or ''))}]({el.get('src') or ''})"

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A passage that folds; one without a summary, or in a table, is its content."""
        summary = el.find("summary", recursive=False)
        if summary is None or "_inline" in parent_tags:
            return f"\n\n{text.strip()}\n\n"
        words = " ".join(summary.decode_contents().split())
        flag = " open" if el.has_attr("open") else ""
        return (
            f"\n\n<details{flag}>\n<summary>{words}</summary>\n\n{text.strip()}\n\n</details>\n\n"
        )

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Nothing, since the passage shows it; bold words where none folds."""
        folds = (
            el.parent is not None and el.parent.name == "details" and "_inline" not in parent_tags
        )
        return "" if folds or not text.strip() else f"\n\n**{text.strip()}**\n\n"

    def convert_caption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link in place of an embedded page of another site."""
        source = el.find("source")
        sent = el.get("src") or el.get("data") or (source.get("src") if source else "")
        target = watched_at(str(sent or ""))
        words = str(el.get("title") or "") or target
        return f"\n\n[{words}]({target})\n\n" if target else text

    convert_embed = convert_object = convert_audio = convert_video = convert_iframe


def markdown_of(html: str) -> str:
    """The Markdown of a piece of HTML, with every word of it. A head, scripts and comments are
    dropped.
    """
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(_GONE):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    options: dict[str, Any] = {
        "heading_style": ATX,
        "bullets": "-",
        "newline_style": BACKSLASH,
        "escape_misc": False,
        "autolinks": False,
        "sub_symbol": "<sub>",
        "sup_symbol": "<sup>",
        "table_infer_header": True,
    }
    text = str(_Converter(**options).convert_soup(soup))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _LINES.sub("\n\n", _TITLES.sub(r"\1", text)).strip() + "\n"


def _one_line(words: str) -> str:
    return " ".join(words.replace("[", "(").replace("]", ")").split())
