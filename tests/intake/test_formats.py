"""Archives and agency formats: what is taken from each, and that a bad record loses no other."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from pathlib import Path

import pytest
from made_files import (
    ARTICLE,
    json_lines,
    mail,
    mbox,
    news_item,
    newsml,
    ninjs_1,
    ninjs_3,
    page,
    record,
    wacz,
    warc,
)

from lagebild.errors import Fault, LagebildError
from lagebild.intake import load, rows, streams
from lagebild.model import Report


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Writes bytes to a file of a given name and loads it: (reports, lines on faults, lines on notes)."""

    def reading(data: bytes, name: str = "file", **options: object) -> tuple[list[Report], list[str], list[str]]:
        (tmp_path / name).write_bytes(data)
        found = list(load(tmp_path / name, **options))  # type: ignore[arg-type]
        faults = [item for item in found if isinstance(item, Fault)]
        assert all(str(tmp_path) in str(item) and "\n" not in str(item) for item in faults)
        return (
            [item for item in found if isinstance(item, Report)],
            [str(item) for item in faults if not item.note],
            [str(item) for item in faults if item.note],
        )

    return reading


# ------------------------------------------------------------------------------------------- web archives


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_web_archive(read, packed: bool) -> None:  # type: ignore[no-untyped-def]
    data = warc(
        record("http://a.example/1", page()), record("http://a.example/x.png", b"PNG", mime="image/png"),
        record("http://a.example/2", b"", status="404 Not Found"), record("http://a.example/3", page()), packed=packed,
    )  # fmt: skip
    reports, faults, (note,) = read(data)
    assert [(r.id, r.url, r.published, r.title) for r in reports] == [
        (f"http://a.example/{n}", f"http://a.example/{n}", "2014-10-14", "Treffen in Genf") for n in (1, 3)
    ]
    assert "Waffenruhe" in reports[0].text and "Sport" not in reports[0].text
    assert not faults and "1 not HTML, 1 of status 404" in note


def test_a_package_of_web_archives(read) -> None:  # type: ignore[no-untyped-def]
    one, two = warc(record("http://a.example/1", page())), warc(record("http://a.example/2", page()))
    reports, faults, _ = read(wacz(one, b"\x1f\x8b\x08\x00broken", two))
    assert [r.url for r in reports] == ["http://a.example/1", "http://a.example/2"]
    assert len(faults) == 1 and "archive/data-1.warc.gz" in faults[0]
    assert "broken WACZ" in read(wacz(one)[:-40], "cut.wacz")[1][0]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(page())),
        ("Content-Encoding: deflate\r\n", zlib.compress(page())),
        ("Content-Encoding: deflate\r\n", zlib.compress(page())[2:-4]),
        ("Content-Encoding: gzip\r\n", page()),  # undone by the crawler
        ("Transfer-Encoding: chunked\r\n", b"%x;a=b\r\n%b\r\n5\r\n<!-- \r\n0\r\n\r\n" % (len(page()), page())),
    ],
)
def test_encodings_of_pages(read, headers: str, body: bytes) -> None:  # type: ignore[no-untyped-def]
    reports, faults, _ = read(warc(record("http://a.example/1", body, headers), record("http://a.example/2", page())))
    assert [r.title for r in reports] == ["Treffen in Genf"] * 2 and not faults


