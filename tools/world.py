"""Makes the outlines of the map, src/lagebild/web/data/world.json, from Natural Earth (public domain) by npm's world-atlas.

    python tools/world.py            fetches world-atlas through npm into a temporary folder and writes the file
    python tools/world.py --check    exits with 1 if the file is not what would be written

Arcs are simplified once, so that neighbours keep one common line. Coordinates are whole hundredths of a degree, each pair after
the first as the difference to the one before. Units are named by ISO 3166-1 alpha-3 where they have a code.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pycountry

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "lagebild" / "web" / "data" / "world.json"
PACKAGE = "world-atlas@2.0.2"
#: Degrees by which a simplified line may miss a point of the original.
TOLERANCE = 0.03
Point = tuple[float, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    made = json.dumps(world(fetch()), separators=(",", ":"), ensure_ascii=False) + "\n"
    if parser.parse_args().check:
        same = TARGET.is_file() and TARGET.read_text("utf-8") == made
        print(f"{TARGET.relative_to(ROOT)} is {'current' if same else 'not current: run `make map`'}")
        return 0 if same else 1
    TARGET.write_text(made, "utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(made) // 1000} kB")
    return 0


def fetch() -> dict[str, Any]:
    """The topology of the world's countries at 1 : 50 million."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", PACKAGE]
        subprocess.run(command, check=True)
        path = Path(folder) / "node_modules" / "world-atlas" / "countries-50m.json"
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def world(topology: dict[str, Any]) -> dict[str, Any]:
    """Arcs, units as polygons of rings of arcs (~n is arc n backwards), and the borders by kind."""
    table = tomllib.loads((ROOT / "tools" / "disputed.toml").read_text("utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    units: dict[str, list[Any]] = {}
    users: dict[int, list[str]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            units.setdefault(_owner(name, geometry.get("id"), polygon, arcs, table["area"]), []).append(polygon)
            for ring in polygon:
                for arc in ring:
                    users.setdefault(arc if arc >= 0 else ~arc, []).append(name)
    borders: dict[str, list[int]] = {"agreed": [], "disputed": []}
    for arc, names in sorted(users.items()):
        if len(set(names)) == 2:
            borders["disputed" if _disputed(set(names), arcs[arc], table["line"]) else "agreed"].append(arc)
    return {
        "source": f"Natural Earth 1:50m (public domain), through npm {PACKAGE}",
        "arcs": [_coded(_simplified(arc)) for arc in arcs],
        "units": dict(sorted(units.items())),
        "borders": borders,
    }


def _owner(name: str, number: str | None, polygon: Any, arcs: list[list[Point]], areas: list[dict[str, Any]]) -> str:
    for area in areas:
        if area["unit"] == name and _inside([p for arc in polygon[0] for p in arcs[arc if arc >= 0 else ~arc]], area):
            return f"disputed:{area['name']}"
    country = pycountry.countries.get(numeric=number) if number else None
    return str(country.alpha_3) if country else name


def _disputed(names: set[str], arc: list[Point], lines: list[dict[str, Any]]) -> bool:
    return any(set(line["units"]) == names and ("within" not in line or _inside(arc, line)) for line in lines)


def _inside(points: list[Point], entry: dict[str, Any]) -> bool:
    west, south, east, north = entry["within"]
    within = [west <= x <= east and south <= y <= north for x, y in points]
    return sum(within) > len(within) / 2


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _simplified(points: list[Point]) -> list[Point]:
    """Douglas and Peucker (1973); the ends of an arc stay, so arcs still meet."""
    keep = {0, len(points) - 1}
    open_ = [(0, len(points) - 1)]
    while open_:
        first, last = open_.pop()
        if last - first < 2:
            continue
        far, most = first, -1.0
        for i in range(first + 1, last):
            if (off := _off(points[i], points[first], points[last])) > most:
                far, most = i, off
        if most > TOLERANCE or points[first] == points[last]:
            keep.add(far)
            open_ += [(first, far), (far, last)]
    return [points[i] for i in sorted(keep)]


def _off(point: Point, a: Point, b: Point) -> float:
    """The distance of a point from the line a–b, in degrees."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return float(((point[0] - a[0] - t * dx) ** 2 + (point[1] - a[1] - t * dy) ** 2) ** 0.5)


def _coded(points: list[Point]) -> list[int]:
    coded: list[int] = []
    x = y = 0
    for lon, lat in points:
        nx, ny = round(lon * 100), round(lat * 100)
        coded += [nx - x, ny - y]
        x, y = nx, ny
    return coded


if __name__ == "__main__":
    sys.exit(main())
