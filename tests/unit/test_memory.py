"""A preview holds no more after forty saves than after twenty, nor after twenty more; a finished command
leaves no page in memory.
"""

from __future__ import annotations

import functools
import gc
import importlib
import pkgutil
import sys
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import diptych
from diptych.cache import Cache
from diptych.model import Document
from diptych.pipeline.made import MadePage
from diptych.preview import Preview
from diptych.preview.memory import REMEMBERING
from tests.conftest import MINIMAL, Ran, write_files, write_site

SAVES = 20  # between two counts; few, since a save of a template takes a while
EVENT = """\
- id: march
  date: 2021-11-06
  title: {nl: Een mars van %d uur, fr: Une marche de %d heures}
  text: {nl: "Wij stappen %d keer door de stad.", fr: "Nous marchons %d fois dans la ville."}
  figures:
    - {id: paid, value: %d, unit: EUR, label: {nl: betaald, fr: payés}}
"""
TERM = """\
- id: street-work
  preferred: {nl: straatwerk, fr: travail de rue}
  avoid: {nl: [leurderij%s], fr: [maraude%s]}
"""
PAGE = "---\ntitle: Over ons\n---\n\nTekst.\n\n## Wie %d {#who}\n\nWij.\n"
LIST = "\n- Deze zin van ons allen is %d keer bewaard en staat in een lijst.\n- Een punt.\n"


def remembered() -> Mapping[str, Any]:
    """Every function of the program that remembers its results, by its place."""
    found = {}
    for module in pkgutil.walk_packages(diptych.__path__, "diptych."):
        for value in vars(importlib.import_module(module.name)).values():
            name = f"{value.__module__}.{value.__qualname__}" if is_remembering(value) else ""
            if name.startswith("diptych."):
                found[name] = value
    return found


def is_remembering(value: object) -> bool:
    return isinstance(value, functools._lru_cache_wrapper)


def of_saves(number: int, kind: str) -> Mapping[str, str]:
    """What an editor saves for the `number`th time."""
    letters = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return {
        "title": {
            "content/about/nl.md": MINIMAL["content/about/nl.md"].replace("Over", f"{letters} over")
        },
        "template": {"templates/page.html": f'{{% extends "theme/page.html" %}}{{# {number} #}}'},
        "text": {"content/about/nl.md": MINIMAL["content/about/nl.md"] + LIST % number},
        "heading": {"content/about/nl.md": PAGE % number},
        "event": {"content/history/timeline.yaml": EVENT % ((number,) * 5)},
        "term": {"content/terms.yaml": TERM % (letters, letters)},
    }[kind]


def test_what_remembers_many_texts_can_be_emptied() -> None:
    """A new one comes into the list, or it grows for as long as a preview lasts."""
    many = {
        name
        for name, each in remembered().items()
        if (each.cache_parameters()["maxsize"] or 0) > 64
        and not name.startswith("diptych.importing.")  # no preview moves a site in
    }
    assert many - {f"{each.__module__}.{each.__qualname__}" for each in REMEMBERING} == set()


@pytest.mark.parametrize("kind", ["title", "template", "text", "heading", "event", "term"])
def test_as_many_results_are_remembered_after_twice_the_saves(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules["diptych.preview.preview"]
    assert module._REMEMBERED <= 50
    monkeypatch.setattr(module, "_REMEMBERED", SAVES)
    root = write_site(
        tmp_path,
        {
            "content/history/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
            "content/history/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
            "content/history/timeline.yaml": EVENT % ((0,) * 5),
        },
    )
    cache = Cache(root / ".cache")
    preview = Preview(root, cache, str, lambda _: None)
    functions = remembered()
    entries, objects, slots = [], [], []
    for number in range(1, 4 * SAVES + 1):
        write_files(root, of_saves(number, kind))
        preview.rebuild(8000)
        if number % SAVES == 0:
            # the standard library keeps 128 addresses at most: not yet full
            urlsplit.cache_clear()  # type: ignore[attr-defined]
            for _ in range(3):  # each run frees tuples whose parts the run before it freed
                gc.collect()
            objects.append(len(gc.get_objects()))
            slots.append([len(each) for each in (cache._held, cache._fresh, cache.compiled)])
            entries.append({name: each.cache_info().currsize for name, each in functions.items()})
    assert {name: size for name, size in entries[1].items() if size > entries[0][name]} == {}
    assert [later for earlier, later in zip(*slots[:2], strict=True) if later > earlier] == []
    # a leak grows between each two samples; what an earlier result still held can grow once
    assert min(later - earlier for earlier, later in pairwise(objects)) < SAVES * 0.2


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_finished_command_leaves_no_document_or_page_in_memory(
    tmp_path: Path, run: Callable[..., Ran], command: str
) -> None:
    """Pages that stay in memory cost time, since Python looks at every object several times when it ends.
    The first run makes the pages, the second finds them in the store.
    """
    lists = {
        f"content/all/{language}.md": f"---\ntitle: {title}\nlayout: search\n---\n"
        for language, title in {"nl": "Alles", "fr": "Tout"}.items()
    }
    root = write_site(tmp_path, lists)
    gc.collect()
    before = pages_in_memory()
    for number in range(2):
        write_files(root, of_saves(number, "text"))
        run(command, root=root, own_cache=True)
        assert pages_in_memory() == before


def pages_in_memory() -> int:
    """The number of documents and finished pages in memory, also of those that are garbage."""
    return sum(isinstance(each, (Document, MadePage)) for each in gc.get_objects())


def test_slots_that_nothing_asks_for_go_and_those_of_a_build_that_stopped_stay(
    tmp_path: Path,
) -> None:
    """A build that stops at a mistake makes no page, and costs none that was made before."""
    cache = Cache(tmp_path)
    for slot in ("old", "new"):
        cache.call(doubled, slot, 2)
    cache.call(halved, "page", 2)
    cache.forget_unasked()
    cache.call(doubled, "new", 2)
    cache.forget_unasked()
    assert sorted(cache._held) == [("doubled", "new"), ("halved", "page")]
    cache.save()
    later = Cache(tmp_path)
    slots = (("doubled", "old"), ("doubled", "new"), ("halved", "page"))
    assert [later.made_of(*each) is not None for each in slots] == [False, True, True]


def doubled(number: int) -> int:
    return number * 2


def halved(number: int) -> int:
    return number // 2
