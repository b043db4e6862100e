"""The configuration of Sveltia CMS for one site: its files, each with a form made from its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from diptych.content.layouts import layout_of
from diptych.content.types import SITE, TERMS, TIMELINE, Types
from diptych.diagnostics import Message, Placed, say
from diptych.site import Site
from diptych.values import Value, field
from diptych.yaml import Field, Leaf, ListOf, PerLanguage, Record, Shape, TableOf, TextOrPerLanguage

_ALIKE = ("draft",)  # filled in for all languages, besides the values that they must share


class Surroundings(Value):
    """The values that all forms of a site need."""

    languages: Mapping[str, str]  # key -> name
    describe: Callable[[Message], str]  # a sentence, in every language of the tool
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of tables, by field
    layouts: tuple[str, ...] = ()  # of the site


def configuration(
    site: Site, pages: Iterable[str], describe: Callable[[Message], str]
) -> dict[str, Any]:
    """The configuration that the CMS reads when it starts. `pages` are the keys of all pages,
    drafts included.
    """
    languages = {each.key: each.name for each in site.settings.languages}
    keys = {
        "languages": tuple(languages),
        "topics": tuple(topic.key for topic in site.settings.topics),
    }
    around = Surroundings(languages, describe, keys, site.layouts)
    return {
        "backend": _backend(site.settings.admin),
        "media_folder": f"content/{_home(site)}",
        "public_folder": "/",
        "site_url": site.settings.base_url,
        "app_title": site.settings.organisation.short_name,
        "output": {"omit_empty_optional_fields": True},
        "i18n": {
            "structure": "multiple_files",
            "locales": list(languages),
            "default_locale": next(iter(languages)),
            "initial_locales": "all",
        },
        "collections": [_pages(site.types, pages, around)],
        "singletons": [
            *_timelines(site, around),
            *_terms(site, around),
            *_own_records(site, around),
            {
                "name": "site",
                "label": "site.yaml",
                "file": SITE.path,
                "fields": form_fields(SITE.record, around),
            },
        ],
    }


def _backend(admin: Mapping[str, Placed[str]]) -> Form:
    """The settings of the git host. Editors sign in with a token, unless the site names a service
    of its own for signing in.
    """
    written = {name: value.value for name, value in admin.items()}
    backend: Form = {
        "name": "github",
        "repo": written["repository"],
        "branch": written.get("branch", "main"),
    }
    if "sign_in" not in written:
        return {**backend, "auth_methods": ["token"]}
    return {**backend, "base_url": written["sign_in"].rstrip("/")}


def _home(site: Site) -> str:
    return next(page.key for page in site.pages if layout_of(page.document.front.layout).opens)


def _pages(types: Types, keys: Iterable[str], around: Surroundings) -> Form:
    """Every page, with a tab per language.

    Pages are listed one by one, since the CMS has no other way to a file that is named by its
    language alone; a new page appears here after the next build.
    """
    fields = [*_front(types, around), _body(around)]
    return {
        "name": "pages",
        "label": around.describe(say("pages")),
        "format": "yaml-frontmatter",
        "i18n": True,
        "editor": {"preview": False},
        "files": [
            {
                "name": key.replace("/", "--"),
                "label": key,
                "file": f"content/{key}/{{{{locale}}}}.md",
                "i18n": True,
                "fields": fields,
                **_folder(key),
            }
            for key in keys
        ],
    }


def _folder(key: str) -> Form:
    """The settings by which the form of a page puts pictures into the folder of the page, so that
    the text of the page names a picture by its file name alone.
    """
    return {"media_folder": f"/content/{key}", "public_folder": ""}


def _front(types: Types, around: Surroundings) -> list[Form]:
    """The form fields for front matter. For a value that all languages share, an editor fills in one
    field.
    """
    fields = []
    for name, declared in types.page.record.fields.items():
        form = form_field(name, declared, around)
        if declared.refers == "picture" and form["widget"] == "string":
            form = {**form, "widget": "image"}
            del form["pattern"]
        alike = declared.translate is False or name in _ALIKE
        fields.append({**form, "i18n": "duplicate" if alike else True})
    return fields


def _body(around: Surroundings) -> Form:
    """The Markdown as plain text: an editor of rich text would lose the ids of headings."""
    return {
        "name": "body",
        "label": around.describe(say("text")),
        "widget": "markdown",
        "modes": ["raw"],
        "required": False,
        "i18n": True,
    }


def _timelines(site: Site, around: Surroundings) -> list[Form]:
    files = []
    noun = around.describe(say("timeline"))
    for timeline in site.timelines:
        name = timeline.key.replace("/", "-")
        path = TIMELINE.place(timeline.key)
        listed = _listed(
            name, f"{noun}: {timeline.key}", path, site.types.by_name[TIMELINE.name].record, around
        )
        files.append({**listed, **_folder(timeline.key)})
    return files


def _terms(site: Site, around: Surroundings) -> list[Form]:
    if not site.vocabulary.terms:
        return []
    return [
        _listed("terms", "terms.yaml", TERMS.path, site.types.by_name[TERMS.name].record, around)
    ]


def _own_records(site: Site, around: Surroundings) -> list[Form]:
    """The existing files of the site's own types."""
    files = []
    for own in site.types.own:
        for records in site.records:
            if records.type == own.name:
                name = f"{records.key.replace('/', '-')}-{own.name}"
                label = f"{own.name}: {records.key}"
                listed = _listed(name, label, own.place(records.key), own.record, around)
                files.append({**listed, **_folder(records.key)})
    return files