def test_bombs_and_giants_in_web_archives(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("lagebild.intake.warc.LARGEST_RECORD", 100_000)
    bomb = gzip.compress(b" " * 5_000_000)
    reports, faults, _ = read(
        warc(
            record("http://a.example/bomb", bomb, "Content-Encoding: gzip\r\n"),
            record("http://a.example/giant", b" " * 200_000),
            record("http://a.example/1", page()),
            record("http://a.example/liar", page(), length=10**11),
        )
    )
    assert [r.url for r in reports] == ["http://a.example/1"]
    assert len(faults) == 3 and "when it is decompressed" in faults[0]
    assert "giant): a page larger than" in faults[1] and "liar): a page larger than" in faults[2]


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_place_is_stepped_over(read, packed: bool) -> None:  # type: ignore[no-untyped-def]
    parts = [warc(record(f"http://a.example/{n}", page()), packed=packed) for n in range(5)]
    parts[2] = parts[2][:30] + b"\xff" * 8 + parts[2][38:-100]
    reports, faults, _ = read(b"".join(parts))
    assert {"http://a.example/0", "http://a.example/1", "http://a.example/4"} <= {r.url for r in reports}
    assert faults and all(
        "damaged place" in fault or "no article" in fault or "breaks off" in fault for fault in faults
    )


def test_an_archive_that_breaks_off_says_so(read) -> None:  # type: ignore[no-untyped-def]
    whole = warc(record("http://a.example/1", page()), record("http://a.example/2", page()))
    for cut in range(len(warc(record("http://a.example/1", page()))) + 1, len(whole) - 8, 13):
        reports, faults, notes = read(whole[:cut])
        assert [r.url for r in reports] == ["http://a.example/1"] and faults + notes


def test_a_missing_library_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.warc").write_bytes(warc(record("http://a.example/1", page()), packed=False))
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    with pytest.raises(LagebildError, match=r"lagebild\[archives\]"):
        list(load(tmp_path / "a.warc"))


# ---------------------------------------------------------------------------------------- agency formats


def test_newsml(read) -> None:  # type: ignore[no-untyped-def]
    data = newsml(
        news_item(), news_item("urn:example:2", kind="picture"), "<packageItem guid='p'/>",
        news_item("urn:example:3", meta="<pubStatus qcode='stat:canceled'/>"), news_item("urn:example:4", text=""),
    )  # fmt: skip
    reports, faults, notes = read(data)
    first = reports[0]
    assert first.text == f"{ARTICLE}\n\nEin zweiter Absatz."
    assert (first.id, first.title, first.published, first.publisher, first.language) == (
        "urn:example:1", "Treffen in Genf", "2014-10-14", "Beispielagentur", "de",
    )  # fmt: skip
    assert [r.id for r in reports] == ["urn:example:1", "urn:example:4"] and not faults
    assert ["picture" in notes[0], "packageItem" in notes[1], "withdrawn" in notes[2]] == [True] * 3


def test_newsml_item_by_itself_in_nitf_and_plain(read) -> None:  # type: ignore[no-untyped-def]
    nitf = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="http://example.org/a"><contentSet>'
        '<inlineXML><n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/"><n:body><n:body.head><n:hedline><n:hl1>Nein</n:hl1>'
        "</n:hedline></n:body.head><n:body.content><n:p>Erster Satz.</n:p><n:p>Zweiter &lt;Satz&gt;.</n:p></n:body.content>"
        "</n:body></n:nitf></inlineXML></contentSet></newsItem>"
    )
    ((report,), _, _) = read(nitf.encode(), "a.xml")
    assert (report.text, report.url) == ("Erster Satz.\n\nZweiter <Satz>.", "http://example.org/a")
    plain = (
        nitf[: nitf.index("<inlineXML")]
        + "<inlineData contenttype='text/plain'>Nur\nText</inlineData></contentSet></newsItem>"
    )
    assert read(plain.encode())[0][0].text == "Nur\nText"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>',
    ],
)
def test_xml_with_entities_is_not_read(read, head: str) -> None:  # type: ignore[no-untyped-def]
    reports, (fault,), _ = read(newsml(news_item(text="&b;"), head=head))
    assert not reports and "entities is not read" in fault


