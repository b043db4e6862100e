"""Finds phrases of another language without a mark: screen readers pronounce them wrongly.

WCAG 2.2, 3.1.2 (language of parts). The setting `foreign` in site.yaml lists the phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from diptych.checks.rules import Rules
from diptych.content.texts import Text
from diptych.diagnostics import Severity, say
from diptych.extend import Found, check


@check("unmarked-language", Severity.WARNING, of=Text)
def unmarked_language(text: Text, rules: Rules) -> Iterator[Found]:
    """A phrase of another language without its `lang`.

    Texts without Markdown (a page's title and description) are left out: nothing can be marked in
    them.
    """
    if not text.markdown:
        return
    for tag, phrases in rules.foreign.items():
        if tag.partition("-")[0] == text.language.partition("-")[0] or not phrases:
            continue
        for match in expression_of(phrases).finditer(text.words):
            said = " ".join(text.written[match.start() : match.end()].split())
            marked = f"[{said}]{{lang={tag}}}"
            message = say("“{phrase}” is in another language, and nothing says so", phrase=said)
            hint = say("write {marked}: then it is read aloud in its own language", marked=marked)
            span = text.place(match.start(), match.end())
            edits = text.becomes(match.start(), match.end(), marked)
            yield Found(span, message, hint, edits, True)


@cache
def expression_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One regular expression for all phrases; the longest first."""
    ordered: Iterable[str] = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    spread = (r"[\s>\x01]+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)
    pattern = "|".join(re.sub("['’]", "['’]", each) for each in spread)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
