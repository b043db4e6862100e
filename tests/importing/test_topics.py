"""Categories and tags of WordPress become topics, with the names that Polylang and WPML give them in each
language; pages pair by what those plugins export.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from diptych.importing.settings import in_every_language
from diptych.importing.wordpress import TopicFinder
from diptych.importing.wxr import OldTerm
from tests.importing.moving import Move, laid, lost, new_words, old_words
from tests.importing.test_readers import HEAD, entry

Members = Mapping[str, tuple[int, str, str]]  # language -> id, slug, name of a term


def category(identity: int, slug: str, name: str, more: str = "") -> str:
    return (
        f"<wp:category><wp:term_id>{identity}</wp:term_id>"
        f"<wp:category_nicename><![CDATA[{slug}]]></wp:category_nicename>"
        "<wp:category_parent><![CDATA[]]></wp:category_parent>"
        f"<wp:cat_name><![CDATA[{escape(name)}]]></wp:cat_name>{more}</wp:category>"
    )


def tag(identity: int, slug: str, name: str, more: str = "") -> str:
    return (
        f"<wp:tag><wp:term_id>{identity}</wp:term_id><wp:tag_slug><![CDATA[{slug}]]></wp:tag_slug>"
        f"<wp:tag_name><![CDATA[{escape(name)}]]></wp:tag_name>{more}</wp:tag>"
    )


def has(taxonomy: str, slug: str, name: str) -> str:
    return f'<category domain="{taxonomy}" nicename="{slug}"><![CDATA[{escape(name)}]]></category>'


class Polylang:
    """As Polylang 3 is exported: groups are terms, with a serialized array as their description."""

    def __init__(self) -> None:
        self.head = "".join(
            self._term("language", language, description)
            for language, description in (
                ("nl", 'a:3:{s:6:"locale";s:5:"nl_BE";s:3:"rtl";i:0;s:9:"flag_code";s:2:"be";}'),
                ("fr", 'a:3:{s:6:"locale";s:5:"fr_BE";s:3:"rtl";i:0;s:9:"flag_code";s:2:"be";}'),
            )
        )

    @staticmethod
    def _term(taxonomy: str, slug: str, description: str) -> str:
        return (
            f"<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy><![CDATA[{taxonomy}]]></wp:term_taxonomy>"
            f"<wp:term_slug><![CDATA[{slug}]]></wp:term_slug><wp:term_parent><![CDATA[]]></wp:term_parent>"
            f"<wp:term_name><![CDATA[{slug}]]></wp:term_name>"
            f"<wp:term_description><![CDATA[{description}]]></wp:term_description></wp:term>"
        )

    def group(self, taxonomy: str, slug: str, members: Mapping[str, int]) -> None:
        array = "".join(f's:{len(key)}:"{key}";i:{each};' for key, each in members.items())
        self.head += self._term(taxonomy, slug, f"a:{len(members)}:{{{array}}}")

    def terms(self, taxonomy: str, members: Members) -> None:
        make = category if taxonomy == "category" else tag
        self.head += "".join(make(*each) for each in members.values())
        ids = {language: each[0] for language, each in members.items()}
        self.group("term_translations", f"pll_t{'_'.join(map(str, ids.values()))}", ids)

    def post(self, language: str, group: str) -> str:
        return has("language", language, language) + has("post_translations", f"pll_{group}", "")


class Wpml:
    """As WPML with its plugin Export and Import: language and group of posts and terms in their fields."""

    def __init__(self) -> None:
        self.head = ""

    @staticmethod
    def _meta(kind: str, language: str, group: str) -> str:
        return "".join(
            f"<wp:{kind}><wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
            f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:{kind}>"
            for key, value in (
                ("_wpml_import_language_code", language),
                ("_wpml_import_translation_group", group),
            )
        )

    def terms(self, taxonomy: str, members: Members) -> None:
        make = category if taxonomy == "category" else tag
        group = "".join(str(each[0]) for each in members.values())
        for language, (identity, slug, name) in members.items():
            self.head += make(identity, slug, name, self._meta("termmeta", language, group))

    def post(self, language: str, group: str) -> str:
        return self._meta("postmeta", language, group)


BUURT = {"nl": (5, "buurt", "Buurt & huis"), "fr": (6, "quartier", "Quartier & maison")}
HUREN = {"nl": (7, "huren", "Huren"), "fr": (8, "louer", "Louer")}


def export(plugin: Polylang | Wpml, *, grouped: bool = True) -> str:
    if grouped:
        plugin.terms("category", BUURT)
        plugin.terms("post_tag", HUREN)
    unsorted = has("category", "uncategorized", "Uncategorized")
    return (
        HEAD.partition("<wp:term>")[0]
        + plugin.head
        + entry(1, "Welkom", "<p>Dag!</p>", "/", more=plugin.post("nl", "1"))
        + entry(2, "Bienvenue", "<p>Bonjour !</p>", "/fr/", more=plugin.post("fr", "1"))
        + entry(
            3,
            "Open dag",
            "<p>Kom kijken.</p>",
            "/open/",
            kind="post",
            more=plugin.post("nl", "2")
            + has("category", "buurt", "Buurt & huis")
            + has("post_tag", "huren", "Huren"),
        )
        + entry(
            4,
            "Porte ouverte",
            "<p>Venez voir.</p>",
            "/fr/porte/",
            kind="post",
            more=plugin.post("fr", "2")
            + has("category", "quartier", "Quartier & maison")
            + has("post_tag", "louer", "Louer"),
        )
        + entry(
            5,
            "Markt",
            "<p>Elke week.</p>",
            "/markt/",
            kind="post",
            more=plugin.post("nl", "3") + unsorted,
        )
        + "</channel></rss>\n"
    )


@pytest.mark.parametrize("plugin", [Polylang, Wpml])
def test_categories_and_tags_are_topics_with_a_name_in_each_language(
    plugin: type[Polylang | Wpml], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = export(plugin())
    move = Move(tmp_path, {"export.xml": text}, capsys)
    report = move.run()
    settings = move.text("site.yaml")
    assert '  buurt: {nl: "Buurt & huis", fr: "Quartier & maison"}' in settings
    assert "  huren: {nl: Huren, fr: Louer}" in settings
    assert "uncategorized" not in settings
    for language in ("nl", "fr"):  # the posts pair, and name the same topics
        assert "topics: [buurt, huren]" in move.text(f"news/open/{language}.md")
        assert "group: topic" in move.text(f"news/{language}.md")
    assert "topics" not in move.text("news/markt/nl.md")
    assert not (move.new / "content/types.yaml").exists() or "categories" not in move.text(
        "types.yaml"
    )
    assert "2 categories and tags are topics in content/site.yaml" in report
    assert "called in every language" not in report

    pages = {each.path: each.data for each in move.build().outputs}
    news = pages[
        "fr/nouvelles/index.html" if "fr/nouvelles/index.html" in pages else "fr/news/index.html"
    ]
    assert b'id="topic-buurt"' in news
    assert b"Quartier &amp; maison" in news
    for old, new in (("Kom kijken.", "nl/news/open"), ("Venez voir.", "fr/news/porte")):
        assert lost(old_words(old), new_words(pages[f"{new}/index.html"])) == []

    before = move.files()
    second = move.run()
    assert move.files() == before
    assert "2 categories and tags are topics" in second


def test_groups_of_posts_are_read_from_the_terms_of_polylang_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some exports have the groups in the head, and not with each post."""
    plugin = Polylang()
    plugin.group("post_translations", "pll_x1", {"nl": 2, "fr": 3})
    language = {key: has("language", key, key) for key in ("nl", "fr")}
    text = (
        HEAD.partition("<wp:term>")[0]
        + plugin.head
        + entry(1, "Welkom", "<p>Dag!</p>", "/", more=language["nl"])
        + entry(2, "Over", "<p>Wij.</p>", "/over/", more=language["nl"])
        + entry(3, "À propos", "<p>Nous.</p>", "/fr/a-propos/", more=language["fr"])
        + "</channel></rss>\n"
    )
    move = Move(tmp_path, {"export.xml": text}, capsys)
    report = move.run()
    assert "Nous." in move.text("over/fr.md")
    assert "does not say which pages" not in report


