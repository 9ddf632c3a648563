"""Who vouches for a finding: actors of verbal acts, speakers, sources behind a text."""

from __future__ import annotations

import pytest

from lagebild.model import Event, Figure
from lagebild.reading.reader import Reader


def event(reader: Reader, text: str, trigger: str, language: str = "de") -> Event:
    report = reader.read(text, published="2015-03-10", language=language)
    found = [f for f in report.findings if isinstance(f, Event) and f.trigger == trigger]
    assert found, [f.trigger for f in report.findings]
    return found[0]


def names(e: Event) -> list[str]:
    return [p.name for p in e.said_by]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Russland forderte den Abzug der Truppen.", "Abzug"),
        ("Russland forderte die Türkei auf, ihre Truppen abzuziehen.", "abzuziehen"),
        ("Russland drohte der Türkei mit einem Angriff.", "Angriff"),
    ],
)
def test_content_of_a_verbal_act_is_its_actors(reader: Reader, text: str, trigger: str) -> None:
    assert names(event(reader, text, trigger)) == ["Russia"]


def test_what_an_act_of_speech_is_about_is_the_reports(reader: Reader) -> None:
    assert names(event(reader, "Frankreich verurteilte den Anschlag in Beirut.", "Anschlag")) == []


def test_a_verbal_act_itself_is_the_reports(reader: Reader) -> None:
    assert names(event(reader, "Russland forderte den Abzug der Truppen.", "forderte")) == []


def test_a_source_in_a_phrase(reader: Reader) -> None:
    text = "Nach Angaben der Nato griffen Rebellen am Montag den Flughafen an."
    assert names(event(reader, text, "griffen")) == ["NATO"]


def test_who_gives_figures_is_named_behind_von(reader: Reader) -> None:
    text = "Bei der Aktion kamen nach Angaben von Präsident Alberto Fujimori zwei Offiziere ums Leben."
    found = [f for f in reader.read(text, published="1997-04-23").findings if isinstance(f, Figure)]
    assert [[p.name for p in f.said_by] for f in found] == [["Alberto Fujimori"]]


def test_what_happened_before_somebody_spoke_is_the_reports(reader: Reader) -> None:
    text = "Der Iran riet Nordkorea davon ab, Trump zu trauen, nachdem die USA im Mai das Abkommen aufgekündigt hatten."
    assert names(event(reader, text, "aufgekündigt")) == []


def test_mediators_who_tell_of_an_accord_do_not_make_it(reader: Reader) -> None:
    text = (
        "Israel und die Hamas haben sich nach Angaben der Vermittler Katar, Ägypten und USA auf eine Waffenruhe "
        "im Gazastreifen verständigt."
    )
    found = event(reader, text, "verständigt")
    assert [p.name for p in found.actors] == ["Israel", "Hamas"]
    assert names(found) == ["Qatar", "Egypt", "United States"]


def test_a_bare_text_speaks_for_its_author(reader: Reader) -> None:
    text = (
        "Am Montag erschien ein Bericht von Amnesty International. "
        "In dem Bericht heisst es, dass Soldaten das Dorf angegriffen hätten."
    )
    assert names(event(reader, text, "angegriffen")) == ["Amnesty International"]


def test_running_konjunktiv_keeps_the_speaker(reader: Reader) -> None:
    text = "Der Kreml sagte, die Lage sei ruhig. Die Rebellen hätten den Flughafen angegriffen."
    assert [p.country for p in event(reader, text, "angegriffen").said_by] == ["RUS"]


def test_hearsay_has_nobody_and_believes(reader: Reader) -> None:
    found = event(reader, "Die Rebellen sollen den Flughafen angegriffen haben.", "angegriffen")
    assert names(found) == []
    assert found.stance == "believes"


def test_english_source(reader: Reader) -> None:
    text = "According to NATO, rebels attacked the airport on Monday."
    assert names(event(reader, text, "attacked", "en")) == ["NATO"]


def test_a_speaker_without_a_country_speaks_for_the_reports_main_one(reader: Reader) -> None:
    text = (
        "In Deutschland wird gestritten. Deutschland will Waffen liefern. "
        "Anton Beispielmann sagte, dass Rebellen den Flughafen angegriffen hätten."
    )
    assert [p.country for p in event(reader, text, "angegriffen").said_by] == ["DEU"]


