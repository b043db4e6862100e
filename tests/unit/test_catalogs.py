"""Catalogs of interface strings: read, checked, extracted, updated."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from babel.messages.pofile import read_po as babel_po

from diptych.cache import Cache
from diptych.diagnostics import Diagnostic, Severity, Source
from diptych.files.theme import theme_files
from diptych.i18n import FEW, CatalogRequest, read_catalog, read_po, strings_of
from diptych.i18n.extraction import extract_messages, message_template, update_catalog
from diptych.model import Catalog, File, Tree
from diptych.pipeline import Build, interface
from tests.strategies import mended, named, places

HEAD = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

"""  # the first entry stands on line 7


def read(entries: str, head: str = HEAD) -> tuple[Catalog, tuple[Diagnostic, ...], Source]:
    source = Source("i18n/fr/LC_MESSAGES/messages.po", head + entries)
    outcome = read_catalog(CatalogRequest(source, "fr", "fr_BE"))
    return outcome.value, outcome.diagnostics, source


def test_a_catalog_is_read() -> None:
    catalog, problems, _ = read(
        '# remarque\n#: page.html\nmsgid "Main menu"\nmsgstr "Menu principal"\n\n'
        'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\n'
        'msgstr[0] "%(num)s jour"\nmsgstr[1] "%(num)s jours"\n\n'
        'msgid ""\n"a long "\n"text"\nmsgstr ""\n"un texte "\n"long"\n\n'
        '#~ msgid "gone"\n#~ msgstr "parti"\n'
    )
    assert problems == ()
    assert catalog.messages == {
        "Main menu": ("Menu principal",),
        "%(num)s day": ("%(num)s jour", "%(num)s jours"),
        "a long text": ("un texte long",),
    }


ENTRY = 'msgid "a"\nmsgstr "b"\n\n'


@pytest.mark.parametrize(
    ("entries", "told"),
    named(
        [
            ("rubbish between entries", ENTRY + "rubbish\n", ["catalog-syntax 10:1"]),
            ("rubbish at the beginning of a line", ENTRY + 'xmsgid "c"\n', ["catalog-syntax 10:1"]),
            (
                "a text without quotes",
                "msgid a\nmsgstr b\n",
                ["catalog-syntax 7:1", "catalog-syntax 8:1"],
            ),
            ("a text that is not closed", 'msgid "a\nmsgstr "b"\n', ["catalog-syntax 7:1"]),
            (
                "a translation that is not closed",
                'msgid "a"\nmsgstr "b\n',
                ["catalog-syntax 8:1"],
            ),
            ("a quote too many", 'msgid "a"\nmsgstr "b "c" d"\n', ["catalog-syntax 8:1"]),
            (
                "typographic quotes",
                "msgid “a”\nmsgstr “b”\n",
                ["catalog-syntax 7:1", "catalog-syntax 8:1"],
            ),
            (
                "a merge conflict",
                '<<<<<<< HEAD\nmsgid "a"\n=======\nmsgid "b"\n>>>>>>> x\nmsgstr "c"\n',
                ["catalog-syntax 7:1", "catalog-syntax 9:1", "catalog-syntax 11:1"],
            ),
            ("an entry that breaks off", ENTRY + 'msgid "c"\n', ["catalog-syntax 10:1"]),
            ("two msgids", 'msgid "a"\nmsgid "b"\nmsgstr "c"\n', ["catalog-syntax 8:1"]),
            (
                "a form that is left out",
                'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n',
                ["catalog-syntax 9:1"],
            ),
            ("a context", 'msgctxt "x"\n' + ENTRY, ["unused-message 7:1"]),
            ("no translation", 'msgid "a"\nmsgstr ""\n', ["missing-message 7:1"]),
            (
                "one form of two",
                'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n',
                ["missing-message 7:1"],
            ),
            ("a guess", '#, fuzzy\nmsgid "a"\nmsgstr "b"\n', ["fuzzy-message 8:1"]),
            ("a placeholder lost", 'msgid "a %(n)s"\nmsgstr "b"\n', ["placeholder 8:1"]),
            ("a placeholder misspelt", 'msgid "a %(n)s"\nmsgstr "b %(m)s"\n', ["placeholder 8:11"]),
            ("a placeholder too many", 'msgid "a"\nmsgstr "b %(n)s"\n', ["placeholder 8:11"]),
            (
                "a placeholder of the other kind",
                'msgid "a {n}"\nmsgstr "b %(n)s"\n',
                ["placeholder 8:11"],
            ),
            (
                "all of them",
                (
                    'msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "c"\n\n'
                    'msgid "d %(n)s"\nmsgstr "e"\n'
                ),
                ["missing-message 7:1", "fuzzy-message 11:1", "placeholder 15:1"],
            ),
        ]
    ),
)
def test_what_is_wrong_and_where(entries: str, told: list[str]) -> None:
    _, problems, source = read(entries)
    assert places(problems, source) == told


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("10%% of %(n)s", "10 %% de %(n)s"),
        ("%(a)s and %(b)s", "%(b)s et %(a)s"),
        ("{count} lines", "{count} lignes"),
        ('a \\"b\\" {c}', "« b » {c}"),
    ],
)
def test_placeholders_may_stand_in_any_order(msgid: str, msgstr: str) -> None:
    assert read(f'msgid "{msgid}"\nmsgstr "{msgstr}"\n')[1] == ()


