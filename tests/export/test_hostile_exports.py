"""Whatever stands in a report, the tables keep their shape and the JSON stays JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from exports import written
from hypothesis import given, settings
from hypothesis import strategies as st
from made import event, figure, kept, on

from lagebild.export import View, make_view
from lagebild.export.acled import COLUMNS as ACLED
from lagebild.export.flat import COLUMNS as FLAT
from lagebild.export.gdelt import COLUMNS as GDELT
from lagebild.export.ged import COLUMNS as GED
from lagebild.model import Party, Place

#: Any text, with what ends cells and lines more often than chance has it.
TEXT = st.text(max_size=12) | st.sampled_from(
    ['"', "\t", "\r\n", "\r", ",", ";", "\x00", "\u2028", "\ud800", '","', "=1", "' \n"]
)
NAMES = (st.text(min_size=1, max_size=8) | st.sampled_from(["\r", "\n", '"'])).map(lambda t: f"Some {t} one")
COUNTRIES = st.sampled_from([None, "UKR", "XKX", "SUN", "???"])


@st.composite
def views(draw: Any) -> View:
    party = Party("X", draw(NAMES), draw(COUNTRIES), draw(st.sampled_from([None, "group", "state", "other", "person"])))
    place = Place(
        "X",
        draw(NAMES),
        draw(COUNTRIES),
        draw(st.none() | st.floats(-90, 90)),
        179.9999,
        draw(st.sampled_from([None, "city"])),
    )
    sentence = "Etwas geschah gestern"
    found = [
        event("ASSAULT", sentence, "geschah", mode="heavy-weapons", actors=[party], place=place, time=on("2014-10-01")),
        figure("killed", draw(st.integers(1, 10**9)), sentence, place=place, time=on("2014-10-01")),
    ]
    head = {name: draw(st.none() | TEXT) for name in ("url", "title")}
    return make_view([kept(draw(NAMES), "2014-10-02", draw(TEXT) or "Z", *found, **head)], "2014-10-02", draw(TEXT))


@pytest.mark.parametrize(
    ("name", "columns"),
    [("acled", ACLED), ("ged", GED), ("csv", tuple(column for column, _ in FLAT))],
)  # fmt: skip
@settings(max_examples=25)
@given(data=st.data())
def test_tables_keep_their_columns(name: str, columns: tuple[str, ...], data: st.DataObject) -> None:
    text, said = written(name, data.draw(views()), every=True)
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found[0] == list(columns) and len(found) == said.rows + 1
    assert all(len(row) == len(columns) for row in found)


@settings(max_examples=25)
@given(view=views())
def test_gdelt_keeps_its_columns(view: View) -> None:
    text, said = written("gdelt", view, every=True)
    found = text.split("\n")
    assert found.pop() == "" and len(found) == said.rows
    assert all(row.count("\t") == len(GDELT) - 1 for row in found)


@settings(max_examples=25)
@given(view=views())
def test_json_stays_json(view: View) -> None:
    assert json.loads(written("geojson", view)[0])["type"] == "FeatureCollection"
    for line in written("plover", view, every=True)[0].splitlines():
        assert json.loads(line)["event"] == ["ASSAULT"]
