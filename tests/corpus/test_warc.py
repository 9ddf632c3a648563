"""WARC files: every record once whichever is the first, damage costs what it hits."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from corpus_archives import GERMAN, archive, mixed, page, response
from hypothesis import given
from hypothesis import strategies as st

from lagebild.corpus import plan, warc
from lagebild.errors import Fault
from lagebild.intake.warc import Page

DAMAGED = "a damaged place"


def _urls(path: str, offset: int = 0, first: int = 1, count: int = 10_000) -> list[tuple[int, str | None]]:
    found = warc.records(path, offset, first, count)
    return [(number, _told(one)) for number, one in found]


def _told(one: Page | Fault | str | None) -> str | None:
    return one.url if isinstance(one, Page) else one.message.partition(" (")[0] if isinstance(one, Fault) else one


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_records_from_any_place_on(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / name, mixed())
    whole = _urls(path)
    assert [number for number, _ in whole] == list(range(1, 10))
    assert whole[0] == (1, "https://a.example/1") and whole[3] == (4, "not HTML")
    for place in warc.places(path):
        assert _urls(path, place.offset, place.number) == whole[place.number - 1 :]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("records", [1, 2, 4, 9, 100])
def test_pieces_hold_every_record_once(tmp_path: Path, name: str, records: int) -> None:
    path = archive(tmp_path / name, mixed())
    pieces = plan.cut_warc(path, records)
    assert len(pieces) == -(-9 // records) and len({piece.name for piece in pieces}) == len(pieces)
    found = [one for piece in pieces for one in _urls(path, piece.offset, piece.first, piece.count)]
    assert found == _urls(path)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_damaged_place_costs_its_record(tmp_path: Path, name: str) -> None:
    good = [response(f"https://a.example/{n}", page(GERMAN)) for n in range(5)]
    path = Path(archive(tmp_path / name, good))
    data = path.read_bytes()
    third = [place.offset for place in warc.places(str(path))][2]
    path.write_bytes(data[:third] + b"\0garbage\0" * 9 + data[third + 9 :])
    found = _urls(str(path))
    assert [url for _, url in found] == [
        "https://a.example/0", "https://a.example/1", DAMAGED, "https://a.example/3", "https://a.example/4"
    ]  # fmt: skip
    for place in warc.places(str(path)):
        assert place.damaged or _urls(str(path), place.offset, place.number) == found[place.number - 1 :]


def test_a_file_that_breaks_off_says_so(tmp_path: Path) -> None:
    path = Path(archive(tmp_path / "a.warc", [response("https://a.example/1", page(GERMAN))] * 2))
    path.write_bytes(path.read_bytes()[:-200])
    first, last = (one for _, one in warc.records(str(path), 0, 1, 10))
    assert isinstance(first, Page)
    assert isinstance(last, Fault) and last.message == "the record breaks off"


def test_a_page_too_large_is_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagebild.intake.warc.LARGEST_RECORD", 1000)
    path = archive(tmp_path / "a.warc.gz", [response("https://a.example/1", page(GERMAN * 99)), mixed()[0]])
    assert [url for _, url in _urls(path)] == ["a page larger than 0 MB", "https://a.example/1"]


@given(cut=st.integers(0, 3000), junk=st.binary(max_size=60), packed=st.booleans())
def test_whatever_the_bytes_pieces_and_records_agree(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes, packed: bool
) -> None:
    data = b"".join(gzip.compress(one, mtime=0) if packed else one for one in mixed())
    path = tmp_path_factory.mktemp("warc") / "a.warc"
    path.write_bytes(data[:cut] + junk + data[cut + len(junk) // 2 :])
    whole = _urls(str(path))
    assert [number for number, _ in whole] == list(range(1, len(whole) + 1))
    pieces = plan.cut_warc(str(path), 2)
    assert [one for p in pieces for one in _urls(str(path), p.offset, p.first, p.count)] == whole
