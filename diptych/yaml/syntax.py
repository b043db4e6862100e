"""Explains syntax errors of YAML in plain words, with a corrected line if there is one.

The explanation comes from the text of the line. The parser's message would not help editors, since
it speaks of tokens and marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import yaml

from diptych.diagnostics import Diagnostic, Edit, Message, Source, error, say
from diptych.languages import LANGUAGES
from diptych.unseen import code_and_name

_TEXT_KEY = re.compile(r"(?P<head>\s*(?:- +)?[\w-]+:)(?: +(?P<value>[^\s|>\"'{\[&*!].*))?\s*$")
_NEAR = 4  # lines above an error in which a bar is looked for
_KEY = re.compile(r"\s*(?:- |[\w-]+:(?: |$))")
_BACK = 200  # lines above an error in which its cause is looked for
_ENTRY = re.compile(r"(?P<head>\s*(?:- +)?[^\s:#'\"\[{][^:#\[{]*:) +(?P<value>\S.*)")
_NO_SPACE = re.compile(r"(?P<head>\s*(?:- +)?[a-z][\w-]*):(?P<value>[^\s/:][^:]*)$")
_COLONLESS = re.compile(r"(?P<head>\s*(?:- +)?)(?P<key>[a-z][\w-]*)(?: +(?P<value>[^\s:=].*)| *)")
_KEYS = re.compile(r"^ *(?:- +)?([a-z][\w-]*):(?: |$)", re.MULTILINE)
_GLUED_HYPHEN = re.compile(r"( *)-([a-z][\w-]*:(?: .*|$))")
# pairs or a list of names, without the bracket that closes them
_OPENED = re.compile(r"\{ *[\w-]+: .*[^,]|\[ *[\w/-]+(?: *, *[\w/-]+)*")
# two values without the comma between them
_JOINED = re.compile(r"(?P<text>.*\S) (?P<key>[a-z]{2}): (?P<other>.*)")
_NEVER_CLOSED = say("this quotation is opened and never closed")
_OPEN_BRACKETS = {
    sign: say("`{sign}` is opened here and never closed", sign=sign) for sign in ("{", "[")
}
# sentences about something that may be closed on a later line
_MAY_END_LATER = (_NEVER_CLOSED, *_OPEN_BRACKETS.values())
_SMART = "“”«»‘’„"
_ELISION = re.compile(r"'(?:[a-z]|\d\d)\b(?!')", re.IGNORECASE)  # 's avonds, 'k weet, '68
# a quoted value that contains its own quotation mark: 'L'union', "een "ja" en"
_MARK_WITHIN = re.compile(r"""'[^']*\w'\w.*'|"(?:[^"]*[\s(])?"\w.*\"""")
_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # spaces that YAML takes for letters
_BEGIN = re.compile(rf"[ {_ODD}]*(?:-[ {_ODD}]+)*(?:[\w-]+:[ {_ODD}]+)?")
_WITHIN = re.compile(rf"(?<=[{{,])[ {_ODD}]*[\w-]+:[ {_ODD}]+")
_ODD_SPACE = re.compile(f"[{_ODD}]")
_ODD_VALUE = re.compile(f":[{_ODD}]")
UNREADABLE = (yaml.YAMLError, ValueError, OverflowError)  # the last two of PyYAML: see _BEYOND
_BEYOND = re.compile(  # no character has this number, and PyYAML (6.0.3) asks Python for it
    r"\\U(?!0010|000)[0-9a-fA-F]{8}"
)
_BLOCK = re.compile(r"( *+).*(?::|-) +[|>][-+0-9]* *(?:#.*)?$")


def is_odd_key(text: str) -> bool:
    """Whether a key has an odd space (a space that YAML takes for a letter) at its beginning, after
    a hyphen at its beginning, or after a colon. Nobody writes such a key on purpose.
    """
    return bool(_ODD_SPACE.match(text.lstrip("-")) or _ODD_VALUE.search(text))


