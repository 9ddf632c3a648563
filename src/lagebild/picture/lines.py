"""A picture as lines of text for people: the situation first, then the parts; every line names its findings."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from lagebild.lexicon.labels import Labels, labels
from lagebild.picture.parts import Case, Ceasefire, Changed, Commitment, Condition, Dispute, Picture, Series
from lagebild.picture.sentences import claim_words
from lagebild.picture.told import Refs
from lagebild.render import Pen, clean

#: Lines of a part that are shown unless all are asked for.
SHOWN = 12
#: Findings that are named behind a line.
_REFS = 4
_REAL = ("occurred", "ongoing")


def render_picture(picture: Picture, pen: Pen | None = None, every: bool = False) -> str:
    """The picture as text, ending with a line end. `every`: all lines of each part."""
    return "\n".join(line.rstrip() for line in _Lines(picture, pen or Pen(), every).all()) + "\n"


class _Lines:
    """The lines of one picture."""

    def __init__(self, picture: Picture, pen: Pen, every: bool) -> None:
        self._picture, self._pen, self._every = picture, pen, every
        self._words: Labels = labels(picture.language)
        self._names = {p.id: p.names.get(picture.language, p.id) for p in picture.parties}

    def all(self) -> Iterator[str]:
        p, words = self._picture, self._words
        yield self._pen("head", f"{clean(p.name)}, {words.day(p.at)}")
        yield from self._part("situation", (_Line(s.text, s.refs) for s in p.situation), all_of_them=True)
        if p.since:
            yield from self._part("changes", (self._changed(c) for c in p.changes))
        yield from self._part("cases", (self._case(c) for c in self._notable(p.cases)), len(p.cases))
        yield from self._part("series", (self._series(s) for s in p.series))
        yield from self._part("disputes", (self._dispute(d) for d in reversed(p.disputes)))
        yield from self._part("commitments", (self._commitment(c) for c in self._weighty(p.commitments)))
        yield from self._part("ceasefires", (self._ceasefire(c) for c in p.ceasefires))
        yield from self._part(
            "sanctions",
            (
                _Line(
                    f"{self.parties(s.by)} → {self.parties(s.on)}: {words('state', s.state)}, {words('word', 'since')} {words.day(s.since)}"
                    + (f" · {words('word', 'reason')}: {clean(s.reason)}" if s.reason else ""),
                    s.refs,
                    tuple(self._condition(c) for c in s.lifting),
                )
                for s in p.sanctions
            ),
        )
        yield from self._part(
            "contributions",
            (
                _Line(
                    f"{self._name(c.by)}: {words('kind', c.kind)}"
                    + (f" {words('word', 'to')} {self.parties(c.to)}" if c.to else "")
                    + (f" {words('word', 'against')} {self.parties(c.against)}" if c.against else "")
                    + f" · {words('state', c.state)}, {words('word', 'since')} {words.day(c.since)}, "
                    + f"{words('word', 'last')} {words.day(c.last)}",
                    c.refs,
                )
                for c in p.contributions
            ),
        )
        yield from self._part(
            "agenda",
            (
                _Line(
                    ", ".join(
                        x
                        for x in (
                            words.days(i.start, i.end),
                            words("kind", i.kind) if i.kind != "other" else words.act(i.type, None),
                            self.parties(i.parties),
                            i.place,
                        )
                        if x
                    )
                    + f" · {words('state', i.state)}",
                    (*i.refs, *i.outcome),
                )
                for i in p.agenda
            ),
        )

    def _part(
        self, part: str, lines: Iterable[_Line], total: int | None = None, all_of_them: bool = False
    ) -> Iterator[str]:
        found = list(lines)
        shown = found if self._every or all_of_them else found[:SHOWN]
        left = max(total or 0, len(found)) - len(shown)
        yield ""
        yield self._pen("group", self._words("part", part))
        if not found:
            yield f"  {self._words('word', 'none')}"
        for line in shown:
            yield from self._wrapped(clean(line.text), line.refs)
            for detail in line.details:
                yield from self._wrapped("  " + clean(detail), ())
        if left > 0:
            yield self._pen("faint", f"  … {left} {self._words('word', 'more')} (--all)")

    def _wrapped(self, text: str, refs: Refs) -> Iterator[str]:
        indent = "  " + " " * (len(text) - len(text.lstrip()))
        yield from textwrap.wrap(text.strip(), self._pen.width, initial_indent=indent, subsequent_indent=indent + "  ")
        if refs:
            named = " ".join(clean(r) for r in refs[:_REFS]) + (f" +{len(refs) - _REFS}" if len(refs) > _REFS else "")
            yield self._pen("faint", f"{indent}  [{named}]")

    # Lines of the parts

    def _notable(self, cases: Sequence[Case]) -> list[Case]:
        """The latest events that are told as real, those of many publishers first within a day."""
        real = [c for c in cases if c.status in _REAL and c.day <= self._picture.at]
        return sorted(real, key=lambda c: (c.day, c.publishers, c.id), reverse=True)

    def _weighty(self, commitments: Sequence[Commitment]) -> list[Commitment]:
        return sorted(commitments, key=lambda c: (c.kind == "demand", -len(c.refs), c.id))

    def _case(self, case: Case) -> _Line:
        words = self._words
        who = self.parties(case.actors)
        if case.recipients:
            who = f"{who or words('word', 'unsaid')} → {self.parties(case.recipients)}"
        when = words.days(case.start, case.end) or words.day(case.first)
        head = ", ".join(x for x in (words.act(case.type, case.mode), who, case.place, when) if x)
        count = f"{case.publishers} {words('word', 'publisher' if case.publishers == 1 else 'publishers')}"
        differs = [
            f"{words('word', 'differs')}: {self._variant(v.field, v.value)} [{' '.join(v.refs[:_REFS])}]"
            for v in case.differs
            if v.field in ("status", "place", "time", "actors", "type")
        ]
        return _Line(f"{head} · {words('status', case.status)}, {count}", case.refs, tuple(differs[:3]))

    def _variant(self, field: str, value: str) -> str:
        if field == "actors":
            return ", ".join(self._name(v) for v in value.split(", "))
        return self._words(field, value) if field in ("status", "type") else value

    def _series(self, series: Series) -> _Line:
        words = self._words
        range_ = words.number(series.low)
        if series.low != series.high:
            range_ += f" – {words.number(series.high)}"
        scope = words("scope", series.scope)
        head = f"{words('measure', series.measure)} ({scope}){f', {series.place}' if series.place else ''}: {range_}"
        details = [
            f"{self._name(line.source)}: "
            + ", ".join(
                f"{words('precision', c.precision)}{words.number(c.value)} ({words.day(c.as_of)})"
                for c in line.claims[-4:]
            )
            for line in series.lines[:6]
        ]
        return _Line(head, series.refs, tuple(details))

    def _dispute(self, dispute: Dispute) -> _Line:
        joint = f" {self._words('word', 'against')} "
        sides = joint.join(
            f"{claim_words(dispute, s.claim, self._words, self._name)} ({self.parties(s.sources)})"
            for s in dispute.sides
        )
        quote = ""
        if dispute.kind != "figures":
            case = next((c for c in self._picture.cases if c.id == dispute.about), None)
            quote = f"«{case.mentions[0].evidence}» · " if case else ""
        else:
            series = next((s for s in self._picture.series if s.id == dispute.about), None)
            quote = (
                f"{self._words('measure', series.measure)} ({self._words('scope', series.scope)}) · " if series else ""
            )
        refs = tuple(r for s in dispute.sides for r in s.refs)
        return _Line(f"{self._words.day(dispute.day)}: {quote}{self._words('kind', dispute.kind)}: {sides}", refs)

    def _commitment(self, one: Commitment) -> _Line:
        words = self._words
        head = (
            f"{words('kind', one.kind)}, {words('issue', one.issue)}: {self.parties(one.by) or words('word', 'unsaid')}"
        )
        if one.to:
            head += f" → {self.parties(one.to)}"
        if one.due:
            head += f", {words('word', 'due')} {words.day(one.due)}"
        steps = " → ".join(f"{words('state', s.state)} ({words.day(s.day)})" for s in one.steps)
        return _Line(head, one.refs, (steps, *(self._condition(c) for c in one.conditions)))

    def _condition(self, one: Condition) -> str:
        words = self._words
        return (
            f"{words('word', 'condition')} ({words('state', one.state)}): «{one.text}» [{' '.join(one.refs[:_REFS])}]"
        )

    def _ceasefire(self, one: Ceasefire) -> _Line:
        words = self._words
        head = f"{self.parties(one.by) or words('word', 'unsaid')}, {words('state', 'agreed')} {words.day(one.agreed)}"
        head += f"{f', {one.place}' if one.place else ''} · {words('state', one.state)}"
        if one.holding:
            head += f" · {words('word', 'holding')} {words.day(one.holding)}"
        details = []
        for day in one.violations:
            blames = "; ".join(
                f"{self.parties(b.by)} {words('word', 'blames')} {self.parties(b.whom)}"
                for b in day.blames
                if b.by and b.whom
            )
            details.append(
                f"{words.day(day.day)}: {len(day.cases)} {words('word', 'violations')}{f' · {blames}' if blames else ''}"
            )
        return _Line(head, one.refs, tuple(details))

    def _changed(self, one: Changed) -> _Line:
        words = self._words
        before = one.before if one.before is not None else words("word", "new")
        after = one.after if one.after is not None else words("word", "gone")
        case = next((c for c in self._picture.cases if c.id == one.id), None)
        what = words("part", one.part).lower()
        quote = f" «{case.mentions[0].evidence}»" if case else ""
        return _Line(f"{what}: {before} → {after}{quote}", one.refs)

    def _name(self, id: str) -> str:
        return self._names.get(id) or id.removeprefix("publisher:")

    def parties(self, ids: Refs) -> str:
        shown = [self._name(id) for id in ids[:4]]
        return ", ".join(shown) + (f" +{len(ids) - 4}" if len(ids) > 4 else "")


class _Line:
    """One line with its findings and the lines below it."""

    __slots__ = ("details", "refs", "text")

    def __init__(self, text: str, refs: Refs, details: tuple[str, ...] = ()) -> None:
        self.text, self.refs, self.details = text, refs, details
