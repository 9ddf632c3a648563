"""Copies: which report counts for which."""

from __future__ import annotations

from lagebild.picture.copies import origins

STORY = "Die Waffenruhe hielt am Montag nach Angaben der Beobachter weitgehend, aus Donezk wurden vereinzelt Schüsse gemeldet."


def test_a_report_that_repeats_itself_is_its_own_origin() -> None:
    assert origins([("a", "2014-09-05", f"{STORY} {STORY} {STORY}")]) == {"a": "a"}


def test_a_copy_counts_for_the_earlier_report() -> None:
    texts = [("a", "2014-09-05", f"{STORY} {STORY}"), ("b", "2014-09-06", f"KIEW. {STORY} {STORY}")]
    assert origins(texts) == {"a": "a", "b": "a"}
