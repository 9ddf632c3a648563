"""What stands before every request: host names, the token, and the headers that keep hostile text from doing anything."""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: No script or style but our own files, nothing embedded, nothing sent elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}
_COOKIE = "lagebild_token"


class Guard:
    """Wraps an application. `token`: what a request must carry; `local`: only names of this machine are answered to."""

    def __init__(self, app: ASGIApp, token: str | None, local: bool) -> None:
        self._app, self._local = app, local
        # The cookie holds a digest, so that the token itself is on no disk of the browser.
        self._token = token
        self._digest = hashlib.sha256(b"lagebild\0" + token.encode()).hexdigest() if token else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in present]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        # Another site's name that points to this address (DNS rebinding) must not read the store.
        if self._local and _hostname(headers.get(b"host", "")) not in _LOCAL:
            return await _answer(guarded, 421, "not for this host name\n")
        if self._token and not self._knows(headers):
            query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            given = next((value for key, value in query if key == "token"), None)
            if given is None or not hmac.compare_digest(given.encode(), self._token.encode()):
                return await _answer(guarded, 401, "token needed: add ?token=… or send «Authorization: Bearer …»\n")
            rest = urlencode([(key, value) for key, value in query if key != "token"])
            path = "/" + scope.get("raw_path", b"/").decode("latin-1").split("?")[0].lstrip("/")
            cookie = f"{_COOKIE}={self._digest}; Path=/; HttpOnly; SameSite=Strict"
            return await _answer(
                guarded, 303, "", ("location", path + (f"?{rest}" if rest else "")), ("set-cookie", cookie)
            )
        await self._app(scope, receive, guarded)

    def _knows(self, headers: dict[bytes, str]) -> bool:
        bearer = headers.get(b"authorization", "").removeprefix("Bearer ")
        if hmac.compare_digest(bearer.encode(), (self._token or "").encode()):
            return True
        try:
            cookie = SimpleCookie(headers.get(b"cookie", "")).get(_COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self._digest.encode())


def _hostname(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


async def _answer(send: Send, status: int, text: str, *headers: tuple[str, str]) -> None:
    body = text.encode()
    given = [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body))), *headers]
    await send(
        {"type": "http.response.start", "status": status, "headers": [(k.encode(), v.encode()) for k, v in given]}
    )
    await send({"type": "http.response.body", "body": body})
