"""The commands that the workflows of a git host call for editors who work in the browser alone.

One runs the command of a form, one makes a proposal to look at, and one judges whether an earlier
release may be published again: `python -m diptych.workplace`.
"""
