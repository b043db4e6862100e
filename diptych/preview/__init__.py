"""The preview: the site on this computer, rebuilt on every save, mistakes over the last good page.

The one door to livereload, tornado and watchfiles. Watching and building happen in a thread of
their own; what is shown is one frozen value with a number, the epoch. A browser says which epoch
it shows and is told to reload whenever that is not the newest, so no save is ever missed.
"""

from diptych.preview.preview import Preview

__all__ = ["Preview"]
