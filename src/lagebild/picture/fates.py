"""What an act says about a commitment: the rules by which later findings turn «agreed» into «in force», «broken», «fulfilled».

Each issue has acts that carry it out and acts that go against it. A rule looks at one mention and gives the state that it shows,
or None; how the states of many mentions follow on each other is the work of commitments.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.lexicon.issues import issues_named
from lagebild.lexicon.topics import shows
from lagebild.picture.told import Mention

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
_VERBAL = ("AGREE", "CONCEDE", "REQUEST", "REJECT", "CONSULT", "SUPPORT")
_SUBJECTS = ("gas", "status", "fighters", "weapons", "monitors")
#: What a subject is about, whatever the words around it were taken to be about.
_ABOUT = {"gas": "trade", "status": "territory", "monitors": "other"}
#: Topics that are issues and whose words leave no doubt.
_PLAIN = ("ceasefire", "prisoners", "sanctions")
#: Issues whose words («Präsident») mostly say who acts, not about what.
_VAGUE = frozenset({"government"})
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
    """What a mention is about, as an issue: what its words show beyond doubt, else what was read, else that of its act."""
    if m.type in _VERBAL:
        topics = shows("act", m.evidence, m.language)
        plain = next((t for t in _PLAIN if t in topics), None)
        if plain is not None:
            return plain
    if m.type in (*_VERBAL, "AID"):
        named = subject(m, "")
        if named in _ABOUT:
            return _ABOUT[named]
    found = m.issue if m.issue != "other" else None
    if m.type in _VERBAL and found is not None:
        shown = issues_named(m.evidence, m.language) - _VAGUE
        if len(shown) == 1 and found not in shown:
            found = next(iter(shown))  # the words of the clause say more than those around it
    return found or ISSUE_OF.get((m.type, m.mode or "")) or ("aid" if m.type == "AID" else None)


def subject(m: Mention, topic: str) -> str:
    """What tells two commitments on one issue apart: heavy weapons are pulled back, and so are foreign fighters. What the
    clause leaves unsaid the rest of its sentence may say: «ein Gesetz, das den Gebieten einen Sonderstatus gibt»."""
    for words in (m.evidence, m.rest):
        topics = shows("act", words, m.language)
        found = next((t for t in _SUBJECTS if t in topics and t != topic), "")
        if found:
            return found
    return ""


def agrees(m: Mention) -> bool:
    """Whether a mention tells that something was agreed: a word of agreeing or the signing of a paper.

    A noun that only names a paper or an accord («das Abkommen, die Einigung von Minsk») tells of no agreeing, unless words
    beside it do.
    """
    if m.status not in _REAL or m.stance != "asserts":
        return False
    topics = shows("act", m.evidence, m.language)
    if "withheld" in topics:
        return False
    if m.type == "SUPPORT":
        return "signed" in topics
    if m.type != "AGREE":
        return False
    if not {"document", "concord"} & set(shows("act", m.trigger, m.language)):
        return True
    beside = m.evidence.replace(m.trigger, " ", 1)
    return "concluded" in shows("act", beside, m.language)


def opens(m: Mention, parties: int) -> tuple[str, str] | None:
    """The kind and state of a commitment that a mention tells of, or None. `parties`: the sides that it names as bound."""
    if m.stance == "denies" or m.status == "denied":
        return None
    topics = shows("act", m.evidence, m.language)
    if m.type in ("AGREE", "SUPPORT") and m.status in _REAL:
        if not agrees(m) or (m.type == "SUPPORT" and parties < 2):
            return None
        # What several offer together is still no agreement with him to whom they offer it.
        one_sided = "promise" in topics and (parties < 2 or ("offer" in topics and "concluded" not in topics))
        return ("promise", "promised") if one_sided else ("agreement", "agreed")
    if m.type == "AGREE":
        if m.status == "planned" and "promise" in topics:
            return "promise", "promised"
        if m.status in ("planned", "considered", "conditional"):
            return "agreement", "proposed"
        return "demand", "demanded"
    if m.type == "AID" and m.status == "planned":
        return "promise", "promised"
    if m.type in ("REJECT", "CONCEDE") and m.status in (*_REAL, "planned") and "postponed" in topics and parties > 1:
        return "agreement", "agreed"  # who puts something off together has agreed to
    if m.type == "CONCEDE" and m.status in (*_REAL, "planned") and issue(m) in CARRIED_OUT:
        return "concession", "promised"
    if m.type == "REQUEST" and m.status in _REAL:
        return ("agreement", "proposed") if "proposal" in topics else ("demand", "demanded")
    if (m.type, m.mode or "") in ISSUE_OF:
        if m.status == "planned":
            return "promise", "promised"
        if m.status == "demanded":
            return "demand", "demanded"
    return None


def fate(m: Mention, topic: str) -> str | None:
    """The state that a mention of an act shows for a commitment on an issue, or None."""
    topics = shows("act", m.evidence, m.language)
    if m.type == "ASSAULT" and m.status in _REAL and {"despite", "promise"} <= set(topics):
        return "broken"
    if topic == "ceasefire":
        return _ceasefire(m, topics)
    if m.type == "REJECT" and issue(m) == topic and m.status in _REAL:
        return "cancelled"
    if m.type == "SUPPORT" and topic not in CARRIED_OUT and m.status in _REAL and "law" in topics:
        return "fulfilled"  # what was promised is law
    lifting = topic == "sanctions" and m.type in ("RETREAT", "CONCEDE") and {"lifting", "sanctions"} <= set(topics)
    carried = lifting or any(m.type == t and (not modes or m.mode in modes) for t, modes in CARRIED_OUT.get(topic, ()))
    if not carried:
        return None
    if m.status == "denied" or m.stance == "denies":
        return "unclear"
    if m.status not in _REAL or m.stance != "asserts" or "despite" in topics:
        return None
    # What is done once is done; of what is done bit by bit only words say that all of it is.
    return "fulfilled" if topic == "talks" or lifting or completed(topics) else "in force"


def completed(topics: Sequence[str]) -> bool:
    """Whether words say that all of an act is done, and none that it is not: «nicht vollständig»."""
    return "completed" in topics and "incomplete" not in topics


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
            return "unclear"
        if m.status in _REAL:
            return "in force"
    return None


def rank(state: str) -> int:
    """States told on one day are taken in this order."""
    return _ORDER.index(state) if state in _ORDER else len(_ORDER)
