"""A web server on loopback that answers with whatever bytes a test wants, and keeps what it was asked."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

#: What is sent: all bytes at once, or pieces of them.
Answer = bytes | Iterable[bytes]


def answer(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer with a true length; header names have `_` for `-`."""
    data = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
    lines |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + data


class Loopback:
    """Serves `routes` (path → answer, or a function of the request's headers that gives one); a context manager."""

    def __init__(
        self, routes: Mapping[str, Answer | Callable[[dict[str, str]], Answer]], host: str = "127.0.0.1"
    ) -> None:
        self.routes = dict(routes)
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    outer._serve(self.rfile, self.wfile)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server((host, 0), Handler)
        self.host, self.port = host, int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def __enter__(self) -> Loopback:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, reading: Any, writing: Any) -> None:
        first = reading.readline().decode("latin-1").split()
        headers = {}
        while line := reading.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        path = first[1]
        self.asked.append((path, headers))
        found = self.routes.get(path, answer("nothing here", "404 Not Found"))
        made = found(headers) if callable(found) else found
        for piece in [made] if isinstance(made, bytes) else made:
            writing.write(piece)
            writing.flush()
