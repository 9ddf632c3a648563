"""A follower is killed at random moments and started again: every article is kept once, in one version."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from following import feed, page
from loopback import Loopback, answer

from lagebild.store import open_store

SCRIPT = Path(__file__).with_name("killed_follower.py")
NUMBER, KILLS = 120, 6


def words(number: int) -> str:
    """A text that is like no other."""
    return (
        " ".join(f"Kerry{number} traf{number * 7 + i} Lawrow{number * 13 + i} in Genf." for i in range(12))
        + " Das sagte er."
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork")
def test_killed_and_started_again(tmp_path: Path) -> None:
    routes: dict[str, Any] = {f"/{n}": page(words(n), title=f"Meldung {n}") for n in range(NUMBER)}
    routes |= {"/rss": feed(*(f"/{n}" for n in range(NUMBER))), "/bad": answer(b"", "404 Not Found")}
    with Loopback(routes) as server:
        feeds = tmp_path / "feeds.toml"
        feeds.write_text(
            f'delay = 0\nallow_hosts = ["127.0.0.1"]\n[[feed]]\nurl = "{server.url}/rss"\nlanguage = "de"\n'
            f'[[feed]]\nurl = "{server.url}/bad"\n'
        )
        done = subprocess.run(
            [sys.executable, str(SCRIPT), str(tmp_path / "store.sqlite"), str(feeds), str(KILLS), "7"],
            capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
    lines = done.stdout.splitlines()
    assert int(lines[-1].removeprefix("killed ")) >= 2, done.stderr
    with open_store(tmp_path / "store.sqlite") as store:
        kept = [kept.report.title for kept in store.reports()]
        assert sorted(map(str, kept)) == sorted(f"Meldung {n}" for n in range(NUMBER))
        assert list(store.sql("select count(*) from versions")[1]) == [(NUMBER,)]
    assert len([line for line in lines if "answered 404" in line]) <= 1
