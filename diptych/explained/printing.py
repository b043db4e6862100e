"""Prints explanations of checks for a terminal, in the reader's language."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from diptych.diagnostics import Message, Severity, command, say
from diptych.diagnostics.report import SEVERITY_WORDS, Translate, one_line
from diptych.explained.reading import Explanation, Snippet, explanations, themes

WIDTH = 96
_COLUMN = 22  # the longest name of a check


def explain_check(check: str, words: Translate) -> str:
    """The explanation of a check of the program, by its name."""
    explanation = explanations()[check]
    severity = " · ".join(words(SEVERITY_WORDS[each]) for each in explanation.severities)
    parts = [
        f"{explanation.check} · {severity}",
        _paragraph(explanation.says, words) + "\n" + _paragraph(explanation.matters, words),
        *_example(explanation, words),
    ]
    if explanation.advice is not None:
        parts.append(_paragraph(explanation.advice, words))
    parts.append(_paragraph(_mending(explanation), words))
    if _can_be_allowed(explanation):
        parts += _how_to_allow(explanation.check, words)
    return "\n\n".join(parts) + "\n"


def _mending(explanation: Explanation) -> Message:
    """The sentence that says whether `fix` can mend the mistake."""
    if explanation.mended:
        return say(
            "`{command}` mends it, where it can be meant in one way only.", command=command("fix")
        )
    return say("`{command}` leaves it: only you know what was meant.", command=command("fix"))


def explain_own_check(check: str, severity: Severity, explanation: str, words: Translate) -> str:
    """The explanation of one of the site's own checks: the docstring of the check."""
    parts = [f"{check} · {words(SEVERITY_WORDS[severity])}", explanation]
    if severity is not Severity.ERROR:
        parts += _how_to_allow(check, words)
    return "\n\n".join(parts) + "\n"


def _how_to_allow(check: str, words: Translate) -> Iterator[str]:
    yield words(say("Where it must stay, say why in the front matter of the page:"))
    yield _indented(f"allow:\n  {check}: …")


def _example(explanation: Explanation, words: Translate) -> Iterator[str]:
    wrong = say("For example, in {path}:"), say("and in {path}:")
    right = say("Write instead, in {path}:"), say("and in {path}:")
    yield from _snippets(explanation.example, wrong, words)
    yield from _snippets(explanation.instead, right, words)


def _snippets(
    snippets: Iterable[Snippet], heads: tuple[Message, Message], words: Translate
) -> Iterator[str]:
    for number, snippet in enumerate(snippets):
        head = heads[0] if number == 0 else heads[1]
        yield words(Message(head.msgid, (("path", snippet.path),)))
        yield _indented(snippet.text)


def _can_be_allowed(explanation: Explanation) -> bool:
    """Whether front matter can allow the check: the check is not always an error, and is about a
    page.
    """
    mild = any(each is not Severity.ERROR for each in explanation.severities)
    kinds = {each.path.rpartition(".")[2] for each in explanation.example}
    return mild and "md" in kinds and "po" not in kinds


def list_checks(own: Mapping[str, str], words: Translate) -> str:
    """A list of all checks with the first sentence of each explanation, by theme; the site's own
    checks (`own`) come last.
    """
    listed = [
        (theme.title, {each.check: words(each.says) for each in theme.explanations})
        for theme in themes()
    ]
    if own:
        listed.append((say("Of this site, in extend.py"), dict(own)))
    parts = []
    for title, sentences in listed:
        lines = [words(title)]
        for check, says in sentences.items():
            name, below = f"  {check:<{_COLUMN}}  ", " " * (_COLUMN + 4)
            lines.append(_filled(says, WIDTH, name, below))
        parts.append("\n".join(lines))
    parts.append(words(say("One of them in full: {command} CHECK", command=command("explain"))))
    return "\n\n".join(parts) + "\n"


def _paragraph(message: Message, words: Translate) -> str:
    return _filled(words(message), WIDTH)


def _filled(text: str, width: int, first: str = "", others: str = "") -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _indented(text: str) -> str:
    """The lines of a file, indented; an invisible character becomes a visible sign, as in reports."""
    return textwrap.indent("\n".join(map(one_line, text.split("\n"))), "    ")
