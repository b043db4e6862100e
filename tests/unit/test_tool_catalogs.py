"""The catalogs of the program itself are read quickly, and as the reader of any PO file reads them."""

from importlib import resources

import pytest

from diptych.diagnostics import Source
from diptych.i18n.catalogs import forms_of
from diptych.i18n.po import read_po, translations_of
from diptych.i18n.speech import TOOL_LOCALES


@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_both_readers_find_the_same(language: str) -> None:
    text = (resources.files("diptych") / f"messages/{language}.po").read_text(encoding="utf-8")
    whole = read_po(Source("messages.po", text))
    assert whole.problems == ()
    assert list(translations_of(text)) == [
        (entry.msgid, forms_of(entry)) for entry in whole.entries if not entry.fuzzy
    ]


def test_a_fuzzy_entry_is_left_out_and_escapes_are_read() -> None:
    entries = (
        '#, fuzzy\nmsgid "a"\nmsgstr "b"',
        '# of a\n#, c-format\nmsgid ""\n"one\\n"\n"two"\nmsgstr "\\"1\\"\\n2"',
        '#~ msgid "old"\n#~ msgstr "oud"',
    )
    assert list(translations_of("\n\n".join(entries) + "\n")) == [("one\ntwo", ('"1"\n2',))]
