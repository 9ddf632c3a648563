"""Measures the picture on the sample corpus examples/ukraine-2014 against its expected.json and fails below bench/floors.toml.

Cases are compared over the listed mentions that the reader found: pairs of mentions and B³ (Bagga and Baldwin 1998). Disputes,
commitments and agenda are compared whole, so what the reader misses counts against them.

usage: python bench/picture.py [--readings FILE] [--show]
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagebild.intake.load import load
from lagebild.intake.readings import load_readings
from lagebild.model import Report
from lagebild.picture import Picture, dossier, draw
from lagebild.store import KeptReport

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "examples" / "ukraine-2014"
#: The states of sanctions in the words of the expected picture.
SANCTION_STATES = {
    "imposed": "in force",
    "planned": "proposed",
    "considered": "proposed",
    "demanded": "proposed",
    "lifted": "cancelled",
}
TOOK_PLACE = {
    "took place": "yes",
    "cancelled": "no",
    "postponed": "no",
    "upcoming": "unknown",
    "not told": "unknown",
    "undated": "unknown",
}


#: Scores that are numbers of faults.
AT_MOST = ("disputes_spurious", "invented")


@dataclass(frozen=True)
class Place:
    """Where a listed mention stands: character spans of its trigger and its evidence in the report's text."""

    report: str
    trigger: tuple[int, int]
    evidence: tuple[int, int]


@dataclass(frozen=True)
class Score:
    """One measured figure: `right` of `of`, and what it says in percent."""

    name: str
    value: float
    words: str


