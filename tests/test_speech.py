"""What the tool says, in the language of whoever runs it: everything, in Dutch, French and German.

After a change in what the tool says: `python build.py messages`, fill in what is empty in
`diptych/messages/`, then `python -m tests.test_speech` to write the sample of mistakes anew; read it
before you commit.
"""

from __future__ import annotations

import argparse
import ast
import functools
import io
import re
import string
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from diptych.cache import Cache
from diptych.cli import main
from diptych.cli.commandline import SENTENCES, Parser, speaking
from diptych.cli.main import last_value
from diptych.cli.terminal import message_language
from diptych.diagnostics import (
    Diagnostic,
    LanguageNames,
    Message,
    Severity,
    Source,
    Span,
    render_report,
    say,
    say_n,
)
from diptych.disk import read_tree
from diptych.explained import explanations
from diptych.i18n import TOOL_LANGUAGES, TOOL_LOCALES, translator
from diptych.model import File, Language, Tree, named
from diptych.pipeline import Build, Options, build_site
from diptych.pipeline.interface import tool_catalogs
from tests.conftest import ROOT, Ran, make_tree, write_site

MESSAGES = ROOT / "diptych" / "messages"
SAMPLES = Path(__file__).parent / "cases" / "speech"

TERMS = {  # one word per notion: English -> Dutch, French, German
    r"front matter": (r"paginakop", r"en-tête", r"Seitenkopf"),
    r"\bheadings?\b(?! from|:)": (r"titel", r"titre", r"Überschrift"),
    r"\banchor": (r"\banker", r"\bancre", r"\bAnker"),
    r"\bcatalogs?\b": (r"vertaalbestand", r"fichiers? de traduction", r"Übersetzungsdatei"),
    r"\btemplates?\b": (r"sjablo", r"modèle", r"Vorlage"),
    r"\btimelines?\b": (r"tijdlijn", r"chronologie", r"Zeitleiste"),
    # what a timeline tells; what an agenda announces is an activity
    r"\bevents?\b": (r"gebeurtenis|activiteit", r"événement|activité", r"Ereignis|Veranstaltung"),
    r"\btopics?\b": (r"thema", r"thème", r"Thema|Themen"),
    r"\bkeys?\b": (r"sleutel", r"\bclés?\b", r"Schlüssel"),
    r"\blayouts?\b(?!:|`)": (r"lay-out", r"mises? en page", r"Layout"),
    r"\bfolders?\b": (r"\bmap(pen)?\b", r"dossier", r"Ordner"),
    r"\bdrafts?\b(?!:)": (r"kladversie", r"brouillon", r"Entw[uü]rf"),
    r"\bplaceholders?\b": (r"invulveld", r"champs? à remplir", r"Platzhalter"),
    r"\bsettings?\b": (r"instelling", r"réglage", r"Einstellung"),
}


# --- every sentence in the code, and its translations


@functools.cache
def package() -> Tree:
    return read_tree(ROOT, ("diptych",)).value


def calls_of_say() -> Iterator[tuple[str, ast.Call]]:
    for file in package().under("diptych"):
        if file.path.endswith(".py"):
            for node in ast.walk(ast.parse(file.data)):
                if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (
                    "say",
                    "say_n",
                ):
                    yield f"{file.path}:{node.lineno}", node


@functools.cache
def said() -> Mapping[str, frozenset[str]]:
    """Every sentence of the code, with the names of what goes into it."""
    found: dict[str, frozenset[str]] = {}
    for _, call in calls_of_say():
        if call.args and isinstance(call.args[0], ast.Constant):
            found[str(call.args[0].value)] = placeholders(str(call.args[0].value))
    return found


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@functools.cache
def catalog(language: str) -> Catalog:
    text = (MESSAGES / f"{language}.po").read_text(encoding="utf-8")
    return read_po(io.StringIO(text), locale=TOOL_LOCALES[language], abort_invalid=True)


