"""YAML's own complaints, in words and with a line that an editor can use.

Judged by the text of the line and not by the parser's message, so that libyaml and the Python
parser, which word things differently, lead to the same diagnostic.
"""

from __future__ import annotations

import re

import yaml

from diptych.diagnostics import Diagnostic, Message, Severity, Source, say

_ENTRY = re.compile(r"(?P<head>\s*(?:- +)?[^\s:#'\"\[{][^:#]*:) +(?P<value>\S.*)")
_NO_SPACE = re.compile(r"(?P<head>\s*(?:- +)?[a-z][\w-]*):(?P<value>[^\s/:][^:]*)$")
_SMART = "“”«»‘’„"


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
            span = source.line_span(line)
            return Diagnostic("yaml-syntax", Severity.ERROR, span, message, hint, fix)
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
        return _explain_value(entry["head"], entry["value"].rstrip())
    glued = _NO_SPACE.match(line)
    if glued is not None:
        fixed = f"{glued['head']}: {glued['value']}"
        return say("a space is missing after the colon"), None, fixed
    return None


def _explain_value(head: str, value: str) -> tuple[Message, Message | None, str | None] | None:
    fixed = f"{head} {quoted(value)}"
    closed = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    if value[0] in "\"'":
        if not closed and value.count(value[0]) == 1:
            return say("this quotation is opened and never closed"), None, f"{head} {value}{value[0]}"
        return say("something stands after the closing quotation mark"), None, fixed
    if re.search(r":(\s|$)", value):
        message = say("this value holds a colon followed by a space, so it needs quotes around it")
        return message, None, fixed
    if value[0] in "@`%&*!|>{}[],#?-":
        message = say("a value that begins with {sign} needs quotes around it", sign=value[0])
        return message, None, fixed
    return None


def quoted(value: str) -> str:
    """The value between double quotes, ready for YAML."""
    bare = value.strip("\"'") if value[:1] in "\"'" else value
    bare = bare.strip(_SMART).strip() if bare[:1] in _SMART and bare[-1:] in _SMART else bare
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _generic(error: yaml.YAMLError) -> tuple[Message, Message]:
    if isinstance(error, yaml.reader.ReaderError):
        return say("a character stands here that YAML does not allow"), say("take it out")
    hint = say(
        "look at this line and the one above: a missing colon, a quotation mark that is "
        "not closed, or lines that are not indented alike"
    )
    return say("YAML cannot read this line"), hint
