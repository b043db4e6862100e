"""Checks of pages and their addresses."""

from __future__ import annotations

from diptych.diagnostics import command, say
from diptych.explanations.values import ERROR, FILES, SITE, WARNING, Explanation, Theme, at, page

_HOME_NL, _HOME_FR, _CONTACT = "content/home/nl.md", "content/home/fr.md", "content/contact/nl.md"
_LOCK = "content/addresses.lock"
_HEAD = "# diptych addresses: written by `build.py remember`, one address and the key of its page a line"

ADDRESSES = Theme(
    say("Pages and their addresses"),
    (
        Explanation(
            "bundle-name",
            (ERROR,),
            says=say(
                "A page does not lie in a folder of its own, or the folder's name cannot be a key."
            ),
            matters=say("The folder's name is the page's key, by which links find it for good."),
            example=at(FILES, "Over-Ons/nl.md"),
            instead=at(FILES, "about/nl.md"),
            advice=say("A key holds small letters, digits and hyphens."),
        ),
        Explanation(
            "slug-collision",
            (ERROR,),
            says=say("Two pages would have the same address."),
            matters=say("Only one of them could be read."),
            example=page("title: Contact", "slug: over-ons", path=_CONTACT),
            instead=page("title: Contact", "slug: contact", path=_CONTACT),
        ),
        Explanation(
            "reserved-slug",
            (ERROR,),
            says=say("The slug is a name that some computers keep for themselves."),
            matters=say("On those computers the page's file could not be written."),
            example=page("title: Het nulpunt", "slug: nul"),
            instead=page("title: Het nulpunt", "slug: nulpunt"),
        ),
        Explanation(
            "missing-home",
            (ERROR,),
            says=say("No page has the layout home, or more than one has."),
            matters=say("The site needs one page to begin with, in every language."),
            example=page("title: Welkom", path=_HOME_NL) + page("title: Bienvenue", path=_HOME_FR),
            instead=page("title: Welkom", "layout: home", path=_HOME_NL)
            + page("title: Bienvenue", "layout: home", path=_HOME_FR),
        ),
        Explanation(
            "unknown-page",
            (ERROR,),
            says=say("The menu in site.yaml names a page that does not exist."),
            matters=say("The menu would lead nowhere."),
            example=at(SITE, "navigation: [over-ons]"),
            instead=at(SITE, "navigation: [about]"),
            advice=say("The menu holds keys: the names of the folders of the pages."),
        ),
        Explanation(
            "redirect-address",
            (ERROR,),
            says=say("An old address is not written as the path of a page."),
            matters=say("Only a path can lead on to the new page."),
            example=page("title: Over ons", 'redirect_from: ["/nl/wie?id=3"]'),
            instead=page("title: Over ons", "redirect_from: [/nl/wie/]"),
        ),
        Explanation(
            "redirect-taken",
            (ERROR,),
            says=say("An old address is the address of a page, or leads somewhere else already."),
            matters=say("An address can lead to one place only."),
            example=page("title: Over ons", "redirect_from: [/fr/a-propos/]"),
            instead=page("title: Over ons", "redirect_from: [/nl/wie/]"),
        ),
        Explanation(
            "unremembered-address",
            (WARNING,),
            says=say("The address of a page is not in addresses.lock yet."),
            matters=say(
                "When the slug or the title changes, nothing can lead on from the old address."
            ),
            example=at(_LOCK, _HEAD, "/nl/ home", "/fr/ home", "/nl/over-ons/ about"),
            instead=at(
                _LOCK, _HEAD, "/nl/ home", "/fr/ home", "/nl/over-ons/ about", "/fr/a-propos/ about"
            ),
            advice=say(
                "`{command}` writes all of them, and so does confirm for its "
                "page. Only check says it, and only where the file exists.",
                command=command("remember"),
            ),
        ),
        Explanation(
            "lost-address",
            (WARNING,),
            says=say(
                "An address that was published leads nowhere any more, since its page is gone."
            ),
            matters=say("Links of other sites, and what readers kept, would end on an empty page."),
            example=at(_LOCK, _HEAD, "/nl/wie/ who"),
            instead=page("title: Over ons", "redirect_from: [/nl/wie/]"),
            advice=say(
                "Name the address below redirect_from of the page that took its place. If it "
                "may die, take its line out of addresses.lock."
            ),
        ),
    ),
)
