"""The floors and the doors of the house: who may import whom, and who may touch the world."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "diptych"

FLOORS = (  # from the ground up; a room may import rooms of lower floors, and no others
    ("values", "glance"),
    ("diagnostics", "bodies"),
    ("languages", "model", "views", "explained", "html", "unseen", "cache"),
    ("yaml", "i18n", "files", "extend", "disk", "search", "network", "dictionaries"),
    ("markdown", "templating", "facts"),
    ("content",),
    ("site",),
    ("translation",),
    ("render", "outputs", "importing"),
    ("checks",),
    ("pipeline",),
    ("preview", "review", "fix", "takedown"),
    ("cli",),
    ("workplace", "__main__"),
)
SHELL = {
    "cli",
    "dictionaries",
    "disk",
    "cache",
    "extend",
    "glance",
    "network",
    "pipeline",
    "preview",
    "search",
    "workplace",
    "__main__",
}  # every other room is pure

DOORS = {  # library -> the rooms that may import it
    "markdown": {"markdown"},
    "pymdownx": {"markdown"},
    "nh3": {"markdown"},
    "lxml": {"files", "html", "importing", "markdown"},
    "markdownify": {"importing"},
    "bs4": {"importing"},
    "slugify": {"markdown"},
    "yaml": {"yaml"},
    "jinja2": {"templating"},
    "brotli": {"files"},
    "babel": {"i18n"},
    "PIL": {"files"},
    "pillow_heif": {"files"},
    "pikepdf": {"files"},
    "tinycss2": {"files", "html"},
    "pagefind_bin": {"search"},
    "icalendar": {"outputs"},
    "livereload": {"preview"},
    "tornado": {"preview"},
    "watchfiles": {"preview"},
    "msgspec": {"values", "cache"},
}
FREE = {"markupsafe"}  # a type of text, no machinery

FILE_CALLS = {
    "read_bytes",
    "read_text",
    "write_bytes",
    "write_text",
    "mkdir",
    "makedirs",
    "unlink",
    "rmdir",
    "rmtree",
    "rename",
    "symlink_to",
    "hardlink_to",
    "touch",
    "chmod",
    "scandir",
    "listdir",
    "iterdir",
    "glob",
    "rglob",
    "copy2",
    "copytree",
    "fdopen",
    "mkdtemp",
}
FILE_ROOMS = {  # search only in a folder of its own; workplace what a workflow hands on
    "disk",
    "cache",
    "glance",
    "search",
    "workplace",
}
WRITES = {  # what changes something on the disk
    "chmod",
    "chown",
    "hardlink_to",
    "link",
    "makedirs",
    "mkdir",
    "rename",
    "replace",
    "rmdir",
    "rmtree",
    "symlink_to",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
WRITERS = {  # module -> what it writes
    "disk/writing.py": "files that are moved in one step",
    "disk/sources.py": "sources, which editors save too, and the folder of a new site",
    "disk/publish.py": "the published tree",
    "disk/standby.py": "the record of the second tree, in the cache",
    "disk/trees.py": "the files of those two trees",
    "disk/output.py": "one file where the caller says, and never a source",
    "cache/store.py": "its own store",
    "glance.py": "its record, beside that store",
    "workplace/admin.py": "the CMS of the forms, in vendor/",
    "workplace/form.py": "what the page of a run says; it deletes a translator's file that was taken in",
    "workplace/proposal.py": "two builds that open by double click, in a folder of their own",
    "search.py": "a folder of its own for as long as the index is made",
}
PACKAGE_DATA = {
    "pipeline/interface.py": {"read_bytes"},
    "content/skeleton.py": {"read_text"},
    "content/workflows.py": {"iterdir", "read_text"},
    "files/theme.py": {"iterdir", "read_bytes"},
    "i18n/speech.py": {"read_text"},
    "outputs/schemas/documents.py": {"read_text"},
    "explained/reading.py": {"read_text"},
    "preview/shown.py": {"read_bytes"},
}
NOT_A_FILE = {  # Pillow and pikepdf, given bytes; methods of our own; an address of the web
    "pikepdf.Pdf.open",
    "Image.open",
    "self.open",
    "self._opener.open",
}

PRINTING_ROOMS = {"cli", "workplace"}  # the terminal; the log and the page of a workflow's run
CLOCK_CALLS = {
    "now",
    "utcnow",
    "today",
    "time_ns",
    "monotonic",
    "perf_counter",
    "localtime",
    "gmtime",
}
CLOCK_ROOMS = {"cli", "preview"}

IMPURE = {
    "os",
    "sys",
    "random",
    "secrets",
    "uuid",
    "locale",
    "socket",
    "subprocess",
    "shutil",
    "tempfile",
    "threading",
    "pathlib",
    "platform",
    "getpass",
}
LANGUAGE_NAMES = {"nl", "fr", "de", "en", "dutch", "french", "german", "english"}
LANGUAGE_EXCEPTIONS = {  # module -> why it names a language
    "i18n/speech.py": "the languages in which the tool speaks",
    "cli/terminal.py": "English, the language of the msgids, for a reader with any other",
    "explained/reading.py": "the languages of the explanations",
    "files/theme.py": "the catalogs of the theme, and the language of its msgids",
    "preview/shown.py": "a message that a catalog translates into the tag of its language",
    "translation/side_by_side.py": "a message that a catalog translates into the tag of its language",
    "content/timeline.py": "an example in a table of the guides",
    "pipeline/reading.py": "an example in a message",
    "importing/hugo.py": "English, the language of a site of Hugo whose settings name none",
    "i18n/plurals.py": "the languages whose plural rule differs between releases of Babel",
}

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "tools"}

MUTATORS = {
    "append",
    "extend",
    "insert",
    "add",
    "update",
    "setdefault",
    "pop",
    "popitem",
    "remove",
    "discard",
    "clear",
    "sort",
    "reverse",
}

MODULES = sorted(PACKAGE.rglob("*.py"))


@dataclass(frozen=True)
class Code:
    """One module, read once: what it imports and calls, each with its line."""

    name: str  # below diptych/
    room: str
    text: str
    tree: ast.Module
    imports: tuple[tuple[int, str], ...]  # at any depth of the code
    calls: tuple[tuple[int, str], ...]  # as written: `path.read_bytes`

    def at(self, line: int, what: str) -> str:
        return f"diptych/{self.name}:{line}: {what}"


def read(path: Path) -> Code:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    relative = path.relative_to(PACKAGE)
    imports: list[tuple[int, str]] = []
    calls: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + str(node.module or "")
            imports += ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call):
            calls.append((node.lineno, ast.unparse(node.func)))
    room = relative.with_suffix("").parts[0]
    return Code(relative.as_posix(), room, text, tree, tuple(imports), tuple(calls))


@cache
def modules() -> tuple[Code, ...]:
    return tuple(read(path) for path in MODULES)


def rooms() -> tuple[Code, ...]:
    return tuple(code for code in modules() if code.name != "__init__.py")


def library_of(module: str) -> str | None:
    """The third-party library that an import means; None for Python's own and ours."""
    first = module.split(".")[0]
    return None if first in sys.stdlib_module_names or first == "diptych" else first


