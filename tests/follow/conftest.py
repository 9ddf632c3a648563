"""Makes the helpers of this folder importable, and a run of the follower on a store of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from following import Run  # noqa: E402

from lagebild.intake.isolated import Parsers  # noqa: E402


@pytest.fixture(scope="session")
def parsers() -> Iterator[Parsers]:
    with Parsers() as found:
        yield found


@pytest.fixture
def run(tmp_path: Path, parsers: Parsers) -> Run:
    return Run(tmp_path / "store.sqlite", parsers)