def translations(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence with its translation: those of the catalog, then the explanations."""
    for msgid in said():
        entry = catalog(language).get(msgid)
        if entry is not None and is_done(entry):
            yield from ((msgid, form) for form in forms(entry))
    for explanation in explanations().values():
        for sentence in (explanation.says, explanation.matters, explanation.advice):
            if sentence is not None:
                yield translator("en")(sentence), translator(language)(sentence)


def is_done(entry: Entry | None) -> bool:
    return entry is not None and all(forms(entry) or [""]) and not entry.fuzzy


def forms(entry: Entry) -> tuple[str, ...]:
    """The translation, or those for every form of a count."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def test_every_sentence_is_a_literal_that_extraction_finds() -> None:
    loose = [
        place
        for place, call in calls_of_say()
        if len(call.args) != (2 if is_counted(call) else 1)
        or not all(
            isinstance(each, ast.Constant) and isinstance(each.value, str) for each in call.args
        )
    ]
    assert not loose, "\n".join(loose)
    template = read_po(io.StringIO(tool_catalogs(package())["diptych/messages/messages.pot"]))
    ids = [(entry.id,) if isinstance(entry.id, str) else entry.id for entry in template if entry.id]
    assert {first for first, *_ in ids} == set(said())
    assert {tuple(each) for each in ids if len(each) > 1} == {
        (call.args[0].value, call.args[1].value)  # type: ignore[attr-defined]
        for _, call in calls_of_say()
        if is_counted(call)
    }


def test_every_sentence_gets_what_goes_into_it() -> None:
    """No placeholder without an argument, where the call gives any; no argument for nothing."""
    wrong = [
        f"{place}: {msgid}"
        for place, call in calls_of_say()
        for each in call.args
        for msgid in [str(each.value)]  # type: ignore[attr-defined]
        for given in [{keyword.arg for keyword in call.keywords}]
        if given and None not in given and given != placeholders(msgid)
    ]
    assert not wrong, "\n".join(wrong)


def is_counted(call: ast.Call) -> bool:
    return ast.unparse(call.func).rpartition(".")[2] == "say_n"


NO_PLURAL = {  # sentences with a number, or what looks like one, and one form -> why
    "/{path} holds a <{element}> that its own policy blocks: {words}": "no number",
    "this file is too large to be read: {size} MB, and at most {most} MB are read": "units",
    "this picture stays heavy: {size} kB, where {most} kB is the limit": "units",
    "this picture is too large: more than {most} million pixels": "units",
    "{name} takes no file above {most} MB; /{path} has {size} MB": "units",
}
NUMBERS = re.compile(r"count|number|amount|most|size|days|minutes|words|files|texts|errors|notes")


def shows_a_count(call: ast.Call) -> bool:
    """Whether a number goes into it that can be one: a limit of the code cannot."""
    return any(
        bool(NUMBERS.fullmatch(str(each.arg)) or re.match(r"(len|sum|int|round)\(", value))
        for each in call.keywords
        for value in [ast.unparse(each.value)]
        if not re.fullmatch(r"[A-Z_]+", value) and not value.startswith(("say_n(", "'"))
    )


def test_every_sentence_with_a_count_has_its_plural_forms() -> None:
    calls = [(place, call) for place, call in calls_of_say() if not is_counted(call)]
    flat = [
        f"{place}: {call.args[0].value}"  # type: ignore[attr-defined]
        for place, call in calls
        if shows_a_count(call) and call.args[0].value not in NO_PLURAL  # type: ignore[attr-defined]
    ]
    assert not flat, "\n".join(["say_n(one, several, count=…) has the forms:", *flat])
    assert set(NO_PLURAL) <= set(said()), "every exception is still said"


@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_a_count_is_translated_in_every_form_of_the_language(language: str) -> None:
    """Both forms show the number, since French has the first of them for none too."""
    counted = [entry for entry in catalog(language) if isinstance(entry.id, tuple)]
    assert len(counted) > 40
    for entry in counted:
        assert len(forms(entry)) == catalog(language).num_plurals
        assert all("{count}" in form for form in (*entry.id, *forms(entry))), entry.id


@pytest.mark.parametrize(
    ("language", "none", "one", "two"),
    [
        ("en", "0 parts confirmed", "1 part confirmed", "2 parts confirmed"),
        ("nl", "0 delen bevestigd", "1 deel bevestigd", "2 delen bevestigd"),
        ("de", "0 Teile bestätigt", "1 Teil bestätigt", "2 Teile bestätigt"),
        ("fr", "0 partie confirmée", "1 partie confirmée", "2 parties confirmées"),
    ],
)
def test_the_form_is_the_one_of_the_number(language: str, none: str, one: str, two: str) -> None:
    for count, sentence in enumerate((none, one, two)):
        message = say_n(
            "{path}: {count} part confirmed",
            "{path}: {count} parts confirmed",
            path="faq",
            count=count,
        )
        assert translator(language)(message).partition("faq")[2].lstrip(" :\u00a0") == sentence
        assert str(message).endswith(("part confirmed", "parts confirmed"))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "the Dutch text changed since: x"),
        ("nl", "de tekst in het Nederlands is intussen veranderd: x"),
        ("fr", "le texte en néerlandais a changé depuis\u00a0: x"),
        ("de", "der Text auf Niederländisch hat sich seither geändert: x"),
    ],
)
def test_a_language_is_named_in_the_language_of_the_message(language: str, sentence: str) -> None:
    dutch = named(Language("nl", "nl_BE", "Nederlands", "dutch"))
    message = say("the {name} text changed since: {place}", name=dutch, place="x")
    assert translator(language)(message) == sentence