def _listed(name: str, label: str, path: str, record: Record, around: Surroundings) -> Form:
    """A file that is a list of records."""
    items = form_field("items", Field(ListOf(record), record.name, True), around)
    return {
        "name": name,
        "label": label,
        "file": path,
        "fields": [{**items, "label": label, "summary": "{{fields.id}}", "root": True}],
    }


Form = dict[str, Any]


def form_fields(record: Record, around: Surroundings) -> list[Form]:
    """The fields of a form for a record, in its order."""
    return [form_field(name, each, around) for name, each in record.fields.items()]


def form_field(name: str, declared: Field, around: Surroundings) -> Form:
    """One field of a form. A value that the CMS cannot show is kept unchanged (`hidden`)."""
    widget = _widget(name, declared.shape, around)
    choices = around.layouts if declared.refers == "layout" else declared.choices
    if choices:
        several = {"multiple": True} if isinstance(declared.shape, ListOf) else {}
        words = declared.words
        options: list[object] = [
            {"label": around.describe(words[each]), "value": each} if each in words else each
            for each in choices
        ]
        widget = {"widget": "select", "options": options, **several}
    form = {"name": name, "label": name, **widget}
    if widget["widget"] == "hidden":
        return form
    return {**form, "hint": around.describe(declared.doc), "required": declared.required}


def _widget(name: str, shape: Shape, around: Surroundings) -> Form:
    if isinstance(shape, Leaf):
        return _leaf(shape, around)
    if isinstance(shape, Record):
        return {"widget": "object", "collapsed": "auto", "fields": form_fields(shape, around)}
    if isinstance(shape, ListOf):
        return _list(shape, around)
    if isinstance(shape, PerLanguage) and not isinstance(shape.item, TableOf):
        inner = [
            {"name": key, "label": label, **_widget(key, shape.item, around), "required": False}
            for key, label in around.languages.items()
        ]
        return {"widget": "object", "fields": inner}
    if isinstance(shape, TableOf) and isinstance(shape.item, Leaf):
        # the CMS cannot restrict such a field to days
        return {"widget": "hidden" if shape.item.name == "day" else "keyvalue"}
    if isinstance(shape, TableOf) and name in around.keys:
        inner = [
            {"name": key, "label": key, **_widget(key, shape.item, around)}
            for key in around.keys[name]
        ]
        return {"widget": "object", "collapsed": True, "fields": inner}
    return {"widget": "hidden"}


def _list(shape: ListOf, around: Surroundings) -> Form:
    if isinstance(shape.item, Record):
        return {"widget": "list", "collapsed": True, "fields": form_fields(shape.item, around)}
    if isinstance(shape.item, TextOrPerLanguage):
        return {"widget": "hidden"}  # one text or a text per language: two shapes in one list
    item = {"name": "item", "label": "…", **_widget("item", shape.item, around)}
    return {"widget": "list", "field": item}


def _leaf(shape: Leaf, around: Surroundings) -> Form:
    if shape.name == "flag":
        return {"widget": "boolean", "default": False}
    if shape.name == "whole":
        return {"widget": "number", "value_type": "int"}
    if shape.name == "prose":
        return {"widget": "text"}
    return {
        "widget": "string",
        "pattern": [shape.pattern, around.describe(shape.form or shape.hint)],
    }
