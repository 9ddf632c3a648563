"""The work of `lagebild corpus` handed out by Ray Data instead of Daft, to compare (bench/corpus.py engines).

usage: python bench/corpus_raydata.py ARCHIVE OUT
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ray
import ray.data

from lagebild.corpus import Options, run
from lagebild.corpus.engine import Engine, Factory


@dataclass(frozen=True, slots=True)
class RayData(Engine):
    def _round(self, factory: Factory, items: Sequence[str]) -> Iterator[str]:
        ray.init(num_cpus=self.workers, include_dashboard=False, log_to_driver=False)
        ray.data.DataContext.get_current().enable_progress_bars = False

        class Worker:
            def __init__(self) -> None:
                self.run: Callable[[str], str] = factory()

            def __call__(self, row: dict[str, str]) -> dict[str, str]:
                return {"result": self.run(row["item"])}

        data = ray.data.from_items(list(items), override_num_blocks=len(items))
        data = data.map(Worker, concurrency=self.workers, num_cpus=1, max_restarts=-1, max_task_retries=-1)
        for row in data.iter_rows():
            yield row["result"]


if __name__ == "__main__":
    print(run([sys.argv[1]], Path(sys.argv[2]), Options(RayData(workers=2), records=20)))
