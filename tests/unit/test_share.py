"""How a page is shown where its link is shared: its picture, its words, and what stays unsaid."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Callable

import pytest
from PIL import Image

from diptych.files import SHARE_SIZE, ShareRequest, draw_share, share, share_path
from diptych.pipeline import Build
from diptych.values import replace
from tests.conftest import LOOK, SITE_YAML, page_of

Builds = Callable[..., Build]

REQUEST = ShareRequest(
    "Welkom", LOOK["assets/share/background.png"], LOOK["assets/share/letters.ttf"]
)


def shared(build: Build, path: str) -> dict[str, str]:
    """The Open Graph properties of a page."""
    metas = page_of(build, path).xpath("//meta[starts-with(@property, 'og:')]")
    return {meta.get("property").removeprefix("og:"): meta.get("content") for meta in metas}


def drawn(words: str) -> bytes:
    outcome = draw_share(replace(REQUEST, words=words))
    assert outcome.diagnostics == ()
    return outcome.value


def chunks(png: bytes) -> list[bytes]:
    """The kinds of chunks of a PNG, in order."""
    found, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        found.append(png[place + 4 : place + 8])
        place += 12 + length
    return found


# `_DRAWN` -> the digest of the pixels of `REQUEST`; since 2 several lines are of about one length,
# since 3 the letters are white on a dark background
DRAWN = {1: "d6179166c66a9a3d", 2: "d6179166c66a9a3d", 3: "d6179166c66a9a3d"}


class TestPicture:
    @pytest.mark.parametrize(
        ("colour", "ink"),
        [
            ("#ffffff", (34, 24, 32)),
            ("#f6d9d3", (34, 24, 32)),
            ("#9cc4ee", (34, 24, 32)),
            ("#9c2b1f", (255, 255, 255)),
            ("#2f5d8a", (255, 255, 255)),
            ("#000000", (255, 255, 255)),
        ],
    )
    def test_the_letters_can_be_read_on_any_background(
        self, colour: str, ink: tuple[int, int, int]
    ) -> None:
        file = io.BytesIO()
        Image.new("RGB", SHARE_SIZE, colour).save(file, "PNG")
        outcome = draw_share(replace(REQUEST, background=file.getvalue()))
        pixels = Image.open(io.BytesIO(outcome.value)).convert("RGB")
        assert {each for _, each in pixels.getcolors() or ()} >= {ink, pixels.getpixel((0, 0))}

    def test_another_drawing_has_another_address(self) -> None:
        """When this fails, the same words are drawn otherwise: raise `_DRAWN`, and add its digest here."""
        pixels = Image.open(io.BytesIO(drawn("Welkom"))).convert("RGB").tobytes()
        assert hashlib.sha256(pixels).hexdigest()[:16] == DRAWN[share._DRAWN]
        others = (
            replace(REQUEST, words="Ja"),
            replace(REQUEST, background=REQUEST.letters),
            replace(REQUEST, letters=b""),
        )
        assert share_path(REQUEST) not in map(share_path, others)

    def test_it_is_light_and_holds_nothing_but_pixels(self) -> None:
        png = drawn("Vragen en antwoorden")
        assert set(chunks(png)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
        assert Image.open(io.BytesIO(png)).size == SHARE_SIZE
        assert len(png) < 40_000

    def test_the_same_words_are_the_same_bytes(self) -> None:
        assert drawn("Vragen") == drawn("Vragen") != drawn("Antwoorden")

    @pytest.mark.parametrize(
        "words",
        [
            "Ja",
            "Persberichten, standpunten en activiteiten van de voorbije jaren, en wat eruit volgde",
            "Aansprakelijkheidswaardevaststellingsveranderingen",
            "Œuvre, 70\N{NO-BREAK SPACE}%, l’été",
        ],
    )
    def test_the_words_stay_clear_of_the_edges_and_of_the_drawing(self, words: str) -> None:
        paper = Image.open(io.BytesIO(REQUEST.background)).convert("RGB")
        picture = Image.open(io.BytesIO(drawn(words))).convert("RGB")
        assert picture.crop((0, 0, 1200, 300)).tobytes() == paper.crop((0, 0, 1200, 300)).tobytes()
        for edge in ((0, 0, 90, 630), (1110, 300, 1200, 630), (0, 600, 1200, 630)):
            assert len(picture.crop(edge).getcolors() or ()) <= len(
                paper.crop(edge).getcolors() or ()
            )
        assert picture.tobytes() != paper.tobytes()

    @pytest.mark.parametrize("words", ["Meer rechten, meer keuze", "Plus de droits, plus de choix"])
    def test_no_word_stands_alone_in_the_last_line(self, words: str) -> None:
        """Each half of the words in a line of its own, however large the letters are."""
        font = share._font(REQUEST.letters, 100)
        lines = share._balanced(words, font, share._lines(words, font))
        assert " ".join(lines) == words
        assert [line.count(" ") for line in lines] in ([1, 1], [2, 2])

    @pytest.mark.parametrize(
        "background", [b"", b"\x89PNG\r\n", LOOK["assets/apple-touch-icon.png"]]
    )
    def test_a_drawing_that_cannot_be_used_is_told(self, background: bytes) -> None:
        outcome = draw_share(replace(REQUEST, background=background))
        assert [(each.check, each.span.path) for each in outcome.diagnostics] == [
            ("damaged-image", "assets/share/background.png")
        ]

    def test_a_font_that_cannot_be_used_is_told(self) -> None:
        outcome = draw_share(replace(REQUEST, letters=b"OTTO"))
        assert [(each.check, each.span.path) for each in outcome.diagnostics] == [
            ("damaged-image", "assets/share/letters.ttf")
        ]


def test_the_address_of_a_picture_follows_from_what_it_is_drawn_from() -> None:
    other = replace(REQUEST, words="Anders")
    painted = replace(REQUEST, background=REQUEST.background + b"x")
    typed = replace(REQUEST, letters=REQUEST.letters + b"x")
    assert share_path(REQUEST) == share_path(replace(REQUEST, words="Welkom"))
    assert len({*map(share_path, (REQUEST, other, painted, typed))}) == 4


def test_every_page_is_shared_with_a_picture_of_its_own_words(whole_build: Build) -> None:
    published = {output.path for output in whole_build.outputs}
    seen: dict[str, str] = {}
    assert whole_build.site is not None
    for page in whole_build.site.pages:
        told = shared(whole_build, page.output)
        path = told["image"].removeprefix(f"{whole_build.site.settings.base_url}/")
        assert path in published
        assert (told["image:width"], told["image:height"]) == ("1200", "630")
        words = told["image:alt"].rpartition(": ")[2]
        assert seen.setdefault(words, path) == path
    assert len(set(seen.values())) == len(seen) > 10


def test_what_they_are_drawn_with_is_not_published(whole_build: Build) -> None:
    assert [o.path for o in whole_build.outputs if "letters" in o.path or "OFL" in o.path] == []


class TestPages:
    def test_a_site_with_an_empty_background_has_no_pictures(self, site: Builds) -> None:
        build = site({"assets/share/background.png": b""})
        assert not build.failed
        assert "image" not in shared(build, "nl/over-ons/")
        assert shared(build, "nl/over-ons/")["title"] == "Over ons"

    def test_a_discreet_page_does_not_say_what_it_is_about(self, site: Builds) -> None:
        """In no language, wherever it was set."""
        build = site(
            {
                "content/about/fr.md": "---\ntitle: À propos\ndescription: Qui.\ndiscreet: true\n---\n\nTexte.\n\n## Qui {#who}\n\nNous.\n"
            }
        )
        for path in ("nl/over-ons/", "fr/a-propos/"):
            told = shared(build, path)
            assert (told["title"], told["description"]) == ("Voorbeeld", "example.org")
            assert told["image"] == shared(build, "nl/over-ons/")["image"]
            assert told["image:alt"].endswith(": Voorbeeld")

    @pytest.mark.parametrize(
        ("lead", "words"),
        [
            ("Wij spreken *zelf*.\n\nEn meer.", "Wij spreken zelf."),
            ("", "Voorbeeld"),
            ("- een lijst", "Voorbeeld"),
            ("Een zin die maar niet ophoudt. " * 4, "Voorbeeld"),
        ],
    )
    def test_the_picture_of_home_says_its_first_sentence_and_the_link_the_name(
        self, site: Builds, lead: str, words: str
    ) -> None:
        """What stands on the picture is for whoever sees it; the title lands in a history."""
        home = f"---\ntitle: Welkom\nlayout: home\n---\n\n{lead}\n"
        told = shared(site({"content/home/nl.md": home}), "nl/")
        assert told["image:alt"].endswith(f": {words}")
        assert told["title"] == "Voorbeeld"

    def test_the_picture_of_a_timeline_says_how_it_ended(self, site: Builds) -> None:
        head = "---\ntitle: Tijd\nlayout: timeline\n---\n"
        event = "- id: {0}\n  date: 2022-03-1{1}\n  title: {{nl: Dag {1}}}\n  text: {{nl: Zo.}}\n"
        events = event.format("first", 1) + event.format("second", 2)
        great = "  topics: [turning-point]\n"
        settings = SITE_YAML.replace("[about]", "[about, time]").replace(
            "topics:\n", "topics:\n  turning-point: {nl: Keerpunten, fr: Tournants}\n"
        )
        for more, words in (("", "Tijd"), (great, "Dag 1, 11\xa0maart 2022")):
            build = site(
                {
                    "content/site.yaml": settings,
                    "content/time/nl.md": head,
                    "content/time/timeline.yaml": events.replace("Zo.}\n", "Zo.}\n" + more, 1),
                }
            )
            told = shared(build, "nl/tijd/")
            assert told["image:alt"].endswith(f": {words}")
            assert told["title"] == "Tijd"

    def test_pages_that_nobody_meets_by_themselves_have_the_picture_of_the_site(
        self, site: Builds
    ) -> None:
        """Of pages below others, only news (with a date) and those with a picture have their own."""
        head = "---\ntitle: {}\n{}---\n\nTekst.\n"
        build = site(
            {
                "content/about/deep/nl.md": head.format("Diep", ""),
                "content/about/deeper/nl.md": head.format("Dieper", ""),
                "content/about/news/nl.md": head.format("Nieuw", "date: 2022-05-01\n"),
            }
        )
        own = shared(build, "nl/over-ons/nieuw/")
        assert own["image:alt"].endswith(": Nieuw")
        assert own["image"] != shared(build, "nl/")["image"]
        other = shared(build, "nl/over-ons/diep/")
        assert other["title"] == "Diep"
        assert other["image"] == shared(build, "nl/over-ons/dieper/")["image"]
        assert other["image:alt"].endswith(": Voorbeeld")
