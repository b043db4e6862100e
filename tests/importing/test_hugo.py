"""A site of Hugo moves in: languages by file name, by folder, with front matter of every kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.importing.moving import Move, lost, new_words, old_words, picture

CONFIG = """\
baseURL = "https://old.example.org/"
title = "House"
defaultContentLanguage = "nl"
[languages.nl]
languageName = "Nederlands"
languageCode = "nl-BE"
title = "Huis van de buurt"
weight = 1
[languages.fr]
languageName = "Français"
languageCode = "fr-BE"
title = "Maison du quartier"
weight = 2
"""
OVER_NL = """\
+++
title = "Over ons"
author = "Jan"
tags = ["buurt", "huis"]
showToc = true
aliases = ["/about.html"]
[cover]
image = "foto.png"
weight = 3
+++
# Over ons

Tekst <b class="x">vet</b>, zie [de ploeg](/fr/over/#équipe) en [het nieuws]({{< relref "nieuws" >}}).

## Team

![](foto.png)

{{< figure src="/images/huis.png" alt="Een huis" caption="Het huis in 2020" >}}

{{< youtube abc123 >}}

{{% notice tip "Let op" %}}
Kom binnen.
{{% /notice %}}

{{< details "Meer weten" >}}
Dit stond dicht.
{{< /details >}}

{{< gallery dir="zomer" >}}

## Bereikbaar

![weg](https://elsewhere.example/x.png), [kapot](/nergens/) en [het oude adres](https://old.example.org/fr/).
"""
OVER_FR = """\
---
title: À propos
author: Jan
---
Texte.

## Équipe

Personnes.

## Venir {#venir}

Fin.
"""
NEWS = """\
---
title: Open dag
date: 2024-06-08T10:00:00+02:00
draft: false
---
Kom!<!--more--> `{{< niet dit >}}`
"""
TEXTS = {
    "_index.nl.md": "---\ntitle: Welkom\n---\nDag! Lees [over ons](over/).\n",
    "_index.fr.md": "---\ntitle: Bienvenue\n---\nBonjour ! Lisez [à propos](/fr/over/#venir).\n",
    "over/index.nl.md": OVER_NL,
    "over/index.fr.md": OVER_FR,
    "nieuws/_index.nl.md": "---\ntitle: Nieuws\n---\n",
    "nieuws/_index.fr.md": "---\ntitle: Actualités\n---\n",
    "nieuws/Open_Dag.nl.md": NEWS,
    "nieuws/Open_Dag.fr.md": "---\ntitle: Portes ouvertes\ndate: 2024-06-08\n---\nVenez !\n",
}
FILES: dict[str, str | bytes] = {
    "hugo.toml": CONFIG,
    **{f"content/{name}": text for name, text in TEXTS.items()},
    "content/over/foto.png": picture(),
    "static/images/huis.png": picture("red"),
}
PAGES = {  # file of the old site -> page of the new one
    "_index.nl.md": "nl/index.html",
    "_index.fr.md": "fr/index.html",
    "over/index.nl.md": "nl/over/index.html",
    "over/index.fr.md": "fr/over/index.html",
    "nieuws/Open_Dag.nl.md": "nl/nieuws/open-dag/index.html",
    "nieuws/Open_Dag.fr.md": "fr/nieuws/portes-ouvertes/index.html",
}


def by_folder() -> dict[str, str | bytes]:
    """The same site, its languages in folders, its settings in YAML."""
    files: dict[str, str | bytes] = {
        "config/_default/hugo.yaml": "baseURL: https://old.example.org/\ndefaultContentLanguage: nl\n",
        "config/_default/languages.yaml": (
            "nl: {languageName: Nederlands, contentDir: content/nl, title: Huis van de buurt, weight: 1}\n"
            "fr: {languageName: Français, contentDir: content/fr, title: Maison du quartier, weight: 2}\n"
        ),
        "content/nl/over/foto.png": picture(),
        "static/images/huis.png": picture("red"),
    }
    for name, text in TEXTS.items():
        stem, language, ending = name.rsplit(".", 2)
        files[f"content/{language}/{stem}.{ending}"] = text
    return files


LAYOUTS: Mapping[str, Callable[[], Mapping[str, str | bytes]]] = {
    "by file name": lambda: FILES,
    "by folder": by_folder,
}


@pytest.fixture(params=LAYOUTS)
def move(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Move:
    return Move(tmp_path, LAYOUTS[request.param](), capsys)


def test_every_word_of_the_old_site_is_in_the_new_one(move: Move) -> None:
    move.run()
    outputs = {each.path: each.data for each in move.build().outputs}
    assert {
        name: lost(old_words(TEXTS[name]), new_words(outputs[page])) for name, page in PAGES.items()
    } == {name: [] for name in PAGES}


def test_front_matter_is_mapped_and_what_is_unknown_becomes_a_field(move: Move) -> None:
    move.run()
    over = move.text("over/nl.md").partition("\n---\n")[0]
    assert "title: Over ons\n" in over
    assert "author: Jan\n" in over
    assert "tags: [buurt, huis]\n" in over
    assert 'image: "foto.png"\nimage_alt: Over ons\n' in over
    assert "show_toc: true" in over
    types = move.text("types.yaml")
    assert "  author: {type: choice, choices: [Jan]}\n" in types
    assert "  tags: {type: choice, choices: [buurt, huis], many: true}\n" in types
    assert "date: 2024-06-08\n" in move.text("nieuws/open-dag/nl.md")


def test_old_addresses_with_accents_and_signs_lead_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An address that two pages name, in two spellings, leads to the first of them."""
    head = "---\ntitle: {}\naliases: {}\n---\nTexte.\n"
    old = '[/récit-à-l’écoute/, /R%c3%a9cit.html, "/2019/10:30/", /100%25/, "/a b/"]'
    bad = '[/%72%C3%A9cit-à-l’écoute, "/?p=3", /r%E9cit/, /a//b/, /x/.git/, /admin/]'
    files: dict[str, str | bytes] = {
        "hugo.yaml": "baseURL: https://old.example.org/\ndefaultContentLanguage: fr\ntitle: Maison\n",
        "content/_index.md": "---\ntitle: Accueil\n---\nBonjour.\n",
        "content/nous.md": head.format("Nous", old),
        "content/vous.md": head.format("Vous", bad),
    }
    move = Move(tmp_path, files, capsys)
    report = move.run()
    text = move.text("nous/fr.md")
    listed = '"/récit-à-l’écoute/", "/Récit.html", "/2019/10:30/", "/100%25/", "/a%20b/"]'
    assert f'redirect_from: ["/nous/", {listed}\n' in text
    assert 'redirect_from: ["/vous/"]\n' in move.text("vous/fr.md")
    assert report.count("cannot lead on") == 5
    assert "the old address ?p=3 cannot lead on: hosts compare paths alone" in report
    build = move.build()
    assert not build.failed
    assert {"récit-à-l’écoute/index.html", "Récit.html"} <= {each.path for each in build.outputs}


def test_old_addresses_lead_on(move: Move) -> None:
    move.run()
    build = move.build()
    assert build.site is not None
    assert 'redirect_from: ["/over/", "/about.html"]' in move.text("over/nl.md")
    assert b"/nl/over/" in next(o.data for o in build.outputs if o.path == "about.html")
    assert any(o.path == "nieuws/open_dag/index.html" for o in build.outputs)


def test_links_lead_to_pages_by_key_and_headings_have_one_id(move: Move) -> None:
    move.run()
    over = move.text("over/nl.md")
    assert "[de ploeg](#equipe)" in over or "[de ploeg](#team)" in over
    assert "[het nieuws](page:nieuws)" in over
    assert "[het oude adres](page:home)" in over
    assert "## Bereikbaar {#venir}" in over
    assert "## Venir {#venir}" in move.text("over/fr.md")
    assert "[à propos](page:over#venir)" in move.text("home/fr.md")
    assert "[over ons](page:over)" in move.text("home/nl.md")


def test_known_marks_are_ours_and_the_rest_stays_visible_with_its_place(move: Move) -> None:
    report = move.run()
    over = move.text("over/nl.md")
    assert '![Een huis](huis.png "Het huis in 2020")' in over
    assert "[YouTube: abc123](https://www.youtube.com/watch?v=abc123)" in over
    assert '!!! tip "Let op"\n    Kom binnen.' in over
    assert "<details>\n<summary>Meer weten</summary>\n\nDit stond dicht.\n\n</details>" in over
    assert '{{< gallery dir="zomer" >}}' in over
    assert "`{{< niet dit >}}`" in move.text("nieuws/open-dag/nl.md")
    line = OVER_NL.split("\n").index('{{< gallery dir="zomer" >}}') + 1
    assert f'line {line}: {{{{< gallery dir="zomer" >}}}} is a mark that is not known' in report
    assert "the picture https://elsewhere.example/x.png stands on another site" in report
    assert "kapot (/nergens/)" in over
    assert "nobody knows where the link /nergens/ leads" in report


def test_pictures_lie_beside_the_page_that_shows_them(move: Move) -> None:
    move.run()
    assert move.files()["content/over/huis.png"] == picture("red")
    assert move.files()["content/over/foto.png"] == picture()


def test_a_second_run_changes_nothing_and_an_edited_page_stays(move: Move) -> None:
    told = move.run()
    before = move.files()
    again = move.run()
    assert move.files() == before
    made = ("- content/types.yaml is made", "- content/site.yaml is made")
    assert again.splitlines() == [each for each in told.splitlines() if each not in made]
    page = move.new / "content/over/nl.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMeer.\n", encoding="utf-8")
    report = move.run()
    assert page.read_text(encoding="utf-8").endswith("\nMeer.\n")
    assert "content/over/nl.md (was there already and stays as it is)" in report


def test_a_dry_run_writes_nothing(move: Move) -> None:
    assert "content/over/nl.md" in move.run("--dry-run")
    assert move.files() == {}


def test_the_languages_of_the_settings_name_those_of_the_site(move: Move) -> None:
    move.run()
    assert "nl: {locale: nl" in move.text("site.yaml")
    assert "    fr: Maison du quartier\n" in move.text("site.yaml")


@pytest.mark.parametrize(
    "page",
    [
        "page:\n  author: {type: choice, choices: [Els]}\n",
        "page: {author: {type: choice, choices: [Els]}}\n",
    ],
)
def test_fields_and_values_are_added_to_those_that_a_site_has(page: str, move: Move) -> None:
    types = move.new / "content/types.yaml"
    types.parent.mkdir()
    people = "people: {id: {type: key, required: true}, name: {type: text}}\n"
    types.write_text(f"# own\n{page}{people}")
    move.run()
    text = types.read_text(encoding="utf-8")
    assert text.startswith("# own\npage:")
    assert "author: {type: choice, choices: [Els, Jan]}" in text
    assert " tags: {type: choice" in text
    assert text.endswith(people)
    move.build()


def test_headings_code_and_notes_are_put_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "#### Diep\n\nZie <span onclick='x'>dit</span> en <naam> en <Enum<Status>> en `<b>`.\n\n<h1>Groot</h1>\n\n## Diep\n\n"
        "[^1]: Niemand verwijst hiernaar.\n\n<script>alert(1)</script>\n\n```\nnooit gesloten\n"
    )
    config = 'defaultContentLanguage = "nl"\n[languages.nl]\n'
    files = {
        "hugo.toml": config,
        "content/a.md": f"---\ntitle: A\n---\n{text}",
        "content/_index.md": "Dag.\n",
    }
    move = Move(tmp_path, files, capsys)
    report = move.run()
    outputs = {each.path: each.data for each in move.build().outputs}
    assert (
        lost(
            old_words(
                text.replace("<naam>", "naam")
                .replace("<Enum<Status>>", "Enum Status")
                .replace("alert(1)", "")
            ),
            new_words(outputs["nl/a/index.html"]),
        )
        == []
    )
    assert "<script> was taken out" in report
    assert "nothing refers to the note `1`" in report


