"""`check --spelling`: looks the words of the site up in the dictionaries of this computer."""

from __future__ import annotations

from diptych.checks.spelling import WORDS, LookedUp, unknown_word, words_to_look_up
from diptych.cli.terminal import Terminal
from diptych.diagnostics import Diagnostic, say
from diptych.dictionaries import misspelt
from diptych.model import named
from diptych.pipeline import Build, without_allowed


def look_up(result: Build, terminal: Terminal) -> tuple[Diagnostic, ...]:
    """The words that no dictionary has; reports it if there is no dictionary."""
    if result.site is None:
        return ()
    unknown = {}
    for key, words in words_to_look_up(result.site, result.sources.get(WORDS)).items():
        language = result.site.settings.language(key)
        found = misspelt(words, language.locale)
        if found is None:
            terminal.tell(
                say(
                    "the spelling of {name} was not checked: Hunspell or its dictionary "
                    "{locale} is not installed here",
                    name=named(language),
                    locale=language.locale,
                )
            )
        else:
            unknown[key] = found
    return without_allowed(unknown_word(LookedUp(result.site, unknown)), result.site)
