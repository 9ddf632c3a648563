"""Many reports on several processes: the order of the input, faults in their places, an end at once when broken off."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass

from lagebild.batch import read_all
from lagebild.errors import Fault, UnreadableReport
from lagebild.model import Report


@dataclass(frozen=True)
class _Reader:
    """Reads at once, or for a minute if the report says so."""

    def read_report(self, report: Report) -> Report:
        if report.text == "long":
            time.sleep(60)
        if report.text == "bad":
            raise UnreadableReport("it is bad")
        return report


def _items(*texts: str) -> list[tuple[str, Report | Fault]]:
    return [(f"{number}.txt", Report(str(number), text)) for number, text in enumerate(texts)]


def test_results_keep_the_order_of_the_input() -> None:
    items = [*_items("a", "bad", "b"), ("x.txt", Fault("x.txt", "", "no such file"))]
    for jobs in (1, 2):
        first, bad, second, fault = read_all(items, _Reader, jobs)
        assert isinstance(first, Report) and isinstance(second, Report) and (first.text, second.text) == ("a", "b")
        assert str(bad) == "1.txt: it is bad" and str(fault) == "x.txt: no such file"


def test_breaking_off_waits_for_no_report() -> None:
    others = set(multiprocessing.active_children())  # of other tests
    results = read_all(_items("a", *["long"] * 20), _Reader, 2)
    assert isinstance(next(results), Report)
    results.close()  # type: ignore[attr-defined]  # as Ctrl-C does
    left = set(multiprocessing.active_children()) - others
    # The pool's own thread waits for the same processes; which of the two learns first that one has ended is chance.
    until = time.monotonic() + 20
    while any(process.is_alive() for process in left) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(process.is_alive() for process in left)
