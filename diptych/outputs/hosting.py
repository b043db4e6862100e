"""What hosts read: robots.txt, `_headers` and `_redirects`, and pages that lead on by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diptych.diagnostics import Span
from diptych.model import DATA_FORMS, Output
from diptych.site import Redirect, Site, gone_addresses, redirects_of
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


class Allowed(Value):
    """What stands in pages and files themselves, so that the policy of the host must allow it too.

    Some hosts join the rules of an address, and of two policies browsers hold both: one serves all,
    and the stricter one in each page still holds.
    """

    styles: tuple[str, ...]  # hashes
    scripts: tuple[str, ...]  # of the file that holds the whole site: hashes
    embedded: bool  # whether pictures stand in that file
    alone: tuple[str, ...]  # the path of that file in each language


def robots(site: Site) -> Output:
    """Everything may be read; where the sitemap is."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n"
    return Output("robots.txt", text.encode(), "content/site.yaml")


def headers(
    site: Site, allowed: Allowed, searched: Iterable[str] = (), forms: str | None = None
) -> tuple[Output, ...]:
    """`_headers` for the hosts that read it; hashed assets may be kept for a year.

    `searched` are the paths of the pages on which one can search: there, and nowhere else, the
    site's own WebAssembly may be compiled. `forms` is the policy of the page for editing, which no
    reader meets: it speaks with the git host, and signs in through a window of it.
    """
    hosting = site.settings.hosting
    if hosting not in ("netlify", "cloudflare"):
        return ()
    styles, scripts = (
        "".join(f" '{each}'" for each in e) for e in (allowed.styles, allowed.scripts)
    )
    image = " data:" if allowed.embedded else ""
    policy = _POLICY.format(script=scripts, style=styles, image=image)
    engine = _POLICY.format(script=" 'wasm-unsafe-eval'", style=styles, image="")
    lines = ((_CSP, policy), *_EVERYWHERE)
    everywhere = "".join(f"  {name}: {value}\n" for name, value in lines)
    rules = [
        f"/*\n{everywhere}",
        "/assets/*\n" + _instead(hosting, "Cache-Control", "public, max-age=31536000, immutable"),
        *(f"/{path}\n" + _instead(hosting, _CSP, engine) for path in searched),
        *(f"/{path}\n  X-Robots-Tag: noindex\n" for path in allowed.alone),
    ]
    if forms is not None:
        apart = (
            (_CSP, forms),
            ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
            ("Cross-Origin-Embedder-Policy", "unsafe-none"),
        )
        instead = "".join(_instead(hosting, name, value) for name, value in apart)
        rules.append(f"/admin/*\n{instead}  X-Robots-Tag: noindex\n")
    return (Output("_headers", "\n".join(rules).encode(), "content/site.yaml"),)


def _instead(hosting: str, name: str, value: str) -> str:
    """The lines that replace what the general rule says: at Netlify the later rule wins, while
    Cloudflare joins the two values (and two policies allow only what both do), so that the general
    one is taken off first.
    """
    line = f"  {name}: {value}\n"
    return f"  ! {name}\n{line}" if hosting == "cloudflare" else line


def redirects(site: Site) -> tuple[Output, ...]:
    """Old addresses: a page each that leads on without script, and a list for hosts that read it."""
    moved = redirects_of(site).value
    pages = [_stub(site, each) for each in moved]
    if site.settings.hosting in ("netlify", "cloudflare"):
        lines = [f"{site.href(each.old)} {site.href(each.new)} 301\n" for each in moved]
        lines += [line for each in moved for line in _data(site, each)]
        lines += _gone(site) if site.settings.hosting == "netlify" else ()
    else:
        lines = []
    if lines:
        pages.append(Output("_redirects", "".join(lines).encode(), "content/site.yaml"))
    return tuple(pages)


def _gone(site: Site) -> Iterator[str]:
    """Rules by which what was taken down answers 410 (gone), its data and its feed too; the page that
    says so is served with it. Cloudflare's list knows no such status: there the page says it alone.
    """
    for old in gone_addresses(site):
        page = site.href(Redirect(old, "", Span("")).output)
        beside = (
            () if old.endswith(".html") else ("/feed.xml", *(f"/timeline.{e}" for e in DATA_FORMS))
        )
        for end in ("", *beside):
            yield f"{site.href(old)}{end} {page} 410!\n"


def _data(site: Site, redirect: Redirect) -> Iterator[str]:
    """What other programs fetch from a timeline moves with its page: calendars keep their address."""
    page = next((each for each in site.pages if each.path == redirect.new), None)
    if page is None or site.timeline(page.key) is None or redirect.old.endswith(".html"):
        return
    for form in DATA_FORMS:
        old, new = (f"{path.rstrip('/')}/timeline.{form}" for path in (redirect.old, redirect.new))
        yield f"{site.href(old)} {site.href(new)} 301\n"


def _stub(site: Site, redirect: Redirect) -> Output:
    language = redirect.old.partition("/")[0]
    text = render_own(
        "diptych.outputs",
        "redirect.html",
        language=next((e.tag for e in site.settings.languages if e.key == language), "mul"),
        href=site.href(redirect.new),
        url=site.url(redirect.new),
        title=site.settings.organisation.short_name,
    )
    return Output(redirect.output, text.encode(), redirect.span.path)