class Sample:
    """The sample corpus as read, and its pictures on the days of the expected one."""

    def __init__(self, reports: Iterable[Report], expected: dict[str, Any]) -> None:
        self.reports = {str(r.id): r for r in reports}
        self.expected = expected
        self.days: list[str] = expected["days"]
        kept = [KeptReport(r, 1, 1, r.published or "", "") for r in self.reports.values()]
        one = dossier("ukraine")
        self.pictures: dict[str, Picture] = {
            day: draw(one, [k for k in kept if k.day <= day], day) for day in self.days
        }
        self._spans = {
            f"{id}#{f.id}": (f.trigger_span, f.evidence_span) for id, r in self.reports.items() for f in r.findings
        }

    def place(self, mention: dict[str, Any]) -> Place:
        text = self.reports[mention["report"]].text
        start = text.index(mention["evidence"])
        at = start + _word(mention["trigger"], mention["evidence"])
        return Place(mention["report"], (at, at + len(mention["trigger"])), (start, start + len(mention["evidence"])))

    def told_alike(self, ref: str) -> frozenset[str]:
        """The findings of the same report that are told by the same words, this one among them."""
        report, _, _ = ref.rpartition("#")
        words = self._spans[ref][1]
        return frozenset(f"{report}#{f.id}" for f in self.reports[report].findings if f.evidence_span == words)

    def same(self, ref: str, place: Place) -> bool:
        """Whether a finding's trigger overlaps the listed one."""
        report, _, _ = ref.rpartition("#")
        return report == place.report and _overlap(self._spans[ref][0], place.trigger)

    def within(self, ref: str, place: Place) -> bool:
        """Whether a finding's trigger stands in the listed clause."""
        report, _, _ = ref.rpartition("#")
        return report == place.report and _overlap(self._spans[ref][0], place.evidence)

    # Cases

    def cases(self) -> Iterator[Score]:
        """Over the last day's picture, in which every mention is."""
        picture = self.pictures[self.days[-1]]
        gold: dict[str, str] = {}
        listed = 0
        case_of = {m.ref: case for case in picture.cases for m in case.mentions}
        by_report: dict[str, list[str]] = defaultdict(list)
        for ref in case_of:
            by_report[ref.rpartition("#")[0]].append(ref)
        for case in self.expected["cases"]:
            types = case["type"].split(",")
            for mention in case["mentions"]:
                listed += 1
                place = self.place(mention)
                fits = [r for r in by_report[place.report] if self.same(r, place) and r not in gold]
                fits.sort(key=lambda r: case_of[r].type not in types)
                if fits:
                    gold[fits[0]] = case["id"]
        found = {ref: case_of[ref].id for ref in gold}
        self.gold, self.found = gold, found
        yield Score(
            "cases_pairs",
            _pairs(gold, found),
            f"F1 of pairs of mentions, {len(gold)} of {listed} listed mentions found by the reader",
        )
        yield Score("cases_b3", _b_cubed(gold, found), "F1 by B³ over the same")

    # Disputes

    def disputes(self) -> Iterator[Score]:
        right, total, spurious = 0, 0, []
        self.missed: list[str] = []
        reports = {m["report"] for d in self.expected["disputes"] for s in d["sides"] for m in s["mentions"]}
        picture = self.pictures[self.days[-1]]
        for wanted in self.expected["disputes"]:
            if not wanted["open"]:
                continue
            total += 1
            sides = [[self.place(m) for m in side["mentions"]] for side in wanted["sides"]]
            if any(self._holds(d, sides) for d in picture.disputes):
                right += 1
            else:
                self.missed.append(wanted["id"])
        for d in picture.disputes:
            if not {r.rpartition("#")[0] for s in d.sides for r in s.refs} & reports:
                spurious.append(d.id)
        self.spurious = spurious
        yield Score("disputes_found", 100 * right / total, f"{right} of {total} disputes open on the last day")
        yield Score("disputes_spurious", float(len(spurious)), f"of {len(picture.disputes)} that are shown")

    def _holds(self, dispute: Any, sides: list[list[Place]]) -> bool:
        held = [
            {n for n, places in enumerate(sides) if any(self.within(r, p) for r in side.refs for p in places)}
            for side in dispute.sides
        ]
        return any(a != b and 0 in held[a] and 1 in held[b] for a in range(len(held)) for b in range(len(held)))

    # Commitments

    def commitments(self) -> Iterator[Score]:
        right, total, wrong = 0, 0, []
        listed: list[Place] = []
        conditions_right, conditions = 0, 0
        self.unmet: list[str] = []
        for wanted in self.expected["commitments"]:
            places = [self.place(m) for m in (*wanted["changes"], *wanted["mentions"])]
            told = [(p, self.place(c)) for c in wanted["conditions"] for p in [c] for c in c["mentions"]]
            listed += (
                places
                + [place for _, place in told]
                + [self.place(v) for v in wanted.get("violations", ()) if "report" in v]
            )
            for day in self.days:
                state = wanted["states"][day]
                if state is None:
                    continue
                total += 1
                ok = {state, *wanted["also_right"].get(day, ())}
                one = self._commitment(self.pictures[day], wanted, places)
                got = SANCTION_STATES.get(one.state, one.state) if one is not None else None
                right += got in ok
                if got not in ok:
                    wrong.append(f"{wanted['id']} {day}: {got} for {'/'.join(sorted(ok))}")
                for condition in wanted["conditions"]:
                    if condition["states"].get(day) is None:
                        continue
                    conditions += 1
                    accepted = {condition["states"][day], *condition["also_right"].get(day, ())}
                    spots = [self.place(m) for m in condition["mentions"]]
                    shown = (getattr(one, "conditions", None) or getattr(one, "lifting", ())) if one is not None else ()
                    # Of two conditions told in one clause the one that its own word names.
                    fits = [c for c in shown if any(self.same(r, p) for r in c.refs for p in spots)]
                    fits += [c for c in shown if any(self.within(r, p) for r in c.refs for p in spots)]
                    got = fits[0].state if fits else None
                    conditions_right += got in accepted
                    if got not in accepted:
                        word = condition["mentions"][0]["trigger"]
                        self.unmet.append(f"{wanted['id']} ({word}) {day}: {got} for {'/'.join(sorted(accepted))}")
        self.wrong = wrong
        last = self.pictures[self.days[-1]]
        self.invented = [
            c
            for c in last.commitments
            if c.kind != "demand" and not any(self.within(r, p) for r in c.refs for p in listed)
        ]
        yield Score("commitments", 100 * right / total, f"{right} of {total} states of commitments on the days")
        yield Score(
            "conditions",
            100 * conditions_right / conditions,
            f"{conditions_right} of {conditions} states of conditions",
        )
        yield Score(
            "invented",
            float(len(self.invented)),
            f"of {sum(c.kind != 'demand' for c in last.commitments)} that are shown (demands aside)",
        )

    def _commitment(self, picture: Picture, wanted: dict[str, Any], places: list[Place]) -> Any:
        pool: Iterable[Any] = (
            (*picture.commitments, *picture.sanctions) if wanted["kind"] == "sanction" else picture.commitments
        )
        best, most = None, 0
        for one in pool:
            held = sum(any(self.within(r, p) for r in one.refs) for p in places)
            held = 2 * held + (getattr(one, "issue", "sanctions") == wanted["issue"]) if held else 0
            if held > most:
                best, most = one, held
        return best

    # Agenda

    def agenda(self) -> Iterator[Score]:
        right, total = 0, 0
        self.late: list[str] = []
        for wanted in self.expected["agenda"]:
            places = [self.place(m) for m in wanted["mentions"]]
            for day in self.days:
                want = wanted["took_place"][day]
                if want is None:
                    continue
                total += 1
                items = [i for i in self.pictures[day].agenda if any(self.within(r, p) for r in i.refs for p in places)]
                items.sort(key=lambda i: i.start != wanted["from"])
                got = TOOK_PLACE[items[0].state] if items else None
                right += got == want
                if got != want:
                    self.late.append(f"{wanted['id']} {day}: {got} for {want}")
        yield Score("agenda", 100 * right / total, f"{right} of {total} items on the days")

    def scores(self) -> list[Score]:
        return [*self.cases(), *self.disputes(), *self.commitments(), *self.agenda()]


