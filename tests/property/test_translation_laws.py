"""Whatever a translation holds, the published site keeps its elements, or nothing is published."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

import tests.strategies  # noqa: F401  # its profile of Hypothesis
from diptych.cache import Cache
from diptych.diagnostics import Diagnostic, Severity, Source
from diptych.i18n import CatalogRequest, entries, read_catalog
from diptych.pipeline import Build, Options, build_site
from tests.conftest import LOOK, SITE_YAML, make_tree

CATALOG = "i18n/nl/LC_MESSAGES/messages.po"
EVENTS = """\
- id: vote
  date: 2022-03-18T01:35
  topics: [law]
  title: {nl: Stemming, fr: Vote}
  text: {nl: Tekst., fr: Texte.}
- id: spring
  date: 2022-21
  title: {nl: Lente, fr: Printemps}
  text: {nl: Tekst., fr: Texte.}
- id: around
  date: 2023~
  title: {nl: Rond, fr: Vers}
  text: {nl: Tekst., fr: Texte.}
"""
PROSE = "Zie [ons](site:membership_form).[^1]\n\n!!! warning\n    Let op.\n\n[^1]: Noot.\n"
FILES = {  # a page of every kind, with every string that the generator itself puts in
    "content/site.yaml": SITE_YAML,
    "content/about/nl.md": f"---\ntitle: Over ons\n---\n\n{PROSE}",
    "content/about/fr.md": f"---\ntitle: À propos\n---\n\n{PROSE}",
    "content/questions/nl.md": "---\ntitle: Vragen\nlayout: faq\n---\n\n## Wie? {#who}\n\nWij.\n",
    "content/news/nl.md": "---\ntitle: Nieuws\nlayout: list\n---\n",
    "content/news/one/nl.md": "---\ntitle: Eén\ndate: 2020-01-02\n---\n\nTekst.\n",
    "content/news/two/fr.md": "---\ntitle: Deux\ndate: 2020-01-03\n---\n\nTexte.\n",
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": EVENTS,
}
MARKUP = [
    "<b>",
    "</a>",
    "<script>alert(1)</script>",
    "<meta http-equiv=refresh content=0;url=https://example.com>",
    '"><img src=x>',
    '" autofocus="',
    "' autofocus='",
    "<!--",
    "]]>",
    "</title>",
    "&lt;",
    "&#60;b&#62;",
    "&",
    "<",
    "{{ view }}",
    "\\",
]
Forms = Mapping[str, tuple[str, ...]]


@functools.cache
def cache_of(*, checked: bool) -> Cache:
    """One for catalogs that are checked, and one for those that are not."""
    return Cache(None)


@functools.cache
def translations() -> Forms:
    text = LOOK[CATALOG].decode("utf-8")
    return read_catalog(CatalogRequest(Source(CATALOG, text), "nl", "nl_BE")).value.messages


@functools.cache
def plurals() -> dict[str, str]:
    """The msgid_plural of each msgid that has one."""
    catalog = read_po(BytesIO(LOOK[CATALOG]))
    return {entry.id[0]: entry.id[1] for entry in catalog if not isinstance(entry.id, str)}


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def catalog(planted: Mapping[str, tuple[int, str]]) -> str:
    """The Dutch catalog with pieces planted: by the msgid, where and which."""
    lines = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=utf-8\\n"', ""]
    for msgid, forms in translations().items():
        place, piece = planted.get(msgid, (0, ""))
        forms = tuple(_with(form, place, piece) for form in forms)
        lines.append(f"msgid {quoted(msgid)}")
        if msgid in plurals():
            lines.append(f"msgid_plural {quoted(plurals()[msgid])}")
            lines += [f"msgstr[{n}] {quoted(form)}" for n, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {quoted(forms[0])}")
        lines.append("")
    return "\n".join(lines)


def _with(form: str, place: int, piece: str) -> str:
    """The piece stands at a place of the form that is in no placeholder."""
    taken = {n for m in re.finditer(r"%\(\w+\)s", form) for n in range(m.start() + 1, m.end())}
    free = sorted({*range(len(form) + 1)} - taken)
    at = free[place % len(free)]
    return form[:at] + piece + form[at:]


def skeleton(build: Build) -> dict[str, Any]:
    """Of every page its elements with the names of their attributes, of every feed and JSON its shape.

    The file to take along has its name from a translation.
    """
    found: dict[str, Any] = {}
    for output in build.outputs:
        name = "takeaway" if output.path.startswith("nl/") and output.path.endswith(".htm") else ""
        if output.path.endswith((".html", ".htm")):
            root = html.document_fromstring(output.data.decode("utf-8"))
            found[name or output.path] = list(_elements(root))
        elif output.path.endswith((".xml", ".svg")):
            found[output.path] = list(_elements(etree.fromstring(output.data)))
        elif output.path.endswith(".json") and "manifest" not in output.path:
            found[output.path] = _shape(json.loads(output.data))
        elif output.path.endswith((".ics", ".csv")):
            found[output.path] = output.data.count(b"\n")
    return found


def _elements(root: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((str(each.tag), tuple(each.attrib)) for each in root.iter())


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(each) for key, each in value.items()}
    return [_shape(each) for each in value] if isinstance(value, list) else type(value).__name__


PLANTED = st.dictionaries(
    st.sampled_from(sorted(translations())),
    st.tuples(
        st.integers(0, 200),
        st.lists(st.sampled_from(MARKUP), min_size=1, max_size=3).map("".join),
    ),
    min_size=1,
    max_size=60,
)


def built(planted: Mapping[str, tuple[int, str]], *, checked: bool = True) -> Build:
    tree = make_tree({**FILES, CATALOG: catalog(planted)})
    return build_site(tree, Options(), cache_of(checked=checked))


@functools.cache
def plain() -> dict[str, Any]:
    build = built({})
    assert errors_of(build) == []
    return skeleton(build)


def errors_of(build: Build) -> list[Diagnostic]:
    return [each for each in build.diagnostics if each.severity is Severity.ERROR]


def changed(build: Build) -> list[str]:
    """The files whose elements are others than without planted pieces."""
    found, before = skeleton(build), plain()
    return sorted(path for path in found | before if found.get(path) != before.get(path))


@settings(max_examples=40)
@given(PLANTED)
def test_planted_markup_is_an_error_or_text(planted: Mapping[str, tuple[int, str]]) -> None:
    build = built(planted)
    if build.failed:
        assert {each.check for each in errors_of(build)} == {"markup-in-message"}
        assert build.outputs == ()
    else:
        assert changed(build) == []


@settings(max_examples=40)
@given(PLANTED)
def test_planted_markup_is_text_wherever_it_is_put(planted: Mapping[str, tuple[int, str]]) -> None:
    """Also if nothing had found it: the pages escape every string by themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "_markup_problems", lambda *_: ())
        build = built(planted, checked=False)
    assert errors_of(build) == []
    assert changed(build) == []


DAMAGE = st.sampled_from(
    ["%(dat)s", "%(date)", "%", "%s", "%d", "%(", "%()s", "%(n)d", "%(num)", "{x}"]
)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(sorted(translations())),
        st.tuples(st.integers(0, 200), DAMAGE),
        min_size=1,
    )
)
def test_a_damaged_placeholder_is_an_error_and_never_an_exception(
    planted: Mapping[str, tuple[int, str]],
) -> None:
    build = built(planted)
    errors = errors_of(build)
    assert {each.check for each in errors} <= {"placeholder"}
    assert all(each.span.path == CATALOG for each in errors)
    assert bool(errors) or {piece for _, piece in planted.values()} <= {"%", "%s", "%d", "%("}
