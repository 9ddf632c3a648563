"""Stores that cannot be used: one clear line each, exit status 1, nothing changed and nothing lost."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lagebild.cli import main
from lagebild.model import Report
from lagebild.store import StoreError, Writer, connect, open_store, open_writer
from lagebild.store import write as write_module
from lagebild.store.connection import SCHEMA

Read = Callable[..., Report]
SOURCE = Path(__file__).resolve().parents[2] / "src"
COMMANDS = (
    ["reports"], ["show", "a"], ["remove", "a"], ["sql", "select 1"], ["correct", "list"],
    ["correct", "drop", "a#e1", "--note", "x"], ["party", "list"], ["reread"], ["add", "nothing.txt"],
)  # fmt: skip


@pytest.fixture
def filled(path: Path, read: Read) -> Path:
    with open_writer(path) as store:
        for number in range(30):
            store.add(read(f"r{number}", f"Kerry kam. {'Lawrow ging. ' * 50}"))
    return path


def lines(capsys: pytest.CaptureFixture[str], arguments: list[str], path: Path) -> list[str]:
    """The lines of a command that fails."""
    assert main([*arguments, "--store", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_newer_store(filled: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = filled.read_bytes()
    (line,) = lines(capsys, arguments, filled)
    assert "newer version" in line and "schema 99" in line and "update the program" in line
    assert filled.read_bytes() == before


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("content", [b"%PDF-1.7 this is none", b"\0" * 8192, b"x"], ids=["pdf", "zeros", "byte"])
def test_no_store(path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], content: bytes) -> None:
    path.write_bytes(content)
    (line,) = lines(capsys, arguments, path)
    assert "is no Lagebild store" in line and str(path) in line
    assert path.read_bytes() == content


def test_somebody_elses_database(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()
    before = path.read_bytes()
    for arguments in (["add", "x.txt"], ["reports"]):
        (line,) = lines(capsys, arguments, path)
        assert "an SQLite file, but no Lagebild store" in line
    assert path.read_bytes() == before


@pytest.mark.parametrize("arguments", COMMANDS[:-1], ids=" ".join)
def test_no_file(path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    (line,) = lines(capsys, arguments, path)
    assert f"no store at {path}" in line and "lagebild add" in line
    assert not path.exists()


def test_a_folder_and_an_empty_file(tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is a folder" in lines(capsys, ["reports"], tmp_path)[0]
    path.touch()
    assert "is empty" in lines(capsys, ["reports"], path)[0]
    open_writer(path).close()  # as good as none
    assert main(["reports", "--store", str(path)]) == 0


@pytest.mark.parametrize("damage", ["middle", "cut", "head"])
def test_a_damaged_store(filled: Path, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    content = bytearray(filled.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "head":
        content[20:100] = b"\xff" * 80
    else:
        content[4096 * 2 :] = b"\xa5" * (len(content) - 4096 * 2)
    filled.write_bytes(content)
    for arguments in (["reports"], ["show", "r1"], ["remove", "r1"], ["sql", "select sum(length(text)) from reports"]):
        (line,) = lines(capsys, arguments, filled)
        assert "damaged" in line and str(filled) in line, line
    assert filled.read_bytes() == bytes(content)
    backup = filled.with_name("copy.sqlite")
    (line,) = lines(capsys, ["backup", str(backup)], filled)
    assert "damaged" in line
    assert not backup.exists()


def test_a_full_disk(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit on the pages stands for the disk: SQLite tells both in the same way."""
    from fake_reader import make

    def limited(path: Path, write: bool, wait: float = 1.0) -> sqlite3.Connection:
        connection = connect(path, write, wait)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 15}")
        return connection

    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(40):
        (folder / f"n{number:02}.txt").write_text(f"Kerry kam {number} mal. " * 5, "utf-8")
    monkeypatch.setattr("lagebild.store.connect", limited)
    monkeypatch.setattr("lagebild.cli.store.make_reader", lambda *_: make())
    assert main(["add", str(folder), "--store", str(filled)]) == 1
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    assert "no space left for the store" in line and "make room" in line
    kept = int(captured.out.split()[0])
    assert 0 < kept < 40
    monkeypatch.setattr("lagebild.store.connect", connect)
    with open_store(filled) as store:
        assert store.count() == 30 + kept
        assert all(k.findings for k in store.reports())
    assert main(["add", str(folder), "--store", str(filled)]) == 0
    assert capsys.readouterr().out.startswith(f"{40 - kept} reports kept")


def without_privilege() -> None:
    """Takes from a child of root the right to write where permissions say no (CAP_DAC_OVERRIDE)."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(24, 1, 0, 0, 0):  # PR_CAPBSET_DROP
            raise OSError(ctypes.get_errno(), "the privilege cannot be dropped")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process that permissions hold for."""
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from lagebild.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(SOURCE), *arguments],
        capture_output=True, text=True, check=False, preexec_fn=without_privilege,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="root's privilege is dropped by prctl")