def _word(word: str, clause: str) -> int:
    import re

    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", clause)
    assert found, (word, clause)
    return found.start()


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _pairs(gold: dict[str, str], found: dict[str, str]) -> float:
    refs = sorted(gold)
    together = [(a, b) for i, a in enumerate(refs) for b in refs[i + 1 :]]
    wanted = {p for p in together if gold[p[0]] == gold[p[1]]}
    shown = {p for p in together if found[p[0]] == found[p[1]]}
    return 200 * len(wanted & shown) / max(1, len(wanted) + len(shown))


def _b_cubed(gold: dict[str, str], found: dict[str, str]) -> float:
    def mean(one: dict[str, str], other: dict[str, str]) -> float:
        total = 0.0
        for ref in one:
            cluster = {r for r in one if one[r] == one[ref]}
            total += len({r for r in cluster if other[r] == other[ref]}) / len(cluster)
        return total / max(1, len(one))

    precision, recall = mean(found, gold), mean(gold, found)
    return 200 * precision * recall / max(1e-9, precision + recall)


def reports(readings: Path | None = None) -> list[Report]:
    """The reports of the sample, as in a file of `lagebild read --json`, or read now."""
    if readings is not None:
        return [r for r in load_readings(str(readings)) if isinstance(r, Report)]
    from lagebild.reading.reader import Reader

    reader = Reader()
    found = [item for path in sorted((SAMPLE / "reports").glob("*.json")) for item in load(str(path))]
    return [reader.read_report(item) for item in found if isinstance(item, Report)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--readings", type=Path, help="findings as `lagebild read --json` prints them, in place of reading now"
    )
    parser.add_argument("--show", action="store_true", help="also what is wrong")
    args = parser.parse_args()
    sample = Sample(reports(args.readings), json.loads((SAMPLE / "expected.json").read_text("utf-8")))
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text("utf-8"))["picture"]
    low = []
    for score in sample.scores():
        limit = floors.get(score.name)
        most = score.name in AT_MOST
        if limit is not None:
            low += [score.name] * (score.value > limit if most else score.value < limit)
        pinned = "no floor" if limit is None else f"{'limit' if most else 'floor'} {limit:.0f}"
        print(f"{score.name:18} {score.value:6.1f}  {pinned:9}  {score.words}")
    if args.show:
        for name in ("missed", "spurious", "wrong", "unmet", "late"):
            print(f"\n{name}:\n  " + "\n  ".join(getattr(sample, name)))
        print("\ninvented:\n  " + "\n  ".join(f"{c.kind} {c.issue} {c.by} {c.refs[:3]}" for c in sample.invented))
    if low:
        print("below the floor: " + ", ".join(low), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
