"""What a person sees of a read report: groups and their signs, parties named once, numbers, widths, safe output."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from lagebild.model import Event, Figure, Finding, Party, Report
from lagebild.render import GROUPS, SIGNS, Pen, amount, render

TEXT = (
    "Kerry traf Lawrow. Die Regierung sagte, die Armee greife an. Sie verlangte den Abzug, drohte aber mit Angriffen."
)
KERRY = Party("Kerry", "John Kerry", "USA", "person")
ARMY = Party("die Armee", "Ukrainian military", "UKR", "organ")
GOVERNMENT = Party("Die Regierung", "Ukrainian government", "UKR", "government")
COLOURS = re.compile(r"\033\[[\d;]*m")


def event(id: str, trigger: str, evidence: str, **fields: Any) -> Event:
    fields = {"type": "ASSAULT", "status": "occurred"} | fields
    start, word = TEXT.index(evidence), TEXT.index(trigger)
    spans = {"trigger_span": (word, word + len(trigger)), "evidence_span": (start, start + len(evidence))}
    return Event(id=id, trigger=trigger, evidence=evidence, **spans, **fields)


def figure(value: float, **fields: Any) -> Figure:
    fields = {"measure": "killed", "precision": "exact", "of": None} | fields
    return Figure(
        "f1", value=value, trigger="Kerry", evidence="Kerry", trigger_span=(0, 5), evidence_span=(0, 5), **fields
    )


def shown(*findings: Finding, pen: Pen | None = None) -> str:
    return render(Report("r", TEXT, language="de", findings=findings), pen)


MET = event("e1", "traf", "Kerry traf Lawrow", type="CONSULT", actors=(KERRY,))
ATTACKED = event("e2", "greife", "die Armee greife an", actors=(ARMY,), said_by=(GOVERNMENT,))
WANTED = event("e3", "Abzug", "Sie verlangte den Abzug", type="RETREAT", status="demanded", said_by=(GOVERNMENT,))
ALL = (
    MET,
    ATTACKED,
    replace(ATTACKED, id="e4", stance="doubts"),
    *(
        replace(ATTACKED, id=f"e{number}", status=status)
        for number, status in enumerate(("planned", "demanded", "considered", "conditional", "denied"), 5)
    ),
)


def test_every_group_has_its_own_sign_at_each_of_its_findings() -> None:
    lines = shown(*ALL, figure(3)).splitlines()
    assert len(set(SIGNS.values())) == len(SIGNS) == len(GROUPS) + 1
    for key, sign in SIGNS.items():
        assert sum(line.startswith(f"{sign} ") for line in lines) == 2, key  # the group's head and its finding


def test_the_heading_counts_the_groups() -> None:
    assert "2 events: 1 fact, 1 demanded · 1 figure" in shown(MET, WANTED, figure(3))


@pytest.mark.parametrize("width", [40, 60, 88, 110])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, colour: bool) -> None:
    plain = COLOURS.sub("", shown(*ALL, figure(3), pen=Pen(colour, width)))
    assert max(map(len, plain.splitlines())) <= width


def test_colours_change_no_word_but_the_brackets() -> None:
    plain = shown(*ALL, figure(3))
    assert COLOURS.sub("", shown(*ALL, figure(3), pen=Pen(True))) == plain.replace("[", "").replace("]", "")


def test_a_name_that_the_report_writes_in_full_is_not_said_twice() -> None:
    full = Party("US-Aussenminister John Kerry", "John Kerry", "USA", "person")
    assert ": John Kerry (USA)\n" in shown(replace(MET, actors=(full,)))
    assert ": NATO\n" in shown(replace(MET, actors=(Party("the NATO", "NATO", None, "organisation"),)))
    assert "Russia (RUS) «Moskau»" in shown(replace(MET, actors=(Party("Moskau", "Russia", "RUS", "government"),)))


def test_a_speaker_who_acts_as_well_is_named_in_short() -> None:
    assert "says Ukrainian military\n" in shown(replace(ATTACKED, said_by=(ARMY,)))
    assert "says Ukrainian government (UKR) «Die Regierung»\n" in shown(ATTACKED)


def test_words_from_within_a_sentence_begin_with_dots() -> None:
    assert "│ … die Armee [greife] an" in shown(ATTACKED)
    assert "│ Kerry [traf] Lawrow" in shown(MET)
    assert "│ Sie verlangte den [Abzug]" in shown(WANTED)


def test_an_issue_without_a_name_is_left_out() -> None:
    assert "Talks: John Kerry" in shown(replace(MET, issue="other"))
    assert "Talks about human rights: John Kerry" in shown(replace(MET, issue="human-rights"))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (figure(17600, of="Soldaten", precision="about"), "about 17,600 Soldaten"),
        (figure(3.2e9, of="Euro", measure="money"), "3.2 billion Euro"),
        (figure(2_000_000, of="Menschen"), "2 million Menschen"),
        (figure(1_234_567, of="Menschen"), "1,234,567 Menschen"),
        (figure(5, of="percent", measure="share"), "5 percent"),
        (figure(60, of="Prozent der Wähler", measure="share"), "60 percent: der Wähler"),
        (figure(0.5, measure="share"), "0.5 percent"),
    ],
)
def test_amounts(found: Figure, words: str) -> None:
    assert amount(found) == words


def test_control_characters_of_a_report_do_not_reach_the_terminal() -> None:
    hostile = replace(MET, actors=(Party("\033[31mX\nY", "\033[31mX\nY"),))
    out = render(Report("r\033[2J", TEXT, title="A\033]0;x\x07B", findings=(hostile,)))
    assert "\033" not in out and "\x07" not in out