def test_a_form_may_have_a_number_that_only_the_other_english_form_has() -> None:
    """French says the number of nought and of one with the same form; English may write “one”."""
    plural = 'msgid "one day"\nmsgid_plural "%(n)s days"\n'
    for one in ("un jour", "%(n)s jour"):
        assert read(plural + f'msgstr[0] "{one}"\nmsgstr[1] "%(n)s jours"\n')[1] == ()


@pytest.mark.parametrize(
    ("entry", "place", "mend"),
    named(
        [
            ("another name", 'msgid "on %(date)s"\nmsgstr "le %(dat)s"', "8:12", "le %(date)s"),
            ("another kind", 'msgid "%(n)d days"\nmsgstr "%(n)s jours"', "8:9", "%(n)d jours"),
            ("another letter", 'msgid "%(n)s days"\nmsgstr "%(n)S jours"', "8:9", "%(n)s jours"),
            ("without its letter", 'msgid "on %(date)s"\nmsgstr "le %(date)"', "8:12", None),
            ("before a word", 'msgid "on %(date)s"\nmsgstr "%(date) le"', "8:9", None),
            ("in a word", 'msgid "on %(date)s"\nmsgstr "%(date)le"', "8:9", "%(date)se"),
            ("not closed", 'msgid "on %(date)s"\nmsgstr "le %(date"', "8:12", None),
            ("no name", 'msgid "on %(date)s"\nmsgstr "le %()s %(date)s"', "8:12", None),
            ("a lone percent sign", 'msgid "a %(n)s"\nmsgstr "%(n)s, 5 %"', "8:18", "%(n)s, 5 %%"),
            ("no placeholder by name", 'msgid "a %(n)s"\nmsgstr "%(n)s %s"', "8:15", "%(n)s %%s"),
            ("the sign itself", 'msgid "a %(n)s"\nmsgstr "%%(n)s"', "8:1", None),
            ("where nothing is filled in", 'msgid "a"\nmsgstr "b %(date)"', "8:11", None),
            ("on a later line", 'msgid "a %(n)s"\nmsgstr ""\n"\\"b\\" "\n"%(m)s"', "10:2", "%(n)s"),
            ("on two lines", 'msgid "a %(n)s"\nmsgstr ""\n"b %("\n"m)s"', "9:4", None),
            (
                "not in the singular",
                'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "un"\nmsgstr[1] "%(n)s"',
                "9:1",
                None,
            ),
            (
                "not in the plural",
                'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s"\nmsgstr[1] "des"',
                "10:1",
                None,
            ),
            (
                "unknown in the plural",
                'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s"\nmsgstr[1] "%(m)s"',
                "10:12",
                "%(n)s",
            ),
            (
                "damaged in one form while the other is empty",
                'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)"\nmsgstr[1] ""',
                "9:12",
                None,
            ),
        ]
    ),
)
def test_a_damaged_placeholder_is_an_error_at_its_place(
    entry: str, place: str, mend: str | None
) -> None:
    catalog, problems, source = read(entry + "\n")
    errors = [each for each in problems if each.severity is Severity.ERROR]
    assert places(errors, source) == [f"placeholder {place}"]
    assert (mended(errors[0], source) if errors[0].edits else None) == (
        None if mend is None else re.sub(r'"[^"]*"$', f'"{mend}"', line_of(errors[0], source))
    )
    assert list(catalog.messages.values()) == [()], "the English text is shown in a preview"


