"""CAMEO: the code of an event, its root, quad class and Goldstein value, and the codes of actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lagebild.export.base import REAL, standing
from lagebild.export.tables import table
from lagebild.export.view import View
from lagebild.lexicon.names import fold
from lagebild.lexicon.topics import shows
from lagebild.picture.parts import Case

#: What an act gives, the most telling first, as in the picture's table of contributions.
_GIFTS = ("arms", "training", "troops", "relief", "money")
_INTENDED = ("planned", "conditional")


@dataclass(frozen=True, slots=True)
class ActorCode:
    """An actor's CAMEO code and its parts; at most three `types`."""

    code: str
    name: str
    country: str = ""
    group: str = ""
    types: tuple[str, ...] = ()


def event_code(case: Case) -> str:
    """The CAMEO code of a case. Cooperation that is only intended is coded as the intention, category 03."""
    kind = "intent" if standing(case) in _INTENDED and promised(case) else "code"
    return next(str(rule["code"]) for rule in table("cameo")[kind] if rule["type"] == case.type and _fits(rule, case))


def promised(case: Case) -> bool:
    """Whether CAMEO has codes for the mere intention to do this."""
    return any(rule["type"] == case.type for rule in table("cameo")["intent"])


def told_as_event(case: Case) -> bool:
    """Whether CAMEO codes a case at all: it is real, or the promise of cooperation."""
    status = standing(case)
    return status in REAL or (status in _INTENDED and promised(case))


def goldstein(code: str) -> float | None:
    """The Goldstein value of a code, None where the scale has none."""
    value = table("cameo")["goldstein"].get(code)
    return None if value is None else float(value)


def quad_class(code: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (GDELT codebook 2.0)."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def actor_code(view: View, id: str) -> ActorCode:
    """The code of a party: a known group's, else country and role (RUSGOV, UKRMIL, UKRREB)."""
    identity, rules = view.identities[id], table("cameo")["actor"]
    name = view.name(id)
    known = _known().get(fold(name))
    if known is not None:
        types = tuple(known["types"])
        return ActorCode("".join((*types[:1], known["group"], *types[1:])), name.upper(), "", known["group"], types)
    country = rules["countries"].get(identity.country, identity.country) if identity.country else ""
    role = rules["roles"].get(view.roles.get(id)) or rules["kinds"].get(identity.kind, "")
    if identity.kind == "state":
        role = ""  # a state as such: it is told by its country alone
    if identity.kind == "group" and any(word in name.casefold() for word in rules["separatists"]):
        role = "SEP"
    if identity.kind == "organisation" and not country:
        role = role or "IGO"
    return ActorCode(country + role, name.upper(), country, "", (role,) if role else ())


def _fits(rule: Mapping[str, Any], case: Case) -> bool:
    if "mode" in rule and case.mode not in rule["mode"]:
        return False
    if "issue" in rule and case.issue not in rule["issue"]:
        return False
    return "gives" not in rule or _gift(case) in rule["gives"]


def _gift(case: Case) -> str | None:
    """What an act of help gives, by the words of its mentions."""
    topics = {topic for m in case.mentions for topic in shows("contribution", m.evidence, m.language)}
    return next((gift for gift in _GIFTS if gift in topics), None)


@cache
def _known() -> Mapping[str, Mapping[str, Any]]:
    return {fold(entry["name"]): entry for entry in table("cameo")["actor"]["known"]}
