"""The condition under which a report belongs to what is asked: day, parties, places, words, publishers, ids."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, Literal

from lagebild.store.names import fold

#: The version that counts on a day: the newest of those published (or, without date, added) until then.
_COUNTS = "v.number = (SELECT max(w.number) FROM version w WHERE w.report = v.report AND w.day <= :at)"
_FOREVER = "9999-12-31"


def filters(
    at: str | None,
    since: str | None,
    parties: Collection[str],
    places: Collection[str],
    words: Collection[str],
    publishers: Collection[str],
    ids: Collection[str] | None,
    match: Literal["all", "any"],
) -> tuple[str, dict[str, Any]]:
    """The WHERE of `reports`, over version v and report r, and its values. Lists go as JSON: they may be of any length."""
    clauses = [_COUNTS]
    values: dict[str, Any] = {"at": at or _FOREVER}
    if since is not None:
        clauses.append("v.day >= :since")
        values["since"] = since
    if publishers:
        clauses.append("v.publisher IN (SELECT value FROM json_each(:publishers))")
        values["publishers"] = json.dumps(sorted(publishers))
    if ids is not None:
        clauses.append("r.key IN (SELECT value FROM json_each(:ids))")
        values["ids"] = json.dumps(sorted(ids))
    scope: list[str] = []
    for what, names in (("party", parties), ("place", places)):
        if names:
            listed = f"SELECT value FROM json_each(:{what})"
            scope.append(f"v.id IN (SELECT version FROM name WHERE what = '{what}' AND key IN ({listed}))")
            values[what] = _keys(names)
    if words:
        scope.append("v.id IN (SELECT rowid FROM words WHERE words MATCH :words)")
        values["words"] = " OR ".join(_phrase(w) for w in words)
    if scope:
        clauses.append("(" + (" AND " if match == "all" else " OR ").join(scope) + ")")
    return " AND ".join(clauses), values


def _keys(names: Iterable[str]) -> str:
    """Names as the table `name` has them, as a JSON list; three capitals are a country."""
    names = list(names)
    countries = [n for n in names if len(n) == 3 and n.isascii() and n.isupper()]
    return json.dumps([*(fold(n) for n in names), *countries])


def _phrase(words: str) -> str:
    """Words as an FTS5 phrase; a star at the end makes it a beginning."""
    bare = words.rstrip("*").replace("\0", " ").replace('"', '""')
    return f'"{bare}"' + ("*" if words.endswith("*") else "")
