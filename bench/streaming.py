"""Memory and speed of intake alone on files of several gigabytes, one format after the other, each in its own process.

usage: python bench/streaming.py [FORMAT …] [--gigabytes 2.2] [--folder DIR]

The file is made, read through `lagebild.intake.load`, removed. Prints a table for docs/formats.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from common import machine

from lagebild.intake import load
from lagebild.model import Report

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "intake"))

TEXT = "Die Minister trafen sich am Montag in Genf. " * 60


def chunks(name: str) -> tuple[bytes, Callable[[int], bytes], bytes]:
    """The beginning of a file, its n-th record, its end."""
    from made_files import mail, mbox, news_item, newsml, record

    if name == "list":
        return (
            b"[",
            lambda n: json.dumps({"id": n, "text": TEXT}).encode() + b",\n",
            b'{"id": "last", "text": "Ende."}]',
        )
    if name == "csv":
        return b"id,text\n", lambda n: f'{n},"{TEXT}\n""{n}"""\n'.encode(), b""
    if name == "mbox":
        return b"", lambda n: mbox(mail(f"Nummer {n}", TEXT.encode(), "text/plain")), b""
    if name == "newsml":
        start, end = newsml("@").split(b"@")
        return start, lambda n: news_item(f"urn:{n}", TEXT).encode(), end
    if name == "warc":  # pages without an article: what is measured is the way through the archive
        return b"", lambda n: record(f"http://a.example/{n}", b"<p>x</p>" + b" " * 60_000, status="404 Not Found"), b""
    return b"", lambda n: json.dumps({"id": n, "text": TEXT}).encode() + b"\n", b""


def made(path: Path, name: str, size: float) -> None:
    if name == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pa.schema([("id", pa.string()), ("text", pa.string())])
        with pq.ParquetWriter(path, schema, compression="none", use_dictionary=False) as out:
            number = 0
            while path.stat().st_size < size:
                rows = {"id": [str(number + n) for n in range(20_000)], "text": [f"{n} {TEXT}" for n in range(20_000)]}
                out.write_table(pa.table(rows, schema=schema))
                number += 20_000
        return
    start, one, end = chunks(name)

    def blocks() -> Iterator[bytes]:
        number = 0
        while True:
            block = b"".join(one(number + n) for n in range(200))
            number += 200
            yield block

    with path.open("wb") as file:
        written = file.write(start)
        for block in blocks():
            written += file.write(block)
            if written >= size:
                break
        file.write(end)


def measure(path: Path) -> str:
    start, reports = time.perf_counter(), 0
    for item in load(path):
        reports += isinstance(item, Report)
    took = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = path.stat().st_size / 1e6
    return f"{size / 1000:.1f} GB | {reports:,} | {size / took:,.0f} | {memory:,.0f} MB |"


FORMATS = ("jsonl", "list", "csv", "mbox", "newsml", "warc", "parquet")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(FORMATS)}; default: all")
    parser.add_argument("--gigabytes", type=float, default=2.2)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(measure(options.measure))
        return
    print(f"{machine()}\n\n| format | size | reports | MB/s | largest memory |\n|---|---|---|---|---|")
    for name in options.formats or FORMATS:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            path = Path(folder) / ("big.csv" if name == "csv" else "big")
            made(path, name, options.gigabytes * 1e9)
            command = [sys.executable, __file__, "--measure", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"| {name} | {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
