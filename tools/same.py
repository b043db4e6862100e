"""Runs two versions of the program over the same sites, and says where their results differ.

    python tools/same.py OLD NEW [--only PART …] [--site DIR] [--runs N] [--keep DIR]

OLD and NEW are revisions of git, or folders with a checkout (`.` for what is not committed yet). The
content of all sites and the cases come from NEW, templates, assets and catalogs of the real site from
each version itself. Exit status: 0 nothing differs, 1 something does, 2 the call is wrong.

    site      the real site (or the content of another, --site): published files, drafts, `check`,
              `status`, `export`, `confirm`, `review`, `schemas`, forms
    examples  the same for each site of tests/sites/, and `import` of the PO files that lie in it
    mistakes  each case of tests/cases/mistakes/: what `build`, `check` and `fix` print, each in another
              language, and what is published
    explain   what `explain` says of each check, in three languages
    time      processor time and memory of a build from nothing, of one with nothing changed, and of
              one after an edit (only told, never a difference)
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
BATCH = ROOT / "tools" / "batch.py"
VENDOR = ROOT / ".cache" / "same" / "vendor" / "sveltia-cms"
PARTS = ("site", "examples", "mistakes", "explain", "time")
LOOK = ("templates", "assets", "i18n", "extend.py")  # a site's own; a version may have less of it
SPEECH = ("en", "nl", "fr")
SHOWN = 12  # lines of a difference
GROUPS = 20  # differences of a part
WIDTH = 150

# how a case becomes a site is written once, in the tests
CASES = """
import base64, json, sys
from tests.conftest import MINIMAL
from tests.test_mistakes import all_cases
from tests.test_planted import ALL, SITE

def coded(files):
    return {
        path: base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()
        for path, data in files.items()
    }

cases = {f"mistakes {each.where}": coded(each.files) for each in all_cases()}
for each in ALL:
    cases[f"planted {each.where}"] = coded({"content/site.yaml": SITE, **each.laid()})
json.dump({"site": coded(MINIMAL), "cases": cases}, sys.stdout)
"""


@dataclass(frozen=True)
class Version:
    """One of the two versions."""

    name: str  # the revision or folder as the caller wrote it
    program: Path  # its checkout
    work: Path  # where its sites and results lie: the same paths for both versions

    @property
    def has_theme(self) -> bool:
        """Whether the program brings its own look, so that a site needs none."""
        return (self.program / "diptych" / "theme").is_dir()

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.program / "build.py"), *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command with English messages; returns its exit status and output."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.work,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def environment() -> dict[str, str]:
    """The variables of the environment, without the user's language and without PYTHONPATH."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "PYTHONPATH")
    }


def checkout(name: str, folder: Path) -> Path:
    """The folder with a version of the program: `name` if it is such a folder. Else `name` is a
    revision, whose files are written into `folder`.
    """
    if (Path(name) / "build.py").is_file():
        return Path(name).resolve()
    archive = subprocess.run(
        ["git", "archive", "--format=tar", name], cwd=ROOT, capture_output=True, check=False
    )
    if archive.returncode:
        sys.exit(f"{name} is no revision, and no folder with a build.py")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


# --- sites


def lay_look(version: Version, root: Path) -> None:
    """Templates, assets and catalogs of a version's own site."""
    for name in LOOK:
        lay(version.program / name, root / name)


