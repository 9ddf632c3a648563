"""Charts made by the server: reports a day, the ledger of a ceasefire as a strip of days, figures as lines within a band."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from lagebild.picture import Ceasefire, Claim, Series
from lagebild.web import svg
from lagebild.web.words import Words

_BINS = 160
_CELLS = 200
#: Sources that have a line, and figures of one that have a mark; of more some are left out evenly.
SOURCES, _MARKS = 12, 40
#: Shapes that tell sources apart without colour, as paths around 0,0.
SHAPES = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z", "M-3.6,-3.6H3.6V3.6H-3.6Z", "M0,-5L4.6,3.6H-4.6Z", "M0,-5L5,0L0,5L-5,0Z",
    "M-5,-1.5H-1.5V-5H1.5V-1.5H5V1.5H1.5V5H-1.5V1.5H-5Z", "M0,5L4.6,-3.6H-4.6Z",
)  # fmt: skip
Href = Callable[[str], str | None]


def days_between(first: str, last: str) -> list[str]:
    """All days from `first` to `last`, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]


def density(days: Mapping[str, int], at: str, words: Words, href: Href) -> Markup:
    """Bars of the number of reports a day (or of a few days, where there are many); a click goes to that day."""
    first, last = min(days), max(days)
    start, total = date.fromisoformat(first), (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    step = -(-total // _BINS)
    bins: dict[int, int] = {}
    for day, number in days.items():
        bins[(date.fromisoformat(day) - start).days // step] = (
            bins.get((date.fromisoformat(day) - start).days // step, 0) + number
        )
    width, height, most = 960.0, 44.0, max(bins.values())
    # A dossier of a few days keeps thin bars.
    wide = min(48.0, width / -(-total // step))
    width_told = wide * -(-total // step)
    bars = []
    for place, number in sorted(bins.items()):
        until = min((start + timedelta(days=(place + 1) * step - 1)).isoformat(), last)
        tall = 4 + (height - 4) * number / most
        label = f"{words.short(until)}: {words.many('report', number)}"
        bar = svg.el(
            "rect", svg.el("title", label), x=place * wide + wide * 0.08, y=height - tall, width=wide * 0.84, height=tall,
            class_="bar" if until <= at else "bar later",
        )  # fmt: skip
        bars.append(svg.el("a", bar, href=href(until), aria_label=label))
    x = min(width, max(0.0, ((date.fromisoformat(at) - start).days + 1) / total * width_told))
    mark = svg.el("line", x1=x, x2=x, y1=0, y2=height, class_="now")
    return svg.chart(width, height, words("reports_a_day"), *bars, mark, class_="chart density", stretch=True)


def ledger(one: Ceasefire, at: str, words: Words, href: Href) -> Markup:
    """One cell a day since the ceasefire was agreed: violations (bars as tall as they are many), told to hold, nothing told."""
    days = days_between(one.agreed, at)[-_CELLS:]
    told = {day.day: day for day in one.violations}
    most = max((len(day.cases) for day in one.violations), default=1)
    wide, tall = max(10.0, min(26.0, 900 / max(1, len(days)))), 46.0
    cells: list[Markup] = []
    for n, day in enumerate(days):
        x = n * wide
        found = told.get(day)
        if found:
            size = 8 + (tall - 8) * len(found.cases) / most
            label = f"{words.short(day)}: {words.many('violation', len(found.cases))}"
            body = svg.join(
                [
                    svg.el("rect", x=x + 0.5, y=0.5, width=wide - 1, height=tall, class_="day"),
                    svg.el(
                        "rect",
                        svg.el("title", label),
                        x=x + 1.5,
                        y=tall - size,
                        width=wide - 3,
                        height=size,
                        class_="violated",
                    ),
                ]
            )
            cells.append(svg.el("a", body, href=href(found.refs[0]), aria_label=label))
        else:
            holds = day == one.holding
            label = f"{words.short(day)}: {words('holds' if holds else 'nothing_told')}"
            cells.append(
                svg.el("rect", svg.el("title", label), x=x + 0.5, y=0.5, width=wide - 1, height=tall, class_="day")
            )
            if holds:
                cells.append(svg.el("circle", cx=x + wide / 2, cy=tall / 2, r=min(4.0, wide / 3), class_="holds"))
        if day == days[0] or day.endswith("-01") or (day.endswith("-15") and wide > 14):
            if (n == 0 or n * wide > 70) and (len(days) - n) * wide > 44:
                cells.append(svg.text(x + 1, tall + 15, words.tick(day), "tick"))
    return svg.chart(
        max(300.0, len(days) * wide),
        tall + 20,
        words("ledger_of", day=words.label.day(one.agreed)),
        *cells,
        class_="chart ledger",
    )


def band(one: Series, words: Words, name: Callable[[str], str], href: Href) -> Markup:
    """A series over time: each source a line with marks of its own shape, behind them the band of what was said last by each."""
    drawn = [(line.source, _thinned(line.claims)) for line in one.lines[:SOURCES]]
    claims = sorted((c for _, told in drawn for c in told), key=lambda c: (c.as_of, c.value))
    first, last = date.fromisoformat(claims[0].as_of), date.fromisoformat(claims[-1].as_of)
    days = max(1, (last - first).days)
    low, high = min(c.value for c in claims), max(c.value for c in claims)
    low, high = (0.0 if low < 0.6 * high else low * 0.9), (high * 1.06 or 1.0)
    left, width, top, tall = 74.0, 640.0, 10.0, 150.0

    def x(claim_day: str) -> float:
        return left + (date.fromisoformat(claim_day) - first).days / days * (width - left - 24)

    def y(value: float) -> float:
        return top + (high - value) / (high - low or 1.0) * tall

    parts: list[Markup] = []
    for value in _ticks(low, high):
        parts.append(svg.el("line", x1=left - 6, x2=width, y1=y(value), y2=y(value), class_="grid"))
        parts.append(svg.text(left - 10, y(value) + 4, words.label.number(value), "tick", "end"))
    parts.append(svg.text(left, top + tall + 18, words.short(claims[0].as_of), "tick"))
    parts.append(svg.text(width, top + tall + 18, words.short(claims[-1].as_of), "tick", "end"))
    parts.append(_envelope(claims, x, y))
    for n, (source, told) in enumerate(drawn):
        points = " ".join(f"{x(c.as_of):.1f},{y(c.value):.1f}" for c in told)
        if len(told) > 1:
            parts.append(svg.el("polyline", points=points, class_=f"line k{n % 6}"))
        for claim in told:
            said = words.label("precision", claim.precision) + words.label.number(claim.value)
            label = f"{name(source)}: {said} ({words.short(claim.as_of)})"
            px, py = x(claim.as_of), y(claim.value)
            mark = svg.el(
                "path",
                svg.el("title", label),
                d=SHAPES[n % 6],
                class_=f"mark k{n % 6}",
                transform=f"translate({px:.1f},{py:.1f})",
            )
            parts.append(
                svg.el(
                    "a",
                    *([_whisker(claim, px, py)] if claim.precision != "exact" else []),
                    mark,
                    href=href(claim.ref),
                    aria_label=label,
                )
            )
    label = f"{words.label('measure', one.measure)} ({words.label('scope', one.scope)})"
    return svg.chart(width, top + tall + 26, label, *parts, class_="chart band")


def _thinned(claims: Sequence[Claim]) -> list[Claim]:
    """At most so many of one source, the last among them."""
    step = -(-len(claims) // _MARKS)
    return [claim for n, claim in enumerate(reversed(claims)) if n % step == 0][::-1]


def _envelope(claims: list[Claim], x: Callable[[str], float], y: Callable[[float], float]) -> Markup:
    """The band between the lowest and the highest of what the sources said last, day by day."""
    said: dict[str, float] = {}
    tops: list[tuple[float, float]] = []
    lows: list[tuple[float, float]] = []
    for claim in claims:
        said[claim.source] = claim.value
        at = float(x(claim.as_of))
        if tops:
            tops.append((at, tops[-1][1]))
            lows.append((at, lows[-1][1]))
        tops.append((at, y(max(said.values()))))
        lows.append((at, y(min(said.values()))))
    points = " ".join(f"{px:.1f},{py:.1f}" for px, py in [*tops, *reversed(lows)])
    return svg.el("polygon", points=points, class_="envelope")


def _whisker(claim: Claim, x: float, y: float) -> Markup:
    """An arrow for a bound, a bar both ways for «about»."""
    up = claim.precision in ("at_least", "more_than", "about")
    down = claim.precision in ("at_most", "less_than", "about")
    lines = [
        svg.el("path", d=f"M{x:.1f},{y:.1f}v{d * 13}m-3,{-d * 4}l3,{d * 4}l3,{-d * 4}", class_="whisker")
        for d, on in ((-1, up), (1, down))
        if on
    ]
    return svg.join(lines)


def _ticks(low: float, high: float) -> list[float]:
    """Three to six round values within a range."""
    step = 1.0
    while (high - low) / step > 5:
        step *= 2.5 if str(step)[0] == "2" and step >= 2 else 2
    while (high - low) / step < 2 and step > 1e-6:
        step /= 2
    first = -(-low // step) * step
    return [first + n * step for n in range(int((high - first) / step) + 1)]


def legend_mark(number: int) -> Markup:
    """The shape of a source, for the table beside the chart."""
    path = svg.el("path", d=SHAPES[number % 6], class_=f"mark k{number % 6}")
    return svg.el("svg", path, class_="key", viewBox="-7 -7 14 14", aria_hidden="true")
