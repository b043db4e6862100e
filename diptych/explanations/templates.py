"""Checks of templates and assets."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, TEMPLATE, Explanation, Theme, at, page

_STYLE = "assets/site.css"

TEMPLATES = Theme(
    say("Templates, for those who design the site"),
    (
        Explanation(
            "template-syntax",
            (ERROR,),
            says=say("A template does not follow the rules of Jinja."),
            matters=say("No page that uses it can be made."),
            example=at(TEMPLATE, "{% if view.image %}", "<hr>"),
            instead=at(TEMPLATE, "{% if view.image %}", "<hr>", "{% endif %}"),
        ),
        Explanation(
            "template-missing",
            (ERROR,),
            says=say("A template uses another one that does not exist."),
            matters=say("No page that uses it can be made."),
            example=at(TEMPLATE, '{% include "partials/meny.html" %}'),
            instead=at(TEMPLATE, '{% include "partials/menu.html" %}'),
        ),
        Explanation(
            "template-name",
            (ERROR,),
            says=say("A template uses a name that is not there."),
            matters=say(
                "A misspelt name would leave a hole in every page, and nobody would see why."
            ),
            example=at(TEMPLATE, "<p>{{ view.titel }}</p>"),
            instead=at(TEMPLATE, "<p>{{ view.title }}</p>"),
            advice=say("All that a template may use stands in diptych/views.py."),
        ),
        Explanation(
            "template-empty",
            (ERROR,),
            says=say("A template makes a page without a single word."),
            matters=say("An empty page would take the place of the text."),
            example=at("templates/faq.html", "{# The questions. #}")
            + page("title: Vragen", "layout: faq"),
            instead=at(
                "templates/faq.html",
                '{% extends "base.html" %}',
                "",
                "{% block main %}",
                "{{ view.lead }}",
                "{% endblock %}",
            ),
        ),
        Explanation(
            "template-error",
            (ERROR,),
            says=say("A template fails while a page is being made."),
            matters=say("That page cannot be made, so nothing is published."),
            example=at(TEMPLATE, "{{ view.languages + 1 }}"),
            instead=at(TEMPLATE, "{{ view.languages|length + 1 }}"),
        ),
        Explanation(
            "template-dynamic",
            (ERROR,),
            says=say("A template names another one by a variable."),
            matters=say("Then nobody can tell which pages change when that template changes."),
            example=at(TEMPLATE, '{% include "partials/" ~ view.layout ~ ".html" %}'),
            instead=at(TEMPLATE, '{% include "partials/menu.html" %}'),
        ),
        Explanation(
            "broken-asset",
            (ERROR,),
            says=say("A template or a style sheet uses a file that is not in assets/."),
            matters=say("The page would come without that picture, style or script."),
            example=at(_STYLE, 'body { background: url("ikon.svg"); }'),
            instead=at(_STYLE, 'body { background: url("icon.svg"); }'),
        ),
    ),
)
