"""Finds incomplete marks in Markdown, such as a footnote without its text, an unclosed tag, or a
space inside the brackets of a link.

Python-Markdown reports no errors: a mark that it does not understand stays in the text. So this
module looks for such marks in the text, outside of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from diptych.diagnostics import Diagnostic, Source, error, line_at, nearest, say, warning
from diptych.languages import rules_of
from diptych.markdown.foreign import find_foreign_marks, shortcodes
from diptych.markdown.leftovers import find_leftovers
from diptych.markdown.places import MarkdownText
from diptych.markdown.safety import TAGS
from diptych.model import Block
from diptych.values import words

_NUMBERED = re.compile(r" {0,3}(\d{1,9})[.)] +\S")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")
_VOID = {"br", "hr", "img"}
_MAY_STAY_OPEN = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"}  # HTML
_INLINE = words("a abbr b cite code del dfn em i ins kbd mark q s small span strong sub sup time u")
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_NOTE_TEXT = re.compile(r"^ {0,3}\[\^([^\[\]]+)\]:", re.MULTILINE)
_NOTE_WITHOUT_COLON = re.compile(r"(?:^|(?<=\n)) {0,3}(?=\[\^([^\[\]\s]+)\] +\S)()", re.MULTILINE)
_SPACED_NOTE = re.compile(r"\[\^([^\[\]\s]+(?: +[^\[\]\s]+)+)\]")
# As in `foreign`, each pattern begins with a literal sign, and a lookbehind follows the sign.
_REFERENCE = re.compile(r"\[(?<!\\\[)([^\[\]\n]+)\]\[([^\[\]\n]*)\]")
_ADDRESS = re.compile(r"^ {0,3}\[([^\[\]^][^\[\]]*)\]:\s*\S", re.MULTILINE)
_TARGET = r"(?:page:|site:|https?:|mailto:|#|\.\./|/)[^()\[\]\s]*"
_APART = re.compile(rf"\[(?<![!\\]\[)[^\[\]\n]+\]( +)\({_TARGET}\)")
_EMPTY = re.compile(r"[!\[](?<!\\.)(?:(?<=!)\[|(?<=\[))[^\[\]\n]*\](\( *\))")
_SPACED = re.compile(
    r"\[(?<!\\\[)[^\[\]\n]*\]\(((?:https?://|mailto:|\.{0,2}/|#)[^\s()<>]*(?: +[^\s()<>\"']+)+"
    r"|[^\s()<>\"':][^\s()<>\":]*(?: +[^\s()<>\"'][^\s()<>\"]*)*? +[^\s()<>\"']*\.[a-zA-Z]\w{1,4})\)"
)
_SWAPPED = re.compile(rf"\(([^()\[\]\n]+)\)\[({_TARGET})\]")
_ADDRESS_START = re.compile(r"h(?=ttps?://\S)")
_NOT_PROSE = re.compile(
    r"\]\([^)\n]*\)|^ {0,3}\[[^\]\n]+\]:.*$|<[^<>\n]*>|https?://\S+|\{[^{}\n]*\}|\S+@\S+",
    re.MULTILINE,
)


def find_slips(text: MarkdownText, language: str, html: str) -> Iterator[Diagnostic]:
    """The mistakes in the Markdown of a file. `html` is the HTML of the Markdown.

    Diagnostics: swallowed-list, unclosed-code, unclosed-html, stray-tag, unknown-footnote,
    unknown-reference, link-brackets, missing-ligature, and those of `find_foreign_marks` and
    `find_leftovers`.
    """
    for block in text.blocks if not text.inline else ():
        if block.kind == "paragraph":
            yield from _swallowed(text.source, block)
    yield from _unclosed_code(text)
    yield from find_foreign_marks(text)
    yield from find_leftovers(text, html)
    yield from _ligatures(text, language)
    yield from _tags(text)
    if "[^" in text.plain:
        yield from _notes(text)
        yield from _spaced_notes(text)
    yield from _references(text)
    yield from _brackets(text)


def _lines(block: Block) -> Iterator[tuple[int, str]]:
    """Every line of a block with its offset in the file."""
    offset = block.span.start
    for line in block.text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _swallowed(source: Source, block: Block) -> Iterator[Diagnostic]:
    """swallowed-list: numbered lines that are read as part of a sentence. Inside a paragraph, a
    list can begin only with 1.
    """
    lines = list(_lines(block))
    for (offset, line), (_, below) in pairwise(lines[1:]):
        number, following = _NUMBERED.match(line), _NUMBERED.match(below)
        if number and following and int(following[1]) == int(number[1]) + 1:
            message = say("this list stands right below a line of text and becomes part of it")
            hint = say("put an empty line above the list")
            span = source.span(offset, offset + len(line))
            edits = source.span(offset, offset).becomes("\n")
            yield warning("swallowed-list", span, message, hint, edits)
            return


def _unclosed_code(text: MarkdownText) -> Iterator[Diagnostic]:
    source, offsets = text.source, text.offsets
    for node in text.nodes:
        if node.kind != "code" or not node.mark or node.closed:
            continue
        message = say("code begins here and never ends")
        hint = say("close it with {signs} on a line of its own", signs=node.mark)
        begin = offsets[node.first]
        # in most cases, the author meant the code to end at a blank line
        filled = takewhile(str.strip, node.lines)
        end = offsets[node.first + 1 + sum(1 for _ in filled)] - 1
        before = source.text[begin:end].partition(node.mark)[0]
        edits = source.span(end, end).becomes("\n" + re.sub(r"[^ >]", " ", before) + node.mark)
        yield error("unclosed-code", text.line_span(node.first), message, hint, edits)


def _tags(text: MarkdownText) -> Iterator[Diagnostic]:
    """unclosed-html: each start tag without an end tag that HTML requires. stray-tag: each end tag
    without a start tag. Tags that no text may have are left to unsafe-html.
    """
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(text.prose, text.start):
        name = tag[2].lower()
        if name not in TAGS or name in _VOID or tag.group().endswith("/>"):
            continue
        if not tag[1]:
            opened.append(tag)
        elif name in (each[2].lower() for each in opened):
            while (last := opened.pop())[2].lower() != name:
                if last[2].lower() not in _MAY_STAY_OPEN:
                    yield _unclosed(text, last)
        else:
            message = say("`{tag}` closes something that was never opened", tag=tag.group())
            hint = say("take it out, or write `{tag}` where it begins", tag=f"<{name}>")
            span = text.source.span(*tag.span())
            yield warning("stray-tag", span, message, hint, span.becomes(""))
    for tag in opened:
        yield _unclosed(text, tag)


def _unclosed(text: MarkdownText, tag: re.Match[str]) -> Diagnostic:
    source = text.source
    name = tag[2].lower()
    message = say("`{tag}` is opened here and never closed", tag=f"<{name}>")
    hint = say("write `{tag}` where it ends", tag=f"</{name}>")
    around = [each.span for each in text.blocks if each.span.start <= tag.start() < each.span.end]
    end, closing = len(source.text.rstrip()), f"\n</{name}>"
    if name in _INLINE and around:
        end, closing = around[0].end, f"</{name}>"
    edits = source.span(end, end).becomes(closing) if end >= tag.end() else ()
    return error("unclosed-html", source.span(*tag.span()), message, hint, edits)


def _notes(text: MarkdownText) -> Iterator[Diagnostic]:
    source, start, plain = text.source, text.start, text.plain
    known = {each[1] for each in _NOTE_TEXT.finditer(plain, start)}
    meant = {each[1]: each for each in _NOTE_WITHOUT_COLON.finditer(plain, start)}
    for note in _NOTE.finditer(plain, start):
        if note[1] in known:
            continue
        if note[1] in meant:
            if meant[note[1]].start(2) == note.start():
                message = say("the text of a footnote needs a colon behind its mark")
                edits = source.span(note.end(), note.end()).becomes(":")
                yield error("unknown-footnote", source.span(*note.span()), message, None, edits)
            continue
        near = nearest(note[1], known)
        message = say("there is no footnote `{id}` on this page", id=note[1])
        hint = say(
            "write its text at the end, on a line that begins with `{mark}`", mark=f"[^{note[1]}]:"
        )
        span, end = source.span(*note.span()), len(source.text.rstrip())
        edits = (
            span.becomes(f"[^{near}]")
            if near
            else source.span(end, end).becomes(f"\n\n[^{note[1]}]: …")
        )
        yield error("unknown-footnote", span, message, hint, edits)


def _spaced_notes(text: MarkdownText) -> Iterator[Diagnostic]:
    for note in _SPACED_NOTE.finditer(text.plain, text.start):
        message = say("the name of a footnote holds no space")
        hint = say("give it the same name, without a space, here and where its text stands")
        span, name = text.source.span(*note.span()), "-".join(note[1].split())
        yield error("unknown-footnote", span, message, hint, span.becomes(f"[^{name}]"))


def _references(text: MarkdownText) -> Iterator[Diagnostic]:
    source = text.source
    links = list(_REFERENCE.finditer(text.plain, text.start))
    addresses = _ADDRESS.finditer(text.plain, text.start) if links else ()
    known = {" ".join(each[1].lower().split()): each[1] for each in addresses}
    marks = {mark.start() for line in shortcodes(text) for mark in line} if links else ()
    for link in links:
        name = link[2] or link[1]
        if " ".join(name.lower().split()) in known or name.startswith("^"):
            continue
        if link.start() in marks or link.start(2) - 1 in marks:
            continue
        near = nearest(name.lower(), known)
        message = say("the address of `{name}` stands nowhere on this page", name=name)
        hint = say("write the address right behind the text, as in [the questions](page:faq)")
        end = len(source.text.rstrip())
        edits = (
            source.span(*link.span()).becomes(f"[{link[1]}][{known[near]}]")
            if near
            else source.span(end, end).becomes(f"\n\n[{name}]: …")
        )
        span = source.span(*link.span())
        yield warning("unknown-reference", span, message, hint, edits)


def _brackets(text: MarkdownText) -> Iterator[Diagnostic]:
    source, start, plain = text.source, text.start, text.plain
    for link in _APART.finditer(plain, start):
        message = say("a space stands between the text of this link and its address")
        hint = say("take the space out, or this is no link")
        span, edits = source.span(*link.span()), source.span(*link.span(1)).becomes("")
        yield warning("link-brackets", span, message, hint, edits, True)
    for link in _EMPTY.finditer(plain, start):
        message = say("this link leads nowhere")
        if link[0].startswith("!"):
            message = say("this picture has no address")
        hint = say("between the round brackets stands where it leads, as in page:faq or https://…")
        span, edits = source.span(*link.span()), source.span(*link.span(1)).becomes("(…)")
        yield warning("link-brackets", span, message, hint, edits)
    for link in _SPACED.finditer(plain, start):
        message = say("a space stands in this address, so this is no link")
        hint = say("an address ends at a space: write it as `%20`, or take it out")
        span = source.span(*link.span(1))
        edits = span.becomes("%20".join(link[1].split()))
        if link[1].startswith("mailto:"):
            hint, edits = say("an e-mail address holds no space"), ()
        elif "://" not in link[1]:
            hint = say("a name with spaces stands between `<` and `>`")
            edits = span.becomes(f"<{link[1]}>")
        yield warning("link-brackets", span, message, hint, edits)
    for link in _SWAPPED.finditer(plain, start):
        message = say("the round and the square brackets of this link have changed places")
        hint = say("the text stands between [ ], the address behind it between ( )")
        span = source.span(*link.span())
        edits = span.becomes(f"[{link[1]}]({link[2]})")
        yield warning("link-brackets", span, message, hint, edits, True)


def _ligatures(text: MarkdownText, language: str) -> Iterator[Diagnostic]:
    """missing-ligature: words that the language writes with a ligature (French œ). The author must
    write it, since typography never changes a letter.
    """
    source, prose = text.source, text.prose
    expression = rules_of(language).ligatures
    if not expression:
        return
    ended = _ADDRESS_START.sub("\0", prose)  # a word ends where an address begins
    begin = end = 0
    line = ""  # the line of the last word, with "\0" in place of each character that is not prose
    for match in re.compile(expression).finditer(ended, text.start):
        if match.start() >= end:
            begin, end = line_at(prose, match.start())
            line = _NOT_PROSE.sub(lambda part: "\0" * len(part.group()), prose[begin:end])
        if line[match.start() - begin] == "\0":
            continue
        sign = "Œ" if match[1].startswith("O") else "œ"
        message = say("this word is written with {sign}", sign=sign)
        span = source.span(*match.span(1))
        edits = span.becomes(sign)
        yield warning("missing-ligature", span, message, None, edits, True)
