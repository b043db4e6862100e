"""Finds nginx, Apache and Caddy for the tests that send them requests; installs them if possible.

Prints the names of the servers that are there. The exit status is 1 when one is missing.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from debian import install_packages

PACKAGES = {  # the command of each server -> its packages in Debian
    "nginx": ("nginx-light", "libnginx-mod-http-brotli-static"),
    "apache2": ("apache2",),
    "caddy": ("caddy",),
}
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")  # a package of its own


def find(name: str) -> str | None:
    """The path of a server; also where only root looks for commands. None if it is missing, or if it is
    nginx without its module for Brotli.
    """
    if name == "nginx" and not BROTLI.is_file():
        return None
    places = [shutil.which(name), f"/usr/sbin/{name}", f"/usr/local/sbin/{name}"]
    return next((each for each in places if each and Path(each).is_file()), None)


def main() -> int:
    """Installs the missing servers if possible, and prints the names of all that are there."""
    missing = [name for name in PACKAGES if find(name) is None]
    if missing:
        install_packages(*(each for name in missing for each in PACKAGES[name]))
    found = [name for name in PACKAGES if find(name)]
    print(" ".join(found))
    return 0 if len(found) == len(PACKAGES) else 1


if __name__ == "__main__":
    sys.exit(main())
