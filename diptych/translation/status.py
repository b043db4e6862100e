"""Pages × languages × states, the parts that changed, and an estimate of the work.

The settings and the terms are rows too, by the names of their files.

Computed from the reports; the same report is shown as text, as JSON and side by side.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from diptych.diagnostics import Message, Source, command, say, say_n
from diptych.diagnostics.report import Translate
from diptych.model import Language, named
from diptych.site import Site
from diptych.site.values import FALLBACK
from diptych.translation import LanguageReport, Part, State, Unit, UnitGroup, UnitState
from diptych.translation.units import place_of
from diptych.values import Value, as_plain, field

NEAR = 8  # the words shown beside a change
WORDS_A_MINUTE = 10  # translated and looked over; for estimates, rounded up to five minutes

OldText = Callable[[Unit, str, str, str], str | None]  # unit, page key, language, old digest

STATE_NAMES = {
    State.CURRENT: say("current"),
    State.UNCONFIRMED: say("unconfirmed"),
    State.OUTDATED: say("outdated"),
    State.FALLBACK: say("fallback"),
    State.ABSENT: say("absent"),
}


class StatusCell(Value):
    """A page in a language, or the texts of `site.yaml` or `terms.yaml` in it."""

    state: State
    parts: int = 0  # units that are not current
    words: int = 0  # to translate


class Change(Value):
    """A part that is not current in a language."""

    page: str  # the key of the page
    language: str
    label: str
    state: State
    place: str  # `content/history/fr.md:14`; of the other language when it is missing here
    ahead: str | None  # the language that changed
    ahead_place: str | None
    old: str | None  # the wording of the language that changed, when it was last confirmed
    new: str | None  # its wording now
    lacking: tuple[str, ...] = ()  # the languages of the page that do not have the part

    @property
    def is_missing(self) -> bool:
        """Whether this is the language that does not have the part."""
        return self.language in self.lacking


class Status(Value):
    """The translation status of the whole site."""

    languages: tuple[str, ...]
    cells: Mapping[str, Mapping[str, StatusCell]]  # by key of a report, then by language
    changes: tuple[Change, ...]  # parts that lag behind
    unconfirmed: tuple[Change, ...] = ()  # parts that nobody has confirmed, in each language
    # by key of a report, the labels of confirmed parts that no language has any more
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # the number of parts of each report of which none was ever confirmed, by the key of the report
    new: Mapping[str, int] = field(default_factory=dict)

    def words(self, language: str) -> int:
        """The number of words to translate into a language."""
        return sum(row[language].words for row in self.cells.values() if language in row)


def status_of(
    site: Site, reports: Mapping[str, LanguageReport], sources: Mapping[str, Source], old: OldText
) -> Status:
    """The status of a site."""
    languages = tuple(language.key for language in site.settings.languages)
    cells: dict[str, dict[str, StatusCell]] = {}
    changes: list[Change] = []
    unconfirmed: list[Change] = []
    for key, report in reports.items():
        cells[key] = {language: _cell(site, report, key, language) for language in languages}
        for part in report.parts:
            for language, state in part.states.items():
                if state.state is State.OUTDATED:
                    changes.append(_change(key, language, part, sources, old))
                elif state.state is State.UNCONFIRMED and language in part.group.units:
                    unconfirmed.append(_change(key, language, part, sources, old))
    gone = {
        key: tuple(record.label for record in report.gone)
        for key, report in reports.items()
        if report.gone
    }
    new = {
        key: len(report.records)
        for key, report in reports.items()
        if len(report.statuses) > 1 and report.records and not any(report.records)
    }
    return Status(languages, cells, tuple(changes), tuple(unconfirmed), gone, new)


def _cell(site: Site, report: LanguageReport, key: str, language: str) -> StatusCell:
    page = site.page(key, language)
    if page is None and site.versions(key):
        return StatusCell(State.ABSENT)
    if page is not None and page.state == FALLBACK:
        words = sum(next(iter(group.units.values())).words for group in report.groups)
        return StatusCell(State.FALLBACK, len(report.groups), words)
    parts = words = 0
    for part in report.parts:
        here = part.states.get(language)
        if here is not None and here.state is not State.CURRENT:
            parts += 1
            words += _work(part.group, here)
    status = report.statuses.get(language)
    return StatusCell(status.state if status else State.CURRENT, parts, words)


def _work(group: UnitGroup, state: UnitState) -> int:
    """The number of words to translate: those of the text that is ahead; 0 if the unit is only
    unconfirmed.
    """
    if state.state is not State.OUTDATED or not state.ahead:
        return 0
    return group.units[state.ahead[0]].words


def _change(
    key: str, language: str, part: Part, sources: Mapping[str, Source], old: OldText
) -> Change:
    """A part that is not current in a language, with the text that changed: the text of the
    language that is ahead, or the language's own text if it is unconfirmed.
    """
    state, group = part.states[language], part.group
    lags = state.state is State.OUTDATED
    changed = next(iter(state.ahead), None) if lags else language
    there = group.units[changed] if changed else None
    shown = group.units.get(language) or there
    assert shown is not None
    before = part.record.digests.get(changed) if part.record and changed else None
    if there and not lags and before == there.digest:
        before = None
    return Change(
        key,
        language,
        part.label,
        state.state,
        place_of(shown.span, sources),
        changed if lags else None,
        place_of(there.span, sources) if there and lags else None,
        old(there, key, changed, before) if there and changed and before else None,
        there.text if there else None,
        tuple(key for key in part.states if key not in group.units),
    )


def minutes(words: int) -> int:
    """An estimate of the work, in minutes, rounded up to five."""
    return -(-words // (WORDS_A_MINUTE * 5)) * 5


def as_text(status: Status, languages: Sequence[Language], words: Translate) -> str:
    """The status as text: a table, the work in each language, then the parts that changed."""
    names = {language.key: language.name for language in languages}
    rows = [[words(say("page")), *(names[language] for language in status.languages)]]
    for key, row in status.cells.items():
        rows.append([key, *(_shown(row[language], words) for language in status.languages)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    for language in status.languages:
        count = status.words(language)
        if count:
            work = say(
                "{name}: about {words}, {minutes} of work",
                name=names[language],
                words=say_n("{count} word", "{count} words", count=count),
                minutes=say_n("{count} minute", "{count} minutes", count=minutes(count)),
            )
            lines.append(words(work))
    for key, labels in status.gone.items():
        lines += ["", words(gone_parts(key, len(labels))), *(f"    {label}" for label in labels)]
    for key, count in status.new.items():
        message = say_n(
            "{key}: nobody has compared its {count} part yet; then: {command}",
            "{key}: nobody has compared its {count} parts yet; then: {command}",
            key=key,
            count=count,
            command=command("confirm", key),
        )
        lines += ["", words(message)]
    for change in status.changes:
        lines += ["", *_change_lines([change], languages, words)]
    waiting = (each for each in status.unconfirmed if each.page not in status.new)
    for _, same in groupby(waiting, _same_part):
        lines += ["", *_change_lines(list(same), languages, words)]
    return "\n".join(lines) + "\n"


def gone_parts(key: str, count: int) -> Message:
    """The sentence that a page has confirmed parts which no language has any more."""
    return say_n(
        "{key}: {count} confirmed part is in no language any more",
        "{key}: {count} confirmed parts are in no language any more",
        key=key,
        count=count,
    )


def _shown(cell: StatusCell, words: Translate) -> str:
    name = words(STATE_NAMES[cell.state])
    return f"{name} ({cell.parts})" if cell.parts else name


def _same_part(change: Change) -> tuple[str, ...]:
    """The values by which `status` joins lines about one part: its page and its label. If its old
    and new text are shown, also its language.
    """
    return (change.page, change.label, *([change.language] if change.old is not None else ()))


def _change_lines(
    changes: Sequence[Change], languages: Sequence[Language], words: Translate
) -> list[str]:
    """The lines of a part in one language, or of a part that waits for a look in several."""
    change = changes[0]
    head = say(
        "{place}: {name}: {label} {standing}",
        place=", ".join(dict.fromkeys(each.place for each in changes)),
        name=", ".join(_language(languages, each.language).name for each in changes),
        label=change.label,
        standing=standing(change, languages, change.ahead_place or ""),
    )
    if change.old is not None and change.new is not None and not change.is_missing:
        return [words(head), f"    {word_diff(change.old, change.new)}"]
    if change.state is State.UNCONFIRMED or change.new is None:
        return [words(head)]
    return [words(head), *(f"    {line}" for line in change.new.split("\n"))]


def standing(change: Change, languages: Sequence[Language], ahead_place: str) -> Message:
    """The end of a sentence about a part that is not current: how it stands beside the part in
    other languages. `ahead_place` is the place that is ahead, as the sentence writes it. Two
    languages in one line of YAML have one place, so there the sentence names the language.
    """
    if change.is_missing:
        return say("is still to be translated")
    if change.state is State.UNCONFIRMED and change.lacking:
        lacking = named(*(_language(languages, key) for key in change.lacking))
        return say("has no counterpart in {names}", names=lacking)
    if change.state is State.UNCONFIRMED:
        return say("waits for a look: does it say the same?")
    if change.ahead and change.ahead_place == change.place:
        ahead = named(_language(languages, change.ahead))
        return say("lags behind the {name} text", name=ahead)
    return say("lags behind {place}", place=ahead_place)


def _language(languages: Sequence[Language], key: str) -> Language:
    return next(language for language in languages if language.key == key)


def word_diff(
    old: str,
    new: str,
    lost: tuple[str, str] = ("[-", "-]"),
    gained: tuple[str, str] = ("{+", "+}"),
    written: Callable[[str], str] = str,
) -> str:
    """Two wordings in one: the removed words between the marks `lost`, the added words between the
    marks `gained`, the unchanged words shortened. `written` is applied to the words.
    """
    before, after = old.split(), new.split()
    parts = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            parts.append(written(_near(before[i:j], first=i == 0, last=j == len(before))))
            continue
        if j > i:
            parts.append(lost[0] + written(" ".join(before[i:j])) + lost[1])
        if m > k:
            parts.append(gained[0] + written(" ".join(after[k:m])) + gained[1])
    return " ".join(parts)


def _near(same: list[str], *, first: bool, last: bool) -> str:
    """The unchanged words beside a change."""
    if len(same) <= (2 - first - last) * NEAR + 2:
        return " ".join(same)
    start = [] if first else same[:NEAR]
    end = [] if last else same[-NEAR:]
    return " ".join([*start, "…", *end])


def as_json(status: Status) -> str:
    """The status as JSON, with stable keys."""
    document = {
        "version": 1,
        "languages": status.languages,
        "pages": {
            key: {language: as_plain(cell) for language, cell in row.items()}
            for key, row in status.cells.items()
        },
        "changes": [as_plain(each) for each in status.changes],
        "unconfirmed": [as_plain(each) for each in status.unconfirmed],
        "gone": {key: list(labels) for key, labels in status.gone.items()},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def summary(status: Status) -> Message:
    """The status in one sentence."""
    lagging, waiting = len(status.changes), len(status.unconfirmed)
    behind = say_n("{count} part lags behind", "{count} parts lag behind", count=lagging)
    looked = say_n("{count} part waits for a look", "{count} parts wait for a look", count=waiting)
    gone = sum(map(len, status.gone.values()))
    if gone:
        lost = say_n(
            "{count} confirmed part is in no language any more",
            "{count} confirmed parts are in no language any more",
            count=gone,
        )
        return say("{gone}, {lagging}, {waiting}", gone=lost, lagging=behind, waiting=looked)
    if waiting:
        return say(
            "{lagging}, {waiting}",
            lagging=behind,
            waiting=looked,
        )
    if lagging:
        return behind
    return say("no translation lags behind")
