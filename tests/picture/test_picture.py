"""The picture as a whole: sentences with findings, changes, JSON by its schema, dossiers, errors for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made import DONETSK, REBELS, RUSSIA, UKRAINE, event, kept, on, picture

from lagebild.cli import main
from lagebild.errors import LagebildError
from lagebild.lexicon.labels import labels
from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.lexicon.topics import TABLES, shows
from lagebild.model import EVENT_TYPES, ISSUES, MEASURES, PRECISIONS, STATUSES, Party
from lagebild.picture import Dossier, add_dossier, dossier, dossiers
from lagebild.picture.dossiers import Scope, reports_of
from lagebild.picture.json import picture_from_json, picture_to_json, schema
from lagebild.store import PartyDecision, open_store, open_writer
from lagebild.store.adding import keep

ROOT = Path(__file__).resolve().parents[2]
ATTACK = kept(
    "a",
    "2014-09-01",
    "Anzeiger",
    event(
        "ASSAULT", "Separatisten beschossen Donezk", "beschossen", actors=[REBELS], place=DONETSK, time=on("2014-09-01")
    ),
)
BLAME = kept(
    "b",
    "2014-09-03",
    "Bote",
    event("ACCUSE", "Kiew warf Moskau Krieg vor", "warf", actors=[UKRAINE], recipients=[RUSSIA]),
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    with open_writer(path) as writer:
        for one in (ATTACK, BLAME):
            keep(writer, one.report)
    return path


# ------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_are_shown_by_their_examples(language: str) -> None:
    for table in TABLES:
        for entry in load(language, "picture")[table]:
            assert entry["id"] in shows(table, entry["example"], language), (table, entry["id"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_give_their_examples(language: str) -> None:
    words = labels(language)
    for entry in load(language, "picture")["template"]:
        assert words.sentence(entry["id"], **entry["values"]) == entry["example"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_word(language: str) -> None:
    table, other = load(language, "picture")["label"], load("en", "picture")["label"]
    for group, ids in (
        ("type", EVENT_TYPES),
        ("issue", ISSUES),
        ("measure", MEASURES),
        ("status", STATUSES),
        ("precision", PRECISIONS),
    ):
        assert set(ids) <= set(table[group]), group
    assert {g: set(v) for g, v in table.items()} == {g: set(v) for g, v in other.items()}


# --------------------------------------------------------------------------------------------- the picture


def test_every_sentence_names_findings_that_are_there() -> None:
    shown = picture(ATTACK, BLAME, language="de")
    refs = {ref for case in shown.cases for ref in case.refs}
    assert 2 < len(shown.situation) <= 10
    for sentence in shown.situation:
        assert sentence.text.endswith(".") and sentence.refs and set(sentence.refs) <= refs
    assert "5" not in shown.situation[0].text and "3. September 2014" in shown.situation[0].text


def test_json_has_the_shape_of_the_published_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    shown = picture(ATTACK, BLAME)
    value = json.loads(json.dumps(picture_to_json(shown)))
    published = json.loads((ROOT / "docs" / "picture.schema.json").read_text("utf-8"))
    assert published == json.loads(json.dumps(schema()))
    jsonschema.validate(value, published)
    assert picture_from_json(value) == shown


def test_names_that_are_one_party_by_decision() -> None:
    one, other = Party("Girkin", "Igor Girkin", "RUS", "person"), Party("Strelkow", "Igor Strelkov", "RUS", "person")
    reports = [
        kept(n, "2014-09-01", n, event("ACCUSE", f"{p.text} rügte Kiew", "rügte", actors=[p], recipients=[UKRAINE]))
        for n, p in (("a", one), ("b", other))
    ]

    def actors(*decisions: PartyDecision) -> set[tuple[str, ...]]:
        return {m.actors for c in picture(*reports, decisions=decisions).cases for m in c.mentions}

    assert len(actors()) == 2
    merged = PartyDecision(
        1, "merge", (("Igor Strelkov", "RUS"), ("Igor Girkin", "RUS")), "one man", None, "2014-12-01"
    )
    assert actors(merged) == {("person:igor strelkov:RUS",)}
    split = PartyDecision(2, "split", (("Igor Strelkov", "RUS"), ("Igor Girkin", "RUS")), "no", None, "2014-12-02")
    assert len(actors(merged, split)) == 2


def test_transliterations_are_one_person_and_ministers_of_two_countries_are_not() -> None:
    names = ["Sergej Lawrow", "Sergey Lavrov", "Lavrov"]
    people = [Party(n, n, "RUS", "person", "foreign_minister") for n in names] + [
        Party("der Aussenminister", "foreign minister", c, "person", "foreign_minister")
        for c in ("UKR", "DEU", None, None)
    ]
    reports = [
        kept(
            f"r{i}",
            "2014-09-01",
            "P",
            event("ACCUSE", f"Er rügte Kiew zum {i}. Mal", "rügte", actors=[p], recipients=[UKRAINE]),
        )
        for i, p in enumerate(people)
    ]
    shown = picture(*reports)
    ids = {m.report: m.actors[0] for c in shown.cases for m in c.mentions}
    assert ids["r0"] == ids["r1"] == ids["r2"]
    assert len({ids[f"r{i}"] for i in range(3, 7)}) == 4


# ------------------------------------------------------------------------------------------------ dossiers


def test_the_shipped_dossiers_are_many_and_sound() -> None:
    shipped = dossiers()
    assert len(shipped) >= 15
    assert all(d.name("de") and d.name("en") and (d.parties or d.places) and d.words for d in shipped)


def test_findings_of_another_conflict_are_left_out() -> None:
    syria = Party("Syrien", "Syria", "SYR", "state")
    mixed = kept(
        "m",
        "2014-09-01",
        "P",
        event("ASSAULT", "Syrien bombardierte Homs", "bombardierte", actors=[syria]),
        event("ASSAULT", "Separatisten beschossen Donezk", "beschossen", actors=[REBELS], place=DONETSK),
    )
    belongs = Scope(dossier("ukraine"))
    assert [belongs(mixed, f) for f in mixed.findings] == [False, True]


def test_a_dossier_asks_for_its_cities_by_name(tmp_path: Path) -> None:
    leaders = Party("European leaders", "European leaders", None, "person")
    words = "European leaders will meet again on Saturday"
    report = kept("c", "2014-09-03", "Courier", event("CONSULT", words, "meet", status="planned", actors=[leaders]),
                  text=f"Residents of Mariupol were digging trenches. {words}.", language="en")  # fmt: skip
    path = tmp_path / "store.sqlite"
    with open_writer(path) as writer:
        keep(writer, report.report)
    with open_store(path) as opened:
        assert [k.id for k in reports_of(dossier("ukraine"), opened, None)] == ["c"]


def test_a_dossier_of_ones_own(store: Path) -> None:
    add_dossier(store, Dossier("moskau", {"de": 'Moskau «und» "Kiew"'}, ("RUS",), own=True))
    again = dossier("moskau", store)
    assert again.names["de"] == 'Moskau «und» "Kiew"' and again.own
    with open_store(store) as kept_store:
        assert [k.id for k in reports_of(again, kept_store, None)] == ["b"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["picture", "ukrain"], "no dossier 'ukrain'; nearest: ukraine"),
        (
            ["picture", "ukraine", "--at", "2013-01-01"],
            "no report of dossier 'ukraine' from 2013-01-01 or before; the first is of 2014-09-01",
        ),
        (["picture", "korea"], "none of the kept reports belongs to dossier 'korea'"),
        (
            ["picture", "ukraine", "--at", "2014-09-02", "--since", "2014-09-03"],
            "--since 2014-09-03 is after the day of the picture",
        ),
        (["dossier", "add", "Ä!"], "'Ä!' is no id for a dossier"),
        (["dossier", "add", "leer"], "dossier 'leer' has no party, place or word"),
    ],
)
def test_errors_are_one_line(store: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], line: str) -> None:
    assert main([*arguments, "--store", str(store)]) == 1
    said = capsys.readouterr().err.strip()
    assert line in said and len(said.splitlines()) == 1


def test_commands(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["picture", "ukraine", "--since", "2014-09-02", "--lang", "de", "--store", str(store)]) == 0
    shown = capsys.readouterr().out
    assert (
        "SEITHER GEÄNDERT" in shown
        and "ereignisse: neu → geschehen «Kiew warf Moskau Krieg vor»" in shown
        and "[b#e1]" in shown
    )
    assert main(["picture", "ukraine", "--json", "--store", str(store)]) == 0
    assert picture_from_json(json.loads(capsys.readouterr().out)).dossier == "ukraine"
    assert main(["dossier", "list", "--store", str(store)]) == 0
    assert "ukraine" in capsys.readouterr().out
    assert main(["dossier", "suggest", "--least", "1", "--store", str(store)]) == 0
    assert "UKR" in capsys.readouterr().out


def test_a_broken_file_of_dossiers_is_named(store: Path) -> None:
    store.with_name("dossiers.toml").write_text("[[dossier", "utf-8")
    with pytest.raises(LagebildError, match=r"dossiers\.toml"):
        dossiers(store)
