"""Files as real programs write them pass, or are refused as they should be, and name nobody.

`tests/samples/` was made by its `make.sh`: Chromium, LibreOffice, Ghostscript, pdfTeX, ImageMagick,
exiftool, qpdf, libheif, Poppler, cairo, groff. For Word, macOS and phones no program was at hand: the files below
are made after their documented forms (ISO 32000-2; Apple's and Microsoft's own metadata names).
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf, Stream, String
from PIL import Image

from diptych.files import make_image, remake_picture
from diptych.files.pdf import clean_pdf
from diptych.model import File
from tests.unit.test_pdf import XMP, flyer, tells, written

FOLDER = Path(__file__).resolve().parent.parent / "samples"
AUTHOR = "Marijke Verstappen"
PROGRAMS = (
    "Writer",
    "LibreOffice",
    "Chromium",
    "Skia",
    "Ghostscript",
    "ImageMagick",
    "pdfTeX",
    "ExifTool",
    "XMP Core",
    "Microsoft",
    "Quartz",
    "Fotokamer",
    "cairo",
    "groff",
)
REFUSED = {
    "libreoffice-cut.pdf": "damaged-file",
    "qpdf-locked.pdf": "author-data",
    "imagemagick-moving.webp": "moving-image",
    "imagemagick-gif.png": "damaged-image",
}
TAKEN_OUT = {"qpdf-enclosed.pdf", "libreoffice-editable.pdf"}
WITH_REMARKS = {"ghostscript.pdf", "poppler.pdf", "qpdf-enclosed.pdf"}  # of the PostScript file
PDFS = sorted(each.name for each in FOLDER.glob("*.pdf"))
PICTURES = sorted(each.name for each in FOLDER.iterdir() if each.suffix not in (".pdf", ".sh"))


def read(name: str) -> File:
    return File(f"content/about/{name}", (FOLDER / name).read_bytes())


def test_there_are_fifteen_of_each_and_each_is_small() -> None:
    assert min(len(PDFS), len(PICTURES)) >= 15
    assert [each.name for each in FOLDER.iterdir() if each.stat().st_size > 30_000] == []


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_of_a_program_names_nobody(name: str, tmp_path: Path) -> None:
    outcome = clean_pdf(read(name))
    if name in REFUSED:
        assert [each.check for each in outcome.diagnostics] == [REFUSED[name]]
        return
    told = ["taken-out"] * (name in TAKEN_OUT) + ["hidden-in-pdf"] * (name in WITH_REMARKS)
    assert [each.check for each in outcome.diagnostics] == told
    assert outcome.value is not None
    assert nobody_in(outcome.value.data, tmp_path)
    before, after = (Pdf.open(io.BytesIO(each)) for each in (read(name).data, outcome.value.data))
    assert len(before.pages) == len(after.pages)
    for key in ("/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines", "/ViewerPreferences"):
        assert (key in before.Root) == (key in after.Root), key
    assert addresses(before) == addresses(after)
    assert [each.Contents.read_bytes() for each in before.pages] == [
        each.Contents.read_bytes() for each in after.pages
    ]


def addresses(pdf: Pdf) -> list[str]:
    links = (each for page in pdf.pages for each in page.get("/Annots", []))
    actions: list[Any] = [each.get("/A", {}) for each in links]
    return [str(each["/URI"]) for each in actions if "/URI" in each]


def nobody_in(data: bytes, folder: Path) -> bool:
    """By what we read, and by what exiftool and pdfinfo find where they are installed."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        found = tells(pdf, AUTHOR, "/CreationDate", "/ModDate", "/Producer", "/Creator", *PROGRAMS)
    path = folder / "a.pdf"
    path.write_bytes(data)
    for program in ("exiftool", "pdfinfo"):
        if shutil.which(program):
            told = subprocess.run(
                [program, path.name], cwd=folder, capture_output=True, text=True, check=False
            )
            about = [
                each
                for each in told.stdout.splitlines()
                if not each.startswith(("ExifTool", "File "))
            ]
            words = (
                "Author",
                "Creator",
                "Producer",
                "Create Date",
                "CreationDate",
                AUTHOR,
                *PROGRAMS,
            )
            found += [word for word in words if any(word in line for line in about)]
    assert found == []
    return True


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_a_program_names_nobody(name: str, tmp_path: Path) -> None:
    made = make_image(read(name))
    if name in REFUSED:
        assert [each.check for each in made.diagnostics] == [REFUSED[name]]
        return
    assert (made.diagnostics, made.value is None) == ((), False)
    assert made.value is not None
    files = [(each.path.rpartition(".")[2], each.data) for each in made.value.files]
    if not name.endswith(".heic"):
        again = remake_picture(read(name)).value
        assert again is not None
        files.append((name.rpartition(".")[2], again.data))
    for ending, data in files:
        assert not [word for word in (AUTHOR, *PROGRAMS, "GPS", "Exif") if word.encode() in data]
        assert not Image.open(io.BytesIO(data)).getexif()
        if shutil.which("exiftool"):
            path = tmp_path / f"a.{ending}"
            path.write_bytes(data)
            told = subprocess.run(
                ["exiftool", path.name], cwd=tmp_path, capture_output=True, text=True, check=False
            )
            words = (
                AUTHOR,
                "GPS",
                "Artist",
                "Comment",
                "Make ",
                "By-line",
                "Date/Time Original",
                "Profile Description",
            )
            assert not [word for word in words if word in told.stdout]