def line_of(problem: Diagnostic, source: Source) -> str:
    return source.line(source.position(problem.span.start)[0])


@pytest.mark.parametrize(
    ("text", "shown"),
    [("100 % oui", "100 % oui"), ("100 %% oui", "100 % oui"), ("5 %, 6 %%", "5 %, 6 %")],
)
def test_a_percent_sign_is_text_where_nothing_is_filled_in(text: str, shown: str) -> None:
    catalog, problems, _ = read(f'msgid "a"\nmsgstr "{text}"\n')
    assert (strings_of(catalog, "fr_BE").gettext("a"), problems) == (shown, ())


@pytest.mark.parametrize(
    ("text", "place", "mend"),
    named(
        [
            ("an element", "a <b>c</b>", "8:11", None),
            ("a closing tag", "a</p>", "8:10", None),
            ("a tag that is not closed", "a <script", "8:11", None),
            ("a comment", "<!-- a -->", "8:9", None),
            ("a declaration", "<!doctype html>", "8:9", None),
            ("an instruction", "<?php", "8:9", None),
            ("a bogus comment", "a </3", "8:11", None),
            ("behind a quotation mark", '\\"<a href=x>', "8:11", None),
            ("a named reference", "a&lt;b", "8:10", "a<b"),
            ("one that cannot be seen", "a&nbsp;b", "8:10", None),
            ("one without its semicolon", "a &amp b", "8:11", "a & b"),
            ("a numeric reference", "a &#60; b", "8:11", None),
            ("a hexadecimal one", "a &#x3C b", "8:11", None),
            ("a reference in capitals", "&LT;script", "8:9", "<script"),
            ("on two lines", '<"\n"b>', "8:9", None),
        ]
    ),
)
def test_markup_is_an_error_at_its_place(text: str, place: str, mend: str | None) -> None:
    catalog, problems, source = read(f'msgid "a"\nmsgstr "{text}"\n')
    assert places(problems, source) == [f"markup-in-message {place}"]
    assert problems[0].severity is Severity.ERROR
    assert (mended(problems[0], source) if problems[0].edits else None) == (
        None if mend is None else f'msgstr "{mend}"'
    )
    assert strings_of(catalog, "fr_BE").gettext("a") == "a"


@pytest.mark.parametrize(
    "text", ["R&D", "Q & A", "1 < 2", "a<", "<3", "love&parade", "a &b; c", "x > y", "l'« un »"]
)
def test_signs_that_begin_no_markup_are_text(text: str) -> None:
    catalog, problems, _ = read(f'msgid "a"\nmsgstr "{text}"\n')
    assert (strings_of(catalog, "fr_BE").gettext("a"), problems) == (text, ())


def test_markup_in_each_plural_form_is_found() -> None:
    plural = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'
    _, problems, source = read(plural + 'msgstr[0] "<i>%(n)s"\nmsgstr[1] "%(n)s&nbsp;j"\n')
    assert places(problems, source) == ["markup-in-message 9:12", "markup-in-message 10:17"]


@pytest.mark.parametrize("escape", ["\\x3cb", "\\0", "\\r", "\\u003c"])
def test_a_backslash_stands_only_before_what_a_catalog_knows(escape: str) -> None:
    _, problems, source = read(f'msgid "a"\nmsgstr "b{escape}"\n')
    assert places(problems, source) == ["catalog-syntax 8:1"]
    assert "backslash" in str(problems[0].hint)


def test_a_placeholder_is_named_in_the_message() -> None:
    _, (problem,), _ = read('msgid "a %(n)s"\nmsgstr "b %(m)s"\n')
    assert "%(m)s, %(n)s" in str(problem.message)


def test_a_guess_is_not_used() -> None:
    catalog, _, _ = read('#, fuzzy\nmsgid "a"\nmsgstr "b"\n')
    assert strings_of(catalog, "fr_BE").gettext("a") == "a"


