"""Which act must happen first, on sentences of German and English news."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.model import Event

SENTENCES = [
    ("de", "Die EU hebt die Sanktionen auf, wenn Russland seine Truppen abzieht.", {("hebt", "abzieht")}),
    (
        "de",
        "Die Sanktionen könnten ausgesetzt werden, falls die Waffenruhe halte und Moskau seine Soldaten abziehe, hiess es.",
        {("ausgesetzt", "abziehe")},
    ),
    (
        "de",
        "Der Rebellenführer stimmte am Freitag zu, stellte aber eine Bedingung: Die Armee müsse sich zurückziehen.",
        {("stimmte", "zurückziehen")},
    ),
    ("de", "Sollte Russland seine Truppen abziehen, hebt die EU die Sanktionen auf.", {("hebt", "abziehen")}),
    ("de", "Die EU will die Sanktionen im Falle eines Abzugs aufheben.", {("aufheben", "Abzugs")}),
    (
        "de",
        "Moskau hat einen Austausch der Gefangenen vorgeschlagen. Im Gegenzug müsste Kiew seine Truppen abziehen.",
        {("vorgeschlagen", "abziehen")},
    ),
    (
        "de",
        "Der Minister hat einen Kompromiss vorgeschlagen und mit der Delegation verhandelt. Im Gegenzug müsste Kiew zwei "
        "Milliarden Dollar zahlen.",
        {("vorgeschlagen", "zahlen")},
    ),
    ("en", "Sanctions will stay in place unless Russia withdraws its troops.", {("Sanctions", "withdraws")}),
    ("en", "The withdrawal of the troops is a condition for lifting the sanctions.", {("lifting", "withdrawal")}),
    (
        "de",
        "Der Abzug ist eine der Bedingungen, unter denen der Westen seine Sanktionen aufheben will.",
        {("aufheben", "Abzug")},
    ),
    (
        "en",
        "The withdrawal is one of the conditions under which the West would lift its sanctions.",
        {("lift", "withdrawal")},
    ),
    ("en", "Reporters asked if Russia had attacked the town.", set()),
]


@pytest.mark.parametrize(("language", "text", "pairs"), SENTENCES)
def test_the_condition_is_tied_to_what_depends_on_it(
    reader: Reader, language: str, text: str, pairs: set[tuple[str, str]]
) -> None:
    events = {
        f.id: f for f in reader.read(text, published="2014-09-05", language=language).findings if isinstance(f, Event)
    }
    found = {(e.trigger, events[c].trigger) for e in events.values() for c in e.conditions}
    assert pairs <= found and (pairs or not found)
    # What is a condition has not happened.
    assert all(events[c].status not in ("occurred", "ongoing") for e in events.values() for c in e.conditions)
