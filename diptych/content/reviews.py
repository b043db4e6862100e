"""The fields about reviewing a page or an event: the last review, and how often a review is due."""

from __future__ import annotations

from diptych.content.fields import Field
from diptych.content.kinds import DAY, WHOLE
from diptych.diagnostics import say

REVIEWED = {
    "reviewed": Field(
        DAY,
        say("when somebody last looked whether it is still true"),
        example="2024-06-08",
        required_with="review_every",
    ),
    "review_every": Field(
        WHOLE,
        say("after how many months somebody must look again; `check` then says so"),
        example="12",
    ),
}
