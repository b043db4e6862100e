"""One list of diagnostics in four forms."""

from __future__ import annotations

import json

import pytest

from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Severity,
    Source,
    Span,
    correction_of,
    render_report,
    say,
)
from diptych.diagnostics.report import FORMATS, WIDEST
from tests.strategies import named

PATH = "content/faq/fr.md"


def report(
    form: str,
    line: str,
    start: int = 0,
    end: int | None = None,
    *,
    severity: Severity = Severity.ERROR,
    hint: Message | None = None,
    becomes: str | None = None,
    path: str = PATH,
) -> str:
    """The report of one problem on line 2 of a file, at columns counted from 0."""
    source = Source(path, f"---\n{line}\n---\n")
    span = source.span(4 + start, None if end is None else 4 + end)
    diagnostic = Diagnostic(
        "some-check",
        severity,
        span,
        say("this is {what}", what="wrong"),
        hint,
        span.becomes(becomes) if becomes is not None else (),
    )
    return render_report(form, [diagnostic], {path: source})


def drawing(line: str, start: int = 0, end: int | None = None) -> list[str]:
    """The line of a report and the one with the carets, without the margin."""
    _, shown, carets, _ = report("text", line, start, end).split("\n", 3)
    assert shown[:8] == "    2 | "
    assert carets[:8] == "      | "
    return [shown[8:], carets[8:]]


def test_a_paragraph_says_where_what_and_what_instead() -> None:
    hint = say("write it {how}", how="so")
    assert report("text", "title: a: b", 7, 11, hint=hint, becomes='"a: b"\nslug: c') == (
        "content/faq/fr.md:2:8: error: this is wrong [some-check]\n"
        "    2 | title: a: b\n"
        "      |        ^^^^\n"
        "help: write it so\n"
        "help: write this:\n"
        '    title: "a: b"\n'
        "    slug: c\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("severity", "word"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")],
)
def test_the_word_for_a_severity(severity: Severity, word: str) -> None:
    assert report("text", "a", severity=severity).startswith(f"{PATH}:2:1: {word}: this is wrong")


@pytest.mark.parametrize(
    ("line", "piece", "before", "carets"),
    named(
        [
            ("plain", "een twee drie", "twee", 4, 4),
            ("after a tab", "\teen", "een", 4, 3),
            ("a tab", "a\tb", "\t", 1, 4),
            ("after wide characters", "漢字 kanji", "kanji", 5, 5),
            ("wide characters", "a 漢字", "漢字", 2, 4),
            ("after an emoji", "😀 lach", "lach", 3, 4),
            ("an emoji", "lach 😀", "😀", 5, 2),
            ("after a combining accent", "e\u0301e\u0301n twee", "twee", 4, 4),
            ("a combining accent", "cafe\u0301 x", "cafe\u0301", 0, 4),
            ("after an emoji with a variation", "❤\ufe0f ja", "ja", 2, 2),
            ("after a control character", "a\x00b c", "c", 4, 1),
            ("a full-width letter", "\uff21 b", "b", 3, 1),
        ]
    ),
)
def test_the_caret_stands_below_what_it_means(
    line: str, piece: str, before: int, carets: int
) -> None:
    start = line.rindex(piece)
    assert drawing(line, start, start + len(piece))[1] == " " * before + "^" * carets


def test_what_a_terminal_cannot_show_is_a_visible_sign() -> None:
    assert drawing("a\tb\x1b[31m\u202e", 0)[0] == "a    b�[31m�"


def test_a_place_over_several_lines_is_shown_on_the_first() -> None:
    assert drawing("een twee", 4, 4 + 8) == ["een twee", "    ^^^^"]


