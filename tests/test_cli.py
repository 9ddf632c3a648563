"""The command line as a person and as a program meet it."""

from __future__ import annotations

import io
import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from lagebild.cli import main

TEXT = "Kerry traf Lawrow am Montag in Genf. Russland will seine Truppen abziehen."
ROOT = Path(__file__).resolve().parents[1]


def test_json_has_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["read", str(tmp_path / "a.txt"), "--json", "--published", "2014-10-14"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {
        "id",
        "title",
        "url",
        "publisher",
        "published",
        "language",
        "text",
        "findings",
        "quotes",
        "times",
        "reader",
    } <= set(report)
    assert (report["id"], report["text"], report["language"]) == ("a", TEXT, "de")
    event = next(f for f in report["findings"] if f["type"] == "CONSULT")
    keys = "id kind type mode issue status actors recipients place time said_by stance conditions trigger evidence"
    assert set(keys.split()) <= set(event)
    assert event["time"] == {**event["time"], "from": "2014-10-13", "to": "2014-10-13"}


def test_people_see_status_speaker_and_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["read", str(tmp_path / "a.txt"), "--published", "2014-10-14"]) == 0
    out = capsys.readouterr().out
    assert out.index("REPORTED AS FACT") < out.index("PLANNED")
    assert "[traf]" in out


def test_one_line_for_each_fault_and_the_rest_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "shape.json").write_text('{"foo": 1}', "utf-8")
    (tmp_path / "page.html").write_text("<html><body><nav>Start</nav></body></html>", "utf-8")
    (tmp_path / "fr.txt").write_text(
        "Le président a rencontré lundi à Paris son homologue pour parler de la guerre.", "utf-8"
    )
    (tmp_path / "date.json").write_text(json.dumps({"id": "d", "text": TEXT, "published": "soon"}), "utf-8")
    assert main(["read", str(tmp_path), str(tmp_path / "missing.txt"), "--json"]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["id"] for line in captured.out.splitlines()] == ["good"]
    faults = captured.err.splitlines()
    assert len(faults) == 7
    for name in ("empty.txt", "binary.txt", "shape.json", "page.html", "fr.txt", "date.json", "missing.txt"):
        assert sum(name in line for line in faults) == 1, name


@pytest.mark.parametrize("data", [TEXT.replace("Truppen", "Kämpfer").encode("latin-1"), TEXT.encode("utf-16")])
def test_other_encodings_are_recognised(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert main(["read", str(tmp_path / "a.txt"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"].startswith("Kerry traf")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.TextIOWrapper(io.BytesIO(TEXT.encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stream)
    assert main(["read", "-", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["id"]) == 12


def test_jobs_and_order_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(str(p) for p in (ROOT / "examples" / "reports").glob("*.json"))[:4]
    outputs = []
    for arguments in (files, [*files, "--jobs", "2"], files[::-1]):
        assert main(["read", "--json", *arguments]) == 0
        outputs.append(sorted(capsys.readouterr().out.splitlines()))
    assert outputs[0] == outputs[1] == outputs[2]


def test_bad_date_and_no_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path), "--published", "2014-13-40"]) == 1
    assert "2014-13-40" in capsys.readouterr().err
    assert main(["read", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_explain_shows_words_tree_and_entries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert main(["explain", str(tmp_path / "a.txt"), "e1"]) == 0
    out = capsys.readouterr().out
    assert "treffen VERB" in out
    assert "nsubj" in out
    assert main(["explain", str(tmp_path / "a.txt"), "e99"]) == 1


def test_explain_says_which_of_several_reports_it_took(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps({"id": name, "text": TEXT}) for name in ("one", "two")]
    (tmp_path / "a.jsonl").write_text("\n".join(["no JSON", *lines]), "utf-8")
    assert main(["explain", str(tmp_path / "a.jsonl"), "e1"]) == 0
    assert "(report one) is the first of several" in capsys.readouterr().err
    assert main(["explain", str(tmp_path / "a.jsonl"), "e1", "--report", "two"]) == 0
    assert not capsys.readouterr().err
    assert main(["explain", str(tmp_path / "a.jsonl"), "e1", "--report", "three"]) == 1
    broken, missing = capsys.readouterr().err.splitlines()
    assert "line 1" in broken and "no report 'three' (reports: one, two)" in missing


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1.5"])
def test_a_wrong_number_of_jobs_is_told(capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["read", "a.txt", f"--jobs={jobs}"])
    assert stop.value.code == 2
    assert f"{jobs!r} is no whole number from 1 up" in capsys.readouterr().err


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    code = re.findall(r"In Python:\n\n((?: {4}.*\n|\n)+)", (ROOT / "README.md").read_text("utf-8"))
    names: dict[str, Any] = {}
    exec(textwrap.dedent(code[0]), names)
    (event,) = names["report"].findings
    assert (event.type, event.status, event.time.start) == ("CONSULT", "occurred", "2014-10-13")
    assert [party.name for party in (*event.actors, *event.recipients)] == ["John Kerry", "Sergey Lavrov"]


def test_lexicon_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "check"]) == 0
    assert "sound" in capsys.readouterr().out


def test_results_go_to_the_file_while_a_bar_is_on_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("Kerry traf am Montag Lawrow in Genf.", "utf-8")
    out, terminal = io.StringIO(), Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert main(["read", str(tmp_path), "--json"]) == 0
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["0", "1", "2"]
    assert "3/3" in terminal.getvalue()