def test_a_copula_has_the_sources_that_hang_on_it(reader: Reader) -> None:
    text = "Nach Angaben der Nato sind unter den Toten des Angriffs zwei Soldaten."
    assert names(event(reader, text, "Angriffs")) == ["NATO"]


def test_an_act_of_speech_in_the_words_of_its_own_actor_is_the_reports(reader: Reader) -> None:
    text = (
        "Der Kreml sagte, Russland fordere einen Abzug der Truppen. Präsident Putin sagte, er verurteile den Angriff."
    )
    assert names(event(reader, text, "verurteile")) == []


def test_what_shall_be_done_is_told_by_the_report(reader: Reader) -> None:
    text = "Die Nato kündigte Änderungen an. Die Truppen sollen am Montag abziehen."
    assert names(event(reader, text, "abziehen")) == []


@pytest.mark.parametrize(
    ("text", "trigger", "language"),
    [
        ("Die Hamas übernahm die Verantwortung für den Anschlag.", "Anschlag", "de"),
        ("Hamas claimed responsibility for the attack.", "attack", "en"),
    ],
)
def test_who_claims_responsibility_vouches(reader: Reader, text: str, trigger: str, language: str) -> None:
    assert names(event(reader, text, trigger, language)) == ["Hamas"]


@pytest.mark.parametrize(
    ("language", "text", "trigger", "speaker"),
    [
        (
            "de",
            "Das Verteidigungsministerium in Kiew wies das zurück: Die Rebellen selbst hätten das Dorf beschossen.",
            "beschossen",
            "Ukrainian Ministry of Defence",
        ),
        (
            "de",
            "Ein Sprecher der Armee bestritt, dass Soldaten geschossen hätten; die Rebellen hätten das Dorf beschossen.",
            "beschossen",
            None,
        ),
        ("en", "Ankara denied that its army had shelled the town: the rebels had fired the rockets.", "fired", None),
    ],
)
def test_what_is_held_against_a_charge_is_asserted(
    reader: Reader, language: str, text: str, trigger: str, speaker: str | None
) -> None:
    found = event(reader, text, trigger, language)
    assert (found.status, found.stance) == ("occurred", "asserts")
    assert speaker is None or names(found) == [speaker]


def test_a_gerund_is_denied_as_a_clause_is(reader: Reader) -> None:
    found = event(reader, "The Turkish army denied having shelled the town.", "shelled", "en")
    assert (found.status, found.stance, names(found)) == ("denied", "denies", ["Turkish military"])


def test_the_writers_own_would_is_nobodys(reader: Reader) -> None:
    text = "Der Kreml sagte, die Lage sei ruhig. Ein Angriff auf den Hafen wäre ein Verbrechen."
    assert names(event(reader, text, "Angriff")) == []


def test_konjunktiv_ii_for_a_plural_goes_on_with_the_speaker(reader: Reader) -> None:
    text = "Der Kreml sagte, die Lage sei ruhig. Die Rebellen würden den Flughafen beschiessen."
    assert [p.country for p in event(reader, text, "beschiessen").said_by] == ["RUS"]


def test_praise_in_the_words_of_who_gives_it_is_the_reports(reader: Reader) -> None:
    text = "Die russische Regierung erklärte, sie unterstütze den Friedensplan der Türkei."
    assert names(event(reader, text, "unterstütze")) == []


def test_a_judgement_in_reported_speech_is_passed_by_its_speaker(reader: Reader) -> None:
    found = event(reader, "Präsident Emmanuel Macron sagte, ein schneller Abzug sei notwendig.", "notwendig")
    assert [p.name for p in found.actors] == ["Emmanuel Macron"]
    assert names(found) == []


def test_of_the_actors_of_a_verbal_act_its_subject_vouches(reader: Reader) -> None:
    text = "Frankreichs Präsident Emmanuel Macron forderte den Abzug der Truppen aus Mali."
    assert names(event(reader, text, "Abzug")) == ["Emmanuel Macron"]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("Die syrische Armee griff nach eigenen Angaben das Dorf an.", "griff", "Syrian military"),
        ("Die Hamas wurde nach eigener Darstellung am Montag von Soldaten angegriffen.", "angegriffen", "Hamas"),
    ],
)
def test_own_words_are_the_subjects(reader: Reader, text: str, trigger: str, who: str) -> None:
    assert names(event(reader, text, trigger)) == [who]


