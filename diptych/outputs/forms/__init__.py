"""Forms for editing in the browser: one page, apart from the readers' pages, off by default.

Sveltia CMS edits the files of the site in its git repository. Its configuration is made from the
records that read those files, so that a form takes the values that the build accepts. The page loads
the CMS from the site itself and checks its digest. It connects to the git host when somebody opens it.
"""
