"""A process that adds, corrects and removes is killed at random moments; run again, it leaves the same store."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lagebild.store import open_store

STORES = 12
SCRIPT = Path(__file__).with_name("killed.py")
#: All that a store holds, but for times and row numbers.
CONTENT = (
    "SELECT r.key, v.number, v.own_id, v.title, v.url, v.publisher, v.published, v.language, v.text, v.digest, v.reader, "
    "v.reading FROM version v JOIN report r ON r.id = v.report ORDER BY r.key, v.number",
    "SELECT r.key, v.number, f.name, f.type, f.measure, f.status, f.value, f.trigger_start, f.corrected FROM finding f "
    "JOIN version v ON v.id = f.version JOIN report r ON r.id = v.report ORDER BY r.key, v.number, f.name",
    "SELECT r.key, v.number, f.name, p.part, p.position, p.name FROM finding_party p JOIN finding f ON f.id = p.finding "
    "JOIN version v ON v.id = f.version JOIN report r ON r.id = v.report ORDER BY r.key, v.number, f.name, p.part",
    "SELECT r.key, t.position, t.trigger_start, c.action, c.field, c.value FROM correction c JOIN correction_target t "
    "ON t.correction = c.id JOIN report r ON r.id = t.report ORDER BY r.key, c.id",
    "SELECT r.key, v.number FROM words JOIN version v ON v.id = words.rowid JOIN report r ON r.id = v.report "
    "WHERE words MATCH 'kerry' ORDER BY r.key, v.number",
    "SELECT count(*) FROM pending",
)


def content(path: Path) -> list[list[Any]]:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        return [connection.execute(query).fetchall() for query in CONTENT]
    finally:
        connection.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork")
def test_killed_and_run_again_is_the_same_store(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path), str(STORES), "7"],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["killed"] >= 50, told
    assert told["statuses"] == [0] * (STORES + 1), done.stderr
    whole = content(tmp_path / "whole.sqlite")
    assert [len(rows) for rows in whole] == [54, len(whole[1]), len(whole[2]), 36, 54, 1]
    for number in range(STORES):
        assert content(tmp_path / f"killed-{number}.sqlite") == whole, number
    with open_store(tmp_path / "killed-0.sqlite") as store:
        assert store.count() == 36
