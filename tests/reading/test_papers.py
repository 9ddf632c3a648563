"""What texts tell that a report quotes from: their authors vouch for it, however the texts are called afterwards."""

from __future__ import annotations

import pytest

from lagebild.model import Event
from lagebild.reading.reader import Reader

HRW = "Human Rights Watch hat am Montag in Nairobi einen Bericht über den Krieg im Südsudan vorgelegt. "
AMNESTY = "Amnesty International released a report on the fighting in Darfur on Tuesday. "


def event(reader: Reader, text: str, trigger: str, language: str) -> Event:
    report = reader.read(text, published="2015-03-10", language=language)
    found = [f for f in report.findings if isinstance(f, Event) and f.trigger == trigger]
    assert found, [f.trigger for f in report.findings]
    return found[-1]


def speakers(reader: Reader, text: str, trigger: str, language: str = "de") -> list[str]:
    return [p.name for p in event(reader, text, trigger, language).said_by]


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("Der Bericht dokumentiert Angriffe auf zwölf Dörfer.", "Angriffe"),
        ("Der Bericht enthält Details über die Rekrutierung von Kindern.", "Rekrutierung"),
        ("Im Bericht heißt es, Soldaten hätten Frauen entführt.", "entführt"),
        ("Die Studie listet Plünderungen von Hilfslagern auf.", "Plünderungen"),
        ("In dem Papier werden Waffenlieferungen an die Rebellen beschrieben.", "Waffenlieferungen"),
        ("In dem Dokument ist von Bombardierungen ganzer Dörfer die Rede.", "Bombardierungen"),
        ("Die Autoren werfen der Armee Folter vor.", "Folter"),
    ],
)
def test_who_presents_a_text_vouches_for_what_it_tells(reader: Reader, sentence: str, trigger: str) -> None:
    assert speakers(reader, HRW + sentence, trigger) == ["Human Rights Watch"]


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The report describes attacks on twelve villages.", "attacks"),
        ("The study lists the looting of relief supplies.", "looting"),
        ("The document describes how militias burned houses.", "burned"),
    ],
)
def test_the_same_in_english(reader: Reader, sentence: str, trigger: str) -> None:
    assert speakers(reader, AMNESTY + sentence, trigger, "en") == ["Amnesty International"]


def test_who_does_what_a_text_tells_did_not_write_it(reader: Reader) -> None:
    text = (
        HRW
        + "Dem Bericht zufolge töteten Regierungstruppen dort 60 Zivilisten. Im Bericht heißt es, Soldaten hätten Frauen entführt."
    )
    assert speakers(reader, text, "entführt") == ["Human Rights Watch"]


def test_a_text_that_is_known_without_having_been_named_is_where_that_was_said(reader: Reader) -> None:
    text = (
        "Ein Expertengremium der Vereinten Nationen wirft Ruanda die Unterstützung von Rebellen im Kongo vor. "
        "In dem 40 Seiten langen Bericht werden Waffenlieferungen an die M23 beschrieben."
    )
    assert speakers(reader, text, "Waffenlieferungen") == ["United Nations Panel of Experts"]


def test_a_new_text_is_nobodys_before(reader: Reader) -> None:
    text = HRW + "Ein Bericht einer Zeitung schildert Angriffe auf Dörfer."
    assert "Human Rights Watch" not in speakers(reader, text, "Angriffe")


def test_what_a_resolution_demands_those_demand_who_adopted_it(reader: Reader) -> None:
    text = "Der UNO-Sicherheitsrat hat am Dienstag eine Resolution zu Mali verabschiedet. Die Resolution verlangt den Abzug aller Kämpfer."
    assert [p.name for p in event(reader, text, "verlangt", "de").actors] == ["United Nations Security Council"]
    assert speakers(reader, text, "Abzug") == ["United Nations Security Council"]


def test_a_text_is_no_quotation_by_what_it_holds(reader: Reader) -> None:
    report = reader.read(HRW + "Der Bericht enthält Details über die Rekrutierung von Kindern.", language="de")
    assert report.quotes == ()


def test_a_report_that_is_not_known_yet_is_nobodys(reader: Reader) -> None:
    text = (
        "In Santiago warfen Anhänger des Generals Eier auf die Botschaft. "
        "Nach einem amtlichen Bericht von 1991 wurden unter seiner Herrschaft 2000 Menschen getötet."
    )
    assert not any("supporters" in name for name in speakers(reader, text, "getötet"))


def test_who_adopted_a_resolution_in_a_clause_of_its_own_is_its_author(reader: Reader) -> None:
    text = (
        "In dieser Resolution, die vom UNO-Sicherheitsrat angenommen wurde, ist von Fortschritten die Rede. "
        "Die Resolution fordert den Abzug der Truppen."
    )
    assert [p.name for p in event(reader, text, "fordert", "de").actors] == ["United Nations Security Council"]
