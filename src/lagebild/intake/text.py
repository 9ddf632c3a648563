"""Plain text: decodes UTF-8, UTF-16, UTF-32 and Latin-1/Windows-1252; CRLF becomes LF, nothing else changes."""

from __future__ import annotations

import codecs
import hashlib
import re

#: Byte-order marks, longest first (UTF-32's begins with UTF-16's).
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Beyond ASCII, the characters of German and English news as Windows-1252 has them.
_WESTERN = frozenset("äöüÄÖÜßéèêëàâáåãæçîíïìñóôòõøúûùýœšžÉÈÀÁÂÅÇÍÎÑÓÔØÚŠŽŒ«»‹›„“”‚‘’–—…•·°§€£²³½¼¾©®™´×\xa0\xad")


class DecodeError(ValueError):
    """Bytes whose encoding cannot be told; the text says what was found."""


def decode(data: bytes) -> str:
    """The text of a file, with LF line ends. Raises DecodeError, never guesses silently."""
    return decode_raw(data).replace("\r\n", "\n")


def decode_raw(data: bytes) -> str:
    """The text of a file with its line ends as they are. Raises DecodeError."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    wide = wide_encoding(data)
    if wide:
        return _strict(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(data, error)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: Western text then has a zero in nearly every second byte, always on the same side."""
    head = data[:4096]
    head = head[: len(head) // 2 * 2]
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def identity(text: str) -> str:
    """The id of a text without a name: the first 12 hex digits of the SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise DecodeError(f"marked as {name}, but byte {error.start} is not") from None


def _western(data: bytes, error: UnicodeDecodeError) -> str:
    # A file that is UTF-8 almost everywhere is a damaged or mixed one: read as Latin-1 it would be full of «Ã¤».
    good = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", data))
    high = len(re.findall(rb"[\x80-\xff]+", data))
    if good * 2 > high:
        raise DecodeError(f"UTF-8 with a broken character at byte {error.start}")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    beyond = [c for c in text if c > "\x7f"]
    strange = sum(c not in _WESTERN for c in beyond)
    if strange * 10 > len(beyond):
        raise DecodeError("neither UTF-8, UTF-16 nor Latin-1")
    return text
