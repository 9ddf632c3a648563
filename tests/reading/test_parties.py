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


def named(
    parse: Parse, text: str, word: str, language: str = "de", day: date = date(2014, 10, 14)
) -> tuple[str, str | None]:
    """Name and country of the party there."""
    found = party(parse, text, word, language, day)
    assert found is not None
    return found.name, found.country


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
    assert named(parse, text, word) == (name, country)


def test_where_a_mediator_comes_from_is_not_whose_the_rebels_are(parse: Parse) -> None:
    text = "Unter Vermittlung der Schweizer Diplomatin Heidi Tagliavini einigten sich die Ukraine und die Separatisten."
    assert named(parse, text, "Separatisten")[1] == "UKR"


def test_the_state_is_not_the_states(parse: Parse) -> None:
    assert named(parse, "In Ukraine the state border guards left the post.", "guards", "en")[1] == "UKR"


@pytest.mark.parametrize(
    ("text", "word", "language", "name", "country"),
    [
        (
            "Die Hamas lehnt die Waffenruhe ab. Die Organisation will weiter kämpfen.",
            "Organisation",
            "de",
            "Hamas",
            "PSE",
        ),
        ("Hezbollah fired rockets on Monday. The group denied hitting the village.", "group", "en", "Hezbollah", "LBN"),
    ],
)
def test_a_bare_noun_takes_up_the_group_named_before(
    parse: Parse, text: str, word: str, language: str, name: str, country: str
) -> None:
    assert named(parse, text, word, language) == (name, country)


def test_a_noun_of_another_kind_or_of_several_takes_up_none(parse: Parse) -> None:
    for text, word in (
        ("Die Hamas lehnt die Waffenruhe ab. Die Zeitung nennt das einen Fehler.", "Zeitung"),
        ("Die Hamas lehnt die Waffenruhe ab. Die Organisationen stritten darüber.", "Organisationen"),
    ):
        found = party(parse, text, word)
        assert found is None or found.name != "Hamas"


def test_one_of_a_group_is_singular(parse: Parse) -> None:
    assert named(parse, "Ein afghanischer Soldat wurde getötet.", "Soldat")[0] == "Afghan soldier"


def test_building_that_stands_for_a_government(parse: Parse) -> None:
    assert named(parse, "Das Weisse Haus wies die Vorwürfe zurück.", "Haus") == ("White House", "USA")


def test_an_adjective_alone_names_no_office(parse: Parse) -> None:
    text = "Die Krise in Honduras geht weiter. Der Oberste Gerichtshof stützte die Armee."
    assert named(parse, text, "Gerichtshof") == ("Honduran Supreme Court", "HND")


def test_of_two_presidents_of_a_name_the_one_of_that_year_is_meant(parse: Parse) -> None:
    text = "US-Präsident George Bush telefonierte mit Boris Jelzin."
    assert named(parse, text, "Bush", day=date(1991, 8, 20)) == ("George H. W. Bush", "USA")
    assert named(parse, text, "Bush", day=date(2003, 3, 20)) == ("George W. Bush", "USA")


def test_whose_the_parliament_is_says_the_town_of_the_sentence(parse: Parse) -> None:
    text = "Aserbaidschan behält die Gebiete, wie Aserbaidschan und Armenien mitteilten. In Jerewan stürmten Menschen das Parlament."
    assert named(parse, text, "Parlament", day=date(2020, 11, 10)) == ("Parliament of Armenia", "ARM")


def test_the_president_is_who_was_called_so(parse: Parse) -> None:
    text = "US-Präsident Donald Trump traf Nordkoreas Machthaber Kim Jong Un. Der Präsident sagte Manöver ab."
    assert named(parse, text, "Präsident", day=date(2018, 6, 12)) == ("Donald Trump", "USA")


def test_a_noun_in_e_is_not_who_works_there(parse: Parse) -> None:
    assert party(parse, "Die Regierung von Nicaragua schloss ihre Grenzen.", "Grenzen") is None
    assert named(parse, "In Berlin schwieg die Angeklagte.", "Angeklagte")[0] == "suspects"


def test_servicemen_are_no_relatives(parse: Parse) -> None:
    found = named(parse, "In der Türkei wurden acht Militärangehörige verhaftet.", "Militärangehörige")
    assert found == ("Turkish soldiers", "TUR")


def test_surname_later_on_is_the_full_name(parse: Parse) -> None:
    text = "In Finnland sprach die Abgeordnete Aino Koskela. Am Abend kritisierte Koskela die Regierung."
    assert named(parse, text, "Koskela") == ("Aino Koskela", "FIN")


def test_a_namesake_is_not_the_known_person(parse: Parse) -> None:
    found = party(parse, "In Dili sprach Eurico Guterres mit Reportern.", "Guterres")
    assert found is None or found.name != "António Guterres"


