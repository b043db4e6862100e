"""A PDF is written anew: nothing tells of its makers, nothing acts, and readers keep what they need."""

from __future__ import annotations

import base64
import contextlib
import io
import multiprocessing
import random
import re
import resource
import zlib
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageCms

from diptych.diagnostics import Outcome
from diptych.files import pdf_objects as door
from diptych.files.pdf import clean_pdf
from diptych.model import File
from diptych.pipeline import Build
from tests.strategies import named

PERSON = "Marijke Verstappen"
PATH = "content/about/flyer.pdf"
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmp:CreatorTool="{person}"'
    ' pdfuaid:part="1"><dc:creator><rdf:Seq><rdf:li>{person}</rdf:li></rdf:Seq></dc:creator>'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Onze rechten &amp; meer</rdf:li></rdf:Alt></dc:title>'
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


def flyer() -> Pdf:
    """A page as a reader needs it: text, title, language, tags, a link, an outline."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    page = pdf.pages[0]
    page.Contents = Stream(pdf, b"BT /F1 12 Tf 20 100 Td (Onze rechten) Tj ET")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Annots = Array([link(pdf, Dictionary(S=Name.URI, URI=String("https://example.org/")))])
    root = pdf.Root
    root.Lang = String("nl-BE")
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.TH, P=tree, Pg=page.obj, ID=String("a1"))
    )
    root.StructTreeRoot = tree
    root.PageMode = Name.UseOutlines
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Rechten", 0))
    pdf.docinfo["/Title"] = "Onze rechten"
    return pdf


def link(pdf: Pdf, action: Dictionary) -> Dictionary:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 50, 50]),
            A=action,
            Contents=String("naar de site"),
        )
    )


def written(pdf: Pdf, **options: object) -> bytes:
    body = io.BytesIO()
    pdf.save(body, **options)  # type: ignore[arg-type]
    return body.getvalue()


def cleaned(data: bytes | Pdf) -> Outcome[File | None]:
    return clean_pdf(File(PATH, data if isinstance(data, bytes) else written(data)))


def published(data: bytes | Pdf, *acting: str) -> Pdf:
    """The file as it is published; `acting` is what the note says was taken out."""
    outcome = cleaned(data)
    told = [each for each in outcome.diagnostics if each.check != "hidden-in-pdf"]
    assert [(each.check, each.severity.value) for each in told] == [("taken-out", "info")] * bool(
        acting
    )
    if acting:
        names = dict(told[0].message.arguments)["names"]
        assert names == ", ".join(acting)
    assert outcome.value is not None
    return Pdf.open(io.BytesIO(outcome.value.data))


def everything(pdf: Pdf) -> Iterator[bytes]:
    """Every object and every stream of a file, opened where it can be."""
    for each in [*pdf.objects, pdf.trailer]:
        if not isinstance(each, Stream):
            yield each.unparse(resolved=True)
            continue
        yield each.stream_dict.unparse(resolved=True)
        yield each.read_raw_bytes()
        if isinstance(each.get("/Filter"), Array):  # a picture that was packed once more
            settings = list(each.get("/DecodeParms", Array([None] * len(each.Filter))))
            packed = Stream(pdf, each.read_raw_bytes(), Filter=Array(list(each.Filter)[:-1]))
            packed.DecodeParms = Array(settings[:-1])
            yield packed.read_bytes()
        with contextlib.suppress(pikepdf.PdfError):  # a picture, which is read as it is
            yield each.read_bytes()


def tells(pdf: Pdf, *words: str) -> list[str]:
    whole = b"\n".join(everything(pdf))
    forms = {
        word: (
            word.encode(),
            word.encode("utf-16-be"),
            word.encode("utf-16-be").hex().encode(),
            word.encode().hex().encode(),
        )
        for word in words
    }
    return [word for word, seen in forms.items() if any(form in whole for form in seen)]


def test_what_a_reader_needs_stays() -> None:
    pdf = published(flyer())
    root = pdf.Root
    assert str(pdf.docinfo["/Title"]) == "Onze rechten"
    assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("nl-BE", True)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.StructTreeRoot.K.ID) == "a1"
    annotation = pdf.pages[0].Annots[0]
    assert str(annotation.A.URI) == "https://example.org/"
    assert str(annotation.Contents) == "naar de site"
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Rechten"]
    assert b"Onze rechten" in pdf.pages[0].Contents.read_bytes()
    assert str(pdf.pages[0].Resources.Font.F1.BaseFont) == "/Helvetica"


def author_in_info(pdf: Pdf) -> None:
    for key in (
        "Author",
        "Creator",
        "Producer",
        "Manager",
        "Company",
        "Keywords",
        "SourceModified",
    ):
        pdf.docinfo["/" + key] = PERSON
    pdf.docinfo["/CreationDate"] = "D:20240301120000+01'00'"


def author_by_reference(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = pdf.make_indirect(String(PERSON))


def author_in_brackets(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = String(f"(({PERSON})) \\")


def author_in_two_bytes(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = String(b"\xfe\xff" + PERSON.encode("utf-16-be"))


def author_in_xmp(pdf: Pdf) -> None:
    pdf.Root.Metadata = Stream(pdf, XMP.replace("{person}", PERSON).encode())


def author_in_packed_xmp(pdf: Pdf) -> None:
    packed = zlib.compress(zlib.compress(XMP.replace("{person}", PERSON).encode()))
    pdf.Root.Metadata = Stream(pdf, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))


def author_in_hex(pdf: Pdf) -> None:
    data = XMP.replace("{person}", PERSON).encode().hex().encode() + b">"
    pdf.Root.Metadata = Stream(pdf, data, Filter=Name.ASCIIHexDecode)


def author_of_a_page(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.PieceInfo = Dictionary(
        Word=Dictionary(Private=String(PERSON), LastModified=String("D:2024"))
    )
    page.Metadata = Stream(pdf, XMP.replace("{person}", PERSON).encode())
    page.LastModified = String("D:20240301")


def author_of_a_remark(pdf: Pdf) -> None:
    note = link(pdf, Dictionary(S=Name.URI, URI=String("https://example.org/")))
    note.Subtype, note.T, note.M = Name.Highlight, String(PERSON), String("D:20240301")
    note.RC = String(f"<p>{PERSON}</p>")
    pdf.pages[0].Annots.append(note)


def author_of_a_layer(pdf: Pdf) -> None:
    layer = Dictionary(Type=Name.OCG, Name=String("Kaart"))
    layer.Usage = Dictionary(
        CreatorInfo=Dictionary(Creator=String(PERSON), Subtype=Name.Artwork),
        User=Dictionary(Type=Name.Ind, Name=String(PERSON)),
    )
    layer = pdf.make_indirect(layer)
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(Creator=String(PERSON), Order=Array([layer]))
    )


def author_of_a_picture(pdf: Pdf) -> None:
    body, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = PERSON
    Image.new("RGB", (8, 8), 9).save(body, "JPEG", exif=exif, comment=PERSON.encode())
    picture = Stream(
        pdf,
        body.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=8,
        Height=8,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    pdf.pages[0].Resources.XObject = Dictionary(Im0=picture)


def author_of_a_packed_picture(pdf: Pdf) -> None:
    author_of_a_picture(pdf)
    picture = pdf.pages[0].Resources.XObject.Im0
    picture.write(
        zlib.compress(picture.read_raw_bytes()),
        filter=Array([Name.FlateDecode, Name.DCTDecode]),
    )


def path_of_a_figure(pdf: Pdf) -> None:
    """As pdfTeX writes it."""
    figure = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form)
    figure["/PTEX.FileName"] = String(f"/home/{PERSON}/a.pdf")
    figure["/PTEX.InfoDict"] = Dictionary(Author=String(PERSON))
    pdf.pages[0].Resources.XObject = Dictionary(Fm0=figure)


def remark_between_what_is_drawn(pdf: Pdf) -> None:
    drawn = b"% " + PERSON.encode() + b"\nBT /F1 12 Tf 20 100 Td (Onze rechten, 100 % (nu)) Tj ET"
    pdf.pages[0].Contents = Array([Stream(pdf, b"q"), Stream(pdf, drawn), Stream(pdf, b"Q")])


def remark_at_the_end_of_a_line(pdf: Pdf) -> None:
    figure = Stream(pdf, b"q % (" + PERSON.encode() + b"\rQ", Type=Name.XObject, Subtype=Name.Form)
    figure.BBox = Array([0, 0, 9, 9])
    pdf.pages[0].Resources.XObject = Dictionary(Fm0=figure)


def author_of_a_mark(pdf: Pdf) -> None:
    drawn = b"/Span <</Author (" + PERSON.encode() + b") /Lang (nl)>> BDC (Onze rechten) Tj EMC"
    pdf.pages[0].Contents = Stream(pdf, drawn)


def keys_of_one_program(pdf: Pdf) -> None:
    pdf.Root["/MSWord.Reviewer"] = String(PERSON)
    pdf.pages[0].obj["/ABCD_Reviewer"] = Dictionary(Name=String(PERSON))


def author_of_a_thread(pdf: Pdf) -> None:
    told = Dictionary(Title=String(PERSON), Subject=String(PERSON), Keywords=String(PERSON))
    pdf.Root.Threads = Array([pdf.make_indirect(Dictionary(Type=Name.Thread, I=told))])


def properties_of_a_tag(pdf: Pdf) -> None:
    told = Dictionary(
        O=Name.UserProperties, P=Array([Dictionary(N=String("by"), V=String(PERSON))])
    )
    pdf.Root.StructTreeRoot.K.A = Array([told, Dictionary(O=Name.Table, Scope=Name.Column)])


def other_picture_in_its_place(pdf: Pdf) -> None:
    author_of_a_picture(pdf)
    picture = pdf.pages[0].Resources.XObject.Im0
    picture.Alternates = Array([Dictionary(Image=Stream(pdf, PERSON.encode()))])


def place_of_a_map(pdf: Pdf) -> None:
    """As QGIS and Acrobat write it; its name stands for the place."""
    measure = Dictionary(Subtype=Name.GEO, GPTS=Array([50, 4, 51, 4]))
    pdf.pages[0].obj["/VP"] = Array([Dictionary(Name=String(PERSON), Measure=measure)])
    pdf.pages[0].obj["/LGIDict"] = Dictionary(Description=String(PERSON))


def telling_jpeg(**options: object) -> bytes:
    """A JPEG whose maker stands in every place where a program can write it."""
    body, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = PERSON
    picture = Image.effect_noise((16, 16), 90).convert("RGB")
    picture.save(body, "JPEG", exif=exif, comment=PERSON.encode(), xmp=b"<x>%a</x>", **options)
    return body.getvalue()


def placed(pdf: Pdf, data: bytes, filters: list[Name], **more: object) -> Stream:
    picture = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=16, Height=16)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    picture.Filter = Array(filters)
    for key, value in more.items():
        picture[f"/{key}"] = value
    pdf.pages[0].Resources.XObject = Dictionary(Im0=picture)
    return picture


def between_the_scans(pdf: Pdf) -> None:
    data = telling_jpeg(progressive=True)
    scan = data.rindex(b"\xff\xda")
    remark = b"\xff\xfe" + (len(PERSON) + 2).to_bytes(2, "big") + PERSON.encode()
    placed(pdf, data[:scan] + remark + data[scan:], [Name.DCTDecode])


def behind_the_picture(pdf: Pdf) -> None:
    """As phones and editing programs add it."""
    placed(pdf, telling_jpeg() + telling_jpeg() + PERSON.encode(), [Name.DCTDecode])


def picture_in_letters(pdf: Pdf) -> None:
    """As old printer drivers write it."""
    body = base64.a85encode(telling_jpeg()) + b"~>"
    placed(pdf, body, [Name.ASCII85Decode, Name.DCTDecode])


def picture_packed_with_settings(pdf: Pdf) -> None:
    rows = b"".join(b"\0" + row.ljust(64, b"\0") for row in chunks(telling_jpeg(), 64))
    settings = Array([Dictionary(Predictor=10, Columns=64), Dictionary(ColorTransform=1)])
    filters = [Name.FlateDecode, Name.DCTDecode]
    placed(pdf, zlib.compress(rows), filters, DecodeParms=settings)


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    yield from (data[start : start + size] for start in range(0, len(data), size))


def picture_of_jpeg_2000(pdf: Pdf) -> None:
    body = io.BytesIO()
    Image.new("RGB", (16, 16), 9).save(body, "JPEG2000", comment=PERSON)
    box = (8 + len(PERSON)).to_bytes(4, "big") + b"xml " + PERSON.encode()
    placed(pdf, body.getvalue() + box, [Name.JPXDecode])


def picture_between_what_is_drawn(pdf: Pdf) -> None:
    head = b"q 9 0 0 9 0 0 cm BI /W 16 /H 16 /CS /RGB /BPC 8 /F /DCT ID "
    pdf.pages[0].Contents = Stream(pdf, head + telling_jpeg() + b"\nEI Q")


def picture_in_letters_between_what_is_drawn(pdf: Pdf) -> None:
    head = b"BI /W 16 /H 16 /CS /RGB /BPC 8 /F [/AHx /DCT] /DP [null <</ColorTransform 1>>] ID "
    figure = Stream(pdf, head + telling_jpeg().hex().encode() + b">\nEI", Subtype=Name.Form)
    pdf.pages[0].Resources.XObject = Dictionary(Fm0=figure)


REMARK = b"% " + PERSON.encode() + b"\n"


def remark_in_a_letter(pdf: Pdf) -> None:
    letter = Stream(pdf, b"500 0 d0 " + REMARK + b"0 0 9 9 re f")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=letter))
    pdf.pages[0].Resources.Font.F2 = pdf.make_indirect(font)


def remark_in_a_map_to_unicode(pdf: Pdf) -> None:
    body = b"/CIDInit begin " + REMARK + b"1 beginbfchar <01> <0041> endbfchar (100 % \\( ()) pop"
    pdf.pages[0].Resources.Font.F1.ToUnicode = Stream(pdf, body)


def remark_in_an_encoding(pdf: Pdf) -> None:
    body = b"%!PS-Adobe-3.0 Resource-CMap\n%%Title: (" + PERSON.encode() + b")\r/WMode 0 def"
    pdf.pages[0].Resources.Font.F1.Encoding = Stream(pdf, body, Type=Name.CMap, CMapName=Name.X)


def remark_in_the_program_of_a_font(pdf: Pdf) -> None:
    clear = (
        b"%!PS-AdobeFont-1.0: X 1\n%%Creator: " + PERSON.encode() + b"\n/FontName /X def eexec\n"
    )
    program = Stream(pdf, clear + bytes(range(256)), Length1=len(clear), Length2=256, Length3=0)
    pdf.pages[0].Resources.Font.F1.FontDescriptor = Dictionary(FontFile=program)


def remark_in_a_function(pdf: Pdf) -> None:
    function = Stream(pdf, b"{ " + REMARK + b" dup }", FunctionType=4)
    function.Domain, function.Range = Array([0, 1]), Array([0, 1, 0, 1])
    pdf.pages[0].Resources.ColorSpace = Dictionary(
        C=Array([Name.Separation, Name.X, Name.DeviceGray, function])
    )


def profile() -> bytes:
    """The colours of somebody's screen, with its name and its number."""
    body = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = int.from_bytes(body[128:132], "big")
    tags = bytearray(body[132 : 132 + 12 * count])
    for place in range(0, len(tags), 12):  # room for one tag more
        start = int.from_bytes(tags[place + 4 : place + 8], "big") + 12
        tags[place + 4 : place + 8] = start.to_bytes(4, "big")
    rest = body[132 + 12 * count :].replace("sRGB".encode("utf-16-be"), "Mari".encode("utf-16-be"))
    screen = b"mmod\0\0\0\0" + PERSON.encode()
    end = 132 + 12 * (count + 1) + len(rest)
    tag = b"mmod" + end.to_bytes(4, "big") + len(screen).to_bytes(4, "big")
    head = bytearray(body[:128])
    head[:4] = (end + len(screen)).to_bytes(4, "big")
    return bytes(head) + (count + 1).to_bytes(4, "big") + bytes(tags) + tag + rest + screen


