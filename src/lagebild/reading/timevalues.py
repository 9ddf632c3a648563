"""Turns a match of the time grammar into a TIMEX3 type and value and the days that it covers: one method an operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lagebild.reading.calendar import add, add_days, days_of, holiday, make
from lagebild.reading.timematch import (
    CLOCK,
    Frame,
    Match,
    Reading,
    days_reading,
    length,
    nearest,
    nearest_value,
    unit_value,
    week,
    years_around,
)
from lagebild.reading.timex import Grammar

_PER = {"perday": "P1D", "perweek": "P1W", "permonth": "P1M", "peryear": "P1Y"}
_EDGE_YEARS = {"start": (0, 3), "mid": (4, 6), "end": (7, 9), None: (0, 9)}


class _Operations(Match):
    """The operations that rules name by `op`."""

    def date(self) -> Reading | None:
        month = self.look("month") or int(self.m.get("monthnum") or 0)
        number = int(self.m.get("day") or 0)
        year = self.year or self.frame.year
        here = self.frame.here
        if year:
            day = make(year, month, number)
        elif here:
            days = [d for y in years_around(here) if (d := make(y, month, number))]
            weekday = self.look("weekday")
            day = nearest(here, [d for d in days if d.isoweekday() == weekday] or days, self.frame.future)
        else:
            return Reading(self.kind, f"XXXX-{month:02}-{number:02}") if make(2000, month, number) else None
        if day is None:
            return None
        if self.rule.get("night"):  # the night that ends on this day
            before = add_days(day, -1)
            return Reading("TIME", before.isoformat() + "TNI", before, day)
        part = self.part
        return days_reading("TIME" if part else self.kind, day.isoformat() + (f"T{part}" if part else ""))

    def fixed(self) -> Reading:
        """A day that its words name without a year («die Anschläge vom 11. September»)."""
        return days_reading(self.kind, self.rule["day"])

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
            values = [f"{y:04}-{month:02}" for y in years_around(here)]
            value = (
                f"{here.year:04}-{month:02}"
                if shift == 0
                else nearest_value(here, values, self.frame.future, self.frame.sure)
            )
        else:
            return Reading(self.kind, f"XXXX-{month:02}")
        return self.edge(days_reading(self.kind, value))

    def a_year(self) -> Reading | None:
        year = self.year
        if year is None and "fullyear" not in self.m and "year" not in self.m:  # «Ende des Jahres», «Jahresende»
            here = self.frame.here
            year = self.frame.year or (here.year if here else None)
            if year is None:
                return Reading(self.kind, "XXXX")
        return self.edge(days_reading(self.kind, f"{year:04}")) if year and 1000 <= year <= 2100 else None

    def decade(self) -> Reading:
        number = self.look("decadeword") or int(self.m.get("decade") or 0)
        number += 1900 if number < 100 else 0
        first, last = _EDGE_YEARS[self.look("edge")]
        return Reading(self.kind, f"{number // 10:03}", make(number + first, 1, 1), make(number + last, 12, 31))

    def century(self) -> Reading | None:
        number = int(self.m.get("century") or 0) - 1
        return self.edge(days_reading(self.kind, f"{number:02}")) if 9 < number < 30 else None

    def season(self) -> Reading | None:
        season, shift, year, here = self.look("season"), self.look("shift"), self.year, self.frame.here
        if year is None and self.frame.year and shift is None:
            year = self.frame.year
        if year is None:
            if here is None:
                return Reading(self.kind, f"XXXX-{season}")
            values = [f"{y:04}-{season}" for y in years_around(here)]
            if shift is not None and shift < 0:
                year = int(max(v for v in values if (days_of(v)[1] or here) < here)[:4])
            elif shift:
                year = int(min(v for v in values if (days_of(v)[0] or here) > here)[:4])
            else:
                year = int(nearest_value(here, values, self.frame.future)[:4])
        return self.edge(days_reading(self.kind, f"{year:04}-{season}"))

    def half(self) -> Reading | None:
        year = self.year or self.frame.year or (self.frame.here.year if self.frame.here else None)
        return days_reading(self.kind, f"{year:04}-H{2 if self.m.get('second') else 1}") if year else None

    def quarter(self) -> Reading | None:
        number, here = self.look("ordinal"), self.frame.here
        year = self.year or self.frame.year
        if number == "last" or number is None or number > 4:
            return None
        if year is None:
            if here is None:
                return Reading(self.kind, f"XXXX-Q{number}")
            return days_reading(
                self.kind, nearest_value(here, [f"{y:04}-Q{number}" for y in years_around(here)], self.frame.future)
            )
        return days_reading(self.kind, f"{year:04}-Q{number}")

    def holiday(self) -> Reading | None:
        here, year = self.frame.here, self.year or self.frame.year
        spans = {y: holiday(self.look("holiday"), y) for y in ([year] if year else years_around(here) if here else [])}
        firsts = {span[0]: span for span in spans.values() if span}
        if here is None and year is None:
            return Reading(self.kind, "XXXX-XX-XX")
        day = nearest(here, list(firsts), self.frame.future) if here and not year else next(iter(firsts), None)
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
        return days_reading("TIME" if part else self.kind, day.isoformat() + (f"T{part}" if part else ""))

    def lastnight(self) -> Reading:
        here = self.frame.here
        if here is None:
            return Reading(self.kind, "XXXX-XX-XXTNI")
        before = add_days(here, -1 if (self.look("shift") or -1) < 0 else 0)
        return Reading(self.kind, before.isoformat() + "TNI", before, add_days(before, 1))

    def part_of_day(self) -> Reading:
        base = self.base
        return days_reading(self.kind, (base.isoformat() if base else "XXXX-XX-XX") + f"T{self.part}")

    def sameday(self) -> Reading:
        base = self.base
        return days_reading(self.kind, base.isoformat() if base else "XXXX-XX-XX")

    def dayafter(self) -> Reading:
        base = self.base
        if base is None:
            return Reading(self.kind, "XXXX-XX-XX")
        return days_reading(self.kind, add_days(base, -1 if self.m.get("before") else 1).isoformat())

    # ---------------------------------------------------------------- weeks, months, years from here

    def lastunit(self) -> Reading | None:
        here, unit = self.frame.here, self.unit
        if not unit:
            return None
        if here is None:
            return Reading(self.kind, "XXXX-XX-XX")
        return self.edge(days_reading(self.kind, unit_value(here, unit, self.look("shift") or 0)))

    def lastyear(self) -> Reading:
        here = self.frame.here
        back = self.rule["op"] == "lastyear"
        return days_reading(self.kind, f"{here.year - back:04}") if here else Reading(self.kind, "XXXX")

    def weekend(self) -> Reading:
        here = self.frame.here
        if here is None:
            return Reading(self.kind, "XXXX-WXX-WE")
        past = -1 if here.isoweekday() < 6 and not self.frame.future else 0
        return days_reading(self.kind, week(add_days(here, 7 * past)) + "-WE")

    def lastunits(self) -> Reading:
        here, unit, amount = self.frame.here, self.unit, self.number
        forward = (self.look("shift") or 0) > 0
        if forward and amount is None and unit not in CLOCK:  # «in den nächsten Jahren»: no length, only ahead
            return Reading("DATE", "FUTURE_REF", here, None)
        edge = add(here, unit, (1 if forward else -1) * amount) if here and amount else None
        days = (here, edge) if forward else (edge, here)
        return Reading(self.kind, length(amount, unit), *((here, here) if unit in CLOCK else days))

    # ---------------------------------------------------------------- lengths, sets, references

    def duration(self) -> Reading | None:
        amount, unit = self.number, self.unit
        if not unit or (self.m.get("number") and (amount is None or amount <= 0)):
            return None
        return Reading(self.kind, length(amount, unit), amount=amount, unit=unit)

    def ago(self) -> Reading | None:
        amount, unit = self.number or (None if self.m.get("vague") else 1), self.unit
        return Reading(self.kind, length(amount, unit), amount=amount, unit=unit + "-") if unit else None

    def later(self) -> Reading | None:
        """So long after or before the day last spoken of; a bare length where none was."""
        amount, unit, day = self.number, self.unit, self.frame.day
        if not unit:
            return None
        if unit in CLOCK:
            return Reading("TIME", "XXXX-XX-XXTXX:XX")
        if amount is None or day is None:
            return Reading(self.kind, length(amount, unit))
        steps = -amount if self.m.get("before") else amount
        moved = add(day, unit, steps)
        if unit in ("D", "W"):
            return days_reading("DATE", moved.isoformat())
        return days_reading("DATE", unit_value(moved, unit, 0))

    def bareunits(self) -> Reading | None:
        return Reading(self.kind, length(None, self.unit), unit=self.unit) if self.unit else None

    def each(self) -> Reading:
        return Reading(self.kind, self.look("each"))

    def every(self) -> Reading:
        part = self.part
        weekday = self.look("weekday") or self.look("weekdays")
        return Reading(self.kind, f"XXXX-WXX-{weekday:02}" + (f"-T{part}" if part else ""))

    def per(self) -> Reading:
        return Reading(self.kind, next(v for k, v in _PER.items() if self.m.get(k)))

    def everyunit(self) -> Reading | None:
        return Reading(self.kind, length(self.number or 1, self.unit)) if self.unit else None

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
        return days_reading(self.kind, add_days(here, steps).isoformat()) if here else None


_OPERATIONS = {
    "date": _Operations.date,
    "fixed": _Operations.fixed,
    "month": _Operations.month,
    "year": _Operations.a_year,
    "bareyear": _Operations.a_year,
    "decade": _Operations.decade,
    "century": _Operations.century,
    "season": _Operations.season,
    "half": _Operations.half,
    "quarter": _Operations.quarter,
    "holiday": _Operations.holiday,
    "clock": _Operations.clock,
    "midnight": _Operations.midnight,
    "day": _Operations.day,
    "night": _Operations.day,
    "lastnight": _Operations.lastnight,
    "part": _Operations.part_of_day,
    "sameday": _Operations.sameday,
    "dayafter": _Operations.dayafter,
    "lastunit": _Operations.lastunit,
    "lastyear": _Operations.lastyear,
    "thisyear": _Operations.lastyear,
    "weekend": _Operations.weekend,
    "lastunits": _Operations.lastunits,
    "lastplural": _Operations.lastunits,
    "duration": _Operations.duration,
    "adjlength": _Operations.duration,
    "ago": _Operations.ago,
    "later": _Operations.later,
    "bareunits": _Operations.bareunits,
    "each": _Operations.each,
    "every": _Operations.every,
    "everyunit": _Operations.everyunit,
    "per": _Operations.per,
    "ref": _Operations.ref,
    "then": _Operations.ref,
    "presentadj": _Operations.presentadj,
}


def read(g: Grammar, rule: Mapping[str, Any], m: Mapping[str, str | None], frame: Frame) -> Reading | None:
    """The reading of one match (`m`: its named groups), or None if it names no sane time."""
    return _OPERATIONS[rule["op"]](_Operations(g, rule, m, frame))