def odd_spaces(source: Source, start: int, text: str) -> Iterator[Diagnostic]:
    """yaml-syntax: a line has an odd space (a space that YAML takes for a letter) at its beginning,
    after a hyphen or after a colon. The lines of a text below a bar (`|`) are left out.

    Word processors and websites write odd spaces, above all the non-breaking space.
    """
    number, _ = source.position(start)
    depth: int | None = None  # of the key whose text continues below it
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and (indent > depth or not line.strip()):
            number += 1
            continue
        block = _BLOCK.match(line)
        depth = len(block[1]) if block else None
        yield from _odd_line(source, number, line)
        number += 1


def _odd_line(source: Source, number: int, line: str) -> Iterator[Diagnostic]:
    begin = _BEGIN.match(line)
    assert begin is not None
    spaced = _ODD_SPACE.sub(" ", begin.group()) + line[begin.end() :]
    mended = _WITHIN.sub(lambda each: _ODD_SPACE.sub(" ", each.group()), spaced)
    if mended == line or not line.strip():
        return
    place = next(index for index, char in enumerate(line) if char != mended[index])
    code, name = code_and_name(line[place])
    where = source.line_start(number) + place
    message = say(
        "a {name} ({code}) stands here; YAML takes only plain spaces", name=name, code=code
    )
    edits = source.line_becomes(number, mended)
    yield error("yaml-syntax", source.span(where, where + 1), message, None, edits, True)


def explain_syntax(
    failure: Exception, source: Source, start: int, text: str, keys: frozenset[str] = frozenset()
) -> Diagnostic:
    """The diagnostic for the first part of `text` that YAML could not read.

    `start` is the offset of `text` in `source`, and `keys` are those that such a file may have. The
    place is that of the author's mistake if it can be found (often on the line before), else the
    parser's mark.
    """
    beyond = _BEYOND.search(text) if not isinstance(failure, yaml.YAMLError) else None
    if beyond is not None:
        message = say("no character has this number: {code}", code=beyond.group())
        place = source.span(start + beyond.start(), start + beyond.end())
        return error("yaml-syntax", place, message, say("write the character itself"))
    offset = _offset(failure, text)
    number, _ = source.position(start + offset)
    first, _ = source.position(start)
    colonless = _without_colon(source, start, number, keys)
    if colonless is not None:
        return colonless
    barless = _without_bar(source, start, number)
    if barless is not None:
        return barless
    for line in (number, number - 1):
        if line < first:
            break
        if "\t" in _indentation(source.line(line)):
            return _tab_indents(source, start, line)
        explained = _explain_line(source.line(line))
        if explained is not None:
            message, fixed = explained
            edits = source.line_becomes(line, fixed) if fixed and _readable(fixed.lstrip()) else ()
            span = source.line_span(line)
            certain = bool(edits) and message not in _MAY_END_LATER
            return error("yaml-syntax", span, message, None, edits, certain)
    opened = _opened_above(source, start, number)
    if opened is not None:
        return opened
    span = source.span(start + offset)
    if text[offset : offset + 1] == "\t":
        message = say("a tab stands here; YAML takes only spaces")
        edits = source.line_becomes(number, source.line(number).replace("\t", " "))
        return error("yaml-syntax", span, message, None, edits, True)
    aligned = _aligned(source, start, number)
    if aligned:
        message = say("this line is not indented like those that belong with it")
        span = source.line_span(number)
        return error("yaml-syntax", span, message, None, aligned)
    shallow = _shallow_text(source, start, number)
    if shallow is not None:
        return shallow
    outdented = _outdented_text(source, start, number)
    if outdented is not None:
        return outdented
    message, hint = _generic(failure)
    return error("yaml-syntax", span, message, hint)


