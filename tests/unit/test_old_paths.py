"""Old addresses: every spelling of a path is that path, and a path that no URL can have is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.content.hosts import HOSTS, host_of
from diptych.pipeline import Build
from diptych.site import for_editors, gone_addresses, in_url, path_of, write_addresses, wrong_with
from tests.conftest import SITE_YAML, text_of

Builds = Callable[..., Build]
NL = "content/about/nl.md"
LOCK = "# diptych addresses: written by `build.py remember`, one address and the key of its page a line\n"


def page(*old: str) -> str:
    listed = "".join(f"  - '{each.replace(chr(39), chr(39) * 2)}'\n" for each in old)
    return f"---\ntitle: Over ons\nredirect_from:\n{listed}---\n\nTekst.\n"


def told(build: Build, check: str) -> list[str]:
    return [str(each.message) for each in build.diagnostics if each.check == check]


SPELLINGS = [  # as written, the path, in a URL, for editors
    ("/fr/récit/", "fr/récit", "fr/r%C3%A9cit", "fr/récit"),
    ("/fr/r%C3%A9cit/", "fr/récit", "fr/r%C3%A9cit", "fr/récit"),
    ("fr/r%c3%a9cit", "fr/récit", "fr/r%C3%A9cit", "fr/récit"),
    ("/fr/re\u0301cit", "fr/récit", "fr/r%C3%A9cit", "fr/récit"),
    ("/fr/re%CC%81cit", "fr/récit", "fr/r%C3%A9cit", "fr/récit"),
    ("/%66r/%7Ex", "fr/~x", "fr/~x", "fr/~x"),
    ("/2019/10:30/", "2019/10:30", "2019/10:30", "2019/10:30"),
    ("/2019/10%3a30/", "2019/10:30", "2019/10:30", "2019/10:30"),
    ("/l’été", "l’été", "l%E2%80%99%C3%A9t%C3%A9", "l’été"),
    ("/a b", "a b", "a%20b", "a%20b"),
    ("/a\u00a0b", "a\u00a0b", "a%C2%A0b", "a%C2%A0b"),
    ("/100%25/%3F%23", "100%/?#", "100%25/%3F%23", "100%25/%3F%23"),
    ("/a!$&'()*+,;=:@b", "a!$&'()*+,;=:@b", "a!$&'()*+,;=:@b", "a!$&'()*+,;=:@b"),
    (
        '/["<>^`{|}]',
        '["<>^`{|}]',
        "%5B%22%3C%3E%5E%60%7B%7C%7D%5D",
        "%5B%22%3C%3E%5E%60%7B%7C%7D%5D",
    ),
]


@pytest.mark.parametrize(("written", "path", "url", "shown"), SPELLINGS)
def test_every_spelling_of_a_path_is_that_path(
    written: str, path: str, url: str, shown: str
) -> None:
    assert wrong_with(written) is None
    assert path_of(written) == path
    assert in_url(path) == url
    assert for_editors(path) == shown
    assert path_of(url) == path_of(shown) == path


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("https://www.example.org/nl/", "only the path counts"),
        ("/nl/?p=3", "compare paths alone"),
        ("/nl/#wie", "browsers keep the `#`"),
        ("/100%/", "the sign itself is %25"),
        ("/a%2", "the sign itself is %25"),
        ("/a%2Fb/", "hosts make a slash"),
        ("/a%2fb/", "hosts make a slash"),
        ("/r%E9cit/", "no text in UTF-8"),
        ("/a\\b/", "backslash"),
        ("/a%5Cb/", "backslash"),
        ("/a%0Ab/", "control character"),
        ("/a%7Fb", "control character"),
        ("/../a/", "empty parts"),
        ("/a/%2E%2E/b", "empty parts"),
        ("/a/./b", "empty parts"),
        ("/a/..", "empty parts"),
        ("/a//b", "empty parts"),
        ("/", "empty parts"),
        (f"/{'é' * 101}/", "too long"),
        ("/é" * 300, "too long"),
        ("/con/", "on Windows"),
    ],
)
def test_an_address_that_can_lead_on_at_no_host_is_refused_with_its_reason(
    written: str, reason: str, site: Builds
) -> None:
    assert reason in str(wrong_with(written))
    if "\\" not in written:
        (message,) = told(site({NL: page(written)}), "redirect-address")
        assert reason in message


@pytest.mark.parametrize(
    "other", ["/fr/r%C3%A9cit", "fr/r%c3%a9cit/", "/fr/re\u0301cit/", "/FR/RÉCIT"]
)
def test_two_spellings_of_one_address_collide(other: str, site: Builds) -> None:
    assert len(told(site({NL: page("/fr/récit/", other)}), "redirect-taken")) == 1


def test_a_page_keeps_its_address_in_every_spelling(site: Builds) -> None:
    assert told(site({NL: page("/fr/%61-propos/")}), "redirect-taken") == [
        "`/fr/%61-propos/` is the address of content/about/fr.md"
    ]


# --- the form that each host reads

FORMS = {
    None: "fr/récit à l’écoute/index.html",
    "github": "fr/récit à l’écoute/index.html",
    "gitlab": "/fr/récit-à-l’écoute/ /nl/over-ons/ 301\n",
    "netlify": "/fr/r%C3%A9cit%20%C3%A0%20l%E2%80%99%C3%A9coute /nl/over-ons/ 301!\n",
    "cloudflare": "/fr/r%C3%A9cit%20%C3%A0%20l%E2%80%99%C3%A9coute/ /nl/over-ons/ 301\n",
    "nginx": 'location = "/fr/récit à l’écoute/" { return 301 "/nl/over-ons/"; }\n',
    "apache": 'RedirectMatch 301 "^/fr/récit\\ à\\ l’écoute/?$" "/nl/over-ons/"\n',
    "caddy": '@moved1 path "/fr/récit à l’écoute" "/fr/récit à l’écoute/"\n\tredir @moved1 /nl/over-ons/ 301\n',
}


@pytest.mark.parametrize("host", FORMS)
def test_each_host_gets_an_old_address_in_the_form_that_it_reads(
    host: str | None, site: Builds
) -> None:
    """https://docs.netlify.com/manage/routing/redirects/overview (special characters must be URL-encoded);
    Cloudflare's parseRedirects keeps the path of a URL; GitLab Pages compares the rule with the decoded path.
    Real nginx, Apache and Caddy are asked in tests/test_servers.py.
    """
    assert set(FORMS) == {None, *HOSTS}
    old = "/fr/récit à l’écoute/" if host != "gitlab" else "/fr/récit-à-l’écoute/"
    line = f"hosting: {host}\n" if host else ""
    build = site({"content/site.yaml": SITE_YAML + line, NL: page(old)})
    assert not build.failed
    assert told(build, "host-redirects") == []
    file = host_of(host).redirects
    if file:
        assert FORMS[host] in text_of(build, file)
    else:
        assert 'content="0; url=/nl/over-ons/"' in text_of(build, FORMS[host])


@pytest.mark.parametrize(
    ("old", "unfit"),
    [
        ("/2019/10:30/", {None, "github"}),
        ("/pourquoi%3F/", {None, "github", "gitlab"}),
        ("/a%7Cb/", {None, "github"}),
        ("/fin./x", {None, "github"}),
        ("/st*r/", {None, "github", "gitlab", "netlify", "cloudflare"}),
        ("/a/:id/", {None, "github", "gitlab", "netlify", "cloudflare"}),
        ("/a b/", {"gitlab"}),
        ("/100%25/", {"gitlab"}),
        ("/n%231/", {"gitlab"}),
        ("/récit/", set()),
    ],
)
def test_a_host_that_cannot_carry_an_old_address_says_so_and_gets_no_rule(
    old: str, unfit: set[str | None], site: Builds
) -> None:
    for host in (None, *HOSTS):
        line = f"hosting: {host}\n" if host else ""
        build = site({"content/site.yaml": SITE_YAML + line, NL: page(old)})
        assert not build.failed
        assert bool(told(build, "host-redirects")) is (host in unfit), host
        file = host_of(host).redirects
        texts = {each.path: each.data.decode() for each in build.outputs if each.path == file}
        paths = {each.path for each in build.outputs}
        if file:
            assert (" /nl/over-ons/ 301" in texts.get(file, "")) <= (host not in unfit)
        else:
            assert (f"{path_of(old)}/index.html" in paths) is (host not in unfit)


# --- addresses that were taken down


def test_an_address_that_was_taken_down_is_known_in_every_spelling(site: Builds) -> None:
    for written in ("fr/oublié/", "fr/oubli%C3%A9/"):
        build = site({"content/addresses.lock": f"{LOCK}/{written} (gone)\n"})
        assert build.site is not None
        assert gone_addresses(build.site) == ("fr/oublié",)
        assert f"/{written} (gone)" in write_addresses(build.site)
        assert "fr/oublié/index.html" in {each.path for each in build.outputs}


@pytest.mark.parametrize("sign", ["$", "%25", "%23", "{", "}", ":", "*", "%3F"])
def test_no_page_says_gone_where_servers_would_misread_its_path(sign: str, site: Builds) -> None:
    build = site({"content/addresses.lock": f"{LOCK}/fr/a{sign}b/ (gone)\n"})
    assert build.site is not None
    assert gone_addresses(build.site) == ()
