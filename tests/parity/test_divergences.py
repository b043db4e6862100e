"""Divergences between the languages, planted into copies of a whole site: each is found at its
lines, in both languages where both have one; the untouched content gives none.
"""

from __future__ import annotations

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.explained import themes
from diptych.model import Tree
from diptych.pipeline import Options, read_site
from tests.parity.planting import Garden, Place, Planted

FAQ_NL, FAQ_FR = "content/faq/nl.md", "content/faq/fr.md"
HISTORY_NL, HISTORY_FR = "content/history/nl.md", "content/history/fr.md"
HOME_NL, HOME_FR = "content/home/nl.md", "content/home/fr.md"
MISSION_NL, MISSION_FR = "content/mission/nl.md", "content/mission/fr.md"
PRIVACY_NL, PRIVACY_FR = "content/privacy/nl.md", "content/privacy/fr.md"
SAFETY_NL, SAFETY_FR = "content/safety/nl.md", "content/safety/fr.md"
EVENTS = "content/timeline/timeline.yaml"

FRESHNESS = {"outdated-translation", "unconfirmed"}  # of every change; has tests of its own

DIVERGENCES = (
    # dates
    Planted(
        "another day",
        "facts-differ",
        ((HISTORY_FR, "Le 15 décembre 2015", "Le «14 décembre 2015»"),),
        ((HISTORY_NL, "Op «15 december 2015» gaven"),),
    ),
    Planted(
        "another month",
        "facts-differ",
        ((HISTORY_NL, "## 15 december 2015: onze", "## «15 november 2015»: onze"),),
        ((HISTORY_FR, "## «15 décembre 2015» : notre"),),
    ),
    Planted(
        "another year",
        "facts-differ",
        ((HISTORY_FR, "En 2017, UTROPI", "En «2016», UTROPI"),),
        ((HISTORY_NL, "In «2017» werd UTROPI"),),
    ),
    Planted(
        "another year in a heading",
        "facts-differ",
        ((HISTORY_FR, "## 2018 : premiers", "## «2019» : premiers"),),
        ((HISTORY_NL, "## «2018»: eerste"),),
    ),
    Planted(
        "another year in the description",
        "facts-differ",
        ((HISTORY_NL, "sinds de zomer van 2015.", "sinds de zomer van «2016»."),),
        ((HISTORY_FR, "depuis l'été «2015»."),),
    ),
    Planted(
        "another day in an event",
        "facts-differ",
        ((EVENTS, "attendre le 1er mars.", "attendre le «2 mars»."),),
        ((EVENTS, "wachten tot «1 maart»."),),
    ),
    Planted(
        "another month on the timeline's page",
        "facts-differ",
        (("content/timeline/fr.md", "va de mai 2019 à", "va de «juin 2019» à"),),
        (("content/timeline/nl.md", "loopt van «mei 2019» tot"),),
    ),
    # amounts, numbers, percentages, times
    Planted(
        "another amount in an event",
        "facts-differ",
        ((EVENTS, "est de 130 000 euros.", "est de «150 000 euros»."),),
        ((EVENTS, "daarvan «130.000 euro»."),),
    ),
    Planted(
        "a changed figure in one event",
        "facts-differ",
        ((EVENTS, "soutenons 146 travail", "soutenons «164» travail"),),
        ((EVENTS, "steunen «146» straatwerkers"),),
    ),
    Planted(
        "a nought too many",
        "facts-differ",
        ((EVENTS, "il y en a 1 200.", "il y en a «12 000»."),),
        ((EVENTS, "het er «1.200»."),),
    ),
    Planted(
        "other votes",
        "facts-differ",
        ((EVENTS, "en 4 stemmen tegen.", "en «5» stemmen tegen."),),
        ((EVENTS, "et «4» voix contre."),),
    ),
    Planted(
        "fewer services",
        "facts-differ",
        ((EVENTS, "regroupe 82 services", "regroupe «28» services"),),
        ((EVENTS, "federatie van «82» sociale"),),
    ),
    Planted(
        "a number that only one language gives",
        "facts-differ",
        ((EVENTS, "Nous comptons au moins", "Nous comptons à ce jour, sur «37» pages, au moins"),),
    ),
    Planted(
        "another number of pixels",
        "facts-differ",
        ((PRIVACY_FR, "écran de 320 pixels", "écran de «360» pixels"),),
        ((PRIVACY_NL, "scherm van «320» pixels"),),
    ),
    Planted(
        "another version",
        "facts-differ",
        ((PRIVACY_FR, "des WCAG 2.2, des", "des WCAG «2.1», des"),),
        ((PRIVACY_NL, "van de WCAG «2.2», int"),),
    ),
    Planted(
        "another amount to the cent",
        "facts-differ",
        (
            (FAQ_NL, "je vrijgevigheid telt.", "elke gift telt, ook «€ 1.234,50»."),
            (FAQ_FR, "générosité compte.", "générosité compte, même «1 243,50 €»."),
        ),
    ),
    Planted(
        "another percentage",
        "facts-differ",
        (
            (MISSION_NL, "met andere discriminatie:", "voor «50%» met andere discriminatie:"),
            (MISSION_FR, "d'autres discriminations,", "d'autres discriminations pour «60 %»,"),
        ),
    ),
    Planted(
        "another time",
        "facts-differ",
        ((EVENTS, "À 1 h 35 du matin", "À «2 h 35» du matin"),),
        ((EVENTS, "Om «1.35 uur»"),),
    ),
    # telephone, e-mail, laws
    Planted(
        "another telephone number",
        "facts-differ",
        (
            (SAFETY_NL, "Je naam is niet nodig.", "Je naam is niet nodig. Bel «02 555 12 34»."),
            (
                SAFETY_FR,
                "n'est pas nécessaire.",
                "n'est pas nécessaire. Appelez le «+32 2 555 12 43».",
            ),
        ),
    ),
    Planted(
        "another e-mail address",
        "facts-differ",
        (
            (
                PRIVACY_FR,
                "exact ? Écrivez-nous à\n[info@utropi.example](mailto:info@",
                "exact ? Écrivez-nous à\n[«contact@utropi.example](mailto:contact@",
            ),
        ),
        ((PRIVACY_NL, "Mail het naar\n[«info@utropi.example»]", "facts-differ", "links-differ"),),
        ("links-differ",),
    ),
    Planted(
        "another article of a law",
        "facts-differ",
        (
            (MISSION_NL, "machtsmisbruik,", "machtsmisbruik (artikel «433quater»/1),"),
            (MISSION_FR, "l'abus de pouvoir,", "l'abus de pouvoir (article «433quinquies»/1),"),
        ),
    ),
    # links, pictures, footnotes
    Planted(
        "a lost link",
        "links-differ",
        ((HOME_FR, "[nous soutenir](page:faq#support-us)", "nous soutenir"),),
        ((HOME_NL, "[ons steunen«](page:faq#support-us)"),),
    ),
    Planted(
        "a link to another page",
        "links-differ",
        ((HOME_FR, "[notre histoire](page:history)", "[notre histoire«](page:mission)"),),
        ((HOME_NL, "[onze geschiedenis«](page:history)"),),
    ),
    Planted(
        "a link to another section",
        "links-differ",
        ((FAQ_FR, "membre](page:faq#every-member)", "membre«](page:faq#become-member)"),),
        ((FAQ_NL, "krijgt«](page:faq#every-member)"),),
    ),
    Planted(
        "a link to another event",
        "links-differ",
        (
            (
                EVENTS,
                "réouverture](page:timeline#health-cabinet)",
                "réouverture«](page:timeline#gees-meeting)",
            ),
        ),
        ((EVENTS, "heropening«](page:timeline#health-cabinet)"),),
    ),
    Planted(
        "a missing figure",
        "missing-unit",
        ((HISTORY_FR, "![Nora Verlinden lors d'une…{.optional}\n\n", ""),),
        ((HISTORY_NL, "«![Nora Verlinden tijdens"),),
    ),
    Planted(
        "a missing picture in a paragraph",
        "pictures-differ",
        (
            (
                PRIVACY_NL,
                "We coderen elke foto opnieuw.",
                "We coderen elke foto opnieuw «![zoals deze](foto.jpg){.optional}.",
            ),
        ),
    ),
    Planted(
        "a missing footnote",
        "footnotes-differ",
        (
            (SAFETY_NL, "komt.\n\nStaan", "komt.«[^bron]»\n\nStaan"),
            (
                SAFETY_NL,
                "wat je verstuurt.\n",
                "wat je verstuurt.\n\n[^bron]: Het weer van vandaag.\n",
            ),
            (SAFETY_FR, "que vous envoyez.\n", "que vous envoyez.\n\n[^bron]: La météo du jour.\n"),
        ),
    ),
    # what a page is made of
    Planted(
        "a missing list item in an answer",
        "list-differs",
        ((FAQ_FR, "- des nouvelles ;\n", ""),),
        ((FAQ_FR, "«Chaque membre figure"), (FAQ_NL, "«Elk lid staat")),
    ),
    Planted(
        "a missing list item",
        "list-differs",
        ((PRIVACY_FR, "- Le site n'a pas de formulaires.\n", ""),),
        ((PRIVACY_FR, "«- Le site ne dépose"), (PRIVACY_NL, "«- De site plaatst")),
    ),
    Planted(
        "a missing step",
        "list-differs",
        ((SAFETY_FR, '3. Touchez "Supprimer".\n', ""),),
        (
            (SAFETY_FR, "«1. Ouvrez le menu à trois traits"),
            (SAFETY_NL, "«1. Open het menu met de drie streepjes"),
        ),
    ),
    Planted(
        "a missing paragraph",
        "missing-unit",
        ((MISSION_FR, "S'y opposer, c'est…travailleur·euses\nde rue.\n\n", ""),),
        ((MISSION_NL, "«Wie zich daartegen verzet"),),
    ),
    Planted(
        "a missing paragraph in an answer",
        "paragraphs-differ",
        ((FAQ_NL, "Ten slotte brengen we…van elkaar leren.\n\n", ""),),
        ((FAQ_NL, "«We verdedigen de rechten"), (FAQ_FR, "«Nous défendons les droits")),
    ),
    Planted(
        "a missing paragraph in an event",
        "paragraphs-differ",
        ((EVENTS, "\n      Il souligne leur rôle…s'exprime à ce sujet.\n", ""),),
        (
            (EVENTS, "«nl: |\n      Kappers, markten"),
            (EVENTS, "«fr: |\n      Les salons de coiffure, les"),
        ),
    ),
    Planted(
        "a missing heading",
        "missing-unit",
        ((PRIVACY_FR, "## Des photos sans données cachées {#pictures}\n\n", ""),),
        ((PRIVACY_NL, "«## Foto's zonder"),),
    ),
    Planted(
        "a section that one language has",
        "missing-unit",
        ((HISTORY_NL, "In het begin waren we", "«## Vooraf {#before}\n\nIn het begin waren we"),),
    ),
    Planted(
        "swapped headings",
        "headings-swapped",
        (
            (SAFETY_FR, "### Firefox {#firefox}\n", "### Safari {#safari}\n"),
            (SAFETY_FR, "### Safari {#safari}\n\n1. Sur", "«### Firefox {#firefox}\n\n1. Sur"),
        ),
        ((SAFETY_NL, "«### Firefox {#firefox}"),),
    ),
    Planted(
        "another heading level",
        "heading-level-differs",
        ((PRIVACY_FR, "## Ce que devient", "«### Ce que devient"),),
        ((PRIVACY_NL, "«## Wat er met je e-mail"),),
    ),
    Planted(
        "a lost heading id",
        "heading-without-id",
        ((MISSION_FR, "comme un travail {#work-is-work}", "comme« un travail"),),
    ),
    Planted(
        "another heading id",
        "heading-ids-differ",  # told once, with both places
        ((MISSION_FR, "{#a-place-at-the-table}", "{«#a-place-at-this-table}"),),
        (),
    ),
    # languages
    Planted(
        "a missing title of an event",
        "missing-translation",
        ((EVENTS, "    fr: La majorité se met d'accord\n", ""),),
        ((EVENTS, "nl: «De meerderheid raakt het eens"),),
    ),
    Planted(
        "a missing event language",
        "missing-translation",
        (
            (EVENTS, "    fr: Une note politique pour les négociations\n", ""),
            (EVENTS, "    fr: |\n      Notre note politique est prête…négociations.\n", ""),
        ),
        ((EVENTS, "nl: «Een politieke nota voor de"),),
    ),
    Planted(
        "an untranslated paragraph left in the other language",
        "untranslated",
        (
            (
                MISSION_FR,
                "Les travailleur·euses de rue ont droit…tout être\nhumain.",
                "«Straatwerkers hebben recht op de bescherming van de wet, zoals elk mens.",
            ),
        ),
        too=("wrong-language",),
    ),
    Planted(
        "an untranslated description",
        "wrong-language",
        (
            (
                SAFETY_FR,
                'Ce que le bouton "Quitter vite" fait et…sur votre appareil.',
                '«Wat de knop "Snel weg" doet en niet doet, en hoe je minder sporen achterlaat.',
            ),
        ),
    ),
    Planted(
        "an untranslated event",
        "wrong-language",
        (
            (
                EVENTS,
                "fr: |\n      Nous avons une réunion avec le cabinet…la Migration.\n",
                "fr: «|\n      We zitten samen met het kabinet van de staatssecretaris voor Asiel.\n",
            ),
        ),
    ),
    Planted(
        "a paragraph in the wrong language",
        "wrong-language",
        (
            (
                MISSION_NL,
                "We willen keuzevrijheid en…te stoppen.",
                "«Nous voulons choisir ce que nous faisons, et nous voulons que la loi le permette.",
            ),
        ),
    ),
)