def _without_colon(
    source: Source, start: int, number: int, keys: frozenset[str]
) -> Diagnostic | None:
    """The error for a key without its colon, in the line where YAML stopped or in the line above it.

    The first word of a line is taken for a key if three things hold: YAML can read the lines once the
    word has a colon; the file may have that key, or another line has it; a key or nothing follows in
    the next line. A word alone in its line is taken for a key if a key is indented below it.
    """
    known = keys.union(_KEYS.findall(source.text))
    first, _ = source.position(start)
    lines = [line for line in range(first, number + 1) if source.line(line).strip()]
    for line in lines[-2:]:
        written = _COLONLESS.fullmatch(source.line(line))
        below = source.line(next((each for each in lines if each > line), number + 1))
        following = _KEYS.match(below)
        if written is None or (below.strip("-") and (not following or following[1] not in known)):
            continue
        inside = following and len(_indentation(below)) > len(written["head"])
        if bool(inside) != (written["value"] is None) or (
            not inside and written["key"] not in known
        ):
            continue
        fixed = f"{written['head']}{written['key']}: {(written['value'] or '').rstrip()}".rstrip()
        if not _readable(fixed.lstrip()):
            fixed = f"{written['head']}{written['key']}: {quoted(written['value'].rstrip())}"
        rest = [source.line(each) for each in range(line + 1, number + 1)]
        if _readable("\n".join([*_above(source, start, line), fixed, *rest])):
            message = say("a colon is missing after `{key}`", key=written["key"])
            edits = source.line_becomes(line, fixed)
            return error("yaml-syntax", source.line_span(line), message, None, edits)
    return None


def _without_bar(source: Source, start: int, number: int) -> Diagnostic | None:
    """The error for a text of several lines below a key without the bar (`|`) that it needs."""
    first, _ = source.position(start)
    while number > first and not source.line(number).strip():
        number -= 1
    depth, line = len(_indentation(source.line(number))), number
    if len(_indentation(source.line(number + 1))) <= depth:  # the complaint is within the text
        above = range(number - 1, max(first, number - _BACK) - 1, -1)
        less = (
            each
            for each in above
            if source.line(each).strip() and len(_indentation(source.line(each))) < depth
        )
        line = next(less, 0)
    key, below = _TEXT_KEY.match(source.line(line)), source.line(line + 1)
    indent = _indentation(below)
    if key is None or not below.strip() or len(indent) <= len(_indentation(source.line(line))):
        return None
    if line < first or _KEY.match(below):
        return None
    value = f"\n{indent}{key['value'].strip()}" if key["value"] else ""
    fixed = f"{key['head']} |{value}"
    rest = [source.line(each) for each in range(line + 1, number + 2)]
    rest = list(takewhile(lambda each: not each.strip() or each.startswith(indent), rest))
    if not _readable("\n".join([*_above(source, start, line), fixed, *rest])):
        return None
    message = say("this text goes on below its key, so an upright bar stands behind the key")
    edits = source.line_becomes(line, fixed)
    return error("yaml-syntax", source.line_span(line), message, None, edits)


def _shallow_text(source: Source, start: int, number: int) -> Diagnostic | None:
    """The error for a text below a bar (`|`) that is not indented further than its key."""
    first, _ = source.position(start)
    for line in range(number - 1, max(first, number - _NEAR) - 1, -1):
        bar, below = _BLOCK.match(" " + source.line(line)), line + 1
        if bar is None or not source.line(below).strip():
            continue
        depth = len(bar[1]) - 1
        if len(_indentation(source.line(below))) > depth:
            return None
        wrong = takewhile(
            lambda each: source.line(each).strip() and not _KEY.match(source.line(each)),
            range(below, below + _BACK),
        )
        edits = tuple(
            edit
            for each in wrong
            for edit in source.line_becomes(each, " " * (depth + 2) + source.line(each).lstrip())
        )
        message = say("this text is not indented further than the key above it")
        return error("yaml-syntax", source.line_span(below), message, None, edits)
    return None


def _outdented_text(source: Source, start: int, number: int) -> Diagnostic | None:
    """The error for a text below a bar (`|`) with lines that are indented less than its first line."""
    first, _ = source.position(start)
    bar, line = None, number
    while bar is None and line > max(first, number - _BACK):
        line -= 1
        bar = _BLOCK.match(source.line(line))
    if bar is None:
        return None
    indent = _indentation(source.line(line + 1))
    below = takewhile(
        lambda each: source.line(each).startswith(indent) or not _KEY.match(source.line(each)),
        range(line + 1, number + _BACK),
    )
    wrong = [
        each
        for each in below
        if source.line(each).strip() and not source.line(each).startswith(indent)
    ]
    edits = tuple(
        edit
        for each in wrong
        for edit in source.line_becomes(each, indent + source.line(each).lstrip())
    )
    message = say("this line is not indented like those that belong with it")
    return error("yaml-syntax", source.line_span(wrong[0]), message, None, edits) if wrong else None