def test_every_room_has_a_floor() -> None:
    planned = {room for floor in FLOORS for room in floor}
    assert {code.room for code in rooms()} - planned == set(), (
        "give it a floor in the table, on purpose"
    )


def test_imports_go_strictly_downward() -> None:
    floor = {room: number for number, each in enumerate(FLOORS) for room in each}
    upward = [
        code.at(line, f"{code.room} may not import {module}")
        for code in rooms()
        for line, module in code.imports
        if module.startswith("diptych.")
        for room in [module.split(".")[1]]
        if room != code.room and floor[room] >= floor[code.room]
    ]
    assert upward == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not inside a room either, and imports for types alone count too."""
    known = {"diptych." + code.name[:-3].replace("/", ".") for code in modules()}
    imports = {
        "diptych." + code.name[:-3].replace("/", "."): {
            module if module in known else module.rpartition(".")[0] for _, module in code.imports
        }
        & known
        for code in modules()
    }
    while free := {name for name, targets in imports.items() if not targets & imports.keys()}:
        imports = {name: targets for name, targets in imports.items() if name not in free}
    circular = {name for name in imports if any(name in targets for targets in imports.values())}
    assert sorted(circular) == []


def test_imports_are_absolute() -> None:
    relative = [
        code.at(*each) for code in modules() for each in code.imports if each[1].startswith(".")
    ]
    assert relative == []


def test_one_library_one_door() -> None:
    wrong = [
        code.at(line, f"{library} has its door in {DOORS.get(library) or 'no room at all'}")
        for code in modules()
        for line, module in code.imports
        for library in [library_of(module)]
        if library and library not in FREE and code.room not in DOORS.get(library, ())
    ]
    assert wrong == []


def test_only_languages_asks_which_language_it_is() -> None:
    """What differs between languages is in their files; other rooms ask `rules_of(language)`."""
    named = [
        code.at(node.lineno, repr(node.value))
        for code in rooms()
        if code.room != "languages" and code.name not in LANGUAGE_EXCEPTIONS
        for node in ast.walk(code.tree)
        if isinstance(node, ast.Constant) and node.value in LANGUAGE_NAMES
    ]
    assert named == []


def test_an_exception_for_languages_is_still_needed() -> None:
    needed = {
        code.name
        for code in rooms()
        for node in ast.walk(code.tree)
        if isinstance(node, ast.Constant) and node.value in LANGUAGE_NAMES
    }
    assert set(LANGUAGE_EXCEPTIONS) - needed == set()


def test_files_are_read_and_written_through_disk() -> None:
    """Only the rooms in FILE_ROOMS call functions that read or write files, and only the modules in
    PACKAGE_DATA read package data. A method counts where the code names it, even if the method is
    called elsewhere under another name.
    """
    touching = []
    for code in modules():
        methods = [
            (node.lineno, ast.unparse(node))
            for node in ast.walk(code.tree)
            if isinstance(node, ast.Attribute) and node.attr in FILE_CALLS
        ]
        for line, call in (*methods, *code.calls):
            owner, _, last = call.rpartition(".")
            file = (owner and last in FILE_CALLS) or (last == "open" and call not in NOT_A_FILE)
            allowed = code.room in FILE_ROOMS or last in PACKAGE_DATA.get(code.name, ())
            if file and not allowed and not owner.endswith("_cache"):
                touching.append(code.at(line, call))
    assert touching == []


def test_only_the_writers_write() -> None:
    """Whatever a command writes goes through one of them; each is still one."""
    writing = {
        code.name: code.at(line, call)
        for code in modules()
        for line, call in code.calls
        for owner, _, last in [call.rpartition(".")]
        if not owner.endswith("_cache")
        and (last in WRITES or (last == "open" and opens_to_write(code, line)))
        and (last not in ("replace", "link") or owner in ("os", "Path"))
    }
    assert {name: place for name, place in writing.items() if name not in WRITERS} == {}
    assert set(WRITERS) - writing.keys() == set()


def opens_to_write(code: Code, line: int) -> bool:
    """Whether a call of `open` on a line names a mode that writes."""
    return any(
        isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and set(each.value) & set("wax+")
        and set(each.value) <= set("rwaxbt+")
        for node in ast.walk(code.tree)
        if isinstance(node, ast.Call)
        and node.lineno == line
        and ast.unparse(node.func).rpartition(".")[2] == "open"
        for each in (*node.args, *(keyword.value for keyword in node.keywords))
    )


def test_only_network_speaks_to_other_computers() -> None:
    """`serve` answers on 127.0.0.1 by libraries of its own; `urllib.parse` only takes texts apart."""
    speaking = [
        code.at(*each)
        for code in modules()
        if code.room != "network"
        for each in code.imports
        if re.match(r"(urllib\.(request|error)|http\.client|socket|ssl|ftplib|smtplib)\b", each[1])
    ]
    assert speaking == []


def test_a_build_does_not_even_import_the_network() -> None:
    """Only `cli/external.py` and the check of its answers do, and they are imported on request."""
    users = {
        code.name
        for code in modules()
        for _, module in code.imports
        if module.startswith("diptych.network")
    }
    assert users == {"checks/external.py", "cli/external.py"}
    eager = [
        code.at(*each)
        for code in modules()
        if code.name not in users
        for each in code.imports
        if each[1].startswith(("diptych.checks.external", "diptych.cli.external"))
        and not re.search(
            rf"\n {{4,}}from {re.escape(each[1].rpartition('.')[0])} import", code.text
        )
    ]
    assert eager == []


def test_package_data_is_read_through_importlib_resources() -> None:
    assert [
        c.name for c in modules() if c.name in PACKAGE_DATA and "resources.files(" not in c.text
    ] == []


def test_only_cli_prints() -> None:
    printing = [
        code.at(line, call)
        for code in modules()
        if code.room not in PRINTING_ROOMS
        for line, call in code.calls
        if call in {"print", "input"} or call.startswith(("sys.stdout", "sys.stderr"))
    ]
    assert printing == []


def test_the_clock_is_read_in_cli_and_serve_alone() -> None:
    outside = [code for code in modules() if code.room not in CLOCK_ROOMS]
    imported = [
        code.at(*each)
        for code in outside
        for each in code.imports
        if each[1].split(".")[0] == "time"
    ]
    called = [
        code.at(*each)
        for code in outside
        for each in code.calls
        if each[1].rpartition(".")[2] in CLOCK_CALLS
    ]
    assert imported + called == []


def test_the_core_knows_no_process_no_path_and_no_chance() -> None:
    impure = [
        code.at(*each)
        for code in rooms()
        if code.room not in SHELL
        for each in code.imports
        if each[1].split(".")[0] in IMPURE
    ]
    assert impure == []


def test_names_are_nouns_of_the_site() -> None:
    empty = [code.name for code in modules() if set(re.split(r"[/._]", code.name)) & EMPTY_NAMES]
    classes = [
        code.at(node.lineno, node.name)
        for code in modules()
        for node in ast.walk(code.tree)
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Utils?|Base)$", node.name)
    ]
    assert empty + classes == []


def test_one_class_a_word() -> None:
    """Two public classes of one name are two things that a reader takes for one."""
    named: dict[str, list[str]] = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(module.name)
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


def test_what_is_large_is_listed() -> None:
    """Something to look at, not forbidden: a split must make two things that have names."""
    files = [
        f"diptych/{code.name}: {lines} lines"
        for code in modules()
        if (lines := code.text.count("\n")) > 400
    ]
    functions = [
        code.at(node.lineno, f"{node.name}: {lines} lines")
        for code in modules()
        for node in ast.walk(code.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > 60
    ]
    print("Worth a look:", *files, *functions, sep="\n  ")  # noqa: T201  # pytest -rP shows it


def constants_of(code: Code) -> set[str]:
    """The names that a module gives to values at its top level."""
    names: set[str] = set()
    for node in code.tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {
                each.id
                for target in targets
                for each in ast.walk(target)
                if isinstance(each, ast.Name)
            }
    return names


def test_modules_hold_constants_and_no_variables() -> None:
    variables = [
        f"{code.name}: {name}"
        for code in modules()
        for name in constants_of(code)
        if not re.fullmatch(r"_?[A-Z]\w*|__all__|__version__", name)
    ]
    assert variables == []


def test_no_constant_is_ever_changed() -> None:
    changes = []
    for code in modules():
        constants = constants_of(code)
        for node in ast.walk(code.tree):
            if isinstance(node, ast.Global):
                changes.append(code.at(node.lineno, "global"))
            elif (
                isinstance(node, ast.Subscript)
                and not isinstance(node.ctx, ast.Load)
                and ast.unparse(node.value) in constants
            ):
                changes.append(code.at(node.lineno, ast.unparse(node)))
        for line, call in code.calls:
            owner, _, method = call.rpartition(".")
            if owner in constants and method in MUTATORS:
                changes.append(code.at(line, call))
    assert changes == []


def test_every_module_says_what_it_is() -> None:
    assert [code.name for code in modules() if not ast.get_docstring(code.tree)] == []


def test_ruff_formats_every_line() -> None:
    """A data table may keep its own layout, with the reason on the same line."""
    skipped = [
        code.at(number, line.strip())
        for code in modules()
        for number, line in enumerate(code.text.split("\n"), 1)
        if re.search(r"# fmt: (skip|off)\s*$", line)
    ]
    assert skipped == []
