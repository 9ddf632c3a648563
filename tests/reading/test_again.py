"""Nouns and pronouns that take up somebody named before: a group, an organisation, a ministry, a country."""

from __future__ import annotations

import pytest

from lagebild.model import Event
from lagebild.reading.reader import Reader


def actors(reader: Reader, text: str, trigger: str, language: str = "de") -> list[str]:
    report = reader.read(text, published="2015-03-10", language=language)
    found = [f for f in report.findings if isinstance(f, Event) and f.trigger == trigger]
    assert found, [f.trigger for f in report.findings]
    return [p.name for p in found[-1].actors]


IS = "Die Terrororganisation Islamischer Staat hat in Mossul 20 Menschen getötet. "


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("Die Gruppe drohte mit weiteren Anschlägen.", "drohte"),
        ("Die Extremisten entführten zudem fünf Journalisten.", "entführten"),
        ("Die Gruppe drohte mit weiteren Anschlägen. Auch Dörfer brannten. Die Miliz fordert Lösegeld.", "fordert"),
    ],
)
def test_a_group_is_taken_up_by_another_noun(reader: Reader, sentence: str, trigger: str) -> None:
    assert actors(reader, IS + sentence, trigger) == ["Islamic State"]


def test_a_group_that_stands_with_its_kind_has_its_own_name(reader: Reader) -> None:
    assert actors(reader, IS, "getötet") == ["Islamic State"]


def test_groups_in_english(reader: Reader) -> None:
    text = (
        "The Islamic State group killed 20 people in Mosul. The group threatened further attacks. "
        "The militants also kidnapped five journalists."
    )
    assert actors(reader, text, "threatened", "en") == ["Islamic State"]
    assert actors(reader, text, "kidnapped", "en") == ["Islamic State"]


def test_other_people_of_the_kind_are_not_the_group(reader: Reader) -> None:
    assert actors(reader, IS + "Zwei Extremisten entführten einen Journalisten.", "entführten") != ["Islamic State"]


def test_a_bare_ministry_is_the_one_told_of(reader: Reader) -> None:
    text = (
        "Das russische Verteidigungsministerium meldete den Abschuss von zwölf Drohnen. "
        "Das Ministerium warf Kiew vor, Zivilisten anzugreifen."
    )
    assert actors(reader, text, "warf") == ["Russian Ministry of Defence"]


def test_a_bare_country_is_the_subject_of_the_sentence_before(reader: Reader) -> None:
    text = "Südkorea protestierte gegen den Raketentest Nordkoreas. Das Land kündigte Manöver mit den USA an."
    assert actors(reader, text, "Manöver") == ["South Korea"]


def test_it_is_the_organ_or_state_before_where_it_does_something(reader: Reader) -> None:
    text = "The Russian defence ministry reported that it had shot down twelve drones. It accused Kyiv of attacking civilians."
    assert actors(reader, text, "accused", "en") == ["Russian Ministry of Defence"]
    text = "China condemned the sale of arms to Taiwan. It threatened to impose sanctions on the firms."
    assert actors(reader, text, "threatened", "en") == ["China"]


def test_it_is_nobody_where_it_only_holds_the_place(reader: Reader) -> None:
    text = "China condemned the sale of arms. It is feared that more soldiers were killed. It emerged that a bus was shelled."
    assert actors(reader, text, "killed", "en") == []
    assert actors(reader, text, "shelled", "en") == []


def test_what_it_says_is_the_authors(reader: Reader) -> None:
    text = "Amnesty International released a report on Darfur. It says soldiers abducted women."
    report = reader.read(text, published="2015-03-10", language="en")
    found = [f for f in report.findings if isinstance(f, Event) and f.trigger == "abducted"]
    assert [[p.name for p in f.said_by] for f in found] == [["Amnesty International"]]


def test_they_are_those_who_stood_side_by_side_before(reader: Reader) -> None:
    text = "Kim Jong-un and Moon Jae-in met in Panmunjom. They pledged to work for a formal end of the war."
    assert set(actors(reader, text, "pledged", "en")) == {"Kim Jong-un", "Moon Jae-in"}


