"""A picture as the pages show it: names and evidence looked up, lines put into words, states with their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from markupsafe import Markup

from lagebild.picture import AgendaItem, Case, Changed, Commitment, Dispute, Identity, Line, Picture, Series, Source
from lagebild.picture.sentences import claim_words
from lagebild.picture.told import Refs
from lagebild.web import charts, geo, links, svg, timeline
from lagebild.web.evidence import STATES, Evidence, digest
from lagebild.web.places import place_name
from lagebild.web.words import Words

REAL = ("occurred", "ongoing")
#: Figures that are drawn; the others are listed.
CHARTS = 12
#: Commitments on the timeline.
ROWS = 12
#: Findings named behind a line before the rest is left to the page of the case.
SHOWN = 4


class View:
    """What the templates ask of one picture."""

    def __init__(self, picture: Picture, words: Words) -> None:
        self.picture, self.words = picture, words
        self._identities = {p.id: p for p in picture.parties}
        self._cases = {c.id: c for c in picture.cases}
        self._series = {s.id: s for s in picture.series}
        self._evidence: dict[str, Evidence] = {}
        told = {s.report: s.language for s in picture.sources}
        for case in picture.cases:
            for m in case.mentions:
                self._evidence[m.ref] = self._behind(m.ref, m.evidence, m.publisher, m.day, m.language)
        for series in picture.series:
            for line in series.lines:
                for c in line.claims:
                    self._evidence[c.ref] = self._behind(c.ref, c.evidence, c.publisher, c.day, told.get(c.report))

    def _behind(self, ref: str, evidence: str, publisher: str | None, day: str, language: str | None) -> Evidence:
        return Evidence(
            ref,
            links.clipped(evidence),
            links.clipped(publisher or "") or self.words("unnamed"),
            day,
            language,
            links.finding(ref, self.picture.at),
        )

    # ----------------------------------------------------------------------------------------- looking up

    def evidence(self, refs: Refs) -> list[Evidence]:
        """The words behind findings, one line for each wording."""
        found = (self._evidence[ref] for ref in dict.fromkeys(refs) if ref in self._evidence)
        return list({(e.words, e.publisher): e for e in found}.values())

    def apart(self, refs: Refs) -> list[Evidence]:
        """The words behind findings without those that stand in others of the same report."""
        found = self.evidence(refs)
        return [
            e for e in found if not any(o is not e and e.words in o.words and o.report == e.report for o in found)
        ] or found

    def behind(self, sought: str) -> Refs | None:
        """The findings behind the line that an address names by their digest."""
        return self._lines.get(sought)

    @cached_property
    def _lines(self) -> dict[str, Refs]:
        return {digest(refs): refs for refs in self.lines()}

    def lines(self) -> Iterator[Refs]:
        """The findings behind each line of the picture."""
        p = self.picture
        yield from (s.refs for s in p.situation)
        yield from (c.refs for c in p.changes)
        yield from (c.refs for c in p.commitments)
        yield from (c.refs for c in p.ceasefires)
        yield from (s.refs for s in p.sanctions)
        yield from (c.refs for c in p.contributions)
        yield from (s.refs for s in p.series)
        for item in p.agenda:
            yield item.refs + item.outcome
        for condition in (
            c for of in (*(c.conditions for c in p.commitments), *(s.lifting for s in p.sanctions)) for c in of
        ):
            yield condition.refs
        for day in (d for c in p.ceasefires for d in c.violations):
            yield day.refs
        for side in (s for d in p.disputes for s in d.sides):
            yield side.refs
        for case in p.cases:
            for variant in case.differs:
                yield variant.refs

    def all_words(self, refs: Refs) -> str:
        """The address of the page with all the words behind a line."""
        return links.url(
            f"/dossier/{self.picture.dossier}/evidence", of=digest(refs), at=self.picture.at, since=self.picture.since
        )

    def name(self, id: str) -> str:
        found = self._identities.get(id)
        name = found.names.get(self.picture.language, id) if found else id.removeprefix("publisher:")
        return links.clipped(name, 120)

    def names(self, ids: Iterable[str]) -> str:
        return ", ".join(self.name(id) for id in ids)

    def identity(self, id: str) -> Identity | None:
        return self._identities.get(id)

    def party(self, id: str) -> Markup:
        """The name of a party, as a link to its page."""
        inner = svg.el("bdi", self.name(id))
        if id not in self._identities or len(id) > links.LONGEST:
            return inner
        return svg.el("a", inner, href=links.party(self.picture.dossier, id, self.picture.at), class_="party")

    def parties(self, ids: Sequence[str], most: int = 5) -> Markup:
        shown = Markup(", ").join(self.party(id) for id in ids[:most])
        return shown + (f" +{len(ids) - most}" if len(ids) > most else "")

    def case(self, id: str) -> Case | None:
        return self._cases.get(id)

    def case_link(self, id: str) -> str:
        return links.case(self.picture.dossier, id, self.picture.at)

    def series(self, id: str) -> Series | None:
        return self._series.get(id)

    def state(self, state: str, group: str = "state") -> Markup:
        """A state with its mark."""
        mark, tone = STATES.get(state, ("?", "open"))
        sign = svg.el("span", mark, aria_hidden="true", class_="sign")
        return svg.el("span", sign, self.words.label(group, state), class_=f"state {tone}")

    # ------------------------------------------------------------------------------------------ in words

    def act(self, case: Case) -> str:
        return _capital(self.words.label.act(case.type, case.mode))

    def who(self, case: Case) -> Markup:
        """`Russia → Ukraine`, as links."""
        actors = self.parties(case.actors, 3)
        if not case.recipients:
            return actors
        return Markup("{} <span class=arrow>→</span> {}").format(
            actors or self.words.label("word", "unsaid"), self.parties(case.recipients, 3)
        )

    def when(self, case: Case) -> str:
        return self.words.span(case.start, case.end) or self.words.short(case.first)

    def quad(self, case: Case) -> str:
        return geo.QUADS.get(case.type, "dispute")

    def key(self, kind: str) -> Markup:
        return geo.key(kind)

    def range(self, series: Series) -> str:
        number = self.words.label.number
        return number(series.low) if series.low == series.high else f"{number(series.low)}–{number(series.high)}"

    def series_title(self, series: Series) -> str:
        measure, scope = self.words.label("measure", series.measure), self.words.label("scope", series.scope)
        return f"{_capital(measure)}: {scope}" + (f", {self.place(series.place)}" if series.place else "")

    def claim(self, dispute: Dispute, claim: str) -> str:
        return claim_words(dispute, claim, self.words.label, self.name)

    def about(self, dispute: Dispute) -> str:
        """What a dispute is about, in a few words."""
        series = self._series.get(dispute.about)
        if series is not None:
            return self.series_title(series)
        case = self._cases.get(dispute.about)
        if case is None:
            return self.words.label("kind", dispute.kind)
        return self.act(case) + (f", {self.place(case.place)}" if case.place else "") + f", {self.when(case)}"

    def amount(self, precision: str, value: float) -> str:
        return self.words.label("precision", precision) + self.words.label.number(value)

    def changed(self, one: Changed) -> tuple[str, str]:
        """What has changed and how: `agreement, ceasefire: Ukraine`, `agreed → broken`."""
        label = self.words.label
        what = _capital(label("part", one.part).lower())
        if one.part == "cases" and (case := self._cases.get(one.id)):
            what = (
                self.act(case)
                + (f": {self.names(case.actors[:2])}" if case.actors else "")
                + (f", {self.place(case.place)}" if case.place else "")
            )
        elif one.part == "series" and (series := self._series.get(one.id)):
            what = self.series_title(series)
        elif one.part == "commitments":
            found = next((c for c in self.picture.commitments if c.id == one.id), None)
            if found:
                what = self.commitment(found) + (f": {self.names(found.by[:3])}" if found.by else "")
        elif one.part == "disputes":
            dispute = next((d for d in self.picture.disputes if d.id == one.id), None)
            if dispute:
                return self.about(dispute), self.words("newly_disputed", what=label("kind", dispute.kind))
        elif one.part == "agenda":
            item = next((i for i in self.picture.agenda if i.id == one.id), None)
            what = self.item(item) if item else what
        elif one.part == "sanctions":
            sanction = next((x for x in self.picture.sanctions if set(one.refs) & set(x.refs)), None)
            if sanction:
                on = self.names(sanction.on[:3]) or label("word", "unsaid")
                what += f": {self.names(sanction.by[:3]) or label('word', 'unsaid')} → {on}"
        elif one.part == "contributions":
            gift = next((x for x in self.picture.contributions if set(one.refs) & set(x.refs)), None)
            if gift:
                what = f"{self.name(gift.by)}: {label('kind', gift.kind)}"
        before = one.before if one.before is not None else label("word", "new")
        return what, f"{before} → {one.after if one.after is not None else label('word', 'gone')}"

    def item_kind(self, one: AgendaItem) -> str:
        kind = self.words.label("kind", one.kind) if one.kind != "other" else self.words.label.act(one.type, None)
        return _capital(kind)

    def item(self, one: AgendaItem) -> str:
        """`Meeting: Ukraine, Russia, Milan, 17 Oct 2014`."""
        parts = (self.names(one.parties[:3]), self.place(one.place or ""), self.words.span(one.start, one.end))
        return f"{self.item_kind(one)}: " + ", ".join(p for p in parts if p)

    def row(self, one: Commitment) -> str:
        """`Ceasefire: Russia +10`: a commitment in the few letters that the timeline has room for."""
        by = self.name(one.by[0]) + (f" +{len(one.by) - 1}" if len(one.by) > 1 else "") if one.by else ""
        return _capital(self.words.label("issue", one.issue)) + (f": {by}" if by else "")

    def commitment(self, one: Commitment) -> str:
        kind, issue = self.words.label("kind", one.kind), self.words.label("issue", one.issue)
        return f"{_capital(kind)} · {issue}"

    # ------------------------------------------------------------------------------------------- choosing

    @cached_property
    def board(self) -> list[Commitment]:
        """Agreements before promises before demands, those with most findings first."""
        order = {"agreement": 0, "promise": 1, "concession": 1, "demand": 2}
        return sorted(self.picture.commitments, key=lambda c: (order.get(c.kind, 3), -len(c.refs), c.id))

    @cached_property
    def changes(self) -> list[tuple[str, list[Changed]]]:
        """What has changed: what weighs first, then figures and events, which are many, under their titles."""
        parts = {"series": "series", "cases": "timeline"}
        found: dict[str, list[Changed]] = {"changes": [], "series": [], "timeline": []}
        for one in self.picture.changes:
            # A figure that moved weighs more than one that is told for the first time.
            moved = one.part == "series" and one.before is not None
            found["changes" if moved else parts.get(one.part, "changes")].append(one)
        first = sorted(found.pop("changes"), key=lambda c: c.before is None)
        return [("changes", first), *((title, some) for title, some in found.items() if some)]

    @cached_property
    def charted(self) -> list[Series]:
        """Series that tell of more than one day or source."""
        return [
            s
            for s in self.picture.series
            if len(s.refs) > 2 and len({c.as_of for li in s.lines for c in li.claims}) > 1
        ]

    @cached_property
    def counted(self) -> list[Series]:
        charted = {s.id for s in self.charted}
        return sorted(
            (s for s in self.picture.series if s.id not in charted), key=lambda s: s.latest.as_of, reverse=True
        )

    @cached_property
    def told(self) -> list[Case]:
        """What is told as real, latest first."""
        real = [c for c in self.picture.cases if c.status in REAL and c.day <= self.picture.at]
        return sorted(real, key=lambda c: (c.day, c.publishers, c.id), reverse=True)

    @cached_property
    def disputed(self) -> list[Dispute]:
        """The latest first."""
        return list(reversed(self.picture.disputes))

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        """What is ahead, the next first; then what has no day; then what is over, the latest first."""
        ahead = [i for i in self.picture.agenda if i.state == "upcoming"]
        undated = [i for i in self.picture.agenda if i.state == "undated"]
        over = [i for i in self.picture.agenda if i.state not in ("upcoming", "undated")]
        return [*ahead, *undated, *reversed(over)]

    @cached_property
    def figures(self) -> list[tuple[Series, Line]]:
        """Figures that are not drawn, one line a source."""
        return [(s, line) for s in (*self.charted[CHARTS:], *self.counted) for line in s.lines]

    @cached_property
    def reports(self) -> list[Source]:
        """The latest first."""
        return list(reversed(self.picture.sources))

    def part(self, name: str) -> Sequence[Any] | None:
        """The lines of a part that has a list of its own."""
        p = self.picture
        if name == "violations":
            return sorted((d for c in p.ceasefires for d in c.violations), key=lambda d: d.day, reverse=True)
        parts: dict[str, Sequence[Any]] = {
            "commitments": self.board, "disputes": self.disputed, "series": self.figures, "contributions": p.contributions,
            "sanctions": p.sanctions, "agenda": self.agenda, "sources": self.reports,
            **{f"changes-{title}": some for title, some in self.changes},
        }  # fmt: skip
        return parts.get(name)

    def by_day(self, cases: Iterable[Case]) -> list[tuple[str, list[Case]]]:
        return [(day, list(group)) for day, group in groupby(cases, key=lambda c: c.day)]

    # -------------------------------------------------------------------------------------------- charts

    def density(self, days: dict[str, int], since: str | None) -> Markup:
        return charts.density(
            days,
            self.picture.at,
            self.words,
            lambda day: links.dossier(self.picture.dossier, day, since if since and since <= day else None),
        )

    def _to(self, ref: str) -> str | None:
        return links.finding(ref, self.picture.at)

    def ledger(self, one: object) -> Markup:
        return charts.ledger(one, self.picture.at, self.words, self._to)  # type: ignore[arg-type]

    def band(self, series: Series) -> Markup:
        return charts.band(series, self.words, self.name, self._to)

    def timeline(self, first: str) -> Markup:
        """Events and commitments from a day to that of the picture."""
        scale = timeline.Scale(first, self.picture.at)

        def events(kind: str, start: str, end: str) -> str:
            return self.list_link("events", 0, kind=kind, first=start, last=end)

        return timeline.timeline(self.told, self.board[:ROWS], scale, self.words, self.row, events, self._to, STATES)

    def mark(self, number: int) -> Markup:
        return charts.legend_mark(number)

    @cached_property
    def map(self) -> tuple[geo.Placed, geo.Drawn | None]:
        placed = geo.place(self.told)
        return placed, geo.draw(placed, self.words, self.place_link)

    def place_link(self, spot: geo.Spot) -> str | None:
        """The event at a place, or the list of those at the places that the map has drawn together."""
        if len(spot.cases) == 1:
            return self.case_link(spot.cases[0].id)
        names = "\n".join(spot.names if len("".join(spot.names)) < links.LONGEST // 4 else spot.names[:1])
        return self.list_link("events", 0, place=names)

    def spot_name(self, spot: geo.Spot) -> str:
        return self.place(spot.names[0])

    def place(self, name: str) -> str:
        """A place in the language of the page."""
        return links.clipped(place_name(name, self.words.language), 120)

    def list_link(self, part: str, start: int, **more: str | None) -> str:
        """The page that lists a part of the picture from a line on."""
        at, since = self.picture.at, self.picture.since if part.startswith("changes") else None
        path = f"/dossier/{self.picture.dossier}/" + ("events" if part == "events" else "list")
        asked = None if part == "events" else part
        return links.url(path, part=asked, at=at, since=since, start=start or None, **more)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
