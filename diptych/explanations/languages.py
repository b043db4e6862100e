"""Checks of which languages there are."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, FILES, SITE, WARNING, Explanation, Theme, at, page

_FRENCH = "  fr: {locale: fr_BE, name: Français, typography: french}"

LANGUAGES = Theme(
    say("Languages"),
    (
        Explanation(
            "missing-translation",
            (WARNING,),
            says=say("A page or an event is not there in one of the languages."),
            matters=say(
                "Readers of that language see the text in another language, with a notice above it."
            ),
            example=page("title: Contact", path="content/contact/nl.md"),
            instead=page("title: Contact", path="content/contact/fr.md"),
            advice=say(
                "When a page is meant for one language, say why with the key only in its front matter."
            ),
        ),
        Explanation(
            "only-conflict",
            (ERROR,),
            says=say(
                "The key only says that a page exists in one language, and it exists in more."
            ),
            matters=say("Either the key is out of date, or a file is too many."),
            example=page("title: Over ons", "only: Gaat alleen over Vlaanderen."),
            instead=page("title: Over ons"),
        ),
        Explanation(
            "unknown-language",
            (ERROR,),
            says=say("A file or a key names a language that the site does not have."),
            matters=say("What stands there would not be read."),
            example=at(FILES, "about/nederlands.md"),
            instead=at(FILES, "about/nl.md"),
            advice=say("The languages of the site stand in site.yaml, below languages."),
        ),
        Explanation(
            "language-tag",
            (ERROR,),
            says=say("A language in site.yaml is not named by a tag of small letters."),
            matters=say("The tag stands in every address and in the names of the files."),
            example=at(
                SITE,
                "languages:",
                "  NL: {locale: nl_BE, name: Nederlands, typography: dutch}",
                _FRENCH,
            ),
            instead=at(
                SITE,
                "languages:",
                "  nl: {locale: nl_BE, name: Nederlands, typography: dutch}",
                _FRENCH,
            ),
        ),
        Explanation(
            "unknown-locale",
            (ERROR,),
            says=say("There is no data for this locale."),
            matters=say(
                "The locale, a language with a country, decides how dates and numbers look."
            ),
            example=at(
                SITE,
                "languages:",
                "  nl: {locale: nl_VL, name: Nederlands, typography: dutch}",
                _FRENCH,
            ),
            instead=at(
                SITE,
                "languages:",
                "  nl: {locale: nl_BE, name: Nederlands, typography: dutch}",
                _FRENCH,
            ),
        ),
        Explanation(
            "unknown-typography",
            (ERROR,),
            says=say("There are no rules of typography with this name."),
            matters=say("They set the quotation marks and the spaces that a language wants."),
            example=at(
                SITE,
                "languages:",
                "  nl: {locale: nl_BE, name: Nederlands, typography: vlaams}",
                _FRENCH,
            ),
            instead=at(
                SITE,
                "languages:",
                "  nl: {locale: nl_BE, name: Nederlands, typography: dutch}",
                _FRENCH,
            ),
        ),
    ),
)
