"""`lagebild lexicon check`: looks after the lexicon."""

from __future__ import annotations

import argparse

from lagebild.cli.common import Commands

EXAMPLES = """\
  lagebild lexicon check                              whether the lexicon is sound
"""


def register(commands: Commands) -> None:
    """Adds the commands of this group."""
    lexicon = commands.add_parser("lexicon", help="look after the lexicon")
    check = lexicon.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "check", help="look for duplicates, empty groups, unknown types and entries without example"
    )
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from lagebild.lexicon.check import check_all

    problems = list(check_all())
    for problem in problems:
        print(problem)
    print(f"{len(problems)} fault{'s' * (len(problems) != 1)} in the lexicon" if problems else "the lexicon is sound")
    return 1 if problems else 0
