"""Exports: the findings and cases of a store in the formats that others work with, one module a format."""

from __future__ import annotations

from lagebild.export.base import Format, MissingLibrary, Written
from lagebild.export.registry import FORMATS
from lagebild.export.view import Deaths, View, deaths, make_view, view_of

__all__ = ["FORMATS", "Deaths", "Format", "MissingLibrary", "View", "Written", "deaths", "make_view", "view_of"]
