"""A file full of faults says each kind a few times and counts the rest."""

from __future__ import annotations

from lagebild.errors import Fault
from lagebild.intake.sparing import SAID, spared
from lagebild.model import Report


def test_faults_are_counted_by_kind() -> None:
    items: list[Report | Fault] = []
    for n in range(50):
        items += [Report(f"r{n}", "Ein Satz."), Fault("f", f"line {n}", f"{n} cells, but 3 columns")]
    items += [Fault("f", "line 99", "the report has no text"), Fault("f", "", "skipped", note=True)]
    found = list(spared(items))
    faults = [item for item in found if isinstance(item, Fault)]
    assert len(found) - len(faults) == 50
    assert len(faults) == SAID + 3 and str(faults[-1]).startswith("f: 40 more like this: cells, but … columns")
