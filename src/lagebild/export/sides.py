"""Who fights whom in a case: the two sides of an attack and whether they bear arms, for the formats of conflict research."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lagebild.export.view import View
from lagebild.lexicon.topics import shows
from lagebild.picture.parts import Case

#: What a party is in a fight: forces of a state, an armed group, people without arms.
Camp = Literal["forces", "group", "civilians"]
_FORCES = ("military", "general", "police", "police_chief", "intelligence")
#: What is counted, as the lexicon classes it.
_CLASSES: dict[str, Camp] = {"civilians": "civilians", "soldiers": "forces", "police": "forces", "fighters": "group"}


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of an attack. `against`: armed, civilians or unsaid: what the second side is."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    against: str


def sides_of(view: View, case: Case) -> Sides:
    """The sides of a case. Where several act and nobody suffers («fights between»), the first one's side against the others."""
    first, second = case.actors, tuple(p for p in case.recipients if p not in case.actors)
    if not second and len(first) > 1 and case.type == "ASSAULT":
        lead = view.side(first[0])
        second = tuple(p for p in first if view.side(p) != lead)
        first = tuple(p for p in first if p not in second)
    return Sides(first, second, _against(view, case, second))


def camp(view: View, id: str) -> Camp | None:
    """What a party is in a fight; None where that cannot be told."""
    kind, role = view.kind(id), view.roles.get(id)
    if kind == "group" or role == "rebels":
        return "group"
    if kind == "state" or role in _FORCES:
        return "forces"
    if kind in ("population", "other"):
        # «Ukrainian soldiers» are no party of the lexicon, but their name says what they are.
        said = [_CLASSES[word] for word in shows("scope", view.name(id), "en") if word in _CLASSES]
        return said[0] if said else "civilians" if kind == "population" else None
    return None


def armed(view: View, id: str) -> bool:
    """Whether a party is known to bear arms."""
    return camp(view, id) in ("forces", "group")


def _against(view: View, case: Case, second: tuple[str, ...]) -> str:
    camps = {camp(view, p) for p in second}
    if not camps - {None}:
        # Nobody is named, but the dead may be told by what they were.
        camps = {_CLASSES.get(one.scope) for one in view.series_for(case, "killed")}
        if len(camps) > 1:
            return "unsaid"
    if camps & {"forces", "group"}:
        return "armed"
    return "civilians" if "civilians" in camps else "unsaid"
