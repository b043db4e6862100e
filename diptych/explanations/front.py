"""Checks of front matter: what stands between the lines with three dashes."""

from __future__ import annotations

from diptych.diagnostics import command, say
from diptych.explanations.values import (
    ERROR,
    FR,
    NL,
    TIMELINE,
    WARNING,
    Explanation,
    Theme,
    at,
    page,
)

FRONT = Theme(
    say("Front matter: what stands at the top of a page"),
    (
        Explanation(
            "front-matter-missing",
            (ERROR,),
            says=say("The file does not begin with front matter."),
            matters=say(
                "Without a title the page has no heading, no address and no place in a menu."
            ),
            example=at(NL, "# Over ons", "", "Wij zijn met vijf begonnen."),
            instead=at(NL, "---", "title: Over ons", "---", "", "Wij zijn met vijf begonnen."),
        ),
        Explanation(
            "front-matter-unclosed",
            (ERROR,),
            says=say("The second line with three dashes is missing."),
            matters=say(
                "Without it nobody can tell where the front matter ends and the text begins."
            ),
            example=at(NL, "---", "title: Over ons", "", "Wij zijn met vijf begonnen."),
            instead=at(NL, "---", "title: Over ons", "---", "", "Wij zijn met vijf begonnen."),
        ),
        Explanation(
            "missing-title",
            (ERROR,),
            says=say("The title holds no letter and no digit."),
            matters=say("The title is the page's heading, and its address is made from it."),
            example=page('title: "…"'),
            instead=page("title: Over ons"),
        ),
        Explanation(
            "unknown-layout",
            (ERROR,),
            says=say("There is no layout with this name."),
            matters=say("The layout decides how the page is shown; without one it cannot be made."),
            example=page("title: Vragen", "layout: vragen"),
            instead=page("title: Vragen", "layout: faq"),
            advice=say("The message lists the layouts that there are."),
        ),
        Explanation(
            "layout-conflict",
            (ERROR,),
            says=say("The languages of one page have different layouts."),
            matters=say("Who changes language would land on a page that is built differently."),
            example=page("title: Over ons", "layout: page")
            + page("title: À propos", "layout: faq", path=FR),
            instead=page("title: À propos", "layout: page", path=FR),
        ),
        Explanation(
            "field-differs",
            (WARNING,),
            says=say("A value that all languages of a page share is another one here."),
            matters=say("Readers of one language would get another date or picture than the rest."),
            example=page("title: Over ons", "date: 2024-06-08")
            + page("title: À propos", "date: 2024-06-09", path=FR),
            instead=page("title: À propos", "date: 2024-06-08", path=FR),
        ),
        Explanation(
            "lost-comment",
            (WARNING,),
            says=say("What stands after a # is lost."),
            matters=say("YAML takes a # after a space for the beginning of a comment."),
            example=page("title: Wij zijn de #1 van het land"),
            instead=page('title: "Wij zijn de #1 van het land"'),
        ),
        Explanation(
            "unknown-check",
            (ERROR,),
            says=say("Below allow stands a name that no check has."),
            matters=say("It would silence nothing, and the warning would come all the same."),
            example=page("title: Over ons", "allow:", "  literal-adress: Zo gevraagd."),
            instead=page("title: Over ons", "allow:", "  literal-address: Zo gevraagd."),
            advice=say("`{command}` lists the names of all checks.", command=command("explain")),
        ),
        Explanation(
            "impossible-date",
            (ERROR,),
            says=say("A date does not exist, or is not written as year, month and day."),
            matters=say(
                "Dates are shown in each language's own way and events are put in their order; for "
                "that a date must be certain."
            ),
            example=at(TIMELINE, "- id: reopening", "  date: 8 juni 2020"),
            instead=at(TIMELINE, "- id: reopening", "  date: 2020-06-08"),
            advice=say(
                "A month is 2020-06, a year 2020, spring 2020-21, a period 2021-11-06/2021-11-07, a "
                "day with a time 2022-03-18T01:35; a sign ~ at the end means about."
            ),
        ),
    ),
)
