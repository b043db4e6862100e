"""Every check is explained, every explanation has a check, and every example is true."""

from __future__ import annotations

import ast
import datetime
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from diptych.cache import Cache
from diptych.checks import CHECKS
from diptych.checks.running import checks_in
from diptych.diagnostics import Message, Severity
from diptych.disk import read_tree
from diptych.explained import Explanation, Snippet, check_names, explanations, themes
from diptych.explained.reading import LANGUAGES, sections
from diptych.i18n import TOOL_LANGUAGES
from diptych.pipeline import Options, build_site
from diptych.pipeline.interface import check_messages
from diptych.translation.units import digest_of
from tests.conftest import LOOK, MINIMAL, ROOT, Ran, make_tree
from tests.test_mistakes import all_cases
from tests.test_planted import ALL

PACKAGE = Path(__file__).resolve().parent.parent / "diptych"
THEMES, EXPLANATIONS, NAMES = themes(), explanations(), check_names()
EXCHANGE = next(theme for theme in THEMES if theme.name == "exchange")
CATALOG = "i18n/fr/LC_MESSAGES/messages.po"

NOT_SHOWN = {  # checks whose example cannot be built here, with the reason
    "file-too-large": "the example stands for a million characters",
    "file-name": "the example stands for a name with a line end",
    "host-redirects": "the example stands for more than 500 old addresses",
    "host-limit": "the example stands for thousands of files",
    "too-long": "the example stands for 400 000 characters",
    "long-paragraph": "the example stands for more than 120 words",
    "heavy-image": "the example stands for a picture of megabytes",
    "search-index": "only where Pagefind is not installed",
    "missing-title": "no title leads to it: a slug is never empty",
    **{
        each.check: "only `import` says it, of a file that comes back"
        for each in EXCHANGE.explanations
    },
    **{
        f"{how}-external-link": "only `check --external` says it, of what another site answers"
        for how in ("dead", "moved", "unclear")
    },
    "unknown-word": "only `check --spelling` says it, where there is a dictionary",
    "unreadable-file": "only the preview says it, when the system refuses",
}

CASES_ELSEWHERE = {  # the checks that `build` of a few text files does not show -> their tests
    "tests/parity/test_divergences.py": (  # need two texts that were confirmed, or long ones
        "missing-unit",
        "outdated-translation",
        "unconfirmed",
        "untranslated",
        "heading-level-differs",
        "headings-swapped",
        "paragraphs-differ",
        "pictures-differ",
        "links-differ",
        "facts-differ",
        "list-differs",
        "wrong-language",
    ),
    "tests/parity/test_compare.py": ("uncertain-alignment",),
    "tests/parity/test_lock.py": ("lock-damaged", "lock-version"),
    "tests/test_exchange.py": (  # only `import` says them
        "translation-file",
        "translation-stale",
        "translation-unfinished",
        "translation-unproven",
        "translation-marks",
        "translation-structure",
        "translation-language",
    ),
    "tests/property/test_exchange_laws.py": ("translation-unpaired",),
    "tests/unit/test_wording.py": (  # advice, and what needs pictures
        "long-sentence",
        "long-paragraph",
        "repeated-link-text",
        "varied-link-text",
        "borrowed-alt",
    ),
    "tests/unit/test_spelling.py": ("unknown-word",),
    "tests/unit/test_network.py": (
        "dead-external-link",
        "moved-external-link",
        "unclear-external-link",
    ),
    "tests/unit/test_addresses.py": ("unremembered-address",),
    "tests/unit/test_sandbox.py": ("template-comment",),
    "tests/unit/test_checks.py": ("awaited-image",),
    "tests/unit/test_images.py": ("heavy-image", "moving-image"),
    "tests/unit/test_attachments.py": ("active-file",),
    "tests/unit/test_pdf.py": ("author-data", "damaged-file", "hidden-in-pdf", "taken-out"),
    "tests/unit/test_read_tree.py": ("name-twice", "outside-file"),
    "tests/unit/test_bounds.py": ("folder-depth", "file-name"),
    "tests/test_serve_view.py": ("unreadable-file",),
    "tests/unit/test_cli.py": ("missing-catalog",),
    "tests/faults/test_damage.py": ("missing-settings", "not-utf8"),
    "tests/test_search.py": ("search-index",),
    "tests/test_admin.py": ("admin-script",),  # digests of files that come and go
    "tests/unit/test_hosting.py": ("host-lacks", "host-redirects", "host-limit"),
    "tests/unit/test_expiry.py": ("security-expiry",),  # by the day
    "tests/unit/test_shown.py": ("review-due", "unshown-link"),  # by the day
    "tests/test_explanations.py": (  # their examples here, or texts too long for a case
        "unset-setting",
        "storing-script",
        "fuzzy-message",
        "template-dynamic",
        "file-too-large",
        "too-long",
    ),
}
DECLARED_BY = ("shape.check", "key.unknown", "kind.check")  # names that stand in tables
MAKERS = {  # what makes a diagnostic, and with which severity; "" says it in its second argument
    "Diagnostic": "",
    "error": "Severity.ERROR",
    "warning": "Severity.WARNING",
    "note": "Severity.INFO",
}
TODAY = datetime.date(2020, 1, 1)
LOCK = "# diptych translations 1: written by `build.py confirm`, one unit a line"
OUTDATED = EXPLANATIONS["outdated-translation"].example[1:]