@pytest.mark.parametrize("ending", ["docx", "gif", "mp4"])
def test_what_is_not_published_is_told(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = 'defaultContentLanguage = "nl"\n[languages.nl]\n'
    page = f"---\ntitle: A\n---\n![Zie](x.{ending}) en [dit](/x.{ending})\n"
    files: dict[str, str | bytes] = {
        "hugo.toml": config,
        "content/a/index.md": page,
        "content/_index.md": "Dag.\n",
        f"content/a/x.{ending}": b"x",
        f"static/x.{ending}": b"x",
    }
    move = Move(tmp_path, files, capsys)
    assert f"x.{ending} is a kind of file that is not published" in move.run()
    assert move.text("a/nl.md").endswith(f"Zie (x.{ending}) en dit (/x.{ending})\n")
    move.build()


PERMALINKS = """
baseURL = "https://old.example.org/"
defaultContentLanguage = "nl"
uglyURLs = true
[permalinks.page]
nieuws = "/:year/:month/:day/:slug"
over = "/:weekday/x"
"""


def test_addresses_are_those_of_the_permalinks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Dates in addresses, by the front matter or by the name; `.html` at the end; settings by language."""
    head = "---\ntitle: {}\n---\nZie [het feest](/2024/06/08/groot-feest.html).\n"
    files: dict[str, str | bytes] = {
        "config/_default/hugo.toml": PERMALINKS,
        "config/_default/languages.nl.toml": 'label = "Nederlands"\ncontentDir = "content/nl"\n',
        "config/_default/languages.fr.toml": 'label = "Français"\ncontentDir = "content/fr"\n',
        "content/nl/_index.md": "---\ntitle: Welkom\n---\nDag.\n",
        "content/fr/_index.md": "---\ntitle: Bienvenue\n---\nBonjour.\n",
        "content/nl/nieuws/feest.md": "---\ntitle: Groot feest\ndate: 2024-06-08\n---\nDag.\n",
        "content/fr/nieuws/feest.md": "---\ntitle: Fête\nslug: fete\ndate: 2024-6-8\n---\nOui.\n",
        "content/nl/nieuws/2023-01-02-markt.md": head.format("Markt"),
        "content/fr/nieuws/2023-01-02-markt.md": "---\ntitle: Marché\n---\nOui.\n",
        "content/nl/over/wie.md": head.format("Wie"),
        "content/fr/over/wie.md": "---\ntitle: Qui\n---\nNous.\n",
    }
    move = Move(tmp_path, files, capsys)
    report = move.run()
    assert 'redirect_from: ["/2024/06/08/groot-feest.html"]\n' in move.text("nieuws/feest/nl.md")
    assert 'redirect_from: ["/fr/2024/06/08/fete.html"]\n' in move.text("nieuws/feest/fr.md")
    assert "/2023/01/02/markt.html" in move.text("nieuws/2023-01-02-markt/nl.md")
    assert "page:nieuws/feest" in move.text("nieuws/2023-01-02-markt/nl.md")
    assert "are not read for over: look at the old addresses" in report
    assert "/over/wie.html" in move.text("over/wie/nl.md")  # as without a pattern
    move.build()


HOSTS = """
defaultContentLanguage: en
defaultContentLanguageInSubdir: true
permalinks: {blog: /:filename}
languages:
  en: {baseUrl: "https://digital.example.org/", contentDir: content/en}
  fr:
    baseUrl: https://numerique.example.org/
    contentDir: content/fr
    permalinks: {blog: "/:year/:month/:day/:filename", guides: "/:weekday"}
"""


def test_each_language_may_have_a_host_and_permalinks_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "---\ntitle: {}\ndate: 2018-11-01\n---\n\n{}\n"
    ours, theirs = (
        "https://numerique.example.org/2018/11/01/fete/",
        "https://digital.example.org/party/",
    )
    files: dict[str, str | bytes] = {
        "config/_default/config.yaml": HOSTS,
        "content/en/_index.md": "---\ntitle: Welcome\n---\nHello.\n",
        "content/fr/_index.md": "---\ntitle: Bienvenue\n---\nBonjour.\n",
        "content/en/blog/posts/party.md": head.format("Big party", "Hello."),
        "content/fr/blog/posts/fete.md": head.format(
            "La fête", f"[Ici]({ours}), [there]({theirs})"
        ),
        "content/fr/blog/posts/suite.md": head.format("Suite", "Voir [la fête](/2018/11/01/fete)."),
    }
    move = Move(tmp_path, files, capsys)
    report = move.run()
    assert "base_url: https://digital.example.org\n" in move.text("site.yaml")
    assert 'redirect_from: ["/party/"]\n' in move.text("blog/posts/party/en.md")
    assert 'redirect_from: ["/2018/11/01/fete/"]\n' in move.text("blog/posts/fete/fr.md")
    assert "[Ici](page:blog/posts/fete), [there](page:blog/posts/party)" in move.text(
        "blog/posts/fete/fr.md"
    )
    assert "Voir [la fête](page:blog/posts/fete)." in move.text("blog/posts/suite/fr.md")
    assert "are not read for guides: look at the old addresses" in report
    move.build()


def test_a_field_that_is_a_list_on_one_page_is_a_list_on_every_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All other pages would be wrong, and become drafts."""
    files: dict[str, str | bytes] = {
        "hugo.toml": 'baseURL = "https://old.example.org/"\ndefaultContentLanguage = "nl"\n',
        "content/a.md": "---\ntitle: A\ncategory: Huis\n---\n\nEen.\n",
        "content/b.md": "---\ntitle: B\ncategory: [Huis, Straat]\n---\n\nTwee.\n",
        "content/c.md": "---\ntitle: C\nश्रेणी: een\nवर्ग: twee\n---\n\nDrie.\n",
    }
    move = Move(tmp_path, files, capsys)
    move.run()
    assert "category: [Huis]\n" in move.text("a/nl.md")
    assert "category: [Huis, Straat]\n" in move.text("b/nl.md")
    assert "key: een\nkey_2: twee\n" in move.text("c/nl.md")  # and none is lost
    assert "draft" not in "".join(move.text(f"{key}/nl.md") for key in "abc")
    move.build()
    before = move.files()
    move.run()
    assert move.files() == before


def test_the_report_says_why_a_drawing_does_not_come_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A drawing is of a kind that is published; this one leads elsewhere."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<image href="https://elsewhere.example/x.png" width="9" height="9"/></svg>'
    )
    files: dict[str, str | bytes] = {
        "hugo.toml": 'defaultContentLanguage = "nl"\n[languages.nl]\n',
        "content/a/index.md": "---\ntitle: A\n---\n![Zie](x.svg)\n",
        "content/_index.md": "Dag.\n",
        "content/a/x.svg": drawing,
    }
    move = Move(tmp_path, files, capsys)
    report = move.run()
    assert "x.svg is not moved in: this drawing needs or leads to something outside it" in report
    assert "kind of file" not in report
    move.build()
