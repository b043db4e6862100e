"""Shows the progress of a run by stages, and at its end how long each stage took."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from diptych.cache import Watch
from diptych.cli.terminal import Terminal
from diptych.diagnostics import Message, say

_PATIENCE = 1.0  # seconds before progress is shown
_OFTEN = 0.1  # seconds between two updates of the line
STAGES: dict[str, Message] = {  # the words before the count of a stage, by its function's name
    "read_old_page": say("pages of the old site read"),
    "write_new_page": say("pages of the old site brought over"),
    "parse_settings": say("settings read"),
    "parse_page": say("pages read"),
    "read_records": say("files of records read"),
    "read_catalog": say("catalogs read"),
    "convert_text": say("texts in YAML converted"),
    "make_image": say("pictures made"),
    "examine_image": say("pictures examined"),
    "make_drawing": say("drawings made"),
    "admit": say("files of the look checked"),
    "read_style": say("style sheets read"),
    "read_inline_style": say("style sheets in pages read"),
    "without_spare_spaces": say("style sheets shortened"),
    "judge_colours": say("colours checked"),
    "clean_pdf": say("PDF files written anew"),
    "compare_languages": say("pages compared between languages"),
    "check_bundle": say("folders of pages checked"),
    "diagnose_texts": say("files checked for slips"),
    "diagnose_interface": say("catalogs checked for slips"),
    "advise": say("files looked over for advice"),
    "check_template": say("templates checked"),
    "check_blocks": say("templates checked for blocks"),
    "find_shared": say("templates searched for blocks that pages share"),
    "used_strings": say("files searched for strings"),
    "make_page": say("pages made"),
    "make_chapter": say("chapters of the whole site made"),
    "make_index": say("search indexes made"),
    "draw_share": say("share pictures made"),
    "timeline_data": say("timelines written as data"),
    "agenda_file": say("agendas written as data"),
    "sitemap": say("sitemaps written"),
    "compress": say("files compressed"),
    "check_page": say("pages checked for links"),
    "words_of_page": say("pages checked for what readers see"),
    "check_file": say("files checked for privacy"),
}


class Stopwatch(Watch):
    """Counts the calls and the processor time of each stage, and shows the progress of a long run on
    standard error: on a terminal in one line that is rewritten, with the remaining time if it is known;
    on a build server (which sets CI) in one line per stage.
    """

    def __init__(self, terminal: Terminal, clock: Callable[[], float] = time.monotonic) -> None:
        self.counts: dict[str, int] = {}
        self._all: dict[str, int] = {}  # the number of slots that a stage will have
        self._asked: dict[str, int] = {}
        self._since: dict[str, float] = {}
        self._reported: set[str] = set()  # the stages whose line was printed
        self._spent: dict[str, float] = {}
        self._terminal = terminal
        self._clock = clock
        self._start = self._shown = clock()
        self._processor = time.process_time()
        self._began = 0.0
        self._stage = ""
        self._on_terminal = sys.stderr.isatty()
        self._in_lines = not self._on_terminal and bool(os.environ.get("CI"))

    def expected(self, stage: str, slots: int) -> None:
        """Adds `slots` to the number of slots for which a stage will be asked."""
        self._all[stage] = self._all.get(stage, 0) + slots

    def asked(self, stage: str, slots: int) -> None:
        """Adds `slots` to the number of slots for which a stage was asked."""
        if stage not in self._since:
            self._since[stage] = self._clock()
        self._asked[stage] = self._asked.get(stage, 0) + slots

    def begun(self, stage: str) -> None:
        """A stage begins the work of one slot."""
        last = self._stage
        done = self._asked.get(last, 0) >= self._all.get(last, 0)
        if self._in_lines and done and last not in ("", stage):
            self._line(last)
        self._stage = stage
        self._began = time.process_time()

    def ended(self, stage: str) -> None:
        """Counts one finished slot of a stage, and adds the processor time since the last slot began or
        ended to the time of the stage.
        """
        now = time.process_time()
        self._spent[stage] = self._spent.get(stage, 0.0) + now - self._began
        self._began = now  # several threads work: more than one slot can end before another begins
        self.counts[stage] = self.counts.get(stage, 0) + 1
        if self._on_terminal:
            self._show(stage, self._clock())

    def _show(self, stage: str, now: float) -> None:
        """Rewrites the progress line of a long run, at most ten times a second (`_OFTEN`)."""
        if now - self._start > _PATIENCE and now - self._shown > _OFTEN:
            self._shown = now
            sys.stderr.write(f"\r\x1b[K{self._progress(stage, now)}")
            sys.stderr.flush()

    def finish(self) -> None:
        """Clears the progress line at the end of the run."""
        if self._on_terminal and self._shown > self._start:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        for stage in self.counts if self._in_lines else ():
            self._line(stage)

    def timings(self) -> str:
        """A table of processor time by stage, longest first; the last line is the time outside all
        stages.
        """
        whole = time.process_time() - self._processor
        rows = sorted(self._spent.items(), key=lambda each: -each[1])
        lines = [f"{spent:8.3f} s  {self._counted(name)}" for name, spent in rows]
        rest = self._terminal.words(say("all else, such as reading and writing files"))
        together = self._terminal.words(say("together"))
        lines.append(f"{whole - sum(self._spent.values()):8.3f} s  {rest}")
        lines.append(f"{whole:8.3f} s  {together}")
        return "\n".join(lines) + "\n"

    def _progress(self, stage: str, now: float) -> str:
        """The progress of a stage: how many of how many, and the remaining time at this speed."""
        asked, every = self._asked.get(stage, 0), self._all.get(stage, 0)
        if not 0 < asked <= every:
            return self._counted(stage)
        name = self._words(stage)
        spent = now - self._since[stage]
        left = round(spent / asked * (every - asked))
        if left and spent > _PATIENCE:  # the first results do not give a reliable speed
            said = say(
                "{stage}: {done} of {all}, {seconds} s left",
                stage=name,
                done=asked,
                all=every,
                seconds=left,
            )
        else:
            said = say("{stage}: {done} of {all}", stage=name, done=asked, all=every)
        return self._terminal.words(said)

    def _line(self, stage: str) -> None:
        """Prints the line of a stage once, if the run is long enough to show progress."""
        if stage not in self._reported and self._clock() - self._start > _PATIENCE:
            sys.stderr.write(f"{self._counted(stage)}\n")
        self._reported.add(stage)

    def _counted(self, stage: str) -> str:
        """The words of a stage and the number of its results so far: "pages read: 4"."""
        words, count = self._words(stage), self.counts.get(stage, 0)
        return self._terminal.words(say("{stage}: {done}", stage=words, done=count))

    def _words(self, stage: str) -> str:
        return self._terminal.words(STAGES[stage]) if stage in STAGES else stage
