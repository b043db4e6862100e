"""Checks of links in texts."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, INFO, NL, SITE, WARNING, Explanation, Theme, at

LINKS = Theme(
    say("Links"),
    (
        Explanation(
            "broken-link",
            (ERROR,),
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
            "broken-anchor",
            (ERROR,),
            says=say("A link leads to an anchor that its page does not have."),
            matters=say("The reader would land at the top of the page and have to search."),
            example=at(NL, "Lees [wie we zijn](page:about#wie)."),
            instead=at(NL, "Lees [wie we zijn](page:about#who)."),
            advice=say(
                "An anchor is the id of a heading, as in {example}, or the id of an event.",
                example="{#who}",
            ),
        ),
        Explanation(
            "literal-address",
            (WARNING,),
            says=say("A link names the address of a page of this site instead of its key."),
            matters=say("Addresses can change and belong to one language; keys stay."),
            example=at(NL, "Lees [wie we zijn](/nl/over-ons/)."),
            instead=at(NL, "Lees [wie we zijn](page:about)."),
        ),
        Explanation(
            "unknown-setting",
            (ERROR,),
            says=say(
                "A link that begins with `site:` names something that site.yaml does not have."
            ),
            matters=say("Without an address the link cannot be made."),
            example=at(NL, "Steun ons met een [gift](site:donation)."),
            instead=at(NL, "Steun ons met een [gift](site:donation_link)."),
        ),
        Explanation(
            "unset-setting",
            (INFO,),
            says=say("A link that texts use has no address yet in site.yaml."),
            matters=say("Until then readers see the e-mail address of the organisation instead."),
            example=at(NL, "Steun ons met een [gift](site:donation_link).")
            + at(SITE, "organisation:", "  donation_link:"),
            instead=at(SITE, "organisation:", "  donation_link: https://example.org/steun"),
            advice=say("Only check --advice says it."),
        ),
        Explanation(
            "vague-link",
            (WARNING,),
            says=say("The text of a link does not say where it leads."),
            matters=say(
                "Who hears the page, or looks only at its links, gets a list of the word “here”."
            ),
            example=at(NL, "Wie we zijn, lees je [hier](page:about)."),
            instead=at(NL, "Lees [wie we zijn](page:about)."),
            advice=say("Take as the link's text the words that name what one finds there."),
        ),
        Explanation(
            "repeated-link-text",
            (INFO,),
            says=say("Two links of a page have the same text and lead to different places."),
            matters=say("Who looks only at the links cannot tell them apart."),
            example=at(NL, "De [vraag](page:about#who) en de andere [vraag](page:home)."),
            instead=at(NL, "De [eerste vraag](page:about#who) en de [tweede vraag](page:home)."),
            advice=say("Only check --advice says it."),
        ),
        Explanation(
            "varied-link-text",
            (INFO,),
            says=say("Two links of a page lead to the same place and have different texts."),
            matters=say("Readers may think that there are two things to be found."),
            example=at(NL, "Naar [het begin](page:home), of naar [de startpagina](page:home)."),
            instead=at(NL, "Naar [het begin](page:home), of nog eens naar [het begin](page:home)."),
            advice=say("Only check --advice says it. Within a sentence other words can be better."),
        ),
        Explanation(
            "dead-external-link",
            (WARNING,),
            says=say("A page of another site, to which a link leads, is not there any more."),
            matters=say("The reader would end on a page that says that there is nothing."),
            example=at(NL, "Lees [het verslag](https://example.org/verdwenen)."),
            instead=at(NL, "Lees [het verslag](https://example.org/verslag)."),
            advice=say(
                "Only check --external says it: it asks the other sites, and remembers what is "
                "there for three days. Look for the page elsewhere, or take the link out."
            ),
        ),
        Explanation(
            "moved-external-link",
            (INFO,),
            says=say("A page of another site says that it has a new address for good."),
            matters=say("The old address works as long as that site wants; nobody says how long."),
            example=at(NL, "Lees [het verslag](http://example.org/oud)."),
            instead=at(NL, "Lees [het verslag](https://example.org/nieuw)."),
            advice=say("Only check --external says it."),
        ),
        Explanation(
            "unclear-external-link",
            (INFO,),
            says=say("Another site did not tell whether the page that is linked is there."),
            matters=say("It may be busy, or refuse programs, or be gone."),
            example=at(NL, "Lees [het verslag](https://example.org/besloten)."),
            advice=say("Only check --external says it. Look at the page in a browser."),
        ),
    ),
)
