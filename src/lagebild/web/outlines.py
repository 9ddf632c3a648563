"""The outlines of the map: Natural Earth's arcs, cut to the window that is drawn."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
#: Units of the drawing beyond its rim up to which outlines are kept, so that their own lines do not follow the rim.
_OVER = 6.0


class Frame:
    """A window of the world: degrees to units of a drawing, true to scale at the middle latitude."""

    def __init__(self, points: Sequence[Point], width: float, height: float) -> None:
        self.width, self.height = width, height
        near = _core(points)
        south, north = min(p[0] for p in near), max(p[0] for p in near)
        west, east = min(p[1] for p in near), max(p[1] for p in near)
        mid = (south + north) / 2
        self._squeeze = max(0.2, math.cos(math.radians(mid)))
        wide, tall = max((east - west) * self._squeeze, 5.0) * 1.3, max(north - south, 3.5) * 1.3
        scale = min(width / wide, height / tall)
        self._scale, self._mid_lon, self._mid_lat = scale, (west + east) / 2, mid
        half = height / scale / 2
        self._mid_lat = max(-90 + half, min(90 - half, mid)) if half < 90 else 0.0

    def xy(self, lat: float, lon: float) -> Point:
        x = self.width / 2 + (lon - self._mid_lon) * self._squeeze * self._scale
        return x, self.height / 2 - (lat - self._mid_lat) * self._scale

    def shown(self, lat: float, lon: float, rim: float = 14.0) -> bool:
        x, y = self.xy(lat, lon)
        return rim <= x <= self.width - rim and rim <= y <= self.height - rim

    def kilometres(self, units: float) -> float:
        return units / self._scale * 111.2


def _core(points: Sequence[Point]) -> list[Point]:
    """The four fifths of the points that lie nearest to their middle: the few that lie far away (talks in other capitals) should
    not shrink the rest to a dot."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    lat, lon = lats[len(lats) // 2], lons[len(lons) // 2]
    squeeze = math.cos(math.radians(lat))
    nearest = sorted(points, key=lambda p: math.hypot(p[0] - lat, (p[1] - lon) * squeeze))
    return nearest[: max(1, math.ceil(0.8 * len(nearest)))]


@cache
def world() -> dict[str, Any]:
    """Arcs as lists of (lat, lon), units as lists of rings, borders as lists of arcs."""
    data = json.loads((resources.files("lagebild.web") / "data" / "world.json").read_text("utf-8"))
    arcs: list[list[tuple[float, float]]] = []
    for coded in data["arcs"]:
        lon = lat = 0
        points = []
        for dx, dy in zip(coded[::2], coded[1::2], strict=True):
            lon, lat = lon + dx, lat + dy
            points.append((lat / 100, lon / 100))
        arcs.append(points)
    units = {
        name: [
            [p for arc in ring for p in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
            for polygon in polygons
            for ring in polygon
        ]
        for name, polygons in data["units"].items()
    }
    return {"arcs": arcs, "units": units, "borders": data["borders"]}


def area(rings: Iterable[Sequence[Point]], frame: Frame) -> tuple[str, list[Point]]:
    """A path of what is seen of an area, and its largest ring; both empty where nothing is."""
    seen = [ring for ring in (_clipped([frame.xy(*p) for p in ring], frame) for ring in rings) if len(ring) > 2]
    path = "".join("M" + "L".join(_thin(ring)) + "Z" for ring in seen)
    return path, max(seen, key=lambda ring: abs(middle(ring)[0]), default=[])


def line(points: Iterable[Point], frame: Frame) -> str:
    """A path of what is seen of a line."""
    drawn = [frame.xy(*p) for p in points]
    runs: list[list[Point]] = [[]]
    for one, other in pairwise(drawn):
        if _beyond(one, frame) & _beyond(other, frame):
            runs.append([])
        else:
            runs[-1] += [other] if runs[-1] else [one, other]
    return "".join("M" + "L".join(_thin(run)) for run in runs if len(run) > 1)


def middle(ring: Sequence[Point]) -> tuple[float, Point]:
    """The area of a ring (signed) and its middle."""
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = ax * by - bx * ay
        twice += cross
        x, y = x + (ax + bx) * cross, y + (ay + by) * cross
    return (twice / 2, (x / (3 * twice), y / (3 * twice))) if twice else (0.0, ring[0])


def holds(ring: Sequence[Point], point: Point) -> bool:
    """Whether a point lies within a ring: a ray from it crosses the ring an odd number of times."""
    x, y = point
    crossed = 0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed += 1
    return crossed % 2 == 1


def _beyond(point: Point, frame: Frame) -> int:
    """The sides of the frame beyond which a point lies, as bits."""
    x, y = point
    return (x < -_OVER) + 2 * (x > frame.width + _OVER) + 4 * (y < -_OVER) + 8 * (y > frame.height + _OVER)


def _clipped(ring: list[Point], frame: Frame) -> list[Point]:
    """A ring cut at each side of the frame in turn (Sutherland and Hodgman 1974)."""
    sides: list[tuple[int, float, Callable[[float, float], bool]]] = [
        (0, -_OVER, float.__ge__), (0, frame.width + _OVER, float.__le__), (1, -_OVER, float.__ge__),
        (1, frame.height + _OVER, float.__le__),
    ]  # fmt: skip
    for axis, bound, within in sides:
        kept: list[Point] = []
        for one, other in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            inside = within(other[axis], bound)
            if within(one[axis], bound) != inside:
                share = (bound - one[axis]) / (other[axis] - one[axis])
                kept.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
            if inside:
                kept.append(other)
        ring = kept
    return ring


def _thin(points: Iterable[Point]) -> list[str]:
    """Coordinates of whole units; those that repeat the one before are left out."""
    found: list[str] = []
    for x, y in points:
        point = f"{x:.0f},{y:.0f}"
        if not found or found[-1] != point:
            found.append(point)
    return found
