"""HTML pages: the article's text through trafilatura, its title, publisher and address, its date through htmldate."""

from __future__ import annotations

import codecs
import logging
import re

from lagebild.model import Report

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
#: Codecs of Python's own that no page is written in; some raise whatever they are told to do about errors.
_NO_CHARSETS = frozenset(["undefined", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"])
#: Characters below which a page holds no article but a notice (a consent wall, an error page).
SHORTEST = 60


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its head, if Python knows it."""
    match = _CHARSET.search(data[:4096])
    return known_encoding(match.group(1).decode("ascii")) if match else None


def known_encoding(name: str | None) -> str | None:
    """The name under which Python knows an encoding of text that a page or server names; None if it does not."""
    name = (name or "").strip("\"' ").lower()
    try:
        if not name or codecs.lookup(name).name in _NO_CHARSETS:
            return None
        "".encode(name)  # refuses what turns bytes into bytes
    except (LookupError, ValueError):
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


#: Elements that stand in lines of their own, and those whose words nobody reads.
_BLOCKS = frozenset(
    [
        *("address", "article", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *(
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "head",
            "header",
            "hl1",
            "hl2",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
        ),
        *("p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul"),
    ]
)
_UNREAD = frozenset(
    [
        *("script", "style", "template", "noscript", "title", "meta", "link", "button", "form", "select", "textarea"),
        *("svg", "object", "iframe"),
    ]
)


def plain(markup: str) -> str:
    """The words of a piece of HTML, XHTML or NITF that is all article (no page around it), one block a paragraph."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.HTML(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return ""
    if root is None:
        return ""
    parts: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
        unread += (1 if event == "start" else -1) if tag in _UNREAD else 0
        if tag in _BLOCKS:
            parts.append("\n")
        words = element.text if event == "start" else element.tail
        if words and not unread:
            parts.append(re.sub(r"[ \t\r\n\f]+", " ", words))
    lines = (line.strip(" ") for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)
