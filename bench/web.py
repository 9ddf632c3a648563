"""Measures the page of a dossier with 20,000 reports in the store and writes docs/web-speed.md.

Two stores of the same size are measured. In one the dossier that is asked for has the reports of the sample corpus
examples/ukraine-2014 among generated ones (bench/store.py); in the other it has thousands: the sample told again and again,
each time ten days later, so that everything that the picture is made of grows with it. The servers are processes of their own;
requests come from threads of this one, so client and server share the machine.

usage: python bench/web.py [--reports 20000] [--rounds 60] [--requests 200] [--out docs/web-speed.md]
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from chromium import browser  # noqa: E402
from common import machine  # noqa: E402
from picture import reports as sample  # noqa: E402
from store import World, fill  # noqa: E402

from lagebild.model import Report  # noqa: E402
from lagebild.store import open_writer  # noqa: E402
from lagebild.web import keep  # noqa: E402

#: A day in both dossiers.
EARLIER = "2014-10-10"


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


def interactive(address: str) -> tuple[float, int, int]:
    """Milliseconds until the page can be used (median of five, each in a fresh context), bytes sent, and requests for it."""
    found = []
    with browser() as chrome:
        for _ in range(5):
            context = chrome.new_context(viewport={"width": 1280, "height": 900})
            tab = context.new_page()
            tab.goto(address, wait_until="load")
            timing, sent, many = tab.evaluate(
                """() => { const p = performance.getEntriesByType("navigation")[0];
                  const all = [p, ...performance.getEntriesByType("resource")];
                  return [p.domContentLoadedEventEnd, all.reduce((n, e) => n + e.transferSize, 0), all.length] }"""
            )
            found.append((timing, sent, many))
            context.close()
    return statistics.median(t for t, _, _ in found), int(found[0][1]), int(found[0][2])


def echoes(reports: Sequence[Report], rounds: int, days: int = 10) -> Iterator[Report]:
    """The reports `rounds` times, each round so many days after the one before; copies of each other they are not, since copies
    are printed within days."""
    for number in range(rounds):

        def later(day: str | None, by: int = number * days) -> str | None:
            return (date.fromisoformat(day) + timedelta(days=by)).isoformat() if day else day

        for one in reports:
            findings = tuple(
                replace(f, time=replace(f.time, start=later(f.time.start), end=later(f.time.end))) if f.time else f
                for f in one.findings
            )
            day = later((one.published or "")[:10])
            yield replace(one, id=f"{one.id}-{number:03}", url=None, published=day, findings=findings)


def measured(store: Path, page: str, requests: int, new: Report) -> dict[str, str]:
    """What is measured of one page, by its name in the table."""
    with serving(store) as one, serving(store) as two:
        cold, _ = ask(one + page)
        ask(two + page)
        warm = [ask(one + page) for _ in range(requests)]
        begun = time.perf_counter()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda n: ask((one, two)[n % 2] + page), range(requests)))
        rate = requests / (time.perf_counter() - begun)
        day, _ = ask(one + page.partition("?")[0] + f"?at={EARLIER}")
        other, _ = ask(one + page.partition("?")[0] + "/list?part=agenda&start=10")
        usable, sent, many = interactive(one + page)
        # A report that another process adds: what was drawn is shown until it is drawn anew.
        with open_writer(store) as writer:
            writer.add(new)
        after, _ = ask(one + page)
    median = statistics.median(seconds for seconds, _ in warm)
    last = sorted(seconds for seconds, _ in warm)[int(0.95 * len(warm))]
    body = warm[0][1]
    return {
        "page, first time after the server has started": f"{cold:.1f} s",
        "page, warm: median, 95th percentile": f"{1000 * median:.0f} ms, {1000 * last:.0f} ms",
        "page, first time after another process has added a report": f"{after:.2f} s",
        "page of an earlier day, first time": f"{day:.1f} s",
        "next page of one of its lists, first time": f"{other:.2f} s",
        "requests a second, two processes, four clients": f"{rate:.0f}",
        "page as sent (gzip), unpacked": f"{len(body) / 1000:.0f} kB, {len(gzip.decompress(body)) / 1000:.0f} kB",
        f"all that the browser fetches, {many} requests": f"{sent / 1000:.0f} kB",
        "until the page can be used in headless Chromium, median of 5": f"{usable / 1000:.2f} s",
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=60, help="how often the sample is told in the large dossier")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "web-speed.md")
    args = parser.parse_args()
    told = sample()
    kinds = {"small": list(told), "large": list(echoes(told, args.rounds))}
    found: dict[str, dict[str, str]] = {}
    for kind, reports in kinds.items():
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder) / "store.sqlite"
            fill(store, [*World().reports(args.reports - len(reports)), *reports])
            page = f"/dossier/ukraine?at={max(r.published or '' for r in reports)[:10]}"
            found[kind] = measured(store, page, args.requests, replace(told[-1], id="added-now", url=None))
    rows = "\n".join(
        f"| {name} | {small} | {large} |"
        for (name, small), large in zip(found["small"].items(), found["large"].values(), strict=True)
    )
    args.out.write_text(
        f"""# Speed of the pages

Made by `python bench/web.py` on {machine()}: stores of {args.reports:,} reports, most of them generated. The page of a dossier is
asked for {args.requests} times. Client, servers and browser share the machine.

| | dossier of {len(kinds["small"]):,} reports | of {len(kinds["large"]):,} |
|---|---|---|
{rows}

The large dossier is the sample corpus told {args.rounds} times, each time ten days later. A picture and its page are kept until a report
of that dossier is added, removed, corrected or read again. Where drawing takes longer than {keep._LONG:.0f} seconds, the page of before is
shown, with a note, while the new one is drawn. Of each part the page shows the first lines; the others are listed on pages of their own.
""",
        "utf-8",
    )
    print(args.out.read_text("utf-8"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
