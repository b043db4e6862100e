"""From texts to pages: what a template gets, and what comes out of it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable

import pytest
from lxml import html
from markupsafe import Markup

from diptych.cache import Cache
from diptych.content.layouts import LAYOUTS
from diptych.diagnostics import Source
from diptych.i18n import Strings
from diptych.pipeline import Build
from diptych.templating import Templates
from diptych.templating.environment import without_tags
from tests.conftest import LOOK, SITE_YAML, page_of, text_of

Builds = Callable[..., Build]

TIMELINE = {
    "content/time/nl.md": (
        "---\ntitle: Tijdlijn\nlayout: timeline\n---\n\nInleiding.\n\n## Bron {#source}\n\nTekst.\n"
    ),
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
}


def prose(site: Builds, text: str, language: str = "nl") -> html.HtmlElement:
    """The text of the page `about`, as it is published."""
    build = site({f"content/about/{language}.md": f"---\ntitle: Over ons\n---\n\n{text}\n"})
    assert not build.failed, [str(each.message) for each in build.diagnostics]
    path = {"nl": "nl/over-ons/", "fr": "fr/over-ons/"}[language]
    return page_of(build, path).xpath("//main//div[contains(@class, 'prose')]")[0]


def events(site: Builds, text: str) -> Build:
    build = site({**TIMELINE, "content/time/timeline.yaml": text})
    assert not build.failed, [str(each.message) for each in build.diagnostics]
    return build


def test_titles_are_escaped_everywhere(site: Builds) -> None:
    build = site({"content/about/nl.md": '---\ntitle: "<b>Wij & zij</b>"\n---\n'})
    for output in build.outputs:
        assert b"<b>Wij" not in output.data, output.path
    page = page_of(build, "nl/b-wij-zij-b/")
    assert page.xpath("string(//h1)").replace("\N{NO-BREAK SPACE}", " ") == "<b>Wij & zij</b>"


def test_the_head_of_a_page(site: Builds) -> None:
    text = "---\ntitle: Over ons\ndescription: Wie wij zijn & waarom.\n---\n"
    page = page_of(site({"content/about/nl.md": text}), "nl/over-ons/")
    assert page.xpath("string(//title)") == "Over ons – Voorbeeld"
    assert page.xpath("//meta[@name='description']/@content") == ["Wie wij zijn & waarom."]
    graph = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert graph["og:title"] == "Over ons"
    assert graph["og:url"] == "https://example.org/nl/over-ons/"
    assert graph["og:locale"] == "nl_BE"
    assert graph["og:locale:alternate"] == "fr_BE"
    assert page.xpath("//link[@type='application/atom+xml']/@href")[0] == "/nl/feed.xml"


def test_a_short_title_stands_where_there_is_little_room(site: Builds) -> None:
    """In menu, foot, way back and tab; the page itself and its shared link keep the whole title."""
    text = "---\ntitle: Meer rechten, meer keuze\nshort: Over ons\nslug: over-ons\n---\n"
    build = site(
        {
            "content/about/nl.md": text,
            "content/about/team/nl.md": "---\ntitle: Ploeg\n---\n\nTekst.\n",
            "content/about/team/fr.md": "---\ntitle: Équipe\n---\n\nTexte.\n",
            "content/news/nl.md": "---\ntitle: Nieuws van de unie\nshort: Nieuws\n---\n\nTekst.\n",
            "content/news/fr.md": "---\ntitle: Nouvelles\n---\n\nTexte.\n",
        }
    )
    page = page_of(build, "nl/over-ons/")
    assert page.xpath("string(//title)") == "Over ons – Voorbeeld"
    assert page.xpath("string(//h1)") == "Meer rechten, meer keuze"
    assert page.xpath("string(//meta[@property='og:title']/@content)") == "Meer rechten, meer keuze"
    assert page.xpath("//nav[contains(@class, 'menu')]//a/text()") == ["Over ons"]
    assert "Nieuws" in page.xpath("//footer//a/text()")
    team = page_of(build, "nl/over-ons/ploeg/")
    assert "Over ons" in team.xpath("//nav[contains(@class, 'breadcrumb')]//a/text()")
    french = page_of(build, "fr/a-propos/")
    assert french.xpath("//nav[contains(@class, 'menu')]//a/text()") == ["À propos"]
    assert french.xpath("string(//title)") == "À propos – Voorbeeld"


def test_a_short_title_is_read_as_every_text_is(site: Builds) -> None:
    """Escaped, typeset, looked through for what is still to be written."""
    text = '---\ntitle: Over ons\nshort: "<b>Wij & zij"\n---\n'
    build = site({"content/about/nl.md": text})
    assert all(b"<b>Wij" not in output.data for output in build.outputs)
    waiting = site({"content/about/nl.md": "---\ntitle: Over ons\nshort: …\n---\n"})
    assert "unwritten" in {each.check for each in waiting.diagnostics}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_home_names_the_organisation_alone_in_the_history_of_a_phone(
    site: Builds, language: str
) -> None:
    page = page_of(site({}), f"{language}/")
    assert page.xpath("string(//title)") == "Voorbeeld"
    assert page.xpath("string(//meta[@property='og:title']/@content)") == "Voorbeeld"
    assert page.xpath("string(//h1)") in {"Welkom", "Bienvenue"}


def test_every_page_works_without_script_and_asks_nobody(site: Builds) -> None:
    page = page_of(site(), "nl/over-ons/")
    assert page.xpath("//script[not(@src) and not(@type='application/ld+json')]") == []
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    assert page.xpath("//meta[@name='referrer']/@content") == ["no-referrer"]


def test_the_policy_allows_exactly_what_stands_in_the_page(whole_build: Build) -> None:
    """Styles and data by their hash; scripts too, held to their bytes by `integrity`."""
    site = whole_build.site
    assert site is not None
    files = {site.href(output.path): output.data for output in whole_build.outputs}
    headers = files.get(site.href("_headers"))  # some hosts read none

    def hashed(data: bytes) -> str:
        return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode()

    for path in (path for path in files if path.endswith(".html")):
        page = page_of(whole_build, path.removeprefix(site.href("")))
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        held = [hashed(each.text.encode()) for each in page.xpath("//style | //script[not(@src)]")]
        for script in page.xpath("//script[@src]"):
            held.append(script.get("integrity"))
            assert script.get("integrity") == hashed(files[script.get("src")])
        named = re.findall(r"'(sha256-[^']+)'", policy[0]) if policy else []
        assert (path, sorted(named)) == (path, sorted(held))
        for style in page.xpath("//style"):
            assert headers is None or hashed(style.text.encode()).encode() in headers


def test_the_quick_exit_is_a_plain_link(site: Builds) -> None:
    page = page_of(site(), "fr/a-propos/")
    assert "https://weather.example/fr" in page.xpath("//header//a/@href")


def test_a_section_keeps_its_shared_id(site: Builds) -> None:
    build = site()
    for path, words in (("nl/over-ons/", "Wie"), ("fr/a-propos/", "Qui")):
        assert page_of(build, path).get_element_by_id("who").text_content() == words


def test_a_foreign_passage_keeps_its_language_and_its_marks(site: Builds) -> None:
    text = prose(site, '[Le Soir : "ici"]{lang=fr} en "daar": nu')
    assert text.xpath(".//span[@lang='fr']")[0].text_content() == (
        "Le Soir\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}ici\N{NO-BREAK SPACE}»"
    )
    assert text.text_content().strip().endswith(("en ‘daar’: nu", "en “daar”: nu"))


@pytest.mark.parametrize(
    ("kind", "title"), [("note", "Opmerking"), ("warning", "Opgelet"), ("tip", "Tip")]
)
def test_an_admonition_has_a_title_in_the_readers_language(
    site: Builds, kind: str, title: str
) -> None:
    text = prose(site, f"!!! {kind}\n    Let op.")
    assert text.xpath("string(.//p[@class='admonition-title'])") == title


def test_a_footnote_leads_there_and_back(site: Builds) -> None:
    text = prose(site, "Woord.[^1]\n\n[^1]: De noot.")
    there = text.xpath(".//sup/a")[0]
    back = text.xpath(".//a[@class='footnote-backref']")[0]
    assert text.xpath(f".//*[@id='{there.get('href')[1:]}']")
    assert text.xpath(f".//*[@id='{back.get('href')[1:]}']")
    assert there.get("aria-label") == "Voetnoot"
    assert back.get("aria-label") == "Terug naar de tekst"


def test_a_wide_table_scrolls_in_a_frame_of_its_own(site: Builds) -> None:
    text = prose(site, "| a | b |\n|---|--:|\n| 1 | 2 |")
    assert text.xpath(".//div[@class='table']/table//th/@scope") == ["col", "col"]
    assert text.xpath(".//td[@class='align-right']/text()") == ["2"]


def test_events_of_one_page_do_not_share_footnotes(site: Builds) -> None:
    note = '"Woord.[^1]\\n\\n[^1]: Noot."'
    build = events(
        site,
        "".join(
            f"- id: {name}\n  date: 2020-0{number}\n"
            f"  title: {{nl: A, fr: A}}\n  text: {{nl: {note}, fr: {note}}}\n"
            for number, name in enumerate(("one", "two"), start=1)
        ),
    )
    identities = page_of(build, "nl/tijdlijn/").xpath("//@id")
    assert sorted(identities) == sorted(set(identities))


def test_an_event_has_its_date_in_words_and_for_machines(site: Builds) -> None:
    build = events(
        site,
        "".join(
            f"- id: e{number}\n  date: {date}\n  title: {{nl: A, fr: A}}\n  text: {{nl: A., fr: A.}}\n"
            for number, date in enumerate(("2020-04", "2021-04-01", "2021-21", "2022-03-18T01:35"))
        ),
    )
    told = {
        language: [
            (time.text_content().replace("\N{NO-BREAK SPACE}", " "), time.get("datetime"))
            for time in page_of(build, path).xpath("//article//h3//time")
        ]
        for language, path in (("nl", "nl/tijdlijn/"), ("fr", "fr/chronologie/"))
    }
    assert told == {
        "nl": [
            ("april 2020", "2020-04"),
            ("1 april 2021", "2021-04-01"),
            ("lente 2021", "2021"),
            ("18 maart 2022 om 1.35 uur", "2022-03-18T01:35"),
        ],
        "fr": [
            ("avril 2020", "2020-04"),
            ("1er avril 2021", "2021-04-01"),
            ("printemps 2021", "2021"),
            ("18 mars 2022 à 1 h 35", "2022-03-18T01:35"),
        ],
    }


def test_a_timeline_shows_its_own_text_around_the_events(site: Builds) -> None:
    build = events(
        site, "- id: a\n  date: 2020\n  title: {nl: A, fr: A}\n  text: {nl: A., fr: A.}\n"
    )
    page = page_of(build, "nl/tijdlijn/")
    assert "Inleiding." in page.xpath("string(//main)")
    assert page.xpath("string(//h2[@id='source'])") == "Bron"
    assert page.xpath("//h2[@id='y2020']")


def test_figures_have_a_drawing_and_say_the_same_in_words(site: Builds) -> None:
    build = events(
        site,
        """\
