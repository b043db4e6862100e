"""The files of a new site (`init`), for the languages and the host that the user chose.

The files are made from `diptych/skeleton/`. A mark such as `@@NAME@@` in its texts becomes an answer
of the user.
"""

from __future__ import annotations

import datetime
import json
import re
from importlib import resources

from diptych.content.hosts import HOSTS
from diptych.content.workflows import below, words_by_language, workflows
from diptych.languages import LANGUAGES, rules_of
from diptych.languages.hosts import plain_host
from diptych.markdown import slugify
from diptych.values import Value

_ZONES = {
    "BE": "Europe/Brussels",
    "CA": "America/Toronto",
    "CH": "Europe/Zurich",
    "DE": "Europe/Berlin",
    "AT": "Europe/Vienna",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "LU": "Europe/Luxembourg",
    "NL": "Europe/Amsterdam",
}
_LOOK = ("tokens.css", "mark.svg", "icon.svg")  # copied from the theme, to be changed
_MENU = ("about", "timeline", "agenda", "news", "contact")  # a line beside the languages
_SECURITY_DAYS = 330  # security.txt must expire within a year (RFC 9116)
_SERVERS = ("nginx", "apache", "caddy")
_EXAMPLES = {  # mark in workflows -> its value: examples in forms, and the name of a file for pip
    "ANY": "questions",
    "PART": "take-part",
    "NEW": "concerts",
    "EVENT": "house",
    "LOCKS": "requirements.txt",
}
_LINE = re.compile(rf"^ +(?P<language>{'|'.join(LANGUAGES)}): ")
_HOSTED = re.compile(r"^@([a-z ]+)@ (.*\n)", re.MULTILINE)  # a line that only some hosts get


class Wishes(Value):
    """The answers of a user about a new site."""

    languages: tuple[str, ...]  # as locales: nl_BE
    name: str
    address: str  # without a slash at its end
    host: str  # of the table of hosts
    program: str  # the repository of the program with a commit, as pip reads it
    today: datetime.date

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the languages, without their countries."""
        return tuple(each.partition("_")[0] for each in self.languages)


def skeleton_languages() -> tuple[str, ...]:
    """The keys of the languages in which there are texts for a new site."""
    return tuple(words_by_language(tuple(LANGUAGES)))


def skeleton(wishes: Wishes) -> dict[str, str]:
    """The files of the site, by path."""
    package = resources.files("diptych") / "skeleton"
    files = {
        path: text
        for path, text in below(package / "pages", "content")
        if not path.endswith(".md") or path.rpartition("/")[2].removesuffix(".md") in wishes.keys
    }
    files |= dict(below(package / "site"))
    files |= dict(workflows(wishes.keys, wishes.host, {**_EXAMPLES, **_languages(wishes.keys)}))
    if wishes.host in _SERVERS:
        files |= dict(below(package / "hosts" / "server"))
    parts = [(package / "readme" / f"{key}.md").read_text("utf-8") for key in wishes.keys]
    readme = "\n".join([f"# {wishes.name}\n", *parts])
    files["README.md"] = _HOSTED.sub(
        lambda line: line[2] if wishes.host in line[1].split() else "", readme
    )
    files["content/site.yaml"] = _settings(wishes)
    theme = resources.files("diptych") / "theme" / "assets"
    files |= {f"assets/{name}": (theme / name).read_text("utf-8") for name in _LOOK}
    return {path: _filled(path, text, wishes) for path, text in sorted(files.items())}


def _filled(path: str, text: str, wishes: Wishes) -> str:
    """The text of a file with its marks replaced. A YAML file loses the lines of languages that the
    user did not choose.
    """
    if path.endswith((".yaml", ".yml")) and path.startswith("content/"):
        lines = text.splitlines(keepends=True)
        text = "".join(
            line
            for line in lines
            if not (found := _LINE.match(line)) or found["language"] in wishes.keys
        )
    day, one = wishes.today, datetime.timedelta(days=1)
    quoted = json.dumps(wishes.name, ensure_ascii=False)
    words = {
        "NAME": quoted[1:-1] if path.endswith(".json") else wishes.name,
        "CONTACT": contact(wishes),
        "PROGRAM": wishes.program,
        "SLUG": slugify(wishes.name),
        "TODAY": day.isoformat(),
        "SOON": (day + 14 * one).isoformat(),
        "LATER": (day + 42 * one).isoformat(),
        "BEFORE": (day - 30 * one).isoformat(),
    }
    if path.endswith(".md") and path.startswith("content/"):
        text = text.replace("title: @@NAME@@", f"title: {quoted}")
    return re.sub(r"@@([A-Z]+)@@", lambda found: words[found[1]], text)


def _languages(keys: tuple[str, ...]) -> dict[str, str]:
    """The values of the marks FIRST and OTHER in forms: the keys of the first and the second language of
    the site. If the site has one language, both are its key.
    """
    return {"FIRST": keys[0], "OTHER": keys[min(1, len(keys) - 1)]}


def contact(wishes: Wishes) -> str:
    """A made-up e-mail address below the site's own domain; never below a domain of its host."""
    domain = wishes.address.partition("://")[2].partition("/")[0].partition(":")[0]
    if any(each.shared and domain.endswith(f".{each.shared}") for each in HOSTS.values()):
        domain = "example.org"
    return f"info@{plain_host(domain)}"


def _settings(wishes: Wishes) -> str:
    """The text of site.yaml."""
    name = json.dumps(wishes.name, ensure_ascii=False)
    country = wishes.languages[0].partition("_")[2]
    lines = [
        f"base_url: {wishes.address}",
        f"hosting: {wishes.host}",
        f"time_zone: {_ZONES.get(country, 'UTC')}",
        "",
        "languages:",
    ]
    for locale, key in zip(wishes.languages, wishes.keys, strict=True):
        rules = rules_of(key)
        typography = rules.default_typography(locale)
        entry = f"locale: {locale}, name: {rules.name}, typography: {typography}"
        lines.append(f"  {key}: {{{entry}}}")
    lines += [
        "",
        f"navigation: [{', '.join(_MENU)}]",
        "",
        "organisation:",
        f"  short_name: {name}",
        "  name:",
        *(f"    {key}: {name}" for key in wishes.keys),
        f"  contact: {contact(wishes)}",
        "",
        "security:",
        f"  expires: {wishes.today + datetime.timedelta(days=_SECURITY_DAYS)}",
    ]
    return "\n".join(lines) + "\n"
