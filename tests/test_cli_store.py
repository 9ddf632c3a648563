"""The commands of the store as a person and as a program meet them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_reader import FakeReader

from lagebild.cli import main
from lagebild.model import Report
from lagebild.serial import dumps

Run = Callable[..., tuple[int, list[str], list[str]]]
NOTE = ["--note", "seen on the list"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a store of its own; gives exit status, lines of output and lines of standard error."""
    monkeypatch.setenv("LAGEBILD_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setattr("lagebild.cli.store.make_reader", lambda *_: FakeReader())

    def call(*arguments: str) -> tuple[int, list[str], list[str]]:
        status = main(arguments)
        captured = capsys.readouterr()
        return status, captured.out.splitlines(), captured.err.splitlines()

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Kerry kam nach Genf. Es starben 3600 Menschen.", "utf-8")
    (folder / "b.json").write_text(
        json.dumps({"id": "bote-7", "text": "Kerry ging.", "published": "2014-10-16", "publisher": "Bote"}), "utf-8"
    )
    return folder


def test_add_again_and_changed(run: Run, folder: Path) -> None:
    assert run("add", str(folder))[1][0].startswith("2 reports kept (2 new, 0 changed, 0 kept before), 3 findings: ")
    assert run("add", str(folder))[1][0].startswith("0 reports kept (0 new, 0 changed, 2 kept before)")
    (folder / "a.txt").write_text("Kerry kam doch nicht nach Genf. Es starben 3600 Menschen.", "utf-8")
    status, out, err = run("add", str(folder))
    assert (status, err) == (0, ["lagebild: a: the report has changed, kept as version 2"])
    assert out[0].startswith("1 report kept (0 new, 1 changed, 1 kept before)")
    assert run("show", "a", "--text", "--version", "1")[1] == ["Kerry kam nach Genf. Es starben 3600 Menschen."]
    (folder / "a.txt").write_text("Etwas ganz und gar anderes: Kerry schlief.", "utf-8")
    assert "give them different ids" in run("add", str(folder))[2][0]


def test_add_tells_what_it_could_not_keep(run: Run, folder: Path) -> None:
    (folder / "c.txt").write_text("Zulu", "utf-8")
    (folder / "d.txt").write_text("Kaboom", "utf-8")
    (folder / "e.txt").write_text("Niemand kam.", "utf-8")
    status, out, err = run("add", str(folder), str(folder / "missing.txt"))
    assert status == 1
    assert out[0].startswith("3 reports kept")
    assert [
        sum(name in line for line in err) for name in ("c.txt", "d.txt", "missing.txt", "e: kept, no findings")
    ] == [1] * 4
    assert len(err) == 4


def test_lists_and_filters(run: Run, folder: Path) -> None:
    run("add", str(folder))
    status, out, err = run("reports", "--party", "USA", "--since", "2014-10-16")
    assert (status, [line.split()[0] for line in out]) == (0, ["ID", "bote-7", "a"])
    assert [json.loads(line)["id"] for line in run("reports", "--json", "--word", "starb*")[1]] == ["a"]
    status, out, err = run("reports", "--at", "2014-01-01")
    assert (status, out, err) == (0, [], ["lagebild: none of 2 kept reports"])
    with pytest.raises(SystemExit) as stopped:
        run("reports", "--at", "soon")
    assert stopped.value.code == 2


def test_show(run: Run, folder: Path) -> None:
    run("add", str(folder))
    status, out, _ = run("show", "bote-7")
    assert status == 0 and any("Kerry" in line for line in out)
    shown = json.loads(run("show", "bote-7", "--json")[1][0])
    assert (shown["id"], shown["version"], shown["corrections"]) == ("bote-7", 1, {})
    status, out, err = run("show", "bote")
    assert (status, out, len(err)) == (1, [], 1)
    assert "no report 'bote'" in err[0] and err[0].endswith("; nearest: bote-7")


def test_corrections_are_shown_as_such(run: Run, folder: Path) -> None:
    run("add", str(folder))
    assert run("correct", "set", "a#f1", "value=3700", "precision=about", *NOTE, "--by", "AB")[1] == [
        "correction 1: a#f1 value → 3700",
        "correction 2: a#f1 precision → about",
    ]
    run("correct", "drop", "a#e1", *NOTE)
    out = run("show", "a")[1]
    assert any("about 3,700" in line for line in out)
    at = next(n for n, line in enumerate(out) if line.startswith("CORRECTED"))
    assert "value: 3600 → 3700 · «seen on the list» (correction 1," in out[at + 2] and "AB" in out[at + 2]
    assert "taken out «Kerry»" in out[at + 1]
    shown = json.loads(run("show", "a", "--json")[1][0])
    assert [f["id"] for f in shown["findings"]] == ["f1"]
    assert [c["correction"] for c in shown["corrections"]["f1"]] == [1, 2]
    run("correct", "undo", "3")
    run("correct", "join", "a#e1", "bote-7#e1", *NOTE)
    run("correct", "split", "a#e1", "--from", "bote-7#e1", *NOTE)
    run("correct", "close", "a#e1", "--fate", "fulfilled", "--on", "2014-10-17", *NOTE)
    assert [line.split("·")[0].split(maxsplit=1)[1].strip() for line in run("correct", "list")[1]] == [
        "set a#f1 value → 3700",
        "set a#f1 precision → about",
        "join a#e1, bote-7#e1",
        "split a#e1 from bote-7#e1",
        "close a#e1 fulfilled since 2014-10-17",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["set", "a#e9", "status=planned"], "no finding 'e9' in report 'a' (its findings: e1, f1)"),
        (["set", "x#e1", "status=planned"], "no report 'x'"),
        (["set", "a", "status=planned"], "REPORT#FINDING"),
        (["set", "a#e1", "planned"], "FIELD=VALUE"),
        (["set", "a#e1", "status=maybe"], "occurred, ongoing, planned"),
        (["set", "a#e1", "colour=red"], "no field of an event"),
        (["set", "a#e1", "time=soon"], "is no date"),
        (["set", "a#e1", "actors=[{"], "no valid JSON"),
        (["set", "a#f1", "value=many"], "give a number"),
        (["set", "a#f1", "value=inf"], "give a number"),
        (["join", "a#e1", "a#e1"], "at least 2 findings"),
        (["split", "a#e1", "--from", "a#e1"], "both sides"),
        (["close", "a#e1", "--fate", "lost"], "kept, broken, fulfilled"),
    ],
)
def test_corrections_that_cannot_be(run: Run, folder: Path, arguments: list[str], says: str) -> None:
    run("add", str(folder))
    status, out, err = run("correct", *arguments, *NOTE)
    assert (status, out, len(err)) == (1, [], 1)
    assert says in err[0]
    assert run("correct", "list")[2] == ["lagebild: no corrections in the store"]


