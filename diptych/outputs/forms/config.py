"""The configuration of Sveltia CMS for one site: the files and their forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from diptych.content.fields import Field, Record
from diptych.content.layouts import layout_of
from diptych.content.types import SITE, TERMS, TIMELINE, Types
from diptych.diagnostics import Message, Placed, say
from diptych.outputs.forms.fields import Form, Surroundings, form_field, form_fields
from diptych.site import Site
from diptych.yaml import ListOf

_ALIKE = ("draft",)  # filled in for all languages, besides the values that they must share


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
    """The access to the git host: by a token, unless the site has its own service for signing in."""
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
    """The folder for pictures: the page's own, so that a picture is named by its file name alone."""
    return {"media_folder": f"/content/{key}", "public_folder": ""}


def _front(types: Types, around: Surroundings) -> list[Form]:
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
