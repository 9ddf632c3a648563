"""Day arithmetic on TIMEX3 values: what days a value covers, and units before or after a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

Days = tuple[date | None, date | None]

_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def make(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def last_of_month(year: int, month: int) -> date:
    """The last day of a month; in the year 9999, which `date` does not go beyond, the 28th."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if year < 9999 else date(year, month, 28)


def add_months(day: date, months: int) -> date:
    """`months` later (earlier if negative); the day of the month is kept where it exists."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9998 * 12)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, last_of_month(year, month + 1).day))


def add_days(day: date, days: int) -> date:
    """The day so many days later (earlier if negative); the day itself where the calendar of `date` ends before."""
    try:
        return day + timedelta(days=max(-4_000_000, min(4_000_000, days)))
    except OverflowError:
        return day


def add(day: date, unit: str, amount: float) -> date:
    """The day `amount` units (Y, M, W, D, DE, C, Q; hours and less count as no day) after `day`."""
    amount = max(-3000.0, min(3000.0, amount))
    months = {"Y": 12, "M": 1, "DE": 120, "C": 1200, "Q": 3}.get(unit)
    if months:
        return add_months(day, round(amount * months))
    days = {"W": 7, "WE": 7, "D": 1}.get(unit)
    return add_days(day, round(amount * days)) if days else day


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> tuple[date, date] | None:
    """First and last day of a feast: `rule` is «12-24/12-26», or days from Easter Sunday («easter-2/easter+1»)."""
    days = []
    for text in rule.split("/"):
        if text.startswith("easter"):
            days.append(add_days(easter(year), int(text.removeprefix("easter") or 0)))
        elif day := make(year, *map(int, text.split("-"))):
            days.append(day)
    return (days[0], days[-1]) if days and 1000 < year < 3000 else None


def days_of(value: str) -> Days:
    """First and last day that a TIMEX3 value of a date covers; (None, None) if it names none."""
    value = value.partition("T")[0]
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = make(*map(int, match.groups()))
        return day, day
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = map(int, match.groups())
        first = make(year, month, 1)
        return first, last_of_month(year, month) if first else None
    if match := re.fullmatch(r"\d{4}", value):
        year = int(value)
        return make(year, 1, 1), make(year, 12, 31)
    if match := re.fullmatch(r"\d{3}", value):
        return make(int(value) * 10, 1, 1), make(int(value) * 10 + 9, 12, 31)
    if re.fullmatch(r"\d{2}", value):
        return make(int(value) * 100, 1, 1), make(int(value) * 100 + 99, 12, 31)
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        try:
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            return None, None
        return (monday + timedelta(days=5) if match[3] else monday), monday + timedelta(days=6)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        year, month = int(match[1]), _SEASONS[match[2]]
        first = make(year, month, 1)
        if first is None:
            return None, None
        return first, last_of_month(year + 1, 2) if month == 12 else last_of_month(year, month + 2)
    if match := re.fullmatch(r"(\d{4})-([HQ])(\d)", value):
        size = 6 if match[2] == "H" else 3
        first_month = (int(match[3]) - 1) * size + 1
        if not 1 <= first_month <= 12:
            return None, None
        return make(int(match[1]), first_month, 1), last_of_month(int(match[1]), first_month + size - 1)
    return None, None
