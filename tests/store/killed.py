"""Runs work on stores in child processes: `whole.sqlite` undisturbed, the others killed again and again, then to the end.

usage: python killed.py FOLDER STORES SEED

Prints, as JSON, how many children were killed at work and how the others ended. The children are forked, so a kill costs
milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fake_reader import FakeReader

from lagebild.model import Report
from lagebild.store import open_writer
from lagebild.store.adding import add
from lagebild.store.corrections import target_of

#: Kills of each store, before it is let run to the end.
KILLS = 6


def reports(seed: int) -> list[Report]:
    """Sixty texts of forty reports: new ones, the same again, changed ones, known by id or by URL."""
    made = random.Random(seed)
    found = []
    for number in range(60):
        name = number % 40
        words = " ".join(made.choices(["Kerry", "3600", "kam", "ging", "Lawrow", "in", "Genf"], k=made.randint(5, 60)))
        url = f"https://example.org/{name}" if name % 2 else None
        id = f"r{name}" if number < 40 or name % 2 == 0 else f"copy{name}"
        found.append(Report(id, f"{number} Kerry {words}", url=url, published=f"2014-10-{1 + number % 28:02}"))
    return found


def work(path: Path, seed: int) -> None:
    """Adds all reports; each that is kept gets a correction at once, unless it has one; every tenth is removed again."""
    with open_writer(path) as store:
        gone = {"r0", "r10", "r20", "r30"}
        items = [("test", r) for r in reports(seed) if r.id not in gone]
        for result in add(store, items, FakeReader):
            key = getattr(result, "id", "")
            if not store.corrections_of(key):
                report = store.reading(key, 1)
                store.correct("set", [target_of(report, report.findings[0])], "x", "status", "denied")
        extra = [r for r in reports(seed) if r.id in gone]
        for report in extra[:4]:
            store.add(FakeReader().read_report(report))
        store.remove([key for key in store.ids() if key in gone])


def main() -> None:
    folder, rounds, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    began = time.perf_counter()
    statuses = [wait(start(folder / "whole.sqlite", seed))]
    whole = time.perf_counter() - began
    moments = random.Random(seed)
    killed = 0
    for number in range(rounds):
        path = folder / f"killed-{number}.sqlite"
        for _ in range(KILLS):
            child = start(path, seed)
            # Each run has less to do than the one before, so a kill comes some reports after the last one.
            time.sleep(moments.uniform(0, whole / 3))
            os.kill(child, signal.SIGKILL)
            killed += wait(child) == -signal.SIGKILL
        statuses.append(wait(start(path, seed)))
    print(json.dumps({"killed": killed, "statuses": statuses}))


def wait(child: int) -> int:
    """The exit status of a child, negative if a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def start(path: Path, seed: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work(path, seed)
        os._exit(0)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)


if __name__ == "__main__":
    main()
