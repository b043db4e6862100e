"""The files that each kind of host reads: `_headers` and `_redirects` of Netlify, Cloudflare Pages and
GitLab Pages; the configuration of nginx, Apache and Caddy, with not-found pages, media types, caching
and compressed copies.

https://docs.netlify.com/manage/routing/headers, https://docs.netlify.com/manage/routing/redirects/overview,
https://developers.cloudflare.com/pages/configuration, https://docs.gitlab.com/user/project/pages/redirects
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diptych.bodies import Body
from diptych.content.hosts import Host, host_of
from diptych.content.types import SITE
from diptych.model import Output
from diptych.outputs.hosting.rules import HeaderRule, gone, moved, stubs, whole_rules
from diptych.site import Site, in_url
from diptych.templating import render_own
from diptych.values import Value

TYPES: Mapping[str, tuple[str, ...]] = {  # media type -> endings of what is published
    "application/json": ("json",),
    "application/octet-stream": ("pagefind", "pf_fragment", "pf_index", "pf_meta"),
    "application/pdf": ("pdf",),
    "application/wasm": ("wasm",),
    "application/xml": ("xml",),
    "font/ttf": ("ttf",),
    "font/woff2": ("woff2",),
    "image/avif": ("avif",),
    "image/gif": ("gif",),
    "image/jpeg": ("jpeg", "jpg"),
    "image/png": ("png",),
    "image/svg+xml": ("svg",),
    "image/webp": ("webp",),
    "text/calendar": ("ics",),
    "text/css": ("css",),
    "text/csv": ("csv",),
    "text/html": ("htm", "html"),
    "text/javascript": ("js", "mjs"),
    "text/plain": ("txt",),
}
TEXTS = tuple(  # media types of texts, which are in UTF-8
    each for each in TYPES if each.startswith("text/") or each.endswith(("json", "xml"))
)
_SIGNS_OF_CADDY = re.compile(r'[]"%*?[`{}]')
_TEMPLATES = {".htaccess": "htaccess", "_Caddyfile": "Caddyfile", "_nginx.conf": "nginx.conf"}


def hosting_files(site: Site, rules: tuple[HeaderRule, ...]) -> tuple[Output, ...]:
    """The files that the host of the settings reads. For a host without redirects, a page at each
    old address.
    """
    host = host_of(site.settings.hosting)
    texts = {
        each: _text(each, host, site, rules) for each in (host.headers, host.redirects) if each
    }
    files = [Output(path, Body(text.encode()), SITE.path) for path, text in texts.items() if text]
    return (*files, *(() if host.redirects else stubs(site)))


def _text(path: str, host: Host, site: Site, rules: tuple[HeaderRule, ...]) -> str:
    if path in _TEMPLATES:
        return server_file(_TEMPLATES[path], site, rules)
    if path == "_headers":
        return headers_list(host.key, rules)
    return "".join(redirect_lines(host.key, site))


class OldAddress(Value):
    """An old address, and the address or the page (gone) that it leads to."""

    old: str  # decoded, from the root of the host, without a slash at its end
    new: str  # decoded
    folder: bool  # whether the address with a slash is the same

    @property
    def new_url(self) -> str:
        """The path of the new address as it stands in a URL."""
        return in_url(self.new)

    @property
    def pattern(self) -> str:
        """The old address as a regular expression, which can stand between `"` and between `#`."""
        pattern = re.escape(self.old).replace(r"\#", r"\x23").replace('"', r"\x22")
        return pattern + ("/?" if self.folder else "")

    @property
    def caddy(self) -> str:
        """The old address as a matcher of Caddy. Where Caddy would read a sign of it as a wildcard, as a
        placeholder or as a code, a regular expression.
        """
        if _SIGNS_OF_CADDY.search(self.old):
            return f'path_regexp "^{self.pattern}$"'
        return f'path "{self.old}"' + (f' "{self.old}/"' if self.folder else "")

    @property
    def nginx(self) -> str:
        """The old address as it stands between `"` in the configuration of nginx."""
        return self.old.replace('"', r"\"")


class HeadersOf(Value):
    """Addresses with headers of their own."""

    href: str  # from the root of the host
    whole: bool  # whether all addresses that begin with `href` have these headers
    headers: tuple[tuple[str, str], ...]
    language: str  # the folder of the language in which they are; empty: none

    @property
    def pattern(self) -> str:
        """The addresses as a regular expression, with those of compressed copies."""
        return "^" + re.escape(self.href) + ("" if self.whole else r"(\.br|\.gz)?$")


def server_file(template: str, site: Site, rules: tuple[HeaderRule, ...]) -> str:
    """The text of the file: `nginx.conf`, `htaccess` or `Caddyfile`."""
    return render_own(
        "diptych.outputs.hosting",
        template,
        root=site.href(""),
        organisation=" ".join(site.settings.organisation.short_name().split()),
        host=site.settings.base_url.partition("://")[2].partition("/")[0],
        types=TYPES,
        texts=TEXTS,
        endings=tuple(each for kind in TEXTS for each in TYPES[kind]),
        languages=tuple(site.href(f"{each.key}/") for each in site.settings.languages),
        general=rules[0].headers,
        places=tuple(_place(site, each) for each in rules[1:]),
        whole_places=tuple(_place(site, each) for each in whole_rules(rules)[1:]),
        moved=tuple(_old(site, *each) for each in moved(site)),
        gone=tuple(_old(site, *each) for each in gone(site)),
    )


def _old(site: Site, old: str, new: str) -> OldAddress:
    return OldAddress(site.href(old), site.href(new), "." not in old.rpartition("/")[2])


def _place(site: Site, rule: HeaderRule) -> HeadersOf:
    href = site.href(rule.path.removesuffix("*"))
    folders = (site.href(f"{each.key}/") for each in site.settings.languages)
    language = next((each for each in folders if href.startswith(each)), "")
    return HeadersOf(href, href.endswith("/"), rule.headers, language)


def headers_list(hosting: str, rules: tuple[HeaderRule, ...]) -> str:
    """The text of `_headers`. If two rules set one header, Netlify uses the later rule. Cloudflare
    joins the values, and browsers would apply both policies, so the general value is removed first.
    """
    general = dict(rules[0].headers)
    blocks = []
    for number, rule in enumerate(rules):
        lines = [f"/{rule.path}\n"]
        for name, value in rule.headers:
            if number and hosting == "cloudflare" and name in general:
                lines.append(f"  ! {name}\n")
            lines.append(f"  {name}: {value}\n")
        blocks.append("".join(lines))
    return "\n".join(blocks)


def redirect_lines(hosting: str, site: Site) -> Iterator[str]:
    """The lines of `_redirects`: old addresses; at Netlify also the addresses that were taken down (410,
    gone) and the not-found page of each language.

    Netlify needs `!` if a file has the old address, and makes no difference between an address with a
    slash at its end and one without. The other hosts compare addresses as they are written.
    """
    status = "301!" if hosting == "netlify" else "301"
    for old, new in moved(site):
        # GitLab decodes the requested address before it compares it with the rule; Netlify and
        # Cloudflare compare the encoded address
        address = site.href(old) if hosting == "gitlab" else in_url(site.href(old))
        yield f"{address} {site.href(new)} {status}\n"
        if hosting != "netlify" and "." not in old.rpartition("/")[2]:
            yield f"{address}/ {site.href(new)} {status}\n"
    if hosting == "netlify":  # other hosts cannot answer 410: there, only the text says it
        for old, page in gone(site):
            yield f"{in_url(site.href(old))} {in_url(site.href(page))} 410!\n"
        for language in site.settings.languages:
            folder = site.href(f"{language.key}/")
            yield f"{folder}* {folder}404.html 404\n"
