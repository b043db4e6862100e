"""Days, links, marks, foreign words, years and long sentences: what a text says and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diptych.checks import wording
from diptych.checks.inputs import Rules
from diptych.checks.running import TextsRequest, diagnose_texts
from diptych.content import texts
from diptych.content.terms.surface import prose_words
from diptych.content.texts import texts_of
from diptych.diagnostics import Severity, correction_of
from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, Ran, text_of, write_site
from tests.test_documentation import picture

Builds = Callable[..., Build]
NL, FR = "content/about/nl.md", "content/about/fr.md"
TIMELINE = "content/about/timeline.yaml"
SHOWN = {
    NL: "---\ntitle: Over ons\nlayout: timeline\n---\n\nTekst.\n",
    FR: "---\ntitle: À propos\nlayout: timeline\n---\n\nTexte.\n",
}


def text(build: Build, check: str) -> list[tuple[str, str]]:
    """What a check says: the piece of the file that it marks, and its sentence."""
    return [
        (build.sources[each.span.path].text[each.span.start : each.span.end], str(each.message))
        for each in build.diagnostics
        if each.check == check
    ]


def mended(build: Build, check: str) -> list[str | None]:
    """The lines that the problems of a check give to paste."""
    found = [
        correction_of(each, build.sources) for each in build.diagnostics if each.check == check
    ]
    return [correction.text if correction else None for correction in found]


def page(body: str, title: str = "Over ons") -> str:
    return f"---\ntitle: {title}\n---\n\n{body}\n"


def event(identity: str, date: str, nl: str = "Tekst.", fr: str = "Texte.") -> str:
    return (
        f"- id: {identity}\n  date: {date}\n  title: {{nl: Stap, fr: Pas}}\n"
        f"  text:\n    nl: |\n      {nl}\n    fr: |\n      {fr}\n\n"
    )


# --- days of the week


@pytest.mark.parametrize(
    ("path", "written", "marked", "sentence", "line"),
    [
        (
            NL,
            "Op dinsdag 8 juni 2020.",
            "dinsdag 8 juni 2020",
            "8 juni 2020 is a maandag, and not a dinsdag",
            "Op maandag 8 juni 2020.",
        ),
        (
            FR,
            "Lundi 9 juin 2020, tout rouvre.",
            "Lundi 9 juin 2020",
            "9 juin 2020 is a mardi, and not a lundi",
            "Mardi 9 juin 2020, tout rouvre.",
        ),
        (
            FR,
            "Le mardi 1er juin 2020.",
            "mardi 1er juin 2020",
            "1er juin 2020 is a lundi, and not a mardi",
            "Le lundi 1er juin 2020.",
        ),
        (
            NL,
            "Op di. 08/06/2020.",
            "di. 08/06/2020",
            "08/06/2020 is a maandag, and not a di.",
            "Op maandag 08/06/2020.",
        ),
        (
            NL,
            "Op zaterdag 6 en maandag 7 november 2021.",
            "maandag 7 november 2021",
            "7 november 2021 is a zondag, and not a maandag",
            "Op zaterdag 6 en zondag 7 november 2021.",
        ),
        (
            FR,
            "Les vendredi 6 et dimanche 7 novembre 2021.",
            "vendredi",
            "6 novembre 2021 is a samedi, and not a vendredi",
            "Les samedi 6 et dimanche 7 novembre 2021.",
        ),
        (
            NL,
            "Op woensdag 31 juni 2021.",
            "woensdag 31 juni 2021",
            "there is no 31 juni 2021",
            None,
        ),
    ],
)
def test_a_date_that_contradicts_its_weekday(
    path: str, written: str, marked: str, sentence: str, line: str | None, site: Builds
) -> None:
    build = site({path: page(written)})
    assert text(build, "wrong-weekday") == [(marked, sentence)]
    assert mended(build, "wrong-weekday") == [line]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (NL, "Op maandag 8 juni 2020, ma. 8 juni 2020, ma 8/6/2020 en Maandag\n8 juni 2020."),
        (FR, "Le lundi 8 juin 2020, lun. 8 juin 2020, les samedi 6 et dimanche 7 novembre 2021."),
        (NL, "Elke dinsdag 8 mensen, dinsdag 8 juni, en [mardi 8 juin 2020]{lang=fr}."),
        (NL, "Op d\u0130nsdag 8 juni 2020, maandag 99 juni 2020 en dinsdag 8/13/2020."),
        (NL, "`dinsdag 8 juni 2020` en maandag 8 of dinsdag 9 juni 2020."),
    ],
)
def test_right_dates_and_dates_without_a_year_are_left_alone(
    path: str, written: str, site: Builds
) -> None:
    assert text(site({path: page(written)}), "wrong-weekday") == []


def test_days_have_the_names_of_every_language_of_the_settings(site: Builds) -> None:
    settings = SITE_YAML.replace("topics:", "topics:").replace(
        "navigation:",
        "  de: {locale: de_DE, name: Deutsch, typography: german}\n"
        "  en: {locale: en_US, name: English, typography: english}\nnavigation:",
    )
    build = site(
        {
            "content/site.yaml": settings,
            "content/about/de.md": page("Am Dienstag, den 8. Juni 2020.", "Über uns"),
            "content/about/en.md": page("On Tuesday, June 8, 2020 and Monday, 6/8/2020.", "About"),
        }
    )
    assert text(build, "wrong-weekday") == [
        ("Dienstag, den 8. Juni 2020", "den 8. Juni 2020 is a Montag, and not a Dienstag"),
        ("Tuesday, June 8, 2020", "June 8, 2020 is a Monday, and not a Tuesday"),
    ]


def test_an_event_tells_the_year_of_its_dates(site: Builds) -> None:
    events = event(
        "reopening",
        "2020-06-08",
        "Op dinsdag 8 juni gaat alles open.",
        "Le lundi 8 juin, tout rouvre.",
    )
    build = site({**SHOWN, TIMELINE: events})
    assert text(build, "wrong-weekday") == [
        ("dinsdag 8 juni", "8 juni 2020 is a maandag, and not a dinsdag")
    ]


def test_a_reason_in_the_front_matter_allows_it(site: Builds) -> None:
    head = "---\ntitle: Over ons\nallow:\n  wrong-weekday: zo staat het in de brief\n---\n\n"
    assert text(site({NL: head + "Op dinsdag 8 juni 2020.\n"}), "wrong-weekday") == []


# --- links


def test_links_that_say_nothing(site: Builds) -> None:
    build = site(
        {
            NL: page(
                "[Hier](page:home), [klik hier!](page:home), [Lees meer →](page:home)"
                " of [](page:home); niet [lees hier meer over ons](page:home)."
            ),
            FR: page("[ici](page:home) ou [En savoir plus](page:home) ; pas [hier](page:home)."),
        }
    )
    says = "“{}” does not say where this link leads".format
    said = ("ici", "En savoir plus", "Hier", "klik hier!", "Lees meer →")
    assert text(build, "vague-link") == [
        *((each, says(each)) for each in said),
        ("page:home", "this link has no text, so nobody can choose it"),
    ]


def test_links_of_events_are_held_to_the_same(site: Builds) -> None:
    build = site({**SHOWN, TIMELINE: event("vote", "2022-03-18", "Lees [hier](page:home).")})
    assert text(build, "vague-link") == [("hier", "“hier” does not say where this link leads")]


def test_a_text_knows_its_links_wherever_it_stands(site: Builds) -> None:
    """In a paragraph, a list, a reference, raw HTML, an event, and a field that no code knows."""
    types = "people:\n  id: {type: key, required: true}\n  bio: {type: prose, translate: true}\n"
    files = {
        **SHOWN,
        NL: page(
            "Lees [a](page:home), [b][ref].\n\n- punt [c](page:home)\n\n"
            '<p><a href="page:home">d</a></p>\n\n`[geen](page:home)`\n\n[ref]: page:home'
        ),
        TIMELINE: event("vote", "2022-03-18", "Lees [e](page:home)."),
        "content/types.yaml": types,
        "content/about/people.yaml": "- id: jan\n  bio: {nl: 'Zie [f](page:home).', fr: Rien.}\n",
    }
    build = site(files)
    assert build.site is not None
    links = [link for text in build.site.texts() for link in text.links()]
    assert sorted(link.text for link in links) == list("abcdef")
    for link in links:
        source = build.sources[link.span.path]
        assert source.text[link.span.start : link.span.end] == "page:home"


def test_links_called_alike_are_notes_and_only_on_request(site: Builds) -> None:
    files = {NL: page("[Vraag](page:home), [vraag](page:about), [start](page:home).")}
    build = site(files, options=Options(advice=True))
    assert text(build, "repeated-link-text") == [
        ("page:about", "“vraag” leads elsewhere on line 5")
    ]
    assert text(build, "varied-link-text") == [
        ("page:home", "a link to the same place is called “Vraag” on line 5")
    ]
    assert not any(each.check.endswith("link-text") for each in site(files).diagnostics)


# --- words of another language


FOREIGN = {
    "content/site.yaml": SITE_YAML
    + 'foreign:\n  fr: [Le Soir, Code pénal]\n  en: [Red Light, "Workers\' Rights"]\n'
}


def test_foreign_phrases_say_their_language(site: Builds) -> None:
    build = site(
        {
            **FOREIGN,
            NL: page("In Le Soir over het Code\npénal, *Red Light*."),
            FR: page("Dans Le Soir, Red Light. Workers’ Rights"),
        }
    )
    sentence = "“{}” is in another language, and nothing says so".format
    assert text(build, "unmarked-language") == [
        ("Red Light", sentence("Red Light")),
        ("Workers’ Rights", sentence("Workers’ Rights")),
        ("Le Soir", sentence("Le Soir")),
        ("Code\npénal", sentence("Code pénal")),
        ("Red Light", sentence("Red Light")),
    ]
    assert mended(build, "unmarked-language") == [
        "Dans Le Soir, [Red Light]{lang=en}. Workers’ Rights",
        "Dans Le Soir, Red Light. [Workers’ Rights]{lang=en}",
        "In [Le Soir]{lang=fr} over het Code",
        "In Le Soir over het [Code pénal]{lang=fr}, *Red Light*.",
        "pénal, *[Red Light]{lang=en}*.",
    ]


def test_what_is_marked_or_cannot_be_marked_is_left_alone(site: Builds) -> None:
    body = (
        "[Le Soir]{lang=fr}, [Le Soir](https://www.lesoir.be){lang=fr}, "
        '<span lang="fr">Le Soir</span>, `Le Soir` en Le Soirée.'
    )
    build = site({**FOREIGN, NL: page(body, title="Le Soir")})
    assert text(build, "unmarked-language") == []


def test_foreign_languages_are_named_by_tags(site: Builds) -> None:
    build = site({"content/site.yaml": SITE_YAML + "foreign: {Frans: [Le Soir]}\n"})
    assert text(build, "language-tag") == [("Frans", "`Frans` is not a language tag")]


# --- marks and spaces


@pytest.mark.parametrize(
    ("written", "marked", "line"),
    [
        ("Wij , en zij.", " ,", "Wij, en zij."),
        ("[Wij zelf](page:home) .", " .", "[Wij zelf](page:home)."),
        ("Wij ,en zij.", " ,", "Wij, en zij."),
        ("Wij,en zij.", ",", "Wij, en zij."),
        ("Wij zijn er.Zij ook.", ".", "Wij zijn er. Zij ook."),
        ("Wij ( en zij) ook.", " ", "Wij (en zij) ook."),
        ("Wie ?", " ?", "Wie?"),
        ("Wij,, en zij.", ",,", "Wij, en zij."),
        ("Wij zijn er..", "..", "Wij zijn er."),
        ("Wij -- en zij -- ook.", "--", "Wij – en zij -- ook."),
    ],
)
def test_stray_spaces_and_marks(written: str, marked: str, line: str, site: Builds) -> None:
    build = site({NL: page(written)})
    assert next(piece for piece, _ in text(build, "stray-mark")) == marked
    assert mended(build, "stray-mark")[0] == line
    assert len(text(site({NL: page(line)}), "stray-mark")) == len(text(build, "stray-mark")) - 1


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("Schrijf naar o'neil@example.org.", "<o'neil@example.org>"),
        ("Schrijf naar d'hondt@example.org.", "<d'hondt@example.org>"),
        ("Of naar a.o'neil-b@mail.example.org.", "<a.o'neil-b@mail.example.org>"),
    ],
)
def test_half_an_address_is_told(written: str, whole: str, site: Builds) -> None:
    """On GitHub too only what stands behind the apostrophe becomes the link."""
    build = site({NL: page(written)})
    half = whole.strip("<>").rpartition("'")[2]
    assert text(build, "stray-mark") == [(whole[1:-1], f"only {half} becomes a link here")]
    line = mended(build, "stray-mark")[0]
    assert line == written.replace(whole[1:-1], whole)
    again = site({NL: page(line)})
    assert text(again, "stray-mark") == []
    assert f'<a href="mailto:{whole[1:-1]}">'.replace("'", "&#39;") in text_of(
        again, "nl/over-ons/index.html"
    )


def test_all_checks_read_the_same_words_of_a_text(
    site: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marks, code and addresses are blanked out once for a text, and marks are searched for once."""
    build = site({NL: page("Wij vragen `recht` , op dinsdag 9 juni 2020.\n\nEn (werk ) dan.")})
    assert build.site is not None
    (file,) = (each for each in build.site.text_files() if each.source.path == NL)
    written = [text.written for text in texts_of(file, build.site.types)]
    blanked: list[str] = []
    searched: list[str] = []
    stray_in = wording._stray_in

    class Counted:
        def finditer(self, words: str) -> Iterator[re.Match[str]]:
            searched.append(words)
            return stray_in(spaced_stops=False).finditer(words)

    def counted(text: str, language: str) -> str:
        blanked.append(text)
        return prose_words(text, language)

    monkeypatch.setattr(texts, "prose_words", counted)
    monkeypatch.setattr(wording, "_stray_in", lambda **_: Counted())
    request = TextsRequest(file, build.site.types, Rules({"nl": "nl_BE"}, {}))
    assert [each.check for each in diagnose_texts(request)] == ["stray-mark", "stray-mark"]
    assert sorted(blanked) == sorted(written[1:])  # all but the title, which is no Markdown
    assert len(searched) == len(written)


