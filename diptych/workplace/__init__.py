"""What the workflows of a git host call for whoever works in the browser alone.

A form that was filled in, a proposal to look at, an earlier release: `python -m diptych.workplace`.
"""
