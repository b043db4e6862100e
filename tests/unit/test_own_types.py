"""A site's own fields and records: declared in YAML, read, named, shown, and known to every command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from diptych.content.own_types import FIELD_TYPES, read_types
from diptych.content.types import BUILT_IN, Types
from diptych.diagnostics import Severity, Source, applied, say
from diptych.i18n import translator
from diptych.outputs.forms.config import configuration
from diptych.outputs.schemas.documents import site_schemas
from diptych.pipeline import Build, Options
from diptych.views import FieldsView, FieldView
from tests.conftest import LOOK, ROOT, SITE_YAML, Ran, files_of, page_of, write_site
from tests.strategies import named, places
from tests.test_planted import picture

BELOW = (  # the last thing of the page template
    b'{% if view.previous or view.next %}\n{% include "partials/neighbours.html" %}\n{% endif %}'
)
TYPES = """\
page:
  place: {type: text, translate: true, label: {nl: Plaats, fr: Lieu}}
  audience: {type: choice, choices: [press, members], many: true, translate: false}
  more: {type: prose}
timeline:
  place: {type: text, translate: true}
people:
  id: {type: key, required: true}
  name: {type: text, required: true}
  role: {type: text, translate: true, label: {nl: Rol, fr: Rôle}}
  bio: {type: prose, translate: true}
  since: {type: date}
  members: {type: number}
  paid: {type: flag}
  photo: {type: picture}
  photo_alt: {type: text, translate: true}
  letter: {type: file}
  see: {type: link, many: true}
  page: {type: reference, to: page}
  event: {type: reference, to: event}
  before: {type: reference, to: people, many: true}
  posts:
    type: group
    many: true
    label: {nl: Functies, fr: Fonctions}
    fields:
      place: {type: text, translate: true}
      from: {type: date}