def test_without_groups_a_topic_has_the_name_that_is_known_and_the_report_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, {"export.xml": export(Polylang(), grouped=False)}, capsys)
    report = move.run()
    settings = move.text("site.yaml")
    assert "  louer: {nl: Louer, fr: Louer}" in settings
    assert "the name they have is written for all: `buurt`, `huren`, `quartier`, `louer`" in report
    move.build()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_report_says_it_in_the_language_of_the_editor(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, {"export.xml": export(Wpml())}, capsys)
    report = move.run("--message-language", language)
    said = {"nl": "2 categorieën en tags zijn thema’s", "fr": "2 catégories et étiquettes sont"}
    assert said[language] in report


def test_many_topics_stay_by_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    posts = "".join(
        entry(
            number,
            f"Bericht {number}",
            "<p>Zin.</p>",
            f"/b{number}/",
            kind="post",
            more=has("post_tag", f"t{number}", f"Thema {number}"),
        )
        for number in range(2, 15)
    )
    text = HEAD + entry(1, "Welkom", "<p>Dag!</p>", "/") + posts + "</channel></rss>\n"
    move = Move(tmp_path, {"export.xml": text}, capsys)
    assert "13 categories and tags are topics" in move.run()
    assert "group:" not in move.text("news/nl.md")
    move.build()


