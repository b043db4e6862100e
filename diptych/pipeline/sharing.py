"""The pictures that services show for a shared link (Open Graph). Each is drawn once."""

from __future__ import annotations

from collections.abc import Iterable

from diptych.bodies import Body
from diptych.cache import Cache, digest
from diptych.diagnostics import Diagnostic, Outcome
from diptych.files import BACKGROUND, LETTERS, SHARE_SIZE, ShareRequest, draw_share, share_path
from diptych.files.assets import MATERIAL
from diptych.model import Asset, Output
from diptych.site import Site
from diptych.values import replace
from diptych.views import ShareView


class Sharing:
    """The share pictures of a site. A site without share pictures has an empty
    `assets/share/background.png`.
    """

    def __init__(self, site: Site, assets: Iterable[Asset]) -> None:
        material = {asset.name: asset.data for asset in assets if asset.name.startswith(MATERIAL)}
        self._site = site
        self._background = material.get(BACKGROUND, b"")
        self._letters = material.get(LETTERS, b"")

    def with_picture(self, view: ShareView) -> ShareView:
        """The view with the address of its picture, if the site has share pictures."""
        if not self._background or not self._letters:
            return view
        width, height = SHARE_SIZE
        image = self._site.url(share_path(self._request(view.words)))
        return replace(view, image=image, width=width, height=height)

    def draw(self, words: Iterable[str], cache: Cache) -> Outcome[tuple[Output, ...]]:
        """One picture for each text in `words`. Diagnostics: damaged-image."""
        material = digest((self._background, self._letters))
        made: dict[str, Output] = {}
        problems: dict[Diagnostic, None] = {}
        for each in dict.fromkeys(words):
            request = self._request(each)
            path = share_path(request)
            inputs = {"words": each, "background and letters": material}
            outcome = cache.call(draw_share, path, request, inputs)
            problems |= dict.fromkeys(outcome.diagnostics)
            made[path] = Output(path, Body(outcome.value), f"assets/{BACKGROUND}")
        return Outcome(tuple(made.values()), tuple(problems))

    def _request(self, words: str) -> ShareRequest:
        return ShareRequest(words, self._background, self._letters)
