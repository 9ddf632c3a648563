"""Tells by its content what a file is: text, HTML, a JSON report, or a binary file and which."""

from __future__ import annotations

import re

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
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_JSON = re.compile(r'\s*(\{\s*("|\})|\[\s*(\{|\]))')
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<(head|body|article|main)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"(?is)\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(p|div|h1|section|title|meta)[\s>]")


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
