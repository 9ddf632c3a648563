"""What an act says about a commitment: the rules by which later findings turn «agreed» into «in force», «broken», «fulfilled».

Each issue has acts that carry it out and acts that go against it. A rule looks at one mention and gives the state that it shows,
or None; how the states of many mentions follow on each other is the work of commitments.py.
"""

from __future__ import annotations

from lagebild.lexicon.topics import shows
from lagebild.picture.parts import Mention

#: Acts (type, modes or () for any) by which a commitment on an issue is carried out.
CARRIED_OUT: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "ceasefire": (("RETREAT", ("ceasefire",)),),
    "withdrawal": (("RETREAT", ("withdraw",)),),
    "disarmament": (("RETREAT", ("disarm",)),),
    "prisoners": (("RETREAT", ("release",)),),
    "access": (("RETREAT", ("access",)),),
    "talks": (("CONSULT", ()),),
    "aid": (("AID", ()),),
    "weapons": (("AID", ()),),
    "troops": (("MOBILIZE", ()), ("AID", ())),
    "sanctions": (("SANCTION", ()),),
}
#: The issue of an act that is planned or demanded without a verbal act beside it.
ISSUE_OF = {
    ("RETREAT", mode): issue
    for issue, acts in CARRIED_OUT.items()
    for type_, modes in acts
    if type_ == "RETREAT"
    for mode in modes
}
_REAL = ("occurred", "ongoing")
_ORDER = (
    "proposed",
    "demanded",
    "promised",
    "agreed",
    "in force",
    "kept",
    "fulfilled",
    "broken",
    "cancelled",
    "unclear",
)


def issue(m: Mention) -> str | None:
    """What a mention is about, as an issue: its own, that of its act, or the one that its words show."""
    found = m.issue if m.issue != "other" else None
    topics = shows("act", m.evidence, m.language)
    if (
        m.type in ("AGREE", "CONCEDE", "REQUEST", "REJECT")
        and "ceasefire" in topics
        and found in (None, "territory", "border")
    ):
        return "ceasefire"
    if found is None:
        found = ISSUE_OF.get((m.type, m.mode or ""))
    if found is None and m.type in ("AGREE", "CONCEDE", "REQUEST", "REJECT"):
        found = next((t for t in ("ceasefire", "prisoners", "sanctions") if t in topics), None)
    return found


def opens(m: Mention, parties: int) -> tuple[str, str] | None:
    """The kind and state of a commitment that a mention tells of, or None. `parties`: the sides that it names as bound."""
    if m.stance == "denies" or m.status == "denied":
        return None
    topics = shows("act", m.evidence, m.language)
    if m.type == "AGREE":
        if m.status in _REAL:
            one_sided = parties < 2 and "promise" in topics
            return ("promise", "promised") if one_sided else ("agreement", "agreed")
        if m.status in ("planned", "considered", "conditional"):
            return "agreement", "proposed"
        return "demand", "demanded"
    if m.type == "CONCEDE" and m.status in (*_REAL, "planned"):
        return "concession", "promised"
    if m.type == "REQUEST" and m.status in _REAL:
        return "demand", "demanded"
    if (m.type, m.mode or "") in ISSUE_OF:
        if m.status == "planned":
            return "promise", "promised"
        if m.status == "demanded":
            return "demand", "demanded"
    return None


def fate(m: Mention, topic: str) -> str | None:
    """The state that a mention of an act shows for a commitment on an issue, or None."""
    topics = shows("act", m.evidence, m.language)
    if topic == "ceasefire":
        return _ceasefire(m, topics)
    if m.type == "REJECT" and issue(m) == topic and m.status in _REAL:
        return "cancelled"
    lifting = topic == "sanctions" and m.type in ("RETREAT", "CONCEDE") and {"lifting", "sanctions"} <= set(topics)
    carried = lifting or any(m.type == t and (not modes or m.mode in modes) for t, modes in CARRIED_OUT.get(topic, ()))
    if not carried:
        return None
    if m.status == "denied" or m.stance == "denies":
        return "broken"
    return "fulfilled" if m.status in _REAL and m.stance == "asserts" else None


def _ceasefire(m: Mention, topics: tuple[str, ...]) -> str | None:
    about = "ceasefire" in topics or (m.type == "RETREAT" and m.mode == "ceasefire")
    if not about:
        return None
    if m.type == "REJECT" and m.status in _REAL:
        return "cancelled"
    if "breach" in topics:
        return "broken" if m.status in (*_REAL, "denied") else None
    if m.type == "RETREAT" and m.mode == "ceasefire":
        if m.status == "denied" or m.stance == "denies":
            return "broken"
        if m.status in _REAL:
            return "in force"
    return None


def rank(state: str) -> int:
    """States told on one day are taken in this order."""
    return _ORDER.index(state) if state in _ORDER else len(_ORDER)