- id: vote
  date: 2022-03-18
  title: {nl: De stemming, fr: Le vote}
  text: {nl: Zo., fr: Voilà.}
  figures:
    - {id: for, value: 71, unit: votes, label: {nl: voor, fr: pour}}
    - {id: against, value: 4, unit: votes, label: {nl: tegen, fr: contre}}
    - {id: given, value: 40000, unit: EUR, label: {nl: gegeven, fr: donnés}}
""",
    )
    event = page_of(build, "fr/chronologie/").get_element_by_id("vote")
    assert event.xpath(".//figure//svg/@aria-hidden") == ["true"]
    words = [" ".join(f.text_content().split()) for f in event.xpath(".//figure")]
    assert "71" in words[0]
    assert "pour" in words[0]
    assert "40 000 €" in words[1].replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")


def test_the_home_page_shows_the_timeline_at_a_glance(site: Builds) -> None:
    build = events(
        site, "- id: a\n  date: 2020-02\n  title: {nl: A, fr: A}\n  text: {nl: A., fr: A.}\n"
    )
    assert "/nl/tijdlijn/#a" in page_of(build, "nl/").xpath("//svg//a/@href")


def test_interface_words_come_from_the_catalog_of_the_language(site: Builds) -> None:
    build = site()
    for path, label in (("nl/", "Hoofdmenu"), ("fr/", "Menu principal")):
        assert page_of(build, path).xpath("//nav[@class='menu']/@aria-label") == [label]


def test_content_is_never_a_template(site: Builds) -> None:
    """Jinja's marks in a text, a title or a catalog are words like any other."""
    text = "---\ntitle: '{{ 7 * 7 }}'\n---\n\n{{ view.site }} {% if %}\n"
    build = site({"content/about/nl.md": text})
    assert not build.failed
    page = text_of(build, "nl/7-7/index.html")
    assert "{{ 7 * 7 }}" in html.document_fromstring(page).xpath("string(//h1)").replace(
        "\xa0", " "
    )
    assert "{% if %}" in page


