"""What each host is given and what it lacks; `_headers` and `_redirects` as the services read them.

The manual's tables come from the table of hosts: `python -m tests.unit.test_hosting` writes them anew.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable, Mapping

import brotli
import pytest

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.checks.hosting import host_limit, host_redirects
from diptych.checks.pages import Published
from diptych.content.hosts import HOSTS, TABLE, host_of
from diptych.diagnostics import Severity
from diptych.files.compress import compress, is_compressible
from diptych.model import Output
from diptych.outputs.hosting.files import headers_list
from diptych.outputs.hosting.rules import HeaderRule
from diptych.pipeline import Build, Options
from tests.conftest import ROOT, SITE_YAML, Ran, text_of

MANUAL = ROOT / "docs" / "hosts.md"
Builds = Callable[..., Build]
REDIRECTS = "redirects:\n  /oud.html: page:about\n  /nl/oud: page:about\n"
LONG = "---\ntitle: Over ons\n---\n\n## Wie {#who}\n\n" + "Wij zijn met velen. " * 100 + "\n"


def built(site: Builds, host: str | None, extra: str = REDIRECTS) -> Build:
    line = f"hosting: {host}\n" if host else ""
    return site({"content/site.yaml": SITE_YAML + line + extra, "content/about/nl.md": LONG})


@pytest.mark.parametrize("host", [None, *HOSTS])
def test_each_host_gets_its_files_and_no_others(site: Builds, host: str | None) -> None:
    build, row = built(site, host), host_of(host)
    assert not build.failed
    paths = {each.path for each in build.outputs}
    own = {path for path in paths if path.startswith(("_", ".ht"))}
    assert own == {each for each in (row.headers, row.redirects) if each}
    stubs = {"oud.html", "nl/oud/index.html"} & paths
    assert stubs == (set() if row.redirects else {"oud.html", "nl/oud/index.html"})
    assert any(path.endswith(".br") for path in paths) is row.compressed
    assert not {f"{each}.br" for each in own} & paths


def test_a_caller_may_name_another_host(site: Builds) -> None:
    files = {"content/site.yaml": SITE_YAML + "hosting: netlify\n"}
    build = site(files, options=Options(hosting="caddy"))
    paths = {each.path for each in build.outputs}
    assert "_Caddyfile" in paths
    assert "_headers" not in paths


# --- `_redirects`, as the services document it


def rules_of(text: str) -> list[tuple[str, str, str]]:
    """A rule a line: from, to, status, with nothing between but spaces."""
    lines = [line.split(" ") for line in text.splitlines()]
    assert all(len(line) == 3 for line in lines)
    return [(old, new, status) for old, new, status in lines]


def lead(rules: list[tuple[str, str, str]], path: str, files: set[str], *, slashes: bool) -> str:
    """Where the first rule of an address leads: the rule's status and its target.

    With `slashes`, an address with or without a slash at its end is the same (Netlify). A file wins
    over a rule without `!`.
    """

    def plain(text: str) -> str:
        return text.rstrip("/") if slashes else text

    for old, new, status in rules:
        splat = old.endswith("*") and path.startswith(old[:-1])
        if not splat and plain(old) != plain(path):
            continue
        if not status.endswith("!") and f"{path.strip('/')}/index.html".lstrip("/") in files:
            continue
        return f"{status} {new}"
    return "404 /404.html"


@pytest.mark.parametrize(
    ("host", "slashes"), [("netlify", True), ("gitlab", False), ("cloudflare", False)]
)
def test_redirects_are_read_as_each_service_reads_them(
    site: Builds, host: str, slashes: bool
) -> None:
    build = built(site, host)
    rules, files = rules_of(text_of(build, "_redirects")), {each.path for each in build.outputs}
    for old, new in (("/nl/oud", "nl"), ("/nl/oud/", "nl"), ("/oud.html", "nl")):
        found = lead(rules, old, files, slashes=slashes)
        assert found.replace("!", "") == f"301 /{new}/over-ons/"
        assert found.startswith("301!") is (host == "netlify")
    # GitLab knows no other status than these, and Cloudflare no 404
    if host != "netlify":
        assert {status for _, _, status in rules} == {"301"}


def test_netlify_shows_the_not_found_page_of_each_language(site: Builds) -> None:
    """https://docs.netlify.com/manage/routing/redirects/redirect-options (custom 404 pages)."""
    build = built(site, "netlify")
    rules, files = rules_of(text_of(build, "_redirects")), {each.path for each in build.outputs}
    assert lead(rules, "/nl/niets", files, slashes=True) == "404 /nl/404.html"
    assert lead(rules, "/fr/rien/x", files, slashes=True) == "404 /fr/404.html"
    assert lead(rules, "/rien", files, slashes=True) == "404 /404.html"
    assert [rule for rule in rules if "*" in rule[0]] == rules[-2:]  # after all others