def test_broken_and_endless_newsml(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    data = newsml(news_item(), news_item("urn:example:2"))
    reports, (fault,), _ = read(data[:-400])
    assert [r.id for r in reports] == ["urn:example:1"] and "after item 1: no well-formed XML" in fault
    monkeypatch.setattr("lagebild.intake.newsml.LARGEST_RECORD", 200_000)
    reports, (fault,), _ = read(newsml(news_item(), news_item("urn:example:2", text="x" * 400_000)))
    assert len(reports) == 1 and "item 2: larger than" in fault


@pytest.mark.parametrize(("name", "said"), [("rss", "feed"), ("nitf", "NITF"), ("anything", "<anything>")])
def test_other_xml_is_named(read, name: str, said: str) -> None:  # type: ignore[no-untyped-def]
    reports, (fault,), _ = read(f"<?xml version='1.0'?>\n<!-- x --><{name} version='2'><a>b</a></{name}>".encode())
    assert not reports and said in fault


def test_ninjs(read) -> None:  # type: ignore[no-untyped-def]
    items = [ninjs_1(), ninjs_3(), ninjs_1(type="picture"), ninjs_1(pubstatus="canceled"), ninjs_1(body_text="")]
    reports, faults, notes = read(json_lines(*items, ninjs_1(versioncreated="gestern"), ninjs_1(uri="urn:last")))
    assert [(r.id, r.url, r.title, r.published, r.publisher, r.language) for r in reports[:2]] == [
        ("http://example.org/n/1", "http://example.org/n/1", "Treffen in Genf", "2014-10-14", "Beispielagentur", "de"),
        ("urn:example:3", None, "Treffen in Genf", "2014-10-14", "Beispielagentur", "de"),
    ]
    assert [r.text for r in reports] == [ARTICLE, f"{ARTICLE}\n\nEnde&", ARTICLE] and reports[2].id == "urn:last"
    assert "without body" in faults[0] and "no date" in faults[1] and len(faults) == 2
    assert "picture" in notes[0] and "withdrawn" in notes[1]
    assert read(json.dumps(ninjs_3(), indent=1).encode(), "one.json")[0] == [reports[1]]
    assert len(read(json.dumps([ninjs_1(), ninjs_3()]).encode(), "list")[0]) == 2


# -------------------------------------------------------------------------------------------- newsletters


def test_mailbox(read) -> None:  # type: ignore[no-untyped-def]
    plain = b"Kerry traf Lawrow.\n\n>From Genf reiste er ab.\nFrom here on\n"
    parts = (
        b"--x\r\nContent-Type: text/plain\r\n\r\nIm Browser lesen\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        + page()
        + b"\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--x--\r\n"
    )
    two = mail("Zwei", parts, "multipart/mixed; boundary=x")
    reports, faults, _ = read(mbox(mail("Eins", plain, "text/plain"), two, mail("Leer", b"", "text/plain"), mail()))
    assert [r.title for r in reports] == ["Eins", "Zwei", "Lage am Montag"]
    assert reports[0].text == "Kerry traf Lawrow.\n\nFrom Genf reiste er ab.\nFrom here on"
    assert (reports[0].publisher, reports[0].published) == ("Büro Genf", "2014-10-14")
    assert (
        "Waffenruhe" in reports[1].text and "Browser" not in reports[1].text and reports[0].id.endswith("@example.org")
    )
    assert len(faults) == 1 and "message 3 (Leer): a message without text" in faults[0]


def test_single_message_and_giants(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    assert read(mail("Eins"), "one.eml")[0][0].title == "Eins"
    assert read(b"Received: x\r\n" + mail("Eins"), "one")[0][0].title == "Eins"
    monkeypatch.setattr("lagebild.intake.mail.LARGEST_RECORD", 50_000)
    reports, (fault,), _ = read(mbox(mail("Gross", b"x\n" * 40_000, "text/plain"), mail("Klein")))
    assert [r.title for r in reports] == ["Klein"] and "message 1: larger than" in fault


def test_a_letter_is_no_mailbox(read) -> None:  # type: ignore[no-untyped-def]
    assert read(b"From Geneva our correspondent reports: talks went on.\n\nSubject: none")[0][0].text.startswith(
        "From Geneva"
    )


# ------------------------------------------------------------------------------------------- rows, tables


def test_tables(read) -> None:  # type: ignore[no-untyped-def]
    text = 'id;Datum;Text\n1;14.10.2014;"Kerry traf; ""Lawrow""\nin Genf."\n2;;\n3;2014-10-15T10:00;Zu;viel\n4;morgen;Ein Satz.\n5;;Ende.\n'
    reports, faults, _ = read(text.encode("cp1252"), "a.csv", columns={"published": "Datum"})
    assert [(r.id, r.published, r.text) for r in reports] == [
        ("1", "2014-10-14", 'Kerry traf; "Lawrow"\nin Genf.'), ("5", None, "Ende."),
    ]  # fmt: skip
    assert ["line 4 (report 2): the report has no text" in faults[0], "line 5: 4 cells" in faults[1]] == [True, True]
    assert "no date" in faults[2] and len(faults) == 3
    assert read(b"a\tb\nx\ty\n", "a.tsv")[1][0].count("no column with the text (columns: 'a', 'b')")
    assert read(b"a\tb\nx\ty\n", "b.tsv", columns={"text": "b"})[0][0].text == "y"


def test_an_open_quotation_mark_loses_one_row(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("lagebild.intake.tables.LARGEST_ROW", 400)
    table = [f"{n},Satz Nummer {n}." for n in range(100)]
    table[50] = '50,"Satz ohne Ende.'
    reports, faults, _ = read("\n".join(["id,text", *table]).encode(), "a.csv")
    assert [r.id for r in reports] == [str(n) for n in range(100) if n != 50]
    assert len(faults) == 1 and "line 52: a broken row" in faults[0]
    assert "unexpected end of data" in read(b'id,text\n1,"open\n', "b.csv")[1][0]


def test_a_table_is_known_by_its_first_row(read) -> None:  # type: ignore[no-untyped-def]
    assert read(b"url,title,maintext\nhttp://a.example/1,T,Ein Satz.\n")[0][0].url == "http://a.example/1"
    assert len(read(b"Text, Bild und Ton\nEin Satz.\n")[0]) == 1  # a headline, no table


def test_rows_of_other_programs(read) -> None:  # type: ignore[no-untyped-def]
    items = [{"maintext": "Ein Satz.", "date_publish": "2014-10-14 18:00:00", "source_domain": "a.example"}, {"n": 1}]
    ((report,), (fault,), _) = read(json_lines(*items), "a.jsonl")
    assert (report.text, report.published, report.publisher) == ("Ein Satz.", "2014-10-14", "a.example")
    assert "line 2: no key 'text'" in fault
    assert read(json_lines({"words": "x"}, {"words": "y"}), "b.jsonl", columns={"text": "words"})[0][1].text == "y"


def test_packed_lines(read) -> None:  # type: ignore[no-untyped-def]
    data = gzip.compress(json_lines(*({"id": str(n), "text": "Ein Satz."} for n in range(3000))))
    assert len(read(data, "a.jsonl.gz")[0]) == 3000
    reports, (fault,), _ = read(data[:-2000], "cut.jsonl.gz")
    assert 0 < len(reports) < 3000 and "the gzip file is broken" in fault
    assert "gzip archive in a gzip archive" in read(gzip.compress(data), "twice.gz")[1][0]


def test_long_lines_and_lists(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    items = [{"id": str(n), "text": "Grüße «aus» Genf." * 9} for n in range(300)]
    loading = sys.modules["lagebild.intake.load"]  # the package has a function of this name
    for module in (loading, rows):
        monkeypatch.setattr(module, "LARGEST_RECORD", 10_000)
    monkeypatch.setattr(loading, "LARGEST", 20_000)
    monkeypatch.setattr(rows, "_CHUNK", 1000)
    reports, faults, _ = read(json.dumps(items, indent=1, ensure_ascii=False).encode(), "list.json")
    assert [r.id for r in reports] == [str(n) for n in range(300)] and not faults
    reports, (fault,), _ = read(json.dumps(items).encode()[:-300], "cut.json")
    assert len(reports) > 290 and "the rest of the list is not read" in fault
    assert len(list(streams.lines(io.BytesIO(b"a\n" + b"x" * 50 + b"\nb\n"), 10))) == 3
    lines = json_lines(items[0], {"id": "x", "text": "x" * 20_000}, items[1])
    monkeypatch.setattr(streams.lines, "__defaults__", (10_000,))
    reports, (fault,), _ = read(lines, "a.jsonl")
    assert len(reports) == 2 and "line 2: larger than" in fault


def test_parquet(read) -> None:  # type: ignore[no-untyped-def]
    pa = pytest.importorskip("pyarrow")
    from datetime import datetime

    import pyarrow.parquet as pq

    table = {
        "body": [f"Satz Nummer {n}." for n in range(200)] + [None], "date": [datetime(2014, 10, 14, 18)] * 201,
        "url": [f"http://a.example/{n}" for n in range(201)],
    }  # fmt: skip
    whole = io.BytesIO()
    pq.write_table(pa.table(table), whole, row_group_size=50)
    reports, (fault,), _ = read(whole.getvalue())
    assert len(reports) == 200 and "row 201: the report has no text" in fault
    assert (reports[7].id, reports[7].published) == ("http://a.example/7", "2014-10-14")
    assert "broken Parquet" in read(whole.getvalue()[:-9], "cut.parquet")[1][0]


def test_standard_input_may_be_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    for data in (
        warc(record("http://a.example/1", page())),
        wacz(warc(record("http://a.example/1", page()))),
        mbox(mail()),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe(data))))  # type: ignore[arg-type]
        (report,) = load("-")
        assert isinstance(report, Report) and "Waffenruhe" in report.text
