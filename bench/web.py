"""Measures the page of a dossier with 20,000 reports in the store and writes docs/web-speed.md.

The store holds generated reports (bench/store.py) and the sample corpus examples/ukraine-2014, whose dossier is asked for. The
servers are processes of their own; requests come from threads of this one, so client and server share the machine.

usage: python bench/web.py [--reports 20000 | --store FILE] [--requests 200] [--out docs/web-speed.md]
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from chromium import browser  # noqa: E402
from common import machine  # noqa: E402
from picture import reports as sample  # noqa: E402
from store import World, fill  # noqa: E402

from lagebild.store import open_store  # noqa: E402

PAGE = "/dossier/ukraine?at=2014-10-18"


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """`lagebild serve` as a process of its own."""
    command = [sys.executable, "-m", "lagebild.cli", "serve", "--store", str(store), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        yield next(word for word in said.split() if word.startswith("http")).rstrip("/")
    finally:
        process.terminate()
        process.wait(10)


def ask(address: str) -> tuple[float, bytes]:
    """Seconds until the whole page is there, and the page as it was sent."""
    begun = time.perf_counter()
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip", "Accept-Language": "en"})) as answer:
        body = answer.read()
    return time.perf_counter() - begun, body


def interactive(site: str) -> tuple[float, int, int]:
    """Milliseconds until the page can be used (median of five, each in a fresh context), bytes sent, and requests for it."""
    found = []
    with browser() as chrome:
        for _ in range(5):
            context = chrome.new_context(viewport={"width": 1280, "height": 900})
            tab = context.new_page()
            tab.goto(site + PAGE, wait_until="load")
            timing, sent, many = tab.evaluate(
                """() => { const p = performance.getEntriesByType("navigation")[0];
                  const all = [p, ...performance.getEntriesByType("resource")];
                  return [p.domContentLoadedEventEnd, all.reduce((n, e) => n + e.transferSize, 0), all.length] }"""
            )
            found.append((timing, sent, many))
            context.close()
    return statistics.median(t for t, _, _ in found), int(found[0][1]), int(found[0][2])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--store", type=Path, help="a store that holds the sample corpus, in place of one made now")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "web-speed.md")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = args.store or Path(folder) / "store.sqlite"
        if args.store is None:
            fill(store, [*World().reports(args.reports), *sample()])
        with open_store(store) as opened:
            kept = opened.count()
        with serving(store) as one, serving(store) as two:
            cold, _ = ask(one + PAGE)
            ask(two + PAGE)
            warm = [ask(one + PAGE) for _ in range(args.requests)]
            begun = time.perf_counter()
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(lambda n: ask((one, two)[n % 2] + PAGE), range(args.requests)))
            rate = args.requests / (time.perf_counter() - begun)
            usable, sent, many = interactive(one)
    median = statistics.median(seconds for seconds, _ in warm)
    last = sorted(seconds for seconds, _ in warm)[int(0.95 * len(warm))]
    body = warm[0][1]
    args.out.write_text(
        f"""# Speed of the pages

Made by `python bench/web.py` on {machine()}: a store of {kept:,} reports, generated ones and the sample corpus, whose dossier
page ({PAGE}) is asked for {args.requests} times. Client, servers and browser share the machine.

| | measured |
|---|---|
| page, first time after the store has changed | {cold:.1f} s |
| page, warm: median, 95th percentile | {1000 * median:.0f} ms, {1000 * last:.0f} ms |
| requests a second, two processes, four clients | {rate:.0f} |
| page as sent (gzip), unpacked | {len(body) / 1000:.0f} kB, {len(gzip.decompress(body)) / 1000:.0f} kB |
| all that the browser fetches, {many} requests | {sent / 1000:.0f} kB |
| until the page can be used in headless Chromium, median of 5 | {usable / 1000:.2f} s |

A picture and its page are kept until a process writes to the store; the first request after that draws them anew.
""",
        "utf-8",
    )
    print(args.out.read_text("utf-8"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
