"""Reports in JSON: one object, a list of objects, or JSON lines, of our own shape (`id` and `text` are never touched), ninjs
items, or rows of other programs whose names say what they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lagebild.errors import Fault, ShapeError
from lagebild.intake import ninjs
from lagebild.intake.columns import columns
from lagebild.model import Report
from lagebild.serial import header_from_json

ADVICE = "a report is an object with at least 'text' (docs/findings.md)"


def read_json(content: str, source: str, name: str, asked: Mapping[str, str] | None = None) -> Iterator[Report | Fault]:
    """The reports in a JSON file. `name` is the id of a report that has none (with its line, if there are several).

    `asked`: which names hold what, where they are not the usual ones (columns.py).
    """
    content = content.removeprefix("\ufeff")
    first, _, rest = content.lstrip().partition("\n")
    if rest.strip() and is_report(first):
        yield from _read_lines(content, source, name, asked)
        return
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        # JSON lines whose first one is broken: one whole report in a line tells.
        if rest.strip() and any(map(is_report, rest.split("\n"))):
            yield from _read_lines(content, source, name, asked)
            return
        yield Fault(source, "", f"no valid JSON ({short(error)})", ADVICE)
        return
    if not isinstance(data, list):
        yield read_one(data, source, "", name, asked)
    elif not data:
        yield Fault(source, "", "an empty list, no report in it", ADVICE)
    else:
        for number, item in enumerate(data, 1):
            yield read_one(item, source, f"report {number}", f"{name}-{number}", asked)


def _read_lines(content: str, source: str, name: str, asked: Mapping[str, str] | None) -> Iterator[Report | Fault]:
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
            yield Fault(source, where, f"no valid JSON ({short(error, line=False)})", ADVICE)
            continue
        yield read_one(data, source, where, f"{name}-{number}", asked)


def read_one(
    data: object, source: str, where: str, name: str, asked: Mapping[str, str] | None = None
) -> Report | Fault:
    """One JSON value as a report; `name` is the id of one that has none."""
    if ninjs.is_item(data):
        assert isinstance(data, Mapping)
        return ninjs.report(data, source, where, name)
    if isinstance(data, Mapping) and (asked or "text" not in data):
        taken = columns(map(str, data), asked)
        if taken is not None:
            return taken.report(data, source, where, name)
    if isinstance(data, dict) and data.get("id") is not None:
        report = f"report {data['id']!s:.60}"
        where = f"{where} ({report})" if where else report
    try:
        found = header_from_json(data, name)
    except ShapeError as error:
        advice = "write it as YYYY-MM-DD or null" if "'published'" in str(error) else ADVICE
        return Fault(source, where, str(error), advice)
    if not found.text.strip():
        return Fault(source, where, "the report has no text", "put the article's words into 'text'")
    return found


def is_report(line: str) -> bool:
    """Whether a line is a whole JSON object, as in JSON lines."""
    if not line.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def short(error: Exception, line: bool = True) -> str:
    """What is wrong and where; `line`: whether the number of the line is not said yet."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        message = error.msg[0].lower() + error.msg[1:].removesuffix(" at")
        return f"{message}, " + (f"line {error.lineno}, " if line else "") + f"column {error.colno}"
    return str(error)
