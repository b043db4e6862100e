"""Checks of links in texts."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, INFO, NL, SITE, WARNING, Explanation, Theme, at

LINKS = Theme(
    say("Links"),
    (
        Explanation(
            "broken-link", (ERROR,),
            says=say("A link leads to a page or a file that does not exist."),
            matters=say("The reader would end on an empty page."),
            example=at(NL, "Lees [wie we zijn](page:over-ons)."),
            instead=at(NL, "Lees [wie we zijn](page:about)."),
            advice=say(
                "After `page:` comes the key of a page: the name of its folder, the same in every "
                "language. A file in the page's own folder is linked by its name."
            ),
        ),
        Explanation(
            "broken-anchor", (ERROR,),
            says=say("A link leads to an anchor that its page does not have."),
            matters=say("The reader would land at the top of the page and have to search."),
            example=at(NL, "Lees [wie we zijn](page:about#wie)."),
            instead=at(NL, "Lees [wie we zijn](page:about#who)."),
            advice=say("An anchor is the id of a heading, as in {example}, or the id of an event.",
                       example="{#who}"),
        ),
        Explanation(
            "literal-address", (WARNING,),
            says=say("A link names the address of a page of this site instead of its key."),
            matters=say("Addresses can change and belong to one language; keys stay."),
            example=at(NL, "Lees [wie we zijn](/nl/over-ons/)."),
            instead=at(NL, "Lees [wie we zijn](page:about)."),
        ),
        Explanation(
            "unknown-setting", (ERROR,),
            says=say("A link that begins with `site:` names something that site.yaml does not have."),
            matters=say("Without an address the link cannot be made."),
            example=at(NL, "Steun ons met een [gift](site:donation)."),
            instead=at(NL, "Steun ons met een [gift](site:donation_link)."),
        ),
        Explanation(
            "unset-setting", (INFO,),
            says=say("A link that texts use has no address yet in site.yaml."),
            matters=say("Until then readers see the e-mail address of the organisation instead."),
            example=at(NL, "Steun ons met een [gift](site:donation_link).")
            + at(SITE, "organisation:", "  donation_link:"),
            instead=at(SITE, "organisation:", "  donation_link: https://example.org/steun"),
        ),
    ),
)  # fmt: skip
