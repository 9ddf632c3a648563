"""PLOVER: the manual's fields, its rules for intentions, and what it leaves out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from exports import written
from made import RUSSIA, UKRAINE

from lagebild.export.tables import table
from lagebild.model import EVENT_TYPES, ISSUES, STATUSES

#: The manual's table of JSON fields.
FIELDS = {
    "id", "has_event", "date", "time", "enddate", "endtime", "source", "recipient", "event", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date",
    "coded_time", "comment", "dead", "injured", "size",
}  # fmt: skip
ACTOR = {
    "code",
    "sector",
    "actor_text",
    "identifier_id",
    "identifier_text",
    "actor_loc",
    "religion",
    "ethnicity",
    "office",
}


def records(every: bool = False) -> list[dict[str, Any]]:
    text, said = written("plover", every=every)
    found = [json.loads(line) for line in text.splitlines()]
    assert said.rows == len(found)
    return found


def one(found: list[dict[str, Any]], trigger: str) -> dict[str, Any]:
    (record,) = [r for r in found if trigger in r["event_text"]]
    return record


def test_every_record_has_the_fields_of_the_manual() -> None:
    for record in records(every=True):
        assert {key for key in record if not key.startswith("lagebild_")} <= FIELDS
        assert {"id", "date", "source", "event"} <= record.keys()
        assert all(actor.keys() <= ACTOR for actor in (*record["source"], *record["recipient"]))
        assert record["quad_code"] in (1, 2, 3, 4)


def test_an_attack_is_one_record_with_its_range_of_dead() -> None:
    attack = one(records(), "beschossen")
    assert attack["event"] == ["ASSAULT"] and attack["mode"] == ["heavy-weapons"]
    assert attack["source"][0]["sector"] == "REB" and attack["recipient"][0]["sector"] == "CVL"
    assert attack["dead"] == "10-12"
    assert attack["event_loc"] == {
        "name": "Donetsk", "latitude": 48.02, "longitude": 37.8, "country code": "UA", "cc3": "UKR", "precision": "city",
    }  # fmt: skip
    assert attack["lagebild_said_by"] == ["Ukraine"]
    assert set(attack["lagebild_findings"]) == {"a#e1", "b#e1"}


def test_in_a_meeting_all_are_sources() -> None:
    talks = one(records(), "verhandelten")
    assert [a["code"] for a in talks["source"]] == [UKRAINE.country, RUSSIA.country]
    assert talks["recipient"] == []


def test_intended_cooperation_is_an_agreement_and_an_intended_retreat_a_concession() -> None:
    found = records()
    assert one(found, "treffen")["event"] == ["AGREE"] and one(found, "treffen")["mode"] == []
    assert one(found, "abziehen")["event"] == ["CONCEDE"]
    assert one(found, "abziehen")["quad_code"] == table("plover")["quad"]["CONCEDE"]


def test_what_has_not_happened_is_left_out_and_counted() -> None:
    text, said = written("plover")
    assert "stürmen" not in text and "Angriffe" not in text and '"Zugang"' not in text
    assert said.unreal == {"planned": 1, "demanded": 1, "denied": 1}
    assert "3 " not in str(said) and "1 demanded" in str(said) and "--all-statuses" in str(said)


def test_with_all_statuses_the_context_says_what_it_is() -> None:
    found = records(every=True)
    assert "future" in one(found, "stürmen")["context"]
    assert "hypothetical" in one(found, "Zugang")["context"]
    assert "negation" in one(found, "Angriffe")["context"]


def test_help_without_a_recipient_is_no_event() -> None:
    text, said = written("plover")
    assert "geliefert" not in text
    assert said.beyond["AID without a recipient"] == 1


@pytest.mark.parametrize("name", ["quad", "scale"])
def test_every_type_has_its_numbers(name: str) -> None:
    assert set(table("plover")[name]) == set(EVENT_TYPES)


def test_the_tables_name_only_what_there_is() -> None:
    rules = table("plover")
    assert set(rules["intended"]) | set(rules["needs_recipient"]) <= set(EVENT_TYPES)
    assert set(rules["issues"]) <= set(ISSUES)
    assert set(rules["contexts"]) <= set(STATUSES)
