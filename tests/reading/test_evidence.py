"""The evidence of an event: the words that carry it, neither the whole sentence nor a bare noun where more is told."""

import pytest

from lagebild import Reader
from lagebild.model import Event

CASES = [
    # text, language, trigger, words that must stand in the evidence, words that must not
    (
        "Kerry sagte am Dienstag in Paris, Russland ziehe seine Truppen von der Grenze ab.",
        "de",
        "ziehe",
        "Russland ziehe seine Truppen",
        "Kerry",
    ),
    (
        "Die Rebellen, die am Montag den Flughafen angegriffen hatten, zogen sich in die Berge zurück.",
        "de",
        "angegriffen",
        "den Flughafen angegriffen",
        "Berge",
    ),
    (
        "Der Sprecher kündigte an, dass die Gespräche über eine Waffenruhe am Freitag fortgesetzt werden.",
        "de",
        "Gespräche",
        "Gespräche über eine Waffenruhe",
        "Sprecher",
    ),
    (
        "Soldiers opened fire on protesters in the capital, witnesses told a radio station on Sunday.",
        "en",
        "opened",
        "opened fire on protesters",
        "witnesses",
    ),
]


@pytest.mark.parametrize(("text", "language", "trigger", "inside", "outside"), CASES)
def test_evidence_is_the_clause(
    reader: Reader, text: str, language: str, trigger: str, inside: str, outside: str
) -> None:
    events = [f for f in reader.read(text, language=language).findings if isinstance(f, Event) and f.trigger == trigger]
    assert events, "the event was not read"
    assert inside in events[0].evidence
    assert outside not in events[0].evidence


def test_evidence_holds_its_trigger_and_is_copied_from_the_text(reader: Reader) -> None:
    text = (
        "Bei Kämpfen zwischen Soldaten und Rebellen wurden am Montag (nach UN-Angaben) drei Dörfer zerstört, hiess es."
    )
    for finding in reader.read(text, language="de").findings:
        assert text[slice(*finding.evidence_span)] == finding.evidence
        assert finding.trigger in finding.evidence