def screen_of_a_picture(pdf: Pdf) -> None:
    colours = Stream(pdf, profile(), N=3)
    placed(pdf, zlib.compress(bytes(768)), [Name.FlateDecode]).ColorSpace = Array(
        [Name.ICCBased, colours]
    )


def screen_of_the_output(pdf: Pdf) -> None:
    intent = Dictionary(Type=Name.OutputIntent, DestOutputProfile=Stream(pdf, profile(), N=3))
    pdf.Root.OutputIntents = Array([intent])


MAKERS: tuple[Callable[[Pdf], None], ...] = (
    author_in_info,
    author_by_reference,
    author_in_brackets,
    author_in_two_bytes,
    author_in_xmp,
    author_in_packed_xmp,
    author_in_hex,
    author_of_a_page,
    author_of_a_remark,
    author_of_a_layer,
    author_of_a_picture,
    author_of_a_packed_picture,
    path_of_a_figure,
    remark_between_what_is_drawn,
    remark_at_the_end_of_a_line,
    author_of_a_mark,
    keys_of_one_program,
    author_of_a_thread,
    properties_of_a_tag,
    other_picture_in_its_place,
    place_of_a_map,
    between_the_scans,
    behind_the_picture,
    picture_in_letters,
    picture_packed_with_settings,
    picture_of_jpeg_2000,
    picture_between_what_is_drawn,
    picture_in_letters_between_what_is_drawn,
    remark_in_a_letter,
    remark_in_a_map_to_unicode,
    remark_in_an_encoding,
    remark_in_the_program_of_a_font,
    remark_in_a_function,
    screen_of_a_picture,
    screen_of_the_output,
)


