"""The record of `agenda.yaml`: an event that takes place on one date or on several. Pages show it as
they show the records of a site's own types.
"""

from __future__ import annotations

from diptych.content.kinds import DATE, FLAG, KEY, LINK, PROSE, TEXT
from diptych.diagnostics import say
from diptych.values import replace
from diptych.yaml import Field, ListOf, PerLanguage, Record, Role, TextOrPerLanguage

AGENDA_DATE = replace(
    DATE,
    form=say(
        "a day is written 2020-06-08, a day with a time 2020-06-08T19:30, a period "
        "2020-06-08/2020-06-12"
    ),
)

AGENDA_EVENT = Record(
    say("an event of the agenda"),
    {
        "id": Field(
            KEY, say("the fixed name, the same in every language"), True, example="open-day"
        ),
        "dates": Field(
            ListOf(AGENDA_DATE),
            say("every date on which it takes place, with or without an hour"),
            True,
            example="[2027-03-18T20:00, 2027-03-25T20:00]",
        ),
        "title": Field(
            PerLanguage(TEXT), say("a short title in each language"), True, role=Role.TITLE
        ),
        "place": Field(
            TextOrPerLanguage(TEXT),
            say("where; if the name differs between the languages, write both"),
            example="{nl: Gent, fr: Gand}",
            role=Role.LABEL,
        ),
        "text": Field(
            PerLanguage(PROSE), say("what one should know, in each language"), role=Role.PROSE
        ),
        "link": Field(LINK, say("where one signs up or reads more"), example="page:contact"),
        "called_off": Field(FLAG, say("`true` if it does not take place")),
    },
)
