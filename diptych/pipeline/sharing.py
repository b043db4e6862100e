"""The pictures by which pages are shared: drawn, kept in the cache, and named in the views."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from diptych.cache import Cache
from diptych.diagnostics import Diagnostic, Outcome
from diptych.files import BACKGROUND, LETTERS, SHARE_SIZE, ShareRequest, draw_share, share_path
from diptych.model import Asset, Output
from diptych.site import Page, Site
from diptych.values import replace
from diptych.views import PageView

Views = list[tuple[Page, PageView]]


def is_material(asset: Asset) -> bool:
    """Whether a file of assets/ is only drawn with, and not published itself."""
    return asset.name.startswith("share/")


def share_pictures(
    site: Site, views: Views, assets: Iterable[Asset], cache: Cache
) -> Outcome[tuple[Views, tuple[Output, ...]]]:
    """The views with the address of their picture, and the pictures, each drawn once.

    A site that wants none has an empty `assets/share/background.png`. Diagnostics: damaged-image.
    """
    material = {asset.name: asset.data for asset in assets if is_material(asset)}
    if not material.get(BACKGROUND) or not material.get(LETTERS):
        return Outcome((views, ()))
    width, height = SHARE_SIZE
    shared: Views = []
    made: dict[str, Output] = {}
    problems: dict[Diagnostic, None] = {}
    for page, view in views:
        if view.share is None:
            shared.append((page, view))
            continue
        request = ShareRequest(view.share.words, material[BACKGROUND], material[LETTERS])
        outcome = cache.again(("share", page.output), partial(cache.call, draw_share), request)
        problems |= dict.fromkeys(outcome.diagnostics)
        path = share_path(request)
        made.setdefault(path, Output(path, outcome.value, f"assets/{BACKGROUND}"))
        share = replace(view.share, image=site.url(path), width=width, height=height)
        shared.append((page, replace(view, share=share)))
    return Outcome((shared, tuple(made.values())), tuple(problems))
