"""How the program is called on this computer, so that printed commands can be pasted."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from diptych.cli.commands import FORMS
from diptych.diagnostics import Command
from diptych.disk import bytes_of
from diptych.values import Value, replace

_SCRIPT = "diptych"  # the console script of an installed package
_PLAIN_ON_WINDOWS = re.compile(r"(--?\w[\w-]*)?|[\w/\\:.][\w/\\:.-]*")


class Program(Value):
    """The words before a command (`python build.py --root DIR`), and the quoting of the shell."""

    words: tuple[str, ...] = ("python", "build.py")  # as in the guides
    windows: bool = False
    forms: tuple[str, ...] = ()  # commands that the reader runs through a form, without a terminal
    one_form: bool = False  # whether one form, of GitLab, serves all of them

    @property
    def name(self) -> str:
        """The program in the usage line."""
        return self.quoted(self.words)

    def in_site(self, root: str | None) -> Program:
        """The same program, with the folder that the call named."""
        return replace(self, words=(*self.words, "--root", root)) if root else self

    def write(self, command: Command) -> str:
        """The whole line, ready for a shell of this computer; or the form for the same act, with
        its input.
        """
        if command.words[0] in self.forms:
            return _form(command.words[0], command.words[1:], one_form=self.one_form)
        if command.words[0] in ("build", "serve") and SITE in self.forms:
            # it builds each change, drafts included, to look at
            return "Build > Pipelines" if self.one_form else f"Actions > {SITE}"
        return self.quoted((*self.words, *command.words))

    def quoted(self, words: Sequence[str]) -> str:
        """The words, quoted for a shell: POSIX (shlex), or both cmd and PowerShell."""
        return " ".join(map(_quoted_on_windows, words)) if self.windows else shlex.join(words)


SITE = "site"  # the workflow that builds
_WORKFLOWS = ".github/workflows"
_PIPELINE = ".gitlab-ci.yml"


def _form(name: str, words: Sequence[str], *, one_form: bool) -> str:
    """`Actions > confirm > Run workflow (page: faq, language: fr)`: the names that the host shows. In
    the one form of GitLab, the command is chosen first, and a page is its key.
    """
    options = {each.words[0]: each for each in FORMS[name] if each.words}
    fields = (each.name for each in FORMS[name] if not each.words)
    known = ("key" if one_form and each == "page" else each for each in fields)
    filled = []
    rest = iter(words)
    for word in rest:
        if word in options:
            value = "" if options[word].box else f": {next(rest, '')}"
            filled.append(f"{options[word].name}{value}")
        elif not word.startswith("--"):
            filled.append(f"{next(known, '')}: {word}")
    if one_form:
        return f"Build > Pipelines > New pipeline ({', '.join([f'act: {name}', *filled])})"
    typed = f" ({', '.join(filled)})" if filled else ""
    return f"Actions > {name} > Run workflow{typed}"


def forms_of(root: Path) -> tuple[str, ...]:
    """The commands for which a site has a form, and its workflow that builds it."""
    return tuple(name for name in (*FORMS, SITE) if (root / _WORKFLOWS / f"{name}.yml").is_file())


def one_form_of(root: Path) -> tuple[str, ...]:
    """The commands for which a site at GitLab has a form: all that `forms_of` knows, if the
    pipeline of the site has the form that `init` writes; else none.
    """
    return (*FORMS, SITE) if b"diptych.workplace form" in bytes_of(root / _PIPELINE) else ()


GENERAL = Program()  # for a reader on another computer


def programs_of(
    original: Sequence[str], given: Sequence[str], root: Path
) -> tuple[Program, Program]:
    """The program as readers of the terminal call it, and as readers on another computer call it.

    `original` is the whole call (`sys.orig_argv`), or empty if no user called; `given` are its
    arguments. A build server (which sets CI) has no reader at its terminal, since its log is read
    on another computer. On GitHub and GitLab, the readers of the log have the forms of the site at
    `root`.
    """
    elsewhere = program_elsewhere(original, given)
    if not original:
        return GENERAL, elsewhere
    if os.environ.get("GITHUB_ACTIONS"):
        return replace(elsewhere, forms=forms_of(root)), elsewhere
    if os.environ.get("GITLAB_CI"):
        return replace(elsewhere, forms=one_form_of(root), one_form=True), elsewhere
    if os.environ.get("CI"):
        return elsewhere, elsewhere
    try:
        here = Path.cwd()
    except OSError:  # somebody deleted the folder meanwhile
        return elsewhere, elsewhere
    windows = os.name == "nt"
    return program_here(original, given, here, shutil.which, windows=windows), elsewhere


def program_here(
    original: Sequence[str],
    given: Sequence[str],
    folder: Path,
    found: Callable[[str], str | None],
    *,
    windows: bool,
) -> Program:
    """The program as it was called. `original` is the whole call (`sys.orig_argv`), `given` its
    arguments, `folder` the current folder, `found` looks a name up in PATH.
    """
    started = original[: len(original) - len(given)]
    if not started or "-c" in started:  # a line of Python is no command to paste
        return Program(windows=windows)
    pure = PureWindowsPath if windows else PurePosixPath
    script = pure(started[-1])
    if script.stem == _SCRIPT and script.suffix != ".py" and "-m" not in started:
        at_hand = found(_SCRIPT)
        if at_hand is not None and pure(at_hand).with_suffix("") == script.with_suffix(""):
            return Program((_SCRIPT,), windows)
        started = started[-1:]
    return Program(tuple(_near(pure(word), pure(folder), word) for word in started), windows)


def program_elsewhere(original: Sequence[str], given: Sequence[str]) -> Program:
    """The program for a reader on another computer, who reads a log or a report: `python build.py` of a
    checkout, or the command of an installed program. The arguments are those of `program_here`.
    """
    started = original[: len(original) - len(given)]
    if started[-2:] == ["-m", _SCRIPT]:
        return Program(("python", *started[-2:]))
    last = PureWindowsPath(started[-1]) if started else None  # reads `/` and `\\`
    if last is not None and last.stem == _SCRIPT and last.suffix != ".py":
        return Program((_SCRIPT,))
    return GENERAL


def _near(path: PurePath, folder: PurePath, word: str) -> str:
    """The path from the folder to a file below it; any other word unchanged. A shell searches bare
    names elsewhere, so a file in the folder itself keeps its whole path.
    """
    if not path.is_absolute() or not path.is_relative_to(folder) or path.parent == folder:
        return word
    return str(path.relative_to(folder))


def _quoted_on_windows(word: str) -> str:
    """A word for cmd and PowerShell, by the rules of Microsoft's C runtime: in double quotes if one
    of them would interpret it. PowerShell splits `-.paragraph` at its point.
    """
    if word and _PLAIN_ON_WINDOWS.fullmatch(word):
        return word
    doubled = re.sub(r'(?<!\\)(\\++)(?="|$)', r"\1\1", word).replace('"', r"\"")
    return f'"{doubled}"'
