"""Damaged and hostile files of every format: reports and one-line faults, whatever stands in them; what fuzzing found."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import json_lines, mail, mbox, news_item, newsml, ninjs_3, page, record, wacz, warc

from lagebild.errors import Fault
from lagebild.intake import load
from lagebild.model import Report

WHOLE = {
    "ninjs": json.dumps(ninjs_3()).encode(),
    "newsml": newsml(news_item(), news_item("urn:2")),
    "warc": warc(record("http://a.example/1", page()), record("http://a.example/2", page()), packed=False),
    "warc.gz": warc(record("http://a.example/1", gzip.compress(page()), "Content-Encoding: gzip\r\n")),
    "wacz": wacz(warc(record("http://a.example/1", page()))),
    "mbox": mbox(mail(), mail("Zwei", b"Kurz.", "text/plain")),
    "jsonl": json_lines({"id": 1, "text": "Ein Satz."}, {"maintext": "Zwei.", "date": "1.2.2014"}),
    "csv": b'id,date,text\n1,2014-10-14,"Ein, ""Satz""."\n2,,x\n',
}
#: Pieces that mean something in one of the formats.
TOKENS = [
    b"\0", b"\xff", b'"', b"'", b"<", b">", b"&#x1;", b"]]>", b"<!--", b"\r\n", b"\n\n", b"{", b"[", b"\\ud800", b"null", b"1e999",
    b"From x Mon \n", b"=?utf-8?q?=C3?=", b"WARC/1.0\r\n", b"\x1f\x8b\x08\0", b"Content-Length: -1\r\n", b"charset=undefined",
    b"<!DOCTYPE x>", b"xmlns:a='b'",
]  # fmt: skip


def read(folder: Path, data: bytes, name: str = "file") -> list[Report | Fault]:
    path = folder / name
    path.write_bytes(data)
    found = list(load(path))
    for item in found:
        assert isinstance(item, Report | Fault)
        if isinstance(item, Report):
            assert item.text.strip()
        else:
            assert item.message and "\n" not in str(item)
    return found


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    whole = WHOLE[kind]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 40)))
        put = data.draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=8), st.just(whole[start:end] * 3)))
        whole = whole[:start] + put + whole[end:]
    assert read(tmp_path, whole), "nothing, and not a word about it"


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "unicode_escape", "rot13", "hex", "no-such", "utf-16\0"]
)
def test_encodings_that_are_none(tmp_path: Path, charset: str) -> None:
    umlaut = page().replace("Länder".encode(), b"L\xe4nder").replace(b"utf-8", charset.encode())
    assert len(read(tmp_path, umlaut, "page.html")) == 1  # a report, or a line that says what is wrong
    (found,) = read(
        tmp_path, mail(body=b"L\xe4nder", kind=f"text/plain; x={charset}").replace(b"utf-8", charset.encode())
    )
    assert isinstance(found, Report)


def test_mail_headers_that_are_no_text(tmp_path: Path) -> None:
    data = (
        mail("=?utf-8?b?w7w=?= =?x?q?a?= \xe4")
        .replace("ä".encode(), b"\xe4")
        .replace(b"Tue, 14 Oct 2014", b"Foo, 99 Bar 0")
    )
    (found,) = read(tmp_path, data)
    assert isinstance(found, Report)
    (found.title or "").encode()  # no lone surrogates, which the store could not keep


def test_deep_nesting(tmp_path: Path) -> None:
    parts = b"".join(b'--%d\nContent-Type: multipart/mixed; boundary="%d"\n\n' % (n, n + 1) for n in range(3000))
    read(tmp_path, mail(body=parts, kind='multipart/mixed; boundary="0"'))
    read(tmp_path, newsml("<a>" * 50_000))
    read(tmp_path, news_item(text="<b>" * 30_000 + "x" + "</b>" * 30_000).encode())
    read(tmp_path, b'{"text": ' + b"[" * 100_000)
    read(tmp_path, json_lines({"text": "x"}) + b"[" * 100_000)
    read(tmp_path, b"<html><body>" + b"<div>" * 50_000 + b"x")


def test_broken_names_in_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "whole.parquet"
    pq.write_table(pa.table({"text": ["Ein Satz."], "mehr": ["x"]}), path)
    whole = path.read_bytes()
    at = whole.find(b"mehr")
    while at >= 0:
        assert read(tmp_path, whole[:at] + b"meh\xe5" + whole[at + 4 :])
        at = whole.find(b"mehr", at + 1)