def test_a_king_is_the_one_who_was_called_so(reader: Reader) -> None:
    text = "Defence Secretary Dick Cheney flew to Jeddah and asked King Fahd to let US troops in. The king agreed on Monday."
    report = reader.read(text, published="1990-08-07", language="en")
    found = [f for f in report.findings if isinstance(f, Event) and f.trigger == "agreed"]
    assert [[p.name for p in f.actors] for f in found] == [["King Fahd"]]


def test_a_council_is_the_one_whose_name_says_so(reader: Reader) -> None:
    text = (
        "Der Sicherheitsrat der Vereinten Nationen hat Sanktionen gegen Nordkorea verhängt. Die Nato begrüßte das. "
        "Der Rat drohte Pjöngjang mit weiteren Schritten."
    )
    assert actors(reader, text, "drohte") == ["United Nations Security Council"]


@pytest.mark.parametrize(
    ("text", "trigger", "language"),
    [
        ("In Niamey zogen Tausende vor die Botschaft, zündeten eine Tür an und riefen Parolen.", "zündeten", "de"),
        ("Thousands attacked the embassy in Niamey on Sunday.", "attacked", "en"),
    ],
)
def test_a_number_that_stands_alone_means_people(reader: Reader, text: str, trigger: str, language: str) -> None:
    assert actors(reader, text, trigger, language) == ["people"]


def test_neighbours_of_a_state_are_no_residents(reader: Reader) -> None:
    text = "Die Ecowas hat Sanktionen gegen Niger verhängt. Die Nachbarn schließen ihre Grenzen."
    assert actors(reader, text, "schließen") == ["neighbours"]


def test_what_a_resolution_forbids_those_forbid_who_adopted_it(reader: Reader) -> None:
    text = "Der UNO-Sicherheitsrat hat eine Resolution zu Nordkorea verabschiedet. Die Resolution verbietet den Handel mit Panzern."
    assert actors(reader, text, "verbietet") == ["United Nations Security Council"]


def test_a_group_may_stand_in_the_clause_before(reader: Reader) -> None:
    text = (
        "Der Sicherheitsrat beriet über die Lage. "
        "Die Hamas rief zu Protesten auf; die Gruppe drohte zudem mit Anschlägen in Israel."
    )
    assert actors(reader, text, "drohte") == ["Hamas"]


def test_a_bare_parliament_is_the_unions_of_which_the_report_tells(reader: Reader) -> None:
    text = (
        "Das Europäische Parlament hat den Haushalt abgelehnt. Die portugiesische Ratspräsidentschaft bedauerte das. "
        "Das Parlament fordert Sanktionen gegen Belarus."
    )
    assert actors(reader, text, "fordert") == ["European Parliament"]


def test_members_are_those_of_the_group_that_tells_of_them(reader: Reader) -> None:
    text = (
        "Die Hamas feierte die Einigung. "
        "Im Süden tötete das israelische Militär nach Angaben der Hisbollah fünf Mitglieder der Miliz."
    )
    report = reader.read(text, published="2023-11-22", language="de")
    event = next(f for f in report.findings if isinstance(f, Event) and f.trigger == "tötete")
    assert [p.name for p in event.recipients] == ["Hezbollah"]


def test_of_two_parliaments_the_deputies_are_not_the_unions(reader: Reader) -> None:
    text = (
        "Das Parlament in Kiew ratifizierte das Abkommen mit der EU. Zur selben Stunde stimmte das Europaparlament zu. "
        "Außerdem billigte das Parlament ein Gesetz über die Amnestie für Kämpfer aus Donezk."
    )
    assert actors(reader, text, "billigte") != ["European Parliament"]


def test_a_militia_is_taken_up_by_a_compound(reader: Reader) -> None:
    text = (
        "Israels Militär tötete nach eigenen Angaben drei Mitglieder der Hisbollah. "
        "Die Schiitenmiliz beschoss daraufhin den Norden Israels mit Raketen."
    )
    assert actors(reader, text, "beschoss") == ["Hezbollah"]
