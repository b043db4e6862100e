"""The files beside the pages (pictures, drawings, PDF files), and the files of `assets/`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from diptych.cache import Cache, digest
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Outcome, Source, Span, command, error, say, warning
from diptych.files import (
    DOCUMENTS,
    DRAWINGS,
    FORMATS,
    PICTURES,
    MadeImage,
    examine_image,
    make_drawing,
    make_image,
)
from diptych.files.assets import admit, fingerprint, hashed_path
from diptych.files.pdf import clean_pdf
from diptych.files.theme import overlaid
from diptych.html import read_style
from diptych.model import Asset, File, Tree, ending_of
from diptych.site import Site

# endings of files that may be meant as the text of a page
_WRITTEN = (".md", ".txt", ".markdown", ".mdx", ".mdown", ".text")
# files for translators and from them; `import` reads only `.po`
_EXCHANGED = (".po", ".pot", ".xlf", ".xliff")
_OFFICE = (".doc", ".docx", ".odt", ".pages", ".rtf")
_LOCK = "translations.lock"
_TOKENS = "assets/tokens.css"
_TOP = (
    "site.yaml",
    "site.lock",
    "terms.yaml",
    "terms.lock",
    "types.yaml",
    "addresses.lock",
    "words.txt",
)

Files = Mapping[str, Mapping[str, File]]


def bundle_files(tree: Tree, types: Types) -> Outcome[dict[str, dict[str, File]]]:
    """The pictures, drawings and PDF files beside the pages, by page key and file name. A file of a
    kind that is not published is included, so that links to it get no second message.

    Diagnostics: file-type for a file of a kind that is not published, orphan-file for a file in a
    folder without a page.
    """
    found: dict[str, dict[str, File]] = {}
    problems: list[Diagnostic] = []
    read = {*types.beside(), _LOCK}
    for file in tree.under("content"):
        key, _, name = file.path.removeprefix("content/").rpartition("/")
        if name.endswith(".md") or (key and name in read) or (not key and name in _TOP):
            continue
        extension = ending_of(name)
        if key and extension in (*PICTURES, *DOCUMENTS):
            found.setdefault(key, {})[name] = file
            continue
        message = say("this kind of file is not published: {name}", name=name)
        hint = say(
            "pictures are {kinds}; a page's other files are PDF",
            kinds=", ".join(sorted(PICTURES)),
        )
        if extension == ".yaml" and not types.whole:
            continue  # its type may be declared in the types.yaml that could not be read
        if extension == ".yaml":
            hint = say(
                "records of your own are declared in content/types.yaml, below `{name}`",
                name=name.removesuffix(extension),
            )
        if extension in _EXCHANGED:
            hint = say(
                "a translator's file lies outside content/; its texts come in by: {command}",
                command=command("import", name),
            )
        if extension in _OFFICE:
            hint = say("paste its text into a file that ends in .md, or save it as PDF")
        if extension in _WRITTEN:
            hint = say(
                "the text of a page ends in .md: name it {name}",
                name=name[: -len(extension)].removesuffix(".md") + ".md",
            )
        if key and extension != ".yaml" and extension not in _WRITTEN:
            found.setdefault(key, {})[name] = file
        problems.append(error("file-type", Span(file.path), message, hint))
    return Outcome(found, (*problems, *_orphans(tree)))


def _orphans(tree: Tree) -> Iterator[Diagnostic]:
    """orphan-file: a file in a folder without a page. No page can show it, so this is a mistake."""
    files = tree.under("content")
    folders = {file.path.rpartition("/")[0] for file in files if file.path.endswith(".md")}
    for file in files:
        folder, _, name = file.path.rpartition("/")
        if folder != "content" and folder not in folders:
            message = say(
                "no page lies in {folder}/, so nobody sees {name}", folder=folder, name=name
            )
            hint = say("move the file to the folder of its page, or write the page")
            yield warning("orphan-file", Span(file.path), message, hint)


def images(files: Files, cache: Cache, jobs: int = 1) -> Outcome[dict[tuple[str, str], MadeImage]]:
    """Every picture of the bundles, encoded again without its metadata, by page key and file name.
    `jobs` pictures are encoded at the same time.

    Diagnostics: those of `make_image` and `make_drawing`; a picture with an error is left out.
    """
    if jobs > 1:
        pictures = {file.path: file for _, file in _ending_in(FORMATS, files)}
        cache.ahead(make_image, pictures, jobs)
    made: dict[tuple[str, str], MadeImage] = {}
    problems: list[Diagnostic] = []
    for place, file in _ending_in(PICTURES, files):
        make = make_drawing if ending_of(file.path) in DRAWINGS else make_image
        outcome = cache.call(make, file.path, file)
        problems += outcome.diagnostics
        if outcome.value is not None:
            made[place] = outcome.value
    return Outcome(made, tuple(problems))


def readable_images(files: Files, cache: Cache) -> Outcome[frozenset[tuple[str, str]]]:
    """The pictures of the bundles that can be read, as pairs of page key and file name. This takes
    less time than `images`, since no picture is encoded.

    Diagnostics: those of the pictures that cannot be read.
    """
    found: set[tuple[str, str]] = set()
    problems: list[Diagnostic] = []
    for place, file in _ending_in(PICTURES, files):
        examine = make_drawing if ending_of(file.path) in DRAWINGS else examine_image
        outcome: Outcome[object] = cache.call(examine, file.path, file)
        problems += outcome.diagnostics
        found |= {place} if outcome.value else set()
    return Outcome(frozenset(found), tuple(problems))


def attachments(files: Files, cache: Cache) -> Outcome[dict[str, dict[str, File]]]:
    """The files of the bundles. PDF files are rewritten without the names of their authors and
    programs, and without actions.

    A file that cannot be published stays in the result as it is, so that links to it get no second
    message. Diagnostics: author-data, active-file, damaged-file, taken-out.
    """
    made: dict[str, dict[str, File]] = {key: dict(names) for key, names in files.items()}
    problems: list[Diagnostic] = []
    for (key, name), file in _ending_in(DOCUMENTS, files):
        outcome = cache.call(clean_pdf, file.path, file)
        made[key][name] = outcome.value or file
        problems += outcome.diagnostics
    return Outcome(made, tuple(problems))


def _ending_in(endings: Collection[str], files: Files) -> Iterator[tuple[tuple[str, str], File]]:
    """The files whose names have one of these endings, each with its page key and file name."""
    for key, names in files.items():
        for name, file in names.items():
            if ending_of(name) in endings:
                yield (key, name), file


def assets(tree: Tree, cache: Cache) -> Outcome[tuple[Asset, ...]]:
    """The files of `assets/` of site and theme, in the form in which they may be published (see
    `admit`), under their fingerprinted addresses.
    """
    files = overlaid({each.path: each for each in tree.files}, "assets")
    admitted = [cache.call(admit, file.path, file) for file in files.values()]
    made = fingerprint(
        [each.value for each in admitted],
        # parsing a style sheet takes as long as rendering ten pages
        lambda text: cache.call(read_style, digest(text), text),
    )
    problems = (problem for each in admitted for problem in each.diagnostics)
    return Outcome(made.value, (*problems, *made.diagnostics))


def colours(sources: Mapping[str, Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """The diagnostics of the site's own colours."""
    return cache.call(judge_colours, _TOKENS, sources[_TOKENS]) if _TOKENS in sources else ()


def judge_colours(source: Source) -> tuple[Diagnostic, ...]:
    """A diagnostic for each pair of colours in one file with too little contrast."""
    from diptych.files.tokens import check_tokens  # not at the top: a cached result needs no check

    return tuple(check_tokens(source))


def downloads_of(site: Site) -> dict[tuple[str, str], Asset]:
    """The PDF files of bundles, by page key and file name. The path of each contains its digest."""
    return {
        place: Asset(file.path, hashed_path(place[1], file.data), file.data)
        for place, file in _ending_in(DOCUMENTS, site.files)
    }
