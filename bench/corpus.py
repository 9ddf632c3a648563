"""Measures `lagebild corpus` and writes docs/corpus-speed.md, a section at a time.

usage: python bench/corpus.py SECTION… [--folder DIR] [--pages N]

sections: whole     20,000 pages of 100 KB (2 GB), mostly not about conflicts: time, memory, what became of every page
          processes 20,000 small pages, a third of them about conflicts, with one process and with two
          killed    the small archive on a Ray cluster of four nodes, one worker of which is killed; compared byte by byte
          engines   the small archive handed out by Daft (local, Ray) and by Ray Data

Each section runs the real command; processor time is what the workers themselves count, and does not depend on what else the
machine does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import corpus_warc
from common import machine

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "corpus-speed.md"
HEAD = """# Speed of a corpus

Written by `python bench/corpus.py SECTION`, each section by itself. Archives come from `bench/corpus_warc.py`; the pages about
conflicts have three sentences of the training reports, the others sentences about sport, weather and the like.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: wall seconds, what the pieces say, the most memory of any process of it, in MB."""

    wall: float
    counts: Counter[str]
    seconds: Counter[str]
    worker_memory: int
    memory: int
    output: str

    @property
    def processor(self) -> float:
        return sum(self.seconds[step] for step in ("extracting", "choosing", "reading"))

    @property
    def share(self) -> float:
        return self.seconds["analysing"] / self.processor


def run(inputs: Path, out: Path, *options: str) -> Run:
    before = time.perf_counter()
    command = [sys.executable, "-m", "lagebild", "corpus", str(inputs), "--out", str(out), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
    most = _Memory(process.pid)
    output, errors = process.communicate()
    wall = time.perf_counter() - before
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {errors}")
    return Run(wall, *told(out), most.stop(), output)


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def told(out: Path) -> tuple[Counter[str], Counter[str], int]:
    """What the pieces of a run noted down: counts, seconds of each kind of work, and the most memory of a process in MB."""
    counts, seconds, memory = Counter[str](), Counter[str](), 0
    for path in (out / "_corpus" / "pieces").glob("*.json"):
        done = json.loads(path.read_text("utf-8"))
        counts.update(done["counts"])
        seconds.update(done["seconds"])
        memory = max(memory, done["memory"])
    return counts, seconds, memory


class _Memory:
    """Looks every second how much memory each process below one has; remembers the most that any had, in MB."""

    def __init__(self, process: int) -> None:
        self._process, self._most, self._on = process, 0, True
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while self._on:
            for process in below(self._process):
                self._most = max(self._most, _resident(process))
            time.sleep(1)

    def stop(self) -> int:
        self._on = False
        self._thread.join()
        return self._most


def below(process: int) -> list[int]:
    """A process and all that it has started (Linux)."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, new = [process], [process]
    while new:
        new = [child for parent in new for child in children.get(parent, [])]
        found += new
    return found


def _resident(process: int) -> int:
    try:
        match = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0
    return int(match[1]) // 1024 if match else 0


