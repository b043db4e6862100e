"""Lists keys and kinds of objects in a PDF file (ISO 32000-2), by whether they are removed or kept."""

from __future__ import annotations

from diptych.values import words

TELLING = {  # keys about people, programs, days, places and files, in any dictionary
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
CATALOG = words(  # every key that a document can have (table 29); all others are private
    """
    /AA /AcroForm /AF /Collection /Dests /DPartRoot /DSS /Extensions /Lang /Legal /MarkInfo
    /Metadata /Names /NeedsRendering /OCProperties /OpenAction /Outlines /OutputIntents
    /PageLabels /PageLayout /PageMode /Pages /Perms /PieceInfo /Requirements /SpiderInfo
    /StructTreeRoot /Threads /Type /URI /Version /ViewerPreferences
    """
)
PAGE = words(  # every key that a page can have (table 31)
    """
    /AA /AF /Annots /ArtBox /B /BleedBox /BoxColorInfo /Contents /CropBox /DPart /Dur /Group /ID
    /LastModified /MediaBox /Metadata /OutputIntents /Parent /PieceInfo /PresSteps /PZ
    /Resources /Rotate /SeparationInfo /StructParents /Tabs /TemplateInstantiated /Thumb /Trans
    /TrimBox /Type /UserUnit /VP
    """
)
ACTING = {  # keys of active content in any dictionary, each with its name in messages
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
HARMLESS = {"/GoTo", "/GoToDp", "/Named", "/SetOCGState", "/URI"}  # kinds of actions that stay
ACTIONS = words(  # kinds of actions that are removed
    """
    /GoTo3DView /GoToE /GoToR /Hide /ImportData /JavaScript /Launch /Movie /Rendition /ResetForm
    /RichMediaExecute /Sound /SubmitForm /Thread
    """
)
ACTION_KEYS = {"/A", "/Next", "/OpenAction"}  # keys whose value is an action
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")  # keys of a stream whose data is in another file
PLAYING = words(  # kinds of annotations that play or hold a file
    "/3D /FileAttachment /Movie /Projection /RichMedia /Screen /Sound"
)
REMARKS = words(  # kinds of annotations that hold a text to open, or cover a part of the page
    """
    /Caret /Circle /Highlight /Ink /Line /PolyLine /Polygon /Redact /Square /Squiggly /Stamp
    /StrikeOut /Text /Underline
    """
)
# kinds of annotations whose /T is the name of their author
SIGNED = REMARKS | words("/FreeText /Link /Popup /Watermark")
OF_A_SIGNED = ("/T", "/M", "/NM", "/RC", "/Subj")  # keys about the author of an annotation
NAMED_FREELY = words(  # keys of dictionaries in which any key can be a name that the file chose
    """
    /CharProcs /ClassMap /Colorants /ColorSpace /Dests /ExtGState /Font /Pattern /Properties
    /RoleMap /Shading /XObject
    """
)
PRIVATE = {"/UserProperties"}  # owners of attributes that a program or person made up (14.7.6.4)
# keys of enclosed files in the trailer, each with its name in messages
ENCLOSED = {"/AdditionalStreams": "AdditionalStreams"}
