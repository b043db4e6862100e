"""After any edits, what is built with what earlier builds kept is what a clean build makes, byte for byte.

make test ARGS="-k random_edits --edits 500"    a longer history, at each size
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from diptych.cache import Cache
from diptych.diagnostics import render_report
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site
from diptych.translation import confirm, write_lock
from tests.conftest import LOOK, SITE_YAML, make_tree

Files = dict[str, Any]  # path -> text, bytes, or None for a file that is not there
Edit = Callable[[Files, random.Random], None]
EDITS_A_BUILD = 6  # so that most of a history's time goes into different states
WORDS = [
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "hoerenloper",
    "werk",
    "recht",
    "2020",
    "€5",
    "hier",
    "l'eau",
]
TEMPLATES = ("base", "page", "home", "list", "timeline", "search", "404")


def picture(chance: random.Random) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8 + chance.randrange(3), 8), (chance.randrange(256), 9, 9)).save(data, "PNG")
    return data.getvalue()


def words(chance: random.Random, count: int = 6) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def a_page(title: str, front: str, text: str) -> str:
    return f"---\ntitle: {title}\n{front}---\n\n{text}\n"


def begun(size: int) -> Files:
    """A site with every kind of file, and `size` pages more below a list."""
    files: Files = {
        "content/site.yaml": SITE_YAML,
        "content/home/nl.md": a_page("Welkom", "layout: home\n", "Wij [spreken](page:about#who)."),
        "content/home/fr.md": a_page("Bienvenue", "layout: home\n", "Nous parlons."),
        "content/about/nl.md": a_page("Over ons", "", "Tekst.\n\n## Wie {#who}\n\nWij."),
        "content/about/fr.md": a_page("À propos", "", "Texte.\n\n## Qui {#who}\n\nNous."),
        "content/about/hand.png": picture(random.Random(0)),
        "content/time/nl.md": a_page("Tijdlijn", "layout: timeline\n", "Toen."),
        "content/time/fr.md": a_page("Chronologie", "layout: timeline\n", "Alors."),
        "content/time/timeline.yaml": timeline(random.Random(1)),
        "content/news/nl.md": a_page("Nieuws", "layout: list\n", "Wat er gebeurt."),
        "content/news/fr.md": a_page("Nouvelles", "layout: list\n", "Ce qui se passe."),
        "content/terms.yaml": terms(random.Random(2)),
        "assets/site.css": LOOK["assets/site.css"],
        "i18n/nl/LC_MESSAGES/messages.po": LOOK["i18n/nl/LC_MESSAGES/messages.po"],
    }
    for number in range(size):
        for language in ("nl", "fr"):
            front = f"date: 2021-{number % 12 + 1:02}-01\n"
            text = words(random.Random(number), 20)
            files[f"content/news/n{number}/{language}.md"] = a_page(f"N{number}", front, text)
    return files


def timeline(chance: random.Random) -> str:
    return "".join(
        f"- id: e{number}\n  date: 20{10 + number}-0{chance.randrange(1, 9)}\n  topics: [law]\n"
        f"  title: {{nl: {words(chance, 2)}, fr: Un}}\n"
        f"  text: {{nl: 'Zie [ons](page:about). {words(chance, 3)}', fr: Deux.}}\n".replace(
            "l'", "l"
        )
        for number in range(chance.randrange(1, 4))
    )


def terms(chance: random.Random) -> str:
    avoided = chance.choice(["hoerenloper", "vijf", "recht"])
    return (
        f"- id: client\n  avoid: {{nl: [{avoided}], fr: [michet]}}\n  preferred: {{nl: klant, fr: client}}\n"
        "  reason: {nl: Dit woord oordeelt., fr: Ce mot juge.}\n"
    )


def one_of(files: Files, chance: random.Random, ending: str) -> str:
    found = sorted(
        path for path, data in files.items() if path.endswith(ending) and data is not None
    )
    return chance.choice(found)


def edit_text(files: Files, chance: random.Random) -> None:
    path = one_of(files, chance, ".md")
    files[path] = f"{files[path]}\n{words(chance)}.\n"


def edit_front(files: Files, chance: random.Random) -> None:
    """A title, an address, a description, a date, a draft, a layout, an old address, a permission."""
    path = one_of(files, chance, ".md")
    line = chance.choice(
        [
            f"title: {chance.choice(['Wij', 'Zij', 'Over ons'])}",
            f"slug: s{chance.randrange(3)}",
            f"description: {words(chance)}",
            f"date: 202{chance.randrange(5)}-0{chance.randrange(1, 9)}",
            "draft: true",
            f"layout: {chance.choice(['page', 'faq', 'list', 'search', 'nothing'])}",
            f"redirect_from: [/oud{chance.randrange(3)}/]",
            "allow: {avoided-term: hier mag het}",
            "image: hand.png\nimage_alt: Een hand",
            "discreet: true",
            "only: er is geen andere",
        ]
    )
    name = line.partition(":")[0]
    lines = str(files[path]).split("\n")
    kept = [each for each in lines if not each.startswith((f"{name}:", "image_alt:"))]
    files[path] = "\n".join([*kept[:1], line, *kept[1:]])


def edit_links(files: Files, chance: random.Random) -> None:
    path = one_of(files, chance, ".md")
    target = chance.choice(
        ["page:about#who", "page:news", "page:time#e1", "page:nowhere", "plan.pdf", "site:contact"]
    )
    files[path] = f"{files[path]}\n[{words(chance, 2)}]({target}) ![Een hand](hand.png)\n"


def edit_headings(files: Files, chance: random.Random) -> None:
    path = one_of(files, chance, ".md")
    files[path] = f"{files[path]}\n## {words(chance, 2)} {{#h{chance.randrange(4)}}}\n\nEn dus.\n"


def come_or_go(files: Files, chance: random.Random) -> None:
    """A version of a page, a page in one language, or one below another."""
    key = chance.choice(["about", "news/n0", "extra", "about/team", "home"])
    path = f"content/{key}/{chance.choice(['nl', 'fr', 'fr'])}.md"
    gone = files.get(path) is not None and not path.endswith("home/nl.md")
    files[path] = None if gone else a_page(f"Nieuw {words(chance, 1)}", "", words(chance))


def edit_events(files: Files, chance: random.Random) -> None:
    files["content/time/timeline.yaml"] = chance.choice([timeline(chance), timeline(chance), None])


def edit_terms(files: Files, chance: random.Random) -> None:
    files["content/terms.yaml"] = chance.choice([terms(chance), terms(chance), None])


def edit_settings(files: Files, chance: random.Random) -> None:
    old, new = chance.choice(
        [
            ("[about]", "[about, time]"),
            ("[about]", "[time, nowhere]"),
            ("example.org\n", "example.org/below\n"),
            ("Voorbeeld vzw", "Een ander"),
            ("law: {nl: Wet", "law: {nl: Recht"),
            ("topics:", "hosting: netlify\ntopics:"),
            ("fr: {locale: fr_BE", "fr: {locale: fr_FR"),
            ("short_name: Voorbeeld", "short_name: Vb"),
            ("topics:", "redirects: {/weg/: page:about}\ntopics:"),
            ("", ""),
        ]
    )
    files["content/site.yaml"] = SITE_YAML.replace(old, new, 1)


def edit_types(files: Files, chance: random.Random) -> None:
    """Fields and records of the site's own, with texts, a link and a name of an event."""
    types = (
        "people:\n  id: {type: key, required: true}\n"
        "  name: {type: text, required: true}\n  role: {type: text, translate: true}\n"
        "page:\n  place: {type: text, translate: true}\n"
    )
    role = words(chance, 2).replace("'", "")
    people = f"- id: jan\n  name: Jan\n  role: {{nl: {role}, fr: Un rôle}}\n"
    declared = chance.random() < 0.8
    files["content/types.yaml"] = types if declared else None
    files["content/about/people.yaml"] = people if declared and chance.random() < 0.8 else None


