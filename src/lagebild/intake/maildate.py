"""Dates as mail, feeds and web servers write them: `Mon, 13 Oct 2014 21:10:00 +0200`."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime


def mail_date(value: str) -> datetime | None:
    """The moment, in the time zone that was written; None where it is none, whatever stands there."""
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):  # OverflowError: a zone of a million hours
        return None
