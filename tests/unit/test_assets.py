"""Assets under names that change when they do."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from diptych.diagnostics import Source
from diptych.files.assets import admit, fingerprint, hashed_path
from diptych.model import File
from diptych.pipeline import Build
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


# --- the door: every file is read by what understands its kind


def admitted(name: str, data: bytes) -> list[str]:
    """The checks; nothing when it may be published."""
    return [each.check for each in admit(File(f"assets/{name}", data)).diagnostics]


KINDS = ("wOF2", "wOFF", "ttf")


def font(kind: str, extras: tuple[int, ...] = (0, 0, 0, 0, 0)) -> bytes:
    """The shape of a font of one table; a head alone where that is packed."""
    if kind == "ttf":
        return struct.pack(">4s4H4s3I", b"\0\1\0\0", 1, 16, 0, 0, b"glyf", 0, 28, 4) + b"abcd"
    head = struct.pack(">4s4sI", kind.encode(), b"\0\1\0\0", 60)
    middle = b"\0" * (12 if kind == "wOFF" else 16)
    return (head + middle + struct.pack(">5I", *extras)).ljust(60, b"x")


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("leden.xlsx", b"PK", ["file-type"]),
        ("leden.sql", b"insert", ["file-type"]),
        ("leden.csv", b"An", ["file-type"]),
        ("notities", b"An", ["file-type"]),
        ("page.html", b"<p>", ["file-type"]),
        ("film.mp4", b"", ["file-type"]),
        ("photo.heic", b"", ["file-type"]),
        ("a.png", b"GIF89a", ["damaged-image"]),
        (
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script/></svg>",
            ["active-file"],
        ),
        ("a.svg", b"<html/>", ["damaged-image"]),
        ("a.pdf", b"PK", ["damaged-file"]),
        ("a.woff2", b"<html>", ["damaged-file"]),
        ("a.ttf", b"OTTO", ["damaged-file"]),
        ("a.js", b"\xff", ["not-utf8"]),
        *(
            (name, POINTER, ["damaged-file"])
            for name in ("a.css", "a.js", "a.woff2", "a.pdf", "share/background.png")
        ),
        *((name, POINTER, ["damaged-image"]) for name in ("a.png", "a.svg", "a.jpg")),
        ("a.woff2", b"wOF2...", ["damaged-file"]),
        ("a.woff2", font("wOF2"), []),
        ("a.woff", font("wOFF"), []),
        ("a.ttf", font("ttf"), []),
        *(
            (
                f"a.{kind[-4:].lower().replace('wof2', 'woff2')}",
                font(kind) + b"An Peeters",
                ["damaged-file"],
            )
            for kind in KINDS
        ),
        *(
            (f"a.{kind[-4:].lower().replace('wof2', 'woff2')}", font(kind)[:-1], ["damaged-file"])
            for kind in KINDS
        ),
        ("a.woff2", font("wOF2", extras=(9, 9, 9, 0, 0)), ["damaged-file"]),
        ("a.woff", font("wOFF", extras=(0, 0, 0, 9, 9)), ["damaged-file"]),
        ("a.js", "// a\u202eb".encode(), ["invisible-character"]),
        ("a.css", b"a { /* \x1b[31m */ }", ["invisible-character"]),
        ("a.txt", "caf\ufffd".encode(), ["invisible-character"]),
        ("a.json", '{"a": "\u200b"}'.encode(), ["invisible-character"]),
        ("a.json", b'{"a": [1, null, "b"]}', []),
        *(
            (name, data, ["damaged-file"])
            for name in ("a.json", "a.webmanifest")
            for data in (b'{"a": 1,}', b"", b"<script>", b'{"a": NaN}', b"[" * 100_000)
        ),
        *((name, b"%PDF-1.7", ["not-utf8"]) for name in ("a.json", "a.webmanifest")),
        ("OFL.txt", "licence é".encode(), []),
        ("share/letters.ttf", b"", []),
    ],
)
def test_what_no_one_has_read_is_not_published(name: str, data: bytes, expected: list[str]) -> None:
    assert admitted(name, data) == expected
    for problem in admit(File(f"assets/{name}", data)).diagnostics:
        assert (problem.severity.value, problem.span.path) == ("error", f"assets/{name}")
        assert problem.hint


@pytest.mark.parametrize("name", ["site.css", "site.js", "OFL.txt", "icon.svg"])
def test_line_ends_of_the_checkout_change_no_byte(name: str) -> None:
    text = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>\n<g/>\n</svg>\n"
    plain = admit(File(f"assets/{name}", text.encode())).value
    for ends in ("\r\n", "\r"):
        other = admit(File(f"assets/{name}", text.replace("\n", ends).encode())).value
        assert fingerprint([other]) == fingerprint([plain])


def test_a_photo_and_a_pdf_of_assets_are_made_again(site: Callable[..., Build]) -> None:
    exif = Image.Exif()
    exif[0x010F] = "secret camera"
    photo = io.BytesIO()
    Image.new("RGB", (30, 20), 90).save(photo, "JPEG", exif=exif)
    pdf, flyer = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = "secret person"
    pdf.save(flyer)
    build = site({"assets/a.jpg": photo.getvalue(), "assets/a.pdf": flyer.getvalue()})
    assert not build.failed
    found = {
        each.path.rpartition(".")[2]: each.data
        for each in build.outputs
        if each.path.startswith("assets/a.")
    }
    assert found.keys() == {"jpg", "pdf"}
    assert not [kind for kind, data in found.items() if b"secret" in data]


@pytest.mark.parametrize("name", ["leden.xlsx", "leden.sql", "backup.zip"])
def test_nothing_is_published_beside_an_unknown_file(site: Callable[..., Build], name: str) -> None:
    build = site({f"assets/{name}": b"An Peeters"})
    assert [
        (each.check, each.span.path) for each in build.diagnostics if each.severity.value == "error"
    ] == [("file-type", f"assets/{name}")]
    assert build.outputs == ()


def test_references_follow_in_every_form() -> None:
    sheet = b"a { b: image-set('logo.svg' 1x) } c { d: u\\72l(logo.svg#e) } f { g: url(\"//h.example/i\") }"
    outcome = fingerprint(files(site_css=sheet, logo_svg=b"a"))
    css = next(asset for asset in outcome.value if asset.name == "site.css")
    assert css.data == (
        b'a { b: image-set(url("logo.ca978112ca.svg") 1x) } c { d: url("logo.ca978112ca.svg#e") }'
        b' f { g: url("//h.example/i") }'
    )
    assert outcome.diagnostics == ()


@pytest.mark.parametrize("name", ["x.CSS", "x.Css"])
def test_a_style_is_one_whatever_the_letters_of_its_ending(
    site: Callable[..., Build], name: str
) -> None:
    outcome = fingerprint(
        [File(f"assets/{name}", b"a { b: url(l.svg) }"), File("assets/l.svg", b"a")]
    )
    style = next(each for each in outcome.value if each.name == name)
    assert style.path.endswith(".css")
    assert style.data == b'a { b: url("l.ca978112ca.svg") }'
    build = site({f"assets/{name}": "@import 'https://elsewhere.example/x.css';"})
    assert "foreign-resource" in {each.check for each in build.diagnostics}


@pytest.mark.parametrize("name", ["x.JS", "x.SVG", "x.MJS"])
def test_so_are_scripts_and_drawings(site: Callable[..., Build], name: str) -> None:
    data = "localStorage.x = 1"
    if name.endswith("SVG"):
        data = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script/></svg>"
    assert site({f"assets/{name}": data}).failed


def test_json_that_no_program_reads_is_told_at_its_place(site: Callable[..., Build]) -> None:
    build = site({"assets/app.webmanifest": '{\n  "name": "Wij",\n  "icons": [1 2]\n}\n'})
    told = [each for each in build.diagnostics if each.check == "damaged-file"]
    source = build.sources["assets/app.webmanifest"]
    assert places(told, source) == ["damaged-file 3:15"]


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.example/i.png",
        "https:\\/\\/cdn.example\\/i.png",
        "//cdn.example/i.png",
        "\\u002f/cdn.example",
    ],
)
def test_a_manifest_asks_nothing_of_another_site(site: Callable[..., Build], address: str) -> None:
    """However JSON spells the address."""
    files = {"assets/app.webmanifest": f'{{"icons": [{{"src": "{address}"}}]}}'}
    assert [each.check for each in site(files).diagnostics if each.check == "foreign-resource"]


def test_a_manifest_may_name_its_own_files(site: Callable[..., Build]) -> None:
    text = '{"icons": [{"src": "icon.svg"}], "start_url": "https://example.org/nl/"}'
    assert not site({"assets/app.webmanifest": text}).failed


STYLES = {  # what is written -> what is published
    "a { b: c } /* Ann */\n": "a { b: c }\n",
    "/* by Ann,\n   for us */\na { b: c }\n": "a { b: c }\n",
    "a {\n  /* Ann */\n  b: c;\n}": "a {\n  b: c;\n}",
    "a { b: c /* Ann */ d; }": "a { b: c  d; }",
    "a{b:c/*Ann*/d}": "a{b:c/**/d}",
    "a/* Ann */{}/* Bea */": "a/**/{}",
    "@media/*Ann*/ print { a { b: calc(1px/*Bea*/ + 2px) } }": "@media print { a { b: calc(1px + 2px) } }",
    'a { content: "/* text */" } /**/': 'a { content: "/* text */" }',
    "a { content: '\\'/* text */' }": "a { content: '\\'/* text */' }",
    "a { background: url(/*no-comment*/logo) }": "a { background: url(/*no-comment*/logo) }",
    "/*! Licence of Ann */\n/* Bea */\na {}": "/*! Licence of Ann */\na {}",
    "a {} /* never ended by Ann": "a {}",
    "/*# sourceMappingURL=/home/ann/site.css.map */": "",
    "é { b: 'ü' } /* Ann */ ï {}": "é { b: 'ü' }  ï {}",
}


@pytest.mark.parametrize("style", list(STYLES))
def test_comments_of_a_style_sheet_stay_at_home(style: str) -> None:
    (asset,) = fingerprint(files(site_css=style.encode())).value
    assert asset.data.decode() == STYLES[style]


def test_a_reference_beside_comments_is_told_at_its_line() -> None:
    text = b"/* Ann\n\n*/ a { b: url(logo.png); c: url('x.svg' /* Eva */) }"
    outcome = fingerprint(files(site_css=text, x_svg=b""))
    css = next(each.data.decode() for each in outcome.value if each.name == "site.css")
    assert "Ann" not in css
    assert "Eva" not in css
    assert [each.span.start for each in outcome.diagnostics] == [text.index(b"logo")]


def test_a_style_in_a_page_and_in_the_file_to_take_along_has_no_comment(
    site: Callable[..., Build],
) -> None:
    style = "/*! Licence */ /* Ann */ .x { color: red; /* Bea */ } a/* Eva */.y {}\n"
    build = site({f"assets/{name}.css": style for name in ("tokens", "own", "site", "takeaway")})
    pages = [each.data.decode() for each in build.outputs if each.path.endswith((".html", ".htm"))]
    styles = [
        each for page in pages for each in re.findall("<style>(.*?)</style>", page, re.DOTALL)
    ]
    assert styles
    for each in styles:
        assert "/*! Licence */" in each
        assert not re.search("Ann|Bea|Eva", each)