def test_a_taxonomy_that_the_old_site_made_is_a_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    genre = has("genre", "roman", "Roman & verhaal") + has("post_format", "aside", "Aside")
    text = (
        HEAD
        + entry(1, "Welkom", "<p>Dag!</p>", "/")
        + entry(2, "Boek", "<p>Zin.</p>", "/boek/", kind="book", more=genre)
        + "</channel></rss>\n"
    )
    move = Move(tmp_path, {"export.xml": text}, capsys)
    move.run()
    assert 'genre: ["Roman & verhaal"]' in move.text("book/boek/nl.md")
    assert "Aside" not in move.text("book/boek/nl.md")
    move.build()


SETTINGS = """\
base_url: https://here.example.org

languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}

organisation:
  short_name: Hier
  name: {nl: Hier, fr: Ici}
"""


@pytest.mark.parametrize(
    ("topics", "wanted"),
    [
        ("", "\ntopics:\n  buurt: {nl: "),
        ("\ntopics:\n  law: {nl: Wet, fr: Loi}\n", "\n  law: {nl: Wet, fr: Loi}\n  buurt: {nl: "),
        (
            "\ntopics:\n    law:\n        nl: Wet\n        fr: Loi\n\n# the host\nhosting: github\n",
            "        fr: Loi\n    buurt: {nl: ",
        ),
        ("\ntopics: {law: {nl: Wet, fr: Loi}}  # ours\n", "Loi}, buurt: {nl: "),
        ("\ntopics: {}\n", "topics: {buurt: {nl: "),
        (
            "\ntopics: {law: {nl: Wet, fr: Loi},}\n",
            "topics: {law: {nl: Wet, fr: Loi}, buurt: {nl: ",
        ),
        ("\ntopics: {law: {nl: Wet, fr: Loi}} # {us}\n", "{nl: Huren, fr: Louer}} # {us}\n"),
        ("\ntopics: {old-buurt: {nl: Wet, fr: Loi}}\n", "Loi}, buurt: {nl: "),
        ('\ntopics: {law: {nl: "De buurt: wij", fr: Loi}}\n', "Loi}, buurt: {nl: "),
        ('\n"topics": {law: {nl: Wet, fr: Loi}}\n', "Loi}, buurt: {nl: "),
        ("\ntopics: {'buurt': {nl: Wet, fr: Loi}}\n", "Loi}, huren: {nl: "),
        ("\ntopics:\n  {law: {nl: Wet, fr: Loi}}\n", "\n  {law: {nl: Wet, fr: Loi}, buurt: {nl: "),
        ("\ntopics: {law:\n  {nl: Wet, fr: Loi}}\n", "\n  {nl: Wet, fr: Loi}, buurt: {nl: "),
        ("\ntopics : # ours\n  law: {nl: Wet, fr: Loi}\n", "Loi}\n  buurt: {nl: "),
        (
            "\ntopics:\n  buurt: {nl: Wijk, fr: Coin}\n",
            "\n  buurt: {nl: Wijk, fr: Coin}\n  huren: {nl: ",
        ),
    ],
)
def test_topics_come_into_settings_that_are_there(
    topics: str, wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, {"export.xml": export(Polylang())}, capsys)
    laid(move.new, {"content/site.yaml": SETTINGS + topics})
    move.run()
    settings = move.text("site.yaml")
    assert wanted in settings
    assert all(line in settings.split("\n") for line in SETTINGS.split("\n"))
    assert "draft: true" not in move.text("news/open/nl.md")
    move.build()
    before = move.files()
    move.run()
    assert move.files() == before


