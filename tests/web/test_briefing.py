"""`lagebild report`: a dossier as a briefing of a few pages, each line with its evidence; read back from HTML and PDF."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from lxml import html as markup
from pypdf import PdfReader

from lagebild.cli import main
from lagebild.picture import picture_of
from lagebild.store import open_store, open_writer
from lagebild.web.briefing import briefing


def written(store: Path, file: Path, *options: str) -> Path:
    assert main(["report", "ukraine", "-o", str(file), "--store", str(store), *options]) == 0
    return file


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_pdf_of_a_few_pages_says_what_the_picture_says(sample_store: Path, tmp_path: Path) -> None:
    read = PdfReader(written(sample_store, tmp_path / "lage.pdf", "--at", "2014-10-18"))
    assert 2 <= len(read.pages) <= 7
    assert {tuple(round(float(x)) for x in page.mediabox[2:]) for page in read.pages} == {(595, 842)}  # A4, in points
    told = words(" ".join(page.extract_text() for page in read.pages))
    with open_store(sample_store) as store:
        picture = picture_of(store, "ukraine", "2014-10-18")
    assert picture.name in told and "18 October 2014" in told
    # A word at the end of a line may be parted, so the letters are compared.
    letters = re.sub(r"\W|\d", "", told)
    for sentence in picture.situation:
        assert re.sub(r"\W|\d", "", sentence.text) in letters, sentence.text
    assert f"1 / {len(read.pages)}" in told
    assert (read.metadata or {}).get("/Title", "").startswith(picture.name)


def test_every_number_leads_to_the_words_of_a_report(path: Path, tmp_path: Path) -> None:
    page = markup.parse(written(path, tmp_path / "b.html", "--lang", "de", "--since", "2014-09-08")).getroot()
    assert page.get("lang") == "de"
    noted = {a.get("href") for a in page.cssselect(".notes a")}
    assert len(noted) > 4
    for href in noted:
        assert "«" not in words(page.cssselect(href)[0].cssselect("q")[0].text_content())
        assert page.cssselect(href)[0].cssselect("q")[0].text_content().strip()
    assert any("Morgenblatt" in li.text_content() for li in page.cssselect(".behind li"))
    assert page.cssselect("svg.map") and page.cssselect("svg.ledger")


def test_the_file_needs_nothing_else(path: Path, tmp_path: Path) -> None:
    page = markup.parse(written(path, tmp_path / "b.html")).getroot()
    assert not list(page.iter("script", "link", "img", "iframe"))
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert "url(" not in " ".join(style.text for style in page.iter("style"))


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", '"><img src="http://evil.example/x">', "\ud800\u202e\0"]
)
def test_hostile_reports_stay_words(tmp_path: Path, attack: str) -> None:
    from test_hostile import hostile

    store = tmp_path / "store.sqlite"
    with open_writer(store) as writer:
        writer.add(hostile(attack))
    page = markup.parse(written(store, tmp_path / "b.html")).getroot()
    assert not list(page.iter("script", "img"))
    assert len(PdfReader(written(store, tmp_path / "b.pdf")).pages) >= 1


def test_what_is_left_out_is_counted(sample_store: Path) -> None:
    with open_store(sample_store) as store:
        picture = picture_of(store, "ukraine", "2014-10-18")
    page = markup.fromstring(briefing(picture))
    rows = sum(
        len(table.cssselect("tbody tr"))
        for table in page.cssselect("table")
        if table.cssselect("thead th:nth-child(4)")
    )
    assert rows
    left = [int(n) for n in re.findall(r"(\d+) more left out", page.text_content())]
    assert len(picture.commitments) - 12 in left


def test_wrong_files_are_said(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "ukraine", "-o", "x.doc", "--store", str(path)])
    assert "must end with .html or .pdf" in capsys.readouterr().err
    assert main(["report", "ukraine", "-o", str(tmp_path / "no" / "x.html"), "--store", str(path)]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_without_weasyprint_a_line_says_what_to_do(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert main(["report", "ukraine", "-o", str(tmp_path / "x.pdf"), "--store", str(path)]) == 1
    assert "pip install 'lagebild[pdf]'" in capsys.readouterr().err
    assert not (tmp_path / "x.pdf").exists()
