"""What `take-down` leaves: nothing of the page in any language, in no output, and a site that is well."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from diptych.cache import Cache
from diptych.disk import read_tree
from diptych.pipeline import Options, build_site
from tests.conftest import SITE_YAML, Ran, write_site

FRONT = "---\ntitle: {}\nlayout: {}\n---\n\n{}\n"


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


FILES: dict[str, str | bytes | None] = {
    "content/site.yaml": SITE_YAML.replace("navigation: [about]", "navigation: [maria, about]")
    + "hosting: netlify\nsearch: true\nredirects:\n  /oud/maria/: page:maria\n  /oud/ons/: page:about\n",
    "content/maria/nl.md": "---\ntitle: Zolderkamer\nslug: zolder\ndate: 2024-05-01\n"
    "description: Dakraam\nredirect_from: [/nl/vroeger/]\n---\n\nMansarde. ![Balkon](room.png)\n",
    "content/maria/fr.md": "---\ntitle: Soupente\nslug: soupente\ndate: 2024-05-01\n---\n\n"
    "Lucarne. ![Balcon](room.png)\n",
    "content/maria/room.png": picture("#803010"),
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nLees [het verhaal](page:maria).\n\nOok [wat zij schreef](../maria/nl.md) en [de tijdlijn](page:time).\n",
    "content/about/fr.md": "---\ntitle: À propos\n---\n\nLisez [le récit](page:maria).\n\n"
    "Aussi [ce qu'elle écrit](../maria/fr.md) et [la chronologie](page:time).\n",
    "content/time/nl.md": FRONT.format("Tijdlijn", "timeline", "Zie [de mars](page:time#march)."),
    "content/time/fr.md": FRONT.format(
        "Chronologie", "timeline", "Voyez [la marche](page:time#march)."
    ),
    "content/time/timeline.yaml": """\
- id: start
  date: 2020-01-01
  title: {nl: Begin, fr: Début}
  text: {nl: Wij beginnen., fr: Nous commençons.}
  leads_to: march
  image: both.png
  image_alt: {nl: Wij, fr: Nous}
# Over de optocht
- id: march
  date: 2021-03-08
  title: {nl: Optocht, fr: Cortège}
  text:
    nl: |
      Vaandels.

      Trommels.
    fr: |
      Bannières.

      Tambours.
  image: flag.png
  image_alt: {nl: Vlaggen, fr: Drapeaux}
- id: end
  date: 2022-01-01
  title: {nl: Einde, fr: Fin}
  text: {nl: Wij eindigen., fr: Nous finissons.}
  image: both.png
  image_alt: {nl: Wij, fr: Nous}
""",
    "content/time/chapters.yaml": "- id: one\n  from: start\n  title: {nl: Een, fr: Un}\n"
    "- id: two\n  from: march\n  title: {nl: Twee, fr: Deux}\n",
    "content/time/flag.png": picture("#106030"),
    "content/time/both.png": picture("#101060"),
    "content/types.yaml": """\
people:
  id: {type: key, required: true}
  name: {type: text, required: true}
books:
  id: {type: key, required: true}
  title: {type: text, required: true}
  by: {type: reference, to: people, many: true}
""",
    "content/agenda/nl.md": FRONT.format(
        "Agenda", "agenda", "Kom naar [ons feest](page:agenda#ball)."
    ),
    "content/agenda/fr.md": FRONT.format(
        "Agenda", "agenda", "Venez à [notre fête](page:agenda#ball)."
    ),
    "content/agenda/agenda.yaml": """\
- id: ball
  dates: [2099-03-04T20:00]
  title: {nl: Kostuumavond, fr: Mascarade}
  place: {nl: Zuidstraat, fr: rue du Midi}
  text: {nl: Breng dansschoenen., fr: Apportez vos chaussons.}
- id: walk
  dates: [2099-04-05T10:00]
  title: {nl: Wandeling, fr: Promenade}
