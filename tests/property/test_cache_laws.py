"""Equal values have equal digests, different ones different; the cache changes no result."""

from __future__ import annotations

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from diptych.cache import Cache, SlotRequest, digest
from diptych.diagnostics import Severity, Source, Span

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.dates()
    | (st.sampled_from(Severity))
)
VALUES = st.recursive(
    SCALARS
    | st.builds(Source, st.text(max_size=3), st.text(max_size=3))
    | st.builds(Span, st.text(max_size=3)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def exactly(value: object) -> object:
    """A value that is equal only to the same value of the same types, in the same order."""
    if isinstance(value, (list, tuple)):
        return (type(value), *map(exactly, value))
    if isinstance(value, dict):
        return (dict, *((exactly(key), exactly(each)) for key, each in value.items()))
    return (type(value), value)


@given(VALUES)
def test_equal_values_have_equal_digests(value: object) -> None:
    assert (
        digest(value) == digest(copy.deepcopy(value)) == digest(pickle.loads(pickle.dumps(value)))
    )


@given(VALUES, VALUES)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (exactly(one) == exactly(other))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text(max_size=3)), max_size=6))
def test_the_cache_changes_no_result(asked: list[tuple[str, str]]) -> None:
    """Whatever slot is asked for whatever, in any order."""
    cache = Cache(None)
    for slot, text in asked:
        assert cache.call(upper, slot, text) == text.upper()
    requests = [SlotRequest(slot, {"text": text}, text) for slot, text in asked]
    assert cache.call_each(upper, requests, {}) == [text.upper() for _, text in asked]


def upper(text: str) -> str:
    return text.upper()
