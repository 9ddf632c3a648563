"""Mailboxes of newsletters (mbox) and single messages: a message's HTML or plain text to a report, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO

from lagebild.errors import Fault
from lagebild.intake.html import known_encoding, plain, read_html
from lagebild.intake.maildate import mail_date
from lagebild.intake.streams import LARGEST_RECORD, LONGEST_SKIP, Endless
from lagebild.intake.text import DecodeError, decode_raw
from lagebild.model import Report

#: A line of an mbox that begins a message: «From », a sender, a day of the week.
_FROM = re.compile(rb"From \S.* (Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
#: Parts of one message: a newsletter has a handful.
_MOST_PARTS = 200


def reports(file: BinaryIO, source: str, name: str) -> Iterator[Report | Fault]:
    """The messages of an mbox."""
    number = 0
    for number, data in enumerate(_messages(file), 1):
        yield message(data, source, f"message {number}", f"{name}-{number}")
    if not number:
        yield Fault(source, "", "no message in this mailbox")


def message(data: bytes | None, source: str, where: str, name: str) -> Report | Fault:
    """One message (None: one that is too large)."""
    if data is None:
        return Fault(source, where, f"larger than {LARGEST_RECORD >> 20} MB", "take its attachments out")
    try:
        found = message_from_bytes(data)
        subject = _header(found, "Subject")
        identity = (_header(found, "Message-ID") or "").strip("<> \t") or None
        where = f"{where} ({subject:.60})" if where and subject else where
        text, page = _content(found)
    except (MessageError, RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        return Fault(source, where, f"a broken message ({type(error).__name__})")
    if not text:
        return Fault(source, where, "a message without text", "only text and HTML parts are read, no attachments")
    shown, address = parseaddr(_header(found, "From") or "")
    return Report(
        id=identity or name,
        text=text,
        title=subject or (page.title if page else None),
        url=page.url if page else None,
        publisher=shown or address.rpartition("@")[2] or None,
        published=_date(found) or (page.published if page else None),
    )


def _messages(file: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too large."""
    parts: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := file.readline(1 << 20):
        if blank and _FROM.match(line):
            if begun:
                yield _whole(parts, size)
            parts, size, begun, blank = [], 0, True, False
            continue
        begun = begun or bool(line.strip())
        size += len(line)
        if size <= LARGEST_RECORD:
            parts.append(line)
        elif size > LONGEST_SKIP:
            raise Endless(f"a message of more than {LONGEST_SKIP >> 30} GB")
        else:
            parts.clear()
        blank = not line.strip()
    if begun:
        yield _whole(parts, size)


def _whole(parts: list[bytes], size: int) -> bytes | None:
    return None if size > LARGEST_RECORD else _QUOTED_FROM.sub(rb"\1", b"".join(parts))


def _content(found: Message) -> tuple[str | None, Report | None]:
    """The text of a message: its HTML through the extraction of pages, else its plain part, else HTML as it is."""
    text: str | None = None
    markup: list[str] = []
    for number, part in enumerate(found.walk()):
        if number >= _MOST_PARTS:
            break
        if part.is_multipart() or (part.get_content_disposition() or "inline") != "inline":
            continue
        kind = part.get_content_type()
        if kind == "text/html":
            markup.append(_decoded(part))
        elif kind == "text/plain" and text is None:
            text = _decoded(part).replace("\r\n", "\n").strip() or None
    for one in markup:
        page = read_html(one, "")
        if page is not None and len(page.text) * 3 > len(text or ""):
            return page.text, page
    return text or next((words for one in markup if (words := plain(one))), None), None


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        named = known_encoding(part.get_content_charset())
    except (LookupError, ValueError):
        named = None
    try:
        return data.decode(named or "utf-8")
    except UnicodeError:
        try:
            return decode_raw(data)
        except DecodeError:
            return data.decode("utf-8", "replace")


def _header(found: Message, name: str) -> str | None:
    value = found.get(name)
    if value is None:
        return None
    try:
        value = str(make_header(decode_header(str(value)[:10_000])))
    except (MessageError, LookupError, ValueError):
        value = str(value)
    # Bytes beyond ASCII that no charset explains come as lone surrogates, which nothing else can write.
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(value.split()) or None


def _date(found: Message) -> str | None:
    moment = mail_date(_header(found, "Date") or "")
    return moment.date().isoformat() if moment else None
