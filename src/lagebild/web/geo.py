"""The map: cases by place on outlines of Natural Earth, drawn by the server for the region that a dossier is about.

Nothing is fetched. A place known to a country or a region only is an area or a dashed circle, never a point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from lagebild.picture import Case
from lagebild.web import outlines, svg
from lagebild.web.links import clipped
from lagebild.web.outlines import Frame
from lagebild.web.places import country_name, place_name
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
#: Sizes of the drawing: units are about pixels where it is shown, so that its words can be read.
_WIDE, _NARROW = (640.0, 480.0), (370.0, 400.0)
#: Marks nearer than this many units of the drawing become one.
_NEAR = 26.0


Box = tuple[float, float, float, float]


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


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map for a wide screen and for a narrow one, and the places that lie outside of the first."""

    wide: Markup
    narrow: Markup
    outside: list[Spot]


def draw(placed: Placed, words: Words, href: Callable[[Spot], str | None]) -> Drawn | None:
    """None if no case has coordinates."""
    if not placed.spots:
        return None
    points = [(s.lat, s.lon) for s in placed.spots for _ in s.cases]
    wide, narrow = (Frame(points, width, height) for width, height in (_WIDE, _NARROW))
    outside = [s for s in placed.spots if not wide.shown(s.lat, s.lon)]
    return Drawn(_drawing(placed, wide, words, href, "large"), _drawing(placed, narrow, words, href, "small"), outside)


def _drawing(placed: Placed, frame: Frame, words: Words, href: Callable[[Spot], str | None], size: str) -> Markup:
    world = outlines.world()
    struck = {spot.country for spot in placed.areas}
    parts: list[Markup] = []
    lands: list[tuple[str, list[outlines.Point]]] = []
    for name, rings in world["units"].items():
        path, ring = outlines.area(rings, frame)
        if path:
            kind = "land disputed-area" if name.startswith("disputed:") else "land area" if name in struck else "land"
            parts.append(svg.el("path", d=path, class_=kind))
            lands.append((name, ring))
    for kind in ("agreed", "disputed"):
        lines = "".join(outlines.line(world["arcs"][n], frame) for n in world["borders"][kind])
        if lines:
            parts.append(svg.el("path", d=lines, class_=f"border {kind}"))
    inside = [s for s in placed.spots if frame.shown(s.lat, s.lon)]
    shown = sorted(_clustered(inside, frame), key=_exact)  # regions lie beneath what is known exactly
    taken = [(0.0, frame.height - 32, frame.width / 4 + 20, frame.height), *(_box(spot, frame) for spot in shown)]
    marks = [_mark(spot, frame, words, href, taken) for spot in shown]
    names = [_country(name, ring, frame, words, taken) for name, ring in lands]
    width, height = frame.width, frame.height
    inner = svg.el(
        "svg", *parts, *filter(None, names), *marks, _scale(frame), x=0, y=0, width=width, height=height,
        viewBox=f"0 0 {width:g} {height:g}",
    )  # fmt: skip
    sea = svg.el("rect", x=0, y=0, width=width, height=height, class_="sea")
    return svg.chart(width, height, words("map_of"), sea, inner, class_=f"chart map {size}")


def _country(name: str, ring: list[outlines.Point], frame: Frame, words: Words, taken: list[Box]) -> Markup | None:
    """The name of a country in the middle of what is seen of it, where it has room."""
    shown = country_name(name, words.language)
    if shown is None:
        return None
    size, (x, y) = outlines.middle(ring)
    long = 8.6 * len(shown)
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    if abs(size) < 20 * long or east - west < long:
        return None
    for aside, down in ((0, 0), (0, 30), (0, -30), (0, 60), (-long, 0), (long, 0), (-long, 30), (long, -30), (0, -60)):
        at = x + aside, y + down
        box = at[0] - long / 2, at[1] - 10, at[0] + long / 2, at[1] + 6
        inside = box[0] >= max(0, west) and box[2] <= min(frame.width, east) and box[1] >= 0 and box[3] <= frame.height
        if inside and not _covered(box, taken) and all(outlines.holds(ring, (end, at[1])) for end in (box[0], box[2])):
            taken.append(box)
            return svg.text(at[0], at[1] + 3, shown, "country", "middle")
    return None


def _scale(frame: Frame) -> Markup:
    """A bar of round kilometres."""
    most = frame.kilometres(frame.width / 4)
    length = max((n * 10**e for e in range(1, 5) for n in (1, 2, 5) if n * 10**e <= most), default=10)
    wide = length / frame.kilometres(1.0)
    y = frame.height - 10
    return svg.el(
        "g", svg.el("path", d=f"M12,{y - 5:.0f}v5h{wide:.1f}v-5"), svg.text(16, y - 6, f"{length} km"), class_="scale"
    )


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
    return min(22.0, 8 + 2 * math.sqrt(len(spot.cases)))


def _middle(spot: Spot, frame: Frame) -> tuple[float, float]:
    """Where the mark stands: on its place, that of a region on the rim of its circle, since the place is not known."""
    x, y = frame.xy(spot.lat, spot.lon)
    return (x, y) if _exact(spot) else (x, y - _radius(spot) - 13)


def _box(spot: Spot, frame: Frame) -> Box:
    """What the mark covers."""
    (x, y), radius = _middle(spot, frame), _radius(spot)
    return x - radius, y - radius, x + radius, y + radius


def _covered(box: Box, taken: Iterable[Box]) -> bool:
    return any(b[0] < box[2] and box[0] < b[2] and b[1] < box[3] and box[1] < b[3] for b in taken)


def _exact(spot: Spot) -> bool:
    return spot.precision in ("point", "city")


def _mark(
    spot: Spot,
    frame: Frame,
    words: Words,
    href: Callable[[Spot], str | None],
    taken: list[Box],
) -> Markup:
    """A mark with its number and, where there is room among what is `taken`, its name."""
    x, y = _middle(spot, frame)
    number, radius = len(spot.cases), _radius(spot)
    more = f" +{len(spot.names) - 1}" if len(spot.names) > 1 else ""
    kinds = ", ".join(f"{words('kind_' + k)} {n}" for k, n in spot.kinds.items() if n)
    names = ", ".join(clipped(place_name(n, words.language), 60) for n in spot.names[:6])
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
    name = clipped(place_name(spot.names[0], words.language), 22) + more
    long = 8.3 * len(name) + 4
    places = (
        (x + radius + 4, y + 4.5, None), (x - radius - 4 - long, y + 4.5, "end"), (x - long / 2, y + radius + 14, "middle"),
        (x - long / 2, y - radius - 6, "middle"),
    )  # fmt: skip
    for start, base, anchor in places:
        box = start, base - 12, start + long, base + 4
        if not _covered(box, taken) and start >= 0 and start + long <= frame.width and 0 < base < frame.height:
            at = start if anchor is None else start + long if anchor == "end" else x
            parts.append(svg.text(at, base, name, "name", anchor))
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