def _opened_above(source: Source, start: int, number: int) -> Diagnostic | None:
    """The error for a value that begins with a quotation mark or an apostrophe, if YAML read the
    value and the lines below it as one quotation.
    """
    first, _ = source.position(start)
    for line in range(number - 1, max(first, number - _BACK) - 1, -1):
        written = source.line(line)
        entry = _ENTRY.match(written)
        sign = entry["value"][0] if entry else ""
        if entry is None or sign not in "\"'" or entry["value"].count(sign) > 1:
            continue
        fixed = f"{entry['head']} {quoted(entry['value'].rstrip())}"
        if _readable("\n".join([*_above(source, start, line), fixed])):
            message = say("a value that begins with {sign} needs quotes around it", sign=sign)
            edits = source.line_becomes(line, fixed)
            certain = bool(_ELISION.match(entry["value"]))
            return error("yaml-syntax", source.line_span(line), message, None, edits, certain)
    return None


def _aligned(source: Source, start: int, number: int) -> tuple[Edit, ...]:
    """The edit that aligns a key with the lines above it; no edit if YAML cannot read those lines."""
    is_key = re.match(r" *(?:- +)?[\w-]+:(?: |$)", source.line(number))
    if not is_key or not _readable("\n".join(_above(source, start, number))):
        return ()
    return _indented(source, start, number)


def _indented(source: Source, start: int, number: int) -> tuple[Edit, ...]:
    """The edit that gives a line the indentation of a line above it, so that YAML can read both."""
    above, line = _above(source, start, number), source.line(number)
    for depth in _depths(above):
        mended = " " * depth + line.lstrip()
        if mended != line and _readable("\n".join([*above, mended])):
            return source.line_becomes(number, mended)
    return ()


def _above(source: Source, start: int, number: int) -> list[str]:
    """The lines of a document above a line of the file. The document begins at the offset `start`."""
    return source.text[start : source.line_start(number)].split("\n")[:-1]


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _tab_indents(source: Source, start: int, number: int) -> Diagnostic:
    """The error for a line with a tab as indentation. The correction has spaces that fit the lines
    above.
    """
    message = say("a tab indents this line; YAML takes only spaces")
    edits = _indented(source, start, number)
    return error("yaml-syntax", source.line_span(number), message, None, edits, bool(edits))


def _depths(above: list[str]) -> Iterator[int]:
    """The possible indentations of a line (numbers of spaces), the likeliest first: inside the
    block above the line, then level with that block.
    """
    filled = [line for line in above if line.strip()]
    for line in reversed(filled[-20:]):
        item = re.match(r"(\s*)(- +)?", line)
        assert item is not None
        beside = len(item[0])
        if line is filled[-1] and line.rstrip().endswith((":", "|", ">")):
            yield beside + 2
        yield from (beside, len(item[1]))
    yield 2


def _offset(failure: Exception, text: str) -> int:
    """The offset at which the parser stopped, or at which an unclosed quotation began."""
    if isinstance(failure, yaml.MarkedYAMLError):
        mark = failure.problem_mark
        if failure.context and "quoted scalar" in failure.context and failure.context_mark:
            mark = failure.context_mark
        if mark is not None:
            return min(int(mark.index), len(text))
    return min(int(getattr(failure, "position", 0) or 0), len(text))


def _explain_line(line: str) -> tuple[Message, str | None] | None:
    """A message and the corrected line for a classic mistake, or None."""
    hyphen = _GLUED_HYPHEN.match(line)
    if hyphen is not None:
        return say("a space is missing after the hyphen"), f"{hyphen[1]}- {hyphen[2]}"
    entry = _ENTRY.match(line)
    if entry is not None:
        return None if _readable(line) else _explain_value(entry["head"], entry["value"].rstrip())
    glued = _NO_SPACE.match(line)
    if glued is not None:
        fixed = f"{glued['head']}: {glued['value']}"
        return say("a space is missing after the colon"), fixed
    return None


