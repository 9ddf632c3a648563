"""Starts the server: which addresses it may listen on, and uvicorn."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable

from lagebild.errors import LagebildError
from lagebild.store import open_store
from lagebild.web.app import make_app

#: A shorter token could be guessed.
SHORTEST_TOKEN = 16


def loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    store: str | os.PathLike[str] | None,
    host: str = "127.0.0.1",
    port: int = 8014,
    token: str | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serves the store until it is interrupted. Raises LagebildError for an open address without token, for no store, and
    for a port that is taken."""
    if not loopback(host) and not token:
        raise LagebildError(
            f"--host {host} lets other machines in: give a --token (at least {SHORTEST_TOKEN} characters) that they must know"
        )
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise LagebildError(f"--token is too short: at least {SHORTEST_TOKEN} characters")
    with open_store(store) as found:
        path, kept = found.path, found.count()
    import socket

    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise LagebildError(f"cannot listen on {host}:{port} ({error.strerror or error}); try another --port") from None
    shown = f"[{host}]" if ":" in host else host
    say(f"{kept} reports of {path} at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends)")
    if token:
        say("asks for the token: add ?token=… to the first address, or send «Authorization: Bearer …»")
    app = make_app(path, token=token, local=loopback(host))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off"))
    with listening:
        server.run(sockets=[listening])
