"""Checks of the settings of the site."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, FILES, SITE, WARNING, Explanation, Theme, at

SETTINGS = Theme(
    say("Settings"),
    (
        Explanation(
            "admin-script",
            (ERROR,),
            says=say(
                "The site asks for forms in the browser, and a file that they need is not there."
            ),
            matters=say(
                "The page loads nothing from elsewhere, so that the files are carried along, "
                "and only those that are known by their SHA-256."
            ),
            example=at(SITE, "admin: {repository: utsopi/site}"),
            advice=say("Run `make admin` once and commit the folder vendor/, or take out `admin`."),
        ),
        Explanation(
            "missing-settings",
            (ERROR,),
            says=say("The folder has no file content/site.yaml."),
            matters=say("It says which languages the site has and where it is published."),
            example=at(FILES, "settings.yaml", "about/nl.md"),
            instead=at(FILES, "site.yaml", "about/nl.md"),
            advice=say(
                "Perhaps the command was given in another folder; --root names the right one."
            ),
        ),
        Explanation(
            "security-expiry",
            (WARNING,),
            says=say("The file that says where to report a leak ends too soon, or too late."),
            matters=say(
                "Once that day is over the file is left out. It should lie at least a month ahead, "
                "and at most a year."
            ),
            example=at(SITE, "security:", "  expires: 2020-01-15"),
            instead=at(SITE, "security:", "  expires: 2020-11-30"),
            advice=say(
                "Write a date about eleven months ahead, and look at the address once more."
            ),
        ),
        Explanation(
            "search-index",
            (WARNING,),
            says=say("The site asks for a search page, and its index could not be made."),
            matters=say("Until then readers find a list of all pages there instead."),
            example=at(SITE, "search: true"),
            advice=say("Run `make site` once: that installs Pagefind, which makes the index."),
        ),
        Explanation(
            "unknown-hosting",
            (ERROR,),
            says=say("The host in site.yaml is none of those that are known."),
            matters=say("Each host reads its own files for security and for old addresses."),
            example=at(SITE, "hosting: netlfy"),
            instead=at(SITE, "hosting: netlify"),
            advice=say("For another host leave the line out."),
        ),
    ),
)
