"""The rules for every host: headers and old addresses; pages that redirect by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diptych.bodies import Body
from diptych.content.hosts import host_of, unfit
from diptych.diagnostics import Span
from diptych.model import DATA_FORMS, Output
from diptych.site import Redirect, Site, gone_addresses
from diptych.templating import render_own
from diptych.values import Value

_CSP = "Content-Security-Policy"
_POLICY = (
    "default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; "
    "img-src 'self'{image}; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; upgrade-insecure-requests"
)
_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "interest-cohort",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
_EVERYWHERE = (
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in _FEATURES)),
    ("Cache-Control", "max-age=0, must-revalidate"),
)

_UNLISTED = ("X-Robots-Tag", "noindex")


class Allowed(Value):
    """Everything that the content security policy in the host's headers must allow, since a page or
    a file needs it.

    If several rules match an address, some hosts send the headers of all of them, and browsers apply
    each policy. So one policy is sent for all addresses. The stricter policy in each page applies too.
    """

    styles: tuple[str, ...]  # hashes
    scripts: tuple[str, ...]  # of the take-away file, as hashes
    embedded: bool  # whether that file embeds pictures
    alone: tuple[str, ...]  # the path of that file in each language


class HeaderRule(Value):
    """The headers of the addresses that begin with a path, or of that address alone."""

    path: str  # of the site; with `*` at its end: of all addresses that begin so
    headers: tuple[tuple[str, str], ...]  # names and values


def header_rules(
    allowed: Allowed, searched: Iterable[str] = (), forms: str | None = None
) -> tuple[HeaderRule, ...]:
    """The headers of all addresses, then the exceptions; assets with a digest in their name may be
    cached for a year.

    `searched` are the paths of the pages with the search field: only there may the site's own
    WebAssembly be compiled. `forms` is the policy of the page for editing, which connects to the
    git host and signs in through a window of it.
    """
    styles, scripts = (
        "".join(f" '{each}'" for each in e) for e in (allowed.styles, allowed.scripts)
    )
    image = " data:" if allowed.embedded else ""
    policy = _POLICY.format(script=scripts, style=styles, image=image)
    engine = _POLICY.format(script=" 'wasm-unsafe-eval'", style=styles, image="")
    rules = [
        HeaderRule("*", ((_CSP, policy), *_EVERYWHERE)),
        HeaderRule("assets/*", (("Cache-Control", "public, max-age=31536000, immutable"),)),
        *(HeaderRule(path, ((_CSP, engine),)) for path in searched),
        *(HeaderRule(path, (_UNLISTED,)) for path in allowed.alone),
    ]
    if forms is not None:
        apart = (
            (_CSP, forms),
            ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
            ("Cross-Origin-Embedder-Policy", "unsafe-none"),
            _UNLISTED,
        )
        rules.append(HeaderRule("admin/*", apart))
    return tuple(rules)


def whole_rules(rules: tuple[HeaderRule, ...]) -> tuple[HeaderRule, ...]:
    """The same rules, each with all headers of its addresses, for servers whose specific rule
    replaces the general one.
    """
    general = dict(rules[0].headers)
    return (
        rules[0],
        *(
            HeaderRule(each.path, tuple({**general, **dict(each.headers)}.items()))
            for each in rules[1:]
        ),
    )


def moved(site: Site) -> Iterator[tuple[str, str]]:
    """Each old path (decoded) with its new path, for pages and for the data of timelines."""
    fit = tuple(_fit(site))
    yield from ((each.old, each.new) for each in fit)
    for each in fit:
        yield from _data(site, each)


def gone(site: Site) -> Iterator[tuple[str, str]]:
    """Each path of a page that was taken down, and of the page's data and feed, with the path of
    the page that says that it was taken down. All are decoded.
    """
    host = host_of(site.settings.hosting)
    for old in gone_addresses(site):
        if unfit(host, old) is not None:
            continue
        page = Redirect(old, "", Span("")).output
        ends = (
            () if old.endswith(".html") else ("/feed.xml", *(f"/timeline.{e}" for e in DATA_FORMS))
        )
        yield from ((f"{old}{end}", page) for end in ("", *ends))


def stubs(site: Site) -> tuple[Output, ...]:
    """A page at each old address that leads to the new one without script."""
    return tuple(_stub(site, each) for each in _fit(site))


def _fit(site: Site) -> Iterator[Redirect]:
    """The redirects that the host can make; `host-redirects` reports all others."""
    host = host_of(site.settings.hosting)
    return (each for each in site.redirects if unfit(host, each.old) is None)


def _data(site: Site, redirect: Redirect) -> Iterator[tuple[str, str]]:
    """The data of a timeline moves with its page, so that subscribed calendars keep working."""
    page = next((each for each in site.pages if each.path == redirect.new), None)
    if page is None or site.timeline(page.key) is None or redirect.old.endswith(".html"):
        return
    for form in DATA_FORMS:
        yield (
            f"{redirect.old.rstrip('/')}/timeline.{form}",
            f"{redirect.new.rstrip('/')}/timeline.{form}",
        )


def _stub(site: Site, redirect: Redirect) -> Output:
    language = redirect.old.partition("/")[0]
    text = render_own(
        "diptych.outputs.hosting",
        "redirect.html",
        language=next((e.tag for e in site.settings.languages if e.key == language), "mul"),
        href=site.href(redirect.new),
        url=site.url(redirect.new),
        title=site.settings.organisation.short_name(language),
    )
    return Output(redirect.output, Body(text.encode()), redirect.span.path)
