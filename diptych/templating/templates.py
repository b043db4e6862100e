"""Renders and checks the templates of a site with Jinja."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping

import jinja2
from jinja2 import nodes
from markupsafe import Markup

from diptych.cache import Cache, Digest, digest
from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Outcome,
    Source,
    error,
    nearest,
    say,
    warning,
)
from diptych.extend import load
from diptych.files.assets import integrity
from diptych.i18n import Strings
from diptych.model import Asset
from diptych.templating.blocks import is_themes, lost_blocks, outside_blocks, place_in
from diptych.templating.environment import gettext_of, ngettext_of, sandbox
from diptych.templating.mistakes import TemplateMistakes
from diptych.templating.shared import SharedBlockFinder, SharedBlocks
from diptych.values import Value, replace
from diptych.views import LinkView, PageView, SiteView

FILTERS = frozenset(jinja2.Environment().filters)  # the names of Jinja's own filters

_NAMERS = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
_COPIED = re.compile(r"\s*\{#-?\s*theme ([0-9a-f]{12})\b")  # the first comment of a copied template
_COMMENT = re.compile(r"<!--(?P<text>[^\n]*?)-->")  # on one line
# Spaces of a style sheet that can be left out, beside braces, semicolons and commas. The group
# matches parts that are kept as they are: strings, addresses, and comments (a licence).
_SPARE = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^"')]*\)|"""
    r"/\*[^*]*+(?>(?:\*(?!/)[^*]*+)*)\*/)|(?<=[{};,])\s++|(?<!\s)\s++(?=[{}])",
    re.DOTALL,
)

_WITH_HOLES = "with holes: "  # the start of the name of a template from `_with_holes`
_HOLE = "\x00"  # before and after the name of a block
_BLANK: Mapping[str, tuple[LinkView, ...]] = {"navigation": (), "footer": ()}


class RenderedPart(Value):
    """A shared block in the text of a page."""

    block: str
    key: Digest  # the digest of the block's input
    start: int  # the start and end of the block in the text of the page, in characters
    end: int


class Rendered(Value):
    """The text of a page that a template renders, and the shared blocks in it, in their order."""

    text: str
    parts: tuple[RenderedPart, ...] = ()


