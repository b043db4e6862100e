"""Checks of YAML: how front matter, timelines and settings are written down."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, NL, TIMELINE, Explanation, Theme, at, page

NOTATION = Theme(
    say("YAML: how front matter, timelines and settings are written"),
    (
        Explanation(
            "yaml-syntax",
            (ERROR,),
            says=say("A line does not follow the rules of YAML."),
            matters=say(
                "In YAML a colon with a space, a dash, a quotation mark and indentation mean "
                "something. One slip makes everything below it uncertain, so nothing is guessed."
            ),
            example=page("title: Onze missie: tien punten"),
            instead=page('title: "Onze missie: tien punten"'),
            advice=say(
                "When in doubt, put double quotes around the whole value, and indent with spaces."
            ),
        ),
        Explanation(
            "duplicate-key",
            (ERROR,),
            says=say("The same key stands twice in one place."),
            matters=say("Only one of the two values can count, and nobody could tell which."),
            example=page("title: Over ons", "slug: over-ons", "title: Wie zijn we"),
            instead=page("title: Wie zijn we", "slug: over-ons"),
        ),
        Explanation(
            "unknown-key",
            (ERROR,),
            says=say("A key is not one of those that can stand here."),
            matters=say(
                "A misspelt key would be passed over in silence, and what you wrote would be lost."
            ),
            example=page("titel: Over ons"),
            instead=page("title: Over ons"),
            advice=say("Keys are English words and the same in every language of the site."),
        ),
        Explanation(
            "missing-key",
            (ERROR,),
            says=say("A key that is always needed is missing."),
            matters=say("Without it the page, the event or the site cannot be made."),
            example=page("description: Wie wij zijn en wat we doen."),
            instead=page("title: Over ons", "description: Wie wij zijn en wat we doen."),
        ),
        Explanation(
            "wrong-type",
            (ERROR,),
            says=say("The value is of another kind than the key asks for."),
            matters=say(
                "Where a date, a number, a list or true or false is expected, other words would "
                "have to be guessed at."
            ),
            example=page("title: Over ons", "draft: misschien"),
            instead=page("title: Over ons", "draft: true"),
        ),
        Explanation(
            "yaml-key",
            (ERROR,),
            says=say("A key is something else than a plain word."),
            matters=say("Brackets, braces and << mean something else in YAML than they seem to."),
            example=page("[title]: Over ons"),
            instead=page("title: Over ons"),
        ),
        Explanation(
            "yaml-alias",
            (ERROR,),
            says=say("A value begins with & or *, which in YAML refers to another place."),
            matters=say(
                "With such references a small file can grow without end, so they are not used here."
            ),
            example=page("title: &Co voor iedereen"),
            instead=page('title: "&Co voor iedereen"'),
        ),
        Explanation(
            "yaml-tag",
            (ERROR,),
            says=say(
                "A value begins with an exclamation mark, which in YAML names a kind of value."
            ),
            matters=say("Kinds of values are never taken from a file: content is only ever text."),
            example=page("title: !Zichtbaar en veilig"),
            instead=page('title: "!Zichtbaar en veilig"'),
        ),
        Explanation(
            "yaml-documents",
            (ERROR,),
            says=say("A line with three dashes begins a second document in the same file."),
            matters=say("A file holds one list or one set of keys; the rest would not be read."),
            example=at(
                TIMELINE,
                "- id: first-lockdown",
                "  date: 2020-03-18",
                "---",
                "- id: reopening",
                "  date: 2020-06-08",
            ),
            instead=at(
                TIMELINE,
                "- id: first-lockdown",
                "  date: 2020-03-18",
                "",
                "- id: reopening",
                "  date: 2020-06-08",
            ),
        ),
        Explanation(
            "yaml-depth",
            (ERROR,),
            says=say("Lists or groups of keys lie too deep inside each other."),
            matters=say(
                "No file of this site needs more than a few levels; deeper is always a slip."
            ),
            example=page("title: " + "[" * 22 + "Over ons" + "]" * 22),
            instead=page("title: Over ons"),
        ),
        Explanation(
            "file-too-large",
            (ERROR,),
            says=say("A file holds more than a million characters."),
            matters=say(
                "Such a file makes every build slow, and nobody can keep an overview of it."
            ),
            example=at(TIMELINE, "- id: event-1", "# …", "- id: event-9999"),
            instead=at(TIMELINE, "- id: event-1", "# …", "- id: event-5000")
            + at(
                "content/about/before/timeline.yaml", "- id: event-5001", "# …", "- id: event-9999"
            ),
            advice=say("Divide it over two pages."),
        ),
        Explanation(
            "merge-conflict",
            (ERROR,),
            says=say("Two people changed the same lines of a file, and both versions stand in it."),
            matters=say(
                "Git cannot know which of the two is meant, so it keeps both and writes lines of "
                "<<<<<<<, ======= and >>>>>>> around them. As long as those stand there, nothing else "
                "is said of the file, and nothing is confirmed or published."
            ),
            example=at(
                NL,
                "<<<<<<< HEAD",
                "Wij zijn met vijf begonnen.",
                "=======",
                "Wij zijn met zes begonnen.",
                ">>>>>>> met-zes",
            ),
            instead=at(NL, "Wij zijn met vijf begonnen, en al snel met zes."),
            advice=say(
                "Above ======= stands the one version, below it the other. Keep one, or make one text "
                "of both, and take out the three lines of signs; in the browser the button is called "
                "Resolve conflicts. In a lock file, keep every other line. Must a text show such "
                "lines? Indent them by four spaces, then they are an example."
            ),
        ),
        Explanation(
            "not-utf8",
            (ERROR,),
            says=say("A file is saved in another encoding than UTF-8."),
            matters=say("Letters with accents would reach the reader as other signs."),
            example=page("title: Libert� et s�curit�", path=NL.replace("nl.md", "fr.md")),
            instead=page("title: Liberté et sécurité", path=NL.replace("nl.md", "fr.md")),
            advice=say(
                "In your editor, choose “Save with encoding” and UTF-8; then look at the accents."
            ),
        ),
        Explanation(
            "invisible-character",
            (ERROR,),
            says=say("A character that nobody can see stands in the text."),
            matters=say(
                "It often comes along when you copy from a document or a chat. It can break words, "
                "links and searches, and can make a text read otherwise than it is."
            ),
            example=page("title: Over\u202e ons"),
            instead=page("title: Over ons"),
            advice=say("Take out the words around the place, and type them again."),
        ),
    ),
)