def word(pdf: Pdf) -> None:
    """As Word for Windows exports: its names in Info and XMP, tags, its own document id."""
    pdf.docinfo["/Author"] = pdf.docinfo["/Company"] = AUTHOR
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = "Microsoft® Word for Microsoft 365"
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = "D:20240301120000+01'00'"
    pdf.Root.Metadata = Stream(pdf, XMP.replace("{person}", AUTHOR).encode())


def macos(pdf: Pdf) -> None:
    """As Quartz prints: keywords of its own, and no XMP."""
    pdf.docinfo["/Author"], pdf.docinfo["/Creator"] = AUTHOR, "Pages"
    pdf.docinfo["/Producer"] = "macOS Version 14.4 (Build 23E214) Quartz PDFContext"
    pdf.docinfo["/AAPL:Keywords"] = pikepdf.Array([String(AUTHOR)])


def acrobat(pdf: Pdf) -> None:
    """As Acrobat and Illustrator leave it: private data of a page, the way of the document in XMP."""
    pdf.pages[0].PieceInfo = Dictionary(
        Illustrator=Dictionary(Private=Stream(pdf, AUTHOR.encode()))
    )
    history = XMP.replace("{person}", AUTHOR).replace(
        "</rdf:Description>", f"<h>{AUTHOR}</h></rdf:Description>"
    )
    pdf.pages[0].Metadata = Stream(pdf, history.encode())


def phone(pdf: Pdf) -> None:
    """As a phone scans: a JPEG with its camera in a page."""
    exif, body = Image.Exif(), io.BytesIO()
    exif[0x010F], exif[0x013B] = "Fotokamer", AUTHOR
    Image.new("RGB", (8, 8)).save(body, "JPEG", exif=exif)
    scan = Stream(
        pdf, body.getvalue(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode
    )
    scan.Width = scan.Height = scan.BitsPerComponent = 8
    scan.ColorSpace = Name.DeviceRGB
    pdf.pages[0].Resources.XObject = Dictionary(Im1=scan)
    pdf.docinfo["/Producer"] = "iOS Version 17.4 (Build 21E219) Quartz PDFContext"


@pytest.mark.parametrize("program", [word, macos, acrobat, phone], ids=lambda each: each.__name__)
def test_a_file_after_its_documented_form_names_nobody(
    program: Callable[[Pdf], None], tmp_path: Path
) -> None:
    pdf = flyer()
    program(pdf)
    data = written(pdf)
    assert tells(Pdf.open(io.BytesIO(data)), AUTHOR) == [AUTHOR]
    outcome = clean_pdf(File("content/about/a.pdf", data))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert nobody_in(outcome.value.data, tmp_path)
