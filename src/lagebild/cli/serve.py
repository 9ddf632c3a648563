"""`lagebild serve`: the store as pages in the browser."""

from __future__ import annotations

import argparse

from lagebild.cli.common import Commands, say, store_option

EXAMPLES = """\
  lagebild serve                                      the store in the browser
"""


def register(commands: Commands) -> None:
    """Adds the command."""
    serve = commands.add_parser("serve", help="show the store as pages in the browser, and as JSON")
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)"
    )
    serve.add_argument("--port", type=_port, default=8014, metavar="N", help="default: 8014; 0: any that is free")
    serve.add_argument(
        "--token", metavar="TOKEN", help="what a browser must know; needed where --host lets other machines in"
    )
    store_option(serve)
    serve.set_defaults(run=_serve)


def _port(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


def _serve(options: argparse.Namespace) -> int:
    from lagebild.web import serve

    serve(options.store, options.host, options.port, options.token, say)
    return 0
