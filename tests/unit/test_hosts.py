"""Links that lead elsewhere than they look."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.pipeline import Build

CYRILLIC_A, GREEK_O = "\u0430", "\u03bf"


def told(site: Callable[..., Build], text: str) -> list[str]:
    page = f"---\ntitle: Over ons\n---\n\n{text}\n\n## Wie {{#who}}\n\nWij.\n"
    build = site({"content/about/nl.md": page})
    return [str(each.message) for each in build.diagnostics if each.check == "misleading-link"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[https://bank.be](https://evil.example/)", "shows https://bank.be"),
        ("[bank.be](https://bank.be.evil.example/)", None),
        ("[www.bank.be/login](https://evil.example/login)", "shows www.bank.be/login"),
        ("[bank.be](https://bank.evil.example/)", "shows bank.be"),
        ("[info@bank.be](mailto:info@evil.example)", "shows info@bank.be"),
        ("[onze bank](https://bank.be@evil.example/)", "looks like one to bank.be"),
        ("[onze bank](https://bank.be:x@evil.example/)", "looks like one to bank.be:x"),
        (f"[onze bank](https://b{CYRILLIC_A}nk.be/)", "U+0430"),
        (f"[onze bank](https://g{GREEK_O}{GREEK_O}gle.com/)", "U+03BF"),
        ("[onze bank](https://xn--bnk-5cd.be/)", "U+0430"),
        ("[onze bank](https://\uff42ank.be/)", "U+FF42"),
    ],
)
def test_a_link_that_leads_elsewhere_than_it_looks(
    site: Callable[..., Build], link: str, said: str | None
) -> None:
    found = told(site, link)
    if said is None:  # a host below the one that is shown would be of the same site: not this one
        assert found == [
            "the text of this link shows bank.be, and it leads to bank.be.evil.example"
        ]
    else:
        assert len(found) == 1
        assert said in found[0]


@pytest.mark.parametrize(
    "link",
    [
        "[bank.be](https://www.bank.be/nl/)",
        "[https://www.bank.be](https://bank.be/)",
        "[shop.bank.be](https://bank.be/shop)",
        "[Node.js](https://nodejs.example/)",
        "[nl.md](https://elsewhere.example/nl.md)",
        "[de site van de bank](https://bank.be/)",
        "[Info@bank.be](mailto:info@bank.be?subject=x)",
        "[wij](page:home)",
        "[bel ons](tel:+3225550000)",
        "[Zürich](https://zürich.example/)",
        "[een foto](https://media.example/@account/1)",
        "[een adres](https://elsewhere.example/?mail=a@b.be)",
    ],
)
def test_a_link_that_is_what_it_looks_like(site: Callable[..., Build], link: str) -> None:
    assert told(site, link) == []


def test_the_source_of_an_event_is_looked_at_too(site: Callable[..., Build]) -> None:
    event = (
        "- id: a\n  date: 2020\n  title: {nl: A, fr: A}\n  text: {nl: A., fr: A.}\n  sources:\n"
        "    - {url: https://bank.be@evil.example/, title: Bank, language: nl}\n"
    )
    files = {
        "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n",
        "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n",
        "content/time/timeline.yaml": event,
    }
    found = [each for each in site(files).diagnostics if each.check == "misleading-link"]
    assert [each.span.path for each in found] == ["content/time/timeline.yaml"]
