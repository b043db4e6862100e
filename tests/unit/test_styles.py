"""The addresses in a style sheet, however they are written."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.files.drawings import clean_drawing
from diptych.files.theme import theme_files
from diptych.html import read_page
from diptych.html.styles import leads_elsewhere, read_style, style_addresses, with_plain_lines
from diptych.model import File
from diptych.pipeline import Build
from tests.conftest import LOOK, text_of

FOREIGN = "https://cdn.example/x.png"


@pytest.mark.parametrize(
    "style",
    [
        f"a {{ background: url({FOREIGN}) }}",
        f"a {{ background: URL( '{FOREIGN}' ) }}",
        f"a {{ background: u\\72l({FOREIGN}) }}",
        f"a {{ background: \\75 rl({FOREIGN}) }}",
        f"a {{ background: \\000075\\000072\\00006c({FOREIGN}) }}",
        'a { background: url("https://cdn\\2e example/x.png") }',
        f"a {{ background: image-set('{FOREIGN}' 1x) }}",
        f'a {{ background: -webkit-IMAGE-set("{FOREIGN}" 1x) }}',
        f"a {{ background: image-set(url({FOREIGN}) 1x) }}",
        f"a {{ background: image('{FOREIGN}') }}",
        f"a {{ background: src('{FOREIGN}') }}",
        f"a {{ background: cross-fade(url({FOREIGN}), red) }}",
        f"@import '{FOREIGN}';",
        f"@import/**/url({FOREIGN}) print;",
        f'@\\69mport "{FOREIGN}";',
        f"@media print {{ @supports (a: b) {{ a {{ background: url({FOREIGN}) }} }} }}",
        f"@font-face {{ src: local(x), url({FOREIGN}) format('woff2') }}",
        f"a {{ --x: '{FOREIGN}'; background: image-set(var(--x) 1x) }}",
        f"/* }} */ a {{ background: url({FOREIGN}",
        f"background: url({FOREIGN}); color: red",
        f"<!-- a {{ background: url({FOREIGN}) }} -->",
        f"@namespace x 'http://a.example/'; @import '{FOREIGN}';",
        f"@namespace x {{ }} a {{ background: url({FOREIGN}) }}",
        f"@layer a, b; @import '{FOREIGN}' layer(b);",
        f"@property --x {{ syntax: '<url>'; inherits: true; initial-value: url({FOREIGN}) }}",
    ],
)
def test_no_way_of_writing_hides_an_address(style: str) -> None:
    found = style_addresses(style)
    assert [each.address for each in found] == [FOREIGN]
    assert style[found[0].start : found[0].end].strip()


@pytest.mark.parametrize(
    "style",
    [
        f"/* url({FOREIGN}) */",
        f"a {{ content: 'see url({FOREIGN})' }}",
        "a { content: 'image.png' counter(a) }",
        "@charset 'utf-8'; @layer a;",
        "a[href='x.png'] { color: red }",
        "@font-face { font-family: 'A'; src: local('B') format('woff2') }",
        "@namespace svg url(http://www.w3.org/2000/svg); svg|a { color: red }",
        "@namespace 'http://www.w3.org/1999/xhtml';",
        "a { content: 'https: dat is veilig' }",
        "",
    ],
)
def test_what_no_browser_fetches_is_none(style: str) -> None:
    assert style_addresses(style) == ()


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("a{b:url( x.png )}", "url( x.png )"),
        ("a{b: url('x.png' )}", "url('x.png' )"),
        ("a{b:c(u\\72l('x.png'))}", "u\\72l('x.png')"),
        ("a{b:image-set('x.png' 1x)}", "'x.png'"),
        ("a{\r\n\r\nb:url(x.png)}", "url(x.png)"),
        ('@import "x.png";', '"x.png"'),
        ("a{b:1px,url(x.png)}", "url(x.png)"),
    ],
)
def test_a_place_is_that_of_the_whole_reference(style: str, written: str) -> None:
    (found,) = style_addresses(style)
    assert with_plain_lines(style)[found.start : found.end] == written


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "url(",
                ")",
                "'",
                '"',
                "\\",
                "\n",
                "{",
                "}",
                "/*",
                "*/",
                "@import",
                "a",
                "(",
                "\0",
                "#",
                "\\72",
                ";",
                "é",
            ]
        ),
        max_size=60,
    )
)
def test_any_style_is_read_without_a_traceback(parts: list[str]) -> None:
    text = "".join(parts)
    plain = with_plain_lines(text)
    places = [(each.start, each.end) for each in style_addresses(text)]
    assert all(0 <= start <= end <= len(plain) for start, end in places)
    assert places == sorted(places)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "<g>",
                "</g>",
                "<style>",
                "</style>",
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
                "&#60;",
                "&a;",
                "<a ",
                'x="',
                '"',
                ">",
                "url(",
                "<?",
                "?>",
                "xmlns:x='y'",
                "\0",
                "é",
                "</svg>",
                "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            ]
        ),
        max_size=40,
    )
)
def test_any_drawing_gives_a_file_or_a_sentence(parts: list[str]) -> None:
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{"".join(parts)}</svg>'
    for data in (whole.encode(), "".join(parts).encode()):
        outcome = clean_drawing(File("a.svg", data))
        assert (outcome.value is None) == bool(outcome.diagnostics)


def test_a_megabyte_of_brackets_takes_seconds() -> None:
    begin = time.process_time()
    style_addresses("a{b:" + "c(" * 300_000)
    clean_drawing(File("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 300_000))
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    "style",
    [
        f"a {{ background: url({FOREIGN}) }}",
        f"a {{ background: u\\72l({FOREIGN}) }}",
        f"a {{ background: image-set('{FOREIGN}' 1x) }}",
        "@\\69mport '//cdn.example/x.css';",
    ],
)
@pytest.mark.parametrize("where", ["assets/site.css", "templates/page.html"])
def test_no_style_of_a_site_contacts_another(
    site: Callable[..., Build], style: str, where: str
) -> None:
    if where.endswith(".css"):
        build = site({where: LOOK[where].decode() + style})
    else:
        template = LOOK[where].decode() if where in LOOK else theme_template("page.html")
        text = template.replace("{% block body %}", "{% block body %}<style>" + style + "</style>")
        assert text != template
        build = site({where: text})
    told = [str(each.message) for each in build.diagnostics if each.check == "foreign-resource"]
    assert told
    assert all("cdn.example/x" in each for each in told)
    assert len(told) == len(set(told))
    assert build.failed


def theme_template(name: str) -> str:
    return next(
        each.data.decode() for each in theme_files() if each.path.endswith("templates/" + name)
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('/* first */\n/* over\n   two */\na::before { content: "/* kept */"; }', None),
        ("a { color: red } /* it's a mark */\n.b { color: blue }", None),
        ("a { color: red /* one */ ; }", "a{color: red  ;}"),
        ("/* one */ a { color: red } /* two */\ni { color: blue }", None),
        ("a { /* it's */ content: '; }'; color: red } /* it's */ i { color: blue }", None),
        ("a { content: 'a/*b' }", "a{content: 'a/*b'}"),
        ("a { content: ' { a , b } ' }", "a{content: ' { a , b } '}"),
        ("a { background: url(data:image/gif;base64,R0lG) , url('#{;}') }", None),
        ("@media print {\n  a b ,\n  a > b { margin: 0 auto }\n}", None),
        (
            "@media (width > 1px) and (color) {\n\n  a :hover, a:is(.b, i) { color: red; }\n}",
            "@media (width > 1px) and (color){a :hover,a:is(.b,i){color: red;}}",
        ),
        ("a { margin: calc(1px + 2px) ;\n    --b: 1px , 2px }", None),
    ],
)
def test_a_page_has_the_style_without_its_comments_and_layout(
    site: Callable[..., Build], written: str, shown: str | None
) -> None:
    page = text_of(site({"assets/own.css": written}), "nl/index.html")
    own = page.partition("</style>")[0].partition("<style>")[2]
    assert shown is None or own.endswith(shown)
    assert meant(own).endswith(meant(written))


def meant(style: str) -> str:
    """The style as a browser reads it: no comments, and space only where it parts."""
    read: list[str] = []
    for node in tinycss2.parse_component_value_list(style, skip_comments=True):
        if node.type == "whitespace":
            read.append(" ")
        elif node.type == "{} block":
            read.append("{" + meant(tinycss2.serialize(node.content)) + "}")
        else:
            read.append(node.serialize())
    text = re.sub(" +", " ", "".join(read))
    return re.sub(r" ?([{};,]) ?", r"\1", text).strip()


def test_the_style_of_a_page_names_nobody(site: Callable[..., Build]) -> None:
    page = text_of(site(), "nl/index.html")
    assert "primo" not in page.partition("</style>")[0]
    assert "secundo" not in page.partition("</style>")[0]


def test_of_the_style_of_a_page_only_the_addresses_are_kept() -> None:
    """The style weighs more than many a page, and every page has it."""
    style = "a { background: url(x.png), url(x.png), url(y.png) } " + "b { color: red }" * 1000
    page = f"<html><style>{style}</style><style></style><style>p {{}}</style></html>"
    assert read_page(page.encode()).styles == (("x.png", "y.png"), ())


@pytest.mark.parametrize(
    "address",
    [
        "https:/cdn.example/x",
        "https:cdn.example/x",
        "HTTP:cdn.example",
        "\\\\\\\\cdn.example",
        "/\\9 /cdn.example",
    ],
)
@pytest.mark.parametrize("style", [":root {{ --x: '{}' }}", "a {{ background: url('{}') }}"])
def test_an_address_is_foreign_as_a_browser_reads_it(
    site: Callable[..., Build], style: str, address: str
) -> None:
    """Also with one slash or none, with the other slash, and with a tab in it."""
    (found,) = style_addresses(style.format(address))
    assert leads_elsewhere(found.address)
    told = site({"assets/site.css": style.format(address)}).diagnostics
    assert "assets/site.css" in [e.span.path for e in told if e.check == "foreign-resource"]


@pytest.mark.parametrize(
    "address", ["x.png", "#a", "a/b.png", "../x.png", "data:image/png,x", "https:"]
)
def test_an_address_of_the_site_leads_nowhere_else(address: str) -> None:
    assert not leads_elsewhere(address)


def test_what_a_style_carries_along_is_told_once(site: Callable[..., Build]) -> None:
    """Not as a file that each page lacks, too."""
    style = ":root { --x: 'https://cdn.example/x' } a { background: url(var(--x)) }"
    told = [(e.check, e.span.path) for e in site({"assets/site.css": style}).diagnostics]
    assert [each for each in told if each[0] in ("foreign-resource", "dead-link")] == [
        ("foreign-resource", "assets/site.css")
    ]


def parsed_styles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The list to which each style sheet is added when it is parsed."""
    parse, parsed = tinycss2.parse_component_value_list, list[str]()

    def counted(text: str) -> object:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(tinycss2, "parse_component_value_list", counted)
    return parsed


def test_a_build_parses_a_style_sheet_of_assets_once(
    site: Callable[..., Build], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of published files gets its addresses, and does not parse it again."""
    parsed = parsed_styles(monkeypatch)
    build = site(
        {
            "assets/more.css": "/* a */ #more { b: url(c.svg), url(https://example.org/c) }\n",
            "assets/c.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
        }
    )
    assert len([each for each in parsed if "#more" in each]) == 1
    assert not build.failed


def test_a_style_sheet_is_parsed_once_for_addresses_and_comments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed = parsed_styles(monkeypatch)
    text = "@namespace x/* a */url(/b);\n/*! licence */\na { b: url(c) /* d */ }\n"
    read = read_style(text)
    assert [each.address for each in read.addresses] == ["c"]
    assert [text[start:end] for start, end in read.comments] == ["/* a */", "/* d */"]
    assert parsed == [text]
