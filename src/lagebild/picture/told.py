"""What single reports tell, in the terms of a picture: who the parties are, which reports, events and figures there are.

A finding is named `report#finding` (minsk-2015#e5), a party by the id of its identity (state:UKR). Days are ISO dates.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Names of findings.
Refs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a party is across reports. `names` by language of display; `aliases` are the names under which it was read.

    `kind` is one of state, organ, organisation, group, person, population, source, other; `country` ISO 3166-1 alpha-3.
    `decided`: a person's decision (`lagebild party`) had a part in it.
    """

    id: str
    kind: str
    country: str | None
    names: dict[str, str]
    aliases: tuple[str, ...] = ()
    mentions: int = 0
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A report behind the picture. `copy_of` is the earliest report whose text it nearly repeats."""

    report: str
    day: str
    publisher: str | None
    title: str | None
    url: str | None
    language: str | None
    findings: int
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One event finding of one report, its parties resolved. `origin` is the report counted for it: itself, or the one
    that it copies; `day` the day from which the report counts; `start` and `end` the days of the event, None if unknown; `at`
    the character of the report's text at which the trigger begins; `rest` the words of the sentence after the evidence."""

    ref: str
    report: str
    day: str
    publisher: str | None
    origin: str
    type: str
    mode: str | None
    issue: str | None
    status: str
    stance: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    said_by: tuple[str, ...]
    place: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    start: str | None
    end: str | None
    conditions: Refs
    trigger: str
    evidence: str
    at: int
    language: str | None
    corrected: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure finding of one report. `source` is who gives it: an identity, or `publisher:NAME` for the report itself.

    `as_of` is the day for which it holds: the end of its time, else the day of the report. `scope` is what is counted, as
    a class of the lexicon (civilians, soldiers …) or the folded words themselves. `overall`: the figure sums up more than one
    event («since April», «so far»); `tally`: it counts anew what the figure before it counts.
    """

    ref: str
    report: str
    day: str
    publisher: str | None
    origin: str
    source: str
    measure: str
    value: float
    precision: str
    of: str | None
    scope: str
    stance: str
    place: str | None
    country: str | None
    start: str | None
    end: str | None
    as_of: str
    overall: bool
    evidence: str
    at: int
    corrected: bool = False
    tally: bool = False
