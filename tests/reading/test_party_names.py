"""How parties are called in English and which country is theirs, each in a parsed sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lagebild.language.document import Document
from lagebild.model import Event, Party
from lagebild.reading.inrole import in_role
from lagebild.reading.parties import Resolver
from lagebild.reading.reader import Reader

Parse = Callable[[str, str], Document]


def party(parse: Parse, text: str, word: str, language: str = "de") -> Party | None:
    """The party at the last word of that form in a text."""
    document = parse(text, language)
    resolver = Resolver(document, date(2014, 10, 14))
    places = [(i, w) for i, s in enumerate(document.sentences) for w, form in enumerate(s.forms) if form == word]
    return resolver.party(*places[-1])


@pytest.mark.parametrize(
    ("text", "word", "name", "country"),
    [
        ("Armenia protested. The U.S. urged Azerbaijan to reopen the corridor.", "U.S.", "United States", "USA"),
        ("Saddam Hussein met King Hussein of Jordan in Baghdad.", "Jordan", "Jordan", "JOR"),
        (
            "Palestinians fled. Israeli troops shot two Palestinians in the West Bank. The army said they had fired.",
            "army",
            "Israel Defense Forces",
            "ISR",
        ),
        ("Lebanon rejoiced. Lebanon heard that Syria had withdrawn soldiers.", "soldiers", "Syrian military", "SYR"),
        ("Jordan's King Abdullah spoke to the BBC.", "King", "King Abdullah II", "JOR"),
        ("Four Marines were killed in Ramadi by the Americans.", "Marines", "Iraqi soldiers", "IRQ"),
        ("A shopkeeper, Abu Omar, spoke in Baghdad.", "Omar", "Abu Omar", "IRQ"),
        ("The Al Aqsa Martyrs' Brigades vowed revenge.", "Brigades", "Al-Aqsa Martyrs' Brigades", "PSE"),
        ("The Board of Muslim clerics in Fallujah spoke.", "Board", "Association of Muslim Scholars", "IRQ"),
        ("Iraqi political forces condemned the killing.", "forces", "Iraqi political forces", "IRQ"),
        ("The minister met Saddam Hussein, who wrote to King Hussein.", "Hussein", "King Hussein", "JOR"),
        ("South Korea warned North Korea. The South shelled the North.", "North", "North Korea", "PRK"),
        ("South Korea warned North Korea. The North's artillery fired.", "artillery", "North Korean artillery", "PRK"),
        ("Syria and Turkey talked. The north of Syria was shelled.", "Syria", "Syria", "SYR"),
        (
            "South Korean President Lee Myung-bak met the envoy. The envoy threatened Mr. Lee.",
            "Lee",
            "Lee Myung-bak",
            "KOR",
        ),
        ("Pakistan reacted. Its security agencies searched the house.", "agencies", "Pakistani security forces", "PAK"),
    ],
)
def test_english_names(parse: Parse, text: str, word: str, name: str, country: str) -> None:
    found = party(parse, text, word, "en")
    assert found is not None
    assert (found.name, found.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "word", "language", "name"),
    [
        ("Die norwegische Regierung bot Hilfe an.", "Regierung", "de", "Government of Norway"),
        ("Die philippinische Regierung bot Hilfe an.", "Regierung", "de", "Government of the Philippines"),
        ("Die Bundesregierung in Berlin bot Hilfe an.", "Bundesregierung", "de", "German government"),
        ("The US government offered help.", "government", "en", "US government"),
        ("The Ugandan government offered help.", "government", "en", "Government of Uganda"),
        ("Die internationale Gemeinschaft lehnte ab.", "Gemeinschaft", "de", "international community"),
        ("Ein 34-Jähriger wurde in Bonn festgenommen.", "34-Jähriger", "de", "person"),
        ("Die Muslime griffen die Kopten an.", "Muslime", "de", "Muslims"),
        ("Die Junta in Myanmar lehnte ab.", "Junta", "de", "military government of Myanmar"),
        ("Das finnische Parlament stimmte zu.", "Parlament", "de", "Parliament of Finland"),
        ("Die israelische Armee rückte vor.", "Armee", "de", "Israel Defense Forces"),
        ("In Kenia wird gewählt. Die Opposition spricht von Betrug.", "Opposition", "de", "Kenyan opposition"),
        ("Drei ugandische Oppositionspolitiker sitzen in Haft.", "Oppositionspolitiker", "de",
         "Ugandan opposition politicians"),
        ("Zwei ghanaische Oppositionsparteien gaben auf.", "Oppositionsparteien", "de", "Ghanaian opposition parties"),
        ("Ein chinesisches Gericht sprach das Urteil.", "Gericht", "de", "Chinese court"),
        ("In Deutschland wird demonstriert. Die Hamburger Polizei sperrte die Brücke. Die Polizei griff ein.", "Polizei", "de",
         "Hamburg police"),
        ("Die Münchner sahen zu. Die deutsche Polizei nahm drei Männer fest.", "Polizei", "de", "German police"),
        ("In Rom tagte das Kabinett. Der Angeklagte schwieg. Die Angeklagten schwiegen.", "Angeklagten", "de", "suspects"),
        ("Die Volksfront für Freiheit (VFF) rief zum Streik auf. Die VFF will Neuwahlen.", "VFF", "de",
         "Volksfront für Freiheit"),
        ("Der Vizeaussenminister der Türkei sagte ab.", "Vizeaussenminister", "de", "Turkish deputy foreign minister"),
        ("In Sofia kritisierte der Anwalt Iwan Raschkow die Polizei.", "Anwalt", "de", "Ivan Rashkov"),
        ("Ein israelischer Regierungssprecher dementierte.", "Regierungssprecher", "de", "Israeli government spokesman"),
        ("Ein palästinensischer Selbstmordattentäter zündete die Bombe.", "Selbstmordattentäter", "de",
         "Palestinian suicide bomber"),
        ("Die Demokratische Partei Thailands lehnte ab.", "Partei", "de", "Democrat Party"),
        ("Die Staats- und Regierungschefs Russlands, der Ukraine und Frankreichs berieten in Minsk.", "Regierungschefs", "de",
         "Russia"),
        ("Die Ebert-Stiftung verurteilte den Angriff.", "Ebert-Stiftung", "de", "Ebert-Stiftung"),
        ("Die Internationale Sicherheitsunterstützungstruppe (ISAF) rückte aus.", "Sicherheitsunterstützungstruppe", "de",
         "International Security Assistance Force"),
    ],
)  # fmt: skip
def test_names(parse: Parse, text: str, word: str, language: str, name: str) -> None:
    found = party(parse, text, word, language)
    assert found is not None and found.name == name


def test_a_name_of_two_parties_keeps_its_state(parse: Parse) -> None:
    found = party(parse, "In Italien sagte die Partito Democratico ab.", "Democratico")
    assert found is None or found.name != "Democratic Party"


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        # The words behind the name say whose he is, not the country that the report is about.
        ("In Bagdad sprach Kasim Tawil, ein Diplomat aus Norwegen, von Fortschritten.", "Tawil", "NOR"),
        ("In Myanmar drängte UNICEF-Regionaldirektorin Clara Holm auf Hilfe.", "UNICEF-Regionaldirektorin", None),
        # A noun of one state stays that state's; what is foreign is not of the state that is talked about.
        ("Im Jemen wird gekämpft. Im Jemen sterben Menschen. Die Bundesregierung schwieg.", "Bundesregierung", "DEU"),
        ("In Peru wird gewählt. Ausländische Soldaten sahen zu.", "Soldaten", None),
        # Names between a first name and a surname.
        ("In Bagdad sprach Sayyid Ali Hosseini Khamenei am Freitag.", "Khamenei", "IRN"),
        # Who works for an organisation of states acts for none of them.
        ("UNICEF-Direktor Anthony Lake reiste nach Damaskus.", "Lake", None),
        ("Das sagte Steve Marsh, Sprecher der UN-Büros in Myanmar. Myanmar schweigt. Marsh reist ab.", "Marsh", None),
        # The first part of a compound says whom somebody leads or speaks for.
        ("In Israel schlugen Raketen ein. Hamasführer Ismail Haniyya schwieg.", "Haniyya", "PSE"),
        ("In Pakistan dementierte ein Talibansprecher.", "Talibansprecher", "AFG"),
        # An adjective of a town says of which country somebody is; a word for people is no town.
        ("In China wird gefeiert. Der Pariser Bürgermeister Bertrand Delanoe schwieg.", "Bürgermeister", "FRA"),
        ("Kuba dankte. Die Moskauer Regierung schwieg.", "Regierung", "RUS"),
        ("In Ungarn leben Roma. Die Roma fliehen.", "Roma", None),
        # Whose an army is a possessive pronoun says.
        ("Israel und seine Armee griffen Gaza an. Die Palästinenser schossen zurück.", "Armee", "ISR"),
    ],
)
def test_whose_a_person_is(parse: Parse, text: str, word: str, country: str | None) -> None:
    found = party(parse, text, word)
    assert found is not None and found.country == country


def test_people_are_of_the_country_that_is_talked_about_unless_they_are_killed() -> None:
    people = Party("1000 Menschen", "people", None, "population")
    assert in_role(people, "recipient", "AID", "PER").country == "PER"
    assert in_role(people, "recipient", "ASSAULT", "PER") == people
    assert in_role(people, "actor", "PROTEST", "PER").name == "protesters"
    muslims = Party("Muslime", "Muslims", None, "population")
    assert in_role(muslims, "actor", "PROTEST", "PER") == muslims


def test_nameless_people_who_march_are_protesters(reader: Reader) -> None:
    found = reader.read("In Lima demonstrierten am Montag 5000 Menschen gegen den Präsidenten.", language="de")
    event = next(f for f in found.findings if isinstance(f, Event))
    assert [(p.name, p.country) for p in event.actors] == [("protesters", "PER")]


def test_the_troops_of_a_government_are_of_the_country_of_the_rebels_they_fight(parse: Parse) -> None:
    text = "Russland schwieg. In Moskau beriet Russlands Präsident mit russischen Generälen über Russlands Grenze. "
    text += "Im Osten gab es Kämpfe zwischen den Regierungstruppen und prorussischen Separatisten."
    found = party(parse, text, "Regierungstruppen")
    assert found is not None and (found.name, found.country) == ("Ukrainian government forces", "UKR")


def test_both_sides_are_the_two_states_told_of_last(reader: Reader) -> None:
    text = "Peru und Chile streiten über die Grenze. Beide Seiten vereinbarten am Montag neue Gespräche."
    found = reader.read(text, language="de")
    event = next(f for f in found.findings if isinstance(f, Event) and f.trigger == "vereinbarten")
    assert {(p.text, p.name) for p in event.actors} == {("Beide Seiten", "Peru"), ("Beide Seiten", "Chile")}


@pytest.mark.parametrize(
    ("text", "language", "trigger", "names"),
    [
        (
            "Israel und die Hisbollah kämpfen weiter. Israel beschoss Tyros, die Hisbollah feuerte Raketen. "
            "Frankreichs Aussenminister forderte beide Seiten auf, die Waffen niederzulegen.",
            "de",
            "forderte",
            {"Israel", "Hezbollah"},
        ),
        (
            "The Sudanese army bombed Nyala. The Rapid Support Forces shelled the army's base. "
            "Britain urged both sides to stop the fighting.",
            "en",
            "urged",
            {"Sudanese Armed Forces", "Rapid Support Forces"},
        ),
    ],
)
def test_who_asks_something_of_both_sides_is_none_of_them(
    reader: Reader, text: str, language: str, trigger: str, names: set[str]
) -> None:
    found = reader.read(text, language=language)
    event = next(f for f in found.findings if isinstance(f, Event) and f.trigger == trigger)
    assert {p.name for p in event.recipients} == names


def test_a_bare_militia_is_no_organisation_of_states(parse: Parse) -> None:
    text = "Die RSF beschossen den Markt. Nach Schätzungen der Uno leben dort tausend Vertriebene. Die Armee lehnt "
    text += "Gespräche mit der Miliz ab."
    found = party(parse, text, "Miliz")
    assert found is not None
    assert found.name == "Rapid Support Forces"


def test_a_bare_parliament_is_that_of_the_person_who_speaks_to_it(parse: Parse) -> None:
    text = "Lebanon mourned. Beirut was bombed again, Lebanon's army said. Prime Minister Benjamin Netanyahu told lawmakers "
    text += "that Israel would go on."
    found = party(parse, text, "lawmakers", "en")
    assert found is not None
    assert (found.name, found.country) == ("Knesset", "ISR")


def test_the_first_part_of_two_compounds_is_nobody(reader: Reader) -> None:
    text = "Die Staats- und Regierungschefs Russlands, der Ukraine und Frankreichs einigten sich auf eine Waffenruhe."
    acts = [f for f in reader.read(text, language="de").findings if isinstance(f, Event) and f.type == "AGREE"]
    assert [{party.name for party in act.actors} for act in acts] == [{"Russia", "Ukraine", "France"}]


def test_a_local_cabinet_is_not_the_state_s(reader: Reader) -> None:
    text = "Deutschland wählt. Das Kabinett der baden-württembergischen Landesregierung kritisierte den Bericht."
    acts = [f for f in reader.read(text, language="de").findings if isinstance(f, Event) and f.type == "ACCUSE"]
    assert acts
    assert not any(party.name == "German government" for act in acts for party in act.actors)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A group calling itself the Army of Ansar claimed responsibility for the bombing.", "Army of Ansar"),
        ("A group known as the Islamic Army said it had shot down a helicopter.", "Islamic Army"),
    ],
)
def test_what_a_group_calls_itself(parse: Parse, text: str, name: str) -> None:
    found = party(parse, text, "group", "en")
    assert found is not None
    assert found.name == name


def test_a_paper_is_at_home_elsewhere(parse: Parse) -> None:
    found = party(parse, "The general told the BBC that the rebels had shelled the town.", "rebels", "en")
    assert found is not None
    assert found.country is None


def test_both_sides_are_two_bands_of_one_country(reader: Reader) -> None:
    text = (
        'Hamas and Fatah fought in Gaza. "This is madness," said an independent lawmaker. Both sides agreed to a truce.'
    )
    found = [f for f in reader.read(text, language="en").findings if isinstance(f, Event) and f.type == "AGREE"]
    assert {p.name for p in found[-1].actors} == {"Hamas", "Fatah"}


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Die USA fürchten um das Leben des saudi-arabischen Botschafters.", "Botschafters", "SAU"),
        ("Israel zerstörte das Haus des Hamasführers Jussuf Haddad.", "Hamasführers", "PSE"),
        ("In Kabul lobte Hauptmann Abraham Sipe von der US-Marineinfanterie die Lage.", "Hauptmann", "USA"),
    ],
)
def test_whom_a_person_serves_says_of_which_country_he_is(parse: Parse, text: str, word: str, country: str) -> None:
    found = party(parse, text, word)
    assert found is not None and found.country == country


def test_a_commissioner_of_a_union_is_of_no_state_wherever_his_name_stands(parse: Parse) -> None:
    text = "Der Entwicklungskommissar der Europäischen Union, Louis Michel, reiste nach Birma. Michel sprach mit der Junta."
    found = party(parse, text, "Michel")
    assert found is not None and (found.name, found.country) == ("Louis Michel", None)


def test_an_organ_is_nobodys_title(parse: Parse) -> None:
    found = party(
        parse,
        "Im Jahr 2007 erklärte die US-Regierung Soleimani zum Terroristen und verhängte Sanktionen.",
        "US-Regierung",
    )
    assert found is not None and found.country == "USA" and found.kind == "organ"
