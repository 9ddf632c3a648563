"""The reader on whole reports: real sentences in, findings out, the same every time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagebild.errors import UnreadableReport
from lagebild.model import Event, Figure, Report
from lagebild.reading.reader import Reader
from lagebild.serial import dumps

GERMAN = (
    "Der ukrainische Präsident Petro Poroschenko forderte Russland am Montag in Kiew auf, seine Truppen abzuziehen. "
    "Nach Angaben der Polizei beschoss die russische Armee erneut die Stadt Mariupol. Dabei wurden mindestens 30 "
    "Menschen getötet. Der Kreml wies den Vorwurf zurück. Die EU will nächste Woche neue Sanktionen verhängen."
)
ENGLISH = (
    "Turkish warplanes bombed Kurdish rebels in northern Iraq on Monday. Ankara said at least 12 militants were killed. "
    "The rebels denied the report. Iraq demanded that Turkey withdraw its troops. The foreign ministers will meet in "
    "Baghdad next week."
)


def events(report: Report, kind: str) -> list[Event]:
    return [f for f in report.findings if isinstance(f, Event) and f.type == kind]


@pytest.fixture(scope="module")
def german(reader: Reader) -> Report:
    return reader.read(GERMAN, published="2015-01-28", language="de")


def test_demand_names_both_sides(german: Report) -> None:
    (demand,) = events(german, "REQUEST")
    assert [p.name for p in demand.actors] == ["Petro Poroshenko"]
    assert demand.recipients[0].name == "Russia"
    assert demand.status == "occurred"
    assert demand.time is not None
    assert (demand.time.start, demand.time.end) == ("2015-01-26", "2015-01-26")


def test_demanded_act_is_demanded_and_vouched_for(german: Report) -> None:
    (withdrawal,) = events(german, "RETREAT")
    assert (withdrawal.mode, withdrawal.status) == ("withdraw", "demanded")
    assert [p.name for p in withdrawal.said_by] == ["Petro Poroshenko"]


def test_source_of_a_claim(reader: Reader) -> None:
    text = "Nach Angaben der Uno bombardierte die russische Luftwaffe am Montag die Stadt Mariupol."
    (bombing,) = events(reader.read(text, published="2015-01-28", language="de"), "ASSAULT")
    assert [p.name for p in bombing.said_by] == ["United Nations"]
    assert [p.name for p in bombing.actors] == ["Russian Air Force"]
    assert bombing.place is not None
    assert bombing.place.name == "Mariupol"


def test_figure_with_precision(german: Report) -> None:
    (dead,) = [f for f in german.findings if isinstance(f, Figure)]
    assert (dead.measure, dead.value, dead.precision, dead.of) == ("killed", 30, "at_least", "Menschen")


def test_plan_is_planned(german: Report) -> None:
    sanction = events(german, "SANCTION")[0]
    assert sanction.status == "planned"
    assert [p.name for p in sanction.actors] == ["European Union"]


def test_english_report(reader: Reader) -> None:
    report = reader.read(ENGLISH, published="2016-07-20")
    assert report.language == "en"
    assert any(e.trigger == "bombed" and e.type == "ASSAULT" for e in events(report, "ASSAULT"))
    assert any(e.status == "planned" for e in events(report, "CONSULT"))
    assert any(e.status == "demanded" and e.mode == "withdraw" for e in events(report, "RETREAT"))
    assert [(f.measure, f.value) for f in report.findings if isinstance(f, Figure)] == [("killed", 12)]


def test_each_voice_works_alone(analyser: object) -> None:
    for voice in ("lexicon", "head", "both"):
        found = Reader(analyser, events=voice).read(GERMAN, language="de").findings  # type: ignore[arg-type]
        assert {"ASSAULT", "REQUEST"} <= {f.type for f in found if isinstance(f, Event)}, voice


def check_offsets(report: Report) -> None:
    text = report.text
    for finding in report.findings:
        assert text[slice(*finding.trigger_span)] == finding.trigger
        assert text[slice(*finding.evidence_span)] == finding.evidence
        assert finding.evidence_span[0] <= finding.trigger_span[0] < finding.trigger_span[1] <= finding.evidence_span[1]
        parties = [*finding.said_by, *(finding.actors + finding.recipients if isinstance(finding, Event) else ())]
        for part in (*parties, finding.place, finding.time):
            if part is not None and part.span is not None:
                assert text[slice(*part.span)] == part.text
    for time in report.times:
        assert text[slice(*time.span)] == time.text
    for quote in report.quotes:
        for name in ("quote", "speaker", "cue", "frame", "addressee"):
            for start, end in getattr(quote, name):
                assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", [GERMAN, ENGLISH, GERMAN.replace(" ", " \u00ad\n "), GERMAN.upper()])
def test_offsets(reader: Reader, text: str) -> None:
    check_offsets(reader.read(text, published="2015-01-28", language="de"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(min_size=1, max_size=300),
        st.lists(
            st.one_of(
                st.sampled_from([*GERMAN.split(), "»", "„", "\u00ad", "\r\n", "17'600", "�", "👩‍👩‍👧", "e\u0301"]),
                st.text(max_size=6),
            ),
            min_size=1,
            max_size=60,
        ).map(" ".join),
    )
)
def test_any_text_is_read_or_refused_and_offsets_hold(reader: Reader, text: str) -> None:
    try:
        report = reader.read(text, published="2015-01-28", language="de")
    except UnreadableReport:
        assert not text.strip()
        return
    assert report.text == text
    check_offsets(report)
    dumps(report)


def test_same_alone_in_a_batch_and_in_threads(reader: Reader) -> None:
    texts = [GERMAN, ENGLISH, GERMAN + "\n\n" + ENGLISH, ENGLISH * 3] * 2
    alone = [dumps(reader.read(t, published="2015-01-28", language="de")) for t in texts]
    with ThreadPoolExecutor(4) as pool:
        threaded = list(pool.map(lambda t: dumps(reader.read(t, published="2015-01-28", language="de")), texts))
    assert threaded == alone
    assert alone[: len(texts) // 2] == alone[len(texts) // 2 :]


def test_pieces_of_a_long_text_keep_ids_and_offsets(reader: Reader) -> None:
    text = "\n\n".join([GERMAN] * 120)
    report = reader.read(text, published="2015-01-28", language="de")
    check_offsets(report)
    ids = [f.id for f in report.findings]
    assert len(set(ids)) == len(ids)
    assert sum(1 for e in events(report, "REQUEST")) >= 115


def test_gold_report_is_valid_input(reader: Reader) -> None:
    given_report = Report(id="x / «1»", text=GERMAN, published="2015-01-28", language="de", title="T", publisher="P")
    read = reader.read_report(given_report)
    assert replace(read, findings=(), quotes=(), times=(), zones=(), reader=None) == replace(given_report, zones=())


@pytest.mark.parametrize(
    ("text", "language", "words"), [(" \n", "de", "empty"), ("Le président a rencontré le ministre.", "fr", "fr")]
)
def test_unreadable(reader: Reader, text: str, language: str, words: str) -> None:
    with pytest.raises(UnreadableReport, match=words):
        reader.read(text, language=language)


def test_no_date_keeps_the_words_of_a_time(reader: Reader) -> None:
    report = reader.read("Die Armee griff am Montag die Stadt Aleppo an.", language="de")
    (event,) = events(report, "ASSAULT")
    assert event.time is not None
    assert (event.time.text, event.time.start, event.time.end) == ("am Montag", None, None)


def test_a_raised_figure_before_a_full_stop_is_no_number(reader: Reader) -> None:
    assert reader.read("Das Gebiet misst 40 km ². 0 Tote gab es dort.", language="de").text


def test_a_headline_says_which_country_the_report_is_about(reader: Reader) -> None:
    text = (
        "Deutschland schickt Hilfe nach dem Zyklon. Deutschland und die deutsche Armee stehen bereit. "
        "Birma wartet. Die Behörden nahmen zwei Helfer fest."
    )
    told = [
        [
            (p.name, p.country)
            for f in reader.read(text, title=title, language="de").findings
            for p in getattr(f, "actors", ())
        ]
        for title in (None, "Birma: Militär von Birma behindert Hilfe für Birma")
    ]
    assert ("German authorities", "DEU") in told[0]
    assert ("Myanmar authorities", "MMR") in told[1] or ("authorities of Myanmar", "MMR") in told[1]