def test_a_template_sees_the_view_and_nothing_else() -> None:
    templates = Templates({}, {}, (), str, Cache(None))
    names = set(templates.environment.globals) - {
        "range",
        "dict",
        "lipsum",
        "cycler",
        "joiner",
        "namespace",
    }
    assert names <= {
        "_",
        "gettext",
        "ngettext",
        "pgettext",
        "npgettext",
        "asset",
        "inline",
        "sha256",
        "in_language",
    }
    assert templates.environment.autoescape is True


def test_every_template_of_the_site_is_used() -> None:
    names = {path.removeprefix("templates/") for path in LOOK if path.startswith("templates/")}
    layouts = {*LAYOUTS, "404", "gone", "root", "takeaway", "partials/chapter"}
    together = b"".join(LOOK[f"templates/{name}"] for name in names).decode("utf-8")
    unused = {
        name
        for name in names
        if f'"{name}"' not in together and name.removesuffix(".html") not in layouts
    }
    assert unused == set()


# Strings of the interface in templates

HOSTILE = {
    "Go": "<a href=x>\"Go\" & 'stay'</a>",
    "Go to %(place)s": "<i>%(place)s</i> & 5 %%",
    "%(num)s page": "<b>%(num)s</b> page",
    "%(num)s pages": "<b>%(num)s</b> pages of %(place)s",
    "100%": "100 % <u>",
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<p>{{ _('Go') }}</p>", HOSTILE["Go"]),
        ("<p>{{ gettext('Go')|safe }}</p>", HOSTILE["Go"]),
        ("<p>{% trans %}Go{% endtrans %}</p>", HOSTILE["Go"]),
        ("<p>{{ in_language('fr')('Go') }}</p>", HOSTILE["Go"]),
        ("{% set said = _('Go') %}<p>{{ said ~ '!' }}</p>", HOSTILE["Go"] + "!"),
        ("{% macro m(gettext) %}<p>{{ gettext('Go') }}</p>{% endmacro %}{{ m(_) }}", HOSTILE["Go"]),
        ("<p>{{ _('Go to %(place)s', place='<s>') }}</p>", "<i><s></i> & 5 %"),
        ("<p>{{ _('Go to %(place)s', place='<s>'|safe) }}</p>", "<i></i> & 5 %"),
        ("<p>{% trans place='<s>' %}Go to {{ place }}{% endtrans %}</p>", "<i><s></i> & 5 %"),
        ("<p>{% trans %}100%{% endtrans %}</p>", "100 % <u>"),
        ("<p>{{ ngettext('%(num)s page', '%(num)s pages', 1, place='') }}</p>", "<b>1</b> page"),
        (
            "<p>{{ ngettext('%(num)s page', '%(num)s pages', 2, place='<s>') }}</p>",
            "<b>2</b> pages of <s>",
        ),
    ],
)
def test_a_translation_is_text_in_every_template(template: str, text: str) -> None:
    """Only what fills a placeholder may be HTML, and only where the template says so."""
    templates = Templates(
        {"page.html": Source("templates/page.html", template)},
        {"fr": Strings(lambda msgid: HOSTILE[msgid.replace("%%", "%")], _several)},
        (),
        str,
        Cache(None),
    )
    made = templates.render("page.html", "fr", None)
    assert made.diagnostics == ()
    page = html.fragment_fromstring(made.value)
    assert page.text_content() == text
    assert [each.tag for each in page.iter()] == (["p", "s"] if "|safe) }}" in template else ["p"])


