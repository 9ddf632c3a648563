"""The Ukraine 2014 sample: its reports, and the expected picture that leads back to them word by word."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "examples" / "ukraine-2014"
STATES = {
    *("proposed", "demanded", "promised", "agreed", "in force"),
    *("kept", "broken", "fulfilled", "cancelled", "unclear"),
}
CONDITION_STATES = {"met", "partly", "open", "disputed"}


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, Any]]:
    paths = sorted((FOLDER / "reports").glob("*.json"))
    loaded = {path.stem: json.loads(path.read_text("utf-8")) for path in paths}
    assert all(name == report["id"] for name, report in loaded.items())
    return loaded


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
    return content


def mentions(part: object) -> Iterator[dict[str, Any]]:
    """Every object with evidence, however deep."""
    if isinstance(part, dict):
        if "evidence" in part:
            yield part
        for value in part.values():
            yield from mentions(value)
    elif isinstance(part, list):
        for value in part:
            yield from mentions(value)


def test_reports_are_many_short_and_in_both_languages(reports: dict[str, dict[str, Any]]) -> None:
    assert len(reports) >= 44
    assert min(Counter(r["language"] for r in reports.values())[lang] for lang in ("de", "en")) >= 20
    assert len({r["publisher"] for r in reports.values()}) >= 8
    for report in reports.values():
        assert set(report) == {"id", "title", "url", "publisher", "published", "language", "text"}
        assert 80 <= len(report["text"].split()) <= 250, report["id"]
        assert "2014-08-01" <= report["published"] <= "2014-10-18", report["id"]
    assert len({r["url"] for r in reports.values()}) == len(reports)


def test_every_quoted_piece_has_one_place_in_its_report(
    reports: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    pieces = list(mentions(expected))
    assert len(pieces) > 300
    for piece in pieces:
        report = reports[piece["report"]]
        assert report["text"].count(piece["evidence"]) == 1, piece
        trigger = rf"(?<!\w){re.escape(piece['trigger'])}(?!\w)"
        assert len(re.findall(trigger, piece["evidence"])) == 1, piece
        assert piece.get("published", report["published"]) == report["published"], piece


def test_no_mention_stands_in_two_cases(expected: dict[str, Any]) -> None:
    places = Counter((m["report"], m["evidence"], m["trigger"]) for case in expected["cases"] for m in case["mentions"])
    assert [place for place, count in places.items() if count > 1] == []


def test_ids_are_unique_in_each_part(expected: dict[str, Any]) -> None:
    for part in ("cases", "series", "disputes", "commitments", "agenda", "contributions"):
        ids = [entry["id"] for entry in expected[part]]
        assert ids
        assert len(set(ids)) == len(ids), part


def test_copies_are_near_identical_and_other_reports_are_not(
    reports: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    copies = {frozenset((c["report"], c["of"])) for c in expected["copies"]}
    ids = sorted(reports)
    alike = set()
    for i, one in enumerate(ids):
        for other in ids[i + 1 :]:
            words = [reports[id]["text"].split() for id in (one, other)]
            if set(words[0]) & set(words[1]) and SequenceMatcher(None, *words).ratio() > 0.7:
                alike.add(frozenset((one, other)))
    assert alike == copies
    for correction in expected["corrections"]:
        assert correction["report"] in reports
        assert correction["of"] is None or correction["of"] in reports


def test_days_are_in_order(expected: dict[str, Any]) -> None:
    days = expected["days"]
    assert days == sorted(days) == ["2014-09-05", "2014-10-01", "2014-10-18"]
    for entry in [*expected["cases"], *expected["agenda"]]:
        given = [entry[side] for side in ("from", "to") if entry[side]]
        assert [datetime.date.fromisoformat(day).isoformat() for day in given] == sorted(given), entry["id"]


def test_states_are_known_and_begin_with_the_first_report(
    reports: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    def told(entry: dict[str, Any], day: str) -> bool:
        return any(reports[m["report"]]["published"] <= day for m in mentions(entry))

    for entry in expected["commitments"]:
        changes = [change["published"] for change in entry["changes"]]
        assert changes == sorted(changes)
        assert {change["state"] for change in entry["changes"]} <= STATES
        for day, state in entry["states"].items():
            assert (state in STATES) if told(entry, day) else (state is None), (entry["id"], day)
        for condition in entry["conditions"]:
            for day, state in condition["states"].items():
                assert (state in CONDITION_STATES) if told(condition, day) else (state is None), condition["id"]
    for entry in expected["agenda"]:
        for day, held in entry["took_place"].items():
            assert (held in {"yes", "no", "unknown"}) if told(entry, day) else (held is None), (entry["id"], day)
            assert held != "yes" or entry["from"] <= day, entry["id"]


def test_disputes_have_two_told_sides(reports: dict[str, dict[str, Any]], expected: dict[str, Any]) -> None:
    for dispute in expected["disputes"]:
        assert dispute["kind"] in {"figures", "occurred-denied", "actors"}
        assert len(dispute["sides"]) == 2
        first = [min(reports[m["report"]]["published"] for m in side["mentions"]) for side in dispute["sides"]]
        assert dispute["opened"] == max(first), dispute["id"]
        closed = dispute["closed"] or "9999"
        assert dispute["open"] == [d for d in expected["days"] if dispute["opened"] <= d < closed], dispute["id"]


def test_series_sum_up_their_points(expected: dict[str, Any]) -> None:
    for series in expected["series"]:
        for day, summary in series["days"].items():
            known = [p for p in series["points"] if p["published"] <= day]
            if not known:
                assert summary is None, series["id"]
                continue
            values = [p["value"] for p in known]
            last = max(p["published"] for p in known)
            latest = sorted({p["value"] for p in known if p["published"] == last})
            assert summary == {"low": min(values), "high": max(values), "latest": latest}, series["id"]
