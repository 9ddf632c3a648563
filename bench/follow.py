"""Follows 200 feeds on loopback, 89 of which fail, dawdle, lie, loop or never end; kills the follower on the way.

usage: python bench/follow.py [--minutes 30] [--kills 3] [--stub] [--out docs/follow-speed.md]

It is the real command, `lagebild follow feeds.toml --every 60s`, with its real reader (`--stub`: with one that finds nothing,
for a look at the fetching alone; the page says so). Afterwards the store is compared with what the papers published.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from common import machine
from hostile import BAD, MENDED, PAPERS, Article, Web

from lagebild.store import open_store

ROOT = Path(__file__).resolve().parents[1]
DELAY = 0.5
#: Nothing new is published in the last minutes: what failed twice is tried a third time after some three minutes.
QUIET = 420.0
_STUB = """
import sys
from dataclasses import replace
import lagebild.cli.follow as follow
from lagebild.cli import main
class Stub:
    def read_report(self, report): return replace(report, language="de", reader="stub")
follow.make_reader = lambda *_: Stub()
sys.exit(main(sys.argv[1:]))
"""


class Process:
    """The follower as a process; started again after a kill, with its output in the same files."""

    def __init__(self, folder: Path, stub: bool) -> None:
        self._folder, self._stub = folder, stub
        self.memory: list[tuple[float, float, float]] = []
        self._start()

    def _start(self) -> None:
        program = ["-c", _STUB] if self._stub else ["-m", "lagebild"]
        command = [*program, "follow", "feeds.toml", "--every", "60s", "--store", "store.sqlite"]
        with open(self._folder / "out", "ab") as out, open(self._folder / "err", "ab") as err:
            environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, *command], cwd=self._folder, stdout=out, stderr=err, env=environment
            )
        self.memory.clear()
        self._began = time.time()

    def kill(self) -> None:
        """Ends it as a power cut would, and starts it again."""
        self._process.kill()
        self._process.wait()
        self._start()

    def measure(self) -> None:
        """Notes minutes since its start, and megabytes of the process and of its parser."""
        own = _rss(self._process.pid)
        children = sum(_rss(child) for child in _children(self._process.pid))
        self.memory.append(((time.time() - self._began) / 60, own, children))

    def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--stub", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--port", type=int, default=18080)
    parser.add_argument("--keep", type=Path, help="keep store and output in this new folder")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "follow-speed.md")
    args = parser.parse_args()
    web = Web(args.seed, args.port)
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    asyncio.run_coroutine_threadsafe(web.serve(), loop).result()
    with tempfile.TemporaryDirectory() as name:
        folder = args.keep or Path(name)
        folder.mkdir(exist_ok=True)
        hosts = ", ".join(f'"{paper.host}"' for paper in web.papers)
        feeds = "".join(
            f'\n[[feed]]\nurl = "{web.url(paper)}/rss"\npublisher = "Blatt {paper.number}"\n' for paper in web.papers
        )
        (folder / "feeds.toml").write_text(f"delay = {DELAY}\nallow_hosts = [{hosts}]\n{feeds}", "utf-8")
        process = follow(web, folder, args.minutes * 60, args.kills, args.stub)
        status = process.stop()
        lines = page(web, folder, process, args.minutes, args.kills, args.stub, status)
    args.out.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


def follow(web: Web, folder: Path, seconds: float, kills: int, stub: bool) -> Process:
    """Lets time pass: papers publish, memory is measured, the follower is killed in the first third."""
    web.publish(1.0)
    process = Process(folder, stub)
    began = time.time()
    moments = random.Random(3)
    to_kill = sorted(moments.uniform(20, seconds / 3) for _ in range(kills))
    while (passed := time.time() - began) < seconds:
        time.sleep(10)
        if passed < seconds - min(QUIET, seconds / 2):
            web.publish(0.025)  # a paper has something new every 400 seconds
        if to_kill and passed > to_kill[0]:
            to_kill.pop(0)
            process.kill()
        process.measure()
    return process


def page(web: Web, folder: Path, process: Process, minutes: float, kills: int, stub: bool, status: int) -> list[str]:
    """The page with what was measured and compared."""
    expected = web.expected()
    lost, doubled, old, unlinked, extra, reports, findings = compared(folder / "store.sqlite", expected)
    told = (folder / "err").read_text("utf-8").splitlines()
    faults = [line for line in told if line != "lagebild: stopped"]
    twice = [line for line, number in Counter(faults).items() if number > 1]
    # What only takes its time is no fault.
    bad = [web.url(paper) for paper in web.papers if paper.kind in BAD and paper.kind != "slow: 5 seconds"]
    quiet = [url for url in bad if not told_of(url, faults)]
    gaps = [b - a for times in web.requests.values() for a, b in pairwise(times)]
    memory = process.memory
    first, last = _around(memory, 3.0), memory[-1]
    late = sum(a.kind == "late" for a in expected.values())
    copies = sum(a.copy_of is not None for a in expected.values())
    with open_store(folder / "store.sqlite") as store:
        noted = {str(url).rpartition("/")[2] for (url,) in store.sql("select url from filtered")[1]}
    other = web.other_news()
    rows = [
        ("feeds, of which bad", f"{PAPERS}, {sum(BAD.values())}"),
        ("follower killed (SIGKILL) and started again", f"{kills} times"),
        ("articles that had to be kept", f"{len(expected)} ({late} after two failures, {copies} copies of others)"),
        ("kept reports, findings", f"{reports}, {findings}" + (" (stub reader)" if stub else "")),
        ("lost", str(len(lost))),
        ("doubled", str(len(doubled))),
        ("kept in an older version than the paper's last", str(len(old))),
        ("copies not linked to what they repeat", str(len(unlinked))),
        ("kept though faulty", str(len(extra))),
        (
            "articles on other things: filtered and listed, read, filtered though relevant",
            f"{len(noted & other)}, {len(other & set(extra))}, {len(noted - other)}",
        ),
        ("faults told, more than once", f"{len(faults)}, {len(twice)}"),
        ("bad feeds of which nothing was told", str(len(quiet))),
        ("requests; answered by 304", f"{sum(map(len, web.requests.values()))}; {web.statuses['304']}"),
        ("requests that robots.txt forbids", str(web.forbidden)),
        ("shortest time between two requests to one host", f"{min(gaps):.2f} s (asked for: {DELAY} s)"),
        ("memory of the follower after 3 minutes, at the end", f"{first[1]:.0f} MB, {last[1]:.0f} MB"),
        ("memory of its parser after 3 minutes, at the end", f"{first[2]:.0f} MB, {last[2]:.0f} MB"),
        ("exit status", f"{status} (130: stopped as asked)"),
    ]
    lines = [
        "# Following 200 feeds",
        "",
        f"Written by `python bench/follow.py --minutes {minutes:g}`: one run of {minutes:g} minutes. {machine()}, load "
        f"{os.getloadavg()[0]:.1f} at the end.",
        "",
        "`lagebild follow --every 60s` with its real reader against servers on loopback (bench/hostile.py), each paper with a "
        "host of its own."
        if not stub
        else "`lagebild follow --every 60s` with a stub in place of the reader against servers on loopback (bench/hostile.py).",
        "",
        "| | |",
        "|---|---|",
        *(f"| {what} | {value} |" for what, value in rows),
        "",
        f"Memory of the last process, minutes since its start: MB of follower + parser. {_curve(memory)}",
        "",
        "Bad feeds: " + "; ".join(f"{number} {kind}" for kind, number in BAD.items()) + ". Those of the kinds "
        f"«{'», «'.join(MENDED)}» bring articles that must be kept. Some articles of good feeds fail twice and then answer, or are "
        "gone, no page, cut, in a circle, bombs, endless or on private addresses.",
    ]
    for what, found in (
        ("lost", lost), ("doubled", doubled), ("older version", old), ("not linked", unlinked), ("faulty", extra),
        ("told twice", twice), ("not told of", quiet),
    ):  # fmt: skip
        if found:
            lines += ["", f"{what}: " + "; ".join(found[:10])]
    return lines


def compared(
    path: Path, expected: dict[str, Article]
) -> tuple[list[str], list[str], list[str], list[str], list[str], int, int]:
    """Tokens of lost, doubled, outdated, unlinked and unexpected articles; numbers of reports and findings."""
    found: dict[str, list[tuple[str, str]]] = {}
    ids: dict[str, str] = {}
    findings = 0
    with open_store(path) as store:
        for kept in store.reports():
            match = re.search(r"Kennung (K[0-9a-f]{11})", kept.report.text)
            token = match[1] if match else kept.id
            found.setdefault(token, []).append((kept.id, kept.report.text))
            ids[token] = kept.id
            findings += len(kept.findings)
        links = {str(row[0]): str(row[1]) for row in store.sql("select report, original from copies")[1]}
    lost = [token for token in expected if token not in found]
    doubled = [token for token, kept in found.items() if len(kept) > 1]
    old = [
        token for token, a in expected.items()
        if a.version > 1 and token in found and f"Fassung {a.version} der" not in found[token][0][1]
    ]  # fmt: skip
    originals = {token: links.get(ids[token]) for token in expected if token in ids}
    unlinked = [
        token for token, a in expected.items()
        if a.copy_of and token in ids and a.copy_of in ids
        and ids[a.copy_of] not in (originals[token], links.get(originals[token] or ""))
        and originals.get(a.copy_of) != ids[token]
    ]  # fmt: skip
    extra = [token for token in found if token not in expected]
    return lost, doubled, old, unlinked, extra, sum(map(len, found.values())), findings


def told_of(url: str, faults: list[str]) -> bool:
    """Whether a fault names a feed or its host."""
    host = re.escape(url.partition("://")[2])
    return any(re.search(rf"{host}(?!\d)", line) for line in faults)


def _around(memory: list[tuple[float, float, float]], minute: float) -> tuple[float, float, float]:
    return min(memory, key=lambda m: abs(m[0] - minute))


def _curve(memory: list[tuple[float, float, float]]) -> str:
    step = max(len(memory) // 12, 1)
    return ", ".join(f"{minute:.0f}: {own:.0f} + {child:.0f}" for minute, own, child in memory[::step])


def _rss(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    match = re.search(r"VmRSS:\s*(\d+)", status)
    return int(match[1]) / 1024 if match else 0.0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


if __name__ == "__main__":
    main()
