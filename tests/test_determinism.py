"""Same sources, same bytes: whatever clock, zone, locale, folder, order or history."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.diagnostics import render_report
from diptych.disk import read_tree
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site
from diptych.render.composer import Composer
from tests.conftest import (
    LOOK,
    MINIMAL,
    ROOT,
    SITE_YAML,
    blank_pdf,
    make_tree,
    write_files,
    write_site,
)

Builds = Callable[..., Build]

EVENTS = """\
- id: one
  date: 2020-03-18
  topics: [law]
  title: {nl: Een, fr: Un}
  text: {nl: "Zie [ons](page:about#who).", fr: Un.}
- id: two
  date: 2021-21
  title: {nl: Twee, fr: Deux}
  text: {nl: Twee., fr: Deux.}
"""
FILES: dict[str, str | bytes] = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": EVENTS,
    "content/news/fr.md": (
        "---\ntitle: Nouvelles\ndate: 2021-01-02\nredirect_from: [/vieux/, /ancien/]\n---\n\nVoilà.\n"
    ),
    "content/about/team/nl.md": "---\ntitle: Ploeg\n---\n\nEen woord.[^1]\n\n[^1]: Noot.\n",
    "content/about/team/fr.md": "---\ntitle: Équipe\n---\n\nUn mot.\n",
    "content/about/plan.pdf": blank_pdf(),
    "content/about/nl.md": (
        "---\ntitle: Over ons\n---\n\n[plan](plan.pdf) [x](page:nergens)\n\n## Wie {#who}\n"
    ),
}
GOOD: dict[str, str | bytes | None] = {
    **FILES,
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\n[plan](plan.pdf)\n\n## Wie {#who}\n",
}


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def everything(build: Build) -> tuple[object, ...]:
    """All that a build says and makes."""
    report = render_report("json", build.diagnostics, build.sources)
    return build.outputs, report


def test_two_builds_are_equal(site: Builds) -> None:
    first = build_site(make_tree(GOOD), Options(), Cache(None))
    assert not first.failed
    assert everything(first) == everything(build_site(make_tree(GOOD), Options(), Cache(None)))


def test_the_order_of_files_changes_nothing(cache: Cache) -> None:
    tree = make_tree(FILES)
    backwards = Tree(tuple(reversed(tree.files)))
    assert everything(build_site(tree, Options(), cache)) == everything(
        build_site(backwards, Options(), cache)
    )
    good = make_tree(GOOD)
    assert everything(build_site(good, Options(), cache)) == everything(
        build_site(Tree(tuple(reversed(good.files))), Options(), cache)
    )


BUILD = (
    "import sys; from pathlib import Path; from diptych.cli import main; "
    "sys.exit(main(root=Path(sys.argv.pop(1))))"
)
ENVIRONMENTS = {
    "plain": {},
    "another seed, zone and language": {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "fr_BE.UTF-8",
        "PYTHONUTF8": "0",
        "SOURCE_DATE_EPOCH": "1",
        "COLUMNS": "20",
    },
}


def test_another_process_place_seed_zone_and_locale_change_no_byte(tmp_path: Path) -> None:
    """Two processes in two folders, each with its own hash seed, time zone, locale, umask, cache."""
    trees, reports = [], []
    for number, environment in enumerate(ENVIRONMENTS.values()):
        root = write_site(tmp_path / ("é à" if number else "plain") / "site", GOOD)
        call = [
            sys.executable,
            "-c",
            BUILD,
            str(root),
            "--message-language",
            "en",
            "build",
            "--format",
            "json",
        ]
        inherited = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1"}
        done = subprocess.run(
            call,
            env=inherited | environment,
            cwd=root if number else tmp_path,
            capture_output=True,
            umask=0o077 if number else 0o022,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        trees.append(digests(root / "public"))
        reports.append(done.stdout)
    assert trees[0] == trees[1]
    assert len(trees[0]) > 20
    assert reports[0] == reports[1]
    assert b"plain" not in reports[0]


def test_no_output_names_the_folder_or_the_day(tmp_path: Path, cache: Cache) -> None:
    import datetime

    root = write_site(tmp_path / "telltale", GOOD)
    build = build_site(read_tree(root).value, Options(), cache)
    today = datetime.datetime.now(datetime.UTC).date().isoformat().encode()
    told = [
        o.path
        for o in build.outputs
        if b"telltale" in o.data or today in o.data or str(ROOT).encode() in o.data
    ]
    assert told == []


def test_a_clock_moved_by_years_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the time that files were written nor the time of day is in the output."""
    root = write_site(tmp_path, GOOD)
    first = build_site(read_tree(root).value, Options(), Cache(None))
    for path in root.rglob("*"):
        os.utime(path, (86_400, 86_400))
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert everything(build_site(read_tree(root).value, Options(), Cache(None))) == everything(
        first
    )


# Incremental equals clean


