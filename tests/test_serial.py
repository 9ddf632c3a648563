"""Report to JSON and back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.errors import ShapeError
from lagebild.model import MODES, Event, Figure, Party, Place, Quote, Report, Time, TimeExpression
from lagebild.serial import dumps, from_json, header_from_json, loads, published_day, to_json

DATA = Path(os.environ.get("LAGEBILD_DATA", Path(__file__).resolve().parents[2] / "shared"))
EVENT_KEYS = [
    "id",
    "kind",
    "type",
    "mode",
    "issue",
    "status",
    "actors",
    "recipients",
    "place",
    "time",
    "said_by",
    "stance",
    "conditions",
    "trigger",
    "trigger_span",
    "evidence",
    "evidence_span",
]
FIGURE_KEYS = [
    "id",
    "kind",
    "measure",
    "value",
    "precision",
    "of",
    "place",
    "time",
    "said_by",
    "stance",
    "trigger",
    "trigger_span",
    "evidence",
    "evidence_span",
]

anything = st.text(st.characters(), max_size=40)  # lone surrogates as well
words = st.text(max_size=20)
maybe = st.none() | words


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(anything.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    parties = st.lists(st.builds(Party, words, words, maybe, maybe, maybe), max_size=2).map(tuple)
    shared = {
        "trigger": text[start:end], "evidence": text, "trigger_span": (start, end), "evidence_span": (0, len(text)),
        "said_by": draw(parties), "place": draw(st.none() | st.builds(Place, words, words, maybe)),
        "time": draw(st.none() | st.builds(Time, words, maybe, maybe)),
    }  # fmt: skip
    kind = draw(st.sampled_from(sorted(MODES)))
    value = draw(st.floats(0, 1e12, allow_nan=False))
    return Report(
        id=draw(anything), text=text, title=draw(maybe), published=draw(st.dates().map(str)),
        findings=(Event(id="e1", type=kind, status="planned", actors=draw(parties), **shared),
                  Figure(id="f1", measure="killed", value=value, precision="about", **shared)),
        quotes=(Quote("Direct", ((start, end),)),),
        times=(TimeExpression((start, end), text[start:end], "DATE", "2014"),),
    )  # fmt: skip


@given(reports())
def test_round_trip(report: Report) -> None:
    line = dumps(report)
    assert len(line.splitlines()) == 1, "a report stays on one line for any program"
    line.encode("utf-8")
    assert loads(line) == report
    assert dumps(loads(line)) == line


def test_keys_are_those_of_the_contract() -> None:
    event = Event("e1", "AID", "ongoing", "a", "a", (0, 1), (0, 1))
    figure = Figure("f1", "killed", 3600.0, "exact", "a", "a", (0, 1), (0, 1))
    shape = to_json(Report("r", "a", findings=(event, figure)))
    assert list(shape) == [
        "id",
        "title",
        "url",
        "publisher",
        "published",
        "language",
        "text",
        "findings",
        "quotes",
        "times",
        "reader",
    ]
    assert list(shape["findings"][0]) == EVENT_KEYS
    assert list(shape["findings"][1]) == FIGURE_KEYS
    assert '"value": 3600,' in dumps(Report("r", "a", findings=(figure,)))


@pytest.mark.parametrize("identity", ["", " x ", "a/b\\c", "\u2028", "\ud800", 17, "ä\r\n"])
@pytest.mark.parametrize("text", ["a\r\nb\r", "\ufeffx", "Trup\xadpen\xa0zogen", "\ud83d allein", "\x00\x1b[31m"])
def test_id_and_text_come_back_untouched(identity: object, text: str) -> None:
    back = json.loads(dumps(header_from_json({"id": identity, "text": text})))
    assert (back["id"], back["text"]) == (identity, text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "a list"),
        ({"id": "x"}, "no key 'text'"),
        ({"id": "x", "text": 5}, "'text' must be a string"),
        ({"text": "x"}, "no key 'id'"),
        ({"id": {}, "text": "x"}, "'id' must be a string"),
        ({"id": "x", "text": "x", "title": 5}, "'title'"),
        ({"id": "x", "text": "x", "published": "2014-02-30"}, "'published' is no date"),
        ({"id": "x", "text": "x", "published": 2014}, "'published' is no date"),
        ({"id": "x", "text": "x", "findings": [{"id": "e1"}]}, "another shape"),
    ],
)
def test_other_shapes_are_told(data: object, said: str) -> None:
    with pytest.raises(ShapeError, match=said):
        from_json(data)


def test_published() -> None:
    assert published_day("2014-10-14T18:20:00+02:00") == "2014-10-14"
    assert published_day(None) is None


def test_gold_reports_are_valid_input() -> None:
    folder = DATA / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("no measuring data beside the repository (LAGEBILD_DATA)")
    for file in sorted(folder.glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        report = from_json(gold)
        assert (report.id, report.text) == (gold["id"], gold["text"])
        assert len(to_json(report)["findings"]) == len(gold["findings"])
