"""Rows with named columns (of CSV, Parquet, JSON lines of other programs) to reports: which column is what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lagebild.errors import Fault, LagebildError, ShapeError
from lagebild.intake.maildate import mail_date
from lagebild.model import Report
from lagebild.serial import published_day

#: Names under which others keep what a report has, the best first; compared without case, `_`, `-` and blanks.
KNOWN: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "fulltext", "article", "articlebody", "articletext", "bodytext"),
    "id": ("id", "guid", "uuid", "identifier", "reportid", "articleid", "docid", "documentid"),
    "title": ("title", "headline", "heading"),
    "url": ("url", "link", "uri", "href", "articleurl"),
    "publisher": ("publisher", "source", "outlet", "newspaper", "sitename", "sourcedomain", "domain", "medium"),
    "published": ("published", "date", "publishedat", "datepublish", "datepublished", "publicationdate", "publishdate", "pubdate"),
    "language": ("language", "lang", "languagecode"),
}  # fmt: skip
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which part of a report; only `text` must be there."""

    of: Mapping[str, str]

    def report(self, row: Mapping[str, Any], source: str, where: str, name: str) -> Report | Fault:
        """A row as a report; `name` is the id of one that has none."""
        given = {part: row.get(column) for part, column in self.of.items()}
        text, identity = given.get("text"), given.get("id")
        known = f" (report {identity!s:.60})" if identity not in (None, "") else ""
        if text is None or (isinstance(text, str) and not text.strip()):
            return Fault(
                source, where + known, "the report has no text", f"its text should stand in {self.of['text']!r}"
            )
        if not isinstance(text, str):
            return Fault(
                source, where + known, f"the column {self.of['text']!r} holds no text", "name another with --columns"
            )
        try:
            published = day(given.get("published"))
        except ShapeError as error:
            return Fault(source, where + known, str(error), "write it as YYYY-MM-DD, or leave it empty")
        return Report(
            id=str(identity) if identity not in (None, "") else _string(given.get("url")) or name,
            text=text,
            title=_string(given.get("title")),
            url=_string(given.get("url")),
            publisher=_string(given.get("publisher")),
            published=published,
            language=(_string(given.get("language")) or "").lower()[:2] or None,
        )


def columns(names: Iterable[str], asked: Mapping[str, str] | None = None) -> Columns | None:
    """Which of these columns is what: as asked for, else by their names. None if none holds the text."""
    names = list(names)
    plain = {_plain(name): name for name in reversed(names)}
    found = {part: next((plain[k] for k in known if k in plain), None) for part, known in KNOWN.items()}
    for part, column in (asked or {}).items():
        found[part] = next((name for name in names if name.strip() == column), None) or plain.get(_plain(column))
    taken = {part: column for part, column in found.items() if column is not None}
    return Columns(taken) if "text" in taken else None


def chosen(names: Iterable[str], asked: Mapping[str, str] | None, source: str) -> Columns | Fault:
    """As `columns`; if none holds the text, a fault that names those that there are."""
    names = list(names)
    taken = columns(names, asked)
    if taken is not None:
        return taken
    listed = ", ".join(repr(name[:40]) for name in names[:8])
    return Fault(source, "", f"no column with the text (columns: {listed})", "name it: --columns text=COLUMN")


def parse_columns(value: str) -> dict[str, str]:
    """`text=body,published=date` of the command line. Raises LagebildError."""
    asked: dict[str, str] = {}
    for pair in value.split(","):
        part, sign, column = pair.partition("=")
        if not sign or part.strip() not in KNOWN or not column.strip():
            raise LagebildError(f"--columns {pair!r}: write PART=COLUMN, PART being one of {', '.join(KNOWN)}")
        asked[part.strip()] = column.strip()
    return asked


def day(value: object) -> str | None:
    """The ISO day of a cell: a date, ISO 8601, the form of mail and feeds, or `14.10.2014`. Raises ShapeError."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.strip():
        try:
            return published_day(value)
        except ShapeError:
            found = _other_forms(value.strip())
            if found is None:
                raise
            return found
    return None if isinstance(value, str) else published_day(value)


def _other_forms(value: str) -> str | None:
    try:
        german = _GERMAN_DAY.match(value)
        if german:
            return date(int(german[3]), int(german[2]), int(german[1])).isoformat()
        # ISO with a blank before the time, with fractions or a zone that Python does not take
        if re.match(r"\d{4}-\d\d-\d\d[T ]", value):
            return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return None
    moment = mail_date(value) if value[0].isalnum() else None
    return moment.date().isoformat() if moment else None


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-.]+", "", name.lstrip("\ufeff")).lower()