def test_what_is_meant_so_is_no_slip(site: Builds) -> None:
    body = (
        "A.U.B., enz., 3,5 procent, node.js, www.voorbeeld.be, info@example.org, zo… en zo... "
        'of "dit", ‘dat’ en “dat”, 1.200 euro, U.S.A. `a ,b`, "a "b" c".'
    )
    body += " 'info@example.org', `o'neil@example.org` of <o'neil@example.org>."
    french = "L'adresse d'info@example.org, qu'info@example.org a. Quoi ? Non ! « Oui ; peut-être : 3,5 % », dit-elle. L'une, l'autre."
    build = site({NL: page(body), FR: page(french)})
    assert text(build, "stray-mark") + text(build, "unbalanced-quotes") == []


@pytest.mark.parametrize(
    ("written", "mark"),
    [('Ze riep "ja en ging.', '"'), ("Elle dit « oui.", "«"), ("Ja”, zei ze.", "”")],
)
def test_a_quotation_that_never_ends(written: str, mark: str, site: Builds) -> None:
    sentence = f"the quotation mark {mark} has no other half in this paragraph"
    assert text(site({NL: page(written + '\n\nEn "dit" wel.')}), "unbalanced-quotes") == [
        (mark, sentence)
    ]


# --- years of events


def test_an_event_alone_and_far_from_the_others(site: Builds) -> None:
    dates = ("2020-03-18", "2012-06-08", "2020-07", "2021", "2022-03-18")
    events = "".join(event(f"e{number}", date) for number, date in enumerate(dates))
    build = site({**SHOWN, TIMELINE: events})
    assert text(build, "distant-event") == [
        ("2012-06-08", "this event lies in 2012, and all the others between 2020 and 2022")
    ]
    (problem,) = (each for each in build.diagnostics if each.check == "distant-event")
    assert (problem.severity, str(problem.hint)) == (Severity.WARNING, "is 2020 meant?")
    assert mended(build, "distant-event") == ["  date: 2020-06-08"]


