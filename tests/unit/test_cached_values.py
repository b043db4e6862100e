"""Every kind of value that the cache keeps comes back as it went in: each class, each order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
import pytest

import diptych
from diptych.bodies import Body, Later
from diptych.cache import Cache, decoded, encoded, result_type
from diptych.checks.advice import advise
from diptych.checks.records import words_of_page
from diptych.checks.running import (
    check_bundle,
    check_file,
    check_page,
    diagnose_interface,
    diagnose_texts,
)
from diptych.content.page import parse_page
from diptych.content.settings import parse_settings
from diptych.content.types import read_records
from diptych.disk import read_tree
from diptych.files import draw_share, examine_image, make_drawing, make_image
from diptych.files.assets import admit
from diptych.files.compress import compress
from diptych.files.pdf import clean_pdf
from diptych.html import read_style
from diptych.i18n import read_catalog
from diptych.markdown import convert_text
from diptych.model import Tree
from diptych.outputs.calendar import agenda_file
from diptych.outputs.root_files import sitemap
from diptych.outputs.timeline_data import timeline_data
from diptych.pipeline import Options, build_site, read_site
from diptych.pipeline.bundles import judge_colours
from diptych.pipeline.interface import check_messages, used_strings
from diptych.pipeline.making import PageMaker, read_inline_style
from diptych.pipeline.whole import WholeFile
from diptych.search import can_index, make_index
from diptych.templating import (
    check_blocks,
    check_template,
    find_shared,
    without_spare_spaces,
)
from diptych.translation import compare_languages
from diptych.values import Value, fields_of
from tests.conftest import EXAMPLE, make_tree

T = TypeVar("T")
R = TypeVar("R")

CACHED: tuple[Callable[..., Any], ...] = (
    PageMaker.make_page,
    WholeFile.make_chapter,
    admit,
    agenda_file,
    advise,
    check_bundle,
    check_file,
    check_page,
    clean_pdf,
    compress,
    check_blocks,
    check_template,
    convert_text,
    diagnose_interface,
    diagnose_texts,
    judge_colours,
    draw_share,
    compare_languages,
    make_drawing,
    examine_image,
    find_shared,
    make_image,
    make_index,
    parse_page,
    parse_settings,
    read_catalog,
    read_records,
    read_inline_style,
    read_style,
    sitemap,
    timeline_data,
    used_strings,
    without_spare_spaces,
    words_of_page,
)


def exactly(value: object) -> object:
    """A value that is equal only to one of the same classes, in the same order."""
    if isinstance(value, Value):
        return (type(value), *(exactly(getattr(value, name)) for name in fields_of(type(value))))
    if isinstance(value, Later):
        return (type(value), exactly(value.get()))
    if isinstance(value, (list, tuple)):
        return (type(value), *map(exactly, value))
    if isinstance(value, Mapping):
        return (type(value), *((exactly(key), exactly(each)) for key, each in value.items()))
    return (type(value), value)


class ThereAndBack(Cache):
    """Compares each result with what comes out of the cache for it, and hands that out."""

    def __init__(self) -> None:
        super().__init__(None)
        self.seen: set[str] = set()

    def _run(self, stage: Callable[[T], R], slot: str, given: T) -> R:
        made = super()._run(stage, slot, given)
        bodies: list[Body] = []
        there = encoded(made, bodies.append)
        loads = {each.digest: each.read() for each in bodies}  # the store keeps these bytes apart
        back = decoded(there, result_type(stage), lambda each: each.leave_memory(loads.__getitem__))
        assert exactly(back) == exactly(made), stage.__name__
        self.seen.add(stage.__name__)
        return cast(R, back)


def test_whole_sites_are_the_same_out_of_the_cache(whole_tree: Tree) -> None:
    seen = set()
    three = read_tree(EXAMPLE.parent / "three-languages").value
    for tree, thorough in ((whole_tree, True), (three, True), (make_tree({}), False)):
        cache = ThereAndBack()
        options = Options(thorough=thorough, advice=thorough)
        build = build_site(tree, options, cache)
        plain = build_site(tree, options, Cache(None))
        assert build.outputs == plain.outputs
        assert build.diagnostics == plain.diagnostics
        assert build.site is not None
        check_messages(tree, build.site, cache)
        errors = read_site(tree, Options(only_errors=True), cache)
        assert (
            errors.diagnostics
            == read_site(tree, Options(only_errors=True), Cache(None)).diagnostics
        )
        seen |= cache.seen
    missing = {each.__name__ for each in CACHED} - seen
    assert missing <= {"agenda_file", "clean_pdf", "compress", "make_drawing", "words_of_page"} | (
        set() if can_index() else {"make_index"}
    )


def parts_of(kind: object) -> Iterator[object]:
    """A type and all the types inside it, those of a `Later` too."""
    seen, waiting = set(), [kind]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        if isinstance(part, msgspec.inspect.CustomType) and issubclass(part.cls, Later):
            waiting.append(msgspec.inspect.type_info(part.cls.kind))
        for name in getattr(part, "__struct_fields__", ()):
            value = getattr(part, name)
            several = value if isinstance(value, tuple) else (value,)
            waiting += [each for each in several if hasattr(each, "__struct_fields__")]


@pytest.mark.parametrize("function", CACHED, ids=lambda each: each.__name__)
def test_no_part_of_a_cached_type_is_left_open(function: Callable[..., Any]) -> None:
    """A part that may be anything would come back as lists and dictionaries, in silence."""
    kind = msgspec.inspect.type_info(result_type(function))
    open_parts = [each for each in parts_of(kind) if isinstance(each, msgspec.inspect.AnyType)]
    assert open_parts == []


def test_every_stage_is_in_the_list() -> None:
    package = Path(diptych.__file__).parent
    asked = re.compile(r"cache\.(?:(?:call|gather)(?:_each|_groups)?|ahead)\(\s*(?:\w+\.)?(\w+)")
    found = {name for path in package.rglob("*.py") for name in asked.findall(path.read_text())}
    names = {each.__name__ for each in CACHED}
    chosen = {"make": {"make_drawing"}, "examine": {"examine_image"}}  # by a variable
    assert set[str]().union(*(chosen.get(name, {name}) for name in found)) == names
