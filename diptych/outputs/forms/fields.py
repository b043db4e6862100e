"""The fields of a form in the CMS, made from the fields of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from diptych.content.fields import Field
from diptych.diagnostics import Message
from diptych.values import Value, field
from diptych.yaml import Group, Key, Leaf, ListOf, PerLanguage, Shape, TableOf, TextOrPerLanguage

Form = dict[str, Any]


class Surroundings(Value):
    """The values of a site that a form needs."""

    languages: Mapping[str, str]  # key -> name
    describe: Callable[[Message], str]  # a sentence, in every language of the tool
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of tables, by field
    layouts: tuple[str, ...] = ()  # of the site


def form_fields(record: Group, around: Surroundings) -> list[Form]:
    """The fields of a form for a record, in its order."""
    return [form_field(name, each, around) for name, each in record.fields.items()]


def form_field(name: str, declared: Key, around: Surroundings) -> Form:
    """One field of a form. A value that no form can show is carried along unchanged (`hidden`)."""
    widget = _widget(name, declared.shape, around)
    is_layout = isinstance(declared, Field) and declared.refers == "layout"
    choices = around.layouts if is_layout else declared.choices
    if choices:
        several = {"multiple": True} if isinstance(declared.shape, ListOf) else {}
        words = declared.words if isinstance(declared, Field) else {}
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
    if isinstance(shape, Group):
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
    if isinstance(shape.item, Group):
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
