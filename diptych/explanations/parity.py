"""Checks of what the languages of a page must have in common, and of who lags behind."""

from __future__ import annotations

from diptych.diagnostics import command, say
from diptych.explanations.values import (
    ERROR,
    FR,
    INFO,
    LOCK,
    NL,
    WARNING,
    Explanation,
    Theme,
    at,
)

_HEAD = "# diptych translations 1: written by `build.py confirm`, one unit a line"
_QUESTIONS = ("---", "title: FAQ", "layout: faq", "---", "")
_FIRST = "who.paragraph.1 fr:0f1e2d3c4b5a nl:a1b2c3d4e5f6"

PARITY = Theme(
    say("The languages beside each other"),
    (
        Explanation(
            "outdated-translation",
            (WARNING,),
            says=say("The text changed in another language, and here it did not."),
            matters=say("Readers of this language see that their text may lag behind."),
            example=at(NL, "Op 8 juni 2020 openen we weer, na tachtig dagen.")
            + at(FR, "Nous rouvrons le 8 juin 2020."),
            instead=at(FR, "Nous rouvrons le 8 juin 2020, après quatre-vingts jours."),
            advice=say(
                "When both say the same again: `{command} KEY LANGUAGE`.",
                command=command("confirm"),
            ),
        ),
        Explanation(
            "unconfirmed",
            (INFO,),
            says=say("Nobody has said yet that the languages of this page say the same."),
            matters=say("From that moment on the tool can tell which language lags behind."),
            example=at(NL, "Op 8 juni 2020 openen we weer.")
            + at(FR, "Nous rouvrons le 8 juin 2020."),
            advice=say(
                "Read both texts beside each other; when they say the same: `{command} KEY`.",
                command=command("confirm"),
            ),
        ),
        Explanation(
            "missing-unit",
            (WARNING,),
            says=say("A part of this page has no counterpart in another language."),
            matters=say("Readers of that language would know less."),
            example=at(NL, "## Wat we willen {#what-we-want}", "", "Rechten.")
            + at(FR, "## Notre histoire {#our-history}", "", "Nous étions cinq."),
            instead=at(FR, "## Ce que nous voulons {#what-we-want}", "", "Des droits."),
        ),
        Explanation(
            "uncertain-alignment",
            (INFO,),
            says=say("It is not certain which part of the other language belongs to this one."),
            matters=say("A wrong pair would be called outdated, or not, by mistake."),
            example=at(NL, "Wij zijn met vijf begonnen.", "", "Nu zijn we met velen.")
            + at(FR, "Nous étions cinq, et nous sommes désormais nombreux."),
            instead=at(FR, "Nous étions cinq.", "", "Nous sommes désormais nombreux."),
            advice=say(
                "Where the paragraphs must differ, a heading with the same id in both languages "
                "makes clear what belongs together."
            ),
        ),
        Explanation(
            "facts-differ",
            (WARNING,),
            says=say("A date, an amount or a number differs between the languages."),
            matters=say("One of the two is wrong, and readers act on it."),
            example=at(NL, "Op 8 juni 2020 openen we weer.")
            + at(FR, "Nous rouvrons le 9 juin 2020."),
            instead=at(FR, "Nous rouvrons le 8 juin 2020."),
        ),
        Explanation(
            "links-differ",
            (WARNING,),
            says=say("The languages of a part lead to different places."),
            matters=say("Readers of one language would miss where the others can go."),
            example=at(NL, "Lees [wie we zijn](page:about#who).")
            + at(FR, "Lisez [qui nous sommes](page:home)."),
            instead=at(FR, "Lisez [qui nous sommes](page:about#who)."),
        ),
        Explanation(
            "pictures-differ",
            (WARNING,),
            says=say("A picture stands in one language and not in the other."),
            matters=say("Readers of one language would miss it."),
            example=at(NL, "![Vier mensen](group.jpg)") + at(FR, "![Quatre personnes](crowd.jpg)"),
            instead=at(FR, "![Quatre personnes](group.jpg)"),
        ),
        Explanation(
            "footnotes-differ",
            (WARNING,),
            says=say("A footnote stands in one language and not in the other."),
            matters=say("Readers of one language would miss a source or an explanation."),
            example=at(NL, "Op 18 maart 2022 stemt de Kamer de wet.[^1]", "", "[^1]: Om 1.35 uur.")
            + at(FR, "Le 18 mars 2022, la Chambre vote la loi."),
            instead=at(FR, "Le 18 mars 2022, la Chambre vote la loi.[^1]", "", "[^1]: À 1 h 35."),
        ),
        Explanation(
            "list-differs",
            (INFO, WARNING),
            says=say("A list has more points in one language than in the other."),
            matters=say("Readers of one language would miss a point."),
            example=at(NL, "- rechten", "- respect") + at(FR, "- des droits"),
            instead=at(FR, "- des droits", "- du respect"),
        ),
        Explanation(
            "paragraphs-differ",
            (WARNING,),
            says=say(
                "An answer or an event has more paragraphs in one language than in the other."
            ),
            matters=say("Mostly a paragraph was added in one language and forgotten in the other."),
            example=at(
                NL,
                *_QUESTIONS,
                "## Met hoeveel zijn jullie? {#how-many}",
                "",
                "Wij zijn met vijf begonnen.",
                "",
                "Nu zijn we met velen.",
            )
            + at(FR, *_QUESTIONS, "## Combien êtes-vous ? {#how-many}", "", "Nous étions cinq."),
            instead=at(
                FR,
                *_QUESTIONS,
                "## Combien êtes-vous ? {#how-many}",
                "",
                "Nous étions cinq.",
                "",
                "Nous sommes désormais nombreux.",
            ),
        ),
        Explanation(
            "heading-level-differs",
            (WARNING,),
            says=say("A heading has another level in the other language."),
            matters=say("The two pages would be built differently."),
            example=at(NL, "## Wat we willen {#what-we-want}")
            + at(FR, "### Ce que nous voulons {#what-we-want}"),
            instead=at(FR, "## Ce que nous voulons {#what-we-want}"),
        ),
        Explanation(
            "headings-swapped",
            (WARNING,),
            says=say("Headings stand in another order in the other language."),
            matters=say("Who reads both languages beside each other gets lost."),
            example=at(NL, "## Wat we willen {#what-we-want}", "", "## Wat we doen {#what-we-do}")
            + at(
                FR,
                "## Ce que nous faisons {#what-we-do}",
                "",
                "## Ce que nous voulons {#what-we-want}",
            ),
            instead=at(
                FR,
                "## Ce que nous voulons {#what-we-want}",
                "",
                "## Ce que nous faisons {#what-we-do}",
            ),
        ),
        Explanation(
            "untranslated",
            (WARNING,),
            says=say("A text is word for word the same in two languages."),
            matters=say("It was probably copied and not yet translated."),
            example=at(NL, "Wij zijn met vijf begonnen en nu zijn we met velen.")
            + at(FR, "Wij zijn met vijf begonnen en nu zijn we met velen."),
            instead=at(FR, "Nous étions cinq au début et nous sommes désormais nombreux."),
        ),
        Explanation(
            "wrong-language",
            (WARNING,),
            says=say("A text reads as if it were in another language than its page."),
            matters=say("Readers, and the voices that read aloud, would stumble."),
            example=at(FR, "Wij zijn met vijf begonnen en nu zijn we met velen in het hele land."),
            instead=at(
                FR, "Nous étions cinq au début et nous sommes désormais nombreux dans le pays."
            ),
            advice=say(
                "A quotation in another language is marked like this: {example}.",
                example="[Le Soir]{lang=fr}",
            ),
        ),
        Explanation(
            "lock-damaged",
            (ERROR,),
            says=say("A line of translations.lock or addresses.lock cannot be read."),
            matters=say("What it holds would be lost, so nothing is guessed and nothing written."),
            example=at(LOCK, _HEAD, "", "who.paragraph.1 nl:a1b2"),
            instead=at(LOCK, _HEAD, "", _FIRST),
            advice=say("Bring the line back from git, or delete it and confirm or remember again."),
        ),
        Explanation(
            "lock-version",
            (ERROR,),
            says=say("A newer version of the tool wrote translations.lock."),
            matters=say("This version could misread it and spoil what was confirmed."),
            example=at(LOCK, _HEAD.replace("1:", "2:"), "", _FIRST),
            instead=at(LOCK, _HEAD, "", _FIRST),
            advice=say("Update the tool; the file stays as it is until then."),
        ),
    ),
)
