"""A fetched page: bytes to the article in it, as a report whose `url` is what the page states of itself."""

from __future__ import annotations

import re

from lagebild.errors import LagebildError
from lagebild.intake import sniff
from lagebild.intake.html import declared_encoding, read_html
from lagebild.intake.text import DecodeError, decode_raw
from lagebild.model import Report

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


class PageError(LagebildError):
    """A page without an article, or something that is no page; the text says which."""


def read_page(data: bytes, content_type: str = "") -> Report:
    """The article of a page, without an id. Raises PageError."""
    found = sniff.binary(data)
    if found:
        raise PageError(f"this is {found}, not a page")
    if not data.strip():
        raise PageError("the page is empty")
    try:
        page = _decoded(data, content_type)
    except DecodeError as error:
        raise PageError(f"the page cannot be decoded ({error})") from None
    if sniff.kind(page) != "html":
        raise PageError("this is no HTML page")
    report = read_html(page.replace("\r\n", "\n"), "")
    if report is None:
        raise PageError("no article in this page")
    return report


def _decoded(data: bytes, content_type: str) -> str:
    try:
        return data.decode("utf-8-sig")  # a page that is UTF-8 is so whatever it declares
    except UnicodeDecodeError:
        pass
    served = _CHARSET.search(content_type)
    for name in (served[1] if served else None, declared_encoding(data)):
        if name and name.lower() not in ("utf-8", "utf8"):
            try:
                # Browsers read Latin-1 as Windows-1252, and pages count on it.
                return data.decode(
                    "cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii") else name, "replace"
                )
            except LookupError:
                continue
    return decode_raw(data)
