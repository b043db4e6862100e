"""A built site that opens by double click, and beside it the site it would replace:
`python tools/proposal.py AFTER OUTPUT [BEFORE]`, with the folders of two builds.

Addresses that begin at the root of the site become relative, and a folder becomes its index.html; what a
browser refuses from a file (policies and digests that speak of an origin) is taken out. The page to open
first shows every page that changed, before and after, in both languages, as wide as a phone.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Mapping
from pathlib import Path

START = "OPEN-MIJ-OUVREZ-MOI.html"
_ATTRIBUTE = re.compile(r'(\s(?:href|src|poster)=")(/[^"/][^"]*|/)"')
_SOURCES = re.compile(r'(\ssrcset=")([^"]*)"')
_ORIGIN = re.compile(
    r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?'
    r'|\s(?:integrity|crossorigin)(?:="[^"]*")?(?=[\s>])'
)
_REFRESH = re.compile(r'(content="0; url=)(/[^"]*)"')
_MOST = 40  # pages shown beside each other; more are only named
_PAGE = """\
<!DOCTYPE html>
<html lang="nl">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Voorstel · Proposition</title>
<style>
body {{ font: 1rem/1.5 sans-serif; margin: 1.5rem; max-width: 60rem; }}
div {{ display: flex; flex-wrap: wrap; gap: 1rem; }}
figure {{ margin: 0 0 2rem; }}
iframe {{ width: 360px; height: 640px; border: 1px solid #767676; }}
</style>
<h1>Voorstel · <span lang="fr">Proposition</span></h1>
<p>Zo ziet de site eruit met deze wijziging. Begin bij
<a href="after/index.html">de hele site</a>; zoeken werkt hier niet.
Of lees <a href="talen.html">de talen naast elkaar</a>.</p>
<p lang="fr">Voici le site avec ce changement. Commencez par
<a href="after/index.html">le site entier</a> ; la recherche ne fonctionne pas ici.
Ou lisez <a href="langues.html">les langues côte à côte</a>.</p>
{body}
</html>
"""


def from_file(page: str, path: str, prefix: str = "") -> str:
    """A page at `path` of the site, with addresses that work from a file.

    `prefix` is the path under which the site is published, where it is not the root of its host.
    """
    up = "../" * path.count("/")

    def relative(address: str) -> str:
        place, mark, rest = _split(address)
        place = place.removeprefix(prefix) if prefix else place
        whole = place.lstrip("/")
        if not whole or whole.endswith("/"):
            whole += "index.html"
        return f"{up}{whole}{mark}{rest}"

    def sources(match: re.Match[str]) -> str:
        found = (each.strip().split(" ") for each in match[2].split(","))
        each = (" ".join([relative(a) if a.startswith("/") else a, *rest]) for a, *rest in found)
        return f'{match[1]}{", ".join(each)}"'

    page = _ORIGIN.sub("", page)
    page = _ATTRIBUTE.sub(lambda match: f'{match[1]}{relative(match[2])}"', page)
    page = _REFRESH.sub(lambda match: f'{match[1]}{relative(match[2])}"', page)
    return _SOURCES.sub(sources, page)


def _split(address: str) -> tuple[str, str, str]:
    found = re.search("[?#]", address)
    return (
        (address[: found.start()], address[found.start()], address[found.end() :])
        if found
        else (address, "", "")
    )


def copied(public: Path, target: Path) -> dict[str, bytes]:
    """Copies a build so that it opens from a file; every page of it, by path, as it was built."""
    pages = {}
    for path in sorted(public.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(public).as_posix()
        data = path.read_bytes()
        if name.endswith(".html"):
            pages[name] = data
            data = from_file(data.decode("utf-8"), name).encode("utf-8")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return pages


def words(page: bytes) -> str:
    """What of a page its readers meet: not the names of assets, which change with every style."""
    body = re.search(rb"<main.*?</main>", page, re.DOTALL)
    return re.sub(r"\.[0-9a-f]{8,}\.", ".", (body[0] if body else page).decode("utf-8"))


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """The pages that are new, gone, or say something else, by path."""
    return sorted(
        path
        for path in before.keys() | after.keys()
        if path not in before or path not in after or words(before[path]) != words(after[path])
    )


def start(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """The page to open first."""
    found = changed(before, after)
    parts = []
    for path in found[:_MOST]:
        frames = [
            f'<figure><figcaption>{label} · <span lang="fr">{label_fr}</span></figcaption>'
            f'<iframe loading="lazy" title="{label}: {html.escape(path)}"'
            f' src="{folder}/{html.escape(path)}"></iframe></figure>'
            for folder, pages, label, label_fr in (
                ("before", before, "Voor", "Avant"),
                ("after", after, "Na", "Après"),
            )
            if path in pages
        ]
        parts.append(
            f"<h2>{html.escape(path.removesuffix('index.html') or '/')}</h2>\n"
            f"<div>{''.join(frames)}</div>"
        )
    rest = found[_MOST:]
    parts += [
        "<ul>",
        *(f'<li><a href="after/{html.escape(each)}">{html.escape(each)}</a>' for each in rest),
        "</ul>",
    ]
    if not found:
        parts = [
            (
                "<p>Geen pagina zegt iets anders. · "
                '<span lang="fr">Aucune page ne dit autre chose.</span></p>'
            )
        ]
    return _PAGE.format(body="\n".join(parts))


def main(arguments: list[str]) -> int:
    after, output, *rest = map(Path, arguments)
    output.mkdir(parents=True)
    new = copied(after, output / "after")
    old = copied(rest[0], output / "before") if rest and rest[0].is_dir() else {}
    (output / START).write_text(start(old, new), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
