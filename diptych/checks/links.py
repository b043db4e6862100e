"""Checks of links: a link must lead to a page, say where it leads (WCAG 2.2, 2.4.4 and 2.4.9), and
not mislead readers.

A link misleads if its text is another address, if its address has a user name before the host, or
if the host has letters of another script that look like Latin letters. Unicode Technical Standard
39 (https://www.unicode.org/reports/tr39/) calls such letters confusable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from diptych.checks.inputs import BundleFiles, ReadSite, Rules
from diptych.content.kinds import ADDRESS, BASE, EMAIL, LINK
from diptych.content.texts import Text, values_of
from diptych.diagnostics import Diagnostic, Message, Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.languages import rules_of
from diptych.languages.hosts import plain_host
from diptych.model import Link
from diptych.site import links_of

_BEFORE_TARGET = re.compile(r"\[([^\[\]]*)\]\(\s*<?$")
_EDGES = " .,:;!?…«»‘’“”\"'()[]<>→\u203a\u2197\u25b6-–—\u00a0\u202f"
_SCHEMES = ("http", "https")
_LEAVES = (ADDRESS, BASE, EMAIL, LINK)  # of values that hold an address
_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")  # letters like ours
_SHOWN = re.compile(
    r"(?P<scheme>https?://)?(?P<host>(?:[\w-]+\.)+[^\W\d_]{2,})(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_ENDING = re.compile(  # of hosts, where a text has no scheme: `Node.js` and `nl.md` are files
    "app|at|be|biz|brussels|ca|ch|co|com|coop|de|dev|dk|edu|es|eu|fi|fr|gent|gov|ie|info|int|io|it|"
    "lu|me|net|news|nl|no|online|org|pl|pro|pt|se|shop|site|support|tv|uk|us|vlaanderen|xyz"
)
_PLAIN = re.compile(
    r"https?://(?![/\\])[^%\\\s]*(?:[/?#]|$)", re.IGNORECASE
)  # to the end of the host
# a host that browsers read as an IPv4 address
_NUMBER = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|\d+)\.?", re.IGNORECASE)
_QUAD = re.compile(r"(?:(?:0|[1-9]\d*)\.){3}(?:0|[1-9]\d*)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINE_END = re.compile("%0[ad]", re.IGNORECASE)
_DOTS = "\u3002\uff0e\uff61"  # full stops of other scripts, which browsers read as `.`
_NUMBERS = re.compile(r"[+(\d][\d\s().\u00a0\u202f/-]{5,}")  # a link text that is a phone number
_LONG = 80  # characters of an address in a message
_HINT = say("write the address that is meant, or words that say what one finds there")


def broken_links(bundle: BundleFiles, read: ReadSite) -> Iterator[Diagnostic]:
    """The problems of links that editors wrote in the files of a bundle.

    Links to anchors are not checked if the page of the anchor could be read only in part.
    """
    for each in links_of(read.site, bundle.files):
        keys = (language.key for language in each.languages)
        resolved = (read.resolver.resolve(each.link, each.key, key) for key in keys)
        problem = next((problem for _, problem in resolved if problem is not None), None)
        if problem is not None:
            yield problem


@check("vague-link", Severity.WARNING, of=Text, html=True)
def vague_link(text: Text, _: Rules) -> Iterator[Found]:
    """A link without a text, or with one that does not say where it leads."""
    for link in text.links():
        said = plain(link.text)
        if said and said not in rules_of(text.language).vague_links:
            continue
        before = _before(text.source, link)
        if said:
            message = say("“{text}” does not say where this link leads", text=link.text)
        elif "![" in before or "<img" in before:
            continue  # the text of a picture that is a link is its alt text
        else:
            message = say("this link has no text, so nobody can choose it")
        hint = say("take as the link's text the words that name what one finds there")
        yield Found(_text_span(text.source, link), message, hint)


def plain(text: str) -> str:
    """A link text for comparison: without capitals, and without marks and arrows around it."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(_EDGES)


def _before(source: Source, link: Link) -> str:
    """The part of the line before a link."""
    begin = source.text.rfind("\n", 0, link.span.start) + 1
    return source.text[begin : link.span.start]


def _text_span(source: Source, link: Link) -> Span:
    """The place of a link's text; its target if the place is unknown."""
    before = _before(source, link)
    found = _BEFORE_TARGET.search(before)
    if found is None or not found[1].strip():
        return link.span
    start = link.span.start - len(before) + found.start(1)
    return source.span(start, start + len(found[1]))


@check("misleading-link", Severity.ERROR, of=Text, html=True)
def misleading_link(text: Text, _: Rules) -> Iterator[Found]:
    """A link that shows one address and leads to another, or whose host is not what it looks like."""
    for link in text.links():
        message = _host_problem(link.target) or _text_problem(link)
        if message is not None:
            yield Found(link.span, message, _HINT)


