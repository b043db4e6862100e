"""Reports what a change does, for whoever must approve it: compares two builds, in Markdown."""

from diptych.review.compare import is_code, review_of
from diptych.review.markdown import as_markdown
from diptych.review.values import BuiltSite, Review

__all__ = [
    "BuiltSite",
    "Review",
    "as_markdown",
    "is_code",
    "review_of",
]
