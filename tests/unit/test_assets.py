"""Assets under names that change when they do."""

from __future__ import annotations

import pytest

from diptych.diagnostics import Source
from diptych.files.assets import fingerprint, hashed_path
from diptych.model import File
from tests.strategies import places, underlined


def files(**contents: bytes) -> list[File]:
    return [File(f"assets/{name.replace('_', '.')}", data) for name, data in contents.items()]


def test_a_name_holds_the_digest_of_the_bytes() -> None:
    assert hashed_path("site.css", b"a") == "assets/site.ca978112ca.css"
    assert hashed_path("site.css", b"b") != hashed_path("site.css", b"a")
    assert hashed_path("icons/logo.min.svg", b"a") == "assets/logo.min.ca978112ca.svg"


def test_assets_come_in_the_order_of_their_names_whatever_that_of_the_files() -> None:
    outcome = fingerprint(reversed(files(a_css=b"", b_js=b"", c_svg=b"")))
    assert [asset.name for asset in outcome.value] == ["a.css", "b.js", "c.svg"]
    assert outcome == fingerprint(files(a_css=b"", b_js=b"", c_svg=b""))


def test_other_files_keep_their_bytes() -> None:
    (asset,) = fingerprint(files(a_js=b"url(b.svg)\xff")).value
    assert asset.data == b"url(b.svg)\xff"


@pytest.mark.parametrize(
    "reference", ["url(logo.svg)", "url('logo.svg')", 'url( "logo.svg" )', "url(./logo.svg)"]
)
def test_references_of_a_style_sheet_follow_the_names(reference: str) -> None:
    outcome = fingerprint(
        files(site_css=f"a {{ background: {reference} }}".encode(), logo_svg=b"a")
    )
    css = next(asset for asset in outcome.value if asset.name == "site.css")
    assert css.data == b'a { background: url("logo.ca978112ca.svg") }'
    assert css.path == hashed_path("site.css", css.data)
    assert outcome.diagnostics == ()


def test_references_from_a_folder_are_relative_to_it() -> None:
    given = [
        File("assets/css/site.css", b"url(../logo.svg) url(x.svg)"),
        File("assets/logo.svg", b"a"),
        File("assets/css/x.svg", b"b"),
    ]
    css = next(asset for asset in fingerprint(given).value if asset.name == "css/site.css")
    assert css.data == b'url("logo.ca978112ca.svg") url("x.3e23e81600.svg")'


@pytest.mark.parametrize(
    "reference", ["url(data:image/png;base64,AA)", "url(#a)", "url(https://example.org/a.svg)"]
)
def test_references_that_are_no_files_stay(reference: str) -> None:
    outcome = fingerprint(files(site_css=reference.encode()))
    assert (outcome.value[0].data, outcome.diagnostics) == (reference.encode(), ())


def test_a_reference_to_no_file_is_told_with_the_nearest_name() -> None:
    text = "a {\n  background: url(lgo.svg);\n}\n"
    outcome = fingerprint(files(site_css=text.encode(), logo_svg=b""))
    source = Source("assets/site.css", text)
    assert places(outcome.diagnostics, source) == ["broken-asset 2:19"]
    assert underlined(outcome.diagnostics[0], source) == "lgo.svg"
    assert str(outcome.diagnostics[0].hint) == "did you mean `logo.svg`?"


def test_a_reference_out_of_the_folder_is_to_no_file() -> None:
    (problem,) = fingerprint(files(site_css=b"url(../../etc/passwd)")).diagnostics
    assert problem.check == "broken-asset"
