"""The JSON report shape: one object, a list of objects, or JSON lines; `id` and `text` are never touched."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lagebild.errors import Fault, ShapeError
from lagebild.model import Report
from lagebild.serial import header_from_json

_ADVICE = "a report is an object with at least 'text' (docs/findings.md)"


def read_json(content: str, source: str, name: str) -> Iterator[Report | Fault]:
    """The reports in a JSON file. `name` is the id of a report that has none (with its line, if there are several)."""
    content = content.removeprefix("\ufeff")
    first, _, rest = content.lstrip().partition("\n")
    if rest.strip() and _is_object(first):
        yield from _read_lines(content, source, name)
        return
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        yield Fault(source, "", f"no valid JSON ({_short(error)})", _ADVICE)
        return
    if not isinstance(data, list):
        yield _read_one(data, source, "", name)
    elif not data:
        yield Fault(source, "", "an empty list, no report in it", _ADVICE)
    else:
        for number, item in enumerate(data, 1):
            yield _read_one(item, source, f"report {number}", f"{name}-{number}")


def _read_lines(content: str, source: str, name: str) -> Iterator[Report | Fault]:
    start, number = 0, 0
    while start < len(content):  # not splitlines(): U+2028 and its like may stand within a string
        end = content.find("\n", start)
        end = len(content) if end < 0 else end
        line, start, number = content[start:end].strip(), end + 1, number + 1
        if not line:
            continue
        where = f"line {number}"
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Fault(source, where, f"no valid JSON ({_short(error)})", _ADVICE)
            continue
        yield _read_one(data, source, where, f"{name}-{number}")


def _read_one(data: object, source: str, where: str, name: str) -> Report | Fault:
    if isinstance(data, dict) and data.get("id") is not None:
        where = f"{where} (report {data['id']!s:.60})".strip()
    try:
        report = header_from_json(data, name)
    except ShapeError as error:
        advice = "write it as YYYY-MM-DD or null" if "'published'" in str(error) else _ADVICE
        return Fault(source, where, str(error), advice)
    if not report.text.strip():
        return Fault(source, where, "the report has no text", "put the article's words into 'text'")
    return report


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _short(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
