"""Tells by its content what a file is: text, HTML, JSON, an archive of reports, or something that is not understood."""

from __future__ import annotations

import re

from lagebild.intake.tables import named
from lagebild.intake.text import wide_encoding

#: First bytes of files that are sent by mistake, with their name.
_BINARY = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_JSON = re.compile(r'\s*(\{\s*("|\})|\[\s*(\{|\]))')
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<(head|body|article|main)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"(?is)\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(p|div|h1|section|title|meta)[\s>]")
_ROOT = re.compile(
    rb"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:[\w.\-]+:)?([A-Za-z][\w.\-]*)",
    re.DOTALL,
)
_NEWSML = (
    b"newsItem",
    b"newsMessage",
    b"packageItem",
    b"conceptItem",
    b"knowledgeItem",
    b"planningItem",
    b"catalogItem",
)
#: Other kinds of XML by their root, and what to do with them.
_XML = {
    b"rss": "a feed; `lagebild follow` reads feeds",
    b"feed": "a feed; `lagebild follow` reads feeds",
    b"RDF": "a feed; `lagebild follow` reads feeds",
    b"nitf": "NITF without NewsML-G2 around it; put its text into a .txt file",
    b"NewsML": "NewsML 1, not NewsML-G2",
    b"svg": "a drawing",
    b"urlset": "a sitemap",
}
_HEADER = re.compile(
    rb"(?im)^(return-path|received|delivered-to|message-id|mime-version|date|from|to|subject|content-type):"
)


def archive(head: bytes, ending: str = "") -> str | None:
    """The format of a file that may hold many reports, by its first bytes; None for text, HTML and JSON (and for what is nothing).

    One of `warc`, `wacz`, `gzip` (of anything but WARC), `parquet`, `newsml`, `mbox`, `mail`, `csv`.
    """
    ending = ending.lower()
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PK\x03\x04") and (ending == ".wacz" or _holds_archive(head)):
        return "wacz"
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain.lstrip()[:1] == b"<" and xml_root(plain) in _NEWSML:
        return "newsml"
    if plain.startswith(b"From ") and len(set(map(bytes.lower, _HEADER.findall(plain[:8192])))) >= 2:
        return "mbox"
    beginning = plain[:8192].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len(set(map(bytes.lower, _HEADER.findall(beginning)))) >= (2 if ending == ".eml" else 4):
        return "mail"
    if ending in (".csv", ".tsv") or (ending not in _TEXTS and b"\0" not in plain and named(plain)):
        return "csv"
    return None


#: Endings that say themselves that a file is one of these.
_TEXTS = (".txt", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")


def xml_root(head: bytes) -> bytes:
    """The local name of an XML document's root, empty if there is none in sight."""
    match = _ROOT.match(head[:16384])
    return match[1] if match else b""


def other_xml(head: bytes) -> str | None:
    """What an XML document that is neither NewsML-G2 nor a page is; None if it is no XML."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    root = xml_root(head)
    if root in _XML:
        return _XML[root]
    if head.startswith(b"<?xml") and root and root.lower() != b"html":
        return f"XML of another kind (<{root.decode('ascii', 'replace')[:40]}>)"
    return None


def _holds_archive(head: bytes) -> bool:
    """Whether a ZIP file's first members are those of a WACZ package."""
    return bool(re.search(rb"PK\x03\x04.{26}(archive/|datapackage|indexes/|pages/|fuzzy)", head[:4096], re.DOTALL))


def binary(data: bytes) -> str | None:
    """What a file that is no text seems to be, None for text."""
    for magic, name in _BINARY:
        if data.startswith(magic):
            return name
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or wide_encoding(data):
        return None
    head = data[:65536]
    if b"\0" in head:
        return "a binary file"
    control = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in head)
    return "a binary file" if control * 20 > len(head) else None


def kind(text: str, ending: str = "") -> str:
    """`json`, `html` or `text`; a file name's ending decides where it is plain, the content everywhere else."""
    ending = ending.lower()
    if ending in (".json", ".jsonl", ".ndjson"):
        return "json"
    if ending in (".html", ".htm", ".xhtml"):
        return "html"
    head = text[:4096].lstrip("\ufeff")
    if _JSON.match(head):
        return "json"
    if head.lstrip().startswith("<") and (_HTML.search(head) or _MARKUP.match(head)):
        return "html"
    return "text"