# --- the checks that the code can report, read from the code itself


class Module:
    """A module's text as a tree, with what a check's name and weight can be there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.constants = {
            target.id: node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def functions(self) -> Iterator[ast.FunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))

    def calls(self, *names: str) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
        """Every call of one of these names, with the function that it stands in."""
        inside = {node: function for function in self.functions() for node in ast.walk(function)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
                yield inside.get(node), node

    def declared(self) -> Iterator[str]:
        """The names in tables: `unknown=` of a field, `check=` of a kind, rows of references."""
        for node in ast.walk(self.tree):
            values: list[ast.expr | None] = []
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) in ("check", "unknown"):
                values = [node.value]  # what it is unless said otherwise
            elif isinstance(node, ast.Call):
                values = [each.value for each in node.keywords if each.arg in ("check", "unknown")]
                if ast.unparse(node.func) == "Kind":
                    values.append(node.args[0])
            for value in values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value

    def marked(self) -> Iterator[tuple[str, str]]:
        """The names and severities of functions under `@check("name", Severity.…, of=…)`."""
        for function in self.functions():
            for each in function.decorator_list:
                if isinstance(each, ast.Call) and ast.unparse(each.func) == "check":
                    yield ast.literal_eval(each.args[0]), ast.unparse(each.args[1])

    def texts(
        self,
        node: ast.expr | None,
        function: ast.FunctionDef | None,
        given: Mapping[str, set[str]],
        passed: frozenset[str] = frozenset(),
    ) -> set[str]:
        """The texts that an expression can be: by literals, assignments and arguments given."""
        if node is None:
            return set()
        if isinstance(node, ast.Constant):
            return {node.value} if isinstance(node.value, str) else set()
        if isinstance(node, ast.JoinedStr):
            return self._joined(node, function, given)
        if isinstance(node, ast.Attribute):
            return {ast.unparse(node)} if ast.unparse(node).startswith("Severity.") else set()
        if isinstance(node, ast.Name):
            if node.id in passed:
                return set()  # `name = name or …`
            assigned = [
                each.value
                for each in (ast.walk(function) if function else ())
                if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == node.id
            ]
            places = [*assigned, self.constants.get(node.id)]
            found = (self.texts(each, function, given, passed | {node.id}) for each in places)
            return given.get(node.id, set()).union(*found)
        if isinstance(node, ast.IfExp):
            parts: Iterable[ast.expr] = (node.body, node.orelse)
        elif isinstance(node, ast.Dict):
            parts = node.values
        elif isinstance(node, (ast.BoolOp, ast.Tuple, ast.List)):
            parts = node.values if isinstance(node, ast.BoolOp) else node.elts
        elif isinstance(node, ast.Subscript):
            parts = (node.value,)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".get"):
            parts = (node.func.value, *node.args[1:])  # type: ignore[attr-defined]
        else:
            return set()
        return set().union(*(self.texts(part, function, given, passed) for part in parts))

    def _joined(
        self, node: ast.JoinedStr, function: ast.FunctionDef | None, given: Mapping[str, set[str]]
    ) -> set[str]:
        made = {""}
        for part in node.values:
            value = part.value if isinstance(part, ast.FormattedValue) else part
            assert isinstance(value, ast.expr)
            made = {head + tail for head in made for tail in self.texts(value, function, given)}
        return made


@functools.cache
def reported() -> tuple[dict[str, set[str]], list[str]]:
    """Check -> severities, from every `Diagnostic(…)`, `error(…)`, `warning(…)` and `note(…)`, also
    through a function that is given the name; and the places where the name cannot be read from
    the code.
    """
    checks: dict[str, set[str]] = defaultdict(set)
    unread: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = Module(path)
        for name in module.declared():
            checks[name].add("Severity.ERROR")
        for name, weight in module.marked():
            checks[name].add(weight)
        for function, call in module.calls(*MAKERS):
            if path.parent.name == "diagnostics" or path.name == "extend.py":
                continue  # the makers themselves
            if ast.unparse(call.args[0]) in DECLARED_BY:
                continue
            if "." in ast.unparse(call.args[0]):
                continue  # a diagnostic that is made from another one keeps its name
            found = list(_names(module, function, call))
            if not found:
                unread.append(f"{path.name}:{call.lineno}")
            for name, weights in found:
                checks[name] |= weights
    return checks, unread


def _names(
    module: Module, function: ast.FunctionDef | None, call: ast.Call
) -> Iterator[tuple[str, set[str]]]:
    parameters = [each.arg for each in function.args.args if each.arg != "self"] if function else []
    used = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)} & set(parameters)
    for place in module.calls(function.name) if function and used else ():
        outer, inner = place
        given = {
            name: module.texts(value, outer, {})
            for name, value in [
                *zip(parameters, inner.args, strict=False),
                *((k.arg or "", k.value) for k in inner.keywords),
            ]
        }
        for name in module.texts(call.args[0], function, given):
            yield name, _weights(module, function, call, given)
    for name in module.texts(call.args[0], function, {}):
        yield name, _weights(module, function, call, {})


def _weights(
    module: Module,
    function: ast.FunctionDef | None,
    call: ast.Call,
    given: Mapping[str, set[str]],
) -> set[str]:
    """The severities of a call: that of its maker, or what `Diagnostic(…)` is given."""
    maker = MAKERS[ast.unparse(call.func).rpartition(".")[2]]
    return {maker} if maker else module.texts(call.args[1], function, given)


def test_every_check_is_explained_and_every_explanation_has_a_check() -> None:
    checks, unread = reported()
    assert unread == [], "a check's name must be readable from the code"
    assert sorted(checks.keys() - set(NAMES)) == [], "explain these in diptych/explained/"
    assert sorted(set(NAMES) - checks.keys()) == [], "nothing in the code reports these"


def test_every_function_that_is_marked_as_a_check_is_in_the_table() -> None:
    marked = [name for path in sorted(PACKAGE.rglob("*.py")) for name, _ in Module(path).marked()]
    asked = [import_module(f"diptych.checks.{name}") for name in ("advice", "spelling", "external")]
    assert sorted(marked) == sorted(each.name for each in (*CHECKS, *checks_in(*asked)))


def test_every_check_of_this_room_is_in_the_table() -> None:
    """A new one touches its function, its paragraph in each language, and its case, and no list of
    names: no module of `diptych/checks/` makes a diagnostic by itself.
    """
    made = [
        f"{path.name}:{call.lineno}"
        for path in sorted((PACKAGE / "checks").glob("*.py"))
        for _, call in Module(path).calls(*MAKERS)
        if "." not in ast.unparse(call.args[0])
    ]
    assert made == []


def test_severities_are_those_of_the_code() -> None:
    checks, _ = reported()
    told = {
        name: {f"Severity.{each.name}" for each in EXPLANATIONS[name].severities} for name in NAMES
    }
    assert told == {name: checks[name] for name in NAMES}


def test_what_fix_mends_is_said(cache: Cache) -> None:
    """A check is marked so, and no other is, of which a case of a mistake has a certain edit."""
    certain = set()
    files = [*(each.files for each in all_cases()), *(each.files for each in ALL)]
    for case in files:
        build = build_site(make_tree(dict(case)), Options(), cache)
        certain |= {each.check for each in build.diagnostics if each.certain and each.edits}
    assert {name for name in NAMES if EXPLANATIONS[name].mended} == certain


def test_each_check_is_explained_once() -> None:
    assert len(NAMES) == len(EXPLANATIONS) == sum(len(theme.explanations) for theme in THEMES)


def test_every_file_of_explanations_is_read() -> None:
    files = {path.relative_to(PACKAGE) for path in (PACKAGE / "explained").rglob("*.md")}
    read = {Path(f"explained/{key}/{theme.name}.md") for key in LANGUAGES for theme in THEMES}
    assert files == read
    assert set(LANGUAGES) == set(TOOL_LANGUAGES)


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
@pytest.mark.parametrize("language", [key for key in LANGUAGES if key != "en"])
def test_explanations_say_the_same_in_every_language(language: str, theme: str) -> None:
    """Each language explains the same checks in the same order; examples are in English only."""
    english, own = sections("en", theme)[1], sections(language, theme)[1]
    assert [(each.check, len(each.sentences)) for each in own] == [
        (each.check, len(each.sentences)) for each in english
    ]
    assert not any(each.example or each.instead or each.severities for each in own)
    assert all(each.sentences != known.sentences for each, known in zip(own, english, strict=True))


def test_every_check_has_a_case() -> None:
    """In `tests/cases`, with the exact output; or in a test that is named here."""
    texts = [path.read_text("utf-8") for path in ROOT.glob("tests/cases/**/*.md")]
    shown = {name for text in texts for name in re.findall(r"(?m) \[([a-z0-9-]+)\]$", text)}
    elsewhere = {name for names in CASES_ELSEWHERE.values() for name in names}
    assert sorted(set(NAMES) - shown - elsewhere) == [], "write a case in tests/cases/mistakes/"
    assert sorted(elsewhere & shown) == [], "these have a case: take them out of the table"
    assert sorted(elsewhere - set(NAMES)) == [], "there is no such check"
    for file, names in CASES_ELSEWHERE.items():
        text = (ROOT / file).read_text("utf-8")
        assert [name for name in names if name not in text] == [], file


@pytest.mark.parametrize("name", NAMES)
def test_explanations_are_sentences(name: str) -> None:
    explanation = EXPLANATIONS[name]
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)
    assert re.fullmatch(r"[A-Z][^.?!]*(\.\w[^.?!]*)*\.", explanation.says.msgid), "one sentence"
    for message in (explanation.matters, explanation.advice):
        assert message is None or re.fullmatch(r"[A-Z`].*\.", message.msgid)
        assert message is None or not re.search(r"!(\s|$)", message.msgid)
    assert explanation.example
    assert explanation.instead or explanation.advice
    assert explanation.example != explanation.instead


# --- the examples, built


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, cache: Cache) -> Counter[str]:
    """What the site reports without any example."""
    return checks_of((Snippet(CATALOG, ""),), tmp_path_factory.mktemp("clean"), cache)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_SHOWN])
def test_examples_are_true(name: str, clean: Counter[str], tmp_path: Path, cache: Cache) -> None:
    """The example leads to its check; what is to be written instead does not.

    What the look that is borrowed from this repository gives of itself does not count.
    """
    explanation = EXPLANATIONS[name]
    example = checks_of(explanation.example, tmp_path / "example", cache)
    assert example[name] > 0
    if explanation.instead:
        instead = checks_of(mended(explanation), tmp_path / "instead", cache)
        assert example[name] > instead[name]
        assert instead[name] <= clean[name]


def mended(explanation: Explanation) -> tuple[Snippet, ...]:
    """The example with its files as they stand after what is to be written instead."""
    files = {each.path: each for each in (*explanation.example, *explanation.instead)}
    return tuple(files.values())


def checks_of(snippets: tuple[Snippet, ...], root: Path, cache: Cache) -> Counter[str]:
    """The checks that the minimal site reports with these lines in it, and how often."""
    files: dict[str, str | bytes] = {**LOOK, **MINIMAL}
    for snippet in snippets:
        if snippet.path != "content/":
            files[snippet.path] = lay_in(snippet, files.get(snippet.path))
    for path, data in files.items():
        write(root / path, data)
    for snippet in snippets:
        if snippet.path == "content/":
            list_files(snippet.text, root / "content")
        if snippet in OUTDATED:
            write(root / "content/about/translations.lock", f"{LOCK}\n\n{confirmed(snippet)}\n")
    read = read_tree(root)
    thorough = any(
        snippet.path.startswith(("templates/", "content/addresses")) for snippet in snippets
    )
    options = Options(today=TODAY, thorough=thorough, advice=True)
    build = build_site(read.value, options, cache, read.diagnostics)
    found = list(build.diagnostics)
    if build.site and any(snippet.path.endswith(".po") for snippet in snippets):
        found += check_messages(read.value, build.site, cache)
    return Counter(each.check for each in found)


def confirmed(french: Snippet) -> str:
    """A line of the lock: the French said this when the Dutch still said something else."""
    return f"who.paragraph.2 fr:{digest_of('paragraph', french.text)} nl:000000000000"


def lay_in(snippet: Snippet, existing: str | bytes | None) -> str | bytes:
    """The file that a snippet is a part of."""
    before = existing.decode() if isinstance(existing, bytes) else existing or ""
    text = snippet.text + "\n"
    if "�" in text:
        return text.replace("�", "é").encode("latin-1")
    if snippet.path.endswith(".md") and not text.startswith(("---", "# ")):
        return before + "\n" + text
    if snippet.path == "content/site.yaml":
        return with_settings(before, text)
    if snippet.path == "templates/faq.html" or text.startswith(("{# theme ", "{% extends ")):
        return text
    if snippet.path.startswith("templates/"):
        for head in ("<html", '<meta http-equiv="Content-Security-Policy"'):
            if text.startswith(head):
                return re.sub(rf"{head}[^\n]*>", lambda _: text.strip(), before)
        return before.replace("{% block body %}\n", "{% block body %}\n" + text)
    if field := re.match(r'"(?:Plural-Forms|Language):', text):  # of the head of a catalog
        return re.sub(rf"{field.group()}[^\n]*\n", lambda _: text, before)
    if snippet.path.endswith((".po", ".css", ".js")):
        return before + "\n" + text
    return text


def with_settings(settings: str, text: str) -> str:
    """The settings with some of the top keys in place of their own."""
    parts = {part.partition(":")[0]: part for part in re.split(r"(?m)^(?=\w)", settings) if part}
    parts |= {part.partition(":")[0]: part for part in re.split(r"(?m)^(?=\w)", text) if part}
    return "".join(parts.values())


def list_files(text: str, folder: Path) -> None:
    """The files of a list, one a line: `about/group.jpg`, with a size, what it holds, or `-> elsewhere`."""
    if "settings.yaml" in text:
        (folder / "site.yaml").unlink()
    for line in text.split("\n"):
        name, _, rest = line.partition(" ")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if "->" in rest:
            path.symlink_to(rest.partition("-> ")[2])
        elif name != "site.yaml":
            write(path, b"" if rest.strip() == "0 kB" else content_of(name, rest.strip()))


def content_of(name: str, what: str) -> str | bytes:
    """A file of the kind that its name says; `what` is what the example says is in it."""
    if name.endswith(".md"):
        return "---\ntitle: Titel\n---\n\nTekst.\n"
    if name.endswith(".svg"):
        inside = what + what.replace("<", "</")
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'
    body = BytesIO()
    picture = Image.new("RGB", (4, 4))
    if name.endswith(".jpg"):
        picture.save(body, "JPEG")
    elif "frames" in what:
        picture.save(body, "WEBP", save_all=True, append_images=[Image.new("RGB", (4, 4), 9)])
    elif name.endswith(".pdf"):
        pdf = pikepdf.new()
        if "/EmbeddedFiles" in what:
            pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"An")
        if "/Text" in what:
            pdf.add_blank_page()
            note = {"/Subtype": pikepdf.Name.Text, "/Rect": [0, 0, 9, 9], "/Contents": "An"}
            pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(note)])
        locked = pikepdf.Encryption(owner="a", user="") if "/Encrypt" in what else None
        pdf.save(body, encryption=locked)
    return body.getvalue()


def write(path: Path, data: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


# --- the command


def test_explain_prints_one_explanation(run: Callable[..., Ran], tmp_path: Path) -> None:
    result = run("explain", "missing-alt", root=tmp_path)
    assert result.status == 0
    assert (
        result.out
        == """\
