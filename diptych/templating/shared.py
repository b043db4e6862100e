"""Finds the shared blocks of a template: the blocks that read only the frame of the page
(`view.site`), such as the menu and the footer. Many pages have the same frame, so a shared block is
rendered once for all of them.

Only templates of the theme have shared blocks. Two conditions are not examined here but in a test
(tests/unit/test_shared_blocks.py): the templates of the theme only show the text of a block, and no
template of a page gives another value to a variable that all templates get.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from diptych.templating.blocks import Parse, line_of
from diptych.values import Value

# the variables that each template gets, besides the globals of Jinja's environment
GIVEN = frozenset(("view", "gettext", "ngettext", "_"))
_ALL = ""  # means that every part of the view may be read, since a template uses `view` itself


class SharedBlock(Value):
    """A block that reads only `view.site`."""

    templates: tuple[str, ...]  # the names of the templates that define the block
    fields: tuple[str, ...]  # the fields of `view.site` that the block reads, sorted


class SharedBlocks(Value):
    """The shared blocks of a template."""

    blocks: Mapping[str, SharedBlock]  # by name
    alone: frozenset[str]  # the fields of `view.site` that only these blocks read


class SharedBlockFinder:
    """Finds the shared blocks of templates."""

    def __init__(self, parse: Parse) -> None:
        """`parse` returns the tree of a template of the theme, and None for any other template."""
        self._parse = parse
        self._included: dict[
            str, frozenset[str]
        ] = {}  # the parts of `view` that a template reads, by its name
        # the results of `_fields_of`
        self._fields: dict[nodes.Block, tuple[str, ...] | None] = {}

    def blocks_of(self, name: str) -> SharedBlocks:
        """The shared blocks of a template and of the templates that it extends; none if one of
        these templates is not the theme's.
        """
        names = line_of(name, self._parse)
        line = {each: tree for each in names if (tree := self._parse(each)) is not None}
        found: dict[
            str, dict[str, nodes.Block]
        ] = {}  # by the name of the block, then of the template
        for template, tree in line.items():
            for block in tree.find_all(nodes.Block):
                found.setdefault(block.name, {})[template] = block
        shared: dict[str, SharedBlock] = {}
        for block_name, places in found.items():
            fields = [self._fields_of(block) for block in places.values()]
            read = {each for those in fields for each in those or ()}
            if read and None not in fields:
                shared[block_name] = SharedBlock(tuple(places), tuple(sorted(read)))
        inside = {id(block) for each in shared for block in found[each].values()}
        elsewhere = {each for tree in line.values() for each in self._reads(tree, inside)}
        alone = {each for block in shared.values() for each in block.fields}
        if elsewhere & {_ALL, "site"}:  # every field may be read there
            alone = set()
        return SharedBlocks(
            shared, frozenset(each for each in alone if f"site.{each}" not in elsewhere)
        )

    def _fields_of(self, block: nodes.Block) -> tuple[str, ...] | None:
        """The fields of `view.site` that a block reads; None if it reads anything else. The result is
        kept, since nearly all templates extend the same template and share its blocks.
        """
        if block not in self._fields:
            self._fields[block] = self._examined(block)
        return self._fields[block]

    def _examined(self, block: nodes.Block) -> tuple[str, ...] | None:
        read = set(self._reads(block))
        if all(each.startswith("site.") for each in read) and self._is_alone(block):
            return tuple(each.removeprefix("site.") for each in read)
        return None

    def _reads(self, node: nodes.Node, without: Collection[int] = ()) -> Iterator[str]:
        """The parts of `view` that a node reads: `title` for `view.title`, `site.home` for
        `view.site.home`, "" for all of `view`. Nodes with the ids in `without` are skipped.
        """
        if id(node) in without:
            return
        named = _part_of_view(node)
        if named is not None:
            yield named
            return
        if isinstance(node, nodes.Include):
            yield from self._read_by(node)
        elif isinstance(node, (nodes.Import, nodes.FromImport)) and node.with_context:
            yield _ALL
        for child in node.iter_child_nodes():
            yield from self._reads(child, without)

    def _read_by(self, include: nodes.Include) -> frozenset[str]:
        """The parts of `view` that an included template reads."""
        name = _name_of(include)
        if name not in self._included:
            self._included[name] = frozenset({_ALL})  # in case the template includes itself
            tree = self._parse(name)
            if tree is not None:
                self._included[name] = frozenset(self._reads(tree))
        return self._included[name]

    def _is_alone(self, block: nodes.Block) -> bool:
        """Whether a block contains no other block, which another template could replace, and reads only
        the variables that each template gets, not that of a loop around it. The templates that it
        includes are known, since `_reads` has read them.
        """
        if block.find(nodes.Block) is not None:
            return False
        bodies = [block.body]
        for body in bodies:  # the bodies of included templates are appended during the loop
            tree = nodes.Template(body, lineno=1, environment=block.environment)
            if not find_undeclared_variables(tree) <= GIVEN:
                return False
            included = (self._parse(_name_of(each)) for each in tree.find_all(nodes.Include))
            bodies += [each.body for each in included if each is not None]
        return True


def _name_of(include: nodes.Include) -> str:
    """The name of an included template; "" if a variable holds the name."""
    return str(include.template.value) if isinstance(include.template, nodes.Const) else ""


def _part_of_view(node: nodes.Node) -> str | None:
    """`title` for `view.title`, `site.home` for `view.site.home`, "" for `view`; None for any other
    node.
    """
    if isinstance(node, nodes.Name):
        return _ALL if node.name == "view" else None
    if not isinstance(node, nodes.Getattr):
        return None
    above = _part_of_view(node.node)
    if above == _ALL:
        return node.attr
    return f"site.{node.attr}" if above == "site" else above
