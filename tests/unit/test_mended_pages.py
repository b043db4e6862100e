"""If only the menu of a page changed, the mended page equals the page of a clean build, also with
the site's own templates.
"""

from __future__ import annotations

import pytest

from diptych.cache import Cache
from diptych.diagnostics import render_report
from diptych.pipeline import Options, build_site
from tests.conftest import SITE_YAML, make_tree

ENTRIES = "{% for each in view.site.navigation %}<i>{{ each.title }}</i>{% endfor %}"
ARABIC = ENTRIES.replace("<i>", "<i{% if each.title == 'Zij' %} lang=\"ar\"{% endif %}>")


def built(cache: Cache, files: dict[str, str]) -> tuple[object, str]:
    build = build_site(make_tree(files), Options(index=False), cache)
    assert not build.failed
    return build.outputs, render_report("json", build.diagnostics, build.sources)


@pytest.mark.parametrize(
    "before",
    [
        "{% include 'partials/part.html' %}",
        f"{{% block entries %}}{ARABIC}{{% endblock %}}",
    ],
    ids=["an included template shows the menu by its parent", "an entry from right to left"],
)
def test_a_menu_that_changes(before: str) -> None:
    main = f"{{% block main %}}{before}{{{{ super() }}}}{{% endblock %}}"
    files = {
        "content/site.yaml": SITE_YAML,
        "templates/page.html": "{% extends 'theme/page.html' %}" + main,
        "templates/partials/part.html": "{% extends 'partials/above.html' %}",
        "templates/partials/above.html": f"<p>{ENTRIES}</p>",
    }
    for name in ("they", "news/one", "news/two", "news/three", "news"):
        title = "Zij" if name == "they" else name
        files |= {
            f"content/{name}/{language}.md": f"---\ntitle: {title}\n---\n\nTekst.\n"
            for language in ("nl", "fr")
        }
    living = Cache(None)
    built(living, files)
    files["content/site.yaml"] = SITE_YAML.replace("[about]", "[about, they]")
    assert built(living, files) == built(Cache(None), files)
