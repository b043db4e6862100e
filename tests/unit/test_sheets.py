"""The style sheets of finished pages are read apart from them, once for all pages."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from diptych.html import Sheets, StyleAddress, read_light, read_page, style_addresses
from diptych.pipeline import Build

PAGE = "<!DOCTYPE html><html lang='nl'><head>{head}</head><body><p id='é'>é{body}</p></body></html>"
STYLE = "a{background: url(é.png)}\n@media (width <40em){b{color: red}}"


def page_of(head: str = f"<style>{STYLE}</style>", body: str = "") -> str:
    return PAGE.format(head=head, body=body)


def test_every_page_of_a_site_is_read_as_if_its_style_sheets_were_in_it(whole_build: Build) -> None:
    sheets, read = Sheets(), 0
    for output in whole_build.outputs:
        if output.is_page:
            page = sheets.taken_out(output.data.decode())
            facts = read_light(page)
            assert page.whole() == output.data
            assert facts in (None, read_page(output.data))
            read += facts is not None and bool(page.sheets)
    assert read > 20


def test_a_style_sheet_is_read_once_for_all_pages() -> None:
    read: list[str] = []

    def addresses(text: str) -> Iterable[StyleAddress]:
        read.append(text)
        return style_addresses(text)

    sheets = Sheets(addresses)
    for number in range(50):
        head = "<style>i{}</style>" if number % 5 == 0 else ""
        page = sheets.taken_out(page_of(f"<style>{STYLE}</style>{head}", str(number)))
        assert STYLE not in page.text
        facts = read_light(page, (), addresses)
        assert facts is not None
        assert facts.loads == ("é.png",)
    assert read == [STYLE, "i{}"]


@pytest.mark.parametrize(
    "page",
    [
        page_of("<!-- <style>a{}</style> -->"),  # no style sheet to a browser
        page_of("<script>'<style>a{}</style>'</script>"),
        page_of("<meta name='author' content='<style>a{}</style>'>"),
        page_of("<title><style>a{}</style></title>"),
        page_of(f"<style>{STYLE}</style>", "</b>"),  # a fault is reported at its line
        page_of(f"<style>{STYLE}</style>", "<iframe></iframe>"),
        page_of(
            "<meta http-equiv='content-security-policy' content=\"default-src 'none'\">"
            f"<style>{STYLE}</style>"
        ),
    ],
)
def test_a_page_on_which_a_style_sheet_is_something_else_or_with_a_fault_is_read_whole(
    page: str,
) -> None:
    light = Sheets().taken_out(page)
    assert light.sheets
    assert read_light(light) is None


@pytest.mark.parametrize("text", ["", "a{content: '<b>'}", "a{}<!-- -->"])
def test_a_style_sheet_in_which_something_looks_like_a_tag_stays_on_its_page(text: str) -> None:
    page = Sheets().taken_out(page_of(f"<style>{text}</style>"))
    assert not page.sheets
    assert page.text == page_of(f"<style>{text}</style>")


def test_places_are_found_on_both_sides_of_a_style_sheet() -> None:
    page = page_of(f"<i>é</i><style>{STYLE}</style><b>", "<style>i{}</style><u>")
    light = Sheets().taken_out(page)
    tags = ["<i>", "<b>", "<u>"]
    places = light.places(page.index(each) for each in tags)
    assert places == tuple(light.text.index(each) for each in tags)
    assert light.offsets(places) == tuple(page.encode().index(each.encode()) for each in tags)
