"""The table of hosts: what each host can do, its limits, and the names of the files that it reads.
Also the addresses at which git hosts edit a file.

Sources, read in 2026: docs.github.com/pages, docs.gitlab.com/user/project/pages,
docs.netlify.com/manage/routing, developers.cloudflare.com/pages (configuration, platform/limits),
nginx.org/en/docs, httpd.apache.org/docs/2.4, caddyserver.com/docs. The limits are those of a free
plan, and at GitLab those of gitlab.com.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from diptych.diagnostics import Message, say
from diptych.model import NOT_ON_WINDOWS
from diptych.values import Value


class Limits(Value):
    """The limits of a host; None where its documentation names no number."""

    redirects: int | None = None  # the number of rules without `*` in `_redirects`
    redirects_bytes: int | None = None  # the size of `_redirects` in bytes
    redirects_line: int | None = None  # the length of a line of `_redirects` in characters
    headers: int | None = None  # the number of addresses with headers in `_headers`
    headers_line: int | None = None  # the same of `_headers`, with the header's name
    files: int | None = None
    file_bytes: int | None = None  # of one file
    site_bytes: int | None = None  # of all files


class Host(Value):
    """A host of websites: its names, the files that it reads, and its limits."""

    key: str  # its name in site.yaml
    name: str  # its name in messages
    shared: str = ""  # the domain of its sites that have no domain of their own
    headers: str = ""  # the published file with our headers; empty: the host sends none of them
    redirects: str = ""  # the published file with the redirects; empty: a page at each old address
    compressed: bool = False  # it serves the .br and .gz that the build writes
    limits: Limits = Limits()
    place: Message | None = None  # where its configuration file goes; None if the host finds it
    lacks: tuple[Message, ...] = ()  # what it cannot do, one sentence each
    # patterns of old addresses (decoded) that the host cannot redirect, each with the reason
    unfit: tuple[tuple[str, Message], ...] = ()


_NO_FILE = (
    NOT_ON_WINDOWS.pattern,
    say("a page would have to stand there, and no file can have this name on Windows"),
)
_WILDCARD = (r"\*|:[A-Za-z]", say("`_redirects` reads `*`, and `:` before a letter, as any text"))
_NOT_DECODED = (r"[\s%?#]", say("its `_redirects` takes no space, `%`, `?` or `#` in an address"))
_ROOT_ONLY = say("it shows one not-found page, that of the root, in every language")
_NO_HEADERS = say("it sends no headers of ours: nothing forbids other sites to frame a page")
_COMPRESSES = say("it compresses by itself: what the build could compress better, it does not take")
_ONE_GIGABYTE = say("it takes a site of 1 GB at most")
_OWN_SERVER = say("you keep the server up to date yourselves")


def _server(key: str, name: str, file: str, place: Message, lacks: tuple[Message, ...]) -> Host:
    """The host for a server of the site's own. Such a server sends all headers and redirects that its
    configuration file (`file`) lists.
    """
    return Host(
        key,
        name,
        headers=file,
        redirects=file,
        compressed=True,
        place=place,
        lacks=lacks,
    )


TABLE = (
    Host(
        "github",
        "GitHub Pages",
        shared="github.io",
        limits=Limits(site_bytes=1_000_000_000),
        lacks=(
            _NO_HEADERS,
            say("it has no redirects: a page stands at each old address, and leads on"),
            _ROOT_ONLY,
            say("browsers keep every file for ten minutes, and no file for longer"),
            _ONE_GIGABYTE,
        ),
        unfit=(_NO_FILE,),
    ),
    Host(
        "gitlab",
        "GitLab Pages",
        shared="gitlab.io",
        redirects="_redirects",
        compressed=True,
        limits=Limits(redirects=1000, redirects_bytes=65_536, site_bytes=1_000_000_000),
        lacks=(
            _NO_HEADERS,
            say("a file wins over a redirect at its place"),
            _ROOT_ONLY,
            say(
                "it follows the first 1000 redirects, and none when `_redirects` has more than 64 kB"
            ),
            _ONE_GIGABYTE,
        ),
        unfit=(_WILDCARD, _NOT_DECODED),
    ),
    Host(
        "netlify",
        "Netlify",
        shared="netlify.app",
        headers="_headers",
        redirects="_redirects",
        lacks=(_COMPRESSES,),
        unfit=(_WILDCARD,),
    ),
    Host(
        "cloudflare",
        "Cloudflare Pages",
        shared="pages.dev",
        headers="_headers",
        redirects="_redirects",
        limits=Limits(
            redirects=2000,
            redirects_line=1000,
            headers=100,
            headers_line=2000,
            files=20_000,
            file_bytes=25 * 1024 * 1024,
        ),
        lacks=(
            say("it follows 2000 redirects, and takes 20 000 files of at most 25 MiB each"),
            say("it stands at the root of a host: a site below a path needs another host"),
            _COMPRESSES,
        ),
        unfit=(_WILDCARD,),
    ),
    _server(
        "nginx",
        "nginx",
        "_nginx.conf",
        say("write `include …/_nginx.conf;` within `server`, and reload nginx after a change"),
        (
            _OWN_SERVER,
            say("it serves .br only with the package libnginx-mod-http-brotli-static"),
        ),
    ),
    _server(
        "apache",
        "Apache",
        ".htaccess",
        say(
            "it stays where it is; the server needs `AllowOverride FileInfo Indexes` and mod_headers"
        ),
        (
            say(
                "without `AllowOverride` or mod_headers it sends no headers, and says nothing of it"
            ),
        ),
    ),
    _server(
        "caddy",
        "Caddy",
        "_Caddyfile",
        say("write `import …/_Caddyfile` within the site's block, and reload Caddy after a change"),
        (_OWN_SERVER,),
    ),
)
HOSTS = {each.key: each for each in TABLE}
_UNKNOWN = Host("", "", unfit=(_NO_FILE,))


def host_of(key: str | None) -> Host:
    """The host with this key; for None or an unknown key, a host that only serves files."""
    return HOSTS.get(key or "", _UNKNOWN)


def unfit(host: Host, path: str) -> Message | None:
    """The reason why a host cannot redirect an old address (decoded); None if it can."""
    return next((reason for pattern, reason in host.unfit if re.search(pattern, path)), None)


def edit_address(repository: str, path: str) -> str:
    """The address at which GitHub, GitLab or Codeberg edits a file of the branch `main` in the
    browser. `repository` is the address of the repository.
    """
    host = repository.partition("://")[2].partition("/")[0]
    way = "-/edit" if "gitlab" in host else "_edit" if host == "codeberg.org" else "edit"
    return f"{repository}/{way}/main/{quote(path)}"
