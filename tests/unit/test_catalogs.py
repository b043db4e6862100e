"""Catalogs of interface strings: read, checked, extracted, updated."""

from __future__ import annotations

from typing import Any

import pytest

from diptych.build import Build, interface
from diptych.diagnostics import Diagnostic, Source
from diptych.i18n import read_catalog, strings_of
from diptych.i18n.extraction import extract_messages, message_template, update_catalog
from diptych.memo import Memo
from diptych.model import Catalog, File, Tree
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
    outcome = read_catalog(source, "fr", "fr_BE")
    return outcome.value, outcome.diagnostics, source


def test_a_catalog_is_read() -> None:
    catalog, problems, _ = read(
        '# remarque\n#: page.html\nmsgid "Main menu"\nmsgstr "Menu principal"\n\n'
        'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\n'
        'msgstr[0] "%(num)s jour"\nmsgstr[1] "%(num)s jours"\n\n'
        'msgctxt "month"\nmsgid "May"\nmsgstr "mai"\n\n'
        'msgid ""\n"a long "\n"text"\nmsgstr ""\n"un texte "\n"long"\n\n'
        '#~ msgid "gone"\n#~ msgstr "parti"\n'
    )
    assert problems == ()
    assert catalog.messages == {
        ("", "Main menu"): ("Menu principal",),
        ("", "%(num)s day"): ("%(num)s jour", "%(num)s jours"),
        ("month", "May"): ("mai",),
        ("", "a long text"): ("un texte long",),
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
                ["catalog-syntax 8:1", "missing-message 7:1"],
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
            ("no translation", 'msgid "a"\nmsgstr ""\n', ["missing-message 7:1"]),
            (
                "one form of two",
                'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n',
                ["missing-message 7:1"],
            ),
            ("a guess", '#, fuzzy\nmsgid "a"\nmsgstr "b"\n', ["fuzzy-message 8:1"]),
            ("a placeholder lost", 'msgid "a %(n)s"\nmsgstr "b"\n', ["placeholder 7:1"]),
            ("a placeholder misspelt", 'msgid "a %(n)s"\nmsgstr "b %(m)s"\n', ["placeholder 7:1"]),
            ("a placeholder too many", 'msgid "a"\nmsgstr "b %(n)s"\n', ["placeholder 7:1"]),
            (
                "a placeholder of the other kind",
                'msgid "a {n}"\nmsgstr "b %(n)s"\n',
                ["placeholder 7:1"],
            ),
            (
                "all of them",
                (
                    'msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "c"\n\n'
                    'msgid "d %(n)s"\nmsgstr "e"\n'
                ),
                ["missing-message 7:1", "fuzzy-message 11:1", "placeholder 14:1"],
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
        ("10% of %(n)s", "10 % de %(n)s"),
        ("%(a)s and %(b)s", "%(b)s et %(a)s"),
        ("{count} lines", "{count} lignes"),
        ('a \\"b\\" {c}', "« b » {c}"),
    ],
)
def test_placeholders_may_stand_in_any_order(msgid: str, msgstr: str) -> None:
    assert read(f'msgid "{msgid}"\nmsgstr "{msgstr}"\n')[1] == ()


def test_one_form_may_leave_the_number_out() -> None:
    plural = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'
    assert read(plural + 'msgstr[0] "un jour"\nmsgstr[1] "%(n)s jours"\n')[1] == ()


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
    assert (catalog.messages, problems) == ({("", "a"): ("b",)}, ())
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
    checks = [each.check for each in read_catalog(source, "nl", "nl_BE").diagnostics]
    assert checks == ["missing-message"] * 3


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
    assert catalog.messages == other.messages == {("", "A"): ("a",), ("", "%(b)s"): ("b",)}
    assert places(problems, source) == [f"placeholder {len(own.splitlines()) + 4}:1"]
    assert problems == same


def test_strings_of_what_did_not_change_are_not_looked_for_again(
    real_tree: Tree, real_build: Build, memo: Memo, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert real_build.site is not None
    first = interface.check_messages(real_tree, real_build.site, memo)
    monkeypatch.setattr(interface, "extract_messages", None)
    assert interface.check_messages(real_tree, real_build.site, memo) == first
