"""Checks of catalogs: the texts of the interface in each language."""

from __future__ import annotations

from diptych.diagnostics import command, say
from diptych.explanations.values import CATALOG, ERROR, INFO, SITE, WARNING, Explanation, Theme, at

_ITALIAN = "i18n/it/LC_MESSAGES/messages.po"

CATALOGS = Theme(
    say("Catalogs: the words of menus and buttons"),
    (
        Explanation(
            "missing-message",
            (WARNING,),
            says=say("A text of the interface has no translation."),
            matters=say("Readers would see the English words of the template."),
            example=at(CATALOG, 'msgid "Read more"', 'msgstr ""'),
            instead=at(CATALOG, 'msgid "Read more"', 'msgstr "Lire la suite"'),
            advice=say(
                "`{command}` adds every text that is missing, ready to fill in.",
                command=command("messages"),
            ),
        ),
        Explanation(
            "fuzzy-message",
            (WARNING,),
            says=say("A translation was guessed from a text that resembles it."),
            matters=say("A guess is not shown before a person has looked at it."),
            example=at(CATALOG, "#, fuzzy", 'msgid "Read more"', 'msgstr "Lire plus"'),
            instead=at(CATALOG, 'msgid "Read more"', 'msgstr "Lire la suite"'),
            advice=say("Correct the text and take out the word fuzzy."),
        ),
        Explanation(
            "placeholder",
            (ERROR,),
            says=say("A translation has other placeholders than the English text."),
            matters=say("The place that is filled in by a date or a name would stay empty."),
            example=at(CATALOG, 'msgid "Published on %(date)s"', 'msgstr "Publié le %(jour)s"'),
            instead=at(CATALOG, 'msgid "Published on %(date)s"', 'msgstr "Publié le %(date)s"'),
            advice=say(
                "Do not translate what stands between %( and )s or between braces, and keep it in "
                "both the singular and the plural. In a text with such a place, a percent sign is "
                "written twice: %%."
            ),
        ),
        Explanation(
            "markup-in-message",
            (ERROR,),
            says=say("A text of the interface holds an HTML tag, or a code such as &nbsp;."),
            matters=say(
                "These texts are shown as they are written: readers would see the tag or the code, "
                "not its effect."
            ),
            example=at(CATALOG, 'msgid "Read more"', 'msgstr "<b>Lire</b>&nbsp;la suite"'),
            instead=at(CATALOG, 'msgid "Read more"', 'msgstr "Lire la suite"'),
            advice=say(
                "Write words and signs alone: & and < may be typed as they are. Bold type and links "
                "belong in the template."
            ),
        ),
        Explanation(
            "unused-message",
            (INFO,),
            says=say("Nothing uses this text any more."),
            matters=say("It is in nobody's way, and makes the catalog harder to keep."),
            example=at(CATALOG, 'msgid "Old button"', 'msgstr "Ancien bouton"'),
            instead=at(CATALOG, '#~ msgid "Old button"', '#~ msgstr "Ancien bouton"'),
            advice=say(
                "`{command}` puts it aside at the end of the file.", command=command("messages")
            ),
        ),
        Explanation(
            "missing-catalog",
            (WARNING,),
            says=say("A language has no catalog, and the theme does not speak it."),
            matters=say("Its pages would have English menus and buttons."),
            example=at(
                SITE,
                "languages:",
                "  nl: {locale: nl_BE, name: Nederlands, typography: dutch}",
                "  fr: {locale: fr_BE, name: Français, typography: french}",
                "  it: {locale: it_IT, name: Italiano, typography: plain}",
            ),
            instead=at(_ITALIAN, 'msgid "Main menu"', 'msgstr "Menu principale"'),
            advice=say(
                "`{command}` makes the file, ready to fill in.", command=command("messages")
            ),
        ),
        Explanation(
            "catalog-syntax",
            (ERROR,),
            says=say("A line of the catalog cannot be read."),
            matters=say("The texts below it could end up in the wrong place."),
            example=at(CATALOG, 'msgid "Read more"', 'msgstr "Lire la suite'),
            instead=at(CATALOG, 'msgid "Read more"', 'msgstr "Lire la suite"'),
            advice=say(
                "Each text stands between double quotes; a quotation mark inside it gets a "
                "backslash in front."
            ),
        ),
        Explanation(
            "catalog-plural",
            (ERROR,),
            says=say("The rule for plurals is not the one of the language."),
            matters=say("One and many would get each other's words."),
            example=at(CATALOG, '"Plural-Forms: nplurals=3; plural=n;\\n"'),
            instead=at(CATALOG, '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"'),
        ),
    ),
)
