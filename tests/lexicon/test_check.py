"""The lexicon's check finds each kind of fault, and the shipped lexicon has none."""

from __future__ import annotations

import pytest

from lagebild.lexicon.check import check_all, check_text

ENTRY = """
[[entry]]
lemma = "angreifen"
upos = "VERB"
type = "ASSAULT"
example = "Die Armee griff an."
"""


def test_shipped_lexicon_is_sound() -> None:
    assert list(check_all()) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ENTRY + ENTRY, "stands twice: angreifen"),
        (ENTRY.replace("ASSAULT", "ATTACK"), "unknown type 'ATTACK'"),
        (ENTRY + 'mode = "polite"', "unknown mode 'polite' of ASSAULT"),
        (ENTRY.replace('"VERB"', '"PART"'), "unknown upos 'PART'"),
        (ENTRY.replace("Die Armee griff an.", " "), "no example"),
        (ENTRY + 'trigger = "griffen"', "trigger 'griffen' does not stand in the example"),
        (ENTRY.replace('lemma = "angreifen"', 'lemmas = ["angreifen", "überfallen"]'), "the group's example lacks {}"),
        ('[[issue]]\nid = "x"\nwords = []\nexample = "a"', "empty group words"),
        ('[[modal]]\nlemma = "sollen"\nstatus = "maybe"\nexample = "a"', "unknown status 'maybe'"),
        ("[[entry", "no TOML"),
        ("", "empty"),
    ],
)
def test_faults_are_named(text: str, fault: str) -> None:
    found = list(check_text(text, "de/test.toml"))
    assert any(fault in line for line in found)
    assert all(line.startswith("de/test.toml") for line in found)


def test_sound_entry_passes() -> None:
    assert list(check_text(ENTRY, "de/test.toml")) == []
