"""The grammar of time expressions: compiles the lexicon's groups and rules, and turns a match into a TIMEX3 value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import regex

from lagebild.lexicon.loader import load
from lagebild.reading.calendar import add, add_days, add_months, days_of, make
from lagebild.reading.numerals import numerals

_CLOCK = {"S", "MIN", "H"}
_FLAGS = regex.V1


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: TIMEX3 type and value, its days, and for lengths the amount and unit."""

    type: str
    value: str
    start: date | None = None
    end: date | None = None
    amount: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Grammar:
    """One language's compiled patterns and word values."""

    pattern: regex.Pattern[str]
    rules: tuple[Mapping[str, Any], ...]
    groups: Mapping[str, tuple[tuple[regex.Pattern[str], Any], ...]]
    prefix: regex.Pattern[str]
    relations: tuple[str, ...]
    language: str

    def look(self, group: str, text: str | None) -> Any:
        """The value that a group of the lexicon gives to a matched form."""
        if text:
            for pattern, value in self.groups.get(group, ()):
                if pattern.fullmatch(text):
                    return value
        return None

    def number(self, text: str | None) -> float | None:
        return numerals(self.language).value(text) if text else None


def _form(form: str) -> str:
    return f"(?:{form})" if form[:1].isupper() or form.startswith("[") else f"(?i:{form})"


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language; a language without `times.toml` finds nothing."""
    table = load(language, "times")
    groups: dict[str, list[tuple[str, Any]]] = {}
    for word in table.get("word", ()):
        groups.setdefault(word["group"], []).extend((_form(form), word["value"]) for form in word["forms"])
    words = sorted(numerals(language).values, key=len, reverse=True)
    stems = "|".join(map(regex.escape, words)) or "(?!)"
    macros = {
        name: f"(?P<{name}>{'|'.join(f for f, _ in sorted(forms, key=lambda x: -len(x[0])))})"
        for name, forms in groups.items()
    }
    macros |= {
        name + "1": macros[name].replace(f"(?P<{name}>", f"(?P<{name}1>") for name in ("weekday",) if name in macros
    }
    macros |= {
        "number": rf"(?P<number>\d{{1,4}}(?:[.,]5)?|(?i:(?:{stems}){{1,4}}(?:einhalb)?))",
        "day": r"(?P<day>0?[1-9]|[12]\d|3[01])",
        "monthnum": r"(?P<monthnum>0?[1-9]|1[0-2])",
        "year": r"(?P<year>(?:1[0-9]|20)\d\d|['’]?\d\d(?![\d.:]| Uhr))",
        "hour": r"(?P<hour>[01]?\d|2[0-4])",
        "minute": r"(?P<minute>[0-5]\d)",
    }
    extra = table.get("patterns", {})
    for name in extra:
        macros[name] = extra[name]
    rules = tuple(table.get("rule", ()))
    parts = []
    for index, rule in enumerate(rules):
        text = rule["pattern"]
        for _ in range(3):
            for name, macro in macros.items():
                text = text.replace("{" + name + "}", macro)
        if text[:1].islower() and not text.startswith("("):
            text = f"(?i:{text[0]}){text[1:]}"
        parts.append(f"(?P<r{index}>{text})")
    pattern = regex.compile(rf"(?<![\w])(?:{'|'.join(parts) or '(?!)'})(?!\w)", _FLAGS)
    prefixes = sorted(
        ((form, entry["relation"]) for entry in table.get("prefix", ()) for form in entry["forms"]),
        key=lambda pair: -len(pair[0]),
    )
    prefix = regex.compile(
        "(?<!\\w)(?:" + ("|".join(f"(?P<p{i}>(?i:{f}))" for i, (f, _) in enumerate(prefixes)) or "(?!)") + r")\s+$",
        _FLAGS,
    )
    compiled = {name: tuple((regex.compile(f, _FLAGS), v) for f, v in forms) for name, forms in groups.items()}
    return Grammar(pattern, rules, compiled, prefix, tuple(r for _, r in prefixes), language)


def _whole(amount: float) -> str:
    return str(int(amount)) if amount == int(amount) else str(amount)


def _length(amount: float | None, unit: str) -> str:
    count = "X" if amount is None else _whole(amount)
    return f"PT{count}{unit[0]}" if unit in _CLOCK else f"P{count}{'CE' if unit == 'C' else unit}"


def _days(type_: str, value: str) -> Reading:
    return Reading(type_, value, *days_of(value))


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _unit_value(day: date, unit: str, steps: int) -> str:
    """The value of the unit `steps` away from the one that holds `day`."""
    moved = add(day, unit, steps)
    return {
        "D": moved.isoformat(),
        "W": _week(moved),
        "WE": _week(moved) + "-WE",
        "M": moved.isoformat()[:7],
        "Q": f"{moved.year:04}-Q{(moved.month + 2) // 3}",
        "Y": f"{moved.year:04}",
        "DE": f"{moved.year // 10:03}",
        "C": f"{moved.year // 100:02}",
    }.get(unit, moved.isoformat())


def _year(text: str, near: date | None) -> int:
    digits = int(regex.sub(r"\D", "", text))
    if digits >= 100:
        return digits
    limit = (near.year % 100 if near else 30) + 10
    return digits + (2000 if digits <= limit else 1900)


def _nearest(near: date, month: int, day: int, future: bool | None) -> date | None:
    """The day of that month nearest to `near`, on the side that the clause's tense asks for."""
    days = [d for year in (near.year - 1, near.year, near.year + 1) if (d := make(year, month, day))]
    if future is True:
        days = [d for d in days if d >= near] or days
    elif future is False:
        days = [d for d in days if d <= near] or days
    return min(days, key=lambda d: abs((d - near).days)) if days else None


