"""Writes a review as Markdown for GitHub, for people who approve a change and do not program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from diptych.diagnostics import Diagnostic, Message, Source, command, say, say_n
from diptych.diagnostics.report import SEVERITY_WORDS, Translate, edit_link
from diptych.model import Language
from diptych.review.values import (
    CHANGED,
    FRAME,
    GONE,
    MOVED,
    NEW,
    ChangedString,
    CodeChange,
    PageChange,
    Removals,
    Review,
    Weight,
    Work,
)
from diptych.translation.status import NEAR, Change, gone_parts, minutes, standing, word_diff

_MOST = 12  # the paragraphs shown of one page, and the parts shown of one language
_CODE_LINES = 80  # the lines of difference shown of one file
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")  # characters with a meaning in Markdown or on GitHub
_KINDS = {NEW: say("new"), GONE: say("gone"), MOVED: say("moved"), CHANGED: say("changed")}

Languages = tuple[Language, ...]
Sources = Mapping[str, Source]


def as_markdown(
    review: Review, languages: Languages, sources: Sources, words: Translate, edit_at: str = ""
) -> str:
    """The whole report, also of a change without effects. Lines to mend or translate link to where
    they are edited, below the address `edit_at`.
    """
    title = words(say("What this change does"))
    lines = [f"## {title}", ""]
    parts = [
        *_caution(review, words),
        *_removals(review.removals, languages, words),
        *_problems(review, sources, words, edit_at),
        *_wordings(review.wordings, languages, words),
        *_code(review.code, words),
        *_work(review, languages, words, edit_at),
        *_pages(review, languages, words),
        *_weights(review, languages, words),
    ]
    if not parts:
        parts = [words(say("Readers see no difference, and nobody has to translate anything.")), ""]
    return "\n".join([*lines, *parts]).rstrip() + "\n"


def _heading(text: Message, words: Translate) -> list[str]:
    return [f"### {words(text)}", ""]


def _caution(review: Review, words: Translate) -> Iterator[str]:
    if review.failed:
        yield "> [!CAUTION]"
        yield "> " + words(say("With these errors nothing is published. Mend them first."))
        yield ""


def _removals(removals: Removals, languages: Languages, words: Translate) -> Iterator[str]:
    """Everything that the change removes. It comes first in the report, since no page shows that a
    part is missing.
    """
    if not removals:
        return
    yield from _heading(say("What goes"), words)
    for title, language, address in removals.pages:
        yield f"- **{_plain(title)}** ({_plain(_name(languages, language))}) – `{address}`"
    for key, labels in removals.parts.items():
        yield "- " + words(gone_parts(f"`{key}`", len(labels)))
        yield from (f"  - `{label}`" for label in labels[:_MOST])
        yield from (f"  - {rest}" for rest in _rest(len(labels), words))
    for title, language, texts in removals.texts:
        paragraphs = words(
            say_n("{count} paragraph goes", "{count} paragraphs go", count=len(texts))
        )
        yield f"- **{_plain(title)}** ({_plain(_name(languages, language))}), {paragraphs}"
        yield from (f"  - ~~{_plain(_begin(text))}~~" for text in texts[:_MOST])
        yield from (f"  - {rest}" for rest in _rest(len(texts), words))
    yield from (f"- `{path}`" for path in removals.files)
    yield ""


def _begin(text: str) -> str:
    """The beginning of a paragraph, with an ellipsis if it continues."""
    said = text.split()
    return " ".join(said[: 2 * NEAR]) + (" …" if len(said) > 2 * NEAR else "")


def _wordings(
    wordings: tuple[ChangedString, ...], languages: Languages, words: Translate
) -> Iterator[str]:
    """Every changed interface string: a few words may be on every page."""
    if not wordings:
        return
    yield from _heading(say("Words of menus and buttons"), words)
    for language, found in groupby(wordings, key=lambda each: each.language):
        yield f"- **{_plain(_name(languages, language))}**"
        for each in found:
            yield f"  - {changed_words(each.old, each.new)} (`{_code_span(each.msgid)}`)"
    yield ""


def _code(changes: tuple[CodeChange, ...], words: Translate) -> Iterator[str]:
    """The differences of templates, strings, styles, scripts and code, line by line."""
    if not changes:
        return
    yield from _heading(say("What runs or frames every page"), words)
    yield words(say("Templates, strings, styles, scripts and code: read each line of them."))
    yield ""
    for each in changes:
        weight = f"{each.weight.before} → {each.weight.after}"
        yield f"- `{_code_span(each.path)}`, {words(_KINDS[each.kind])} ({weight})"
        yield from (f"  {line}" for line in _fenced(each.lines[:_CODE_LINES]))
        if len(each.lines) > _CODE_LINES:
            yield "  " + words(
                say_n("and {count} more", "and {count} more", count=len(each.lines) - _CODE_LINES)
            )
    yield ""


def _fenced(lines: tuple[str, ...]) -> Iterator[str]:
    """Lines as a block of code that none of them can close."""
    if lines:
        longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
        fence = "`" * max(3, longest + 1)
        yield from ("", f"{fence}diff", *lines, fence, "")


def _code_span(text: str) -> str:
    """A text for use between two backticks, on one line."""
    return " ".join(text.split()).replace("`", "\u2019")


def _problems(review: Review, sources: Sources, words: Translate, edit_at: str) -> Iterator[str]:
    """The problems of the site after the change, by file. Notes and warnings that the site had
    before the change are only counted.
    """
    if review.problems:
        yield from _heading(say("Problems"), words)
        for path, found in groupby(review.problems, key=lambda each: each.span.path):
            yield f"- `{path}`"
            yield from (f"  - {_problem(each, sources, words, edit_at)}" for each in found)
        yield ""
    if review.problems and review.known:
        yield words(
            say_n(
                "{count} note or warning was there already",
                "{count} notes and warnings were there already",
                count=review.known,
            )
        )
        yield ""


def _problem(diagnostic: Diagnostic, sources: Sources, words: Translate, edit_at: str) -> str:
    """A problem with its line, and a link to the place where the line is edited."""
    source = sources.get(diagnostic.span.path)
    line = source.position(diagnostic.span.start)[0] if source else 1
    sentence = say(
        "line {line}: {severity}: {sentence}",
        line=line,
        sentence=diagnostic.message,
        severity=SEVERITY_WORDS[diagnostic.severity],
    )
    hint = f" – {_plain(words(diagnostic.hint))}" if diagnostic.hint else ""
    there = ""
    if edit_at and source:
        mend = words(say("change this line"))
        there = f" [{mend}]({edit_link(edit_at, diagnostic.span.path, line)})"
    return f"{_plain(words(sentence))}{hint} `[{diagnostic.check}]`{there}"


def _work(review: Review, languages: Languages, words: Translate, edit_at: str) -> Iterator[str]:
    """The work for translators, by language, with an estimate of its minutes."""
    if not review.work:
        return
    yield from _heading(say("Who must look"), words)
    for work in review.work:
        name = _plain(_name(languages, work.language))
        estimate = say(
            "{name}: about {words}, {minutes} of work",
            name=name,
            words=say_n("{count} word", "{count} words", count=work.words),
            minutes=say_n("{count} minute", "{count} minutes", count=minutes(work.words)),
        )
        yield f"- **{words(estimate) if work.words else name}**"
        yield from (f"  - {line}" for line in _waiting(work, languages, words, edit_at))
    yield ""


def _waiting(work: Work, languages: Languages, words: Translate, edit_at: str) -> Iterator[str]:
    """The texts of a language that must be translated, confirmed or looked at."""
    for key, count in work.missing:
        yield words(
            say_n(
                "{key}: not translated yet, {count} word",
                "{key}: not translated yet, {count} words",
                key=f"`{key}`",
                count=count,
            )
        )
    for key in work.confirm:
        yield words(
            say(
                "{key}: not confirmed as it is now; when every language says the same: `{command}`",
                key=f"`{key}`",
                command=command("confirm", key),
            )
        )
    yield from (_lagging(each, languages, words, edit_at) for each in work.changes[:_MOST])
    yield from _rest(len(work.changes), words)


def _lagging(change: Change, languages: Languages, words: Translate, edit_at: str) -> str:
    """A line about a text that is outdated, with the words that changed in the other language, or about
    a text that is missing, with the text of the other language.
    """
    place = f"`{change.place}`"
    if edit_at:
        path, _, line = change.place.rpartition(":")
        place = f"[{place}]({edit_link(edit_at, path, int(line))})"
    text = changed_words("" if change.is_missing else change.old or "", change.new or "")
    how = standing(change, languages, f"`{change.ahead_place}`")
    return words(say("{place} {standing}: {text}", place=place, standing=how, text=text))


def _pages(review: Review, languages: Languages, words: Translate) -> Iterator[str]:
    """The differences that readers see, page by page."""
    shown = [page for page in review.pages if page.kind != FRAME]
    framed = [page for page in review.pages if page.kind == FRAME]
    if not review.compared:
        yield from _heading(say("What the reader will see"), words)
        yield words(say("The pages cannot be compared, since one of the two sites has errors."))
        yield ""
    elif shown or framed:
        yield from _heading(say("What the reader will see"), words)
        for page in shown:
            yield from _page(page, languages, words)
        if framed:
            yield ""
            yield words(
                say_n(
                    "{count} page differs only around its text (menu, head, foot)",
                    "{count} pages differ only around their text (menu, head, foot)",
                    count=len(framed),
                )
            )
        yield ""


def _page(page: PageChange, languages: Languages, words: Translate) -> Iterator[str]:
    """The differences of one page, and a warning if its old address leads nowhere."""
    place = page.address if page.kind != MOVED else f"{page.before} → {page.address}"
    name = _name(languages, page.language)
    yield f"- **{_plain(page.title)}** ({_plain(name)}), {words(_KINDS[page.kind])} – `{place}`"
    if page.lost:
        yield "  - ⚠️ " + words(
            say(
                "nothing leads on from {address}; `redirect_from` in the page that "
                "takes its place does",
                address=f"`{page.before}`",
            )
        )
    yield from (f"  - {changed_words(old, new)}" for old, new in page.lines[:_MOST])
    yield from (f"  - {rest}" for rest in _rest(len(page.lines), words))


def _rest(count: int, words: Translate) -> Iterator[str]:
    if count > _MOST:
        yield words(say_n("and {count} more", "and {count} more", count=count - _MOST))


def _weights(review: Review, languages: Languages, words: Translate) -> Iterator[str]:
    """A table of the weight of pages and files, before and after."""
    rows = [
        (f"{_plain(page.title)} ({_plain(_name(languages, page.language))})", page.weight)
        for page in review.pages
        if page.kind != FRAME
    ]
    rows += [(f"`{path}`", weight) for path, weight in review.files]
    if not rows:
        return
    yield from _heading(say("Weight, compressed"), words)
    heads = (say("page or file"), say("before (bytes)"), say("after (bytes)"), say("difference"))
    yield "| " + " | ".join(words(each) for each in heads) + " |"
    yield "| --- | ---: | ---: | ---: |"
    yield from (_row(name, weight) for name, weight in rows[: 2 * _MOST])
    yield ""
    if len(rows) > 2 * _MOST:
        yield words(say_n("and {count} more", "and {count} more", count=len(rows) - 2 * _MOST))
        yield ""


def _row(name: str, weight: Weight) -> str:
    difference = weight.after - weight.before
    sign = "+" if difference > 0 else "\u2212" if difference < 0 else ""
    return f"| {name} | {weight.before} | {weight.after} | {sign}{abs(difference)} |"


def changed_words(old: str, new: str) -> str:
    """Both wordings as one Markdown text: removed words struck through, added words bold."""
    return word_diff(old, new, ("~~", "~~"), ("**", "**"), _plain)


def _plain(text: str) -> str:
    """A text with backslashes before the characters that have a meaning in Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _name(languages: Languages, key: str) -> str:
    return next((each.name for each in languages if each.key == key), key)
