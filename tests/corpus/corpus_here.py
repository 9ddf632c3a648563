"""An engine that works in this process, and a reader that reads each text once: what most tests of the corpus use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lagebild.corpus.engine import Engine, Factory
from lagebild.model import Report
from lagebild.reading.reader import Reader


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


class Remembering:
    """The reader, which reads each text once in the whole run of the tests: what it finds depends on nothing else."""

    def __init__(self, reader: Reader) -> None:
        self.version = reader.version
        self._read = cache(reader.read_report)

    def read_report(self, report: Report) -> Report:
        bare = Report("", report.text, published=report.published, language=report.language)
        read = self._read(bare)
        return replace(
            report, **{name: getattr(read, name) for name in ("findings", "quotes", "times", "zones", "reader")}
        )
