"""Opens the store file: where it is, whether it is one, its schema and migrations; SQLite's errors as lines for people."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from lagebild.errors import LagebildError

#: The version of schema.sql, kept in the file's `user_version`.
SCHEMA = 3
#: «LgBd», kept in the file's `application_id`: says that an SQLite file is a store.
APPLICATION = 0x4C674264
#: Seconds that a writer waits for another one.
WAIT = 30.0
#: STRICT tables.
_OLDEST_SQLITE = (3, 37, 0)
_MAGIC = b"SQLite format 3\0"


class StoreError(LagebildError):
    """The store cannot be used as asked; the text is one line that says why and what to do."""


def store_path(given: str | os.PathLike[str] | None = None) -> Path:
    """The file of the store: as given, else LAGEBILD_STORE, else `store.sqlite` in the user's data directory."""
    named = os.fspath(given) if given is not None else os.environ.get("LAGEBILD_STORE", "")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("lagebild", appauthor=False) / "store.sqlite"


def connect(path: Path, write: bool, wait: float = WAIT) -> sqlite3.Connection:
    """A connection to the store at `path`; a writer makes the store if there is none. Raises StoreError."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old for the store; 3.37 or newer is needed")
    new = _new(path, write)
    with faults(path):
        connection = _open(path, write, wait)
        try:
            _check(connection, path, write, new)
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")  # what was kept outlives a power cut
                connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
                connection.execute("PRAGMA foreign_keys = ON")
                # In a large store each report touches pages all over its indexes: keep them at hand, gather them in the log.
                connection.execute("PRAGMA cache_size = -65536")
                connection.execute("PRAGMA wal_autocheckpoint = 8000")
                _build(connection, path)
            else:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into StoreErrors that name the store."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from None
        raise StoreError(_line(path, error)) from error


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All of it or nothing, alone among writers."""
    with faults(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # a full disk has rolled back already
                connection.execute("ROLLBACK")
            raise


def migrations() -> dict[int, str]:
    """The SQL that leads from the version before to each version, from `migrations/NNN.sql`."""
    folder = resources.files("lagebild.store") / "migrations"
    if not folder.is_dir():
        return {}
    found = [file for file in folder.iterdir() if file.name.endswith(".sql")]
    return {int(file.name.removesuffix(".sql")): file.read_text("utf-8") for file in found}


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script one by one; `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


# ------------------------------------------------------------------------------------------------- opening


def _new(path: Path, write: bool) -> bool:
    """Whether a store is to be made; raises where the file is none."""
    try:
        with open(path, "rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        if not write:
            raise StoreError(f"no store at {path}; `lagebild add` makes one") from None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the folder {path.parent} cannot be made ({error.strerror})") from None
        return True
    except IsADirectoryError:
        raise StoreError(f"{path} is a folder; name the store's file") from None
    except OSError as error:
        raise StoreError(f"the store {path} cannot be read ({error.strerror}); check its permissions") from None
    if head and head != _MAGIC:
        raise StoreError(f"{path} is no Lagebild store, or its beginning is damaged; name another file with --store")
    if not head and not write:
        raise StoreError(f"{path} is empty; `lagebild add` makes a store")
    return not head


def _open(path: Path, write: bool, wait: float) -> sqlite3.Connection:
    """The bare connection; transactions are begun by hand."""

    def opened(query: str) -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?{query}"
        connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
        # A report may hold lone surrogates; they are stored as UTF-8 would have them (see write.raw).
        connection.text_factory = lambda data: data.decode("utf-8", "surrogatepass")
        return connection

    if write:
        return opened("mode=rwc")
    connection = opened("mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        log = Path(f"{path}-wal")
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        if log.exists() and log.stat().st_size:
            raise
        # A folder in which no file can be made: nobody writes there, so the file alone is the whole store.
        return opened("immutable=1")
    return connection


def _check(connection: sqlite3.Connection, path: Path, write: bool, new: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application == 0 and version == 0 and tables == 0:
        if write or new:
            return
        raise StoreError(f"{path} is empty; `lagebild add` makes a store")
    if application != APPLICATION:
        raise StoreError(f"{path} is an SQLite file, but no Lagebild store; name another file with --store")
    if version > SCHEMA:
        raise StoreError(
            f"the store {path} is of a newer version of Lagebild (schema {version}, this program knows {SCHEMA}); "
            "update the program"
        )
    if version < SCHEMA and not write:
        raise StoreError(
            f"the store {path} is of an older version (schema {version}, now {SCHEMA}); any writing command brings it "
            "up to date, for example `lagebild add`"
        )


def _build(connection: sqlite3.Connection, path: Path) -> None:
    """Makes the schema or brings it up to date, in one transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == SCHEMA:
        return
    with transaction(connection, path):
        (version,) = connection.execute("PRAGMA user_version").fetchone()  # another writer may have been faster
        if version == 0:
            scripts = [(resources.files("lagebild.store") / "schema.sql").read_text("utf-8")]
        else:
            steps = migrations()
            scripts = [steps[number] for number in range(version + 1, SCHEMA + 1)]
        for script in scripts:
            for statement in statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


def _line(path: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return f"no space left for the store {path}; make room and run the command again (what was kept stays)"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"another process is writing to the store {path}; run the command again when it has finished"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return f"the store {path} cannot be written ({error}); check the permissions of the file and of its folder"
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return (
            f"the store {path} is damaged ({error}); nothing was changed: put a backup in its place, or save what can be "
            f"read with `sqlite3 {path.name} .recover`"
        )
    if code == sqlite3.SQLITE_IOERR:
        return f"the store {path} cannot be read or written ({error}); check the disk (what was kept stays)"
    return f"the store {path}: {error}"