""",
    "content/team/nl.md": "---\ntitle: Ploeg\n---\n\nZie [hem](page:team#bo).\n",
    "content/team/fr.md": "---\ntitle: Équipe\n---\n\nVoyez-[le](page:team#bo).\n",
    "content/team/people.yaml": "- id: an\n  name: Annelies\n- {id: bo, name: Bonifatius}\n",
    "content/team/books.yaml": "- id: a\n  title: Alfa\n  by: [bo, an]\n- id: b\n  title: Bravo\n"
    "  by:\n    - bo\n",
}
WORDS = {
    "maria": (
        "Zolderkamer",
        "Soupente",
        "Mansarde",
        "Lucarne",
        "Dakraam",
        "Balkon",
        "Balcon",
        "maria",
    ),
    "time#march": ("Optocht", "Cortège", "Vaandels", "Trommels", "Bannières", "Vlaggen", "march"),
    "team#bo": ("Bonifatius",),
    "agenda#ball": (
        "Kostuumavond",
        "Mascarade",
        "Zuidstraat",
        "rue du Midi",
        "dansschoenen",
        "chaussons",
    ),
}
GONE = {
    "maria": ["nl/zolder", "fr/soupente", "nl/vroeger", "oud/maria"],
    "time#march": [],
    "team#bo": [],
    "agenda#ball": [],
}


@pytest.fixture
def root(run: Callable[..., Ran], tmp_path: Path) -> Path:
    """A site with all addresses remembered and all pages confirmed, and published once."""
    root = write_site(tmp_path, FILES)
    assert run("remember", root=root).status == 0
    assert run("confirm", "--all", "--yes", root=root).status == 0
    checked = run("check", "--strict", root=root)
    assert checked.status == 0, checked.out
    assert run("build", root=root).status == 0
    return root


@pytest.mark.parametrize("key", WORDS)
def test_nothing_of_it_is_left_in_any_output(run: Callable[..., Ran], root: Path, key: str) -> None:
    words = WORDS[key]
    for word in words:
        assert found(root, word), f"{word} is there before"
    assert bool(made_of(root, before_pictures(key))) is bool(before_pictures(key))
    done = run("take-down", key, root=root)
    assert done.status == 0, done.out + done.err
    assert run("build", root=root).status == 0
    for word in words:
        assert found(root, word) == [], word
    assert made_of(root, before_pictures(key)) == []
    checked = run("check", "--strict", root=root)
    assert (checked.status, checked.out) == (0, "")
    assert "lags" in run("status", root=root).err
    assert "unconfirmed" not in run("status", root=root).out
    assert not list(root.glob(".diptych"))


@pytest.mark.parametrize(
    ("key", "word"),
    [("maria", "Mansarde"), ("maria", "Lucarne"), ("time#march", "Vaandels")],
)
def test_nothing_of_it_is_left_in_the_folder_of_the_site(
    run: Callable[..., Ran], root: Path, key: str, word: str
) -> None:
    """Nor in the cache, which holds results, and a second tree of what is published."""
    page = root / "content/about/nl.md"

    def holding() -> list[str]:
        """The files of the site, by their paths, that hold the word."""
        files = (path for path in root.rglob("*") if path.is_file())
        return sorted(
            path.relative_to(root).as_posix()
            for path in files
            if word.encode() in path.read_bytes()
        )

    for text in ("Een zin.", "Nog een zin."):
        page.write_text(f"{page.read_text()}\n{text}\n")
        assert run("build", root=root, own_cache=True).status == 0
    before = " ".join(holding())
    for place in (".cache/results.sqlite", ".cache/standby/", "public/"):
        assert place in before
    assert run("take-down", key, root=root, own_cache=True).status == 0
    assert run("build", root=root, own_cache=True).status == 0
    assert holding() == []


def test_an_entry_is_named(run: Callable[..., Ran], root: Path) -> None:
    """Most often no file goes with it: that none was deleted would sound as if nothing had happened."""
    said = run("take-down", "time#march", root=root).err
    assert "taken down: time#march\ntaken down: 1 file deleted\n" in said  # its picture
    said = run("take-down", "team#bo", root=root).err
    assert "taken down: team#bo\n" in said
    assert "deleted" not in said


def test_the_entry_that_goes_is_shown_first_with_its_line(
    run: Callable[..., Ran], root: Path
) -> None:
    lines = (root / "content/team/people.yaml").read_text("utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, start=1) if "id: bo" in line)
    said = run("take-down", "team#bo", "--dry-run", root=root).err
    assert said.startswith(f"content/team/people.yaml:{place}: bo goes\n")


def found(root: Path, word: str) -> list[str]:
    """The published files that say a word, in whatever case, or have it in their name."""
    public = root / "public"
    return [
        str(path.relative_to(public))
        for path in sorted(public.rglob("*"))
        if path.is_file()
        and path.suffix not in (".webp", ".avif", ".png")
        and re.search(rb"\b%b\b" % word.lower().encode(), decoded(path).lower())
        and path.name not in ("_redirects", "release.json")  # the addresses, which answer "gone"
    ]


def decoded(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix in (".pf_fragment", ".pf_index", ".pagefind", ".pf_meta"):
        import gzip

        data = gzip.decompress(data)
    return data


def made_of(root: Path, names: set[str]) -> list[str]:
    """The published pictures that are made of these sources."""
    build = build_site(read_tree(root).value, Options(), Cache(None))
    published = {path.name for path in (root / "public" / "assets").iterdir()}
    assert {Path(each.path).name for each in build.outputs if "assets/" in each.path} <= published
    return [each.path for each in build.outputs if Path(each.origin).stem in names]


def before_pictures(key: str) -> set[str]:
    return {"maria": {"room"}, "time#march": {"flag"}, "team#bo": set(), "agenda#ball": set()}[key]


def test_its_old_addresses_say_that_it_is_gone(run: Callable[..., Ran], root: Path) -> None:
    assert run("take-down", "maria", root=root).status == 0
    assert run("build", root=root).status == 0
    rules = (root / "public" / "_redirects").read_text()
    for old in GONE["maria"]:
        page = (root / "public" / old / "index.html").read_text()
        language = "fr" if old.startswith("fr") else "nl"
        said = {"nl": "Deze pagina is weggehaald", "fr": "Cette page a été retirée"}[language]
        assert f'lang="{language}-BE"' in page
        assert said in page
        assert 'name="robots" content="noindex"' in page
        assert f"/{old} /{old}/index.html 410!\n" in rules
        assert f"/{old}/timeline.ics /{old}/index.html 410!\n" in rules
    assert "/oud/ons /nl/over-ons/ 301!\n" in rules
    assert "zolder" not in (root / "public" / "sitemap.xml").read_text()


def test_forgotten_it_leaves_not_even_its_addresses(run: Callable[..., Ran], root: Path) -> None:
    assert run("take-down", "maria", "--forget", root=root).status == 0
    assert run("build", root=root).status == 0
    assert not (root / "public" / "nl" / "zolder").exists()
    for name in ("_redirects", "release.json"):
        text = (root / "public" / name).read_text()
        assert "zolder" not in text
        assert "maria" not in text
    assert "zolder" not in (root / "content" / "addresses.lock").read_text()


def test_a_page_at_the_same_address_comes_before_what_was_there(
    run: Callable[..., Ran], root: Path
) -> None:
    assert run("take-down", "maria", root=root).status == 0
    (root / "content" / "attic").mkdir()
    (root / "content" / "attic" / "nl.md").write_text("---\ntitle: Zolder\n---\n\nNieuw hier.\n")
    (root / "content" / "attic" / "fr.md").write_text(
        "---\ntitle: Soupente\nslug: soupente\n---\n\nNeuf ici.\n"
    )
    assert run("build", root=root).status == 0
    assert "Nieuw hier" in (root / "public" / "nl" / "zolder" / "index.html").read_text()
    assert "zolder" not in (root / "public" / "_redirects").read_text()


def test_what_led_there_is_told_and_mended_and_stays_confirmed(
    run: Callable[..., Ran], root: Path
) -> None:
    done = run("take-down", "maria", root=root)
    assert (
        "content/site.yaml:5: led there, and does no more: navigation: [maria, about]" in done.err
    )
    assert "content/about/fr.md:5: led there, and does no more" in done.err
    about = (root / "content" / "about" / "nl.md").read_text()
    assert about.endswith("Lees het verhaal.\n\nOok wat zij schreef en [de tijdlijn](page:time).\n")
    settings = (root / "content" / "site.yaml").read_text()
    assert "navigation: [about]\n" in settings
    assert "redirects:\n  /oud/ons/: page:about\n" in settings


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ('Zie <a href="page:maria">haar</a> hier.', "Zie haar hier."),
        ("Zie [haar](page:maria) hier.", "Zie haar hier."),
        ("Zie [haar][1] hier.\n\n      [1]: page:maria", None),
    ],
)
def test_a_text_that_links_to_it_stays(
    run: Callable[..., Ran], root: Path, text: str, without: str | None
) -> None:
    """Only the link goes, of a page that has a list above its text too; or nothing is written, where
    the address of a link stands elsewhere in the text.
    """
    page, events = root / "content/about/nl.md", root / "content/time/timeline.yaml"
    page.write_text(f"---\ntitle: Over ons\nredirect_from: [/wij/]\n---\n\n{text}\n")
    events.write_text(events.read_text().replace("Vaandels.", text))
    before = page.read_text(), events.read_text()
    done = run("take-down", "maria", root=root)
    assert done.status == (without is None), done.out
    assert (page.read_text(), events.read_text()) == tuple(
        each.replace(text, without or text) for each in before
    )


def test_an_entry_goes_with_the_pictures_of_its_own_texts(
    run: Callable[..., Ran], root: Path
) -> None:
    types = root / "content" / "types.yaml"
    types.write_text(
        types.read_text().replace("books:", "  bio: {type: prose, translate: true}\nbooks:")
    )
    people = root / "content" / "team" / "people.yaml"
    bio = '  bio: {nl: "![Hij](bo.png) Hij.", fr: "![Lui](bo.png) Lui."}\n'
    people.write_text(f"- id: an\n  name: Annelies\n- id: bo\n  name: Bonifatius\n{bio}")
    (root / "content" / "team" / "bo.png").write_bytes(picture("#601030"))
    assert run("take-down", "team#bo", root=root).status == 0
    assert not (root / "content" / "team" / "bo.png").exists()


@pytest.mark.parametrize(
    ("there", "stay"),
    [
        ("bo.png bo.fr.png", ""),
        ("bo.nl.png bo.fr.png", ""),
        ("bo.nl.png bo.fr.png an.fr.png bo.de.png", "an.fr.png bo.de.png"),
        ("an.png an.fr.png", "an.fr.png an.png"),
    ],
)
def test_an_entry_goes_with_the_pictures_of_each_language(
    run: Callable[..., Ran], root: Path, there: str, stay: str
) -> None:
    types = root / "content" / "types.yaml"
    types.write_text(types.read_text().replace("books:", "  photo: {type: picture}\nbooks:"))
    folder = root / "content" / "team"
    of_bo, of_an = ("an", "\n  photo: an.png") if "bo" not in there else ("bo", "")
    people = (
        f"- id: an\n  name: Annelies{of_an}\n- id: bo\n  name: Bonifatius\n  photo: {of_bo}.png\n"
    )
    (folder / "people.yaml").write_text(people)
    for name in there.split():
        (folder / name).write_bytes(picture("#601030"))
    assert run("take-down", "team#bo", root=root).status == 0
    assert sorted(each.name for each in folder.glob("*.png")) == stay.split()


def test_an_entry_goes_with_the_pictures_that_its_groups_name(
    run: Callable[..., Ran], root: Path
) -> None:
    types = root / "content" / "types.yaml"
    shots = "  shots: {type: group, many: true, fields: {photo: {type: picture}}}\n"
    types.write_text(types.read_text().replace("books:", f"{shots}books:"))
    people = root / "content" / "team" / "people.yaml"
    people.write_text(
        "- id: an\n  name: Annelies\n- id: bo\n  name: Bonifatius\n  shots: [{photo: bo.png}]\n"
    )
    (root / "content" / "team" / "bo.png").write_bytes(picture("#601030"))
    assert run("take-down", "team#bo", root=root).status == 0
    assert not (root / "content" / "team" / "bo.png").exists()


def test_an_event_goes_with_its_relations_and_its_chapter(
    run: Callable[..., Ran], root: Path
) -> None:
    assert run("take-down", "time#march", root=root).status == 0
    timeline = (root / "content" / "time" / "timeline.yaml").read_text()
    assert "leads_to" not in timeline
    assert "optocht" not in timeline
    assert "from: end" in (root / "content" / "time" / "chapters.yaml").read_text()
    assert not (root / "content" / "time" / "flag.png").exists()
    assert (root / "content" / "time" / "both.png").exists()
    assert "march" not in (root / "content" / "time" / "translations.lock").read_text()
    calendar = (root / "public" / "nl" / "tijdlijn" / "timeline.ics").read_text()
    assert "march" in calendar
    assert run("build", root=root).status == 0
    calendar = (root / "public" / "nl" / "tijdlijn" / "timeline.ics").read_text()
    assert "march" not in calendar
    assert "BEGIN:VEVENT" in calendar


def test_what_it_cannot_reach_is_listed_in_each_language(
    run: Callable[..., Ran], root: Path
) -> None:
    out = run("take-down", "maria", root=root).out
    nl, fr = out.split("## Ce que cela")
    assert nl.startswith("## Wat hiermee nog niet weg is\n")
    for part in (nl, fr):
        assert "git filter-repo --invert-paths --path content/maria/fr.md" in part
        assert "https://example.org/nl/zolder/" in part
        assert "https://example.org/fr/soupente/" in part
        assert "https://web.archive.org/" in part
    assert "- [ ] Zoekmachines" in nl
    assert "- [ ] Moteurs de recherche" in fr


@pytest.mark.parametrize(
    ("languages", "headings"),
    [
        ("nl, fr, en", ["Wat hiermee", "Ce que cela", "What this act"]),
        ("en, de", ["What this act", "Was damit"]),
        ("it, fr", ["Ce que cela"]),
        ("it, rm", ["What this act"]),
    ],
)
def test_the_list_is_in_english_where_the_site_is(
    run: Callable[..., Ran], tmp_path: Path, languages: str, headings: list[str]
) -> None:
    keys = languages.split(", ")
    where = "BE" if "nl" in keys else "CH"
    lines = "".join(
        f"  {each}: {{locale: {each}_{where}, name: x, typography: plain}}\n" for each in keys
    )
    names = ", ".join(f"{each}: We" for each in keys)
    settings = f"base_url: https://example.org\nlanguages:\n{lines}organisation: {{short_name: We, name: {{{names}}}}}\n"
    pages = {
        f"content/{page}/{each}.md": f"---\ntitle: {page}\n---\n\nText.\n"
        for page in ("home", "maria")
        for each in keys
    }
    site = write_site(tmp_path, {"content/site.yaml": settings, **pages})
    out = run("take-down", "maria", root=site).out
    found = re.findall("(?m)^## (.*)$", out)
    assert len(found) == len(headings)
    assert all(one.startswith(begin) for one, begin in zip(found, headings, strict=True))


REFUSED = {
    "maira": "there is no page `maira`; did you mean `maria`?",
    "../maria": "there is no page `../maria`",
    "o'brien": "there is no page `o'brien`",
    "ma ria": "there is no page `ma ria`",
    "home": "`home` is the front page, without which there is no site",
    "time#marhc": "the page has no entry `marhc`; did you mean `march`?",
    "about#who": "the page has no entry `who`; a part of a text is taken out in the text itself",
}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/nl/zolder/",
        "https://www.example.org/fr/soupente",
        "/nl/zolder/",
        "nl/zolder",
    ],
)
def test_the_address_that_the_browser_shows_names_its_page(
    run: Callable[..., Ran], root: Path, address: str
) -> None:
    base = re.search(r"base_url: (\S+)", SITE_YAML)
    assert base is not None
    typed = address.replace("https://www.example.org", base[1])
    assert run("confirm", typed, root=root).status == 0
    done = run("take-down", typed, root=root)
    assert done.status == 0, done.err
    assert not (root / "content" / "maria").exists()


def test_the_address_of_an_event_names_the_event(run: Callable[..., Ran], root: Path) -> None:
    assert run("take-down", "/fr/chronologie/#march", root=root).status == 0
    assert "Optocht" not in (root / "content/time/timeline.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "address", ["https://other.example/nl/zolder/", "/nl/zolderkamer/", "/nl/", "https://"]
)
def test_another_address_names_nothing(run: Callable[..., Ran], root: Path, address: str) -> None:
    before = read_tree(root).value
    assert run("take-down", address, root=root).status == 2
    assert read_tree(root).value == before


@pytest.mark.parametrize("key", REFUSED)
def test_what_is_not_there_changes_nothing(run: Callable[..., Ran], root: Path, key: str) -> None:
    before = read_tree(root).value
    done = run("take-down", key, root=root)
    assert done.status == 2
    assert REFUSED[key] in done.err
    assert read_tree(root).value == before


def test_a_dry_run_changes_nothing(run: Callable[..., Ran], root: Path) -> None:
    before = read_tree(root).value
    done = run("take-down", "maria", "--dry-run", root=root)
    assert done.status == 0
    assert "content/maria/room.png goes" in done.err
    assert read_tree(root).value == before


def test_the_pages_below_go_only_when_asked(run: Callable[..., Ran], root: Path) -> None:
    for language in ("nl", "fr"):
        path = root / "content" / "maria" / "more" / f"{language}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\ntitle: Meer\n---\n\nTekst.\n")
    refused = run("take-down", "maria", root=root)
    assert refused.status == 2
    assert "below `maria` there are other pages: maria/more" in refused.err
    assert run("take-down", "maria", "--below", root=root).status == 0
    assert not (root / "content" / "maria").exists()


def test_the_only_record_of_a_file_goes_with_its_file(run: Callable[..., Ran], root: Path) -> None:
    """An empty file of records is an error, with which nothing would be taken down."""
    books = root / "content" / "team" / "books.yaml"
    books.write_text("- id: alfa\n  title: Alfaboek\n")
    assert run("build", root=root).status == 0
    done = run("take-down", "team#alfa", root=root)
    assert done.status == 0, done.out + done.err
    assert not books.exists()
    assert "git filter-repo --invert-paths --path content/team/books.yaml" in done.out
    assert run("build", "--clean", root=root).status == 0


@pytest.mark.parametrize("others", ["", "- id: b\n  title: Bravo\n  by: an\n"])
def test_where_only_a_person_can_mend_nothing_is_written(
    run: Callable[..., Ran], root: Path, others: str
) -> None:
    """What names it must name something: without it, the entry could not be published."""
    path = root / "content" / "types.yaml"
    path.write_text(
        path.read_text().replace("to: people, many: true", "to: people, required: true")
    )
    books = root / "content" / "team" / "books.yaml"
    books.write_text(f"- id: a\n  title: Alfa\n  by: bo\n{others}")
    before = read_tree(root).value
    done = run("take-down", "team#bo", root=root)
    assert done.status == 1
    assert "content/team/books.yaml" in done.out
    assert "nothing was written" in done.err
    assert read_tree(root).value == before


def test_the_only_event_of_an_agenda_goes_and_its_file_stays(
    run: Callable[..., Ran], root: Path
) -> None:
    """The file of an agenda may be empty: somebody will write the next event into it."""
    agenda = root / "content/agenda/agenda.yaml"
    _, _, walk = agenda.read_text("utf-8").partition("- id: walk")
    assert run("take-down", "agenda#ball", root=root).status == 0
    assert agenda.read_text("utf-8") == f"- id: walk{walk}"
    assert run("take-down", "agenda#walk", root=root).status == 0
    assert agenda.read_text("utf-8") == ""


def test_the_addresses_of_an_entry_are_those_of_its_page(
    run: Callable[..., Ran], root: Path
) -> None:
    out = run("take-down", "time#march", root=root).out
    for address in ("nl/tijdlijn/#march", "fr/chronologie/#march"):
        assert f"https://example.org/{address}" in out
    assert "https://example.org/nl/zolder/" not in out


def test_settings_that_cannot_be_read_are_told(run: Callable[..., Ran], root: Path) -> None:
    (root / "content/site.yaml").write_text("languages: {}\n")
    before = read_tree(root).value
    done = run("take-down", "maria", root=root)
    assert (done.status, "the settings cannot be read; `check` says why" in done.err) == (2, True)
    assert read_tree(root).value == before


def test_where_its_name_still_stands_is_told(run: Callable[..., Ran], root: Path) -> None:
    path = root / "content" / "home" / "nl.md"
    path.write_text(path.read_text() + "\nLees Zolderkamer nog eens.\n")
    copy = root / "content" / "about" / "copy.png"
    copy.write_bytes(picture("#803010") + b"\0" * 100)
    (root / "content" / "maria" / "room.png").write_bytes(copy.read_bytes())
    done = run("take-down", "maria", root=root)
    assert "content/home/nl.md:8: its title still stands here" in done.err
    assert "content/about/copy.png is the same file as one that goes" in done.err


def test_what_its_headings_were_called_goes_with_it(run: Callable[..., Ran], root: Path) -> None:
    lock = root / "content/addresses.lock"
    kept = "/nl/over-ons/#wie-we-zijn about#who\n"
    lock.write_text(lock.read_text() + "/nl/zolder/#de-mansarde maria#room\n" + kept)
    assert run("take-down", "maria", root=root).status == 0
    assert "mansarde" not in lock.read_text()
    assert kept in lock.read_text()
