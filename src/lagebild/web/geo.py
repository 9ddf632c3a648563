"""The map: cases by place on outlines of Natural Earth, drawn by the server for the region that a dossier is about.

Nothing is fetched. A place known to a country or a region only is an area or a dashed circle, never a point.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from markupsafe import Markup

from lagebild.picture import Case
from lagebild.web import svg
from lagebild.web.links import clipped
from lagebild.web.words import Words

#: PLOVER's event types in its four classes: words or deeds, for or against each other.
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "talk"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "help"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "dispute"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "force"),
}
#: How each class is drawn, as a path around 0,0 with radius 1.
SHAPES = {
    "force": "M0,-1.25L1.25,0L0,1.25L-1.25,0Z",
    "dispute": "M0,-1.2L1.12,.85H-1.12Z",
    "talk": "M-1,0a1,1 0 1,0 2,0a1,1 0 1,0 -2,0Z",
    "help": "M-.9,-.9H.9V.9H-.9Z",
}
_WIDTH, _HEIGHT = 760.0, 520.0
#: Marks nearer than this many units of the drawing become one.
_NEAR = 26.0


@dataclass(slots=True)
class Spot:
    """Cases at one place, or at places too near to tell apart on this map."""

    names: list[str]
    lat: float
    lon: float
    precision: str
    country: str | None
    cases: list[Case] = field(default_factory=list)

    @property
    def kinds(self) -> dict[str, int]:
        counts = dict.fromkeys(SHAPES, 0)
        for case in self.cases:
            counts[QUADS.get(case.type, "dispute")] += 1
        return counts

    @property
    def kind(self) -> str:
        return max(self.kinds, key=lambda k: self.kinds[k])


@dataclass(frozen=True, slots=True)
class Placed:
    """`spots` have coordinates, `areas` are countries, `nowhere` are cases without a known place."""

    spots: list[Spot]
    areas: list[Spot]
    nowhere: int


def place(cases: Iterable[Case]) -> Placed:
    """Cases by place: one spot for each name, countries apart."""
    spots: dict[tuple[str, float, float], Spot] = {}
    areas: dict[str, Spot] = {}
    nowhere = 0
    for case in cases:
        name, precision = case.place or "", case.precision or "area"
        if precision == "country" and case.country:
            areas.setdefault(case.country, Spot([name], 0.0, 0.0, "country", case.country)).cases.append(case)
        elif name and case.lat is not None and case.lon is not None:
            key = name.casefold(), case.lat, case.lon
            spots.setdefault(key, Spot([name], case.lat, case.lon, precision, case.country)).cases.append(case)
        else:
            nowhere += 1
    by_weight = sorted(spots.values(), key=lambda s: (-len(s.cases), s.names))
    return Placed(by_weight, sorted(areas.values(), key=lambda s: -len(s.cases)), nowhere)


class Frame:
    """A window of the world: degrees to units of the drawing, true to scale at the middle latitude."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
        # The few cases that lie far away (talks in other capitals) should not shrink the rest to a dot; they are listed.
        cut = len(points) // 8
        south, north = lats[cut], lats[len(lats) - 1 - cut]
        west, east = lons[cut], lons[len(lons) - 1 - cut]
        mid = (south + north) / 2
        self._squeeze = max(0.2, math.cos(math.radians(mid)))
        wide, tall = max((east - west) * self._squeeze, 5.0) * 1.35, max(north - south, 3.5) * 1.35
        scale = min(_WIDTH / wide, _HEIGHT / tall)
        self._scale, self._mid_lon, self._mid_lat = scale, (west + east) / 2, mid
        half = _HEIGHT / scale / 2
        self._mid_lat = max(-90 + half, min(90 - half, mid)) if half < 90 else 0.0

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        x = _WIDTH / 2 + (lon - self._mid_lon) * self._squeeze * self._scale
        return x, _HEIGHT / 2 - (lat - self._mid_lat) * self._scale

    def shown(self, lat: float, lon: float) -> bool:
        x, y = self.xy(lat, lon)
        return 0 <= x <= _WIDTH and 0 <= y <= _HEIGHT


def draw(placed: Placed, words: Words, href: Callable[[Spot], str | None]) -> tuple[Markup, list[Spot]] | None:
    """The map and the spots outside of it; None if no case has coordinates."""
    if not placed.spots:
        return None
    frame = Frame([(s.lat, s.lon) for s in placed.spots for _ in s.cases])
    world = _world()
    seen = {
        name: path for name, path in ((name, _path(rings, frame)) for name, rings in world["units"].items()) if path
    }
    struck = {spot.country for spot in placed.areas}
    parts = [
        svg.el(
            "path",
            d=d,
            class_="land disputed-area" if name.startswith("disputed:") else "land area" if name in struck else "land",
        )
        for name, d in seen.items()
    ]
    for kind in ("agreed", "disputed"):
        lines = " ".join(line for line in (_line(world["arcs"][n], frame) for n in world["borders"][kind]) if line)
        if lines:
            parts.append(svg.el("path", d=lines, class_=f"border {kind}"))
    inside = [s for s in placed.spots if frame.shown(s.lat, s.lon)]
    outside = [s for s in placed.spots if not frame.shown(s.lat, s.lon)]
    shown = sorted(_clustered(inside, frame), key=_exact)  # regions lie beneath what is known exactly
    taken = [_box(spot, frame) for spot in shown]
    marks = [_mark(spot, frame, words, href, taken) for spot in shown]
    clip = svg.el("svg", *parts, *marks, x=0, y=0, width=_WIDTH, height=_HEIGHT, viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}")
    sea = svg.el("rect", x=0, y=0, width=_WIDTH, height=_HEIGHT, class_="sea")
    return svg.chart(_WIDTH, _HEIGHT, words("map_of"), sea, clip, class_="chart map"), outside


