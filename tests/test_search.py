"""Searching: the list of all there is, the index, and what the page with the field may do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.model import File
from diptych.pipeline import Build, Options, build_site, finished
from diptych.preview.shown import Shown, advance, find, searched
from diptych.search import MOST_OF_WORDS, SearchFailed, SearchText, make_index
from tests.conftest import ROOT, SITE_YAML, make_tree, page_of, text_of

Builds = Callable[..., Build]

EVENTS = """\
- id: vote
  date: 2022-03-18
  title: {nl: De stemming, fr: Le vote}
  text: {nl: Zeventig stemmen voor., fr: Soixante-dix voix pour.}
  actors: [Violett]
  figures:
    - {id: for, value: 70, unit: votes, label: {nl: voor, fr: pour}}
    - {id: parcels, value: 1200, unit: parcels, label: {nl: pakketten, fr: colis}}
- id: only-dutch
  date: 2023-01-01
  title: {nl: Een zeldzaam woord}
  text: {nl: Okapi.}
"""


def written(title: str, layout: str, text: str = "") -> str:
    return f"---\ntitle: {title}\nlayout: {layout}\n---\n\n{text}\n"


SITE = {
    "content/site.yaml": SITE_YAML + "search: true\nhosting: netlify\n",
    "content/search/nl.md": written("Zoeken", "search", "Alles staat hier."),
    "content/search/fr.md": written("Rechercher", "search", "Tout est là."),
    "content/faq/nl.md": written(
        "Vragen", "faq", "## Hoe word ik lid? {#join}\n\n[Zo](page:about)."
    ),
    "content/faq/fr.md": written("Questions", "faq", "## À quand l'adhésion ? {#join}\n\nVite."),
    "content/time/nl.md": written("Tijdlijn", "timeline", "## Bron {#source}\n\nTekst."),
    "content/time/fr.md": written("Chronologie", "timeline", "## Source {#source}\n\nTexte."),
    "content/time/timeline.yaml": EVENTS,
    "content/news/nl.md": written("Nieuws", "list"),
    "content/news/fr.md": written("Nouvelles", "list"),
    "content/news/old/nl.md": written(
        "Oud\ndate: 2020-01-01", "page", "## [Wie](page:about) {#who}"
    ),
    "content/news/old/fr.md": written("Ancien\ndate: 2020-01-01", "page"),
    "content/news/new/nl.md": written("Nieuw\ndate: 2024-01-01", "page", "Vers."),
}
PAGES = {"nl": "nl/zoeken/", "fr": "fr/rechercher/"}
RECORDS = {
    "content/types.yaml": """\
people:
  id: {type: key, required: true}
  name: {type: text, required: true}
  volunteer: {type: flag, label: {nl: Vrijwillig, fr: Bénévole}}
  when: {type: text, translate: true, many: true, label: {nl: Wanneer?, fr: Quand ?}}
  role: {type: text, translate: true, label: {nl: Rol, fr: Rôle}}
  bio: {type: prose, translate: true, label: {nl: Leven, fr: Vie}}
  motto: {type: text, translate: true}
  posts:
    type: group
    many: true
    label: {nl: Eerder, fr: Auparavant}
    fields:
      place: {type: text, translate: true, label: {nl: Waar, fr: Où}}
""",
    "content/about/people.yaml": """\
- id: ann
  name: Ann & Co
  volunteer: true
  when: {nl: [Maandag, Dinsdag], fr: [Lundi, Mardi]}
  role: {nl: Voorzitter, fr: Présidence}
  bio: {nl: Lang., fr: Longue.}
  motto: {nl: Samen, fr: Ensemble}
  posts: [{place: {nl: Gent, fr: Gand}}]
- id: bob
  name: Bob
  role: {nl: Kok}
