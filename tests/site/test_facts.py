"""Every date, name and figure that the site owes its readers stands in its Dutch and in its French.

The lists below are the record: a fact that differs between the languages is a pair (Dutch, French),
one that does not is a single string. They are looked up in the text of the built pages, whatever
its spaces, apostrophes and capitals; of an event, in its title and its text only, so that the
tables and the list of names below them cannot stand in for the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from lxml import html

from diptych.pipeline import Build

Fact = str | tuple[str, str]

LANGUAGES = ("nl", "fr")

MISSION_IN_ORDER = [
    "who-we-are",
    "whom-we-defend",
    "a-place-at-the-table",
    "end-violence",
    "protection-by-law",
    "self-determination",
    "against-trafficking",
    "against-swedish-model",
    "work-is-work",
    "intersectional-struggle",
]

# What a page must tell: its key, or its key and the id of the heading above the passage.
PAGES: Mapping[str, tuple[Fact, ...]] = {
    "home": (
        ("Belgische Unie van Sekswerkers", "Union belge des travailleur·euses du sexe"),
        "2015",
        "2022",
    ),
    "mission#who-we-are": (
        "UTSOPI",
        "Union des Travailleur·euses du Sexe Organisé·es Pour l'Indépendance",
        ("Belgische Unie van Sekswerkers", "Union belge des travailleur·euses du sexe"),
        ("bestuurd door sekswerkers", "dirigée par des travailleur·euses du sexe"),
        ("met bondgenoten werken we samen", "collabore avec ses allié·es"),
    ),
    "mission#whom-we-defend": (("België", "Belgique"),),
    "mission#a-place-at-the-table": (
        ("wij eisen een plaats", "nous exigeons une place"),
        ("onze bescherming en onze rechten", "notre protection et nos droits"),
    ),
    "mission#protection-by-law": (
        ("Verenigde Staten", "États-Unis"),
        ("Frankrijk", "France"),
        ("Zweden", "Suède"),
    ),
    "mission#self-determination": (("staan centraal", "au cœur de notre lutte"),),
    "mission#against-trafficking": (
        ("vrijheid en onafhankelijkheid", "en toute indépendance"),
        ("maar als anderen je ertoe dwingen", "mais toute personne qui y est contrainte"),
        ("sekswerk is niet het probleem", "le travail du sexe n'est pas le problème"),
        ("kunnen wij", "nous pouvons"),
    ),
    "mission#against-swedish-model": (
        ("Zweedse model", "modèle suédois"),
        ("UNAIDS", "ONUSIDA"),
    ),
    "mission#intersectional-struggle": (
        (
            "zoals op basis van afkomst, sociale klasse",
            "par exemple sur l'origine, la classe sociale",
        ),
        ("strijd voor LGBTQAI+-rechten", "lutte pour les droits LGBTQAI+"),
    ),
    "history#first-meeting": (
        ("zomer van 2015", "été 2015"),
        "Luca Stevenson",
        "ESWA",
        "European Sex Workers' Rights Alliance",
        ("vijf sekswerkers", "cinq travailleur·euses du sexe"),
        ("bij Sonia Verstappen thuis", "chez Sonia Verstappen"),
        ("medeoprichter", "cofondatrice"),
        ("niet echt", "pas vraiment"),
        ("het idee van een collectief", "l'idée d'un collectif"),
        "2005",
        ("protestactie", "action de protestation"),
        "Maxime Maes",
        ("Maxime, Sonia en een derde sekswerker, Marie", "Maxime, Sonia et une troisième"),
        "Marie",
    ),
    "history#saint-josse": (
        ("eind 2015", "fin 2015"),
        ("Sint-Joost-ten-Node", "Saint-Josse-ten-Noode"),
        ("Brusselse gemeente", "commune bruxelloise"),
        ("burgemeester", "bourgmestre"),
        "Marie",
        ("tientallen jaren", "des décennies"),
        "Julie",
        "Yumi",
        ("België", "Belgique"),
    ),
    "history#press-conference": (
        ("15 december 2015", "15 décembre 2015"),
        ("eerste persconferentie", "première conférence de presse"),
        ("Belgische media", "médias belges"),
        ("strijd tegen de burgemeester", "combat contre le bourgmestre"),
    ),
    "history#non-profit": (
        "2017",
        ("vereniging met een sociaal oogmerk", "association à finalité sociale"),
    ),
    "history#first-funding": (
        "2018",
        ("Vlaams Gewest", "Région flamande"),
        ("Gent", "Gand"),
        ("Antwerpen", "Anvers"),
    ),
    "history#pandemic-and-after": (
        "2020",
        "2022",
        ("media hadden er veel aandacht voor", "large couverture"),
        ("maakte de weg vrij", "la voie s'est ouverte"),
        ("volgende grote doel", "grand but suivant"),
        ("twee jaar", "deux ans"),
        ("tijdlijn", "chronologie"),
    ),
    "faq": (
        "info@utsopi.be",
        "UTSOPI",
        ("België", "Belgique"),
    ),
    "faq#what-we-do": (
        ("OCMW", "CPAS"),
        ("openbare centra voor maatschappelijk welzijn", "centres publics d'action sociale"),
        ("dat moet veranderen", "cela doit changer"),
    ),
    "faq#meet-others": (
        ("elke maand", "chaque mois"),
        ("veilige plek", "lieu sûr"),
        ("vrijuit spreken", "parler librement"),
    ),
    "faq#support-us": (
        ("jammer genoeg", "malheureusement"),
        ("voortdurend", "sans cesse"),
        ("heel belangrijk", "très importante"),
        ("grafisch ontwerp", "graphisme"),
        ("vertaling", "traduction"),
    ),
    "faq#become-member": (
        ("steunend lid", "membre de soutien"),
        ("actief lid", "membre actif·ve"),
        ("missie en visie", "notre mission et notre vision"),
    ),
    "faq#every-member": (
        ("mailinglijst", "liste de diffusion"),
        ("betogingen", "manifestations"),
        ("workshops", "ateliers"),
        ("werkgroepen", "groupes de travail"),
    ),
    "faq#active-members": (
        ("op evenementen", "lors d'événements"),
        ("algemene vergadering", "assemblée générale"),
        ("jaarverslag", "rapport annuel"),
        ("financieel verslag", "rapport financier"),
        ("bestuur", "organe d'administration"),
    ),
    "timeline": (
        ("mei 2019", "mai 2019"),
        ("maart 2020 tot en met maart 2022", "mars 2020 à mars 2022 inclus"),
        ("eindigt op 21 maart 2022", "s'arrête le 21 mars 2022"),
    ),
    "plain": (
        ("70 mensen stemden voor", "70 personnes ont voté pour"),
        "info@utsopi.be",
    ),
    "press#three-sentences": (
        ("18 maart 2022", "18 mars 2022"),
        ("twee jaar", "deux ans"),
    ),
    "press#key-figures": (
        ("40.000 euro", "40 000 euros"),
        "146",
        "350",
        ("1.200", "1 200"),
        "24",
        "20",
        "11",
        "70",
        "41",
    ),
    "press#quotations": (
        ("federaal minister van Middenstand", "ministre fédéral des Classes moyennes"),
        (
            (
                "Het is niet omdat de sekswerkers in een grijze juridische zone opereren dat we moeten "
                "doen alsof ze niet bestaan. Met dit protocol dragen we bij aan de publieke gezondheid."
            ),
            "ajoute-t-il",  # his French is not known here, so he is reported
        ),
        (
            (
                "Er zal in overleg met de actoren in het veld nagedacht worden over een verbetering van "
                "de levens- en werkomstandigheden van de sekswerkers."
            ),
            "(nous traduisons)",
        ),
        (
            (
                "Ethiek hebben we nodig, en geen moraal. Objectieve feiten en intellectuele eerlijkheid, "
                "en geen hysterisch paniekvoetbal. We hopen dat ons voorbeeld snel navolging krijgt, in "
                "het belang van honderdduizenden wereldwijd die gebukt gaan onder stigmatisering, "
                "willekeur en rechteloosheid."
            ),
            "l'arbitraire et l'absence de droits",
        ),
    ),
    "debate#more-trafficking": (
        ("geen enkele wetenschappelijke studie", "aucune étude scientifique"),
        ("telkens weer", "encore et toujours"),
        ("een wapen tegen mensenhandel", "une arme contre la traite"),
        ("regeringspartij Ecolo", "parlementaire d'Ecolo, parti du gouvernement"),
        ("minister van Justitie", "ministre de la Justice"),
    ),
    "debate#communicating-vessels": (("geen bewijs", "rien ne la prouve"),),
    "debate#no-distinction": (
        ("zes Franstalige vrouwenbewegingen", "six mouvements de femmes francophones"),
        ("voor FACES blijkt dat niets uit te maken", "cela laisse FACES indifférent"),
    ),
    "who#aid-organisations": (
        "Violett",
        "Espace P",
        "Boysproject",
        "Alias",
        "Entre 2 Wallonie",
        "82",
    ),
    "who#rights-and-trafficking": ("Payoke", "Liga voor Mensenrechten"),
    "who#parties": (
        (
            "zeggen experts in het veld dat legalisering",
            "des expert·es de terrain disent que la légalisation",
        ),
    ),
    "privacy": (
        "www.utsopi.be",
        "info@utsopi.be",
    ),
}

_CENTRES = (
    "centra voor slachtoffers van mensenhandel",
    "centres reconnus pour les victimes de la traite des êtres humains",
)
_COLLEGE = ("College van procureurs-generaal", "Collège des procureurs généraux")
_JUSTICE_COMMITTEE = ("commissie Justitie", "commission de la Justice")
_LIBERALS = ("Vlaamse liberale partij", "parti libéral flamand")
_SCHAARBEEK = ("Schaarbeek", "Schaerbeek")

# Every event in order: the date as it is shown, then what the text must name.
EVENTS: Mapping[str, tuple[tuple[str, str], tuple[Fact, ...]]] = {
    "press-conference-demands": (
        ("mei 2019", "mai 2019"),
        (
            "UTSOPI",
            ("persconferentie", "conférence de presse"),
            ("politieke agenda", "agenda politique"),
            ("het risico is groot", "le risque est grand"),
        ),
    ),
    "windows-closed": (
        ("13 maart 2020", "13 mars 2020"),
        (
            _SCHAARBEEK,
            ("Gent", "Gand"),
            ("eerste radio-interview", "première interview à la radio"),
            ("aandacht van de media komt meteen", "médias s'y intéressent aussitôt"),
        ),
    ),
    "first-lockdown": (
        ("18 maart 2020", "18 mars 2020"),
        (
            ("eerste lockdown", "premier confinement"),
            ("duizenden sekswerkers", "milliers de travailleur·euses du sexe"),
            ("niet iedereen automatisch recht", "tout le monde n'a pas automatiquement droit"),
        ),
    ),
    "support-project": (
        ("1 april 2020", "1er avril 2020"),
        (
            ("drie hulporganisaties", "trois associations de soutien"),
            "Violett",
            "Espace P",
            "Boysproject",
            ("40.000 euro", "40 000 euros"),
            ("146 sekswerkers", "146 travailleur·euses du sexe"),
            ("1.200", "1 200"),
            ("voedselpakketten", "colis alimentaires"),
            ("twee onlineforums", "deux forums en ligne"),
            ("meer dan 100 sekswerkers", "plus de 100 travailleur·euses du sexe"),
            ("Brusselse Noordwijk", "quartier Nord, à Bruxelles"),
        ),
    ),
    "media-turn": (
        ("lente 2020", "printemps 2020"),
        (
            ("elke week", "chaque semaine"),
            ("voor het eerst", "pour la première fois"),
            ("discriminatie", "discrimination"),
            ("onderlinge solidariteit", "solidarité mutuelle"),
            ("werken aan de erkenning", "œuvrer à la reconnaissance"),
        ),
    ),
    "jambon-statement": (
        ("13 mei 2020", "13 mai 2020"),
        (
            "Jan Jambon",
            ("minister-president van Vlaanderen", "ministre-président de la Flandre"),
            ("zeven uur", "dix-neuf heures"),
        ),
    ),
    "gees-meeting": (
        ("3 juni 2020", "3 juin 2020"),
        (
            "UTSOPI",
            "Violett",
            "GEES",
            (
                "expertengroep voor het crisisbeleid in het hele land",
                "groupe d'expert·es pour la politique de crise de tout le pays",
            ),
        ),
    ),
    "first-reopening": (
        ("8 juni 2020", "8 juin 2020"),
        (
            ("maandag", "lundi"),
            "Denis Ducarme",
            ("federaal minister van Middenstand", "ministre fédéral des Classes moyennes"),
            "CO₂",
            ("een eerste erkenning van de sector", "une première reconnaissance du secteur"),
            ("de chaos die maandag compleet", "le chaos est total"),
        ),
    ),
    "corona-tv-ends": (
        ("juni 2020", "juin 2020"),
        (
            "UTSOPI Corona TV",
            ("eerste lockdown", "premier confinement"),
            ("wekelijkse", "hebdomadaire"),
        ),
    ),
    "liberal-headquarters": (
        ("24 juni 2020", "24 juin 2020"),
        (
            _LIBERALS,
            ("studiedienst", "service d'études"),
            ("Brussel", "Bruxelles"),
        ),
    ),
    "political-note": (("2 juli 2020", "2 juillet 2020"), (("politieke nota", "note politique"),)),
    "coalition-agreement": (
        ("30 september 2020", "30 septembre 2020"),
        (
            ("federale regeerakkoord", "accord de gouvernement fédéral"),
            ("alle meerderheidspartijen", "tous les partis de la majorité"),
        ),
    ),
    "brussels-windows-closed": (
        ("8 oktober 2020", "8 octobre 2020"),
        (("Brussels Hoofdstedelijk Gewest", "Région de Bruxelles-Capitale"),),
    ),
    "national-closure": (
        ("19 oktober 2020", "19 octobre 2020"),
        (
            ("telewerk", "télétravail"),
            ("alle cafés en restaurants", "tous les cafés et restaurants"),
        ),
    ),
    "second-lockdown": (
        ("2 november 2020", "2 novembre 2020"),
        (("nieuwe lockdown", "nouveau confinement"),),
    ),
    "party-chair-cabinet": (
        ("17 november 2020", "17 novembre 2020"),
        (
            _LIBERALS,
            ("voorzitter", "présidence"),
            ("voor het eerst", "pour la première fois"),
        ),
    ),
    "asylum-cabinet": (
        ("24 november 2020", "24 novembre 2020"),
        (
            (
                "staatssecretaris die bevoegd is voor Asiel en Migratie",
                "secrétaire d'État à l'Asile et à la Migration",
            ),
        ),
    ),
    "emergency-funds": (
        ("27 november 2020", "27 novembre 2020"),
        (
            "Karine Lalieux",
            ("minister van Armoedebestrijding", "ministre de la Lutte contre la pauvreté"),
            ("half miljoen euro", "demi-million d'euros"),
            ("500.000 euro", "500 000 euros"),
            ("130.000 euro", "130 000 euros"),
            ("gemeenten Brussel en Schaarbeek", "communes de Bruxelles et de Schaerbeek"),
            ("50.000 euro", "50 000 euros"),
            ("350 sekswerkers", "350 travailleur·euses du sexe"),
        ),
    ),
    "common-position": (
        ("1 december 2020", "1er décembre 2020"),
        (
            "Violett",
            ("drie federaal erkende", "trois centres"),
            ("slachtoffers van mensenhandel", "victimes de la traite des êtres humains"),
            ("sociaal-medische organisatie", "association socio-médicale"),
            ("federaal erkende", "reconnus au niveau fédéral"),
        ),
    ),
    "note-to-all-parties": (
        ("december 2020", "décembre 2020"),
        (
            ("alle partijen", "tous les partis"),
            ("laatste weken van het jaar", "dernières semaines de l'année"),
        ),
    ),
    "vooruit-meeting": (
        ("22 januari 2021", "22 janvier 2021"),
        (
            "Vooruit",
            ("Vlaamse socialistische partij", "parti socialiste flamand"),
            ("studiedienst", "service d'études"),
        ),
    ),
    "schlitz-cabinet": (
        ("10 februari 2021", "10 février 2021"),
        (
            "Sarah Schlitz",
            ("Franstalige groene partij", "parti vert francophone"),
            ("Gendergelijkheid", "Égalité des genres"),
            ("Gelijke Kansen", "Égalité des chances"),
            ("Diversiteit", "Diversité"),
        ),
    ),
    "hairdressers-reopen": (
        ("13 februari 2021", "13 février 2021"),
        (
            ("drie maanden", "trois mois"),
            ("tweede lockdown", "deuxième confinement"),
            ("cijfers zijn gunstig", "chiffres sont favorables"),
            ("1 maart", "1er mars"),
        ),
    ),
    "justice-refusal": (
        ("4 maart 2021", "4 mars 2021"),
        (
            ("minister van Justitie", "ministre de la Justice"),
            _LIBERALS,
        ),
    ),
    "north-station-demonstration": (
        ("7 maart 2021", "7 mars 2021"),
        (
            ("zondag", "dimanche"),
            ("Brusselse Noordstation", "gare du Nord, à Bruxelles"),
            ("ongeveer dertig sekswerkers", "une trentaine de travailleur·euses du sexe"),
            ("minstens evenveel journalisten", "au moins autant de journalistes"),
            ("zeven uur", "sept heures"),
            "De Ochtend",
            ("Vlaamse openbare radio", "radio publique flamande"),
            ("beleidsmedewerker", "responsable du plaidoyer"),
            ("directeur", "directeur·ice"),
            ("enkele uren na de betoging", "quelques heures après la manifestation"),
            ("kabinet Justitie", "cabinet de la Justice"),
        ),
    ),
    "press-and-clarinval": (
        ("8 maart 2021", "8 mars 2021"),
        (
            ("maandag", "lundi"),
            ("zeven artikels", "sept articles"),
            ("volle pagina", "page entière"),
            "De Morgen",
            ("zeven uur 's morgens", "sept heures du matin"),
            "David Clarinval",
            (
                "nieuwe minister van Zelfstandigen en Middenstand",
                "nouveau ministre des Classes moyennes et des Indépendants",
            ),
        ),
    ),
    "health-cabinet": (
        ("24 maart 2021", "24 mars 2021"),
        (
            "Violett",
            "Espace P",
            ("minister van Volksgezondheid", "ministre de la Santé publique"),
            ("federale coronacommissaris", "commissaire corona du gouvernement fédéral"),
            ("een eerste basis", "les premières bases"),
        ),
    ),
    "decriminalisation-announced": (
        ("1 april 2021", "1er avril 2021"),
        (
            "Vincent Van Quickenborne",
            ("minister van Justitie", "ministre de la Justice"),
            "Sarah Schlitz",
            ("federaal parlement", "Parlement fédéral"),
            ("Raad van State", "Conseil d'État"),
            ("zes weken", "six semaines"),
        ),
    ),
    "protocol-ready": (("20 mei 2021", "20 mai 2021"), (("op één na", "sauf une"),)),
    "protocol-approved": (
        ("2 juni 2021", "2 juin 2021"),
        (
            ("minister van Werk", "ministre du Travail"),
            ("Zelfstandigen en Middenstand", "Classes moyennes et des Indépendants"),
        ),
    ),
    "second-reopening": (
        ("9 juni 2021", "9 juin 2021"),
        (
            ("België", "Belgique"),
            ("Raad van State", "Conseil d'État"),
            ("staatssecretaris", "secrétaire d'État"),
            ("kabinet Justitie", "cabinet de la Justice"),
            ("volgens ons om paniek te zaaien", "selon nous pour semer la panique"),
        ),
    ),
    "opinion-le-soir": (
        ("22 juni 2021", "22 juin 2021"),
        (
            "Le Soir",
            ("30 jaar", "30 ans"),
            ("eerste opiniestuk", "première carte blanche"),
        ),
    ),
    "opinion-la-libre": (
        ("23 juni 2021", "23 juin 2021"),
        (
            "La Libre Belgique",
            ("tweede opiniestuk", "deuxième carte blanche"),
        ),
    ),
    "opinion-faces": (
        ("24 juni 2021", "24 juin 2021"),
        (
            "FACES",
            ("straffeloosheid voor pooiers", "l'impunité des proxénètes"),
            ("volgens ons uit intellectuele oneerlijkheid", "selon nous par malhonnêteté"),
            ("zes Franstalige vrouwenbewegingen", "six mouvements de femmes francophones"),
            "RTBF",
            ("Franstalige openbare omroep", "média public francophone"),
            ("meer dan een jaar", "plus d'un an"),
            ("drie organen van de Verenigde Naties", "trois organes des Nations unies"),
            "2018",
        ),
    ),
    "opinion-le-vif": (
        ("27 juni 2021", "27 juin 2021"),
        (
            "UTSOPI",
            "Espace P",
            "Le Vif",
            ("24 nationale en internationale", "24 organisations nationales et internationales"),
        ),
    ),
    "faces-demonstration": (
        ("7 juli 2021", "7 juillet 2021"),
        (
            "FACES",
            ("ministerie van Justitie", "ministère de la Justice"),
            "UTSOPI",
        ),
    ),
    "ecolo-remark": (
        ("8 juli 2021", "8 juillet 2021"),
        (
            "Ecolo",
            ("met opzet verzwegen, vinden wij", "passée sciemment sous silence, selon nous"),
            ("wij met een veel te klein team", "notre organisation mène une guerre d'usure"),
            ("kabinet Justitie", "cabinet de la Justice"),
        ),
    ),
    "ministers-compromise": (
        ("16 juli 2021", "16 juillet 2021"),
        (
            ("ministerraad", "Conseil des ministres"),
            ("onbegrijpelijk", "incompréhensible"),
            ("koning", "Roi"),
        ),
    ),
    "bill-to-committee": (
        ("19 juli 2021", "19 juillet 2021"),
        (
            _JUSTICE_COMMITTEE,
            ("federaal parlement", "Parlement fédéral"),
            ("najaar", "automne"),
        ),
    ),
    "member-think-groups": (
        ("september 2021", "septembre 2021"),
        (
            ("drie meerderheidspartijen", "trois partis de la majorité"),
            ("nationale vakbonden", "syndicats nationaux"),
        ),
    ),
    "hearing-invitation": (
        ("18 oktober 2021", "18 octobre 2021"),
        (
            _JUSTICE_COMMITTEE,
            "UTSOPI",
            "Violett",
            ("duizenden sekswerkers per jaar", "milliers de travailleur·euses du sexe par an"),
            ("Vlaanderen", "Flandre"),
            _CENTRES,
            ("drie erkende centra", "trois centres reconnus"),
            ("samen tien minuten", "ensemble de dix minutes"),
            ("drie organisaties", "trois organisations"),
            ("elk drie keer zoveel", "chacune trois fois plus"),
            ("eerlijke en objectieve aanpak", "rien d'équitable ni d'objectif"),
        ),
    ),
    "utsopi-hearing": (
        ("26 oktober 2021", "26 octobre 2021"),
        (
            "UTSOPI",
            ("beleidsmedewerker", "responsable du plaidoyer"),
            ("covoorzitster", "coprésidente"),
            ("raad van juridische experts", "conseil d'expert·es juridiques"),
            ("communicerende vaten", "vases communicants"),
        ),
    ),
    "prosecutors-general": (
        ("27 oktober 2021", "27 octobre 2021"),
        (
            _COLLEGE,
            ("genadeslag", "coup de grâce"),
            ("anderhalf jaar", "un an et demi"),
            ("minstens twintig gevallen", "au moins vingt cas"),
            "Payoke",
            ("Antwerpen", "Anvers"),
            ("drie centra", "trois centres"),
            "Violett",
            "Espace P",
            ("11 punten", "11 points"),
        ),
    ),
    "amendments-with-centres": (
        ("3 november 2021", "3 novembre 2021"),
        (
            ("drie centra", "trois centres"),
            ("twee uur", "deux heures"),
            ("vier organisaties", "quatre organisations"),
        ),
    ),
    "coalition-grows": (
        ("4 november 2021", "4 novembre 2021"),
        (
            "Espace P",
            "Alias",
            "Violett",
            "Fédération des Services Sociaux",
            ("82 sociale diensten", "82 services sociaux"),
            ("Wallonië en Brussel", "Wallonie et à Bruxelles"),
            ("Dokters van de Wereld", "Médecins du Monde Belgique"),
            "Liga voor Mensenrechten",
        ),
    ),
    "bilingual-text": (
        ("6–7 november 2021", "6–7 novembre 2021"),
        (
            "UTSOPI",
            ("één weekend", "un week-end"),
            ("Nederlands", "néerlandais"),
            ("Frans", "français"),
        ),
    ),
    "letter-to-college": (
        ("8 november 2021", "8 novembre 2021"),
        (
            "Sensoa",
            ("Vlaamse expertisecentrum voor seksualiteit", "centre d'expertise flamand"),
            "Entre 2 Wallonie",
            _COLLEGE,
        ),
    ),
    "proposals-to-members": (
        ("9 november 2021", "9 novembre 2021"),
        (
            _JUSTICE_COMMITTEE,
            ("elf organisaties", "onze organisations"),
        ),
    ),
    "committee-resumes": (
        ("16 november 2021", "16 novembre 2021"),
        (
            ("oppositie", "opposition"),
            ("medaille", "médaille"),
            ("ego", "ego"),
        ),
    ),
    "kern-agenda": (
        ("6 december 2021", "6 décembre 2021"),
        (
            "Kern",
            ("zo horen we", "à ce qu'on nous dit"),
            ("vicepremiers", "vice-Premier·ères ministres"),
            ("Eén meerderheidspartij", "un parti de la majorité"),
        ),
    ),
    "majority-agreement": (
        ("13 december 2021", "13 décembre 2021"),
        (
            ("'s avonds", "dans la soirée"),
            ("meerderheidspartijen", "partis de la majorité"),
        ),
    ),
    "amendments-sent": (
        ("14 december 2021", "14 décembre 2021"),
        (
            ("enkele uren", "quelques heures"),
            ("oppositie", "opposition"),
        ),
    ),
    "amendments-adopted": (
        ("15 december 2021", "15 décembre 2021"),
        (
            "UTSOPI",
            ("tien organisaties", "dix organisations"),
            ("iedereen die in een andere sector werkt", "tous les autres secteurs"),
            ("Raad van State", "Conseil d'État"),
        ),
    ),
    "last-committee-debate": (
        ("22 februari 2022", "22 février 2022"),
        (
            ("minder dan anderhalf uur", "moins d'une heure et demie"),
            ("Raad van State", "Conseil d'État"),
            ("één lid van de oppositie", "un·e seul·e membre de l'opposition"),
            (
                "als bijvoorbeeld PTB-PVDA tegenstemde",
                "si le PTB-PVDA, par exemple, votait contre",
            ),
        ),
    ),
    "at-the-gates-of-parliament": (
        ("17 maart 2022", "17 mars 2022"),
        (
            ("in de vooravond", "en début de soirée"),
            "UTSOPI",
            "Violett",
            "Espace P",
            ("Dokters van de Wereld", "Médecins du Monde"),
            "Vincent Van Quickenborne",
            ("honderdduizenden wereldwijd", "centaines de milliers de personnes"),
        ),
    ),
    "parliament-vote": (
        ("18 maart 2022 om 1.35 uur", "18 mars 2022 à 1 h 35"),
        (
            ("om 1.35 uur 's nachts", "à 1 h 35 du matin"),
            ("70 stemmen voor", "70 voix pour"),
            ("41 onthoudingen", "41 abstentions"),
            ("slechts 4 stemmen tegen", "seulement 4 voix contre"),
            ("Belgische parlement", "Parlement belge"),
        ),
    ),
    "labour-framework": (
        ("21 maart 2022", "21 mars 2022"),
        (
            ("drie dagen later", "trois jours plus tard"),
            _LIBERALS,
        ),
    ),
}

# What others said or printed, word for word as the union gives it.
QUOTED_IN_DUTCH: Mapping[str, str] = {
    "first-reopening": (
        "Het is niet omdat de sekswerkers in een grijze juridische zone opereren dat we moeten doen"
        " alsof ze niet bestaan. Met dit protocol dragen we bij aan de publieke gezondheid."
    ),
    "coalition-agreement": (
        "Er zal in overleg met de actoren in het veld nagedacht worden over een verbetering van de"
        " levens- en werkomstandigheden van de sekswerkers."
    ),
    "opinion-le-soir": "Zal 30 jaar strijd tegen mensenhandel worden weggevaagd?",
    "opinion-la-libre": (
        "De hervorming van het wetboek van strafrecht riskeert pooierschap te faciliteren"
    ),
    "opinion-le-vif": "Sekswerk: eindelijk een belangrijke vooruitgang in de wetgeving?",
    "ecolo-remark": (
        "Ik weet dat het werk dat u doet moeilijk is. We moeten geen morele kijk op prostitutie"
        " hebben, maar experts in het veld vertellen ons dat legalisering een aanzuigeffect zal"
        " veroorzaken op mensenhandel."
    ),
    "at-the-gates-of-parliament": (
        "Ethiek hebben we nodig, en geen moraal. Objectieve feiten en intellectuele eerlijkheid, en"
        " geen hysterisch paniekvoetbal. We hopen dat ons voorbeeld snel navolging krijgt, in het"
        " belang van honderdduizenden wereldwijd die gebukt gaan onder stigmatisering, willekeur en"
        " rechteloosheid."
    ),
}

# Only what was said in Dutch, or in both languages: to translate the rest back would misquote it.
QUOTED_IN_FRENCH: Mapping[str, str] = {
    "coalition-agreement": (
        "Une réflexion sera menée, en concertation avec les acteurs de terrain, sur une"
        " amélioration des conditions de vie et de travail des travailleurs et travailleuses du"
        " sexe."
    ),
    "at-the-gates-of-parliament": (
        "C'est d'éthique que nous avons besoin, et non de morale. De faits objectifs et d'honnêteté"
        " intellectuelle, et non d'un affolement hystérique. Nous espérons que notre exemple sera"
        " vite suivi, dans l'intérêt de centaines de milliers de personnes qui, de par le monde,"
        " ploient sous la stigmatisation, l'arbitraire et l'absence de droits."
    ),
}

_SAME = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'", "\u00ad": None})
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def plain(text: str) -> str:
    """The text as a reader hears it: capitals, kinds of spaces and of apostrophes are equal."""
    return " ".join(text.translate(_SAME).split()).casefold()


def tells(text: str, words: str) -> bool:
    """Whether these whole words stand in the plain text; `4` is not told by `41`."""
    return re.search(rf"(?<!\w){re.escape(plain(words))}(?!\w)", text) is not None


def text_of(element: html.HtmlElement) -> str:
    return plain(element.text_content())


def in_language(fact: Fact, language: str) -> str:
    return fact if isinstance(fact, str) else fact[LANGUAGES.index(language)]


def untold(facts: tuple[Fact, ...], text: str, language: str) -> list[str]:
    words = [in_language(fact, language) for fact in facts]
    return [each for each in words if not tells(text, each)]


@pytest.fixture(scope="module")
def mains(whole_build: Build) -> dict[str, html.HtmlElement]:
    """The main part of every page, by the source it was made from."""
    return {
        output.origin: html.document_fromstring(output.data.decode()).find(".//main")
        for output in whole_build.outputs
        if output.origin.startswith("content/") and output.is_page
    }


def passage(main: html.HtmlElement, heading: str) -> html.HtmlElement:
    """The section under the heading with this id."""
    (section,) = main.xpath(".//*[@id=$id]/ancestor-or-self::section[1]", id=heading)
    return section


@in_each_language
@pytest.mark.parametrize("place", PAGES)
def test_a_page_tells(place: str, language: str, mains: dict[str, html.HtmlElement]) -> None:
    key, _, heading = place.partition("#")
    main = mains[f"content/{key}/{language}.md"]
    text = text_of(passage(main, heading) if heading else main)
    assert untold(PAGES[place], text, language) == []


@in_each_language
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_tells(event: str, language: str, mains: dict[str, html.HtmlElement]) -> None:
    date, facts = EVENTS[event]
    (article,) = mains[f"content/timeline/{language}.md"].xpath(".//article[@id=$id]", id=event)
    (time,) = article.xpath("./h3//time")
    (told,) = article.xpath("./div[contains(@class, 'prose')]")
    assert text_of(time) == plain(in_language(date, language))
    assert untold(facts, text_of(article.find("h3")) + " " + text_of(told), language) == []


def told(event: str, language: str, mains: dict[str, html.HtmlElement]) -> str:
    """The text of an event, without its title, date and figures."""
    (article,) = mains[f"content/timeline/{language}.md"].xpath(".//article[@id=$id]", id=event)
    return plain(article.xpath("string(./div[contains(@class, 'prose')])"))


@pytest.mark.parametrize("event", EVENTS)
def test_dutch_quotes_word_for_word_and_nothing_else(
    event: str, mains: dict[str, html.HtmlElement]
) -> None:
    quoted = re.findall(r"\u2018([^\u2018]*)'(?!\w)", told(event, "nl", mains))
    assert quoted == [plain(each) for key, each in QUOTED_IN_DUTCH.items() if key == event]


@pytest.mark.parametrize("event", EVENTS)
def test_french_quotes_only_what_it_may_translate_and_says_so(
    event: str, mains: dict[str, html.HtmlElement]
) -> None:
    text = told(event, "fr", mains)
    quoted = [each.strip() for each in re.findall(r"«([^»]*)»", text)]
    assert quoted == [plain(each) for key, each in QUOTED_IN_FRENCH.items() if key == event]
    assert ("(nous traduisons)" in text) is (event in QUOTED_IN_FRENCH)


@in_each_language
def test_the_events_stand_in_order(language: str, mains: dict[str, html.HtmlElement]) -> None:
    shown = mains[f"content/timeline/{language}.md"].xpath(".//article/@id")
    assert len(EVENTS) == 57
    assert [each for each in shown if each in EVENTS] == list(EVENTS)


@in_each_language
def test_the_mission_has_its_ten_points_in_order(
    language: str, mains: dict[str, html.HtmlElement]
) -> None:
    shown = mains[f"content/mission/{language}.md"].xpath(".//@id")
    assert [each for each in shown if each in MISSION_IN_ORDER] == MISSION_IN_ORDER


def test_whole_words_only() -> None:
    assert tells(plain("70 voix pour, 4\u00a0voix contre d’UTSOPI."), "4 voix contre")
    assert tells(plain("d’UTSOPI."), "utsopi")
    assert not tells(plain("41 abstentions"), "4")
    assert not tells(plain("Gentbrugge"), "Gent")
