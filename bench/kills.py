"""Kills `lagebild add` with its real reader at random moments and compares the store with an undisturbed one.

usage: python bench/kills.py [--kills 60] [--out docs/store-kills.md]

The test-suite does the same in seconds with a stand-in reader (tests/store/test_kill.py).
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from common import machine

from lagebild.store import KeptReport, StoreError, open_store

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "examples" / "reports"
#: Kills of one store before it is let run to its end.
EACH = 6


def start(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "lagebild", "add", str(REPORTS), "--store", str(path)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


def content(path: Path) -> list[KeptReport]:
    """What a store holds, but for the times at which it was added; nothing if there is no store yet."""
    try:
        with open_store(path) as store:
            return [replace(kept, added="") for kept in store.reports()]
    except StoreError as error:
        if not path.exists() or "is empty" in str(error):
            return []
        raise


def sound(path: Path) -> bool:
    """Whether the file, what refers to what in it and its index of words are in order."""
    with closing(sqlite3.connect(path)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")  # fails if it is not
        return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "store-kills.md")
    args = parser.parse_args()
    moments = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        start(folder / "whole.sqlite").wait()
        seconds = time.perf_counter() - began
        whole = content(folder / "whole.sqlite")
        killed = stores = different = partly = 0
        while killed < args.kills:
            path = folder / f"{stores}.sqlite"
            kept = 0
            for _ in range(EACH):
                child = start(path)
                # What is kept is not read again, so a run gets shorter from kill to kill.
                time.sleep(moments.uniform(0, seconds * (1 - kept / len(whole))))
                child.kill()
                killed += child.wait() < 0
                kept = len(content(path))
                partly += 0 < kept < len(whole)
            ended = start(path).wait()
            stores += 1
            different += ended != 0 or not sound(path) or content(path) != whole
        took = time.perf_counter() - began
    page = (
        "# Kills\n\n"
        f"Written by `python bench/kills.py --kills {args.kills} --seed {args.seed}` in {took / 60:.1f} min. {machine()}.\n\n"
        f"`lagebild add` with its real reader of {len(whole)} sample reports, {seconds:.1f} s undisturbed, was killed (SIGKILL) "
        f"{killed} times at random moments in {stores} stores; {partly} times a store was found with some of the reports. Each "
        "store was then let run to its end, its file, references and index of words were checked, and every report, finding, "
        f"quote and time was compared. Stores that are damaged or differ from the undisturbed one: {different}.\n"
    )
    args.out.write_text(page, "utf-8")
    print(page)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
