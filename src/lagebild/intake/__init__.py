"""Bytes to reports: plain text, HTML pages, the JSON report shape and standard input; zones of raw page text."""

from __future__ import annotations

from lagebild.errors import Fault
from lagebild.intake.load import READ_ENDINGS, load
from lagebild.intake.pieces import pieces
from lagebild.intake.zones import zones

__all__ = ["READ_ENDINGS", "Fault", "load", "pieces", "zones"]