@pytest.mark.parametrize("make", MAKERS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("packed", [False, True])
def test_who_made_it_goes_wherever_it_stands(make: Callable[[Pdf], None], packed: bool) -> None:
    pdf = flyer()
    make(pdf)
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    data = written(pdf, object_stream_mode=mode)
    assert tells(Pdf.open(io.BytesIO(data)), PERSON) == [PERSON]  # else this would prove nothing
    clean = published(data)
    assert tells(clean, PERSON, "D:2024", "pikepdf", "Producer", "CreationDate", "/ModDate") == []
    assert set(clean.docinfo.keys()) == {"/Title"}
    assert "/PieceInfo" not in clean.pages[0]


def test_the_title_and_the_mark_of_accessibility_of_xmp_stay() -> None:
    pdf = flyer()
    author_in_xmp(pdf)
    del pdf.docinfo["/Title"]
    clean = published(pdf)
    assert str(clean.docinfo["/Title"]) == "Onze rechten & meer"
    packet = clean.Root.Metadata.read_bytes()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in packet
    with clean.open_metadata() as xmp:
        assert xmp["dc:title"] == "Onze rechten & meer"


@pytest.mark.parametrize(
    "xmp", [b"", b"<x", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe"]
)
def test_xmp_that_cannot_be_read_is_left_out(xmp: bytes) -> None:
    pdf = flyer()
    pdf.Root.Metadata = Stream(pdf, xmp)
    assert "Onze rechten" in published(pdf).Root.Metadata.read_bytes().decode()


def test_what_is_drawn_stays_when_a_remark_goes() -> None:
    pdf = flyer()
    remark_between_what_is_drawn(pdf)
    clean = published(pdf)
    drawn = pikepdf.parse_content_stream(clean.pages[0])
    assert [str(each.operator) for each in drawn] == ["q", "BT", "Tf", "Td", "Tj", "ET", "Q"]
    assert str(drawn[4].operands[0]) == "Onze rechten, 100 % (nu)"


def test_attributes_that_readers_need_stay_beside_private_ones() -> None:
    pdf = flyer()
    properties_of_a_tag(pdf)
    clean = published(pdf)
    (kept,) = clean.Root.StructTreeRoot.K.A
    assert (str(kept.O), str(kept.Scope)) == ("/Table", "/Column")


# --- what one does not see at first


def remark(pdf: Pdf, kind: Name, text: str) -> None:
    place = Array([0, 0, 9, 9])
    found = Dictionary(Type=Name.Annot, Subtype=kind, Rect=place, Contents=String(text))
    pdf.pages[0].Annots.append(pdf.make_indirect(found))


def layers(pdf: Pdf, base: str = "/ON", **shown: list[int]) -> None:
    two = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(each))) for each in "ab"]
    state = Dictionary(BaseState=Name(base))
    for key, places in shown.items():
        state["/" + key] = Array([two[each] for each in places])
    pdf.Root.OCProperties = Dictionary(OCGs=Array(two), D=state)


