"""The terms of a site: the words that it prefers and avoids, read from `terms.yaml` and found in
texts.

Every term has, in each language, a preferred word, words to avoid, and the reason. A `Vocabulary`
finds these words in a text, with their inflections and compounds. The check `avoided-term`, the
glossary page and the notes for translators use the vocabulary.
"""
