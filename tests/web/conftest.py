"""A small store made by hand (no reader needed) and a client of the application over it; the sample corpus in a browser."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus
from urllib.request import urlopen

import pytest
from starlette.testclient import TestClient

from lagebild.model import Report
from lagebild.store import open_writer
from lagebild.web import make_app
from lagebild.web.view import digest

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from browsing import PAGES
from chromium import ADVICE, browser, chromium, served
from web_reports import REPORTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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


@pytest.fixture(scope="session")
def sample_store(sample: tuple[Report, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample corpus examples/ukraine-2014."""
    path = tmp_path_factory.mktemp("site") / "store.sqlite"
    with open_writer(path) as writer:
        for one in sample:
            writer.add(one)
    return path


@pytest.fixture(scope="session")
def site(sample_store: Path) -> Iterator[str]:
    """The address of the pages over the sample corpus."""
    with served(sample_store) as address:
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Debian's Chromium. Without it the tests are skipped, but fail where LAGEBILD_BROWSER is «needed» (in CI)."""
    if chromium() is None:
        assert os.environ.get("LAGEBILD_BROWSER") != "needed", ADVICE
        pytest.skip(ADVICE)
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def address_of(site: str) -> Callable[[str], str]:
    """The address of a page of the sample corpus by its name in `browsing.PAGES`."""
    with urlopen(f"{site}/api/v1/dossiers/ukraine/picture?at=2014-09-05") as answer:
        picture = json.load(answer)
    case, line = picture["cases"][0]["id"], digest(tuple(picture["situation"][1]["refs"]))
    return lambda name: site + PAGES[name].format(case=quote_plus(case), line=line)