"""
PEOPLE = """\
- id: jan
  name: Jan & co
  role: {nl: voorzitter, fr: président}
  bio:
    nl: |
      Werkt *hier*; zie [Ann](page:about#ann).
    fr: |
      Travaille *ici*.
  since: 2019-06
  members: 1200
  paid: yes
  photo: jan.png
  photo_alt: {nl: Jan lacht, fr: Jan rit}
  see: ["https://other.example/x", "page:home", "site:contact"]
  page: home
  event: march
  posts:
    - {place: {nl: Gent, fr: Gand}, from: 2020}
    - {place: {nl: Luik, fr: Liège}}
- id: ann
  name: Ann
  role: {nl: lid}
  before: [jan, "crew#ben"]
"""
SITE: Mapping[str, str | bytes] = {
    "content/types.yaml": TYPES,
    "content/about/people.yaml": PEOPLE,
    "content/about/jan.png": picture(),
    "content/about/nl.md": "---\ntitle: Over ons\nplace: Gent\naudience: [press]\nmore: Zie *dit*.\n---\n\nTekst.\n",
    "content/about/fr.md": "---\ntitle: À propos\nplace: Gand\naudience: [press]\n---\n\nTexte.\n",
    "content/crew/people.yaml": "- id: ben\n  name: Ben\n",
    "content/crew/nl.md": "---\ntitle: Ploeg\n---\n\nTekst.\n",
    "content/crew/fr.md": "---\ntitle: Équipe\n---\n\nTexte.\n",
    "content/time/timeline.yaml": "- id: march\n  date: 2020-06-08\n  title: {nl: De *mars*, fr: La marche}\n"
    "  text: {nl: t, fr: t}\n  place: {nl: Brussel, fr: Bruxelles}\n",
    "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n",
}
OWN = {
    "unknown-choice",
    "unknown-record",
    "unknown-event",
    "unknown-page",
    "missing-file",
    "missing-image",
    "field-differs",
    "duplicate-entry",
    "broken-link",
    "broken-anchor",
    "dead-anchor",
    "unshown-text",
    "missing-translation",
}


def read(text: str) -> tuple[Types, list[str]]:
    source = Source("content/types.yaml", text)
    outcome = read_types(source, ("nl", "fr"))
    return outcome.value, places(outcome.diagnostics, source)


def shown(build: Build, path: str) -> html.HtmlElement:
    (page,) = (each for each in build.outputs if each.path == path)
    return html.fromstring(page.data.decode())


def of_a_team(value: str) -> dict[str, str | bytes]:
    """The site with a layout of its own for the page `about`, which shows `value` below the text."""
    shown_below = b'<p id="below">{{ %s }}</p>' % value.encode()
    template = LOOK["templates/page.html"].replace(BELOW, shown_below)
    return {
        **SITE,
        "templates/team.html": template,
        "content/about/nl.md": "---\ntitle: Over ons\nlayout: team\n---\n\nTekst.\n",
        "content/about/fr.md": "---\ntitle: À propos\nlayout: team\n---\n\nTexte.\n",
    }


def test_a_site_without_declarations_has_the_built_in_types() -> None:
    assert read("") == (BUILT_IN, [])
    assert read("# later\n")[0].by_name == BUILT_IN.by_name


def test_every_kind_of_field_is_read_by_the_shape_of_its_kind() -> None:
    types, problems = read(TYPES)
    assert problems == []
    fields = types.by_name["people"].record.fields
    assert set(FIELD_TYPES) >= {"text", "prose", "reference", "picture"}
    assert fields["role"].translate
    assert fields["role"].role is not None
    assert fields["name"].role is None  # one for all languages: no text of ours
    assert (fields["photo"].refers, fields["event"].refers, fields["page"].refers) == (
        "picture",
        "timeline",
        "page",
    )
    assert list(types.own_part("page").fields) == ["place", "audience", "more"]
    assert [each.name for each in types.own] == ["agenda", "people"]
    assert "place" in types.by_name["timeline"].record.fields


def test_a_label_speaks_the_languages_of_the_site() -> None:
    types, _ = read(TYPES)
    doc = types.by_name["people"].record.fields["role"].doc
    assert [translator(each)(doc) for each in ("nl", "fr", "en")] == ["Rol", "Rôle", "Rol"]
    nameless = types.by_name["people"].record.fields["since"].doc
    assert translator("nl")(nameless) == "since"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("label: {nl: A}", "label: {nl: A, fr: …}"),
        ("label:\n      nl: A", "label:\n      nl: A\n      fr: …"),
        (
            "choices: [b], words: {b: {fr: B}}",
            "choices: [b], words: {b: {fr: B, nl: …}}",
        ),
    ],
)
def test_a_label_that_lacks_a_language_has_its_line_to_paste(written: str, mended: str) -> None:
    kind = "choice" if "choices" in written else "text"
    lines = (
        "page:\n  a:\n    type: {}\n    {}\n"
        if "\n" in written
        else "page:\n  a: {{type: {}, {}}}\n"
    )
    text = lines.format(kind, written)
    (problem,) = read_types(Source("content/types.yaml", text), ("nl", "fr")).diagnostics
    (edit,) = problem.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == lines.format(kind, mended)


@pytest.mark.parametrize(
    ("text", "told"),
    named(
        [
            ("a list", "- page\n", ["wrong-type 1:1"]),
            ("fields as a list", "page:\n  - place\n", ["wrong-type 2:3"]),
            ("a field without a type", "page:\n  place: {many: true}\n", ["missing-key 2:10"]),
            ("a type that is none", "page:\n  place: {type: words}\n", ["unknown-choice 2:17"]),
            ("capitals", "page:\n  Place: {type: text}\n", ["type-declaration 2:3"]),
            (
                "a hyphen",
                "press-room:\n  id: {type: key, required: true}\n",
                ["type-declaration 1:1"],
            ),
            ("a key there is", "page:\n  title: {type: text}\n", ["type-declaration 2:3"]),
            ("settings", "site:\n  motto: {type: text}\n", ["type-declaration 1:1"]),
            ("no id", "people:\n  name: {type: text}\n", ["type-declaration 1:1"]),
            ("an id of words", "people:\n  id: {type: text}\n", ["type-declaration 2:14"]),
            (
                "prose of no language",
                "people:\n  id: {type: key, required: true}\n  a: {type: prose}\n",
                ["type-declaration 3:13"],
            ),
            ("no choices", "page:\n  a: {type: choice}\n", ["type-declaration 2:13"]),
            ("nothing to refer to", "page:\n  a: {type: reference}\n", ["type-declaration 2:13"]),
            (
                "an unknown type",
                "page:\n  a: {type: reference, to: people}\n",
                ["type-declaration 2:28"],
            ),
            ("an empty group", "page:\n  a: {type: group}\n", ["type-declaration 2:13"]),
            (
                "a group in a group",
                "page:\n  a:\n    type: group\n    fields:\n      b: {type: group}\n",
                ["unknown-choice 5:17"],  # a group without fields follows from it
            ),
            (
                "words for no choice",
                "page:\n  a: {type: choice, choices: [x], words: {x: X, y: Y}}\n",
                ["type-declaration 2:13"],
            ),
            (
                "a choice without words",
                "page:\n  a: {type: choice, choices: [x, y], words: {x: X}}\n",
                ["type-declaration 2:13"],
            ),
            (
                "a label in one language",
                "page:\n  a: {type: text, label: {nl: A}}\n",
                ["missing-translation 2:31"],
            ),
            (
                "a word in one language",
                "page:\n  a: {type: choice, choices: [x], words: {x: {fr: X}}}\n",
                ["missing-translation 2:51"],
            ),
            (
                "a language of no site",
                "page:\n  a: {type: text, label: {de: A}}\n",
                ["unknown-language 2:27"],
            ),
        ]
    ),
)
def test_declarations_that_do_not_hold_together(text: str, told: list[str]) -> None:
    assert sorted(read(text)[1]) == sorted(told)


def test_what_is_declared_wrongly_is_told_once_and_read_nowhere(
    site: Callable[..., Build],
) -> None:
    files = {
        "content/types.yaml": "page:\n  audience: {type: choice}\n",
        "content/about/nl.md": "---\ntitle: Over ons\naudience: press\n---\n\nTekst.\n",
    }
    errors = [each.check for each in site(files).diagnostics if each.severity.value == "error"]
    assert errors == ["type-declaration"]


def test_a_types_file_that_cannot_be_read_is_the_only_error(site: Callable[..., Build]) -> None:
    """Its fields and records are unknown because of it, which nobody needs to be told again."""
    broken = {**SITE, "content/types.yaml": TYPES + "people: [\n"}
    errors = [each for each in site(broken).diagnostics if each.severity.value == "error"]
    assert [(each.span.path, each.check) for each in errors] == [
        ("content/types.yaml", "yaml-syntax")
    ]


CHOICE = """\
people:
  id: {type: key, required: true}
  name: {type: text}
  tasks:
    type: choice
    many: true
    choices: [press, care]
    words: {press: {nl: "Pers & media", fr: Presse}, care: {nl: Zorg, fr: Soins}}
    label: {nl: Taken, fr: Tâches}
  level: {type: choice, choices: [first, second]}
  bio: {type: text, translate: true}
"""
CHOSEN = "- {id: jan, name: Jan, tasks: [care, press], level: first, bio: {nl: Hier., fr: Ici.}}\n"


@pytest.mark.parametrize(
    ("path", "label", "words"),
    [
        ("nl/over-ons/index.html", "Taken", ["Zorg", "Pers & media"]),
        ("fr/a-propos/index.html", "Tâches", ["Soins", "Presse"]),
    ],
)
def test_readers_see_words_and_never_a_key(
    site: Callable[..., Build], path: str, label: str, words: list[str]
) -> None:
    """A choice is shown by its words, where it has any; what has no label stands without one."""
    build = site({"content/types.yaml": CHOICE, "content/about/people.yaml": CHOSEN})
    (jan,) = shown(build, path).xpath("//section[@id='jan']")
    assert [each.text for each in jan.xpath(".//dt")] == [label]
    assert [each.text.strip() for each in jan.xpath(".//dd")] == words
    text = jan.text_content()
    for key in ("press", "care", "first", "level", "tasks", "bio"):
        assert key not in text.split(), text
    assert ("Hier." in text) != ("Ici." in text)


def test_templates_compare_the_key_of_a_choice(site: Callable[..., Build]) -> None:
    template = (
        b"{% extends 'theme/base.html' %}{% block main %}<main>"
        b"{% for each in view.records.people if 'care' in each.tasks %}{{ each.name }}{% endfor %}"
        b"</main>{% endblock %}"
    )
    files = {
        "content/types.yaml": CHOICE,
        "content/about/people.yaml": CHOSEN,
        "templates/list.html": template,
        "content/about/nl.md": "---\ntitle: Over ons\nlayout: list\n---\n",
        "content/about/fr.md": "---\ntitle: À propos\nlayout: list\n---\n",
    }
    assert shown(site(files), "nl/over-ons/index.html").xpath("string(//main)").strip() == "Jan"


def test_every_value_is_shown_as_what_it_is(site: Callable[..., Build]) -> None:
    build = site(SITE)
    problems = [each for each in build.diagnostics if each.check in OWN]
    assert [
        (each.check, build.sources[each.span.path].position(each.span.start)) for each in problems
    ] == [("missing-translation", (22, 14))]
    page = shown(build, "nl/over-ons/index.html")
    (jan,) = page.xpath("//section[@id='jan']")
    text = " ".join(jan.text_content().split())
    assert jan.xpath("h2")[0].text == "Jan & co"
    assert [each.text for each in jan.xpath("dl/dt")] == ["Rol", "Functies"]
    assert "1.200" in text
    assert "ja" in text.split()
    assert jan.xpath(".//time[@datetime='2019-06']")[0].text == "juni 2019"
    assert jan.xpath(".//img/@alt") == ["Jan lacht"]
    assert "Jan lacht" not in text
    assert jan.xpath(".//*[@class='field-bio prose']//a/@href") == ["/nl/over-ons/#ann"]
    assert [(each.get("href"), each.text) for each in jan.xpath(".//*[@class='field-see']/a")] == [
        ("https://other.example/x", "other.example/x"),
        ("/nl/", "Welkom"),
        ("mailto:info@example.org", "info@example.org"),
    ]
    assert [
        (each.get("href"), each.text) for each in jan.xpath(".//*[@class='field-event']/a")
    ] == [("/nl/tijd/#march", "De mars")]
    assert "Gent" in text
    assert "Luik" in text
    (ann,) = page.xpath("//section[@id='ann']")
    assert [each.get("href") for each in ann.xpath(".//*[@class='field-before']/a")] == [
        "/nl/over-ons/#jan",
        "/nl/ploeg/#ben",
    ]


def test_events_and_terms_show_what_only_this_site_has(site: Callable[..., Build]) -> None:
    files = {
        **SITE,
        "content/types.yaml": TYPES + "terms:\n  since: {type: date}\n",
        "content/terms.yaml": "- id: work\n  preferred: {nl: werk, fr: travail}\n"
        "  reason: {nl: Omdat., fr: Parce que.}\n  since: 2020-06\n",
        "content/words/nl.md": "---\ntitle: Woorden\nlayout: glossary\n---\n",
        "content/words/fr.md": "---\ntitle: Mots\nlayout: glossary\n---\n",
    }
    build = site(files)
    assert not build.failed
    for path, language in (("nl/tijd", "Brussel"), ("fr/temps", "Bruxelles")):
        (event,) = shown(build, f"{path}/index.html").xpath("//article[@id='march']")
        assert event.xpath(".//*[@class='field-place']")[0].text.strip() == language
    assert len(shown(build, "fr/mots/index.html").xpath("//dd//time[@datetime='2020-06']")) == 1


def test_what_events_lack_in_a_language_and_where_their_links_lead_is_told(
    site: Callable[..., Build],
) -> None:
    types = "timeline:\n  place: {type: text, translate: true}\n  see: {type: link}\n"
    text = SITE["content/time/timeline.yaml"]
    assert isinstance(text, str)
    events = text.replace("{nl: Brussel, fr: Bruxelles}", "{nl: Brussel}\n  see: page:nowhere")
    files = {**SITE, "content/types.yaml": types, "content/time/timeline.yaml": events}
    del files["content/about/people.yaml"], files["content/crew/people.yaml"]
    files["content/about/nl.md"], files["content/about/fr.md"] = (
        "---\ntitle: A\n---\n",
        "---\ntitle: B\n---\n",
    )
    found = {each.check for each in site(files).diagnostics if each.span.path.endswith("line.yaml")}
    assert {"missing-translation", "broken-link"} <= found


def test_a_text_that_a_language_lacks_is_shown_in_another_and_says_so(
    site: Callable[..., Build],
) -> None:
    (ann,) = shown(site(SITE), "fr/a-propos/index.html").xpath("//section[@id='ann']")
    assert [
        (each.get("lang"), each.text) for each in ann.xpath(".//*[@class='field-role']/span")
    ] == [("nl-BE", "lid")]


def test_a_template_shows_fields_by_their_names(site: Callable[..., Build]) -> None:
    own = (
        b"<!-- {{ view.fields.place }}|{{ view.fields.audience|join('+') }}|{{ view.fields.more }}|"
        b"{% for each in view.records.people %}{{ each.name }}: {{ each.since }} {{ each.members }};"
        b"{% endfor %} --></article>"
    )
    template = LOOK["templates/page.html"].replace(BELOW, own)
    files = {**SITE, "templates/page.html": template}
    outputs = site(files).outputs
    pages = {each.path: each.data.decode() for each in outputs if each.is_page}
    assert (
        "<!-- Gent|press|<p>Zie <em>dit</em>.</p>|Jan &amp; co: "
        '<time datetime="2019-06">juni 2019</time> 1.200;Ann: ; -->'
    ) in " ".join(pages["nl/over-ons/index.html"].split())
    assert "<!-- Gand|press||" in pages["fr/a-propos/index.html"]


def test_a_template_shows_a_picture_by_the_macro_of_the_theme(site: Callable[..., Build]) -> None:
    load = '{% from "partials/picture.html" import picture %}'
    call = "{{ picture(view.records.people[0].photo) }}"
    template = LOOK["templates/page.html"].replace(BELOW, f"{load}{call}".encode())
    page = shown(site({**SITE, "templates/page.html": template}), "nl/over-ons/index.html")
    (own, _) = page.xpath("//picture[.//img/@alt='Jan lacht']")
    assert own.xpath(".//source/@type") == ["image/avif", "image/webp"]


@pytest.mark.parametrize(
    ("value", "told", "hint"),
    [
        ("view.records.people[0].see", "a list", '`|join(", ")`'),
        (
            "view.records.people[0].photo",
            "a picture",
            '{% from "partials/picture.html" import picture %}',
        ),
        ("view.breadcrumb", "a list", "{% for … %}"),
        ("view.title.split()", "a list", "{% for … %}"),
        ("view.languages[0]", "has parts", "its parts are: `key`, `tag`, `og_locale`"),
        ("view.title.upper", "has parts", "a template sees `view`"),
        ("view.records.people[0].paid", "only yes or no", "{% if … %}"),
        ("view.date", "does not have", "{% if … %}"),
    ],
)
def test_a_template_shows_no_value_in_the_notation_of_python(
    site: Callable[..., Build], value: str, told: str, hint: str
) -> None:
    build = site(of_a_team(value))
    (problem,) = {each for each in build.diagnostics if each.check == "template-error"}
    assert told in str(problem.message)
    assert problem.hint is not None
    assert hint in str(problem.hint)


def test_a_template_shows_a_number(site: Callable[..., Build]) -> None:
    page = shown(site(of_a_team("view.title|length / 5")), "nl/over-ons/index.html")
    assert page.xpath("//p[@id='below']")[0].text == "1.6"


def test_a_template_shows_a_group_as_its_values(site: Callable[..., Build]) -> None:
    build = site(of_a_team("view.records.people[0].posts|join('; ')"))
    page = shown(build, "nl/over-ons/index.html").text_content()
    assert page.count("Gent, 2020; Luik") == 1


def test_the_fields_of_a_group_without_labels_stand_in_one_line(site: Callable[..., Build]) -> None:
    (jan,) = shown(site(SITE), "nl/over-ons/index.html").xpath("//section[@id='jan']")
    assert [each.text_content().strip() for each in jan.xpath(".//*[@class='field-posts']")] == [
        "Gent, 2020",
        "Luik",
    ]


def test_a_group_shows_only_values_that_readers_can_read() -> None:
    said = FieldView("place", "", "text", ("Gent & Luik",), False, True)
    key = FieldView("task", "", "choice", ("press",), False, False)
    assert FieldsView({}, (said, key, said)).__html__() == "Gent &amp; Luik, Gent &amp; Luik"


def test_a_group_with_a_long_text_does_not_stand_in_one_line(site: Callable[..., Build]) -> None:
    types = TYPES.replace(
        "      from: {type: date}\n", "      from: {type: prose, translate: true}\n"
    )
    people = "- id: jan\n  name: Jan\n  posts:\n    - place: {nl: Gent, fr: Gand}\n      from: {nl: Lang., fr: Long.}\n"
    build = site({"content/types.yaml": types, "content/about/people.yaml": people})
    page = shown(build, "nl/over-ons/index.html")
    assert page.xpath("//*[@class='field-posts']/*[@class='field-place']")[0].text.strip() == "Gent"


def alts(site: Callable[..., Build], **changed: str) -> list[tuple[str, str, str | None]]:
    """The missing-alt diagnostics of a site with these files: the place, the hint and the line to paste."""
    files = {**SITE, **{name.replace("__", "/") + ".yaml": text for name, text in changed.items()}}
    build = site(files)
    return [
        (
            f"{each.span.path}:{build.sources[each.span.path].position(each.span.start)[0]}",
            str(each.hint or ""),
            each.edits[0].text if each.edits else None,
        )
        for each in build.diagnostics
        if each.check == "missing-alt" and each.severity is Severity.WARNING
    ]


def test_a_picture_that_is_not_there_is_told_for_that_alone(site: Callable[..., Build]) -> None:
    gone = PEOPLE.replace("photo: jan.png", "photo: weg.png").replace(ALT, "")
    assert alts(site, content__about__people=gone) == []


def test_a_page_may_say_why_a_picture_has_no_text(site: Callable[..., Build]) -> None:
    told = {
        name: str(SITE[name]).replace("title:", "allow: {missing-alt: een logo}\ntitle:")
        for name in ("content/about/nl.md", "content/about/fr.md")
    }
    build = site({**SITE, **told, "content/about/people.yaml": PEOPLE.replace(ALT, "")})
    assert "missing-alt" not in {each.check for each in build.diagnostics}


ALT = "  photo_alt: {nl: Jan lacht, fr: Jan rit}\n"
ALT_FIELD = "  photo_alt: {type: text, translate: true}\n"


def test_a_picture_of_a_record_without_its_text_is_told(site: Callable[..., Build]) -> None:
    assert alts(site) == []
    assert alts(site, content__about__people=PEOPLE.replace(ALT, "")) == [
        ("content/about/people.yaml:12", "", "\n  photo_alt: {nl: …, fr: …}")
    ]
    in_one = PEOPLE.replace(ALT, "  photo_alt: {nl: Jan lacht}\n")
    assert alts(site, content__about__people=in_one) == []  # missing-translation reports it


def test_a_picture_whose_text_types_yaml_does_not_declare_is_told(
    site: Callable[..., Build],
) -> None:
    types, people = TYPES.replace(ALT_FIELD, ""), PEOPLE.replace(ALT, "")
    ((place, hint, edit),) = alts(site, content__types=types, content__about__people=people)
    assert (place, edit) == ("content/about/people.yaml:12", None)
    assert hint.endswith("photo_alt: {type: text, translate: true}")
    plain = TYPES.replace(ALT_FIELD, "  photo_alt: {type: text}\n")
    one = PEOPLE.replace(ALT, "  photo_alt: Jan\n")
    assert alts(site, content__types=plain, content__about__people=one) == []


def test_a_picture_in_a_group_and_one_of_a_page_are_told_too(site: Callable[..., Build]) -> None:
    group = TYPES.replace(
        "      from: {type: date}\n",
        "      from: {type: date}\n      badge: {type: picture}\n"
        "      badge_alt: {type: text, translate: true}\n",
    )
    badges = PEOPLE.replace(
        "from: 2020}", "from: 2020, badge: jan.png, badge_alt: {nl: Speld, fr: Broche}}"
    ).replace("fr: Liège}}", "fr: Liège}, badge: jan.png}")
    assert alts(site, content__types=group, content__about__people=badges) == [
        ("content/about/people.yaml:19", "", None)
    ]
    page = TYPES.replace("page:\n", "page:\n  logo: {type: picture}\n", 1)
    about = str(SITE["content/about/nl.md"]).replace("title:", "logo: jan.png\ntitle:")
    build = site({**SITE, "content/types.yaml": page, "content/about/nl.md": about})
    told = [each.span.path for each in build.diagnostics if each.check == "missing-alt"]
    assert told == ["content/about/nl.md"]


def test_a_template_that_asks_for_an_unknown_field_is_told(site: Callable[..., Build]) -> None:
    template = LOOK["templates/page.html"].replace(BELOW, b"{{ view.fields.plaats }}")
    build = site({**SITE, "templates/page.html": template})
    (problem,) = (each for each in build.diagnostics if each.check == "template-name")
    assert problem.hint == say("fields stand in content/types.yaml: look there for the name")


@pytest.mark.parametrize(
    ("old", "new", "form"),
    [
        ("  since: 2019-06", "  skills: [zingen, koken]", "`{nl: […], fr: […]}`"),
        ("  role: {nl: lid}", "  role: [lid]", "`{nl: …, fr: …}`"),
        ("  role: {nl: lid}", "  role: lid", "`{nl: …, fr: …}`"),
    ],
)
def test_a_value_that_each_language_needs_says_how_it_is_written(
    site: Callable[..., Build], old: str, new: str, form: str
) -> None:
    skills = TYPES.replace("  bio:", "  skills: {type: text, translate: true, many: true}\n  bio:")
    people = PEOPLE.replace(old, new)
    build = site({**SITE, "content/types.yaml": skills, "content/about/people.yaml": people})
    (problem,) = (each for each in build.diagnostics if each.check == "wrong-type")
    assert str(problem.hint) == f"write it in each language: {form}"


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("content/about/people.yaml", "page: home", "page: hom", "unknown-page 15:9"),
        ("content/about/people.yaml", "event: march", "event: mars", "unknown-event 16:10"),
        ("content/about/people.yaml", "[jan,", "[jam,", "unknown-record 23:12"),
        ("content/about/people.yaml", "crew#ben", "about#ben", "unknown-record 23:17"),
        ("content/about/people.yaml", "jan.png", "jan.jpg", "missing-image 12:10"),
        ("content/about/people.yaml", "  paid: yes", "  letter: a.pdf", "missing-file 11:11"),
        ("content/about/people.yaml", '"page:home"', '"page:hom"', "broken-link 14:36"),
        ("content/about/people.yaml", "about#ann", "about#anna", "broken-anchor 6:31"),
        ("content/about/people.yaml", "id: ann", "id: jan", "duplicate-entry 20:7"),
        ("content/about/fr.md", "[press]", "[members]", "field-differs 4:12"),
        ("content/about/fr.md", "audience: [press]\n", "", "field-differs 2:8"),
        ("content/about/nl.md", "audience: [press]\n", "", "field-differs 4:12"),
    ],
)
def test_each_mistake_is_told_in_its_place(
    site: Callable[..., Build], path: str, old: str, new: str, told: str
) -> None:
    text = SITE[path]
    assert isinstance(text, str)
    assert old in text
    build = site({**SITE, path: text.replace(old, new)})
    found = {
        f"{each.check} {line}:{column}"
        for each in build.diagnostics
        if each.check in OWN
        for line, column in [build.sources[each.span.path].position(each.span.start)]
    }
    assert told in found


def test_a_date_that_differs_may_be_allowed_with_a_reason(site: Callable[..., Build]) -> None:
    allowed = "---\ntitle: B\ndate: 2021\nallow: {field-differs: zo is het}\n---\n"
    files = {
        "content/about/nl.md": "---\ntitle: A\ndate: 2020\n---\n",
        "content/about/fr.md": "---\ntitle: B\ndate: 2021\n---\n",
    }
    assert "field-differs" in {each.check for each in site(files).diagnostics}
    build = site({**files, "content/about/fr.md": allowed})
    assert "field-differs" not in {each.check for each in build.diagnostics}


def test_a_text_that_no_page_shows_is_told(site: Callable[..., Build]) -> None:
    lines = "---\ntitle: {}\nlayout: list\n---\n"
    files = {
        "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
        "  role: {type: text, translate: true}\n",
        "content/about/people.yaml": "- id: jan\n  role: {nl: voorzitter, fr: président}\n",
        "content/about/nl.md": lines.format("Over"),
        "content/about/fr.md": lines.format("À propos"),
    }
    (unshown,) = (each for each in site(files).diagnostics if each.check == "unshown-text")
    assert str(unshown.message) == "readers of /nl/over/, /fr/a-propos/ do not see this `role`"
    files["content/about/nl.md"] = (
        files["content/about/nl.md"].replace("---\n", "---\n", 1) + "Voorzitter\n"
    )
    (unshown,) = (each for each in site(files).diagnostics if each.check == "unshown-text")
    assert str(unshown.message) == "readers of /fr/a-propos/ do not see this `role`"


def test_a_draft_takes_its_records_along(site: Callable[..., Build]) -> None:
    files = {
        "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
        "  friend: {type: reference, to: people}\n",
        "content/about/nl.md": "---\ntitle: Over\ndraft: true\n---\n",
        "content/about/fr.md": "---\ntitle: À propos\ndraft: true\n---\n",
        "content/about/people.yaml": "- id: jan\n",
        "content/home/people.yaml": "- id: ben\n  friend: about#jan\n",
        "content/site.yaml": SITE_YAML.replace("navigation: [about]\n", ""),
    }
    assert "unknown-record" in {each.check for each in site(files).diagnostics}
    shown_ = site(files, options=Options(drafts=True))
    assert "unknown-record" not in {each.check for each in shown_.diagnostics}
    assert "missing-key" not in {each.check for each in site(files).diagnostics}


def test_records_that_nobody_declared_say_how(site: Callable[..., Build]) -> None:
    (problem,) = (
        each
        for each in site({"content/about/books.yaml": "- id: a\n"}).diagnostics
        if each.check == "file-type"
    )
    assert "content/types.yaml" in str(problem.hint)


def test_a_page_is_made_again_when_its_declaration_changes(site: Callable[..., Build]) -> None:
    files = {"content/about/nl.md": "---\ntitle: Over ons\nplace: Gent\n---\n"}
    assert "unknown-key" in {each.check for each in site(files).diagnostics}
    declared = {**files, "content/types.yaml": "page:\n  place: {type: text}\n"}
    assert "unknown-key" not in {each.check for each in site(declared).diagnostics}
    assert "unknown-key" in {each.check for each in site(files).diagnostics}


# --- what follows from the declaration


def own_types() -> Types:
    types, problems = read(TYPES)
    assert problems == []
    return types


def schema_of(name: str) -> Draft202012Validator:
    speech = {key: translator(key) for key in ("nl", "fr")}
    made = site_schemas(own_types(), ("nl", "fr"), ("page", "poster"), speech)
    return Draft202012Validator(json.loads(made[f"schemas/{name}.schema.json"]))


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("people", [{"id": "jan", "name": "Jan", "see": ["x"], "since": "2019-06"}], True),
        ("people", [{"id": "jan", "name": "Jan", "role": {"nl": "lid"}}], True),
        ("people", [{"id": "jan", "name": "Jan", "role": {"de": "x"}}], False),
        ("people", [{"id": "jan"}], False),
        ("people", [{"id": "jan", "name": "Jan", "hobby": "x"}], False),
        ("people", [{"id": "jan", "name": "Jan", "posts": [{"from": 2020}]}], True),
        ("people", [{"id": "jan", "name": "Jan", "posts": [{"fro": 2020}]}], False),
        ("people", [{"id": "jan", "name": "Jan", "members": "1.200"}], False),
        ("front-matter", {"title": "T", "place": "Gent", "audience": ["press"]}, True),
        ("front-matter", {"title": "T", "audience": ["pres"]}, False),
        ("front-matter", {"title": "T", "layout": "poster"}, True),
        ("front-matter", {"title": "T", "layout": "list"}, False),
        ("types", {"page": {"a": {"type": "text", "label": {"nl": "A"}}}}, True),
        ("types", {"page": {"a": {"type": "words"}}}, False),
        ("types", {"page": {"a": {"type": "group", "fields": {"b": {"type": "date"}}}}}, True),
    ],
)
def test_schemas_follow_from_the_declaration(name: str, value: Any, fits: bool) -> None:
    assert schema_of(name).is_valid(value) is fits


def test_schemas_speak_the_labels_of_the_site() -> None:
    schema: Any = schema_of("people").schema
    role = schema["items"]["properties"]["role"]
    assert role["description"] == "nl: Rol\nfr: Rôle"


def test_the_command_writes_a_schema_for_each_type(run: Callable[..., Ran], tmp_path: Path) -> None:
    root = write_site(tmp_path, SITE)
    assert run("schemas", root=root).status == 0
    names = {each.name for each in (root / "schemas").iterdir()}
    assert {"people.schema.json", "types.schema.json", "timeline.schema.json"} <= names


def test_forms_follow_from_the_declaration(site: Callable[..., Build]) -> None:
    admin = SITE_YAML + "admin: {repository: owner/name}\n"
    build = site({**SITE, "content/site.yaml": admin})
    assert build.site is not None
    settings = configuration(build.site, ["about"], translator("nl"))
    (pages,) = settings["collections"]
    fields = {each["name"]: each for each in pages["files"][0]["fields"]}
    assert fields["place"]["hint"] == "Plaats"
    assert (fields["place"]["i18n"], fields["audience"]["i18n"]) == (True, "duplicate")
    assert (fields["audience"]["widget"], fields["audience"]["multiple"]) == ("select", True)
    people = {each["file"]: each for each in settings["singletons"]}["content/about/people.yaml"]
    names = [each["name"] for each in people["fields"][0]["fields"]]
    assert names == list(own_types().by_name["people"].record.fields)


def test_a_new_page_begins_with_the_fields_that_it_needs(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    types = (
        "page:\n  place: {type: text, required: true}\n  start: {type: date, required: true}\n"
        "  audience: {type: choice, choices: [press, members], many: true, required: true}\n"
        "  more: {type: prose}\n"
    )
    lines = "---\ntitle: {}\nlayout: {}\nplace: x\nstart: 2020\naudience: [press]\n---\n\nTekst.\n"
    files = {
        f"content/{key}/{language}.md": lines.format(f"{key} {language}", layout)
        for key, layout in (("home", "home"), ("about", "page"))
        for language in ("nl", "fr")
    }
    root = write_site(tmp_path, {**files, "content/types.yaml": types})
    assert run("new", "party", root=root).status == 0
    head = (root / "content/party/nl.md").read_text("utf-8").split("---\n")[1]
    assert "place: …\n" in head
    assert re.search(r"^start: \d{4}-\d{2}-\d{2}$", head, re.MULTILINE)
    assert "audience: [press]\n" in head
    assert "more" not in head
    assert run("build", "--drafts", root=root).status == 0


def test_a_new_page_takes_a_layout_of_ones_own(run: Callable[..., Ran], tmp_path: Path) -> None:
    root = write_site(tmp_path, {"templates/poster.html": LOOK["templates/page.html"]})
    assert run("new", "party", "--layout", "poster", root=root).status == 0
    refused = run("new", "feast", "--layout", "postr", root=root)
    assert refused.status == 2
    assert "poster" in refused.err


def test_the_example_site_with_types_of_its_own_is_clean(site: Callable[..., Build]) -> None:
    """An archive: people, publications, rooms of events; one layout of its own, and the default one."""
    build = site(files_of(ROOT / "tests/sites/own-types", "content", "templates"), minimal=False)
    assert [each for each in build.diagnostics if each.severity.value != "info"] == []
    library = shown(build, "fr/livres/index.html")
    (letters,) = library.xpath("//section[@id='letters']")
    assert [each.get("href") for each in letters.xpath(".//*[@class='field-authors']/a")] == [
        "/fr/equipe/#ann",
        "/fr/equipe/#bo",
    ]
    assert "book" not in letters.text_content()  # a choice is a word for templates
    (opening,) = shown(build, "nl/jaren/index.html").xpath("//article[@id='opening']")
    assert "de grote zaal" in opening.text_content()
    assert (
        shown(build, "nl/ploeg/index.html").xpath("//section[@id='ann']/h2")[0].text
        == "Ann Peeters"
    )


THREE = SITE_YAML.replace(
    "navigation:", "  de: {locale: de_BE, name: Deutsch, typography: german}\nnavigation:"
).replace("fr: Exemple asbl}", "fr: Exemple asbl, de: Beispiel VoG}")


@pytest.mark.parametrize(
    ("record", "mended"),
    named(
        [
            (
                "braces, one language",
                "  role: {nl: baas, de: Leitung}\n",
                ["  role: {nl: baas, fr: …, de: Leitung}\n"],
            ),
            (
                "braces, two languages",
                "  role: {nl: baas}\n",
                ["  role: {nl: baas, fr: …, de: …}\n"],
            ),
            (
                "lines, two languages",
                "  role:\n    nl: baas # van 2020\n",
                ["  role:\n    nl: baas\n    fr: …\n    de: … # van 2020\n"],
            ),
            (
                "a text below a bar",
                "  bio:\n    nl: |\n      Een.\n\n      Twee.\n    fr: |\n      Un.\n",
                ["  bio:\n    nl: |\n      Een.\n\n      Twee.\n    de: …\n    fr: |\n      Un.\n"],
            ),
            (
                "two texts that lack the same",
                "  role: {nl: baas, de: Leitung}\n  bio: {nl: Een., de: Eins.}\n",
                ["  role: {nl: baas, fr: …, de: Leitung}\n  bio: {nl: Een., fr: …, de: Eins.}\n"],
            ),
            (
                "two texts that lack others",
                "  role: {nl: baas, de: Leitung}\n  bio: {nl: Een., fr: Un.}\n",
                [
                    "  role: {nl: baas, fr: …, de: Leitung}\n  bio: {nl: Een., fr: Un.}\n",
                    "  role: {nl: baas, de: Leitung}\n  bio: {nl: Een., de: …, fr: Un.}\n",
                ],
            ),
            ("a list", "  speaks: {nl: [Duits, Frans], de: [Deutsch]}\n", [None]),
            ("a list of lines", "  speaks:\n    nl:\n      - Duits\n    de: [Deutsch]\n", [None]),
        ]
    ),
)
def test_the_languages_that_a_record_lacks_are_written_where_they_belong(
    record: str, mended: list[str | None], site: Callable[..., Build]
) -> None:
    """No line is proposed for a list, since nobody knows how long it is in another language."""
    path, head = "content/about/people.yaml", "- id: jan\n  name: Jan\n"
    types = TYPES + "  speaks: {type: text, translate: true, many: true}\n"
    files = {"content/site.yaml": THREE, "content/types.yaml": types, path: head + record}
    build = site(files)
    told = [
        each
        for each in build.diagnostics
        if each.check == "missing-translation" and each.span.path == path
    ]
    assert [applied(each.edits, build.sources[path]) if each.edits else None for each in told] == [
        head + text if text else None for text in mended
    ]


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ("use: {type: prose, translate: true}", None),  # paragraphs in a heading are no HTML
        ("use: {type: prose, translate: true}\n  kind: {type: text}", "kind"),
        ("photo_alt: {type: text, translate: true}\n  photo: {type: picture}", None),
        ("use: {type: prose}\n  kind: {type: text, translate: true}", "kind"),
        ("kind: {type: text}\n  name: {type: text}", "name"),
        ("day: {type: date}", None),
    ],
)
def test_only_a_text_of_one_line_names_an_entry(fields: str, heading: str | None) -> None:
    written = f"tools:\n  id: {{type: key, required: true}}\n  {fields}\n"
    types = read_types(Source("content/types.yaml", written), ("nl", "fr")).value
    assert types.by_name["tools"].record.heading == heading


def test_prose_alone_makes_no_heading(site: Callable[..., Build]) -> None:
    build = site(
        {
            "content/types.yaml": "tools:\n  id: {type: key, required: true}\n"
            "  use: {type: prose, translate: true}\n",
            "content/about/tools.yaml": "- {id: saw, use: {nl: Zagen., fr: Scier.}}\n",
        }
    )
    (record,) = page_of(build, "nl/over-ons/").xpath("//section[@id='saw']")
    assert record.xpath(".//h2") == []
    assert record.text_content().split() == ["Zagen."]
