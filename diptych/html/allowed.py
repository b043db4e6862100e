"""The list of elements and attributes that a finished page may hold, and where addresses may lead.

By the HTML standard (https://html.spec.whatwg.org/, its indices of elements and attributes) and SVG
2. Anything else is refused, since a future browser may act on it. Left out on purpose are elements
that load another document (iframe, object, embed, portal), that change all addresses (base), that
the policy blocks (audio, video), and those of SVG that change others (set, animate) or hold HTML
(foreignObject).
"""

from __future__ import annotations

from enum import Enum

from diptych.values import words

TEXT = words(
    """
    a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del
    details dfn dialog div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i ins
    kbd li main mark menu nav ol p pre q rp rt ruby s samp search section small span strong sub summary
    sup table tbody td template tfoot th thead time tr u ul var wbr
"""
)
FRAME = words("body head html link meta noscript script style title")
PICTURES = words("area img map picture source")
FORMS = words(
    """
    button datalist fieldset form input label legend meter optgroup option output progress select
    textarea
"""
)
DRAWINGS = words(
    """
    circle clippath defs desc ellipse g line lineargradient marker mask path pattern polygon polyline
    radialgradient rect stop svg symbol text textpath tspan use
"""
)
ELEMENTS = TEXT | FRAME | PICTURES | FORMS | DRAWINGS

PLAIN = words(  # attributes that hold neither an address nor code, on any element
    """
    class dir hidden id inert lang popover role slot tabindex title translate
    autocapitalize autocomplete autofocus enterkeyhint inputmode spellcheck
    itemprop itemref itemscope property typeof
    abbr align alt as async charset checked color cols colspan content coords crossorigin datetime
    decoding default defer disabled download enctype fetchpriority for form headers height high
    hreflang http-equiv integrity kind label list loading low max maxlength media method min
    minlength multiple name nomodule novalidate open optimum pattern placeholder popovertarget
    popovertargetaction readonly referrerpolicy rel required reversed rows rowspan scope selected
    shape size sizes span start step target type value width wrap
    clip-rule cx cy d direction dominant-baseline dx dy fill-opacity fill-rule focusable font-family
    font-size font-style font-weight fx fy gradienttransform gradientunits lengthadjust
    letter-spacing markerheight markerunits markerwidth maskcontentunits maskunits offset opacity
    orient overflow paint-order pathlength patterncontentunits patterntransform patternunits
    pointer-events points preserveaspectratio r refx refy rotate rx ry shape-rendering spreadmethod
    stop-color stop-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
    textlength transform transform-origin vector-effect version viewbox visibility word-spacing
    writing-mode x x1 x2 xml:space y y1 y2
    """
)
ARIA = words(  # https://www.w3.org/TR/wai-aria-1.3/#state_prop_def, each after `aria-`
    """
    activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount
    colindex colindextext colspan controls current describedby description details disabled
    dropeffect errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts label
    labelledby level live modal multiline multiselectable orientation owns placeholder posinset
    pressed readonly relevant required roledescription rowcount rowindex rowindextext rowspan
    selected setsize sort valuemax valuemin valuenow valuetext
"""
)
FREE = "data-"  # the start of other plain attributes, which only the site's scripts read


class Leads(Enum):
    """The use of an address in an attribute, which decides where it may lead."""

    CLICK = "a link to click: any site, an e-mail address or a telephone number"
    FETCHED = "fetched without a click: this site alone"
    SENT = "the target of a form: this site alone"
    SAME_PAGE = "a part of this page"
    NAMES = "a name only, which no browser requests"


ADDRESSES = {  # (element, attribute) -> what its address is for
    ("a", "href"): Leads.CLICK,
    ("area", "href"): Leads.CLICK,
    # an address of a `link` that a browser fetches by itself is checked with all other such addresses
    ("link", "href"): Leads.CLICK,
    ("link", "imagesrcset"): Leads.FETCHED,
    ("script", "src"): Leads.FETCHED,
    ("img", "src"): Leads.FETCHED,
    ("img", "srcset"): Leads.FETCHED,
    ("source", "srcset"): Leads.FETCHED,
    ("form", "action"): Leads.SENT,
    ("img", "usemap"): Leads.SAME_PAGE,
    ("use", "href"): Leads.SAME_PAGE,
    ("use", "xlink:href"): Leads.SAME_PAGE,
    ("textpath", "href"): Leads.SAME_PAGE,
    ("lineargradient", "href"): Leads.SAME_PAGE,
    ("radialgradient", "href"): Leads.SAME_PAGE,
    ("pattern", "href"): Leads.SAME_PAGE,
    ("blockquote", "cite"): Leads.NAMES,
    ("q", "cite"): Leads.NAMES,
    ("ins", "cite"): Leads.NAMES,
    ("del", "cite"): Leads.NAMES,
}
NAMING = frozenset(["itemid", "itemtype", "prefix", "resource", "vocab", "xmlns", "xmlns:xlink"])
PAINTS = words(  # a colour, or `url(#…)` of the same page
    "clip-path fill filter marker-end marker-mid marker-start mask stroke"
)

SCHEMES = frozenset(["http", "https", "mailto", "tel"])
PICTURE_DATA = "data:image/"  # a picture inside the page
FETCHING = words(  # kinds of `link` that a browser fetches (some fetch `next` and `search`)
    """
    apple-touch-icon dns-prefetch icon manifest modulepreload next preconnect prefetch preload
    prerender search stylesheet
    """
)
RELATIONS = FETCHING | words("alternate author canonical help license me prev shortcut")
LINK_RELATIONS = words(  # of links to click; `opener` would let the other site control this page
    """
    alternate author bookmark external help license me next nofollow noopener noreferrer prev
    privacy-policy search sponsored tag terms-of-service ugc
    """
)
TARGETS = words("_blank _parent _self _top")  # a window with a name keeps its opener
SCRIPTS = words("application/javascript importmap module text/javascript") | {
    ""
}  # browsers run them
DATA = words("application/json application/ld+json")  # of `script`: nothing runs
REFERRERS = frozenset(["no-referrer", "same-origin"])  # to no other site
HEADS = frozenset(  # of `meta http-equiv`; `refresh` is judged by where it leads
    ["content-language", "content-security-policy", "content-type", "refresh", "x-ua-compatible"]
)
META = words(  # of `meta name`; others make a browser fetch, or show what another company offers
    """
    apple-mobile-web-app-capable apple-mobile-web-app-status-bar-style apple-mobile-web-app-title
    application-name author bingbot color-scheme creator description format-detection generator
    googlebot keywords mobile-web-app-capable msvalidate.01 publisher referrer robots theme-color
    viewport
    """
)
META_FAMILIES = ("citation_", "dc.", "dcterms.", "fediverse:", "twitter:")  # how others begin
PROVING = "verification"  # how those end by which one proves that a site is one's own
PAINTERS = words(  # functions of colours, shapes and effects that fetch nothing
    """
    blur brightness calc circle color color-mix contrast drop-shadow ellipse grayscale hsl hsla
    hue-rotate hwb inset invert lab lch light-dark oklab oklch opacity path polygon rect rgb rgba
    saturate sepia var xywh
    """
)
