"""The parser of all commands and the one place where errors become lines and exit statuses.

A group of commands is a module of this package with `EXAMPLES`, lines for `lagebild --help`, and `register(commands)`,
which adds its parsers and gives each a `run(options) -> int`. A new group is a new module and a name in `_GROUPS`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence

from lagebild import __version__
from lagebild.cli import corpus, correct, export, follow, lexicon, picture, read, report, serve, store
from lagebild.cli.common import say
from lagebild.errors import LagebildError

_GROUPS = (read, store, follow, corpus, picture, export, serve, report, correct, lexicon)
_EXIT = """
exit status: 0 all done; 1 something could not be done (one line each on standard error); 2 wrong usage
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # reports hold any character, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser().parse_args(argv)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing more to say, not even at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        say("stopped")
        return 130
    except LagebildError as error:
        say(str(error))
        return 1


def parser() -> argparse.ArgumentParser:
    """The parser with all commands."""
    whole = argparse.ArgumentParser(
        prog="lagebild",
        description="Reads news reports about conflicts and diplomacy: who did what to whom, how real it is,\n"
        "who says so, which figures, when and where.",
        epilog="examples:\n" + "".join(group.EXAMPLES for group in _GROUPS) + _EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"lagebild {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in _GROUPS:
        group.register(commands)
    return whole