def lay(source: Path, target: Path) -> None:
    """Copies a file or a folder over another; does nothing if the source does not exist."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.is_file():
        shutil.copy(source, target)


def languages_of(root: Path) -> list[str]:
    settings = yaml.safe_load((root / "content" / "site.yaml").read_text(encoding="utf-8"))
    return list(settings["languages"])


def keys_of(root: Path) -> list[str]:
    """The key of each page."""
    pages = (root / "content").glob("*/**/*.md")
    return sorted({path.parent.relative_to(root / "content").as_posix() for path in pages})


def commands_of(root: Path, name: str) -> dict[str, list[str]]:
    """The arguments of each command for a site, by the name of the file for its output, in the
    order in which they run. The last commands change the site.
    """
    commands = {
        "build": ["build"],
        "drafts": ["build", "--drafts", "--output", f"{name}/drafts"],
        "check-json": ["check", "--advice", "--format", "json"],
        "check-text": ["--message-language", "file", "check", "--advice"],
        "check-sarif": ["--message-language", "nl", "check", "--format", "sarif"],
        "status-json": ["status", "--format", "json"],
        "status-text": ["--message-language", "fr", "status", "--html", f"{name}/columns.html"],
        "schemas": ["schemas"],
    }
    for language in languages_of(root):
        for kind, more in (("all", ["--all"]), ("missing", [])):
            file = f"{name}/{kind}.{language}.po"
            commands[f"export-{kind}-{language}"] = ["export", language, *more, "--output", file]
    for path in sorted(root.glob("*.po")):
        commands[f"import-{path.stem}"] = ["import", f"{name}/{path.name}"]
    commands["review"] = ["--message-language", "nl", "review", "--against", "before"]
    commands["remember"] = ["remember"]
    return commands


def try_site(version: Version, name: str, *, processes: bool) -> None:
    """Runs every command on a site, and writes the outputs of the commands into a folder beside the
    site.
    """
    root, said = version.work / name, f"said-{name}"
    shutil.copytree(root, version.work / "before")
    edit(version.work / "before", "Eén zin méér · Une phrase de plus.")
    run_all(version, name, commands_of(root, name), said, processes=processes)
    shutil.rmtree(version.work / "before")
    for lock in (root / "content").rglob(
        "translations.lock"
    ):  # so that all digests are written anew
        lock.unlink()
    confirm = {f"confirm-{key.replace('/', '-')}": ["confirm", key] for key in keys_of(root)}
    run_all(version, name, confirm, said, processes=processes)
    if VENDOR.is_dir():
        lay(VENDOR, root / "vendor" / VENDOR.name)
        settings = root / "content" / "site.yaml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(f"{text}\nadmin: {{repository: example/site}}\n", encoding="utf-8")
        forms = {"forms": ["build", "--output", f"{name}/forms"]}
        run_all(version, name, forms, said, processes=processes)
    for own in (*LOOK, ".cache", "vendor"):  # folders without results, which are not compared
        shutil.rmtree(root / own, ignore_errors=True)


def run_all(
    version: Version, root: str, commands: Mapping[str, list[str]], said: str, *, processes: bool
) -> None:
    """Runs commands on a site, each as a process of its own or all in one."""
    if not processes:
        batch(version, [job(root, {f"{said}/{name}": each for name, each in commands.items()})])
        return
    (version.work / said).mkdir(exist_ok=True)
    for name, arguments in commands.items():
        done = version.run("--root", root, *arguments)
        text = (
            f"{done.stdout}--- on standard error\n{done.stderr}--- exit status {done.returncode}\n"
        )
        (version.work / said / name).write_text(text, encoding="utf-8")


def job(
    root: str,
    commands: Mapping[str, Sequence[str]],
    files: Mapping[str, str] | None = None,
    listed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A job as `batch.py` takes it."""
    return {"root": root, "files": files or {}, "commands": commands, "listed": listed or {}}


def batch(version: Version, jobs: Sequence[Mapping[str, Any]]) -> None:
    subprocess.run(
        [sys.executable, str(BATCH), str(version.program / "build.py")],
        input=json.dumps(jobs),
        cwd=version.work,
        env=environment(),
        text=True,
        encoding="utf-8",
        check=True,
    )


