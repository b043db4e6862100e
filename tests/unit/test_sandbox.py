"""Templates see the view and nothing of Python: Jinja's sandbox is the second wall."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Source
from diptych.i18n import Strings
from diptych.pipeline import Build
from diptych.templating import Templates, check_template
from diptych.values import Value


class _View(Value):
    items: list[str]
    title: str = "Titel"


def _checks(text: str) -> list[tuple[str, int]]:
    source = Source("templates/page.html", text)
    strings = {"nl": Strings(str, lambda one, several, count: one)}
    templates = Templates({"page.html": source}, strings, (), str, Cache(None))
    found = templates.render("page.html", "nl", _View(items=["a"])).diagnostics
    return [(each.check, source.position(each.span.start)[0]) for each in found]


@pytest.mark.parametrize(
    "expression",
    [
        "sha256.__globals__",
        "sha256.__globals__['__builtins__']",
        "view.__class__.__mro__",
        "asset.__self__",
        "''.__class__.__base__.__subclasses__()",
        "view|attr('__class__')",
        "in_language.__code__",
        "'{0.__class__}'.format(view)",
        "'%s'|format(view.__init__.__globals__)",
        "cycler.__init__.__globals__",
        "view.items.append('b')",
        "self.__init__",
    ],
)
def test_what_leads_into_python_is_closed(expression: str) -> None:
    assert _checks(f"x\n{{{{ {expression} }}}}") == [("template-unsafe", 2)]


@pytest.mark.parametrize(
    "expression", ["view.title", "view.items|join", "view.title|upper", "'%s' % view.title"]
)
def test_what_a_page_needs_is_open(expression: str) -> None:
    assert _checks(f"{{{{ {expression} }}}}") == []


COMMENTED = """\
{% extends "base.html" %}
{# <!-- this one stays here --> #}
{% block main %}
<h1>{{ view.title }}</h1> <!-- by Ann --><p>x</p><!-- and Bea -->
<!--
  {{ view.title }}
-->
<!--[if IE]><p>old</p><![endif]-->
{% raw %}<!-- {{ }} -->{% endraw %}
<!-- never closed
{% endblock %}
"""


def test_comments_of_html_in_a_template_are_told_at_their_place() -> None:
    source = Source("templates/page.html", COMMENTED)
    found = check_template(("page.html", source))
    assert [each.check for each in found] == ["template-comment"] * 6
    assert [source.position(each.span.start) for each in found] == [
        (4, 27),
        (4, 50),
        (5, 1),
        (8, 1),
        (9, 10),
        (10, 1),
    ]
    assert [[edit.text for edit in each.edits] for each in found] == [
        ["{# by Ann #}"],
        ["{# and Bea #}"],
        [],
        ["{#[if IE]><p>old</p><![endif]#}"],
        [],
        [],
    ]


def test_the_theme_publishes_no_comment(site: Callable[..., Build]) -> None:
    assert not any(
        b"<!--" in each.data for each in site({}).outputs if each.path.endswith((".html", ".htm"))
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{% if view %}x{% endfi %}",
            "`endfi` does not belong here: `if` above it has no `endif` yet",
        ),
        ("x{% endif %}", "there is no tag `endif`"),
        ("{% for each in view.html %}x", "the template ends here, and `for` has no `endfor` yet"),
        ("{{ view.html|uppr }}", "there is no filter `uppr`"),
        ("{{ view.html }", "`}` does not belong here"),
        ("{{ view html }}", "what stands between the braces should end before `html`"),
        ("{% if view = 1 %}x{% endif %}", "what stands between the braces should end before `=`"),
        ("{{ }}", "nothing stands between the braces"),
        ("{{ view.html ", "what is opened here is never closed"),
        ("{# x", "what is opened here is never closed"),
        ("{{ view. }}", "a name is missing here"),
        (
            "{% block a %}{% endblock %}{% block a %}{% endblock %}",
            "the block `a` stands here twice",
        ),
        (
            "{% for x %}{% endfor %}",
            "Jinja says: expected token 'in', got 'end of statement block'",
        ),
    ],
)
def test_what_jinja_says_is_in_the_words_of_the_author(
    site: Callable[..., Build], text: str, said: str
) -> None:
    build = site({"templates/page.html": text})
    (problem,) = (each for each in build.diagnostics if each.check == "template-syntax")
    assert str(problem.message) == said


@pytest.mark.parametrize(
    ("text", "said", "near"),
    [
        ("{{ view.html|uppr }}", "there is no filter `uppr`", "upper"),
        # Jinja looks a test up only when it makes a page
        ("{% if view is defned %}x{% endif %}", "there is no test `defned`", "defined"),
    ],
)
def test_a_filter_that_was_meant_is_named(
    site: Callable[..., Build], text: str, said: str, near: str
) -> None:
    build = site({"templates/page.html": text})
    (problem,) = {
        (str(each.message), str(each.hint))
        for each in build.diagnostics
        if each.check in ("template-syntax", "template-error")
    }
    assert problem == (said, f"did you mean `{near}`?")