def test_a_bare_genitive_behind_a_noun_of_speaking_is_its_source(reader: Reader) -> None:
    text = "Bei einem Angriff wurde nach Angaben israelischer Polizeikreise am Sonntagabend eine Person getötet."
    (source,) = event(reader, text, "Angriff").said_by
    assert (source.text, source.country) == ("israelischer Polizeikreise", "ISR")


def test_a_heading_before_a_quotation_is_nobody(reader: Reader) -> None:
    text = "Ein Auszug: „Die Rebellen haben am Montag den Flughafen angegriffen und sind dann geflohen.“"
    assert names(event(reader, text, "angegriffen")) == []


def test_what_a_clause_before_tells_is_not_said_by_the_source_of_the_main_clause(reader: Reader) -> None:
    text = "Nachdem Soldaten das Dorf angegriffen hatten, kam es laut der Nato zu einem Anschlag in der Hauptstadt."
    assert names(event(reader, text, "angegriffen")) == []
    assert names(event(reader, text, "Anschlag")) == ["NATO"]


def test_who_speaks_as_one_of_several_is_named_behind_them(reader: Reader) -> None:
    text = "Einer der Rebellenführer, Anton Beispielmann, sagte am Montag, dass Soldaten das Dorf angegriffen hätten."
    assert names(event(reader, text, "angegriffen")) == ["Anton Beispielmann"]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("Soldaten haben ein Dorf angegriffen. Dies geht aus einem Bericht von Human Rights Watch hervor.",
         "angegriffen", "Human Rights Watch"),
        ("Bei der Agentur Reuters hiess es, dass Soldaten das Dorf angegriffen haben.", "angegriffen", "Reuters"),
        ("Besorgt äusserte sich Kofi Annan über die Angriffe auf Dörfer in Darfur.", "Angriffe", "Kofi Annan"),
    ],
)  # fmt: skip
def test_a_source_that_is_no_plain_subject(reader: Reader, text: str, trigger: str, who: str) -> None:
    assert names(event(reader, text, trigger)) == [who]


def test_an_act_of_speech_in_a_relative_clause_does_not_go_on(reader: Reader) -> None:
    text = (
        "Laut der Nato habe es einen Angriff der Miliz gegeben, von der zu Protesten aufgerufen worden sein soll. "
        "Dabei seien zwanzig Menschen getötet worden."
    )
    assert names(event(reader, text, "getötet")) == ["NATO"]


def test_a_verb_of_speaking_is_not_what_the_last_speaker_says(reader: Reader) -> None:
    text = (
        "Der Kreml sagte, die Lage sei ruhig. Die Nato erklärte dagegen, sie hätte Hinweise darauf, dass Rebellen den "
        "Flughafen angegriffen haben."
    )
    assert names(event(reader, text, "angegriffen")) == ["NATO"]


def test_what_somebody_does_not_report_is_not_said_by_him(reader: Reader) -> None:
    assert names(event(reader, "Die Polizei meldete den Angriff der Rebellen nicht.", "Angriff")) == []


def test_what_comes_of_a_report_is_told_in_the_sentence_before(reader: Reader) -> None:
    text = (
        "Bei einem Angriff sind am Mittwoch achtzig Menschen gestorben. Dies geht aus einer Mitteilung von Human Rights "
        "Watch hervor, deren Darstellung auf Zeugen beruht."
    )
    assert names(event(reader, text, "Angriff")) == ["Human Rights Watch"]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("Die Nato berichtete von schweren Verlusten bei der Eroberung der Stadt.", "Eroberung", "NATO"),
        ("Die Nato dankte der Türkei für ihre Unterstützung.", "Unterstützung", "NATO"),
        ("Die Nato erwog am Montag einen Abzug aus dem Kosovo.", "Abzug", "NATO"),
    ],
)
def test_what_a_verb_of_speaking_is_about_is_said_by_its_subject(
    reader: Reader, text: str, trigger: str, who: str
) -> None:
    assert names(event(reader, text, trigger)) == [who]


def test_who_is_interviewed_says_what_stands_behind_his_name(reader: Reader) -> None:
    text = (
        "Zeitung: Wie beurteilen Sie die Lage?\n\n"
        "Macron: Die Lage ist ernst. Rebellen haben den Flughafen angegriffen.\n\n"
        "Zeitung: Und was tut Ihr Land?\n\n"
        "Macron: Wir schweigen nicht."
    )
    assert names(event(reader, "Emmanuel Macron gab ein Interview.\n\n" + text, "angegriffen")) == ["Emmanuel Macron"]


