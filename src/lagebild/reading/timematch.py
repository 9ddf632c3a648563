"""What a match of the time grammar says, as values of the lexicon, and the frame that it is read against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import regex

from lagebild.reading.calendar import Days, add, add_days, add_months, days_of, make
from lagebild.reading.timex import Grammar

CLOCK = {"S", "MIN", "H"}
#: How many times farther a day on the side that the tense asks for may lie than one on the other side: a date without a
#: year is almost always the nearest one («Der Auftritt vom 9. Dezember wurde abgesagt», printed in November).
_LEAN = 3.0
#: More days than any date lies away whose year is open.
_FAR = 1e5
_EDGE_MONTHS = {"start": (1, 3), "mid": (5, 8), "end": (10, 12)}
_EDGE_DAYS = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: TIMEX3 type and value, its days, and for lengths the amount and unit."""

    type: str
    value: str
    start: date | None = None
    end: date | None = None
    amount: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against.

    `here` is the day of publication, `day` the day last spoken of, `named` the one that this sentence names, `spoken` the
    days of the last expression that named any, `year` the year that dates without one belong to where the text has set
    one. `future` is True if the clause lies ahead, False if it is past, None if nothing tells. `sure`: the status of an event
    says so, not only the tense of a clause.
    """

    here: date | None = None
    day: date | None = None
    named: date | None = None
    spoken: Days = (None, None)
    year: int | None = None
    future: bool | None = None
    sure: bool = False


def _whole(amount: float) -> str:
    return str(int(amount)) if amount == int(amount) else str(amount)


def length(amount: float | None, unit: str) -> str:
    """A duration in TIMEX3: P3D, PT2H, P1CE; PXD where no number is told."""
    count = "X" if amount is None else _whole(amount)
    return f"PT{count}{unit[0]}" if unit in CLOCK else f"P{count}{'CE' if unit == 'C' else unit}"


def days_reading(type_: str, value: str) -> Reading:
    """A reading whose days follow from its value."""
    return Reading(type_, value, *days_of(value))


def week(day: date) -> str:
    """The ISO week of a day, as YYYY-Www."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter(day: date) -> str:
    """The quarter of a day, as YYYY-Qn."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def unit_value(day: date, unit: str, steps: int) -> str:
    """The value of the unit `steps` away from the one that holds `day`."""
    moved = add(day, unit, steps)
    return {
        "D": moved.isoformat(),
        "W": week(moved),
        "WE": week(moved) + "-WE",
        "M": moved.isoformat()[:7],
        "Q": quarter(moved),
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


def _distance(day: date, near: date, future: bool | None) -> float:
    days = (day - near).days
    against = (future is True and days < 0) or (future is False and days > 0)
    return abs(days) * (_LEAN if against else 1.0)


def nearest(near: date, days: list[date], future: bool | None) -> date | None:
    """The day nearest to `near`, leaning to the side of the clause's tense."""
    return min(days, key=lambda d: _distance(d, near, future)) if days else None


def nearest_value(near: date, values: list[str], future: bool | None, sure: bool = False) -> str:
    """The value whose days lie nearest to `near`, leaning to the side of the clause's tense; `sure`: on that side."""

    def distance(value: str) -> float:
        start, end = days_of(value)
        if start is None or end is None:
            return 1e9
        if start <= near <= end:
            return 0.0
        wrong = sure and future is not None and future == (end < near)
        return _distance(start if start > near else end, near, future) + (_FAR if wrong else 0.0)

    return min(values, key=distance)


def years_around(near: date) -> range:
    """Years that an expression without one may mean; of several, the nearest is taken (`nearest`)."""
    return range(near.year - 3, near.year + 4)


def months_ago(day: date, months: int) -> str:
    """The month `months` before that of `day`, as YYYY-MM."""
    return add_months(day, -months).isoformat()[:7]


class Match:
    """One match of a rule: its groups as values of the lexicon."""

    def __init__(self, g: Grammar, rule: Mapping[str, Any], m: Mapping[str, str | None], frame: Frame) -> None:
        self.g, self.rule, self.m, self.frame = g, rule, m, frame
        self.kind: str = rule["type"]

    def look(self, group: str) -> Any:
        return self.g.look(group, self.m.get(group))

    @property
    def unit(self) -> str:
        for group in ("unit", "adjunit", "plurals", "stem"):
            if value := self.look(group):
                return str(value)
        return self.g.look("unit", self.m.get("plural")) or ""

    @property
    def part(self) -> str | None:
        value: str | None = self.look("part")
        return value

    @property
    def base(self) -> date | None:
        """The day that parts of a day and the days beside it belong to: the one last spoken of, but what is past is on no
        day to come («Am Freitag kommt er in Mailand an. Am Abend war ein Gespräch geplant.»)."""
        day, here = self.frame.day, self.frame.here
        if day is not None and here is not None and self.frame.future is False and day > here:
            return here
        return day or here

    @property
    def number(self) -> float | None:
        if self.m.get("one"):
            return 1.0
        vague = self.look("vague")
        if isinstance(vague, int):
            return float(vague)
        return self.g.number(self.m.get("number"))

    @property
    def year(self) -> int | None:
        """The year that the expression itself names, also by «dieses Jahres», «desselben Jahres»."""
        text = self.m.get("year") or self.m.get("fullyear")
        if text:
            return _year(text, self.frame.here)
        shift = self.look("yearshift")
        if shift == "same":
            return self.frame.spoken[0].year if self.frame.spoken[0] else None
        return self.frame.here.year + shift if shift is not None and self.frame.here else None

    def edge(self, reading: Reading) -> Reading:
        """Anfang, Mitte, Ende of a month, a year, a week or any other span."""
        edge = self.look("edge") or self.look("edgepart")
        start, end = reading.start, reading.end
        if edge is None or start is None or end is None:
            return reading
        if edge in ("half1", "half2"):
            middle = add_days(start, (end - start).days // 2)
            span = (start, middle) if edge == "half1" else (add_days(middle, 1), end)
            return replace(reading, start=span[0], end=span[1])
        length = (end - start).days + 1
        if 28 <= length <= 31 and start.day == 1:
            first, last = _EDGE_DAYS[edge]
            return replace(reading, start=start.replace(day=first), end=end.replace(day=min(last, end.day)))
        if 365 <= length <= 366 and start.month == 1:
            first, last = _EDGE_MONTHS[edge]
            return replace(reading, start=make(start.year, first, 1), end=days_of(f"{start.year:04}-{last:02}")[1])
        third = length // 3
        if edge == "start":
            return replace(reading, end=add_days(start, max(third, 1) - 1))
        if edge == "end":
            return replace(reading, start=add_days(end, -(max(third, 1) - (1 if third > 2 else 0))))
        return replace(reading, start=add_days(start, third), end=add_days(end, -third))
