"""Measures the store at 1,000 and 20,000 reports and writes docs/store-speed.md.

Texts and findings are made by a seeded generator, so that the store is measured and not the reader. For the kill test with
the real reader see bench/kills.py.

usage: python bench/store.py [--reports 20000] [--out docs/store-speed.md]
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from common import machine

from lagebild.model import MEASURES, MODES, STATUSES, Event, Figure, Finding, Party, Place, Report, Time
from lagebild.store import Store, open_store, open_writer
from lagebild.store.write import backup

ROOT = Path(__file__).resolve().parents[1]
SEED = 20141017
#: Reports whose cost is compared.
WINDOW = 500
FIRST = date(2014, 1, 1)


class World:
    """Parties, places, publishers and words to make reports of; frequencies fall off as those of names in news do."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = random.Random(seed)
        syllables = [a + b for a in "bdfgklmnprstvwz" for b in ("a", "e", "i", "o", "u", "au", "ei")]
        self.words = ["".join(self.random.choices(syllables, k=self.random.randint(1, 4))) for _ in range(30_000)]
        countries = [f"{a}{b}{c}" for a in "ABCDE" for b in "FGHIJ" for c in "KLMNOPQR"]
        self.parties = [
            Party("", self._name(), self.random.choice(countries[: 1 + n // 5]), "person") for n in range(1_000)
        ]
        self.places = [
            Place("", self._name(), self.random.choice(countries[: 1 + n // 5]), 50.0, 30.0, "city") for n in range(500)
        ]
        self.publishers = [self._name() for _ in range(40)]

    def _name(self) -> str:
        return " ".join(w.capitalize() for w in self.random.choices(self.words, k=2))

    def often(self, items: list[Any]) -> Any:
        """One of the items; the n-th about 1/n times as often as the first."""
        return items[min(int(len(items) ** self.random.random()) - 1, len(items) - 1)]

    def reports(self, count: int) -> Iterator[Report]:
        """Reports of about 150 words and 10 findings, over five years."""
        for number in range(count):
            yield self._report(number, FIRST + timedelta(days=self.random.randrange(1826)))

    def _report(self, number: int, day: date) -> Report:
        text, findings = "", []
        for index in range(10):
            actor, recipient, place = self.often(self.parties), self.often(self.parties), self.often(self.places)
            start = len(text)
            verb = self.often(self.words)
            text += f"{actor.name} {verb} {recipient.name} "
            text += " ".join(self.often(self.words) for _ in range(8)) + f" {place.name}. "
            findings.append(self._finding(index, text, start, verb, actor, recipient, place, day.isoformat()))
        return Report(
            id=f"report-{number:06}", text=text, title=text[:60], url=f"https://example.org/{number}",
            publisher=self.often(self.publishers), published=day.isoformat(), language="de",
            findings=tuple(findings), reader="generator 1",
        )  # fmt: skip

    def _finding(
        self, index: int, text: str, start: int, verb: str, actor: Party, recipient: Party, place: Place, day: str
    ) -> Finding:
        def spanned(item: Any) -> Any:
            at = text.index(item.name, start)
            return replace(item, text=item.name, span=(at, at + len(item.name)))

        at = text.index(verb, start + len(actor.name))
        shared: dict[str, Any] = {
            "trigger": verb, "trigger_span": (at, at + len(verb)), "evidence": text[start:-1],
            "evidence_span": (start, len(text) - 1), "place": spanned(place), "time": Time("heute", day, day),
            "said_by": (spanned(actor),) if index % 3 == 0 else (),
        }  # fmt: skip
        if index % 4 == 3:
            value = float(self.random.randint(1, 5_000))
            return Figure(f"f{index}", self.random.choice(MEASURES), value, "about", **shared)
        kind = self.random.choice(list(MODES))
        return Event(
            f"e{index}", kind, self.random.choice(STATUSES), actors=(spanned(actor),), recipients=(spanned(recipient),),
            confidence=0.9, **shared,
        )  # fmt: skip


def fill(path: Path, reports: list[Report]) -> None:
    with open_writer(path) as store:
        store._connection.execute("PRAGMA synchronous = OFF")  # the disk's part is measured in `costs`
        for report in reports:
            store.add(report)


def costs(small: Path, large: Path, reports: list[Report]) -> dict[str, tuple[float, float]]:
    """Median seconds, wall and processor, to keep one more report in each of two stores.

    The stores take turns report by report, so that whatever else the machine does meets both alike.
    """
    found: dict[str, list[tuple[float, float]]] = {"small": [], "large": []}
    with open_writer(small) as one, open_writer(large) as other:
        for report in reports:
            for name, store in (("small", one), ("large", other)):
                wall, processor = time.perf_counter(), time.process_time()
                store.add(report)
                found[name].append((time.perf_counter() - wall, time.process_time() - processor))
    return {
        name: (statistics.median(w for w, _ in pairs), statistics.median(p for _, p in pairs))
        for name, pairs in found.items()
    }


def dossiers(world: World) -> dict[str, dict[str, Any]]:
    """Scopes as dossiers have them, from narrow to broad."""
    names = [party.name for party in world.parties]
    return {
        "one party of middling frequency": {"parties": [names[200]]},
        "five parties and three places": {
            "parties": names[50:55], "places": [p.name for p in world.places[20:23]], "match": "any"
        },
        "five parties of lower frequency and three places": {
            "parties": names[300:305], "places": [p.name for p in world.places[200:203]], "match": "any"
        },
        "five parties and three places as of a day": {
            "parties": names[50:55], "places": [p.name for p in world.places[20:23]], "match": "any", "at": "2016-06-30"
        },
        "a word and a party": {"parties": names[:3], "words": [world.words[40]]},
        "a beginning of a word": {"words": [world.words[400][:6] + "*"]},
        "one month": {"since": "2016-06-01", "at": "2016-06-30"},
        "the most frequent country in one month": {
            "parties": [world.parties[0].country], "since": "2016-06-01", "at": "2016-06-30"
        },
    }  # fmt: skip


def median(work: Callable[[], Any], rounds: int = 5) -> tuple[float, float]:
    """Seconds, wall and processor, of the middle one of several runs."""
    found = []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - wall, time.process_time() - processor))
    return statistics.median(w for w, _ in found), statistics.median(p for _, p in found)


def cells(times: tuple[float, float], per: int = 1) -> str:
    """Two cells of a table: wall and processor time."""
    return " | ".join(f"{t / per * 1000:,.1f} ms" if t / per < 1 else f"{t / per:,.1f} s" for t in times)


def queries(store: Store, world: World) -> list[str]:
    lines = [
        "| scope | reports | findings | list | processor | findings alone | processor | reports with findings | processor |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, scope in dossiers(world).items():
        kept = list(store.reports(**scope))
        count, findings = len(kept), sum(len(k.findings) for k in kept)
        del kept
        listed = median(lambda scope=scope: store.outlines(**scope))  # type: ignore[misc]
        # What a dossier reads to draw its picture: the findings without the reports' texts.
        alone = median(lambda scope=scope: list(store.reports(**scope, whole=False)))  # type: ignore[misc]
        loaded = median(lambda scope=scope: list(store.reports(**scope)))  # type: ignore[misc]
        lines.append(f"| {name} | {count:,} | {findings:,} | {cells(listed)} | {cells(alone)} | {cells(loaded)} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "store-speed.md")
    args = parser.parse_args()
    load = os.getloadavg()[0]
    world = World()
    reports = list(world.reports(args.reports + WINDOW))
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder, "store.sqlite"), Path(folder, "small.sqlite")
        fill(small, reports[:1000])
        fill(path, reports[: args.reports])
        cost = costs(small, path, reports[args.reports :])
        size = path.stat().st_size
        gc.freeze()  # the benchmark's own reports are no concern of the collector
        with open_store(path) as store:
            table = queries(store, world)
            everything = median(lambda: sum(1 for _ in store.reports()), 1)
            saved = median(lambda: backup(store, Path(folder, f"copy-{time.monotonic_ns()}")), 3)
        with open_writer(path) as writer:
            again = median(lambda: [writer.kept(r) for r in reports[:500]], 1)
            removed = median(lambda: writer.remove([writer.outlines(since="2018-12-01")[0].id]), 3)
    (small_wall, small_processor), (wall, processor) = cost["small"], cost["large"]
    page = [
        "# Speed of the store",
        "",
        f"Written by `python bench/store.py`; one run. {machine()}, load {load:.1f} before.",
        "",
        f"{args.reports:,} generated reports of about 150 words and 10 findings each, five years, 1,000 parties, 500 places; "
        f"the file has {size / 2**20:,.0f} MB. Where other programs use the machine (load), processor time says more. "
        f"Peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB.",
        "",
        f"Keeping one more report (median of {WINDOW}; the two stores take turns):",
        "",
        "| store of | time | processor time |",
        "|---|---|---|",
        f"| 1,000 reports | {small_wall * 1000:.2f} ms | {small_processor * 1000:.2f} ms |",
        f"| {args.reports:,} reports | {wall * 1000:.2f} ms | {processor * 1000:.2f} ms |",
        f"| ratio | {wall / small_wall:.2f} | {processor / small_processor:.2f} |",
        "",
        "| what | time | processor time |",
        "|---|---|---|",
        f"| see that a report is kept already | {cells(again, 500)} |",
        f"| read the whole store, all findings | {cells(everything)} |",
        f"| back up | {cells(saved)} |",
        f"| remove one report and wipe out its words | {cells(removed)} |",
        "",
        "What a dossier asks for, median of 5:",
        "",
        *table,
        "",
    ]
    args.out.write_text("\n".join(page), "utf-8")
    print("\n".join(page))


if __name__ == "__main__":
    main()
