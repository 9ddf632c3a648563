"""Who is meant: names, offices, party nouns, pronouns; each asked at a word of a parsed report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lagebild.language.document import Document
from lagebild.model import Party
from lagebild.reading.parties import Resolver

Parse = Callable[[str, str], Document]


def party(parse: Parse, text: str, word: str, language: str = "de", day: date = date(2014, 10, 14)) -> Party | None:
    """The party at the last word of that form in a text."""
    document = parse(text, language)
    resolver = Resolver(document, day)
    places = [(i, w) for i, s in enumerate(document.sentences) for w, form in enumerate(s.forms) if form == word]
    return resolver.party(*places[-1])


@pytest.mark.parametrize(
    ("text", "word", "name", "country"),
    [
        ("Die türkische Polizei nahm am Montag in Ankara drei Journalisten fest.", "Polizei", "Turkish police", "TUR"),
        ("Im Jemen wird gekämpft. Die Armee griff Stellungen an.", "Armee", "Yemeni military", "YEM"),
        ("Zwei US-Soldaten starben in Kabul.", "US-Soldaten", "US soldiers", "USA"),
        ("Schiitische Milizen sperrten im Irak eine Strasse.", "Milizen", "Shiite militias", "IRQ"),
        ("In Kiew trafen sich Aktivisten. Demonstranten zogen durch die Stadt.", "Demonstranten", "protesters", "UKR"),
        ("Die Anhänger der Hamas protestierten.", "Anhänger", "Hamas supporters", "PSE"),
        ("Kreise der Hamas bestätigten den Bericht.", "Kreise", "Hamas", "PSE"),
        ("Der mexikanische Staat fordert Geld.", "Staat", "Mexico", "MEX"),
        ("Der russische Präsident reiste nach Minsk.", "Präsident", "Vladimir Putin", "RUS"),
        ("Der venezolanische Ölminister dementierte.", "Ölminister", "Venezuelan oil minister", "VEN"),
        ("Ein Sprecher der NATO bestätigte den Angriff.", "Sprecher", "NATO spokesman", None),
        ("Augenzeugen in Aleppo hörten Schüsse.", "Augenzeugen", "eyewitnesses", "SYR"),
        ("In Syrien wird gekämpft. Augenzeugen hörten Schüsse.", "Augenzeugen", "eyewitnesses", None),
        (
            "Das Verteidigungsministerium der USA schwieg.",
            "Verteidigungsministerium",
            "US Department of Defense",
            "USA",
        ),
    ],
)
def test_common_nouns(parse: Parse, text: str, word: str, name: str, country: str | None) -> None:
    found = party(parse, text, word)
    assert found is not None
    assert (found.name, found.country) == (name, country)


def test_one_of_a_group_is_singular(parse: Parse) -> None:
    found = party(parse, "Ein afghanischer Soldat wurde getötet.", "Soldat")
    assert found is not None
    assert found.name == "Afghan soldier"


def test_building_that_stands_for_a_government(parse: Parse) -> None:
    found = party(parse, "Das Weisse Haus wies die Vorwürfe zurück.", "Haus")
    assert found is not None
    assert (found.name, found.country) == ("White House", "USA")


def test_surname_later_on_is_the_full_name(parse: Parse) -> None:
    text = "In Finnland sprach die Abgeordnete Aino Koskela. Am Abend kritisierte Koskela die Regierung."
    found = party(parse, text, "Koskela")
    assert found is not None
    assert (found.name, found.country) == ("Aino Koskela", "FIN")


def test_a_namesake_is_not_the_known_person(parse: Parse) -> None:
    found = party(parse, "In Dili sprach Eurico Guterres mit Reportern.", "Guterres")
    assert found is None or found.name != "António Guterres"


def test_who_serves_an_organisation_of_states_has_no_country(parse: Parse) -> None:
    text = "Kofi Annan forderte eine Waffenruhe."
    found = party(parse, text, "Annan", day=date(2004, 5, 1))
    assert found is not None
    assert (found.name, found.country) == ("Kofi Annan", None)


def test_former_office_is_not_its_present_holder(parse: Parse) -> None:
    found = party(parse, "Der frühere amerikanische Präsident hielt eine Rede.", "Präsident")
    assert found is not None
    assert found.name == "former US president"


def test_pronoun_for_a_person_needs_a_person(parse: Parse) -> None:
    text = "The prime minister of India, Narendra Modi, met the delegation. He called for calm."
    found = party(parse, text, "He", "en")
    assert found is not None
    assert found.name == "Narendra Modi"


@pytest.mark.parametrize(
    ("language", "text", "word", "name", "country"),
    [
        (
            "en",
            "Russia attacked Georgia. European leaders will discuss sanctions.",
            "leaders",
            "European leaders",
            None,
        ),
        ("en", "Clashes went on in Syria. Negotiators in Geneva agreed on a truce.", "Negotiators", "envoys", None),
        ("en", "In Ukraine the contact group meets again on Friday.", "group", "contact group", None),
        (
            "en",
            "Russia criticised the sanctions. The Union froze the assets of ten people.",
            "Union",
            "European Union",
            None,
        ),
        ("de", "In Deutschland stritt die Koalition. Die Union lehnte den Plan ab.", "Union", "CDU/CSU", "DEU"),
    ],
)
def test_who_is_of_no_one_country(
    parse: Parse, language: str, text: str, word: str, name: str, country: str | None
) -> None:
    found = party(parse, text, word, language)
    assert found is not None
    assert (found.name, found.country) == (name, country)


def test_of_two_holders_in_a_year_the_one_is_meant_whom_the_report_names(parse: Parse) -> None:
    text = "Der ukrainische Präsident reiste nach Minsk. Das teilte das Büro von Petro Poroschenko mit."
    found = party(parse, text, "Präsident")
    assert found is not None
    assert found.name == "Petro Poroshenko"