def test_who_serves_an_organisation_of_states_has_no_country(parse: Parse) -> None:
    text = "Kofi Annan forderte eine Waffenruhe."
    assert named(parse, text, "Annan", day=date(2004, 5, 1)) == ("Kofi Annan", None)


def test_former_office_is_not_its_present_holder(parse: Parse) -> None:
    assert named(parse, "Der frühere amerikanische Präsident hielt eine Rede.", "Präsident")[0] == "former US president"


def test_pronoun_for_a_person_needs_a_person(parse: Parse) -> None:
    text = "The prime minister of India, Narendra Modi, met the delegation. He called for calm."
    assert named(parse, text, "He", "en")[0] == "Narendra Modi"


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
        (
            "de",
            "Die Mission der Vereinten Nationen im Sudan bestätigte die Kämpfe.",
            "Mission",
            "United Nations Mission in Sudan",
            None,
        ),
        ("de", "Die Uno-Mission in Haiti rief zur Ruhe auf.", "Uno-Mission", "MINUSTAH", None),
        ("en", "The United Nations Mission in South Sudan said fighting went on.", "Mission", "UNMISS", None),
        (
            "de",
            "Iran lehnt das ab. Der Gouverneursrat der Internationalen Atomenergieorganisation tagt in Wien.",
            "Gouverneursrat",
            "IAEA Board of Governors",
            None,
        ),
        (
            "de",
            "Die Kommission der Afrikanischen Union in Addis Abeba verurteilte den Putsch.",
            "Kommission",
            "African Union Commission",
            None,
        ),
        (
            "de",
            "Die europäischen Verteidigungsminister berieten am Freitag in Helsinki über die Truppe.",
            "Verteidigungsminister",
            "European defence ministers",
            None,
        ),
        (
            "de",
            "Die Haltung der westlichen Verhandlungspartner in Wien war eindeutig.",
            "Verhandlungspartner",
            "Western negotiators",
            None,
        ),
        ("de", "Westliche Diplomaten in Damaskus sprachen von Fortschritten.", "Diplomaten", "Western diplomats", None),
        ("en", "NATO defence ministers met in Brussels.", "ministers", "NATO defence ministers", None),
    ],
)
def test_who_is_of_no_one_country(
    parse: Parse, language: str, text: str, word: str, name: str, country: str | None
) -> None:
    assert named(parse, text, word, language) == (name, country)


def test_of_two_holders_in_a_year_the_one_is_meant_whom_the_report_names(parse: Parse) -> None:
    text = "Der ukrainische Präsident reiste nach Minsk. Das teilte das Büro von Petro Poroschenko mit."
    assert named(parse, text, "Präsident")[0] == "Petro Poroshenko"


@pytest.mark.parametrize(
    ("language", "text", "word", "name", "country"),
    [
        (
            "de",
            "In Syrien wird gekämpft. Das meldete wochenblick.de am Montag.",
            "wochenblick.de",
            "wochenblick.de",
            "DEU",
        ),
        ("de", "Laut nachrichten24.ru griff die ukrainische Armee an.", "nachrichten24.ru", "nachrichten24.ru", "RUS"),
        (
            "en",
            "The website kyivdaily.com.ua reported that Russian troops left.",
            "kyivdaily.com.ua",
            "kyivdaily.com.ua",
            "UKR",
        ),
        ("de", "Wie spiegel.de berichtete, starben in Kabul zwei Soldaten.", "spiegel.de", "Der Spiegel", "DEU"),
        ("en", "In Syria the fighting went on, according to warwatch.org.", "warwatch.org", "warwatch.org", None),
    ],
)
def test_an_internet_address_is_a_medium_of_the_country_of_its_ending(
    parse: Parse, language: str, text: str, word: str, name: str, country: str | None
) -> None:
    found = party(parse, text, word, language)
    assert found is not None
    assert (found.name, found.country, found.kind) == (name, country, "media")


def test_unknown_body_of_an_organisation_of_states_is_of_no_country(parse: Parse) -> None:
    document = parse("Der Lenkungsrat der OSZE in der Ukraine meldete Schüsse.", "de")
    found = Resolver(document, date(2014, 10, 14)).source(0, 1)
    assert found is not None
    assert found.country is None


def test_an_organisation_is_not_taken_for_a_person(parse: Parse) -> None:
    found = party(parse, "Der israelische Inlandsgeheimdienst Schin Bet nahm zwei Männer fest.", "Bet")
    assert found is None or found.name == "Shin Bet"