def edit(root: Path, sentence: str) -> None:
    """One more paragraph in a page in the middle of the site."""
    pages = sorted((root / "content").glob("*/*.md"))
    page = pages[len(pages) // 2]
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{sentence}\n", encoding="utf-8")


# --- the parts: each writes files below version.work/<part>, which are compared afterwards


def part_site(version: Version, sources: Sources) -> None:
    root = version.work / "site" / "real"
    lay(sources.site / "content", root / "content")
    lay_look(version, root)
    try_site(within(version, "site"), "real", processes=True)


def part_examples(version: Version, sources: Sources) -> None:
    for source in sources.examples:
        root = version.work / "examples" / source.name
        if not sources.bare:
            lay_look(version, root)
        lay(source, root)
        try_site(within(version, "examples"), source.name, processes=False)


def part_mistakes(version: Version, sources: Sources) -> None:
    here = within(version, "mistakes")
    small = here.work / "small"
    lay_look(version, small)
    jobs = [job("small", {}, files=sources.cases["site"])]
    for where, files in sources.cases["cases"].items():
        name = re.sub(r"[^\w.: -]", "_", where)
        commands = {
            f"{name}/build.en": ["build"],
            f"{name}/check.fr.json": [
                *("--message-language", "fr", "check", "--advice", "--format", "json"),
            ],
            f"{name}/fix.nl": ["--message-language", "nl", "fix"],
        }
        jobs.append(
            job(
                "small",
                commands,
                {**sources.cases["site"], **files},
                {f"{name}/published": "public"},
            )
        )
    batch(here, jobs)
    shutil.rmtree(small)


def part_explain(version: Version, sources: Sources) -> None:
    here = within(version, "explain")
    commands = {
        f"{language}/{name or 'all'}": [
            "--message-language",
            language,
            "explain",
            *filter(None, [name]),
        ]
        for language in SPEECH
        for name in ("", *sources.checks)
    }
    batch(here, [job(".", commands)])


def within(version: Version, part: str) -> Version:
    """The version with a folder of its own for a part."""
    (version.work / part).mkdir(exist_ok=True)
    return Version(version.name, version.program, version.work / part)


@dataclass(frozen=True)
class Sources:
    """The content that both versions are run on."""

    site: Path
    examples: tuple[Path, ...]
    bare: bool  # whether example sites go without the look of the real site
    cases: Mapping[str, Any]
    checks: tuple[str, ...]


def sources_of(new: Version, site: Path | None, only: Sequence[str], *, bare: bool) -> Sources:
    folder = new.program / "tests" / "sites"
    examples = sorted(each.parent.parent for each in folder.glob("*/content/site.yaml"))
    cases: Mapping[str, Any] = {}
    if "mistakes" in only:
        found = subprocess.run(
            [sys.executable, "-c", CASES],
            cwd=new.program,
            stdout=subprocess.PIPE,
            check=True,
        )
        cases = json.loads(found.stdout)
    names = re.findall(r"^  ([a-z][a-z0-9-]*)", new.run("explain").stdout, re.MULTILINE)
    return Sources(site or new.program, tuple(examples), bare, cases, tuple(names))


# --- differences


def compare(old: Path, new: Path) -> Iterator[str]:
    """The differences between two folders, as lines of text; files with the same difference are listed
    together.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for path in sorted(files_of(old) | files_of(new)):
        found = difference(old / path, new / path)
        if found:
            groups.setdefault(tuple(found), []).append(path)
    for number, (lines, paths) in enumerate(groups.items()):
        if number == GROUPS:
            rest = [path for each in list(groups.values())[number:] for path in each]
            yield f"  … and {len(rest)} files more: {', '.join(rest)}"
            return
        yield f"  {paths[0]}" + (f" and {len(paths) - 1} files alike" if len(paths) > 1 else "")
        yield from (f"      {line}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"      … {len(lines) - SHOWN} lines more"


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def difference(old: Path, new: Path) -> list[str]:
    """Lines that only one of two files has, behind `-` or `+`; nothing when the bytes are the same."""
    if not old.exists():
        return ["only in NEW"]
    if not new.exists():
        return ["only in OLD"]
    before, after = old.read_bytes(), new.read_bytes()
    if before == after:
        return []
    try:
        were, are = (lines_of(old.suffix, data.decode("utf-8")) for data in (before, after))
    except UnicodeDecodeError:
        return [f"{len(before)} bytes, now {len(after)} bytes"]
    found = []
    matcher = difflib.SequenceMatcher(None, were, are, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        found.append(f"line {a + 1}")
        for one, other in zip_longest(were[a:b], are[c:d]):
            start = max(0, alike(one or "", other or "") - 40)
            found += [
                f"{mark} {'…' * bool(start)}{line[start : start + WIDTH]}"
                for mark, line in (("-", one), ("+", other))
                if line is not None
            ]
    return found or ["other ends of lines"]


def alike(one: str, other: str) -> int:
    """The length of the longest common prefix of two lines."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def lines_of(suffix: str, text: str) -> list[str]:
    """A text in lines that can be compared: JSON with a line a value, HTML with a line a tag."""
    if suffix in (".json", ".webmanifest"):
        with contextlib.suppress(ValueError):
            text = json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    elif suffix in (".html", ".htm", ".xml", ".svg"):
        text = re.sub(r"(?<=[^\n])(?=<)", "\n", text)
    return text.splitlines()


# --- time


def part_time(versions: Sequence[Version], sources: Sources, runs: int) -> Iterator[str]:
    """A table of the processor time and memory of both versions, which take turns."""
    measured: dict[tuple[str, str], list[float]] = {}
    for version in versions:
        root = version.work / "time"
        lay(sources.site / "content", root / "content")
        lay_look(version, root)
        version.run("--root", "time", "build")  # writes the program's bytecode
    for number in range(runs):
        for version in versions[:: -1 if number % 2 else 1]:
            root = version.work / "time"
            for name in (".cache", "public"):
                shutil.rmtree(root / name, ignore_errors=True)
            for kind in ("from nothing", "nothing changed", "one edit"):
                if kind == "one edit":
                    edit(root, f"Zin {number}.")
                seconds, megabytes = used_by(
                    version.command("--root", "time", "build"), version.work
                )
                measured.setdefault((kind, version.name), []).append(1000 * seconds)
                measured.setdefault((f"memory, {kind}", version.name), []).append(megabytes)
    yield f"  {'':24}{'OLD':>8}{'NEW':>8}  NEW/OLD"
    for kind in dict.fromkeys(kind for kind, _ in measured):
        old, new = (statistics.median(measured[kind, version.name]) for version in versions)
        unit = "MB" if kind.startswith("memory") else "ms"
        yield f"  {kind:24}{old:8.0f}{new:8.0f}  {new / old:.2f} ({unit})"


def used_by(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes of a command, with what it starts."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


# --- the command

RUN = {
    "site": part_site,
    "examples": part_examples,
    "mistakes": part_mistakes,
    "explain": part_explain,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument(
        "--site", type=Path, help="a folder whose content/ is built instead of NEW's"
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each build is measured")
    parser.add_argument("--keep", type=Path, help="a new folder for all results, to look at")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True)
        return run(options, options.keep.resolve())
    with TemporaryDirectory() as folder:
        return run(options, Path(folder).resolve())


def run(options: argparse.Namespace, folder: Path) -> int:
    """Both versions, each on a processor of its own; then what differs, part by part."""
    versions = []
    for side, name in (("old", options.old), ("new", options.new)):
        work = folder / side
        work.mkdir()
        versions.append(Version(side, checkout(name, folder / f"{side}-program"), work))
    if {"site", "examples"} & set(options.only):
        fetch_forms()
    bare = all(each.has_theme for each in versions)
    sources = sources_of(versions[1], options.site, options.only, bare=bare)

    def try_all(version: Version) -> None:
        for part in options.only:
            if part in RUN:
                RUN[part](version, sources)

    with ThreadPoolExecutor() as pool:
        list(pool.map(try_all, versions))
    differs = False
    for part in options.only:
        if part in RUN:
            old, new = (each.work / part for each in versions)
            lines = list(compare(old, new))
            differs |= bool(lines)
            print(f"{part}: {'differs' if lines else f'the same ({len(files_of(new))} files)'}")
            print("\n".join(lines), end="\n" if lines else "", flush=True)
    if "time" in options.only:
        print("time:")
        print("\n".join(part_time(versions, sources, options.runs)))
    return int(differs)


def fetch_forms() -> None:
    """The CMS for the forms, once: without it their configuration is not published."""
    if VENDOR.is_dir():
        return
    fetched = subprocess.run(
        [sys.executable, "-m", "diptych.workplace", "admin", str(VENDOR)],
        capture_output=True,
        check=False,
    )
    if fetched.returncode:
        print("the forms are not compared: the CMS could not be fetched (`make admin` says why)")


if __name__ == "__main__":
    sys.exit(main())
