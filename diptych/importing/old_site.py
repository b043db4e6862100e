"""A site that another program made, as every reader gives it: pages, files, languages, no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diptych.diagnostics import Message
from diptych.values import Value, field

Front = Mapping[str, Any]  # key -> text, list or mapping; numbers, dates and flags are texts too


class Left(Value):
    """Something that a person has to look at, with its place in the old site."""

    path: str
    line: int  # from 1; 0: the whole file
    message: Message


class OldLanguage(Value):
    """A language of the old site."""

    key: str  # `nl`
    name: str = ""  # in the language itself; "" where the old site does not say
    locale: str = ""  # as the old site writes it: `nl-be`, `nl_BE`
    title: str = ""  # of the site in this language


class OldPage(Value):
    """A page in one language."""

    path: str  # of its file in the old site
    language: str
    key: str  # what its key is made of: the way to it without its language, `news/open-day`
    group: str  # pages of one group are the same page in different languages
    front: Front
    text: str  # Markdown, or HTML with `html`
    line: int = 1  # of its file, on which the text begins
    address: str = ""  # where readers found it: `/nl/over-ons/`; "" where nothing says so
    names: tuple[str, ...] = ()  # other ways in which links of the old site name it
    html: bool = False  # whether the text is HTML
    home: bool = False  # whether it opens the site
    lists: bool = False  # whether it lists the pages below it
    dated: str = ""  # a date that stands in the name of its file
    placed: bool = True  # whether its lines are those of its file


class OldSite(Value):
    """Everything that was read; `kind` names the program in the report."""

    kind: str
    languages: tuple[OldLanguage, ...]
    pages: tuple[OldPage, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)  # what is no page, by its path
    public: Mapping[str, str] = field(default_factory=dict)  # address without `/` before it -> path
    base_url: str = ""
    left: tuple[Left, ...] = ()
