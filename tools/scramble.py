"""Writes a copy of the repository in which all content is another, to show that no test reads it.

    python tools/scramble.py DIR          DIR must not exist; afterwards: make -C DIR site test
    python tools/scramble.py DIR SITE     with another site instead, such as tests/sites/centre

In the first copy every word of every page, event, setting and term is written backwards. Every third
event has another id, one event and one page are gone, one page has another key, and an event and a
page are new. The copy can still be built: `make site` shows that a change of texts is published, and
`make test` that no test of the generator depends on them.

The second copy is the repository of another organisation: content, templates, assets and words are
those of SITE, and the two tests of what this site's texts say are gone. There `make check` and
`make test-site` must be clean as well, once `python build.py schemas` has run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# the parts of a text that are not scrambled: attributes, targets of links, code, addresses
MARKUP = re.compile(r"(\{[^}\n]*\}|\]\([^)]*\)|`[^`]*`|\S+@\S+|https?://\S+|www\.\S+)")
WORD = re.compile(r"[^\W\d_]{2,}")
SAID = re.compile(r"^(\s*(?:- )?(?:title|description|summary|nl|fr|short_name): )(?![>|{\[])(.+)$")
OUTLET = re.compile(r"(?<=\{outlet: )[^,}\"]+")
QUOTED = re.compile(r'(?<=[:\[,] )"([^"]*)"|(?<=\[)"([^"]*)"')

PAGE = "---\ntitle: {title}\n---\n\n{text}\n"
EVENT = """
- id: entirely-new
  date: 2024-05-01
  topics: [{topic}]
  title: {{nl: Nieuw, fr: Nouveau}}
  text: {{nl: Helemaal nieuw., fr: Tout nouveau.}}
"""


def backwards(text: str) -> str:
    """Every word of a text in its own place, written backwards; markup as it was."""
    parts = MARKUP.split(text)
    parts[::2] = [WORD.sub(lambda word: word[0][::-1], part) for part in parts[::2]]
    return "".join(parts)


def page(text: str) -> str:
    """A Markdown file with other words: title and description in its front matter, and all below."""
    head, mark, body = text.partition("\n---\n")
    return records(head) + mark + backwards(body)


def records(text: str) -> str:
    """A YAML file or front matter with other words, in every value and block that is a text."""
    lines, block = [], None
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if block is not None and (not line.strip() or indent > block):
            lines.append(backwards(line))
            continue
        block = indent if re.search(r": [|>]-?$", line) else None
        if line.lstrip().startswith("#"):
            lines.append(line)
        elif said := SAID.match(line):
            lines.append(said[1] + backwards(said[2]))
        else:
            line = OUTLET.sub(lambda each: backwards(each[0]), line)
            lines.append(QUOTED.sub(lambda each: backwards(each[0]), line))
    return "\n".join(lines)


def rewrite(content: Path, change: Callable[[str], str], pattern: str) -> None:
    """Changes every file whose name fits."""
    for path in sorted(content.rglob(pattern)):
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def scramble(content: Path) -> None:
    """Changes everything in the content of a site."""
    rewrite(content, page, "*.md")
    rewrite(content, records, "timeline.yaml")
    rewrite(content, records, "terms.yaml")
    settings = content / "site.yaml"
    settings.write_text(
        re.sub(
            r"(short_name: )(\S+)", r"\1NOINU", records(settings.read_text(encoding="utf-8"))
        ).replace("www.", "other."),
        encoding="utf-8",
    )
    events(content)
    pages(content)


def events(content: Path) -> None:
    """Every third event gets another id, everywhere; one is new, and the last but one is gone."""
    for path in sorted(content.rglob("timeline.yaml")):
        text = path.read_text(encoding="utf-8")
        ids = re.findall(r"^- id: (\S+)$", text, re.MULTILINE)
        gone = ids[-2]
        text = re.sub(rf"^- id: {gone}\n.*?(?=^- id: )", "", text, flags=re.MULTILINE | re.DOTALL)
        topic = re.findall(r"topics: \[([^],]+)", text)[-1]
        path.write_text(text.rstrip("\n") + "\n" + EVENT.format(topic=topic), encoding="utf-8")
        link = rf"(?<=\(page:{path.parent.name})#{gone}(?=\))"
        lost = re.compile(rf"^  (?:leads_to|until): {gone}\n|{link}", re.MULTILINE)
        rewrite(content, partial(lost.sub, ""), "*.*")
        for old in ids[::3]:
            known = re.compile(rf"(?<=[#:] ){old}$|(?<=#){old}(?=[)\s])", re.MULTILINE)
            rewrite(content, partial(known.sub, f"{old}-2"), "*.*")


def pages(content: Path) -> None:
    """One plain page is gone, another has a new key, and a third is new."""
    plain = sorted(
        path.parent.name
        for path in content.glob("*/nl.md")
        if "layout: page" in path.read_text(encoding="utf-8")
    )
    gone, renamed, *_ = plain
    shutil.rmtree(content / gone)
    (content / renamed).rename(content / f"{renamed}-2")
    rewrite(content, partial(moved, old=gone, new="home", anchors=False), "*.*")
    rewrite(content, partial(moved, old=renamed, new=f"{renamed}-2", anchors=True), "*.*")
    for language, title in (("nl", "Nieuw"), ("fr", "Nouveau")):
        new = content / "entirely-new" / f"{language}.md"
        new.parent.mkdir(exist_ok=True)
        new.write_text(PAGE.format(title=title, text=f"{title}."), encoding="utf-8")


def moved(text: str, old: str, new: str, *, anchors: bool) -> str:
    """A text whose links and menu lead to another page."""
    kept = r"(#[^)\s]*)?" if anchors else r"(?:#[^)\s]*)?()"
    text = re.sub(rf"\bpage:{old}{kept}(?=[)\s])", rf"page:{new}\1", text)
    menu = re.search(r"^navigation: \[(.*)\]$", text, re.MULTILINE)
    if menu:
        keys = [new if key == old else key for key in menu[1].split(", ")]
        text = text.replace(menu[0], f"navigation: [{', '.join(k for k in keys if k != 'home')}]")
    return text


SITE_FOLDERS = ("content", "templates", "assets", "i18n", "schemas")
OWN_TESTS = ("tests/site/test_contents.py", "tests/site/test_facts.py")


def replace_site(folder: Path, site: Path) -> None:
    """Puts another site in the place of the one in a copy of the repository."""
    for name in SITE_FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
        if (site / name).is_dir():
            shutil.copytree(site / name, folder / name)
    for name in OWN_TESTS:
        (folder / name).unlink()


def main() -> int:
    """Copies the files that git knows or would add, and changes the content of the copy."""
    if len(sys.argv) not in (2, 3):
        sys.stderr.write(f"{__doc__}")
        return 2
    folder = Path(sys.argv[1]).resolve()
    listed = [
        "git",
        "-C",
        str(ROOT),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
    folder.mkdir(parents=True)
    for name in sorted(set(names.split("\0")) - {""}):
        if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if len(sys.argv) == 3:
        replace_site(folder, Path(sys.argv[2]).resolve())
    else:
        scramble(folder / "content")
    return 0


if __name__ == "__main__":
    sys.exit(main())
