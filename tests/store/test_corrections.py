"""What people set right holds on to its finding through rereads, new versions and removals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lagebild.errors import LagebildError
from lagebild.model import Event, Report
from lagebild.store import StoreError, Target, Writer
from lagebild.store.corrections import target_of

Read = Callable[..., Report]


def target(report: Report, finding: str, side: int = 0) -> Target:
    return target_of(report, next(f for f in report.findings if f.id == finding), side)


def statuses(store: Writer, id: str = "a", version: int | None = None) -> dict[str, str]:
    findings = store.report(id, version).findings
    return {f.id: f.status if isinstance(f, Event) else str(int(f.value)) for f in findings}


def test_set_and_undo(store: Writer, read: Read) -> None:
    report = read("a")
    store.add(report)
    number = store.correct("set", [target(report, "e1")], "announced only", "status", "planned", "AB")
    kept = store.report("a")
    assert statuses(store) == {"e1": "planned", "f1": "3600"}
    assert [(c.id, c.note, c.author) for c in kept.corrected["e1"]] == [(number, "announced only", "AB")]
    assert store.reading("a", 1) == report
    assert store.sql("select status, corrected from events")[1].__next__() == ("planned", 1)
    store.undo(number)
    assert statuses(store) == {"e1": "occurred", "f1": "3600"}
    with pytest.raises(StoreError, match="no correction 1"):
        store.undo(number)


def test_parties_and_places_that_were_set_are_found(store: Writer, read: Read) -> None:
    report = read("a")
    store.add(report)
    russia = {"text": "Russland", "name": "Russia", "country": "RUS"}
    store.correct("set", [target(report, "e1")], "x", "actors", [russia])
    store.correct("set", [target(report, "e1")], "x", "place", {"text": "Genf", "name": "Geneva", "country": "CHE"})
    assert [r.id for r in store.reports(parties=["RUS"], places=["geneva"])] == ["a"]
    assert list(store.reports(parties=["USA"])) == []


def test_drop(store: Writer, read: Read) -> None:
    report = read("a")
    store.add(report)
    store.correct("drop", [target(report, "f1")], "a year, no number")
    kept = store.report("a")
    assert [f.id for f in kept.findings] == ["e1"]
    assert [f.id for f in kept.dropped] == ["f1"]


def test_a_reread_keeps_corrections(store: Writer, read: Read) -> None:
    report = read("a", "Kerry kam. Kerry ging.")
    store.add(report)
    store.correct("set", [target(report, "e2")], "x", "status", "denied")
    # The newer reader gives other ids, another type, and one finding more.
    first, second = report.findings
    assert isinstance(second, Event)
    newer = replace(second, id="e7", type="RETREAT")
    store.reread("a", 1, replace(report, findings=(first, newer), reader="newer"))
    assert statuses(store) == {"e1": "occurred", "e7": "denied"}
    # A reader that finds nothing there lets the correction rest, and the next one wakes it.
    store.reread("a", 1, replace(report, findings=(first,), reader="worse"))
    assert [c.targets[0].ref for c in store.corrections()] == [None]
    store.reread("a", 1, report)
    assert statuses(store) == {"e1": "occurred", "e2": "denied"}


def test_a_correction_follows_its_words_into_a_new_version(store: Writer, read: Read) -> None:
    report = read("a", "Nach UNO-Angaben starben 3600 Menschen.")
    store.add(report)
    store.correct("set", [target(report, "f1")], "misprint", "value", 3700)
    store.add(read("a", "Genf. Nach UNO-Angaben starben 3600 Menschen."))
    assert statuses(store) == {"f1": "3700"}
    store.add(read("a", "Genf, Montag. Niemand starb. Kerry kam."))
    assert statuses(store) == {"e1": "occurred"}
    assert statuses(store, version=1) == {"f1": "3700"}


def test_cases_and_commitments(store: Writer, read: Read) -> None:
    a, b, c = (read(id, "Kerry kam nach Genf.") for id in "abc")
    for report in (a, b, c):
        store.add(report)
    store.correct("join", [target(a, "e1"), target(b, "e1")], "same visit")
    store.correct("split", [target(a, "e1"), target(c, "e1", 1)], "another one")
    store.correct("close", [target(a, "e1")], "done", "fulfilled", "2014-10-17")
    join, split, close = store.corrections()
    assert [str(t.ref) for t in join.targets] == ["a#e1", "b#e1"]
    assert [(str(t.ref), t.side) for t in split.targets] == [("a#e1", 0), ("c#e1", 1)]
    assert (close.field, close.value) == ("fulfilled", "2014-10-17")
    store.remove(["b"])
    assert [c.action for c in store.corrections()] == ["split", "close"]
    store.remove(["a"])
    assert store.corrections() == ()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("status", "maybe", "occurred, ongoing"),
        ("mode", "aerial", "visit, third-party"),
        ("issue", "peace", "ceasefire, withdrawal"),
        ("measure", "killed", "no field of an event"),
        ("type", None, "AGREE, CONSULT"),
        ("actors", [{"name": "x"}], "'text' is missing"),
        ("place", "Genf", "place cannot be"),
    ],
)
def test_values_that_cannot_be(read: Read, field: str, value: object, says: str) -> None:
    from lagebild.store.corrections import with_field

    report = read("a")
    with pytest.raises(LagebildError, match=says):
        with_field(report.findings[0], field, value, report.text)


def test_decisions_about_parties(store: Writer) -> None:
    store.decide("merge", [("Petro Poroshenko", "UKR"), ("Pjotr Poroschenko", None)], "one person")
    store.decide("split", [("Abbas", "PSE"), ("Abbas", "AZE")], "two", "AB")
    first, second = store.party_decisions()
    assert first.names == (("Petro Poroshenko", "UKR"), ("Pjotr Poroschenko", None))
    assert (second.action, second.author) == ("split", "AB")
    store.undecide(first.id)
    assert store.party_decisions() == (second,)