def test_values_in_few_words(run: Run, folder: Path) -> None:
    run("add", str(folder))
    run(
        "correct", "set", "a#e1", "mode=withdraw", "type=RETREAT", "place=Milan/ITA", "time=2014-10-01/2014-10-10",
        "actors=Sergey Lavrov/RUS; Taliban", 'said_by=[{"text": "UNO", "name": "United Nations"}]', *NOTE,
    )  # fmt: skip
    event = json.loads(run("show", "a", "--json")[1][0])["findings"][0]
    assert (event["type"], event["mode"]) == ("RETREAT", "withdraw")
    assert (event["place"]["name"], event["place"]["country"]) == ("Milan", "ITA")
    assert (event["time"]["from"], event["time"]["to"]) == ("2014-10-01", "2014-10-10")
    assert [(p["name"], p["country"]) for p in event["actors"]] == [("Sergey Lavrov", "RUS"), ("Taliban", None)]
    assert [p["name"] for p in event["said_by"]] == ["United Nations"]


def test_parties(run: Run, folder: Path) -> None:
    run("add", str(folder))
    run("correct", "set", "a#e1", "recipients=Sergej Lawrow/RUS; Sergey Lavrov/RUS", *NOTE)
    assert run("party", "merge", "sergey lavrov", "Sergej Lawrow/RUS", *NOTE)[1] == [
        "decision 1: Sergey Lavrov, Sergej Lawrow (RUS) are one party"
    ]
    status, _, err = run("party", "split", "John Kery", "Sergej Lawrow", *NOTE)
    assert status == 1 and "no party 'John Kery'" in err[0] and "nearest: John Kerry" in err[0]
    assert run("party", "merge", "John Kerry", "John Kerry", *NOTE)[0] == 1
    assert len(run("party", "list")[1]) == 1
    assert run("party", "undo", "1")[0] == 0
    assert run("party", "undo", "1")[0] == 1


