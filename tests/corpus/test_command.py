"""`lagebild corpus` and `lagebild add` of a dataset, as people use them."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus_archives import GERMAN, archive, mixed, page, response
from corpus_here import Here

from lagebild.cli import main


@pytest.fixture
def dataset(here: type[Here], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to write to; `lagebild corpus` works in this process."""
    monkeypatch.setattr("lagebild.corpus.engine.Engine", here)
    monkeypatch.setenv("LAGEBILD_STORE", str(tmp_path / "store.sqlite"))
    return tmp_path / "news"


def test_from_archive_to_store(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crawl = archive(tmp_path / "crawl.warc.gz", [*mixed(), response("https://a.example/9", page(GERMAN))[:-90]])
    assert main(["corpus", crawl, "--out", str(dataset), "--workers", "1"]) == 0
    printed = capsys.readouterr()
    first, left, bad = printed.out.splitlines()
    assert first.startswith(f"10 records, 4 reports in them; the dataset {dataset} holds 4 reports and ")
    assert left == "left out: 2 no pages, 1 without an article, 1 there twice, 1 in other languages (fr 1)"
    assert bad == f"1 bad record, set aside with the reason in {dataset / 'aside'}"
    assert printed.err == ""  # no bar where there is no terminal

    assert main(["corpus", crawl, "--out", str(dataset)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 of 1 piece had been read before"

    assert main(["add", str(dataset), "--dossier", "ukraine"]) == 0
    assert "2 reports kept (2 new, 0 changed, 0 kept before)" in capsys.readouterr().out
    assert main(["add", str(dataset), "--since", "2014-10-15"]) == 0
    assert "1 report kept (1 new, 0 changed, 2 kept before)" in capsys.readouterr().out
    assert main(["add", str(dataset), "--until", "2001-01-01"]) == 0
    assert "no report of this dataset is chosen" in capsys.readouterr().err
    main(["reports"])
    assert "https://a.example/7" in capsys.readouterr().out


def test_what_cannot_be_done_is_said(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", str(tmp_path / "none.warc"), "--out", str(dataset)]) == 1
    assert f"{tmp_path / 'none.warc'}: no such file" in capsys.readouterr().err
    assert main(["corpus", "x", "--out", str(dataset), "--address", "host:6379"]) == 1
    assert "--engine ray" in capsys.readouterr().err
    (tmp_path / "a.txt").write_text("Kerry traf Lawrow.")
    assert main(["add", str(tmp_path / "a.txt"), "--since", "2014-01-01"]) == 1
    assert "a.txt is no dataset of `lagebild corpus`" in capsys.readouterr().err
    assert main(["add", str(dataset)]) == 1
    assert "no reports in this dataset; has its run come to its end?" in capsys.readouterr().err
