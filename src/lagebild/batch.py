"""Reads many reports on one or several processes; the output has the order of the input whatever their number."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from lagebild.errors import Fault, UnreadableReport
from lagebild.model import Report

#: Reports that may wait for each process: keeps all busy, and memory bounded.
_AHEAD = 4


class Reads(Protocol):
    """What a reader must be able to do here."""

    def read_report(self, report: Report) -> Report: ...


#: Makes a reader; called once in each process, so it must be picklable.
Factory = Callable[[], Reads]
Item = tuple[str, Report | Fault]


def read_all(items: Iterable[Item], factory: Factory, jobs: int = 1) -> Iterator[Report | Fault]:
    """Reads (source, report) pairs; faults pass through, and a report that cannot be read becomes one."""
    if jobs <= 1:
        reader: Reads | None = None
        for source, item in items:
            if isinstance(item, Fault):
                yield item
                continue
            reader = reader or factory()  # made late: a folder of faults needs no weights
            yield read_one(reader, source, item)
        return
    yield from _parallel(items, factory, jobs)


def read_one(reader: Reads, source: str, report: Report) -> Report | Fault:
    """One report read; whatever goes wrong with it stays with it."""
    where = "" if report.id and str(report.id) in source else f"report {report.id!s:.80}"
    try:
        return reader.read_report(report)
    except UnreadableReport as error:
        return Fault(source, where, str(error))
    except Exception as error:
        if os.environ.get("LAGEBILD_DEBUG"):
            traceback.print_exc()
        message = f"the reading broke off ({type(error).__name__}: {error})"
        return Fault(source, where, message, "this is an error of the program; LAGEBILD_DEBUG=1 shows where")


_reader: Reads | None = None


def _start(factory: Factory) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to handle
    _reader = factory()


def _work(source: str, report: Report) -> Report | Fault:
    assert _reader is not None
    return read_one(_reader, source, report)


def _parallel(items: Iterable[Item], factory: Factory, jobs: int) -> Iterator[Report | Fault]:
    # "spawn": onnxruntime's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(factory,))
    waiting: deque[tuple[str, Future[Report | Fault] | Fault]] = deque()
    others = set(multiprocessing.active_children())
    finished = False
    try:
        for source, item in items:
            waiting.append((source, item if isinstance(item, Fault) else pool.submit(_work, source, item)))
            if len(waiting) > jobs * _AHEAD:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
        finished = True
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if not finished:  # broken off: nobody waits for what the processes still read
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()


def _result(source: str, item: Future[Report | Fault] | Fault) -> Report | Fault:
    if isinstance(item, Fault):
        return item
    try:
        return item.result()
    except BrokenProcessPool:
        return Fault(source, "", "a reading process died (out of memory?)", "try again with fewer --jobs")
