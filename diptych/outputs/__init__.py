"""The files that are published beside the pages: feeds, calendars, data, sitemap, files for hosts, the
page of the forms; and the JSON schemas for editors.
"""
