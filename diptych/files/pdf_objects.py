"""Goes through the objects of a PDF file (ISO 32000-2) and removes what must not be published.

pikepdf reads every object, wherever it is and however it is written. Only this module imports it, and
is itself imported only when a PDF file must be read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html import escape

import pikepdf
from lxml import etree
from pikepdf import Object, Pdf

from diptych.diagnostics import Diagnostic, Span, error, say
from diptych.files.streams import (
    bare_font,
    bare_jpeg,
    bare_jpeg_2000,
    bare_profile,
    without_remarks,
)

MOST_OBJECTS = 300_000  # of a file, also those that stand inside others: against bombs
MOST_BYTES = 64_000_000  # of a packed stream, opened: against bombs

_TELLING = {  # keys that tell of people, programs, days, places and files, in any dictionary
    "/Alternates",  # of a picture: others in its place
    "/Author",
    "/Company",
    "/CreationDate",
    "/Creator",
    "/CreatorInfo",
    "/DSS",
    "/IDS",
    "/LastModified",
    "/LastModifiedBy",
    "/LGIDict",  # of a map: where on earth it lies
    "/Manager",
    "/Measure",  # the scale of a drawing, or the place of a map
    "/Metadata",
    "/ModDate",
    "/OPI",
    "/Perms",
    "/PieceInfo",
    "/Producer",
    "/SpiderInfo",
    "/Thumb",
    "/UF",
    "/URLS",
    "/VP",  # the parts of a page that have a scale or a place of their own
}
_CATALOG = {  # every key that a document can have (ISO 32000-2, table 29); all others are private
    "/AA",
    "/AF",
    "/AcroForm",
    "/Collection",
    "/DPartRoot",
    "/DSS",
    "/Dests",
    "/Extensions",
    "/Lang",
    "/Legal",
    "/MarkInfo",
    "/Metadata",
    "/Names",
    "/NeedsRendering",
    "/OCProperties",
    "/OpenAction",
    "/Outlines",
    "/OutputIntents",
    "/PageLabels",
    "/PageLayout",
    "/PageMode",
    "/Pages",
    "/Perms",
    "/PieceInfo",
    "/Requirements",
    "/SpiderInfo",
    "/StructTreeRoot",
    "/Threads",
    "/Type",
    "/URI",
    "/Version",
    "/ViewerPreferences",
}
_PAGE = {  # the same of a page (table 31)
    "/AA",
    "/AF",
    "/Annots",
    "/ArtBox",
    "/B",
    "/BleedBox",
    "/BoxColorInfo",
    "/Contents",
    "/CropBox",
    "/DPart",
    "/Dur",
    "/Group",
    "/ID",
    "/LastModified",
    "/MediaBox",
    "/Metadata",
    "/OutputIntents",
    "/PZ",
    "/Parent",
    "/PieceInfo",
    "/PresSteps",
    "/Resources",
    "/Rotate",
    "/SeparationInfo",
    "/StructParents",
    "/Tabs",
    "/TemplateInstantiated",
    "/Thumb",
    "/Trans",
    "/TrimBox",
    "/Type",
    "/UserUnit",
    "/VP",
}
_ACTING = {  # keys that act or hold what could, in any dictionary -> how they are called
    "/AA": "AA",
    "/AF": "AF",
    "/AlternatePresentations": "AlternatePresentations",
    "/Collection": "Collection",
    "/EF": "EF",
    "/EmbeddedFiles": "EmbeddedFiles",
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/Movie": "Movie",
    "/PA": "PA",
    "/Renditions": "Renditions",
    "/Requirements": "Requirements",
    "/RichMediaContent": "RichMedia",
    "/RichMediaSettings": "RichMedia",
    "/XFA": "XFA",
}
_HARMLESS = {"/GoTo", "/GoToDp", "/Named", "/SetOCGState", "/URI"}  # kinds of actions
_ACTIONS = {  # all other kinds
    "/GoTo3DView",
    "/GoToE",
    "/GoToR",
    "/Hide",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
    "/Thread",
}
_ACTION_KEYS = {"/A", "/Next", "/OpenAction"}
_PLAYING = {"/3D", "/FileAttachment", "/Movie", "/Projection", "/RichMedia", "/Screen", "/Sound"}
_REMARKS = {  # kinds of annotations whose /T is the name of whoever made them
    "/Caret",
    "/Circle",
    "/FreeText",
    "/Highlight",
    "/Ink",
    "/Line",
    "/Link",
    "/PolyLine",
    "/Polygon",
    "/Popup",
    "/Redact",
    "/Square",
    "/Squiggly",
    "/Stamp",
    "/StrikeOut",
    "/Text",
    "/Underline",
    "/Watermark",
}
_READ = {  # those of them whose text one sees only by opening them, or who hide what lies below
    "/Caret",
    "/Circle",
    "/Highlight",
    "/Ink",
    "/Line",
    "/PolyLine",
    "/Polygon",
    "/Redact",
    "/Square",
    "/Squiggly",
    "/Stamp",
    "/StrikeOut",
    "/Text",
    "/Underline",
}
_PICTURE_BETWEEN = re.compile(rb"/DCT\b|/DCTDecode\b")  # in what is drawn
_HEX_JPEG = ("/ASCIIHexDecode", "/DCTDecode")
_PICTURES = {"/DCTDecode": bare_jpeg, "/JPXDecode": bare_jpeg_2000}
_TELLS_NOTHING = ("/F", "/Filter", "/DP", "/DecodeParms", "/L", "/Length")  # of a picture
_INSIDE = re.compile(rb"/(?:Author|Company|Creat|LastMod|Manager|ModDate|Producer)")
_OF_A_REMARK = ("/T", "/M", "/NM", "/RC", "/Subj")
_NAMED_FREELY = {  # keys of dictionaries in which any key can be a name that the file chose
    "/CharProcs",
    "/ClassMap",
    "/ColorSpace",
    "/Colorants",
    "/Dests",
    "/ExtGState",
    "/Font",
    "/Pattern",
    "/Properties",
    "/RoleMap",
    "/Shading",
    "/XObject",
}
_KEYS, _NAMES, _FACES = "keys", "names", "faces"  # what the keys of a dictionary are: those of
# ISO 32000, names that the file chose, the faces of an annotation (each again by names)
_PRIVATE = {"/UserProperties"}  # the owner of such attributes (ISO 32000-2, 14.7.6.4)
_ENCLOSED = {"/AdditionalStreams": "AdditionalStreams"}  # of the trailer, with a document to edit
_LINKS = re.compile(rb"(?:https?|mailto|tel):", re.IGNORECASE)
_OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")  # where a stream would lie in another file
_UA = "{http://www.aiim.org/pdfua/ns/id/}part"
_TITLES = "//*[namespace-uri()='http://purl.org/dc/elements/1.1/' and local-name()='title']"
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    "{inside}</rdf:Description></rdf:RDF></x:xmpmeta>\n"
    '<?xpacket end="w"?>'
)


class Refused(Exception):  # no error: a reason
    """A file that cannot be published; its argument is the diagnostic."""


def cleaned(path: str, data: bytes) -> tuple[bytes, Walk]:
    """The rewritten file, and what was found in it. Raises `Refused`; whatever pikepdf raises about a
    damaged file passes through.
    """
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_BYTES)  # the same in every thread
    with pikepdf.explicit_conversion():
        try:
            pdf = pikepdf.Pdf.open(io.BytesIO(data), attempt_recovery=False)
        except pikepdf.PasswordError:
            raise Refused(_locked(path)) from None
        with pdf:
            if pdf.is_encrypted:
                raise Refused(_locked(path))
            kept = _kept_metadata(pdf)
            walk = Walk(pdf, path)
            walk.clean()
            _set_metadata(pdf, *kept)
            body = io.BytesIO()
            pdf.save(
                body,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                fix_metadata_version=False,
            )
    return body.getvalue(), walk


def _locked(path: str) -> Diagnostic:
    message = say("this PDF is locked, so that nobody can see what it tells of its maker")
    return error("author-data", Span(path), message, say("save it without a password"))


def _signed(path: str) -> Diagnostic:
    message = say(
        "this PDF is signed: it tells who signed it, and no copy of it keeps the signature"
    )
    hint = say("print it to a new PDF, without the signature")
    return error("author-data", Span(path), message, hint)


def _of_one_program(path: str) -> Diagnostic:
    message = say("this PDF is a form that only one program shows; all others show nothing")
    hint = say("print it to a new PDF, or make the form anew as a plain one")
    return error("active-file", Span(path), message, hint)


def _too_much(path: str) -> Diagnostic:
    message = say("this PDF holds more than {most} objects", most=MOST_OBJECTS)
    hint = say("publish it in parts, or print it to a new PDF")
    return error("damaged-file", Span(path), message, hint)


def _kept_metadata(pdf: Pdf) -> tuple[str, str]:
    """The title, and the part of PDF/UA (ISO 14289) that the file says it follows; "" for none."""
    info, packet = pdf.trailer.get("/Info"), pdf.Root.get("/Metadata")
    title = info.get("/Title") if isinstance(info, pikepdf.Dictionary) else None
    found = str(title) if isinstance(title, pikepdf.String) else ""
    tree = _xmp_tree(packet) if isinstance(packet, pikepdf.Stream) else None
    if tree is None:
        return found, ""
    part = next((each for each in _values_of(tree, _UA) if re.fullmatch("[12]", each)), "")
    titles = ("".join(each.itertext()).strip() for each in tree.xpath(_TITLES))
    return found or next(titles, ""), part


def _xmp_tree(packet: pikepdf.Stream) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        return etree.fromstring(bytes(packet.get_stream_buffer()), parser)
    except Exception:  # metadata that cannot be read is metadata that is not published
        return None


def _values_of(tree: etree._Element, name: str) -> Iterator[str]:
    for element in tree.iter():
        if element.tag == name:
            yield (element.text or "").strip()
        yield element.get(name, "").strip()


def _set_metadata(pdf: Pdf, title: str, part: str) -> None:
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    if title:
        info = pikepdf.Dictionary(Title=pikepdf.String(title))
        pdf.trailer["/Info"] = pdf.make_indirect(info)
    inside = ""
    if title:
        text = escape("".join(char for char in title if char >= " "))
        inside += (
            f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:title>'
        )
    if part:
        inside += f"<pdfuaid:part>{part}</pdfuaid:part>"
    if inside:
        packet = pikepdf.Stream(pdf, _XMP.replace("{inside}", inside).encode())
        packet["/Type"], packet["/Subtype"] = pikepdf.Name("/Metadata"), pikepdf.Name("/XML")
        pdf.Root["/Metadata"] = packet


class Walk:
    """Goes through every object that can be reached, and takes out what must go."""

    def __init__(self, pdf: Pdf, path: str) -> None:
        self.acting: set[str] = set()
        self.remarks = 0  # with a text that one has to open
        self.hidden = 0  # layers
        self._path = path
        self._pdf = pdf
        self._seen: set[tuple[tuple[int, int], str]] = set()
        self._count = 0
        self._waiting: list[tuple[Object, str]] = []  # with what its keys are

    def clean(self) -> None:
        root = self._pdf.Root
        needs = root.get("/NeedsRendering")
        if needs is not None and str(needs).lower() == "true":
            raise Refused(_of_one_program(self._path))
        self._opening(root)
        self._keep(root, _CATALOG)
        self._layers(root)
        for page in self._pdf.pages:
            self._keep(page.obj, _PAGE)
            self._clean_contents(page)
        for thread in _listed(root.get("/Threads")):
            self._take(thread, "/I")  # who wrote it, and when
        self._add(root, _KEYS)
        while self._waiting:
            self._visit(*self._waiting.pop())
        for key in list(self._pdf.trailer.keys()):
            if key not in ("/Root", "/Size"):  # LibreOffice keeps the document itself there
                self._take(self._pdf.trailer, key, _ENCLOSED.get(key, ""))

    def _keep(self, each: Object, known: set[str]) -> None:
        """Takes out what only one program knows, and what nobody else could read."""
        for key in list(each.keys()):
            if key not in known:
                self._take(each, key)

    def _layers(self, root: Object) -> None:
        """Counts the layers that are off."""
        layers = root.get("/OCProperties")
        shown = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
        if not isinstance(layers, pikepdf.Dictionary) or not isinstance(shown, pikepdf.Dictionary):
            return
        off = list(_listed(shown.get("/OFF")))
        if str(shown.get("/BaseState", "")) == "/OFF":
            off = list(_listed(layers.get("/OCGs")))[len(list(_listed(shown.get("/ON")))) :]
        self.hidden = len(off)

    def _clean_contents(self, page: pikepdf.Page) -> None:
        contents = page.obj.get("/Contents")
        streams = [contents] if contents is not None else []
        streams = list(_listed(contents)) or streams
        if any(_tells(each) for each in streams):
            page.contents_coalesce()
            self._rewrite(page.obj["/Contents"])

    def _rewrite(self, stream: Object) -> None:
        """What is drawn, without remarks between it, and without who did it in its marks."""
        found: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
        parts: list[bytes] = []
        for drawn in pikepdf.parse_content_stream(stream):
            marked = str(drawn.operator) in ("BDC", "DP")
            for each in list(drawn.operands) if marked else ():
                for key in _TELLING if isinstance(each, pikepdf.Dictionary) else ():
                    self._take(each, key)
            if isinstance(drawn, pikepdf.ContentStreamInlineImage) and self._is_jpeg(drawn.iimage):
                parts += (pikepdf.unparse_content_stream(found), self._bare(drawn.iimage))
                found = []
            else:
                found.append(drawn)
        stream.write(b"\n".join((*parts, pikepdf.unparse_content_stream(found))))

    def _is_jpeg(self, picture: pikepdf.PdfInlineImage) -> bool:
        return _filters(picture.obj)[-1:] == ["/DCTDecode"]

    def _bare(self, picture: pikepdf.PdfInlineImage) -> bytes:
        """The picture as it is drawn between texts, without what tells of it; in hexadecimal digits,
        among which nothing looks like its end.
        """
        described = picture.obj
        filters, settings = _filters(described), _settings(described)
        inner = self._opened(picture.read_raw_bytes(), filters[:-1], settings[:-1])
        for key in _TELLS_NOTHING:
            self._take(described, key)
        described["/Filter"] = pikepdf.Array([pikepdf.Name(each) for each in _HEX_JPEG])
        if settings[-1] is not None:
            described["/DecodeParms"] = pikepdf.Array([None, settings[-1]])
        inside = described.unparse().removeprefix(b"<<").removesuffix(b">>")
        return b"BI" + inside + b"ID " + bare_jpeg(inner).hex().encode() + b">\nEI"

    def _opened(self, data: bytes, filters: list[str], settings: Sequence[Object | None]) -> bytes:
        """What was packed by these filters."""
        if not filters:
            return data
        packed = pikepdf.Stream(self._pdf, data)
        packed["/Filter"] = pikepdf.Array([pikepdf.Name(each) for each in filters])
        packed["/DecodeParms"] = pikepdf.Array(settings)
        return bytes(packed.get_stream_buffer())

    def _opening(self, root: Object) -> None:
        """What happens when the file is opened: it may show a place in it, and no more."""
        action = root.get("/OpenAction")
        kind = self._kind(action)
        if kind and kind != "/GoTo":
            self._take(root, "/OpenAction", f"OpenAction {kind[1:]}")
        if "/URI" in root:  # the address that all links begin with
            self._take(root, "/URI")

    def _add(self, each: Object | None, keys: str) -> None:
        assert each is not None  # nested
        self._count += 1
        if self._count > MOST_OBJECTS:
            raise Refused(_too_much(self._path))
        if each.is_indirect:
            place = (each.objgen, keys)
            if place in self._seen:
                return
            self._seen.add(place)
        self._waiting.append((each, keys))

    def _visit(self, each: Object, keys: str) -> None:
        if isinstance(each, pikepdf.Array):
            self._visit_list(each)
        elif isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
            if isinstance(each, pikepdf.Stream):
                self._clean_stream(each)
            if keys != _NAMES:
                self._clean_keys(each)
                self._clean_font(each)
                self._clean_profile(each.get("/DestOutputProfile"))
            for key in list(each.keys()):
                value = each.get(key)
                if self._is_private(value):
                    self._take(each, key)
                elif self._must_go(value):
                    self._take(each, key, self._name(value))
                elif _is_nested(value):
                    self._add(value, _keys_below(key, keys))

    def _visit_list(self, each: pikepdf.Array) -> None:
        if len(each) > 1 and str(each[0]) == "/ICCBased":
            self._clean_profile(each[1])
        for place in range(len(each) - 1, -1, -1):
            value = each[place]
            if self._is_private(value):
                del each[place]
            elif self._must_go(value):
                self.acting.add(self._name(value))
                del each[place]
            elif _is_nested(value):
                self._add(value, _KEYS)

    def _clean_keys(self, each: Object) -> None:
        kind = str(each.get("/Subtype", ""))
        if "/ByteRange" in each and "/Contents" in each:
            raise Refused(_signed(self._path))
        for key in list(each.keys()):
            if key in _TELLING or key.startswith("/PTEX"):
                self._take(each, key)
            elif key in _ACTING:
                self._take(each, key, _ACTING[key])
            elif key in _ACTION_KEYS:
                self._clean_action(each, key)
        if kind in _READ and "/Rect" in each:
            self.remarks += kind == "/Redact" or bool(str(each.get("/Contents", "")).strip())
        if kind in _REMARKS and "/Rect" in each:
            for key in _OF_A_REMARK:
                self._take(each, key)
        elif kind == "/Widget":
            self._take(each, "/M")
            self._take(each, "/NM")
        if isinstance(each.get("/Ref"), pikepdf.Dictionary):  # a page of another file
            self._take(each, "/Ref", "Ref")
        if "/Usage" in each:  # of a layer: who it is for
            usage = each["/Usage"]
            if _is_nested(usage) and "/User" in usage:
                self._take(usage, "/User")

    def _clean_action(self, each: Object, key: str) -> None:
        action = each.get(key)
        kind = self._kind(action)
        if not kind:
            return
        if kind not in _HARMLESS:
            self._take(each, key, kind[1:])
        elif kind == "/URI":
            address = action.get("/URI")  # type: ignore[union-attr]  # it has a kind
            if not isinstance(address, pikepdf.String) or not _LINKS.match(bytes(address)):
                self._take(each, key, "URI")

    def _kind(self, action: Object | None) -> str:
        """`/URI`, where a value is an action."""
        if not isinstance(action, (pikepdf.Dictionary, pikepdf.Stream)):
            return ""
        kind = action.get("/S")
        return str(kind) if isinstance(kind, pikepdf.Name) else ""

    def _must_go(self, value: Object | None) -> bool:
        """Whether a value acts, plays or names a file, under whatever key or in whatever list."""
        if not isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            return False
        if self._kind(value) in _ACTIONS and "/Pg" not in value and "/P" not in value:
            return True  # a tag of the structure has an /S of its own, and a parent
        if "/Rect" in value and str(value.get("/Subtype", "")) in _PLAYING:
            return True
        if isinstance(value, pikepdf.Stream) and str(value.get("/Subtype", "")) == "/PS":
            return True  # a program for printers
        return str(value.get("/Type", "")) in ("/Filespec", "/EmbeddedFile")

    @staticmethod
    def _is_private(value: Object | None) -> bool:
        """Whether a value holds attributes of a tag that a program or a person made up."""
        return isinstance(value, pikepdf.Dictionary) and str(value.get("/O", "")) in _PRIVATE

    def _name(self, value: Object | None) -> str:
        assert value is not None
        named = (value.get(key) for key in ("/S", "/Subtype", "/Type"))
        return next(str(each)[1:] for each in named if each is not None)

    def _take(self, holder: Object, key: str, acting: str = "") -> None:
        if key in holder:
            del holder[key]
            if acting:
                self.acting.add(acting)

    def _clean_stream(self, stream: pikepdf.Stream) -> None:
        for key in _OUTSIDE:
            self._take(stream, key, "F")
        drawn = str(stream.get("/Subtype", "")) == "/Form" or "/PatternType" in stream
        if (drawn or "/BBox" in stream) and _tells(stream):
            self._rewrite(stream)
        if str(stream.get("/FunctionType", "")) == "4" or "/CMapName" in stream:
            self._without_remarks(stream)
        filters, settings = _filters(stream), _settings(stream)
        bare_picture = _PICTURES.get(filters[-1]) if filters else None
        if bare_picture is None:
            return
        raw = stream.read_raw_bytes()
        inner = self._opened(raw, filters[:-1], settings[:-1])
        bare = bare_picture(inner)
        if bare != raw:
            stream.write(bare, filter=pikepdf.Name(filters[-1]), decode_parms=settings[-1])

    def _clean_font(self, font: Object) -> None:
        """The parts of a font that hold remarks: its letters, its map to Unicode, its program."""
        letters = font.get("/CharProcs")
        if isinstance(letters, pikepdf.Dictionary):
            for letter in letters.values():
                if _tells(letter):
                    self._rewrite(letter)
        for key in ("/Encoding", "/ToUnicode", "/UseCMap"):
            self._without_remarks(font.get(key))
        program = font.get("/FontFile")
        if isinstance(program, pikepdf.Stream) and "/Length1" in program:
            data = bytes(program.get_stream_buffer())
            bare, clear = bare_font(data, int(program["/Length1"]))
            if bare != data:
                program.write(bare)
                program["/Length1"] = clear

    def _without_remarks(self, stream: Object | None) -> None:
        if isinstance(stream, pikepdf.Stream):
            data = bytes(stream.get_stream_buffer())
            bare = without_remarks(data)
            if bare != data:
                stream.write(bare)

    def _clean_profile(self, stream: Object | None) -> None:
        if isinstance(stream, pikepdf.Stream):
            data = bytes(stream.get_stream_buffer())
            bare = bare_profile(data)
            if bare != data:
                stream.write(bare)


def _filters(described: Object) -> list[str]:
    """The filters of a stream, the outermost first."""
    filters = described.get("/Filter")
    if isinstance(filters, pikepdf.Name):
        return [str(filters)]
    return [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else []


def _settings(described: Object) -> list[pikepdf.Dictionary | None]:
    """The settings of each of its filters."""
    count = len(_filters(described))
    settings = described.get("/DecodeParms")
    if isinstance(settings, pikepdf.Array):
        given = [each if isinstance(each, pikepdf.Dictionary) else None for each in settings]
    else:
        given = [settings if isinstance(settings, pikepdf.Dictionary) else None]
    return (given + [None] * count)[:count]


def _listed(value: Object | None) -> Iterator[Object]:
    """What an array holds; nothing of what is none."""
    if isinstance(value, pikepdf.Array):
        yield from (each for each in value if _is_nested(each))


def _tells(stream: Object) -> bool:
    """Whether what is drawn has remarks between it, or marks with the name of a person or program."""
    if not isinstance(stream, pikepdf.Stream):
        return False
    data = bytes(stream.get_stream_buffer())
    told = _INSIDE.search(data) or _PICTURE_BETWEEN.search(data)
    return bool(told) or without_remarks(data) != data


def _keys_below(key: str, keys: str) -> str:
    """What the keys are of the value of a key."""
    if keys == _FACES:
        return _NAMES
    if keys == _NAMES:
        return _KEYS
    return _FACES if key == "/AP" else _NAMES if key in _NAMED_FREELY else _KEYS


def _is_nested(value: Object | None) -> bool:
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array))
