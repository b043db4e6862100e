"""Typography of each language, applied to text and never to source."""

from diptych.typography.profiles import NBSP, PROFILES, THIN
from diptych.typography.setting import CONTEXT, Flow, as_markup, pieces, typeset

__all__ = ["CONTEXT", "NBSP", "PROFILES", "THIN", "Flow", "as_markup", "pieces", "typeset"]
