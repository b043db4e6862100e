"""The configuration of Sveltia CMS for one site: its files, each with a form made from its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from diptych.content.layouts import layout_of
from diptych.content.types import SITE, TERMS, TIMELINE
from diptych.diagnostics import Message, Placed, say
from diptych.site import Site
from diptych.yaml import Field, Leaf, ListOf, PerLanguage, Record, Shape, TableOf, TextOrPerLanguage

_ALIKE = ("draft",)  # filled in for all languages, besides the values that they must share


Form = dict[str, Any]


def configuration(site: Site, pages: Iterable[str], describe: Callable[[Message], str]) -> Form:
    """The configuration that the CMS reads when it starts. `pages` are the keys of all pages,
    drafts included; `describe` returns a message in every language of the tool.
    """
    languages, forms = [each.key for each in site.settings.languages], _Forms(site, describe)
    home = next(page.key for page in site.pages if layout_of(page.document.front.layout).opens)
    return {
        "backend": _backend(site.settings.admin),
        "media_folder": f"content/{home}",
        "public_folder": "/",
        "site_url": site.settings.base_url,
        "app_title": site.settings.organisation.short_name(),
        "output": {"omit_empty_optional_fields": True},
        "i18n": {
            "structure": "multiple_files",
            "locales": languages,
            "default_locale": languages[0],
            "initial_locales": "all",
        },
        "collections": [forms.of_pages(pages)],
        "singletons": forms.of_records(),
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


class _Forms:
    """Makes the forms of a site."""

    def __init__(self, site: Site, describe: Callable[[Message], str]) -> None:
        self._site = site
        self._describe = describe
        self._languages = {each.key: each.name for each in site.settings.languages}
        self._keys = {  # the keys of a table, by the name of the field that holds it
            "languages": tuple(self._languages),
            "topics": tuple(topic.key for topic in site.settings.topics),
        }

    def of_pages(self, keys: Iterable[str]) -> Form:
        """Every page, with a tab per language.

        Pages are listed one by one, since the CMS has no other way to a file that is named by its
        language alone; a new page appears here after the next build.
        """
        fields = [*self._front(), self._body()]
        return {
            "name": "pages",
            "label": self._describe(say("pages")),
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

    def of_records(self) -> list[Form]:
        """The forms of timelines, of terms, of the site's own records, and of the settings."""
        settings = {
            "name": "site",
            "label": "site.yaml",
            "file": SITE.path,
            "fields": self._fields(SITE.record),
        }
        return [*self._timelines(), *self._terms(), *self._own_records(), settings]

    def _front(self) -> list[Form]:
        """The form fields for front matter. For a value that all languages share, an editor fills in one
        field.
        """
        fields = []
        for name, declared in self._site.types.page.record.fields.items():
            form = self._field(name, declared)
            if declared.refers == "picture" and form["widget"] == "string":
                form = {**form, "widget": "image"}
                del form["pattern"]
            alike = declared.translate is False or name in _ALIKE
            fields.append({**form, "i18n": "duplicate" if alike else True})
        return fields

    def _body(self) -> Form:
        """The Markdown as plain text: an editor of rich text would lose the ids of headings."""
        return {
            "name": "body",
            "label": self._describe(say("text")),
            "widget": "markdown",
            "modes": ["raw"],
            "required": False,
            "i18n": True,
        }

    def _timelines(self) -> list[Form]:
        files = []
        noun = self._describe(say("timeline"))
        for timeline in self._site.timelines:
            name = timeline.key.replace("/", "-")
            path = TIMELINE.place(timeline.key)
            form = self._of_list(
                name,
                f"{noun}: {timeline.key}",
                path,
                self._site.types.by_name[TIMELINE.name].record,
            )
            files.append({**form, **_folder(timeline.key)})
        return files

    def _terms(self) -> list[Form]:
        if not self._site.vocabulary.terms:
            return []
        return [
            self._of_list(
                "terms", "terms.yaml", TERMS.path, self._site.types.by_name[TERMS.name].record
            )
        ]

    def _own_records(self) -> list[Form]:
        """The existing files of the site's own types."""
        files = []
        for own in self._site.types.own:
            for records in self._site.records:
                if records.type == own.name:
                    name = f"{records.key.replace('/', '-')}-{own.name}"
                    label = f"{own.name}: {records.key}"
                    form = self._of_list(name, label, own.place(records.key), own.record)
                    files.append({**form, **_folder(records.key)})
        return files

    def _of_list(self, name: str, label: str, path: str, record: Record) -> Form:
        """A file that is a list of records."""
        items = self._field("items", Field(ListOf(record), record.name, True))
        return {
            "name": name,
            "label": label,
            "file": path,
            "fields": [{**items, "label": label, "summary": "{{fields.id}}", "root": True}],
        }

    def _fields(self, record: Record) -> list[Form]:
        """The fields of a form for a record, in its order."""
        return [self._field(name, each) for name, each in record.fields.items()]

    def _field(self, name: str, declared: Field) -> Form:
        """One field of a form. A value that the CMS cannot show is kept unchanged (`hidden`)."""
        widget = self._widget(name, declared.shape)
        choices = self._site.layouts if declared.refers == "layout" else declared.choices
        if choices:
            several = {"multiple": True} if isinstance(declared.shape, ListOf) else {}
            words = declared.words
            options: list[object] = [
                {"label": self._describe(words[each]), "value": each} if each in words else each
                for each in choices
            ]
            widget = {"widget": "select", "options": options, **several}
        form = {"name": name, "label": name, **widget}
        if widget["widget"] == "hidden":
            return form
        return {**form, "hint": self._describe(declared.doc), "required": declared.required}

    def _widget(self, name: str, shape: Shape) -> Form:
        if isinstance(shape, Leaf):
            return self._leaf(shape)
        if isinstance(shape, Record):
            return {"widget": "object", "collapsed": "auto", "fields": self._fields(shape)}
        if isinstance(shape, ListOf):
            return self._list(shape)
        if isinstance(shape, PerLanguage) and not isinstance(shape.item, TableOf):
            inner = [
                {"name": key, "label": label, **self._widget(key, shape.item), "required": False}
                for key, label in self._languages.items()
            ]
            return {"widget": "object", "fields": inner}
        if isinstance(shape, TableOf) and isinstance(shape.item, Leaf):
            # the CMS cannot restrict such a field to days
            return {"widget": "hidden" if shape.item.name == "day" else "keyvalue"}
        if isinstance(shape, TableOf) and name in self._keys:
            inner = [
                {"name": key, "label": key, **self._widget(key, shape.item)}
                for key in self._keys[name]
            ]
            return {"widget": "object", "collapsed": True, "fields": inner}
        return {"widget": "hidden"}

    def _list(self, shape: ListOf) -> Form:
        if isinstance(shape.item, Record):
            return {"widget": "list", "collapsed": True, "fields": self._fields(shape.item)}
        if isinstance(shape.item, TextOrPerLanguage):
            return {"widget": "hidden"}  # one text or a text per language: two shapes in one list
        item = {"name": "item", "label": "…", **self._widget("item", shape.item)}
        return {"widget": "list", "field": item}

    def _leaf(self, shape: Leaf) -> Form:
        if shape.name == "flag":
            return {"widget": "boolean", "default": False}
        if shape.name == "whole":
            return {"widget": "number", "value_type": "int"}
        if shape.name == "prose":
            return {"widget": "text"}
        return {
            "widget": "string",
            "pattern": [shape.pattern, self._describe(shape.form or shape.hint)],
        }


def _folder(key: str) -> Form:
    """The settings by which the form of a page puts pictures into the folder of the page, so that
    the text of the page names a picture by its file name alone.
    """
    return {"media_folder": f"/content/{key}", "public_folder": ""}