@pytest.mark.parametrize("date", ["2012-06-08", "'2012-06-08'"])
def test_the_place_of_a_date_is_that_of_its_own_event(site: Builds, date: str) -> None:
    """The date may be written above the id, and another event may hold the same date."""
    far = f"- date: {date}\n  id: far\n  title: {{nl: A, fr: B}}\n  text: {{nl: A., fr: B.}}\n"
    sourced = event("e4", "2022-01-08") + "  sources: [{title: A, date: 2012-06-08}]\n"
    dates = ("2020-07", "2021", "2021-07", "2022")
    events = "".join(event(f"e{number}", each) for number, each in enumerate(dates))
    build = site({**SHOWN, TIMELINE: events + far + sourced})
    (problem,) = (each for each in build.diagnostics if each.check == "distant-event")
    source = build.sources[TIMELINE]
    assert source.text[: problem.span.start].endswith(far.partition("2012")[0])
    assert source.text[problem.span.start : problem.span.end] == "2012-06-08"


@pytest.mark.parametrize(
    "head",
    [
        "title: Tijdlijn 2019–2022",
        "title: T\ndescription: Van mei 2019 tot maart 2022, stap voor stap.",
    ],
)
def test_an_event_outside_the_years_that_its_page_names(head: str, site: Builds) -> None:
    dutch = f"---\n{head}\nlayout: timeline\n---\n\nTekst.\n"
    events = event("first", "2018-05") + event("second", "2018/2019") + event("third", "2022-01")
    build = site({**SHOWN, NL: dutch, TIMELINE: events})
    assert text(build, "distant-event") == [
        ("2018-05", "this event lies in 2018; the page says that it tells of 2019 to 2022")
    ]