def edit_lock(files: Files, chance: random.Random) -> None:
    """What is confirmed now, or nothing any more."""
    site = build_site(make_tree(files), Options(index=False), Cache(None))
    key = chance.choice(["about", "time", "news"])
    report = site.reports.get(key)
    lock = confirm(report.groups, report.records) if report else None
    path = f"content/{key}/translations.lock"
    files[path] = write_lock(lock) if lock and files.get(path) is None else None


def edit_files(files: Files, chance: random.Random) -> None:
    """A picture, a drawing or a PDF that comes, changes or goes."""
    files["content/about/hand.png"] = chance.choice([picture(chance), picture(chance), None, b"x"])
    files["content/about/plan.pdf"] = chance.choice([None, b"%PDF-1.4 a", b"%PDF-1.4 b"])


def edit_look(files: Files, chance: random.Random) -> None:
    """A template (whole, broken or the theme's again), a style, a string of a catalog."""
    name = f"templates/{chance.choice(TEMPLATES)}.html"
    whole = LOOK[name]
    text = whole.decode() if isinstance(whole, bytes) else whole
    more = chance.choice(
        ["", f"\n<!-- {words(chance, 1)} -->", "\n{{ view.nothing }}", "\n{% if %}"]
    )
    files[name] = text.replace("{% endblock %}", more + "{% endblock %}", 1)
    files["assets/site.css"] = f"/* {chance.randrange(3)} */ body {{ margin: 0 }}"
    catalog = LOOK["i18n/nl/LC_MESSAGES/messages.po"]
    assert isinstance(catalog, bytes)
    word = chance.choice([b"Hoofdmenu", b"Menu", b"Kaart"])
    files["i18n/nl/LC_MESSAGES/messages.po"] = catalog.replace(b"Hoofdmenu", word)


