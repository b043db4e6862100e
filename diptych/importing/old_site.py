"""A site of another program, as every reader returns it: pages, files, languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from diptych.diagnostics import Message
from diptych.values import Value, field

Front = Mapping[str, Any]  # key -> text, list or mapping; numbers, dates and flags are texts too
Topics = Mapping[str, Mapping[str, str]]  # key of a topic -> language -> name


class Left(Value):
    """A message about something that a person must look at, with its place in the old site."""

    path: str
    line: int  # from 1; 0: the whole file
    message: Message


class OldLanguage(Value):
    """A language of the old site."""

    key: str  # `nl`
    name: str = ""  # in the language itself; "" if the old site does not give it
    locale: str = ""  # in the notation of the old site: `nl-be`, `nl_BE`
    title: str = ""  # of the site in this language


class OldPage(Value):
    """A page in one language."""

    path: str  # of its file in the old site
    language: str
    key: str  # the path without its language, from which the key is made: `news/open-day`
    group: str  # pages of one group are the same page in different languages
    front: Front
    text: str  # Markdown, or HTML with `html`
    line: int = 1  # of its file, on which the text begins
    address: str = ""  # its old address: `/nl/over-ons/`; "" if unknown
    names: tuple[str, ...] = ()  # other names for it in links of the old site
    html: bool = False  # whether the text is HTML
    home: bool = False  # whether it is the home page
    lists: bool = False  # whether it lists the pages below it
    dated: str = ""  # the date in the name of its file
    placed: bool = True  # whether its lines are those of its file
    topics: tuple[str, ...] = ()  # keys of topics of the old site

    def left(self, words: str, message: Message) -> Left:
        """A message about these words. Its line is the first line with the words, or the line on
        which the text begins if the words are not found.
        """
        place = self.text.find(words) if self.placed else 0
        if place < 0 and "&" in words:
            written = (words.replace("&", each) for each in ("&amp;", "\\&"))
            place = max(self.text.find(each) for each in written)
        if place < 0 and words.startswith("<"):
            place = self.text.lower().find(words.rstrip(">").lower())
        return Left(self.path, self.line + self.text.count("\n", 0, max(0, place)), message)


def languages_used(keys: Iterable[str], pages: Iterable[OldPage]) -> list[str]:
    """The keys of the languages in which there is a page, in the order of `keys`."""
    used = {page.language for page in pages}
    return [key for key in keys if key in used]


class OldSite(Value):
    """Everything that was read; `kind` names the program in the report."""

    kind: str
    languages: tuple[OldLanguage, ...]
    pages: tuple[OldPage, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)  # all files that are no page, by path
    public: Mapping[str, str] = field(default_factory=dict)  # address without `/` before it -> path
    base_url: str = ""
    left: tuple[Left, ...] = ()
    topics: Topics = field(default_factory=dict)
    hosts: tuple[str, ...] = ()  # the addresses of the languages, if each has its own
