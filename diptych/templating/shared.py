"""Finds the shared blocks of a template: the blocks that read only the frame of the page
(`view.site`), such as the menu and the foot. Many pages have the same frame, so a shared block is
rendered once for all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jinja2 import Environment, TemplateAssertionError, nodes
from jinja2.meta import find_undeclared_variables

from diptych.templating.blocks import Parse
from diptych.values import Value

_ALL = ""  # means that every part of the view may be read, since a template passes on `view` itself
_SAFE = frozenset(("gettext", "ngettext", "_", "asset", "inline", "sha256", "in_language", "super"))
_GIVEN = _SAFE | {"view"}  # names with the same value on all pages, unless a template gives another
# nodes that use the text of the blocks inside them as a value
_HOLDERS = (nodes.FilterBlock, nodes.AssignBlock, nodes.CallBlock, nodes.Macro)


class SharedBlock(Value):
    """A block that reads only `view.site`."""

    templates: tuple[str, ...]  # the names of the templates that define it
    fields: tuple[str, ...]  # the fields of `view.site` that it reads, sorted


class SharedBlocks(Value):
    """The shared blocks of a template."""

    blocks: Mapping[str, SharedBlock]  # by name
    alone: frozenset[str]  # the fields of `view.site` that only these blocks read


class SharedBlockFinder:
    """Finds the shared blocks of templates. It examines each block once, even if many templates
    inherit it.
    """

    def __init__(self, parse: Parse, environment: Environment) -> None:
        self._parse = parse
        self._reader = _Reader(parse, environment)
        self._fields: dict[int, tuple[str, ...] | None] = {}  # by the id of a block

    def blocks_of(self, name: str) -> SharedBlocks:
        """The shared blocks of a template and of the templates that it extends.

        There are none if one of these templates cannot be parsed, gives the name of the next by a
        variable, uses the text of a block as a value, or assigns another value to one of the names
        in `_GIVEN`.
        """
        line = _line(name, self._parse)
        if any(_takes_text(tree) or _assigned(tree) & _GIVEN for tree in line.values()):
            return SharedBlocks({}, frozenset())
        found: dict[str, dict[str, nodes.Block]] = {}  # name -> by template
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
        elsewhere = {each for tree in line.values() for each in self._reader.reads(tree, inside)}
        names = {each for block in shared.values() for each in block.fields}
        if elsewhere & {_ALL, "site"}:  # every field may be read there
            names = set()
        alone = frozenset(each for each in names if f"site.{each}" not in elsewhere)
        return SharedBlocks(shared, alone)

    def _fields_of(self, block: nodes.Block) -> tuple[str, ...] | None:
        """The fields of `view.site` that a block reads; None if it reads anything else."""
        if id(block) not in self._fields:
            read = set(self._reader.reads(block))
            only_site = all(each.startswith("site.") for each in read)
            alone = only_site and self._reader.is_alone(block)
            fields = tuple(each.removeprefix("site.") for each in read)
            self._fields[id(block)] = fields if alone else None
        return self._fields[id(block)]


def _line(name: str, parse: Parse) -> dict[str, nodes.Template]:
    """A template, the template that it extends, and so on, by name; empty if one of them is unknown
    or cannot be parsed.
    """
    line: dict[str, nodes.Template] = {}
    while name not in line and (tree := parse(name)) is not None:
        line[name] = tree
        parents = list(tree.find_all(nodes.Extends))
        if not parents:
            return line
        parent = parents[0].template
        if len(parents) > 1 or parents[0] not in tree.body:  # it depends on the page
            return {}
        name = str(parent.value) if isinstance(parent, nodes.Const) else ""
    return {}


def _takes_text(tree: nodes.Template) -> bool:
    """Whether a template takes the text of a block as a value, as in `self.menu()|length` or in a
    filter around the block, instead of only showing it.
    """
    for holder in tree.find_all(_HOLDERS):
        if holder.find(nodes.Block) is not None or _names_of_blocks(holder):
            return True
    shown = [
        id(each)
        for output in tree.find_all(nodes.Output)
        for call in output.nodes
        if isinstance(call, nodes.Call)
        for each in (call.node, *call.node.iter_child_nodes())
    ]
    return any(id(each) not in shown for each in _names_of_blocks(tree))


def _names_of_blocks(node: nodes.Node) -> list[nodes.Name]:
    """The places in a node where another block is shown: `self` and `super`."""
    return [each for each in node.find_all(nodes.Name) if each.name in ("self", "super")]


def _assigned(tree: nodes.Template) -> set[str]:
    """The names to which a template gives a value: by `set`, `for`, `with`, `macro` or `import`."""
    found = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
    found |= {each.name for each in tree.find_all(nodes.Macro)}
    found |= {each.target for each in tree.find_all(nodes.Import)}
    for each in tree.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in each.names}
    return found


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


class _Reader:
    """Finds the parts of `view` that a template reads: `title` for `view.title`, `site.home` for
    `view.site.home`, "" for all of it.
    """

    def __init__(self, parse: Parse, environment: Environment) -> None:
        self._parse = parse
        self._environment = environment
        self._included: dict[str, frozenset[str]] = {}

    def reads(self, node: nodes.Node, without: Collection[int] = ()) -> Iterator[str]:
        """The parts of `view` that a node reads. Nodes with the ids in `without` are skipped."""
        if id(node) in without:
            return
        named = _part_of_view(node)
        if named is not None:
            yield named
            return
        if isinstance(node, nodes.Include):
            yield from self._of_template(node.template)
        elif isinstance(node, (nodes.Import, nodes.FromImport)) and node.with_context:
            yield _ALL
        for child in node.iter_child_nodes():
            yield from self.reads(child, without)

    def _of_template(self, template: nodes.Expr) -> frozenset[str]:
        if not isinstance(template, nodes.Const):
            return frozenset({_ALL})
        name = str(template.value)
        if name not in self._included:
            self._included[name] = frozenset({_ALL})  # while it is read: it may include itself
            tree = self._parse(name)
            if tree is not None and tree.find(nodes.Extends) is None:
                self._included[name] = frozenset(self.reads(tree))
        return self._included[name]

    def is_alone(self, node: nodes.Node) -> bool:
        """Whether a block depends on no variable from outside of it, such as that of a loop or of
        `set`, and on no other block.
        """
        if any(each is not node for each in node.find_all(nodes.Block)):
            return False  # another template may fill the block inside
        trees = [node]
        for each in trees:  # the list grows by the included templates
            for included in each.find_all(nodes.Include):
                named = included.template
                tree = self._parse(named.value) if isinstance(named, nodes.Const) else None
                if tree is None or next(tree.find_all(nodes.Extends), None) is not None:
                    return False
                if tree not in trees:
                    trees.append(tree)
        if any(each.name == "self" for tree in trees for each in tree.find_all(nodes.Name)):
            return False  # it shows another block
        return all(self._names(tree) <= _GIVEN for tree in trees)

    def _names(self, node: nodes.Node) -> set[str]:
        """The names of the variables that a node takes from its context; "" if a filter may take any."""
        body = node.body if isinstance(node, (nodes.Block, nodes.Template)) else [node]
        template = nodes.Template(body, lineno=1)
        template.set_environment(self._environment)
        try:
            return find_undeclared_variables(template)
        except TemplateAssertionError:  # a filter that the site adds, or that nobody knows
            return {_ALL}
