"""Every other kind of site moves in: MkDocs, Jekyll, plain Markdown, WordPress; each with the same texts.

A site of Hugo has tests of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from diptych.cli import main
from diptych.importing.fields import our_front_matter
from diptych.importing.old_site import OldLanguage, OldSite
from diptych.importing.settings import site_yaml
from diptych.importing.tags import with_allowed_html
from tests.importing.moving import Move, laid, lost, new_words, old_words, picture

Files = dict[str, str | bytes]

ABOUT_NL = """\
---
title: Over ons
author: Jan
---

Tekst met een [link](contact.md#adres){target=_blank} en <span style="color: red">kleur</span>.

## De ploeg

![Een huis](<img/huis.png> "Ons huis")

Nog een zin.
"""
ABOUT_FR = """\
---
title: À propos
---

Texte avec <font color="red">couleur</font>.

## L'équipe

![Une maison](img/huis.png)

Encore une phrase.
"""
CONTACT_NL = "# Contact\n\nBel ons.\n\nAdres\n-----\n\nStraat 1, terug naar [over ons](over.md).\n"
CONTACT_FR = "# Nous écrire\n\nAppelez.\n\n## Adresse\n\nRue 1.\n"
TEXTS = {
    "index.nl.md": "# Welkom\n\nDag, lees [meer](over.md).\n",
    "index.fr.md": "# Bienvenue\n\nBonjour.\n",
    "over.nl.md": ABOUT_NL,
    "over.fr.md": ABOUT_FR,
    "contact.nl.md": CONTACT_NL,
    "contact.fr.md": CONTACT_FR,
}
TABS = """\

??? tip "Goed om te weten"
    Dit staat dicht.

=== "Te voet"

    Tien minuten.

    - links
    - rechts

=== "Met de bus"

    Vijf minuten.

``` text
=== "Geen tabblad"
```
"""
PLUGIN = """\
site_name: Huis
site_url: https://old.example.org/
plugins:
  - search
  - i18n:
      docs_structure: {structure}
      languages:
        - {{locale: nl, name: Nederlands, default: true, site_name: Huis van de buurt}}
        - {{locale: fr, name: Français, site_name: Maison du quartier}}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:materialx.emoji.twemoji
nav:
  - Start: index.md
  - Wie we zijn: contact.md
"""


def with_tabs() -> dict[str, str]:
    return TEXTS | {"over.nl.md": ABOUT_NL + TABS}


def mkdocs_by_suffix() -> Files:
    texts = {name.replace(".nl.md", ".md"): text for name, text in with_tabs().items()}
    return {
        "mkdocs.yml": PLUGIN.format(structure="suffix"),
        **{f"docs/{name}": text for name, text in texts.items()},
        "docs/img/huis.png": picture(),
        "docs/img/huis.fr.png": picture("red"),
    }


def by_folder(texts: Mapping[str, str], above: str = "") -> Files:
    """The same texts, each language in its folder."""
    files: Files = {}
    for name, text in texts.items():
        stem, language, ending = name.rsplit(".", 2)
        files[f"{above}{language}/{stem}.{ending}"] = text
    return files


def mkdocs_by_folder() -> Files:
    return {
        "mkdocs.yml": PLUGIN.format(structure="folder"),
        **by_folder(with_tabs(), "docs/"),
        "docs/nl/img/huis.png": picture(),
    }


def mkdocs_by_settings() -> Files:
    """A file of settings for each language, as the example of Material for MkDocs has it."""
    names = {"nl": "", "fr": "fr/"}
    return {
        **{
            f"config/{key}/mkdocs.yml": f"site_name: Huis {key}\nsite_url: https://old.example.org/{way}\n"
            f"docs_dir: ../../docs/{key}\nnav:\n  - Wie we zijn: contact.md\n"
            for key, way in names.items()
        },
        **by_folder(with_tabs(), "docs/"),
        "docs/nl/img/huis.png": picture(),
    }


def plain_by_suffix() -> Files:
    return {**TEXTS, "img/huis.png": picture()}


def plain_by_folder() -> Files:
    return {**by_folder(TEXTS), "nl/img/huis.png": picture(), "fr/img/huis.png": picture()}


def jekyll() -> Files:
    pages = {}
    for name, text in by_folder(TEXTS).items():
        assert isinstance(text, str)
        pages[name] = text if text.startswith("---") else f"---\nlayout: default\n---\n{text}"
    return {
        "_config.yml": "title: Huis\nurl: https://old.example.org\nlanguages: [nl, fr]\n",
        **pages,
        "nl/_posts/2024-06-08-open-dag.md": (
            "---\nlayout: post\ntitle: Open dag\nref: open\ncategories: nieuws\n---\n"
            "Kom naar [ons]({{ site.baseurl }}{% link nl/over.md %}). {% include kaart.html %}\n"
        ),
        "fr/_posts/2024-06-08-portes.md": "---\ntitle: Portes ouvertes\nref: open\n---\nVenez !\n",
        "_layouts/default.html": "{{ content }}",
        "README.md": "# Over deze map\n",
        "nl/img/huis.png": picture(),
        "fr/img/huis.png": picture(),
    }


LAYOUTS: Mapping[str, Callable[[], Files]] = {
    "MkDocs by suffix": mkdocs_by_suffix,
    "MkDocs by folder": mkdocs_by_folder,
    "MkDocs by settings": mkdocs_by_settings,
    "plain by suffix": plain_by_suffix,
    "plain by folder": plain_by_folder,
    "Jekyll": jekyll,
}
PAGES = {
    "index.nl.md": "nl/index.html",
    "index.fr.md": "fr/index.html",
    "over.nl.md": "nl/{over}/index.html",
    "over.fr.md": "fr/{over}/index.html",
    "contact.nl.md": "nl/contact/index.html",
    "contact.fr.md": "fr/{contact}/index.html",
}


@pytest.fixture(params=LAYOUTS)
def move(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Move:
    return Move(tmp_path, LAYOUTS[request.param](), capsys)


def test_every_word_is_in_the_new_site_and_the_languages_belong_together(move: Move) -> None:
    move.run()
    build = move.build()
    assert build.site is not None
    outputs = {each.path: each.data for each in build.outputs}
    keys = {"index": "home", "over": "over", "contact": "contact"}
    for name, text in with_tabs().items() if list(move.old.rglob("mkdocs.yml")) else TEXTS.items():
        stem, language, _ = name.rsplit(".", 2)
        page = build.site.page(keys[stem], language)
        assert page is not None, name
        assert page.document.language == language, name
        assert lost(old_words(text), new_words(outputs[page.output])) == [], name


def test_links_headings_pictures_and_a_second_run(move: Move) -> None:
    move.run()
    over, contact = move.text("over/nl.md"), move.text("contact/nl.md")
    assert "[link](page:contact#" in over
    identity = over.partition("page:contact#")[2].partition(")")[0]
    assert f"## Adres {{#{identity}}}" in contact
    assert f"## Adresse {{#{identity}}}" in move.text("contact/fr.md")
    assert "[over ons](page:over)" in contact
    assert '![Een huis](huis.png "Ons huis")' in over
    assert "<span>kleur</span>" in over
    assert "couleur" in move.text("over/fr.md")
    assert "author: Jan" in over
    assert move.files()["content/over/huis.png"] == picture()
    before = move.files()
    move.run()
    assert move.files() == before


def test_tabs_and_folded_notices_of_mkdocs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, make in enumerate((mkdocs_by_suffix, mkdocs_by_folder)):
        move = Move(tmp_path / str(number), make(), capsys)
        move.run()
        over = move.text("over/nl.md")
        assert "<summary>Goed om te weten</summary>\n\nDit staat dicht." in over
        french = ("huis-fr.png", picture("red")) if number == 0 else ("huis.png", picture())
        assert f"![Une maison]({french[0]})" in move.text("over/fr.md")
        assert move.files()[f"content/over/{french[0]}"] == french[1]
        assert "**Te voet**\n\nTien minuten.\n\n- links\n- rechts" in over
        assert '=== "Geen tabblad"' in over
        assert 'fr: {locale: fr, name: "Français", typography: french}' in move.text("site.yaml")
        assert "short: Wie we zijn" in move.text("contact/nl.md")


def test_posts_of_jekyll_are_news_with_a_date_from_their_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, jekyll(), capsys)
    report = move.run()
    post = move.text("posts/open-dag/nl.md")
    assert "date: 2024-06-08\n" in post
    assert 'redirect_from: ["/nieuws/2024/06/08/open-dag.html"]' in post
    assert "[ons](page:over)" in post
    assert "{% include kaart.html %} is a mark that is not known" in report
    assert "layout: list" in move.text("posts/nl.md")
    assert "title: Portes ouvertes" in move.text("posts/open-dag/fr.md")
    assert "README.md\n  - it has no front matter, so that it is no page" in report


@pytest.mark.parametrize("make", [mkdocs_by_suffix, plain_by_folder, jekyll])
@pytest.mark.parametrize(
    "written",
    [
        '<a href="https://x.example/" target="_blank" rel="noopener">Bron</a>',
        '<p align="center"><img src="{picture}" alt="Een huis" width="30" height="20"></p>',
        '[Bron](https://x.example/){{:target="_blank" rel="noopener"}}',
    ],
)
def test_attributes_that_do_nothing_move_in_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Callable[[], Files], written: str
) -> None:
    """They are many in old sites, and none of them is left to look at."""
    files = make()
    (name,) = (each for each, text in files.items() if isinstance(text, str) and "De ploeg" in text)
    img = "/assets/img/huis.png" if make is jekyll else "img/huis.png"
    text = str(files[name]).replace(
        "Nog een zin.", written.format(picture=img) + "\n\nNog een zin."
    )
    move = Move(tmp_path, {**files, name: text}, capsys)
    report = move.run()
    assert not [word for word in ("target", "rel (", "width", "align") if word in report], report
    build = move.build()
    assert not [each for each in build.diagnostics if each.check == "unsafe-html"]
    assert "Nog een zin." in move.text("over/nl.md")
    assert "https://x.example/" in move.text("over/nl.md") or "![Een huis]" in move.text(
        "over/nl.md"
    )


HEAD = """\
<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Huis</title><link>https://old.example.org</link><language>nl-BE</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example.org</wp:base_site_url>
<wp:base_blog_url>https://old.example.org</wp:base_blog_url>
<wp:term><wp:term_taxonomy>language</wp:term_taxonomy><wp:term_slug>fr</wp:term_slug>
<wp:term_name><![CDATA[Français]]></wp:term_name>
<wp:term_description><![CDATA[a:1:{s:6:"locale";s:5:"fr_BE";}]]></wp:term_description></wp:term>
"""
OVER = """\
<!-- wp:paragraph -->
<p>Wij zijn <strong>samen</strong>, zie <a href="https://old.example.org/contact/">contact</a>.</p>
<!-- /wp:paragraph -->
<!-- wp:heading --><h2 class="wp-block-heading">De ploeg</h2><!-- /wp:heading -->
<!-- wp:image {"id":9} -->
<figure class="wp-block-image"><img src="https://old.example.org/wp-content/uploads/2024/01/huis-30x20.png" alt="Een huis"/><figcaption>Het "oude" huis</figcaption></figure>
<!-- /wp:image -->
<!-- wp:embed --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=abc
</div></figure><!-- /wp:embed -->
[contact-form-7 id="12" title="Formulier"]
"""
CLASSIC = """\
Eerste regel
tweede regel &amp; meer

[caption id="a" width="3"]<a href="https://old.example.org/x"><img src="https://old.example.org/wp-content/uploads/2024/01/weg.png" alt="Weg" /></a> Onderschrift[/caption]

<ul>
<li>een</li>
<li>twee_drie</li>
</ul>
"""


def entry(
    identity: int,
    title: str,
    content: str,
    link: str,
    *,
    kind: str = "page",
    status: str = "publish",
    more: str = "",
    parent: int = 0,
) -> str:
    name = "" if "?" in link else link.rstrip("/").rpartition("/")[2]
    return f"""<item><title>{escape(title)}</title><link>https://old.example.org{link}</link>
<dc:creator><![CDATA[jan]]></dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{identity}</wp:post_id>
<wp:post_date><![CDATA[2024-06-08 10:00:00]]></wp:post_date><wp:post_name><![CDATA[{name}]]></wp:post_name>
<wp:status><![CDATA[{status}]]></wp:status><wp:post_parent>{parent}</wp:post_parent>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>{more}</item>
"""


def polylang(language: str, group: str) -> str:
    return (
        f'<category domain="language" nicename="{language}"><![CDATA[{language}]]></category>'
        f'<category domain="post_translations" nicename="pll_{group}"><![CDATA[pll_{group}]]></category>'
    )


def wpml(language: str, group: str) -> str:
    return "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in (
            ("_wpml_import_language_code", language),
            ("_wpml_import_translation_group", group),
        )
    )


def export(mark: Callable[[str, str], str]) -> str:
    return (
        HEAD
        + entry(1, "Welkom", "<p>Dag!</p>", "/", more=mark("nl", "1"))
        + entry(2, "Bienvenue", "<p>Bonjour !</p>", "/fr/", more=mark("fr", "1"))
        + entry(3, "Over ons", OVER, "/over-ons/", more=mark("nl", "2"))
        + entry(
            4, "À propos", "<p>Nous.</p><h2>L’équipe</h2>", "/fr/a-propos/", more=mark("fr", "2")
        )
        + entry(5, "Contact", "<p>Bel.</p>", "/contact/", more=mark("nl", "3"))
        + entry(6, "Route", "<p>Links.</p>", "/contact/route/", parent=5, more=mark("nl", "4"))
        + entry(
            7,
            "Open & vrij",
            CLASSIC,
            "/2024/06/open/",
            kind="post",
            more=mark("nl", "5")
            + '<category domain="post_tag" nicename="x"><![CDATA[Buurt]]></category>',
        )
        + entry(
            8, "Klad", "<p>Later.</p>", "/?p=8", kind="post", status="draft", more=mark("nl", "6")
        )
        + entry(
            9,
            "huis",
            "",
            "/huis/",
            kind="attachment",
            more="<wp:attachment_url>https://old.example.org/wp-content/uploads/2024/01/huis.png</wp:attachment_url>",
        )
        + entry(10, "weg", "<p>Weg.</p>", "/weg/", status="trash", more=mark("nl", "7"))
        + "</channel></rss>\n"
    )


@pytest.mark.parametrize("mark", [polylang, wpml])
def test_wordpress(
    mark: Callable[[str, str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files: Files = {"export.xml": export(mark), "uploads/2024/01/huis.png": picture()}
    move = Move(tmp_path, files, capsys)
    report = move.run()
    over = move.text("over-ons/nl.md")
    assert "Wij zijn **samen**, zie [contact](page:contact)." in over
    assert '![Een huis](huis.png "Het ”oude” huis")' in over
    assert move.files()["content/over-ons/huis.png"] == picture()
    assert "https://www.youtube.com/watch?v=abc" in over
    assert "[contact-form-7" in over
    assert "export.xml#3 → content/over-ons/nl.md\n  - line" in report
    assert '[contact-form-7 id="12" title="Formulier"] is a mark that is not known' in report
    french = move.text("over-ons/fr.md")
    assert 'title: "À propos"' in french
    assert french.rpartition("{#")[2] == over.partition("{#")[2].partition("\n")[0] + "\n"
    assert "content/contact/route/nl.md" in report
    post = move.text("news/open/nl.md")
    assert "date: 2024-06-08" in post
    assert "topics: [x]" in post
    assert "  x: {nl: Buurt, fr: Buurt}" in move.text("site.yaml")
    assert 'redirect_from: ["/2024/06/open/"]' in post
    assert (
        "the picture https://old.example.org/wp-content/uploads/2024/01/weg.png is not there"
        in report
    )
    assert "draft: true" in move.text("news/klad/nl.md")
    assert "content/weg" not in report
    assert "layout: list" in move.text("news/fr.md")
    build = move.build()
    outputs = {each.path: each.data for each in build.outputs}
    for text, page in (
        (OVER, "nl/over-ons"),
        (CLASSIC, "nl/news/open"),
        ("Dag!", "nl"),
        ("Nous. L’équipe", "fr/a-propos"),
    ):
        bare = text.replace(
            '[contact-form-7 id="12" title="Formulier"]', "contact form 7 Formulier"
        )
        bare = bare.replace('[caption id="a" width="3"]', "").replace("[/caption]", "")
        assert lost(old_words(bare), new_words(outputs[f"{page}/index.html"])) == []
    before = move.files()
    move.run()
    assert move.files() == before


def test_an_export_of_one_file_lists_its_pictures_as_foreign(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, {"site.xml": export(polylang)}, capsys)
    report = move.run(source=move.old / "site.xml")
    assert "huis-30x20.png" in report
    move.build()


def test_an_export_reads_nothing_from_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No entity is expanded: neither a file of this computer nor a text that grows without end."""
    secret = laid(tmp_path, {"secret.txt": "TOPSECRET"}) / "secret.txt"
    for declared in (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>',
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;">]>',
    ):
        text = export(polylang).replace("?>\n", f"?>\n{declared}\n", 1).replace("Over ons", "&x;")
        old = laid(tmp_path / "old", {"site.xml": text})
        assert (
            main(["import-site", str(old / "site.xml")], root=laid(tmp_path / "new", {"a": ""}))
            == 2
        )
        printed = capsys.readouterr()
        assert "TOPSECRET" not in printed.out + printed.err
        assert not (tmp_path / "new/content").exists()


def test_what_cannot_be_read_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    for call, said in (
        ([str(tmp_path / "nowhere")], "there is no folder and no file"),
        ([str(tmp_path / "empty")], "no page was found in"),
        (
            [str(tmp_path / "empty" / "..")],
            "is the new site itself; name the folder of the old one",
        ),
        ([str(tmp_path), "--from", "drupal"], "there is no kind `drupal`; there are: hugo"),
    ):
        assert main(["import-site", *call, "--message-language", "en"], root=tmp_path) == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Binnengehaald uit Markdown"),
        ("nl", " in het Frans en Nederlands, "),
        ("fr", "Repris de Markdown"),
        ("fr", " en français et en néerlandais, "),
        ("en", "Moved in from Markdown"),
    ],
)
def test_the_report_speaks_the_language_of_the_editor(
    language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = laid(tmp_path / "old", plain_by_suffix())
    call = ["import-site", str(old), "--dry-run", "--message-language", language]
    assert main(call, root=laid(tmp_path / "new", {"a": ""})) == 0
    assert said in capsys.readouterr().out


def test_a_language_has_the_typography_of_its_country() -> None:
    old = OldSite("Markdown", (OldLanguage("fr", locale="fr-ch"),), ())
    assert "  fr: {locale: fr_CH, name: " in (text := site_yaml(old, ["fr"], [], {}))
    assert "typography: french-thin}" in text


def test_every_key_for_old_addresses_counts() -> None:
    front = {"title": "A", "aliases": ["/oud/"], "redirect_from": "/ouder/", "alias": []}
    assert our_front_matter(front).aliases == ("/oud/", "/ouder/")


def test_html_keeps_the_attributes_that_our_texts_may_hold() -> None:
    """`scope` is kept as well: it says for which cells of a table a cell is the head."""
    made = with_allowed_html(
        '<th scope="col" class="wide" onclick="x()">Jaar</th><ol start="3" data-a="b">'
    )
    assert made.text == '<th scope="col">Jaar</th><ol start="3">'
