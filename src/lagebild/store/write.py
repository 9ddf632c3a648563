"""Everything that changes the store: reports, readings, corrections, decisions about parties, removal, backup."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from lagebild.model import Event, Figure, Finding, Party, Report
from lagebild.store.connection import StoreError, faults, transaction
from lagebild.store.corrections import apply, kind_of, type_of
from lagebild.store.encode import encode
from lagebild.store.names import fold, raw
from lagebild.store.query import Store
from lagebild.store.records import Action, Target

Outcome = Literal["new", "changed", "same"]

_VERSION = (
    "own_id", "title", "url", "publisher", "published", "day", "language", "text", "added", "reader", "reading"
)  # fmt: skip
_FINDING = (
    "version", "name", "kind", "type", "mode", "issue", "status", "measure", "value", "precision", "counted", "stance",
    "place", "place_country", "place_precision", "lat", "lon", "time_text", "time_from", "time_to",
    "conditions", "trigger_words", "trigger_start", "trigger_end", "evidence", "evidence_start", "evidence_end",
    "confidence", "corrected",
)  # fmt: skip
_PARTY = ("finding", "part", "position", "text", "name", "country", "kind", "office")
_NUMBERS = {
    "version", "value", "lat", "lon", "trigger_start", "trigger_end", "evidence_start", "evidence_end", "confidence",
    "corrected", "finding", "position",
}  # fmt: skip


def _insert(table: str, columns: Sequence[str]) -> str:
    values = ", ".join(f":{c}" if c in _NUMBERS else f"CAST(:{c} AS TEXT)" for c in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"


_ADD_FINDING, _ADD_PARTY = _insert("finding", _FINDING), _insert("finding_party", _PARTY)


class Writer(Store):
    """A store opened for writing. Each method is one transaction; other writers wait for it, readers do not."""

    def add(self, report: Report) -> tuple[str, int, Outcome]:
        """Keeps a report that was read: the id under which it is kept, the version, and whether that is new.

        The report with the same URL, else with the same id, gets a new version if text, title, URL, publisher, date or
        (where given) language differ from every version that it has.
        """
        with transaction(self._connection, self.path):
            found = self._find(str(report.id), report.url)
            if found is None:
                cursor = self._execute("INSERT INTO report (key) VALUES (CAST(? AS TEXT))", [raw(str(report.id))])
                row, key, last = int(cursor.lastrowid or 0), str(report.id), 0
            else:
                row, key = found
                same = self._same(row, report)
                if same:
                    return key, same, "same"
                last = self._number("SELECT max(number) FROM version WHERE report = ?", row)
            version = self._add_version(row, last + 1, report)
            self._project(version, key, report)
        return key, last + 1, "changed" if last else "new"

    def kept(self, report: Report) -> tuple[str, int] | None:
        """The id and version under which this very report is kept, if it is."""
        found = self._find(str(report.id), report.url)
        if found is None:
            return None
        with faults(self.path):
            number = self._same(found[0], report)
        return (found[1], number) if number else None

    def reread(self, id: str, version: int, report: Report) -> None:
        """Puts another reading of a kept text in the place of the one that is kept; corrections stay."""
        with transaction(self._connection, self.path):
            row = self._number(
                "SELECT v.id FROM version v JOIN report r ON r.id = v.report WHERE r.key = CAST(? AS TEXT) AND v.number = ?",
                raw(id), version,
            )  # fmt: skip
            self._execute(
                "UPDATE version SET reading = CAST(? AS TEXT), reader = ?, language = ? WHERE id = ?",
                [raw(encode(report)), report.reader, report.language, row],
            )
            self._project(row, id, report)

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Removes reports with all versions, findings and the corrections that are about them alone.

        Their words are wiped out of the file by `scrub`, which the next writer does if this process dies before. Returns
        the ids under which they were kept. Raises StoreError, with nothing removed, if one is unknown.
        """
        keys = list(dict.fromkeys(self.key(id) for id in ids))
        with transaction(self._connection, self.path):
            for key in keys:
                # Its addresses stay as digests, so that a feed that still lists them does not bring it back.
                self._execute(
                    "UPDATE address SET state = 'removed', url = NULL, stamp = NULL, published = NULL WHERE report = "
                    "(SELECT id FROM report WHERE key = CAST(? AS TEXT))", [raw(key)],
                )  # fmt: skip
                self._execute("DELETE FROM report WHERE key = CAST(? AS TEXT)", [raw(key)])
            # A correction that has lost what it joins or parts says nothing any more.
            self._execute(
                "DELETE FROM correction WHERE (SELECT count(*) FROM correction_target WHERE correction = id) < "
                "CASE action WHEN 'join' THEN 2 ELSE 1 END OR (action = 'split' AND "
                "(SELECT count(DISTINCT side) FROM correction_target WHERE correction = id) < 2)"
            )
            self._execute("INSERT OR IGNORE INTO pending (chore) VALUES ('scrub')")
        self.scrub()
        return keys

    def scrub(self, wait: bool = True) -> None:
        """Wipes what was removed out of the index of words, the file and its log, if that is still to be done.

        Raises StoreError if another process is in the way; `wait`: not before having waited for it.
        """
        with faults(self.path):
            chores = {row[0] for row in self._execute("SELECT chore FROM pending")}
            if not chores:
                return
            (timeout,) = self._execute("PRAGMA busy_timeout").fetchone()
            try:
                self._execute(f"PRAGMA busy_timeout = {timeout if wait else 0}")
                if "scrub" in chores:
                    # Deleted words stay in the index until its parts are merged; moved rows leave copies in gaps of pages.
                    self._execute("INSERT INTO words (words) VALUES ('optimize')")
                    self._execute("VACUUM")
                    self._execute("UPDATE OR REPLACE pending SET chore = 'truncate'")
                busy, _, _ = self._execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    self._execute("DELETE FROM pending")
            finally:
                self._execute(f"PRAGMA busy_timeout = {timeout}")
        if busy:
            raise StoreError(
                f"removed, but another process still reads the store {self.path}, so its log {self.path.name}-wal may hold "
                "the words; they go when the next writing command runs after that process has finished"
            )

    # ------------------------------------------------------------------------------- what people set right

    def correct(
        self,
        action: Action,
        targets: Sequence[Target],
        note: str,
        field: str | None = None,
        value: Any = None,
        author: str | None = None,
    ) -> int:
        """Keeps a correction and applies it; returns its number."""
        with transaction(self._connection, self.path):
            cursor = self._execute(
                "INSERT INTO correction (action, field, value, note, author, made) VALUES (?, ?, ?, ?, ?, ?)",
                [action, field, None if value is None and action != "set" else json.dumps(value), note, author, now()],
            )
            number = int(cursor.lastrowid or 0)
            for position, target in enumerate(targets):
                self._execute(
                    "INSERT INTO correction_target (correction, position, side, report, kind, type, trigger_words, "
                    "trigger_start, trigger_end, evidence) VALUES (?, ?, ?, "
                    "(SELECT id FROM report WHERE key = CAST(? AS TEXT)), ?, ?, CAST(? AS TEXT), ?, ?, CAST(? AS TEXT))",
                    [number, position, target.side, raw(target.report), target.kind, target.type, raw(target.trigger),
                     *target.trigger_span, raw(target.evidence)],
                )  # fmt: skip
            self._project_all({target.report for target in targets})
        return number

    def undo(self, number: int) -> None:
        """Takes back a correction. Raises StoreError if there is none of this number."""
        with transaction(self._connection, self.path):
            keys = {
                target.report for correction in self._corrections() if correction.id == number
                for target in correction.targets
            }  # fmt: skip
            if not self._execute("DELETE FROM correction WHERE id = ?", [number]).rowcount:
                raise StoreError(
                    f"no correction {number} in the store {self.path} (`lagebild correct list` shows them)"
                )
            self._project_all(keys)

    def decide(
        self,
        action: Literal["merge", "split"],
        names: Sequence[tuple[str, str | None]],
        note: str,
        author: str | None = None,
    ) -> int:
        """Keeps a decision about who is who; returns its number."""
        with transaction(self._connection, self.path):
            cursor = self._execute(
                "INSERT INTO party_decision (action, names, note, author, made) VALUES (?, ?, ?, ?, ?)",
                [action, json.dumps([list(name) for name in names]), note, author, now()],
            )
        return int(cursor.lastrowid or 0)

    def undecide(self, number: int) -> None:
        """Takes back a decision about parties. Raises StoreError if there is none of this number."""
        with transaction(self._connection, self.path):
            if not self._execute("DELETE FROM party_decision WHERE id = ?", [number]).rowcount:
                raise StoreError(f"no decision {number} in the store {self.path} (`lagebild party list` shows them)")

    # ------------------------------------------------------------------------------------------------ inside

    def _same(self, row: int, report: Report) -> int:
        """The version of a report that is this very text with this head, or 0."""
        query = (
            "SELECT number FROM version WHERE report = :report AND digest = :digest AND "
            "(:language IS NULL OR language IS :language) ORDER BY number DESC LIMIT 1"
        )
        found = self._one(query, {"report": row, "digest": digest(report), "language": report.language})
        return int(found[0]) if found else 0

    def _add_version(self, row: int, number: int, report: Report) -> int:
        stamp = now()
        values = {
            "own_id": raw(str(report.id)),
            "title": raw(report.title),
            "url": raw(report.url),
            "publisher": raw(report.publisher),
            "published": report.published,
            "day": report.published or stamp[:10],
            "language": report.language,
            "text": raw(report.text),
            "added": stamp,
            "reader": report.reader,
            "reading": raw(encode(report)),
        }
        columns = ", ".join(f"CAST(:{column} AS TEXT)" for column in _VERSION)
        cursor = self._execute(
            f"INSERT INTO version (report, number, digest, {', '.join(_VERSION)}) VALUES (:row, :number, :digest, {columns})",
            values | {"row": row, "number": number, "digest": digest(report)},
        )
        return int(cursor.lastrowid or 0)

    def _project_all(self, keys: Iterable[str]) -> None:
        for key in sorted(keys):
            for version, report in self._readings(key):
                self._project(version, key, report)

    def _project(self, version: int, key: str, report: Report) -> None:
        """Writes the findings of a version as they are after the corrections of its report."""
        self._execute("DELETE FROM finding WHERE version = ?", [version])
        done = apply(replace(report, id=key), self._corrections(key))
        for finding in done.report.findings:
            cursor = self._execute(_ADD_FINDING, _finding_row(finding, version, finding.id in done.corrected))
            number = cursor.lastrowid
            rows = [
                {
                    "finding": number,
                    "part": part,
                    "position": position,
                    "text": raw(party.text),
                    "name": raw(party.name),
                    "country": party.country,
                    "kind": party.kind,
                    "office": raw(party.role),
                }
                for part, parties in _parts(finding)
                for position, party in enumerate(parties)
            ]
            self._connection.executemany(_ADD_PARTY, rows)
        self._execute("DELETE FROM name WHERE version = ?", [version])
        names = sorted({found for finding in done.report.findings for found in _names_of(finding)})
        self._connection.executemany(
            "INSERT INTO name (what, key, version) VALUES (?, CAST(? AS TEXT), ?)",
            [(what, raw(key), version) for what, key in names],
        )

    def _execute(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _number(self, query: str, *values: Any) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])


