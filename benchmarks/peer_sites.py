"""The same bilingual site, N bundles in Dutch and French, written for Diptych and for each peer."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

LANGUAGES = ("nl", "fr")
SYLLABLES = {
    "nl": "ver|be|ge|ont|vragen|lopen|werken|huis|stad|recht|wet|mensen|vrij|samen|leven|de|het|een|wij",
    "fr": "re|de|par|mon|travail|loi|droit|ville|gens|libre|vie|ensemble|parler|venir|les|des|nous|une",
}


def words(chance: random.Random, language: str, count: int) -> str:
    syllables = SYLLABLES[language].split("|")
    return " ".join(
        "".join(chance.choices(syllables, k=chance.choice((1, 1, 2)))) for _ in range(count)
    )


def text_of(number: int, language: str, link: Callable[[int], str], size: int) -> str:
    """A text of about 450 words; equal in form in every language."""
    chance = random.Random(f"{number} {language}")
    parts = []
    for section in range(4):
        parts.append(f"## {words(chance, language, 3).capitalize()} {{#s{section}}}")
        parts += (f"{words(chance, language, 45).capitalize()}." for _ in range(2))
        parts.append("\n".join(f"- {words(chance, language, 5)}" for _ in range(4)))
    parts.append(f"[{words(chance, language, 3)}]({link((number + 1) % size)})")
    return "\n\n".join(parts) + "\n"


def title_of(number: int, language: str) -> str:
    chance = random.Random(f"title {number} {language}")
    return f"{words(chance, language, 2).capitalize()} {number}"


# Diptych

SITE = """\
base_url: https://example.org
languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}
navigation: [p0, p1, all]
organisation:
  short_name: Voorbeeld
  name: {nl: Voorbeeld vzw, fr: Exemple asbl}
exit: {nl: "https://weather.example/nl", fr: "https://weather.example/fr"}
"""


def put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_diptych(root: Path, size: int) -> None:
    put(root, "content/site.yaml", SITE)
    for language in LANGUAGES:
        put(
            root,
            f"content/home/{language}.md",
            f"---\ntitle: Home {language}\nlayout: home\n---\n\nX.\n",
        )
        put(
            root,
            f"content/all/{language}.md",
            f"---\ntitle: Alles {language}\nlayout: search\n---\n\nX.\n",
        )
        for number in range(size):
            text = text_of(number, language, lambda other: f"page:p{other}", size)
            date = "" if number else "date: 2024-05-06\n"
            head = f"---\ntitle: {title_of(number, language)}\n{date}---\n\n"
            put(root, f"content/p{number}/{language}.md", head + text)


# Hugo

HUGO = """\
baseURL = "https://example.org/"
defaultContentLanguage = "nl"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term"]
[languages.nl]
languageName = "Nederlands"
weight = 1
contentDir = "content/nl"
[languages.fr]
languageName = "Français"
weight = 2
contentDir = "content/fr"
"""
HUGO_PAGE = """\
<!doctype html><html lang="{{ .Site.Language.Lang }}"><head><meta charset="utf-8">
<title>{{ .Title }}</title>
{{ range .AllTranslations }}<link rel="alternate"
  hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}</head><body><nav>
{{ range first 3 .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ end }}</nav><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""
HUGO_LIST = HUGO_PAGE.replace(
    "{{ .Content }}",
    '{{ range .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}',
)


def write_hugo(root: Path, size: int) -> None:
    put(root, "hugo.toml", HUGO)
    put(root, "layouts/_default/single.html", HUGO_PAGE)
    put(root, "layouts/_default/list.html", HUGO_LIST)
    for language in LANGUAGES:
        for number in range(size):
            text = text_of(number, language, lambda other: f"../p{other}/", size)
            head = f'---\ntitle: "{title_of(number, language)}"\ndate: 2024-05-06\n---\n\n'
            put(root, f"content/{language}/p{number}.md", head + text)


# Pelican

PELICAN = """\
SITENAME = "Voorbeeld"
SITEURL = "https://example.org"
PATH = "content"
DEFAULT_LANG = "nl"
TIMEZONE = "Europe/Brussels"
ARTICLE_URL = "{lang}/{slug}/"
ARTICLE_SAVE_AS = "{lang}/{slug}/index.html"
ARTICLE_LANG_URL = "{lang}/{slug}/"
ARTICLE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
THEME = "theme"
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}}, "output_format": "html5"}
"""
PELICAN_PAGE = """\
<!doctype html><html lang="{{ article.lang }}"><head><meta charset="utf-8">
<title>{{ article.title }}</title>
<link rel="alternate" hreflang="{{ article.lang }}" href="{{ SITEURL }}/{{ article.url }}">
{% for t in article.translations %}
<link rel="alternate" hreflang="{{ t.lang }}" href="{{ SITEURL }}/{{ t.url }}">
{% endfor %}</head><body><nav>{% for a in articles[:3] %}<a href="/{{ a.url }}">{{ a.title }}</a>
{% endfor %}</nav><main><h1>{{ article.title }}</h1>{{ article.content }}</main></body></html>
"""
PELICAN_INDEX = (
    "<!doctype html><html><body>{% for a in articles %}<a href='/{{ a.url }}'>{{ a.title }}</a>"
    "{% endfor %}</body></html>"
)
PELICAN_MAP = (
    "<urlset>{% for a in articles %}<url><loc>{{ SITEURL }}/{{ a.url }}</loc></url>"
    "{% endfor %}</urlset>"
)