HIDDEN: dict[str, tuple[Callable[[Pdf], None], list[int]]] = {
    "a sticky note": (lambda pdf: remark(pdf, Name.Text, "Zeg dit aan niemand"), [1]),
    "a marked text": (lambda pdf: remark(pdf, Name.Highlight, "klopt dit?"), [1]),
    "what was to be made black": (lambda pdf: remark(pdf, Name.Redact, ""), [1]),
    "a marked text without words": (lambda pdf: remark(pdf, Name.Highlight, " "), []),
    "words on the page": (lambda pdf: remark(pdf, Name.FreeText, "Welkom"), []),
    "a layer that is off": (lambda pdf: layers(pdf, OFF=[1]), [1]),
    "all layers but one": (lambda pdf: layers(pdf, "/OFF", ON=[0]), [1]),
    "all layers": (lambda pdf: layers(pdf, "/OFF"), [2]),
    "layers that are on": (lambda pdf: layers(pdf, ON=[0, 1]), []),
}


@pytest.mark.parametrize("name", list(HIDDEN))
def test_what_does_not_show_at_first_is_told(name: str) -> None:
    pdf, (make, counts) = flyer(), HIDDEN[name]
    make(pdf)
    told = cleaned(pdf).diagnostics
    assert [(each.check, each.severity.value) for each in told] == [
        ("hidden-in-pdf", "info") for _ in counts
    ]
    assert [dict(each.message.arguments)["count"] for each in told] == counts
    assert all(each.hint for each in told)