PARITY = next(theme for theme in themes() if theme.name == "parity")
CHECKS = {each.check for each in PARITY.explanations} | {
    "heading-ids-differ",
    "heading-without-id",
    "missing-translation",
}


def _read(tree: Tree, cache: Cache) -> set[Place]:
    """What is said of the languages of a tree, but what any change brings and what is no warning."""
    read = read_site(tree, Options(), cache)
    return {
        (each.span.path, read.sources[each.span.path].position(each.span.start)[0], each.check)
        for each in read.diagnostics
        if each.check in CHECKS - FRESHNESS and each.severity is not Severity.INFO
    }


@pytest.mark.parametrize("planted", DIVERGENCES, ids=lambda planted: planted.name)
def test_each_is_found_at_its_lines(planted: Planted, whole_tree: Tree, cache: Cache) -> None:
    garden = Garden(whole_tree)
    garden.plant(planted)
    alone = planted.check != "links-differ"  # a page alone has links to pages that are not there
    assert _read(garden.tree(alone=alone), cache) == garden.places()


@pytest.mark.parametrize("without", ["none", "translations.lock"])
def test_all_at_once_are_named_in_one_run(without: str, whole_tree: Tree, cache: Cache) -> None:
    """Also when nothing was ever confirmed, so that no lock helps to tell what belongs together."""
    garden = Garden(whole_tree)
    for planted in DIVERGENCES:
        garden.plant(planted)
    assert len(DIVERGENCES) >= 30
    assert garden.places() - _read(garden.tree(without=without), cache) == set()


@pytest.mark.parametrize("without", ["none", "translations.lock"])
def test_the_content_as_it_is_gives_none(without: str, whole_tree: Tree, cache: Cache) -> None:
    assert _read(Garden(whole_tree).tree(without=without), cache) == set()