def test_a_place_at_the_end_of_a_line_has_one_caret_after_it() -> None:
    assert drawing("een", 3, 3) == ["een", "   ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 500 + "FOUT" + "b" * 500
    shown, carets = drawing(line, 500, 504)
    assert len(shown) <= WIDEST + 2
    assert shown.startswith("…aaa")
    assert shown.endswith("bbb…")
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "FOUT"


def test_a_long_line_is_cut_at_its_end_only_when_the_place_is_at_its_beginning() -> None:
    shown, carets = drawing("FOUT" + "b" * 500, 0, 504)
    assert shown == "FOUT" + "b" * (WIDEST - 4) + "…"
    assert carets == "^" * WIDEST


def test_without_its_source_or_on_a_blank_line_a_problem_is_one_line() -> None:
    nowhere = Diagnostic("x", Severity.ERROR, Span("foto.jpg"), say("damaged"))
    assert render_report("text", [nowhere], {}) == "foto.jpg:1:1: error: damaged [x]\n\n"
    assert report("text", "", 0) == f"{PATH}:2:1: error: this is wrong [some-check]\n\n"


def test_every_sentence_goes_through_the_translation() -> None:
    source = Source(PATH, "abc\n")
    edits = source.span(2).becomes("d")
    diagnostic = Diagnostic("x", Severity.ERROR, source.span(0), say("m"), say("h"), edits)
    said = render_report("text", [diagnostic], {PATH: source}, lambda message: f"<{message}>")
    assert said == (
        f"{PATH}:1:1: <error: m> [x]\n    1 | abc\n      | ^\n"
        "<help: h>\n<help: write this:>\n    abd\n\n"
    )
    for form in ("json", "github", "sarif"):
        made = render_report(form, [diagnostic], {PATH: source}, lambda message: f"<{message}>")
        assert "<m>" in made
        assert "<h>" in made


def many(check: str, paths: list[str]) -> dict[str, str]:
    """The report of a problem on the first line of each file, in every form."""
    sources = {path: Source(path, "one\n") for path in paths}
    problems = [
        Diagnostic(check, Severity.INFO, each.span(0), say("this is {what}", what=path))
        for path, each in sources.items()
    ]
    return {form: render_report(form, problems, sources) for form in FORMATS}


@pytest.mark.parametrize(("number", "shown"), [(3, 3), (4, 1), (9, 1)])
def test_of_many_pages_that_nobody_confirmed_one_is_shown(number: int, shown: int) -> None:
    """For people, who ask `status` for the others; programs get all."""
    paths = [f"content/{letter}/nl.md" for letter in "abcdefghi"[:number]]
    reports = many("unconfirmed", paths)
    assert reports["text"].count("[unconfirmed]") == shown
    if number == 9:
        listed = ", ".join(f"{path}:1:1" for path in paths[1:6])
        assert f"\nhelp: the same in 8 more places: {listed}, …\n" in reports["text"]
    for form in ("json", "github", "sarif"):
        assert all(f"this is {path}" in reports[form] for path in paths)


def test_of_any_other_problem_each_file_has_a_paragraph() -> None:
    paths = [f"content/{letter}/nl.md" for letter in "abcdefghi"]
    assert many("some-check", paths)["text"].count("[some-check]") == 9


@pytest.mark.parametrize("form", FORMATS)
def test_no_problems(form: str) -> None:
    made = render_report(form, [], {})
    assert made in ("", json.dumps(json.loads(made or "0"), indent=2) + "\n")


def test_json_has_stable_keys_and_places_from_one() -> None:
    made = json.loads(report("json", "één: [x]", 5, 8, hint=say("h"), becomes="'[x]'"))
    assert made == {
        "version": 1,
        "diagnostics": [
            {
                "check": "some-check",
                "severity": "error",
                "path": PATH,
                "line": 2,
                "column": 6,
                "end_line": 2,
                "end_column": 9,
                "message": "this is wrong",
                "hint": "h",
                "fix": "één: '[x]'",
                "edits": [
                    {"line": 2, "column": 6, "end_line": 2, "end_column": 9, "text": "'[x]'"}
                ],
                "elsewhere": [],
            }
        ],
    }


def test_json_keeps_letters_and_says_null_where_there_is_nothing() -> None:
    text = report("json", "x", becomes="één")
    assert "één" in text
    assert json.loads(text)["diagnostics"][0]["hint"] is None


def test_github_commands_take_one_line_each() -> None:
    assert report("github", "abc", 1, 3, hint=say("50 % of\nall"), becomes=": b\r\nc") == (
        f"::error file={PATH},line=2,endLine=2,col=2,title=some-check"
        "::this is wrong%0A50 %25 of%0Aall%0Aa: b%0D%0Ac\n"
    )


@pytest.mark.parametrize(
    ("edit_at", "link"),
    [
        ("https://github.com/o/n/edit/main", "https://github.com/o/n/edit/main"),
        ("https://github.com/o/n/edit/a%b#c)", "https://github.com/o/n/edit/a%2525b%2523c%2529"),
        ("", ""),
    ],
)
def test_an_annotation_leads_to_where_its_line_is_changed(edit_at: str, link: str) -> None:
    source = Source(PATH, "---\nabc\n---\n")
    found = [
        Diagnostic("x", Severity.ERROR, source.span(4, 5), say("wrong"), None, ()),
        Diagnostic("x", Severity.ERROR, Span("foto (1).jpg", 0, 1), say("damaged"), None, ()),
    ]
    told = render_report("github", found, {PATH: source}, edit_at=edit_at).splitlines()
    assert told[0].endswith(f"::wrong%0A{link}/{PATH}#L2" if edit_at else "::wrong")
    assert told[1].endswith("::damaged")  # no text that one could change there


def test_github_escapes_what_would_end_a_property() -> None:
    made = report("github", "abc", path="content/a,b:c%d/nl.md")
    assert made.startswith("::error file=content/a%2Cb%3Ac%25d/nl.md,line=2,")


@pytest.mark.parametrize(
    ("severity", "command", "level"),
    [
        (Severity.ERROR, "::error ", "error"),
        (Severity.WARNING, "::warning ", "warning"),
        (Severity.INFO, "::notice ", "note"),
    ],
)
def test_github_and_sarif_have_words_of_their_own(
    severity: Severity, command: str, level: str
) -> None:
    assert report("github", "a", severity=severity).startswith(command)
    sarif = json.loads(report("sarif", "a", severity=severity))
    assert sarif["runs"][0]["results"][0]["level"] == level


def test_a_message_cannot_begin_a_command_of_its_own() -> None:
    source = Source(PATH, "x")
    evil = Diagnostic("x", Severity.ERROR, source.span(0), say("{t}", t="a\n::set-env name=x::y"))
    assert render_report("github", [evil], {PATH: source}).count("\n") == 1


def test_sarif() -> None:
    made = json.loads(report("sarif", "een twee", 4, 8, hint=say("h"), path="content/één b/nl.md"))
    assert made["version"] == "2.1.0"
    assert made["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
    (run,) = made["runs"]
    assert run["tool"]["driver"] == {"name": "diptych", "rules": [{"id": "some-check"}]}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"] == [
        {
            "ruleId": "some-check",
            "level": "error",
            "message": {"text": "this is wrong\nh"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "content/%C3%A9%C3%A9n%20b/nl.md"},
                        "region": {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 9},
                    }
                }
            ],
        }
    ]


