"""Where: names of places, areas, sites and words that point back; and which of them an event takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild import Reader
from lagebild.language.document import Document
from lagebild.model import Event
from lagebild.reading.parties import Resolver

Parse = Callable[[str, str], Document]


@pytest.mark.parametrize(
    ("language", "text", "word", "name", "country"),
    [
        ("de", "Im Norden Syriens wurde gekämpft.", "Norden", "Northern Syria", "SYR"),
        ("de", "Israel annektierte die Golanhöhen.", "Golanhöhen", "Golan Heights", "SYR"),
        ("de", "Das Nobelkomitee im norwegischen Oslo ehrte ihn.", "Oslo", "Oslo", "NOR"),
        ("de", "Im Nordjemen wurde gekämpft.", "Nordjemen", "Northern Yemen", "YEM"),
        ("de", "In der Stadt Aleppo fielen Schüsse.", "Stadt", "Aleppo", "SYR"),
        ("de", "Raketen trafen israelisches Gebiet.", "Gebiet", "Israel", "ISR"),
        ("de", "Im Sudan herrscht Krieg. In der Hauptstadt wurde geschossen.", "Hauptstadt", "Khartoum", "SDN"),
        ("de", "In Homs explodierte eine Bombe. Dort starben zwei Menschen.", "Dort", "Homs", "SYR"),
        ("de", "Am Flughafen von Bagdad gab es eine Explosion.", "Flughafen", "Baghdad airport", "IRQ"),
        # Of towns of a name the capital of a country that the report names.
        ("de", "Die Armee flog ihn nach Costa Rica aus. In San José sprach er.", "José", "San José", "CRI"),
        # A site without a name is of the country that is talked about; the one told before keeps its name.
        (
            "de",
            "Die ukrainische Polizei griff ein. Vor dem Gerichtsgebäude wurde demonstriert.",
            "Gerichtsgebäude",
            "courthouse",
            "UKR",
        ),
        ("en", "Police in Kenya said that shots were fired in a hotel.", "hotel", "hotel", "KEN"),
        ("en", "The Council met in New York on Monday.", "York", "New York City", "USA"),
        ("en", "The king met the president at Kennebunkport, Maine.", "Maine", "Maine", "USA"),
        ("en", "Two people were killed in Florida.", "Florida", "Florida", "USA"),
        # A town of the country that is talked about goes before a larger one elsewhere, unless that is a world apart.
        ("en", "The US secretary of state Colin Powell arrived in Paris.", "Paris", "Paris", "FRA"),
        ("en", "The Lebanese army said that shots were fired in Tripoli.", "Tripoli", "Tripoli", "LBN"),
        ("en", "Shots were fired in the north of Nigeria.", "north", "Northern Nigeria", "NGA"),
        ("en", "A bomb exploded in Mosul. Two people were killed there.", "there", "Mosul", "IRQ"),
    ],
)
def test_place(parse: Parse, language: str, text: str, word: str, name: str, country: str) -> None:
    document = parse(text, language)
    resolver = Resolver(document, None)
    index, at = next((i, w) for i, s in enumerate(document.sentences) for w, f in enumerate(s.forms) if f == word)
    found = resolver.place(index, at)
    assert found is not None
    assert (found.name, found.country) == (name, country)


def test_common_nouns_are_no_towns(parse: Parse) -> None:
    document = parse("Die Menschen gingen auf die Strassen.", "de")
    resolver = Resolver(document, None)
    assert [resolver.place(0, w) for w in range(len(document.sentences[0]))] == [None] * len(document.sentences[0])


def test_a_site_told_before_keeps_its_name(parse: Parse) -> None:
    document = parse("Am Flughafen von Bagdad fielen Schüsse. Vor dem Flughafen brannten Autos.", "de")
    resolver = Resolver(document, None)
    resolver.place(0, document.sentences[0].forms.index("Flughafen"))
    found = resolver.place(1, document.sentences[1].forms.index("Flughafen"))
    assert found is not None
    assert (found.name, found.country) == ("Baghdad airport", "IRQ")


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("de", "Die Rebellen in Syrien wurden mit 75 Bussen weggebracht.", "Bussen"),
        ("de", "Die syrische Armee begann den Rückzug.", "Rückzug"),
        ("de", "Die syrische Regierung hat das Gebäude gekauft.", "Gebäude"),
        ("en", "The Syrian government bought the hotel.", "hotel"),
    ],
)
def test_a_thing_is_a_place_only_where_something_is_said_to_be(
    parse: Parse, language: str, text: str, word: str
) -> None:
    document = parse(text, language)
    assert Resolver(document, None).place(0, document.sentences[0].forms.index(word)) is None


def test_a_month_is_no_town(parse: Parse) -> None:
    document = parse("Die Rebellen besetzten im Mai den Flughafen.", "de")
    assert Resolver(document, None).place(0, document.sentences[0].forms.index("Mai")) is None


def test_on_the_spot_is_the_place_named_before(parse: Parse) -> None:
    document = parse("In Homs explodierte eine Bombe. Soldaten halfen vor Ort.", "de")
    resolver = Resolver(document, None)
    for word in range(len(document.sentences[0])):
        resolver.place(0, word)
    found = resolver.place(1, document.sentences[1].forms.index("Ort"))
    assert found is not None
    assert found.name == "Homs"


@pytest.mark.parametrize(
    ("language", "text", "word", "name"),
    [
        ("de", "Der Irakkrieg dauerte Jahre.", "Irakkrieg", "Iraq"),
        ("de", "Im Ukraine-Konflikt starben Tausende.", "Ukraine-Konflikt", "Ukraine"),
        ("de", "Der Bürgerkrieg dauerte Jahre.", "Bürgerkrieg", None),
        ("en", "He opposed the Iraq war.", "war", "Iraq"),
        ("en", "He opposed the civil war.", "war", None),
        ("en", "He condemned the Madrid bombings.", "bombings", "Madrid"),
        ("en", "He condemned the occupation of Kuwait.", "occupation", "Kuwait"),
        ("de", "Sie verurteilten die Besetzung der Krim.", "Besetzung", "Crimea"),
    ],
)
def test_an_act_may_name_its_country(parse: Parse, language: str, text: str, word: str, name: str | None) -> None:
    document = parse(text, language)
    found = Resolver(document, None).stage(0, document.sentences[0].forms.index(word))
    assert (found.name if found else None) == name


def test_attacked_town_is_the_place_of_the_attack(reader: Reader) -> None:
    report = reader.read(
        "Die Rebellen eröffneten am Montag Angriffe auf Aleppo.", language="de", published="2014-10-14"
    )
    places = [e.place.name for e in report.findings if e.place]
    assert places == ["Aleppo"]


def test_figure_takes_the_place_of_its_clause(reader: Reader) -> None:
    report = reader.read("Bei einem Anschlag in Kabul wurden am Montag zwölf Menschen getötet.", language="de")
    places = {f.place.name for f in report.findings if f.place}
    assert places == {"Kabul"}
    assert all(f.place for f in report.findings)


def test_pointing_back_to_an_attack_takes_over_place_and_time(reader: Reader) -> None:
    text = "Am Montag explodierte in Bengasi eine Bombe. Dabei wurden 47 Menschen getötet."
    found = reader.read(text, published="2014-10-14", language="de").findings
    assert {f.place.name if f.place else None for f in found} == {"Benghazi"}
    assert {f.time.start if f.time else None for f in found} == {"2014-10-13"}


def test_the_seat_of_a_ministry_is_not_where_it_happened(reader: Reader) -> None:
    text = (
        "Granaten trafen eine Schule in Donezk. Das Verteidigungsministerium in Kiew sprach von Terror. "
        "Die Armee habe die Stadt nicht beschossen."
    )
    places = {f.trigger: f.place.name for f in reader.read(text, language="de").findings if f.place}
    assert places.get("beschossen") in (None, "Donetsk")


def test_negotiators_meet_where_their_phrase_says(reader: Reader) -> None:
    text = "Negotiators in Geneva agreed on Saturday to create a buffer zone."
    found = [f for f in reader.read(text, language="en").findings if f.trigger == "agreed"]
    assert [f.place.name if f.place else None for f in found] == ["Geneva"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "In Sartana bei Mariupol sind am Dienstag Raketen in einen Trauerzug eingeschlagen."),
        ("en", "On Tuesday rockets struck a funeral procession in Sartana near Mariupol."),
    ],
)
def test_a_village_beside_a_town_is_where_it_was(reader: Reader, language: str, text: str) -> None:
    found = [
        f.place for f in reader.read(text, language=language).findings if isinstance(f, Event) and f.type == "ASSAULT"
    ]
    assert [p.name if p else None for p in found][:1] == ["Sartana"]
    assert found[0] is not None and found[0].lat is not None  # near the town


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("Der Präsident verurteilte den Angriff auf die US-Botschaft in Bagdad.", "Angriff", "Baghdad"),
        ("Bei einem Treffen der Verteidigungsminister in Helsinki wurde gestritten.", "Treffen", "Helsinki"),
    ],
)
def test_those_who_are_met_or_attacked_are_where_it_happens(reader: Reader, text: str, trigger: str, name: str) -> None:
    found = [e for e in reader.read(text, language="de").findings if isinstance(e, Event) and e.trigger == trigger]
    assert [e.place.name if e.place else None for e in found] == [name]
