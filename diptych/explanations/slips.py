"""Checks of what Markdown leaves as it was typed, although its author meant a mark."""

from __future__ import annotations

from diptych.diagnostics import command, say
from diptych.explanations.values import ERROR, FR, NL, WARNING, Explanation, Theme, at, page

SLIPS = Theme(
    say("Slips in a text that readers would see"),
    (
        Explanation(
            "swallowed-list",
            (WARNING,),
            says=say("A list stands right below a line of text."),
            matters=say(
                "Markdown then reads it as part of the paragraph: readers see dashes in one long "
                "line, and no list."
            ),
            example=at(NL, "Dit doen we:", "- luisteren", "- spreken"),
            instead=at(NL, "Dit doen we:", "", "- luisteren", "- spreken"),
        ),
        Explanation(
            "unclosed-html",
            (ERROR,),
            says=say("An HTML tag is opened and never closed."),
            matters=say("All that follows then belongs to it, and its Markdown is not read."),
            example=at(NL, "Dit is <em>belangrijk."),
            instead=at(NL, "Dit is *belangrijk*."),
            advice=say("Markdown does the same with fewer signs; prefer it to HTML."),
        ),
        Explanation(
            "stray-tag",
            (WARNING,),
            says=say("An HTML tag is closed and was never opened."),
            matters=say("Something was meant to stand out there, and now nothing does."),
            example=at(NL, "Dit is belangrijk</strong>."),
            instead=at(NL, "Dit is **belangrijk**."),
        ),
        Explanation(
            "unclosed-code",
            (ERROR,),
            says=say("A piece of code begins with three signs and never ends."),
            matters=say("Readers see the signs, and the code is set as an ordinary paragraph."),
            example=at(NL, "```", "make site"),
            instead=at(NL, "```", "make site", "```"),
        ),
        Explanation(
            "unknown-footnote",
            (ERROR,),
            says=say("The text points at a footnote that is not there."),
            matters=say("Readers see the sign of the note and never find what it says."),
            example=at(NL, "Dat blijkt uit onderzoek.[^study]"),
            instead=at(
                NL, "Dat blijkt uit onderzoek.[^study]", "", "[^study]: Het rapport van 2021."
            ),
            advice=say("The text of a note stands on a line of its own, often at the end."),
        ),
        Explanation(
            "unknown-reference",
            (WARNING,),
            says=say("A link names an address that stands nowhere on the page."),
            matters=say("Readers see square brackets where a link was meant."),
            example=at(NL, "Lees [onze vragen][faq]."),
            instead=at(NL, "Lees [onze vragen](page:about)."),
            advice=say("Write the address right behind the text of the link."),
        ),
        Explanation(
            "link-brackets",
            (WARNING,),
            says=say("The brackets of a link are swapped, or a space stands between them."),
            matters=say("Readers see brackets and an address where a link was meant."),
            example=at(NL, "Lees [meer over ons] (page:about)."),
            instead=at(NL, "Lees [meer over ons](page:about)."),
        ),
        Explanation(
            "missing-ligature",
            (WARNING,),
            says=say("A French word lacks its œ."),
            matters=say(
                "The site sets quotation marks, spaces and dashes by itself, but it changes no "
                "letter."
            ),
            example=at(FR, "Nous parlons à coeur ouvert."),
            instead=at(FR, "Nous parlons à cœur ouvert."),
            advice=say("`{command}` mends them all.", command=command("fix")),
        ),
        Explanation(
            "curly-quotes",
            (WARNING,),
            says=say("A value stands between quotation marks of a word processor."),
            matters=say(
                "To YAML these are letters, not marks: they stay in the title, and a colon between "
                "them is not protected."
            ),
            example=page("title: “Over ons”"),
            instead=page('title: "Over ons"'),
            advice=say("Where readers must see them, put straight ones around the whole value."),
        ),
    ),
)
