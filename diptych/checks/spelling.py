"""Finds words that are in no dictionary and not in the site's own list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diptych.content.texts import Text
from diptych.diagnostics import Severity, Source, say
from diptych.extend import Found, check
from diptych.model import named
from diptych.site import Site

_WORD = re.compile(r"[^\W\d_]+(?:['’·-][^\W\d_]+)*")
_BEFORE = re.compile(r"[\w@/.]\Z")  # the end of a number, a name or an address
_BEHIND = re.compile(r"[\w@/]|\.\w")
_ELIDED = re.compile(r"[^\W\d_]{1,7}'(?=[^\W\d_]{2})")  # d'Yumi, qu'Oxfam

WORDS = "content/words.txt"  # names and words that dictionaries lack, one per line

Unknown = Mapping[str, Mapping[str, tuple[str, ...]]]  # language -> word -> suggestions


def words_to_look_up(site: Site, own: Source | None) -> dict[str, set[str]]:
    """The words of every language to look up, without those in the site's own list.

    Abbreviations in capitals are skipped; of `travailleur·euses` the part before the dot is looked
    up.
    """
    known = _own_words(site, own)
    found: dict[str, set[str]] = {}
    for _, language, word, _, _ in _words(site):
        bare = _ELIDED.sub("", word, count=1)
        forms = {each.casefold() for each in (word, bare, word.removesuffix("'s"))}
        if not bare.isupper() and not forms & known:
            found.setdefault(language, set()).add(word)
    return found


@check("unknown-word", Severity.INFO, of=Site)
def unknown_word(site: Site, unknown: Unknown) -> Iterator[Found]:
    """A word that no dictionary has; once per file, at its first occurrence."""
    reported: set[tuple[str, str, str]] = set()
    for path, language, word, text, place in _words(site):
        if word not in unknown.get(language, {}) or (path, language, word) in reported:
            continue
        reported.add((path, language, word))
        message = say(
            "“{word}” is in no dictionary of {name}",
            word=word,
            name=named(site.settings.language(language)),
        )
        meant = unknown[language][word]
        hint = (
            say("did you mean {words}? A name goes into {path}", words=", ".join(meant), path=WORDS)
            if meant
            else say("a name goes into {path}", path=WORDS)
        )
        yield Found(text.place(*place), message, hint)


def _words(site: Site) -> Iterator[tuple[str, str, str, Text, tuple[int, int]]]:
    """Path, language and word of every visible word, with its text and place."""
    for text in site.texts():
        words = "" if text.is_html else text.words
        for match in _WORD.finditer(words):
            start, end = match.span()
            word = match.group().replace("’", "'").partition("·")[0]
            touches = _BEFORE.search(words[:start][-1:]) or _BEHIND.match(words, end)
            if len(word) < 2 or word.isupper() or touches:
                continue
            yield text.source.path, text.language, word, text, (start, end)


def _own_words(site: Site, own: Source | None) -> set[str]:
    """The words in the site's list, in its terms, and in the names of its languages and
    organisation.
    """
    texts = [line.partition("#")[0] for line in own.text.split("\n")] if own else []
    for term in site.vocabulary.terms:
        texts += [placed.value for placed in term.preferred.values()]
    organisation = site.settings.organisation
    texts += [*organisation.short_names.values(), *organisation.names.values()]
    texts += [language.name for language in site.settings.languages]
    return {word.casefold().replace("’", "'") for text in texts for word in text.split()}
