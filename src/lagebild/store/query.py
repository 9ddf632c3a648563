"""Every query of the store: what is kept, filtered by day, party, place and words. Nothing here writes."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations, groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from lagebild.model import Report
from lagebild.store.connection import StoreError, faults
from lagebild.store.corrections import apply, located
from lagebild.store.encode import decode, decode_findings
from lagebild.store.filters import filters
from lagebild.store.names import nearest, raw
from lagebild.store.records import Correction, KeptReport, Outline, PartyDecision, Target

_KEPT = """
SELECT r.key, v.number, (SELECT max(number) FROM version WHERE report = r.id), v.title, v.url, v.publisher, v.published,
       v.day, v.language, v.text, v.added, v.reader, v.reading
FROM version v JOIN report r ON r.id = v.report
"""
_KEPT_BY_ROW = _KEPT.replace("SELECT", "SELECT v.id,", 1)
_OUTLINE = """
SELECT r.key, v.number, v.day, v.published, v.publisher, v.language, v.title, v.url,
       (SELECT count(*) FROM finding WHERE version = v.id AND kind = 'event'),
       (SELECT count(*) FROM finding WHERE version = v.id AND kind = 'figure'),
       (SELECT count(*) FROM finding WHERE version = v.id AND corrected)
FROM version v JOIN report r ON r.id = v.report
"""
_CORRECTIONS = """
SELECT c.id, c.action, c.field, c.value, c.note, c.author, c.made,
       r.key, t.kind, t.type, t.trigger_words, t.trigger_start, t.trigger_end, t.evidence, t.side
FROM correction c JOIN correction_target t ON t.correction = c.id JOIN report r ON r.id = t.report
WHERE :key IS NULL OR c.id IN (SELECT correction FROM correction_target x JOIN report y ON y.id = x.report
                               WHERE y.key = CAST(:key AS TEXT))
