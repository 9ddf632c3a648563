"""ACLED: its 31 columns, its types where they can be told, one careful number of dead."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from exports import CIVILIANS, lone, view, written
from made import ARMY, DONETSK, MARIUPOL, REBELS, RUSSIA, UKRAINE, on

from lagebild.export.acled import COLUMNS
from lagebild.export.tables import country_codes, table
from lagebild.export.view import View
from lagebild.lexicon.countries import countries
from lagebild.model import ISSUES, MODES, Party, Place

#: Event and sub-event types of the codebook.
TYPES = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Protests": {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip


def rows(of: View | None = None, every: bool = False) -> list[dict[str, str]]:
    text, said = written("acled", of, every)
    found = list(csv.DictReader(io.StringIO(text)))
    assert said.rows == len(found)
    return found


def test_the_header_is_that_of_acled() -> None:
    text, _ = written("acled")
    assert len(COLUMNS) == 31 and text.splitlines()[0] == ",".join(COLUMNS)


def test_an_attack_on_civilians() -> None:
    (row,) = [r for r in rows() if r["event_type"] == "Explosions/Remote violence"]
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (row["actor1"], row["inter1"]) == ("Pro-Russian separatists", "Rebel group")
    assert (row["actor2"], row["inter2"]) == ("Civilians (Ukraine)", "Civilians")
    assert row["interaction"] == "Rebel group-Civilians" and row["civilian_targeting"] == "Civilian targeting"
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2014-10-01", "1", "1")
    assert (row["country"], row["iso"], row["region"], row["location"]) == ("Ukraine", "804", "Europe", "Donetsk")
    assert row["fatalities"] == "10"  # of 10 and 12 the lower one
    assert row["source"] == "Anzeiger; Bote"
    assert row["event_id_cnty"].startswith("UKR")


def test_plans_demands_and_denials_are_left_out_and_what_acled_does_not_code_is_counted() -> None:
    text, said = written("acled")
    assert "stürmen" not in text and "Angriffe auf" not in text
    assert said.unreal == {"planned": 3, "demanded": 1, "denied": 1}
    assert said.beyond == {"of no type that ACLED codes": 3}
    assert any("stürmen" in r["notes"] for r in rows(every=True))


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"type_": "ASSAULT", "actors": [ARMY], "recipients": [REBELS]}, ("Battles", "Armed clash")),
        ({"type_": "ASSAULT", "actors": [ARMY, REBELS]}, ("Battles", "Armed clash")),
        ({"type_": "ASSAULT", "actors": [REBELS], "recipients": [CIVILIANS]}, ("Violence against civilians", "Attack")),
        ({"type_": "ASSAULT", "actors": [REBELS]}, ("", "")),
        ({"type_": "ASSAULT", "mode": "drone", "actors": [ARMY]}, ("Explosions/Remote violence", "Air/drone strike")),
        ({"type_": "PROTEST", "mode": "demo", "actors": [CIVILIANS]}, ("Protests", "")),
        ({"type_": "COERCE", "mode": "arrest", "actors": [UKRAINE]}, ("Strategic developments", "Arrests")),
        ({"type_": "AGREE", "issue": "ceasefire", "actors": [UKRAINE]}, ("Strategic developments", "Agreement")),
    ],
)
def test_types(fields: dict[str, Any], kind: tuple[str, str]) -> None:
    seen, _ = lone(fields.pop("type_"), **fields)
    (row,) = rows(seen)
    assert (row["event_type"], row["sub_event_type"]) == kind


def test_forces_abroad_are_external() -> None:
    soldiers = Party("russische Soldaten", "Russian military", "RUS", "organ", "military")
    seen, _ = lone("ASSAULT", actors=[soldiers], recipients=[ARMY], place=MARIUPOL)
    (row,) = rows(seen)
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Russia", "External/Other forces")
    assert (row["actor2"], row["inter2"]) == ("Military Forces of Ukraine", "State forces")


def test_precision_of_days_and_places() -> None:
    region = Place("Osten", "Eastern Ukraine", "UKR", 48.0, 38.0, "region")
    for time, place, codes in (
        (on("2014-10-01", "2014-10-05"), DONETSK, ("2", "1")),
        (on("2014-10-01", "2014-10-31"), region, ("3", "3")),
        (None, None, ("3", "")),
    ):
        seen, _ = lone("ASSAULT", actors=[RUSSIA], recipients=[UKRAINE], time=time, place=place)
        (row,) = rows(seen)
        assert (row["time_precision"], row["geo_precision"]) == codes


def test_every_rule_gives_types_of_the_codebook() -> None:
    for rule in table("acled")["event"]:
        assert rule["event"] == "" or rule["sub"] == "" or rule["sub"] in TYPES[rule["event"]], rule
        assert set(rule.get("mode", ())) <= set(MODES[rule["type"]])
        assert set(rule.get("issue", ())) <= set(ISSUES)
    assert set(table("acled")["disorder"]) == set(TYPES)


def test_every_country_has_a_region() -> None:
    rules = table("acled")
    for code in set(countries()) & set(country_codes()):
        subregion = country_codes()[code].subregion
        assert code in rules["elsewhere"] or subregion in rules["regions"] or not subregion, code


def test_line_breaks_stay_in_their_cell() -> None:
    assert all(None not in row and None not in row.values() for row in rows(view(), every=True))
