"""The command `take-down`: removes a page or an entry completely, and lists the copies elsewhere."""

from __future__ import annotations

import argparse
import shlex

from diptych.cli.sources import cache_of, has_conflicts
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.content.workflows import spoken
from diptych.diagnostics import Command, Message, command, say, say_n
from diptych.disk import read_tree, write_sources
from diptych.i18n import translator
from diptych.takedown import TakenDown, Wanted, take_down

_HEADING = say("What this act cannot reach")
_SENSITIVE = (
    "https://docs.github.com/authentication/keeping-your-account-and-data-secure/"
    "removing-sensitive-data-from-a-repository"
)


def _again(options: argparse.Namespace) -> Command:
    """The same call, without `--dry-run`."""
    ticked = (("--below", options.below), ("--forget", options.forget))
    return command("take-down", options.key, *(name for name, each in ticked if each))


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Takes a page or an entry down, in every language and in one act; `--dry-run` only shows the
    changes.
    """
    tree = read_tree(options.root).value
    if has_conflicts(tree, terminal):
        return SITE_ERRORS
    cache = cache_of(options.root)
    key, _, entry = (
        options.key.strip("/").removeprefix("page:").removeprefix("content/").partition("#")
    )
    found = take_down(tree, Wanted(key.strip("/"), entry, options.below, options.forget), cache)
    if isinstance(found, Message):
        terminal.tell(found)
        return WRONG_CALL
    _show(found, terminal)
    if found.hindrances:
        terminal.report("text", found.hindrances, found.sources)
        terminal.tell(say("mend these places first; nothing was written, and it is still there"))
        return SITE_ERRORS
    if options.dry_run:
        terminal.tell(
            say("nothing was written; this takes it down: {command}", command=_again(options))
        )
        return DONE
    write_sources(options.root, found.files, tree)
    cache.forget()  # earlier builds cached parts of it
    gone = sum(data is None for data in found.files.values())
    if entry:
        terminal.tell(say("taken down: {key}", key=f"{key}#{entry}"))
    if gone or not entry:
        terminal.tell(
            say_n(
                "taken down: {count} file deleted", "taken down: {count} files deleted", count=gone
            )
        )
    again = command("build", "--clean")
    terminal.tell(
        say("it is gone from the site once that is published again: {command}", command=again)
    )
    _checklist(found, terminal)
    return DONE


def _show(found: TakenDown, terminal: Terminal) -> None:
    """Prints the entry and the files that go, the changes in other files, and the places where the
    title still occurs.
    """
    if found.entry is not None:
        place = f"{found.entry.path}:{found.entry.line}: {found.entry.text}"
        terminal.tell(say("{path} goes", path=place))
    for path, data in found.files.items():
        if data is None:
            terminal.tell(say("{path} goes", path=path))
    for each in found.changes:
        line = each.text.strip()
        terminal.tell(
            say(
                "{path}:{line}: led there, and does no more: {text}",
                path=each.path,
                line=each.line,
                text=line,
            )
        )
    for each in found.mentions:
        terminal.tell(
            say(
                "{path}:{line}: its title still stands here; change it if it must go: {text}",
                path=each.path,
                line=each.line,
                text=each.text.strip(),
            )
            if each.line
            else say(
                "{path} is the same file as one that goes; delete it if it must go", path=each.path
            )
        )


def _checklist(found: TakenDown, terminal: Terminal) -> None:
    """The checklist of what this act cannot reach, in each language of the site that the program
    speaks: the reader may not be the person who runs the command.
    """
    for language in spoken(found.languages):
        words = translator(language)
        lines = [f"## {words(_HEADING)}", ""]
        lines += [f"- [ ] {words(each)}" for each in _beyond(found)]
        terminal.show("\n".join([*lines, "", ""]))


def _rewriting(found: TakenDown) -> Message:
    """How to rewrite the history: without a folder, or without the words of an entry."""
    gone = [path for path, data in found.files.items() if data is None]
    paths = " ".join(shlex.join(("--path", path)) for path in gone)
    if any(each.partition("#")[2] for each in found.addresses):
        words = say(
            "`git filter-repo --replace-text FILE`, with in FILE each sentence of it on a line of "
            "its own"
        )
        if not gone:
            return words
        return say(
            "{first}, and `{command}`",
            first=words,
            command=f"git filter-repo --invert-paths {paths}",
        )
    return say("`{command}`", command=f"git filter-repo --invert-paths {paths}")


def _beyond(found: TakenDown) -> list[Message]:
    steps = [
        say(
            "The git history still holds it, and so does every copy of the repository. Who owns the "
            "repository rewrites it on a computer: {command}, then `git push --force --all`. Then "
            "the git host must delete what it keeps ({address}), everybody clones anew, and "
            "owners of forks delete them.",
            command=_rewriting(found),
            address=_SENSITIVE,
        ),
        say(
            "Runs of the workflows keep the site as it was: under Actions, open each run since it "
            "was published, delete its artifacts, then the run. Delete branches and close pull "
            "requests that still hold it."
        ),
        say(
            "The host keeps earlier versions under addresses of their own: in its list of "
            "deployments (Netlify: Deploys; Cloudflare: Deployments) delete those that show it, "
            "and empty the cache of the host."
        ),
        say(
            "Search engines: ask Google ({google}) and Bing ({bing}) to drop each address below.",
            google="https://search.google.com/search-console/remove-outdated-content",
            bing="https://www.bing.com/webmasters/tools/contentremoval",
        ),
        say(
            "Archives: look each address up at {archive} and at {today}; to have it removed, write to "
            "{mail} from an address of the organisation.",
            archive="https://web.archive.org/",
            today="https://archive.ph/",
            mail="info@archive.org",
        ),
        say(
            "Readers may hold copies that nobody can call back: the site in one file, feeds and "
            "calendars they subscribed to, printed pages, pictures they saved. Where a link was "
            "shared, ask to delete the message."
        ),
        say(
            "Copies of your own: files for translators, PDF files to hand out, computers with the "
            "repository, backups."
        ),
    ]
    steps += [say("The address: {address}", address=each) for each in found.addresses]
    return steps
