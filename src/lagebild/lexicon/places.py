"""Cities from GeoNames (CC BY 4.0) and regions written by hand: name, country and coordinates of a place."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

from lagebild.lexicon.loader import load
from lagebild.lexicon.names import fold

#: How many times larger a city of the same name must be for one in the country that is talked about not to be meant.
OUTSHONE = 40


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place; `precision` is city, region, country or area (no state: a continent, a sea)."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str
    population: int = 0


def place_key(text: str) -> str:
    """How the place table is keyed: folded, hyphens as blanks."""
    return " ".join(fold(text).replace("-", " ").split())


class Places:
    """The table of cities, unpacked at first use and searched by halving: nothing is built at start-up."""

    @cached_property
    def _table(self) -> bytes:
        return gzip.decompress(resources.files("lagebild.lexicon").joinpath("parties/places.tsv.gz").read_bytes())

    @cached_property
    def _regions(self) -> dict[str, PlaceEntry]:
        found: dict[str, PlaceEntry] = {}
        for entry in load("parties", "regions").get("region", []):
            place = PlaceEntry(
                entry["name"],
                entry.get("country"),
                entry.get("lat"),
                entry.get("lon"),
                entry.get("precision", "region"),
            )
            for alias in (entry["name"], *entry.get("aliases", ())):
                found.setdefault(place_key(alias), place)
        return found

    def cities(self, text: str) -> tuple[PlaceEntry, ...]:
        """All cities of that name, the best known first."""
        return self._cities(place_key(text))

    @lru_cache(maxsize=20_000)  # noqa: B019  one object lives as long as the program
    def _cities(self, key: str) -> tuple[PlaceEntry, ...]:
        table, wanted = self._table, key.encode() + b"\t"
        low, high = 0, len(table)
        while low < high:  # invariant: the first line not below `wanted` starts in [low, high]
            middle = table.rfind(b"\n", 0, (low + high) // 2) + 1
            middle = max(middle, low)
            end = table.index(b"\n", middle)
            # Keys were sorted as text without their tab, so compare them so.
            if table[middle : table.index(b"\t", middle)] < wanted[:-1]:
                low = end + 1
            else:
                high = middle if middle < high else low
        found = []
        while table.startswith(wanted, low):
            end = table.index(b"\n", low)
            _, name, country, lat, lon, people = table[low:end].decode().split("\t")
            found.append(PlaceEntry(name, country, float(lat), float(lon), "city", int(people)))
            low = end + 1
        return tuple(found)

    def region(self, text: str) -> PlaceEntry | None:
        """A region, sea, continent or part of a country that is in the hand-written table."""
        key = place_key(text)
        return self._regions.get(key) or (self._regions.get(key[:-1]) if key.endswith("s") else None)

    def city(self, text: str, country: str | None = None) -> PlaceEntry | None:
        """The city meant: one in `country` if there is any that is not far too small beside the largest (Paris in Texas), else the
        largest; a genitive ending is tried without."""
        found = self.cities(text)
        if not found and text.endswith("s") and len(text) > 4:
            found = self.cities(text[:-1].rstrip("'’"))
        if not found:
            return None
        near = next((place for place in found if place.country == country), found[0])
        return near if near.population * OUTSHONE >= found[0].population else found[0]