def test_cloudflare_finds_the_nearest_not_found_page(site: Builds) -> None:
    paths = {each.path for each in built(site, "cloudflare").outputs}
    assert {"404.html", "nl/404.html", "fr/404.html"} <= paths


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
def test_headers_hold_one_value_for_each_address(site: Builds, host: str) -> None:
    """Netlify takes the later rule; Cloudflare joins both, unless `! Name` took the first one off."""
    text = text_of(built(site, host), "_headers")
    found: dict[str, list[str]] = {}
    for block in text.split("\n\n"):
        pattern, *lines = block.splitlines()
        if not re.fullmatch(pattern.replace("*", ".*"), "/assets/site.css"):
            continue
        for line in lines:
            name, _, value = line.strip().partition(":")
            if name.startswith("! "):
                found.pop(name[2:], None)
            elif host == "netlify":
                found[name] = [value.strip()]
            else:
                found.setdefault(name, []).append(value.strip())
    assert found["Cache-Control"] == ["public, max-age=31536000, immutable"]
    assert all(len(values) == 1 for values in found.values())


# --- compressed copies


def test_copies_unpack_to_the_same_and_have_no_time_in_them() -> None:
    data = b"Wij zijn met velen. " * 100
    copies = compress(data)
    assert brotli.decompress(copies.br) == gzip.decompress(copies.gz) == data
    assert copies == compress(data)
    assert copies.gz[4:8] == b"\0\0\0\0"  # RFC 1952: the time of change, unknown
    assert len(copies.br) < len(copies.gz) < len(data)


def test_what_would_not_shrink_has_no_copy() -> None:
    noise = random.Random(1).randbytes(2000)
    assert compress(noise).br == compress(noise).gz == b""
    assert not is_compressible("a.html", len(b"short"))
    assert not is_compressible("a.webp", len(noise * 9))
    assert is_compressible("a.html", len(noise * 9))


# --- what `check` says


@pytest.mark.parametrize("host", HOSTS)
def test_advice_says_what_the_host_lacks(host: str, run: Callable[..., Ran], site: Builds) -> None:
    found = [each for each in built(site, host).diagnostics if each.check == "host-lacks"]
    (note,) = found
    assert note.severity is Severity.INFO
    assert str(note.message).startswith(f"{HOSTS[host].name}: ")
    text = SITE_YAML + f"hosting: {host}\n"
    assert text[note.span.start : note.span.end] == host
    assert [
        each.check for each in built(site, None).diagnostics if each.check == "host-lacks"
    ] == []


def limits(build: Build) -> list[str]:
    """What is told of the host's limits, in English."""
    told = [each for each in build.diagnostics if each.check in ("host-redirects", "host-limit")]
    assert all(each.severity is Severity.WARNING for each in told)
    return [str(each.message) for each in told]


@pytest.mark.parametrize(("host", "few", "many"), [("gitlab", 499, 502), ("cloudflare", 999, 1002)])
def test_more_old_addresses_than_the_host_follows(
    host: str, few: int, many: int, site: Builds
) -> None:
    """A rule with a slash at its end, and one without: what stands in the file is counted."""
    for count, wanted in ((few, 0), (many, 1)):
        lines = "".join(f"  /nl/oud-{number}: page:about\n" for number in range(count))
        build = built(site, host, "redirects:\n" + lines)
        told = limits(build)
        assert len(told) == wanted
        assert len(text_of(build, "_redirects").splitlines()) == 2 * count
        assert all(f"`_redirects` holds {2 * count}" in each for each in told)


@pytest.mark.parametrize(("host", "wanted"), [("gitlab", 1), ("cloudflare", 0), ("netlify", 0)])
def test_a_list_of_redirects_above_64_kilobytes(host: str, wanted: int, site: Builds) -> None:
    """https://docs.gitlab.com/user/project/pages/redirects: 64 KB, whatever the number of rules."""
    lines = "".join(f"  /nl/{'o' * 80}-{number}: page:about\n" for number in range(350))
    build = built(site, host, "redirects:\n" + lines)
    assert len(text_of(build, "_redirects")) > (0 if host == "netlify" else 65_536)
    assert len(limits(build)) == wanted
    assert all("up to 65536 bytes" in each for each in limits(build))


@pytest.mark.parametrize(
    ("host", "letters", "wanted"),
    [("cloudflare", 984, 0), ("cloudflare", 985, 1), ("gitlab", 985, 0), ("netlify", 2000, 0)],
)
def test_a_redirect_of_more_than_a_thousand_characters(
    host: str, letters: int, wanted: int, site: Builds
) -> None:
    """https://developers.cloudflare.com/pages/configuration/redirects: 1,000 characters a line, with
    target, status and the spaces between.
    """
    line = f"/nl/{'o' * letters} /nl/ab/ 301\n"
    found = limits_of(site, host, Output("_redirects", Body(line.encode()), "content/site.yaml"))
    assert len([each for each in found if "more than 1000 characters" in each]) == wanted