def test_a_long_history_has_gaps(site: Builds) -> None:
    events = "".join(event(f"e{date}", date) for date in ("1975", "1995", "2010", "2022"))
    assert text(site({**SHOWN, TIMELINE: events}), "distant-event") == []


# --- pictures


def test_a_description_of_the_other_language(site: Builds) -> None:
    files = {"content/about/a.jpg": picture(), "content/about/b.jpg": picture()}
    build = site(
        {
            **files,
            NL: page("![Vier mensen samen](a.jpg)\n\n![Sonia Verstappen Ans](b.jpg)"),
            FR: page("![vier mensen  samen](a.jpg)\n\n![Sonia Verstappen Ans](b.jpg)"),
        }
    )
    problems = [each for each in build.diagnostics if each.check == "borrowed-alt"]
    assert [(each.span.path, str(each.message)) for each in problems] == [
        (FR, "this picture has the same description as in Nederlands")
    ]


def test_a_description_of_the_other_language_at_an_event(site: Builds) -> None:
    picture_of = "  image: a.jpg\n  image_alt: {nl: Vier mensen samen, fr: Vier mensen samen}\n"
    files = {
        "content/about/a.jpg": picture(),
        TIMELINE: event("vote", "2022").rstrip() + "\n" + picture_of,
    }
    assert text(site({**SHOWN, **files}), "borrowed-alt") == [
        ("a.jpg", "this picture has the same description as in Nederlands")
    ]