_THREE = (("fr_BE", "français"), ("qqq", "Eigen"), ("nl", "Nederlands"))


@pytest.mark.parametrize(
    ("language", "count", "end"),
    [
        ("en", 1, "in French"),
        ("en", 2, "in French and Eigen"),
        ("en", 3, "in French, Eigen and Dutch"),
        ("nl", 2, "in het Frans en Eigen"),
        ("nl", 3, "in het Frans, Eigen en Nederlands"),
        ("de", 3, "auf Französisch, Eigen und Niederländisch"),
        ("fr", 1, "en français"),
        ("fr", 2, "en français et en Eigen"),
        ("fr", 3, "en français, en Eigen et en néerlandais"),
    ],
)
def test_several_languages_are_enumerated_as_in_a_sentence(
    language: str, count: int, end: str
) -> None:
    several = say("this part has no counterpart in {names}", names=LanguageNames(_THREE[:count]))
    assert translator(language)(several).endswith(end)


@pytest.mark.parametrize(
    "msgid",
    [
        "this part is no longer in {names}",
        "this part has no counterpart in {names}",
        "has no counterpart in {names}",
        "“{id}” has no {parts} in {name}",
        "content/{key}/ has no `{name}` for readers of {languages}; other languages have one",
    ],
)
def test_french_has_en_before_several_languages(msgid: str) -> None:
    """The names after the first get the word too (`LanguageRules.before_language`)."""
    sentence = dict(translations("fr"))[msgid]
    placeholder = re.findall(r"\{(?:names|name|languages)\}", msgid)[-1]
    assert f"en {placeholder}" in sentence


def test_no_sentence_spells_out_a_command() -> None:
    """`command("confirm", key)` does: only a terminal knows how the program is called there."""
    assert [each for each in said() if re.search(r"build\.py (?!\))|python ", each)] == []


@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_every_sentence_is_translated(language: str) -> None:
    missing = [msgid for msgid in said() if not is_done(catalog(language).get(msgid))]
    todo = f"`python build.py messages`, then fill these in, in diptych/messages/{language}.po:"
    assert not missing, "\n".join([todo, *missing])


