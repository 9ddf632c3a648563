"""Turns a match of the time grammar into a TIMEX3 type and value and the days that it covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import regex

from lagebild.reading.calendar import Days, add, add_days, add_months, days_of, holiday, make
from lagebild.reading.timex import Grammar

_CLOCK = {"S", "MIN", "H"}
#: How many times farther a day on the side that the tense asks for may lie than one on the other side: a date without a
#: year is almost always the nearest one («Der Auftritt vom 9. Dezember wurde abgesagt», printed in November).
_LEAN = 3.0
_EDGE_MONTHS = {"start": (1, 3), "mid": (5, 8), "end": (10, 12)}
_EDGE_DAYS = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}
_PER = {"perday": "P1D", "perweek": "P1W", "permonth": "P1M", "peryear": "P1Y"}
_EDGE_YEARS = {"start": (0, 3), "mid": (4, 6), "end": (7, 9), None: (0, 9)}


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
    one. `future` is True if the clause lies ahead, False if it is past, None if nothing tells.
    """

    here: date | None = None
    day: date | None = None
    named: date | None = None
    spoken: Days = (None, None)
    year: int | None = None
    future: bool | None = None


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


def _quarter(day: date) -> str:
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def _unit_value(day: date, unit: str, steps: int) -> str:
    """The value of the unit `steps` away from the one that holds `day`."""
    moved = add(day, unit, steps)
    return {
        "D": moved.isoformat(),
        "W": _week(moved),
        "WE": _week(moved) + "-WE",
        "M": moved.isoformat()[:7],
        "Q": _quarter(moved),
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


def _nearest(near: date, days: list[date], future: bool | None) -> date | None:
    """The day nearest to `near`, leaning to the side of the clause's tense."""
    return min(days, key=lambda d: _distance(d, near, future)) if days else None


def _nearest_value(near: date, values: list[str], future: bool | None) -> str:
    """The value whose days lie nearest to `near`, leaning to the side of the clause's tense."""

    def distance(value: str) -> float:
        start, end = days_of(value)
        if start is None or end is None:
            return 1e9
        return 0.0 if start <= near <= end else _distance(start if start > near else end, near, future)

    return min(values, key=distance)


def _years(near: date) -> range:
    return range(near.year - 3, near.year + 4)


def months_ago(day: date, months: int) -> str:
    """The month `months` before that of `day`, as YYYY-MM."""
    return add_months(day, -months).isoformat()[:7]


class _Match:
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

    # ---------------------------------------------------------------- dates

    def date(self) -> Reading | None:
        month = self.look("month") or int(self.m.get("monthnum") or 0)
        number = int(self.m.get("day") or 0)
        year = self.year or self.frame.year
        here = self.frame.here
        if year:
            day = make(year, month, number)
        elif here:
            days = [d for y in _years(here) if (d := make(y, month, number))]
            weekday = self.look("weekday")
            day = _nearest(here, [d for d in days if d.isoweekday() == weekday] or days, self.frame.future)
        else:
            return Reading(self.kind, f"XXXX-{month:02}-{number:02}") if make(2000, month, number) else None
        if day is None:
            return None
        if self.rule.get("night"):  # the night that ends on this day
            before = add_days(day, -1)
            return Reading("TIME", before.isoformat() + "TNI", before, day)
        part = self.part
        return _days("TIME" if part else self.kind, day.isoformat() + (f"T{part}" if part else ""))

    def fixed(self) -> Reading:
        """A day that its words name without a year («die Anschläge vom 11. September»)."""
        return _days(self.kind, self.rule["day"])

    def month(self) -> Reading | None:
        month, shift, here = self.look("month"), self.look("shift"), self.frame.here
        year = self.year
        if year is None and here is not None and shift:
            year = here.year
            if shift < 0:
                year -= month >= here.month
            else:
                year += month <= here.month
        if year is None and self.frame.year:  # a story goes on: «Ende 1991 …, im April …»
            spoken = self.frame.spoken[0]
            year = self.frame.year
            year += spoken is not None and spoken.year == year and spoken.month > month
        if year is not None:
            value = f"{year:04}-{month:02}"
        elif here is not None:
            values = [f"{y:04}-{month:02}" for y in _years(here)]
            value = f"{here.year:04}-{month:02}" if shift == 0 else _nearest_value(here, values, self.frame.future)
        else:
            return Reading(self.kind, f"XXXX-{month:02}")
        return self._edge(_days(self.kind, value))

    def _edge(self, reading: Reading) -> Reading:
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

    def a_year(self) -> Reading | None:
        year = self.year
        if year is None and "fullyear" not in self.m and "year" not in self.m:  # «Ende des Jahres», «Jahresende»
            here = self.frame.here
            year = self.frame.year or (here.year if here else None)
            if year is None:
                return Reading(self.kind, "XXXX")
        return self._edge(_days(self.kind, f"{year:04}")) if year and 1000 <= year <= 2100 else None

    def decade(self) -> Reading:
        number = self.look("decadeword") or int(self.m.get("decade") or 0)
        number += 1900 if number < 100 else 0
        first, last = _EDGE_YEARS[self.look("edge")]
        return Reading(self.kind, f"{number // 10:03}", make(number + first, 1, 1), make(number + last, 12, 31))

    def century(self) -> Reading | None:
        number = int(self.m.get("century") or 0) - 1
        return self._edge(_days(self.kind, f"{number:02}")) if 9 < number < 30 else None

    def season(self) -> Reading | None:
        season, shift, year, here = self.look("season"), self.look("shift"), self.year, self.frame.here
        if year is None and self.frame.year and shift is None:
            year = self.frame.year
        if year is None:
            if here is None:
                return Reading(self.kind, f"XXXX-{season}")
            values = [f"{y:04}-{season}" for y in _years(here)]
            if shift is not None and shift < 0:
                year = int(max(v for v in values if (days_of(v)[1] or here) < here)[:4])
            elif shift:
                year = int(min(v for v in values if (days_of(v)[0] or here) > here)[:4])
            else:
                year = int(_nearest_value(here, values, self.frame.future)[:4])
        return self._edge(_days(self.kind, f"{year:04}-{season}"))

    def half(self) -> Reading | None:
        year = self.year or self.frame.year or (self.frame.here.year if self.frame.here else None)
        return _days(self.kind, f"{year:04}-H{2 if self.m.get('second') else 1}") if year else None

    def quarter(self) -> Reading | None:
        number, here = self.look("ordinal"), self.frame.here
        year = self.year or self.frame.year
        if number == "last" or number is None or number > 4:
            return None
        if year is None:
            if here is None:
                return Reading(self.kind, f"XXXX-Q{number}")
            return _days(
                self.kind, _nearest_value(here, [f"{y:04}-Q{number}" for y in _years(here)], self.frame.future)
            )
        return _days(self.kind, f"{year:04}-Q{number}")

    def holiday(self) -> Reading | None:
        here, year = self.frame.here, self.year or self.frame.year
        spans = {y: holiday(self.look("holiday"), y) for y in ([year] if year else _years(here) if here else [])}
        firsts = {span[0]: span for span in spans.values() if span}
        if here is None and year is None:
            return Reading(self.kind, "XXXX-XX-XX")
        day = _nearest(here, list(firsts), self.frame.future) if here and not year else next(iter(firsts), None)
        if day is None:
            return None
        first, last = firsts[day]
        length = (last - first).days
        middle = add_days(first, 2 if length == 3 else length // 2)  # Christmas Day, Easter Sunday
        return Reading(self.kind, middle.isoformat(), first, last)

    # ---------------------------------------------------------------- days and parts of days

    def clock(self) -> Reading:
        hour = int(self.m.get("hour") or 0)
        late = self.look("clockpart") or 0
        clock = f"T{hour + late if hour < 12 else hour:02}:{self.m.get('minute') or '00'}"
        base = self.frame.day or self.frame.here
        return Reading(self.kind, (base.isoformat() if base else "") + clock, base, base)

    def midnight(self) -> Reading:
        base = self.frame.named or self.frame.here
        return Reading(self.kind, (base.isoformat() if base else "") + "T24:00", base, base)

    def day(self) -> Reading | None:
        here, part = self.frame.here, self.part
        if here is None:
            return Reading("TIME" if part else self.kind, "XXXX-XX-XX" + (f"T{part}" if part else ""))
        steps, weekday, shift = self.look("relday"), self.look("weekday"), self.look("shift")
        if steps is None:
            steps = self.look("reladj")
        day = here
        if steps is not None:
            day = add_days(here, steps)
        elif weekday:
            back = (here.isoweekday() - weekday) % 7
            if shift is not None and shift < 0:
                day = add_days(here, -(back or 7))
            elif (shift or 0) > 0:
                day = add_days(here, 7 - back)
            elif self.frame.future:
                day = add_days(here, -back % 7)
            else:
                day = add_days(here, -back)
        if self.rule["op"] == "night":
            before = add_days(day, -1)
            return Reading(self.kind, before.isoformat() + "TNI", before, day)
        return _days("TIME" if part else self.kind, day.isoformat() + (f"T{part}" if part else ""))

    def lastnight(self) -> Reading:
        here = self.frame.here
        if here is None:
            return Reading(self.kind, "XXXX-XX-XXTNI")
        before = add_days(here, -1 if (self.look("shift") or -1) < 0 else 0)
        return Reading(self.kind, before.isoformat() + "TNI", before, add_days(before, 1))

    def part_of_day(self) -> Reading:
        base = self.frame.day or self.frame.here
        return _days(self.kind, (base.isoformat() if base else "XXXX-XX-XX") + f"T{self.part}")

    def sameday(self) -> Reading:
        base = self.frame.day or self.frame.here
        return _days(self.kind, base.isoformat() if base else "XXXX-XX-XX")

    def dayafter(self) -> Reading:
        base = self.frame.day or self.frame.here
        if base is None:
            return Reading(self.kind, "XXXX-XX-XX")
        return _days(self.kind, add_days(base, -1 if self.m.get("before") else 1).isoformat())

    # ---------------------------------------------------------------- weeks, months, years from here

    def lastunit(self) -> Reading | None:
        here, unit = self.frame.here, self.unit
        if not unit:
            return None
        if here is None:
            return Reading(self.kind, "XXXX-XX-XX")
        return self._edge(_days(self.kind, _unit_value(here, unit, self.look("shift") or 0)))

    def lastyear(self) -> Reading:
        here = self.frame.here
        back = self.rule["op"] == "lastyear"
        return _days(self.kind, f"{here.year - back:04}") if here else Reading(self.kind, "XXXX")

    def weekend(self) -> Reading:
        here = self.frame.here
        if here is None:
            return Reading(self.kind, "XXXX-WXX-WE")
        past = -1 if here.isoweekday() < 6 and not self.frame.future else 0
        return _days(self.kind, _week(add_days(here, 7 * past)) + "-WE")

    def lastunits(self) -> Reading:
        here, unit, amount = self.frame.here, self.unit, self.number
        forward = (self.look("shift") or 0) > 0
        if forward and amount is None and unit not in _CLOCK:  # «in den nächsten Jahren»: no length, only ahead
            return Reading("DATE", "FUTURE_REF", here, None)
        edge = add(here, unit, (1 if forward else -1) * amount) if here and amount else None
        days = (here, edge) if forward else (edge, here)
        return Reading(self.kind, _length(amount, unit), *((here, here) if unit in _CLOCK else days))

    # ---------------------------------------------------------------- lengths, sets, references

    def duration(self) -> Reading | None:
        amount, unit = self.number, self.unit
        if not unit or (self.m.get("number") and (amount is None or amount <= 0)):
            return None
        return Reading(self.kind, _length(amount, unit), amount=amount, unit=unit)

    def ago(self) -> Reading | None:
        amount, unit = self.number or (None if self.m.get("vague") else 1), self.unit
        return Reading(self.kind, _length(amount, unit), amount=amount, unit=unit + "-") if unit else None

    def later(self) -> Reading | None:
        """So long after or before the day last spoken of; a bare length where none was."""
        amount, unit, day = self.number, self.unit, self.frame.day
        if not unit:
            return None
        if unit in _CLOCK:
            return Reading("TIME", "XXXX-XX-XXTXX:XX")
        if amount is None or day is None:
            return Reading(self.kind, _length(amount, unit))
        steps = -amount if self.m.get("before") else amount
        moved = add(day, unit, steps)
        if unit in ("D", "W"):
            return _days("DATE", moved.isoformat())
        return _days("DATE", _unit_value(moved, unit, 0))

    def bareunits(self) -> Reading | None:
        return Reading(self.kind, _length(None, self.unit), unit=self.unit) if self.unit else None

    def each(self) -> Reading:
        return Reading(self.kind, self.look("each"))

    def every(self) -> Reading:
        part = self.part
        weekday = self.look("weekday") or self.look("weekdays")
        return Reading(self.kind, f"XXXX-WXX-{weekday:02}" + (f"-T{part}" if part else ""))

    def per(self) -> Reading:
        return Reading(self.kind, next(v for k, v in _PER.items() if self.m.get(k)))

    def everyunit(self) -> Reading | None:
        return Reading(self.kind, _length(self.number or 1, self.unit)) if self.unit else None

    def ref(self) -> Reading:
        value: str = self.rule.get("ref") or self.look("ref") or "PAST_REF"
        here, spoken = self.frame.here, self.frame.spoken
        if self.rule["op"] == "then":  # «damals» is the time just spoken of, if that is long past
            past = spoken[1] is not None and (here is None or (here - spoken[1]).days > 30)
            return Reading(self.kind, "PAST_REF", *(spoken if past else (None, here)))
        days = {"PRESENT_REF": (here, here), "PAST_REF": (None, here), "FUTURE_REF": (here, None)}[value]
        return Reading(self.kind, value, *days)

    def presentadj(self) -> Reading | None:
        steps, here = self.look("reladj"), self.frame.here
        if steps == 0:
            return Reading(self.kind, "PRESENT_REF", here, here)
        return _days(self.kind, add_days(here, steps).isoformat()) if here else None


_OPERATIONS = {
    "date": _Match.date,
    "fixed": _Match.fixed,
    "month": _Match.month,
    "year": _Match.a_year,
    "bareyear": _Match.a_year,
    "decade": _Match.decade,
    "century": _Match.century,
    "season": _Match.season,
    "half": _Match.half,
    "quarter": _Match.quarter,
    "holiday": _Match.holiday,
    "clock": _Match.clock,
    "midnight": _Match.midnight,
    "day": _Match.day,
    "night": _Match.day,
    "lastnight": _Match.lastnight,
    "part": _Match.part_of_day,
    "sameday": _Match.sameday,
    "dayafter": _Match.dayafter,
    "lastunit": _Match.lastunit,
    "lastyear": _Match.lastyear,
    "thisyear": _Match.lastyear,
    "weekend": _Match.weekend,
    "lastunits": _Match.lastunits,
    "lastplural": _Match.lastunits,
    "duration": _Match.duration,
    "adjlength": _Match.duration,
    "ago": _Match.ago,
    "later": _Match.later,
    "bareunits": _Match.bareunits,
    "each": _Match.each,
    "every": _Match.every,
    "everyunit": _Match.everyunit,
    "per": _Match.per,
    "ref": _Match.ref,
    "then": _Match.ref,
    "presentadj": _Match.presentadj,
}


def read(g: Grammar, rule: Mapping[str, Any], m: Mapping[str, str | None], frame: Frame) -> Reading | None:
    """The reading of one match (`m`: its named groups), or None if it names no sane time."""
    return _OPERATIONS[rule["op"]](_Match(g, rule, m, frame))
