"""Which time belongs to which finding of a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lagebild import Reader
from lagebild.language.document import Document
from lagebild.model import Event
from lagebild.reading.anchored import since
from lagebild.reading.times import find_times
from lagebild.reading.timing import time_of

Parse = Callable[[str, str], Document]
PUBLISHED = date(2015, 7, 15)


def time_at(
    parse: Parse, text: str, form: str, status: str | None = "occurred", acts: tuple[str, ...] = ()
) -> str | None:
    """The words of the time that the tree alone gives to the word of that form."""
    document = parse(text, "de")
    sentence = document.sentences[0]
    bare = type(sentence)(
        sentence.text, sentence.tokens, sentence.forms, sentence.lemmas, sentence.upos, sentence.feats, sentence.heads,
        sentence.deprels, sentence.entities, sentence.index,
    )  # fmt: skip
    words = frozenset(sentence.forms.index(a) for a in acts)
    found = time_of(find_times(document, PUBLISHED), bare, sentence.forms.index(form), status, words)
    return found.text if found else None


@pytest.mark.parametrize(
    ("text", "form", "time"),
    [
        ("Am Montag griffen Rebellen die Stadt an.", "griffen", "Am Montag"),
        ("Am Montag griffen Rebellen die Stadt an und plünderten ein Lager.", "plünderten", "Am Montag"),
        ("Der Präsident verurteilte den Angriff vom Montag.", "Angriff", "vom Montag"),
        ("Die Waffenruhe beruht auf einem Abkommen von 2005.", "Waffenruhe", None),
        ("Er wurde zu sieben Jahren Haft verurteilt.", "verurteilt", None),
        ("Nach dreitägigen Kämpfen fiel die Stadt.", "Kämpfen", None),
        ("Vor drei Tagen wurde die Stadt angegriffen.", "angegriffen", "Vor drei Tagen"),
        ("Am Montag begann die Luftwaffe, die Stadt zu bombardieren.", "bombardieren", "Am Montag"),
        ("Am Montag beschloss die Regierung, die Truppen abzuziehen.", "abzuziehen", None),
        ("Beide Seiten vereinbarten, die Truppen bis Freitag abzuziehen.", "vereinbarten", None),
        ("Beide Seiten vereinbarten, die Truppen bis Freitag abzuziehen.", "abzuziehen", "bis Freitag"),
    ],
)
def test_a_time_belongs_to_what_it_hangs_on(parse: Parse, text: str, form: str, time: str | None) -> None:
    assert time_at(parse, text, form) == time


def test_the_scene_of_a_clause_is_set_by_a_noun(parse: Parse) -> None:
    assert time_at(parse, "Bei einem Angriff am Montag wurden zwölf Soldaten getötet.", "getötet") == "am Montag"


@pytest.mark.parametrize(
    ("text", "form", "time"),
    [
        ("In einem gestern veröffentlichten Bericht fordert der Minister ein Ende der Gewalt.", "fordert", "gestern"),
        ("Der am Montag veröffentlichte Bericht kritisiert die Regierung.", "kritisiert", "am Montag"),
        ("Der am Montag verhaftete Minister kritisiert die Regierung.", "kritisiert", None),
        ("Der Präsident verurteilte den Angriff auf die Botschaft, der am Montag stattfand.", "Angriff", "am Montag"),
    ],
)
def test_what_appears_or_takes_place_gives_its_time(parse: Parse, text: str, form: str, time: str | None) -> None:
    assert time_at(parse, text, form) == time


@pytest.mark.parametrize(
    ("text", "form", "time"),
    [
        ("Seit dem Sturz der Regierung wird gekämpft.", "gekämpft", "Seit dem Sturz der Regierung"),
        ("Seit dem Sturz des Präsidenten in Ägypten wird gekämpft.", "gekämpft", "Seit dem Sturz des Präsidenten"),
        ("Die Gruppe wird seit längerer Zeit bekämpft.", "bekämpft", "seit längerer Zeit"),
        ("Seit Montag wird gekämpft.", "gekämpft", None),
        ("Nach Angaben der Regierung wird gekämpft.", "gekämpft", None),
    ],
)
def test_since_an_act_is_a_time_without_days(parse: Parse, text: str, form: str, time: str | None) -> None:
    document = parse(text, "de")
    sentence = document.sentences[0]
    found = since(document, sentence, sentence.forms.index(form), find_times(document, PUBLISHED))
    assert (found.text if found else None) == time


def test_a_deadline_that_is_demanded_lies_ahead(parse: Parse) -> None:
    document = parse("Sie stellten den Rebellen ein Ultimatum, bis Freitag die Blockaden aufzuheben.", "de")
    sentence = document.sentences[0]
    found = time_of(find_times(document, PUBLISHED), sentence, sentence.forms.index("aufzuheben"), "demanded")
    assert found is not None
    assert (found.start, found.end) == (None, "2015-07-17")


@pytest.mark.parametrize(
    ("language", "text", "status", "day"),
    [
        ("de", "Am Freitag kommt der Sicherheitsrat in New York zusammen.", "planned", "2015-07-17"),
        ("de", "Am Dienstag trifft sie in Wien den französischen Aussenminister.", "planned", "2015-07-21"),
        ("de", "Am Montag verhandeln die Unterhändler in Wien weiter.", "planned", "2015-07-20"),
        ("de", "Am Montag verhandelten die Unterhändler in Wien weiter.", "occurred", "2015-07-13"),
        ("de", "Die Minister verschoben am Montag das Treffen.", "occurred", "2015-07-13"),
        ("en", "The contact group meets again in Vienna on Friday.", "planned", "2015-07-17"),
        ("en", "The contact group met again in Vienna on Friday.", "occurred", "2015-07-10"),
    ],
)
def test_the_present_tense_with_a_weekday_tells_of_what_is_to_come(
    reader: Reader, language: str, text: str, status: str, day: str
) -> None:
    found = reader.read(text, language=language, published=PUBLISHED)
    told = [f for f in found.findings if isinstance(f, Event) and f.type in ("CONSULT", "REJECT") and f.time]
    assert [(f.status, f.time.start if f.time else None) for f in told][:1] == [(status, day)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Die Gespräche, die am Montag in Wien hätten beginnen sollen, wurden abgesagt.", "2015-07-13"),
        ("Am Freitag reist er nach Wien. Am Abend sprach er noch mit Kerry.", "2015-07-15TEV"),
    ],
)
def test_what_should_have_been_and_what_was_planned_is_past(parse: Parse, text: str, value: str) -> None:
    assert find_times(parse(text, "de"), PUBLISHED)[-1].expression.value == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Monday evening the president dissolved parliament and called an election for October 26.", "2015-10-26"),
        ("On Monday the president dismissed the cabinet and called a referendum for September 5.", "2015-09-05"),
    ],
)
def test_what_is_set_for_a_day_lies_on_that_day(reader: Reader, text: str, day: str) -> None:
    found = reader.read(text, language="en", published=PUBLISHED)
    (called,) = [f for f in found.findings if isinstance(f, Event) and f.trigger == "called"]
    assert called.time is not None and called.time.start == day


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The rebels killed ten men after the bombing of the port in August.", "2014-08-01", "2014-08-31"),
        ("The troops will withdraw in May.", "2016-05-01", "2016-05-31"),
        ("Over the weekend, two soldiers were killed.", "2015-07-11", "2015-07-12"),
        ("In recent weeks rebels have attacked six towns.", None, "2015-07-15"),
        ("The troops will leave by the end of the year.", None, "2015-12-31"),
    ],
)
def test_which_side_of_the_report(reader: Reader, text: str, start: str | None, end: str | None) -> None:
    found = reader.read(text, language="en", published=PUBLISHED.isoformat()).findings
    times = [f.time for f in found if isinstance(f, Event) and f.time is not None]
    assert (times[-1].start, times[-1].end) == (start, end)