# --- what acts


def script(pdf: Pdf) -> Dictionary:
    return Dictionary(
        S=Name.JavaScript,
        JS=Stream(pdf, b"app.alert(1)".hex().encode() + b">", Filter=Name.ASCIIHexDecode),
    )


def plant(name: str, pdf: Pdf) -> None:
    root, page = pdf.Root, pdf.pages[0]
    enclosed = Dictionary(
        Type=Name.Filespec, F=String("leden.txt"), EF=Dictionary(F=Stream(pdf, b"An"))
    )
    if name == "opening":
        root.OpenAction = script(pdf)
    elif name == "opening an address":
        root.OpenAction = Dictionary(S=Name.URI, URI=String("https://track.example/"))
    elif name == "events":
        page.AA = Dictionary(O=script(pdf))
    elif name == "names":
        root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script(pdf)])))
    elif name == "a chain":
        page.Annots[0].A.Next = Array([Dictionary(S=Name.GoToE, T=Dictionary()), script(pdf)])
    elif name == "enclosed":
        root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), enclosed])))
    elif name == "beside":
        root.AF = Array([enclosed])
    elif name == "a pin":
        pin = link(pdf, Dictionary())
        pin.Subtype, pin.FS = Name.FileAttachment, enclosed
        page.Annots.append(pin)
    elif name == "a film":
        film = link(pdf, Dictionary())
        film.Subtype, film.Movie = Name.Movie, Dictionary(F=String("a.mov"))
        page.Annots.append(film)
    elif name == "a program":
        page.Annots.append(link(pdf, Dictionary(S=Name.Launch, F=String("cmd.exe"))))
    elif name == "a path":
        page.Annots.append(link(pdf, Dictionary(S=Name.URI, URI=String("file:///home/an/x"))))
    elif name == "a script in a link":
        page.Annots.append(link(pdf, Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))))
    elif name == "a form that sends":
        field = Dictionary(
            Subtype=Name.Widget, FT=Name.Btn, T=String("ok"), Rect=Array([0, 0, 9, 9])
        )
        field.A = Dictionary(S=Name.SubmitForm, F=String("https://collect.example/"))
        field = pdf.make_indirect(field)
        root.AcroForm = Dictionary(Fields=Array([field]), XFA=Stream(pdf, b"<xdp/>"))
        page.Annots.append(field)
    elif name == "an action as a font":
        action = pdf.make_indirect(script(pdf))
        page.Resources.Font.AA = action
        page.Annots[0].A.Next = action


