"""What the pages ask of a store: pictures (kept while nothing changes), reports, days, and the search."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from lagebild.errors import LagebildError
from lagebild.model import EVENT_TYPES, STATUSES
from lagebild.picture import Dossier, Picture, compared, dossier, dossiers, picture_of, worded
from lagebild.store import KeptReport, Outline, Store, StoreError, open_store
from lagebild.web.asked import Unknown, Wrong
from lagebild.web.keep import Keep

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier with its kept reports, oldest first."""

    dossier: Dossier
    reports: tuple[Outline, ...]

    @property
    def days(self) -> dict[str, int]:
        """Reports a day, by day."""
        return dict(sorted(Counter(line.day for line in self.reports).items()))


@dataclass(frozen=True, slots=True)
class Query:
    """A search. `words`: the words that title or text must have, `party`, `place`: a name or a country; all must be met."""

    words: str = ""
    party: str = ""
    place: str = ""
    type: str = ""
    status: str = ""
    since: str = ""
    until: str = ""

    @property
    def empty(self) -> bool:
        return not any((self.words, self.party, self.place, self.type, self.status, self.since, self.until))


class Data:
    """The store behind the pages. Each call opens its own read-only handle, so any thread may call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = Keep()
        self._drawing = threading.Lock()  # one picture at a time: it fills a core

    def open(self) -> Store:
        return open_store(self.path)

    # ------------------------------------------------------------------------------------------ dossiers

    def overview(self) -> list[Found]:
        """All dossiers with kept reports, those with the newest report first."""

        def look() -> list[Found]:
            with self.open() as store:
                found = [Found(one, tuple(outlines_of(one, store))) for one in dossiers(self.path)]
            return sorted((f for f in found if f.reports), key=lambda f: f.reports[-1].day, reverse=True)

        return self.once(("overview",), look)

    def found(self, id: str) -> Found:
        """One dossier with its reports. Raises Unknown if there is none of that id, or no report in it."""
        try:
            one = dossier(id, self.path)
        except LagebildError as error:
            raise Unknown(str(error)) from None

        def look() -> Found:
            with self.open() as store:
                return Found(one, tuple(outlines_of(one, store)))

        found = self.once(("found", one.id), look)
        if not found.reports:
            raise Unknown(f"no report in the store belongs to dossier {one.id!r}")
        return found

    def picture(self, id: str, at: str | None, since: str | None, language: str) -> Picture:
        """The picture of a dossier; drawn once for each day, as long as nothing that it is made of changes."""
        found = self.found(id)
        first = found.reports[0].day
        if at is not None and at < first:
            raise Unknown(f"no report of dossier {found.dossier.id!r} from {at} or before; the first is of {first}")
        at = at or found.reports[-1].day
        one = found.dossier
        if since is not None and since > at:
            raise Wrong(f"since {since} is after the day of the picture, {at}")

        def look() -> Picture:
            drawn = worded(self._drawn(one, at), one, language)
            if since is None:
                return drawn
            eve = day_before(since, 1)
            before = worded(self._drawn(one, eve), one, language) if eve >= first else None
            return compared(drawn, before, since)

        return self.once(("picture", id, at, since, language), look, self.mark(one, at))

    def _drawn(self, one: Dossier, at: str) -> Picture:
        """The picture in whatever language: drawing takes long, wording it does not."""

        def look() -> Picture:
            with self._drawing, self.open() as store:
                return picture_of(store, one, at)

        return self.once(("drawn", one.id, at), look, self.mark(one, at))

    def mark(self, one: Dossier, at: str | None) -> Hashable:
        """Stands for all that a picture is made of. Reports of other dossiers or of later days do not change it."""

        def look() -> bytes:
            with self.open() as store:
                lines = outlines_of(one, store, at)
                ids = {line.id for line in lines}
                read = [row for row in store.sql("SELECT report, version, reader FROM versions")[1] if row[0] in ids]
                made = repr((one, lines, read, store.corrections(at), store.party_decisions()))
            return sha256(made.encode("utf-8", "surrogatepass")).digest()

        return self.once(("mark", one.id, at), look)

    def once(self, key: tuple[Any, ...], look: Callable[[], _T], mark: Hashable = None) -> _T:
        """What `look` gives, kept as long as `mark` stays the same; without one, as long as no process writes to the store."""
        return self._kept.once(key, look, self._stamp() if mark is None else mark)

    def soon(self, key: tuple[Any, ...], look: Callable[[], _T], mark: Hashable) -> tuple[_T, bool]:
        """As `once`, and whether it is of now: what takes long is shown as it was while it is made anew."""
        return self._kept.soon(key, look, mark)

    def _stamp(self) -> tuple[Any, ...]:
        """Changes whenever a process has written to the store or to its dossiers."""
        stamps = []
        for path in (self.path, self.path.with_name(self.path.name + "-wal"), self.path.with_name("dossiers.toml")):
            try:
                stat = path.stat()
                stamps.append((stat.st_ino, stat.st_mtime_ns, stat.st_size))
            except OSError:
                stamps.append((0, 0, 0))
        return tuple(stamps)

    # ------------------------------------------------------------------------------------------- reports

    def report(self, id: str, version: int | None = None) -> KeptReport:
        """Raises Unknown, with the nearest ids."""
        with self.open() as store:
            try:
                return store.report(id, version)
            except StoreError as error:
                raise Unknown(str(error)) from None

    def reports(self, ids: Collection[str], at: str | None = None) -> list[KeptReport]:
        with self.open() as store:
            return list(store.reports(ids=ids, at=at))

    def search(self, query: Query) -> list[Outline]:
        """The reports that answer to all of a query, newest first. Raises Wrong for a type or status that is none."""
        if query.type and query.type not in EVENT_TYPES:
            raise Wrong(f"type cannot be {query.type!r}: {', '.join(EVENT_TYPES)}")
        if query.status and query.status not in STATUSES:
            raise Wrong(f"status cannot be {query.status!r}: {', '.join(STATUSES)}")
        with self.open() as store:
            lines: Sequence[Outline] = store.outlines(
                at=query.until or None, since=query.since or None, places=[query.place] if query.place else ()
            )
            # All words, each anywhere: `outlines` takes any of the words that it is given, so each is asked for by itself.
            for part in terms(query.words):
                told = {line.id for line in store.outlines(words=[part], at=query.until or None)}
                lines = [line for line in lines if line.id in told]
            if query.party:
                told = {line.id for line in store.outlines(parties=[query.party], at=query.until or None)}
                lines = [line for line in lines if line.id in told]
            if query.type or query.status:
                # Both are words of fixed lists, checked above.
                clauses = [
                    f"{key} = '{value}'" for key, value in (("type", query.type), ("status", query.status)) if value
                ]
                rows = store.sql(f"SELECT DISTINCT report FROM events WHERE {' AND '.join(clauses)}")[1]
                told = {row[0] for row in rows}
                lines = [line for line in lines if line.id in told]
        return sorted(lines, key=lambda line: (line.day, line.id), reverse=True)


def terms(words: str) -> list[str]:
    """The words and «"phrases"» of a search; what the index knows no letter of is left out."""
    parts = words.split('"')
    found = [p.strip() for p in parts[1::2]] + [w for p in parts[0::2] for w in p.split()]
    return [w for w in found if any(c.isalnum() for c in w)][:12]


def outlines_of(one: Dossier, store: Store, at: str | None = None) -> list[Outline]:
    """One line for each report that a dossier asks for, as of a day."""
    if one.match == "any":
        return store.outlines(at=at, parties=one.parties, places=one.places, words=one.words, match="any")
    told = {line.id for line in store.outlines(at=at, words=one.words)}
    named = store.outlines(at=at, parties=one.parties, places=one.places, match="any")
    return [line for line in named if line.id in told]


def day_before(day: str, days: int) -> str:
    """The day that lies so many days before."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