def test_more_or_longer_headers_than_cloudflare_takes(site: Builds) -> None:
    """https://developers.cloudflare.com/pages/configuration/headers: 100 rules, 2,000 characters a
    line, its spaces and its name included.
    """
    rules = tuple(HeaderRule(f"nl/{number}/", (("A", "b"),)) for number in range(100))
    for policy, more, wanted in (
        ("x" * 1973, rules[1:], []),
        ("x" * 1974, rules[1:], ["Cloudflare Pages passes over a line of `_headers`"]),
        ("x", rules, ["Cloudflare Pages takes 100 addresses in `_headers`; this site needs 101"]),
    ):
        everywhere = HeaderRule("*", (("Content-Security-Policy", policy),))
        text = headers_list("cloudflare", (everywhere, *more))
        told = limits_of(
            site, "cloudflare", Output("_headers", Body(text.encode()), "content/site.yaml")
        )
        assert [each.partition(" with more")[0] for each in told] == wanted


def limits_of(site: Builds, host: str, *outputs: Output) -> list[str]:
    """What is told of these outputs on a host."""
    whole = built(site, host).site
    assert whole is not None
    published = Published(whole, outputs, Cache(None))
    found = (each for look in (host_redirects, host_limit) for each in look.find(published))
    return [str(each.message) for each in found]


@pytest.mark.parametrize(
    ("host", "files", "told"),
    [
        ("cloudflare", [26_214_401], "takes no file above 26 MB; /file-0.pdf has 27 MB"),
        ("cloudflare", [26_214_400], None),
        ("cloudflare", [1] * 20_001, "takes 20000 files; this site has 20001"),
        ("cloudflare", [1] * 20_000, None),
        (
            "github",
            [600_000_000, 400_000_001],
            "takes a site of 1000 MB at most; this one has 1001 MB",
        ),
        (
            "gitlab",
            [600_000_000, 400_000_001],
            "takes a site of 1000 MB at most; this one has 1001 MB",
        ),
        ("github", [600_000_000, 400_000_000], None),
        ("netlify", [600_000_000, 600_000_000], None),
        ("nginx", [600_000_000, 600_000_000], None),
    ],
)
def test_more_or_larger_files_than_the_host_takes(
    host: str, files: list[int], told: str | None, site: Builds
) -> None:
    """The sizes stand for bytes: nothing of them is in memory."""

    outputs = tuple(
        Output(f"file-{number}.pdf", Body.from_stored(("", size)), "content/about/a.pdf")
        for number, size in enumerate(files)
    )
    found = limits_of(site, host, *outputs)
    assert [each.partition(f"{HOSTS[host].name} ")[2] for each in found] == ([told] if told else [])


# --- the manual


# whether a host redirects an address at which there is a file, answers 410, and shows the not-found
# page of each language
ANSWERS = {
    "github": (False, False, False),
    "gitlab": (False, False, False),
    "netlify": (True, True, True),
    "cloudflare": (True, False, True),
    "nginx": (True, True, True),
    "apache": (True, True, True),
    "caddy": (True, True, True),
}


def tables() -> Mapping[str, str]:
    """The two tables of the manual."""

    def yes(value: object) -> str:
        return "yes" if value else "no"

    rows = [
        "| `hosting` | Host | Headers | Redirects | over a file | 410 | 404 in the language | `.br`, `.gz` | File |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in TABLE:
        files = dict.fromkeys(f"`{file}`" for file in (each.headers, each.redirects) if file)
        cells = (
            f"`{each.key}`",
            each.name,
            yes(each.headers),
            yes(each.redirects),
            *map(yes, ANSWERS[each.key]),
            "ours" if each.compressed else "its own",
            ", ".join(files) or "none",
        )
        rows.append(f"| {' | '.join(cells)} |")
    lacks = ["| Host | Lacks |", "| --- | --- |"]
    lacks += [f"| {each.name} | {'; '.join(map(str, each.lacks))} |" for each in TABLE]
    return {"hosts": "\n".join(rows), "lacks": "\n".join(lacks)}


def with_tables(text: str) -> str:
    """The manual with the tables as they should be."""
    for name, table in tables().items():
        before, mark, behind = text.partition(f"<!-- {name} -->\n")
        text = before + mark + f"{table}\n" + re.sub(r"\A(\|.*\n)*", "", behind)
    return text


def test_the_manual_shows_the_table_of_hosts() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    assert text == with_tables(text), "python -m tests.unit.test_hosting"
    for each in TABLE:
        assert each.name in text
        for file in (each.headers, each.redirects):
            assert file in text


if __name__ == "__main__":
    MANUAL.write_text(with_tables(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