def test_what_has_no_translation_stays_english() -> None:
    strings = strings_of(read('msgid "a"\nmsgstr ""\n')[0], "fr_BE")
    assert strings.gettext("a") == "a"
    assert [strings.ngettext("day", "days", count) for count in (1, 2)] == ["day", "days"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("nplurals=2; plural=(n > 1);", []),
        ("nplurals=2; plural=(n>1)", []),
        ("nplurals=2; plural=n != 1;", ["catalog-plural 4:1"]),
        ("nplurals=1; plural=0;", ["catalog-plural 4:1"]),
        ("nplurals=2; plural=(n > 10);", ["catalog-plural 4:1"]),
        ("nplurals=3; plural=(n==1 ? 0 : 2);", ["catalog-plural 4:1"]),
    ],
)
def test_the_plural_rule_is_that_of_the_language(rule: str, told: list[str]) -> None:
    _, problems, source = read(ENTRY, HEAD.replace("nplurals=2; plural=(n > 1);", rule))
    assert places(problems, source) == told
    for problem in problems:
        assert mended(problem, source) == '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"'


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=x; plural=;",
        "nplurals=2; plural=__import__('os');",
        "nplurals=99999999; plural=n**n;",
    ],
)
def test_a_plural_rule_is_compared_and_never_run(rule: str) -> None:
    _, problems, source = read(ENTRY, HEAD.replace("nplurals=2; plural=(n > 1);", rule))
    assert {place.split()[0] for place in places(problems, source)} <= {
        "catalog-plural",
        "catalog-syntax",
    }
    assert problems != ()


def test_a_catalog_without_a_head_or_without_anything() -> None:
    catalog, problems, _ = read(ENTRY, "")
    assert (catalog.messages, problems) == ({"a": ("b",)}, ())
    catalog, problems, _ = read("", "")
    assert (catalog.messages, problems) == ({}, ())


# Extraction and update.

PAGE = File(
    "templates/page.html",
    b'{{ _("Main menu") }}\n{% trans %}You are here{% endtrans %}\n{{ _("News") }}\n',
)
CODE = File("diptych/x.py", b'say("{count} lines", count=1)\nsay("too long")\n')


def template() -> Any:
    return extract_messages([(PAGE, "jinja2")], {"_": None, "gettext": None})


def test_strings_are_found_in_templates_and_code() -> None:
    assert [entry.id for entry in template() if entry.id] == ["Main menu", "You are here", "News"]
    found = extract_messages([(CODE, "python")], {"say": None})
    assert [entry.id for entry in found if entry.id] == ["{count} lines", "too long"]


def test_a_new_catalog_has_every_string_and_the_rule_of_its_language() -> None:
    made = update_catalog(None, template(), "nl_BE")
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in made
    assert [line for line in made.splitlines() if line.startswith("msgid")] == [
        'msgid ""',
        'msgid "Main menu"',
        'msgid "You are here"',
        'msgid "News"',
    ]
    source = Source("messages.po", made)
    checks = [
        each.check for each in read_catalog(CatalogRequest(source, "nl", "nl_BE")).diagnostics
    ]
    assert checks == ["missing-message"] * 3


@pytest.mark.parametrize(("count", "expected"), [(FEW, FEW), (FEW + 1, 1), (80, 1)])
def test_a_catalog_that_was_not_filled_in_is_one_message(count: int, expected: int) -> None:
    entries = "\n".join(f'msgid "m{number}"\nmsgstr ""\n' for number in range(count))
    _, problems, source = read(entries)
    assert [each.check for each in problems] == ["missing-message"] * expected
    assert source.position(problems[0].span.start)[0] == 7
    if expected == 1:
        assert (
            str(problems[0].message)
            == f"{count} texts of this catalog have no translation; the first is “m0”"
        )


def test_an_update_keeps_translations_notes_and_what_is_gone() -> None:
    old = (
        "# menu = menu, jamais « carte »\n" + HEAD + 'msgid "Gone"\nmsgstr "Parti"\n\n'
        '# un mot court\nmsgid "News"\nmsgstr "Actualité"\n\n'
        'msgid "Main menu"\nmsgstr "Menu principal"\n'
    )
    new = update_catalog(old, template(), "fr_BE")
    assert new.startswith("# menu = menu, jamais « carte »\nmsgid")
    assert '# un mot court\n#: templates/page.html\nmsgid "News"\nmsgstr "Actualité"\n' in new
    assert '#~ msgid "Gone"\n#~ msgstr "Parti"\n' in new
    assert [line for line in new.splitlines() if line.startswith("msgid")] == [
        'msgid ""',
        'msgid "Main menu"',
        'msgid "You are here"',
        'msgid "News"',
    ]