@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_translations_have_the_same_placeholders(language: str) -> None:
    wrong = [
        text for msgid, text in translations(language) if placeholders(text) != placeholders(msgid)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_translations_end_like_the_sentence(language: str) -> None:
    ends = re.compile(r"\s*([.:]?)$")
    wrong = [
        text
        for msgid, text in translations(language)
        if ends.search(msgid)[1] != ends.search(text)[1]  # type: ignore[index]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_one_word_per_notion(language: str) -> None:
    index = list(TOOL_LOCALES).index(language)
    wrong = [
        f"{msgid} -> {text}"
        for msgid, text in translations(language)
        for english, words in TERMS.items()
        if re.search(english, prose(msgid), re.I) and not re.search(words[index], text, re.I)
    ]
    assert not wrong, "\n".join(wrong)


def prose(text: str) -> str:
    """A sentence without what is code in it."""
    return re.sub(r"`[^`]*`|\{\w*\}|<[^<>]*>|https?:\S*|\S*\.py\S*", "·", text)


@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_marks_of_the_language(language: str) -> None:
    """Curved apostrophes; in French a space before double marks; no exclamation mark at all."""
    wrong = [
        text
        for _, text in translations(language)
        for bare in [prose(text)]
        if re.search(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]|[!](\s|$)|  ", bare)
        or (language == "fr" and re.search(r"[^\s:][:;?»](\s|$)|«\S|[“”‘]", bare))
        or (language == "nl" and re.search(r"\s[:;?](\s|$)|[“”«»]", bare))
        or (language == "de" and re.search(r"\s[:;?](\s|$)|[”«»‘]|“\w|\w„", bare))
    ]
    assert not wrong, "\n".join(wrong)


# --- the catalogs are kept by the command


def test_german_readers_are_addressed_in_one_way() -> None:
    """`Sie`, in the words of the theme, in what a new site begins with, and in every message."""
    folder = ROOT / "diptych"
    patterns = ("skeleton/**/de.md", "theme/i18n/de/**/*.po", "explained/de/*.md", "messages/de.po")
    texts = {file: file.read_text("utf-8") for each in patterns for file in folder.glob(each)}
    assert len(texts) > 28
    for file, text in texts.items():
        assert not re.search(r"\b(?:du|dich|dir|dein\w*|euch|euer|eure\w*)\b", text), file


def test_messages_updates_the_catalogs_of_the_tool(run: Callable[..., Ran], tmp_path: Path) -> None:
    root = write_site(tmp_path)
    po = root / "diptych" / "messages" / "nl.po"
    po.parent.mkdir(parents=True)
    (root / "diptych" / "room.py").write_text('say("one")\nsay("two {x}", x=say("three"))\n')
    po.write_text('# Eén woord per begrip.\nmsgid ""\nmsgstr ""\n\nmsgid "one"\nmsgstr "een"\n')
    assert run("messages", root=root).status == 0
    assert (
        po.read_text(encoding="utf-8")
        == """\
# Eén woord per begrip.
msgid ""
msgstr ""
"Language: nl_BE\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: diptych/room.py
msgid "one"
msgstr "een"

#: diptych/room.py
#, python-brace-format
msgid "two {x}"
msgstr ""

#: diptych/room.py
msgid "three"
msgstr ""

"""
    )
    before = {path.name: path.read_bytes() for path in po.parent.iterdir()}
    assert set(before) == {"messages.pot", *(f"{each}.po" for each in TOOL_LOCALES)}
    assert run("messages", root=root).status == 0
    assert {path.name: path.read_bytes() for path in po.parent.iterdir()} == before


def test_messages_leaves_a_site_without_the_generator_alone(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = write_site(tmp_path)
    assert run("messages", root=root).status == 0
    assert not (root / "diptych").exists()


def test_an_update_of_the_catalogs_changes_nothing_more() -> None:
    once = tool_catalogs(package())
    others = tuple(file for file in package().files if file.path not in once)
    updated = Tree((*others, *(File(path, text.encode()) for path, text in once.items())))
    assert tool_catalogs(updated) == once
    for path, text in once.items():
        if path.startswith("diptych/messages/") and path.endswith(".po"):
            assert text.startswith("#"), "the list of words stays"
        assert not re.search(r"POT-Creation|Revision-Date|\n#: \S+:\d", text)


# --- which language the tool speaks


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LC_ALL": "fr_BE.UTF-8"}, "fr"),
        ([], {"LC_ALL": "nl_BE"}, "nl"),
        ([], {"LC_ALL": "C", "LANG": "fr_BE.UTF-8"}, "c"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "fr_FR.UTF-8", "LANG": "nl_BE.UTF-8"}, "fr"),
        ([], {"LANG": "nl_BE.UTF-8"}, "nl"),
        (["--message-language", "fr"], {"LC_ALL": "nl_BE"}, "fr"),
        (["--message-language=en", "check"], {"LC_ALL": "nl_BE"}, "en"),
    ],
)
def test_language_of_the_tool(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    asked = last_value(arguments, "--message-language")
    assert message_language(asked, environment) == language


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("fr_BE.UTF-8", "il n’y a pas de vérification `x`"),
        ("nl_BE.UTF-8", "er is geen controle `x`"),
        ("C", "there is no check `x`"),
        ("C.UTF-8", "there is no check `x`"),
        ("de_BE.UTF-8", "es gibt keine Prüfung `x`"),
        ("it_IT.UTF-8", "there is no check `x`"),
    ],
)
def test_the_environment_chooses_the_language(
    locale: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert main(["explain", "x"], root=ROOT) == 2
    assert capsys.readouterr().err.startswith(sentence)


def test_the_option_goes_before_the_environment(run: Callable[..., Ran]) -> None:
    assert run("--message-language", "fr", "explain", "x", root=ROOT).err.startswith("il n’y a pas")
    assert run("--message-language", "it", "explain", "x", root=ROOT).status == 2


def test_messages_within_messages() -> None:
    inner = say("`{text}` is not a whole number", text="{x}")
    outer = say("{name}: {problem}", name="--port", problem=inner)
    assert str(outer) == "--port: `{x}` is not a whole number"
    assert translator("nl")(outer) == "--port: `{x}` is geen geheel getal"
    assert translator("fr")(outer) == "--port\u00a0: `{x}` n’est pas un nombre entier"
    severity = say("{severity}: {sentence}", severity=say("error"), sentence=outer)
    assert (
        translator("fr")(severity) == "erreur\u00a0: --port\u00a0: `{x}` n’est pas un nombre entier"
    )


def test_an_unknown_message_or_language_is_english() -> None:
    message = Message("nobody ever said {what}", (("what", "this"),))
    assert [translator(each)(message) for each in ("nl", "fr", "en", "xx")] == [
        "nobody ever said this"
    ] * 4


# --- argparse's own words


COMPLAINTS = (
    (("new",), "dit ontbreekt: SLEUTEL", "il manque\u00a0: CLÉ"),
    (("bild",), "er is geen opdracht `bild`;", "il n’y a pas de commande `bild`\u00a0;"),
    (
        ("check", "--hard"),
        "dit is niet te begrijpen: --hard",
        "ceci n’est pas compris\u00a0: --hard",
    ),
    (
        ("check", "--strict=1"),
        "--strict: hierna mag geen waarde komen, en er staat `1`",
        "--strict\u00a0: aucune valeur ne peut suivre, et il y a `1`",
    ),
    (
        ("check", "--format", "xml"),
        "--format: `xml` kan niet; kies uit: text, json, github, sarif",
        "--format\u00a0: `xml` n’est pas possible\u00a0; choisissez parmi\u00a0: text, json, github, sarif",
    ),
    (
        ("build", "--output"),
        "--output: hierna moet een waarde komen",
        "--output\u00a0: une valeur doit suivre",
    ),
)


@pytest.mark.parametrize(("arguments", "dutch", "french"), COMPLAINTS)
def test_a_wrong_call_is_told_in_the_language(
    arguments: tuple[str, ...], dutch: str, french: str, run: Callable[..., Ran]
) -> None:
    for language, sentence, error in (
        ("nl", dutch, ": fout: "),
        ("fr", french, "\u00a0: erreur\u00a0: "),
    ):
        result = run("--message-language", language, *arguments, root=ROOT)
        assert (result.status, result.out) == (2, "")
        said = result.err.replace("'", "")  # argparse quotes each choice before Python 3.14
        assert error + sentence in said
        assert not re.search(r"usage|error|argument|invalid", result.err)


def test_a_whole_number_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    parser = Parser(prog="p")
    parser.add_argument("--count", type=int)
    with speaking(translator("fr")), pytest.raises(SystemExit, match="2"):
        parser.parse_args(["--count", "x"])
    assert capsys.readouterr().err.endswith(
        "p\u00a0: erreur\u00a0: --count\u00a0: `x` n’est pas un nombre entier\n"
    )


def test_argparse_asks_for_the_sentences_that_we_have() -> None:
    """Every sentence of the table is one that this Python's argparse writes, letter by letter."""
    code = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    written = {node.value for node in ast.walk(code) if isinstance(node, ast.Constant)}
    assert written.issuperset(SENTENCES)


def test_argparse_has_its_own_words_again_afterwards() -> None:
    before = argparse._  # type: ignore[attr-defined]
    with pytest.raises(SystemExit), speaking(translator("fr")):
        argparse.ArgumentParser(prog="p").parse_args(["x"])
    assert argparse._ is before  # type: ignore[attr-defined]


@pytest.mark.parametrize("arguments", [("--hard",), ("check", "x"), ("build", "--jobs", "0")])
@pytest.mark.parametrize("language", TOOL_LOCALES)
def test_no_english_in_a_complaint(
    language: str, arguments: tuple[str, ...], run: Callable[..., Ran]
) -> None:
    said = run("--message-language", language, *arguments, root=ROOT).err
    assert not re.search(r"\b(usage|error|arguments?|invalid|unrecognized|options)\b", said)


def test_a_wrong_call_in_english(run: Callable[..., Ran]) -> None:
    assert run("import", root=ROOT).err == (
        "usage: python build.py import [-h] [--fuzzy] [--dry-run] FILE\n"
        "python build.py import: error: this is missing: FILE\n"
    )


@pytest.mark.parametrize("language", TOOL_LANGUAGES)
def test_help_is_in_the_language(language: str, run: Callable[..., Ran]) -> None:
    known = {
        "nl": ("gebruik: ", "\nopties:\n", "\nopdrachten:\n"),
        "fr": ("utilisation\u00a0: ", "\noptions\u00a0:\n", "\ncommandes\u00a0:\n"),
        "de": ("Aufruf: ", "\nOptionen:\n", "\nBefehle:\n"),
        "en": ("usage: ", "\noptions:\n", "\ncommands:\n"),
    }
    begin, options, commands = known[language]
    whole = run("--message-language", language, "--help", root=ROOT).out
    assert whole.startswith(begin)
    assert options in whole
    assert commands in whole
    for command in re.findall(r"(?m)^    ([a-z]+)(?=\s)", whole.partition(commands)[2]):
        result = run("--message-language", language, command, "--help", root=ROOT)
        assert result.status == 0
        assert result.out.startswith(begin)
        assert options in result.out


# --- twelve classic mistakes, as they are printed


MISTAKES: Mapping[str, str] = {
    "content/about/nl.md": "---\ntitle: Onze missie: tien punten\n---\n\nTekst.\n",
    "content/about/fr.md": "---\ntitle: À propos\ndescripton: Qui nous sommes.\n---\n\nTexte.\n",
    "content/aid/nl.md": "---\ntitle: Hulp\n\nTekst.\n",
    "content/aid/fr.md": "---\ntitle: Aide\ntitle: Secours\n---\n\nTexte.\n",
    "content/links/nl.md": "---\ntitle: Links\n---\n\n[Lees](page:abuot), [en](page:home#wie).\n",
    "content/links/fr.md": "---\ntitle: Liens\ndraft: peut-être\n---\n\n![](march.jpg)\n",
    "content/news/nl.md": "---\ntitle: Nieuws\nlayout: lijst\n---\n\n## Vandaag\n",
    "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": "- id: vote\n  date: 8 juni 2020\n  topics: [wet]\n",
}
CHECKS = {
    "yaml-syntax",
    "unknown-key",
    "front-matter-unclosed",
    "duplicate-key",
    "broken-link",
    "broken-anchor",
    "wrong-type",
    "missing-image",
    "unknown-layout",
    "heading-without-id",
    "missing-translation",
    "impossible-date",
}


def sample(language: str, build: Build) -> str:
    told = [each for each in build.diagnostics if each.check in CHECKS]
    return render_report("text", told, build.sources, translator(language))


@pytest.fixture(scope="module")
def mistaken() -> Build:
    return build_site(make_tree(MISTAKES), Options(), Cache(None))


@pytest.mark.parametrize("language", TOOL_LANGUAGES)
def test_twelve_classic_mistakes(language: str, mistaken: Build) -> None:
    assert {each.check for each in mistaken.diagnostics} >= CHECKS
    expected = (SAMPLES / f"mistakes.{language}.txt").read_text(encoding="utf-8")
    assert sample(language, mistaken) == expected


def test_json_and_annotations_are_translated_too() -> None:
    source = Source("a.md", "title\n")
    diagnostic = Diagnostic("x", Severity.ERROR, Span("a.md", 0, 5), say("take it out"))
    for form in ("json", "github", "sarif"):
        report = render_report(form, [diagnostic], {"a.md": source}, translator("nl"))
        assert "haal het weg" in report
        assert "take it out" not in report


if __name__ == "__main__":
    finished = build_site(make_tree(MISTAKES), Options(), Cache(None))
    for each in TOOL_LANGUAGES:
        SAMPLES.mkdir(parents=True, exist_ok=True)
        (SAMPLES / f"mistakes.{each}.txt").write_text(sample(each, finished), encoding="utf-8")
