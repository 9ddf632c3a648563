"""Runs the commands that documents show and puts what they print under them.

usage: python bench/docs.py docs/store.md …

A command stands in an indented block on a line that begins with `$ `; the lines below it, up to the next command or the end
of the block, are replaced by what it prints. All commands of a page run in order in one new folder, in which `reports` holds
the sample reports and `ukraine` those on Ukraine in 2014.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"^    .*\n(?:    .*\n| *\n(?=    ))*", re.MULTILINE)


def commands(page: str) -> list[str]:
    """The commands that a page shows, in order."""
    return re.findall(r"^    \$ (.+)$", page, re.MULTILINE)


def refreshed(page: str, folder: Path, environment: dict[str, str]) -> str:
    """The page with the output of its commands, run in this folder."""

    def block(match: re.Match[str]) -> str:
        if "    $ " not in match[0]:
            return match[0]
        lines = []
        for command in commands(match[0]):
            done = subprocess.run(
                ["bash", "-c", command], cwd=folder, env=environment, text=True, check=False,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            lines += [f"$ {command}", *done.stdout.rstrip("\n").splitlines()]
        return "".join(f"    {line}".rstrip() + "\n" for line in lines)

    return _BLOCK.sub(block, page)


def serve(folder: Path) -> ThreadingHTTPServer:
    """Serves the sample feeds under the addresses that they state, until it is closed."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 8099), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="+", type=Path)
    for path in parser.parse_args().pages:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copytree(ROOT / "examples" / "reports", folder / "reports")
            shutil.copytree(ROOT / "examples" / "web", folder / "web")
            shutil.copytree(ROOT / "examples" / "ukraine-2014" / "reports", folder / "ukraine")
            (folder / "bin").mkdir()
            program = folder / "bin" / "lagebild"
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lagebild "$@"\n', "utf-8")
            program.chmod(0o755)
            path_of = f"{folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
            environment = os.environ | {
                "PATH": path_of, "LAGEBILD_STORE": "store.sqlite", "COLUMNS": "100",
                "PYTHONPATH": str(ROOT / "src"),
            }  # fmt: skip
            server = serve(folder / "web")
            path.write_text(refreshed(path.read_text("utf-8"), folder, environment), "utf-8")
            server.shutdown()
            server.server_close()


if __name__ == "__main__":
    main()
