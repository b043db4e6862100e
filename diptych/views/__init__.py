"""The views: immutable values that templates can use. Each field has a comment that says its
meaning.

A template receives one `PageView` (as `view`) and the interface strings of its language, and
nothing else. So this package is the contract between the program and the authors of templates, and
the digest of a view covers everything that a page depends on besides its templates.

A `Markup` is finished HTML (escaped and typeset). A `str` is plain text, typeset, which Jinja
escapes. Every `href` can be written into an attribute as it is.
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
