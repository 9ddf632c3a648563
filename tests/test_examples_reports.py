"""The sample reports carry findings that keep the rules of docs/findings.md: copied words, allowed values, resolved times."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lagebild.model import ISSUES, MEASURES, MODES, PRECISIONS, STANCES, STATUSES, VERBAL_TYPES

PATHS = sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.json"))


def load(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


def copied(finding: dict[str, Any]) -> Iterator[str]:
    """The strings of a finding that must stand in the text letter by letter."""
    yield finding["trigger"]
    yield finding["evidence"]
    for role in ("actors", "recipients", "said_by"):
        yield from (party["text"] for party in finding.get(role, []))
    for field in ("place", "time"):
        if finding[field]:
            yield finding[field]["text"]
    if finding.get("of"):
        yield finding["of"]


def test_there_are_enough_in_both_languages() -> None:
    reports = [load(path) for path in PATHS]
    assert len(reports) >= 22
    assert {report["language"] for report in reports} == {"de", "en"}
    assert sum(len(report["findings"]) for report in reports) >= 350
    assert {f["type"] for r in reports for f in r["findings"] if f["kind"] == "event"} == set(MODES)
    assert {f["status"] for r in reports for f in r["findings"] if f["kind"] == "event"} == set(STATUSES)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_findings_keep_the_rules(path: Path) -> None:
    report = load(path)
    assert report["id"] == path.stem
    findings = report["findings"]
    ids = {finding["id"] for finding in findings}
    assert len(ids) == len(findings)
    for finding in findings:
        name = finding["id"]
        assert [words for words in copied(finding) if words not in report["text"]] == [], name
        assert finding["trigger"] in finding["evidence"], name
        assert finding["stance"] in STANCES, name
        if finding["kind"] == "event":
            assert finding["mode"] is None or finding["mode"] in MODES[finding["type"]], name
            assert finding["issue"] is None or finding["issue"] in ISSUES, name
            assert finding["issue"] is None or finding["type"] in VERBAL_TYPES, name
            assert finding["status"] in STATUSES, name
            assert finding["stance"] != "denies" or finding["status"] == "denied", name
            assert set(finding["conditions"]) <= ids - {name}, name
        else:
            assert finding["measure"] in MEASURES, name
            assert finding["precision"] in PRECISIONS, name
            assert isinstance(finding["value"], int | float), name
        for party in [
            *finding.get("actors", []),
            *finding.get("recipients", []),
            *finding["said_by"],
            *filter(None, [finding["place"]]),
        ]:
            assert party["name"], name
            assert party["country"] is None or (len(party["country"]) == 3 and party["country"].isupper()), name


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_times_are_days_in_order(path: Path) -> None:
    for finding in load(path)["findings"]:
        given = [finding["time"][side] for side in ("from", "to")] if finding["time"] else []
        days = [datetime.date.fromisoformat(day) for day in given if day]
        assert days == sorted(days), finding["id"]