def test_a_read_only_folder(tmp_path: Path, filled: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    store = closed / "store.sqlite"
    shutil.copy(filled, store)
    store.chmod(0o444)
    report = closed / "a.txt"
    report.write_text("Kerry kam nach Genf.", "utf-8")
    closed.chmod(0o555)
    done = run("reports", "--store", str(store))
    assert (done.returncode, done.stderr) == (0, ""), "reading needs no right to write"
    assert len(done.stdout.splitlines()) == 31
    for arguments in (["add", str(report)], ["remove", "r1"], ["correct", "drop", "r1#e1", "--note", "x"]):
        done = run(*arguments, "--store", str(store))
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert "cannot be written" in line and str(store) in line
    done = run("add", str(report), "--store", str(closed / "new.sqlite"))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    done = run("add", str(report), "--store", str(closed / "sub" / "new.sqlite"))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    done = run("backup", str(closed / "copy.sqlite"), "--store", str(store))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_a_second_writer_waits_or_is_told(path: Path, read: Read) -> None:
    with open_writer(path) as first:
        first._connection.execute("BEGIN IMMEDIATE")
        with open_writer(path, wait=0.1) as second, pytest.raises(StoreError, match="another process is writing"):
            second.add(read("a"))
        release = threading.Event()

        def patient() -> None:
            with open_writer(path, wait=30) as third:
                release.set()
                third.add(read("b"))

        thread = threading.Thread(target=patient)
        thread.start()
        release.wait(10)
        first._connection.execute("COMMIT")
        thread.join(30)
        assert first.ids() == ["b"]


def test_readers_go_on_while_one_writes(path: Path, read: Read) -> None:
    with open_writer(path) as writer:
        writer.add(read("a"))
        writer._connection.execute("BEGIN IMMEDIATE")
        writer._execute("DELETE FROM report")
        with open_store(path) as store:
            assert [k.id for k in store.reports()] == ["a"]
        writer._connection.execute("ROLLBACK")


def test_a_backup_of_a_store_in_use(path: Path, tmp_path: Path, read: Read) -> None:
    copy = tmp_path / "copy.sqlite"
    with open_writer(path) as writer:
        writer.add(read("a"))
        writer._connection.execute("BEGIN IMMEDIATE")
        writer._execute("DELETE FROM report")
        with open_store(path) as store:
            write_module.backup(store, copy)
            with pytest.raises(StoreError, match="never overwrites"):
                write_module.backup(store, copy)
        writer._connection.execute("ROLLBACK")
    with open_writer(copy) as again:
        assert again.report("a").report == read("a")
        assert again.add(read("a"))[2] == "same"


def test_an_older_store_is_brought_up_to_date(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = SCHEMA
    steps = {
        now + 1: "ALTER TABLE report ADD COLUMN a TEXT;",
        now + 2: "UPDATE report SET a = key || 'x';\nDROP VIEW versions;",
    }
    monkeypatch.setattr("lagebild.store.connection.SCHEMA", now + 2)
    monkeypatch.setattr("lagebild.store.connection.migrations", lambda: steps)
    assert "of an older version" in lines(capsys, ["reports"], filled)[0]
    with open_writer(filled) as store:
        assert store._execute("SELECT a FROM report WHERE key = 'r7'").fetchone() == ("r7x",)
    # A step that fails leaves the store as it was.
    monkeypatch.setattr("lagebild.store.connection.SCHEMA", now + 4)
    monkeypatch.setattr(
        "lagebild.store.connection.migrations", lambda: {now + 3: "DELETE FROM report;", now + 4: "SELECT nonsense;"}
    )
    with pytest.raises(StoreError):
        open_writer(filled)
    monkeypatch.setattr("lagebild.store.connection.SCHEMA", now + 2)
    with open_store(filled) as store_:
        assert store_.count() == 30


def test_a_store_of_the_first_schema_becomes_what_a_new_one_is(path: Path, filled: Path) -> None:
    schema = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'words%' ORDER BY type, name"
    with open_writer(path) as new:
        now = new._execute(schema).fetchall()
    with contextlib.closing(sqlite3.connect(filled)) as old:
        for view in ("copies", "filtered"):
            old.execute(f"DROP VIEW {view}")
        for table in ("filtered_article", "copy", "fault", "address", "feed"):
            old.execute(f"DROP TABLE {table}")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with open_writer(filled) as store:
        assert store._execute(schema).fetchall() == now
        assert store.count() == 30


def test_queries_only(store: Writer, path: Path, read: Read, tmp_path: Path) -> None:
    store.add(read("a"))
    other = tmp_path / "other.sqlite"
    with open_store(path) as reading:
        for statement in (
            "DELETE FROM report",
            "DROP TABLE report",
            f"ATTACH '{other}' AS other",
            f"VACUUM INTO '{other}'",
            "PRAGMA query_only = 0",
            "CREATE TEMP TABLE t (a)",
            "",
        ):
            with pytest.raises(StoreError, match="only queries"):
                reading.sql(statement)
        for statement in ("SELECT 1; DELETE FROM report", "SELEC", "SELECT * FROM nothing"):
            with pytest.raises(StoreError, match=r"one query|the query is wrong"):
                reading.sql(statement)
        columns, rows = reading.sql("SELECT report, type FROM events")
        assert (columns, list(rows)) == (["report", "type"], [("a", "CONSULT")])
    assert not other.exists()
