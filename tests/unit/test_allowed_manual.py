"""The manual for templates says what a finished page may hold: made from the list itself.

`python -m tests.unit.test_allowed_manual` writes the table anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from diptych.html import allowed
from diptych.html.allowed import ADDRESSES, Leads
from diptych.pipeline import Build
from tests.conftest import LOOK, ROOT

MANUAL = ROOT / "docs" / "extending.md"
_MARK = "<!-- allowed -->\n"


def listed(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in sorted(names) if name)


def table() -> str:
    """What may stand on a page, a row for each kind."""
    leads = (
        (
            each.value,
            [f"{element} {name}" for (element, name), use in ADDRESSES.items() if use is each],
        )
        for each in Leads
    )
    rows = [
        ("elements of a text", listed(allowed.TEXT)),
        ("elements of the frame", listed(allowed.FRAME)),
        ("pictures", listed(allowed.PICTURES)),
        ("forms", listed(allowed.FORMS)),
        ("drawings (SVG)", listed(allowed.DRAWINGS)),
        ("attributes of any element", listed(allowed.PLAIN)),
        ("attributes that name", listed(allowed.NAMING)),
        ("for assistive technology", listed(f"aria-{name}" for name in allowed.ARIA)),
        (
            "for your own scripts",
            "any name that begins with `data-`, without an address of another site",
        ),
        *((f"an address: {use}", listed(names)) for use, names in leads),
        ("how an address to click may begin", listed(f"{each}:" for each in allowed.SCHEMES)),
        ("colours, shapes and effects", listed(allowed.PAINTS)),
        ("functions in them", f"{listed(f'{name}()' for name in allowed.PAINTERS)} `url(#…)`"),
        ("`rel` of `link`", listed(allowed.RELATIONS)),
        ("`rel` of `a`, `area`, `form`", listed(allowed.LINK_RELATIONS)),
        ("`target`", listed(allowed.TARGETS)),
        ("`referrerpolicy`", listed(allowed.REFERRERS)),
        ("`type` of `script`", listed(allowed.SCRIPTS | allowed.DATA)),
        ("`http-equiv` of `meta`", listed(allowed.HEADS)),
        (
            "`name` of `meta`",
            (
                f"{listed(allowed.META)}; those that begin with {listed(allowed.META_FAMILIES)}, and that "
                f"end in `{allowed.PROVING}`"
            ),
        ),
    ]
    head = ["| What | May be written |", "| --- | --- |"]
    return "\n".join((*head, *(f"| {what} | {names} |" for what, names in rows)))


def with_table(text: str) -> str:
    """The manual with the table as it should be, from its mark to its next heading."""
    before, mark, behind = text.partition(_MARK)
    rest = behind[behind.index("\n## ") :]
    return f"{before}{mark}\n{table()}\n{rest}"


def test_the_manual_says_what_a_template_may_write() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    assert text == with_table(text), "python -m tests.unit.test_allowed_manual"
    assert "](#what-a-page-may-hold)" in text  # where templates are spoken of


def test_every_word_of_the_list_stands_in_the_table() -> None:
    """A new set of the list comes into the table, or nobody can read it there."""
    written = set(table().replace("|", " ").replace("`", " ").split())
    for name, value in vars(allowed).items():
        if name.isupper() and isinstance(value, frozenset | tuple):
            parts = {f"aria-{each}" if name == "ARIA" else each for each in value if each}
            missing = [each for each in parts if not {each, f"{each}:", f"{each}()"} & written]
            assert missing == [], name


@pytest.mark.parametrize(
    ("markup", "refused"),
    [
        ("<p data-x='1' aria-label='x'>x</p>", False),
        ("<a href='https://elsewhere.example/' rel='external noreferrer'>x</a>", False),
        ("<x-card>x</x-card>", True),
        ("<p onclick='x()'>x</p>", True),
        ("<p v-if='x'>x</p>", True),
        ("<iframe src='/nl/'></iframe>", True),
    ],
)
def test_what_the_manual_says_of_a_refusal_is_so(
    site: Callable[..., Build], markup: str, refused: bool
) -> None:
    base = str(LOOK["templates/base.html"], "utf-8").replace("<main", f"{markup}\n<main", 1)
    build = site({"templates/base.html": base})
    told = {each.span.path for each in build.diagnostics if each.check in NAMED}
    assert told == ({"templates/base.html"} if refused else set())
    assert build.failed == refused


NAMED = ("unknown-markup", "unsafe-address", "inline-code", "foreign-resource", "blocked-code")


def test_the_manual_names_the_checks_of_a_refusal() -> None:
    text = (
        MANUAL.read_text(encoding="utf-8")
        .partition("## What a page may hold")[2]
        .partition(_MARK)[0]
    )
    assert [each for each in NAMED if f"`{each}`" not in text] == []


if __name__ == "__main__":
    MANUAL.write_text(with_table(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
