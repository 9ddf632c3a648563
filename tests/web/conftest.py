"""A small store made by hand (no reader needed) and a client of the application over it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from lagebild.model import Report
from lagebild.store import open_writer
from lagebild.web import make_app

sys.path.insert(0, str(Path(__file__).resolve().parent))

from web_reports import REPORTS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of three reports."""
    path = tmp_path / "store.sqlite"
    with open_writer(path) as writer:
        for one in REPORTS:
            writer.add(one)
    return path


@pytest.fixture
def client(path: Path) -> TestClient:
    return TestClient(make_app(path))


@pytest.fixture
def serving(tmp_path: Path) -> Callable[..., TestClient]:
    """A client over a store of the given reports."""

    def make(*reports: Report, **options: Any) -> TestClient:
        path = tmp_path / "own.sqlite"
        with open_writer(path) as writer:
            for one in reports:
                writer.add(one)
        return TestClient(make_app(path, **options))

    return make
