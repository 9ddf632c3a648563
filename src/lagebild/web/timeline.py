"""The timeline: events by kind in four lanes, below them commitments as bars whose pieces are their states, all on one scale of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from lagebild.picture import Case, Commitment
from lagebild.web import geo, svg
from lagebild.web.words import Words

_LEFT, _WIDTH = 190.0, 960.0
#: Columns of a lane at most; more days share one.
_COLUMNS = 110
_LANE, _ROW = 30.0, 24.0
#: Years of which the first of January is a tick are too many for months.
_YEARS = 900

Label = Callable[[Commitment], str]
Link = Callable[[str], str | None]


class Scale:
    """Days to units of the drawing, in columns of one day or of several."""

    def __init__(self, first: str, last: str) -> None:
        self.first = date.fromisoformat(first)
        self.days = max(1, (date.fromisoformat(last) - self.first).days + 1)
        self.step = -(-self.days // _COLUMNS)
        self.columns = -(-self.days // self.step)
        self.wide = (_WIDTH - _LEFT) / self.columns

    def column(self, day: str) -> int:
        return (date.fromisoformat(day) - self.first).days // self.step

    def x(self, day: str) -> float:
        """Where a day begins; days before the first are drawn there."""
        return _LEFT + max(0.0, (date.fromisoformat(day) - self.first).days / self.step) * self.wide

    def span(self, column: int) -> tuple[str, str]:
        """The first and last day of a column."""
        start = self.first + timedelta(days=column * self.step)
        end = min(start + timedelta(days=self.step - 1), self.first + timedelta(days=self.days - 1))
        return start.isoformat(), end.isoformat()


def timeline(
    cases: Iterable[Case],
    commitments: Sequence[Commitment],
    scale: Scale,
    words: Words,
    name: Label,
    events: Callable[[str, str, str], str | None],
    evidence: Link,
    states: Mapping[str, tuple[str, str]],
) -> Markup:
    """`events` gives the address of the events of a kind between two days, `evidence` that of a finding, `states` the mark and
    tone of a state."""
    lanes: dict[str, dict[int, int]] = {kind: {} for kind in geo.SHAPES}
    for case in cases:
        column = scale.column(case.day)
        if 0 <= column < scale.columns:
            lane = lanes[geo.QUADS.get(case.type, "dispute")]
            lane[column] = lane.get(column, 0) + 1
    parts = [_ticks(scale, words, len(lanes) * _LANE + 10 + len(commitments) * _ROW)]
    y = 20.0
    for kind, lane in lanes.items():
        parts.append(_lane(kind, lane, y, scale, words, events))
        y += _LANE
    y += 10
    for one in commitments:
        parts.append(_row(one, y, scale, words, name(one), evidence, states))
        y += _ROW
    return svg.chart(_WIDTH, y + 4, words("timeline_of"), *parts, class_="chart timeline")


def _lane(
    kind: str,
    counts: Mapping[int, int],
    y: float,
    scale: Scale,
    words: Words,
    href: Callable[[str, str, str], str | None],
) -> Markup:
    most = max(counts.values(), default=1)
    base = y + _LANE - 6
    bars: list[Markup] = [
        svg.el("path", d=geo.SHAPES[kind], transform=f"translate(8,{y + 15:.0f}) scale(5.5)", class_=f"q-{kind}"),
        svg.text(20, y + 19, words("short_" + kind)),
        svg.el("path", d=f"M{_LEFT:.0f},{base:.1f}H{_WIDTH:.0f}", class_="grid"),
    ]
    for column, number in sorted(counts.items()):
        first, last = scale.span(column)
        tall = 4 + (_LANE - 12) * number / most
        label = f"{words.span(first, last)}: {words('kind_' + kind)}, {words.many('case', number)}"
        bar = svg.el(
            "rect", svg.el("title", label), x=_LEFT + column * scale.wide + 0.5, y=base - tall,
            width=max(2.0, scale.wide - 1), height=tall, class_=f"q-{kind}",
        )  # fmt: skip
        bars.append(svg.el("a", bar, href=href(kind, first, last), aria_label=label))
    return svg.el("g", *bars)


def _row(
    one: Commitment,
    y: float,
    scale: Scale,
    words: Words,
    name: str,
    evidence: Link,
    states: Mapping[str, tuple[str, str]],
) -> Markup:
    parts: list[Markup] = [svg.text(0, y + 15, name if len(name) < 29 else name[:28] + "…")]
    for number, step in enumerate(one.steps):
        start = scale.x(step.day)
        end = scale.x(one.steps[number + 1].day) if number + 1 < len(one.steps) else _WIDTH
        mark, tone = states.get(step.state, ("?", "open"))
        label = f"{name}: {words.label('state', step.state)}, {words('since')} {words.short(step.day)}"
        wide = max(0.0, end - start)
        if wide < 3 and number + 1 < len(one.steps):
            continue  # of states that follow on each other within a day the last is seen
        body = [
            svg.el("title", label),
            svg.el("rect", x=start, y=y + 3, width=max(3.0, wide - 1), height=_ROW - 7, class_=f"piece {tone}"),
        ]
        if wide > 16:
            body.append(svg.text(start + 4, y + 15, mark, "sign"))
        if wide > 100:
            body.append(svg.text(start + 18, y + 15, words.label("state", step.state), "sign"))
        refs = step.refs or one.refs
        parts.append(svg.el("a", *body, href=evidence(refs[0]) if refs else None, aria_label=label))
    return svg.el("g", *parts)


def _ticks(scale: Scale, words: Words, tall: float) -> Markup:
    """The first of each month, or of each year where there are many."""
    parts: list[Markup] = []
    last = -100.0
    for n in range(scale.days):
        day = scale.first + timedelta(days=n)
        if n and (day.day != 1 or (scale.days > _YEARS and day.month != 1)):
            continue
        x = scale.x(day.isoformat())
        if x - last < 64 or x > _WIDTH - 40:
            continue
        last = x
        shown = words.tick(day.isoformat()) if scale.days <= _YEARS else str(day.year)
        parts += [svg.el("path", d=f"M{x:.1f},16v{tall:.0f}", class_="grid"), svg.text(x + 3, 12, shown, "tick")]
    return svg.el("g", *parts)
