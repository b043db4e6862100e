"""An export of WordPress: what only some could read stays offline, what stays behind is told, and marks of
its editors, old and new, become pictures and text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.disk import read_tree
from diptych.pipeline import Options, build_site
from tests.importing.moving import Move, picture
from tests.importing.test_readers import HEAD, entry, polylang, wpml

SECRET = "geheimwoord"
UPLOADS = "https://old.example.org/wp-content/uploads/2024/01"


def export(*entries: str) -> str:
    home = entry(1, "Welkom", "<p>Dag!</p>", "/")
    return HEAD + home + "".join(entries) + "</channel></rss>\n"


def moved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *entries: str, **pictures: bytes
) -> tuple[Move, str]:
    files: dict[str, str | bytes] = {"export.xml": export(*entries)}
    for name, data in pictures.items():
        files[f"wp-content/uploads/2024/01/{name}.png"] = data
    move = Move(tmp_path, files, capsys)
    return move, move.run()


def attachment(identity: int, name: str, parent: int, alt: str = "") -> str:
    meta = (
        "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>"
    )
    return entry(
        identity,
        name,
        "",
        f"/{name}/",
        kind="attachment",
        status="inherit",
        parent=parent,
        more=f"<wp:attachment_url>{UPLOADS}/{name}.png</wp:attachment_url>{meta}",
    )


@pytest.mark.parametrize(
    ("status", "more", "said"),
    [
        ("draft", "", "it was no more than a draft: it comes as a draft"),
        ("pending", "", "it was no more than a draft: it comes as a draft"),
        ("private", "", "it was private: it comes as a draft, and whoever sees these files"),
        ("future", "", "it waited for 2024-06-08: it comes as a draft, and `publish` can hold"),
        (
            "publish",
            "<wp:post_password><![CDATA[sesam]]></wp:post_password>",
            "a password protected it: it comes as a draft, and whoever sees these files",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["page", "post"])
def test_what_not_everyone_could_read_is_not_published(
    kind: str,
    status: str,
    more: str,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hidden = entry(
        2, f"Plan {SECRET}", f"<p>{SECRET}</p>", "/plan/", kind=kind, status=status, more=more
    )
    move, report = moved(tmp_path, capsys, hidden)
    assert said in report
    assert "sesam" not in report
    files = move.files()
    assert not [path for path, data in files.items() if b"sesam" in data]
    assert [
        path for path, data in files.items() if SECRET.encode() in data and b"draft: true" in data
    ]
    build = build_site(read_tree(move.new).value, Options(), Cache(None))
    assert not build.failed
    assert not [each.path for each in build.outputs if SECRET.encode() in each.data]


def test_comments_menus_and_authors_are_told_and_no_page_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comment = (
        "<wp:comment><wp:comment_author><![CDATA[Piet]]></wp:comment_author>"
        "<wp:comment_author_email>piet@example.org</wp:comment_author_email>"
        f"<wp:comment_content><![CDATA[{SECRET}]]></wp:comment_content></wp:comment>"
    )
    move, report = moved(
        tmp_path,
        capsys,
        entry(2, "Open dag", "<p>Kom.</p>", "/open/", kind="post", more=comment),
        entry(3, "", "", "/?p=3", kind="nav_menu_item"),
        entry(4, "", "", "/?p=4", kind="nav_menu_item"),
    )
    assert "1 comment is not moved in" in report
    assert "2 entries of menus are not moved in: write the menu as `navigation`" in report
    assert "1 name of an author stands in the pages, below `author`, and no page shows it" in report
    files = move.files()
    assert not [p for p, data in files.items() if SECRET.encode() in data or b"piet" in data]
    assert "author: jan" in move.text("news/open/nl.md")
    built = move.build().outputs
    assert not [each.path for each in built if b"jan" in each.data.lower().replace(b"januari", b"")]


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("[gallery]", ["huis", "weg"]),
        ('[gallery columns="3" link="file"]', ["huis", "weg"]),
        ('[gallery ids="12"]', ["weg"]),
        ("[gallery include='12,11']", ["weg", "huis"]),
    ],
)
def test_a_gallery_shows_its_pictures(
    mark: str, shown: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move, report = moved(
        tmp_path,
        capsys,
        entry(2, "Foto’s", f"Kijk:\n\n{mark}\n", "/fotos/"),
        attachment(11, "huis", 2, "Een huis"),
        attachment(12, "weg", 2, "Een weg"),
        huis=picture(),
        weg=picture("red"),
    )
    text = (
        move.text("foto-s/nl.md")
        if (move.new / "content/foto-s").exists()
        else move.text("fotos/nl.md")
    )
    places = [text.index(f"]({name}.png)") for name in shown]
    assert places == sorted(places)
    assert text.count("![") == len(shown)
    assert "[gallery" not in text + report


def test_a_gallery_without_pictures_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move, report = moved(tmp_path, capsys, entry(2, "A", 'Kijk.\n\n[gallery ids="99"]', "/a/"))
    assert '[gallery ids="99"]' in move.text("a/nl.md")
    assert '[gallery ids="99"] is a mark that is not known' in report


@pytest.mark.parametrize(
    ("content", "becomes"),
    [
        ("Voor<!--more-->na", "Voorna"),
        ("<p>Voor</p>\n<!--more Lees verder-->\n<p>Na</p>", "Voor\n\nNa"),
        ("<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n<p>Na</p>", "Na"),
        (
            '<!-- wp:code --><pre class="wp-block-code"><code>een<br>twee</code></pre><!-- /wp:code -->',
            "```\neen\ntwee\n```",
        ),
        (
            (
                '<!-- wp:group {"layout":{"type":"constrained"}} --><div class="wp-block-group">'
                '<!-- wp:paragraph {"align":"center"} --><p>Zin.</p><!-- /wp:paragraph --></div><!-- /wp:group -->'
            ),
            "Zin.",
        ),
        (
            (
                '[caption id="attachment_9" align="alignleft" width="300"]'
                f'<img src="{UPLOADS}/huis-300x200.png" alt="Een huis" /> Het huis[/caption]'
            ),
            '![Een huis](huis.png "Het huis")',
        ),
        (
            "Een\ntwee\n\n<pre>a\n\nb</pre>\n\nDrie\n\nVier",
            "Een\\\ntwee\n\n```\na\n\nb\n```\n\nDrie\n\nVier",
        ),
        ("Voor <pre>a</pre> na\n\nDrie", "Voor\n\n```\na\n```\n\nna\n\nDrie"),
        ("Een\n\n<pre>nooit dicht\n\nTwee", "Een"),
        ("Regel een<br />regel twee", "Regel een\\\nregel twee"),
    ],
)
def test_marks_of_both_editors(
    content: str, becomes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move, _ = moved(tmp_path, capsys, entry(2, "A", content, "/a/"), huis=picture())
    assert becomes in move.text("a/nl.md")
    assert "wp:" not in move.text("a/nl.md")
    move.build()


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (polylang, False),
        (wpml, False),
        (lambda language, _: "", True),
        (
            lambda language, _: f'<category domain="language" nicename="{language}">x</category>',
            True,
        ),
    ],
)
def test_an_export_that_pairs_no_languages_says_so(
    mark: Callable[[str, str], str],
    told: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, report = moved(
        tmp_path,
        capsys,
        entry(2, "Over", "<p>Wij.</p>", "/nl/over/", more=mark("nl", "2")),
        entry(3, "À propos", "<p>Nous.</p>", "/fr/a-propos/", more=mark("fr", "2")),
    )
    assert ("the export does not say which pages are the same in two languages" in report) == told


def test_a_page_sent_as_a_copy_belongs_to_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = (
        "<wp:postmeta><wp:meta_key>_icl_lang_duplicate_of</wp:meta_key>"
        "<wp:meta_value>2</wp:meta_value></wp:postmeta>"
    )
    move, _ = moved(
        tmp_path,
        capsys,
        entry(2, "Over", "<p>Wij.</p>", "/nl/over/"),
        entry(3, "Over", "<p>Nous.</p>", "/fr/over/", more=copy),
    )
    assert "Nous." in move.text("over/fr.md")


def test_the_default_category_is_none_and_the_featured_picture_is_the_image(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = (
        '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>'
        '<category domain="category" nicename="buurt"><![CDATA[Buurt &amp; huis]]></category>'
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>11</wp:meta_value></wp:postmeta>"
    )
    move, _ = moved(
        tmp_path,
        capsys,
        entry(2, "Open", "<p>Kom.</p>", "/open/", kind="post", more=more),
        attachment(11, "huis", 0, "Een huis"),
        huis=picture(),
    )
    text = move.text("news/open/nl.md")
    assert "Uncategorized" not in text
    assert "topics: [buurt]" in text
    assert '  buurt: {nl: "Buurt & huis"}' in move.text("site.yaml")
    assert 'image: "huis.png"\nimage_alt: Een huis' in text
    move.build()
