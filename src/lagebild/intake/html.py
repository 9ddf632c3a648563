"""HTML pages: the article's text through trafilatura, its title, publisher and address, its date through htmldate."""

from __future__ import annotations

import logging
import re

from lagebild.model import Report

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
#: Characters below which a page holds no article but a notice (a consent wall, an error page).
SHORTEST = 60


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its head, if Python knows it."""
    match = _CHARSET.search(data[:4096])
    if not match:
        return None
    name = match.group(1).decode("ascii").lower()
    try:
        "".encode(name)
    except LookupError:
        return None
    # Browsers read Latin-1 as Windows-1252, and pages count on it.
    return "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name


def read_html(page: str, name: str) -> Report | None:
    """The article of a page as a report without findings; None if the page has none."""
    # Loaded here: these libraries take longer to load than a text takes to read.
    from trafilatura import bare_extraction

    for noisy in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    if not page.strip():
        return None
    try:
        found = bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
        )
    except Exception:  # a page too broken for the parser is a page without article
        return None
    if found is None or isinstance(found, dict):
        return None
    text = (found.text or "").replace("\r\n", "\n").strip()
    if len(text) < SHORTEST:
        return None
    return Report(
        id=name,
        text=text,
        title=found.title or None,
        url=found.url or None,
        publisher=found.sitename or found.hostname or None,
        published=_published(page, found.date),
    )


def _published(page: str, found: str | None) -> str | None:
    """The day that the page states itself, not one that stands somewhere in its text."""
    from htmldate import find_date

    if found:
        return found
    try:
        return find_date(page, original_date=True, extensive_search=False, outputformat="%Y-%m-%d") or None
    except Exception:
        return None
