"""JSON Schemas of the files of a site and of the JSON reports, and the tables of keys in the
guides.

Schemas of files and tables are made from the records that read the files, so that a key is declared
once. The schemas of the reports are files of this package.
"""
