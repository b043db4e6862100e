"""Translates the marks of other programs that it knows into this program's Markdown. Unknown marks
stay in the text.

The known marks of Hugo are figure, img, youtube, vimeo, details, notice and similar ones, ref and
relref; the known marks of Jekyll are link, post_url, relative_url and youtube. Attributes in braces
are known too. Passages of MkDocs, VitePress and Docusaurus are translated by `passages`, and the
marks of WordPress by `wordpress`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from diptych.importing.code import replaced, without_code
from diptych.importing.passages import FOLDS, NOTICES, folded, margin, notice_head, with_passages

_PAIRED = "|".join(
    (
        *FOLDS,
        *("notice", "alert", "admonition", "callout", "note", "tip", "warning", "important"),
        *("info", "hint", "caution", "danger"),
    )
)
_OPEN = re.compile(
    r"\{\{([<%])\s*([\w/.-]+)((?:\"[^\"]*\"|`[^`]*`|[^\"`>%{]|\{(?!\{[<%])|%(?!\}\})|>(?!\}\}))*?)(/?)\s*[>%]\}\}",
    re.DOTALL,
)
_PAIR = re.compile(
    rf"\{{\{{[<%]\s*(?P<name>{_PAIRED})\b(?P<given>(?>(?:(?![>%]\}}\}})[^\n])*))[>%]\}}\}}"
    r"(?P<inner>(?>(?:(?!\{\{[<%]\s*/?\s*(?P=name)\b).)*))\{\{[<%]\s*/\s*(?P=name)\s*[>%]\}\}",
    re.DOTALL,
)
_ARGUMENT = re.compile(
    r"(?:([\w-]+)\s*=\s*)?(?:\"((?:\\.|[^\"\\])*)\"|`([^`]*)`|'([^']*)'|([^\s\"'`]+))"
)
_FOLDED = re.compile(r"^( *)\?\?\?\+? +", re.MULTILINE)
_FOREIGN = re.compile(
    r"\{\{[<%][^\n]{0,400}?[>%]\}\}|\{%[^\n]{0,400}?%\}|\{\{[^{}\n]{1,200}\}\}"
    r"|^ *--8<-- .*$|^ *:::+ *[\w{].*$",
    re.MULTILINE,
)
_NOTED = re.compile(r"^ {0,3}\[\^([^\[\]\s]+)\]:", re.MULTILINE)
_NOTE_NAMED = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_MORE = re.compile(  # the mark at which lists end the excerpt of a page
    r"(?<![ \t])[ \t]*+<!-- *more *-->[ \t]*\n?", re.IGNORECASE
)
_LINK_TAG = re.compile(r"\{% *(?:link|post_url) +([^%\n]+?) *%\}")
_JEKYLL_YOUTUBE = re.compile(r"\{% *(?:include +)?youtube(?:\.html)? +([^%\n]*?)%\}")
_BASE = re.compile(
    r"\{\{ *(?:site|page)\.(?:baseurl|url|base_url) *\}\}(?:\{\{ *site\.baseurl *\}\})?"
)
_FILTERED = re.compile(r"\{\{ *['\"]([^'\"\n]+)['\"] *\| *(?:relative_url|absolute_url) *\}\}")
_ATTRIBUTE = (
    r"(?:[.#][\w-]+|(?:align|class|data-[\w-]+|height|id|lang|loading|rel|style|target|title|width)"
    r"=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}\"']+))"
)
_CLASSES = re.compile(
    rf"(?<![ \t])[ \t]*+\{{:?[ \t]*({_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*)[ \t]*\}}"
)


def with_our_marks(text: str) -> str:
    """The text with known marks in our Markdown; unknown marks stay."""
    text = with_passages(replaced(_MORE, "", text))
    text = replaced(_FOLDED, lambda match: f"{match[1]}!!! ", text)
    for _ in range(5):  # nested notices, the inner ones first
        text, before = replaced(_PAIR, _notice, text), text
        if text == before:
            break
    text = replaced(_OPEN, _single, text)
    text = replaced(_LINK_TAG, lambda match: match[1], text)
    text = replaced(_JEKYLL_YOUTUBE, lambda match: _video("youtube", _given(match[1])), text)
    text = replaced(_FILTERED, lambda match: match[1], text)
    text = replaced(_BASE, "", text)
    return replaced(_CLASSES, _kept_braces, text)


def unknown_marks(text: str) -> Iterator[str]:
    """The marks of other programs that are left in a text."""
    for match in _FOREIGN.finditer(without_code(text)):
        yield text[match.start() : match.end()]


def unused_notes(text: str) -> tuple[str, ...]:
    """The names of notes without a reference in the text."""
    hidden = without_code(text)
    noted = dict.fromkeys(match[1] for match in _NOTED.finditer(hidden))
    named = {match[1] for match in _NOTE_NAMED.finditer(hidden)} if noted else set()
    return tuple(each for each in noted if each not in named)


def _given(text: str) -> dict[str, str]:
    """The arguments of a mark, by name or by number from 0."""
    found: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text.strip().removesuffix("/")):
        value = next((each for each in match.groups()[1:] if each is not None), "")
        found[match[1] or str(sum(key.isdigit() for key in found))] = value.replace('\\"', '"')
    return found


def _notice(match: re.Match[str]) -> str:
    """The Markdown for a pair of shortcodes with a text between them: a passage that folds, or else
    a notice.
    """
    name, given = match["name"], _given(match["given"])
    title = _first(given, "title", "summary", "header")
    if name in FOLDS and (summary := title or given.get("0", "")):
        before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
        opened = given.get("open") in ("true", "open")
        made = folded(summary, match["inner"], "" if before.strip() else before, opened=opened)
        return made.lstrip(" ")
    kind = name if name in NOTICES else _first(given, "type", "style", "0")
    if not title:
        title = given.get("1" if kind == given.get("0") and name != kind else "0", "")
    if kind and kind.lower() not in NOTICES and not title and "0" in given:
        title = given["0"]
    lines = match["inner"].strip("\n").split("\n")
    common = margin(lines)
    inner = "\n".join(f"    {line[common:]}" if line.strip() else "" for line in lines)
    return f"\n{notice_head(kind.strip('!').lower(), title)}\n{inner}\n"


def _first(given: Mapping[str, str], *names: str) -> str:
    """The value of the first of these arguments that is given; "" if none of them is given."""
    return next((given[each] for each in names if given.get(each)), "")


def _single(match: re.Match[str]) -> str | None:
    """The Markdown for a shortcode that has no closing shortcode; None if the shortcode is not
    known.
    """
    name = match[2].rpartition("/")[2].removesuffix(".html")
    make = _SINGLES.get(name)
    made = make(_given(match[3])) if make is not None else None
    alone = match.string[match.start() - 1 : match.start()] not in ("(", '"', "'")
    return f"[{made}]({made})" if made and alone and name in _ADDRESSES else made


def _figure(given: Mapping[str, str]) -> str | None:
    """The Markdown for a picture with its caption; None if the shortcode has no address."""
    address = _first(given, "src", "image", "0")
    if not address:
        return None
    texts = [given.get(each, "") for each in ("title", "caption", "attr")]
    caption = " ".join(filter(None, texts)).replace('"', "”").replace("\n", " ")
    alt = (given.get("alt") or "").replace("[", "(").replace("]", ")").replace("\n", " ")
    title = f' "{caption}"' if caption else ""
    picture = f"![{alt}]({_spaced(address)}{title})"
    return picture if not given.get("link") or caption else f"[{picture}]({_spaced(given['link'])})"


def _spaced(address: str) -> str:
    return address.replace(" ", "%20")


def _video(host: str, given: Mapping[str, str]) -> str:
    """The Markdown for a link to a film. The link shows a still of the film if the shortcode names
    one.
    """
    identity = _first(given, "id", "videoId", "0")
    address = _VIDEOS[host].format(identity=identity)
    name = given.get("title") or f"{host.capitalize().replace('tube', 'Tube')}: {identity}"
    still = _first(given, "image", "poster", "thumbnail", "cover", "placeholder")
    shown = f"![{name}]({_spaced(still)})" if still else name
    return f"[{shown}]({address})"


_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={identity}",
    "vimeo": "https://vimeo.com/{identity}",
}
_ADDRESSES = ("ref", "relref", "absurl", "relurl")
_SINGLES: Mapping[str, Callable[[Mapping[str, str]], str | None]] = {
    "figure": _figure,
    "img": _figure,
    "image": _figure,
    "youtube": lambda given: _video("youtube", given),
    "vimeo": lambda given: _video("vimeo", given),
    "ref": lambda given: given.get("path") or given.get("0"),
    "relref": lambda given: given.get("path") or given.get("0"),
    "absurl": lambda given: given.get("0"),
    "relurl": lambda given: given.get("0"),
}


def _kept_braces(match: re.Match[str]) -> str | None:
    """Of attributes in braces, only ids and languages are kept."""
    kept = re.findall(r"#[\w-]+|lang=\"?[\w-]+\"?", match[1])
    return " {" + " ".join(kept) + "}" if kept else ""
