"""The command `lagebild export` as a person and as a program meet it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_reader import FakeReader

from lagebild.cli import main
from lagebild.cli.export import NAMES
from lagebild.export import FORMATS

Run = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command on a store of its own; gives exit status, output and lines of standard error."""
    monkeypatch.setenv("LAGEBILD_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setattr("lagebild.cli.store.make_reader", lambda *_: FakeReader())
    (tmp_path / "a.txt").write_text("Kerry kam nach Genf. Es starben 3600 Menschen.", "utf-8")
    (tmp_path / "b.txt").write_text("Kerry sprach.", "utf-8")

    def call(*arguments: str) -> tuple[int, str, list[str]]:
        status = main(arguments)
        captured = capfdbinary.readouterr()
        return status, captured.out.decode("utf-8"), captured.err.decode("utf-8").splitlines()

    return call


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    assert run("add", str(tmp_path / "a.txt"), "--published", "2014-10-14")[0] == 0
    assert run("add", str(tmp_path / "b.txt"), "--published", "2014-10-20")[0] == 0
    return run


def test_the_command_knows_all_formats() -> None:
    assert set(NAMES) == set(FORMATS)


def test_output_is_the_table_and_standard_error_says_what_it_holds(filled: Run) -> None:
    status, out, err = filled("export", "--format", "csv")
    assert status == 0
    assert [row["kind"] for row in csv.DictReader(io.StringIO(out))] == ["event", "figure", "event"]
    assert err == ["lagebild: csv as of 2014-10-20: 3 findings written"]


def test_as_of_a_day(filled: Run) -> None:
    _, out, err = filled("export", "--format", "csv", "--at", "2014-10-15")
    assert len(out.splitlines()) == 3 and "as of 2014-10-15" in err[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_format_into_a_file(filled: Run, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    status, out, err = filled("export", "--format", name, "-o", str(target))
    assert (status, out, len(err)) == (0, "", 1)
    assert target.read_bytes() != b"old"
    assert list(tmp_path.glob("*.part")) == []


def test_a_dossier_that_is_unknown_or_empty(filled: Run) -> None:
    status, out, err = filled("export", "--format", "csv", "--dossier", "ukrane")
    assert (status, out, len(err)) == (1, "", 1) and "ukraine" in err[0]
    status, out, err = filled("export", "--format", "csv", "--dossier", "ukraine")
    assert (status, out, len(err)) == (1, "", 1) and "ukraine" in err[0]


def test_no_store_no_reports_and_a_day_before_the_first(run: Run, tmp_path: Path) -> None:
    status, _, err = run("export", "--format", "csv")
    assert status == 1 and len(err) == 1
    assert run("add", str(tmp_path / "a.txt"), "--published", "2014-10-14")[0] == 0
    status, _, err = run("export", "--format", "csv", "--at", "2014-01-01")
    assert status == 1 and err == ["lagebild: no report from 2014-01-01 or before; the first is of 2014-10-14"]


def test_a_file_that_cannot_be_written_stays_as_it_was(filled: Run, tmp_path: Path) -> None:
    status, _, err = filled("export", "--format", "csv", "-o", str(tmp_path / "none" / "x.csv"))
    assert status == 1 and len(err) == 1 and "x.csv cannot be written" in err[0]