def test_sarif_names_each_rule_once_and_never_an_empty_region() -> None:
    source = Source(PATH, "abc")
    problems = [
        Diagnostic(check, Severity.ERROR, Span(PATH, 1, 1), say("m")) for check in ("b", "a", "b")
    ]
    (run,) = json.loads(render_report("sarif", problems, {PATH: source}))["runs"]
    assert run["tool"]["driver"]["rules"] == [{"id": "a"}, {"id": "b"}]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["endColumn"] > region["startColumn"]


def test_an_unknown_form_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        render_report("xml", [], {})


# corrections


def test_a_line_with_more_mistakes_is_shown_with_all_that_is_certain_in_it() -> None:
    source = Source(PATH, "Een , twee ; drie en [vier](page:veir).\nVijf , zes.\n")

    def problem(old: str, new: str, *, certain: bool = True) -> Diagnostic:
        start = source.text.index(old)
        span = source.span(start, start + len(old))
        return Diagnostic("x", Severity.ERROR, span, say("m"), None, span.becomes(new), certain)

    problems = [
        problem(" , twee", ", twee"),
        problem(" ;", ";"),
        problem("veir", "vier", certain=False),
        problem(" , zes", ", zes"),
        problem("Een", "Eén", certain=False),
    ]
    told = json.loads(render_report("json", problems, {PATH: source}))["diagnostics"]
    assert [each["fix"] for each in told] == [
        "Een, twee; drie en [vier](page:veir).",
        "Een, twee; drie en [vier](page:veir).",
        "Een, twee; drie en [vier](page:vier).",
        "Vijf, zes.",
        "Eén, twee; drie en [vier](page:veir).",
    ]
    assert [len(each["edits"]) for each in told] == [1] * 5  # each problem's own
    for form in ("text", "github", "sarif"):
        assert (
            render_report(form, problems, {PATH: source}).count(
                "Een, twee; drie en [vier](page:veir)."
            )
            == 2
        )


