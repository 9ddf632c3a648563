"""Hands items of work to worker processes, through Daft: its local runner on one machine, its Ray runner on a cluster.

Items and results are lines of JSON, results come in any order. What is done is remembered by the work itself, in files, so
that all the engine has to do is to give every item to some worker; when it breaks down (a process was killed, a machine is
gone) what is left is handed out again. docs/decisions/corpus-engine.md says why this engine.
"""

from __future__ import annotations

import contextlib
import logging
import os
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lagebild.corpus.extra import CorpusError, needed

#: Made once in each worker process; must be picklable.
Factory = Callable[[], Callable[[str], str]]
#: So often may the engine break down without having finished anything in between.
BREAKDOWNS = 4
#: What a result begins with that is none.
_ERROR = "!"


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the workers are: `name` is local or ray, `address` that of a Ray cluster (None: one of our own)."""

    name: str = "local"
    workers: int = 1
    address: str | None = None

    def map(
        self, factory: Factory, items: Sequence[str], left: Callable[[], Sequence[str]], say: Callable[[str], None]
    ) -> Iterator[str]:
        """The result of every item, in any order. `left` tells, after a breakdown, which items are still to be done.

        Raises CorpusError if the engine breaks down again and again without getting on, or cannot be started.
        """
        breakdowns = 0
        while items:
            got = 0
            try:
                for result in self._round(factory, items):
                    got += 1
                    if result.startswith(_ERROR):
                        raise CorpusError(f"a worker broke off: {_line(result.removeprefix(_ERROR))}")
                    yield result
                return
            except CorpusError:
                raise
            except Exception as error:
                if os.environ.get("LAGEBILD_DEBUG"):
                    traceback.print_exc()
                breakdowns = 1 if got else breakdowns + 1
                if breakdowns > BREAKDOWNS:
                    raise CorpusError(f"the engine broke down {breakdowns} times: {_line(error)}") from error
                say(f"the engine broke down ({_line(error)}); going on with what is left")
            before, items = len(items), left()
            if len(items) < before:
                breakdowns = 0

    def _round(self, factory: Factory, items: Sequence[str]) -> Iterator[str]:
        daft = needed("daft")
        with _quiet():
            self._start(daft)
            frame = daft.from_pydict({"item": list(items)})
            # One item a time: a worker that has done its own takes the next, whatever the others do.
            frame = frame.into_partitions(len(items)) if self.name == "ray" else frame.into_batches(1)
            worker = _udf(daft, factory, min(self.workers, len(items)))
            frame = frame.select(worker.work(frame["item"]).alias("result"))
            for row in frame.iter_rows(results_buffer_size=None):
                yield row["result"]

    def _start(self, daft: Any) -> None:
        from daft.runners import get_or_infer_runner_type

        wanted = "ray" if self.name == "ray" else "native"
        if wanted == "ray":
            self._join()
        with contextlib.suppress(Exception):  # it is set already: to which, the next lines look
            daft.set_runner_ray(address=self.address) if wanted == "ray" else daft.set_runner_native()
        found = get_or_infer_runner_type()
        if found != wanted:
            raise CorpusError(f"this process works with the engine {found} already; start another one for {wanted}")

    def _join(self) -> None:
        """Joins the cluster at the address, or makes one on this machine."""
        ray = needed("ray")
        if ray.is_initialized():
            return
        shared: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
        try:
            if self.address:
                ray.init(address=self.address, **shared)
            else:
                ray.init(num_cpus=self.workers, include_dashboard=False, **shared)
        except (ConnectionError, ValueError, RuntimeError, OSError) as error:
            where = self.address or "this machine"
            raise CorpusError(f"no Ray cluster at {where} ({_line(error)}); `ray status` tells more") from error


def _udf(daft: Any, factory: Factory, workers: int) -> Any:
    """The user-defined class by which Daft makes one worker a process."""

    # One core each: a worker uses one, and the engine may not put two on it.
    @daft.cls(max_concurrency=workers, use_process=True, cpus=1)
    class Worker:
        def __init__(self, factory: Factory) -> None:
            for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
                os.environ.setdefault(name, "1")
            self.run = factory()

        @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)  # type: ignore[untyped-decorator]
        def work(self, items: Any) -> list[str]:
            return [self._one(item) for item in items.to_pylist()]

        def _one(self, item: str) -> str:
            try:
                return self.run(item)
            except Exception as error:  # of the program or the disk: handing the item out again would not help
                if os.environ.get("LAGEBILD_DEBUG"):
                    traceback.print_exc()
                return f"{_ERROR}{type(error).__name__}: {error}"

    return Worker(factory)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The engine's own bars and notes stay off the terminal: what there is to say, the run says."""
    os.environ["DAFT_PROGRESS_BAR"] = "0"
    os.environ["RAY_DEDUP_LOGS"] = "1"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("daft", "daft_local_plan", "daft_local_execution", "ray"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        yield


def _line(error: BaseException | str) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:197] + "…"
