"""Translates known marks of other programs into our Markdown; unknown marks stay visible.

Hugo: figure, img, youtube, vimeo, details, notice and the like, ref, relref. MkDocs: `???` and
tabs. Jekyll: link, post_url, relative_url, youtube. WordPress: caption, gallery, embed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from diptych.importing.code import masked, replaced
from diptych.importing.folds import closing, folded, opening, with_folds
from diptych.markdown import CALLOUTS

_FOLDS = ("details", "expand", "collapse")
_PAIRED = "|".join(
    (
        *_FOLDS,
        *("notice", "alert", "admonition", "callout", "note", "tip", "warning", "important"),
        *("info", "hint", "caution", "danger"),
    )
)
_OPEN = re.compile(
    r"\{\{([<%])\s*([\w/.-]+)((?:\"[^\"]*\"|`[^`]*`|[^\"`>%{]|\{(?!\{[<%])|%(?!\}\})|>(?!\}\}))*?)(/?)\s*[>%]\}\}",
    re.DOTALL,
)
_PAIR = re.compile(
    rf"\{{\{{[<%]\s*(?P<name>{_PAIRED})\b(?P<given>(?:(?![>%]\}}\}})[^\n])*+)[>%]\}}\}}"
    r"(?P<inner>(?:(?!\{\{[<%]\s*/?\s*(?P=name)\b).)*+)\{\{[<%]\s*/\s*(?P=name)\s*[>%]\}\}",
    re.DOTALL,
)
_ARGUMENT = re.compile(
    r"(?:([\w-]+)\s*=\s*)?(?:\"((?:\\.|[^\"\\])*)\"|`([^`]*)`|'([^']*)'|([^\s\"'`]+))"
)
_KINDS = {  # names of notices in other programs -> ours
    **{each: each for each in CALLOUTS},
    **dict.fromkeys(("danger", "error", "failure", "bug"), "danger"),
    **dict.fromkeys(("hint", "success"), "tip"),
    **dict.fromkeys(("attention", "warn"), "warning"),
}
_NOTE = "note"
_FOLDED = re.compile(r"^( *)\?\?\?\+? +", re.MULTILINE)
_TAB = re.compile(r'^( *)===[+!]? +"([^"\n]+)" *$')
_FOREIGN = re.compile(
    r"\{\{[<%][^\n]{0,400}?[>%]\}\}|\{%[^\n]{0,400}?%\}|\{\{[^{}\n]{1,200}\}\}"
    r"|^ *--8<-- .*$|^ *:::+ *[\w{].*$",
    re.MULTILINE,
)
_NOTED = re.compile(r"^ {0,3}\[\^([^\[\]\s]+)\]:", re.MULTILINE)
_NOTE_NAMED = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_MORE = re.compile(r"(?<![ \t])[ \t]*+<!-- *more *-->[ \t]*\n?", re.IGNORECASE)
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
_CONTAINER = re.compile(r" *(:{3,}) *([A-Za-z][\w-]*)(?:\[([^\[\]]*)\]| +([^{}\n]*))? *$")
_CLOSED = re.compile(r" *:{3,} *$")
_CONTAINERS = {*_KINDS, "details", "info", "caution"}
_FENCE = re.compile(r" *(`{3,}|~{3,})")


def translated(text: str) -> str:
    """The text with known marks in our Markdown; unknown marks stay."""
    text = _without_comments(text)
    text = with_folds(_containers(_tabs(text)))
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


def unknown(text: str) -> Iterator[str]:
    """The marks of other programs that are left in a text."""
    for match in _FOREIGN.finditer(masked(text)):
        yield text[match.start() : match.end()]


def unused_notes(text: str) -> tuple[str, ...]:
    """The names of notes without a reference in the text."""
    hidden = masked(text)
    noted = dict.fromkeys(match[1] for match in _NOTED.finditer(hidden))
    named = {match[1] for match in _NOTE_NAMED.finditer(hidden)} if noted else set()
    return tuple(each for each in noted if each not in named)


def _without_comments(text: str) -> str:
    """The text without `<!--more-->`, which only shortens a text in lists."""
    return replaced(_MORE, "", text)


def _given(text: str) -> dict[str, str]:
    """The arguments of a mark, by name or by number from 0."""
    found: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text.strip().removesuffix("/")):
        value = next((each for each in match.groups()[1:] if each is not None), "")
        found[match[1] or str(sum(key.isdigit() for key in found))] = value.replace('\\"', '"')
    return found


def _notice(match: re.Match[str]) -> str:
    name, given = match["name"], _given(match["given"])
    if name in _FOLDS and (summary := _summary(given)):
        before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
        opened = given.get("open") in ("true", "open")
        made = folded(summary, match["inner"], "" if before.strip() else before, opened=opened)
        return made.lstrip(" ")
    kind = name if name in _KINDS else given.get("type") or given.get("style") or given.get("0", "")
    title = given.get("title") or given.get("summary") or given.get("header") or ""
    if not title:
        at = "1" if kind == given.get("0") and name != kind else "0"
        title = given.get(at, "")
    known = _KINDS.get(kind.strip("!").lower(), _NOTE)
    if kind and kind.lower() not in _KINDS and not title and "0" in given:
        title = given["0"]
    plain = title.replace('"', "”")
    head = f'!!! {known} "{plain}"' if plain else f"!!! {known}"
    lines = match["inner"].strip("\n").split("\n")
    margin = min((len(e) - len(e.lstrip()) for e in lines if e.strip()), default=0)
    inner = "\n".join(f"    {line[margin:]}" if line.strip() else "" for line in lines)
    return f"\n{head}\n{inner}\n"


def _summary(given: Mapping[str, str]) -> str:
    return next(
        (given[each] for each in ("title", "summary", "header", "0") if given.get(each)), ""
    )


def _single(match: re.Match[str]) -> str | None:
    name = match[2].rpartition("/")[2].removesuffix(".html")
    make = _SINGLES.get(name)
    made = make(_given(match[3])) if make is not None else None
    alone = match.string[match.start() - 1 : match.start()] not in ("(", '"', "'")
    return f"[{made}]({made})" if made and alone and name in _ADDRESSES else made


def _figure(given: Mapping[str, str]) -> str | None:
    address = given.get("src") or given.get("image") or given.get("0")
    if not address:
        return None
    said = [given.get(each, "") for each in ("title", "caption", "attr")]
    caption = " ".join(filter(None, said)).replace('"', "”").replace("\n", " ")
    alt = (given.get("alt") or "").replace("[", "(").replace("]", ")").replace("\n", " ")
    title = f' "{caption}"' if caption else ""
    picture = f"![{alt}]({_spaced(address)}{title})"
    return picture if not given.get("link") or caption else f"[{picture}]({_spaced(given['link'])})"


def _spaced(address: str) -> str:
    return address.replace(" ", "%20")


def _video(host: str, given: Mapping[str, str]) -> str:
    identity = given.get("id") or given.get("videoId") or given.get("0", "")
    address = _VIDEOS[host].format(identity=identity)
    name = given.get("title") or f"{host.capitalize().replace('tube', 'Tube')}: {identity}"
    still = next((given[each] for each in _STILLS if given.get(each)), "")
    shown = f"![{name}]({_spaced(still)})" if still else name
    return f"[{shown}]({address})"


_STILLS = ("image", "poster", "thumbnail", "cover", "placeholder")
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


def _tabs(text: str) -> str:
    """`=== "Name"` and its indented lines -> the name in bold, and the lines below it."""
    made: list[str] = []
    depth = -1  # of the tab whose lines are read
    fence = ""  # of the code that is read
    for line in text.split("\n"):
        opened = _FENCE.match(line)
        if opened is not None:
            fence = "" if fence and opened[1].startswith(fence) else fence or opened[1]
        match = None if fence else _TAB.match(line)
        indent = len(line) - len(line.lstrip())
        if match is not None:
            depth = len(match[1])
            made += ["", f"{match[1]}**{match[2]}**", ""][made[-1:] == [""] :]
        elif made[-1:] == [""] and made[-2:-1] and made[-2].endswith("**") and not line.strip():
            continue  # after the name of a tab one blank line is enough
        elif depth >= 0 and line.strip() and indent <= depth:
            depth = -1
            made.append(line)
        else:
            made.append(line[:depth] + line[depth + 4 :] if depth >= 0 and line.strip() else line)
    return "\n".join(made)


def _containers(text: str) -> str:
    """`::: tip Title` … `:::` of VitePress and Docusaurus as a notice, `::: details Title` as a passage
    that folds; an unknown or unclosed one stays.
    """
    if ":::" not in text:
        return text
    made: list[str] = []
    opened: list[str] = []  # what each that is open becomes; "": its kind is not known
    fence = ""
    for line in text.split("\n"):
        depth = "    " * opened.count(_NOTE)
        code = _FENCE.match(line)
        if code is not None:
            fence = "" if fence and code[1].startswith(fence) else fence or code[1]
        begins = None if fence or code else _CONTAINER.match(line)
        ends = None if fence or code else _CLOSED.match(line)
        if begins is not None:
            kind, title = begins[2].lower(), (begins[3] or begins[4] or "").strip()
            if kind in _FOLDS and title:
                made += opening(title, depth)
                opened.append(_FOLDS[0])
            elif kind in _CONTAINERS:
                head = f"{depth}!!! {_KINDS.get(kind, _NOTE)}"
                plain = title.replace('"', "”")
                made += ["", f'{head} "{plain}"' if title else head]
                opened.append(_NOTE)
            else:
                made.append(depth + line)
                opened.append("")
        elif ends is not None and opened:
            ended = opened.pop()
            outer = "    " * opened.count(_NOTE)
            made += {_NOTE: [""], "": [depth + line]}.get(ended, closing(outer))
        else:
            made.append(depth + line if line.strip() else line)
    return text if opened or fence else "\n".join(made)


def _kept_braces(match: re.Match[str]) -> str | None:
    """Of attributes in braces, only ids and languages are kept."""
    kept = re.findall(r"#[\w-]+|lang=\"?[\w-]+\"?", match[1])
    return " {" + " ".join(kept) + "}" if kept else ""
