"""Checks of a file that comes back from a translator."""

from __future__ import annotations

from diptych.diagnostics import command, say
from diptych.explanations.values import ERROR, INFO, NL, WARNING, Explanation, Theme, at

_FILE = "fr.po"
_CONTEXT = 'msgctxt "about#who.paragraph.1"'
_SOURCE = 'msgid "Wij zijn met vijf begonnen."'
_LINK = 'msgid "Lees [wie we zijn](page:about#who)."'

EXCHANGE = Theme(
    say("Translations that come back"),
    (
        Explanation(
            "translation-file",
            (ERROR,),
            says=say("The file cannot be read, or was not made for this site."),
            matters=say(
                "A damaged file could put a text in the wrong place, so nothing is taken over."
            ),
            example=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Nous étions cinq.'),
            instead=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Nous étions cinq."'),
            advice=say("Open the file in a PO editor, such as Poedit, and save it again."),
        ),
        Explanation(
            "translation-stale",
            (WARNING,),
            says=say("The text changed since it went out to be translated."),
            matters=say(
                "The translation belongs to a text that is no longer there, so it is left out."
            ),
            example=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Nous étions cinq."')
            + at(NL, "Wij zijn met zes begonnen."),
            advice=say("Export the text again and adapt the translation."),
        ),
        Explanation(
            "translation-unfinished",
            (INFO,),
            says=say("A translation is empty or still marked as fuzzy."),
            matters=say("It is left out; all the others are taken over."),
            example=at(_FILE, "#, fuzzy", _CONTEXT, _SOURCE, 'msgstr "Nous étions quatre."'),
            instead=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Nous étions cinq."'),
        ),
        Explanation(
            "translation-unpaired",
            (WARNING,),
            says=say("A translation was written, but it is not certain which text it belongs to."),
            matters=say(
                "Nothing was confirmed for it, so the tool cannot tell when it lags behind."
            ),
            example=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Nous étions cinq."')
            + at(NL, "Wij zijn met vijf begonnen.", "", "Nu zijn we met velen."),
            advice=say(
                "Compare the two texts; when they say the same: `{command} KEY LANGUAGE`.",
                command=command("confirm"),
            ),
        ),
        Explanation(
            "translation-unproven",
            (ERROR,),
            says=say("On the page the translation would not come out as it came in."),
            matters=say(
                "Before anything is written the tool reads the result back; here it differed."
            ),
            example=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Nous étions cinq."'),
            advice=say("This is a mistake of the tool: please send the file to those who make it."),
        ),
        Explanation(
            "translation-marks",
            (ERROR, WARNING),
            says=say(
                "A link, a picture or another mark differs between the text and its translation."
            ),
            matters=say("Readers of that language would miss it, or end somewhere else."),
            example=at(_FILE, _CONTEXT, _LINK, 'msgstr "Lisez [qui nous sommes](page:qui)."'),
            instead=at(_FILE, _CONTEXT, _LINK, 'msgstr "Lisez [qui nous sommes](page:about#who)."'),
            advice=say("Translate only the words; what stands between brackets and braces stays."),
        ),
        Explanation(
            "translation-structure",
            (ERROR,),
            says=say("The translation is built differently from the text."),
            matters=say(
                "On the page it would become something else: a list, a heading, two paragraphs."
            ),
            example=at(
                _FILE,
                _CONTEXT,
                'msgid ""',
                '"- rechten\\n"',
                '"- respect"',
                'msgstr "Des droits et du respect."',
            ),
            instead=at(
                _FILE,
                _CONTEXT,
                'msgid ""',
                '"- rechten\\n"',
                '"- respect"',
                'msgstr ""',
                '"- des droits\\n"',
                '"- du respect"',
            ),
        ),
        Explanation(
            "translation-language",
            (ERROR, WARNING),
            says=say("The translation is in another language than was asked for."),
            matters=say("It was probably copied, or put into the wrong file."),
            example=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Wij zijn met vijf begonnen."'),
            instead=at(_FILE, _CONTEXT, _SOURCE, 'msgstr "Nous étions cinq."'),
        ),
    ),
)
