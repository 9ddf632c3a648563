"""Keeping reports and finding them again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.model import Report
from lagebild.store import StoreError, Writer, open_store, open_writer
from lagebild.store.encode import decode, encode

Read = Callable[..., Report]


def test_what_is_kept_comes_back_whole(store: Writer, read: Read) -> None:
    report = read("a", title="Genf", url="https://example.org/a", publisher="Bote", published="2014-10-14")
    assert store.add(report) == ("a", 1, "new")
    kept = store.report("a")
    assert kept.report == report
    assert (kept.version, kept.versions, kept.day) == (1, 1, "2014-10-14")


def test_the_same_report_again_changes_nothing(store: Writer, read: Read) -> None:
    report = read("a", published="2014-10-14")
    store.add(report)
    assert store.add(report) == ("a", 1, "same")
    assert store.kept(Report("a", report.text, published="2014-10-14")) == ("a", 1)
    assert store.count() == 1


@pytest.mark.parametrize("second", ["a", "b"])
def test_a_changed_text_is_a_new_version_under_the_same_id_or_url(store: Writer, read: Read, second: str) -> None:
    url = "https://example.org/a"
    store.add(read("a", "Kerry kam.", url=url, published="2014-10-14"))
    assert store.add(read(second, "Kerry ging.", url=url, published="2014-10-15")) == ("a", 2, "changed")
    assert store.report("a").report.text == "Kerry ging."
    assert store.report("a", version=1).report.text == "Kerry kam."
    assert store.report(second).id == "a"
    assert [k.version for k in store.reports(at="2014-10-14")] == [1]
    assert [k.version for k in store.reports(at="2014-10-15")] == [2]
    assert list(store.reports(at="2014-10-13")) == []
    # The older text again is no third version, so that a batch may be run again.
    assert store.add(read("a", "Kerry kam.", url=url, published="2014-10-14")) == ("a", 1, "same")


def test_filters(store: Writer, read: Read) -> None:
    store.add(read("a", "Kerry reist ab. Die Waffenruhe hält.", publisher="Bote", published="2014-10-14"))
    store.add(read("b", "Niemand kam nach Düsseldorf.", publisher="Kurier", published="2014-10-16"))

    def ids(**filters: object) -> list[str]:
        found = [kept.id for kept in store.reports(**filters)]  # type: ignore[arg-type]
        assert found == [line.id for line in store.outlines(**filters)]  # type: ignore[arg-type]
        return found

    assert ids() == ["a", "b"]
    assert ids(parties=["john KERRY"]) == ids(parties=["USA"]) == ids(parties=["kerry"]) == ["a"]
    assert ids(words=["waffen*"]) == ids(words=["die waffenruhe"]) == ["a"]
    assert ids(words=["dusseldorf"]) == ["b"]
    assert ids(words=["«", '"', "", "*"]) == []
    assert ids(words=["düsseldorf"], parties=["USA"]) == []
    assert ids(words=["düsseldorf"], parties=["USA"], match="any") == ["a", "b"]
    assert ids(since="2014-10-15") == ["b"]
    assert ids(publishers=["Bote"]) == ids(ids=["a"]) == ["a"]


def test_an_unknown_id_names_the_nearest(store: Writer, read: Read) -> None:
    store.add(read("minsk-2015"))
    with pytest.raises(StoreError, match=r"no report 'minsk-2014' .*nearest: minsk-2015"):
        store.report("minsk-2014")
    with pytest.raises(StoreError, match="has no version 3"):
        store.report("minsk-2015", version=3)


def test_readers_see_each_report_at_once(path: Path, read: Read) -> None:
    with open_writer(path) as writer:
        writer.add(read("a"))
        with open_store(path) as store:
            assert store.count() == 1
            writer.add(read("b"))
            assert store.count() == 2


@given(st.text(st.characters(), min_size=1), st.text(st.characters(), min_size=1))
def test_any_text_and_id_come_back(tmp_path_factory: pytest.TempPathFactory, text: str, id: str) -> None:
    from fake_reader import FakeReader

    report = FakeReader().read_report(Report(id, "Kerry " + text, title=text, url=id, publisher=text))
    assert decode(encode(report))["findings"] == report.findings
    with open_writer(tmp_path_factory.mktemp("any") / "store.sqlite") as store:
        store.add(report)
        assert store.add(report)[2] == "same"
        assert store.report(id).report == report