def digest(out: Path) -> str:
    """One digest of all files of a dataset, by name."""
    whole = hashlib.sha256()
    for path in sorted(p for p in out.rglob("*.parquet") if "_corpus" not in p.parts):
        whole.update(str(path.relative_to(out)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]


# ----------------------------------------------------------------------------------------------- sections


def whole(folder: Path, pages: int) -> list[str]:
    archive = folder / f"whole-{pages}.warc"
    if not archive.exists():
        corpus_warc.make(archive, pages, weight=100_000)
    size = archive.stat().st_size / 2**30
    done = run(archive, folder / f"whole-{pages}", "--workers", "2")
    counts, seconds = done.counts, done.seconds
    late = counts["language"] + counts["irrelevant"] + counts["no article"]
    return [
        f"A WARC of {size:.1f} GB, {pages:,} pages of 100 KB, 5 % of them about conflicts; 2 processes.",
        "",
        "| | |",
        "|---|---|",
        f"| wall time | {done.wall:,.0f} s, {counts['records'] / done.wall:,.1f} pages/s |",
        f"| processor time of the workers | {done.processor:,.0f} s, {done.processor / counts['records'] * 1000:.1f} ms a page |",
        f"| of this: finding articles; choosing; reading | {seconds['extracting']:,.0f} s; {seconds['choosing']:,.0f} s; "
        f"{seconds['reading']:,.0f} s |",
        f"| share of the analyser (sentences, words, network) | {done.share:.0%} |",
        f"| reports read | {counts['reports']:,} with {counts['words']:,} words and {counts['findings']:,} findings: "
        f"{counts['reports'] / done.processor:,.1f} reports and {counts['words'] / done.processor:,.0f} words "
        "a second of processor time |",
        f"| left out | {late:,}: {counts['language']:,} in other languages, {counts['irrelevant']:,} about other things, "
        f"{counts['no article']:,} without an article |",
        f"| most memory of a worker; of any process | {done.worker_memory:,} MB; {done.memory:,} MB |",
        "",
        "    " + done.output.strip().replace(str(folder) + "/", "").replace("\n", "\n    "),
    ]


def small(folder: Path, pages: int) -> Path:
    archive = folder / f"small-{pages}.warc.gz"
    if not archive.exists():
        corpus_warc.make(archive, pages, relevant=0.3, sentences=2, weight=5_000)
    return archive


def processes(folder: Path, pages: int) -> list[str]:
    archive = small(folder, pages)
    lines = [
        f"{pages} pages, 30 % of them about conflicts, in pieces of 20.",
        "",
        "| processes | wall time | pages/s | processor time | analyser | memory of a worker |",
        "|---|---|---|---|---|---|",
    ]
    found, rates = [], []
    for workers in (1, 2):
        out = folder / f"processes-{pages}-{workers}"
        done = run(archive, out, "--workers", str(workers), "--piece", "20")
        found.append(done)
        rates.append(rate(out, workers))
        lines.append(
            f"| {workers} | {done.wall:.0f} s | {pages / done.wall:.1f} | {done.processor:.0f} s | {done.share:.0%} | "
            f"{done.worker_memory} MB |"
        )
    same = digest(folder / f"processes-{pages}-1") == digest(folder / f"processes-{pages}-2")
    lines += ["", f"Two are {rates[1] / rates[0]:.2f} times as fast as one once they have started ({rates[1]:.1f} and {rates[0]:.1f} "
              f"pages/s between the first pieces and the last), {found[0].wall / found[1].wall:.2f} times with start and end. "
              f"The datasets are {'the same, byte for byte' if same else 'NOT the same'}."]  # fmt: skip
    return lines


def rate(out: Path, workers: int) -> float:
    """Pages a second from the moment at which every process has done its first piece."""
    markers = sorted((out / "_corpus" / "pieces").glob("*.json"), key=lambda path: path.stat().st_mtime)
    times = [path.stat().st_mtime for path in markers]
    pages = sum(json.loads(path.read_text("utf-8"))["counts"]["records"] for path in markers[workers:])
    return float(pages / (times[-1] - times[workers - 1]))


def killed(folder: Path, pages: int) -> list[str]:
    from ray.cluster_utils import Cluster

    archive = small(folder, pages)
    local = folder / f"processes-{pages}-1"
    if not local.exists():
        run(archive, local, "--workers", "1", "--piece", "20")
    out = folder / f"killed-{pages}-{time.time_ns()}"
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(4)]
    victims: list[str] = []
    try:
        killer = threading.Thread(target=_kill, args=(out, nodes, victims), daemon=True)
        killer.start()
        done = run(archive, out, "--engine", "ray", "--address", cluster.address, "--workers", "4", "--piece", "20")
        killer.join(1)
    finally:
        cluster.shutdown()
    same = digest(out) == digest(local)
    victim = victims[0] if victims else "nobody"
    return [
        f"{pages} pages in pieces of 20 on a Ray cluster of four nodes with one worker each, all on this machine; killed by SIGKILL "
        f"after the third piece: {victim}.",
        "",
        f"{done.counts['reports']:,} reports, {done.counts['findings']:,} findings, {done.wall:.0f} s; digest of the dataset "
        f"`{digest(out)}`, of that of one local process `{digest(local)}`: {'the same' if same else 'NOT THE SAME'}.",
    ]


def _kill(out: Path, nodes: list[object], victims: list[str]) -> None:
    """Kills the reading process of a node, once three pieces are read."""
    pieces = out / "_corpus" / "pieces"
    while len(list(pieces.glob("*.json"))) < 3:
        time.sleep(0.05)
    for node in nodes:
        for process in below(node.all_processes["raylet"][0].process.pid):  # type: ignore[attr-defined]
            try:
                name = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")[0].decode()
            except OSError:
                continue
            if name.startswith("ray::UDFActor"):
                os.kill(process, signal.SIGKILL)
                victims.append(f"a worker process ({name.partition('.')[0].removeprefix('ray::')})")
                return


def engines(folder: Path, pages: int) -> list[str]:
    archive = small(folder, pages)
    found: list[tuple[str, float]] = []
    for name, options in (("Daft, local", []), ("Daft on Ray", ["--engine", "ray"])):
        done = run(archive, folder / f"engine-{time.time_ns()}", "--workers", "2", "--piece", "20", *options)
        found.append((name, done.wall))
    out = folder / f"engine-{time.time_ns()}"
    before = time.perf_counter()
    command = [sys.executable, str(Path(__file__).with_name("corpus_raydata.py")), str(archive), str(out)]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    found.append(("Ray Data", time.perf_counter() - before))
    return [
        f"{pages} pages in pieces of 20, 2 processes, start and end included.",
        "",
        "| engine | wall time |",
        "|---|---|",
        *(f"| {name} | {wall:.0f} s |" for name, wall in found),
    ]


# --------------------------------------------------------------------------------------------------- page


def write(section: str, lines: list[str], load: float) -> None:
    """Puts a section of the page in the place of the old one."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    parts = dict(re.findall(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    parts[section.capitalize()] = f"{machine()}, load {load:.1f} before.\n\n" + "\n".join(lines).rstrip() + "\n\n"
    order = [name.capitalize() for name in SECTIONS]
    body = "".join(f"## {name}\n\n{parts[name]}" for name in order if name in parts)
    PAGE.write_text(f"{HEAD}\n{body}".rstrip() + "\n", "utf-8")


SECTIONS = {
    "whole": (whole, 20_000),
    "processes": (processes, 20_000),
    "killed": (killed, 200),
    "engines": (engines, 100),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="+", choices=SECTIONS, metavar="SECTION")
    parser.add_argument("--folder", type=Path, help="where archives and datasets are kept (default: nowhere)")
    parser.add_argument("--pages", type=int)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for section in args.sections:
            work, pages = SECTIONS[section]
            load = os.getloadavg()[0]
            lines = work(folder, args.pages or pages)
            write(section, lines, load)
            print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
