"""YAML's own complaints, in words and with a line that an editor can use.

Judged by the text of the line and not by the parser's message, which speaks of tokens and marks.
"""

from __future__ import annotations

import re

import yaml

from diptych.diagnostics import Diagnostic, Message, Severity, Source, say

_ENTRY = re.compile(r"(?P<head>\s*(?:- +)?[^\s:#'\"\[{][^:#]*:) +(?P<value>\S.*)")
_NO_SPACE = re.compile(r"(?P<head>\s*(?:- +)?[a-z][\w-]*):(?P<value>[^\s/:][^:]*)$")
_SMART = "“”«»‘’„"
_ELISION = re.compile(r"'(?:[a-z]|\d\d)\b", re.IGNORECASE)  # 's avonds, 'k weet, '68


def explain_syntax(error: yaml.YAMLError, source: Source, start: int, text: str) -> Diagnostic:
    """The diagnostic for the first thing that YAML could not read in `text`.

    `start` is where `text` begins in `source`. The place is that of the author's slip where it
    can be told (the line before the parser's complaint, often), else the parser's own mark.
    """
    offset = _offset(error, text)
    number, _ = source.position(start + offset)
    first, _ = source.position(start)
    for line in (number, number - 1):
        if line < first:
            break
        explained = _explain_line(source.line(line))
        if explained is not None:
            message, hint, fix = explained
            mended = fix if fix is not None and _readable(fix.lstrip()) else None
            span = source.line_span(line)
            return Diagnostic("yaml-syntax", Severity.ERROR, span, message, hint, mended)
    if text[offset : offset + 1] == "\t":
        message, fix = say("a tab stands here; YAML takes only spaces"), source.line(number)
        fix = fix.replace("\t", " ")
        return Diagnostic("yaml-syntax", Severity.ERROR, source.span(start + offset), message, None, fix)
    message, hint = _generic(error)
    return Diagnostic("yaml-syntax", Severity.ERROR, source.span(start + offset), message, hint)


def _offset(error: yaml.YAMLError, text: str) -> int:
    """Where the parser stopped; where a quotation began, when that one was never closed."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark
        if error.context and "quoted scalar" in error.context and error.context_mark:
            mark = error.context_mark
        if mark is not None:
            return min(int(mark.index), len(text))
    return min(int(getattr(error, "position", 0) or 0), len(text))


def _explain_line(line: str) -> tuple[Message, Message | None, str | None] | None:
    """A sentence, a hint and the corrected line for the classic slips, or None."""
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        fixed = indentation.replace("\t", "  ") + line.lstrip()
        return say("a tab indents this line; YAML takes only spaces"), None, fixed
    entry = _ENTRY.match(line)
    if entry is not None:
        return None if _readable(line) else _explain_value(entry["head"], entry["value"].rstrip())
    glued = _NO_SPACE.match(line)
    if glued is not None:
        fixed = f"{glued['head']}: {glued['value']}"
        return say("a space is missing after the colon"), None, fixed
    return None


def _readable(line: str) -> bool:
    """Whether the line is YAML by itself: then the slip is not in its value."""
    try:
        for _ in yaml.parse(line, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError:
        return False
    return True


def _explain_value(head: str, value: str) -> tuple[Message, Message | None, str | None] | None:
    fixed = f"{head} {quoted(value)}"
    if value[0] in "\"'" and not _ELISION.match(value):
        return _explain_quotation(head, value)
    if re.search(r":(\s|$)", value):
        message = say("this value holds a colon followed by a space, so it needs quotes around it")
        return message, None, None if value[0] in "{[" and value[-1] in "}]" else fixed
    if value[0] in "'@`%&*!|>{}[],#?-":
        message = say("a value that begins with {sign} needs quotes around it", sign=value[0])
        return message, None, fixed
    return None


def _explain_quotation(head: str, value: str) -> tuple[Message, Message | None, str | None]:
    sign = value[0]
    if value.count(sign) == 1:
        return say("this quotation is opened and never closed"), None, f"{head} {value}{sign}"
    if sign == '"' and value.count('"') == 2 and value[-1] == '"' and "\\" in value:
        message = say("between double quotes a backslash must be written twice")
        return message, None, f"{head} {quoted(value[1:-1])}"
    message = say("something stands after the closing quotation mark")
    return message, None, f"{head} {quoted(value)}"


def quoted(value: str) -> str:
    """The value between quotes, ready for YAML; those that already stand in it are kept."""
    bare = value.strip(_SMART).strip() if value[:1] in _SMART and value[-1:] in _SMART else value
    if '"' in bare and "'" not in bare:
        return f"'{bare}'"
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _generic(error: yaml.YAMLError) -> tuple[Message, Message]:
    if isinstance(error, yaml.reader.ReaderError):
        return say("a character stands here that YAML does not allow"), say("take it out")
    hint = say(
        "look at this line and the one above: a missing colon, a quotation mark that is "
        "not closed, or lines that are not indented alike"
    )
    return say("YAML cannot read this line"), hint