ORDER BY c.id, t.position
"""
#: Reports that are fetched and decoded at once.
_BATCH = 1000


class Version(NamedTuple):
    """One text that a report had."""

    number: int
    day: str
    published: str | None
    added: str
    title: str | None
    reader: str | None


class Store:
    """A store opened for reading. One thread may use it; others open their own. A context manager."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    # -------------------------------------------------------------------------------------------- reports

    def reports(
        self,
        *,
        at: str | None = None,
        since: str | None = None,
        parties: Collection[str] = (),
        places: Collection[str] = (),
        words: Collection[str] = (),
        publishers: Collection[str] = (),
        ids: Collection[str] | None = None,
        match: Literal["all", "any"] = "all",
        whole: bool = True,
    ) -> Iterator[KeptReport]:
        """The kept reports with their corrected findings, by day, then id.

        `at`: as of this day (ISO), each report in the version that counted then; default: the newest versions. `since`:
        no report from before this day. `parties` and `places`: with a finding in which one of these names stands, as
        named or as written, whatever the case; three capitals are a country (ISO 3166-1 alpha-3). `words`: with one of
        these words or phrases in title or text («waffenruh*» is a beginning). `match` says whether a report must answer
        to all of parties, places and words that are given or to any. `publishers` and `ids` always hold. `whole`: with
        quotes, times and zones; without them a dossier of thousands of reports is read in less time.
        """
        where, values = filters(at, since, parties, places, words, publishers, ids, match)
        corrections = _by_report(self._corrections())
        chosen = f"SELECT v.id FROM version v JOIN report r ON r.id = v.report WHERE {where} ORDER BY v.day, r.key"
        query = f"{_KEPT_BY_ROW} WHERE v.id IN (SELECT value FROM json_each(?))"
        with faults(self.path):
            ids = [row[0] for row in self._connection.execute(chosen, values)]
        # Fetched bit by bit: a whole store need not fit into memory, and no slow consumer holds on to a state of the file.
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            with faults(self.path), _collector_paused():
                rows = {row[0]: row[1:] for row in self._connection.execute(query, [json.dumps(batch)])}
                kept = [_kept(rows[id], corrections.get(rows[id][0], ()), whole) for id in batch if id in rows]
            yield from kept

    def report(self, id: str, version: int | None = None) -> KeptReport:
        """One report, in its newest or the given version. Raises StoreError with the nearest ids if there is none."""
        key = self.key(id)
        number = self.versions(key)[-1].number if version is None else version
        with faults(self.path):
            row = self._one(
                f"{_KEPT} WHERE r.key = CAST(:key AS TEXT) AND v.number = :number", {"key": raw(key), "number": number}
            )
        if row is None:
            numbers = ", ".join(str(v.number) for v in self.versions(key))
            raise StoreError(f"report {key!r} has no version {version} (its versions: {numbers})")
        return _kept(row, _by_report(self._corrections()).get(key, ()))

    def outlines(
        self,
        *,
        at: str | None = None,
        since: str | None = None,
        parties: Collection[str] = (),
        places: Collection[str] = (),
        words: Collection[str] = (),
        publishers: Collection[str] = (),
        ids: Collection[str] | None = None,
        match: Literal["all", "any"] = "all",
    ) -> list[Outline]:
        """One line for each report that `reports` would give."""
        where, values = filters(at, since, parties, places, words, publishers, ids, match)
        with faults(self.path):
            rows = self._connection.execute(f"{_OUTLINE} WHERE {where} ORDER BY v.day, r.key", values)
            return [Outline(*row) for row in rows]

    def versions(self, id: str) -> list[Version]:
        """The versions of a report, oldest first."""
        query = (
            "SELECT v.number, v.day, v.published, v.added, v.title, v.reader FROM version v JOIN report r "
            "ON r.id = v.report WHERE r.key = CAST(:key AS TEXT) ORDER BY v.number"
        )
        with faults(self.path):
            return [Version(*row) for row in self._connection.execute(query, {"key": raw(id)})]

    def reading(self, id: str, version: int) -> Report:
        """One version as it was read, without corrections."""
        found = [report for number, report in self._readings(self.key(id), version)]
        if not found:
            raise StoreError(f"report {id!r} has no version {version}")
        return found[0]

    def ids(self) -> list[str]:
        """The ids of all reports, in the order in which they were added."""
        with faults(self.path):
            return [row[0] for row in self._connection.execute("SELECT key FROM report ORDER BY id")]

    def count(self) -> int:
        """How many reports are kept."""
        with faults(self.path):
            return int(self._connection.execute("SELECT count(*) FROM report").fetchone()[0])

    def key(self, id: str) -> str:
        """The id under which a report is kept that came, at any time, with this id. Raises StoreError with the nearest."""
        found = self._find(id, None)
        if found is not None:
            return found[1]
        raise StoreError(f"no report {id!r} in the store {self.path}{nearest(id, self.ids())}")

    def _find(self, id: str, url: str | None) -> tuple[int, str] | None:
        """The row and key of the report with this URL, else with this id."""
        by_url = (
            "SELECT r.id, r.key FROM version v JOIN report r ON r.id = v.report WHERE v.url = CAST(:url AS TEXT) "
            "ORDER BY v.id LIMIT 1"
        )
        by_key = "SELECT id, key FROM report WHERE key = CAST(:id AS TEXT)"
        by_own = (
            "SELECT r.id, r.key FROM version v JOIN report r ON r.id = v.report WHERE v.own_id = CAST(:id AS TEXT) "
            "ORDER BY v.id LIMIT 1"
        )
        values = {"id": raw(id), "url": raw(url)}
        with faults(self.path):
            for query in (by_url, by_key, by_own) if url else (by_key, by_own):
                row = self._one(query, values)
                if row is not None:
                    return row[0], row[1]
        return None

    # ---------------------------------------------------------------------------------- what people set right

    def corrections(self, at: str | None = None) -> tuple[Correction, ...]:
        """All corrections, each target with the finding that it means now (or as of a day), if there is one."""
        found = self._corrections()
        keys = {target.report for correction in found for target in correction.targets}
        if not keys:
            return ()
        where, values = filters(at, None, (), (), (), (), keys, "all")
        with faults(self.path):
            rows = self._connection.execute(f"{_KEPT} WHERE {where}", values).fetchall()
        reports = {row[0]: _read(row) for row in rows}
        return tuple(located(correction, reports) for correction in found)

    def party_decisions(self) -> tuple[PartyDecision, ...]:
        """All decisions about who is who, in the order in which they were made."""
        query = "SELECT id, action, names, note, author, made FROM party_decision ORDER BY id"
        with faults(self.path):
            rows = self._connection.execute(query).fetchall()
        return tuple(
            PartyDecision(id, action, tuple((name, country) for name, country in json.loads(names)), *rest)
            for id, action, names, *rest in rows
        )

    def party_names(self) -> list[tuple[str, str | None, int]]:
        """The names of all parties with country and number of mentions, most mentioned first."""
        query = "SELECT name, country, count(*) AS n FROM finding_party GROUP BY name, country ORDER BY n DESC, name"
        with faults(self.path):
            return list(self._connection.execute(query))

    def together(self) -> tuple[dict[tuple[str, str], int], dict[str, int], int]:
        """In how many newest reports two states, organisations or groups both act or suffer, in how many each does, and
        the number of reports. A state stands for its organs and people and is named by its country; pairs are in order."""
        query = (
            "SELECT DISTINCT f.version, CASE WHEN p.kind IN ('organisation', 'group') OR p.country IS NULL THEN p.name "
            "ELSE p.country END FROM finding_party p JOIN finding f ON f.id = p.finding JOIN reports r ON r.version_id = f.version "
            "WHERE p.part <> 'said_by' AND (p.country IS NOT NULL OR p.kind IN ('organisation', 'group')) ORDER BY 1, 2"
        )
        with faults(self.path):
            rows = self._connection.execute(query).fetchall()
            total = int(self._connection.execute("SELECT count(*) FROM report").fetchone()[0])
        alone: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for _, named in groupby(rows, key=lambda row: row[0]):
            names = [str(row[1]) for row in named]
            alone.update(names)
            pairs.update(combinations(names[:20], 2))
        return dict(pairs), dict(alone), total

    def sql(self, statement: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """Column names and rows of one SQL query by the user. Raises StoreError for anything that is no query."""
        with faults(self.path):
            # The connection is read-only, but `ATTACH` or a pragma would reach beyond it.
            self._connection.set_authorizer(_within_the_store)
            # Called now and then, so that Ctrl-C is heard while SQLite works.
            self._connection.set_progress_handler(lambda: 0, 100_000)
            try:
                cursor = self._connection.execute(statement)
            except sqlite3.ProgrammingError as error:
                raise StoreError(f"one query at a time: {error}") from None
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY):
                    raise StoreError("only queries (select …); nothing was changed") from None
                if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR:
                    raise StoreError(f"the query is wrong: {error} (docs/store.md lists the views)") from None
                raise
        if cursor.description is None:
            raise StoreError("only queries (select …); nothing was changed")

        def rows() -> Iterator[tuple[Any, ...]]:
            with faults(self.path):
                yield from cursor

        return [column[0] for column in cursor.description], rows()

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Copies the whole store as it is at this moment into an empty database."""
        self._connection.backup(other)

    def _corrections(self, key: str | None = None) -> list[Correction]:
        """All corrections, or those with a target in one report."""
        with faults(self.path):
            rows = self._connection.execute(_CORRECTIONS, {"key": raw(key)}).fetchall()
        found: dict[int, tuple[Any, ...]] = {}
        targets: dict[int, list[Target]] = {}
        for id, action, field, value, note, author, made, key, kind, type, words, start, end, evidence, side in rows:
            found[id] = (action, field, value, note, author, made)
            targets.setdefault(id, []).append(Target(key, kind, type, words, (start, end), evidence, side))
        return [
            Correction(id, action, tuple(targets[id]), field, None if value is None else json.loads(value), *rest)
            for id, (action, field, value, *rest) in found.items()
        ]

    def corrections_of(self, id: str) -> list[Correction]:
        """The corrections with a target in this report, in the order in which they were made."""
        return self._corrections(id)

    def _readings(self, key: str, version: int | None = None) -> list[tuple[int, Report]]:
        """Row and uncorrected report of each version, or of one."""
        query = (
            f"{_KEPT_BY_ROW} WHERE r.key = CAST(:key AS TEXT) "
            "AND (:version IS NULL OR v.number = :version) ORDER BY v.number"
        )
        with faults(self.path):
            rows = self._connection.execute(query, {"key": raw(key), "version": version}).fetchall()
        return [(row[0], _read(row[1:])) for row in rows]

    def _one(self, query: str, values: Any) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        return row


def _within_the_store(action: int, *what: object) -> int:
    """The authorizer of users' queries: neither other files nor settings. FTS5 itself asks for data_version."""
    beyond = action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
    setting = action == sqlite3.SQLITE_PRAGMA and what[0] != "data_version"
    return sqlite3.SQLITE_DENY if beyond or setting else sqlite3.SQLITE_OK


def _read(row: Sequence[Any], whole: bool = True) -> Report:
    """The report of a row of _KEPT, uncorrected."""
    key, _, _, title, url, publisher, published, _, language, text, _, reader, reading = row
    return Report(
        id=key, text=text, title=title, url=url, publisher=publisher, published=published, language=language,
        reader=reader, **(decode if whole else decode_findings)(reading),
    )  # fmt: skip


def _kept(row: Sequence[Any], corrections: Sequence[Correction], whole: bool = True) -> KeptReport:
    report = _read(row, whole)
    if not corrections:
        return KeptReport(report, row[1], row[2], row[7], row[10])
    done = apply(report, corrections)
    return KeptReport(done.report, row[1], row[2], row[7], row[10], done.corrected, done.dropped)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without Python's garbage collector, which finds nothing in new readings, but takes most of the time if let loose."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _by_report(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        for key in {target.report for target in correction.targets}:
            found.setdefault(key, []).append(correction)
    return found
