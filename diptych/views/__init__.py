"""What a template may see: frozen views, one field one sentence.

A template receives one `PageView` (as `view`) and the interface strings of its language; nothing
else. So this file is the contract between the code and whoever writes templates, and the digest
of a view is the digest of all that a page depends on.

Everything of type `Markup` is finished HTML (already escaped, typeset); every `str` is plain
text, already typeset, which Jinja escapes. Every `href` is ready to be written into an attribute.
"""

from diptych.views.events import (
    AgendaEventView,
    AgendaView,
    DataLinkView,
    EventView,
    FigureRow,
    FiguresView,
    KeyFigureView,
    NextEventsView,
    NextEventView,
    PeriodView,
    QuoteView,
    SourceView,
    StepView,
    TimelineChapterView,
    TimelineView,
    TopicView,
    YearView,
)
from diptych.views.links import (
    AlternateView,
    EntryGroupView,
    EntryView,
    ExternalView,
    ImageView,
    LanguageView,
    LinkView,
    NoticeView,
    PictureSource,
    SectionLinkView,
    SectionView,
    ShareView,
)
from diptych.views.pages import (
    ContentsEntry,
    ContentsGroup,
    ContentsPage,
    PageView,
    RootView,
    SiteView,
    TermView,
    WordView,
)
from diptych.views.records import DateView, FieldsView, FieldView, LeadView, NumberView
from diptych.views.takeaway import (
    ChapterLink,
    ChapterView,
    TakeawayEvent,
    TakeawayFile,
    TakeawayPage,
    TakeawayView,
)

__all__ = [
    "AgendaEventView",
    "AgendaView",
    "AlternateView",
    "ChapterLink",
    "ChapterView",
    "ContentsEntry",
    "ContentsGroup",
    "ContentsPage",
    "DataLinkView",
    "DateView",
    "EntryGroupView",
    "EntryView",
    "EventView",
    "ExternalView",
    "FieldView",
    "FieldsView",
    "FigureRow",
    "FiguresView",
    "ImageView",
    "KeyFigureView",
    "LanguageView",
    "LeadView",
    "LinkView",
    "NextEventView",
    "NextEventsView",
    "NoticeView",
    "NumberView",
    "PageView",
    "PeriodView",
    "PictureSource",
    "QuoteView",
    "RootView",
    "SectionLinkView",
    "SectionView",
    "ShareView",
    "SiteView",
    "SourceView",
    "StepView",
    "TakeawayEvent",
    "TakeawayFile",
    "TakeawayPage",
    "TakeawayView",
    "TermView",
    "TimelineChapterView",
    "TimelineView",
    "TopicView",
    "WordView",
    "YearView",
]
