"""What is removed is gone: from every query, from the index of words, and from the bytes of the file and its log."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lagebild.model import Event, Party, Place, Report
from lagebild.store import StoreError, Writer, open_store, open_writer
from lagebild.store.corrections import target_of

Read = Callable[..., Report]


def bytes_of(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name))


def words(number: int, count: int) -> list[str]:
    """Made-up words that share no beginning with those of another report, so that the index cannot shorten them."""
    made = random.Random(number)
    return ["".join(made.choices("bcdfghjklmnpqrstvwxz", k=14)) for _ in range(count)]


def named(id: str, names: list[str]) -> Report:
    """A report in which each name meets at its place: names go into text, title, findings and every index."""
    text = " ".join(names)
    findings = []
    for number, name in enumerate(names):
        span = (text.index(name), text.index(name) + len(name))
        meets = (Party(name, name.upper()),)
        findings.append(
            Event(
                f"e{number}",
                "CONSULT",
                "occurred",
                name,
                name,
                span,
                span,
                actors=meets,
                place=Place(name, name.title()),
            )
        )
    return Report(id, text, title=names[0], published="2014-10-14", findings=tuple(findings), reader="test")


def test_the_words_are_gone_from_the_file(path: Path) -> None:
    names = {f"r{n:03}": words(n, 12 + n % 5 * 40) for n in range(150)}
    gone = [id for n, id in enumerate(names) if n % 3 == 0]
    notes = {id: words(1000 + n, 1)[0] for n, id in enumerate(gone[:20])}

    secret = {word for id in gone for word in names[id]} | set(notes.values())

    def left() -> set[str]:
        """The secret words in the bytes; each has fourteen letters."""
        runs = re.findall(r"[a-z]{14,}", bytes_of(path).decode("latin-1").lower())
        return {run[at : at + 14] for run in runs for at in range(len(run) - 13)} & secret

    with open_writer(path) as store:
        for id, some in names.items():
            store.add(named(id, some))
        for id, note in notes.items():  # an older version and a correction are wiped out as well
            report = named(id, names[id][::-1])
            store.add(report)
            store.correct("set", [target_of(report, report.findings[0])], note, "status", "denied")
        assert len(left()) > 0.9 * len(secret)
        store.remove(gone[:50])
        store.remove(gone[50:])
        assert left() == set()
        assert [k.id for k in store.reports()] == [id for id in names if id not in gone]
        assert list(store.reports(words=[names[gone[0]][0]])) == []
        assert [k.id for k in store.reports(words=[names["r001"][5]])] == ["r001"]
    assert left() == set()


def test_a_removal_that_was_broken_off_is_finished_by_the_next_writer(
    path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_writer(path) as store:
        store.add(read("a", "Kerry qxzwvk."))
        store.add(read("b"))
        monkeypatch.setattr(Writer, "scrub", lambda self: None)  # the process dies here
        store.remove(["a"])
        monkeypatch.undo()
    with open_store(path) as store_:
        assert [k.id for k in store_.reports()] == ["b"]
    open_writer(path).close()
    assert b"qxzwvk" not in bytes_of(path)


def test_a_reader_in_the_middle_delays_the_wiping_and_that_is_said(path: Path, read: Read) -> None:
    with open_writer(path, wait=0.1) as store:
        store.add(read("a", "Kerry qxzwvk."))
        store.add(read("b"))
        with open_store(path) as other:
            reports = other.sql("select report from reports")[1]
            next(reports)
            with pytest.raises(StoreError, match="removed, but another process still reads"):
                store.remove(["a"])
            open_writer(path).close()  # others go on meanwhile
            assert len(list(reports)) == 1  # it still sees what it began with
    open_writer(path).close()
    assert b"qxzwvk" not in bytes_of(path)


def test_an_unknown_id_removes_nothing(store: Writer, read: Read) -> None:
    store.add(read("a"))
    with pytest.raises(StoreError, match="no report 'b'"):
        store.remove(["a", "b"])
    assert store.count() == 1
