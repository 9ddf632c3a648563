"""The measuring data, where it lies beside the checkout: its reports come back untouched, and the named one is read."""

from __future__ import annotations

import json
from pathlib import Path

from lagebild.model import Event, Figure
from lagebild.reading.reader import Reader
from lagebild.serial import dumps, loads


def test_gold_files_come_back_with_id_and_text(reader: Reader, data: Path) -> None:
    for path in sorted((data / "gold" / "dev").glob("*.json"))[:5]:
        given = json.loads(path.read_text("utf-8"))
        found = json.loads(dumps(reader.read_report(loads(path.read_text("utf-8")))))
        assert (found["id"], found["text"]) == (given["id"], given["text"])


def test_kerry_and_lavrov(reader: Reader, data: Path) -> None:
    path = data / "gold" / "dev" / "kerry-lawrow-2014-10-14.json"
    report = reader.read_report(loads(path.read_text("utf-8")))
    events = [f for f in report.findings if isinstance(f, Event)]

    def some(kind: str, status: str, actor: str = "", mode: str | None = None) -> bool:
        return any(
            e.type == kind
            and e.status == status
            and (not actor or actor in {p.name for p in e.actors})
            and (mode is None or e.mode == mode)
            for e in events
        )

    assert some("CONSULT", "occurred", "John Kerry")
    assert some("ASSAULT", "occurred", "United States", "aerial")
    assert some("CONSULT", "planned", "Petro Poroshenko")
    assert some("RETREAT", "demanded")
    figures = {(f.measure, f.value, f.precision) for f in report.findings if isinstance(f, Figure)}
    assert {("troops", 17600, "about"), ("killed", 3600, "exact")} <= figures
    milan = next(e for e in events if e.type == "CONSULT" and e.status == "planned")
    assert milan.time is not None
    assert milan.time.start == "2014-10-17"
