"""A read report as text for people: facts, claims, beliefs, plans, demands, conditions and denials apart.

Every finding stands with who does it to whom, where, when, who says so, and the report's own words, the trigger marked.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from lagebild.model import Event, Figure, Finding, Party, Place, Report, Span, Time

#: What an event type is called in plain words; by type and mode where the mode has a word of its own.
ACTS = {
    "AGREE": "agreement or promise", "CONSULT": "talks", "CONSULT/visit": "visit",
    "CONSULT/third-party": "mediation", "CONSULT/multilateral": "talks of many sides", "CONSULT/phone": "phone call",
    "SUPPORT": "support", "CONCEDE": "concession", "COOPERATE": "cooperation", "AID": "aid",
    "RETREAT": "easing", "RETREAT/withdraw": "withdrawal", "RETREAT/release": "release",
    "RETREAT/disarm": "disarmament", "RETREAT/ceasefire": "ceasefire", "RETREAT/access": "access granted",
    "RETREAT/resign": "resignation", "REQUEST": "demand or appeal", "REQUEST/assist": "appeal for help",
    "REQUEST/change": "demand for change", "REQUEST/yield": "demand to give way",
    "REQUEST/meet": "call for talks", "ACCUSE": "accusation or criticism", "ACCUSE/disapprove": "criticism",
    "ACCUSE/allege": "accusation", "ACCUSE/investigate": "investigation", "REJECT": "refusal",
    "REJECT/assist": "refusal of help", "REJECT/change": "refusal of change", "REJECT/yield": "refusal to give way",
    "REJECT/meet": "refusal of talks", "THREATEN": "threat or warning", "THREATEN/violence": "threat of force",
    "PROTEST": "protest", "PROTEST/demo": "demonstration", "PROTEST/riot": "riot", "PROTEST/strike": "strike",
    "PROTEST/hunger": "hunger strike", "PROTEST/boycott": "boycott", "PROTEST/obstruct": "blockade by protesters",
    "SANCTION": "sanctions or penalty", "SANCTION/convict": "conviction", "SANCTION/expel": "expulsion",
    "SANCTION/withdraw": "break of relations", "SANCTION/discontinue": "relations suspended",
    "MOBILIZE": "mobilisation", "MOBILIZE/troops": "troop movement", "MOBILIZE/weapons": "armament",
    "MOBILIZE/police": "police deployment", "MOBILIZE/militia": "militia mobilised", "COERCE": "coercion",
    "COERCE/seize": "seizure", "COERCE/arrest": "arrest", "COERCE/censor": "censorship", "COERCE/curfew": "curfew",
    "COERCE/martial-law": "martial law", "COERCE/deport": "deportation", "COERCE/cyber": "cyber attack",
    "COERCE/restrict": "restriction", "COERCE/withhold": "withholding", "COERCE/misinformation": "misinformation",
    "ASSAULT": "attack or fighting", "ASSAULT/abduct": "kidnapping", "ASSAULT/torture": "torture",
    "ASSAULT/beat": "beating", "ASSAULT/sexual": "sexual violence", "ASSAULT/targeted": "targeted killing",
    "ASSAULT/destroy": "destruction", "ASSAULT/firearms": "shooting", "ASSAULT/explosives": "bombing",
    "ASSAULT/suicide-attack": "suicide attack", "ASSAULT/aerial": "air strikes", "ASSAULT/drone": "drone attack",
    "ASSAULT/heavy-weapons": "shelling", "ASSAULT/crowd-control": "force against a crowd",
}  # fmt: skip
_PRECISION = {"about": "about ", "at_least": "at least ", "at_most": "at most ", "more_than": "more than ",
              "less_than": "less than "}  # fmt: skip
_LANGUAGES = {"de": "German", "en": "English"}
#: The groups in the order in which they are printed, each with the line that says what it holds.
GROUPS = {
    "fact": ("REPORTED AS FACT", "the report itself says that this happened or is happening"),
    "claim": ("CLAIMED", "said to have happened, by the source named"),
    "belief": ("BELIEVED OR DOUBTED", "not certain, or disputed"),
    "plan": ("PLANNED", "announced, promised or intended, not done"),
    "demand": ("DEMANDED", "asked for, not done"),
    "possible": ("POSSIBLE", "being weighed"),
    "condition": ("ON CONDITION", "only if something else happens"),
    "denial": ("DENIED", "said not to be so, refused or called off"),
}
#: The sign of each group, so that a finding is told from its neighbours without colour and far from the group's head.
SIGNS = {"fact": "●", "claim": "○", "belief": "?", "plan": "▷", "demand": "!", "possible": "◇", "condition": "◆",
         "denial": "×", "figure": "#"}  # fmt: skip
_COUNTED = {"fact": "fact", "claim": "claimed", "belief": "believed or doubted", "plan": "planned",
            "demand": "demanded", "possible": "possible", "condition": "on condition", "denial": "denied"}  # fmt: skip
_STATUS_GROUP = {"planned": "plan", "demanded": "demand", "considered": "possible", "conditional": "condition",
                 "denied": "denial"}  # fmt: skip
_STYLES = {"head": "1", "group": "1;36", "trigger": "1;4", "faint": "2", "who": "1", "fact": "1;32", "claim": "1;36",
           "belief": "1;35", "plan": "1;34", "demand": "1;33", "possible": "1;34", "condition": "1;35", "denial": "1;31",
           "figure": "1;36"}  # fmt: skip
#: Words for percent that a share's counted thing may begin with.
_PERCENT = re.compile(r"(percent|per cent|prozent|%)\w*\s*", re.IGNORECASE)
#: From here on a number is said in millions, billions, trillions, if that takes few digits.
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
#: Words before a name that only say «the».
_ARTICLE = re.compile(r"(the|der|die|das|den|dem|des)\s+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(^|\n|[.!?…:][»«\"“”’')\]]*)\s*[»«\"“”‚‘›‹(\[]*$")


class Pen:
    """Colours words where the output is a terminal that shows them; marks the trigger with brackets where it is not."""

    def __init__(self, colour: bool = False, width: int = 88) -> None:
        self.colour = colour
        self.width = max(40, min(width, 110))

    def __call__(self, style: str, words: str) -> str:
        return f"\033[{_STYLES[style]}m{words}\033[0m" if self.colour and words else words


def render(report: Report, pen: Pen | None = None) -> str:
    """The report's findings as text, ending with a line end."""
    pen = pen or Pen()
    lines = _heading(report, pen)
    events = [f for f in report.findings if isinstance(f, Event)]
    figures = [f for f in report.findings if isinstance(f, Figure)]
    by_id: dict[str, Finding] = {f.id: f for f in report.findings}
    for key, (name, meaning) in GROUPS.items():
        members = [event for event in events if group(event) == key]
        if members:
            lines += _group_head(key, name, meaning, pen)
            for event in members:
                lines += _event(event, report, by_id, pen)
    if figures:
        lines += _group_head("figure", "FIGURES", "with precision and source", pen)
        for figure in figures:
            lines += _figure(figure, report, pen)
    if not report.findings:
        lines += ["", "  no findings in this report"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def group(event: Event) -> str:
    """The group of an event, a key of GROUPS: how real it is first, then who stands behind it."""
    if event.stance == "denies":
        return "denial"
    if event.status in _STATUS_GROUP:
        return _STATUS_GROUP[event.status]
    if event.stance != "asserts":
        return "belief"
    return "claim" if event.said_by else "fact"


def clean(words: str) -> str:
    """Words of a report on one line and safe for a terminal: no control characters, odd white space or soft hyphens."""
    words = re.sub(r"\s+", " ", words.replace("\xad", ""))
    return "".join(c if c.isprintable() else "" for c in words)


# ---------------------------------------------------------------------------------------------- parts


def _heading(report: Report, pen: Pen) -> list[str]:
    groups = Counter(group(f) for f in report.findings if isinstance(f, Event))
    figures = len(report.findings) - groups.total()
    counted = ", ".join(f"{groups[key]} {words}" for key, words in _COUNTED.items() if groups[key])
    facts = [
        clean(report.publisher or ""),
        f"published {_day(report.published)}" if report.published else "no date: times cannot be resolved",
        _LANGUAGES.get(report.language or "", report.language or ""),
        f"{groups.total()} event{'s' * (groups.total() != 1)}: {counted}" if groups else "",
        f"{figures} figure{'s' * (figures != 1)}" if figures else "",
    ]
    title = clean(report.title or "") or clean(str(report.id))
    second = ([clean(str(report.id))] if report.title else []) + [fact for fact in facts if fact]
    rule = "─" * pen.width
    wrapped = textwrap.wrap(title, pen.width) or [title]
    return [pen("faint", rule), *(pen("head", line) for line in wrapped),
            *(pen("faint", line) for line in textwrap.wrap(" · ".join(second), pen.width))]  # fmt: skip


def _group_head(key: str, name: str, meaning: str, pen: Pen) -> list[str]:
    if len(name) + len(meaning) + 4 > pen.width:
        return [
            "",
            pen(key, f"{SIGNS[key]} {name}"),
            *(pen("faint", f"  {m}") for m in textwrap.wrap(meaning, pen.width - 2)),
        ]
    return ["", pen(key, f"{SIGNS[key]} {name}") + pen("faint", f"  {meaning}")]


def _event(event: Event, report: Report, by_id: dict[str, Finding], pen: Pen) -> list[str]:
    act = act_of(event)
    parties = _parties(event.actors)
    if event.recipients:
        parties = f"{parties or '(unsaid)'} → {_parties(event.recipients)}"
    about = f" about {event.issue.replace('-', ' ')}" if event.issue and event.issue != "other" else ""
    head = act[0].upper() + act[1:] + about + (f": {parties}" if parties else "")
    lines = ["", *_tabbed(group(event), event.id, head, pen)]
    details = [_where(event.place), _when(event.time)]
    if event.status == "ongoing":
        details.insert(0, "going on")
    lines += _details(details, pen)
    lines += _details([source(event, (*event.actors, *event.recipients))], pen)
    for condition in event.conditions:
        other = by_id.get(condition)
        if other is not None:
            lines += _details([f"depends on {other.id}: {_short(other)}"], pen)
    return lines + _quoted(event, report, pen)


def _figure(figure: Figure, report: Report, pen: Pen) -> list[str]:
    head = f"{amount(figure)} ({figure.measure})" if figure.measure != "other" else amount(figure)
    lines = ["", *_tabbed("figure", figure.id, head, pen)]
    lines += _details([_where(figure.place), _when(figure.time)], pen)
    lines += _details([source(figure) or "source: the report itself"], pen)
    return lines + _quoted(figure, report, pen)


def act_of(event: Event) -> str:
    """The event's type and mode in plain words."""
    words = ACTS.get(f"{event.type}/{event.mode}")
    if words is None:
        words = ACTS.get(event.type, event.type.lower()) + (f" ({event.mode})" if event.mode else "")
    return words


def amount(figure: Figure) -> str:
    """`about 17,600 russische Soldaten`, `3.2 billion Euro`, `5 percent: Wähler`."""
    counted = clean(figure.of or "")
    if figure.measure == "share":
        counted = _PERCENT.sub("", counted, count=1)
        counted = f" percent: {counted}" if counted else " percent"
    elif counted:
        counted = " " + counted
    return f"{_PRECISION.get(figure.precision, '')}{_number(figure.value)}{counted}"


def _number(value: float) -> str:
    for unit, name in _LARGE:
        if abs(value) >= unit and float(short := f"{value / unit:.6g}") * unit == value and len(short) < 6:
            return f"{short} {name}"
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"


def source(finding: Finding, named: Collection[Party] = ()) -> str:
    """Who vouches for a finding and with what stance; empty if the report itself asserts it.

    `named` are parties just shown; of these the name suffices.
    """
    known = {(party.name, party.country) for party in named}
    names = ", ".join(
        clean(party.name) or _party(party) if (party.name, party.country) in known else _party(party)
        for party in finding.said_by
    )
    if finding.stance == "asserts":
        return f"says {names}" if names else ""
    if finding.stance == "believes":
        return f"believed by {names}" if names else "hearsay, no source named"
    return f"{'doubted' if finding.stance == 'doubts' else 'denied'} by {names or 'the report itself'}"


def _short(finding: Finding) -> str:
    if isinstance(finding, Figure):
        return amount(finding)
    who = _parties(finding.actors) or _parties(finding.recipients)
    return act_of(finding) + (f", {who}" if who else "") + f" («{clean(finding.trigger)}»)"


def _parties(parties: Iterable[Party]) -> str:
    return ", ".join(_party(party) for party in parties)


def _party(party: Party) -> str:
    """The full name, with the report's word for it where that says something else, and the country."""
    name, words = clean(party.name) or clean(party.text), clean(party.text)
    plain_name = not party.country or party.kind == "state" or party.country in name
    shown = name if plain_name else f"{name} ({party.country})"
    # A name that the report writes with an article or an office before it needs no second naming.
    bare = _ARTICLE.sub("", words).casefold()
    return shown if not bare or bare in name.casefold() or name.casefold() in bare else f"{shown} «{words}»"


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    name = clean(place.name) or clean(place.text)
    return f"place: {name}" + (f" ({place.country})" if place.country and place.precision != "country" else "")


def _when(time: Time | None) -> str:
    if time is None:
        return ""
    words = clean(time.text)
    if time.start is None and time.end is None:
        return f"time: «{words}»"
    if time.start is None:
        return f"until {_day(time.end)} «{words}»"
    if time.end is None:
        return f"from {_day(time.start)} on «{words}»"
    return f"{span_of_days(time.start, time.end)} «{words}»"


def span_of_days(start: str, end: str) -> str:
    """`17 Oct 2014`, `1–10 Sep 2014`, `Jun–Aug 2014`, `2014`, `28 Sep – 3 Oct 2014`."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return f"{start} to {end}"
    if first == last:
        return _day(start)
    months = first.day == 1 and (last + timedelta(days=1)).day == 1 if last < date.max else False
    if first.year == last.year:
        if months and first.month == 1 and last.month == 12:
            return str(first.year)
        if months and first.month == last.month:
            return f"{first:%b} {first.year}"
        if months:
            return f"{first:%b}–{last:%b} {first.year}"
        if first.month == last.month:
            return f"{first.day}–{last.day} {last:%b} {last.year}"
        return f"{first.day} {first:%b} – {_day(end)}"
    return f"{first.year}–{last.year}" if months and first.month == 1 and last.month == 12 else (
        f"{_day(start)} – {_day(end)}"
    )  # fmt: skip


def _day(iso: str | None) -> str:
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso or "?"
    return f"{day.day} {day:%b} {day.year}"


# ---------------------------------------------------------------------------------------------- layout


def _tabbed(key: str, label: str, words: str, pen: Pen) -> list[str]:
    wrapped = textwrap.wrap(words, pen.width - 7, break_on_hyphens=False) or [""]
    first = f"{pen(key, SIGNS[key])} {pen('faint', label.ljust(5))}{pen('who', wrapped[0])}"
    return [first, *(" " * 7 + pen("who", line) for line in wrapped[1:])]


def _details(parts: Iterable[str], pen: Pen) -> list[str]:
    words = " · ".join(part for part in parts if part)
    return [" " * 7 + line for line in textwrap.wrap(words, pen.width - 7, break_on_hyphens=False)]


def _quoted(finding: Finding, report: Report, pen: Pen) -> list[str]:
    """The report's words behind a bar, wrapped, the trigger marked; dots where they begin within a sentence."""
    before, trigger, after = _parted(finding.evidence, finding.evidence_span, finding.trigger_span, finding.trigger)
    # The marks are private-use characters while the lines are broken, so that colours do not count as width.
    marked = f"{clean(before)}\ue000{clean(trigger)}\ue001{clean(after)}" if trigger else clean(before)
    within = not _SENTENCE_END.search(report.text[max(0, finding.evidence_span[0] - 80) : finding.evidence_span[0]])
    lines = textwrap.wrap("… " * within + marked, pen.width - 9, break_on_hyphens=False)
    shown, inside = [], False
    for line in lines:
        opened = inside
        inside = (inside or "\ue000" in line) and "\ue001" not in line
        if pen.colour:
            code = f"\033[{_STYLES['trigger']}m"
            line = line.replace("\ue000", code).replace("\ue001", "\033[0m")
            line = (code if opened else "") + line + ("\033[0m" if inside else "")
        else:
            line = line.replace("\ue000", "[").replace("\ue001", "]")
        shown.append(" " * 7 + pen("faint", "│") + " " + line)
    return shown


def _parted(evidence: str, span: Span, trigger: Span, words: str) -> tuple[str, str, str]:
    start, end = trigger[0] - span[0], trigger[1] - span[0]
    if evidence[max(start, 0) : end] != words or start < 0:
        start = evidence.find(words)
        end = start + len(words)
    if start < 0:
        return evidence, "", ""
    return evidence[:start], evidence[start:end], evidence[end:]
