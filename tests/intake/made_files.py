"""Files of every format, made in memory for the tests: small, real in shape."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

ARTICLE = (
    "Die Aussenminister der beiden Länder haben sich am Montag in Genf zu Gesprächen über eine Waffenruhe getroffen. "
    "Sie sprachen mehr als drei Stunden lang miteinander und wollen sich in zwei Wochen wieder sehen."
)


def page(text: str = ARTICLE, title: str = "Treffen in Genf") -> bytes:
    """A news page as it comes over the net."""
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta property="article:published_time" content="2014-10-14T18:00:00+02:00"></head>'
        f"<body><nav>Start Sport</nav><article><h1>{title}</h1><p>{text}</p><p>{text[:90]}</p></article></body></html>"
    ).encode()


def record(
    url: str, body: bytes, headers: str = "", kind: str = "response", status: str = "200 OK", mime: str = "text/html",
    length: int | None = None,
) -> bytes:  # fmt: skip
    """One record of a WARC file."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {mime}; charset=utf-8\r\n{headers}\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def warc(*records: bytes, packed: bool = True) -> bytes:
    return b"".join(gzip.compress(one) if packed else one for one in records)


def wacz(*archives: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for number, archive in enumerate(archives):
            package.writestr(f"archive/data-{number}.warc.gz", archive)
        package.writestr("datapackage.json", "{}")
    return whole.getvalue()


def newsml(*items: str, head: str = "") -> bytes:
    """A news message; items as `news_item` makes them."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
        f"<header><sent>2014-10-14T20:00:00Z</sent></header><itemSet>{''.join(items)}</itemSet></newsMessage>"
    ).encode()


def news_item(guid: str = "urn:example:1", text: str = ARTICLE, meta: str = "", kind: str = "text") -> str:
    return f"""<newsItem guid="{guid}" version="1" standard="NewsML-G2" standardversion="2.34" xml:lang="de">
<itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:XY"><name>Beispielagentur</name></provider>
<versionCreated>2014-10-15T09:00:00+02:00</versionCreated><firstCreated>2014-10-14T18:00:00+02:00</firstCreated>
{meta or '<pubStatus qcode="stat:usable"/>'}</itemMeta>
<contentMeta><headline>Treffen in <b>Genf</b></headline><language tag="de-CH"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>Nicht dies</title></head><body><p>{text}</p><p>Ein zweiter <b>Absatz</b>.</p></body></html></inlineXML></contentSet>
</newsItem>"""


def ninjs_1(**more: object) -> dict[str, object]:
    return {
        "uri": "http://example.org/n/1", "type": "text", "versioncreated": "2014-10-14T18:00:00Z", "language": "de",
        "headline": "Treffen in Genf", "body_text": ARTICLE, "provider": "Beispielagentur", **more,
    }  # fmt: skip


def ninjs_3(**more: object) -> dict[str, object]:
    return {
        "uri": "urn:example:3", "standard": {"name": "ninjs", "version": "3.0"}, "type": "text", "language": "de-CH",
        "contentCreated": "2014-10-14T18:00:00+02:00", "versionCreated": "2014-10-20T18:00:00+02:00",
        "headlines": [{"role": "short", "value": "Genf"}, {"role": "main", "value": "Treffen in Genf"}],
        "bodies": [
            {"role": "summary", "contentType": "text/plain", "value": "Kurz."},
            {"role": "main", "contentType": "text/html", "value": f"<p>{ARTICLE}</p><script>x()</script><p>Ende&amp;</p>"},
        ],
        "infoSources": [{"name": "Beispielagentur"}], **more,
    }  # fmt: skip


def mail(subject: str = "Lage am Montag", body: bytes | None = None, kind: str = "text/html") -> bytes:
    return (
        f"From: =?utf-8?q?B=C3=BCro_Genf?= <brief@example.org>\r\nTo: leser@example.org\r\nSubject: {subject}\r\n"
        f"Date: Tue, 14 Oct 2014 18:00:00 +0200\r\nMessage-ID: <{abs(hash(subject))}@example.org>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + (page() if body is None else body)  # fmt: skip


def mbox(*messages: bytes) -> bytes:
    return b"".join(b"From brief@example.org Tue Oct 14 18:00:00 2014\n" + one + b"\n\n" for one in messages)


def json_lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def rss() -> bytes:
    return (
        b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Bote</title><item><title>Treffen in Genf</title>'
        b"<link>https://a.example/1?a=b&amp;c=d</link><guid isPermaLink='false'>x1</guid>"
        b"<pubDate>Mon, 13 Oct 2014 21:10:00 +0200</pubDate><description><![CDATA[<p>Kurz.</p>]]></description></item>"
        b"<item><link>/2</link></item></channel></rss>"
    )


def atom() -> bytes:
    return (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>Bote</title><entry><title>Genf</title>'
        b'<link rel="alternate" href="1"/><id>urn:1</id><updated>2014-10-13T21:10:00+02:00</updated></entry></feed>'
    )


def small_files() -> dict[str, list[bytes]]:
    """Small real files of each format, from which damaged ones are made."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    packed = gzip.compress(page())
    records = [
        record("http://a.example/1", page()), record("http://a.example/2", packed, "Content-Encoding: gzip\r\n"),
        record("http://a.example/3", b"5\r\n<p>Ab\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
        record("http://a.example/4", b"", kind="revisit"),
    ]  # fmt: skip
    table = io.BytesIO()
    pq.write_table(pa.table({"text": ["Ein Satz.", None], "date": ["2014-10-14", "x"], "id": [1, 2]}), table)
    multipart = (
        b"--x\r\nContent-Type: text/html\r\n\r\n"
        + page()
        + b"\r\n--x\r\nContent-Type: text/plain\r\n\r\nHallo.\r\n--x--"
    )
    return {
        "ninjs": [json.dumps(ninjs_1()).encode(), json.dumps(ninjs_3()).encode(), json_lines(ninjs_1(), ninjs_3())],
        "newsml": [newsml(news_item(), news_item("urn:2", kind="picture")), news_item().encode(), newsml(head="<!DOCTYPE x>")],
        "warc": [warc(*records, packed=False), warc(*records)],
        "wacz": [wacz(warc(records[0])), wacz(warc(*records[:2]), warc(records[2]))],
        "mbox": [mbox(mail(), mail("Zwei", multipart, "multipart/mixed; boundary=x")), mail()],
        "jsonl": [json_lines({"id": 1, "text": "Ein Satz."}, {"maintext": "Zwei.", "date": "1.2.2014"}), b'[{"text": "x"}, 5]'],
        "csv": [b"id,date,text\n1,2014-10-14,\"Ein, Satz.\"\n2,,x\n", b"Text;Datum\n\"a\"\"b\";1.2.2014\n", b"a|body\n1|2\n"],
        "parquet": [table.getvalue()],
        "feed": [rss(), rss().decode().encode("utf-16"), atom()],
        "html": [page(), page().replace(b"utf-8", b"iso-8859-1"), b"<p>Kurz"],
        "text": ["Grüße «aus» Genf.\r\n\r\nEnde.".encode(), "Grüße".encode("utf-16"), "Grüße".encode("cp1252")],
    }  # fmt: skip