def corrected(text: str, *edits: Edit) -> str | None:
    """The whole lines that a report gives to paste."""
    source = Source(PATH, text)
    diagnostic = Diagnostic("x", Severity.ERROR, source.span(0), say("m"), None, edits)
    correction = correction_of(diagnostic, {PATH: source})
    return None if correction is None else correction.text


TEXT = "---\ntitle: a: b\n---\nLees [dit](page:abuot), en [dat](#x).\n"


@pytest.mark.parametrize(
    ("edits", "lines"),
    [
        (Source(PATH, TEXT).line_becomes(2, 'title: "a: b"'), 'title: "a: b"'),
        (Source(PATH, TEXT).line_followed_by(2, "slug: c"), "title: a: b\nslug: c"),
        (
            Source(PATH, TEXT).span(31, 41).becomes("page:about"),
            "Lees [dit](page:about), en [dat](#x).",
        ),
        (
            Source(PATH, TEXT).span(31, 41).becomes("x", "page:abuot"),
            "Lees [dit](x), en [dat](#x).",
        ),
        (Source(PATH, TEXT).span(31, 41).becomes("x", "page:other"), None),
        (Source(PATH, TEXT).span(4, 16).becomes(""), "---"),
        (
            (Edit(Span(PATH, 53, 55), "#y"), Edit(Span(PATH, 20, 24), "Zie")),
            "Zie [dit](page:abuot), en [dat](#y).",
        ),
        ((Edit(Span(PATH, 20, 24), "a"), Edit(Span(PATH, 22, 25), "b")), None),
        (Source(PATH, TEXT).span(20, 999).becomes("x"), None),
        (Source("another.md", TEXT).span(20).becomes("x"), None),
    ],
)
def test_edits_are_shown_as_whole_lines(edits: tuple[Edit, ...], lines: str | None) -> None:
    assert corrected(TEXT, *edits) == lines


def test_sarif_has_the_edits_as_a_fix() -> None:
    made = json.loads(report("sarif", "een twee", 4, 8, becomes="drie"))
    (fix,) = made["runs"][0]["results"][0]["fixes"]
    assert fix["description"]["text"] == "help: write this:\neen drie"
    assert fix["artifactChanges"] == [
        {
            "artifactLocation": {"uri": PATH},
            "replacements": [
                {
                    "deletedRegion": {
                        "startLine": 2,
                        "startColumn": 5,
                        "endLine": 2,
                        "endColumn": 9,
                    },
                    "insertedContent": {"text": "drie"},
                }
            ],
        }
    ]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_value_with_a_line_end_begins_no_line_of_a_report(end: str) -> None:
    value = f"a{end}::error::pwned\x1b[2J"
    problem = Diagnostic(
        "x",
        Severity.ERROR,
        Span(f"content/{value}.md"),
        say("there is no `{name}`", name=value),
        say("write {name}", name=value),
    )
    text = render_report("text", [problem], {})
    assert not any(line.startswith("::") for line in text.splitlines())
    assert "\x1b" not in text
    assert "a�" in text
