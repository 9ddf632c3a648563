"""GDELT: 61 columns that readers made for it take, codes that exist, pairs of actors, nothing planned told as done."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from exports import lone, view, written
from made import ARMY, REBELS, RUSSIA, UKRAINE

from lagebild.export.cameo import event_code, goldstein, promised, quad_class
from lagebild.export.gdelt import COLUMNS
from lagebild.export.tables import country_codes, table
from lagebild.lexicon.countries import countries
from lagebild.lexicon.names import fold
from lagebild.lexicon.parties import parties
from lagebild.model import EVENT_TYPES, ISSUES, MODES

Row = dict[str, str]


def rows(text: str) -> list[Row]:
    assert text == "" or text.endswith("\n")
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in text.splitlines()]


def test_every_row_has_61_columns_and_numbers_where_numbers_belong() -> None:
    text, said = written("gdelt", every=True)
    found = rows(text)
    assert len(COLUMNS) == 61 and len(found) == said.rows > 5
    for row in found:
        assert row["GlobalEventID"].isdecimal() and len(row["Day"]) == 8 and len(row["DATEADDED"]) == 14
        assert row["Day"].startswith(row["MonthYear"]) and row["MonthYear"].startswith(row["Year"])
        assert row["EventCode"].startswith(row["EventBaseCode"]) and row["EventBaseCode"].startswith(
            row["EventRootCode"]
        )
        assert row["QuadClass"] in "1234" and -10 <= float(row["GoldsteinScale"]) <= 10
        assert row["Actor1Code"] or row["Actor2Code"]
    assert len({row["GlobalEventID"] for row in found}) == len(found)


def test_an_attack_has_codes_counts_place_and_source() -> None:
    (row,) = [r for r in rows(written("gdelt")[0]) if r["EventCode"] == "194"]
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("UKRSEP", "UKR", "SEP")
    assert row["Actor2Code"] == "UKRCVL"
    assert (row["EventRootCode"], row["QuadClass"], row["GoldsteinScale"]) == ("19", "4", "-10.0")
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"], row["AvgTone"]) == ("2", "2", "2", "")
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == ("4", "Donetsk, Ukraine")
    assert (row["ActionGeo_CountryCode"], row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("UP", "48.02", "37.8")
    assert (row["Day"], row["FractionDate"]) == ("20141001", "2014.8247")
    assert row["SOURCEURL"] == "https://anzeiger.example/a"


def test_talks_are_told_in_both_directions() -> None:
    found = [(r["Actor1Code"], r["Actor2Code"]) for r in rows(written("gdelt")[0]) if r["EventCode"] == "040"]
    assert sorted(found) == [("RUS", "UKR"), ("UKR", "RUS")]


def test_a_visit_is_hosted() -> None:
    seen, _ = lone("CONSULT", mode="visit", actors=[RUSSIA], recipients=[UKRAINE])
    found = [(r["Actor1Code"], r["EventCode"], r["Actor2Code"]) for r in rows(written("gdelt", seen)[0])]
    assert found == [("RUS", "042", "UKR"), ("UKR", "043", "RUS")]


def test_fighting_sides_act_on_each_other_but_allies_do_not() -> None:
    seen, _ = lone("ASSAULT", actors=[ARMY, REBELS])
    assert len(rows(written("gdelt", seen)[0])) == 2
    seen, _ = lone("ASSAULT", actors=[ARMY, UKRAINE])
    assert {r["Actor2Code"] for r in rows(written("gdelt", seen)[0])} == {""}


def test_intended_cooperation_is_coded_as_intent_and_planned_attacks_are_left_out() -> None:
    text, said = written("gdelt")
    codes = {(r["Actor1Code"], r["EventCode"]) for r in rows(text)}
    assert ("RUS", "036") in codes and ("RUS", "0356") in codes
    assert ("UKRMIL", "190") not in codes
    assert said.unreal == {"planned": 1, "demanded": 1, "denied": 1}
    every = {(r["Actor1Code"], r["EventCode"]) for r in rows(written("gdelt", every=True)[0])}
    assert ("UKRMIL", "190") in every


def test_nobody_is_no_row() -> None:
    seen, _ = lone("ASSAULT")
    text, said = written("gdelt", seen)
    assert text == "" and said.beyond == {"without any actor": 1}


def test_tabs_and_line_breaks_of_reports_do_not_break_the_table() -> None:
    from made import event, kept

    from lagebild.model import Party

    odd = Party("X", "Odd\tname\nhere", "UKR", "group")
    one = event("ASSAULT", "Etwas geschah gestern", "geschah", actors=[odd])
    found = rows(written("gdelt", view(kept("z", "2014-10-09", "Z", one, url="https://z.example/\ta")))[0])
    assert [r["SOURCEURL"] for r in found if r["Actor1Name"] == "ODD NAME HERE"] == ["https://z.example/ a"]


def test_every_type_mode_and_issue_has_a_code_with_a_value() -> None:
    for type_ in EVENT_TYPES:
        for mode in (None, *MODES[type_]):
            for issue in (None, *ISSUES):
                for status in ("occurred", "planned"):
                    seen, _ = lone(type_, mode=mode, issue=issue, status=status)
                    code = event_code(seen.cases[0])
                    assert goldstein(code) is not None, code
                    if status == "planned" and promised(seen.cases[0]):
                        assert quad_class(code) == 1


def test_rules_name_only_modes_and_issues_that_there_are() -> None:
    for rule in (*table("cameo")["code"], *table("cameo")["intent"]):
        assert set(rule.get("mode", ())) <= set(MODES[rule["type"]])
        assert set(rule.get("issue", ())) <= set(ISSUES)


def test_known_actors_are_parties_of_the_lexicon() -> None:
    for entry in table("cameo")["actor"]["known"]:
        found = parties().lookup(entry["name"], "en")
        assert found is not None and fold(found.name) == fold(entry["name"]), entry["name"]


def test_every_country_of_the_lexicon_has_codes() -> None:
    gone = {"SUN", "YUG", "CSK", "DDR", "SCG"}
    assert set(countries()) - set(country_codes()) <= gone
    assert country_codes()["UKR"] == ("UA", "804", "UP", "369", "Eastern Europe")


def test_a_reader_made_for_gdelt_knows_every_code() -> None:
    codes = pytest.importorskip("gdeltforge.sampling.cameo_codes")
    rules = table("cameo")
    for name in [r["code"] for r in (*rules["code"], *rules["intent"])] + list(rules["goldstein"]):
        assert name in codes.event_codes(), name
    for entry in rules["actor"]["known"]:
        assert entry["group"] in codes.known_group_codes(), entry
        assert set(entry["types"]) <= set(codes.type_codes()), entry
    assert set(rules["actor"]["roles"].values()) <= set(codes.type_codes())
    assert set(rules["actor"]["countries"].values()) <= set(codes.actor_country_codes())


def test_a_reader_made_for_gdelt_reads_the_table_back(tmp_path: Path) -> None:
    converter = pytest.importorskip("gdeltforge.conversion.converter")
    config = pytest.importorskip("gdeltforge.utils.config")
    import pyarrow.parquet as pq

    text, said = written("gdelt", every=True)
    settings = config._bundled_default_dict()
    for key in [k for k in settings["paths"] if k.startswith("event_15min")]:
        settings["paths"][key] = str(tmp_path / key)
    raw = tmp_path / "event_15min_downloaded_data_directory"
    raw.mkdir()
    with zipfile.ZipFile(raw / "20141003000000.export.CSV.zip", "w") as packed:
        packed.writestr("20141003000000.export.CSV", text)
    reader = converter.GDELTConverter(settings, dataset="gdelt_event_15min", quiet=True)
    made = reader.process_single_file(str(raw / "20141003000000.export.CSV.zip"))
    table_ = pq.read_table(made[0])
    assert table_.num_rows == said.rows
    assert set(COLUMNS) <= set(table_.column_names)
    back = table_.to_pylist()
    for row, mine in zip(back, rows(text), strict=True):
        assert str(row["GlobalEventID"]) == mine["GlobalEventID"]
        assert row["EventCode"] == mine["EventCode"] and row["GoldsteinScale"] == float(mine["GoldsteinScale"])
        assert (row["ActionGeo_FullName"] or "") == mine["ActionGeo_FullName"]
        assert row["AvgTone"] is None
