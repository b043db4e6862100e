"""`site.yaml` and `types.yaml` of a site that moves in; also YAML for front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from diptych.i18n import known_locale, own_name
from diptych.importing.old_site import OldLanguage, OldSite
from diptych.importing.topics import Topics
from diptych.languages import rules_of

_PLAIN = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n|ja|nee|oui|non)$)[A-Za-z][\w/-]*(?: [\w/-]+)*",
    re.IGNORECASE | re.ASCII,
)
_FLOW = re.compile(r"(topics:\s*)\{(.*)\}(\s*(?:#.*)?)")
_OWN_KEY = re.compile(r"( +)([\w-]+):")
_BARE = re.compile(r"true|false|\d{4}-\d{2}-\d{2}")
_UNKNOWN = "https://www.example.org"


def quoted(text: str) -> str:
    """A text for YAML, in quotes if it needs them."""
    if _PLAIN.fullmatch(text) or _BARE.fullmatch(text):
        return text
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def yaml_text(values: Mapping[str, Any]) -> str:
    """Keys with texts, lists of texts or mappings, one per line."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in values.items())


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(quoted(each) for each in value) + "]"
    return quoted(value)


def site_yaml(
    old: OldSite, languages: Sequence[str], navigation: Iterable[str], topics: Topics
) -> str:
    """The settings of a site without any, made from the old ones."""
    known = {each.key: each for each in old.languages}
    titles = {key: known[key].title for key in languages}
    first = next((title for title in titles.values() if title), "") or "Site"
    base = old.base_url.rstrip("/") if re.match(r"https?://[^\s/]+", old.base_url) else _UNKNOWN
    lines = [f"base_url: {base}", "", "languages:"]
    lines += [f"  {key}: {_flow(_language(known[key]))}" for key in languages]
    if menu := list(navigation):
        lines += ["", f"navigation: {_flow(menu)}"]
    lines += ["", "organisation:", f"  short_name: {quoted(first)}", "  name:"]
    lines += [f"    {key}: {quoted(titles[key] or first)}" for key in languages]
    if topics:
        lines += ["", "topics:", *_topic_lines(topics)]
    return "\n".join(lines) + "\n"


def _topic_lines(topics: Topics, indent: str = "  ") -> list[str]:
    return [f"{indent}{key}: {_flow(names)}" for key, names in topics.items()]


def with_topics(text: str, topics: Topics) -> str | None:
    """The text of site.yaml with these topics added; None if its topics are not one per line, so that
    a person must add them.
    """
    lines = text.split("\n")
    at = next((n for n, line in enumerate(lines) if re.match(r"topics:", line)), None)
    if at is None:
        return "\n".join([text.rstrip("\n"), "", "topics:", *_topic_lines(topics), ""])
    if flow := _FLOW.fullmatch(lines[at]):  # all on one line
        new = {k: names for k, names in topics.items() if not re.search(rf"\b{k}:", flow[2])}
        inner = ", ".join(filter(None, (flow[2].strip(), _flow(new)[1:-1])))
        return "\n".join([*lines[:at], f"{flow[1]}{{{inner}}}{flow[3]}", *lines[at + 1 :]])
    if not re.fullmatch(r"topics:\s*(#.*)?", lines[at]):
        return None
    end = at + 1
    while end < len(lines) and re.match(r"\s|#|$", lines[end]):
        end += 1
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1  # a remark there is about what comes next
    keys = [match for line in lines[at:end] if (match := _OWN_KEY.match(line))]
    indent = keys[0][1] if keys else "  "
    there = {match[2] for match in keys if match[1] == indent}
    missing = {k: names for k, names in topics.items() if k not in there}
    return "\n".join([*lines[:end], *_topic_lines(missing, indent), *lines[end:]])


def _language(language: OldLanguage) -> dict[str, str]:
    rules = rules_of(language.key)
    code, _, country = language.locale.replace("-", "_").partition("_")
    locale = "_".join(filter(None, (code.lower(), country.upper())))
    if not locale or not known_locale(locale):
        locale = language.key.partition("-")[0]
    return {
        "locale": locale,
        "name": language.name or rules.name or own_name(locale) or language.key,
        "typography": next(iter(rules.typography), "plain"),
    }


def _with_choices(line: str, field: Mapping[str, Any]) -> str:
    """The declaration of a field with further values, if it is on one line."""
    match = re.search(r"choices: \[([^\]]*)\]", line)
    if match is None:
        return line
    new = [quoted(e) for e in field.get("choices", ()) if quoted(e) not in match[1].split(", ")]
    return line[: match.end() - 1] + "".join(f", {each}" for each in new) + line[match.end() - 1 :]


def with_fields(text: str, fields: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of types.yaml with these fields and values added; "" if it has them all."""
    lines = text.split("\n") if text else []
    at = next((n for n, line in enumerate(lines) if re.match(r"page:\s*(#.*)?$", line)), None)
    there: set[str] = set()
    if at is not None:
        for number, line in enumerate(lines[at + 1 :], start=at + 1):
            if line and not line[0].isspace() and not line.startswith("#"):
                break
            if match := re.match(r"  (\w+):", line):
                there.add(match[1])
                lines[number] = _with_choices(line, fields.get(match[1], {}))
        text = "\n".join(lines)
    new = [f"  {name}: {_flow(each)}" for name, each in fields.items() if name not in there]
    if not new:
        return text
    if at is None:
        return (text.rstrip("\n") + "\n" if text else "") + "\n".join(["page:", *new]) + "\n"
    return "\n".join([*lines[: at + 1], *new, *lines[at + 1 :]])
