"""Goes through the objects of a PDF file (ISO 32000-2) and removes all that must not be published.

pikepdf reads every object, wherever it is and however it is written. This module is imported only when
a PDF file must be read, since pikepdf takes long to import.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from html import escape

import pikepdf
from lxml import etree
from pikepdf import Object, Pdf

from diptych.diagnostics import Diagnostic, Span, error, say
from diptych.files.pdf_keys import (
    ACTING,
    ACTION_KEYS,
    ACTIONS,
    CATALOG,
    ENCLOSED,
    HARMLESS,
    NAMED_FREELY,
    OF_A_SIGNED,
    OUTSIDE,
    PAGE,
    PLAYING,
    PRIVATE,
    REMARKS,
    SIGNED,
    TELLING,
)
from diptych.files.pdf_streams import (
    clean_contents,
    clean_font,
    clean_profile,
    clean_stream,
)

MOST_OBJECTS = 300_000  # objects in a file, nested objects included; a small file can hold millions
MOST_BYTES = 64_000_000  # bytes of an unpacked stream; a small stream can hold gigabytes
# Three kinds of keys in a dictionary: keys of ISO 32000; names that the file chose; the appearances of
# an annotation (/AP), each of which is a dictionary with names that the file chose.
_KEYS, _NAMES, _APPEARANCES = "keys", "names", "appearances"
_LINKS = re.compile(rb"(?:https?|mailto|tel):", re.IGNORECASE)
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


class Refused(Exception):
    """Raised for a PDF file that cannot be published; the argument is the diagnostic."""


def cleaned(path: str, data: bytes) -> tuple[bytes, Walk]:
    """The rewritten file, and the `Walk` with its findings. Raises `Refused`, and
    any exception of pikepdf about a damaged file.
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
    """The title of the file, and the part of PDF/UA (ISO 14289) that the file claims to follow; each
    is "" if the file does not have it.
    """
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
    """Visits every object of a PDF file and removes all that must not be published."""

    def __init__(self, pdf: Pdf, path: str) -> None:
        self.acting: set[str] = set()  # the names of removed active content
        self.remarks = 0  # the number of annotations with a text that one has to open
        self.hidden = 0  # the number of layers that are off
        self._path = path
        self._pdf = pdf
        self._seen: set[tuple[tuple[int, int], str]] = set()
        self._count = 0
        self._waiting: list[tuple[Object, str]] = []  # objects to visit, each with its kind of keys

    def clean(self) -> None:
        """Cleans the whole file. Raises `Refused` if it cannot be published."""
        root = self._pdf.Root
        needs = root.get("/NeedsRendering")
        if needs is not None and str(needs).lower() == "true":
            raise Refused(_of_one_program(self._path))
        self._clean_opening(root)
        self._remove_unknown(root, CATALOG)
        self._count_hidden_layers(root)
        for page in self._pdf.pages:
            self._remove_unknown(page.obj, PAGE)
            clean_contents(self._pdf, page)
        for thread in _listed(root.get("/Threads")):
            self._remove(thread, "/I")  # who wrote it, and when
        self._queue(root, _KEYS)
        while self._waiting:
            self._visit(*self._waiting.pop())
        for key in list(self._pdf.trailer.keys()):
            if key not in ("/Root", "/Size"):  # LibreOffice can enclose its own document here
                self._remove(self._pdf.trailer, key, ENCLOSED.get(key, ""))

    def _remove_unknown(self, each: Object, known: Collection[str]) -> None:
        """Removes every key that is not `known`, since it holds private data of one program."""
        for key in list(each.keys()):
            if key not in known:
                self._remove(each, key)

    def _count_hidden_layers(self, root: Object) -> None:
        """Counts the layers that are off."""
        layers = root.get("/OCProperties")
        shown = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
        if not isinstance(layers, pikepdf.Dictionary) or not isinstance(shown, pikepdf.Dictionary):
            return
        off = list(_listed(shown.get("/OFF")))
        if str(shown.get("/BaseState", "")) == "/OFF":
            off = list(_listed(layers.get("/OCGs")))[len(list(_listed(shown.get("/ON")))) :]
        self.hidden = len(off)

    def _clean_opening(self, root: Object) -> None:
        """Removes the action that runs when the file is opened, unless it shows a place in the file."""
        action = root.get("/OpenAction")
        kind = self._action_kind(action)
        if kind and kind != "/GoTo":
            self._remove(root, "/OpenAction", f"OpenAction {kind[1:]}")
        if "/URI" in root:  # the address that all links begin with
            self._remove(root, "/URI")

    def _queue(self, each: Object | None, keys: str) -> None:
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
                for key in OUTSIDE:
                    self._remove(each, key, "F")
                clean_stream(self._pdf, each)
            if keys != _NAMES:
                self._clean_keys(each)
                clean_font(self._pdf, each)
                clean_profile(each.get("/DestOutputProfile"))
            for key in list(each.keys()):
                value = each.get(key)
                if self._is_private(value):
                    self._remove(each, key)
                elif self._must_go(value):
                    self._remove(each, key, self._name(value))
                elif _is_nested(value):
                    self._queue(value, _keys_below(key, keys))

    def _visit_list(self, each: pikepdf.Array) -> None:
        if len(each) > 1 and str(each[0]) == "/ICCBased":
            clean_profile(each[1])
        for place in range(len(each) - 1, -1, -1):
            value = each[place]
            if self._is_private(value):
                del each[place]
            elif self._must_go(value):
                self.acting.add(self._name(value))
                del each[place]
            elif _is_nested(value):
                self._queue(value, _KEYS)

    def _clean_keys(self, each: Object) -> None:
        kind = str(each.get("/Subtype", ""))
        if "/ByteRange" in each and "/Contents" in each:
            raise Refused(_signed(self._path))
        for key in list(each.keys()):
            if key in TELLING or key.startswith("/PTEX"):
                self._remove(each, key)
            elif key in ACTING:
                self._remove(each, key, ACTING[key])
            elif key in ACTION_KEYS:
                self._clean_action(each, key)
        if kind in REMARKS and "/Rect" in each:
            self.remarks += kind == "/Redact" or bool(str(each.get("/Contents", "")).strip())
        if kind in SIGNED and "/Rect" in each:
            for key in OF_A_SIGNED:
                self._remove(each, key)
        elif kind == "/Widget":
            self._remove(each, "/M")
            self._remove(each, "/NM")
        if isinstance(each.get("/Ref"), pikepdf.Dictionary):  # a page of another file
            self._remove(each, "/Ref", "Ref")
        if "/Usage" in each:  # of a layer: who it is for
            usage = each["/Usage"]
            if _is_nested(usage) and "/User" in usage:
                self._remove(usage, "/User")

    def _clean_action(self, each: Object, key: str) -> None:
        action = each.get(key)
        kind = self._action_kind(action)
        if not kind:
            return
        if kind not in HARMLESS:
            self._remove(each, key, kind[1:])
        elif kind == "/URI":
            address = action.get("/URI")  # type: ignore[union-attr]  # it has a kind
            if not isinstance(address, pikepdf.String) or not _LINKS.match(bytes(address)):
                self._remove(each, key, "URI")

    def _action_kind(self, action: Object | None) -> str:
        """The kind of an action, such as `/URI`; "" for a value that is no action."""
        if not isinstance(action, (pikepdf.Dictionary, pikepdf.Stream)):
            return ""
        kind = action.get("/S")
        return str(kind) if isinstance(kind, pikepdf.Name) else ""

    def _must_go(self, value: Object | None) -> bool:
        """Whether a value must be removed, under any key and from any array: an action, an annotation
        that plays a file, a program for printers, or a file.
        """
        if not isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            return False
        # a structure element also has the key /S, but has /Pg or /P as well
        if self._action_kind(value) in ACTIONS and "/Pg" not in value and "/P" not in value:
            return True
        if "/Rect" in value and str(value.get("/Subtype", "")) in PLAYING:
            return True
        if isinstance(value, pikepdf.Stream) and str(value.get("/Subtype", "")) == "/PS":
            return True  # a program for printers
        return str(value.get("/Type", "")) in ("/Filespec", "/EmbeddedFile")

    @staticmethod
    def _is_private(value: Object | None) -> bool:
        """Whether a value holds attributes of a tag that a program or a person made up."""
        return isinstance(value, pikepdf.Dictionary) and str(value.get("/O", "")) in PRIVATE

    def _name(self, value: Object | None) -> str:
        assert value is not None
        named = (value.get(key) for key in ("/S", "/Subtype", "/Type"))
        return next(str(each)[1:] for each in named if each is not None)

    def _remove(self, holder: Object, key: str, acting: str = "") -> None:
        if key in holder:
            del holder[key]
            if acting:
                self.acting.add(acting)


def _listed(value: Object | None) -> Iterator[Object]:
    """The dictionaries, streams and arrays in an array; nothing for a value that is no array."""
    if isinstance(value, pikepdf.Array):
        yield from (each for each in value if _is_nested(each))


def _keys_below(key: str, keys: str) -> str:
    """The kind of keys in the value of `key`, which is a key of the kind `keys`."""
    if keys == _APPEARANCES:
        return _NAMES
    if keys == _NAMES:
        return _KEYS
    return _APPEARANCES if key == "/AP" else _NAMES if key in NAMED_FREELY else _KEYS


def _is_nested(value: Object | None) -> bool:
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array))
