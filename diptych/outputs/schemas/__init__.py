"""JSON Schemas of the files of a site and of the JSON reports."""
