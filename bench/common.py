"""What the benchmarks share: reading a file of reports, calling a scorer, describing the machine."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lagebild.errors import UnreadableReport
from lagebild.model import Report
from lagebild.reading.reader import Reader
from lagebild.serial import to_json


def records(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a JSON Lines file, or of all JSON files of a folder in the order of their names."""
    if path.is_dir():
        return [json.loads(p.read_text("utf-8")) for p in sorted(path.glob("*.json"))]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read(reader: Reader, rows: Iterable[dict[str, Any]], language: str | None = None) -> Iterator[dict[str, Any]]:
    """What the reader finds in each record (`id`, `text`, `published`, `language`), as JSON objects."""
    for row in rows:
        report = Report(
            id=row["id"],
            text=row["text"],
            title=row.get("title"),
            published=row.get("published"),
            language=row.get("language") or language,
        )
        try:
            yield to_json(reader.read_report(report))
        except UnreadableReport as error:
            print(f"{row['id']}: {error}", file=sys.stderr)
            yield {"id": row["id"], "findings": [], "quotes": [], "times": []}


def write(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def score(scorer: Path, gold: Path, predicted: Path) -> str:
    """The output of a scorer."""
    done = subprocess.run(
        [sys.executable, str(scorer), str(gold), str(predicted)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{scorer.parent.name}/score.py failed: {done.stderr.strip()[-400:]}")
    return done.stdout.strip()


def machine() -> str:
    """Date, processor, cores and versions, for the head of a page."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        name = next(
            (x.split(":", 1)[1].strip() for x in cpuinfo.read_text().splitlines() if x.startswith("model name")), name
        )
    parts = [f"{p} {version(p)}" for p in ("lagebild", "onnxruntime", "numpy")]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {name}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        + ", ".join(parts)
    )