@check("misleading-link", Severity.ERROR, of=BundleFiles)
def misleading_value(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """The same for addresses in fields of settings, events, records and front matter."""
    for found in values_of(bundle.files, read.site.types, lambda _, leaf: leaf in _LEAVES):
        single = found.value
        value = str(single.placed.value)
        message = _mail_problem(value) if single.leaf is EMAIL else _host_problem(value)
        if message is not None:
            yield Found(single.placed.span, message, _HINT)


def _host_problem(target: str) -> Message | None:
    parts = _split(target)
    if parts is None:
        return None
    if parts.scheme.lower() == "mailto":
        return _mail_problem(parts.path) or _headers_problem(target, parts)
    if parts.scheme.lower() not in _SCHEMES:
        return None
    if not _PLAIN.match(target) or _is_disguised(parts.hostname or ""):
        return say(
            "browsers read {address} as another address than it seems", address=target[:_LONG]
        )
    name, at, _ = parts.netloc.rpartition("@")
    host = _unfolded(parts.hostname or "")
    if at:
        return say("this link looks like one to {name} and leads to {host}", name=name, host=host)
    return _letters_problem(host)


def _headers_problem(target: str, parts: SplitResult) -> Message | None:
    """The message about a `mailto:` link that adds recipients or header lines to the mail (RFC
    6068); None for any other link.
    """
    if _LINE_END.search(target.partition("&body=")[0].partition("?body=")[0]):
        return say(
            "browsers read {address} as another address than it seems", address=target[:_LONG]
        )
    for name, value in parse_qsl(parts.query):
        if name.lower() in ("to", "cc", "bcc"):
            return say(
                "this link looks like one to {name} and leads to {host}",
                name=unquote(parts.path),
                host=value,
            )
    return None


def _is_disguised(host: str) -> bool:
    """Whether a host is an IPv4 address in an unusual form, or has full stops of another script
    (https://url.spec.whatwg.org/#concept-ipv4, https://www.unicode.org/reports/tr46/).
    """
    number = bool(_NUMBER.fullmatch(host)) and not _QUAD.fullmatch(host)
    return number or any(dot in host for dot in _DOTS)


def _mail_problem(address: str) -> Message | None:
    """The message about confusable letters in an e-mail address; None if it has none."""
    name, _, host = unquote(address).rpartition("@")
    return _letters_problem(_unfolded(host)) or _letters_problem(name)


def _letters_problem(name: str) -> Message | None:
    """The message about confusable letters in the name of a host or mailbox; None if the name has
    none.
    """
    letters = {
        char: unicodedata.name(char, "").partition(" ")[0] for char in name if char.isalpha()
    }
    alike = [char for char, script in letters.items() if script in _ALIKE]
    alike += [char for char in name if unicodedata.normalize("NFKC", char) != char]
    if alike and ("LATIN" in letters.values() or len(alike) < len(letters)):
        return say(
            "in {name} stand letters that only look like others: {letters}",
            name=name,
            letters=", ".join(f"{char} (U+{ord(char):04X})" for char in dict.fromkeys(alike)),
        )
    return None


def _unfolded(host: str) -> str:
    """A host with the letters that browsers show for `xn--…` (RFC 3492)."""
    labels = []
    for label in host.split("."):
        try:
            shown = label[4:].encode("ascii").decode("punycode") if label[:4] == "xn--" else label
        except UnicodeError:
            shown = label
        labels.append(shown)
    return ".".join(labels)


def _text_problem(link: Link) -> Message | None:
    """The address in the text of a link, if its host differs from that of the target."""
    text = link.text.strip().strip(".,;:!?()<>«»“”\"'")
    parts = _split(link.target)
    if parts is None:
        return None
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        shown, meant = _MAIL.fullmatch(text), parts.path.partition("?")[0]
        return (
            _shows_another(text, meant)
            if shown and shown.group().lower() != meant.lower()
            else None
        )
    if scheme == "tel":
        return _shows_another(text, parts.path) if _is_another_number(text, parts.path) else None
    host = parts.hostname or ""
    mail = _MAIL.fullmatch(text) if scheme in _SCHEMES else None
    if mail and not _same_site(text.rpartition("@")[2], host):
        return _shows_another(text, host)
    for found in _addresses_in(text) if scheme in _SCHEMES else ():
        if not _same_site(found["host"], host):
            return _shows_another(found.group(), host)
    return None


def _addresses_in(text: str) -> Iterator[re.Match[str]]:
    """The addresses in a text: with a scheme or `www.` anywhere, any other only if it is the whole
    text.
    """
    whole = _SHOWN.fullmatch(text)
    if whole and (whole["scheme"] or text.lower().startswith("www.") or _has_common_ending(whole)):
        yield whole
        return
    for word in re.finditer(r"(?:https?://|\bwww\.)[^\s<>()«»“”\"]+", text, re.IGNORECASE):
        found = _SHOWN.match(text, word.start())
        if found:
            yield found


def _is_another_number(text: str, number: str) -> bool:
    """Whether a text is a phone number other than the one that the link calls. The last digits
    decide, since country and area codes are optional.
    """
    shown, called = (re.sub(r"\D", "", each) for each in (text, number))
    return bool(_NUMBERS.fullmatch(text)) and shown[-6:] != called[-6:]


def _has_common_ending(found: re.Match[str]) -> bool:
    """Whether the host has an ending that is common in the languages written here."""
    return _ENDING.fullmatch(found["host"].lower().rpartition(".")[2]) is not None


def _same_site(shown: str, host: str) -> bool:
    """Whether two hosts belong to one site: they are equal, or one is below the other."""
    one, other = plain_host(shown), plain_host(host)
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _shows_another(text: str, host: str) -> Message:
    return say("the text of this link shows {text}, and it leads to {host}", text=text, host=host)


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target)
    except ValueError:  # reported as a link that cannot be read
        return None
