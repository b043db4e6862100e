"""Every regular expression that the program looks for in a text from each of its places (`search`,
`finditer`, `findall`, `sub`, `split`): on a long run of each kind the time grows with its length.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from pathlib import Path

import pytest

import diptych
from tests.unit.test_patterns import RUNS

SHORT, LONG = 10_000, 40_000  # characters
BEARABLE = 0.05  # seconds on the short run: what is quicker is not compared
SEARCHES = {"search", "finditer", "findall", "sub", "subn", "split"}
OPEN = {  # what begins something that is never closed, so that each beginning looks as far as the end
    "diptych.html.places._JINJA": "templates are code of the site itself",
    "diptych.importing.headings._MARKS": "a heading, once, when a site moves in",
    "diptych.importing.marks._ARGUMENT": "the arguments of a mark, once, when a site moves in",
    "diptych.importing.wordpress._CAPTIONED": "a caption, once, when a site moves in",
    "diptych.markdown.slips._NOT_PROSE": "looks no further than the end of its line",
    "diptych.markdown.leftovers <[^>]*>": "HTML that the program wrote: each tag is closed",
    "diptych.markdown.leftovers._TAGS": "HTML that the program wrote: each tag is closed",
    "diptych.markdown.safety._NAMED_TAG": "HTML that the program wrote: each tag is closed",
    "diptych.markdown.safety._TAG": "the text ends with `>`, so each tag is closed",
    "diptych.outputs.searchable._WORD": "HTML that the program wrote: each tag is closed",
    "diptych.render.contents._NESTED": "HTML that the program wrote: each tag is closed",
    "diptych.render.figures._TAG": "HTML that the program wrote: each tag is closed",
    "diptych.templating.blocks._COMMENT": "templates are code of the site itself",
    "diptych.templating.environment._TAG": "HTML that the program wrote: each comment is closed",
    "diptych.templating.templates._SPARE": "style sheets are code of the site itself",
    "diptych.search._TAG": "HTML that the program wrote: each tag is closed",
    "diptych.render.takeaway._HREF": "pages that the program wrote: each tag is closed",
    "diptych.render.takeaway._SOURCE": "pages that the program wrote: each tag is closed",
    "diptych.translation.detection._APART": "a comment that is not closed, in a paragraph",
    "diptych.translation.po.readable.HEADING_END": "one heading, when texts are exported or imported",
    "diptych.translation.po.wrapping.HEADING_END": "one heading, when texts are exported or imported",
    "diptych.translation.po.marks (?<=\\w)[\\s/].*>": "one tag, when texts are exported or imported",
    "diptych.translation.units._ITEM": "a part without empty lines",
}


def searched() -> dict[str, re.Pattern[str]]:
    """By module and name, or by module and text where the call holds it."""
    found: dict[str, re.Pattern[str]] = {}
    for each in pkgutil.walk_packages(diptych.__path__, "diptych."):
        module = importlib.import_module(each.name)
        for call in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            if isinstance(call.func, ast.Name) and call.func.id == "replaced" and call.args:
                name = getattr(call.args[0], "id", "")  # of diptych.importing.code: it finds each
                held = getattr(module, name, None)
                if isinstance(held, re.Pattern):
                    found[f"{each.name}.{name}"] = held
            if not isinstance(call.func, ast.Attribute):
                continue
            if call.func.attr not in SEARCHES or not isinstance(call.func.value, ast.Name):
                continue
            name = call.func.value.id
            held = getattr(module, name, None)
            if name == "re" and call.args and isinstance(call.args[0], ast.Constant):
                text = str(call.args[0].value)
                found[f"{each.name} {text}"] = re.compile(text)
            elif isinstance(held, re.Pattern) and isinstance(held.pattern, str):
                found[f"{each.name}.{name}"] = held
    return found


SEARCHED = searched()


def seconds(pattern: re.Pattern[str], run: str, size: int) -> float:
    text = (run * size)[:size] + "\0"
    begin = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begin


@pytest.mark.parametrize("run", RUNS, ids=ascii)
def test_to_look_through_a_long_run_takes_time_in_proportion(run: str) -> None:
    """Four times the run: at most nine times the time, where a square takes sixteen."""
    slow = []
    for name, pattern in SEARCHED.items():
        if name in OPEN or name.partition(" ")[0] in OPEN:
            continue
        short = seconds(pattern, run, SHORT)
        if short > BEARABLE:
            short = min(short, seconds(pattern, run, SHORT))
            long = min(seconds(pattern, run, LONG) for _ in range(2))
            if long > 9 * max(short, BEARABLE / 4):
                slow.append(f"{long:.2f} s after {short:.3f} s: {name}")
    assert slow == []


def test_there_are_hundreds_of_them_and_the_exceptions_are_among_them() -> None:
    assert len(SEARCHED) > 200
    assert {each for each in OPEN if not any(n.startswith(each) for n in SEARCHED)} == set()


@pytest.mark.parametrize("pattern", [r"\s*\{", r"[\w.]+@", r"`+[^`]+`+"])
def test_a_square_is_found(pattern: str) -> None:
    run = {"\\": " ", "[": "a", "`": "`"}[pattern[0]]
    short = min(seconds(re.compile(pattern), run, 2_000) for _ in range(2))
    assert seconds(re.compile(pattern), run, 8_000) > 9 * short
