"""Files, folders and standard input: every good kind, every bad one."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.errors import Fault
from lagebild.intake import load, pieces
from lagebild.intake.text import DecodeError, decode
from lagebild.model import Report

SWISS = "Der Aussenminister sagte: «Die Truppen ziehen ab.» Es waren 17'600 Soldaten, so die Präsidentin – endgültig."
PAGE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Treffen in Genf</title>
<meta property="og:site_name" content="Beispielblatt"><link rel="canonical" href="https://example.org/a/treffen">
<meta property="article:published_time" content="2014-10-14T18:00:00+02:00"></head><body><nav>Start Sport</nav>
<article><h1>Treffen in Genf</h1>
<p>Die Aussenminister der beiden Länder haben sich am Montag in Genf zu Gesprächen über eine Waffenruhe getroffen.
Sie sprachen mehr als drei Stunden lang miteinander und wollen sich in zwei Wochen wieder sehen.</p>
<p>Nach Angaben der Vereinten Nationen sind seit dem Beginn der Kämpfe mehr als 3600 Menschen getötet worden.
Beide Seiten werfen einander vor, die vereinbarte Waffenruhe zu brechen.</p></article></body></html>"""


def one(path: Path) -> Report | Fault:
    (found,) = load(path)
    return found


def report(path: Path) -> Report:
    found = one(path)
    assert isinstance(found, Report), found
    return found


