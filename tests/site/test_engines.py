"""This site in Firefox and in WebKit, as the example: what its own texts could break."""

from tests.browser.conftest import Served
from tests.browser.engines import Engine
from tests.browser.test_engines import (
    engine,
    eventually,
    here,
    pytestmark,
    test_no_page_is_wider_than_its_window,
    test_no_word_of_the_cover_or_of_the_not_found_page_is_broken,
    test_paper_is_whole,
)


def test_a_link_to_an_event_opens_the_chapter_that_folds_it(engine: Engine, here: Served) -> None:
    """Older browsers (Firefox before 143) cannot show a folded chapter whole: there all stand open."""
    address = here.origin + here.path("timeline", "fr")
    closed = "document.querySelectorAll('.fold:not([open])').length"
    for last in ("[...document.querySelectorAll('.event article')].pop().id", "'the-vote'"):
        engine.go(address)
        folds = engine.run("CSS.supports('selector(::details-content)')")
        assert eventually(engine, f"{closed} > 1" if folds else f"{closed} === 0")
        place = engine.run(last)
        engine.go("about:blank")
        engine.go(f"{address}#{place}")
        assert eventually(engine, f"document.getElementById('{place}').closest('.fold').open")
