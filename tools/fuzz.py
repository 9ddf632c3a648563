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
import importlib
import pkgutil
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "intake")]

from made_files import small_files  # noqa: E402

#: Seconds that one input may take, megabytes that the process may hold, bytes that an input may have.
SLOWEST, LARGEST_MB, LONGEST = 20, 1500, 16_384


def target(name: str, folder: Path) -> Callable[[bytes], None]:
    """What is done with an input; the first byte says whether it is packed."""
    import logging

    from lagebild.errors import Fault
    from lagebild.intake import load
    from lagebild.intake.sparing import spared
    from lagebild.model import Report

    logging.disable(logging.CRITICAL)
    if name == "feed":
        return feed
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


def feed(data: bytes) -> None:
    """Reads a feed as the web sends it; the first byte says under which type."""
    from lagebild.intake.feeds import FeedError, read_feed

    try:
        found = read_feed(data[1:], "https://a.example/rss", "text/xml; charset=latin1" if data[:1] == b"\1" else "")
    except FeedError as error:
        assert "\n" not in str(error)
        return
    assert len(found) <= 500 and all(entry.url and len(entry.url) < 5000 for entry in found)


def fuzz(name: str, work: Path, seconds: int) -> None:
    """Runs one format in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["lagebild"]):
        import lagebild.intake

        for module in pkgutil.iter_modules(lagebild.intake.__path__):
            importlib.import_module(f"lagebild.intake.{module.name}")
    corpus, findings = work / f"{name}-corpus", work / f"{name}-findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(small_files()[name]):
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
    for name in options.formats or small_files():
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
