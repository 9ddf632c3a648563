"""CSV, Parquet and GeoJSON: they can say how real a finding is, and so hold everything."""

from __future__ import annotations

import builtins
import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from exports import reports, view, written
from geojson_pydantic import FeatureCollection, Point
from made import REBELS, event, kept

from lagebild.export import FORMATS, MissingLibrary, make_view
from lagebild.export.flat import COLUMNS
from lagebild.model import Party


def table(of: Any = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written("csv", of)[0], newline="")))


def test_csv_has_a_row_for_each_finding_with_status_and_speaker() -> None:
    found = {row["finding"]: row for row in table()}
    assert set(found) == {f"{r.id}#{f.id}" for r in reports() for f in r.findings}
    assert found["b#e2"]["status"] == "planned" and found["b#e5"]["status"] == "denied"
    assert found["b#e5"]["said_by"] == "Russia" and found["b#e5"]["stance"] == "denies"
    assert found["a#e2"]["actors"] == "Ukraine; Russia" and found["a#e2"]["actor_countries"] == "UKR; RUS"
    assert (found["a#f1"]["measure"], found["a#f1"]["value"], found["a#f1"]["precision"]) == ("killed", "12", "exact")
    assert found["a#e1"]["case"] == found["b#e1"]["case"] != ""
    assert found["a#f1"]["series"] == found["b#f1"]["series"] != ""
    assert (found["a#e1"]["start"], found["a#e1"]["latitude"]) == ("2014-10-01", "48.02")


def test_csv_says_that_nothing_was_left_out() -> None:
    assert str(written("csv")[1]) == "12 findings written"


def test_csv_gives_no_formula_to_a_spreadsheet() -> None:
    evil = Party("X", "=HYPERLINK(1)", None, "group")
    one = event("ASSAULT", "Etwas geschah gestern", "geschah", actors=[evil])
    (row,) = table(make_view([kept("-1+2", "2014-10-05", "@x", one, url="+1")], "2014-10-05"))
    assert row["actors"] == "'=HYPERLINK(1)" and row["publisher"] == "'@x" and row["report"] == "'-1+2"


def test_parquet_reads_back_typed() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    said = FORMATS["parquet"].write(view(), out, False)
    back = pq.read_table(io.BytesIO(out.getvalue()))
    assert back.column_names == [name for name, _ in COLUMNS] and back.num_rows == said.rows == 12
    found = {row["finding"]: row for row in back.to_pylist()}
    assert found["a#e2"]["actors"] == ["Ukraine", "Russia"] and found["a#e2"]["recipients"] == []
    assert found["a#e1"]["start"] == date(2014, 10, 1) and found["a#f1"]["value"] == 12.0
    assert found["a#f1"]["status"] is None and found["a#e1"]["corrected"] is False


def test_parquet_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingLibrary, match=r"pip install 'lagebild\[parquet\]'"):
        FORMATS["parquet"].write(view(), io.BytesIO(), False)


def test_geojson_is_what_the_standard_says() -> None:
    text, said = written("geojson")
    found = FeatureCollection.model_validate_json(text)
    assert len(found.features) == said.rows == len(view().cases)
    by_id = {feature.id: feature for feature in found.features}
    attack = by_id["a#e1"]
    assert isinstance(attack.geometry, Point) and attack.geometry.coordinates[:2] == (37.80, 48.02)
    properties = attack.properties
    assert properties["precision"] == "city" and properties["said_by"] == ["Ukraine"]
    assert (properties["killed_low"], properties["killed_high"]) == (10, 12)
    assert {f.properties["status"] for f in found.features} == {"occurred", "planned", "demanded", "denied"}
    assert by_id["b#e6"].geometry is None


def test_geojson_of_nothing_is_a_collection() -> None:
    quiet = make_view([kept("q", "2014-10-05", "Anzeiger", text="Nichts geschah.")], "2014-10-05")
    text, said = written("geojson", quiet)
    assert FeatureCollection.model_validate_json(text).features == [] and said.rows == 0


def test_a_doubted_event_says_so() -> None:
    one = event("ASSAULT", "Etwas geschah gestern", "geschah", actors=[REBELS], stance="doubts")
    seen = make_view([kept("x", "2014-10-05", "Anzeiger", one)], "2014-10-05")
    assert json.loads(written("geojson", seen)[0])["features"][0]["properties"]["status"] == "doubted"
    assert written("gdelt", seen)[1].unreal == {"doubted": 1}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_view_gives_the_same_bytes(name: str) -> None:
    made = []
    for _ in range(2):
        out = io.BytesIO()
        FORMATS[name].write(view(), out, True)
        made.append(out.getvalue())
    assert made[0] == made[1] != b""