def write_pelican(root: Path, size: int) -> None:
    put(root, "pelicanconf.py", PELICAN)
    put(root, "theme/templates/article.html", PELICAN_PAGE)
    put(root, "theme/templates/index.html", PELICAN_INDEX)
    put(root, "theme/templates/sitemap.html", PELICAN_MAP)
    (root / "theme/static").mkdir()
    for language in LANGUAGES:
        for number in range(size):
            text = text_of(number, language, lambda other: f"../p{other}/", size)
            head = f"Title: {title_of(number, language)}\nSlug: p{number}\nLang: {language}\n"
            put(root, f"content/p{number}.{language}.md", f"{head}Date: 2024-05-06\n\n{text}")


# MkDocs

MKDOCS = """\
site_name: Voorbeeld
site_url: https://example.org/
theme: {name: null, custom_dir: theme}
markdown_extensions: [attr_list]
plugins:
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: nl, default: true, name: Nederlands, build: true}
        - {locale: fr, name: Français, build: true}
"""
MKDOCS_PAGE = """\
<!doctype html><html><head><meta charset="utf-8">
<title>{{ page.title }}</title>
{% for language in config.extra.alternate or [] %}
<link rel="alternate" hreflang="{{ language.lang }}" href="{{ language.link }}">
{% endfor %}</head><body><main><h1>{{ page.title }}</h1>{{ page.content }}</main></body></html>
"""


def write_mkdocs(root: Path, size: int) -> None:
    put(root, "mkdocs.yml", MKDOCS)
    put(root, "theme/main.html", MKDOCS_PAGE)
    put(
        root,
        "theme/sitemap.xml",
        "<urlset>{% for f in pages %}<loc>{{ f.page.canonical_url }}</loc>{% endfor %}</urlset>",
    )
    for language in LANGUAGES:
        put(root, f"docs/index.{language}.md", "# Home\n")
        for number in range(size):
            text = text_of(number, language, lambda other: f"p{other}.md", size)
            put(
                root,
                f"docs/p{number}.{language}.md",
                f"---\ntitle: {title_of(number, language)}\n---\n\n{text}",
            )


# Nikola

NIKOLA = """\
BLOG_AUTHOR = BLOG_TITLE = BLOG_DESCRIPTION = "Voorbeeld"
SITE_URL = "https://example.org/"
BLOG_EMAIL = "info@example.org"
DEFAULT_LANG = "nl"
TRANSLATIONS = {"nl": "", "fr": "./fr"}
TRANSLATIONS_PATTERN = "{path}.{lang}.{ext}"
TIMEZONE = "UTC"
THEME = "base"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]
FEED_LENGTH = 20
"""


def write_nikola(root: Path, size: int) -> None:
    put(root, "conf.py", NIKOLA)
    for language, ending in (("nl", "md"), ("fr", "fr.md")):
        for number in range(size):
            text = text_of(number, language, lambda other: f"../p{other}/", size)
            head = f".. title: {title_of(number, language)}\n.. slug: p{number}"
            date = ".. date: 2024-05-06 00:00:00 UTC"
            put(root, f"posts/p{number}.{ending}", f"<!--\n{head}\n{date}\n-->\n\n{text}")


# Eleventy

ELEVENTY = """\
export default function (config) {
  for (const language of ["nl", "fr"])
    config.addCollection(language, (all) => all.getFilteredByGlob(`content/${language}/*.md`));
  return { dir: { input: "content" }, markdownTemplateEngine: false };
}
"""
ELEVENTY_PAGE = """\
<!doctype html><html lang="{{ language }}"><head><meta charset="utf-8">
<title>{{ title }}</title>
{% for each in ["nl", "fr"] %}<link rel="alternate" hreflang="{{ each }}"
  href="https://example.org/{{ each }}/{{ page.fileSlug }}/">
{% endfor %}</head><body><nav>{% for each in collections[language] %}{% if loop.index < 4 %}
<a href="{{ each.url }}">{{ each.data.title }}</a>{% endif %}{% endfor %}
</nav><main><h1>{{ title }}</h1>{{ content | safe }}</main></body></html>
"""
ELEVENTY_LIST = """\
---
permalink: /{language}/index.html
eleventyExcludeFromCollections: true
---
<!doctype html><html lang="{language}"><body>{% for each in collections.{language} %}
<a href="{{ each.url }}">{{ each.data.title }}</a>{% endfor %}</body></html>
"""
ELEVENTY_FEED = """\
---
permalink: /{language}/feed.xml
eleventyExcludeFromCollections: true
---
<feed xmlns="http://www.w3.org/2005/Atom">{% for each in collections.{language} %}
{% if loop.index < 21 %}<entry><id>https://example.org{{ each.url }}</id>
<title>{{ each.data.title }}</title>
<content type="html">{{ each.content }}</content></entry>{% endif %}{% endfor %}</feed>
"""
ELEVENTY_MAP = """\
---
permalink: /sitemap.xml
eleventyExcludeFromCollections: true
---
<urlset>{% for each in collections.all %}
<url><loc>https://example.org{{ each.url }}</loc></url>{% endfor %}
</urlset>
"""


def write_eleventy(root: Path, size: int) -> None:
    put(root, "eleventy.config.mjs", ELEVENTY)
    put(root, "content/_includes/page.njk", ELEVENTY_PAGE)
    put(root, "content/sitemap.njk", ELEVENTY_MAP)
    for language in LANGUAGES:
        put(root, f"content/list-{language}.njk", ELEVENTY_LIST.replace("{language}", language))
        put(root, f"content/feed-{language}.njk", ELEVENTY_FEED.replace("{language}", language))
        data = f'{{"layout": "page.njk", "language": "{language}", "date": "2024-05-06"}}\n'
        put(root, f"content/{language}/{language}.json", data)
        for number in range(size):
            text = text_of(number, language, lambda other: f"../p{other}/", size)
            head = f'---\ntitle: "{title_of(number, language)}"\n---\n\n'
            put(root, f"content/{language}/p{number}.md", head + text)