ACTING = {
    "opening": ("OpenAction JavaScript",),
    "opening an address": ("OpenAction URI",),
    "events": ("AA",),
    "names": ("JavaScript",),
    "a chain": ("GoToE", "JavaScript"),
    "enclosed": ("EmbeddedFiles",),
    "beside": ("AF",),
    "a pin": ("FileAttachment",),
    "a film": ("Movie",),
    "a program": ("Launch",),
    "a path": ("URI",),
    "a script in a link": ("URI",),
    "a form that sends": ("SubmitForm", "XFA"),
    "an action as a font": ("JavaScript",),
}


@pytest.mark.parametrize("name", list(ACTING))
def test_what_acts_or_is_enclosed_goes_and_is_told(name: str) -> None:
    pdf = flyer()
    plant(name, pdf)
    data = written(pdf)
    clean = published(data, *ACTING[name])
    words = (
        "JavaScript",
        "Launch",
        "GoToE",
        "SubmitForm",
        "leden.txt",
        "app.alert",
        "cmd.exe",
        "file:///",
        "track.example",
        "collect.example",
        "javascript:",
        "Movie",
        "FileAttachment",
        "XFA",
    )
    assert tells(clean, *words) == []
    assert str(clean.pages[0].Annots[0].A.URI) == "https://example.org/"


