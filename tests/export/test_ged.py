"""UCDP GED: its columns, ranges of dead from the series, kinds of violence, nothing without dead."""

from __future__ import annotations

import csv
import io

import pytest
from exports import CIVILIANS, SOMEWHERE, view, written
from made import ARMY, DONETSK, REBELS, RUSSIA, UN, event, figure, kept, on

from lagebild.export import make_view
from lagebild.export.ged import COLUMNS
from lagebild.export.view import View
from lagebild.model import Party, Place, Time


def rows(of: View | None = None) -> list[dict[str, str]]:
    text, said = written("ged", of)
    found = list(csv.DictReader(io.StringIO(text)))
    assert said.rows == len(found)
    return found


def fight(
    actor: Party | None, recipient: Party | None, place: Place | None = DONETSK, time: Time | None = None
) -> View:
    sentence = "Bei Kämpfen starben 7 Menschen"
    one = event(
        "ASSAULT", sentence, "Kämpfen", actors=[actor] if actor else [], recipients=[recipient] if recipient else [],
        place=place, time=time,
    )  # fmt: skip
    return make_view(
        [kept("x", "2014-10-05", "Anzeiger", one, figure("killed", 7, sentence, of="Menschen"))], "2014-10-05"
    )


def test_the_header_is_that_of_the_dataset() -> None:
    text, _ = written("ged")
    assert len(COLUMNS) == 49 and text.splitlines()[0] == ",".join(COLUMNS)


def test_best_low_and_high_come_from_the_sources() -> None:
    (row,) = rows()
    assert (row["low"], row["high"]) == ("10", "12")
    assert row["best"] in ("10", "12")
    parts = [int(row[f"deaths_{part}"]) for part in ("a", "b", "civilians", "unknown")]
    assert sum(parts) == int(row["best"]) and row["deaths_civilians"] == row["best"]
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Pro-Russian separatists", "Civilians")
    assert (row["country"], row["country_id"], row["region"]) == ("Ukraine", "369", "Europe")
    assert (row["where_prec"], row["date_prec"], row["event_clarity"]) == ("1", "1", "1")
    assert row["geom_wkt"] == "POINT (37.800000 48.020000)" and row["priogrid_gid"] == "199156"
    assert row["date_start"] == "2014-10-01 00:00:00.000"
    assert row["source_original"] == "Ukraine" and row["number_of_sources"] == "2"
    assert row["conflict_name"] == "War in Ukraine" and row["conflict_new_id"] == ""


def test_what_most_sources_give_is_best() -> None:
    sentence = "In Donezk starben am 1. Oktober 12 Zivilisten durch Beschuss der Separatisten"
    more = [
        kept(
            name, "2014-10-04", name,
            event("ASSAULT", sentence, "Beschuss", mode="heavy-weapons", actors=[REBELS], recipients=[CIVILIANS],
                  place=DONETSK, time=on("2014-10-01")),
            figure("killed", 12, sentence, of="Zivilisten", place=DONETSK, time=on("2014-10-01"), said_by=[party]),
            text=f"{sentence}. {name} {name} {name}",
        )
        for name, party in (("Kurier", RUSSIA), ("Tagblatt", ARMY))
    ]  # fmt: skip
    (row,) = rows(view(*more))
    assert (row["low"], row["best"], row["high"]) == ("10", "12", "12")


@pytest.mark.parametrize(
    ("actor", "recipient", "kind"),
    [(ARMY, REBELS, "1"), (RUSSIA, ARMY, "1"), (REBELS, Party("Miliz", "Azov Brigade", "UKR", "group"), "2"),
     (ARMY, CIVILIANS, "3"), (ARMY, None, ""), (None, CIVILIANS, ""), (UN, ARMY, "")],
)  # fmt: skip
def test_kinds_of_violence(actor: Party | None, recipient: Party | None, kind: str) -> None:
    (row,) = rows(fight(actor, recipient))
    assert row["type_of_violence"] == kind
    assert (row["dyad_name"] != "") == (actor is not None and recipient is not None)


def test_states_have_their_numbers() -> None:
    (row,) = rows(fight(RUSSIA, ARMY))
    assert (row["gwnoa"], row["gwnob"]) == ("365", "369")
    assert row["dyad_name"] == "Government of Russia - Government of Ukraine"


def test_what_has_neither_day_nor_place_is_no_event() -> None:
    text, said = written("ged", fight(ARMY, REBELS, SOMEWHERE))
    assert len(text.splitlines()) == 1
    assert said.beyond == {"attacks with neither day nor place": 1}
    (row,) = rows(fight(ARMY, REBELS, SOMEWHERE, on("2014-10-01", "2014-10-07")))
    assert (row["where_prec"], row["date_prec"], row["event_clarity"]) == ("6", "3", "2")
    assert row["priogrid_gid"] == ""


def test_attacks_without_dead_and_all_else_are_counted() -> None:
    _, said = written("ged")
    assert said.unreal == {"planned": 3, "demanded": 1, "denied": 1}
    assert said.beyond == {"no attack": 3}
