"""Small WARC files for the tests."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

GERMAN = "Kerry traf am Montag Lawrow in Genf. Russland will seine Truppen abziehen, sagte er nach dem Treffen vor Journalisten."
ENGLISH = (
    "Ukrainian forces shelled the airport on Friday. At least 12 people were killed in the attack, officials said."
)
FRENCH = (
    "Le maire a inauguré samedi la nouvelle bibliothèque du quartier en présence de nombreux habitants. La récolte de pommes "
    "s'annonce abondante cette année dans toute la vallée, et le festival attend plus de vingt mille visiteurs."
)
CAKE = (
    "Den Kuchen bei 180 Grad etwa vierzig Minuten backen und vor dem Anschneiden auf einem Gitter gut auskühlen lassen."
)


def page(text: str, day: str = "2014-10-14") -> str:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Aus der Welt</title>'
        f'<meta property="article:published_time" content="{day}"></head><body><article>{body}</article></body></html>'
    )


def response(url: str, content: str | bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    body = content.encode() if isinstance(content, str) else content
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2014-11-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive(path: Path, records: Iterable[bytes]) -> str:
    packed = path.name.endswith(".gz")
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) if packed else one for one in records))
    return str(path)


def mixed() -> list[bytes]:
    """Nine records: five articles to read (one of them twice), the rest for other reasons none."""
    return [
        response("https://a.example/1", page(GERMAN)),
        response("https://a.example/2", page(FRENCH)),
        response("https://a.example/3", page(ENGLISH, "2014-11-02")),
        response("https://a.example/4", b"\x89PNG", "image/png"),
        response("https://a.example/5", page("Kurz.")),
        response("https://a.example/1", page(GERMAN)),
        response("https://a.example/6", page("Nicht da."), status="404 Not Found"),
        response("https://a.example/7", page(GERMAN.replace("Montag", "Dienstag"), "2014-10-15")),
        response("https://a.example/8", page(ENGLISH.replace("12", "14"), "2014-11-03")),
    ]
