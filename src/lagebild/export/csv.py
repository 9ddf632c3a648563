"""CSV (RFC 4180, UTF-8, header): one row for each finding, with status, speakers and all else; lists joined by semicolons."""

from __future__ import annotations

import csv
import io
from typing import IO, Any

from lagebild.export.base import Format, Written, encoded
from lagebild.export.flat import COLUMNS, rows
from lagebild.export.view import View

#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")


def write(view: View, out: IO[bytes], every: bool) -> Written:
    written = Written("finding")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(name for name, _ in COLUMNS)
    for row in rows(view):
        table.writerow(_cell(value) for value in row.values())
        written.rows += 1
        out.write(encoded(text.getvalue()))
        text.seek(0)
        text.truncate()
    out.write(encoded(text.getvalue()))
    return written


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, int):
        return str(value)
    text = "; ".join(value) if isinstance(value, list) else str(value)
    # Reports are anybody's words: a spreadsheet must not run them.
    return f"'{text}" if text.startswith(_FORMULA) else text


FORMAT = Format("csv", "CSV: one row for each finding, with status and speakers", write, statuses=True)