def test_what_is_filled_in_on_a_form_stays() -> None:
    """It stands on the page, where its maker saw it."""
    pdf = flyer()
    field = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("naam"), TU=String("Uw naam"))
    field.V, field.M, field.Rect = String("An"), String("D:2024"), Array([0, 0, 9, 9])
    field = pdf.make_indirect(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    pdf.pages[0].Annots.append(field)
    clean = published(pdf)
    kept = clean.Root.AcroForm.Fields[0]
    assert (str(kept.T), str(kept.TU), str(kept.V), "/M" in kept) == (
        "naam",
        "Uw naam",
        "An",
        False,
    )


def test_names_that_the_file_chose_are_no_keys() -> None:
    """A font, a layer or a face of a button may be called as a key that must go."""
    pdf = flyer()
    page = pdf.pages[0]
    page.Resources.Font.AA = page.Resources.Font.F1
    page.Resources.Properties = Dictionary(JS=pdf.make_indirect(Dictionary(Type=Name.OCG)))
    face = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form)
    field = Dictionary(Subtype=Name.Widget, FT=Name.Btn, T=String("a"), Rect=Array([0, 0, 9, 9]))
    field.AP = Dictionary(N=Dictionary(AA=face, Off=face))
    field = pdf.make_indirect(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    page.Annots.append(field)
    clean = published(pdf)
    kept = clean.pages[0]
    assert set(kept.Resources.Font.keys()) == {"/AA", "/F1"}
    assert "/JS" in kept.Resources.Properties
    assert set(kept.Annots[1].AP.N.keys()) == {"/AA", "/Off"}


# --- what is refused


def signed() -> Pdf:
    pdf = flyer()
    value = Dictionary(Type=Name.Sig, Contents=String(PERSON), ByteRange=Array([0, 1, 2, 3]))
    field = Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("s"), V=pdf.make_indirect(value))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)
    return pdf


def locked(**passwords: str) -> bytes:
    return written(flyer(), encryption=pikepdf.Encryption(**passwords))  # type: ignore[arg-type]


def only_for_one_program() -> Pdf:
    pdf = flyer()
    pdf.Root.NeedsRendering = True
    return pdf


WHOLE = written(flyer())


