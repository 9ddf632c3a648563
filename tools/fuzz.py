"""Fuzzes the input formats: coverage-guided (atheris), one format after the other, each for a while.

usage: python tools/fuzz.py [FORMAT …] [--seconds 600] [--work DIR]

Needs `pip install atheris`. A format is fuzzed in a process of its own, from small real files (tests/intake/made_files.py).
Every input must give reports and one-line faults, whatever it is: another exception, a crash, more than 20 seconds or more
than 1,500 MB are findings, and stay as files in DIR/FORMAT-findings. What was found is kept as a test
(tests/intake/test_hostile_files.py).
"""

from __future__ import annotations

import argparse
import gzip
import io
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "intake")]

#: Seconds that one input may take, megabytes that the process may hold, bytes that an input may have.
SLOWEST, LARGEST_MB, LONGEST = 20, 1500, 16_384


def seeds() -> dict[str, list[bytes]]:
    """Small real files of each format."""
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq
    from made_files import (
        json_lines,
        mail,
        mbox,
        news_item,
        newsml,
        ninjs_1,
        ninjs_3,
        page,
        record,
        wacz,
        warc,
    )  # fmt: skip

    packed = gzip.compress(page())
    records = [
        record("http://a.example/1", page()), record("http://a.example/2", packed, "Content-Encoding: gzip\r\n"),
        record("http://a.example/3", b"5\r\n<p>Ab\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
        record("http://a.example/4", b"", kind="revisit"),
    ]  # fmt: skip
    table = io.BytesIO()
    pq.write_table(pa.table({"text": ["Ein Satz.", None], "date": ["2014-10-14", "x"], "id": [1, 2]}), table)
    multipart = (
        b"--x\r\nContent-Type: text/html\r\n\r\n"
        + page()
        + b"\r\n--x\r\nContent-Type: text/plain\r\n\r\nHallo.\r\n--x--"
    )
    return {
        "ninjs": [json.dumps(ninjs_1()).encode(), json.dumps(ninjs_3()).encode(), json_lines(ninjs_1(), ninjs_3())],
        "newsml": [newsml(news_item(), news_item("urn:2", kind="picture")), news_item().encode(), newsml(head="<!DOCTYPE x>")],
        "warc": [warc(*records, packed=False), warc(*records)],
        "wacz": [wacz(warc(records[0])), wacz(warc(*records[:2]), warc(records[2]))],
        "mbox": [mbox(mail(), mail("Zwei", multipart, "multipart/mixed; boundary=x")), mail()],
        "jsonl": [json_lines({"id": 1, "text": "Ein Satz."}, {"maintext": "Zwei.", "date": "1.2.2014"}), b'[{"text": "x"}, 5]'],
        "csv": [b"id,date,text\n1,2014-10-14,\"Ein, Satz.\"\n2,,x\n", b"Text;Datum\n\"a\"\"b\";1.2.2014\n", b"a|body\n1|2\n"],
        "parquet": [table.getvalue()],
        "html": [page(), page().replace(b"utf-8", b"iso-8859-1"), b"<p>Kurz"],
        "text": ["Grüße «aus» Genf.\r\n\r\nEnde.".encode(), "Grüße".encode("utf-16"), "Grüße".encode("cp1252")],
    }  # fmt: skip


def target(name: str, folder: Path) -> Callable[[bytes], None]:
    """What is done with an input; the first byte says whether it is packed."""
    import logging

    from lagebild.errors import Fault
    from lagebild.intake import load
    from lagebild.intake.sparing import spared
    from lagebild.model import Report

    logging.disable(logging.CRITICAL)
    ending = {"html": ".html", "csv": ".csv", "text": ".txt"}.get(name, "")
    plain, packed = folder / f"input{ending}", folder / f"packed{ending}.gz"

    def one(data: bytes) -> None:
        path = packed if data[:1] == b"\1" else plain
        path.write_bytes(gzip.compress(data[1:], 1) if path is packed else data[1:])
        for item in spared(load(path)):
            if isinstance(item, Fault):
                assert "\n" not in str(item) and item.message
            else:
                assert isinstance(item, Report) and item.text.strip()
                item.text.encode("utf-8", "surrogatepass")

    return one


def fuzz(name: str, work: Path, seconds: int) -> None:
    """Runs one format in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["lagebild"]):
        import lagebild.intake.load
        import lagebild.intake.mail
        import lagebild.intake.newsml
        import lagebild.intake.parquet
        import lagebild.intake.rows
        import lagebild.intake.tables
        import lagebild.intake.warc  # noqa: F401
    corpus, findings = work / f"{name}-corpus", work / f"{name}-findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()[name]):
        for mark in (b"\0", b"\1"):
            (corpus / f"seed-{number}-{mark[0]}").write_bytes(mark + seed)
    options = [
        f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={LARGEST_MB}", f"-max_len={LONGEST}",
        f"-artifact_prefix={findings}/", "-print_final_stats=1", "-use_value_profile=1", str(corpus),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        atheris.Setup([sys.argv[0], *options], target(name, Path(folder)))
        atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help="default: all")
    parser.add_argument("--seconds", type=int, default=600, help="for each format (default: 600)")
    parser.add_argument("--work", type=Path, default=Path("fuzzing"), help="corpus and findings (default: fuzzing/)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        fuzz(options.formats[0], options.work, options.seconds)
    failed = False
    print("| format | inputs | seconds | largest memory | findings |\n|---|---|---|---|---|")
    for name in options.formats or seeds():
        start = time.monotonic()
        command = [
            sys.executable,
            __file__,
            name,
            "--here",
            "--seconds",
            str(options.seconds),
            "--work",
            str(options.work),
        ]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        log = done.stdout + done.stderr
        (options.work / f"{name}.log").write_text(log[-200_000:], "utf-8")
        runs = re.search(r"number_of_executed_units: (\d+)", log)
        memory = re.search(r"peak_rss_mb: *(\d+)", log)
        found = len(list((options.work / f"{name}-findings").glob("*")))
        failed |= bool(found or done.returncode)
        print(
            f"| {name} | {int(runs[1]) if runs else 0:,} | {time.monotonic() - start:.0f} | "
            f"{memory[1] if memory else '?'} MB | {found or 'none'}{' (see the log)' if done.returncode else ''} |",
            flush=True,
        )
    sys.exit(failed)


if __name__ == "__main__":
    main()
