"""What was made of the store is kept while it holds, made once, and shown as it was while it is made anew if that takes long."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_reports import RUSSIA, UKRAINE, event, report

from lagebild.store import open_writer
from lagebild.web import keep
from lagebild.web.data import Data
from lagebild.web.keep import Keep


def test_a_thing_is_made_once_for_each_mark() -> None:
    kept, made = Keep(), []
    for mark in (1, 1, 2, 2):
        kept.once(("a",), lambda: made.append(1), mark)
    assert len(made) == 2


def test_two_threads_do_not_both_make_it_and_others_do_not_wait() -> None:
    kept, made, go = Keep(), [], threading.Event()

    def slow() -> str:
        made.append(1)
        go.wait(5)
        return "slow"

    threads = [threading.Thread(target=kept.once, args=(("slow",), slow, 1)) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert kept.once(("quick",), lambda: "quick", 1) == "quick"
    go.set()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_what_takes_long_is_shown_as_it_was_while_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "_LONG", 0.0)
    kept, go = Keep(), threading.Event()
    assert kept.soon(("a",), lambda: "old", 1) == ("old", True)

    def anew() -> str:
        go.wait(5)
        return "new"

    assert kept.soon(("a",), anew, 2) == ("old", False)
    assert kept.soon(("a",), anew, 2) == ("old", False)
    go.set()
    for _ in range(500):
        if kept.soon(("a",), anew, 2) == ("new", True):
            return
        time.sleep(0.01)
    raise AssertionError("it is not made anew")


def test_what_is_heavy_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "_HEAVIEST", 3)
    kept, made = Keep(), []
    for n in (1, 2, 3, 4, 5, 1):
        kept.once((n,), lambda n=n: made.append(n), 1)
    assert made == [1, 2, 3, 4, 5, 1]


def test_a_report_of_another_dossier_draws_no_picture_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, drawn = Data(path), []
    monkeypatch.setattr("lagebild.web.data.picture_of", _counted("lagebild.web.data.picture_of", drawn))
    data.picture("ukraine", None, None, "de")
    data.picture("ukraine", None, None, "en")
    assert len(drawn) == 1, "another language is no other picture"
    with open_writer(path) as writer:
        writer.add(report("japan", "2014-09-12", "Post", event("CONSULT", "Japan und Peru sprachen.", "sprachen")))
    data.picture("ukraine", None, None, "en")
    assert len(drawn) == 1
    with open_writer(path) as writer:
        told = event("CONSULT", "Russland und die Ukraine sprachen.", "sprachen", actors=(RUSSIA, UKRAINE))
        writer.add(report("neu", "2014-09-13", "Post", told))
    assert data.picture("ukraine", None, None, "en").at == "2014-09-13"
    assert len(drawn) == 2


def _counted(name: str, calls: list[int]):  # type: ignore[no-untyped-def]
    from lagebild.picture import picture_of

    def counted(*args: object, **options: object) -> object:
        calls.append(1)
        return picture_of(*args, **options)  # type: ignore[arg-type]

    return counted


def test_a_page_of_before_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lagebild.web import make_app

    client = TestClient(make_app(path))
    assert client.get("/dossier/ukraine").status_code == 200
    monkeypatch.setattr(keep, "_LONG", 0.0)
    told = event("CONSULT", "Russland und die Ukraine sprachen.", "sprachen", actors=(RUSSIA, UKRAINE))
    with open_writer(path) as writer:
        writer.add(report("neu", "2014-09-13", "Post", told))
    assert "drawn anew" in client.get("/dossier/ukraine").text
    for _ in range(500):
        page = client.get("/dossier/ukraine").text
        if "4 reports" in page:
            assert "drawn anew" not in page
            return
        time.sleep(0.01)
    raise AssertionError("the new picture does not come")