missing-alt · error · warning

A picture has no description.
Who cannot see the picture hears its description; without one, nothing.

For example, in content/:

    about/group.jpg

and in content/about/nl.md:

    ![](group.jpg)

Write instead, in content/about/nl.md:

    ![Vier mensen achter een spandoek](group.jpg)

For a picture in the front matter the description is image_alt, and for one in a field of your
own, such as photo, it is the field photo_alt, which types.yaml declares as photo. There its
lack is a warning.

`python build.py fix` leaves it: only you know what was meant.

Where it must stay, say why in the front matter of the page:

    allow:
      missing-alt: …
"""
    )


def test_explain_takes_the_name_as_it_is_printed(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("explain", "[missing-alt]", root=tmp_path) == run(
        "explain", "missing-alt", root=tmp_path
    )


def test_explain_speaks_the_language_asked_for(run: Callable[..., Ran], tmp_path: Path) -> None:
    dutch = run("--message-language", "nl", "explain", "missing-alt", root=tmp_path).out
    french = run("--message-language", "fr", "explain", "missing-alt", root=tmp_path).out
    assert "missing-alt · fout · waarschuwing\n" in dutch
    assert "missing-alt · erreur · avertissement\n" in french
    assert EXPLANATIONS["missing-alt"].says.msgid not in dutch + french


def test_explain_shows_how_to_allow_what_is_no_error(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    lines = "    allow:\n      literal-address: …\n"
    assert lines in run("explain", "literal-address", root=tmp_path).out
    assert "allow:" not in run("explain", "missing-image", root=tmp_path).out  # an error
    assert "allow:" not in run("explain", "fuzzy-message", root=tmp_path).out  # not in a page


def test_explain_lists_every_check_by_theme(run: Callable[..., Ran], tmp_path: Path) -> None:
    result = run("explain", root=tmp_path)
    assert result.status == 0
    assert re.findall(r"(?m)^  ([a-z]\S*)  ", result.out) == list(NAMES)
    assert all(f"{theme.title}\n  {theme.explanations[0].check} " in result.out for theme in THEMES)
    assert max(len(line) for line in result.out.split("\n")) <= 96


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("missing-allt", "there is no check `missing-allt`; did you mean `missing-alt`?\n"),
        ("xyz", "there is no check `xyz`; `python build.py explain` lists them all\n"),
    ],
)
def test_explain_of_an_unknown_name(
    written: str, sentence: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    assert run("explain", written, root=tmp_path) == Ran(2, "", sentence)


def test_severity_words_are_those_of_the_reports() -> None:
    from diptych.diagnostics.report import SEVERITY_WORDS

    assert set(SEVERITY_WORDS) == set(Severity)
    assert all(isinstance(word, Message) for word in SEVERITY_WORDS.values())
