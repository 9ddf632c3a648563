"""What the store remembers of the web: feeds, addresses of articles, what was filtered, faults that were told, copies of reports."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple

from lagebild.store.connection import faults, transaction
from lagebild.store.names import raw
from lagebild.store.query import Store
from lagebild.store.write import Writer

#: A fault that comes back within this time of its end is the same one and is not told again (seconds).
_SAME_FAULT = 86_400.0
#: A fault that was not met for so long is forgotten (seconds).
_FORGOTTEN = 30 * 86_400.0

#: What the filter left out can be looked through for so long (seconds).
_FILTERED = 30 * 86_400.0

State = Literal["waiting", "kept", "left", "removed"]


class FeedState(NamedTuple):
    """How a feed stands. `due` and `fetched`: seconds since 1970."""

    url: str
    etag: str | None
    last_modified: str | None
    due: float
    failures: int
    fetched: float | None


class Waiting(NamedTuple):
    """An article that is to be fetched."""

    key: bytes
    url: str
    host: str
    feed: str | None
    found: float
    tries: int
    published: str | None
    etag: str | None
    last_modified: str | None


class Listed(NamedTuple):
    """An article as a feed lists it; `key` as in intake/canonical.py."""

    key: bytes
    url: str
    host: str
    published: str | None
    stamp: str | None


class Filtered(NamedTuple):
    """An article that the relevance filter left out. `moment`: seconds since 1970; a `score` below 0 is not relevant."""

    url: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    score: float
    moment: float


class FaultState(NamedTuple):
    """A fault that was told; moments are seconds since 1970."""

    subject: str
    reason: str
    first: float
    last: float
    times: int
    ended: float | None


def original_of(store: Store, report: str) -> str | None:
    """The report that a report nearly repeats, if it is kept as a copy."""
    with faults(store.path):
        row = store._connection.execute(
            "SELECT original FROM copies WHERE report = CAST(? AS TEXT)", [raw(report)]
        ).fetchone()
    return str(row[0]) if row else None


class Followed:
    """The part of an open store that following the web needs; each method is one transaction."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._execute = writer._execute

    # ---------------------------------------------------------------------------------------------- feeds

    def feed(self, url: str) -> FeedState:
        """How a feed stands; one that is new is due at once."""
        with faults(self._writer.path):
            row = self._execute(
                "SELECT url, etag, last_modified, due, failures, fetched FROM feed WHERE url = CAST(? AS TEXT)",
                [raw(url)],
            ).fetchone()
        return FeedState(*row) if row else FeedState(url, None, None, 0.0, 0, None)

    def note_feed(self, state: FeedState, listed: Iterable[Listed] = (), now: float = 0.0) -> int:
        """Keeps how a feed stands together with the articles that it lists; returns how many of them are to be fetched."""
        with self._transaction():
            self._execute(
                "INSERT OR REPLACE INTO feed VALUES (CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?)",
                [raw(state.url), raw(state.etag), raw(state.last_modified), state.due, state.failures, state.fetched],
            )
            return sum(self._list(state.url, entry, now) for entry in listed)

    def _list(self, feed: str, entry: Listed, now: float) -> bool:
        known = self._execute("SELECT state, stamp FROM address WHERE key = ?", [entry.key]).fetchone()
        if known is None:
            self._execute(
                "INSERT INTO address (key, url, host, feed, state, found, due, tries, published, stamp) VALUES "
                "(?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), 'waiting', ?, ?, 0, ?, CAST(? AS TEXT))",
                [entry.key, raw(entry.url), raw(entry.host), raw(feed), now, now, entry.published, raw(entry.stamp)],
            )
            return True
        state, stamp = known
        if state not in ("kept", "left") or entry.stamp is None or stamp == entry.stamp:
            return False
        # A changed entry: the article may have a new version, or be one now. An address that had no stamp yet gets one, no more.
        waits = "state = 'waiting', due = ?, found = ?, tries = 0," if stamp is not None else ""
        values = [now, now] if waits else []
        self._execute(
            f"UPDATE address SET {waits} stamp = CAST(? AS TEXT) WHERE key = ?", [*values, entry.stamp, entry.key]
        )
        return bool(waits)

    # ------------------------------------------------------------------------------------------- articles

    def waiting(self, now: float, most: int = 5000) -> list[Waiting]:
        """The articles that are to be fetched, those longest due first, no more than `most`."""
        with faults(self._writer.path):
            rows = self._execute(
                "SELECT key, url, host, feed, found, tries, published, etag, last_modified FROM address "
                "WHERE state = 'waiting' AND due <= ? AND url IS NOT NULL ORDER BY due LIMIT ?", [now, most],
            )  # fmt: skip
            return [Waiting(*row) for row in rows]

    def next_due(self) -> float | None:
        """When the next article that waits is due."""
        with faults(self._writer.path):
            (due,) = self._execute("SELECT min(due) FROM address WHERE state = 'waiting'").fetchone()
        return due if due is None else float(due)

    def count(self, state: State) -> int:
        """How many addresses are in this state."""
        with faults(self._writer.path):
            return int(self._execute("SELECT count(*) FROM address WHERE state = ?", [state]).fetchone()[0])

    def postpone(self, key: bytes, due: float, tries: int) -> None:
        """The article is to be fetched later."""
        with self._transaction():
            self._execute("UPDATE address SET due = ?, tries = ? WHERE key = ?", [due, tries, key])

    def settle(
        self, keys: Iterable[tuple[bytes, str]], report: str | None, now: float,
        etag: str | None = None, last_modified: str | None = None,
    ) -> None:  # fmt: skip
        """All these (key, address) lead to the kept report; `report` None: to none, they are left."""
        with self._transaction():
            for key, url in keys:
                self._execute(
                    "INSERT INTO address (key, url, state, found, due, tries) VALUES (?, CAST(? AS TEXT), 'left', ?, ?, 0) "
                    "ON CONFLICT (key) DO UPDATE SET tries = 0", [key, raw(url), now, now],
                )  # fmt: skip
                self._execute(
                    "UPDATE address SET state = ?, etag = CAST(? AS TEXT), last_modified = CAST(? AS TEXT), "
                    "report = (SELECT id FROM report WHERE key = CAST(? AS TEXT)) WHERE key = ?",
                    ["left" if report is None else "kept", raw(etag), raw(last_modified), raw(report), key],
                )
                if report is not None:
                    self._execute("DELETE FROM filtered_article WHERE key = ?", [key])

    def unchanged(self, key: bytes) -> None:
        """The article is as it was kept."""
        with self._transaction():
            self._execute("UPDATE address SET state = 'kept' WHERE key = ? AND report IS NOT NULL", [key])
            self._execute("UPDATE address SET state = 'left' WHERE key = ? AND report IS NULL", [key])

    def report_at(self, keys: Iterable[bytes]) -> str | None:
        """The id of the report that is kept for one of these addresses."""
        with faults(self._writer.path):
            for key in keys:
                row = self._execute(
                    "SELECT r.key FROM address a JOIN report r ON r.id = a.report WHERE a.key = ?", [key]
                ).fetchone()
                if row:
                    return str(row[0])
        return None

    # ------------------------------------------------------------------------------------------ the filter

    def filtered(self, key: bytes, article: Filtered) -> None:
        """Keeps that an article was left out as not relevant; forgets those of long ago."""
        with self._transaction():
            self._execute(
                "INSERT OR REPLACE INTO filtered_article VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, ?)",
                [key, raw(article.url), raw(article.title), raw(article.publisher), *article[3:]],
            )
            self._execute("DELETE FROM filtered_article WHERE moment < ?", [article.moment - _FILTERED])

    def filtered_articles(self) -> list[Filtered]:
        """What was left out, the latest first."""
        with faults(self._writer.path):
            rows = self._execute(
                "SELECT url, title, publisher, published, language, score, moment FROM filtered_article "
                "ORDER BY moment DESC, url"
            )
            return [Filtered(*row) for row in rows]

    # --------------------------------------------------------------------------------------------- faults

    def fault(self, subject: str, reason: str, now: float) -> bool:
        """Notes a fault; True if it is to be told: it is new, or was well again for a day."""
        with self._transaction():
            row = self._execute(
                "SELECT ended FROM fault WHERE subject = CAST(? AS TEXT) AND reason = CAST(? AS TEXT)",
                [raw(subject), raw(reason)],
            ).fetchone()
            self._execute(
                "INSERT INTO fault VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, 1, NULL) ON CONFLICT (subject, reason) "
                "DO UPDATE SET last = excluded.last, times = times + 1, ended = NULL",
                [raw(subject), raw(reason), now, now],
            )
            if row is None:
                self._execute("DELETE FROM fault WHERE last < ?", [now - _FORGOTTEN])
        return row is None or (row[0] is not None and row[0] < now - _SAME_FAULT)

    def well(self, subject: str, now: float) -> None:
        """The subject is in order; faults that ended long ago are forgotten."""
        with faults(self._writer.path):
            (open_,) = self._execute(
                "SELECT count(*) FROM fault WHERE subject = CAST(? AS TEXT) AND ended IS NULL", [raw(subject)]
            ).fetchone()
        if open_:
            with self._transaction():
                self._execute(
                    "UPDATE fault SET ended = ? WHERE subject = CAST(? AS TEXT) AND ended IS NULL", [now, raw(subject)]
                )
                self._execute("DELETE FROM fault WHERE ended < ?", [now - _SAME_FAULT])

    def fault_states(self) -> list[FaultState]:
        """All faults that are not well again, by subject."""
        with faults(self._writer.path):
            rows = self._execute(
                "SELECT subject, reason, first, last, times, ended FROM fault WHERE ended IS NULL ORDER BY subject, reason"
            )
            return [FaultState(*row) for row in rows]

    # --------------------------------------------------------------------------------------------- copies

    def link_copy(self, report: str, original: str) -> None:
        """Keeps that a report nearly repeats another; an original that is itself a copy stands for its own original."""
        with self._transaction():
            self._execute(
                "INSERT OR REPLACE INTO copy SELECT r.id, coalesce(c.original, o.id) FROM report r, report o "
                "LEFT JOIN copy c ON c.report = o.id WHERE r.key = CAST(? AS TEXT) AND o.key = CAST(? AS TEXT) "
                "AND r.id <> coalesce(c.original, o.id)",
                [raw(report), raw(original)],
            )

    def original_of(self, report: str) -> str | None:
        """As the function of this name."""
        return original_of(self._writer, report)

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._writer._connection, self._writer.path)
