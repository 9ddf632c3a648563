"""What is left out of a stream of reports: other languages, other things than conflict and diplomacy; nothing silently."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lagebild.cli import main
from lagebild.errors import Fault
from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.model import Report
from lagebild.reading.relevance import count, relevance
from lagebild.sieve import Sieve, judge

WAR = "Bei Luftangriffen auf Aleppo sind nach Angaben der Rebellen mindestens zwölf Menschen getötet worden. Russland wies das zurück."
SPORT = "Der Stürmer traf in der Halbzeit. Trainer Huber war mit dem Spiel seiner Mannschaft in dieser Saison sehr zufrieden."
FRENCH = "Le ministre des affaires étrangères s'est rendu lundi à Genève pour parler de la situation dans la région."


def sift(sieve: Sieve, *texts: str, source: str = "a.jsonl") -> list[Report | Fault]:
    return [item for _, item in sieve.sift((source, Report(f"r{n}", text)) for n, text in enumerate(texts))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (WAR, "de"),
        (
            "Der russische Aussenminister traf seinen Amtskollegen am Freitag in Genf zu Gesprächen über eine Waffenruhe.",
            "de",
        ),
        ("Das Parlament in Kiew stimmte dem Abkommen mit der EU zu.", "de"),
        ("Die Uno-Vollversammlung verurteilte den Einmarsch der Truppen.", "de"),
        ("SCHWERE KÄMPFE IM OSTEN DER UKRAINE: US-Regierung fordert Abzug der Truppen.", "de"),
        ("The UN Security Council condemned the attack on a convoy in Mali on Monday.", "en"),
        ("Israel and Hamas agreed to extend the ceasefire, Egyptian mediators said.", "en"),
    ],
)
def test_conflict_and_diplomacy_are_relevant(text: str, language: str) -> None:
    assert relevance(text, language).relevant


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_news_is_not(language: str) -> None:
    for entry in load(language, "relevance")["offtopic"]:
        found = relevance(entry["example"], language)
        assert found.counts[entry["group"]] >= 1 and not found.relevant, entry["group"]


def test_compounds_are_found_by_their_last_part() -> None:
    for word in ("Hubschrauberangriffe", "Blitz-Angriffs", "Brücken\xadanschlag", "HEIMATSCHUTZTRUPPEN"):
        counts = count(f"Es gab {word} dort.", "de")
        assert counts["ASSAULT"] + counts["military"] + counts["generic"] == 1, word
    assert not count("Der Rathausplatz liegt am Angelweiher.", "de")["organ"]


def test_words_in_capitals_are_other_words() -> None:
    assert (
        count("Die UN und die USA.", "de")["organisation"] and not count("Er war un glücklich.", "de")["organisation"]
    )
    assert not count("Let us go, it is late.", "en")["country"]


def test_one_report_in_a_long_text_is_enough() -> None:
    assert relevance(SPORT * 400 + WAR * 3 + SPORT * 400, "de").relevant
    assert not relevance(SPORT * 800, "de").relevant


def test_what_is_left_out_is_counted_and_listed() -> None:
    listing = io.StringIO()
    found = sift(Sieve(True, listing), WAR, SPORT, FRENCH, WAR, FRENCH)
    assert [item.id for item in found if isinstance(item, Report)] == ["r0", "r3"]
    (note,) = [item for item in found if isinstance(item, Fault)]
    assert note.note and str(note) == "left out: 2 reports in other languages (2 fr); 1 report not relevant"
    rows = [json.loads(line) for line in listing.getvalue().splitlines()]
    assert [(row["id"], row["why"], row["language"]) for row in rows] == [
        ("r1", "not relevant", "de"), ("r2", "another language", "fr"), ("r4", "another language", "fr"),
    ]  # fmt: skip
    assert rows[0]["score"] < 0


def test_everything_is_read_without_the_filter() -> None:
    assert [getattr(item, "id", None) for item in sift(Sieve(False), WAR, SPORT)] == ["r0", "r1"]


def test_a_report_that_is_named_by_itself_is_left_to_the_reader() -> None:
    (report,) = sift(Sieve(False), FRENCH)
    assert isinstance(report, Report) and report.language is None
    assert judge(Report("a", FRENCH, language="de"), relevant_only=False).why is None


def test_sources_are_told_apart_and_faults_pass() -> None:
    def items() -> Iterator[tuple[str, Report | Fault]]:
        yield "a", Fault("a", "line 1", "broken")
        yield "a", Report("1", FRENCH)
        yield "b", Report("2", FRENCH)
        yield "b", Report("3", WAR)

    found = [item for _, item in Sieve(False).sift(items())]
    assert [getattr(item, "id", "fault") for item in found] == ["fault", "1", "3", "fault"]


def test_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import fake_reader

    monkeypatch.setattr("lagebild.cli.read.make_reader", lambda events: fake_reader.make())
    rows = [{"id": "war", "text": f"Kerry: {WAR}"}, {"id": "sport", "text": SPORT}, {"id": "fr", "text": FRENCH}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    listed = tmp_path / "left.jsonl"
    assert main(["read", "--json", "--relevant-only", "--list-filtered", str(listed), str(tmp_path / "a.jsonl")]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["war"]
    assert "left out: 1 report in other languages (1 fr); 1 report not relevant" in err
    assert len(listed.read_text().splitlines()) == 2
    assert main(["read", "--json", str(tmp_path / "a.jsonl")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["read", "--list-filtered", str(tmp_path / "no" / "x"), str(tmp_path / "a.jsonl")]) == 1
    assert "cannot be written" in capsys.readouterr().err
