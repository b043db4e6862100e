"""The files that are published beside the pages: feeds, calendars, data, sitemap, files for hosts,
the page with forms for editors; and the JSON schemas for editors.
"""
