"""Web hosts that are the same place for readers: with and without `www.`, and the hosts of one
Belgian institution in several languages.

A translation may link to the host of its own language. A row of `SAME_HOSTS` also covers the
subdomains of its hosts.
"""

from __future__ import annotations

SAME_HOSTS = (
    {"nl": "belgie.be", "fr": "belgique.be", "de": "belgien.be", "en": "belgium.be"},
    {"nl": "abvv.be", "fr": "fgtb.be"},
    {"nl": "aclvb.be", "fr": "cgslb.be"},
    {"nl": "amnesty-international.be", "fr": "amnesty.be"},
    {"nl": "azg.be", "fr": "msf.be"},
    {"nl": "bipt.be", "fr": "ibpt.be"},
    {"nl": "brussel.be", "fr": "bruxelles.be", "en": "brussels.be"},
    {"nl": "caritasvlaanderen.be", "fr": "caritas.be"},
    {"nl": "cm.be", "fr": "mc.be"},
    {"nl": "dekamer.be", "fr": "lachambre.be", "de": "diekammer.be"},
    {"nl": "doktersvandewereld.be", "fr": "medecinsdumonde.be"},
    {
        "nl": "gegevensbeschermingsautoriteit.be",
        "fr": "autoriteprotectiondonnees.be",
        "de": "datenschutzbehorde.be",
        "en": "dataprotectionauthority.be",
    },
    {"nl": "kanker.be", "fr": "cancer.be"},
    {"nl": "mensenrechten.be", "fr": "liguedh.be"},
    {"nl": "mivb.be", "fr": "stib.be"},
    {"nl": "nmbs.be", "fr": "sncb.be"},
    {"nl": "pensioendienst.fgov.be", "fr": "sfpd.fgov.be"},
    {"nl": "politie.be", "fr": "police.be", "de": "polizei.be"},
    {"nl": "riziv.fgov.be", "fr": "inami.fgov.be"},
    {"nl": "rodekruis.be", "fr": "croix-rouge.be"},
    {"nl": "rsvz.be", "fr": "inasti.be"},
    {"nl": "rsvz-inasti.fgov.be", "fr": "inasti-rsvz.fgov.be"},
    {"nl": "rsz.be", "fr": "onss.be"},
    {"nl": "rsz.fgov.be", "fr": "onss.fgov.be"},
    {"nl": "rva.be", "fr": "onem.be", "de": "lfa.be"},
    {"nl": "staatsblad.be", "fr": "moniteur.be"},
    {"nl": "tele-onthaal.be", "fr": "tele-accueil.be"},
    {"nl": "vlaanderen.be", "fr": "flandre.be", "en": "flanders.be"},
    {"nl": "werk.brussels", "fr": "emploi.brussels"},
    {"nl": "zelfmoord1813.be", "fr": "preventionsuicide.be"},
)


def plain_host(host: str) -> str:
    """The host in small letters, without `www.` and a dot at its end, to compare it with other
    hosts.
    """
    return host.lower().rstrip(".").removeprefix("www.")
