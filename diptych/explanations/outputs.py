"""Checks of the finished site, before it is published."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, TEMPLATE, Explanation, Theme, at, page

_FRAME = "templates/base.html"
_SCRIPT = "assets/site.js"

OUTPUTS = Theme(
    say("The finished site, before it is published"),
    (
        Explanation(
            "dead-link",
            (ERROR,),
            says=say("A finished page leads to an address that the site does not have."),
            matters=say("The reader would end on an empty page."),
            example=at(TEMPLATE, '<a href="/nl/contact/">Contact</a>'),
            instead=at(TEMPLATE, '<a href="{{ view.site.home }}">Contact</a>'),
            advice=say("The link stands in a template; links in texts are checked before."),
        ),
        Explanation(
            "dead-anchor",
            (ERROR,),
            says=say("A finished page leads to an anchor that is not there."),
            matters=say("The reader would land at the top of the page and have to search."),
            example=at(TEMPLATE, '<a href="#text">↑</a>'),
            instead=at(TEMPLATE, '<a href="#main">↑</a>'),
        ),
        Explanation(
            "repeated-id",
            (ERROR,),
            says=say("The same id stands more than once on a finished page."),
            matters=say("Links and aids for those who cannot see would find the wrong place."),
            example=at(TEMPLATE, '<div id="main"></div>'),
            instead=at(TEMPLATE, '<div id="more"></div>'),
        ),
        Explanation(
            "same-output",
            (ERROR,),
            says=say("Two files would be published under the same address."),
            matters=say("One would overwrite the other."),
            example=page("title: Over ons", "redirect_from: [/sitemap.xml]"),
            instead=page("title: Over ons", "redirect_from: [/nl/wie/]"),
        ),
        Explanation(
            "foreign-resource",
            (ERROR,),
            says=say("A page would make the reader's browser fetch something from another site."),
            matters=say("That site would learn who reads this one."),
            example=at(TEMPLATE, '<img src="https://example.com/logo.svg" alt="">'),
            instead=at(TEMPLATE, '<img src="{{ asset(\'icon.svg\') }}" alt="">'),
            advice=say("Put the file in assets/, or make it a link that the reader can choose."),
        ),
        Explanation(
            "inline-code",
            (ERROR,),
            says=say("A page holds script or style in one of its own lines."),
            matters=say("Browsers refuse it here, so that no text can ever bring code along."),
            example=at(TEMPLATE, '<p style="color: red">…</p>'),
            instead=at(TEMPLATE, '<p class="important">…</p>'),
            advice=say("Style belongs in assets/site.css, script in assets/site.js."),
        ),
        Explanation(
            "missing-policy",
            (ERROR,),
            says=say("A page does not forbid the browser to fetch things from elsewhere."),
            matters=say(
                "That line is the last wall: it holds also when something else slipped through."
            ),
            example=at(
                _FRAME, '<meta http-equiv="Content-Security-Policy" content="default-src *">'
            ),
            instead=at(
                _FRAME,
                '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
                "script-src 'self'; style-src 'self'; img-src 'self'\">",
            ),
        ),
        Explanation(
            "storing-script",
            (ERROR,),
            says=say("A script could leave something behind on the reader's device."),
            matters=say("Who opens that device later could see that this site was read."),
            example=at(_SCRIPT, 'localStorage.setItem("seen", "yes");'),
            instead=at(_SCRIPT, "let seen = true;"),
            advice=say("Keep it in memory: it is gone when the page is closed."),
        ),
        Explanation(
            "unfinished-page",
            (ERROR,),
            says=say("A finished page breaks off before its end."),
            matters=say(
                "A template was probably cut short; the reader would lose what came after."
            ),
            example=at("templates/faq.html", "<!DOCTYPE html>", '<html lang="nl">', "<h1>FAQ</h1>")
            + page("title: Vragen", "layout: faq")
            + page("title: Questions", "layout: faq", path="content/about/fr.md"),
            instead=at(
                "templates/faq.html",
                '{% extends "base.html" %}',
                "{% block main %}",
                "<h1>FAQ</h1>",
                "{% endblock %}",
            ),
        ),
        Explanation(
            "missing-language",
            (ERROR,),
            says=say("A finished page does not say in which language it is."),
            matters=say(
                "A voice that reads the page aloud would use the sounds of another language."
            ),
            example=at(_FRAME, "<html>"),
            instead=at(_FRAME, '<html lang="{% block lang %}{{ view.lang }}{% endblock %}">'),
        ),
    ),
)