@pytest.mark.parametrize(
    ("data", "check", "sentence"),
    named(
        [
            ("signed", written(signed()), "author-data", "this PDF is signed"),
            ("locked", locked(owner="a", user="b"), "author-data", "this PDF is locked"),
            (
                "locked for its owner",
                locked(owner="a", user=""),
                "author-data",
                "this PDF is locked",
            ),
            ("a form", written(only_for_one_program()), "active-file", "this PDF is a form"),
            ("cut short", WHOLE[:-200], "damaged-file", "this PDF is damaged"),
            ("cut in two", WHOLE[: len(WHOLE) // 2], "damaged-file", "this PDF is damaged"),
            ("without a beginning", WHOLE[300:], "damaged-file", "this file is no PDF"),
            ("nothing", b"", "damaged-file", "this file is no PDF"),
            ("a page", b"<!doctype html><p>An", "damaged-file", "this file is no PDF"),
            ("a Word document", b"PK\x03\x04word/", "damaged-file", "this file is no PDF"),
            ("a name alone", b"%PDF-1.7\n/Author (An)", "damaged-file", "this PDF is damaged"),
        ]
    ),
)
def test_what_cannot_be_cleaned_is_refused_and_says_why(
    data: bytes, check: str, sentence: str
) -> None:
    outcome = cleaned(data)
    assert outcome.value is None
    (problem,) = outcome.diagnostics
    assert (problem.check, problem.severity.value, problem.span.path) == (check, "error", PATH)
    assert str(problem.message).startswith(sentence)
    assert problem.hint


def test_the_same_content_has_the_same_bytes_and_is_clean_already() -> None:
    first = cleaned(flyer()).value
    assert first is not None
    other = flyer()
    author_in_info(other)
    assert cleaned(other).value == first
    assert cleaned(first.data).value == first
    assert first.data != cleaned(_longer()).value.data  # type: ignore[union-attr]


def _longer() -> Pdf:
    pdf = flyer()
    pdf.add_blank_page()
    return pdf


def test_a_bomb_is_opened_no_further_than_one_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_OBJECTS", 20)
    assert [each.check for each in cleaned(_many()).diagnostics] == ["damaged-file"]


def _many() -> Pdf:
    pdf = flyer()
    pdf.Root.Extensions = Array([Array([]) for _ in range(30)])
    return pdf


def test_objects_packed_without_end_are_refused_with_little_memory() -> None:
    """Two hundred megabytes of objects in a file of two hundred kilobytes."""
    bomb = zlib.compress(bytes(200_000_000), 9)
    head = (
        b"%%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n"
        % len(bomb)
    )
    rows = zlib.compress(b"\0\0\0\0" + b"\1\0\x09\0" + b"\2\0\1\0")
    data = head + bomb + b"\nendstream endobj\n"
    place = len(data)
    data += (
        b"3 0 obj<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n"
        % len(rows)
        + rows
        + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % place
    )
    # in a process of its own, since the peak of a process never falls
    process = multiprocessing.get_context("fork").Process(
        target=_cleaned_with_little_memory, args=(data,)
    )
    process.start()
    process.join()
    assert process.exitcode == 0


def _cleaned_with_little_memory(data: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [each.check for each in cleaned(data).diagnostics] == ["damaged-file"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # in kB


# --- whatever comes


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, 10_000_000), st.integers(1, 40))
def test_a_file_with_any_bytes_wrong_gives_a_file_or_a_sentence(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(changes):
        place = chance.randrange(len(data))
        if chance.random() < 0.3:
            del data[place : place + chance.randrange(30)]
        elif chance.random() < 0.5:
            data[place:place] = chance.choice(
                [
                    b"<<",
                    b">>",
                    b"[",
                    b"]",
                    b"/",
                    b"(",
                    b" R",
                    b"endobj",
                    b"stream\n",
                    b"1 0 R",
                    b"\0",
                ]
            )
        else:
            data[place] = chance.randrange(256)
    outcome = cleaned(bytes(data))
    assert (outcome.value is None) == any(
        each.severity.value == "error" for each in outcome.diagnostics
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_are_no_traceback(data: bytes) -> None:
    for whole in (data, b"%PDF-1.7\n" + data):
        assert [each.check for each in cleaned(whole).diagnostics] == ["damaged-file"]


# --- in a site


def test_the_cleaned_file_is_what_a_link_leads_to(site: Callable[..., Build]) -> None:
    pdf = flyer()
    author_in_info(pdf)
    text = "---\ntitle: Over ons\n---\n\n[De folder](flyer.pdf)\n"
    build = site({"content/about/flyer.pdf": written(pdf), "content/about/nl.md": text})
    assert not build.failed
    (output,) = [each for each in build.outputs if each.path.endswith(".pdf")]
    assert tells(Pdf.open(io.BytesIO(output.data)), PERSON) == []
    page = next(each for each in build.outputs if each.path == "nl/over-ons/index.html")
    assert output.path in page.data.decode()
    assert re.fullmatch(r"assets/flyer\.[0-9a-f]{10}\.pdf", output.path)
