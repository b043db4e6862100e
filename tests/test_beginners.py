"""Forty-odd mistakes of somebody who knows only the guides: each is told once, as its cause, with what to
write where that can be known, and nothing is told of what follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from diptych.diagnostics import Severity, corrections_of, render_report
from diptych.pipeline import Build
from tests.conftest import MINIMAL

Builds = Callable[..., Build]
NL, FR = "content/contact/nl.md", "content/contact/fr.md"
EVENTS = "content/time/timeline.yaml"
MAIL, ECRIRE = "Mail ons gerust.", "Écrivez-nous."
AROUND = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    EVENTS: (
        "- id: first\n  date: 2019-05-02\n  title: {nl: Een, fr: Un}\n"
        "  text: {nl: Het begint., fr: Cela commence.}\n"
    ),
    "content/home/nl.md": MINIMAL["content/home/nl.md"] + "\n[a](page:contact) [b](page:time)\n",
    "content/home/fr.md": MINIMAL["content/home/fr.md"] + "\n[a](page:contact) [b](page:time)\n",
}


@dataclass(frozen=True)
class Slip:
    """A mistake: the files that have it, the check that tells it, where, and what to write instead."""

    files: Mapping[str, str]
    check: str
    place: str  # path and line
    written: str = ""  # the corrected line, or the first of several


def texts(dutch: str, french: str, head: str = "", tete: str | None = None) -> dict[str, str]:
    tete = head if tete is None else tete
    return {
        NL: f"---\ntitle: Contact\n{head}---\n\n{MAIL}{dutch}\n",
        FR: f"---\ntitle: Contact\n{tete}---\n\n{ECRIRE}{french}\n",
    }


def body(dutch: str, french: str, check: str, written: str = "", line: int = 5) -> Slip:
    return Slip(texts(dutch, french), check, f"{NL}:{line}", written)


def raw(dutch: str, check: str, line: int, written: str = "") -> Slip:
    return Slip({**texts("", ""), NL: dutch}, check, f"{NL}:{line}", written)


def event(text: str, check: str, line: int, written: str = "") -> Slip:
    return Slip(
        {**texts("", ""), EVENTS: AROUND[EVENTS] + text}, check, f"{EVENTS}:{line}", written
    )


def more(title: str = "{nl: Iets, fr: Chose}", date: str = "2024-12-01", rest: str = "") -> str:
    return (
        f"- id: extra\n  date: {date}\n  title: {title}\n{rest}"
        "  text: {nl: Iets gebeurt., fr: Quelque chose se passe.}\n"
    )


SLIPS = {
    "a Dutch key": raw(f"---\ntitel: Contact\n---\n\n{MAIL}\n", "unknown-key", 2, "title: Contact"),
    "no second line": raw(f"---\ntitle: Contact\n\n{MAIL}\n", "front-matter-unclosed", 2),
    "no front matter": raw(f"{MAIL}\n", "front-matter-missing", 1, "---"),
    "dashes for hyphens": raw(
        f"–––\ntitle: Contact\n–––\n\n{MAIL}\n", "front-matter-missing", 1, "---"
    ),
    "stars for hyphens": raw(
        f"***\ntitle: Contact\n***\n\n{MAIL}\n", "front-matter-missing", 1, "---"
    ),
    "a colon": Slip(
        texts("", "", "description: Bel ons: het kan\n", "description: Appelez\n"),
        *("yaml-syntax", f"{NL}:3", 'description: "Bel ons: het kan"'),
    ),
    "a date in figures": Slip(
        texts("", "", "date: 08/06/2020\n", "date: 2020-06-08\n"),
        *("impossible-date", f"{NL}:3", "date: 2020-06-08"),
    ),
    "a slug with a space": Slip(
        texts("", "", "slug: Contact Ons\n", "slug: contact\n"),
        *("wrong-type", f"{NL}:3", "slug: contact-ons"),
    ),
    "an old address twice": Slip(
        texts("", "", "redirect_from: [/oud/]\n"), "redirect-taken", f"{FR}:3"
    ),
    "a wrong key": body(
        " [x](page:abuot)", " [x](page:about)", "broken-link", f"{MAIL} [x](page:about)"
    ),
    "an address of the browser": body(
        *(" [x](/nl/over-ons/)", " [x](page:about)", "literal-address", f"{MAIL} [x](page:about)")
    ),
    "a space in a link": body(
        *(" [x] (page:about)", " [x](page:about)", "link-brackets", f"{MAIL} [x](page:about)")
    ),
    "a link to nothing": body(" [x]()", " [x](page:about)", "link-brackets", f"{MAIL} [x](…)"),
    "a link to nothing at all": body(
        " ![x]()", " ![x](a.png){.optional}", "link-brackets", f"{MAIL} ![x](…)"
    ),
    "no https": body(
        *(" [x](www.example.org)", " [x](https://www.example.org)", "broken-link"),
        f"{MAIL} [x](https://www.example.org)",
    ),
    "no mailto": body(
        *(" [x](a@example.org)", " [x](mailto:a@example.org)", "broken-link"),
        f"{MAIL} [x](mailto:a@example.org)",
    ),
    "a heading without a space": body(
        *("\n\n##Waar {#where}\n\nHier.", "\n\n## Où {#where}\n\nIci.", "glued-heading"),
        *("## Waar {#where}", 7),
    ),
    "an id with spaces": body(
        *(
            "\n\n## Waar {#where we are}\n\nHier.",
            "\n\n## Où {#where-we-are}\n\nIci.",
            "unsafe-html",
        ),
        *("## Waar {#where-we-are}", 7),
    ),
    "no ids": body(
        *("\n\n## Waar\n\nHier.", "\n\n## Où\n\nIci.", "heading-without-id", "## Waar {#waar}", 7)
    ),
    "a title in the text": body(
        "\n\n# Waar {#where}\n\nHier.",
        "\n\n## Où {#where}\n\nIci.",
        "heading-order",
        "## Waar {#where}",
        7,
    ),
    "spaces within stars": body(
        " ** Let op **", " **Attention**", "open-emphasis", f"{MAIL} **Let op**"
    ),
    "stars never closed": body(
        " **Let op", " **Attention**", "open-emphasis", f"{MAIL} **Let op**"
    ),
    "a table without its line": body(
        "\n\n| Dag | Uur |\n| ma | 18 uur |",
        "\n\n| Jour | Heure |\n|---|---|\n| lu | 18 h |",
        "headless-table",
        "| Dag | Uur |",
        7,
    ),
    "no picture": body(
        "\n\n![Vijf](mars.jpg)", "\n\n![Cinq](mars.jpg){.optional}", "missing-image", line=7
    ),
    "a language in words": body(
        *(" [Le Soir]{lang=frans}", " [De Morgen]{lang=nl}", "unknown-lang"),
        f"{MAIL} [Le Soir]{{lang=fr}}",
    ),
    "no note": body("[^1]", "[^1]\n\n[^1]: Là.", "unknown-footnote", f"{MAIL}[^1]"),
    "a film of another site": body(
        "\n\n<iframe src='https://v.example/x'></iframe>", "", "unsafe-html", line=7
    ),
    "no such callout": body(
        *("\n\n> [!NOTA]\n> Dicht.", "\n\n> [!NOTE]\n> Fermé.", "callout-mark", "> [!NOTE]", 7)
    ),
    "marks of another tool": body(
        " ==geel==", " jaune", "foreign-mark", f"{MAIL} <mark>geel</mark>"
    ),
    "many spaces": body("\n\n" + " " * 130 + "a", "\n\na", "too-complex", "a", 7),
    "a conflict": body(
        "\n\n<<<<<<< HEAD\nEen.\n=======\nTwee.\n>>>>>>> main", "\n\nUn.", "merge-conflict", line=7
    ),
    "another layout": Slip(
        texts("", "", "layout: lijst\n", "layout: list\n"), "unknown-layout", f"{NL}:3"
    ),
    "in one language": Slip({FR: texts("", "")[FR]}, "missing-translation", f"{FR}:2"),
    "capitals in a file's name": Slip(
        {"content/contact/NL.md": texts("", "")[NL], FR: texts("", "")[FR]},
        *("unknown-language", "content/contact/NL.md:1"),
    ),
    "a text as txt": Slip(
        {"content/contact/nl.txt": MAIL, FR: texts("", "")[FR]},
        "file-type",
        "content/contact/nl.txt:1",
    ),
    "capitals in the ending": Slip(
        {"content/contact/nl.MD": MAIL, FR: texts("", "")[FR]},
        *("file-type", "content/contact/nl.MD:1"),
    ),
    "a picture of a kind that is not shown": Slip(
        {
            **texts("\n\n![Een huis](huis.gif)", "\n\n![Une maison](huis.gif)"),
            "content/contact/huis.gif": "GIF89a",
        },
        *("file-type", "content/contact/huis.gif:1"),
    ),
    "a letter of a word processor": Slip(
        {
            **texts(" [De brief](brief.docx)", " [La lettre](brief.docx)"),
            "content/contact/brief.docx": "PK",
        },
        *("file-type", "content/contact/brief.docx:1"),
    ),
    "a key without its colon": raw(
        f"---\ntitle Contact\nslug: schrijf\n---\n\n{MAIL}\n",
        *("yaml-syntax", 2, "title: Contact"),
    ),
    "a question in bold": Slip(
        {
            NL: "---\ntitle: V\nlayout: faq\n---\n\n## Wie? {#who}\n\nWij.\n\n**Waar?**\n\nHier.\n",
            FR: "---\ntitle: Q\nlayout: faq\n---\n\n## Qui ? {#who}\n\nNous.\n\n"
            "## Où ? {#where}\n\nIci.\n",
        },
        *("bold-question", f"{NL}:10", "## Waar? {#…}"),
    ),
    "a date in words": event(more(date="8 juni 2024"), "impossible-date", 6, "  date: 2024-06-08"),
    "a tab": event("- id: extra\n\tdate: 2024-01-01\n", "yaml-syntax", 6, "  date: 2024-01-01"),
    "one language in braces": event(
        more("{nl: Iets}"), "missing-translation", 7, "  title: {nl: Iets, fr: …}"
    ),
    "an id twice": event(more() + more(date="2025"), "duplicate-event", 9, "- id: extra-2"),
    "an unknown theme": event(more(rest="  topics: [lw]\n"), "unknown-topic", 8, "  topics: [law]"),
    "a text that is not indented": event(
        "- id: extra\n  date: 2024\n  title: {nl: Iets, fr: Chose}\n  text:\n    nl: |\n    Iets.\n"
        "    fr: |\n    Chose.\n",
        *("yaml-syntax", 10, "      Iets."),
    ),
    "a text without its bar": event(
        "- id: extra\n  date: 2024\n  title: {nl: Iets, fr: Chose}\n  text:\n    nl:\n      Iets zo.\n"
        "      En ook: meer.\n    fr: Chose.\n",
        *("yaml-syntax", 9, "    nl: |"),
    ),
    "an apostrophe in braces": event(
        more("{nl: 's Avonds, fr: L'heure}"),
        "yaml-syntax",
        7,
        "  title: {nl: \"'s Avonds\", fr: L'heure}",
    ),
    "a colon in braces": event(
        more('{nl: Brief: praat, fr: "Lettre : parlez"}'),
        *("yaml-syntax", 7, '  title: {nl: "Brief: praat", fr: "Lettre : parlez"}'),
    ),
}


def test_there_are_forty() -> None:
    assert len(SLIPS) >= 40


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_the_cause_is_told_alone_with_what_to_write(slip: Slip, site: Builds) -> None:
    files = {**AROUND, **slip.files}
    if NL not in files:
        files = {path: text.replace(" [a](page:contact)", "") for path, text in files.items()}
    build = site(files)
    told = [each for each in build.diagnostics if each.severity is not Severity.INFO]
    first = min(told, key=lambda each: each.severity is not Severity.ERROR)
    line = (
        build.sources[first.span.path].position(first.span.start)[0]
        if first.span.path in build.sources
        else 1
    )
    assert [each.check for each in told] == [slip.check], [str(each.message) for each in told]
    assert f"{first.span.path}:{line}" == slip.place
    written = corrections_of(told, build.sources).get(first)
    assert "content//" not in render_report("text", told, build.sources)
    if slip.written:
        assert written is not None
        assert written.text.split("\n")[0] == slip.written


def test_a_site_without_a_slip_is_silent(site: Builds) -> None:
    build = site({**AROUND, **texts("", "")})
    assert [each.check for each in build.diagnostics if each.severity is not Severity.INFO] == []