# --- plain language


def test_long_sentences_and_paragraphs(site: Builds) -> None:
    thirty = " ".join(["woord"] * 30)
    body = (
        f"Dit is {thirty}. {thirty.capitalize()} om 3.5 uur, bv. Ans.\n\n- {thirty}\n- {thirty}\n"
    )
    build = site({NL: page(f"{body}\n{'Kort woord. ' * 61}")}, options=Options(advice=True))
    assert [sentence for _, sentence in text(build, "long-sentence")] == [
        "this sentence has 32 words",
        "this sentence has 35 words",
    ]
    assert text(build, "long-paragraph") == [("Kort", "this paragraph has 122 words")]
    assert all(
        each.severity is Severity.INFO for each in build.diagnostics if "long-" in each.check
    )


def test_check_shows_advice_on_request(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_here = "---\ntitle: Over ons\nonly: Voor wie Nederlands leest.\n---\n\n"
    root = write_site(tmp_path, {NL: only_here + " ".join(["Woord"] * 40) + ".\n", FR: None})
    assert [run("confirm", key, root=root).status for key in ("home", "site.yaml")] == [0, 0]
    quiet, shown = run("check", root=root), run("check", "--advice", root=root)
    assert (quiet.out, quiet.err) == ("", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert run("check", root=root).err == (
        "no problems found; 1 note can wait (`python build.py check --advice` shows it)\n"
    )
    assert "this sentence has 40 words [long-sentence]" in shown.out
    assert "--advice" not in shown.err + run("build", root=root).err


def test_a_whole_site_needs_no_mending(whole_build: Build) -> None:
    ours = {
        "wrong-weekday",
        "vague-link",
        "unmarked-language",
        "stray-mark",
        "unbalanced-quotes",
        "distant-event",
        "borrowed-alt",
    }
    assert [each for each in whole_build.diagnostics if each.check in ours] == []
