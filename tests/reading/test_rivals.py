"""What the first weighing of all parties of a sentence says of each: rivals for a part, parts in other acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild import Reader
from lagebild.language.document import Document
from lagebild.model import Event
from lagebild.reading.events import find_acts
from lagebild.reading.rivals import Claim, rivals

Parse = Callable[[str, str], Document]


def test_a_party_knows_its_rival_and_its_part_in_the_other_act(parse: Parse) -> None:
    document = parse("Jordan condemned the attack on Norway.", "en")
    acts = find_acts(document)
    assert [a.type for a in acts] == ["ACCUSE", "ASSAULT"]
    jordan = [Claim(0, "Jordan", 2.5, -4.0), Claim(0, "Jordan", -0.5, -3.0)]
    norway = [Claim(5, "Norway", -4.0, -1.0), Claim(5, "Norway", -2.0, 1.5)]
    traits = rivals(document.sentences[0], acts, list(zip(jordan, norway, strict=True)))
    assert {"other actor -3", "lead as actor 3", "none of an act below"} <= set(traits[0][0])
    assert {"actor of ACCUSE above ASSAULT", "other recipient 1"} <= set(traits[1][0])


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Das Auswärtige Amt der Bundesrepublik verurteilte den Anschlag als zutiefst erschütternd.", "de", "ASSAULT"),
        ("The government of Jordan condemned the assault on the camp.", "en", "ASSAULT"),
    ],
)
def test_whoever_condemns_an_act_has_not_done_it(reader: Reader, text: str, language: str, kind: str) -> None:
    found = [f for f in reader.read(text, language=language).findings if isinstance(f, Event) and f.type == kind]
    assert [e.actors for e in found] == [()]
