"""The preview: the site on this computer, rebuilt after every save, with mistakes shown over the
last good page.

Only this package imports livereload, tornado and watchfiles. Watching and building run in a thread
of their own. The state on show is one frozen value with a number, the epoch. A browser sends the
epoch that it shows, and reloads if that is not the newest, so that no save is missed.
"""

from diptych.preview.preview import Preview
from diptych.preview.server import serve

__all__ = ["Preview", "serve"]
