"""The acts that the workflows of a git host call, for editors who work in the browser alone.

They run the command of a form, make a proposal that can be looked at, and judge whether an earlier
release may be published again: `python -m diptych.workplace`.
"""
