"""The plain data types of the picture: what a dossier looks like on a day. All immutable, all of them JSON-ready.

They are made of what single reports tell (told.py). A case or a series is named by the finding that told of it first. Days are
ISO dates. The JSON schema in docs/picture.schema.json is made of these types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lagebild.picture.told import Claim, Identity, Mention, Refs, Source


@dataclass(frozen=True, slots=True)
class Variant:
    """A value of a case's field that some publishers give and the case does not show."""

    field: str
    value: str
    publishers: int
    refs: Refs


@dataclass(frozen=True, slots=True)
class Case:
    """The same event told by several mentions. Fields hold what most independent publishers give, the latest on a tie.

    `publishers` counts independent ones (copies of one text are one), `figures` names the claims that belong to it.
    `joined`, `split`: a person's correction had a part in its mentions.
    """

    id: str
    type: str
    mode: str | None
    issue: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    start: str | None
    end: str | None
    first: str
    last: str
    publishers: int
    mentions: tuple[Mention, ...]
    differs: tuple[Variant, ...] = ()
    figures: Refs = ()
    corrected: bool = False

    @property
    def refs(self) -> Refs:
        return tuple(mention.ref for mention in self.mentions)

    @property
    def day(self) -> str:
        """The day of the event, else the day of the first report of it."""
        return self.start or self.end or self.first


@dataclass(frozen=True, slots=True)
class Line:
    """What one source says over time, in the order of the days for which its figures hold."""

    source: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one measure, scope and place. `case`: those of one event; None: of the situation as a whole.

    `low` and `high` span what the sources say last, `latest` is the newest claim; a range is never made one number.
    """

    id: str
    measure: str
    scope: str
    place: str | None
    country: str | None
    case: str | None
    lines: tuple[Line, ...]
    low: float
    high: float
    latest: Claim

    @property
    def refs(self) -> Refs:
        return tuple(claim.ref for line in self.lines for claim in line.claims)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it claims and who says so."""

    claim: str
    sources: tuple[str, ...]
    refs: Refs
    last: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that cannot all be true. `kind`: figures (of a series), status (occurred against denied), actor (of a case)."""

    id: str
    kind: Literal["figures", "status", "actor"]
    about: str
    day: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A change in the fate of something: its state since a day, with the findings that show it. `correction`: the number of
    the correction by which a person set it."""

    state: str
    day: str
    refs: Refs
    said_by: tuple[str, ...] = ()
    correction: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What must happen first. `state` is met, partly, open or disputed."""

    case: str
    type: str
    mode: str | None
    issue: str | None
    parties: tuple[str, ...]
    text: str
    state: str
    refs: Refs


@dataclass(frozen=True, slots=True)
class Commitment:
    """What parties agreed, promised, conceded or were asked to do. `kind`: agreement, promise, concession, demand.

    `by` commits itself or is asked to act; `to` is the other side of it: to whom it is promised, or who demands. `state` is
    that of the last of its `steps`: proposed, demanded, promised, agreed, in force, kept, broken, fulfilled, cancelled,
    unclear. `due` is the day until which it is to be done, if told.
    """

    id: str
    kind: str
    issue: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    place: str | None
    state: str
    since: str
    due: str | None
    steps: tuple[Step, ...]
    conditions: tuple[Condition, ...]
    cases: tuple[str, ...]
    refs: Refs


@dataclass(frozen=True, slots=True)
class Blame:
    """Who blames whom for a violation; `by` may be empty (the report itself), `whom` too (nobody named)."""

    by: tuple[str, ...]
    whom: tuple[str, ...]
    refs: Refs


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """The violations of a ceasefire on one day."""

    day: str
    cases: tuple[str, ...]
    blames: tuple[Blame, ...]
    refs: Refs


@dataclass(frozen=True, slots=True)
class Ceasefire:
    """The ledger of a ceasefire. `holding` is the last day on which a report has it in force, `holding_refs` who says so."""

    commitment: str
    agreed: str
    by: tuple[str, ...]
    place: str | None
    state: str
    violations: tuple[LedgerDay, ...]
    holding: str | None
    holding_refs: Refs
    refs: Refs


@dataclass(frozen=True, slots=True)
class Sanction:
    """Sanctions of one sender on one target. `state`: imposed, agreed, planned, demanded, considered, lifted, eased."""

    id: str
    by: tuple[str, ...]
    on: tuple[str, ...]
    reason: str | None
    state: str
    since: str
    steps: tuple[Step, ...]
    lifting: tuple[Condition, ...]
    cases: tuple[str, ...]
    refs: Refs


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a state or organisation gives to a side: `kind` is air-strikes, arms, training, money, relief or troops."""

    by: str
    kind: str
    to: tuple[str, ...]
    against: tuple[str, ...]
    state: str
    since: str
    last: str
    publishers: int
    cases: tuple[str, ...]
    refs: Refs


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something announced for a day. `kind`: meeting, vote, deadline, other. `state`: upcoming, took place, cancelled,
    postponed, not told (its day is over and no report says what came of it), undated."""

    id: str
    kind: str
    type: str
    issue: str | None
    start: str | None
    end: str | None
    place: str | None
    parties: tuple[str, ...]
    state: str
    announced: str
    text: str
    refs: Refs
    outcome: Refs = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the situation, with the findings behind it. `about` names the part that it sums up."""

    about: str
    text: str
    refs: Refs


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs from the picture of the day before `since`. `part` and `id` say of what; None is «not there»."""

    part: str
    id: str
    before: str | None
    after: str | None
    refs: Refs


@dataclass(frozen=True, slots=True)
class Picture:
    """A dossier as of the end of day `at`, from the reports that count until then."""

    dossier: str
    name: str
    at: str
    since: str | None
    language: str
    sources: tuple[Source, ...]
    publishers: int
    situation: tuple[Sentence, ...]
    changes: tuple[Changed, ...]
    parties: tuple[Identity, ...]
    cases: tuple[Case, ...]
    series: tuple[Series, ...]
    disputes: tuple[Dispute, ...]
    commitments: tuple[Commitment, ...]
    ceasefires: tuple[Ceasefire, ...]
    sanctions: tuple[Sanction, ...]
    contributions: tuple[Contribution, ...]
    agenda: tuple[AgendaItem, ...]

    def party(self, id: str) -> str:
        """The name of a party, or of a publisher named as a source, in the picture's language."""
        if id.startswith("publisher:"):
            return id.removeprefix("publisher:")
        found = next((p for p in self.parties if p.id == id), None)
        return found.names.get(self.language, id) if found else id