def break_off(files: Files, chance: random.Random) -> None:
    """A file that cannot be read whole, for one build: the next edit of it may mend it."""
    path = one_of(files, chance, chance.choice([".md", ".yaml"]))
    files[path] = chance.choice(
        [": :\n- [", "---\ntitle: [\n---\n", "<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n"]
    )


EDITS: tuple[Edit, ...] = (
    *(edit_text, edit_front, edit_links, edit_headings, come_or_go, edit_events) * 2,
    edit_terms,
    edit_settings,
    edit_types,
    edit_lock,
    edit_files,
    edit_look,
    break_off,
)


def said_and_made(build: Build) -> tuple[object, str]:
    """Every byte that a build publishes, and all that it says."""
    return build.outputs, render_report("json", build.diagnostics, build.sources)


@pytest.mark.parametrize("size", [0, 4, 12])
def test_after_random_edits_an_incremental_build_is_a_clean_one(
    size: int, edits: int, tmp_path: Path
) -> None:
    """The store of one program after another, a preview that goes on, and a store that only some of
    the builds see (as one restored in CI) against a build that remembers nothing.
    """
    chance = random.Random(size)
    files, good = begun(size), begun(size)
    living = Cache(None)
    for _ in range(0, edits, EDITS_A_BUILD):
        for _ in range(chance.randrange(1, 2 * EDITS_A_BUILD)):
            chance.choice(EDITS)(files, chance)
        tree = make_tree(files)
        thorough = chance.random() < 0.5
        options = Options(
            thorough=thorough, advice=thorough, drafts=chance.random() < 0.3, index=False
        )
        clean = build_site(tree, options, Cache(None))
        for folder in ("every", "some")[: chance.randrange(1, 3)]:
            stored = Cache(tmp_path / folder)
            assert said_and_made(build_site(tree, options, stored)) == said_and_made(clean)
            stored.save()
        assert said_and_made(build_site(tree, options, living)) == said_and_made(clean)
        if clean.failed and chance.random() < 0.7:  # else most of a history would publish nothing
            files = dict(good)
        elif not clean.failed:
            good = dict(files)


def test_what_is_checked_is_the_same_with_a_full_an_empty_and_a_restored_store(
    tmp_path: Path,
) -> None:
    chance = random.Random(7)
    files = begun(3)
    options = Options(thorough=True, advice=True)

    def checked(tree: Tree, folder: Path | None) -> tuple[object, str]:
        cache = Cache(folder)
        found = said_and_made(build_site(tree, options, cache))
        cache.save()
        return found

    for folder in ("full", "restored"):
        checked(make_tree(files), tmp_path / folder)
    for edit in (edit_text, edit_headings, edit_events, edit_text):
        edit(files, chance)
        found = {str(checked(make_tree(files), tmp_path / "full"))}
    found.add(str(checked(make_tree(files), None)))
    found.add(str(checked(make_tree(files), tmp_path / "restored")))
    assert len(found) == 1
