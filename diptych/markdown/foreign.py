"""Finds marks of other programs, which readers see as they were typed: shortcodes, includes, tabs, names
of emoji, formulas, bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Message, Source, line_at, say, warning
from diptych.markdown.blocks import Node
from diptych.markdown.places import MarkdownText, line_offsets
from diptych.model import Block

_TAKE_OUT = say("take it out, or write it in Markdown")
_NO_PLACEHOLDERS = say("nothing is filled in here: write the words that readers should see")
_SOURCE = say("take it out; a source stands in a footnote, or is a link")
_FIGURE = re.compile(r"""\bsrc=["']?([^"'\s>]+)""")
_ALT = re.compile(r"""\b(?:alt|caption|title)=["']([^"']*)""")
_SHORTCODE = re.compile(r"\{\{[<%][^\n]{0,400}?[>%]\}\}|\{%[^\n]{0,400}?%\}|\{\{[^{}\n]{1,200}\}\}")
# a shortcode of WordPress: `[/vc_row]`, `[gallery ids="1,2"]`, `[vc_row]`; `[note]` may be plain text
_BRACKETS = re.compile(
    r"\[(?<!\\\[)(/?)([a-z][\w-]*)((?:\s+[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\]\n]+))*)\s*/?\](?![(:{])"
)
# the name of a reference link, in the line that gives its address
_DEFINED = re.compile(r"\[([a-z][\w-]*)\]:")
# marks of sources in the answers of chatbots
CITED = re.compile(r":contentReference\[oaicite:\d+\](?:\{index=\d+\})?|【\d+[†:][^】\n]{0,80}】")
_EXPRESSION = re.compile(r"\{\{(?![<%])")
# Each pattern begins with a literal sign, since `re` finds a literal quickly. So a lookbehind that tests
# the text before the sign comes after the sign, and contains it. Together with the patterns of `slips`,
# this saves a tenth of the time of a conversion.
_PLACEHOLDER = re.compile(  # a placeholder of a template or a catalog, even with a missing brace
    r"[$%{](?:(?<=\$)\{[\w. ]{1,80}\}|(?<=%)\(\w{1,40}\)[sd]|(?<=\{)(?:#[^#{}\n]{0,200}#\}"
    r"|\{[^{}\n]{1,80}\}(?!\})|(?<!\{\{) ?[\w.]{1,80} ?\}\}"
    r"|(?<![{$]\{) ?(?:site|page|view|organisation)\.\w{1,40} ?\}))"
)
_FOLDED = re.compile(r'^ *\?\?\?\+? +([\w-]+)(?: +"([^"\n]*)")? *$', re.MULTILINE)
_TAB = re.compile(r'^ *===[+!]? +"([^"\n]+)" *$', re.MULTILINE)
_FENCED_DIV = re.compile(r"^ *:::+ *(?:\{[^}\n]*\}|[\w-]+)?.*$", re.MULTILINE)
_EMOJI = re.compile(r":(?<![\w:]:)([a-z0-9_+-]{2,40}):(?![\w:])")
_MARKED = re.compile(r"==(?<![=\w]==)(?=[^\s=])([^=\n]*[^\s=])==(?![=\w])")
# An inline formula must contain one of the characters `\ ^ _ =`, since `$5 or $6` are prices.
_FORMULA = re.compile(
    r"\$(?<![\w\\$]\$)(?:\$(?:(?=[^\s$])|(?=[^$]{0,400}[\\^_=]))[^$]{1,400}\$\$"
    r"|(?=[^\s$])(?=[^$\n]{0,200}[\\^_=])[^$\n]{1,200}(?<!\s)\$)(?![\w$])"
)
# Bullets of lists in Word and in e-mail. A dash or a middle dot can also begin a line that is in no
# list, so it counts only if several lines of one paragraph begin with it. The linter takes some of these
# signs for a comma or a letter (RUF001).
_BULLET = re.compile(r"[ \t]*([•‣⁃◦▪▫●○■□➢➤❖]|[·–—](?=[ \t]))[ \t]*(?=\S)")  # noqa: RUF001
_DOUBTFUL = "·–—"  # the signs of `_BULLET` that can begin a line in no list
_BROKEN = ("  ", "\\")  # the ends of a line after which Markdown breaks the line
# languages of code blocks that GitHub shows as drawings
_DRAWN = {"geojson", "math", "mermaid", "stl", "topojson"}


def find_foreign_marks(text: MarkdownText) -> Iterator[Diagnostic]:
    """The marks of other programs in the Markdown of a file.

    Diagnostics: foreign-mark.
    """
    source, start, prose = text.source, text.start, text.prose
    for match in _SHORTCODE.finditer(prose, start):
        if _EXPRESSION.match(match.group()):
            yield _foreign(source, match, "…", _NO_PLACEHOLDERS)
        else:
            yield _foreign(source, match, _picture_of(match.group()), _TAKE_OUT)
    for match in CITED.finditer(prose, start):
        yield _foreign(source, match, "", _SOURCE)
    for marks in shortcodes(text):
        yield _in_brackets(source, marks)
    for match in _PLACEHOLDER.finditer(prose, start):
        yield _foreign(source, match, "…", _NO_PLACEHOLDERS)
    for match in _FOLDED.finditer(prose, start) if "???" in prose else ():
        title = f' "{match[2]}"' if match[2] is not None else ""
        hint = say("a notice begins with `!!!`, or is a quotation that begins with `[!NOTE]`")
        yield _foreign(source, match, f"!!! {match[1]}{title}", hint)
    for match in _TAB.finditer(prose, start) if "===" in prose else ():
        hint = say("give each part a heading; tabs hide what readers search for")
        yield _foreign(source, match, f"### {match[1]}", hint)
    for match in _FENCED_DIV.finditer(prose, start) if ":::" in prose else ():
        yield _foreign(source, match, "", _TAKE_OUT)
    for match in _MARKED.finditer(prose, start):
        hint = say("words are highlighted by `<mark>`")
        yield _foreign(source, match, f"<mark>{match[1]}</mark>", hint)
    for match in _FORMULA.finditer(prose, start) if "$" in prose else ():
        hint = say("GitHub shows a formula here: write it in words, or show a picture of it")
        yield _foreign(source, match, None, hint)
    if _EMOJI.search(prose, start):
        signs = _emoji()
        for match in _EMOJI.finditer(prose, start):
            if match.group() in signs:
                yield _foreign(source, match, signs[match.group()], say("write the sign itself"))
    for block in text.blocks if not text.inline else ():
        if block.kind == "paragraph":
            yield from _bullets(source, block)
    for node in text.nodes:
        if node.kind == "code" and node.info:
            yield from _drawn(text, node)


def shortcodes(text: MarkdownText) -> Iterator[list[re.Match[str]]]:
    """The shortcodes of WordPress, one list for each line that has some."""
    found = list(_BRACKETS.finditer(text.prose, text.start))
    closed = {each[2] for each in found if each[1]}
    links = set(_DEFINED.findall(text.prose)) if found else set()
    lines: dict[tuple[int, int], list[re.Match[str]]] = {}
    end = -1  # the end of the shortcode before
    for each in found:
        follows = text.prose[each.start() - 1 : each.start()] == "]" and end != each.start()
        known = each[1] or each[3] or "_" in each[2] or each[2] in closed
        if known and not follows and each[2] not in links:
            lines.setdefault(line_at(text.prose, each.start()), []).append(each)
            end = each.end()
    yield from lines.values()


def _in_brackets(source: Source, marks: list[re.Match[str]]) -> Diagnostic:
    """foreign-mark: the shortcodes of a line. The edits delete them, and keep the text between
    them.
    """
    span = source.span(marks[0].start(), marks[-1].end())
    message = say(
        "`{mark}` is a mark of another tool, and readers see it as it stands",
        mark=" ".join(marks[0].group().split()),
    )
    edits = tuple(edit for each in marks for edit in source.span(*each.span()).becomes(""))
    return warning("foreign-mark", span, message, _TAKE_OUT, edits)


def _foreign(
    source: Source, match: re.Match[str], instead: str | None, hint: Message
) -> Diagnostic:
    """foreign-mark: a mark of another tool. `instead` is the text to write for it; None if it is not
    known.
    """
    span = source.span(*match.span())
    mark = " ".join(match.group().split())
    message = say("`{mark}` is a mark of another tool, and readers see it as it stands", mark=mark)
    edits = span.becomes(instead) if instead is not None else ()
    return warning("foreign-mark", span, message, hint, edits)


def _bullets(source: Source, block: Block) -> Iterator[Diagnostic]:
    """foreign-mark: a paragraph whose lines begin with bullets. Markdown reads no list there, and the
    page shows the lines as one text.
    """
    lines = block.text.split("\n")
    begun = [(number, mark) for number, line in enumerate(lines) if (mark := _BULLET.match(line))]
    if not begun:
        return
    first, found = begun[0]
    doubtful = found[1] in _DOUBTFUL
    run_on = not any(line.endswith(_BROKEN) for line in lines[first:-1])
    if doubtful and (len(begun) < 2 or not run_on or {mark[1] for _, mark in begun} != {found[1]}):
        return
    offsets = line_offsets(block.text, block.span.start)
    span = source.span(offsets[first] + found.start(1), offsets[first] + found.end(1))
    message = say(
        "`{mark}` makes no list: the lines below one another become one text", mark=found[1]
    )
    if len(begun) == 1:
        message = say("`{mark}` makes no list: readers see it as it stands", mark=found[1])
    edits = tuple(
        edit
        for number, mark in begun
        for edit in source.span(offsets[number], offsets[number] + mark.end()).becomes("- ")
    )
    hint = say("each line of a list begins with `-` and a space")
    if found[1] in "–—":
        hint = say(
            "a list has `-` and a space before each line; a dialogue has an empty line between two"
        )
    certain = len(begun) > 1 and not doubtful
    yield warning("foreign-mark", span, message, hint, edits, certain)


def _drawn(text: MarkdownText, node: Node) -> Iterator[Diagnostic]:
    """foreign-mark: a block of code that GitHub shows as a drawing or a formula."""
    kind = node.info.split()[0]
    if kind in _DRAWN:
        message = say("GitHub draws this block of `{kind}`, and readers see its code", kind=kind)
        hint = say("show a picture of it, and say in words what it shows")
        yield warning("foreign-mark", text.line_span(node.first), message, hint)


def _picture_of(shortcode: str) -> str:
    """The Markdown of a picture in a shortcode; "" for any other shortcode."""
    address, alt = _FIGURE.search(shortcode), _ALT.search(shortcode)
    if address is None or not re.match(r"\{\{[<%] *(figure|img|image)\b", shortcode):
        return ""
    return f"![{alt[1] if alt else '…'}]({address[1]})"


def _emoji() -> dict[str, str]:
    """The emoji by their names on GitHub. The table is loaded only for a text that may contain such
    a name.
    """
    from pymdownx.gemoji_db import emoji

    return {
        name: "".join(chr(int(part, 16)) for part in each["unicode"].split("-"))
        for name, each in emoji.items()
        if each.get("unicode")
    }
