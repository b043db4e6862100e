"""The words that the site prefers or avoids: read from `terms.yaml`, and found in texts.

Every term has, in each language, a preferred word and the words to avoid, and the reason. A
vocabulary finds both kinds in a text, with their inflections and compounds. The check
`avoided-term`, the glossary page and the notes for translators use it.
"""
