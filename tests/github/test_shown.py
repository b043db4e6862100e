"""Callouts, tasks and struck-out words on a finished page: words of the page's language, no control."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from diptych.cache import Cache
from diptych.pipeline import Options, build_site
from tests.conftest import make_tree

KINDS = {
    "nl": {
        "NOTE": "Opmerking",
        "TIP": "Tip",
        "IMPORTANT": "Belangrijk",
        "WARNING": "Opgelet",
        "CAUTION": "Pas op",
    },
    "fr": {
        "TIP": "Conseil",
        "IMPORTANT": "Important",
        "WARNING": "Attention",
        "CAUTION": "Prudence",
    },
}
TASKS = {"nl": ("Te doen", "Gedaan"), "fr": ("À faire", "Fait")}


def page(language: str, text: str) -> str:
    path = f"content/about/{language}.md"
    tree = make_tree({path: f"---\ntitle: Over\n---\n\n{text}\n"})
    outputs = build_site(tree, Options(), Cache(None)).outputs
    folder = {"nl": "nl/over/index.html", "fr": "fr/over/index.html"}[language]
    return next(each.data for each in outputs if each.path == folder).decode()


@pytest.mark.parametrize("language", KINDS)
def test_a_callout_is_called_by_its_kind_in_the_language_of_the_page(language: str) -> None:
    text = "\n\n".join(f"> [!{kind}]\n> x" for kind in KINDS[language])
    html = page(language, text)
    for kind, name in KINDS[language].items():
        assert f'<div class="admonition {kind.lower()}">' in html
        assert f">{name}</p>" in html


@pytest.mark.parametrize("language", TASKS)
def test_a_task_is_a_sign_that_is_spoken_as_a_word(language: str) -> None:
    html = page(language, "- [ ] a\n- [x] b")
    for kind, sign, word in zip(("open", "done"), "☐☑", TASKS[language], strict=True):
        assert f'<span class="task {kind}" role="img" aria-label="{word}">{sign}</span>' in html
    assert "<input" not in html.partition("<main")[2].partition("</main>")[0]


def test_words_that_went_are_struck_out_and_bare_addresses_are_links() -> None:
    html = page("nl", "~~Weg~~: zie https://a.be/x_y.")
    assert "<del>Weg</del>" in html
    assert '<a href="https://a.be/x_y" rel="external noreferrer">https://a.be/x_y</a>.' in html


def test_a_picture_in_the_text_of_an_event_needs_words() -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    event = (
        "- id: march\n  date: 2020-03-18\n  title: {nl: A, fr: B}\n  text:\n"
        "    nl: |\n      Zie ![](boot.png)\n    fr: |\n      Voir [x](#nergens) et ![Bateau](boot.png)\n"
    )
    files: dict[str, str | bytes | None] = {
        "content/time/timeline.yaml": event,
        "content/time/boot.png": drawn.getvalue(),
        **{
            f"content/time/{key}.md": "---\ntitle: T\nlayout: timeline\n---\n"
            for key in ("nl", "fr")
        },
    }
    told = build_site(make_tree(files), Options(), Cache(None)).diagnostics
    found = {
        (each.check, each.span.path) for each in told if each.span.path.endswith("timeline.yaml")
    }
    assert ("missing-alt", "content/time/timeline.yaml") in found
    assert ("broken-anchor", "content/time/timeline.yaml") in found