def _several(singular: str, several: str, count: int) -> str:
    return HOSTILE[singular if count == 1 else several]


@pytest.mark.parametrize("name", ["Go", "Go to %(place)s", "%(num)s page"])
def test_a_translation_breaks_out_of_no_attribute(name: str) -> None:
    source = f"""<p title="{{{{ _('{name}', place='"', num='"') }}}}"></p>"""
    templates = Templates(
        {"page.html": Source("templates/page.html", source)},
        {"fr": Strings(lambda msgid: f'" autofocus onfocus="x" {HOSTILE[msgid]}', _several)},
        (),
        str,
        Cache(None),
    )
    page = html.fragment_fromstring(templates.render("page.html", "fr", None).value)
    assert (page.keys(), len(page)) == (["title"], 0)


def test_a_title_without_its_links_keeps_its_no_break_spaces(site: Builds) -> None:
    """`striptags` of Jinja makes ordinary ones of them: a line could then begin with a question mark."""
    asked = 'Qui <a href="/">répond</a>\N{NO-BREAK SPACE}?'
    assert without_tags(f"<!-- x -->\n  {asked}\n") == "Qui répond\N{NO-BREAK SPACE}?"
    assert without_tags(Markup("1 &lt; 2&nbsp;&amp;&#8239;3")) == "1 < 2\N{NO-BREAK SPACE}&\u202f3"
    text = (
        "- id: asked\n  date: 2020-03-13\n  topics: [turning-point]\n  leads_to: answered\n"
        "  title: {nl: Wie antwoordt?, fr: Qui répond ?}\n  text: {nl: Tekst., fr: Texte.}\n"
        "- id: answered\n  date: 2020-03-14\n  topics: [turning-point]\n"
        "  title: {nl: Wie niet?, fr: 'Qui non : personne ?'}\n  text: {nl: Tekst., fr: Texte.}\n"
    )
    topics = "topics:\n  turning-point: {nl: Keerpunten, fr: Tournants}\n"
    settings = {"content/site.yaml": SITE_YAML.replace("topics:\n", topics)}
    build = site({**TIMELINE, **settings, "content/time/timeline.yaml": text})
    page = page_of(build, "fr/chronologie/")
    titles = page.xpath("//*[@class='lines' or @class='led']//a")
    assert [each.text_content() for each in titles] == [
        "Qui répond\N{NO-BREAK SPACE}?",
        "Qui non\N{NO-BREAK SPACE}: personne\N{NO-BREAK SPACE}?",
        "Qui non\N{NO-BREAK SPACE}: personne\N{NO-BREAK SPACE}?",
    ]
