"""The report for whoever approves a change: held whole, for one small change and for a broken one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.i18n import translator
from diptych.pipeline import Options, build_site
from diptych.review import BuiltSite, Review, as_markdown, is_code, review_of
from diptych.review.markdown import changed_words
from diptych.translation import confirm, lock_path, write_lock
from diptych.values import replace
from tests.conftest import LOOK, Ran, make_tree, write_files, write_site

Files = Mapping[str, str | bytes | None]

LOCK_FREE = "---\ntitle: {}\n---\n\n{}\n"
LONG = "Dit is een lange zin met veel woorden, waarvan er straks maar één verandert, en niet meer dan dat."
BEFORE: Files = {
    "content/about/nl.md": LOCK_FREE.format("Over ons", LONG),
    "content/about/fr.md": LOCK_FREE.format("À propos", "Une phrase."),
    "content/old/nl.md": LOCK_FREE.format("Oud", "Weg ermee."),
    "content/old/fr.md": LOCK_FREE.format("Vieux", "À jeter."),
}
AFTER: Files = {
    "content/about/nl.md": LOCK_FREE.format("Over ons", LONG.replace("maar één", "maar *twee*")),
    "content/about/fr.md": "---\ntitle: À propos\nslug: nous\n---\n\nUne phrase.\n",
    "content/news/nl.md": LOCK_FREE.format("Nieuws", "Vijf woorden staan er hier."),
}


@pytest.fixture(scope="module")
def of(cache: Cache) -> Callable[[Files], BuiltSite]:
    def side(files: Files) -> BuiltSite:
        tree = make_tree(files)
        build = build_site(tree, Options(index=False), cache)
        outputs = {} if build.failed else {output.path: output.body for output in build.outputs}
        code = {file.path: file.data for file in tree.files if is_code(file.path)}
        return BuiltSite(build, outputs, code)

    return side


def told(before: BuiltSite, after: BuiltSite, language: str = "en") -> str:
    site = after.build.site or before.build.site
    languages = site.settings.languages if site else ()
    return as_markdown(
        review_of(before, after), languages, after.build.sources, translator(language)
    )


def section(report: str, title: str) -> str:
    return report.partition(f"### {title}\n\n")[2].partition("\n### ")[0].strip()


def test_a_change_is_told_whole(of: Callable[[Files], BuiltSite]) -> None:
    report = told(of(BEFORE), of(AFTER))
    assert report.startswith(
        "## What this change does\n\n### What goes\n\n"
        "- **Oud** (Nederlands) – `/nl/oud/`\n- **Vieux** (Français) – `/fr/vieux/`\n\n"
        "### Problems\n\n- `content/news/nl.md`\n  - line 2: warning: "
    )
    assert (
        section(report, "Who must look")
        == (
            "- **Français: about 6 words, 5 minutes of work**\n"
            "  - `news`: not translated yet, 6 words\n"
        ).strip()
    )
    assert section(report, "What the reader will see") == (
        "- **À propos** (Français), moved – `/fr/a-propos/ → /fr/nous/`\n"
        "  - ⚠️ nothing leads on from `/fr/a-propos/`; `redirect_from` in the page that takes its place does\n"
        "- **Over ons** (Nederlands), changed – `/nl/over-ons/`\n"
        "  - … zin met veel woorden, waarvan er straks maar ~~één~~ **twee** verandert, en niet meer dan dat.\n"
        "- **Nieuws** (Nederlands), new – `/nl/nieuws/`\n"
        "- **Vieux** (Français), gone – `/fr/vieux/`\n"
        "  - ⚠️ nothing leads on from `/fr/vieux/`; `redirect_from` in the page that takes its place does\n"
        "- **Oud** (Nederlands), gone – `/nl/oud/`\n"
        "  - ⚠️ nothing leads on from `/nl/oud/`; `redirect_from` in the page that takes its place does\n"
        "\n2 pages differ only around their text (menu, head, foot)"
    )
    rows = section(report, "Weight, compressed").splitlines()
    assert rows[:2] == [
        "| page or file | before (bytes) | after (bytes) | difference |",
        "| --- | ---: | ---: | ---: |",
    ]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
    assert [row[0] for row in cells] == [
        "À propos (Français)",
        "Over ons (Nederlands)",
        "Nieuws (Nederlands)",
        "Vieux (Français)",
        "Oud (Nederlands)",
    ]
    for _, before, after, difference in cells:
        assert int(after) - int(before) == int(difference.replace("\u2212", "-"))


def test_a_redirect_is_no_loss(of: Callable[[Files], BuiltSite]) -> None:
    kept = {
        **AFTER,
        "content/about/fr.md": "---\ntitle: À propos\nslug: nous\nredirect_from: [/fr/a-propos/]\n---\n\nUne phrase.\n",
    }
    seen = section(told(of(BEFORE), of(kept)), "What the reader will see")
    assert "nothing leads on from `/fr/a-propos/`" not in seen


def test_a_translation_that_lags_now_is_told_with_its_words_and_the_difference(
    of: Callable[[Files], BuiltSite], run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(tmp_path, BEFORE)
    assert run("confirm", "about", root=root).status == 0
    lock = (root / "content/about/translations.lock").read_text(encoding="utf-8")
    before = of({**BEFORE, "content/about/translations.lock": lock})
    changed = {
        **BEFORE,
        "content/about/translations.lock": lock,
        "content/about/nl.md": AFTER["content/about/nl.md"],
    }
    looks = section(told(before, of(changed), "nl"), "Wie moet kijken")
    assert looks == (
        "- **Français: ongeveer 19 woorden, 5 minuten werk**\n"
        "  - `content/about/fr.md:5` loopt achter op `content/about/nl.md:5`: "
        "… zin met veel woorden, waarvan er straks maar ~~één~~ **\\*twee\\*** verandert, en niet meer dan dat."
    )
    site = of(changed)
    assert site.build.site is not None
    linked = as_markdown(
        review_of(before, site),
        site.build.site.settings.languages,
        site.build.sources,
        translator("nl"),
        "https://github.com/o/n/edit/voorstel",
    )
    edit = "https://github.com/o/n/edit/voorstel/content/about"
    assert f"[`content/about/fr.md:5`]({edit}/fr.md#L5) loopt achter op" in linked
    assert f"`[outdated-translation]` [deze regel veranderen]({edit}/fr.md#L5)" in linked
    later = {
        **changed,
        "content/home/nl.md": "---\ntitle: Hallo\nlayout: home\n---\n\nWij spreken.\n",
    }
    assert "content/about" not in told(of(changed), of(later))  # it lagged before already


def test_a_paragraph_that_one_language_lacks_is_asked_for_and_not_compared(
    of: Callable[[Files], BuiltSite], run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(tmp_path, BEFORE)
    assert run("confirm", "about", root=root).status == 0
    lock = (root / "content/about/translations.lock").read_text(encoding="utf-8")
    confirmed = {**BEFORE, "content/about/translations.lock": lock}
    more = {
        **confirmed,
        "content/about/nl.md": LOCK_FREE.format("Over ons", f"{LONG}\n\nNog een alinea."),
    }
    assert section(told(of(confirmed), of(more)), "Who must look") == (
        "- **Nederlands**\n"
        "  - `about`: not confirmed as it is now; when every language says the same: "
        "`python build.py confirm about`\n"
        "- **Français: about 3 words, 5 minutes of work**\n"
        "  - `content/about/nl.md:7` is still to be translated: **Nog een alinea.**"
    )


def test_a_paragraph_that_one_language_lacks_is_shown_whole_once_it_changes(
    of: Callable[[Files], BuiltSite], run: Callable[..., Ran], tmp_path: Path
) -> None:
    """The other language lacks the paragraph, so a list of changed words would help nobody there."""
    path, lock = "content/about/nl.md", "content/about/translations.lock"
    files = {**BEFORE, path: LOCK_FREE.format("Over ons", f"{LONG}\n\nNog een alinea.")}
    root = write_site(tmp_path, BEFORE)
    for text in (BEFORE, files):
        write_files(root, {path: text[path]})
        assert run("confirm", "about", root=root).status == 0
    before = {**files, lock: (root / lock).read_text(encoding="utf-8")}
    after = {**before, path: LOCK_FREE.format("Over ons", f"{LONG}\n\nNog een lange alinea.")}
    assert "is still to be translated: **Nog een lange alinea.**" in told(of(before), of(after))


def test_two_languages_in_one_line_of_yaml_are_told_apart(
    of: Callable[[Files], BuiltSite], run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = "content/terms.yaml"
    terms = (
        "- id: work\n  preferred: {nl: werk, fr: travail}\n  reason: {nl: Zo is het., fr: Voilà.}\n"
    )
    root = write_site(tmp_path, {path: terms})
    assert run("confirm", "terms.yaml", root=root).status == 0
    lock = (root / "content/terms.lock").read_text(encoding="utf-8")
    before = {path: terms, "content/terms.lock": lock}
    after = {**before, path: terms.replace("Zo is het.", "Zo was het.")}
    assert section(told(of(before), of(after)), "Who must look").endswith(
        "\n  - `content/terms.yaml:3` lags behind the Dutch text: Zo ~~is~~ **was** het."
    )


def test_errors_come_first_and_nothing_is_compared(of: Callable[[Files], BuiltSite]) -> None:
    report = told(
        of(BEFORE),
        of({**BEFORE, "content/about/nl.md": LOCK_FREE.format("A", "[x](page:abuot)")}),
        "fr",
    )
    assert report.startswith(
        "## Ce que fait ce changement\n\n> [!CAUTION]\n"
        "> Avec ces erreurs, rien n’est publié. Corrigez-les d’abord.\n\n### Problèmes\n\n"
        "- `content/about/nl.md`\n"
    )
    assert "  - ligne 5\u00a0: erreur\u00a0: il n’y a pas de page avec la clé" in report
    assert "Les pages ne peuvent pas être comparées" in report


@pytest.mark.parametrize("files", [{}, BEFORE])
def test_no_change_is_told_in_a_sentence(of: Callable[[Files], BuiltSite], files: Files) -> None:
    assert told(of(files), of(files)) == (
        "## What this change does\n\nReaders see no difference, and nobody has to translate anything.\n"
    )


def test_what_is_shown_stays_text() -> None:
    assert changed_words("", "<b> [x](y) *z* | `q`") == "**\\<b\\> \\[x\\](y) \\*z\\* \\| \\`q\\`**"


def test_a_site_that_cannot_be_read_is_no_traceback(of: Callable[[Files], BuiltSite]) -> None:
    broken = of({"content/site.yaml": "languages: 3\n"})
    for review in (review_of(of({}), broken), review_of(broken, of({})), review_of(broken, broken)):
        assert isinstance(review, Review)
        assert not review.compared


def test_the_command_compares_two_folders(run: Callable[..., Ran], tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    write_site(before, BEFORE)
    write_site(after, AFTER)
    ran = run("review", "--against", before, root=after)
    assert ran.status == 0
    assert "- **Nieuws** (Nederlands), new – `/nl/nieuws/`\n" in ran.out
    assert run("review", "--against", tmp_path, root=after).status == 2
    assert run("review", root=after).status == 2
    (after / "content/about/nl.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert run("review", "--against", before, root=after).status == 1


EVENTS = "".join(
    f"- id: e{number:02}\n  date: 2021-05-{number + 1:02}\n"
    f"  title: {{nl: Titel {number}, fr: Titre {number}}}\n"
    f"  text: {{nl: Tekst {number} hier., fr: Texte {number} ici.}}\n"
    for number in range(6)
)
TIME: Files = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n\nLees.\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n\nLisez.\n",
    "content/time/timeline.yaml": EVENTS,
}


def with_locks(side: BuiltSite) -> Files:
    """The locks of a site in which somebody confirmed every page."""
    return {
        lock_path(key): write_lock(confirm(report.groups, report.records))
        for key, report in side.build.reports.items()
    }


def test_what_goes_comes_first_with_its_words(of: Callable[[Files], BuiltSite]) -> None:
    before = {**BEFORE, **TIME}
    locks = with_locks(of(before))
    fewer = EVENTS.partition("- id: e02")[0]
    changed = {**before, **locks, "content/time/timeline.yaml": fewer}
    report = told(of({**before, **locks}), of(changed))
    assert report.startswith("## What this change does\n\n### What goes\n\n")
    gone = section(report, "What goes").splitlines()
    assert gone[0] == "- `time`: 8 confirmed parts are in no language any more"
    assert gone[1] == "  - `e02.event-text.1`"
    assert "- `time`: 8 confirmed parts are in no language any more" in gone
    assert "  - ~~Tekst 2 hier.~~" in gone
    later = {**changed, "content/old/nl.md": LOCK_FREE.format("Oud", "Weg ermee!")}
    assert "What goes" not in told(of(changed), of(later))  # it had gone before


def test_what_goes_is_told_where_the_sites_cannot_be_compared(
    of: Callable[[Files], BuiltSite],
) -> None:
    before = {**BEFORE, **TIME}
    locks = with_locks(of(before))
    broken = {
        **before,
        **locks,
        "content/time/timeline.yaml": "[]\n",
        "content/old/nl.md": None,
        "content/old/fr.md": None,
    }
    report = told(of({**before, **locks}), of(broken), "fr")
    assert report.startswith("## Ce que fait ce changement\n\n> [!CAUTION]\n")
    gone = section(report, "Ce qui disparaît").splitlines()
    assert gone[:2] == [
        "- **Oud** (Nederlands) – `/nl/oud/`",
        "- **Vieux** (Français) – `/fr/vieux/`",
    ]
    assert gone[2].startswith("- `time`")
    assert report.index("Ce qui disparaît") < report.index("Problèmes")


def test_a_file_that_goes_is_told(of: Callable[[Files], BuiltSite]) -> None:
    before, after = of({}), of({})
    seen = replace(before, outputs={**before.outputs, "assets/paper.1234567890.pdf": Body(b"%PDF")})
    assert section(told(seen, after), "What goes") == "- `assets/paper.1234567890.pdf`"


FRENCH_PO = "i18n/fr/LC_MESSAGES/messages.po"
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def test_a_changed_string_is_told_in_its_old_and_new_words(
    of: Callable[[Files], BuiltSite],
) -> None:
    theme = of({FRENCH_PO: None})
    own = of({FRENCH_PO: HEAD + 'msgid "Main menu"\nmsgstr "Le `menu` *principal*"\n'})
    said = section(told(theme, own), "Words of menus and buttons").splitlines()
    assert said[0] == "- **Français**"
    assert said[1] == "  - ~~Menu principal~~ **Le \\`menu\\` \\*principal\\*** (`Main menu`)"
    assert len(said) == 2
    back = section(told(own, theme), "Words of menus and buttons")
    assert "~~Le \\`menu\\` \\*principal\\*~~" in back


def test_what_frames_every_page_has_a_heading_of_its_own(of: Callable[[Files], BuiltSite]) -> None:
    look = of({})
    base = str(LOOK["templates/base.html"], "utf-8")
    changed = of(
        {
            "templates/base.html": base.replace("<main", "<p>````</p>\n<main"),
            "templates/partials/new.html": "<b>x</b>\n",
            "assets/site.js": bytes(LOOK["assets/site.js"]) + b"\n// more\n",
            "assets/icon.svg": None,
            "assets/mark.png": b"\x89PNG\xff\xfe",
            FRENCH_PO: HEAD,
        }
    )
    report = section(told(look, changed), "What runs or frames every page")
    told_of = [line for line in report.splitlines() if line.startswith("- `")]
    assert [line.partition(" (")[0] for line in told_of] == [
        "- `assets/icon.svg`, gone",
        "- `assets/mark.png`, new",
        "- `assets/site.js`, changed",
        "- `i18n/fr/LC_MESSAGES/messages.po`, changed",
        "- `templates/base.html`, changed",
        "- `templates/partials/new.html`, new",
    ]
    assert "  `````diff\n" in report
    assert "\n  +<p>````</p>\n" in report
    assert section(told(look, look), "What runs or frames every page") == ""


def test_a_page_that_lists_the_others_repeats_nothing(of: Callable[[Files], BuiltSite]) -> None:
    """A change in its list is told with the listed page; a change in its own text is told here."""
    search = {
        "content/search/nl.md": "---\ntitle: Zoeken\nlayout: search\n---\n",
        "content/search/fr.md": "---\ntitle: Chercher\nlayout: search\n---\n",
    }
    page = {"content/about/nl.md": LOCK_FREE.format("Over ons", "## Oud {#a}\n\nZin.")}
    new = {"content/about/nl.md": LOCK_FREE.format("Over ons", "## Nieuw {#a}\n\nZin.")}
    seen = section(told(of({**search, **page}), of({**search, **new})), "What the reader will see")
    assert seen.partition("**Over ons**")[2].count("Nieuw") == 1
    assert "Zoeken" not in seen
    titled = {"content/search/nl.md": search["content/search/nl.md"].replace("Zoeken", "Zoek")}
    own = section(
        told(of({**search, **page}), of({**search, **page, **titled})), "What the reader will see"
    )
    assert "Zoek**" in own