def test_topics_with_a_remark_among_them_are_left_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move = Move(tmp_path, {"export.xml": export(Polylang())}, capsys)
    written = "topics: {\n  law: {nl: Wet, fr: Loi}, # ours\n  }\n"
    laid(move.new, {"content/site.yaml": SETTINGS + written})
    report = move.run()
    assert "add these topics, each with its name in every language: `buurt`, `huren`" in report
    assert move.text("site.yaml").endswith(written)
    assert "draft: true" in move.text("news/open/nl.md")  # until its topics are there
    assert "there is no topic `buurt`" in report


def test_names_lose_their_invisible_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A site whose name, topics or field values had an invisible character could not be published."""
    text = (
        export(Polylang()).replace("Buurt &amp; huis", "Bu\u200burt").replace("Huis", "Hu\u200bis")
    )
    genre = has("genre", "roman", "Ro\u200bman")
    tag_of_post = has("post_tag", "huren", "Huren")
    text = text.replace(tag_of_post, tag_of_post + genre)
    move = Move(tmp_path, {"export.xml": text}, capsys)
    move.run()
    assert "buurt: {nl: Buurt, fr: " in move.text("site.yaml")
    assert "choices: [Roman]" in move.text("types.yaml")
    assert "draft: true" not in move.text("news/open/nl.md")
    move.build()
    before = move.files()
    move.run()
    assert move.files() == before


def test_a_category_and_a_tag_of_one_name_are_one_topic() -> None:
    terms = [OldTerm("category", "buurt", "Buurt", "a"), OldTerm("post_tag", "buurt", "buurt", "b")]
    finder = TopicFinder(terms, ["nl"])
    posted = [("category", "buurt", "Buurt"), ("post_tag", "buurt", "buurt"), ("x", "y", "z")]
    assert finder.topics(posted, "nl") == ("buurt",)
    assert finder.all() == {"buurt": {"nl": "Buurt"}}


def test_a_name_in_another_script_keeps_its_letters() -> None:
    finder = TopicFinder([OldTerm("category", "أخبار", "أخبار", "a", "ar")], ["ar", "fr"])
    (key,) = finder.topics([("category", "أخبار", "أخبار")], "ar")
    topics, unnamed = in_every_language(finder.all(), ["ar", "fr"])
    assert topics == {key: {"ar": "أخبار", "fr": "أخبار"}}
    assert unnamed == [key]
    assert key.isascii()
