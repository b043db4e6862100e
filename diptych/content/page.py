"""Reads one Markdown file of a bundle into a `Document`: its front matter, and its Markdown both as
HTML (`prose`) and as blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from diptych.cache import digest
from diptych.content.fields import REVIEWED, is_set
from diptych.content.kinds import DATE, DAY, FLAG, KEY, REASON, TEXT
from diptych.content.placeholders import unwritten_in_page
from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Placed,
    Source,
    error,
    nearest,
    say,
    sort_by_place,
    warning,
)
from diptych.markdown import MarkdownText, slugify
from diptych.markdown.convert import convert_body
from diptych.model import Document, Fields, FrontMatter, Heading, Language, LaterBlocks, Prose
from diptych.values import Value, fields_of, replace
from diptych.yaml import (
    Field,
    ListOf,
    Mapping,
    Node,
    Record,
    Role,
    Scalar,
    TableOf,
    compose,
    quoted,
    read_shape,
    value_of,
)

ORDERS = ("newest", "oldest", "title")
GROUPS = ("year", "topic", "none")

FRONT_MATTER = Record(
    say("front matter"),
    {
        "title": Field(TEXT, say("the page's title"), True, translate=True, role=Role.TITLE),
        "short": Field(
            TEXT,
            say(
                "a shorter title, for the menu, the footer of the page and the browser's "
                "tab. Without `short` they show the title"
            ),
            translate=True,
            role=Role.LABEL,
        ),
        "description": Field(
            TEXT,
            say("one sentence for search engines and for whoever shares the link"),
            translate=True,
            role=Role.LABEL,
        ),
        "keywords": Field(
            TEXT,
            say(
                "words that people search for when they want this page and that it does not "
                "say itself, with commas. The search finds it by them; nobody sees them"
            ),
            example=say("donate, become a member"),
            translate=True,
            role=Role.LABEL,
        ),
        "slug": Field(
            KEY,
            say(
                "the word in the address: small letters, digits and hyphens. Without "
                "`slug` it is made from the title"
            ),
            example="contact",
        ),
        "layout": Field(
            TEXT,
            say(
                "what the page looks like: `page` (plain), `home` (the front "
                "page), `faq` (questions), `timeline`, `agenda`, `list`, `glossary` (the "
                "words we choose) or `search` (everything in a list, with a "
                "search field); the same in every language"
            ),
            translate=False,
            refers="layout",
        ),
        "date": Field(DATE, say("the date of a news item"), example="2024-06-08", translate=False),
        "topics": Field(
            ListOf(TEXT),
            say("themes of `site.yaml`, by which a list can group its pages"),
            example="[law]",
            translate=False,
            refers="topic",
        ),
        "order": Field(
            TEXT,
            say("how a `list` orders the pages below it; `newest` when it is not there"),
            translate=False,
            choices=ORDERS,
        ),
        "group": Field(
            TEXT,
            say("how a `list` groups them; `year` when it is not there"),
            translate=False,
            choices=GROUPS,
        ),
        "draft": Field(FLAG, say("`true` while the page is not ready")),
        "publish": Field(
            DAY,
            say("the first day on which the page is shown"),
            example="2024-06-08",
            translate=False,
        ),
        "expires": Field(
            DAY,
            say("the last day on which the page is shown; links to it then become plain words"),
            example="2024-06-30",
            translate=False,
        ),
        **REVIEWED,
        "reviewed_parts": Field(
            TableOf(DAY),
            say("the same for a part or a question, by the id of its heading"),
            example="{become-member: 2024-06-08}",
        ),
        "image": Field(
            TEXT,
            say("a picture from the same folder"),
            example="march.jpg",
            translate=False,
            refers="picture",
        ),
        "image_alt": Field(
            TEXT, say("what it shows"), required_with="image", translate=True, role=Role.ALT
        ),
        "discreet": Field(
            FLAG,
            say(
                "`true` if the locked screen of whoever gets the link must not say "
                "what the page is about: the preview then shows our short name "
                "alone. Set in one language, it holds for all"
            ),
        ),
        "only": Field(REASON, say("why the page exists in one language on purpose")),
        "redirect_from": Field(
            ListOf(TEXT),
            say("old addresses that lead here, as browsers show them or with codes as `%C3%A9`"),
            example="[/contact.html, /fr/récit/]",
        ),
        "allow": Field(
            TableOf(REASON),
            say("warnings that do not hold here, each with a reason"),
            example='{literal-address: "…"}',
        ),
    },
    say("a key of your own is declared in content/types.yaml, below `page`"),
)

_FENCE = re.compile(r"---[ \t]*(?:\n|$)")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_MAX_LINES = 60  # the first lines of a file: a line that was meant as `---` is searched for in them
# in an answer of a chatbot, front matter stands between two lines with this mark
_CODE_MARK = "```"
_NO_HYPHENS = re.compile(r"[-–—―_=*+]{2,}|[–—―]")  # a line that was probably meant as `---`


class DocumentRequest(Value):
    """A Markdown file to parse, with everything that the result depends on."""

    source: Source
    key: str  # the page key
    language: str
    languages: tuple[Language, ...]
    record: Record = FRONT_MATTER  # of the front matter, with the fields of this site
    extend: Source | None = None  # the site's extend.py, where it adds marks to Markdown
    checks: tuple[str, ...] = ()  # the names of the site's own checks


def parse_document(request: DocumentRequest) -> Outcome[Document]:
    """The document of a file. It can be used even if the file has errors.

    Diagnostics: those of `read_front_matter` and `convert_body`, and unwritten.
    """
    source = request.source
    outcome, start = read_front_matter(source, request.record, request.checks)
    text = MarkdownText(source, start)
    prose = convert_body(text, request.language, request.languages, "", request.extend)
    front = outcome.value
    slug = front.slug.value if front.slug else slugify(front.title.value, request.language)
    document = Document(
        request.key,
        request.language,
        front,
        slug,
        prose.value,
        LaterBlocks(text.blocks),
        source,
        _shown(front, prose.value),
        settled_ids(prose.value.headings),
    )
    unwritten = unwritten_in_page(request.record, outcome.value, text.blocks)
    return Outcome(document, sort_by_place((*outcome.diagnostics, *prose.diagnostics, *unwritten)))


def parse_page(request: DocumentRequest) -> Outcome[Document]:
    """The result of `parse_document` with an empty text in the document's `source`. Each build reads the
    text again, so the cache need not store it.
    """
    outcome = parse_document(request)
    document = replace(outcome.value, source=Source(request.source.path, ""))
    return Outcome(document, outcome.diagnostics)


def _shown(front: FrontMatter, prose: Prose) -> str:
    """The digest of the values of a page that other pages show, and of its ids, to which they link."""
    titles = (front.title, front.short, front.description)
    return str(
        digest(
            (
                tuple(None if each is None else each.value for each in titles),
                front.layout,
                None if front.date is None else front.date.value,
                front.discreet,
                tuple(each.value for each in front.values.get("topics", ())),
                prose.anchors,
                tuple((each.id, each.text) for each in prose.headings),
            )
        )
    )


def settled_ids(headings: Sequence[Heading]) -> str | None:
    """The ids of the headings in one text, joined by NUL; None if a heading has no id from its author,
    an id that another heading has, or a wrong level. If this text is the same in all languages of a
    page, their headings match, and need not be compared.
    """
    ids = tuple(each.id for each in headings)
    sure = len({*ids}) == len(ids) and all(
        each.shared and each.level == right_level(headings, number)
        for number, each in enumerate(headings)
    )
    return "\0".join(ids) if sure else None


def right_level(headings: Sequence[Heading], number: int) -> int:
    """The correct level of a heading, one below the heading before it."""
    previous = headings[number - 1].level if number else 1
    return max(2, min(headings[number].level, previous + 1))


def read_front_matter(
    source: Source, record: Record = FRONT_MATTER, checks: tuple[str, ...] = ()
) -> tuple[Outcome[FrontMatter], int]:
    """The front matter of a file, with the fields of `record`, and the offset at which the Markdown
    begins.

    `checks` are the names of the site's own checks, which `allow` may name too.

    Diagnostics: those of `compose` and `read_shape`, front-matter-missing, front-matter-unclosed,
    missing-key, unknown-check, allowed-error, page-dates, lost-comment.
    """
    above = len(source.text) - len(source.text.lstrip())
    opening = _FENCE.match(source.text, above)
    if opening is None:
        return Outcome(_front_matter({}, source), (_without(source),)), 0
    closing = _CLOSING.search(source.text, opening.end())
    if closing is None:
        return Outcome(_front_matter({}, source), (_unclosed(source, opening.end()),)), len(
            source.text
        )
    composed = compose(source, opening.end(), closing.start(), record)
    report = [*([_preceded(source, above)] if above else []), *composed.diagnostics]
    if composed.value is None:
        if not composed.diagnostics:
            message = say("the front matter is empty; a page needs at least a title")
            report.append(
                error(
                    "missing-key",
                    source.line_span(1),
                    message,
                    None,
                    source.line_followed_by(1, "title: …"),
                )
            )
        return Outcome(_front_matter({}, source), tuple(report)), closing.end()
    fields = read_shape(composed.value, record, (), report) or {}
    report += _never_shown(fields)
    report += _lost_comments(composed.value, source)
    report += _unknown_checks(composed.value, checks)
    return Outcome(_front_matter(fields, source), tuple(report)), closing.end()


def front_matter_bounds(source: Source) -> tuple[int, int] | None:
    """The start and end of the YAML between the `---` lines of a file; None if it has none."""
    opening = _FENCE.match(source.text)
    closing = opening and _CLOSING.search(source.text, opening.end())
    return (opening.end(), closing.start()) if opening and closing else None


def _never_shown(fields: dict[str, Any]) -> Iterator[Diagnostic]:
    """page-dates: the last day of a page is before its first day."""
    first, last = fields.get("publish"), fields.get("expires")
    if first is not None and last is not None and last.value < first.value:
        message = say("the last day lies before the first: it is never shown")
        yield warning("page-dates", last.span, message)


def _lost_comments(node: Node, source: Source) -> Iterator[Diagnostic]:
    """lost-comment: YAML reads ` #` in a value, and the rest of the line, as a comment."""
    for _, value in node.entries if isinstance(node, Mapping) else ():
        if not isinstance(value, Scalar) or value.style or not value.text:
            continue
        rest = source.text[value.span.end :].partition("\n")[0]
        if re.match(r"\s+#", rest):
            message = say("everything from # on is lost here: YAML takes it for a comment")
            hint = say("put quotes around the whole value")
            span = source.span(value.span.end, value.span.end + len(rest))
            whole = source.span(value.span.start, span.end)
            edits = whole.becomes(quoted((value.text + rest).rstrip()))
            # `# later` with a space can be meant as a comment, so that edit is not certain
            certain = bool(re.match(r"\s+#\w", rest))
            yield warning("lost-comment", span, message, hint, edits, certain)


def _unknown_checks(node: Node, own: tuple[str, ...]) -> Iterator[Diagnostic]:
    """unknown-check: no check has a name that is below `allow`. allowed-error: a check that is below
    `allow` reports errors, which no page can allow.
    """
    allowed = value_of(node, "allow")
    if not isinstance(allowed, Mapping):
        return
    from diptych.explained import check_names, error_names  # late: only `allow` needs it

    errors = error_names()
    known = (*check_names(), *own)
    for name, _ in allowed.entries:
        if name.text not in known:
            near = nearest(name.text, known)
            message = say("there is no check `{name}` to allow", name=name.text)
            hint = say("did you mean `{near}`?", near=near) if near else None
            edits = name.span.becomes(near) if near else ()
            yield error("unknown-check", name.span, message, hint, edits)
        elif name.text in errors:
            message = say("`{name}` is an error, and no reason allows an error", name=name.text)
            hint = say("mend what it tells, and take this line out")
            yield warning("allowed-error", name.span, message, hint)


def _without(source: Source) -> Diagnostic:
    """The error for a file without front matter, or with front matter between two other lines than
    `---`, such as `+++`.
    """
    lines = [each.strip() for each in source.text.split("\n")[:_MAX_LINES]]
    mark = _CODE_MARK if lines[0].startswith(_CODE_MARK) else lines[0]
    ends = (number for number, each in enumerate(lines[1:], start=2) if each in (mark, "---"))
    last, edits = next(ends, None), source.span(0, 0).becomes("---\n")
    keys = {each.partition(":")[0] for each in lines[1:last]}
    is_mark = _NO_HYPHENS.fullmatch(mark) or (mark == _CODE_MARK and "title" in keys)
    if last and (is_mark or lines[0].partition(":")[0] in FRONT_MATTER.fields):
        message = say("a line of three hyphens (`---`) begins the front matter, and ends it")
        if is_mark:
            edits = (*source.line_becomes(1, "---"), *source.line_becomes(last, "---"))
        return error("front-matter-missing", source.line_span(1), message, None, edits, True)
    message = say("the file must begin with front matter: a line `---`, `title:`, a line `---`")
    edits = source.span(0, 0).becomes("---\ntitle: …\n---\n\n")
    span = source.line_span(1)
    return error("front-matter-missing", span, message, None, edits)


def _preceded(source: Source, above: int) -> Diagnostic:
    """The error for empty lines above the front matter. Other programs find front matter only at
    the very beginning of a file.
    """
    message = say("nothing may stand above the first line `---`, not even an empty line")
    edits = source.span(0, above).becomes("")
    span = source.line_span(1)
    return error("front-matter-missing", span, message, None, edits, True)


def _unclosed(source: Source, start: int) -> Diagnostic:
    """The error for front matter without a closing `---`. Its place is the last line that looks
    like front matter: a key, an indented line or a comment. After an empty line, only a line with a
    key of pages looks like front matter.
    """
    number, _ = source.position(start)
    looks = re.compile(r"[\w-]+:(\s|$)|\s+\S|#(?!#)")
    last = number
    for index, line in enumerate(source.text[start:].split("\n"), start=number):
        if looks.match(line):
            last = index
        elif line.strip() or index == number:
            break
        else:
            looks = re.compile(rf"({'|'.join(FRONT_MATTER.fields)}):(\s|$)")
    message = say(
        "the front matter is not closed: after line {line} a line `---` is missing", line=last
    )
    return error(
        "front-matter-unclosed",
        source.line_span(last),
        message,
        None,
        source.line_followed_by(last, "---"),
    )


# the attributes of `FrontMatter` whose value differs from that of the key in YAML
_OTHERWISE = {"title", "layout", "draft", "discreet", "allow", "values"}
_AS_READ = frozenset(fields_of(FrontMatter)) - _OTHERWISE


def _front_matter(fields: dict[str, Any], source: Source) -> FrontMatter:
    """The front matter of a page: the values of the fields, with defaults for missing fields."""
    layout = fields.get("layout")
    return FrontMatter(
        title=fields.get("title") or Placed("", source.line_span(1)),
        layout=layout.value if layout else "page",
        draft=is_set(fields, "draft"),
        discreet=is_set(fields, "discreet"),
        allow={name: reason.value for name, reason in fields.get("allow", {}).items()},
        values=Fields(fields),
        **{name: value for name, value in fields.items() if name in _AS_READ},
    )
