"""A record that is narrowed to some of its fields loses no value that is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.cache import Cache
from diptych.content.fields import FieldValue, field_values, narrowed
from diptych.content.kinds import LINK, PROSE
from diptych.disk import read_tree
from diptych.model import Document
from diptych.pipeline import Options, read_site
from diptych.site import Site
from diptych.yaml import Field, Leaf
from tests.conftest import ROOT

SITES = ("example", "own-types", "three-languages")
Wanted = Callable[[Field, Leaf], bool]


def site_of(name: str) -> Site:
    site = read_site(read_tree(ROOT / "tests/sites" / name).value, Options(), Cache(None)).site
    assert site is not None
    return site


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize(
    "wanted",
    [
        lambda field, _: bool(field.refers),
        lambda field, _: field.role is not None,
        lambda field, _: field.translate is False,
        lambda _, leaf: leaf in (LINK, PROSE),
        lambda *_: True,
        lambda *_: False,
    ],
    ids=["references", "texts", "shared", "links", "all", "none"],
)
def test_a_narrowed_record_has_the_same_wanted_values(name: str, wanted: Wanted) -> None:
    def asked(found: list[FieldValue]) -> list[FieldValue]:
        return [each for each in found if wanted(each.field, each.leaf)]

    site = site_of(name)
    for file in site.text_files():
        record = site.types.page.record
        values = [file.front.values] if isinstance(file, Document) else []
        if not isinstance(file, Document):
            record = site.types.by_name[file.type].record
            values = [entry.values for entry in file.entries]
        for each in values:
            whole = list(field_values(record, each))
            narrow = list(field_values(narrowed(record, wanted), each))
            assert asked(narrow) == asked(whole)
