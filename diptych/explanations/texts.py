"""Checks of the text of a page: headings, and what cannot stand in Markdown here."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, INFO, NL, WARNING, Explanation, Theme, at

TEXTS = Theme(
    say("The text of a page"),
    (
        Explanation(
            "unwritten",
            (WARNING, INFO),
            says=say("A title, a heading or a text is still only `…`, which keeps its place."),
            matters=say(
                "Readers would find a page that is not ready. While it is a draft, this is "
                "only a note."
            ),
            example=at(NL, "…"),
            instead=at(NL, "Wij zijn met vijf begonnen."),
            advice=say("Write what it stands for, in every language, or take it out."),
        ),
        Explanation(
            "heading-order",
            (ERROR, WARNING),
            says=say("A heading skips a level, or has the level of the page's title."),
            matters=say(
                "Who listens to the page finds the way by its headings; the title is the only one "
                "with a single #."
            ),
            example=at(NL, "# Wat we willen {#what-we-want}"),
            instead=at(NL, "## Wat we willen {#what-we-want}"),
        ),
        Explanation(
            "heading-without-id",
            (WARNING,),
            says=say("A heading has no id of its own."),
            matters=say(
                "Links to a heading use its id. One that is made from the words breaks when the "
                "words change, and differs from language to language."
            ),
            example=at(NL, "## Wat we willen"),
            instead=at(NL, "## Wat we willen {#what-we-want}"),
            advice=say("Give the heading the same id in every language."),
        ),
        Explanation(
            "duplicate-anchor",
            (ERROR,),
            says=say("Two headings of one page have the same id."),
            matters=say("A link to that id would lead to the first of the two."),
            example=at(NL, "## Leden {#members}", "", "## Lid worden {#members}"),
            instead=at(NL, "## Leden {#members}", "", "## Lid worden {#become-member}"),
        ),
        Explanation(
            "unsafe-html",
            (ERROR,),
            says=say("HTML in the text would run code or fetch something from elsewhere."),
            matters=say("It could tell others who reads this site, or harm the reader."),
            example=at(NL, '<iframe src="https://video.example/12"></iframe>'),
            instead=at(NL, "[Bekijk het filmpje](https://video.example/12)"),
            advice=say("Markdown is enough: emphasis, links, lists, tables, notes and pictures."),
        ),
        Explanation(
            "too-complex",
            (ERROR,),
            says=say("A line is too long, or holds too many marks to be read with certainty."),
            matters=say("Such lines can keep the site from being built for minutes."),
            example=at(NL, "<![CDATA[ Wij zijn met vijf begonnen. ]]>"),
            instead=at(NL, "Wij zijn met vijf begonnen."),
            advice=say("Break the line in two, or take out what was pasted along."),
        ),
        Explanation(
            "too-long",
            (ERROR,),
            says=say("The text of a page holds more than 400 000 characters."),
            matters=say("Nobody reads such a page to the end, and it makes every build slow."),
            example=at(NL, "## Deel 1 {#part-1}", "…", "## Deel 900 {#part-900}"),
            instead=at(NL, "[Deel 2](page:about/part-2)")
            + at("content/about/part-2/nl.md", "---", "title: Deel 2", "---"),
            advice=say("Divide it over several pages."),
        ),
    ),
)
