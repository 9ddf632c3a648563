"""Kills `lagebild add` with its real reader at random moments and compares the store with an undisturbed one.

usage: python bench/kills.py [--kills 60] [--out docs/store-kills.md]

The test-suite does the same in seconds with a stand-in reader (tests/store/test_kill.py).
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import machine

from lagebild.store import KeptReport, open_store

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
    """What a store holds, but for the times at which it was added."""
    from dataclasses import replace

    with open_store(path) as store:
        return [replace(kept, added="") for kept in store.reports()]


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
        killed = stores = different = found = 0
        while killed < args.kills:
            path = folder / f"{stores}.sqlite"
            for _ in range(EACH):
                child = start(path)
                time.sleep(moments.uniform(0, seconds))
                child.kill()
                killed += child.wait() < 0
                if path.exists() and path.stat().st_size:
                    try:
                        found += 0 < len(content(path)) < len(whole)
                    except Exception as error:
                        found += "is empty" not in str(error)
            start(path).wait()
            stores += 1
            different += content(path) != whole
    page = (
        "# Kills\n\n"
        f"Written by `python bench/kills.py`. {machine()}.\n\n"
        f"`lagebild add` of {len(whole)} sample reports, {seconds:.1f} s undisturbed, was killed (SIGKILL) {killed} times at "
        f"random moments in {stores} stores; {found} kills left a store with some of the reports. Each store was then let run "
        f"to its end. Stores that differ from the undisturbed one: {different}.\n"
    )
    args.out.write_text(page, "utf-8")
    print(page)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
