"""Checks of pictures and other files."""

from __future__ import annotations

from diptych.diagnostics import say
from diptych.explanations.values import ERROR, FILES, FR, INFO, NL, WARNING, Explanation, Theme, at

_PICTURE = at(FILES, "about/group.jpg")

PICTURES = Theme(
    say("Pictures and other files"),
    (
        Explanation(
            "missing-alt",
            (ERROR,),
            says=say("A picture has no description."),
            matters=say("Who cannot see the picture hears its description; without one, nothing."),
            example=_PICTURE + at(NL, "![](group.jpg)"),
            instead=at(NL, "![Vier mensen achter een spandoek](group.jpg)"),
            advice=say("For a picture in the front matter the description is image_alt."),
        ),
        Explanation(
            "borrowed-alt",
            (WARNING,),
            says=say("A picture is described with the very words of another language."),
            matters=say("Who cannot see it hears a sentence that belongs to the other page."),
            example=at(FILES, "about/group.jpg")
            + at(NL, "![Vier mensen achter een spandoek](group.jpg)")
            + at(FR, "![Vier mensen achter een spandoek](group.jpg)"),
            instead=at(FR, "![Quatre personnes derrière une banderole](group.jpg)"),
        ),
        Explanation(
            "missing-image",
            (ERROR,),
            says=say("A picture is not in the folder of its page."),
            matters=say("The reader would see an empty frame."),
            example=_PICTURE + at(NL, "![Vier mensen achter een spandoek](groep.jpg)"),
            instead=at(NL, "![Vier mensen achter een spandoek](group.jpg)"),
            advice=say("Capitals count: Group.jpg is another file than group.jpg."),
        ),
        Explanation(
            "awaited-image",
            (INFO,),
            says=say("The place for a picture stays empty until the file is there."),
            matters=say(
                "This is no mistake: the page is published without the picture until then."
            ),
            example=at(NL, "![Vier mensen achter een spandoek](group.jpg){.optional}"),
            instead=_PICTURE,
            advice=say("Only check --advice says it."),
        ),
        Explanation(
            "damaged-image",
            (ERROR,),
            says=say("A picture cannot be opened, or is far too large."),
            matters=say(
                "Every picture is made anew before it is published, so that no place or camera is "
                "given away; for that it must be whole."
            ),
            example=at(FILES, "about/group.jpg  0 kB"),
            instead=at(FILES, "about/group.jpg  240 kB"),
            advice=say(
                "Open it in a picture editor and save it as JPEG, at most 4000 pixels wide."
            ),
        ),
        Explanation(
            "heavy-image",
            (WARNING,),
            says=say("A picture stays heavy, however it is made smaller."),
            matters=say("On a phone with a poor connection the page would be slow to appear."),
            example=at(FILES, "about/group.png  6400 kB"),
            instead=at(FILES, "about/group.jpg  900 kB"),
            advice=say("Save a photograph as JPEG; PNG is for drawings."),
        ),
        Explanation(
            "author-data",
            (ERROR,),
            says=say("A PDF or a drawing tells who made it, when, or with what."),
            matters=say(
                "The name of a member, or the folder of a computer, would be online for all."
            ),
            example=at(FILES, "about/flyer.pdf  /Author (An Peeters)"),
            instead=at(FILES, "about/flyer.pdf"),
            advice=say(
                "Empty the properties of the document and export it anew; save a drawing as "
                "plain or optimised SVG."
            ),
        ),
        Explanation(
            "active-file",
            (ERROR,),
            says=say(
                "A PDF or a drawing holds a script or other files, or needs something from "
                "elsewhere."
            ),
            matters=say("Opening it could tell others who reads it; here nothing acts by itself."),
            example=at(FILES, "about/flyer.pdf  /JavaScript"),
            instead=at(FILES, "about/flyer.pdf"),
            advice=say("Print the PDF to a new one; take scripts and addresses out of a drawing."),
        ),
        Explanation(
            "file-type",
            (ERROR,),
            says=say("A file of this kind is not published."),
            matters=say(
                "What lies beside a page is published; an unknown kind of file could hold anything."
            ),
            example=at(FILES, "about/group.tiff"),
            instead=_PICTURE,
            advice=say("Pictures are JPEG, PNG, WebP or SVG; documents are PDF."),
        ),
        Explanation(
            "orphan-file",
            (WARNING,),
            says=say("A file lies in a folder that has no page."),
            matters=say("Nobody would ever see it; mostly the folder's name is misspelt."),
            example=at(FILES, "abuot/group.jpg"),
            instead=_PICTURE,
        ),
        Explanation(
            "name-twice",
            (ERROR,),
            says=say("Two names of files differ only by capitals or by how accents are stored."),
            matters=say("On many computers they are one file, and one of the two would be lost."),
            example=at(FILES, "about/Group.jpg", "about/group.jpg"),
            instead=at(FILES, "about/group-2019.jpg", "about/group-2022.jpg"),
        ),
        Explanation(
            "outside-file",
            (ERROR,),
            says=say("There is a link to a place outside the site, or a device, and no file."),
            matters=say("What lies elsewhere on the computer must never be published by accident."),
            example=at(FILES, "about/group.jpg -> /home/an/group.jpg"),
            instead=_PICTURE,
            advice=say("Copy the file itself into the folder of the page."),
        ),
        Explanation(
            "unreadable-file",
            (ERROR,),
            says=say("The computer does not let this file be read."),
            matters=say("The preview goes on showing the last good page until it can."),
            example=at(FILES, "about/nl.md  ----------"),
            instead=at(FILES, "about/nl.md  -rw-r--r--"),
            advice=say("Give yourself the right to read the file, or save it again."),
        ),
    ),
)