def digest(report: Report) -> bytes:
    """SHA-256 of what makes a version of a report: text, title, URL, publisher and date."""
    head = [report.text, report.title, report.url, report.publisher, report.published]
    return hashlib.sha256(json.dumps(head).encode("ascii")).digest()


def now() -> str:
    """The time in UTC, to the second, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def backup(store: Store, target: Path) -> None:
    """Copies the store as it is at this moment into a new file, while others read and write. Raises StoreError."""
    if target.exists():
        raise StoreError(f"{target} exists; a backup never overwrites a file: name a new one")
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with faults(target):
            copy = sqlite3.connect(part)
            try:
                with faults(store.path):
                    store.copy_to(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file that needs none beside it
                (sound,) = copy.execute("PRAGMA quick_check").fetchone()
            finally:
                copy.close()
        if sound != "ok":
            raise StoreError(f"the store {store.path} is damaged ({sound}); no backup was made")
        os.replace(part, target)
    except OSError as error:
        raise StoreError(f"the backup {target} cannot be written ({error.strerror})") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _names_of(finding: Finding) -> Iterator[tuple[str, str]]:
    """The rows of the table `name` for a finding, without the version."""
    for _, parties in _parts(finding):
        for party in parties:
            yield from (("party", fold(party.name)), ("party", fold(party.text)))
            if party.country:
                yield "party", party.country
    if finding.place is not None:
        yield from (("place", fold(finding.place.name)), ("place", fold(finding.place.text)))
        if finding.place.country:
            yield "place", finding.place.country


def _parts(finding: Finding) -> list[tuple[str, tuple[Party, ...]]]:
    if isinstance(finding, Event):
        return [("actor", finding.actors), ("recipient", finding.recipients), ("said_by", finding.said_by)]
    return [("said_by", finding.said_by)]


def _finding_row(finding: Finding, version: int, corrected: bool) -> dict[str, Any]:
    place, time = finding.place, finding.time
    row: dict[str, Any] = dict.fromkeys(_FINDING)
    row |= {
        "version": version,
        "name": finding.id,
        "kind": kind_of(finding),
        "stance": finding.stance,
        "trigger_words": raw(finding.trigger),
        "trigger_start": finding.trigger_span[0],
        "trigger_end": finding.trigger_span[1],
        "evidence": raw(finding.evidence),
        "evidence_start": finding.evidence_span[0],
        "evidence_end": finding.evidence_span[1],
        "confidence": finding.confidence,
        "corrected": int(corrected),
    }
    if place is not None:
        row |= {
            "place": raw(place.name), "place_country": place.country,
            "place_precision": place.precision, "lat": place.lat, "lon": place.lon,
        }  # fmt: skip
    if time is not None:
        row |= {"time_text": raw(time.text), "time_from": time.start, "time_to": time.end}
    if isinstance(finding, Figure):
        row |= {
            "measure": type_of(finding), "value": float(finding.value), "precision": finding.precision,
            "counted": raw(finding.of),
        }  # fmt: skip
    else:
        row |= {
            "type": finding.type, "mode": finding.mode, "issue": finding.issue, "status": finding.status,
            "conditions": " ".join(finding.conditions) or None,
        }  # fmt: skip
    return row
