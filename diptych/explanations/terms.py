"""Checks of words: those that the organisation prefers and avoids."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, NL, WARNING, Explanation, Theme, at

_TERMS = "content/terms.yaml"
_WORK = (
    "- id: sex-work",
    "  preferred: {nl: sekswerk, fr: travail du sexe}",
    "  avoid: {nl: [prostitutie], fr: [prostitution]}",
    "  reason: {nl: Sekswerk is werk., fr: Le travail du sexe est un travail.}",
)
_MEMBER = (
    "  preferred: {nl: lid, fr: membre}",
    "  reason: {nl: Zo noemen we elkaar., fr: Nous nous appelons ainsi.}",
)

TERMS = Theme(
    say("Words: preferred and avoided"),
    (
        Explanation(
            "avoided-term",
            (WARNING,),
            says=say("A text uses a word that we avoid."),
            matters=say("Words carry a view; terms.yaml says which ones we chose, and why."),
            example=at(_TERMS, *_WORK) + at(NL, "Wij spreken vrijuit over prostitutie."),
            instead=at(NL, "Wij spreken vrijuit over sekswerk."),
            advice=say(
                "Where the word is right, as in a name, write the whole phrase below except in "
                "terms.yaml."
            ),
        ),
        Explanation(
            "duplicate-term",
            (ERROR,),
            says=say("Two terms have the same id."),
            matters=say("The id is the fixed address of a term; it can lead to one term only."),
            example=at(_TERMS, *_WORK, "", "- id: sex-work", *_MEMBER),
            instead=at(_TERMS, *_WORK, "", "- id: member", *_MEMBER),
        ),
        Explanation(
            "term-conflict",
            (ERROR,),
            says=say("A word is avoided in one place and preferred in another, or avoided twice."),
            matters=say("Nobody could tell which of the two to follow."),
            example=at(_TERMS, *_WORK, "", "- id: member", *_MEMBER, "  avoid: {nl: [sekswerk]}"),
            instead=at(_TERMS, *_WORK, "", "- id: member", *_MEMBER),
        ),
        Explanation(
            "term-without-effect",
            (WARNING,),
            says=say(
                "An exception or a form of a word is about a word that its term does not have."
            ),
            matters=say("It would never be used; mostly a word is misspelt."),
            example=at(_TERMS, *_WORK, "  except: {nl: [antiprostitusie]}"),
            instead=at(_TERMS, *_WORK, "  except: {nl: [tegen prostitutie]}"),
        ),
    ),
)