@pytest.mark.parametrize(
    ("language", "text", "word", "name", "country"),
    [
        ("de", "Die ukrainische Nationalgarde rückte vor.", "Nationalgarde", "Ukrainian National Guard", "UKR"),
        ("en", "The Ukrainian national guard pushed back rebels.", "guard", "Ukrainian National Guard", "UKR"),
        ("de", "Die türkische Gendarmerie nahm drei Männer fest.", "Gendarmerie", "Turkish gendarmerie", "TUR"),
        ("de", "Britische Marineinfanteristen enterten das Schiff.", "Marineinfanteristen", "British marines", "GBR"),
        ("en", "Russian paratroopers landed near the airport.", "paratroopers", "Russian paratroopers", "RUS"),
        (
            "de",
            "Die Präsidentengarde von Burkina Faso putschte.",
            "Präsidentengarde",
            "Burkinabé presidential guard",
            "BFA",
        ),
        ("de", "Die syrische Flugabwehr schoss zwei Raketen ab.", "Flugabwehr", "Syrian air defence", "SYR"),
    ],
)
def test_branches_of_armed_forces(
    parse: Parse, language: str, text: str, word: str, name: str, country: str | None
) -> None:
    assert named(parse, text, word, language) == (name, country)


@pytest.mark.parametrize(
    ("text", "word", "name", "country"),
    [
        (
            "Der pakistanische Uno-Botschafter kritisierte Indien.",
            "Uno-Botschafter",
            "Pakistani ambassador to the United Nations",
            "PAK",
        ),
        (
            "Der russische Vertreter bei der Nato verließ den Saal.",
            "Vertreter",
            "Russian government official to NATO",
            "RUS",
        ),
        ("Der Uno-Botschafter kritisierte Indien.", "Uno-Botschafter", "United Nations ambassador", None),
    ],
)
def test_a_state_speaks_through_its_envoy_at_an_organisation(
    parse: Parse, text: str, word: str, name: str, country: str | None
) -> None:
    assert named(parse, text, word) == (name, country)


def test_a_country_without_an_army_has_none(parse: Parse) -> None:
    text = (
        "Die Hamas meldete Tote in Gaza. Israel kündigte neue Angriffe im Gazastreifen an. In Gaza griff die Armee an."
    )
    assert named(parse, text, "Armee") == ("Israel Defense Forces", "ISR")


def test_an_opposition_is_of_the_country_with_which_its_sentence_begins(parse: Parse) -> None:
    text = "Washington und New York berieten. Die USA lehnten ab. In Südkorea forderte die Opposition Gespräche."
    assert named(parse, text, "Opposition") == ("South Korean opposition", "KOR")


def test_a_minister_is_of_the_state_that_his_title_names(parse: Parse) -> None:
    text = "Der sowjetische Außenminister Eduard Schewardnadse flog nach Bonn. Schewardnadse traf Genscher."
    assert named(parse, text, "Schewardnadse", day=date(1989, 6, 1)) == ("Eduard Shevardnadze", "SUN")


def test_a_title_tells_the_gender_of_its_bearer(parse: Parse) -> None:
    text = (
        "Der türkische Präsident Erdogan telefonierte. Im Gespräch mit Staatsrätin Aung San Suu Kyi äußerte er Sorge."
    )
    assert named(parse, text, "er") == ("Recep Tayyip Erdoğan", "TUR")


def test_reports_of_eyewitnesses_are_no_judges(parse: Parse) -> None:
    text = "In Belgrad waren nach Augenzeugenberichten Explosionen zu hören."
    found = party(parse, text, "Augenzeugenberichten")
    assert found is not None
    assert found.name == "eyewitnesses"
    berichte = party(parse, "In den ersten Berichten hieß es, sechs Menschen seien gestorben.", "Berichten")
    assert berichte is None or "judge" not in berichte.name


def test_whoever_calls_on_the_people_calls_on_his_own(parse: Parse) -> None:
    text = (
        "Moskau und Russlands Präsident warnten. Die Befreiungsarmee UCK rief die Bevölkerung auf, daheim zu bleiben."
    )
    assert named(parse, text, "Bevölkerung", day=date(1999, 3, 24)) == ("Kosovar residents", "XKX")


def test_rebels_are_of_where_it_happens_whoever_acts_there(parse: Parse) -> None:
    text = (
        "Die französische Luftwaffe hat Stellungen im Norden Malis bombardiert. Präsident François Hollande verteidigte "
        "den Einsatz Frankreichs. Der französische Minister sprach von einem Pilotenverlust bei Gefechten um Konna. "
        "In Bamako fielen Schüsse. Frankreichs Regierung beriet. Die Aufständischen nahmen eine Stadt ein."
    )
    assert named(parse, text, "Aufständischen", day=date(2013, 1, 14)) == ("Malian insurgents", "MLI")
