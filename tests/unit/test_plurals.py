"""Plural rules: those of the catalogs, whichever release of Babel is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from diptych.diagnostics import Source
from diptych.i18n import CatalogRequest, plural_rule, read_catalog, strings_of

ROOT = Path(__file__).parents[2]
CATALOGS = sorted(
    path for place in ("diptych", "tests/sites") for path in (ROOT / place).rglob("*.po")
)


class Elsewhere:
    """What another release of Babel says of every language."""

    num_plurals = 3
    plural_expr = "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("fr", [0, 0, 1, 1, 1, 1]),
        ("fr_BE", [0, 0, 1, 1, 1, 1]),
        ("fr_CH", [0, 0, 1, 1, 1, 1]),
        ("nl_BE", [1, 0, 1, 1, 1, 1]),
        ("de_AT", [1, 0, 1, 1, 1, 1]),
        ("en", [1, 0, 1, 1, 1, 1]),
        ("es", [1, 0, 1, 1, 1, 1]),
        ("pt_BR", [0, 0, 1, 1, 1, 1]),
        ("ar", [0, 1, 2, 3, 4, 5]),
        ("tr_TR", [1, 0, 1, 1, 1, 1]),
    ],
)
def test_a_number_takes_its_form(locale: str, forms: list[int]) -> None:
    chosen = plural_rule(locale).chooser()
    assert [chosen(count) for count in (0, 1, 2, 3, 11, 100)] == forms
    assert plural_rule(locale).forms > max(forms)


@pytest.mark.parametrize("locale", ["fr_BE", "fr_CH", "es", "it_CH", "pt", "ar"])
def test_another_release_of_babel_changes_nothing(
    locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = str(plural_rule(locale))
    monkeypatch.setattr("babel.messages.plurals.get_plural", lambda _: Elsewhere())
    assert str(plural_rule(locale)) == before


def test_french_stays_french_with_another_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("babel.messages.plurals.get_plural", lambda _: Elsewhere())
    path = ROOT / "diptych/theme/i18n/fr/LC_MESSAGES/messages.po"
    read = read_catalog(CatalogRequest(Source("messages.po", path.read_text("utf-8")), "fr", "fr"))
    assert read.diagnostics == ()
    words = strings_of(read.value, "fr_BE")
    said = [words.ngettext("%(num)s event", "%(num)s events", count) for count in (1, 3, 1_000_000)]
    assert [text.endswith("événements") for text in said] == [False, True, True]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_catalog_names_the_rule_of_its_language(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    language = next(line for line in lines if line.startswith('"Language:')).split()[1][:-3]
    rule = next((line for line in lines if line.startswith('"Plural-Forms:')), None)
    if rule is not None:
        assert rule == f'"Plural-Forms: {plural_rule(language)}\\n"'
