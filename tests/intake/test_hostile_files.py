"""Damaged and hostile files of every format: reports and one-line faults, whatever stands in them; what fuzzing found."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import json_lines, mail, news_item, newsml, page, small_files

from lagebild.errors import Fault
from lagebild.intake import load
from lagebild.model import Report

WHOLE = {f"{kind} {number}": data for kind, files in small_files().items() for number, data in enumerate(files)}
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
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def parquet_of(table: object, **options: object) -> bytes:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    whole = io.BytesIO()
    pq.write_table(table, whole, **options)
    return whole.getvalue()


def stated_as_small(data: bytes) -> bytes:
    """The file with an end that says of its first column that it unpacks to one byte."""
    import pyarrow.parquet as pq

    column = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(0).column(0)

    def varint(value: int, length: int = 0) -> bytes:
        rest = value << 1
        parts = []
        while rest or len(parts) < length:
            parts.append(rest & 127 | 128)
            rest >>= 7
        parts[-1] &= 127
        return bytes(parts)

    told = varint(column.total_uncompressed_size)
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    lying = data[:end] + data[end:].replace(told, varint(1, len(told)))
    assert pq.ParquetFile(io.BytesIO(lying)).metadata.row_group(0).column(0).total_uncompressed_size == 1
    return lying


@pytest.mark.parametrize("dictionary", [False, True])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_parquet_that_lies_about_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dictionary: bool, version: str
) -> None:
    pa = pytest.importorskip("pyarrow")
    from lagebild.intake import parquet

    data = parquet_of(
        pa.table({"text": ["Ein Satz. " * 300_000, "Kurz."]}),
        use_dictionary=dictionary, data_page_version=version, compression="zstd",
    )  # fmt: skip
    lying = stated_as_small(data)
    assert len(lying) < 100_000 and len(read(tmp_path, lying)) == 2  # three megabytes are no harm
    monkeypatch.setattr(parquet, "_LARGEST_PAGES", 2 << 20)
    (fault,) = [item for item in read(tmp_path, lying) if "pages" in str(item)]
    assert "row group 1: its pages are larger than 2 MB" in str(fault)


def test_parquet_that_repeats_a_long_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")
    from lagebild.intake import parquet

    # Half a million rows of two megabytes each in some kilobytes.
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 500_000, pa.int32()), pa.array(["Ein Satz. " * 200_000]))
    for data in (parquet_of(pa.table({"text": rows})), parquet_of(pa.table({"text": rows}), store_schema=False)):
        assert len(data) < 100_000
        monkeypatch.setattr(parquet, "_LARGEST_WHOLE", 8 << 20)
        monkeypatch.setattr(parquet, "_MOST_UNPACKED", 100)
        monkeypatch.setattr(parquet, "_BATCH_BYTES", 4 << 20)
        *some, fault = read(tmp_path, data)
        assert 2 < len(some) < 20 and "its rows hold more than 100 times the bytes of the file" in str(fault)
    monkeypatch.setattr(parquet, "_LARGEST_WHOLE", 1 << 40)
    monkeypatch.setattr(parquet, "LARGEST_RECORD", 1 << 20)
    data = parquet_of(pa.table({"text": rows[:9]}))
    assert "row 1: larger than 1 MB" in str(read(tmp_path, data)[0])


def test_parquet_with_lists_in_place_of_texts(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    data = parquet_of(pa.table({"text": [["Ein Satz."] * 3], "date": ["2014-10-14"]}))
    (fault,) = read(tmp_path, data)
    assert "no column with the text (columns: 'date')" in str(fault)


@pytest.mark.parametrize("start", range(4, 40, 3))
def test_parquet_with_broken_page_headers(tmp_path: Path, start: int) -> None:
    pa = pytest.importorskip("pyarrow")
    data = parquet_of(pa.table({"text": ["Ein Satz."] * 50}), use_dictionary=False, compression="gzip")
    for filling in (b"\x00", b"\xff", b"\x1c", b"\x9b", b"\xfc"):
        assert read(tmp_path, data[:start] + filling * 6 + data[start + 6 :])


def test_parquet_with_a_broken_end(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    # What the end says of a column may make pyarrow end the process if it is asked for it.
    data = parquet_of(pa.table({"text": ["Ein Satz.", None], "date": ["2014-10-14", "x"]}), store_schema=False)
    for at in range(len(data) - 8 - int.from_bytes(data[-8:-4], "little"), len(data)):
        assert read(tmp_path, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


@given(data=st.binary(max_size=200))
def test_any_bytes_as_the_end_of_a_parquet_file(data: bytes) -> None:
    from lagebild.intake.parquet_sizes import BrokenParquet, Column, largest_page, row_groups

    for look in (row_groups, lambda file: largest_page(file, Column(0, len(data)))):
        with contextlib.suppress(BrokenParquet):
            look(io.BytesIO(data + len(data).to_bytes(4, "little") + b"PAR1"))


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
