"""Checks of what a text says and how: days, marks, words of other languages, long sentences."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import INFO, NL, SITE, WARNING, Explanation, Theme, at

_LONG = (
    "In het voorjaar van 2020 gingen alle plaatsen dicht waar sekswerkers werkten, zodat ze van",
    "de ene dag op de andere geen inkomen meer hadden en ook geen recht op een van de uitkeringen",
    "die andere mensen kregen.",
)
_SHORT = (
    "In het voorjaar van 2020 gingen alle plaatsen dicht waar sekswerkers werkten. Ze hadden van",
    "de ene dag op de andere geen inkomen meer. Ook op de uitkeringen die andere mensen kregen,",
    "hadden ze geen recht.",
)

WORDING = Theme(
    say("What a text says, and how"),
    (
        Explanation(
            "wrong-weekday",
            (WARNING,),
            says=say("A date fell on another day of the week than the text says."),
            matters=say("One of the two is wrong, and readers cannot know which."),
            example=at(NL, "De zaken gaan open op dinsdag 8 juni 2020."),
            instead=at(NL, "De zaken gaan open op maandag 8 juni 2020."),
            advice=say(
                "Look up the day, and correct the date or the name of the day. In an event the "
                "year may be left out: then the date counts as one near the event."
            ),
        ),
        Explanation(
            "unmarked-language",
            (WARNING,),
            says=say(
                "A phrase that site.yaml names as foreign does not say in which language it is."
            ),
            matters=say(
                "A screen reader reads it aloud as if it were a word of the page's language."
            ),
            example=at(NL, "We stonden in Le Soir.") + at(SITE, "foreign: {fr: [Le Soir]}"),
            instead=at(NL, "We stonden in [Le Soir]{lang=fr}."),
            advice=say(
                "Names of laws, newspapers and organisations stand in site.yaml below foreign, "
                "with the tag of their language."
            ),
        ),
        Explanation(
            "unbalanced-quotes",
            (WARNING,),
            says=say("A quotation mark has no other half in its paragraph."),
            matters=say(
                "The site cannot tell where the quotation ends, so that marks come out wrong."
            ),
            example=at(NL, 'Ze riep: "We zijn er nog.'),
            instead=at(NL, 'Ze riep: "We zijn er nog."'),
        ),
        Explanation(
            "stray-mark",
            (WARNING,),
            says=say(
                "A space is too many or missing beside a mark, or the mark is not the right one."
            ),
            matters=say("No rule can tell what was meant, so that readers see it as it was typed."),
            example=at(NL, "We zijn er , en we blijven."),
            instead=at(NL, "We zijn er, en we blijven."),
        ),
        Explanation(
            "long-sentence",
            (INFO,),
            says=say("A sentence has more than thirty words."),
            matters=say(
                "Who reads slowly or in a second language loses the beginning before the end."
            ),
            example=at(NL, *_LONG),
            instead=at(NL, *_SHORT),
            advice=say(
                "Only check --advice says it. Fifteen to twenty words on average is what Onze "
                "Taal and Droits Quotidiens advise."
            ),
        ),
        Explanation(
            "long-paragraph",
            (INFO,),
            says=say("A paragraph has more than 120 words."),
            matters=say(
                "On a telephone it fills more than the screen, and nobody sees where it turns."
            ),
            example=at(NL, "Een alinea van meer dan honderdtwintig woorden."),
            advice=say("Only check --advice says it. An empty line makes two paragraphs of it."),
        ),
        Explanation(
            "unknown-word",
            (INFO,),
            says=say("A word is in no dictionary of its language."),
            matters=say(
                "Most often a letter is wrong; a voice that reads the page aloud stumbles too."
            ),
            example=at(NL, "We wonen de vergaderign bij."),
            instead=at(NL, "We wonen de vergadering bij."),
            advice=say(
                "Only check --spelling says it, with the dictionaries of Hunspell where they are "
                "installed. Names, and words that are right, go into content/words.txt."
            ),
        ),
    ),
)