class Templates:
    """The templates of a site, with the interface strings of its languages."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        strings: Mapping[str, Strings],
        assets: tuple[Asset, ...],
        href: Callable[[str], str],
        cache: Cache,
        extend: Source | None = None,
    ) -> None:
        """`sources` holds the templates by name (`partials/menu.html`); `extend` is the site's
        extend.py, or None if there is none or it has an error.
        """
        self.sources = sources
        self._mistakes = TemplateMistakes(sources, extend)
        self._cache = cache
        self._hrefs = {asset.name: href(asset.path) for asset in assets}
        self._assets = {asset.name: asset.data for asset in assets}
        self._inlined: dict[str, Markup] = {}
        self._shared: dict[str, SharedBlocks] = {}  # by the name of the layout's template
        self.texts: dict[Digest, str] = {}  # the text of each shared block, by `RenderedPart.key`
        own = (
            {each.value.name: each.value.apply for each in load(extend).value.filters}
            if extend is not None
            else {}
        )
        self.environment = sandbox(self._load, own, cache.compiled)
        self._callables = {
            language: (gettext_of(each), ngettext_of(each)) for language, each in strings.items()
        }
        self.environment.globals.update(
            asset=self._asset,
            inline=self._inline,
            sha256=integrity,
            in_language=lambda language: self._callables[language][0],
        )

    def render(self, name: str, language: str, view: object, **more: object) -> Outcome[str]:
        """The text that a template renders from a view; `more` holds further variables by name.

        Diagnostics, each at the line of the template: template-syntax, template-missing,
        template-name, template-error, template-unsafe, template-empty, broken-asset;
        extension-error if a filter of the site's own fails. With a diagnostic, the text is empty.
        """
        gettext, ngettext = self._callables[language]
        try:
            template = self.environment.get_template(name)
            text = template.render(view=view, gettext=gettext, _=gettext, ngettext=ngettext, **more)
        except Exception as failure:  # any exception is an error of the template's author
            return Outcome("", (self._mistakes.of(failure, name),))
        return Outcome(text) if text.strip() else Outcome("", (self._mistakes.empty(name),))

    def is_themes(self, name: str) -> bool:
        """Whether a template is the theme's, or an identical copy of the theme's."""
        return is_themes(name, self.sources)

    def _shared_blocks(self, name: str) -> SharedBlocks:
        """The shared blocks of the layout whose template is `name`."""
        if name not in self._shared:
            inputs = {"given": self._digest}
            self._shared[name] = self._cache.call(find_shared, name, (self, name), inputs)
        return self._shared[name]

    @functools.cached_property
    def _digest(self) -> Digest:
        return digest(self.sources)

    @functools.cached_property
    def finder(self) -> SharedBlockFinder:
        """The finder of shared blocks, which reads each template once for all layouts.

        Only the theme's templates can have shared blocks, since a template of the site may use a
        block in any way: a template that extends one of the site's has none, and a block that
        includes one is not shared.
        """
        return SharedBlockFinder(
            lambda name: (
                self.parsed(name) if name in self.sources and self.is_themes(name) else None
            )
        )

    def keys_of_parts(self, name: str, language: str, site: SiteView) -> dict[str, Digest]:
        """The digest of the input of each shared block of a template, by the name of the block."""
        return {
            key: digest(
                (key, language, block, *(getattr(site, each, None) for each in block.fields))
            )
            for key, block in self._shared_blocks(name).blocks.items()
        }

    def without_parts(self, name: str, site: SiteView) -> SiteView:
        """`view.site` with those fields emptied that a template reads only in its shared blocks,
        for a digest of the rest of the page.
        """
        return replace(
            site, **{each: _BLANK[each] for each in self._shared_blocks(name).alone & _BLANK.keys()}
        )

    def render_in_parts(self, name: str, language: str, view: PageView) -> Outcome[Rendered]:
        """As `render`, for a page. Each shared block is rendered once for all pages for which its
        input is the same.
        """
        keys = self.keys_of_parts(name, language, view.site)

        def part(block: str, draw: Callable[[], str]) -> Markup:
            key = keys[block]
            if key not in self.texts:
                self.texts[key] = str(draw())
            return Markup(_HOLE + block + _HOLE)  # noqa: S704  # the name of a block

        outcome = self.render(_WITH_HOLES + name, language, view, part=part) if keys else None
        pieces = [] if outcome is None or outcome.diagnostics else outcome.value.split(_HOLE)
        if not pieces or not set(pieces[1::2]) <= keys.keys():
            whole = self.render(name, language, view)
            return Outcome(Rendered(whole.value), whole.diagnostics)
        parts, start = [], 0
        for place, piece in enumerate(pieces):
            if place % 2:
                pieces[place] = self.texts[keys[piece]]
                parts.append(RenderedPart(piece, keys[piece], start, start + len(pieces[place])))
            start += len(pieces[place])
        return Outcome(Rendered("".join(pieces), tuple(parts)))

    def _with_holes(self, name: str) -> str:
        """The source of a template that extends `name` and replaces each shared block by a hole: a
        mark that `render_in_parts` fills.
        """
        holes = (
            f"{{% block {block} %}}{{{{ part('{block}', super) }}}}{{% endblock %}}"
            for block in self._shared_blocks(name).blocks
        )
        return f"{{% extends '{name}' %}}" + "".join(holes)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """Jinja's loader: the text of a template, and its path, which then appears in tracebacks."""
        if name.startswith(_WITH_HOLES):
            return self._with_holes(name.removeprefix(_WITH_HOLES)), name, lambda: True
        source = self.sources.get(name)
        return None if source is None else (source.text, source.path, lambda: True)

    def _asset(self, name: str) -> str:
        """The address of an asset. LookupError if there is none of this name: an error of the
        template.
        """
        if name not in self._hrefs:
            near = nearest(name, self._hrefs)
            raise LookupError(f"assets/{name}" + (f" ({near}?)" if near else ""))
        return self._hrefs[name]

    def _inline(self, name: str) -> Markup:
        """The text of an asset, for use inside the page; its relative addresses still lead to their
        files. A style sheet is returned without its spare spaces, which every page would repeat.
        """
        if name not in self._inlined:
            folder = self._asset(name).rpartition("/")[0]
            text = self._assets[name].decode().replace('url("', f'url("{folder}/')
            if name.endswith(".css"):
                text = self._cache.call(without_spare_spaces, name, text)
            self._inlined[name] = Markup(text)  # noqa: S704  # the site's own file
        return self._inlined[name]

    def check(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of each template by itself: see `check_template`."""
        whole = {source.path: (name, source) for name, source in self.sources.items()}
        return tuple(
            problem
            for path, each in whole.items()
            for problem in self._cache.call(check_template, path, each)
        )

    def copied(self) -> Iterator[Diagnostic]:
        """theme-changed (a warning): a copied template whose original in the theme has changed
        since. The first comment of a copy holds the digest of its original (`{# theme 1a2b3c4d5e6f:
        … #}`).
        """
        for name, theme in self.sources.items():
            own = self.sources.get(name.removeprefix("theme/"))
            if own is None or own is theme or not name.startswith("theme/"):
                continue
            found = _COPIED.match(own.text)
            today = theme_digest(theme.text)
            if found and found[1] != today:
                message = say(
                    "the theme's {name} has changed since this copy was made",
                    name=name.removeprefix("theme/"),
                )
                hint = say(
                    "compare it with {path}, then write `theme {digest}` here",
                    path=theme.path,
                    digest=today,
                )
                yield warning("theme-changed", own.span(*found.span(1)), message, hint)

    def lost(self) -> tuple[Diagnostic, ...]:
        """Diagnostics of content that is never shown: template-outside for text outside of blocks,
        template-block for a block that the extended templates lack.
        """
        return self._cache.call(check_blocks, "templates", self.sources)

    def parsed(self, name: str) -> nodes.Template | None:
        """The syntax tree of a template; None if there is none of this name, or if Jinja cannot
        parse it.
        """
        source = self.sources.get(name)
        try:
            return self.environment.parse(source.text, name) if source is not None else None
        except jinja2.TemplateSyntaxError:
            return None

    def problems_of(self, name: str) -> Iterator[Diagnostic]:
        """The diagnostics of one template by itself, before it is rendered: see `check_template`."""
        try:
            tree = self.environment.parse(self.sources[name].text, name)
        except jinja2.TemplateSyntaxError as failure:
            yield self._mistakes.of(failure, name)
            return
        for node in tree.find_all(_NAMERS):
            if not isinstance(getattr(node, "template", None), nodes.Const):
                message = say("a template is named here by a variable; write its name out")
                yield error("template-dynamic", place_in(self.sources[name], node.lineno), message)
        yield from self._commented(name, tree)

    def _commented(self, name: str, tree: nodes.Template) -> Iterator[Diagnostic]:
        """template-comment (a warning): each HTML comment. It would be published with the page."""
        source, place = self.sources[name], 0
        for each in tree.find_all(nodes.TemplateData):
            place = max(place, source.line_start(each.lineno))
            for _ in range(each.data.count("<!--")):
                place = source.text.find("<!--", place) + len("<!--")
                yield self._comment(source, place - len("<!--"))

    def _comment(self, source: Source, start: int) -> Diagnostic:
        whole = _COMMENT.match(source.text, start)
        edits: tuple[Edit, ...] = ()
        if whole is not None and not re.search(r"[{#%}]", whole["text"]):
            span = source.span(start, whole.end())
            edits = span.becomes("{#" + whole["text"] + "#}", whole.group())
        message = say("this comment is published with the page")
        hint = say("between {opening} and {closing} it stays here", opening="{#", closing="#}")
        return warning(
            "template-comment", source.span(start, start + len("<!--")), message, hint, edits
        )


def render_own(package: str, name: str, **values: object) -> str:
    """The text that a template of the program itself renders: the file `name` beside the modules of
    `package`. In a file `.html`, values are escaped unless they are `Markup`.

    A name that the template does not know raises UndefinedError: it is an error of the program, not
    of an author.
    """
    return _own_templates(package).get_template(name).render(values)


@functools.cache
def _own_templates(package: str) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package, "."),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def theme_digest(text: str) -> str:
    """The first 12 digits of the SHA-256 of a theme's template. A copy records it, to show when the
    original changes.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def check_template(template: tuple[str, Source]) -> tuple[Diagnostic, ...]:
    """The diagnostics of a template by itself: template-syntax, template-dynamic if it names
    another by a variable, template-comment. `template` is its name and source.
    """
    name, source = template
    return tuple(Templates({name: source}, {}, (), str, Cache(None)).problems_of(name))


def without_spare_spaces(style: str) -> str:
    """A style sheet without the spaces that CSS does not need."""
    return _SPARE.sub(r"\1", style).strip()


def check_blocks(sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    """The diagnostics of templates together with the templates that they extend: template-block,
    template-outside.
    """
    parse = Templates(sources, {}, (), str, Cache(None)).parsed
    own = [name for name in sources if not is_themes(name, sources)]
    outside = (
        found
        for name in own
        if (tree := parse(name)) is not None
        for found in outside_blocks(sources[name], tree)
    )
    return (*lost_blocks(sources, parse), *outside)


def find_shared(layout: tuple[Templates, str]) -> SharedBlocks:
    """The shared blocks of a layout. `layout` is the site's templates and the layout's own name."""
    templates, name = layout
    return templates.finder.blocks_of(name)
