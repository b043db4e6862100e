"""Checks of what a site declares itself: its fields, its records, and what they name."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, FR, NL, WARNING, Explanation, Theme, at

TYPES = "content/types.yaml"
PEOPLE = "content/about/people.yaml"
_DECLARED = at(
    TYPES,
    "people:",
    "  id: {type: key, required: true}",
    "  name: {type: text, required: true}",
    "  group: {type: choice, choices: [board, team]}",
    "  successor: {type: reference, to: people}",
    "  letter: {type: file}",
)

OWN_TYPES = Theme(
    say("Fields and records of your own"),
    (
        Explanation(
            "type-declaration",
            (ERROR,),
            says=say("What types.yaml declares does not hold together."),
            matters=say(
                "Reader, forms and templates follow the declaration; a field that nobody "
                "understands is read by none of them."
            ),
            example=at(TYPES, "page:", "  audience: {type: choice}"),
            instead=at(TYPES, "page:", "  audience: {type: choice, choices: [press, members]}"),
        ),
        Explanation(
            "unknown-choice",
            (ERROR,),
            says=say("A field that offers a few values holds another one."),
            matters=say("Templates ask for the values that are declared, and pass over any other."),
            example=_DECLARED + at(PEOPLE, "- id: jan", "  name: Jan", "  group: bord"),
            instead=at(PEOPLE, "- id: jan", "  name: Jan", "  group: board"),
        ),
        Explanation(
            "duplicate-entry",
            (ERROR,),
            says=say("Two entries of a file have the same id."),
            matters=say("Links and translations know an entry by its id."),
            example=_DECLARED
            + at(PEOPLE, "- id: jan", "  name: Jan", "- id: jan", "  name: Jan D."),
            instead=at(PEOPLE, "- id: jan", "  name: Jan", "- id: jan-d", "  name: Jan D."),
        ),
        Explanation(
            "unknown-record",
            (ERROR,),
            says=say("A field names an entry that does not exist."),
            matters=say("Readers would be led to something that is not there."),
            example=_DECLARED + at(PEOPLE, "- id: jan", "  name: Jan", "  successor: piet"),
            instead=at(
                PEOPLE,
                "- id: jan",
                "  name: Jan",
                "  successor: piet",
                "- id: piet",
                "  name: Piet",
            ),
            advice=say("An entry of another page is named with its page, as in about#jan."),
        ),
        Explanation(
            "missing-file",
            (ERROR,),
            says=say("A field names a file that is not in the folder of the page."),
            matters=say("Readers would get a link to nothing."),
            example=_DECLARED + at(PEOPLE, "- id: jan", "  name: Jan", "  letter: brief.pdf"),
            instead=at(PEOPLE, "- id: jan", "  name: Jan"),
            advice=say("Put the file beside the page, or take the line out."),
        ),
        Explanation(
            "unshown-text",
            (WARNING,),
            says=say("A text of a record does not stand on the page beside which it lies."),
            matters=say("It is written, translated and confirmed, and nobody reads it."),
            example=at(
                TYPES,
                "people:",
                "  id: {type: key, required: true}",
                "  role: {type: text, translate: true}",
            )
            + at(PEOPLE, "- id: jan", "  role: {nl: voorzitter, fr: président}")
            + at(NL, "---", "title: Over ons", "layout: list", "---")
            + at(FR, "---", "title: À propos", "layout: list", "---"),
            instead=at(NL, "---", "title: Over ons", "layout: page", "---")
            + at(FR, "---", "title: À propos", "layout: page", "---"),
            advice=say("A template shows the records of its page with view.records."),
        ),
    ),
)