def test_a_second_update_changes_no_byte() -> None:
    old = HEAD + 'msgid "Man menu"\nmsgstr "Menu"\n\nmsgid "Gone"\nmsgstr "Parti"\n'
    once = update_catalog(old, template(), "fr_BE")
    assert update_catalog(once, template(), "fr_BE") == once
    assert "#, fuzzy" in once
    assert message_template(template()) == message_template(template())


def test_a_head_as_we_write_it_moves_no_line_and_hides_nothing() -> None:
    own = update_catalog(None, extract_messages((), {}), "fr_BE")
    entries = 'msgid "A"\nmsgstr "a"\n\nmsgid "%(b)s"\nmsgstr "b"\n'
    catalog, problems, source = read(entries, own)
    other, same, _ = read(entries, own.replace("MIME-Version: 1.0", "MIME-Version: 1.1"))
    assert own.startswith('msgid ""\nmsgstr ""\n"Language: fr_BE')
    assert catalog.messages == other.messages == {"A": ("a",), "%(b)s": ()}
    assert places(problems, source) == [f"placeholder {len(own.splitlines()) + 5}:1"]
    assert problems == same


def test_strings_of_what_did_not_change_are_not_looked_for_again(
    whole_tree: Tree, whole_build: Build, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whole_build.site is not None
    first = interface.check_messages(whole_tree, whole_build.site, cache)
    monkeypatch.setattr(interface, "extract_messages", None)
    assert interface.check_messages(whole_tree, whole_build.site, cache) == first


CATALOGS = [file for file in theme_files() if file.path.endswith(".po")]


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: str(file.path))
def test_a_catalog_is_read_as_babel_reads_it(file: File) -> None:
    text = file.data.decode()
    ours = read_po(Source(file.path, text))
    theirs = babel_po(io.StringIO(text), charset="utf-8")
    assert ours.problems == ()
    assert [
        ([each.texts[name].text for name in each.texts if name.startswith("msgid")], each.fuzzy)
        for each in ours.entries
        if each.msgid
    ] == [
        ([each.id] if isinstance(each.id, str) else list(each.id), each.fuzzy)
        for each in theirs
        if each.id
    ]
    assert {
        each.msgid: [form.text for form in each.forms] for each in ours.entries if each.msgid
    } == {
        (each.id if isinstance(each.id, str) else each.id[0]): (
            [each.string] if isinstance(each.string, str) else list(each.string or ())
        )
        for each in theirs
        if each.id
    }


HEAD_OF_FILE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "A"\nmsgstr "B"\n\nmsgid "A"\nmsgstr "C"\n', 7),
        ('msgid "A"\nmsgstr "B"\nmsgid "A"\nmsgstr "B"\n', 6),
        ('msgid "A"\nmsgstr ""\n\n#, fuzzy\nmsgid ""\n"A"\nmsgstr "C"\n', 8),
        ('msgctxt "c"\nmsgid "A"\nmsgstr "B"\n\nmsgctxt "c"\nmsgid "A"\nmsgstr "C"\n', 8),
        (
            'msgid "A"\nmsgid_plural "As"\nmsgstr[0] "B"\nmsgstr[1] "C"\n\nmsgid "A"\nmsgstr "D"\n',
            9,
        ),
    ],
)
def test_an_entry_that_stands_there_twice(text: str, line: int) -> None:
    source = Source("messages.po", HEAD_OF_FILE + text)
    found = [
        source.position(each.span.start)[0]
        for each in read_catalog(CatalogRequest(source, "nl", "nl_BE")).diagnostics
        if "about the same text" in str(each.message)
    ]
    assert found == [line]


@pytest.mark.parametrize(
    "text",
    [
        'msgid "A"\nmsgstr "B"\n\nmsgid "AB"\nmsgstr "B"\n',
        'msgid "A"\nmsgstr "B"\n\nmsgctxt "c"\nmsgid "A"\nmsgstr "B"\n',
        'msgid "A"\nmsgstr "B"\n\n#~ msgid "A"\n#~ msgstr "C"\n',
    ],
)
def test_entries_that_are_different(text: str) -> None:
    source = Source("messages.po", HEAD_OF_FILE + text)
    found = read_catalog(CatalogRequest(source, "nl", "nl_BE")).diagnostics
    assert not [each for each in found if "about the same text" in str(each.message)]
