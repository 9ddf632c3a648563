"""What the tests of the store share: reports read by the stand-in reader, and an empty store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fake_reader import FakeReader

from lagebild.model import Report
from lagebild.store import Writer, open_writer

TEXT = "Kerry traf Lawrow am Montag in Genf. Nach Angaben der UNO starben 3600 Menschen."


@pytest.fixture
def read() -> Callable[..., Report]:
    """Reads one text with the stand-in reader."""

    def make(id: str, text: str = TEXT, **head: Any) -> Report:
        return FakeReader().read_report(Report(id, text, **head))

    return make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Writer]:
    with open_writer(path) as writer:
        yield writer