def read(
    g: Grammar,
    rule: Mapping[str, Any],
    m: Mapping[str, str | None],
    published: date | None,
    anchor: date | None,
    future: bool | None,
) -> Reading | None:
    """The reading of one match, or None if it names no sane time. `anchor` is the day last spoken of."""
    op, kind = rule["op"], rule["type"]
    look, here = g.look, published
    unit = look("unit", m.get("unit")) or look("unit", m.get("plural")) or ""
    shift = look("shift", m.get("shift"))
    part = look("part", m.get("part"))
    yearref = look("yearshift", m.get("yearref"))
    year = _year(y, here) if (y := m.get("year") or m.get("fullyear")) else None
    if year is None and yearref is not None and here:
        year = here.year + yearref
    match op:
        case "date":
            month = look("month", m.get("month")) or int(m.get("monthnum") or 0)
            day_number = int(m.get("day") or 0)
            day = (
                make(year, month, day_number)
                if year
                else (_nearest(here, month, day_number, None if future is None else future) if here else None)
            )
            if day is None:
                return Reading(kind, f"XXXX-{month:02}-{day_number:02}") if make(2000, month, day_number) else None
            return _days("TIME" if part else kind, day.isoformat() + (f"T{part}" if part else ""))
        case "month":
            month = look("month", m.get("month"))
            if year is None and here is None:
                return Reading(kind, f"XXXX-{month:02}")
            if year is None and here is not None:
                year = here.year
                if (shift is not None and shift < 0) or (
                    shift is None and (future is False or future is None) and month > here.month
                ):
                    year -= month >= here.month
                elif (shift or 0) > 0 or (future and month < here.month):
                    year += month <= here.month
            reading = _days(kind, f"{year:04}-{month:02}")
            edge = look("edge", m.get("edge"))
            if edge and reading.start and reading.end:
                first, last = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}[edge]
                return Reading(
                    kind,
                    reading.value,
                    reading.start.replace(day=first),
                    reading.end.replace(day=min(last, reading.end.day)),
                )
            return reading
        case "year" | "bareyear":
            if not year or not 1000 <= year <= 2100:
                return None
            edge = look("edge", m.get("edge"))
            if edge:
                first, last = {"start": (1, 3), "mid": (5, 8), "end": (10, 12)}[edge]
                return Reading(kind, f"{year:04}", make(year, first, 1), days_of(f"{year:04}-{last:02}")[1])
            return _days(kind, f"{year:04}")
        case "decade":
            number = int(m.get("decade") or 0)
            number += 1900 if number < 100 else 0
            value = f"{number // 10:03}"
            edge = look("edge", m.get("edge"))
            first, last = {"start": (0, 3), "mid": (4, 6), "end": (7, 9), None: (0, 9)}[edge]
            return Reading(kind, value, make(number + first, 1, 1), make(number + last, 12, 31))
        case "clock":
            hour, minute = int(m.get("hour") or 0), m.get("minute") or "00"
            base = anchor or here
            clock = f"T{hour:02}:{minute}"
            return Reading(kind, (base.isoformat() if base else "") + clock, base, base)
        case "season":
            if year is None:
                if here is None:
                    return Reading(kind, f"XXXX-{look('season', m.get('season'))}")
                year = here.year + (shift or 0)
                first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[look("season", m.get("season"))]
                if not shift and not future and first > here.month:
                    year -= 1
            return _days(kind, f"{year:04}-{look('season', m.get('season'))}")
        case "half":
            year = year or (here.year if here else None)
            return _days(kind, f"{year:04}-H{2 if m.get('second') else 1}") if year else None
        case "holiday":
            first_text, last_text = look("holiday", m.get("holiday")).split("/")
            month, day_number = map(int, first_text.split("-"))
            first_day = (
                make(year, month, day_number)
                if year
                else (_nearest(here, month, day_number, bool(future)) if here else None)
            )
            if first_day is None:
                return None
            last_day = make(first_day.year, *map(int, last_text.split("-")))
            middle = add_days(first_day, 1) if last_day and (last_day - first_day).days > 1 else first_day
            return Reading(kind, middle.isoformat(), first_day, last_day)
        case "each":
            return Reading(kind, look("each", m.get("each")))
        case "every":
            weekday = look("weekday", m.get("weekday"))
            return Reading(kind, f"XXXX-WXX-{weekday:02}" + (f"-T{part}" if part else ""))
        case "everyunit":
            return Reading(kind, _length(g.number(m.get("number")) or 1, unit))
        case "duration" | "adjlength":
            amount = g.number(m.get("number"))
            if m.get("number") and (amount is None or amount <= 0):
                return None
            unit = unit or look("adjunit", m.get("adjunit")) or ""
            return Reading(kind, _length(amount, unit), amount=amount, unit=unit) if unit else None
        case "ago":
            amount = g.number(m.get("number")) or (None if m.get("vague") else 1)
            return Reading(kind, _length(amount, unit), amount=amount, unit=unit + "-") if unit else None
        case "bareunits":
            return Reading(kind, _length(None, unit), unit=unit) if unit else None
        case "lastunits" | "lastplural":
            amount = g.number(m.get("number"))
            forward = (shift or 0) > 0
            edge_day = add(here, unit, (1 if forward else -1) * amount) if here and amount else None
            days = (here, edge_day) if forward else (edge_day, here)
            if unit in _CLOCK:
                days = (here, here)
            return Reading(kind, _length(amount, unit), *days)
        case "ref":
            value = look("ref", m.get("ref"))
            days = {"PRESENT_REF": (here, here), "PAST_REF": (None, here), "FUTURE_REF": (here, None)}[value]
            return Reading(kind, value, *days)
        case "presentadj":
            steps = look("reladj", m.get("reladj"))
            if steps == 0:
                return Reading(kind, "PRESENT_REF", here, here)
            return _days(kind, add_days(here, steps).isoformat()) if here else None
    if here is None:
        return (
            Reading(kind, "XXXX-XX-XX") if op in ("day", "part", "lastunit", "weekend", "sameday", "dayafter") else None
        )
    match op:
        case "day" | "night":
            day = here
            weekday = look("weekday", m.get("weekday"))
            steps = look("relday", m.get("relday"))
            if steps is None:
                steps = look("reladj", m.get("reladj"))
            if steps is not None:
                day = add_days(here, steps)
            elif weekday:
                back = (here.isoweekday() - weekday) % 7
                if shift is not None and shift < 0:
                    day = add_days(here, -(back or 7))
                elif (shift or 0) > 0:
                    day = add_days(here, 7 - back)
                elif future:
                    day = add_days(here, -back % 7)
                else:
                    day = add_days(here, -back)
            if op == "night":
                before = add_days(day, -1)
                return Reading(kind, before.isoformat() + "TNI", before, day)
            return _days("TIME" if part else kind, day.isoformat() + (f"T{part}" if part else ""))
        case "lastnight":
            before = add_days(here, -1 if (shift or 0) < 0 else 0)
            return Reading(kind, before.isoformat() + "TNI", before, add_days(before, 1))
        case "part":
            base = anchor or here
            return _days(kind, base.isoformat() + f"T{part or look('part', m.get('part'))}")
        case "lastunit":
            if not unit:
                return None
            reading = _days(kind, _unit_value(here, unit, shift or 0))
            edge = look("edge", m.get("edge"))
            if edge and reading.start and reading.end:
                third = (reading.end - reading.start).days // 3
                if edge == "start":
                    return Reading(kind, reading.value, reading.start, add_days(reading.start, third))
                if edge == "end":
                    return Reading(kind, reading.value, add_days(reading.end, -third), reading.end)
            return reading
        case "lastyear" | "thisyear":
            return _days(kind, f"{here.year - (op == 'lastyear'):04}")
        case "weekend":
            past = -1 if here.isoweekday() < 6 and not future else 0
            return _days(kind, _week(add_days(here, 7 * past)) + "-WE")
        case "sameday":
            return _days(kind, (anchor or here).isoformat())
        case "dayafter":
            return _days(kind, add_days(anchor or here, -1 if m.get("before") else 1).isoformat())
    return None


def months_ago(day: date, months: int) -> str:
    """The month `months` before that of `day`, as YYYY-MM."""
    return add_months(day, -months).isoformat()[:7]