def test_remove_backup_sql(run: Run, folder: Path, tmp_path: Path) -> None:
    run("add", str(folder))
    copy = tmp_path / "copy.sqlite"
    assert run("backup", str(copy))[1] == [f"2 reports copied to {copy}"]
    assert run("remove", "a")[1] == ["removed a"]
    assert run("sql", "select report, publisher from reports")[1] == ["report  publisher", "bote-7  Bote"]
    assert run("sql", "--csv", "select report, publisher from reports")[1] == ["report,publisher", "bote-7,Bote"]
    assert json.loads(run("sql", "--json", "select report, 1 as n from reports")[1][0]) == {"report": "bote-7", "n": 1}
    status, _, err = run("sql", "delete from report")
    assert (status, len(err)) == (1, 1)
    assert len(run("reports", "--store", str(copy))[1]) == 3


def test_reread_says_what_changed(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", str(folder))
    run("correct", "drop", "a#f1", *NOTE)
    assert run("reread")[1] == ["2 texts read anew, 0 changes in 0"]

    class Newer(FakeReader):
        version = "newer"

        def read_report(self, report: Report) -> Report:
            done = super().read_report(report)
            findings = tuple(replace(f, status="planned") for f in done.findings if f.id != "f1")
            return replace(done, findings=findings, reader="newer")

    monkeypatch.setattr("lagebild.cli.store.make_reader", lambda *_: Newer())
    status, out, _ = run("reread")
    assert (status, out) == (
        0,
        [
            "a",
            "  ~ e1 CONSULT «Kerry» · status: occurred → planned",
            "  - f1 killed «3600»",
            "  correction 1 (drop) finds nothing to correct now; it is kept",
            "bote-7",
            "  ~ e1 CONSULT «Kerry» · status: occurred → planned",
            "2 texts read anew, 3 changes in 2",
        ],
    )
    assert run("reread")[1][-1].startswith("0 texts read anew, 0 changes in 0; 2 texts left out")
    assert run("reread", "--all", "a")[1][-1] == "1 text read anew, 0 changes in 0"
    assert run("reread", "x")[0] == 1


def test_lines_that_were_read_elsewhere(run: Run, tmp_path: Path) -> None:
    report = FakeReader().read_report(Report("a", "Kerry kam.", published="2014-10-14"))
    lines = tmp_path / "out.jsonl"
    lines.write_text(dumps(report) + '\n\n{"id": "b", "text": "Kerry"}\nnonsense\n', "utf-8")
    status, out, err = run("add", "--as-read", str(lines))
    assert (status, len(err)) == (1, 2)
    assert out[0].startswith("1 report kept (1 new, 0 changed, 0 kept before), 1 finding")
    assert run("add", "--as-read", str(lines))[1][0].startswith("0 reports kept (0 new, 0 changed, 1 kept before)")


def test_every_view_is_documented(run: Run, folder: Path, tmp_path: Path) -> None:
    run("add", str(folder))
    page = (Path(__file__).resolve().parents[1] / "docs" / "store.md").read_text("utf-8")
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        for view in views:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({view})")]
            line = next(line for line in page.splitlines() if line.startswith(f"| `{view}`"))
            assert [c for c in columns if f"`{c}`" not in line] == [], view
