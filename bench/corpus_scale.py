"""Carries the measured costs of a dataset to a month of German news in CC-NEWS and writes docs/scale.md.

The dataset is one that `python bench/corpus.py whole --folder DIR` has left in DIR; what its pieces say of processor time is
carried over, page by page and word by word. What is assumed of CC-NEWS are options.

usage: python bench/corpus_scale.py DATASET [--files 400] [--pages 35000] [--german 0.06] [--relevant 0.1] [--words 350] …
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from common import machine
from corpus import told

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Measured:
    """Costs of a run: seconds of processor time a page before reading and a word when reading; bytes; MB a worker."""

    pages: int
    reports: int
    words: int
    page: float
    word: float
    report_bytes: float
    aside_bytes: float
    memory: int


def measured(dataset: Path) -> Measured:
    counts, seconds, memory = told(dataset)

    def size(*tables: str) -> int:
        return sum(p.stat().st_size for table in tables for p in (dataset / table).rglob("*.parquet"))

    return Measured(
        counts["records"], counts["reports"], counts["words"],
        (seconds["extracting"] + seconds["choosing"]) / counts["records"], seconds["reading"] / counts["words"],
        size("reports", "findings") / counts["words"], size("aside") / (counts["records"] - counts["reports"]), memory,
    )  # fmt: skip


def page(dataset: Path, args: argparse.Namespace) -> str:
    one = measured(dataset)
    pages = args.files * args.pages
    german = pages * args.german
    reports = german * args.relevant
    words = reports * args.words
    before, reading = pages * one.page / 3600, words * one.word / 3600
    hours = before + reading
    everything = german * args.words * one.word / 3600
    archive = args.files * args.gigabytes
    rate = archive * 1000 / (hours * 3600)
    rows = [
        (f"look at {pages / 1e6:,.1f} million pages", f"{one.page * 1000:.1f} ms a page", f"{before:,.0f} core hours"),
        (f"read {reports:,.0f} reports of {args.words} words", f"{1 / one.word:,.0f} words/s", f"{reading:,.0f} core hours"),
        ("together", "", f"{hours:,.0f} core hours"),
        ("on 2 cores", "", f"{hours / 2:,.0f} hours ({hours / 48:,.1f} days)"),
        ("on 32 cores", "", f"{hours / 32:,.1f} hours"),
        ("on 200 cores", "", f"{hours / 200:,.1f} hours"),
        ("memory", f"{one.memory} MB a worker", f"{one.memory * 32 / 1000:,.0f} GB for 32 workers"),
        ("archives", f"{args.gigabytes} GB a file", f"{archive:,.0f} GB to fetch, {rate:,.1f} MB/s for each core"),
        ("dataset", f"{one.report_bytes:,.0f} bytes a word read, {one.aside_bytes:,.0f} a page left out",
         f"{(words * one.report_bytes + (pages - reports) * one.aside_bytes) / 1e9:,.1f} GB"),
    ]  # fmt: skip
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"""# Scale

Written by `python bench/corpus_scale.py DATASET` from the run of [corpus-speed.md](corpus-speed.md): {one.pages:,} pages, {one.reports:,}
reports, {one.words:,} words read. Processor time as the workers count it; a machine that is shared
needs more by the clock. {machine()}.

Not in these figures: undoing gzip and walking through the archive once to find its records (the archive was not packed), and that
real pages have more elements than those of the benchmark, so that finding the article takes longer. Half as much again is a guess for
looking at pages, until you measure it on an archive of yours: `_corpus/pieces/*.json` hold the same seconds for every piece of a run.

## A month of German news in CC-NEWS

Assumed, not measured here: {args.files} WARC files a month of {args.gigabytes} GB and {args.pages:,} pages each;
{args.german:.0%} of the pages German; {args.relevant:.0%} of these about conflict and diplomacy, with {args.words} words each;
pages as heavy as in the benchmark (100 KB). `--language de` leaves out English pages by the same glance as all others. Other
assumptions are options of the command.

| what | measured | a month |
|---|---|---|
{table}

Without the relevance filter, reading all German pages would take {everything:,.0f} core hours by itself.

## What breaks first, and what to do

1. **Looking at pages that nobody wants.** {before / hours:.0%} of the time above goes into unpacking pages and finding out that they are
   in another language. An archive that is sorted by site or language beforehand (the index of Common Crawl names the language of
   pages of its main crawl; a list of German-language sites does for news) saves most of it.
2. **The network.** Every core takes {rate:,.1f} MB/s of archive: {125 / rate:,.0f} cores fill a line of 1 Gbit/s. Put the archives on
   disks of the machines that read them and start one run a machine, with a dataset each; `lagebild add` takes several datasets.
3. **The last piece.** A piece of 500 pages, all of them long reports, takes minutes on one core, while others have nothing to do.
   With more than some 500 workers, or few archives, ask for smaller pieces (`--piece 100`).
4. **The folder of notes.** {pages / 500:,.0f} pieces of 500 pages are as many small files in one folder, looked through when a run starts
   and after a breakdown. Local disks do not mind; a slow network file system does: `--piece 2000`, or a run for each week.
5. **Sorting at the end** is done by one process, a month at a time and 8,000 reports at a time, so memory stays bounded. It reads each
   month once for every 16-fold of 8,000 reports: with millions of reports in one month this takes hours, on one core. Start runs for
   parts of the archives instead, and query their datasets together (`news-*/findings/*/*.parquet`).
6. **Copies.** Agency reports stand in dozens of papers under different addresses. Those of the same words and day are analysed once a
   run; those that a paper has shortened or led in with a line of its own are read again, since in int8 what the network says of a
   sentence depends on its whole report. The [picture](picture.md) links both kinds.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--files", type=int, default=400, help="WARC files a month")
    parser.add_argument("--gigabytes", type=float, default=1.0, help="of each, as gzip packs them")
    parser.add_argument("--pages", type=int, default=35_000, help="in each")
    parser.add_argument("--german", type=float, default=0.06, help="share of pages in German")
    parser.add_argument("--relevant", type=float, default=0.1, help="share of these about conflict and diplomacy")
    parser.add_argument("--words", type=int, default=350, help="of each of these")
    args = parser.parse_args()
    text = page(args.dataset, args)
    (ROOT / "docs" / "scale.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
