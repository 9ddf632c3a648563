"""The plain data types: a report, its findings, and the parties, places and times they name.

All types are immutable. Character offsets are [start, end) into the report's own text.
The allowed values of each field are those of the finding model (docs/findings.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]

STATUSES = ("occurred", "ongoing", "planned", "demanded", "considered", "conditional", "denied")
STANCES = ("asserts", "believes", "doubts", "denies")
PRECISIONS = ("exact", "about", "at_least", "at_most", "more_than", "less_than")
ISSUES = tuple(
    [
        "ceasefire",
        "withdrawal",
        "disarmament",
        "border",
        "sanctions",
        "prisoners",
        "access",
        "aid",
        "weapons",
        "troops",
        "talks",
        "territory",
        "nuclear",
        "election",
        "government",
        "attack",
        "human-rights",
        "trade",
        "other",
    ]
)
MEASURES = tuple(
    [
        "killed",
        "wounded",
        "missing",
        "captured",
        "displaced",
        "affected",
        "troops",
        "fighters",
        "protesters",
        "weapons",
        "vehicles",
        "attacks",
        "money",
        "distance",
        "share",
        "other",
    ]
)
#: PLOVER event types and the modes each of them allows.
MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "allege", "investigate"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": tuple(
        [
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ]
    ),
    "ASSAULT": tuple(
        [
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ]
    ),
}
EVENT_TYPES = tuple(MODES)
#: Types whose findings are words about another act; only these carry an issue.
VERBAL_TYPES = ("AGREE", "CONSULT", "CONCEDE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "ACCUSE")


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, suffers or speaks: `text` as written, `name` in English, `country` ISO 3166-1 alpha-3 or None."""

    text: str
    name: str
    country: str | None = None
    kind: str | None = None
    role: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens; `precision` is one of point, city, region, country, area."""

    text: str
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A resolved span of days: `start` and `end` are ISO dates, inclusive; None is an open or unknown side."""

    text: str
    start: str | None = None
    end: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """One reason for a finding: `kind` (lexicon, tree, head, rule), the `source` (entry, edge, score) and a note."""

    kind: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An act that the report tells, plans, demands or denies."""

    id: str
    type: str
    status: str
    trigger: str
    evidence: str
    trigger_span: Span
    evidence_span: Span
    mode: str | None = None
    issue: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    time: Time | None = None
    said_by: tuple[Party, ...] = ()
    stance: str = "asserts"
    conditions: tuple[str, ...] = ()
    confidence: float | None = None
    because: tuple[Because, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that the report gives, with its precision and its source."""

    id: str
    measure: str
    value: float
    precision: str
    trigger: str
    evidence: str
    trigger_span: Span
    evidence_span: Span
    of: str | None = None
    place: Place | None = None
    time: Time | None = None
    said_by: tuple[Party, ...] = ()
    stance: str = "asserts"
    confidence: float | None = None
    because: tuple[Because, ...] = field(default=(), compare=False)


Finding = Event | Figure


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation; each part is a tuple of spans. `type`: Direct, Indirect, Reported, FreeIndirect,
    IndirectFreeIndirect."""

    type: str
    quote: tuple[Span, ...]
    speaker: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    frame: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 expression: `type` is DATE, TIME, DURATION or SET; `value` its TIMEX3 value."""

    span: Span
    text: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of raw page text: `kind` is body, headline, byline, crosshead or caption; `double_of` is the
    start of the body sentence that a caption repeats, or None."""

    kind: str
    span: Span
    double_of: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One news article. `published` is an ISO date or None; `findings`, `quotes`, `times` are empty before reading."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    zones: tuple[Zone, ...] = ()
    findings: tuple[Finding, ...] = ()
    quotes: tuple[Quote, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    reader: str | None = None
