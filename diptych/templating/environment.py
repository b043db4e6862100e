"""The environment in which Jinja runs the templates of a site: a sandbox, the functions for strings, and
the compiled templates. Templates are read from memory.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from io import BytesIO
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from diptych.i18n import Strings, has_placeholders
from diptych.templating.mistakes import shown
from diptych.values import Value

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_SPACES = re.compile(r"[ \t\n\r\f]+")  # browsers show them as one space
_FILTER_NAMES = "names of filters"  # the key of the filters in `Cache.compiled`

# Jinja's loader: from the name of a template to its text, its path, and a function that says whether the
# text is unchanged
Load = Callable[[str], tuple[str, str, Callable[[], bool]] | None]


class _CompiledTemplates(BytecodeCache):
    """Compiled templates in memory, the last version of each. When a template is edited in a
    preview, the others need not be compiled again. Jinja compares the checksum at the start of the
    bytes with the source.

    They are never stored on disk, since Jinja would run code that it finds there.
    """

    def __init__(self, compiled: dict[str, bytes], filters: Iterable[str]) -> None:
        self._compiled = compiled
        self._filters = " ".join(sorted(filters)).encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        if self._compiled.get(_FILTER_NAMES) != self._filters:
            self._compiled.clear()
            self._compiled[_FILTER_NAMES] = self._filters
        data = self._compiled.get(bucket.key)
        if data is not None:
            bucket.load_bytecode(BytesIO(data))

    def dump_bytecode(self, bucket: Bucket) -> None:
        body = BytesIO()
        bucket.write_bytecode(body)
        self._compiled[bucket.key] = body.getvalue()


class Sandbox(ImmutableSandboxedEnvironment):
    """A second line of defence: a template is trusted code, and yet it can reach only the values of
    its view.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._trees: dict[tuple[str, str | None], nodes.Template] = {}  # by text and name

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        """The syntax tree of a template. The tree is kept, since the search for shared blocks and
        `compile` both need it, and parsing takes half of the time of both.
        """
        tree = self._trees.get((source, name))
        if tree is None:
            tree = self._trees[source, name] = super().parse(source, name, filename)
        return tree

    def compile(
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        """The code of a template, made from the tree that `parse` keeps."""
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        return super().compile(tree, name, filename, raw, defer_init)  # type: ignore[call-overload]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of a value, as a template reads it. For a view, only the name of the attribute
        is tested: Jinja's own tests have the same result and are slower, and a page reads a hundred
        attributes.
        """
        if isinstance(obj, Value) and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)


def gettext_of(strings: Strings) -> Callable[..., Markup]:
    """`gettext` for templates. The result is HTML, in which the translation is escaped.

    Values that fill placeholders are escaped unless they are HTML already. Jinja's own (newstyle)
    gettext differs: it takes the translation for HTML. Each translation is escaped once, not each
    time it is shown.
    """

    @functools.cache
    def escaped(msgid: str) -> tuple[Markup, bool]:
        return escape(strings.gettext(msgid)), has_placeholders(msgid)

    def gettext(msgid: str, /, **variables: object) -> Markup:
        text, filled = escaped(msgid)
        return text % variables if filled else text

    return gettext


def ngettext_of(strings: Strings) -> Callable[..., Markup]:
    """`ngettext` for templates: as `gettext`, with the number as the placeholder `num`."""

    def ngettext(singular: str, several: str, num: int, /, **variables: object) -> Markup:
        text = escape(strings.ngettext(singular, several, num))
        filled = has_placeholders(singular) or has_placeholders(several)
        return text % {"num": num, **variables} if filled else text

    return ngettext


def sandbox(
    load: Load, filters: Mapping[str, Callable[..., object]], compiled: dict[str, bytes]
) -> Sandbox:
    """The environment of a site's templates. `filters` are the site's own, by name; `compiled` keeps
    the bytecode of templates.
    """
    found = Sandbox(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_CompiledTemplates(compiled, filters),
        optimized=False,  # folding constants takes more time than it saves
        auto_reload=False,  # the sources of one build do not change
    )
    found.newstyle_gettext = True  # type: ignore[attr-defined]
    found.policies["ext.i18n.trimmed"] = True
    found.filters["striptags"] = without_tags
    found.filters.update(filters)
    return found


def without_tags(value: object) -> str:
    """The text of a piece of HTML: the filter `striptags` of templates. Jinja's own filter replaces
    non-breaking spaces by plain ones, and then a line could end before the question mark of a title or
    between a number and its unit.
    """
    marked = str(value.__html__()) if hasattr(value, "__html__") else str(value)
    return unescape(_SPACES.sub(" ", _TAG.sub("", marked)).strip(" "))
