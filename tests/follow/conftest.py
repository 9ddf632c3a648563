"""Makes the helpers of this folder importable, and a run of the follower on a store of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from following import Run  # noqa: E402


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path / "store.sqlite")
