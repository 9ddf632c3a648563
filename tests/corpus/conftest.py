"""The corpus of most tests is read in this process, with the analyser that all tests share."""

from __future__ import annotations

import pytest
from corpus_here import Here, Remembering

from lagebild.corpus import Options
from lagebild.language.document import Analyser
from lagebild.reading.reader import Reader


@pytest.fixture(scope="session")
def remembering(reader: Reader) -> Remembering:
    return Remembering(reader)


@pytest.fixture
def here(analyser: Analyser, remembering: Remembering, monkeypatch: pytest.MonkeyPatch) -> type[Here]:
    monkeypatch.setattr("lagebild.corpus.work.load_analyser", lambda threads: analyser)
    monkeypatch.setattr("lagebild.corpus.work.Reader", lambda analyser, voices: remembering)
    monkeypatch.setattr("lagebild.corpus.job.reader_version", lambda voices: remembering.version)
    return Here


@pytest.fixture
def options(here: type[Here]) -> Options:
    return Options(here(), records=3)
