"""Checks of timelines."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import (
    ERROR,
    FR,
    TIMELINE,
    WARNING,
    Explanation,
    Theme,
    at,
    page,
)

TIMELINES = Theme(
    say("Timelines"),
    (
        Explanation(
            "duplicate-event",
            (ERROR,),
            says=say("Two events have the same id."),
            matters=say("The id is the fixed address of an event; it can lead to one event only."),
            example=at(
                TIMELINE,
                "- id: lockdown",
                "  date: 2020-03-18",
                "",
                "- id: lockdown",
                "  date: 2020-11-02",
            ),
            instead=at(
                TIMELINE,
                "- id: lockdown",
                "  date: 2020-03-18",
                "",
                "- id: second-lockdown",
                "  date: 2020-11-02",
            ),
            advice=say(
                "Change the id of the event that is not yet published: others may link to it."
            ),
        ),
        Explanation(
            "duplicate-figure",
            (ERROR,),
            says=say("Two figures of one event have the same id."),
            matters=say("In the files with data the two could not be told apart."),
            example=at(
                TIMELINE,
                "- id: vote",
                "  date: 2022-03-18",
                "  figures:",
                "    - {id: votes, value: 71, unit: votes, label: {nl: voor, fr: pour}}",
                "    - {id: votes, value: 4, unit: votes, label: {nl: tegen, fr: contre}}",
            ),
            instead=at(
                TIMELINE,
                "- id: vote",
                "  date: 2022-03-18",
                "  figures:",
                "    - {id: in-favour, value: 71, unit: votes, label: {nl: voor, fr: pour}}",
                "    - {id: against, value: 4, unit: votes, label: {nl: tegen, fr: contre}}",
            ),
        ),
        Explanation(
            "event-order",
            (WARNING,),
            says=say("An event stands below one that came later."),
            matters=say("The timeline is told in the order of the file."),
            example=at(
                TIMELINE,
                "- id: reopening",
                "  date: 2020-06-08",
                "",
                "- id: lockdown",
                "  date: 2020-03-18",
            ),
            instead=at(
                TIMELINE,
                "- id: lockdown",
                "  date: 2020-03-18",
                "",
                "- id: reopening",
                "  date: 2020-06-08",
            ),
        ),
        Explanation(
            "distant-event",
            (WARNING,),
            says=say("An event lies far outside the years that its timeline is about."),
            matters=say(
                "Most often one figure of the year is wrong, and the event is told too early."
            ),
            example=page("title: Tijdlijn 2020-2022", "layout: timeline")
            + at(TIMELINE, "- id: lockdown", "  date: 2012-03-18"),
            instead=at(TIMELINE, "- id: lockdown", "  date: 2020-03-18"),
            advice=say(
                "The years are those that the title or the description of the page names, or "
                "else those of the other events."
            ),
        ),
        Explanation(
            "unshown-timeline",
            (ERROR,),
            says=say("The page of a timeline has a layout that does not show it."),
            matters=say("Nobody would see the events."),
            example=page("title: Over ons") + at(TIMELINE, "- id: vote", "  date: 2022-03-18"),
            instead=page("title: Over ons", "layout: timeline")
            + page("title: À propos", "layout: timeline", path=FR),
        ),
        Explanation(
            "unknown-topic",
            (ERROR,),
            says=say("An event names a topic that site.yaml does not have."),
            matters=say("Readers choose events by topic; this one would be found under none."),
            example=at(TIMELINE, "- id: vote", "  date: 2022-03-18", "  topics: [wet]"),
            instead=at(TIMELINE, "- id: vote", "  date: 2022-03-18", "  topics: [law]"),
        ),
        Explanation(
            "unknown-event",
            (ERROR,),
            says=say(
                "The key until or leads_to names an event that does not exist, or that comes "
                "earlier."
            ),
            matters=say(
                "They say which event ended what began here, and which one came of it; the "
                "timeline leads readers there."
            ),
            example=at(
                TIMELINE,
                "- id: lockdown",
                "  date: 2020-03-18",
                "  until: heropening",
                "",
                "- id: reopening",
                "  date: 2020-06-08",
            ),
            instead=at(
                TIMELINE,
                "- id: lockdown",
                "  date: 2020-03-18",
                "  until: reopening",
                "",
                "- id: reopening",
                "  date: 2020-06-08",
            ),
        ),
        Explanation(
            "empty-event",
            (ERROR,),
            says=say("An event has no language with both a title and a text."),
            matters=say("There would be nothing to show, in any language."),
            example=at(
                TIMELINE,
                "- id: vote",
                "  date: 2022-03-18",
                "  title:",
                "    nl: De stemming",
                "  text:",
                "    fr: La loi est votée.",
            ),
            instead=at(
                TIMELINE,
                "- id: vote",
                "  date: 2022-03-18",
                "  title:",
                "    nl: De stemming",
                "    fr: Le vote",
                "  text:",
                "    nl: De wet is gestemd.",
                "    fr: La loi est votée.",
            ),
        ),
    ),
)
