"""Reads `content/site.yaml` into `Settings`: the languages of the site, its menu, its publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from diptych.content.fields import add_languages, texts_by_language, with_languages
from diptych.content.hosts import HOSTS
from diptych.content.kinds import ADDRESS, BASE, DAY, EMAIL, FLAG, REPOSITORY, TEXT
from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Placed,
    Source,
    Span,
    error,
    nearest,
    say,
    warning,
)
from diptych.i18n import known_locale, known_zone, known_zones
from diptych.languages import PROFILES
from diptych.languages.hosts import plain_host
from diptych.model import Entry, Fields, Language, Organisation, Records, Settings, Topic, named
from diptych.yaml import (
    Field,
    ListOf,
    Mapping,
    PerLanguage,
    Record,
    Role,
    TableOf,
    TextOrPerLanguage,
    compose,
    read_shape,
    value_of,
)

_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{2,8})*")

LANGUAGE = Record(
    say("a language"),
    {
        "locale": Field(
            TEXT, say("language and country, for dates and numbers"), True, example="nl_BE"
        ),
        "name": Field(TEXT, say("in the language itself"), True, example="Nederlands"),
        "typography": Field(
            TEXT, say("the marks and spaces"), True, choices=PROFILES, unknown="unknown-typography"
        ),
    },
)

ORGANISATION = Record(
    say("the organisation"),
    {
        "short_name": Field(
            TextOrPerLanguage(TEXT),
            say(
                "the short name, above every page and in the browser's tab; if it differs between "
                "the languages, write it in each"
            ),
            True,
            role=Role.LABEL,
        ),
        "name": Field(
            PerLanguage(TEXT), say("the full name in each language"), True, role=Role.LABEL
        ),
        "contact": Field(EMAIL, say("the e-mail address"), example="info@example.org"),
        "membership_form": Field(
            ADDRESS, say("the form to become a member"), example="https://example.org/form"
        ),
        "donation_link": Field(
            ADDRESS, say("where one can give"), example="https://example.org/gift"
        ),
        "social": Field(
            TableOf(ADDRESS),
            say("profiles: name and address"),
            example='{Mastodon: "https://social.example/@example"}',
        ),
    },
)

SECURITY = Record(
    say("security"),
    {
        "expires": Field(
            DAY, say("more than a month and less than a year ahead"), True, example="2027-06-30"
        ),
    },
)

ADMIN = Record(
    say("admin"),
    {
        "repository": Field(
            REPOSITORY, say("the repository on GitHub"), True, example="owner/name"
        ),
        "branch": Field(TEXT, say("the branch; `main` when it is not there"), example="main"),
        "sign_in": Field(
            ADDRESS,
            say("the address of your own sign-in service; without it one signs in with a token"),
            example="https://sign-in.example.org",
        ),
    },
)

SETTINGS = Record(
    say("site.yaml"),
    {
        "base_url": Field(
            BASE,
            say("the address under which the site is published"),
            True,
            example="https://www.example.org",
        ),
        "languages": Field(
            TableOf(LANGUAGE, keys=f"^{_TAG.pattern}$"),
            say("the languages of the site, of which none comes first"),
            True,
        ),
        "navigation": Field(
            ListOf(TEXT),
            say("the menu: keys of pages, in order"),
            example="[mission, timeline, faq]",
            refers="page",
        ),
        "organisation": Field(ORGANISATION, say("who publishes the site"), True),
        "topics": Field(
            TableOf(PerLanguage(TEXT)),
            say("the themes of the timeline, with their name in each language"),
            role=Role.LABEL,
        ),
        "hosting": Field(
            TEXT, say("where the site is hosted"), choices=tuple(HOSTS), unknown="unknown-hosting"
        ),
        "time_zone": Field(
            TEXT,
            say("the time zone of the readers, in which a day begins; `UTC` when it is not there"),
            example="Europe/Brussels",
        ),
        "exit": Field(
            PerLanguage(ADDRESS),
            say("where the button to leave quickly leads, in each language"),
            example='{nl: "https://nl.example.org", fr: "https://fr.example.org"}',
        ),
        "security": Field(
            SECURITY, say("until when the file holds that says where to report a leak in the site")
        ),
        "search": Field(
            FLAG,
            say(
                "`true` to make an index: a page with `layout: search` then gets "
                "a search field. That page fills itself, in each language with "
                "its own texts"
            ),
        ),
        "foreign": Field(
            TableOf(ListOf(TEXT)),
            say(
                "names and phrases of another language, by its tag: "
                "where a text lacks its `lang`, a check says so"
            ),
            example="{en: [Sex Workers' Rights]}",
        ),
        "repository": Field(
            ADDRESS,
            say(
                "the address of the repository at the git host: every page then has a link to its own "
                "file there, but for discreet ones"
            ),
            example="https://github.com/owner/name",
        ),
        "admin": Field(ADMIN, say("only for whoever wants to write through forms in the browser")),
        "redirects": Field(
            TableOf(TEXT),
            say(
                "old addresses, as browsers show them or with codes as `%C3%A9`, and where they lead now"
            ),
            example='{/contact.html: "page:contact"}',
        ),
    },
)

LINKS = ("membership_form", "donation_link")  # what a text may link to as `site:…`


def parse_settings(source: Source) -> Outcome[Settings | None]:
    """The settings of a site; None when not even its languages can be read.

    Diagnostics: those of YAML and shapes, language-tag, unknown-locale, unknown-typography,
    unknown-hosting, unknown-time-zone, exit-stays, missing-exit (a warning).
    """
    composed = compose(source, shape=SETTINGS)
    report = list(composed.diagnostics)
    if not isinstance(composed.value, Mapping):
        if not report:
            message = say("site.yaml must hold settings (lines of the form `key: value`)")
            report.append(error("wrong-type", source.line_span(1), message))
        return Outcome(None, tuple(report))
    keys = _language_keys(composed.value, report)
    fields = read_shape(composed.value, SETTINGS, keys, report)
    languages = _languages(fields.get("languages", {}), report)
    if not languages or "base_url" not in fields:
        return Outcome(None, tuple(report))
    _foreign_tags(composed.value, report)
    report += _unknown_zone(fields.get("time_zone"))
    report += _exitless(fields.get("exit", {}), languages, source)
    report += _staying(fields.get("exit", {}), fields["base_url"].value)
    return Outcome(_settings(fields, languages, source), tuple(report))


def _language_keys(node: Mapping, report: list[Diagnostic]) -> tuple[str, ...]:
    """The keys of the languages of the site. They are read before all other settings, since other
    values are checked against them.
    """
    languages = value_of(node, "languages")
    if not isinstance(languages, Mapping):
        return ()
    if not languages.entries:
        message = say("the site has no language")
        hint = say(
            "write a line such as `nl: {example}`",
            example="{locale: nl_BE, name: Nederlands, typography: dutch}",
        )
        report.append(error("missing-key", languages.span, message, hint))
    for language, _ in languages.entries:
        if not _TAG.fullmatch(language.text):
            report.append(_not_a_tag(language.text, language.span))
    return tuple(language.text for language, _ in languages.entries)


def _unknown_zone(zone: Placed[str] | None) -> Iterator[Diagnostic]:
    """unknown-time-zone: the IANA database has no time zone of this name."""
    if zone is None or known_zone(zone.value):
        return
    near = nearest(zone.value, known_zones())
    message = say("there is no time zone `{name}`", name=zone.value)
    hint = say("a time zone is written as a continent and a city, such as Europe/Brussels")
    yield error(
        "unknown-time-zone", zone.span, message, hint, zone.span.becomes(near) if near else ()
    )


def _exitless(
    exits: dict[str, Placed[str]], languages: tuple[Language, ...], source: Source
) -> Iterator[Diagnostic]:
    """missing-exit: languages without an address to leave to, while other languages have one."""
    lacking = [each for each in languages if exits and each.key not in exits]
    if lacking:
        message = say("pages in these languages have no way out: {names}", names=named(*lacking))
        keys = tuple(language.key for language in lacking)
        span = list(exits.values())[-1].span
        edits = with_languages(span, keys, source)
        yield warning("missing-exit", span, message, add_languages(keys, "exit"), edits)


def _staying(exits: dict[str, Placed[str]], base_url: str) -> Iterator[Diagnostic]:
    """exit-stays: the address of a quick exit leads to the site itself."""
    host, path = _place(base_url)
    for each in exits.values():
        there, below = _place(each.value)
        if there == host and f"{below}/".startswith(f"{path}/"):
            message = say("the way out leads to this site itself")
            hint = say(
                "write the address of another site that raises no questions, such as one about "
                "the weather"
            )
            yield error("exit-stays", each.span, message, hint)


def _place(address: str) -> tuple[str, str]:
    """The host of an address without `www.` and the path on it, to compare two of them."""
    parts = urlsplit(address)
    host = plain_host(parts.hostname or "")
    with suppress(UnicodeError):  # a host that nobody can have is another one
        host = host.encode("idna").decode("ascii")
    return host, unquote(parts.path).rstrip("/")


def _foreign_tags(node: Mapping, report: list[Diagnostic]) -> None:
    """language-tag: a key of `foreign` is no language tag."""
    foreign = value_of(node, "foreign")
    for tag, _ in foreign.entries if isinstance(foreign, Mapping) else ():
        if not _TAG.fullmatch(tag.text.lower()) or len(tag.text.partition("-")[0]) > 3:
            report.append(_not_a_tag(tag.text, tag.span))


def _not_a_tag(text: str, span: Span) -> Diagnostic:
    message = say("`{key}` is not a language tag", key=text)
    hint = say("a tag is written in small letters, such as nl or fr")
    return error("language-tag", span, message, hint)


def _languages(fields: dict[str, Any], report: list[Diagnostic]) -> tuple[Language, ...]:
    """The languages of the site; a language that lacks a value is left out. Reports unknown-locale."""
    languages = []
    for key, entry in fields.items():
        if not {"locale", "name", "typography"} <= entry.keys():
            continue
        locale, typography = entry["locale"], entry["typography"]
        if not known_locale(locale.value):
            message = say("there is no data for the locale `{name}`", name=locale.value)
            hint = say("a locale is a language and a country, such as nl_BE or fr_BE")
            meant = _meant_locale(locale.value)
            edits = locale.span.becomes(meant) if meant else ()
            report.append(error("unknown-locale", locale.span, message, hint, edits))
            if meant is None:
                continue
            locale = Placed(meant, locale.span)  # so that its files are read all the same
        languages.append(Language(key, locale.value, entry["name"].value, typography.value))
    return tuple(languages)


def _meant_locale(text: str) -> str | None:
    """The locale that the author probably meant: `fr_BE` for `fr-be`. None if there is no such
    locale.
    """
    language, _, country = text.replace("-", "_").partition("_")
    near = f"{language.lower()}_{country.upper()}" if country else language.lower()
    return near if known_locale(near) else None


def _settings(
    fields: dict[str, Any],
    languages: tuple[Language, ...],
    source: Source,
) -> Settings:
    hosting = fields.get("hosting")
    organisation = fields.get("organisation", {})
    zone: Placed[str] | None = fields.get("time_zone")
    redirects = fields.get("redirects", {})
    search: Placed[bool] | None = fields.get("search")
    # without a repository: reported already
    admin: dict[str, Placed[str]] = fields.get("admin", {})
    return Settings(
        base_url=fields["base_url"].value.rstrip("/"),
        languages=languages,
        navigation=fields.get("navigation", ()),
        organisation=_organisation(organisation),
        topics=tuple(
            Topic(key, texts_by_language(names)) for key, names in fields.get("topics", {}).items()
        ),
        hosting=hosting.value if hosting else None,
        exit=texts_by_language(fields.get("exit", {})),
        redirects=tuple((Placed(old, new.span), new) for old, new in redirects.items()),
        expires=fields.get("security", {}).get("expires"),
        unset=_unset(organisation, source),
        search=search.span if search and search.value else None,
        admin=admin if "repository" in admin else {},
        foreign={
            tag: tuple(phrase.value for phrase in phrases)
            for tag, phrases in fields.get("foreign", {}).items()
        },
        repository=fields["repository"].value.rstrip("/") if "repository" in fields else None,
        time_zone=zone.value if zone and known_zone(zone.value) else "UTC",
        written=Records("site", "", (Entry("", Fields(fields), source.span(0)),), source),
    )


def _organisation(fields: dict[str, Any]) -> Organisation:
    contact = fields.get("contact")
    return Organisation(
        short_names=texts_by_language(fields.get("short_name", {})),
        names=texts_by_language(fields.get("name", {})),
        contact=contact.value if contact else None,
        links={name: fields[name].value for name in LINKS if name in fields},
        social=texts_by_language(fields.get("social", {})),
    )


def _unset(organisation: dict[str, Any], source: Source) -> tuple[Placed[str], ...]:
    """The settings that texts may link to and that have no value yet, each with the place in
    site.yaml where its value belongs.
    """
    unset: list[Placed[str]] = []
    for name in LINKS:
        if name not in organisation:
            place = source.text.find(f"{name}:")
            place = source.text.find("organisation:") if place < 0 else place
            unset.append(Placed(name, source.span(max(place, 0), max(place, 0) + len(name))))
    return tuple(unset)
