"""Time expressions: what they are worth, which days they cover, with and without a day of publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lagebild.language.document import Document
from lagebild.reading.times import FoundTime, find_times

Parse = Callable[[str, str], Document]
PUBLISHED = date(2015, 7, 15)  # a Wednesday


def times(parse: Parse, text: str, published: date | None = PUBLISHED, language: str = "de") -> list[FoundTime]:
    return find_times(parse(text, language), published)


def values(parse: Parse, text: str, published: date | None = PUBLISHED, language: str = "de") -> list[str]:
    return [t.expression.value for t in times(parse, text, published, language)]


def days(
    parse: Parse, text: str, published: date | None = PUBLISHED, language: str = "de"
) -> list[tuple[str | None, ...]]:
    return [(t.time.start, t.time.end) for t in times(parse, text, published, language)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Die Botschaft wurde am 9. August geschlossen.", "2015-08-09"),  # 25 days ahead, not 340 back
        ("Die Botschaft wurde am 20. Dezember geschlossen.", "2014-12-20"),
        ("Am Samstag, 12. Juli, wurde demonstriert.", "2014-07-12"),  # a Saturday in 2014, a Sunday in 2015
        ("Der Gipfel beginnt am 12. September.", "2015-09-12"),
    ],
)
def test_a_date_without_a_year_is_the_nearest_or_that_of_its_weekday(parse: Parse, text: str, value: str) -> None:
    assert values(parse, text) == [value]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Der Angriff vom Montag forderte vier Tote.", ("2015-07-13", "2015-07-13")),
        ("Der Präsident verurteilt den Angriff vom Montag.", ("2015-07-13", "2015-07-13")),
        ("Am Freitag reist der Gesandte nach Kairo.", ("2015-07-17", "2015-07-17")),
        ("Am Freitag reiste der Gesandte nach Kairo.", ("2015-07-10", "2015-07-10")),
        ("Das Treffen ist für Donnerstag geplant.", ("2015-07-16", "2015-07-16")),
        ("Der Minister könnte am Montag zurücktreten.", ("2015-07-20", "2015-07-20")),
        ("Seit Montag wird in der Stadt gekämpft.", ("2015-07-13", None)),
        ("Bis Montag soll das Lager geräumt werden.", (None, "2015-07-20")),
    ],
)
def test_a_weekday_follows_its_clause(parse: Parse, text: str, span: tuple[str | None, str | None]) -> None:
    assert days(parse, text) == [span]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("In der Nacht zum 3. Juli wurde die Brücke gesprengt.", ("2015-07-02", "2015-07-03")),
        ("In der Nacht zum Dienstag wurde die Brücke gesprengt.", ("2015-07-13", "2015-07-14")),
        ("Am Morgen des 3. Juli wurde die Stadt beschossen.", ("2015-07-03", "2015-07-03")),
        ("Ende Juni wurde die Stadt beschossen.", ("2015-06-21", "2015-06-30")),
        ("Mitte 2014 wurde die Stadt beschossen.", ("2014-05-01", "2014-08-31")),
        ("An Pfingsten wurde die Stadt beschossen.", ("2015-05-24", "2015-05-25")),
        ("Vor einem Jahr wurde die Stadt beschossen.", ("2014-01-01", "2014-12-31")),
        ("In den vergangenen Wochen wurde die Stadt beschossen.", (None, "2015-07-15")),
        ("Im 19. Jahrhundert wurde die Stadt beschossen.", ("1800-01-01", "1899-12-31")),
        ("In den neunziger Jahren wurde die Stadt beschossen.", ("1990-01-01", "1999-12-31")),
        ("Im zweiten Quartal 2014 wurde die Stadt beschossen.", ("2014-04-01", "2014-06-30")),
    ],
)
def test_days_that_words_cover(parse: Parse, text: str, span: tuple[str | None, str | None]) -> None:
    assert days(parse, text) == [span]


def test_a_clock_belongs_to_the_day_of_its_story(parse: Parse) -> None:
    text = "Am Montag begann die Sitzung. Um 20 Uhr wurde sie abgebrochen."
    assert values(parse, text) == ["2015-07-13", "2015-07-13T20:00"]


def test_a_line_without_a_verb_takes_no_day_over(parse: Parse) -> None:
    text = "Am Montag begann die Sitzung.\n\nKonzert im Stadttheater, 20 Uhr."
    assert values(parse, text) == ["2015-07-13", "2015-07-15T20:00"]


def test_a_clock_of_every_day_has_no_day(parse: Parse) -> None:
    assert values(parse, "Das Amt ist werktags von 14 bis 18 Uhr geöffnet.") == ["P1D", "T14:00", "T18:00"]


def test_then_is_the_time_just_told_of(parse: Parse) -> None:
    found = days(parse, "Die Front brach 2004 zusammen. Damals flohen Tausende.")
    assert found == [("2004-01-01", "2004-12-31")] * 2


def test_a_month_without_a_year_stays_in_the_year_told_of(parse: Parse) -> None:
    text = "Er trat im März 1974 zurück, im August desselben Jahres folgte ihm der Minister."
    assert values(parse, text) == ["1974-03", "1974-08"]
    assert values(parse, "Ende 1991 zerfiel das Land. Im April wurde die Stadt belagert.") == ["1991", "1992-04"]


@pytest.mark.parametrize(
    "text",
    [
        "Wählen dürfen alle ab 16 Jahren.",
        "Davon wurden 1700 Menschen gerettet.",
        "An der Kundgebung nahmen rund 2000 Menschen teil.",
        "Der Montagsclub schwieg.",
        "Das Fest stand unter dem Thema „Weihnachten“.",
    ],
)
def test_no_time_at_all(parse: Parse, text: str) -> None:
    assert values(parse, text) == []


@pytest.mark.parametrize(
    ("text", "value", "span"),
    [
        ("Am 11. Juli 1995 fiel die Stadt.", "1995-07-11", ("1995-07-11", "1995-07-11")),
        ("Im August 2008 brach der Krieg aus.", "2008-08", ("2008-08-01", "2008-08-31")),
        ("An Ostern 2011 wurde demonstriert.", "2011-04-24", ("2011-04-22", "2011-04-25")),
        ("Am Montag wurde demonstriert.", "XXXX-XX-XX", (None, None)),
        ("Am 11. Juli wurde demonstriert.", "XXXX-07-11", (None, None)),
        ("Im August wurde demonstriert.", "XXXX-08", (None, None)),
        ("Am Wochenende wurde demonstriert.", "XXXX-WXX-WE", (None, None)),
        ("Im vergangenen Jahr wurde demonstriert.", "XXXX-XX-XX", (None, None)),
        ("Um 20 Uhr wurde demonstriert.", "T20:00", (None, None)),
        ("Vor drei Tagen wurde demonstriert.", "P3D", (None, None)),
        ("Derzeit wird demonstriert.", "PRESENT_REF", (None, None)),
    ],
)
def test_without_a_day_of_publication(parse: Parse, text: str, value: str, span: tuple[str | None, ...]) -> None:
    found = times(parse, text, None)
    assert [(t.expression.value, (t.time.start, t.time.end)) for t in found] == [(value, span)]


def test_a_named_day_needs_no_year(parse: Parse) -> None:
    assert values(parse, "Seit den Anschlägen vom 11. September gilt das Gesetz.") == ["2001-09-11"]
    assert values(parse, "Am 11. September wird gewählt.") == ["2015-09-11"]
    assert values(parse, "The law dates from the September 11 attacks.", language="en") == ["2001-09-11"]


@pytest.mark.parametrize(
    ("text", "value", "span"),
    [
        ("There were protests over the weekend.", "2015-W28-WE", ("2015-07-11", "2015-07-12")),
        ("The state fell apart in the 20th century.", "19", ("1900-01-01", "1999-12-31")),
        ("They met at 8 p.m.", "2015-07-15T20:00", ("2015-07-15", "2015-07-15")),
        ("The meeting is scheduled for Thursday.", "2015-07-16", ("2015-07-16", "2015-07-16")),
        ("A church was attacked on Easter Sunday.", "2015-04-05", ("2015-04-05", "2015-04-05")),
    ],
)
def test_english(parse: Parse, text: str, value: str, span: tuple[str, str]) -> None:
    found = times(parse, text, language="en")
    assert [(t.expression.value, (t.time.start, t.time.end)) for t in found] == [(value, span)]


def test_what_holds_since_a_year_leads_back_to_now(parse: Parse) -> None:
    text = "Verlangt wird, dass alle das seit 2011 geltende Embargo achten. Anfang Juli hatte das Parlament Truppen bewilligt."
    assert values(parse, text) == ["2011", "2015-07"]


def test_a_year_that_only_names_a_thing_sets_no_time(parse: Parse) -> None:
    text = "Gereicht wurde ein Wein, Jahrgang 2011. Die Messe wurde am 20. Mai eröffnet."
    assert days(parse, text)[-1] == ("2015-05-20", "2015-05-20")


def test_a_year_in_an_attribute_is_not_the_storys(parse: Parse) -> None:
    text = "Ihre Anführer waren am Völkermord von 1994 beteiligt. Seit August sind viele geflohen."
    assert days(parse, text, date(2008, 11, 3))[1] == ("2008-08-01", None)


def test_this_time_is_the_whole_span_spoken_of(parse: Parse) -> None:
    text = "Von 1996 bis 2001 herrschte die Miliz. Während dieser Zeit wurden Zeitungen verboten."
    found = times(parse, text)[-1]
    assert (found.time.text, found.time.start, found.time.end) == ("Während dieser Zeit", "1996-01-01", "2001-12-31")
