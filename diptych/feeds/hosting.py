"""What hosts read: robots.txt, `_headers` and `_redirects`, and pages that lead on by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from diptych.model import Output
from diptych.site import Site
from diptych.site.values import FALLBACK

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; upgrade-insecure-requests"
)
_FEATURES = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture",
    "geolocation", "gyroscope", "interest-cohort", "magnetometer", "microphone", "midi", "payment",
    "usb",
)  # fmt: skip
_EVERYWHERE = (
    ("Content-Security-Policy", _POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in _FEATURES)),
    ("Cache-Control", "max-age=0, must-revalidate"),
)


def robots(site: Site) -> Output:
    """Everything may be read; where the sitemap is."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n"
    return Output("robots.txt", text.encode(), "content/site.yaml")


def headers(site: Site) -> tuple[Output, ...]:
    """`_headers` for the hosts that read it; hashed assets may be kept for a year."""
    if site.settings.hosting not in ("netlify", "cloudflare"):
        return ()
    everywhere = "".join(f"  {name}: {value}\n" for name, value in _EVERYWHERE)
    assets = "".join(
        f"  {line}\n" for line in _asset_lines(site.settings.hosting)
    )
    text = f"/*\n{everywhere}\n/assets/*\n{assets}"
    return (Output("_headers", text.encode(), "content/site.yaml"),)


def _asset_lines(hosting: str) -> tuple[str, ...]:
    """Cloudflare joins two values of one header, so the general one is taken off first."""
    kept = "Cache-Control: public, max-age=31536000, immutable"
    return ("! Cache-Control", kept) if hosting == "cloudflare" else (kept,)


def redirects(site: Site) -> tuple[Output, ...]:
    """Old addresses: a page each that leads on without script, and a list for hosts that read it."""
    moved = dict(_moved(site))
    pages = [_stub(site, old, new) for old, new in sorted(moved.items())]
    if site.settings.hosting in ("netlify", "cloudflare") and moved:
        lines = (f"/{old} {site.href(new)} 301" for old, new in sorted(moved.items()))
        text = "".join(line + "\n" for line in lines)
        pages.append(Output("_redirects", text.encode(), "content/site.yaml"))
    return tuple(pages)


def _moved(site: Site) -> Iterable[tuple[str, str]]:
    """Old path -> new path, both without a slash in front."""
    for page in site.pages:
        if page.state != FALLBACK:
            for old in page.document.front.redirect_from:
                yield old.value.strip("/"), page.path
    for old, target in site.settings.redirects:
        yield old.value.strip("/"), _address(site, old.value, target.value)


def _address(site: Site, old: str, target: str) -> str:
    if not target.startswith("page:"):
        return target.lstrip("/")
    key, _, anchor = target.removeprefix("page:").partition("#")
    language = old.strip("/").partition("/")[0]
    versions = site.versions(key)
    page = next((each for each in versions if each.language == language), None)
    chosen = page or (versions[0] if versions else None)
    return (chosen.path if chosen else "") + (f"#{anchor}" if anchor else "")


def _stub(site: Site, old: str, new: str) -> Output:
    href, url = escape(site.href(new)), escape(site.url(new))
    path = old if old.endswith(".html") else f"{old}/index.html"
    title = escape(site.settings.organisation.short_name)
    language = old.partition("/")[0]
    tag = next((e.tag for e in site.settings.languages if e.key == language), "mul")
    text = (
        f'<!DOCTYPE html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta http-equiv="refresh" content="0; url={href}">\n'
        f'<link rel="canonical" href="{url}">\n<title>{title}</title>\n</head>\n'
        f'<body><p><a href="{href}">{url}</a></p></body>\n</html>\n'
    )
    return Output(path, text.encode(), "content/site.yaml")
