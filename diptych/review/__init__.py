"""Compares two builds, and reports in Markdown the effects of the change, for the people who must
approve it.
"""

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
