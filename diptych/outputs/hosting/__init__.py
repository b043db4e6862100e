"""The configuration files for a host: headers, redirects, server files."""

from __future__ import annotations

from diptych.bodies import Body
from diptych.content.hosts import Host, host_of
from diptych.model import Output
from diptych.outputs.hosting.files import headers_list, redirects_list, server_file
from diptych.outputs.hosting.rules import Allowed, HeaderRule, header_rules, stubs
from diptych.site import Site

__all__ = ["Allowed", "header_rules", "hosting_files"]

_ORIGIN = "content/site.yaml"
_TEMPLATES = {".htaccess": "htaccess", "_Caddyfile": "Caddyfile", "_nginx.conf": "nginx.conf"}


def hosting_files(site: Site, rules: tuple[HeaderRule, ...]) -> tuple[Output, ...]:
    """The files that the host of the settings reads. For a host without redirects, a page at each
    old address.
    """
    host = host_of(site.settings.hosting)
    texts = {
        each: _text(each, host, site, rules) for each in (host.headers, host.redirects) if each
    }
    files = [Output(path, Body(text.encode()), _ORIGIN) for path, text in texts.items() if text]
    return (*files, *(() if host.redirects else stubs(site)))


def _text(path: str, host: Host, site: Site, rules: tuple[HeaderRule, ...]) -> str:
    if path in _TEMPLATES:
        return server_file(_TEMPLATES[path], site, rules)
    if path == "_headers":
        return headers_list(host.key, rules)
    return redirects_list(host.key, site)
