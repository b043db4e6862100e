"""The forms for editing in the browser. Nothing is imported for them unless the settings ask for
forms.
"""

from __future__ import annotations

from diptych.diagnostics import Diagnostic
from diptych.i18n import TOOL_LOCALES, translator
from diptych.model import Output, Settings, Tree
from diptych.site import Site


def form_files(site: Site, tree: Tree) -> tuple[Output, ...]:
    """Everything below `admin/`; nothing when the site does not ask for it."""
    if not site.settings.admin:
        return ()
    from diptych.outputs.forms.page import admin_files

    return admin_files(site, tree, {key: translator(key) for key in TOOL_LOCALES})


def check_forms(settings: Settings, tree: Tree) -> tuple[Diagnostic, ...]:
    """admin-script: the script files that the page with the forms needs are not the ones that this
    program knows.
    """
    if not settings.admin:
        return ()
    from diptych.outputs.forms.page import check_vendored

    return tuple(check_vendored(tree, settings.admin["repository"].span))


def form_policy(settings: Settings) -> str | None:
    """The content security policy of `/admin/`, for hosts that send headers."""
    if not settings.admin:
        return None
    from diptych.outputs.forms.page import POLICY

    return POLICY
