"""Fills .venv from a lock with hashes: `environment.py run|test|lock|audit|workflows`.

Two calls at once wait for each other, and the second finds the work done. A stamp is written
only when everything is in; make compares it with the lock, so that a next run starts at once.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

from debian import install_packages

HOLDS = {
    "run": ("run",),
    "test": ("test", "run"),
    "lock": ("lock",),
    "audit": ("audit",),
    "workflows": ("workflows",),
}  # test holds all of run
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"

NO_VENV = """\
Deze Python kan geen virtuele omgeving maken. Op Debian en Ubuntu: apt install python3-venv
Ce Python ne peut pas créer d'environnement virtuel. Debian et Ubuntu : apt install python3-venv
This Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"""

FAILED = """\
Het installeren is mislukt; de reden staat hierboven. Is er een internetverbinding?
L'installation a échoué ; la raison se trouve ci-dessus. Y a-t-il une connexion à internet ?
Installing failed; the reason stands above. Is there an internet connection?"""


def fill(name: str) -> str:
    """Installs the lock with this name into .venv. Returns the message for the user, "" if all went
    well.
    """
    lock, stamp = Path("requirements", f"{name}.txt"), VENV / f"{name}.stamp"
    with Path(__file__).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # dropped with the process, however it ends
        works = pip("--version", quiet=True)
        if works and stamp.exists() and stamp.stat().st_mtime_ns >= lock.stat().st_mtime_ns:
            return ""
        print(f"{lock} -> {VENV}", file=sys.stderr)
        if not works and not make_venv():
            return NO_VENV
        if not pip(
            "install",
            "--quiet",
            "--no-input",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            str(lock),
        ):
            return FAILED
        _compile()
        for each in HOLDS[name]:
            (VENV / f"{each}.stamp").touch()
    return ""


def _compile() -> None:
    """The program itself as bytecode, also where the environment keeps Python from writing it."""
    subprocess.run([PYTHON, "-m", "compileall", "-q", "diptych"], check=False)


def make_venv() -> bool:
    """A new .venv; on Debian, Python's own module for that may have to come first."""
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if not _can_make_venvs() and not install_packages("python3-venv"):
        return False
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def _can_make_venvs() -> bool:
    return (
        subprocess.run(
            [sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False
        ).returncode
        == 0
    )


def pip(*arguments: str, quiet: bool = False) -> bool:
    """Runs the pip of .venv; whether it is there and did its work."""
    if not PYTHON.exists():
        return False
    output = subprocess.DEVNULL if quiet else None
    return (
        subprocess.run(
            [PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments],
            stdout=output,
            stderr=output,
            check=False,
        ).returncode
        == 0
    )


if __name__ == "__main__":
    sys.exit(fill(sys.argv[1]) or 0)