EDITS: dict[str, list[str | bytes | None]] = {
    "content/about/nl.md": [
        MINIMAL["content/about/nl.md"],
        GOOD["content/about/nl.md"],
        "---\ntitle: Wij\nslug: wij\n---\n\n## Wie {#who}\n",
        "---\ntitle: Wij\ndraft: true\n---\n",
    ],
    "content/about/fr.md": [
        MINIMAL["content/about/fr.md"],
        None,
        "---\ntitle: Nous\n---\n\n## Qui {#who}\n",
    ],
    "content/news/fr.md": [None, GOOD["content/news/fr.md"]],
    "content/news/nl.md": [None, "---\ntitle: Nieuws\n---\n\n[ons](page:about)\n"],
    "content/time/timeline.yaml": [
        EVENTS,
        EVENTS.replace("Een,", "Eén,"),
        EVENTS[: EVENTS.index("- id: two")],
    ],
    "content/about/plan.pdf": [b"%PDF", b"%PDF-2"],
    "templates/partials/heading.html": [
        LOOK["templates/partials/heading.html"],
        "<h1>{{ view.title }}!</h1>\n",
        "<h1>{{ view.titel }}</h1>\n",
    ],
    "i18n/nl/LC_MESSAGES/messages.po": [
        LOOK["i18n/nl/LC_MESSAGES/messages.po"],
        LOOK["i18n/nl/LC_MESSAGES/messages.po"].replace(b"Hoofdmenu", b"Menu"),
    ],
    "assets/site.css": [LOOK["assets/site.css"], b"body { color: red }"],
    "content/site.yaml": [
        SITE_YAML,
        SITE_YAML.replace("example.org\n", "example.org/sub\n"),
        SITE_YAML.replace("Voorbeeld vzw", "Voorbeeld"),
        SITE_YAML.replace("law: {nl: Wet", "law: {nl: Recht"),
    ],
}


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_the_result_is_that_of_a_clean_build(seed: int, tmp_path: Path) -> None:
    """The cache on disk and the one of a preview that goes on, through a history of edits, against
    a build that remembers nothing.
    """
    chance = random.Random(seed)
    files: dict[str, str | bytes | None] = dict(GOOD)
    living = Cache(None)
    for _ in range(3):
        for path in chance.sample(sorted(EDITS), 2):
            files[path] = chance.choice(EDITS[path])
        stored = Cache(tmp_path / "cache")
        incremental = build_site(make_tree(files), Options(), stored)
        stored.save()
        clean = build_site(make_tree(files), Options(), Cache(None))
        assert everything(incremental) == everything(clean)
        assert everything(build_site(make_tree(files), Options(), living)) == everything(clean)


def test_an_edit_in_a_preview_composes_only_what_it_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An edit of a text composes its own page; an edit of a title, the pages that show the title
    outside the menu; an edit of an event, the pages that show the event.
    """
    living, composed = Cache(None), set()

    def watch(kind: type, method: str, name: str) -> None:
        was: Callable[..., object] = getattr(kind, method)

        def told(self: object, what: object, *rest: object) -> object:
            composed.add(getattr(what, name))
            return was(self, what, *rest)

        monkeypatch.setattr(kind, method, told)

    def after(path: str, text: str) -> set[str]:
        composed.clear()
        assert not build_site(make_tree({**GOOD, path: text}), Options(), living).failed
        return set(composed)

    watch(Composer, "page", "output")
    about, text = (
        "content/about/nl.md",
        "---\ntitle: Over ons\nslug: wij\n---\n\nTekst.\n\n## Wie {#who}\n\nWij.\n",
    )
    assert "nl/nouvelles/index.html" in after(about, text)
    assert after(about, text.replace("Tekst.", "Een langere tekst.")) == {"nl/wij/index.html"}
    assert after(about, text.replace("Tekst.", "Een langere tekst.")) == set()
    # pages that show more than their own text
    both = {f"{language}/index.html" for language in ("nl", "fr")}
    both |= {"nl/tijdlijn/index.html", "fr/chronologie/index.html"}
    # on all other pages only the menu changed
    below = {"nl/wij/index.html", "nl/wij/ploeg/index.html"}
    assert after(about, text.replace("Over ons", "Wie")) == below | both
    after("content/time/timeline.yaml", EVENTS)
    longer = EVENTS.replace("fr: Un.}", 'fr: "Un seul, puis un autre."}')
    assert after("content/time/timeline.yaml", longer) == {
        *(f"{language}/index.html" for language in ("nl", "fr")),
        "nl/tijdlijn/index.html",
        "fr/chronologie/index.html",
    }


def test_a_translation_that_appears_changes_its_sister(cache: Cache) -> None:
    """Switcher, hreflang and sitemap of a page depend on files that are not its own."""
    only_french: dict[str, str | bytes | None] = {"content/news/fr.md": GOOD["content/news/fr.md"]}
    both = {**only_french, "content/news/nl.md": "---\ntitle: Nieuws\ndate: 2021-01-02\n---\n"}
    before = {o.path: o.data for o in build_site(make_tree(only_french), Options(), cache).outputs}
    after = {o.path: o.data for o in build_site(make_tree(both), Options(), cache).outputs}
    assert b'hreflang="nl-BE"' in after["fr/nouvelles/index.html"]
    assert b'rel="alternate" hreflang="nl-BE"' not in before["fr/nouvelles/index.html"]
    assert "nl/nieuws/index.html" in after
    assert "nl/nouvelles/index.html" not in after


def test_a_whole_site_published_twice_is_the_same(
    whole_build: Build, whole_tree: Tree, tmp_path: Path
) -> None:
    """From the checkout, and from a copy elsewhere, read anew with a cache of its own."""
    write_files(tmp_path, {file.path: file.data for file in whole_tree.files})
    again = build_site(read_tree(tmp_path).value, Options(), Cache(None))
    assert {o.path: hashlib.sha256(o.data).hexdigest() for o in again.outputs} == {
        o.path: hashlib.sha256(o.data).hexdigest() for o in whole_build.outputs
    }
    assert json.loads(render_report("json", again.diagnostics, again.sources)) == json.loads(
        render_report("json", whole_build.diagnostics, whole_build.sources)
    )