def _readable(line: str) -> bool:
    """Whether the line alone is allowed YAML: then the mistake is not in its value."""
    try:
        for event in yaml.parse(line, Loader=yaml.SafeLoader):
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                return False
    except UNREADABLE:
        return False
    return True


def _explain_value(head: str, value: str) -> tuple[Message, str | None] | None:
    fixed = f"{head} {quoted(value)}"
    if value[0] in "\"'" and not _ELISION.match(value):
        return _explain_quotation(head, value)
    if value[0] == "{" and value[-1] == "}":
        return _explain_pairs(head, value)
    closed = value + ("}" if value[0] == "{" else "]")
    if _OPENED.fullmatch(value) and _readable(f"{head.lstrip()} {closed}"):
        return _OPEN_BRACKETS[value[0]], f"{head} {closed}"
    if re.search(r":(\s|$)", value):
        message = say("this value holds a colon followed by a space, so it needs quotes around it")
        return message, None if value[0] in "{[" and value[-1] in "}]" else fixed
    if value[0] in "'@`%&*!|>{}[],#?-":
        message = say("a value that begins with {sign} needs quotes around it", sign=value[0])
        return message, fixed
    return None


def _explain_pairs(head: str, value: str) -> tuple[Message, str | None] | None:
    """A message and the corrected line for values between braces, such as `{nl: a value, fr:
    another}`. A comma separates two values if a key follows the comma.
    """
    message, fixed = None, []
    for part in re.split(r", *(?=[\w-]+: )", value[1:-1]):
        key, _, text = part.partition(": ")
        if not re.fullmatch(r" *[\w-]+", key):
            return None
        joined = _JOINED.match(text)
        if joined is not None and joined["key"] in LANGUAGES:
            message = message or say("a comma is missing before `{key}`", key=joined["key"])
            part = f"{key}: {joined['text']}, {joined['key']}: {joined['other']}"
        elif text.strip() and not _readable(f"{{{part}}}"):
            explained = _explain_value(f"{key}:", text.strip())
            message = message or (explained[0] if explained else None)
            part = f"{key}: {quoted(text.strip())}"
        fixed.append(part)
    line = f"{head} {{{', '.join(fixed)}}}"
    return (message, line) if message is not None and _readable(line.lstrip()) else None


def _explain_quotation(head: str, value: str) -> tuple[Message, str | None]:
    """A message and the corrected line for a value that begins with a quotation mark."""
    sign = value[0]
    if value.count(sign) == 1:
        return _NEVER_CLOSED, f"{head} {value}{sign}"
    if sign == '"' and value.count('"') == 2 and value[-1] == '"' and "\\" in value:
        message = say("between double quotes a backslash must be written twice")
        return message, f"{head} {quoted(value[1:-1])}"
    if _MARK_WITHIN.fullmatch(value):
        message = say(
            "the same mark stands between these quotation marks, and ends the value there"
        )
        return message, f"{head} {quoted(value[1:-1])}"
    message = say("something stands after the closing quotation mark")
    return message, f"{head} {quoted(value)}"


def quoted(value: str) -> str:
    """The value in quotes for YAML; quotes inside it are kept."""
    bare = value.strip(_SMART).strip() if value[:1] in _SMART and value[-1:] in _SMART else value
    if '"' in bare and "'" not in bare:
        return f"'{bare}'"
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _generic(failure: Exception) -> tuple[Message, Message]:
    """A message and a hint for an error that none of the explanations fits."""
    if isinstance(failure, yaml.reader.ReaderError):
        return say("a character stands here that YAML does not allow"), say("take it out")
    hint = say(
        "look at this line and the one above: a missing colon, a quotation mark that is "
        "not closed, or lines that are not indented alike"
    )
    return say("YAML cannot read this line"), hint
