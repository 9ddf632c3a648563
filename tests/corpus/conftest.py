"""The engine of most tests here works in this process, with the analyser that all tests share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from lagebild.corpus import Options
from lagebild.corpus.engine import Engine, Factory
from lagebild.language.document import Analyser


@dataclass(frozen=True, slots=True)
class Here(Engine):
    """Does the items one after the other, backwards if asked, and breaks down before the n-th."""

    backwards: bool = False
    breaks_at: int = 0

    def _round(self, factory: Factory, items: Sequence[str]) -> Iterator[str]:
        worker = factory()
        for number, item in enumerate(reversed(items) if self.backwards else items, 1):
            if number == self.breaks_at:
                raise ConnectionError("the power is out")
            yield worker(item)


@pytest.fixture
def here(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> type[Here]:
    monkeypatch.setattr("lagebild.corpus.work.load_analyser", lambda threads: analyser)
    monkeypatch.setattr("lagebild.corpus.job.reader_version", lambda voices: _version(analyser))
    return Here


def _version(analyser: Analyser) -> str:
    from lagebild.reading.reader import Reader

    return Reader(analyser).version


@pytest.fixture
def options(here: type[Here]) -> Options:
    return Options(here(), records=3)