def _clustered(spots: list[Spot], frame: Frame) -> list[Spot]:
    """Spots that would cover each other as one, the heaviest first; regions stay by themselves."""
    made: list[tuple[float, float, Spot]] = []
    for spot in spots:
        x, y = frame.xy(spot.lat, spot.lon)
        near = next(
            (
                m
                for px, py, m in made
                if _exact(m) == _exact(spot) and math.hypot(px - x, py - y) < max(_NEAR, _radius(m) + _radius(spot))
            ),
            None,
        )
        if near is None:
            made.append((x, y, Spot([*spot.names], spot.lat, spot.lon, spot.precision, spot.country, [*spot.cases])))
        else:
            near.names += spot.names
            near.cases += spot.cases
    return [spot for _, _, spot in made]


def _radius(spot: Spot) -> float:
    return min(22.0, 8 + 2.2 * math.sqrt(len(spot.cases)))


def _middle(spot: Spot, frame: Frame) -> tuple[float, float]:
    """Where the mark stands: on its place, that of a region on the rim of its circle, since the place is not known."""
    x, y = frame.xy(spot.lat, spot.lon)
    return (x, y) if _exact(spot) else (x, y - _radius(spot) - 13)


def _box(spot: Spot, frame: Frame) -> tuple[float, float, float, float]:
    """What the mark covers."""
    (x, y), radius = _middle(spot, frame), _radius(spot)
    return x - radius, y - radius, x + radius, y + radius


def _exact(spot: Spot) -> bool:
    return spot.precision in ("point", "city")


def _mark(
    spot: Spot,
    frame: Frame,
    words: Words,
    href: Callable[[Spot], str | None],
    taken: list[tuple[float, float, float, float]],
) -> Markup:
    """A mark with its number and, where there is room among what is `taken`, its name."""
    x, y = _middle(spot, frame)
    number, radius = len(spot.cases), _radius(spot)
    more = f" +{len(spot.names) - 1}" if len(spot.names) > 1 else ""
    kinds = ", ".join(f"{words('kind_' + k)} {n}" for k, n in spot.kinds.items() if n)
    names = ", ".join(clipped(n, 60) for n in spot.names[:6])
    label = f"{names} ({words('precision_' + spot.precision)}): {words.many('case', number)} · {kinds}"
    parts = [svg.el("title", label)]
    if not _exact(spot):
        parts.append(svg.el("circle", cx=x, cy=y + radius + 13, r=radius + 13, class_="vague"))
    shape = svg.el(
        "path",
        d=SHAPES[spot.kind],
        transform=f"translate({x:.1f},{y:.1f}) scale({radius:.1f})",
        class_=f"spot q-{spot.kind}",
    )
    parts += [shape, svg.text(x, y + (6.5 if spot.kind == "dispute" else 4), str(number), "count", "middle")]
    name = clipped(spot.names[0], 22) + more
    long = 7.2 * len(name) + 4
    for left in (False, True):
        start = x - radius - 4 - long if left else x + radius + 4
        box = start, y - 9, start + long, y + 9
        free = not any(b[0] < box[2] and box[0] < b[2] and b[1] < box[3] and box[1] < b[3] for b in taken)
        if free and start >= 0 and start + long <= _WIDTH:
            parts.append(svg.text(start + long if left else start, y + 4.5, name, "name", "end" if left else None))
            taken.append(box)
            break
    return svg.el("a", *parts, href=href(spot), aria_label=label)


def key(kind: str) -> Markup:
    """The shape of a class of events, for the key beside the map."""
    return svg.el(
        "svg",
        svg.el("path", d=SHAPES[kind], class_=f"spot q-{kind}"),
        class_="key",
        viewBox="-1.6 -1.6 3.2 3.2",
        aria_hidden="true",
    )


@cache
def _world() -> dict[str, Any]:
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


def _path(rings: list[list[tuple[float, float]]], frame: Frame) -> str:
    return "".join(d + "Z" for d in (_line(ring, frame) for ring in rings) if d)


def _line(points: list[tuple[float, float]], frame: Frame) -> str:
    """A path of the points, empty where nothing of it is in the frame; what is drawn outside is pulled to its rim."""
    drawn = [frame.xy(lat, lon) for lat, lon in points]
    xs, ys = [p[0] for p in drawn], [p[1] for p in drawn]
    if max(xs) < 0 or min(xs) > _WIDTH or max(ys) < 0 or min(ys) > _HEIGHT:
        return ""
    sides = [(x < -20, x > _WIDTH + 20, y < -20, y > _HEIGHT + 20) for x, y in drawn]
    commands: list[str] = []
    last = ""
    for n, (x, y) in enumerate(drawn):
        # Between two points that lie out on the same side a point is not seen; dropping it keeps the drawing small.
        around = sides[max(0, n - 1)], sides[n], sides[min(n + 1, len(sides) - 1)]
        if 0 < n < len(sides) - 1 and any(all(side) for side in zip(*around, strict=True)):
            continue
        point = f"{min(max(x, -3000.0), 4000.0):.0f},{min(max(y, -3000.0), 4000.0):.0f}"
        if point != last:
            commands.append(point)
            last = point
    return "M" + "L".join(commands) if len(commands) > 1 else ""
