"""What a request asks for: days, numbers and the language, checked; a wrong one is one clear line."""

from __future__ import annotations

from datetime import date
from typing import overload

from starlette.requests import Request

from lagebild.errors import LagebildError
from lagebild.web.links import parameters
from lagebild.web.words import chosen


class Wrong(LagebildError):
    """A parameter that is none of what it may be."""


class Unknown(LagebildError):
    """What is asked for is not there."""


def day(asked: dict[str, str], key: str) -> str | None:
    """An ISO day; None if it is not given."""
    value = asked.get(key)
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Wrong(f"{key} is no date: {value[:40]!r}; write it as YYYY-MM-DD") from None


@overload
def number(asked: dict[str, str], key: str, default: int, most: int = ...) -> int: ...
@overload
def number(asked: dict[str, str], key: str, default: None, most: int = ...) -> int | None: ...
def number(asked: dict[str, str], key: str, default: int | None, most: int = 1_000_000_000) -> int | None:
    """A whole number from 0; `default` if it is not given."""
    value = asked.get(key)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 12) or int(value) > most:
        raise Wrong(f"{key} must be a whole number from 0 to {most}, not {value[:40]!r}")
    return int(value)


def language(request: Request) -> str:
    """The language of the page: as asked, as kept in the cookie, as the browser accepts."""
    asked = parameters(request.scope["query_string"]).get("lang")
    return chosen(asked, request.cookies.get("lagebild_lang"), request.headers.get("accept-language", ""))