def fault(path: Path) -> str:
    found = one(path)
    assert isinstance(found, Fault) and not found.note, found
    assert str(path) in str(found) and found.advice and "\n" not in str(found)
    return str(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "swiss.news.txt"
    path.write_bytes((SWISS + "\r\n\r\nWeiter.\r\n").encode(encoding))
    found = report(path)
    assert (found.id, found.text) == ("swiss.news", SWISS + "\n\nWeiter.\n")


def test_latin_1() -> None:
    assert decode("Präsidentin grüßt Zürich".encode("latin-1")) == "Präsidentin grüßt Zürich"


@pytest.mark.parametrize("data", ["Встреча в Женеве".encode("cp1251"), "Zürich grüßt Köln".encode() + b" \xc3 "])
def test_wrong_encoding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert "wrong encoding" in fault(path)
    with pytest.raises(DecodeError):
        decode(data)


def test_text_is_changed_in_nothing_else(tmp_path: Path) -> None:
    text = "  Trup\xadpen\xa0zogen\t ab.\rRest \n\n\n \u2028 x \n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert report(tmp_path / "a.txt").text == text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n\n", "empty"),
        ("blank16.txt", " \n".encode("utf-16"), "empty"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF file"),
        ("a.txt", bytes(range(256)) * 10, "a binary file"),
        ("a.html", b"<html><body><nav>Start</nav></body></html>", "no article"),
        ("a.json", b"{", "no valid JSON"),
        ("a.json", b"[" * 100_000, "no valid JSON"),
        ("a.json", b'{"title": "x"}', "no key 'text'"),
        ("a.json", b'{"text": " "}', "no text"),
        ("a.json", b'"text"', "a string"),
        ("a.json", b"[]", "empty list"),
        ("a.json", b'{"text": "x", "published": "14.10.2014"}', "'published' is no date"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert said in fault(path)


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    assert "no such file" in fault(tmp_path / "none.txt")
    assert "no reports" in fault(tmp_path)
    (tmp_path / "a.png").write_bytes(b"x")
    assert "no reports" in fault(tmp_path)


def test_folder_is_read_sorted_with_all_below(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt"):
        (tmp_path / name).write_text("Ein Text.")
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "x.png").write_bytes(b"x")
    found = list(load(tmp_path))
    assert [item.id if isinstance(item, Report) else item.note for item in found] == [True, "a", "b", False, "c"]
    assert isinstance(found[0], Fault) and "1 file skipped (1 .png)" in str(found[0])


def test_what_is_left_out_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ein Text.")
    os.mkfifo(tmp_path / "pipe.txt")  # reading it would wait for ever
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nothing.txt")
    note, first, dangling = load(tmp_path)
    assert isinstance(note, Fault) and note.note
    assert "1 file skipped (1 pipe or device), 1 linked folder not followed" in str(note)
    assert isinstance(first, Report) and first.id == "a"
    assert isinstance(dangling, Fault) and "dangling.txt: no such file" in str(dangling)


def test_a_closed_folder_is_one_fault_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Ein Text.")
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> Any:  # file modes do not stop a superuser, who may well run the tests
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    closed, first = load(tmp_path)
    assert isinstance(closed, Fault) and not closed.note
    assert "closed: the folder cannot be opened (Permission denied)" in str(closed)
    assert isinstance(first, Report)


def test_an_empty_name_is_no_folder() -> None:
    (found,) = load("")
    assert isinstance(found, Fault) and "no file name" in str(found)


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_broken_line_loses_no_other(tmp_path: Path, broken: int) -> None:
    lines = [json.dumps({"id": f"r{number}", "text": "Ein Text."}) for number in range(3)]
    lines[broken] = '{"id": "x", "text": '
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    found = list(load(tmp_path / "a.jsonl"))
    assert [item.id for item in found if isinstance(item, Report)] == [f"r{n}" for n in range(3) if n != broken]
    assert f"a.jsonl, line {broken + 1}: no valid JSON (expecting value, column 20)" in str(found[broken])


def test_html(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    found = report(tmp_path / "page.html")
    assert found.id == "page" and found.text.count("Waffenruhe") == 2 and "Sport" not in found.text
    assert (found.title, found.published) == ("Treffen in Genf", "2014-10-14")
    assert (found.publisher, found.url) == ("Beispielblatt", "https://example.org/a/treffen")
    (tmp_path / "latin").write_bytes(PAGE.replace("utf-8", "iso-8859-1").encode("latin-1"))
    assert report(tmp_path / "latin").text == found.text


def test_json_lines_keep_id_and_text(tmp_path: Path) -> None:
    items = [{"id": "ä\u2028", "text": "a\r\nb\u2028c\x85"}, {"text": "x"}, {"id": "", "text": "\ufeffx"}]
    lines = [json.dumps(item, ensure_ascii=False) for item in items]
    path = tmp_path / "many.jsonl"
    path.write_bytes("\r\n".join([lines[0], "{broken", *lines[1:], ""]).encode())
    first, broken, second, third = load(path)
    assert isinstance(first, Report) and isinstance(second, Report) and isinstance(third, Report)
    assert (first.id, first.text, second.id) == (items[0]["id"], items[0]["text"], "many-3")
    assert (third.id, third.text) == ("", "\ufeffx")
    assert isinstance(broken, Fault) and "line 2" in str(broken)


def test_json_list_and_pretty_object(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(json.dumps([{"id": "1", "text": "x"}, 5], indent=1))
    good, bad = load(path)
    assert isinstance(good, Report) and isinstance(bad, Fault) and "report 2" in str(bad)
    path.write_text(json.dumps({"id": "1", "text": "x", "findings": [{"any": "thing"}]}, indent=1))
    assert report(path).text == "x"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    (found,) = load("-")
    assert isinstance(found, Report) and (found.id, found.text) == ("ba7816bf8f01", "abc")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_report_or_a_fault(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    for item in load(path):
        assert isinstance(item, Report | Fault) and "\n" not in str(item if isinstance(item, Fault) else "")


@given(st.text(st.sampled_from("ab .\n\xa0ü!"), max_size=200), st.integers(1, 40))
def test_pieces_are_the_whole_text(text: str, limit: int) -> None:
    spans = pieces(text, limit)
    assert "".join(text[slice(*span)] for span in spans) == text
    assert all(end - start <= limit for start, end in spans) and (not text or all(e > s for s, e in spans))


def test_pieces_are_cut_at_blank_lines() -> None:
    text = ("Ein Satz. " * 5 + "\n\n") * 40
    spans = pieces(text, 300)
    assert len(spans) > 5 and all(text[:end].endswith("\n\n") for _, end in spans)
