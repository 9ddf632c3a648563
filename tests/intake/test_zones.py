"""Zones of raw page text: every word of the tables by its example, and whole pages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.intake.zones import zones
from lagebild.lexicon.loader import LANGUAGES, load

BODY = "Der Präsident reiste am Montag nach Wien und sprach dort mit den Gesandten über die Lage an der Grenze."
ENTRIES = [entry for language in LANGUAGES for entry in load(language, "zones").get("entry", ())]


def kinds(text: str) -> list[str]:
    return [zone.kind for zone in zones(text)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["example"][:40])
def test_examples(entry: dict[str, Any]) -> None:
    assert kinds(f"{BODY}\n{entry['example']}\n\n{BODY[:40]} gut.") == ["body", entry["zone"], "body"]


def test_page() -> None:
    caption = "Der Präsident reiste am Montag nach Wien. (Archivbild) /"
    text = (
        f"Gespräche in Wien\n\nVon Anna Keller\n\n{BODY}\nGrenze bleibt zu\n{BODY[:50]} ab.\n{caption}\n\nSo endete er."
    )
    assert kinds(text) == ["headline", "byline", "body", "crosshead", "body", "caption", "body"]
    assert zones(text)[5].double_of == text.index(BODY)


def test_doubled_line_without_mark_is_a_caption() -> None:
    text = f"{BODY}\n\nMehr ist nicht bekannt.\n\n{BODY}\n\nEnde."
    assert [(z.kind, z.double_of) for z in zones(text)][2] == ("caption", 0)


def test_broken_lines_stay_one_paragraph() -> None:
    text = (
        "Die Regierung in Wien hat am Montag\nGespräche mit der Opposition des Landes\nangekündigt und dabei auch die "
        "Lage\nan der Grenze zu Ungarn genannt. Die\nOpposition will daran teilnehmen.\n"
    )
    assert kinds(text) == ["body"]


def test_lists_are_body() -> None:
    names = "\n\n".join(["Ali Hassan, Basra", "Omar Khalid, Mossul", "Said Karim, Kirkuk"])
    assert set(kinds(f"{BODY}\n\n{names}\n\n{BODY[:60]} an.")) == {"body"}


@given(st.text(max_size=300) | st.text(st.sampled_from("Ab .\n/()«»\xad\xa0"), max_size=200))
def test_zones_are_the_whole_text(text: str) -> None:
    found = zones(text)
    assert "".join(text[slice(*zone.span)] for zone in found) == text
    for zone in found:
        assert zone.span[0] < zone.span[1]
        assert zone.double_of is None or 0 <= zone.double_of < len(text)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("Kiew (dpa) - Die Armee hat am Montag angegriffen.", "Kiew (dpa) - "),
        ("Kiew/Moskau (AKO) – Ein Konvoi ist über die Grenze gefahren.", "Kiew/Moskau (AKO) – "),
        ("GENEVA, Aug 13 - The number of dead has doubled.", "GENEVA, Aug 13 - "),
        ("BRUSSELS/KIEV, Aug 28 (Reuters) - Troops are fighting.", "BRUSSELS/KIEV, Aug 28 (Reuters) - "),
        ("NEW YORK — The Council met on Thursday.", "NEW YORK — "),
        ("New York, 13. August (ap) – Der Rat tagte.", "New York, 13. August (ap) – "),
        ("Donezk - einst eine Millionenstadt - liegt in Trümmern.", ""),
        ("NATO-Truppen rücken vor.", ""),
        ("Mali (Westafrika) hat ein neues Parlament.", ""),
        ("Er kam am 3. August - zu spät.", ""),
    ],
)
def test_the_line_of_place_day_and_agency_is_no_part_of_the_first_sentence(text: str, dateline: str) -> None:
    first = zones(text)[0]
    assert (text[slice(*first.span)] if first.kind == "byline" else "") == dateline
