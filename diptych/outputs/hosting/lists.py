"""`_headers` and `_redirects`, as Netlify, Cloudflare Pages and GitLab Pages read them.

https://docs.netlify.com/manage/routing/headers, https://docs.netlify.com/manage/routing/redirects/overview,
https://developers.cloudflare.com/pages/configuration, https://docs.gitlab.com/user/project/pages/redirects
"""

from __future__ import annotations

from collections.abc import Iterator

from diptych.outputs.hosting.rules import HeaderRule, gone, moved
from diptych.site import Site


def headers_list(hosting: str, rules: tuple[HeaderRule, ...]) -> str:
    """`_headers`. At Netlify the later rule wins. Cloudflare joins the two values, and of two policies
    browsers hold both, so that the general value is taken off first.
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


def redirects_list(hosting: str, site: Site) -> str:
    """`_redirects`: old addresses, and at Netlify what was taken down (410, gone) and the not-found page
    of each language.

    Netlify needs `!` where a file stands at the old address, and takes an address with or without a
    slash at its end for the same. The others compare addresses as they are written.
    """
    return "".join(_lines(hosting, site))


def _lines(hosting: str, site: Site) -> Iterator[str]:
    status = "301!" if hosting == "netlify" else "301"
    for old, new in moved(site):
        yield f"{site.href(old)} {site.href(new)} {status}\n"
        if hosting != "netlify" and "." not in old.rpartition("/")[2]:
            yield f"{site.href(old)}/ {site.href(new)} {status}\n"
    if hosting == "netlify":  # the others know no such status; there the page says it alone
        for old, page in gone(site):
            yield f"{site.href(old)} {site.href(page)} 410!\n"
        for language in site.settings.languages:
            folder = site.href(f"{language.key}/")
            yield f"{folder}* {folder}404.html 404\n"
