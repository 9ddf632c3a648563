"""What many tests share: one analyser and one reader for the whole run."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from lagebild.intake.load import load
from lagebild.language import load_analyser
from lagebild.language.document import Analyser, Document
from lagebild.model import Report
from lagebild.reading.reader import Reader

# No test is a matter of time: on a busy machine anything may be slow.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return load_analyser(threads=1)


@pytest.fixture(scope="session")
def reader(analyser: Analyser) -> Reader:
    return Reader(analyser)


@pytest.fixture(scope="session")
def parse(analyser: Analyser) -> Callable[[str, str], Document]:
    """Parses a text, each text once in the whole run."""
    return cache(analyser.analyse)


@pytest.fixture(scope="session")
def sample(reader: Reader) -> tuple[Report, ...]:
    """The reports of examples/ukraine-2014 with their findings, read once in the whole run."""
    folder = Path(__file__).resolve().parents[1] / "examples" / "ukraine-2014" / "reports"
    loaded = [item for path in sorted(folder.glob("*.json")) for item in load(str(path))]
    return tuple(reader.read_report(item) for item in loaded if isinstance(item, Report))


@pytest.fixture(scope="session")
def data() -> Path:
    """The measuring data, which is no part of the project: its folder is LAGEBILD_DATA or lies beside the checkout."""
    folder = Path(os.environ.get("LAGEBILD_DATA") or Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no measuring data in {folder} (set LAGEBILD_DATA)")
    return folder
