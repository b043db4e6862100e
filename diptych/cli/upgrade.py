"""The command `upgrade`: shows what a newer version of the program would change in the site."""

from __future__ import annotations

import argparse
import re
import shlex
from contextlib import nullcontext

from diptych.bodies import Body
from diptych.cli.review import built
from diptych.cli.sources import cache_of, now
from diptych.cli.terminal import DONE, ENVIRONMENT, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.diagnostics import Message, command, say
from diptych.disk import MANIFEST, bytes_of, for_pip, made_by, newest_commit, version, write_sources
from diptych.model import File, Tree
from diptych.review import as_markdown, review_of
from diptych.values import replace

REQUIREMENTS = "requirements.txt"
_LINE = re.compile(
    r"^diptych @ git\+(?P<address>\S+)@(?P<commit>[0-9a-f]{7,64})[ \t]*$", re.MULTILINE
)
_MADE_LATER = (MANIFEST, "pagefind/")  # compared in neither version
_COPIES = (".br", ".gz")


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Builds the site with both versions, and prints the `review` of the difference. If asked for,
    writes the newer version into requirements.txt.
    """
    data = bytes_of(options.root / REQUIREMENTS)
    text = data.decode("utf-8", "replace")
    found = _LINE.search(text)
    if found is None:
        line = "diptych @ git+https://…@commit"
        terminal.tell(say("{path} names no version: `{line}`", path=REQUIREMENTS, line=line))
        return WRONG_CALL
    commit = options.to or newest_commit(found["address"])
    if commit is None:
        terminal.tell(say("{address} cannot be reached", address=found["address"]))
        return ENVIRONMENT
    if commit == found["commit"]:
        terminal.tell(say("this is the newest version already: {commit}", commit=commit))
        return DONE
    wanted = f"diptych @ {for_pip('git+' + found['address'])}@{commit}"
    day = options.today or now().date()
    with nullcontext(options.command) if options.command else version(wanted) as newer:
        if newer is None:
            terminal.tell(say("pip cannot install {version}", version=wanted))
            return ENVIRONMENT
        made = made_by(newer, options.root.resolve(), day.isoformat())
        called = shlex.join((newer, "--root", str(options.root.resolve())))
    cache = cache_of(options.root)
    before = built(options.root, cache, day)
    cache.save()
    outputs = {
        path: Body(data)
        for path, data in made.outputs.items()
        if not path.startswith(_MADE_LATER) and not path.endswith(_COPIES)
    }
    kept = {path: body for path, body in before.outputs.items() if not path.endswith(_COPIES)}
    review = review_of(replace(before, outputs=kept), replace(before, outputs=outputs))
    build = before.build
    languages = build.site.settings.languages if build.site else ()
    terminal.show(as_markdown(review, languages, build.sources, terminal.words))
    if made.printed:
        printed = made.printed.replace(called, _this_program(terminal))
        terminal.show(f"\n```text\n{printed}```\n")
    if not outputs:
        terminal.tell(say("the newer version builds nothing of this site; nothing was written"))
        return SITE_ERRORS
    if options.yes:
        changed = text[: found.start()] + wanted + text[found.end() :]
        write_sources(options.root, {REQUIREMENTS: changed}, Tree((File(REQUIREMENTS, data),)))
        terminal.tell(say("{path} names it now; `make site` installs it", path=REQUIREMENTS))
    else:
        terminal.tell(say("to take it, write into {path}: {line}", path=REQUIREMENTS, line=wanted))
    return DONE


def _this_program(terminal: Terminal) -> str:
    """The words with which the user calls this program. They replace the call of the newer version
    in what it printed, since its folder is deleted afterwards.
    """
    written = terminal.words(Message("{command}", (("command", command("check")),)))
    return written.removesuffix(" check")
