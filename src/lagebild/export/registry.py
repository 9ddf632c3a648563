"""The formats by name. A new format is a module with a `FORMAT` and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from lagebild.export import acled, csv, gdelt, ged, geojson, parquet, plover
from lagebild.export.base import Format

FORMATS: Mapping[str, Format] = {
    module.FORMAT.name: module.FORMAT for module in (plover, gdelt, acled, ged, geojson, csv, parquet)
}