""",
}


@pytest.fixture(scope="module")
def built() -> Build:
    """The small site with its index, built once."""
    build = build_site(make_tree(SITE), Options(), Cache(None))
    assert not build.failed, [str(each.message) for each in build.diagnostics]
    return build


def links(build: Build, path: str) -> list[str]:
    """Where the list leads, in order."""
    return page_of(build, path).xpath("//section[@class='contents']//a/@href")


def plain(build: Build, title: str, heading: str) -> list[str]:
    """The paragraphs below a heading in the text that a search finds."""
    html = next(each.html for each in build.texts if each.html.startswith(f"<h1>{title}"))
    below = html[html.index(f'id="{heading}"') :].partition("<h2")[0]
    return [
        re.sub(r"\s*\u2063\S+|<[^>]*>", "", each).replace("\u2060 ", "")
        for each in re.findall("<p>(.*?)</p>", below, re.DOTALL)
    ]


def test_a_value_of_a_record_stands_behind_its_label() -> None:
    """Without the label, a result would say only “oui.”. A label with a question mark gets no colon."""
    build = build_site(make_tree({**SITE, **RECORDS}), Options(), Cache(None))
    assert plain(build, "À propos", "ann") == [
        "Bénévole\N{NO-BREAK SPACE}: oui",
        "Quand\N{NO-BREAK SPACE}? Lundi",
        "Mardi",
        "Rôle\N{NO-BREAK SPACE}: Présidence",
        "Vie",
        "Longue.",
        "Ensemble",
        "Auparavant",
        "Où\N{NO-BREAK SPACE}: Gand",
    ]
    assert plain(build, "Over ons", "ann") == [
        "Vrijwillig: ja",
        "Wanneer? Maandag",
        "Dinsdag",
        "Rol: Voorzitter",
        "Leven",
        "Lang.",
        "Samen",
        "Eerder",
        "Waar: Gent",
    ]
    assert plain(build, "Over ons", "bob") == ["Rol: Kok"]
    assert plain(build, "À propos", "bob") == []


def test_a_record_without_a_name_is_found_under_the_title_of_its_page() -> None:
    """A result without words is a link that says nothing."""
    nameless = {
        "content/types.yaml": "tools:\n  id: {type: key, required: true}\n"
        "  use: {type: prose, translate: true}\n",
        "content/about/tools.yaml": "- {id: saw, use: {nl: Zagen., fr: Scier.}}\n",
    }
    build = build_site(make_tree({**SITE, **nameless}), Options(), Cache(None))
    html = next(each.html for each in build.texts if each.html.startswith("<h1>Over ons"))
    assert '<h2 id="saw">Over ons</h2>' in html
    assert "Zagen." in html


def test_the_list_of_everything_names_the_records() -> None:
    build = build_site(make_tree({**SITE, **RECORDS}), Options(), Cache(None))
    for path, address in (("nl/zoeken/", "/nl/over-ons/"), ("fr/rechercher/", "/fr/a-propos/")):
        found = page_of(build, path).xpath(f"//li/a[starts-with(@href, '{address}#')]")
        assert [(each.get("href"), each.text_content()) for each in found][
            1:
        ] == [  # a section first
            (f"{address}#ann", "Ann & Co"),
            (f"{address}#bob", "Bob"),
        ]


def fragments(build: Build, language: str) -> Iterator[str]:
    """The names of the files that hold the text of each page."""
    return (o.path for o in build.outputs if o.path.startswith(f"pagefind/fragment/{language}-be_"))


# --- the list, which needs no script


def test_the_list_holds_every_page_section_question_and_event(built: Build) -> None:
    assert links(built, PAGES["nl"]) == [
        "/nl/",
        "/nl/over-ons/",
        "/nl/over-ons/#who",
        "/nl/vragen/",
        "/nl/vragen/#join",
        "/nl/nieuws/",
        "/nl/nieuws/nieuw/",
        "/nl/nieuws/oud/",
        "/nl/nieuws/oud/#who",
        "/nl/tijdlijn/",
        "/nl/tijdlijn/#y2022",
        "/nl/tijdlijn/#vote",
        "/nl/tijdlijn/#y2023",
        "/nl/tijdlijn/#only-dutch",
        "/nl/tijdlijn/#source",
    ]


def test_the_list_leaves_out_itself_and_what_is_not_written_in_its_language(built: Build) -> None:
    assert "/fr/nouvelles/nouveau/" not in links(built, PAGES["fr"])
    assert not {"/fr/rechercher/", "/fr/nouvelles/nieuw/"} & set(links(built, PAGES["fr"]))
    rare = page_of(built, PAGES["fr"]).xpath("//a[@href='/fr/chronologie/#only-dutch']")[0]
    assert rare.get("lang") == rare.get("hreflang") == "nl-BE"


def test_a_title_with_a_link_makes_one_link_in_the_list(built: Build) -> None:
    page = page_of(built, PAGES["nl"])
    assert page.xpath("//section[@class='contents']//a//a") == []
    assert page.xpath("string(//a[@href='/nl/nieuws/oud/#who'])") == "Wie"


def test_events_come_with_their_dates(built: Build) -> None:
    item = page_of(built, PAGES["fr"]).xpath("//li[a/@href='/fr/chronologie/#vote']")[0]
    assert item.xpath("time/@datetime") == ["2022-03-18"]
    assert item.text_content().replace("\N{NO-BREAK SPACE}", " ") == "18 mars 2022 Le vote"


def test_the_whole_list_is_complete(whole_build: Build) -> None:
    site = whole_build.site
    assert site is not None
    (key,) = {page.key for page in site.pages if page.document.front.layout == "search"}
    for language in (each.key for each in site.settings.languages):
        listed = site.page(key, language)
        assert listed is not None
        found = set(links(whole_build, listed.path))
        for page in site.pages:
            if page.language == language and page.key != key:
                sections = {
                    site.href(f"{page.path}#{each.id}") for each in page.document.prose.sections
                }
                assert {site.href(page.path)} | sections <= found
        for timeline in site.timelines:
            shown = site.page(timeline.key, language)
            assert shown is not None
            assert {site.href(f"{shown.path}#{event.id}") for event in timeline.events} <= found


def test_the_page_is_linked_from_every_page(whole_build: Build) -> None:
    for output in whole_build.outputs:
        if output.path.endswith("/index.html") and output.path[:3] in ("nl/", "fr/"):
            page = page_of(whole_build, output.path)
            assert f"/{PAGES[output.path[:2]]}" in page.xpath("//footer//a/@href"), output.path


def test_without_the_setting_there_is_a_list_and_no_index(site: Builds) -> None:
    build = site({**SITE, "content/site.yaml": SITE_YAML})
    assert len(links(build, PAGES["nl"])) == 15
    assert not any(output.path.startswith("pagefind/") for output in build.outputs)
    assert not any(b"wasm-unsafe-eval" in output.data for output in build.outputs)
    assert "search.js" not in text_of(build, "nl/zoeken/index.html")


def test_without_a_page_to_search_on_there_is_no_index(site: Builds) -> None:
    build = site({"content/site.yaml": SITE_YAML + "search: true\n"})
    assert build.texts == ()
    assert not any(output.path.startswith("pagefind/") for output in build.outputs)


# --- what is indexed


def test_texts_are_those_of_their_own_language(built: Build) -> None:
    texts = {text.path: text for text in built.texts}
    assert "nl/nieuws/nieuw/" in texts
    assert not any(path.startswith("fr/nouvelles/n") for path in texts)
    assert not {*PAGES.values(), "nl/404.html", "nl/hele-site.htm", ""} & texts.keys()
    assert {text.lang for path, text in texts.items() if path[:2] == "fr"} == {"fr-BE"}
    assert "Okapi" in texts["nl/tijdlijn/"].html
    assert "Okapi" not in texts["fr/chronologie/"].html


def test_the_file_that_holds_the_whole_site_needs_no_list(built: Build) -> None:
    titles = page_of(built, "nl/hele-site.htm").xpath("//article/h2/text()")
    assert "Vragen" in titles
    assert "Zoeken" not in titles


def test_questions_and_events_are_places_of_their_own(built: Build) -> None:
    texts = {text.path: text.html for text in built.texts}
    assert '<h2 id="join">Hoe word ik lid?</h2>' in texts["nl/vragen/"]
    assert '<h2 id="vote">De stemming</h2>' in texts["nl/tijdlijn/"]
    assert "Violett" in texts["nl/tijdlijn/"]


def test_figures_that_the_text_tells_are_not_told_twice(site: Builds) -> None:
    told = EVENTS.replace("Zeventig stemmen", "70 stemmen")
    text = next(
        t.html
        for t in site({**SITE, "content/time/timeline.yaml": told}).texts
        if t.path == "nl/tijdlijn/"
    )
    assert "70 voor" not in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "1.200 \u20631200 pakketten" in text


def test_how_long_a_period_lasted_is_found_where_it_ends(site: Builds) -> None:
    told = EVENTS + (
        "- id: shut\n  date: 2021-01-01\n  until: open\n"
        "  lasted: {nl: 'na {days} dagen', fr: 'après {days} jours'}\n"
        "  title: {nl: Dicht, fr: Fermé}\n  text: {nl: Dicht., fr: Fermé.}\n"
        "- id: open\n  date: 2021-01-31\n"
        "  title: {nl: Open, fr: Ouvert}\n  text: {nl: Open., fr: Ouvert.}\n"
    )
    text = next(
        t.html
        for t in site({**SITE, "content/time/timeline.yaml": told}).texts
        if t.path == "nl/tijdlijn/"
    )
    _, _, after = text.partition('<h2 id="open">')
    assert "na 30 dagen" in after.replace("\N{NO-BREAK SPACE}", " ")


def test_what_stands_behind_an_elision_is_a_word_of_its_own(built: Build) -> None:
    texts = {text.path: text.html for text in built.texts}
    assert "l’\N{WORD JOINER} adhésion" in texts["fr/questions/"]
    assert "\N{WORD JOINER}" not in texts["nl/vragen/"]


def test_each_language_has_its_index_and_its_stems(built: Build) -> None:
    entry = json.loads(text_of(built, "pagefind/pagefind-entry.json"))
    counts = {tag: each["page_count"] for tag, each in entry["languages"].items()}
    assert counts == {"fr-be": 6, "nl-be": 7}
    assert len(list(fragments(built, "nl"))) == 7
    assert len(list(fragments(built, "fr"))) == 6
    for each in entry["languages"].values():
        assert any(o.path == f"pagefind/wasm.{each['wasm']}.pagefind" for o in built.outputs)


def test_only_what_the_page_needs_is_published(built: Build) -> None:
    names = {
        o.path.removeprefix("pagefind/").split("/")[0]
        for o in built.outputs
        if o.path.startswith("pagefind/")
    }
    assert {name for name in names if not name.endswith((".pf_meta", ".txt"))} == {
        "pagefind.js",
        "pagefind-entry.json",
        "fragment",
        "index",
        "wasm.nl-be.pagefind",
        "wasm.fr-be.pagefind",
    }
    script = text_of(built, "pagefind/pagefind.js")
    assert "://" not in script.replace("https?:", "")
    assert {o.origin for o in built.outputs if o.path.startswith("pagefind/")} == {
        "content/site.yaml"
    }


def test_the_same_texts_make_the_same_bytes(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the order, the folder it is called in, and the settings of others."""
    here = tuple(File(o.path, o.data) for o in built.outputs if o.path.startswith("pagefind/"))
    (tmp_path / "pagefind.yml").write_text("keep_index_url: true\nsite: elsewhere\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "en")
    assert make_index(tuple(reversed(built.texts))) == here


def test_words_are_indexed_as_people_type_them_too(site: Builds) -> None:
    """Hidden behind the word; and two signs before words to find a page or an event by."""
    yours = "---\ntitle: Secours\nshort: Aide\nkeywords: don, e-mail\n---\n\n"
    text = (
        yours
        + "Une sœur, 40 000 euros, des membres actif·ves, l'œuvre, du CO₂. [Œuf](page:about)\n"
    )
    files = {**SITE, "content/help/fr.md": text, "content/help/nl.md": text}
    found = next(t.html for t in site(files).texts if t.path == "fr/secours/")
    assert "<p>\u2063\u2063Aide \u2063\u2063don \u2063\u2063e-mail</p>" in found
    for words in (
        "sœur \u2063soeur,",
        "40\u00a0000 \u206340000",
        "actif·ves \u2063active",
        "l’\u2060 œuvre \u2063oeuvre",
        "CO₂ \u2063co2",
        "Œuf \u2063oeuf</a>",
    ):
        assert words in found
    assert 'href="/fr/a-propos/"' in found


def unpacked(data: bytes) -> list[str]:
    """The words of a list, as assets/search.js reads it."""
    words = [""]
    for shared, rest in re.findall(r"(\d)(\D*)", data.decode().split("\n")[0]):
        words.append(words[-1][: int(shared)] + rest)
    return words[1:]


def test_a_list_holds_the_words_of_each_language(built: Build) -> None:
    lists = {o.path: o.data for o in built.outputs if o.path.startswith("pagefind/words.")}
    assert set(lists) == {"pagefind/words.nl-be.txt", "pagefind/words.fr-be.txt"}
    dutch, french = lists["pagefind/words.nl-be.txt"], lists["pagefind/words.fr-be.txt"]
    assert dutch[:1] + french[:1] == b"+-"  # Dutch joins words to compounds
    assert {"zeventig", "pakketten", "violett", "okapi"} <= set(unpacked(dutch))
    assert {"adhésion", "soixante", "colis"} <= set(unpacked(french))
    assert not {"okapi", "dix"} & set(unpacked(french))
    assert {"waar", "wat", "is"} <= set(dutch.decode().split("\n")[1].split())
    assert {"ou", "est", "etre"} <= set(french.decode().split("\n")[1].split())
    for words, participle, some in ((dutch, "ge", "sloten/slui"), (french, "", "vert/vr")):
        begins, _, endings = words.decode().split("\n")[2].partition(",")
        lengths = [len(each.partition("/")[0]) for each in endings.split()]
        assert begins == participle
        assert some in endings.split()
        assert lengths == sorted(lengths, reverse=True)  # the longest first


def test_a_list_of_words_stays_small_and_keeps_the_usual_ones() -> None:
    letters = str.maketrans("0123456789", "qrstuvwxyz")
    rare = " ".join(str(1_000_003 * at % 99_999_989).translate(letters) for at in range(5000))
    texts = (SearchText("nl/", "nl-BE", Body(f"<p>{rare} vaker vaker</p>".encode())),)
    data = next(each.data for each in make_index(texts) if each.path.endswith(".txt"))
    assert MOST_OF_WORDS * 0.9 < len(data) <= MOST_OF_WORDS
    words = unpacked(data)
    assert words == sorted(set(words))
    assert "vaker" in words


# --- when it is made


class Counted:
    """`make_index`, counting; it can be told to fail."""

    __name__ = "make_index"

    def __init__(self) -> None:
        self.calls = 0
        self.failing = False

    def __call__(self, texts: tuple[SearchText, ...]) -> tuple[File, ...]:
        self.calls += 1
        if self.failing:
            raise SearchFailed("no room")
        return (File("pagefind/pagefind.js", b"//"),)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted()
    monkeypatch.setattr(finished, "make_index", counted)
    return counted


def test_the_index_is_made_again_only_when_a_text_changed(counted: Counted, tmp_path: Path) -> None:
    def build(files: dict[str, str]) -> Build:
        cache = Cache(tmp_path)
        built = build_site(make_tree({**SITE, **files}), Options(), cache)
        cache.save()
        return built

    build({})
    frame = {
        "content/site.yaml": SITE["content/site.yaml"].replace("[about]", "[faq, about]"),
        "content/search/nl.md": SITE["content/search/nl.md"] + "\nOok.\n",
        "assets/site.css": "a { color: red }",
    }
    assert len(links(build(frame), PAGES["nl"])) == 15
    assert counted.calls == 1
    build({"content/faq/nl.md": SITE["content/faq/nl.md"] + "\nOf zonder.\n"})
    assert counted.calls == 2


def test_a_failure_is_a_warning_and_is_not_remembered(counted: Counted, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    counted.failing = True
    build = build_site(make_tree(SITE), Options(), cache)
    problem = next(each for each in build.diagnostics if each.check == "search-index")
    assert problem.severity is Severity.WARNING
    assert "no room" in str(problem.message)
    assert build.sources["content/site.yaml"].text[problem.span.start : problem.span.end] == "true"
    assert not build.failed
    assert len(links(build, PAGES["nl"])) == 15
    assert page_of(build, PAGES["nl"]).xpath("//*[@data-search]") == []
    counted.failing = False
    again = build_site(make_tree(SITE), Options(), cache)
    assert "search-index" not in {each.check for each in again.diagnostics}


def test_without_pagefind_the_list_stays(monkeypatch: pytest.MonkeyPatch, site: Builds) -> None:
    monkeypatch.setattr(finished, "can_index", lambda: False)
    build = site(SITE)
    problem = next(each for each in build.diagnostics if each.check == "search-index")
    assert "Pagefind is missing" in str(problem.message)
    assert len(links(build, PAGES["fr"])) == 13
    assert "wasm-unsafe-eval" not in text_of(build, "nl/zoeken/index.html")


def test_a_program_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/nowhere/pagefind")
    with pytest.raises(SearchFailed, match="nowhere"):
        make_index((SearchText("nl/", "nl-BE", Body(b"<h1>Welkom</h1>")),))


def test_the_preview_makes_it_when_one_searches(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diptych.preview.shown.make_index", counted)
    searched.cache_clear()
    shown = advance(Shown(), build_site(make_tree(SITE), Options(index=False), Cache(None)))
    assert b"data-search" in shown.outputs["nl/zoeken/index.html"].read()
    assert find(shown, "/nl/zoeken/") is not None
    assert counted.calls == 0
    assert find(shown, "/pagefind/pagefind.js") == ("pagefind/pagefind.js", b"//")
    assert find(shown, "/pagefind/other") is None
    assert counted.calls == 1
    searched.cache_clear()


# --- what the page may do


def test_the_policy_allows_it_on_the_search_pages_alone(built: Build) -> None:
    allowed = {o.path for o in built.outputs if b"wasm-unsafe-eval" in o.data}
    assert allowed == {"_headers", *(f"{path}index.html" for path in PAGES.values())}
    policies = {
        path: page_of(built, path).xpath("//meta[@http-equiv]/@content")[0]
        for path in ("nl/over-ons/", PAGES["nl"])
    }
    plain = re.sub(r" 'sha256-[^']+'", "", policies["nl/over-ons/"])
    script = "script-src 'self'"
    searching = re.sub(r" 'sha256-[^']+'", "", policies[PAGES["nl"]])  # each allows its own data
    assert searching == plain.replace(script, script + " 'wasm-unsafe-eval'")


@pytest.mark.parametrize("hosting", ["netlify", "cloudflare"])
def test_the_headers_say_the_same(site: Builds, hosting: str) -> None:
    yaml = SITE_YAML + f"search: true\nhosting: {hosting}\n"
    rules = text_of(site({**SITE, "content/site.yaml": yaml}), "_headers").split("\n\n")
    own = [rule for rule in rules if "wasm-unsafe-eval" in rule]
    assert [rule.partition("\n")[0] for rule in own] == ["/nl/zoeken/", "/fr/rechercher/"]
    for rule in own:
        assert rule.count("script-src 'self' 'wasm-unsafe-eval';") == rule.count("unsafe") == 1
        assert "frame-ancestors 'none'" in rule
        assert ("  ! Content-Security-Policy\n  Content-" in rule) == (hosting == "cloudflare")


@pytest.mark.parametrize(
    "sign",
    [
        "(?<",  # a look behind: Safari 16.4
        "?.",  # Safari 13.1
        "??",
        "||=",  # Safari 14
        "&&=",
        "replaceAll",
        "replaceChildren",
        ".append(",
        ".at(",
        ".flat",
    ],
)
def test_the_script_is_of_2018(sign: str) -> None:
    """An old phone that cannot read a sign of it reads none of it."""
    for name in ("search.js", "find.js"):
        assert sign not in (ROOT / "diptych/theme/assets" / name).read_text(encoding="utf-8")


def test_the_script_makes_no_html_and_speaks_through_the_page(whole_build: Build) -> None:
    script = "".join(
        o.data.decode()
        for o in whole_build.outputs
        if o.path.startswith(("assets/search.", "assets/find."))
    )
    assert not any(
        word in script for word in ("innerHTML", "insertAdjacent", "localStorage", "cookie")
    )
    page = page_of(whole_build, PAGES["fr"])
    words = page.xpath("//*[@data-search]")[0].attrib
    assert all(
        words[f"data-{each}"]
        for each in (
            "label",
            "found",
            "best",
            "none",
            "failed",
            "loading",
            "instead",
        )
    )
    assert words["data-search"] == "/pagefind/pagefind.js"


def test_the_field_is_for_languages_that_have_an_index(site: Builds) -> None:
    only = {path: text for path, text in SITE.items() if not path.endswith("/fr.md")}
    nothing: dict[str, str | None] = {"content/home/fr.md": None, "content/about/fr.md": None}
    for path in SITE:
        if path.endswith("/fr.md"):
            nothing[path] = None
    build = site({**only, **nothing})
    assert page_of(build, PAGES["nl"]).xpath("//*[@data-search]")
    assert page_of(build, "fr/zoeken/").xpath("//*[@data-search]") == []
