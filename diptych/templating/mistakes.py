"""Turns the exceptions of Jinja into diagnostics for the author of a template, each at its line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping

import jinja2
from jinja2.exceptions import SecurityError

from diptych import views
from diptych.diagnostics import Diagnostic, Message, Source, error, nearest, say
from diptych.extend import failure_in
from diptych.templating.blocks import place_in
from diptych.values import Value, fields_of, replace

_NAMING = "include|extends|import|from"
_UNDEFINED = re.compile(
    r"'(?:[\w.]+ object)?'? ?(?:has no attribute )?'?([\w ]+)'? is undefined"
    r"|has no attribute '(\w+)'"
)
_OF_VIEW = re.compile(r"'(?:\w+\.)*(\w+) object' has no attribute")
_VIEWS = {
    name: view
    for name, view in vars(views).items()
    if isinstance(view, type) and issubclass(view, Value)
}
_ATTRIBUTE = re.compile(r"attribute '(\w+)'")  # the attribute's name in the sandbox's message
_GLOBALS = ("view", "gettext", "ngettext", "asset", "inline", "sha256", "in_language")
_NAMES_HINT = say(
    "a template sees `view`, whose parts are listed in diptych/views/, and {globals}",
    globals=", ".join(f"`{name}`" for name in _GLOBALS[1:]),
)
_READY = (str, int, float)  # the types of values that a template shows as they are
_OPTION = "{% if … %}"
_LOOP = "{% for … %}"
_PICTURE = '{% from "partials/picture.html" import picture %}'
# Jinja has sentences in English only, and no catalog. Those that authors meet most are known by how they
# begin, each with a message of ours; any other is shown as it is.
_SENTENCES = (
    (
        r"Encountered unknown tag '(?P<tag>[^']*)'.*innermost block .* is '(?P<block>[^']*)'",
        say("`{tag}` does not belong here: `{block}` above it has no `end{block}` yet"),
    ),
    (r"Encountered unknown tag '(?P<tag>[^']*)'", say("there is no tag `{tag}`")),
    (
        r"Unexpected end of template.*innermost block .* is '(?P<block>[^']*)'",
        say("the template ends here, and `{block}` has no `end{block}` yet"),
    ),
    (r"No filter named '(?P<name>[^']*)'", say("there is no filter `{name}`")),
    (r"No test named '(?P<name>[^']*)'", say("there is no test `{name}`")),
    (
        r"expected token '(?:end of print statement|end of statement block)', got '(?P<sign>[^']*)'",
        say("what stands between the braces should end before `{sign}`"),
    ),
    (r"unexpected '(?P<sign>[^' ]+)'", say("`{sign}` does not belong here")),
    (r"unexpected '|Expected an expression", say("nothing stands between the braces")),
    (
        r"unexpected end of template|Missing end of comment tag",
        say("what is opened here is never closed"),
    ),
    (r"expected token 'name'|expected name or number", say("a name is missing here")),
    (r"block '(?P<name>[^']*)' defined twice", say("the block `{name}` stands here twice")),
)
_UNSAFE = say("a template may not reach into the program, nor change what it is given")
_UNSAFE_HINT = say("take this out: a template shows the values of `view`")
_EMPTY = say("this template makes an empty page")
_EMPTY_HINT = say("bring the file back, or let it extend base.html")


class NotShownError(Exception):
    """A template shows a value that is no text, such as a list: readers would see Python's own
    notation of it.
    """

    def __init__(self, value: object) -> None:
        super().__init__(type(value).__name__)
        self.value = value


def shown(value: object) -> object:
    """The value itself, if a template can show it (Jinja's `finalize`); NotShownError if not."""
    if isinstance(value, _READY) and not isinstance(value, bool):
        return value
    if hasattr(type(value), "__html__") or isinstance(value, jinja2.Undefined):
        return value
    raise NotShownError(value)


class TemplateMistakes:
    """The diagnostics of templates that fail. `sources` holds the templates by name; `extend` is the
    site's extend.py, or None if there is none or it has an error.
    """

    def __init__(self, sources: Mapping[str, Source], extend: Source | None) -> None:
        self._sources = sources
        self._extend = extend

    def of(self, failure: Exception, name: str) -> Diagnostic:
        """The diagnostic of an exception that was raised while the template `name` was loaded or
        rendered.
        """
        if isinstance(failure, jinja2.TemplateSyntaxError):
            return self._syntax(failure, name)
        if isinstance(failure, jinja2.TemplateNotFound):
            return self._missing(str(failure.message or failure.name))
        return self._failed(name, failure)

    def empty(self, name: str) -> Diagnostic:
        """template-empty: a template that renders nothing."""
        return self._at("template-empty", name, 1, _EMPTY, _EMPTY_HINT)

    def _syntax(self, failure: jinja2.TemplateSyntaxError, name: str) -> Diagnostic:
        hint = say(
            "look at this line and the ones above: what is opened must be closed, and every "
            "if, for and block ended"
        )
        message = _said(failure.message or "")
        near = _nearest_filter(failure.message or "")
        hint = say("did you mean `{near}`?", near=near) if near else hint
        return self._at("template-syntax", failure.name or name, failure.lineno, message, hint)

    def _failed(self, name: str, failure: Exception) -> Diagnostic:
        place, line = self._frame(failure, name)
        if isinstance(failure, jinja2.UndefinedError):
            return self._undefined(str(failure), place, line)
        if isinstance(failure, NotShownError):
            return self._at("template-error", place, line, *_why_not_shown(failure.value))
        if isinstance(failure, SecurityError):
            named = _ATTRIBUTE.search(str(failure))
            word = named[1] if named else ""
            return self._at("template-unsafe", place, line, _UNSAFE, _UNSAFE_HINT, word)
        if isinstance(failure, jinja2.TemplateRuntimeError):
            near = _nearest_filter(str(failure))
            hint = say("did you mean `{near}`?", near=near) if near else None
            return self._at("template-error", place, line, _said(str(failure)), hint)
        if isinstance(failure, LookupError) and str(failure).startswith("assets/"):
            message = say("there is no file {name}", name=str(failure))
            return self._at("broken-asset", place, line, message)
        if self._extend is not None and _went_through(failure, self._extend.path):
            what = say("a filter that {path} uses", path=self._sources[place].path)
            return failure_in(self._extend, failure, what, self._extend.line_span(1))
        message = say(
            "the template fails here: {error}", error=f"{type(failure).__name__}: {failure}"
        )
        hint = say("mend what this line works out, or take it out")
        return self._at("template-error", place, line, message, hint)

    def _undefined(self, text: str, place: str, line: int) -> Diagnostic:
        found = _UNDEFINED.search(text)
        name = next((group for group in (found.groups() if found else ()) if group), None)
        if name is None:
            return self._at("template-name", place, line, _said(text), _NAMES_HINT)
        message = say("nothing is called `{name}` here", name=name)
        held = _OF_VIEW.match(text)
        if held is not None and held[1] in _VIEWS:
            return self._at("template-name", place, line, message, _hint_of(name, held[1]), name)
        bare = "attribute" not in text  # a name without `view.`: the author may have left that out
        near = nearest(name, fields_of(views.PageView) if bare else _names())
        near = nearest(name, _GLOBALS) or (near and f"view.{near}") if bare else near
        hint = say("did you mean `{near}`?", near=near) if near else _NAMES_HINT
        return self._at("template-name", place, line, message, hint, name)

    def _frame(self, failure: Exception, name: str) -> tuple[str, int]:
        """The template and the line of the last frame of a traceback that is in a template."""
        place = (name, 1)
        names = {source.path: known for known, source in self._sources.items()}
        for frame, line in traceback.walk_tb(failure.__traceback__):
            if frame.f_code.co_filename in names:
                place = (names[frame.f_code.co_filename], line)
        return place

    def _missing(self, missing: str) -> Diagnostic:
        """template-missing, at the line that includes the missing template. The line is searched
        for, since Jinja's exception does not name it.
        """
        near = nearest(missing, self._sources)
        message = say("there is no template `{name}`", name=missing)
        hint = say("did you mean `{near}`?", near=near) if near else None
        for place, source in self._sources.items():
            for number, line in enumerate(source.text.split("\n"), start=1):
                if re.search(rf"{{%-?\s*(?:{_NAMING})\s+['\"]{re.escape(missing)}['\"]", line):
                    return self._at("template-missing", place, number, message, hint)
        return self._at("template-missing", missing, 1, message, hint)

    def _at(
        self,
        check: str,
        name: str,
        line: int,
        message: Message,
        hint: Message | None = None,
        word: str = "",
    ) -> Diagnostic:
        """An error at a line of a template, or at `word` if the line contains it."""
        source = self._sources.get(name) or Source(f"templates/{name}", "")
        return error(check, place_in(source, line, word), message, hint)


def _went_through(failure: Exception, path: str) -> bool:
    """Whether the traceback of an exception goes through a file."""
    frames = traceback.walk_tb(failure.__traceback__)
    return any(frame.f_code.co_filename == path for frame, _ in frames)


def _names() -> frozenset[str]:
    """Every name that a template can use."""
    return frozenset(_GLOBALS) | {each for view in _VIEWS.values() for each in fields_of(view)}


def _hint_of(name: str, view: str) -> Message:
    """A hint for a name that a view lacks: the nearest of the view's own names, or else the part of
    the page with this name.
    """
    # from this view a template reads the site's own fields, and not attributes of the class
    if view == "FieldsView":
        return say("fields stand in content/types.yaml: look there for the name")
    own = fields_of(_VIEWS[view])
    near = nearest(name, own)
    if near is None and name in fields_of(views.PageView):
        near = f"view.{name}"
    if near is not None:
        return say("did you mean `{near}`?", near=near)
    if view == "PageView":  # too many for a sentence
        return _NAMES_HINT
    return _parts_of(_VIEWS[view])


def _parts_of(view: type[Value]) -> Message:
    return say("its parts are: {known}", known=", ".join(f"`{each}`" for each in fields_of(view)))


def _why_not_shown(value: object) -> tuple[Message, Message]:
    """Why a template cannot show a value, and a hint on what to write instead."""
    if value is None:
        message = say("a value that this page does not have is shown here")
        return message, say("put {option} around it", option=_OPTION)
    if isinstance(value, bool):
        message = say("a value that is only yes or no is shown here, and it has no words")
        return message, say("test it with {option}, and write the words yourself", option=_OPTION)
    if isinstance(value, (tuple, list)):
        message = say("a list is shown here as if it were one value")
        hint = say(
            "write {join} behind it, or show each value in {loop}", join='`|join(", ")`', loop=_LOOP
        )
        return message, hint
    if isinstance(value, views.ImageView):
        message = say("a picture is shown here as if it were a text")
        hint = say(
            "write {load} above, and {call} here", load=f"`{_PICTURE}`", call="`{{ picture(…) }}`"
        )
        return message, hint
    message = say("the value that is shown here has parts, and no words of its own")
    if not isinstance(value, Value):
        return message, _NAMES_HINT
    return message, _parts_of(type(value))


def _said(text: str) -> Message:
    """What Jinja says, in the language of the author where its sentence is known."""
    text = text.strip()
    for pattern, message in _SENTENCES:
        found = re.match(pattern, text)
        if found is not None:
            return replace(message, arguments=tuple(sorted(found.groupdict().items())))
    return say("Jinja says: {text}", text=text)


def _nearest_filter(text: str) -> str | None:
    """The filter or test that the author probably meant, if Jinja says that there is none with the
    name used.
    """
    found = re.match(r"No (filter|test) named '([^']*)'", text)
    if found is None:
        return None
    jinja = jinja2.Environment(autoescape=True)
    return nearest(found[2], jinja.filters if found[1] == "filter" else jinja.tests)
