"""Links that lead elsewhere than they look."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.diagnostics import Severity
from diptych.pipeline import Build
from tests.conftest import SITE_YAML

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
        ("[ga naar https://bank.be](https://evil.example/)", "shows https://bank.be"),
        ("[naar www.bank.be, snel](https://evil.example/)", "shows www.bank.be"),
        ("[HTTPS://BANK.BE hier](https://evil.example/)", "shows HTTPS://BANK.BE"),
        (f"[mail ons](mailto:info@b{CYRILLIC_A}nk.be)", "U+0430"),
        (f"[mail ons](mailto:inf{GREEK_O}@bank.be)", "U+03BF"),
        ("https://bank.be@evil.example/ is van ons", "looks like one to bank.be"),
        ("[bank.io](https://evil.example/)", "shows bank.io"),
        ("[bank.app/login](https://evil.example/)", "shows bank.app/login"),
        ("[bank.support](https://evil.example/)", "shows bank.support"),
        ("[wij](https:/evil.example/)", "browsers read https:/evil.example/"),
        ("[wij](https:///evil.example/)", "browsers read https:///evil.example/"),
        ("[wij](http:evil.example)", "browsers read http:evil.example"),
        ("[wij](HTTP:evil.example)", "browsers read HTTP:evil.example"),
        ("[wij](<https:\\\\evil.example\\x>)", "browsers read https:"),
        ("[wij](https://bank.be%2eevil.example/)", "browsers read https://bank.be%2eevil.example/"),
        ("[wij](https://%65vil.example)", "browsers read https://%65vil.example"),
        ("[wij](https://2130706433/)", "browsers read https://2130706433/"),
        ("[wij](https://0x7f.1/x)", "browsers read https://0x7f.1/x"),
        ("[wij](https://127.1/)", "browsers read https://127.1/"),
        ("[wij](https://bank.be\u3002evil.example/)", "browsers read https://bank.be"),
        ("[wij](https://bank.be\uff0eevil.example/)", "browsers read https://bank.be"),
        ("[wij](https://bank.be\uff61evil.example/)", "browsers read https://bank.be"),
        ("[info@bank.be](https://evil.example/)", "shows info@bank.be"),
        ("[Info@bank.be.](https://evil.example/bank.be)", "shows Info@bank.be"),
        ("[info@bank.be](https://bank.be.evil.example/)", "shows info@bank.be"),
        ("[mail ons](mailto:info@bank.be?bcc=x@evil.example)", "leads to x@evil.example"),
        ("[mail ons](mailto:info@bank.be?subject=a&CC=x@evil.example)", "leads to x@evil.example"),
        ("[mail ons](mailto:info@bank.be?to=x@evil.example)", "leads to x@evil.example"),
        ("[mail ons](mailto:info@bank.be%0D%0Abcc:x@evil.example)", "browsers read mailto:"),
        ("[mail ons](mailto:info@bank.be?subject=a%0abcc:x@evil.example)", "browsers read mailto:"),
        ("[02 123 45 67](tel:+3290000000)", "shows 02 123 45 67"),
        ("[+32 (0)2 123.45.67](tel:+3221234568)", "shows +32 (0)2 123.45.67"),
        ("[0475/12 34 56](tel:+32475123465)", "shows 0475/12 34 56"),
        ("[wij](https://0177.0.0.1/)", "browsers read https://0177.0.0.1/"),
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
        "[02 555 00 00](tel:+3225550000)",
        "[+32 (0)2 555 00 00](tel:025550000)",
        "[tussen 9 en 17](tel:+3225550000)",
        "[info@bank.be](https://www.bank.be/mail)",
        "[mail ons](mailto:info@bank.be?subject=Lid%20worden&body=Dag%0A%0AIk%20wil)",
        "[Zürich](https://zürich.example/)",
        "[een foto](https://media.example/@account/1)",
        "[wat men zegt over bank.be](https://news.example/)",
        "[zie https://bank.be/nl](https://www.bank.be/nl/)",
        "[mail ons](mailto:info+wij@bank.be)",
        "[een adres](https://elsewhere.example/?mail=a@b.be)",
        "[een adres](https://192.0.2.1/x)",
        "[een adres](https://[2001:db8::1]/x)",
        "[een adres](https://elsewhere.example:8080/a%20b?c=%2F#d%20e)",
        "[een adres](https://elsewhere.example?q=a%20b)",
        "[een adres](https://4chan.example/)",
        "[versie 2.10](https://elsewhere.example/2.10)",
        "[leesmij.md](https://elsewhere.example/leesmij.md)",
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


ADDRESSES = {  # how each stands in site.yaml
    "membership_form": "  membership_form: {}\n",
    "donation_link": "  donation_link: {}\n",
    "social": "  social: {{Mastodon: {}}}\n",
}
WRONG = ("https://bank.be@evil.example/", f"https://b{CYRILLIC_A}nk.be/", "https://xn--bnk-5cd.be/")


@pytest.mark.parametrize("key", [*ADDRESSES, "exit", "base_url", "sign_in"])
@pytest.mark.parametrize("address", WRONG)
def test_an_address_of_the_settings_is_judged_as_one_of_a_text(
    site: Callable[..., Build], key: str, address: str
) -> None:
    contact = "  contact: info@example.org\n"
    yaml = {
        "exit": SITE_YAML.replace("https://weather.example/nl", address),
        "base_url": SITE_YAML.replace("https://example.org", address.rstrip("/")),
        "sign_in": SITE_YAML + f"admin: {{repository: a/b, sign_in: {address}}}\n",
    }.get(key) or SITE_YAML.replace(contact, contact + ADDRESSES[key].format(address))
    found = [
        each
        for each in site({"content/site.yaml": yaml}).diagnostics
        if each.check == "misleading-link"
    ]
    assert [yaml[each.span.start : each.span.end].strip('"') for each in found] == [
        address.rstrip("/") if key == "base_url" else address
    ]


@pytest.mark.parametrize(
    "contact", [f"inf{GREEK_O}@example.org", f"info@ex{CYRILLIC_A}mple.org", "info@xn--bnk-5cd.be"]
)
def test_the_contact_is_the_mailbox_that_it_looks_like(
    site: Callable[..., Build], contact: str
) -> None:
    build = site({"content/site.yaml": SITE_YAML.replace("info@example.org", contact)})
    assert [each.check for each in build.diagnostics if each.severity is Severity.ERROR] == [
        "misleading-link"
    ]


def test_a_link_among_fields_of_a_sites_own_is_judged_too(site: Callable[..., Build]) -> None:
    types = "people:\n  name: {type: text, translate: true}\n  site: {type: link}\n"
    records = "- id: a\n  name: {nl: A, fr: A}\n  site: https://bank.be@evil.example/\n"
    files = {"content/types.yaml": types, "content/about/people.yaml": records}
    found = [each for each in site(files).diagnostics if each.check == "misleading-link"]
    assert [each.span.path for each in found] == ["content/about/people.yaml"]


def test_addresses_that_are_what_they_look_like(site: Callable[..., Build]) -> None:
    contact = "  contact: info@example.org\n"
    lines = contact + '  social: {Mastodon: "https://social.example/@wij"}\n'
    lines += "  donation_link: https://z\u00fcrich.example/?mail=a@b.be\n"
    build = site({"content/site.yaml": SITE_YAML.replace(contact, lines)})
    assert [each for each in build.diagnostics if each.check == "misleading-link"] == []