def test_a_list_of_names_and_colons_is_no_interview(reader: Reader) -> None:
    text = "Anton Beispielmann: Rebellen haben den Flughafen angegriffen.\n\nBerta Musterfrau: Die Lage ist ernst."
    assert names(event(reader, text, "angegriffen")) == []


def test_where_a_demand_is_made_is_no_part_of_it(reader: Reader) -> None:
    text = "Die Nato forderte die Türkei bei der Kundgebung dazu auf, abzuziehen."
    assert names(event(reader, text, "Kundgebung")) == []
    assert names(event(reader, text, "abzuziehen")) == ["NATO"]


def test_who_forbids_an_act_says_so(reader: Reader) -> None:
    assert names(event(reader, "Die Türkei verbot der Opposition, zu demonstrieren.", "demonstrieren")) == ["Turkey"]


def test_who_is_cited_within_a_quotation_does_not_say_all_of_it(reader: Reader) -> None:
    text = "Emmanuel Macron wurde deutlich: „Wir sind der Meinung, dass die Rebellen den Flughafen angegriffen haben.“"
    assert names(event(reader, text, "angegriffen")) == ["Emmanuel Macron"]


@pytest.mark.parametrize(
    ("text", "trigger", "who", "language"),
    [
        ("NATO reckons that rebels will attack the town.", "attack", "NATO", "en"),
        ("NATO cautioned that rebels had attacked the airport.", "attacked", "NATO", "en"),
        ("Bei den Protesten waren offiziellen chinesischen Angaben zufolge etwa 300 Menschen getötet worden.", "getötet",
         "Chinese authorities", "de"),
        ("Unter dem Motto „Brot“ haben am Samstag in Berlin nach Angaben der Nato rund 700 Menschen demonstriert.",
         "demonstriert", "NATO", "de"),
    ],
)  # fmt: skip
def test_words_of_speaking(reader: Reader, text: str, trigger: str, who: str, language: str) -> None:
    assert names(event(reader, text, trigger, language)) == [who]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        # Two sources in one sentence: each speaks for its own words.
        ("Nach Angaben der Nato starben 38 Menschen, darunter laut Armee der Türkei sechs Soldaten.", "38", "NATO"),
        (
            "Nach Angaben der Nato demonstrierten 700 Menschen, die Türkei spricht von 400 Demonstranten.",
            "400",
            "Turkey",
        ),
    ],
)
def test_of_two_sources_the_nearer_speaks(reader: Reader, text: str, trigger: str, who: str) -> None:
    report = reader.read(text, published="2015-03-10", language="de")
    figure = next(f for f in report.findings if isinstance(f, Figure) and f.trigger == trigger)
    assert [p.name for p in figure.said_by] == [who]


def test_a_loud_cheer_is_no_source(reader: Reader) -> None:
    text = "Der Putsch wurde von der Menge mit lautem Jubel begrüßt."
    assert names(event(reader, text, "begrüßt")) == []


@pytest.mark.parametrize(
    ("text", "trigger", "by"),
    [
        ("The U.S. military said in a statement that warplanes had bombed a house.", "bombed", ["US military"]),
        ("In a statement sent to agencies, Hamas said its fighters had shelled Sderot.", "shelled", ["Hamas"]),
        ("Human Rights Watch, in a report published on Wednesday, accuses both sides.", "accuses", []),
        ("In the view of the United Nations, the truce has been broken.", "broken", ["United Nations"]),
        ("The president was quoted by Reuters as saying that rebels had bombed a camp.", "bombed", ["Reuters"]),
        ("According to a report in the Guardian, British troops abused prisoners.", "abused", ["The Guardian"]),
        ("Reuters: Four soldiers were killed in Anbar on Monday.", "killed", ["Reuters"]),
    ],
)
def test_who_speaks_in_a_text(reader: Reader, text: str, trigger: str, by: list[str]) -> None:
    assert names(event(reader, text, trigger, "en")) == by


def test_what_a_threat_follows_is_the_reports(reader: Reader) -> None:
    text = "Nach den amerikanischen Luftangriffen auf Tripolis hat Gaddafi den USA Vergeltung angedroht."
    assert names(event(reader, text, "Luftangriffen")) == []


def test_who_has_a_name_for_himself_says_nothing_by_it(reader: Reader) -> None:
    text = "Die „Volksrepublik Donezk“, wie sich die Separatisten nennen, hat am Montag zwei Soldaten getötet."
    assert names(event(reader, text, "getötet")) == []
