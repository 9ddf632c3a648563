"""A corpus: the same dataset however it came about, nothing fatal, nothing silent."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import duckdb
import polars
import pyarrow.parquet
import pytest
from corpus_archives import CAKE, ENGLISH, GERMAN, archive, mixed, page, response
from corpus_here import Here, Remembering

from lagebild.corpus import CorpusError, Options, reports, run
from lagebild.corpus.dataset import Selection
from lagebild.corpus.readings import Readings
from lagebild.corpus.rows import finding_rows, report_row, schemas
from lagebild.errors import Fault
from lagebild.intake import load
from lagebild.model import Report
from lagebild.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[2]


def _bytes(out: Path) -> dict[str, bytes]:
    """The files of a dataset, without the notes of its run."""
    files = (path for path in out.rglob("*") if path.is_file() and "_corpus" not in path.parts)
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


@pytest.fixture
def crawl(tmp_path: Path) -> str:
    return archive(tmp_path / "crawl.warc.gz", mixed())


def test_every_record_is_accounted_for(crawl: str, options: Options, tmp_path: Path) -> None:
    outcome = run([crawl], tmp_path / "out", options)
    counts = outcome.counts
    assert counts["records"] == 9
    assert (counts["reports"], counts["duplicate"], counts["language"], counts["no article"], counts["no page"]) == (
        4,
        1,
        1,
        1,
        2,
    )
    assert (outcome.reports, outcome.findings) == (
        4,
        polars.read_parquet(f"{tmp_path}/out/findings/*/*.parquet").height,
    )
    aside = pyarrow.parquet.read_table(tmp_path / "out" / "aside").to_pylist()
    assert [(row["record"], row["reason"], row["detail"]) for row in aside if row["reason"] == "language"] == [
        (2, "language", "fr")
    ]
    (twice,) = (row for row in aside if row["reason"] == "duplicate")
    assert twice["record"] == 6 and twice["url"] == "https://a.example/1"
    assert outcome.faults == ()


def test_other_programs_read_it(crawl: str, options: Options, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([crawl], out, options)
    rows = duckdb.sql(
        f"SELECT r.month, r.url, f.type, f.actors[1].name FROM read_parquet('{out}/findings/*/*.parquet', hive_partitioning=true) f "
        f"JOIN read_parquet('{out}/reports/*/*.parquet', hive_partitioning=true) r ON f.report = r.key "
        "WHERE f.kind = 'event' AND f.place.country = 'UKR' OR f.type = 'CONSULT' ORDER BY ALL"
    ).fetchall()
    assert ("2014-10", "https://a.example/1", "CONSULT", "John Kerry") in rows
    frame = polars.read_parquet(f"{out}/findings/**/*.parquet", hive_partitioning=True)
    killed = frame.filter(polars.col("measure") == "killed").sort("published")
    assert killed["value"].to_list() == [12.0, 14.0]
    assert killed["month"].to_list() == ["2014-11", "2014-11"]
    for table in ("reports", "findings"):
        for path in out.glob(f"{table}/*/*.parquet"):
            assert pyarrow.parquet.read_schema(path).equals(schemas()[table])


def test_the_dataset_depends_on_no_order_size_or_restart(crawl: str, here: type[Here], tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    run([crawl], whole, Options(here()))
    assert len(_bytes(whole)) == 5
    for number, options in enumerate([Options(here(), records=1), Options(here(backwards=True), records=2)]):
        run([crawl], tmp_path / str(number), options)
        assert _bytes(tmp_path / str(number)) == _bytes(whole)


def test_a_run_goes_on_after_the_last_finished_piece(crawl: str, here: type[Here], tmp_path: Path) -> None:
    run([crawl], tmp_path / "whole", Options(here(), records=2))
    out = tmp_path / "out"
    with pytest.raises(CorpusError, match="broke down 5 times: the power is out"):
        run([crawl], out, Options(here(breaks_at=1), records=2))
    outcome = run([crawl], out, Options(here(breaks_at=3), records=2))  # breaks down twice, goes on by itself
    assert (outcome.before, outcome.pieces) == (0, 5)
    assert _bytes(out) == _bytes(tmp_path / "whole")
    again = run([crawl], out, Options(here(breaks_at=1), records=2))
    assert (again.before, again.counts) == (5, outcome.counts)
    assert _bytes(out) == _bytes(tmp_path / "whole")


def test_archives_may_be_added_one_by_one(crawl: str, options: Options, tmp_path: Path) -> None:
    more = archive(
        tmp_path / "all.warc", [response("https://b.example/", page(GERMAN + " Neu.")), mixed()[0], mixed()[1]]
    )
    run([crawl, more], tmp_path / "both", options)
    run([crawl], tmp_path / "out", options)
    run([more], tmp_path / "out", options)
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "both")


def test_many_reports_are_several_files(
    crawl: str, options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([crawl], tmp_path / "one", options)
    monkeypatch.setattr("lagebild.corpus.finish.PER_FILE", 1)
    run([crawl], tmp_path / "out", options)
    assert len(list((tmp_path / "out" / "reports").rglob("*.parquet"))) > 2
    one, many = (
        polars.read_parquet(f"{tmp_path}/{name}/findings/*/*.parquet").sort("report", "id") for name in ("one", "out")
    )
    assert one.equals(many)


@pytest.mark.parametrize("moment", ["month=2014-10", "month=2014-11", "aside"])
def test_a_crash_while_the_months_are_put_in_place(
    crawl: str, options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    run([crawl], tmp_path / "whole", options)
    rename = Path.rename

    def crash(path: Path, target: Path) -> Path:
        if path.name == moment and "merge" in path.parts:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", crash)
        with pytest.raises(KeyboardInterrupt):
            run([crawl], tmp_path / "out", options)
    run([crawl], tmp_path / "out", options)
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "whole")


def test_bad_records_are_set_aside_with_their_reason(
    here: type[Here], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Remembering.read_report

    def fails(self: Remembering, report: Report) -> Report:
        if "Dienstag" in report.text:
            raise RuntimeError("boom")
        return read(self, report)

    monkeypatch.setattr(Remembering, "read_report", fails)
    lines = [
        json.dumps({"id": 1, "text": GERMAN}),
        "{broken",
        json.dumps({"id": "u\ud800", "text": ENGLISH + "\udfff"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    data = [*mixed()[6:8], response("https://a.example/9", page(CAKE))]
    data[2] = data[2][:-150]
    outcome = run(
        [archive(tmp_path / "x.warc", data), str(tmp_path / "a.jsonl"), str(tmp_path / "none")],
        tmp_path / "out",
        Options(here()),
    )
    aside = pyarrow.parquet.read_table(tmp_path / "out" / "aside").to_pylist()
    found = sorted((os.path.basename(row["source"]), row["record"], row["reason"], row["detail"][:30]) for row in aside)
    assert [one[:3] for one in found] == [
        ("a.jsonl", 2, "unreadable"),
        ("x.warc", 2, "failed"),
        ("x.warc", 3, "unreadable"),
    ]
    assert found[1][3] == "RuntimeError: boom" and "line 2" in found[0][3]
    assert (outcome.counts["reports"], outcome.counts["unreadable"], outcome.counts["failed"]) == (2, 2, 1)
    assert [str(fault) for fault in outcome.faults] == [f"{tmp_path / 'none'}: no such file; check the name"]


def test_a_report_that_kills_its_process_is_left_out(
    crawl: str, options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lagebild.corpus.work import _Notes

    read, tries = Remembering.read_report, []

    def dies(self: Remembering, report: Report) -> Report:
        if report.url == "https://a.example/7":
            tries.append(1)
            raise KeyboardInterrupt  # as if the process were gone: nobody tidies up
        return read(self, report)

    monkeypatch.setattr(Remembering, "read_report", dies)
    monkeypatch.setattr(_Notes, "__exit__", lambda self, kind, *_: None)
    monkeypatch.setattr("lagebild.corpus.job.forget_deaths", lambda out: None)  # one run, of several processes
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            run([crawl], tmp_path / "out", options)
    outcome = run([crawl], tmp_path / "out", options)
    assert len(tries) == 3
    assert (outcome.counts["failed"], outcome.counts["reports"]) == (1, 3)


def test_reports_come_back_as_they_were_read(options: Options, tmp_path: Path) -> None:
    samples = [ROOT / "examples" / "reports" / name for name in ("minsk-2015-02-12.json", "dayton-1995-11-21.json")]
    run([str(path) for path in samples], tmp_path / "out", options)
    found = {report.id: report for report in reports(tmp_path / "out") if isinstance(report, Report)}
    for path in samples:
        shape = json.loads(path.read_text("utf-8"))
        kept = found[shape["id"]]
        assert (kept.text, kept.title, kept.published) == (shape["text"], shape["title"], shape["published"])
    assert len(found["minsk-2015-02-12"].findings) > 10
    assert found["minsk-2015-02-12"].zones


def test_a_reading_is_the_same_as_one_anew(reader: Reader, tmp_path: Path) -> None:
    readings = Readings(tmp_path)
    for path in sorted((ROOT / "examples" / "reports").glob("*-20*.json"))[:6]:
        (sample,) = load(path)
        assert isinstance(sample, Report)
        read = reader.read_report(sample)
        row = report_row("k", "s", 1, read)
        readings.keep(read, row["reading"])
        other = replace(sample, id="x", url="https://b.example/", findings=(), quotes=(), times=())
        found, anew = readings.find(other), reader.read_report(other)
        assert found is not None and len(found.findings) > 3
        assert report_row("k", "s", 1, found) == report_row("k", "s", 1, anew)
        assert finding_rows("k", found) == finding_rows("k", anew)
        assert readings.find(replace(other, published="2001-01-01")) is None


@pytest.mark.parametrize(
    ("selection", "urls"),
    [
        (Selection(), "1738"),
        (Selection(since="2014-10-15"), "738"),
        (Selection(until="2014-11-02"), "173"),
        (Selection(parties=["John Kerry"]), "17"),
        (Selection(places=["ukr"]), ""),
        (Selection(parties=["russia"], words=["airport"]), "1738"),
        (Selection(parties=["russia"], words=["dienst*"], both=True), "7"),
        (Selection(words=["dienst"]), ""),
    ],
)
def test_a_selection(crawl: str, options: Options, tmp_path: Path, selection: Selection, urls: str) -> None:
    run([crawl], tmp_path / "out", options)
    found = [one for one in reports(tmp_path / "out", selection) if not isinstance(one, Fault)]
    assert sorted(one.url or "" for one in found) == [f"https://a.example/{n}" for n in sorted(urls)]


def test_a_folder_of_something_else_is_refused(crawl: str, options: Options, here: type[Here], tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("keep me")
    with pytest.raises(CorpusError, match="neither empty nor a dataset"):
        run([crawl], tmp_path / "full", options)
    run([crawl], tmp_path / "out", options)
    with pytest.raises(CorpusError, match="read with other languages"):
        run([crawl], tmp_path / "out", Options(here(), languages=("de",)))


def test_the_same_words_are_analysed_once(here: type[Here], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []
    read = Remembering.read_report

    def counting(self: Remembering, report: Report) -> Report:
        seen.append(report.url)
        return read(self, report)

    monkeypatch.setattr(Remembering, "read_report", counting)
    copies = [response(f"https://{paper}.example/a", page(text)) for text in (GERMAN, ENGLISH) for paper in "abc"]
    crawl = archive(tmp_path / "a.warc.gz", [*copies, response("https://d.example/a", page(GERMAN, "2014-10-16"))])
    outcome = run([crawl], tmp_path / "out", Options(here(), records=2))
    assert len(seen) == 3 and (outcome.reports, outcome.counts["reused"]) == (7, 4)  # another day is another reading
    assert outcome.counts["words"] == len(GERMAN.split()) * 2 + len(ENGLISH.split())
    assert not (tmp_path / "out" / "_corpus" / "readings").exists()
    # The rows are those that reading every report gives.
    monkeypatch.setattr("lagebild.corpus.readings.Readings.find", lambda self, report: None)
    again = run([crawl], tmp_path / "each", Options(here(), records=2))
    assert len(seen) == 3 + 7 and again.counts["reused"] == 0
    assert _bytes(tmp_path / "each") == _bytes(tmp_path / "out")


def test_one_language_may_be_asked_for(crawl: str, here: type[Here], tmp_path: Path) -> None:
    counts = run([crawl], tmp_path / "out", Options(here(), languages=("en",))).counts
    assert (counts["reports"], counts["language de"], counts["language fr"]) == (2, 3, 1)


def test_other_news_is_left_out_unless_everything_is_asked_for(here: type[Here], tmp_path: Path) -> None:
    crawl = archive(tmp_path / "a.warc", [response("https://a.example/1", page(f"{CAKE}\n{CAKE}")), mixed()[0]])
    (tmp_path / "cake.txt").write_text(CAKE, "utf-8")
    inputs = [crawl, str(tmp_path / "cake.txt")]
    chosen = run(inputs, tmp_path / "chosen", Options(here())).counts
    assert (chosen["records"], chosen["reports"], chosen["irrelevant"]) == (3, 1, 2)
    aside = pyarrow.parquet.read_table(tmp_path / "chosen" / "aside").to_pylist()
    assert {(row["record"], row["reason"]) for row in aside} == {(1, "irrelevant")}
    everything = run(inputs, tmp_path / "all", Options(here(), everything=True)).counts
    assert (everything["records"], everything["reports"]) == (3, 3)


def test_an_empty_archive_is_said(options: Options, tmp_path: Path) -> None:
    outcome = run([archive(tmp_path / "empty.warc", [])], tmp_path / "out", options)
    assert [fault.message for fault in outcome.faults] == ["no page in this archive"]
    with pytest.raises(CorpusError, match="no reports in this dataset"):
        list(reports(tmp_path / "out"))


def test_the_page_names_every_column() -> None:
    text = (ROOT / "docs" / "corpus.md").read_text("utf-8")
    for schema in schemas().values():
        for name in schema.names:
            assert f"| `{name}` |" in text, name
