"""Measures the program on the sample reports and fails below the floors of bench/floors.toml.

usage: python bench/floors.py [--reports examples/reports]
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common import read, records

from lagebild.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Count:
    """Findings that were looked for, found and right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        return 200 * self.right / max(1, self.gold + self.predicted)


def pairs(gold: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Gold and predicted findings that tell the same: one to one, same kind and type, trigger within the gold clause."""
    used: set[str] = set()
    for want in gold["findings"]:
        start = gold["text"].index(want["evidence"])
        end = start + len(want["evidence"])
        fits = [
            f
            for f in found["findings"]
            if f["id"] not in used
            and _same(want, f)
            and (start <= f["trigger_span"][0] < end or want["trigger"] == f["trigger"])
        ]
        if fits:
            best = max(fits, key=lambda f: f["trigger"] == want["trigger"])
            used.add(best["id"])
            yield want, best


def _same(want: dict[str, Any], found: dict[str, Any]) -> bool:
    if want["kind"] != found["kind"]:
        return False
    if want["kind"] == "event":
        return bool(want["type"] == found["type"])
    return bool(want["measure"] == found["measure"] and want["value"] == found["value"])


def names(finding: dict[str, Any], field: str) -> set[str]:
    return {p["name"] for p in finding[field]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "examples" / "reports")
    args = parser.parse_args()
    gold = records(args.reports)
    found = list(read(Reader(), gold))
    counts = {kind: Count() for kind in ("event", "figure", "status", "actors", "said_by")}
    for want, got in zip(gold, found, strict=True):
        for kind in ("event", "figure"):
            counts[kind].gold += sum(f["kind"] == kind for f in want["findings"])
            counts[kind].predicted += sum(f["kind"] == kind for f in got["findings"])
        for a, b in pairs(want, got):
            counts[a["kind"]].right += 1
            if a["kind"] == "event":
                counts["status"].gold += 1
                counts["status"].predicted += 1
                counts["status"].right += a["status"] == b["status"]
                for field in ("actors", "said_by"):
                    counts[field].gold += len(names(a, field))
                    counts[field].predicted += len(names(b, field))
                    counts[field].right += len(names(a, field) & names(b, field))
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text("utf-8"))["f1"]
    print(f"{len(gold)} sample reports, {sum(len(r['findings']) for r in gold)} findings")
    low = []
    for name, count in counts.items():
        floor = floors[name]
        print(
            f"{name:8} F1 {count.f1:5.1f}  floor {floor:5.1f}  ({count.right} of {count.gold}, {count.predicted} predicted)"
        )
        if count.f1 < floor:
            low.append(name)
    if low:
        print("below the floor: " + ", ".join(low), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
