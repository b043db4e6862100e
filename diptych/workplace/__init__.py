"""The commands that the workflows of a git host call for editors who work in the browser alone.

`python -m diptych.workplace` runs the command of a form, writes a proposal that editors can open in a
browser, or judges whether an earlier release may be published again.
"""
