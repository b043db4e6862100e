"""The ways of docs/nl/vertaaldienst.md and docs/fr/service-de-traduction.md, step by step, with the files.

The Translate Toolkit does there what a translation service does; Weblate reads and writes its PO files
with the library of the same. Where it is not installed, these tests are skipped.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import ROOT
from tests.test_exchange import FR, NL, TIMELINE, office
from tests.translating import Office

__all__ = ["office"]
GUIDES = [ROOT / "docs/nl/vertaaldienst.md", ROOT / "docs/fr/service-de-traduction.md"]
XLIFF = "{urn:oasis:names:tc:xliff:document:1.1}"
NEW = {  # what a translator writes, by the text that it stands for
    "Wij zijn met zes begonnen, in de zomer van 2015.": "Nous étions six au début, pendant l'été 2015.",
    "- het allereerste punt; - het tweede punt op twee lijnen.": "- le tout premier point ;\n- le deuxième point.",
    "Lees [de vragen](page:home) \"nu\", aub; of 'straks'.": "Lisez [les questions](page:home) \"maintenant\" ; ou 'plus tard'.",
}


def tool(*words: str | Path, root: Path) -> None:
    """A command of the Translate Toolkit, in a folder."""
    near = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    program = shutil.which(str(words[0]), path=near)
    if program is None:
        pytest.skip("the Translate Toolkit is not installed")
    call = [program, *map(str, words[1:])]
    subprocess.run(call, cwd=root, check=True, capture_output=True, text=True)


@pytest.fixture
def sent(office: Callable[..., Office], tmp_path: Path) -> Office:
    """A site of which three texts wait for French, and its file for a translator."""
    site = office().edited(NL, "met vijf begonnen", "met zes begonnen")
    more = "> Een citaat van ons.\n\nLees [de vragen](page:home) \"nu\", aub; of 'straks'.\n"
    site = site.edited(NL, "> Een citaat van ons.\n", more)
    site = site.edited(NL, "het eerste punt", "het allereerste punt")
    (tmp_path / "fr.po").write_text(site.export("fr"), encoding="utf-8")
    return site


def lands(site: Office, path: Path, *, fuzzy: bool = True) -> None:
    """What came back is taken in: these texts, and nothing else."""
    after = site.imported(path.read_text(encoding="utf-8"), fuzzy=fuzzy)
    assert after.changed(site) == [FR]
    text = " ".join(after.text(FR).split())
    for each in NEW.values():
        assert each.partition("\n")[0].removeprefix("- ") in text
    assert after.text(TIMELINE) == site.text(TIMELINE)


def test_by_xliff(sent: Office, tmp_path: Path) -> None:
    tool("po2xliff", "fr.po", "fr.xlf", root=tmp_path)
    document = etree.parse(tmp_path / "fr.xlf")
    left = set(NEW)
    for unit in document.iter(f"{XLIFF}trans-unit"):
        source = " ".join((unit.findtext(f"{XLIFF}source") or "").split())
        if source not in NEW:  # the head
            continue
        target = unit.find(f"{XLIFF}target")
        if target is None:
            target = etree.SubElement(unit, f"{XLIFF}target")
        target.text = NEW[source]
        target.attrib.pop("state", None)
        unit.set("approved", "yes")
        left.discard(source)
    assert not left
    document.write(tmp_path / "fr.xlf", encoding="utf-8", xml_declaration=True)
    tool("pomerge", "-t", "fr.po", "-i", "fr.xlf", "-o", "back.po", root=tmp_path)
    lands(sent, tmp_path / "back.po")


def test_by_a_spreadsheet(sent: Office, tmp_path: Path) -> None:
    tool("po2csv", "--no-escape-formulas", "fr.po", "fr.csv", root=tmp_path)
    with (tmp_path / "fr.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    source, target = head.index("source"), head.index("target")
    for row in rows:
        row[target] = NEW[" ".join(row[source].split())]
    with (tmp_path / "fr.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    tool("csv2po", "-t", "fr.po", "fr.csv", "back.po", root=tmp_path)
    lands(sent, tmp_path / "back.po")


WEBLATE = """\
import sys
from translate.storage import pypo
new = dict(zip(sys.argv[2::2], sys.argv[3::2]))
store = pypo.pofile.parsefile(sys.argv[1])
store.updateheader(add=True, Last_Translator="Ann <ann@example.org>", X_Generator="Weblate 5.13",
                   PO_Revision_Date="2027-03-01 10:00+0000", Language_Team="French <x@example.org>")
for unit in store.units:
    text = " ".join(str(unit.source).split())
    if text in new:
        unit.target = new[text]
        unit.markfuzzy(False)
store.save()
"""


def test_by_weblate(sent: Office, tmp_path: Path) -> None:
    """The whole file, as `export --all` writes it, and as Weblate writes it: another head, other breaks."""
    (tmp_path / "fr.po").write_text(sent.export("fr", everything=True), encoding="utf-8")
    near = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    program = shutil.which("po2xliff", path=near)
    if program is None:
        pytest.skip("the Translate Toolkit is not installed")
    python = Path(program).read_text(encoding="utf-8").partition("\n")[0].removeprefix("#!")
    texts = [each for pair in NEW.items() for each in pair]
    call = [*python.split(), "-c", WEBLATE, str(tmp_path / "fr.po"), *texts]
    subprocess.run(call, check=True, capture_output=True, text=True)
    assert "X-Generator: Weblate" in (tmp_path / "fr.po").read_text(encoding="utf-8")
    lands(sent, tmp_path / "fr.po", fuzzy=False)


def test_a_mark_that_stays_counts_only_where_somebody_wrote(sent: Office) -> None:
    """As it comes back from a spreadsheet: an old text that nobody touched is not confirmed by that."""
    untouched = sent.export("fr")
    assert "#, fuzzy" in untouched
    assert sent.imported(untouched, fuzzy=True).changed(sent) == []
    old, new = "Nous étions cinq au début", "Nous étions six au début"
    assert sent.imported(untouched.replace(old, new), fuzzy=True).changed(sent) == [FR]
    assert sent.imported(untouched.replace(old, new)).changed(sent) == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_the_guides_give_these_commands(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    for command in (
        "po2xliff",
        "pomerge -t",
        "po2csv --no-escape-formulas",
        "csv2po -t",
        "translations/*.po",
    ):
        assert command in text
    assert text.count("--fuzzy") == 2  # after XLIFF and after a spreadsheet, where the mark stays
