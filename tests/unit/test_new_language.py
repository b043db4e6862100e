"""`new KEY LANGUAGE` drafts the language that a page lacks: the same build, with `…` where to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.pipeline import Build
from tests.conftest import SITE_YAML, Ran, write_site

NL = """\
---
title: Mars
slug: de-mars
description: Wij stappen
date: 2024-06-08
image: a.png
image_alt: Vlaggen
redirect_from: [/oud/]
---

Wij komen *samen*.

## Waar {#where}

- Noord
- Zuid

> Woorden

```text
code
```

<details>
<summary>Meer weten</summary>

Lees dit.

</details>
"""
FR = """\
---
title: … march
description: …
date: 2024-06-08
image: a.png
image_alt: …
draft: true
---

…

## … {#where}

- …
- …

> …

```text
code
```

<details>
<summary>…</summary>

…

</details>
"""


def test_the_missing_language_is_drafted_from_the_other(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(tmp_path, {"content/march/nl.md": NL})
    done = run("new", "march", "fr", root=root)
    assert done.status == 0
    assert "content/march/fr.md is ready to be filled in" in done.err
    assert (root / "content/march/fr.md").read_text() == FR
    again = run("new", "march", "fr", root=root)
    assert again.status == 2
    assert "stays as it is" in again.err


@pytest.mark.parametrize(
    ("key", "language", "said"),
    [
        ("march", "de", "the site has no language `de`"),
        ("marhc", "fr", "did you mean `march`?"),
        ("../march", "fr", "there is no page `../march`"),
        ("a'b", "fr", "there is no page `a'b`"),
    ],
)
def test_what_it_cannot_draft(
    run: Callable[..., Ran], tmp_path: Path, key: str, language: str, said: str
) -> None:
    root = write_site(tmp_path, {"content/march/nl.md": NL})
    done = run("new", key, language, root=root)
    assert (done.status, said in done.err) == (2, True)


def test_a_language_whose_words_are_those_of_the_theme_asks_for_no_catalogue(
    site: Callable[..., Build],
) -> None:
    """What is translated from is English: of a site in English no string is empty."""
    build = site(
        {
            "content/site.yaml": SITE_YAML.replace(
                "navigation:",
                "  en: {locale: en_GB, name: English, typography: english}\nnavigation:",
            )
            .replace("asbl}", "asbl, en: Example}")
            .replace("Loi}", "Loi, en: Law}"),
            "content/home/en.md": "---\ntitle: Welcome\nlayout: home\n---\n\nWe speak.\n",
            "content/about/en.md": "---\ntitle: About\n---\n\nText.\n\n## Who {#who}\n\nWe.\n",
        }
    )
    assert [each for each in build.diagnostics if each.span.path.endswith(".po")] == []
    page = next(each.data for each in build.outputs if each.path == "en/about/index.html").decode()
    assert "Skip to the text" in page
